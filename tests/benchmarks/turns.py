"""Turns of sequences, measured: planted ones, false alarms in random order, and what an open data set has.

A planted sequence is the first part of one user's sequence followed by that of another: what there is of a turn in real
data. Whether they differ at all is left to chance, so that not every one can be found. In random order there is none.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from core.analysis.turns import pieces, split_points
from core.language.ngrams import CharacterNgrams
from core.language.vectors import item_vectors
from core.progress import Progress
from core.telling import item_tags
from core.workspace import Workspace

USERS = 300
PARTS = (20, 40)  # events on each side of a planted turn
NEAR = 5  # events by which its place may be missed


def measure_turns(workspace: Workspace, reads: bool = True, users: int = USERS) -> dict[str, float]:
    """Shares of sequences, and milliseconds for one.

    Args:
        reads: by the bundled language model; else by characters.
    """
    log, texts = workspace.log(), workspace.catalogue().texts
    if reads:
        vectors = item_vectors(texts, "", workspace.vectors, Progress()).vectors
    else:
        vectors = CharacterNgrams().vectors(texts, Progress())
    tags = item_tags(workspace).of(np.arange(len(texts)))
    rng = np.random.default_rng(0)
    long_ = np.flatnonzero(log.lengths >= PARTS[1])
    chosen = rng.choice(long_, min(users, len(long_)), replace=False)
    figures = {"users": float(len(chosen))}
    spans = [slice(int(log.offsets[user]), int(log.offsets[user + 1])) for user in chosen]
    start = time.perf_counter()
    real = [_places(vectors[log.item[span]], log.time[span]) for span in spans]
    figures["milliseconds"] = (time.perf_counter() - start) * 1000 / len(spans)
    figures["with a turn"] = _share([bool(places) for places in real])
    figures["turns of those"] = float(np.mean([len(places) for places in real if places] or [0]))
    shuffled = [vectors[rng.permutation(log.item[span])] for span in spans]
    alarms = [bool(_places(each, log.time[span])) for each, span in zip(shuffled, spans, strict=True)]
    figures["false alarms in random order"] = _share(alarms)
    for size in PARTS:
        both = f"{size} and {size} events"
        figures[f"found from one user to another, {both}"] = _planted(log.item, vectors, spans, size, rng)
        figures[f"found from one category to another, {both}"] = _from_tag_to_tag(vectors, tags, size, rng)
    return figures


def _places(vectors: np.ndarray, when: np.ndarray) -> list[int]:
    return [place for place, _ in split_points(vectors, pieces(when, True), Progress())]


def _planted(
    item: np.ndarray, vectors: np.ndarray, spans: Sequence[slice], size: int, rng: np.random.Generator
) -> float:
    """The share of turns from one user's items to another's that are found near their places."""
    hits = []
    when = np.arange(2 * size) * 3_600_000_000
    for first, second in zip(spans, [*spans[1:], spans[0]], strict=True):
        both = [rng.permutation(item[span])[:size] for span in (first, second)]
        places = _places(vectors[np.concatenate(both)], when)
        hits.append(any(abs(place - size) <= NEAR for place in places))
    return _share(hits)


def _from_tag_to_tag(vectors: np.ndarray, tags: Sequence[Sequence[str]], size: int, rng: np.random.Generator) -> float:
    """The share of turns from items of one category to items of another that are found near their places."""
    names, counts = np.unique([tag for own in tags for tag in own], return_counts=True)
    large = names[counts >= 2 * size]
    when, hits = np.arange(2 * size) * 3_600_000_000, []
    has = {name: np.array([name in own for own in tags]) for name in large}
    for _ in range(USERS // 3 if len(large) > 1 else 0):
        first, second = rng.choice(large, 2, replace=False)
        groups = np.flatnonzero(has[first] & ~has[second]), np.flatnonzero(has[second] & ~has[first])
        if min(map(len, groups)) >= size:
            items = np.concatenate([rng.choice(group, size, replace=False) for group in groups])
            hits.append(any(abs(place - size) <= NEAR for place in _places(vectors[items], when)))
    return _share(hits or [False])


def _share(found: Sequence[bool]) -> float:
    return float(np.mean(found))
