"""The part of the recommendations page that takes feedback."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QLabel, QMenu, QPushButton, QWidget

from core.recommend.feedback import DAY, REST_DAYS, Entry
from desktop_app.translation import error_text
from desktop_app.widgets.actions import make_action
from desktop_app.widgets.thumbs import SIGNS, sign_name

if TYPE_CHECKING:
    from core.workspace import Workspace
    from desktop_app.background import Background
    from desktop_app.parts.recommendation_work import Listed
    from desktop_app.state import AppState
    from desktop_app.widgets.recommendation_table import RankedItem, RecommendationTable

KEYS = {"up": "Alt+U", "down": "Alt+D", "later": "Alt+W", "note": "Alt+O"}
RESTS = (1, 7, REST_DAYS, 30, 90)  # days that the menu offers


class FeedbackTaking(QObject):
    """Writes what the analyst says of the rows of a table, and tells it in a line with a way back.

    Attributes:
        bar: the line; hidden until something is said.
        more: what else the menu of the current row offers; called with the menu.

    Signals:
        said(str, object): a verdict was kept, of this item of the list.
        undone(): the last verdict was taken back.
    """

    said = Signal(str, object)
    undone = Signal()

    def __init__(
        self,
        page: QWidget,
        state: AppState,
        background: Background,
        table: RecommendationTable,
        listed: Callable[[], Listed | None],
    ) -> None:
        super().__init__(page)
        self._page, self._state, self._background, self._table, self._listed = page, state, background, table, listed
        self.more: Callable[[QMenu], object] = lambda _: None
        self.actions: dict[str, QAction] = {}
        for sign in SIGNS:
            run = partial(self._say_of_chosen, sign)
            self.actions[sign] = make_action(page, f"feedback.{sign}", sign_name(sign), run, KEYS[sign])
        self.undo_action = make_action(
            table,
            "feedback.take_back",
            self.tr("Take back"),
            self._undo,
            "Ctrl+Z",
            self.tr("Take back the last verdict"),
        )
        table.thumbs.keys = KEYS
        table.thumbs.pressed.connect(self.say)
        table.menu_wanted.connect(self._menu)
        self.bar = QWidget()
        self._words = QLabel()
        self._words.setObjectName("feedback_words")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        back = QPushButton(self.undo_action.text())
        back.setObjectName("feedback.take_back.button")
        back.setToolTip(self.undo_action.toolTip())
        back.clicked.connect(self.undo_action.trigger)
        line = QHBoxLayout(self.bar)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._words, 1)
        line.addWidget(back)
        self.bar.hide()
        state.user_changed.connect(self.bar.hide)
        state.workspace_changed.connect(self.bar.hide)

    def say(self, row: int, sign: str, days: int = REST_DAYS) -> None:
        """Say this of a row; what holds already is taken back. For a note, ask for its text first."""
        listed, workspace = self._listed(), self._state.workspace
        if listed is None or workspace is None or not 0 <= row < len(listed.rows):
            return
        item = listed.rows[row]
        now = time.time_ns() // 1000
        entry = Entry(
            user="",
            item=item.id,
            verdict=sign,
            note=item.note,
            time=now,
            until=now + days * DAY if sign == "later" else None,
            run=listed.choice.run,
            rank=row + 1,
            score=item.score,
        )
        if sign == "note":
            text, said = QInputDialog.getMultiLineText(
                self._page,
                self.tr("Note"),
                self.tr("What is to be said of “{0}”?").format(item.title or item.id),
                item.note,
            )
            if not said or text.strip() == item.note:
                return
            entry = replace(entry, verdict=item.verdict or "note", note=text.strip())
            if entry.verdict == "note" and not entry.note:
                entry = replace(entry, verdict="none")
        elif sign == item.verdict:
            entry = replace(entry, verdict="note" if item.note else "none")
        self._background.write(
            _put, workspace, listed.choice.user, entry, done=lambda _: self._told(entry, item), failed=self._failed
        )

    def _say_of_chosen(self, sign: str, days: int = REST_DAYS) -> None:
        self.say(self._table.currentIndex().row(), sign, days)

    def _told(self, entry: Entry, item: RankedItem) -> None:
        words = {
            "up": self.tr("Thumb up for “{0}”: it counts as liked from now on."),
            "down": self.tr("Thumb down for “{0}”: it is out of this user's lists, and what is like it moves down."),
            "later": self.tr("Not now for “{0}”: it is out of this user's lists for {1} days."),
            "note": self.tr("The note on “{0}” is kept."),
            "none": self.tr("Nothing is said of “{0}” any more."),
        }
        days = 0 if entry.until is None else (entry.until - entry.time) // DAY
        self._words.setText(words[entry.verdict].format(item.title or item.id, days))
        self.bar.show()
        self.said.emit(entry.verdict, item)
        self._state.feedback_changed.emit()

    def _undo(self) -> None:
        workspace = self._state.workspace
        if workspace is not None:
            self._background.write(workspace.feedback.undo, done=self._undone, failed=self._failed)

    def _undone(self, was: bool) -> None:
        self.bar.hide()
        if was:
            self.undone.emit()
            self._state.feedback_changed.emit()

    def _failed(self, error: Exception) -> None:
        self._words.setText(error_text(error))
        self.bar.show()

    def _menu(self, place: QPoint) -> None:
        """Offer what can be said of the current row, at a point of the screen."""
        if self._listed() is None:
            return
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for sign in SIGNS:
            if sign == "later":
                inner = menu.addMenu(self.tr("Not now"))
                for days in RESTS:
                    chosen = inner.addAction(self.tr("%Ln day(s)", "", days))
                    chosen.triggered.connect(partial(self._say_of_chosen, "later", days))
            else:
                menu.addAction(self.actions[sign])
        self.more(menu)
        menu.popup(place)


def _put(workspace: Workspace, user: int, entry: Entry) -> None:
    name = workspace.users().ids[user].as_py()
    workspace.feedback.put([replace(entry, user=name)])
