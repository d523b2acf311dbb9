"""Figures of scores that are probabilities, once a threshold has turned them into yes and no."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def decisions(scores: NDArray[np.floating], labels: NDArray[np.bool_], threshold: float = 0.5) -> dict[str, float]:
    """Accuracy, precision, recall and F1 of "yes where the score is at least the threshold".

    (van Rijsbergen 1979, chapter 7; Sokolova & Lapalme 2009.) What divides by nothing is 0: the precision where nothing
    is said yes to, the recall where nothing is true.

    Args:
        scores: float [n], from 0 to 1.
        labels: bool [n], what was true.

    Returns:
        "accuracy", "precision", "recall", "f1" and "threshold".

    Raises:
        ValueError: the lengths differ.
    """
    if scores.shape != labels.shape:
        raise ValueError(f"{len(scores)} scores for {len(labels)} labels")
    said = scores >= threshold
    right = int(np.count_nonzero(said & labels))
    precision = right / max(int(np.count_nonzero(said)), 1)
    recall = right / max(int(np.count_nonzero(labels)), 1)
    return {
        "accuracy": float(np.mean(said == labels)) if len(labels) else 0.0,
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall) if right else 0.0,
        "threshold": threshold,
    }
