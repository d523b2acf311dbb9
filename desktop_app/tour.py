"""The tour for those who see the window for the first time: five steps on the sample, each beside a real control."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.widgets.callout import Callout

FOLLOW_MS = 150  # how soon the note moves with its control, which comes and goes with pages and splitters


@dataclass(frozen=True)
class Step:
    """One thing to see.

    Attributes:
        page: which must be shown.
        target: object names of the controls that it speaks of, the first that is in view.
    """

    page: str
    target: tuple[str, ...]
    heading: str
    text: str


class Tour(QObject):
    """Leads through the steps.

    Signals:
        page_wanted(str): the page that the step is on must be shown.
        ended: the analyst has seen all, or enough.
    """

    page_wanted = Signal(str)
    ended = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.steps = self._steps()
        self.number = 0
        self.callout = Callout(window)
        self.callout.moved.connect(self._move)
        self.callout.ended.connect(self.end)
        self._follow = QTimer(self, interval=FOLLOW_MS)
        self._follow.timeout.connect(self._place)

    def _steps(self) -> list[Step]:
        return [
            Step(
                "data",
                ("data.figures",),
                self.tr("What was read"),
                self.tr(
                    "This is a made-up shop, read from two files. Here stands what is in them; further down, "
                    "which rows were left out, and why. Your own files come in by Ctrl+O."
                ),
            ),
            Step(
                "timeline",
                ("user_list",),
                self.tr("Choose a user"),
                self.tr(
                    "Search for an id, sort by events or time, or go through them with Alt+Left and Alt+Right. All "
                    "other pages follow the user whom you choose."
                ),
            ),
            Step(
                "timeline",
                ("timeline",),
                self.tr("Read the sequence"),
                self.tr(
                    "Each mark is an event, each lane a behaviour. Turn the wheel to zoom, drag to move, and choose an "
                    "event to see what it was."
                ),
            ),
            Step(
                "training",
                ("training.start.button",),
                self.tr("Train a recommender"),
                self.tr(
                    "The settings are good as they are. The model learns beside your work, says how long it takes, and "
                    "is then measured on events that it has not seen."
                ),
            ),
            Step(
                "recommendations",
                ("recommendations", "empty_note.button"),
                self.tr("See what it recommends, and why"),
                self.tr(
                    "The list of the chosen user stands here once a model is trained. Choose an item to see which "
                    "events speak for it. Ctrl+K finds everything else that can be done."
                ),
            ),
        ]

    def start(self) -> None:
        """Begin at the first step."""
        self.number = 0
        self._follow.start()
        self._show()

    def end(self) -> None:
        """Put the tour away."""
        self._follow.stop()
        self.callout.hide()
        self.callout.ring.hide()
        self.ended.emit()

    def _move(self, by: int) -> None:
        self.number += by
        if self.number >= len(self.steps):
            self.end()
        else:
            self._show()

    def _show(self) -> None:
        step = self.steps[self.number]
        self.page_wanted.emit(step.page)
        self.callout.say(step.heading, step.text, self.number + 1, len(self.steps))
        self._place()

    def _place(self) -> None:
        named = (self._window.findChildren(QWidget, name) for name in self.steps[self.number].target)
        found = (widget for widgets in named for widget in widgets if widget.isVisible())
        self.callout.point_at(next(found, None))
