"""Event logs for tests of what computes on them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.sequences.log import Behaviour, Catalogue, EventLog

BEHAVIOURS = (Behaviour("view"), Behaviour("dislike", negative=True))
VIEW, DISLIKE = 0, 1


def titled(titles: Sequence[str | None]) -> Catalogue:
    """Items of which nothing but the titles is known."""
    nothing = pa.nulls(len(titles), pa.string())
    ids = pa.array([str(code) for code in range(len(titles))], pa.string())
    prices = np.full(len(titles), np.nan, dtype=np.float32)
    return Catalogue(ids, pa.array(titles, pa.string()), nothing, nothing, prices)


NO_CATALOGUE = titled([])  # for models that read no catalogue


def head(log: EventLog, lengths: NDArray[np.int64]) -> EventLog:
    """Only the first `lengths[u]` events of each user `u`."""
    return log.take(log.position < np.repeat(lengths, log.lengths))


def log_of(
    users: Sequence[Sequence[int | tuple[int, int]]],
    items: int,
    times: Sequence[Sequence[int]] | None = None,
    behaviours: tuple[Behaviour, ...] = BEHAVIOURS,
) -> EventLog:
    """A log in which each event is an item (-1 for none), which was viewed, or a pair of item and behaviour."""
    events = [event if isinstance(event, tuple) else (event, VIEW) for user in users for event in user]
    lengths = [len(user) for user in users]
    places = [place for length in lengths for place in range(length)]
    return EventLog(
        item=np.array([item for item, _ in events], dtype=np.int32),
        behaviour=np.array([behaviour for _, behaviour in events], dtype=np.uint8),
        time=np.array(places if times is None else [time for user in times for time in user], dtype=np.int64),
        value=np.full(len(events), np.nan, dtype=np.float32),
        text=np.full(len(events), -1, dtype=np.int32),
        offsets=np.concatenate(([0], np.cumsum(lengths))).astype(np.int64),
        behaviours=behaviours,
        items=items,
        timed=times is not None,
    )


@st.composite
def logs(draw: st.DrawFn, items: int = 6, users: int = 6, longest: int = 9, timed: bool = False) -> EventLog:
    """Small logs with negative events, events without an item, equal times and users without events."""
    event = st.tuples(st.integers(-1, items - 1), st.sampled_from((VIEW, VIEW, DISLIKE)))
    sequences = draw(st.lists(st.lists(event, max_size=longest), min_size=1, max_size=users))
    times = None
    if timed:
        times = [sorted(draw(st.integers(0, 40)) for _ in sequence) for sequence in sequences]
    return log_of(sequences, items, times)


def one(log: EventLog, user: int = 0) -> EventLog:
    """The log of one user."""
    return log.select(np.array([user]))


def random_log(users: int = 300, items: int = 50, seed: int = 0, longest: int = 15) -> EventLog:
    """Users who step to near items of a ring, with noise: what follows what can be learned."""
    rng = np.random.default_rng(seed)
    sequences = []
    for length in rng.integers(3, longest, users):
        steps = np.where(rng.random(length) < 0.2, rng.integers(0, items, length), 1)
        sequences.append([int(item) for item in np.cumsum(steps) % items])
    return log_of(sequences, items)


def catalogue_of(items: int) -> Catalogue:
    """A catalogue with titles, some without category and price, and some titles that a spreadsheet would compute."""
    import pyarrow as pa

    names = [f"=1+{item}" if item % 5 == 0 else f"热卖 item {item}" for item in range(items)]
    return Catalogue(
        ids=pa.array([f"{item:03d}" for item in range(items)]),
        titles=pa.array(names),
        categories=pa.array([None if item % 3 == 0 else f"category {item % 4}" for item in range(items)], pa.string()),
        descriptions=pa.array([None] * items, pa.string()),
        prices=np.array([np.nan if item % 7 == 0 else item + 0.99 for item in range(items)], dtype=np.float32),
    )
