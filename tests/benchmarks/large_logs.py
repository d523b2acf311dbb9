"""The logs of the benchmark of large logs, and files of later days; made anew, or kept in a folder between runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

USERS, ITEMS, APPENDED = 138_000 / 20e6, 27_000 / 20e6, 0.01  # of the rows
PIECE = 2_000_000
BEHAVIOURS = np.array(["view", "cart", "favourite", "purchase", "-1"])


def generate(path: Path, rows: int, kind: str, seed: int, start: int = 0, users: int = 0, items: int = 0) -> None:
    """Write a log of either kind; the times of ratings of a later file begin with the day `start` after the span."""
    import pyarrow as pa
    import pyarrow.csv

    rng = np.random.default_rng(seed)
    users, items = users or max(20, int(rows * USERS)), items or max(20, int(rows * ITEMS))
    begin, span = (789_652_009, 20 * 365 * 86_400) if kind == "movielens" else (1_700_000_000, 365 * 86_400)
    writer = None
    for first in range(0, rows, PIECE):
        many = min(PIECE, rows - first)
        user = np.minimum(users * rng.random(many) ** 1.6, users - 1).astype(np.int64) + 1
        item = np.minimum(items * rng.random(many) ** 2.5, items - 1).astype(np.int64) + 1
        later = span + 86_400 * (start - 1) if start else 0
        moment = begin + later + rng.integers(0, 86_400 if start else span, many)
        value: Any = rng.integers(1, 11, many) / 2
        if kind == "shop":
            moment = np.sort(begin + (span * first) // rows + (moment - begin) * many // rows)
            value = BEHAVIOURS[np.searchsorted([0.85, 0.92, 0.955, 0.997], rng.random(many))]
        twice = rng.choice(np.arange(1, many), many // 300, replace=False)
        for column in (user, item, moment, value):
            column[twice] = column[twice - 1]
        lost = rng.random(many) < 0.003
        table = pa.table(
            {
                "user_id": pa.array(user, mask=lost),
                "item_id": pa.array(item, mask=np.roll(lost, 1)),
                "rating" if kind == "movielens" else "behavior": pa.array(value),
                "timestamp": pa.array(moment),
            }
        )
        writer = writer or pa.csv.CSVWriter(path, table.schema)
        writer.write_table(table)
    if writer is not None:
        writer.close()


def days(folder: Path, rows: int) -> None:
    """A later day's file, the same again, one that repeats half of it, and that of the day after."""
    many = int(rows * APPENDED)
    counts = {"users": int(rows * USERS), "items": int(rows * ITEMS)}
    generate(folder / "day.csv", many, "movielens", 3, 1, **counts)
    generate(folder / "other.csv", many // 2, "movielens", 4, 1, **counts)
    content = (folder / "day.csv").read_bytes()
    (folder / "copy.csv").write_bytes(content)
    generate(folder / "tomorrow.csv", many, "movielens", 5, 2, **counts)
    lines = content.splitlines(keepends=True)
    other = (folder / "other.csv").read_bytes().splitlines(keepends=True)[1:]
    (folder / "overlap.csv").write_bytes(b"".join([*lines[: 1 + many // 2], *other]))


def prepare(folder: Path, rows: int, whole: bool, kept: Path | None) -> None:
    """Put the files of a size into a folder: ratings and, with the `whole` of them, the shop's log and later days.

    Args:
        kept: where files of earlier runs lie, on the same disk, and those that are made here stay; None: nowhere.
    """
    kinds = {"movielens": 1, "shop": 2} if whole else {"movielens": 1}
    for kind, seed in kinds.items():
        file = folder / f"{kind}.csv"
        if kept is None:
            generate(file, rows, kind, seed)
            continue
        there = kept / f"{kind}-{rows}.csv"
        if not there.exists():
            generate(file, rows, kind, seed)
            file.replace(there)  # whole, or not there
        file.hardlink_to(there)
    if whole:
        days(folder, rows)
