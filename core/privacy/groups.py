"""What a file that leaves the house should tell of itself, and when it speaks of too few people."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core import __version__
from core.errors import SeqlensError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from core.runs import Run

LEAST = 5  # users: of fewer, each can be recognised in what is said of the group (k-anonymity, Sweeney 2002)


def is_small(users: int, least: int = LEAST) -> bool:
    """Whether a group of people is so small that each can be recognised."""
    return 0 < users < least


def few(users: NDArray[np.int64], least: int = LEAST) -> NDArray[np.bool_]:
    """Which counts of users are of groups so small that each can be recognised; of the same shape."""
    small: NDArray[np.bool_] = (users > 0) & (users < least)
    return small


def watermark(fingerprint: str, run: Run | None = None) -> str:
    """The line that says where a file came from: program, data, run if there is one, day. It names nobody."""
    day = datetime.now(UTC).date().isoformat()
    made_by = "" if run is None else f"run {run.id}, "
    return f"Seqlens {__version__}, data {fingerprint.strip(chr(34))[:16]}, {made_by}{day}"


def generalised(names: Sequence[str], values: NDArray[np.float32], least: int) -> pa.Table:
    """Means of groups of users who are alike, in the place of a row for each: k-anonymity by microaggregation.

    Users stand along the direction in which they differ most, and each run of `least` of them is a group, the last one
    up to twice as large (Domingo-Ferrer & Mateo-Sanz 2002, univariate by the first principal component). A figure that
    fewer than `least` members have is suppressed.

    Args:
        names: of the columns, c of them.
        values: float32 [users, c]; NaN where there is nothing to tell.

    Returns:
        A row a group: the number of its members and the mean of each column.

    Raises:
        SeqlensError: there are fewer users than one group needs.
    """
    import pyarrow as pa

    users = len(values)
    if least < 2 or users < least:
        raise SeqlensError("There are {users} users; groups of {least} cannot be made.", users=users, least=least)
    known = np.isfinite(values)
    filled = np.where(known, values, 0.0).astype(np.float64)
    count = known.sum(axis=0)
    mean = filled.sum(axis=0) / np.maximum(count, 1)
    centred = np.where(known, values - mean, 0.0)
    centred /= np.maximum(centred.std(axis=0), 1e-12)
    _, axes = np.linalg.eigh(centred.T @ centred)
    order = np.argsort(centred @ axes[:, -1], kind="stable")
    starts = np.arange(users // least) * least
    members = np.diff([*starts, users])
    told = np.add.reduceat(known[order].astype(np.int64), starts, axis=0)
    means = np.add.reduceat(filled[order], starts, axis=0) / np.maximum(told, 1)
    columns = {
        name: pa.array(column.astype(np.float32), mask=few)
        for name, column, few in zip(names, means.T, (told < least).T, strict=True)
    }
    return pa.table({"users": pa.array(members), **columns})
