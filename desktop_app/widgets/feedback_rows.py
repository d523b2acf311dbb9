"""Rows of feedback with what is needed to search and sort a hundred thousand of them in a few milliseconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from core.recommend.feedback import Entry

TIME, USER, ITEM, VERDICT, NOTE, RUN, RANK, SCORE = range(8)


@dataclass(frozen=True)
class SaidRow:
    """One row: an entry, and what its item and its run are called."""

    entry: Entry
    title: str
    run: str


class SaidRows:
    """Rows as they are shown, the newest first; made in a worker, as it takes a second for a hundred thousand.

    Attributes:
        rows: all of them.
        runs: (name, id) of each run that recommended any, in the order of names.
    """

    def __init__(self, rows: Sequence[SaidRow] = ()) -> None:
        import pyarrow as pa

        self.rows = rows
        self.runs = sorted({(row.run, row.entry.run) for row in rows if row.entry.run})
        texts: dict[int, Callable[[SaidRow], str]] = {
            USER: lambda row: row.entry.user,
            ITEM: lambda row: row.title,
            NOTE: lambda row: row.entry.note,
            RUN: lambda row: row.run,
        }
        self._figures: dict[int, NDArray[np.float64]] = {
            TIME: np.array([row.entry.time for row in rows], dtype=np.float64),
            RANK: np.array([row.entry.rank for row in rows], dtype=np.float64),  # NaN where it is not known
            SCORE: np.array([row.entry.score for row in rows], dtype=np.float64),
        }
        for column, text in texts.items():
            self._figures[column] = _places([text(row).lower() for row in rows])
        self._verdicts = np.array([row.entry.verdict for row in rows], dtype=np.str_)
        self._runs = np.array([row.entry.run for row in rows], dtype=np.str_)
        told = ("\n".join((row.entry.user, row.entry.item, row.title, row.entry.note)).lower() for row in rows)
        self._told: pa.StringArray = pa.array(told, pa.string())

    def chosen(self, words: str, verdict: str, run: str) -> NDArray[np.bool_]:
        """Which rows have these words in user, item or note; an empty verdict or run is any."""
        import pyarrow.compute as pc

        chosen = np.ones(len(self.rows), dtype=np.bool_)
        if words:
            chosen &= pc.match_substring(self._told, words.lower()).to_numpy(zero_copy_only=False)
        if verdict:
            chosen &= self._verdicts == verdict
        if run:
            chosen &= self._runs == run
        return chosen

    def ordered(
        self, chosen: NDArray[np.bool_], column: int, descending: bool, verdict: Callable[[str], str]
    ) -> NDArray[np.int64]:
        """Places of the chosen rows, sorted by a column; equals stay as they are.

        Args:
            verdict: a verdict in the words of the screen.
        """
        if column == VERDICT:
            names, each = np.unique(self._verdicts, return_inverse=True)
            keys = _places([verdict(str(name)).lower() for name in names])[each]
        else:
            keys = np.nan_to_num(self._figures[column], nan=-np.inf)
        places = np.flatnonzero(chosen)
        return places[np.argsort(-keys[places] if descending else keys[places], kind="stable")]


def _places(texts: Sequence[str]) -> NDArray[np.float64]:
    """The place of each text in their order; equal ones share it."""
    import pyarrow as pa
    import pyarrow.compute as pc

    ranks = pc.rank(pa.array(texts, pa.string()), sort_keys="ascending", tiebreaker="dense")
    return ranks.to_numpy().astype(np.float64)
