"""How far work is, and how it is stopped."""

from __future__ import annotations

import threading

import duckdb
import pytest

from core.progress import Cancelled, Progress, Stood
from tests.standing import Standing

Figures = dict[str, float | int | str]


class Told(Progress):
    """Keeps what is reported."""

    def __init__(self) -> None:
        super().__init__()
        self.reports: list[tuple[float, str, Figures]] = []

    def report(self, fraction: float, message: str, figures: Figures) -> None:
        self.reports.append((fraction, message, figures))


def test_parts_tell_how_long_the_whole_has_stood_still() -> None:
    whole = Standing(0.02)
    inner = whole.part(0.2, 0.6).part(0.5, 1.0)
    assert Progress().stood == inner.stood == Stood()
    inner.check()
    assert inner.stood == whole.stood
    assert whole.stood.seconds >= 0.02
    assert whole.stood.processor >= 0.02


def test_parts_of_parts_report_to_the_whole() -> None:
    whole = Told()
    inner = whole.part(0.2, 0.6).part(0.5, 1.0)
    inner.step(1, 4, "Reading {file}", file="a")
    inner.step(9, 4, "Reading {file}", file="b")
    whole.step(1, 0, "Nothing to do")
    assert [(round(fraction, 9), message) for fraction, message, _ in whole.reports] == [
        (0.45, "Reading {file}"),
        (0.6, "Reading {file}"),
        (0.0, "Nothing to do"),
    ]
    assert whole.reports[0][2] == {"file": "a"}


def test_a_stop_reaches_every_part_and_the_next_step_raises() -> None:
    whole = Progress()
    part = whole.part(0.0, 0.5)
    part.step(0, 1, "Working")
    part.cancel()
    assert whole.cancelled
    assert part.cancelled
    for progress in (whole, part):
        with pytest.raises(Cancelled):
            progress.step(1, 1, "Working")


def test_a_stop_interrupts_what_cannot_look() -> None:
    whole, interrupted = Progress(), threading.Event()

    def query() -> None:
        threading.Thread(target=whole.cancel).start()
        assert interrupted.wait(20)
        raise RuntimeError("interrupted")  # as a database answers

    with pytest.raises(Cancelled), whole.part(0.0, 1.0).interrupting(interrupted.set):
        query()


def test_what_was_stopped_before_does_not_begin() -> None:
    progress, calls = Progress(), []
    progress.cancel()
    with pytest.raises(Cancelled), progress.interrupting(lambda: calls.append("interrupt")):
        calls.append("begun")
    assert calls == []


def test_a_stop_amid_the_preparation_of_a_query_is_not_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    progress, calls = Progress(), []
    former = progress._lock

    class Slow:
        """The stop comes when the query is about to be made known."""

        def __enter__(self) -> None:
            monkeypatch.setattr(progress, "_lock", former)
            progress.cancel()

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(progress, "_lock", Slow())
    with pytest.raises(Cancelled), progress.interrupting(lambda: calls.append("interrupt")):
        calls.append("begun")
    assert calls == []


def test_a_stop_while_the_connection_is_being_closed_is_a_stop() -> None:
    progress, connection = Progress(), duckdb.connect()
    work = progress.interrupting(connection.interrupt)
    work.__enter__()  # in another thread, which has not left it yet
    connection.close()
    progress.cancel()
    assert progress.cancelled


def test_other_failures_are_told_as_they_are() -> None:
    progress = Progress()
    with pytest.raises(ValueError, match="wrong"), progress.interrupting(lambda: None):
        raise ValueError("wrong")
    assert progress._interrupts == []
