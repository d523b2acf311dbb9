"""A segment as it is edited: its name, its conditions, and how many users meet them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.analysis.conditions import Segment
from desktop_app.layout import discard
from desktop_app.widgets import counted, readable
from desktop_app.widgets.condition_list import ConditionList
from desktop_app.widgets.condition_rows import Offer
from desktop_app.widgets.runs_table import metric_name

if TYPE_CHECKING:
    from core.evaluation.slices import Slice
    from core.runs import Run

EDIT_MS = 200  # after the last change, the segment is told


class SegmentEditor(QWidget):
    """Shows one segment and tells of every change; it keeps and counts nothing itself.

    Signals:
        edited(Segment): the conditions are others now.
        renamed(str): the analyst gave it this name.
        used(bool): lists are to show only these users, or all again.
        measure_asked: the analyst wants the run's figures for these users.
    """

    edited = Signal(object)
    renamed = Signal(str)
    used = Signal(bool)
    measure_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._pause = QTimer(self, singleShot=True, interval=EDIT_MS)
        self._pause.timeout.connect(lambda: self.edited.emit(self.segment))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(self._head())
        column.addWidget(self._conditions(), 1)
        column.addWidget(self._result())

    # ---------------------------------------------------------------- building

    def _head(self) -> QVBoxLayout:
        self.name = QLineEdit()
        self.name.setObjectName("segment_name")
        self.name.setAccessibleName(self.tr("Name of the segment"))
        font = self.name.font()
        font.setPixelSize(18)
        font.setBold(True)
        self.name.setFont(font)
        self.name.editingFinished.connect(self._rename)
        self.problem = QLabel()
        self.problem.setObjectName("segment_problem")
        self.problem.setProperty("role", "error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        head = QVBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.name)
        head.addWidget(self.problem)
        return head

    def _conditions(self) -> QWidget:
        self.everyone = QLabel(self.tr("There is no condition yet, so this segment has all users."))
        self.everyone.setProperty("role", "muted")
        self.everyone.setWordWrap(True)
        self.conditions = ConditionList(self.tr("Users must meet every one of the conditions"))
        self.conditions.changed.connect(self._changed)
        self.conditions.added.connect(self._show_added)
        self.conditions.came.connect(self._follow)
        inner = QWidget()
        cards = QVBoxLayout(inner)
        cards.setContentsMargins(0, 0, 4, 0)
        cards.setSpacing(8)
        cards.addWidget(self.everyone)
        cards.addWidget(self.conditions)
        cards.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return self._scroll

    def _result(self) -> QWidget:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        self.count = QLabel()
        self.count.setObjectName("segment_count")
        self.count.setProperty("role", "figure")
        self.share = QProgressBar()
        self.share.setRange(0, 1000)
        self.share.setTextVisible(False)
        self.share.setFixedHeight(8)
        self.share.setAccessibleName(self.tr("Share of all users"))
        self.details = QLabel()
        self.details.setObjectName("segment_details")
        self.details.setProperty("role", "muted")
        self.details.setWordWrap(True)
        self.use = QCheckBox(self.tr("Show only these users everywhere"))
        self.use.setToolTip(self.tr("In lists, flows and recommendations, until all users are chosen there again"))
        self.use.setObjectName("use_segment")
        self.use.clicked.connect(self.used)
        self.measure = QPushButton(self.tr("Measure the model on them"))
        self.measure.setObjectName("measure_segment")
        self.measure.clicked.connect(self.measure_asked)
        self._uses = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._uses.addWidget(self.use, 1)
        self._uses.addWidget(self.measure)
        self.measured = QLabel()
        self.measured.setObjectName("segment_measured")
        self.measured.setProperty("role", "muted")
        self.measured.setWordWrap(True)
        self.measured.hide()
        self._figures = QGridLayout()
        self._figures.setHorizontalSpacing(24)
        self._figures.setVerticalSpacing(4)
        for widget in (self.count, self.share, self.details):
            column.addWidget(widget)
        column.addLayout(self._uses)
        column.addWidget(self.measured)
        column.addLayout(self._figures)
        return card

    # ---------------------------------------------------------------- the segment

    @property
    def segment(self) -> Segment:
        """As it is on the screen."""
        return Segment(self.conditions.conditions)

    def set_offer(self, offer: Offer) -> None:
        """Offer what the data have to the conditions that are added from now on."""
        self.conditions.set_offer(offer)

    def show_segment(self, name: str, segment: Segment | None, used: bool) -> None:
        """Show a segment, None for one that cannot be read, and whether lists show only its users."""
        self._pause.stop()
        self._name = name
        self.name.setText(name)
        self.use.setChecked(used)
        self.show_problem("")
        self.show_measured(None, None)
        self.conditions.add_button.setEnabled(segment is not None)
        self.conditions.show_conditions(segment.conditions if segment is not None else ())

    def keep_name(self, name: str) -> None:
        """The segment that is shown has this name from now on."""
        self._name = name
        if self.name.text() != name:
            self.name.setText(name)

    def flush(self) -> None:
        """Tell at once of a change that was made a moment ago, before something else is shown."""
        if self._pause.isActive():
            self._pause.stop()
            self.edited.emit(self.segment)

    def _show_added(self, row: QWidget) -> None:
        """Bring a new card into view, once it has its place."""
        QTimer.singleShot(0, row, lambda: self._scroll.ensureWidgetVisible(row))

    def _changed(self) -> None:
        self._follow()
        self._pause.start()

    def _follow(self) -> None:
        self.everyone.setVisible(not self.conditions.conditions and self.conditions.add_button.isEnabled())
        self.conditions.order_tabs(self.name)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Set fields below each other where they have no room side by side; no card is cut."""
        bar = self._scroll.verticalScrollBar().sizeHint().width() + 4
        room = self.width() - self.layout().contentsMargins().left() - self.layout().contentsMargins().right() - bar
        self._scroll.setMinimumWidth(self.conditions.fit(room) + bar)
        side = self.use.sizeHint().width() + self.measure.sizeHint().width() + 40 > room
        self._uses.setDirection(QBoxLayout.Direction.TopToBottom if side else QBoxLayout.Direction.LeftToRight)

    def _rename(self) -> None:
        name = self.name.text().strip()
        if name and name != self._name:
            self.renamed.emit(name)
        elif not name:
            self.name.setText(self._name)

    # ---------------------------------------------------------------- what came out

    def show_found(self, users: int, everyone: int, events: int) -> None:
        """How many users meet the conditions, of how many, with how many events."""
        self.count.setText(counted.users(users))
        share = users / everyone if everyone else 0.0
        self.share.setValue(round(1000 * share))
        parts = [self.tr("{0} % of all users").format(readable.decimal(100 * share, 1)), counted.events(events)]
        if users:
            parts.append(self.tr("{0} events a user").format(readable.decimal(events / users, 1)))
        self.details.setText("  ·  ".join(parts))

    def show_problem(self, text: str) -> None:
        """Say why it cannot be told who belongs to it, or nothing."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        if text:
            self.count.setText("–")
            self.share.setValue(0)
            self.details.clear()

    def show_note(self, text: str) -> None:
        """Say something about the measurement, such as that it goes on."""
        self.measured.setText(text)
        self.measured.setVisible(bool(text))

    def show_measured(self, run: Run | None, found: Slice | None) -> None:
        """Set the figures of these users beside those of all that were tested; None for nothing."""
        while (child := self._figures.takeAt(0)) is not None:
            if (widget := child.widget()) is not None:
                discard(widget)
        self.show_note("")
        if run is None or found is None:
            return
        self.show_note(
            self.tr("“{0}”, evaluation fit: {1} of the segment and {2} of all users were tested.").format(
                run.name, readable.count(found.users), readable.count(run.users)
            )
        )
        heads = ("", self.tr("These users"), self.tr("95 % interval"), self.tr("All users"))
        for place, text in enumerate(heads):
            self._put(0, place, text, muted=True)
        for number, (name, value) in enumerate(found.metrics.items(), 1):
            low, high = (readable.decimal(end, 4) for end in found.intervals[name])
            every = run.metrics.get(name)
            cells: tuple[str, ...] = (metric_name(name), readable.decimal(value, 4), f"{low} – {high}")
            cells = (*cells, "–" if every is None else readable.decimal(every, 4))
            for place, text in enumerate(cells):
                self._put(number, place, text, muted=place > 1)

    def _put(self, row: int, place: int, text: str, muted: bool) -> None:
        label = QLabel(text)
        if muted:
            label.setProperty("role", "muted")
        side = Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft
        self._figures.addWidget(label, row, place, side)
        self._figures.setColumnStretch(4, 1)
