"""The timeline page: the list of users, the chosen user's sequence, and its events as a table."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QMessageBox,
    QScrollArea,
    QSplitter,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.pages import timeline_work as work
from desktop_app.translation import error_text
from desktop_app.widgets import counted
from desktop_app.widgets.actions import make_action
from desktop_app.widgets.elided_label import ElidedLabel
from desktop_app.widgets.empty_note import EmptyNote
from desktop_app.widgets.event_table import EventTable
from desktop_app.widgets.passing import open_once
from desktop_app.widgets.segment_choice import SegmentChoice
from desktop_app.widgets.session_model import SessionModel
from desktop_app.widgets.timeline import Timeline
from desktop_app.widgets.timeline_file import paint_picture
from desktop_app.widgets.timeline_scale import moment, show_duration
from desktop_app.widgets.user_list import UserList

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from core.sequences.store import UserEvents, UserOrder, UserTable
    from core.workspace import Workspace
    from desktop_app.background import Background
    from desktop_app.state import AppState


class TimelinePage(QWidget):
    """Follows the user and the event that the state has chosen, and chooses others in it.

    Signals:
        navigated(str): the analyst asks for the page of this name ("data").
    """

    icon = "timeline"
    navigated = Signal(str)

    def __init__(self, state: AppState, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._background = state, background
        self._table: UserTable | None = None
        self._events: UserEvents | None = None
        self.users = UserList(self)
        self.users.add_above(SegmentChoice(state, background, "timeline"))
        self.timeline = Timeline(self)
        self.events = EventTable(self)
        self.sessions = SessionModel(self)
        self._session_controls: list[QWidget] = []
        self._lay_out()
        self.users.wanted.connect(self._arrange)
        self.users.user_chosen.connect(state.select_user)
        self.timeline.event_chosen.connect(state.select_event)
        self.timeline.view_changed.connect(self._show_session)
        self.events.event_chosen.connect(state.select_event)
        state.workspace_changed.connect(self._reload)
        state.data_changed.connect(self._reload)
        state.segment_changed.connect(lambda _: self.users.ask())
        state.user_changed.connect(self._show_user)
        state.event_changed.connect(self._show_event)
        self._reload()

    def title(self) -> str:
        return self.tr("Timeline")

    # Layout

    def _lay_out(self) -> None:
        scroll = QScrollArea(self)
        scroll.setWidget(self.timeline)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._parts = QSplitter(Qt.Orientation.Vertical, self)
        self._parts.setChildrenCollapsible(False)
        self._parts.addWidget(scroll)
        self._parts.addWidget(self.events)
        self._parts.setStretchFactor(0, 1)
        self._parts.setStretchFactor(1, 2)
        self._parts.setSizes([380, 320])
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_header())
        column.addLayout(self._make_tools())
        column.addWidget(self._parts, 1)
        self._sides = QSplitter(Qt.Orientation.Horizontal, self)
        self._sides.setChildrenCollapsible(False)
        self._sides.addWidget(self.users)
        self._sides.addWidget(right)
        self._sides.setStretchFactor(1, 1)
        self._sides.setSizes([310, 900])
        self._moved = QTimer(self, singleShot=True, interval=500)
        self._moved.timeout.connect(self._keep_layout)
        for splitter in (self._sides, self._parts):
            splitter.splitterMoved.connect(lambda *_: self._moved.start())
        self.nothing = EmptyNote(
            self.tr("No sequences yet"),
            self.tr(
                "Open files with the behaviour of your users. Each user's sequence then appears here on a timeline."
            ),
            self.tr("Go to the data"),
        )
        self.nothing.asked.connect(lambda: self.navigated.emit("data"))
        self._pile = QStackedLayout(self)
        self._pile.addWidget(self.nothing)
        self._pile.addWidget(self._sides)
        self._order_tabs(right)

    def _order_tabs(self, right: QWidget) -> None:
        """Tab goes as one reads: the users, the buttons from left to right, the timeline, the table."""
        buttons = [child for child in right.findChildren(QWidget) if isinstance(child, QToolButton | QComboBox)]
        stops: list[QWidget] = [self.users.view, *buttons, self.timeline, self.events]
        for first, second in pairwise(stops):
            self.setTabOrder(first, second)

    def _make_header(self) -> QHBoxLayout:
        self._name = QLabel(self)
        self._name.setProperty("role", "title")
        self._figures = ElidedLabel(self)
        self._figures.setProperty("role", "muted")
        header = QHBoxLayout()
        header.setContentsMargins(12, 8, 12, 8)
        header.setSpacing(8)
        for name, sign, tip, keys, by in (
            ("user.previous", "‹", self.tr("Previous user"), "Alt+Left", -1),
            ("user.next", "›", self.tr("Next user"), "Alt+Right", 1),
        ):
            button = QToolButton(self)
            button.setDefaultAction(make_action(self, name, sign, partial(self.users.step, by), keys, tip))
            button.setAccessibleName(tip)
            header.addWidget(button)
        header.addWidget(self._name)
        header.addWidget(self._figures, 1)
        header.addWidget(self._make_export_button())
        return header

    def _make_tools(self) -> QHBoxLayout:
        timeline = self.timeline
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 0, 12, 8)
        bar.setSpacing(8)
        for name, text, tip, keys, act in (
            ("timeline.fit", self.tr("Fit"), self.tr("Show the whole sequence"), "Ctrl+0", timeline.fit),
            ("timeline.zoom_in", "+", self.tr("Zoom in"), "Ctrl++", partial(timeline.zoom, 1.5)),
            ("timeline.zoom_out", "−", self.tr("Zoom out"), "Ctrl+-", partial(timeline.zoom, 1 / 1.5)),
            ("session.previous", "‹", self.tr("Previous session"), "Ctrl+PgUp", partial(timeline.step_session, -1)),
            ("session.next", "›", self.tr("Next session"), "Ctrl+PgDown", partial(timeline.step_session, 1)),
        ):
            button = QToolButton(self)
            button.setDefaultAction(make_action(self, name, text, act, keys, tip))
            button.setAccessibleName(tip)
            if name == "session.previous":
                bar.addSpacing(16)
            bar.addWidget(button)
            if name.startswith("session"):
                self._session_controls.append(button)
            if name == "session.previous":
                bar.addWidget(self._make_session_choice())
        bar.addStretch(1)
        return bar

    def _make_session_choice(self) -> QComboBox:
        self.session_choice = QComboBox(self)
        self._session_controls.append(self.session_choice)
        self.session_choice.setAccessibleName(self.tr("Jump to a session"))
        self.session_choice.setToolTip(self.tr("Jump to a session"))
        self.session_choice.setModel(self.sessions)
        self.session_choice.setPlaceholderText(self.tr("Jump to a session"))
        self.session_choice.setMaxVisibleItems(18)
        # There may be thousands: a scrolled list of rows of one height, where a popup would measure every row.
        self.session_choice.setStyleSheet("QComboBox { combobox-popup: 0; }")
        rows = QListView(self.session_choice)
        rows.setUniformItemSizes(True)
        rows.setSpacing(2)
        self.session_choice.setView(rows)
        self.session_choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.session_choice.setMinimumContentsLength(26)
        self.session_choice.activated.connect(self.timeline.show_session)
        return self.session_choice

    def _make_export_button(self) -> QToolButton:
        menu = QMenu(self)
        for name, text, act in (
            ("timeline.export_picture", self.tr("Save the picture…"), self._export_picture),
            ("timeline.export_rows", self.tr("Save the rows…"), self._export_rows),
        ):
            menu.addAction(make_action(self, name, text, act))
        self._export = QToolButton(self)
        self._export.setText(self.tr("Export"))
        self._export.setAccessibleName(self.tr("Export"))
        self._export.setToolTip(self.tr("Save the timeline as a picture, or the events as a table"))
        self._export.setMenu(menu)
        self._export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return self._export

    # Users

    def _reload(self) -> None:
        workspace = self._state.workspace
        self._table = None
        if workspace is None:
            self._pile.setCurrentWidget(self.nothing)
            return
        done, failed = partial(self._users_read, workspace), partial(self._unreadable, workspace)
        self._background.ask("timeline users", work.read_users, workspace, done=done, failed=failed)

    def _users_read(self, workspace: Workspace, read: tuple[UserTable, object]) -> None:
        if workspace is not self._state.workspace:
            return
        table, layout = read
        self._table = table
        self._restore_layout(layout)
        if not table.users:
            self._pile.setCurrentWidget(self.nothing)
            return
        self._pile.setCurrentWidget(self._sides)
        self.users.ask()
        self._show_user(self._state.user)

    def _restore_layout(self, layout: object) -> None:
        """Lay the page out as it was left, as far as what was kept makes sense."""
        if isinstance(layout, dict):
            for splitter, name in ((self._sides, "sides"), (self._parts, "parts")):
                sizes = layout.get(name)
                if isinstance(sizes, list) and len(sizes) == 2 and all(isinstance(size, int) for size in sizes):
                    splitter.setSizes(sizes)

    def _keep_layout(self) -> None:
        if self._state.workspace is not None:
            layout = {"sides": self._sides.sizes(), "parts": self._parts.sizes()}
            self._background.write(self._state.workspace.set_setting, work.LAYOUT, layout)

    def _arrange(self, search: str, sort: UserOrder, descending: bool) -> None:
        if self._table is not None:
            wanted = (self._state.workspace, self._state.segment, self._table, search, sort, descending)
            done, failed = partial(self._arranged, self._table), partial(self._unreadable, self._state.workspace)
            self._background.ask("timeline order", work.arrange, *wanted, done=done, failed=failed)

    def _arranged(self, table: UserTable, codes: NDArray[np.int32]) -> None:
        if table is not self._table:
            return
        self.users.show_users(table, codes)
        self.users.select(self._state.user)
        if self._state.user < 0 and len(codes):
            self._state.select_user(int(codes[0]))

    # The chosen user

    def _show_user(self, user: int) -> None:
        self.users.select(user)
        if self._state.workspace is not None and user >= 0 and self._table is not None:
            wanted = (self._state.workspace, user)
            done, failed = partial(self._events_read, self._table), partial(self._unreadable, self._state.workspace)
            self._background.ask("timeline events", work.read_events, *wanted, done=done, failed=failed)
        elif user < 0:
            self._show_events(None)

    def _events_read(self, table: UserTable, events: UserEvents) -> None:
        if table is self._table and events.user == self._state.user:
            self._show_events(events)

    def _unreadable(self, workspace: Workspace | None, error: Exception) -> None:
        if workspace is not self._state.workspace:
            return
        self._show_events(None)
        self.timeline.set_events(None, self.tr("The sequences could not be read: {0}").format(error_text(error)))

    def _show_events(self, events: UserEvents | None) -> None:
        self._events = events
        message = self.tr("Choose a user on the left.") if events is None else self.tr("This user has no events.")
        self.timeline.set_events(events, message)
        self.sessions.set_lanes(self.timeline.lanes)
        self.events.set_events(events)
        for control in self._session_controls:
            control.setVisible(events is None or events.timed)
        self._export.setEnabled(events is not None and events.events > 0)
        name = "" if events is None else events.user_id  # a pseudonym has 64 letters
        self._name.setText(self._name.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, 260))
        self._name.setToolTip(name)
        self._figures.set_whole("" if events is None else self._figures_of(events))
        self._show_event(self._state.chosen_event)

    def _figures_of(self, events: UserEvents) -> str:
        parts = [counted.events(events.events)]
        if events.timed and events.events:
            parts.append(counted.sessions(self.sessions.rowCount()))
            parts.append(show_duration(int(events.time[-1] - events.time[0])))
            parts.append(f"{moment(int(events.time[0])):%Y-%m-%d} – {moment(int(events.time[-1])):%Y-%m-%d}")
        return "  ·  ".join(parts)

    def _show_event(self, event: int) -> None:
        if self._events is not None and self._events.user == self._state.user:
            self.timeline.select(event)
            self.events.select(self.timeline.selected)
            self._show_session()

    def _show_session(self) -> None:
        lanes = self.timeline.lanes
        whole = lanes is None or (self.timeline.view == lanes.bounds and self.timeline.selected < 0)
        self.session_choice.setCurrentIndex(-1 if whole else self.timeline.session)

    # Files

    def _export_picture(self) -> None:
        if self._events is None or self.timeline.lanes is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the picture"), self._file_name(".png"), "PNG (*.png);;SVG (*.svg)"
        )
        if name:
            self.export_picture(Path(name))

    def export_picture(self, path: Path) -> None:
        """Save what the timeline shows, as SVG or PNG by the suffix."""
        timeline = self.timeline
        if self._events is not None and timeline.lanes is not None:
            view, size, font = timeline.view, QSizeF(timeline.size()), timeline.font()
            picture = paint_picture(path.suffix, self._events, timeline.lanes, view, size, font, timeline.selected)
            self._background.ask("timeline picture", work.save_picture, path, picture, failed=self._unsaved)

    def _export_rows(self) -> None:
        if self._events is not None:
            name, _ = QFileDialog.getSaveFileName(
                self, self.tr("Save the rows"), self._file_name(".csv"), "CSV (*.csv)"
            )
            if name:
                self.export_rows(Path(name))

    def export_rows(self, path: Path) -> None:
        """Save the user's events as CSV."""
        if self._events is not None:
            self._background.ask("timeline rows", work.save_rows, path, self._events, failed=self._unsaved)

    def _file_name(self, suffix: str) -> str:
        user = "" if self._events is None else self._events.user_id
        return "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in user)[:80] + suffix

    def _unsaved(self, error: Exception) -> None:
        box = QMessageBox(QMessageBox.Icon.Warning, self.tr("Not saved"), error_text(error), parent=self)
        open_once(box)
