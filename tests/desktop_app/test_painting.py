"""A widget that comes into view is painted part by part, and no part is forgotten."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.painting import PaintsApart, finish_painting, paint_in_parts
from desktop_app.turns import BUDGET, LITTLE, take_turn
from tests.desktop_app.test_turns import work

SOON = 5000


class Slow(QLabel):
    """Takes more than a beat to paint, and keeps in which beats it did."""

    def __init__(self, text: str, beats: list[int], painted: dict[str, list[int]]) -> None:
        super().__init__(text)
        self._beats, self._painted = beats, painted

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        work(1.2 * BUDGET)
        self._painted.setdefault(self.text(), []).append(self._beats[0])


class Stack(QStackedWidget):
    """Shows nothing, and a page of four labels that are slow to paint."""

    def __init__(self) -> None:
        super().__init__()
        self.beats, self.painted = [0], dict[str, list[int]]()
        self.page = QWidget()
        row = QHBoxLayout(self.page)
        self.labels = [Slow(text, self.beats, self.painted) for text in "abcd"]
        for label in self.labels:
            row.addWidget(label)
        self.addWidget(QWidget())
        self.addWidget(self.page)
        self._heart = QTimer(self, interval=0)
        self._heart.timeout.connect(self._beat)

    def _beat(self) -> None:
        self.beats[0] += 1

    def show_page(self) -> None:
        """Show the page as the window does, with other things going on."""
        self._heart.start()
        self.setCurrentWidget(self.page)
        paint_in_parts(self.page)


def shown(qtbot: QtBot) -> Stack:
    stack = Stack()
    qtbot.addWidget(stack)
    with qtbot.waitExposed(stack):
        stack.show()
    return stack


def test_each_part_that_takes_long_has_a_beat_of_its_own(qtbot: QtBot) -> None:
    stack = shown(qtbot)
    stack.show_page()
    assert not stack.painted
    qtbot.waitUntil(lambda: len(stack.painted) == 4, timeout=SOON)
    beats = [beats[0] for beats in stack.painted.values()]
    assert list(stack.painted) == list("abcd")
    assert len(set(beats)) == 4
    qtbot.wait(50)
    assert [len(beats) for beats in stack.painted.values()] == [1, 1, 1, 1]  # and no part is painted twice
    assert all(label.updatesEnabled() for label in stack.labels)


def test_what_is_done_then_comes_when_all_is_painted(qtbot: QtBot) -> None:
    stack, done = shown(qtbot), list[int]()
    stack.setCurrentWidget(stack.page)
    paint_in_parts(stack.page, lambda: done.append(len(stack.painted)))
    qtbot.waitUntil(lambda: done == [4], timeout=SOON)


def test_another_page_that_comes_meanwhile_is_painted_too(qtbot: QtBot) -> None:
    stack = shown(qtbot)
    stack.show_page()
    stack.setCurrentIndex(0)
    paint_in_parts(stack.currentWidget())
    stack.show_page()
    qtbot.waitUntil(lambda: len(stack.painted) == 4, timeout=SOON)
    assert all(label.updatesEnabled() for label in stack.labels)


def test_a_part_that_goes_meanwhile_is_left_out(qtbot: QtBot) -> None:
    stack = shown(qtbot)
    stack.show_page()
    gone = stack.labels.pop(1)
    gone.deleteLater()
    QApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: list(stack.painted) == list("acd"), timeout=SOON)


def test_a_picture_taken_meanwhile_is_whole(qtbot: QtBot) -> None:
    stack = shown(qtbot)
    stack.show_page()
    finish_painting(stack.page)
    stack.page.grab()
    assert list(stack.painted) == list("abcd")


class Noted(QLabel):
    """Keeps what was done before each time that it is painted."""

    def __init__(self, log: list[str]) -> None:
        super().__init__("noted")
        self.log = log

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.log.append("painted")


def noted(qtbot: QtBot) -> Noted:
    label = Noted([])
    qtbot.addWidget(label)
    PaintsApart(label)
    with qtbot.waitExposed(label):
        label.show()
    qtbot.wait(50)
    label.log.clear()
    return label


def test_what_was_done_and_what_it_changed_are_two_beats(qtbot: QtBot) -> None:
    label = noted(qtbot)
    other = QTimer(label, singleShot=True, interval=0)  # as a click would be
    other.timeout.connect(lambda: label.log.append("heard"))

    def do() -> None:
        other.start()
        label.setText("changed")
        work(2 * LITTLE)
        label.log.append("done")

    QTimer.singleShot(0, label, do)
    qtbot.waitUntil(lambda: "painted" in label.log, timeout=SOON)
    qtbot.wait(50)
    assert label.log == ["done", "heard", "painted"]


def test_each_change_is_painted_in_the_end(qtbot: QtBot) -> None:
    label = noted(qtbot)
    for _ in range(3):
        label.log.clear()
        work(2 * LITTLE)
        label.update()
        qtbot.waitUntil(lambda: "painted" in label.log, timeout=SOON)
    label.log.clear()
    label.repaint()  # though nothing was done before
    qtbot.waitUntil(lambda: "painted" in label.log, timeout=SOON)


def test_a_piece_that_has_its_turn_may_paint_at_once(qtbot: QtBot) -> None:
    label = noted(qtbot)

    def piece() -> None:
        work(2 * LITTLE)
        label.repaint()
        label.log.append("done")

    take_turn(label, piece, later=True)
    qtbot.waitUntil(lambda: label.log == ["painted", "done"], timeout=SOON)
