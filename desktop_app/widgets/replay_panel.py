"""The play head: what the model would have recommended before the chosen event, and where that event stood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop_app import theme
from desktop_app.widgets import readable, tables
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.elided_label import ElidedLabel
from desktop_app.widgets.fitted import Fitted

Index = QModelIndex | QPersistentModelIndex
RANK, TITLE, SCORE = range(3)
PACE_MS = 900  # for each step while it plays


@dataclass(frozen=True)
class Listed:
    """An item of a list: its rank, what it is called, its score, and whether it is what really followed."""

    rank: int
    title: str
    score: float
    followed: bool


@dataclass(frozen=True)
class StepList:
    """The list before one event.

    Attributes:
        step: the number of the event, from 0.
        rows: the first items, and what followed where it stands further down.
        followed: what followed, by its title; empty where nothing did that can be predicted.
        rank: of what followed, from 1; 0 where it was left out as seen; -1 where there is none.
        candidates: how many items were ranked.
    """

    step: int
    rows: tuple[Listed, ...]
    followed: str
    rank: int
    candidates: int


class StepModel(QAbstractTableModel):
    """The rows of one list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[Listed] = ()

    def show_rows(self, rows: Sequence[Listed]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return ("#", self.tr("Item"), self.tr("Score"))[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(section)
        return None

    @staticmethod
    def _alignment(column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignLeft if column == TITLE else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            title = f"◆ {row.title}" if row.followed else row.title
            return (readable.count(row.rank), title, readable.decimal(row.score))[column]
        if role == Qt.ItemDataRole.ToolTipRole and column == TITLE:
            return self.tr("{0}\n◆ This is what followed").format(row.title) if row.followed else row.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if row.followed and role == Qt.ItemDataRole.BackgroundRole:
            return theme.colour("selection")
        if row.followed and role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setBold(True)
            return font
        return None


class ReplayPanel(QWidget):
    """Buttons to step, what followed and its rank, the list at that step, and how far the ranking of all steps is.

    Signals:
        stepped(int): go so many events on; the two ends are asked for with a very large number.
        stopped(): rank no further steps.
        training_asked(): the analyst wants to train a model.
    """

    stepped = Signal(int)
    stopped = Signal()
    training_asked = Signal()
    END = 1 << 30

    def __init__(self, owner: QWidget, place: QWidget) -> None:
        """`owner` is the widget in which the keys of the actions work, `place` the one that holds this one."""
        super().__init__(place)
        self._owner = owner
        self.setObjectName("replay_panel")
        self.setAccessibleName(self.tr("Replay"))
        self._clock = QTimer(self, interval=PACE_MS)
        self._clock.timeout.connect(lambda: self.stepped.emit(1))
        self.place = ElidedLabel(self)
        self.place.setProperty("role", "muted")
        self.followed = QLabel(self)
        self.followed.setObjectName("followed")
        self.followed.setWordWrap(True)
        self.followed.setTextFormat(Qt.TextFormat.PlainText)
        self.part = QLabel(self)
        self.part.setObjectName("part")
        self.part.setProperty("role", "muted")
        self.part.setWordWrap(True)
        self.list = StepModel(self)
        self.table = QTableView(self)
        self.table.setObjectName("replay_list")
        self.table.setAccessibleName(self.tr("What the model would have recommended"))
        self.table.setModel(self.list)
        tables.set_up_rows(self.table, 8)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        Fitted(self.table, (column for column in range(header.count()) if column != TITLE))
        self._lay_out()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for name, sign, tip, keys, act in (
            ("replay.first", "|◂", self.tr("First event"), "Ctrl+Home", lambda: self.stepped.emit(-self.END)),
            ("replay.previous", "◂", self.tr("One event back"), ",", lambda: self.stepped.emit(-1)),
            ("replay.play", "▶", self.tr("Play or pause"), "F9", self.play),
            ("replay.next", "▸", self.tr("One event on"), ".", lambda: self.stepped.emit(1)),
            ("replay.last", "▸|", self.tr("Last event"), "Ctrl+End", lambda: self.stepped.emit(self.END)),
        ):
            action = make_action(self._owner, name, tip, act, keys)
            button = action_button(action, sign)
            button.setFixedWidth(34)
            button.setProperty("narrow", True)
            buttons.addWidget(button)
            if name == "replay.play":
                self._play = button
        buttons.addWidget(self.place, 1)
        self.note = QLabel(self)
        self.note.setObjectName("replay_note")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note.setProperty("role", "muted")
        self.train = QPushButton(self.tr("Go to the training"))
        self.train.clicked.connect(self.training_asked)
        empty = QWidget(self)
        column = QVBoxLayout(empty)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addWidget(self.note)
        column.addWidget(self.train, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        shown = QWidget(self)
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.followed, self.part):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        self.pile = QStackedWidget(self)
        self.pile.setMinimumHeight(96)  # a sentence of three lines and the button
        self.pile.addWidget(empty)
        self.pile.addWidget(shown)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(6)
        layout.addLayout(buttons)
        layout.addWidget(self.pile, 1)
        layout.addWidget(self._make_progress())

    def _make_progress(self) -> QWidget:
        self.progress = QWidget(self)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.setFixedHeight(10)
        self.bar.setMinimumWidth(30)
        self.ranked = QLabel()
        self.ranked.setProperty("role", "muted")
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.setObjectName("replay_stop")
        self.stop.setAccessibleName(self.tr("Stop ranking the steps"))
        self.stop.clicked.connect(self.stopped)
        line = QHBoxLayout(self.progress)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.ranked)
        line.addWidget(self.bar, 1)
        line.addWidget(self.stop)
        self.progress.hide()
        return self.progress

    @property
    def playing(self) -> bool:
        return self._clock.isActive()

    def play(self) -> None:
        """Step on by itself, or pause."""
        if self.playing:
            self._clock.stop()
        else:
            self.stepped.emit(1)
            self._clock.start()
        self._play.setText("‖" if self.playing else "▶")

    def pause(self) -> None:
        """Stand still."""
        if self.playing:
            self.play()

    def show_note(self, text: str, train: bool = False) -> None:
        """Say why there is no list; `train` offers the way to the training."""
        self.note.setText(text)
        self.train.setVisible(train)
        self.pile.setCurrentIndex(0)

    def show_place(self, step: int, events: int) -> None:
        """Say which event of how many the head stands at; -1 for none."""
        text = self.tr("Event {0} of {1}").format(readable.count(step + 1), readable.count(events))
        self.place.set_whole(text if step >= 0 else "")

    def show_step(self, found: StepList, part: str) -> None:
        """Show the list of a step; `part` says what the model knew of it."""
        if found.rank > 0:
            text = self.tr("Then followed “{0}”: rank {1} of {2}").format(
                found.followed, readable.count(found.rank), readable.count(found.candidates)
            )
        elif found.rank == 0:
            text = self.tr("Then followed “{0}”, which was left out as already seen: a miss").format(found.followed)
        else:
            text = self.tr("Nothing followed here that a model could predict")
        self.followed.setText(text)
        self.part.setText(part)
        self.list.show_rows(found.rows)
        self.pile.setCurrentIndex(1)
        self.table.scrollToTop()  # what stood first; what followed is brought in where it stands among the first
        if 0 < found.rank <= len(found.rows):
            self.table.scrollTo(self.list.index(found.rank - 1, TITLE))

    def show_progress(self, done: int, steps: int) -> None:
        """Say how many of the steps are ranked; nothing once all are."""
        self.progress.setVisible(done < steps)
        self.bar.setRange(0, max(1, steps))
        self.bar.setValue(done)
        self.ranked.setText(self.tr("{0} of {1} steps ranked").format(readable.count(done), readable.count(steps)))
