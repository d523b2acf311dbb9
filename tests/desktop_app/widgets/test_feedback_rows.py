"""Rows of feedback are searched and sorted at once, as slow Python would do it."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from core.recommend.feedback import Entry
from desktop_app.widgets.feedback_rows import NOTE, RANK, RUN, SCORE, TIME, USER, VERDICT, SaidRow, SaidRows

WORDS = st.text("abBé灯 -", max_size=4)
ENTRIES = st.builds(
    Entry,
    user=WORDS,
    item=WORDS,
    verdict=st.sampled_from(("up", "down", "later", "note")),
    note=WORDS,
    time=st.integers(0, 5),
    run=st.sampled_from(("", "r1", "r2")),
    rank=st.none() | st.integers(1, 3),
    score=st.none() | st.floats(-1, 1),
)
ROWS = st.lists(st.builds(SaidRow, ENTRIES, WORDS, st.sampled_from(("first", "Second"))), max_size=20)


def by_hand(rows: list[SaidRow], words: str, verdict: str, run: str, column: int, descending: bool) -> list[SaidRow]:
    def fits(row: SaidRow) -> bool:
        entry = row.entry
        texts = (entry.user, entry.item, row.title, entry.note)
        said = not words or any(words.lower() in text.lower() for text in texts)
        return said and verdict in ("", entry.verdict) and run in ("", entry.run)

    def key(row: SaidRow) -> tuple[float, str]:
        entry = row.entry
        if column in (TIME, RANK, SCORE):
            figure = {TIME: entry.time, RANK: entry.rank, SCORE: entry.score}[column]
            return (-math.inf if figure is None else figure, "")
        return (0.0, {USER: entry.user, VERDICT: entry.verdict, NOTE: entry.note, RUN: row.run}[column].lower())

    return sorted(filter(fits, rows), key=key, reverse=descending)


@given(
    ROWS,
    WORDS,
    st.sampled_from(("", "up", "note")),
    st.sampled_from(("", "r1")),
    st.sampled_from((TIME, USER, VERDICT, NOTE, RUN, RANK, SCORE)),
    st.booleans(),
)
def test_they_are_chosen_and_sorted_as_by_hand(
    rows: list[SaidRow], words: str, verdict: str, run: str, column: int, descending: bool
) -> None:
    said = SaidRows(rows)
    places = said.ordered(said.chosen(words, verdict, run), column, descending, str)
    assert [rows[place] for place in places] == by_hand(rows, words, verdict, run, column, descending)


def test_runs_are_offered_by_name() -> None:
    rows = [SaidRow(Entry("u", "i", "up", run=run), "t", name) for run, name in (("b", "one"), ("a", "two"), ("", ""))]
    assert SaidRows(rows).runs == [("one", "b"), ("two", "a")]
