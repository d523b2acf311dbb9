"""The line of buttons over the timeline: zoom, sessions, how it is laid out and coloured, and what stands beside it."""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QInputDialog, QListView, QMenu, QToolButton, QWidget

from core.sequences.sessions import GAP
from desktop_app.widgets.actions import make_action, menu_button
from desktop_app.widgets.elided_label import ElidedChoice
from desktop_app.widgets.session_model import SessionModel
from desktop_app.widgets.timeline import Timeline
from desktop_app.widgets.timeline_axis import Arrangement
from desktop_app.widgets.timeline_colours import By
from desktop_app.widgets.timeline_scale import MINUTE, show_duration

GAPS = tuple(minutes * MINUTE for minutes in (5, 15, 30, 60, 120, 360, 1440))
LONGEST_GAP = 60 * 24 * 60  # minutes


class TimelineTools(QWidget):
    """Buttons and menus of the timeline.

    Attributes:
        session_choice: the sessions to jump to.
        filter: shows and hides the conditions on events.
        replay: shows and hides the replay.
        profile: shows and hides the user in words.

    Signals:
        arranged(): the analyst chose another gap, or to skip empty time.
        fold_asked(bool): all sessions are to be folded, or unfolded.
        dressed(): the analyst chose other colours, or arcs.
    """

    arranged = Signal()
    fold_asked = Signal(bool)
    dressed = Signal()

    def __init__(self, owner: QWidget, place: QWidget, timeline: Timeline, sessions: SessionModel) -> None:
        """`owner` is the widget in which the keys of the actions work, `place` the one that holds this one."""
        super().__init__(place)
        self._owner, self._timeline, self._sessions = owner, timeline, sessions
        self._gap = GAP
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(12, 0, 12, 8)
        self._line.setSpacing(6)
        self._session_controls: list[QWidget] = []
        self._add_buttons()
        self.view_menu = self._make_view_menu()
        self._line.addSpacing(10)
        tip = self.tr("Empty time, sessions, colours, repeats")
        self._line.addWidget(menu_button(self.tr("View"), tip, self.view_menu))
        self.filter = self._switch(
            "timeline.filter", self.tr("Filter"), self.tr("Choose which events are shown"), "Ctrl+F"
        )
        self.replay = self._switch(
            "timeline.replay", self.tr("Replay"), self.tr("Step through the sequence with the model"), "Ctrl+R"
        )
        self.profile = self._switch(
            "timeline.profile", self.tr("Profile"), self.tr("What the user likes and does, in words"), "Ctrl+Shift+I"
        )
        self._line.addStretch(1)

    def _add_buttons(self) -> None:
        timeline = self._timeline
        for name, text, tip, keys, act in (
            ("timeline.fit", self.tr("Fit"), self.tr("Show the whole sequence"), "Ctrl+0", timeline.fit),
            ("timeline.zoom_in", "+", self.tr("Zoom in"), "Ctrl++", partial(timeline.zoom, 1.5)),
            ("timeline.zoom_out", "−", self.tr("Zoom out"), "Ctrl+-", partial(timeline.zoom, 1 / 1.5)),
            ("session.previous", "‹", self.tr("Previous session"), "Ctrl+PgUp", partial(timeline.step_session, -1)),
            ("session.next", "›", self.tr("Next session"), "Ctrl+PgDown", partial(timeline.step_session, 1)),
        ):
            button = QToolButton(self)
            button.setDefaultAction(make_action(self._owner, name, text, act, keys, tip))
            button.setAccessibleName(tip)
            if name == "session.previous":
                self._line.addSpacing(10)
            self._line.addWidget(button)
            if name.startswith("session"):
                self._session_controls.append(button)
            if name == "session.previous":
                self._line.addWidget(self._make_session_choice())

    def _make_session_choice(self) -> QComboBox:
        self.session_choice = ElidedChoice(self)
        self._session_controls.append(self.session_choice)
        self.session_choice.setAccessibleName(self.tr("Jump to a session"))
        self.session_choice.setToolTip(self.tr("Jump to a session"))
        self.session_choice.setModel(self._sessions)
        self.session_choice.setPlaceholderText(self.tr("Jump to a session"))
        self.session_choice.setMaxVisibleItems(18)
        # There may be thousands: a scrolled list of rows of one height, where a popup would measure every row.
        self.session_choice.setProperty("popup", "rows")
        rows = QListView(self.session_choice)
        rows.setUniformItemSizes(True)
        rows.setSpacing(2)
        rows.setMinimumWidth(240)
        self.session_choice.setView(rows)
        self.session_choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.session_choice.setMinimumContentsLength(16)
        self.session_choice.activated.connect(self._timeline.show_session)
        return self.session_choice

    def _switch(self, name: str, text: str, tip: str, keys: str) -> QAction:
        action = make_action(self._owner, name, text, lambda: None, keys, tip)
        action.setCheckable(True)
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setAccessibleName(text)
        self._line.addWidget(button)
        return action

    def _make_view_menu(self) -> QMenu:
        menu = QMenu(self)
        tip = self.tr("Shorten the time between sessions, so that they stand side by side")
        self.skip = make_action(
            self._owner, "timeline.skip", self.tr("Skip empty time"), self.arranged.emit, "Ctrl+J", tip
        )
        self.arcs = make_action(
            self._owner, "timeline.arcs", self.tr("Arcs between repeat visits"), self.dressed.emit, "Ctrl+U"
        )
        for action in (self.skip, self.arcs):
            action.setCheckable(True)
        menu.addActions([self.skip, self.arcs])
        menu.addMenu(self._make_colour_menu(menu))
        menu.addSeparator()
        for name, text, keys, act in (
            ("session.fold", self.tr("Fold or unfold this session"), "", self._timeline.fold_session),
            ("session.fold_all", self.tr("Fold all sessions"), "Ctrl+Shift+Up", partial(self.fold_asked.emit, True)),
            ("session.unfold", self.tr("Unfold all sessions"), "Ctrl+Shift+Down", partial(self.fold_asked.emit, False)),
        ):
            menu.addAction(make_action(self._owner, name, text, act, keys))
        menu.addMenu(self._make_gap_menu(menu))
        return menu

    def _make_colour_menu(self, parent: QMenu) -> QMenu:
        menu = QMenu(self.tr("Colour by"), parent)
        self._colours = QActionGroup(menu)
        words = (self.tr("Behaviour"), self.tr("Category"), self.tr("Session"))
        for by, text in zip(("behaviour", "category", "session"), words, strict=True):
            action = make_action(self._owner, f"colour.{by}", text, self.dressed.emit)
            action.setCheckable(True)
            action.setData(by)
            self._colours.addAction(action)
            menu.addAction(action)
        self._colours.actions()[0].setChecked(True)
        return menu

    def _make_gap_menu(self, parent: QMenu) -> QMenu:
        self._gap_menu = QMenu(self.tr("A session ends after"), parent)
        self._gaps = QActionGroup(self._gap_menu)
        for gap in GAPS:
            action = make_action(self._owner, f"gap.{gap // MINUTE}", show_duration(gap), partial(self._set_gap, gap))
            action.setCheckable(True)
            action.setData(gap)
            self._gaps.addAction(action)
            self._gap_menu.addAction(action)
        other = make_action(self._owner, "gap.other", self.tr("Another pause…"), self._ask_gap)
        self._gap_menu.addAction(other)
        self._show_gap()
        return self._gap_menu

    def _ask_gap(self) -> None:
        title, question = self.tr("Sessions"), self.tr("A session ends after so many minutes without an event:")
        minutes, told = QInputDialog.getInt(self, title, question, self._gap // MINUTE, 1, LONGEST_GAP)
        if told:
            self._set_gap(minutes * MINUTE)

    def _set_gap(self, gap: int) -> None:
        self._gap = gap
        self._show_gap()
        self.arranged.emit()

    def _show_gap(self) -> None:
        self._gaps.setExclusive(False)
        for action in self._gaps.actions():
            action.setChecked(action.data() == self._gap)
        self._gaps.setExclusive(True)
        text = self.tr("A session ends after {0}").format(show_duration(self._gap))
        self._gap_menu.setTitle(text)

    @property
    def by(self) -> By:
        """What colours tell."""
        chosen = self._colours.checkedAction()
        return cast("By", chosen.data()) if chosen is not None else "behaviour"

    def arrangement(self, before: Arrangement) -> Arrangement:
        """How a sequence is laid out; what is folded stays, unless sessions are other ones now."""
        same = before.gap == self._gap
        other = before.other if same else frozenset[int]()
        return Arrangement(gap=self._gap, skip=self.skip.isChecked(), fold=before.fold, other=other)

    def show_timed(self, timed: bool) -> None:
        """Offer what needs times, or hide it."""
        for control in self._session_controls:
            control.setVisible(timed)
        self.skip.setEnabled(timed)
        self._gap_menu.setEnabled(timed)

    def state(self) -> dict[str, object]:
        """What is chosen, ready for JSON."""
        return {"skip": self.skip.isChecked(), "gap": self._gap, "arcs": self.arcs.isChecked(), "colour": self.by}

    def restore(self, state: dict[str, object]) -> None:
        """Choose what was chosen, as far as what was kept makes sense. Emits nothing."""
        self.skip.setChecked(state.get("skip") is True)
        self.arcs.setChecked(state.get("arcs") is True)
        gap = state.get("gap")
        self._gap = gap if isinstance(gap, int) and MINUTE <= gap <= LONGEST_GAP * MINUTE else GAP
        self._show_gap()
        for action in self._colours.actions():
            if action.data() == state.get("colour", "behaviour"):
                action.setChecked(True)
