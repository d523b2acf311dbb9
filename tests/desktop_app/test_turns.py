"""Pieces of work share a beat only while they are short."""

from __future__ import annotations

import time
from functools import partial

import pytest
from PySide6.QtCore import QAbstractEventDispatcher, QObject, Qt, QTimer, Signal
from pytestqt.qtbot import QtBot

from desktop_app.turns import BUDGET, counted, take_turn

SOON = 5000


@pytest.fixture
def owner(qapp: QObject) -> QObject:
    del qapp
    return QObject()


def work(seconds: float) -> None:
    """Take so much processor time."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def beats_of(qtbot: QtBot, owner: QObject, seconds: float, alone: bool) -> list[int]:
    """In which beat each of four pieces was done that were given at once."""
    beat, done = [0], list[int]()

    def piece() -> None:
        work(seconds)
        done.append(beat[0])

    def next_beat() -> None:
        beat[0] += 1

    heart = QTimer(owner, interval=0)
    heart.timeout.connect(next_beat)
    qtbot.wait(20)  # whatever was done before is over
    heart.start()
    for _ in range(4):
        take_turn(owner, piece, alone)
    qtbot.waitUntil(lambda: len(done) == 4, timeout=SOON)
    return done


def test_short_ones_are_done_at_once(qtbot: QtBot, owner: QObject) -> None:
    assert beats_of(qtbot, owner, 0.0, alone=False) == [0, 0, 0, 0]


def test_longer_ones_are_done_in_beats_of_their_own(qtbot: QtBot, owner: QObject) -> None:
    done = beats_of(qtbot, owner, 1.2 * BUDGET, alone=False)
    assert done[0] == 0
    assert len(set(done)) == 4


def test_those_that_want_to_be_alone_are(qtbot: QtBot, owner: QObject) -> None:
    assert len(set(beats_of(qtbot, owner, 0.0, alone=True))) == 4


def test_what_could_not_wait_has_taken_its_beat(qtbot: QtBot, owner: QObject) -> None:
    for seconds, at_once in ((0.0, True), (1.2 * BUDGET, False)):
        qtbot.wait(20)
        done: list[int] = []
        with counted():
            work(seconds)
        take_turn(owner, partial(done.append, 1))
        assert bool(done) is at_once
        qtbot.waitUntil(lambda done=done: bool(done), timeout=SOON)


def test_what_is_painted_in_a_beat_is_counted(qtbot: QtBot, owner: QObject) -> None:
    beat, done, painted = [0], list[int](), list[int]()

    def next_beat() -> None:
        beat[0] += 1

    QAbstractEventDispatcher.instance().awake.connect(next_beat)
    take_turn(owner, lambda: None)
    qtbot.wait(20)
    for _ in range(10):
        take_turn(owner, lambda: done.append(beat[0]), later=True)
        time.sleep(0.003)  # its time has come
        QTimer.singleShot(0, owner, lambda: (painted.append(beat[0]), work(1.5 * BUDGET)))
        qtbot.waitUntil(lambda: len(done) == len(painted) and bool(done), timeout=SOON)
    QAbstractEventDispatcher.instance().awake.disconnect(next_beat)
    assert not set(done) & set(painted)


@pytest.mark.parametrize("full", [1.5, 0.5])
def test_pieces_are_done_though_every_beat_is_full(qtbot: QtBot, owner: QObject, full: float) -> None:
    done: list[int] = []
    busy = QTimer(owner, interval=0)
    busy.timeout.connect(lambda: work(full * BUDGET))  # of the time of those that share a beat, or of one alone
    busy.start()
    for number in range(3):
        take_turn(owner, partial(done.append, number), alone=True, later=True)
    qtbot.waitUntil(lambda: len(done) == 3, timeout=SOON)
    assert done == [0, 1, 2]


def test_the_order_is_kept_and_what_is_gone_is_left_out(qtbot: QtBot, owner: QObject) -> None:
    done: list[str] = []
    gone = QObject()
    take_turn(owner, lambda: (work(2 * BUDGET), done.append("first")))
    take_turn(owner, lambda: done.append("second"))
    take_turn(gone, lambda: done.append("of one that is deleted meanwhile"))
    take_turn(owner, lambda: done.append("last"), alone=True)
    gone.deleteLater()
    del gone
    qtbot.waitUntil(lambda: "last" in done, timeout=SOON)
    assert done == ["first", "second", "last"]


def test_one_that_gives_another_is_over_first(qtbot: QtBot, owner: QObject) -> None:
    done: list[str] = []

    def outer() -> None:
        take_turn(owner, lambda: done.append("inner"))
        done.append("outer")

    take_turn(owner, outer)
    qtbot.waitUntil(lambda: len(done) == 2, timeout=SOON)
    assert done == ["outer", "inner"]


def test_others_come_while_one_waits_for_a_dialog(qtbot: QtBot, owner: QObject) -> None:
    done: list[str] = []

    def asks() -> None:
        take_turn(owner, lambda: done.append("heard meanwhile"))
        qtbot.waitUntil(lambda: bool(done), timeout=SOON)
        done.append("answered")

    take_turn(owner, asks)
    assert done == ["heard meanwhile", "answered"]


def test_one_that_fails_holds_nothing_up(qtbot: QtBot, owner: QObject) -> None:
    done: list[str] = []
    qtbot.wait(20)
    with pytest.raises(OSError, match="the disk is gone"):
        take_turn(owner, _fail)
    take_turn(owner, lambda: done.append("after"))
    qtbot.waitUntil(lambda: done == ["after"], timeout=SOON)


def _fail() -> None:
    raise OSError("the disk is gone")


class Asker(QObject):
    """Asks for something that is heard before all timers, as painting is."""

    asked = Signal()


def test_what_becomes_due_during_a_piece_comes_before_the_next_one(qtbot: QtBot, owner: QObject) -> None:
    done: list[str] = []
    other = QTimer(owner, singleShot=True, interval=3, timerType=Qt.TimerType.PreciseTimer)
    other.timeout.connect(lambda: done.append("other"))
    asker = Asker(owner)
    second = partial(take_turn, owner, partial(done.append, "second"), later=True)
    asker.asked.connect(second, Qt.ConnectionType.QueuedConnection)

    def first() -> None:
        work(1.2 * BUDGET)
        done.append("first")
        asker.asked.emit()

    other.start()
    take_turn(owner, first, later=True)
    qtbot.waitUntil(lambda: len(done) == 3, timeout=SOON)
    assert done == ["first", "other", "second"]
