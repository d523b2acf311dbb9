"""Up to four users under each other on the timeline page, on one axis or counted from the first event of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from desktop_app.dialogs.choose_user import ChooseUser
from desktop_app.layout import discard
from desktop_app.parts import timeline_work as work
from desktop_app.widgets.actions import make_action
from desktop_app.widgets.passing import open_once
from desktop_app.widgets.timeline import Timeline
from desktop_app.widgets.timeline_axis import Arrangement
from desktop_app.widgets.timeline_colours import By, colours_of
from desktop_app.widgets.timeline_overlay import Dress
from desktop_app.widgets.timeline_scale import View

if TYPE_CHECKING:
    from core.sequences.annotations import Annotation
    from core.sequences.filter import EventFilter
    from core.sequences.store import UserEvents
    from desktop_app.background import Background
    from desktop_app.state import AppState

MOST = 3  # users beside the one that is looked at
HEIGHT = 84


class ComparedUser(Timeline):
    """One user's events on one lane. `removed` says that the analyst wants it away."""

    removed = Signal()

    def __init__(self, events: UserEvents, parent: QWidget | None = None) -> None:
        super().__init__(parent, merged=True)
        name = self.tr("Events of {0}").format(events.user_id)
        self.setAccessibleName(name)
        self.setFixedHeight(HEIGHT)
        self.user_events = events
        self.away = QToolButton(self)
        self.away.setText("×")
        self.away.setAccessibleName(self.tr("Remove {0} from the comparison").format(events.user_id))
        self.away.setToolTip(self.away.accessibleName())
        self.away.setProperty("narrow", True)
        self.away.clicked.connect(self.removed)
        self.set_events(events, self.tr("This user has no events."))

    def stand_at(self, left: float) -> None:
        """Let the axis begin at a pixel."""
        self.away.adjustSize()
        self.away.move(round(left) - self.away.width() - 6, HEIGHT - 30)
        if self.dress.left != left:
            self.set_dress(replace(self.dress, left=left))


class TimelineCompare(QObject):
    """The users that stand below the one who is looked at.

    Attributes:
        rows: the widget that holds them.
        menu: what can be done with them.
        users: one timeline each.
        aligned: whether every axis begins with the user's first event.

    Signals:
        changed(): other users are compared, or in another way.
    """

    changed = Signal()

    def __init__(self, state: AppState, background: Background, timeline: Timeline, owner: QWidget) -> None:
        super().__init__(owner)
        self._state, self._background, self._timeline, self._owner = state, background, timeline, owner
        self.users: list[ComparedUser] = []
        self._quiet = False
        self.rows = QWidget(owner)
        column = QVBoxLayout(self.rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.rows.hide()
        tip = self.tr("Let this user stand below while you look at others; up to four are compared")
        self.add = make_action(
            owner, "compare.add", self.tr("Keep this user in view"), self._add, "Ctrl+Shift+K", tip=tip
        )
        tip = self.tr("Let another user stand below, found by a part of the id")
        self.another = make_action(
            owner, "compare.with", self.tr("Compare with…"), self._look_for, "Ctrl+Alt+K", tip=tip
        )
        self.align = make_action(
            owner, "compare.align", self.tr("Count days since each first event"), self._turn, "Ctrl+Shift+L"
        )
        self.align.setCheckable(True)
        self.clear = make_action(owner, "compare.clear", self.tr("Compare no longer"), self.remove_all)
        self.menu = QMenu(owner)
        self.menu.addActions([self.add, self.another, self.align, self.clear])
        self.menu.aboutToShow.connect(self._enable)
        timeline.view_changed.connect(self.show_view)
        self._enable()

    @property
    def active(self) -> bool:
        """Whether anyone is compared."""
        return bool(self.users)

    @property
    def aligned(self) -> bool:
        return self.align.isChecked()

    def _enable(self) -> None:
        events = self._timeline.events
        known = events is not None and all(row.user_events.user != events.user for row in self.users)
        self.add.setEnabled(known and len(self.users) < MOST)
        self.another.setEnabled(events is not None and len(self.users) < MOST)
        self.align.setEnabled(events is not None and events.timed)
        self.clear.setEnabled(self.active)

    def _turn(self) -> None:
        self.changed.emit()

    def _add(self) -> None:
        events = self._timeline.events
        self._enable()
        if events is not None and self.add.isEnabled():
            self._place(events)

    def add_user(self, user: int) -> None:
        """Let another user stand below, who does not yet."""
        workspace = self._state.workspace

        def read(found: tuple[UserEvents, list[Annotation]]) -> None:
            stands = any(row.user_events.user == user for row in self.users)
            if workspace is self._state.workspace and len(self.users) < MOST and not stands:
                self._place(found[0])

        if workspace is not None:
            self._background.ask("compared user", work.read_events, workspace, user, done=read)

    def _look_for(self) -> None:
        self._enable()
        if self.another.isEnabled():
            dialog = ChooseUser(self.tr("Compare with"), self._find, self._owner)
            dialog.chosen.connect(self.add_user)
            self._state.workspace_changed.connect(dialog.reject)
            open_once(dialog)

    def _find(self, text: str, done: Callable[[list[tuple[str, int]]], object]) -> None:
        """The users of the segment whose ids hold `text`, but the one who is looked at."""
        from desktop_app.parts.recommendation_work import find_users

        workspace, events = self._state.workspace, self._timeline.events
        own = -1 if events is None else events.user
        if workspace is not None:
            self._background.ask(
                *("compared users", find_users, workspace, self._state.segment, text),
                done=lambda found: done([pair for pair in found if pair[1] != own]),
            )

    def _place(self, events: UserEvents) -> None:
        row = ComparedUser(events, self.rows)
        row.removed.connect(partial(self._remove, row))
        row.view_changed.connect(partial(self._follow, row))
        self.users.append(row)
        self.rows.layout().addWidget(row)
        self.rows.show()
        self.changed.emit()

    def _follow(self, row: ComparedUser) -> None:
        """The analyst moved one of the lower axes."""
        if not self._quiet:
            self._timeline.set_view(row.view)

    def _remove(self, row: ComparedUser) -> None:
        self.users.remove(row)
        discard(row)
        self.rows.setVisible(self.active)
        self.changed.emit()

    def remove_all(self) -> None:
        """Compare nobody any longer."""
        for row in list(self.users):
            self._remove(row)

    def arrangement(self, wanted: Arrangement) -> Arrangement:
        """How sequences are laid out: those that are compared share one even axis."""
        if not self.active:
            return replace(wanted, relative=self.aligned, skip=wanted.skip and not self.aligned)
        return Arrangement(gap=wanted.gap, relative=self.aligned)

    def show(
        self, arrangement: Arrangement, wanted: EventFilter, by: By, categories: tuple[str, ...], arcs: bool
    ) -> None:
        """Lay the users out like the one who is looked at."""
        self._enable()
        left, self._quiet = self._left(), True
        for row in self.users:
            events = row.user_events
            shown = wanted.between(None, None)
            row.filter(None if shown.empty else shown.matches(events))
            row.arrange(arrangement)
            if row.lanes is not None:
                colours = colours_of(by, events, row.lanes, categories)
                row.set_dress(Dress(colours=colours, arcs=arcs, name=events.user_id, left=left, axis=False))
        self._share_bounds()
        self._quiet = False
        self.show_view()

    def _left(self) -> float:
        picture = self._timeline.picture()
        return picture.left if picture is not None else 0.0

    def _share_bounds(self) -> None:
        lanes = [one.lanes for one in (self._timeline, *self.users) if one.lanes is not None]
        if not self.active or not lanes:
            self._timeline.set_outer(None)
            return
        start, end = min(one.bounds.start for one in lanes), max(one.bounds.end for one in lanes)
        for one in (self._timeline, *self.users):
            one.set_outer(View(start, end - start))

    def show_view(self) -> None:
        """Show the same part of the axis everywhere."""
        if self._quiet:
            return
        left, self._quiet = self._left(), True
        for row in self.users:
            row.stand_at(left)
            row.set_view(self._timeline.view)
        self._quiet = False
