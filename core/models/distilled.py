"""A small network that learns what trained ones say: for machines on which those are too slow or too large.

The small one is shown what its teachers would have ranked at every moment of the training events, and learns their
probabilities rather than the one item that came next (Hinton et al. 2015; for rankings Tang & Wang 2018). It has no
language vectors of its own, since what they told its teachers is in what those rank. Its weights are rounded to 8 bits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from core.models.network import ITEM_SCALE, Transformer, TransformerSettings, principal_components

if TYPE_CHECKING:
    from core.training.batches import Block

EPOCHS = 8
LEARNING_RATE = 4e-3
DROPOUT = 0.1
CANDIDATES = 2048  # items whose probabilities a step compares, half drawn evenly, half by what came next
LEVELS = 127  # of a weight on each side of zero


def small(settings: TransformerSettings, width: int) -> TransformerSettings:
    """Settings of the small network whose teachers have `settings` (with every number filled in)."""
    return replace(
        settings,
        width=width + width % 2,  # positions enter by pairs
        heads=1,
        distil=0,
        blocks=1,
        dropout=DROPOUT,
        epochs=EPOCHS,
        last_epoch=EPOCHS,
        learning_rate=LEARNING_RATE,
        negatives=CANDIDATES,
        members=1,
    )


class Pupil(nn.Module):
    """The small network while it learns (`core.training.loop.Trainable`).

    Attributes:
        network: the small one.
    """

    def __init__(self, network: Transformer, teachers: Sequence[Transformer], vectors: Sequence[Tensor]) -> None:
        """Args:
        teachers: trained networks.
        vectors: float [items, d] each, the item vectors of each teacher.
        """
        super().__init__()
        self.network = network
        pairs = [(teacher.eval(), own) for teacher, own in zip(teachers, vectors, strict=True)]

        def taught(block: Block, candidates: Tensor, check: Callable[[], None]) -> Tensor:
            return _expected(pairs, block, candidates, check)

        self._taught = taught  # as a function it is no part of this module, and the loop makes no copy of it
        with torch.no_grad():
            joined = torch.cat(tuple(vectors), dim=1).cpu().numpy()
            start = principal_components(joined, network.settings.width) * ITEM_SCALE
            network.item.weight.copy_(torch.from_numpy(start))

    def loss(self, block: Block, check: Callable[[], None]) -> Tensor:
        """Cross entropy between what the teachers and the small network expect among the candidates."""
        target = torch.from_numpy(block.target).to(self.network.start.device)
        candidates = torch.unique(torch.cat((self.network.sampled(CANDIDATES), target)))  # (K,)
        taught = self._taught(block, candidates, check)  # (N, K)
        vectors = self.network.item_vectors()  # (V, d)
        logits = self.network(block, vectors) @ vectors[candidates].T  # (N, K)
        return -(taught * F.log_softmax(logits, dim=1)).sum(1).mean()


@torch.no_grad()
def _expected(
    teachers: Sequence[tuple[Transformer, Tensor]], block: Block, candidates: Tensor, check: Callable[[], None]
) -> Tensor:
    """Mean score of the teachers as probabilities, float [targets, candidates]."""
    total = torch.zeros(len(block.target), len(candidates), device=candidates.device)
    for teacher, vectors in teachers:
        check()
        total.addmm_(teacher(block, vectors), vectors[candidates].T)
    return F.softmax(total.div_(len(teachers)), dim=1)


def rounded(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A matrix in 8 bits, int8 [n, m], with the scale of each row, float32 [n, 1]; their product is the matrix."""
    scale = np.maximum(np.abs(weights).max(1, keepdims=True), 1e-12) / np.float32(LEVELS)
    return np.rint(weights / scale).astype(np.int8), scale.astype(np.float32)


def whole(weights: NDArray[np.generic], scale: NDArray[np.generic] | None) -> NDArray[np.float32]:
    """What `rounded` kept, or the same weights where there is no scale."""
    values = np.array(weights, dtype=np.float32)
    return values if scale is None else values * scale.astype(np.float32)
