"""The timeline page: the list of users, the chosen user's sequence, and its events as a table."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.layout import share
from desktop_app.page import Page
from desktop_app.parts import timeline_work as work
from desktop_app.parts.timeline_compare import TimelineCompare
from desktop_app.parts.timeline_files import TimelineFiles
from desktop_app.parts.timeline_notes import TimelineNotes
from desktop_app.parts.timeline_portrait import TimelinePortrait
from desktop_app.parts.timeline_replay import TimelineReplay
from desktop_app.translation import error_text
from desktop_app.widgets import counted
from desktop_app.widgets.actions import make_action, menu_button
from desktop_app.widgets.colour_legend import ColourLegend
from desktop_app.widgets.elided_label import ElidedLabel
from desktop_app.widgets.empty_note import EmptyNote
from desktop_app.widgets.event_table import EventTable
from desktop_app.widgets.minimap import MiniMap
from desktop_app.widgets.rank_strip import RankStrip
from desktop_app.widgets.replay_panel import ReplayPanel
from desktop_app.widgets.segment_choice import SegmentChoice
from desktop_app.widgets.session_model import SessionModel
from desktop_app.widgets.timeline import Timeline
from desktop_app.widgets.timeline_axis import Arrangement
from desktop_app.widgets.timeline_colours import colours_of, frequent_categories
from desktop_app.widgets.timeline_filter import FilterBar
from desktop_app.widgets.timeline_overlay import Dress
from desktop_app.widgets.timeline_scale import View, moment, show_duration
from desktop_app.widgets.timeline_tools import TimelineTools
from desktop_app.widgets.user_list import UserList
from desktop_app.widgets.waiting import wait_in

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from core.sequences.annotations import Annotation
    from core.sequences.store import UserEvents, UserOrder, UserTable
    from core.workspace import Workspace


class TimelinePage(Page):
    """Follows the user and the event that the state has chosen, and chooses others in it.

    Signals:
        navigated(str): the analyst asks for the page of this name ("data").
    """

    icon = "timeline"
    navigated = Signal(str)

    def _make(self) -> Iterator[None]:
        state, background = self._state, self._background
        self._table: UserTable | None = None
        self._events: UserEvents | None = None
        self._shown: NDArray[np.bool_] | None = None  # which events the filter lets through
        upper = self._divide()  # before the parts: Qt would style a part anew that comes into another widget
        self.users = UserList(self._sides)
        self.users.add_above(SegmentChoice(state, background, "timeline"))
        yield
        self.timeline = Timeline(upper)
        self.minimap = MiniMap(self._right)
        self.filter = FilterBar(self._right)
        self.events = EventTable(self._lower)
        yield
        self.sessions = SessionModel(self)
        self.legend = ColourLegend(self._right)
        self.tools = TimelineTools(self, self._right, self.timeline, self.sessions)
        self.session_choice = self.tools.session_choice
        yield
        self.replay = TimelineReplay(state, background, self.timeline, RankStrip(upper), ReplayPanel(self, self._lower))
        yield
        self.notes = TimelineNotes(state, background, self.timeline, self)
        self.compare = TimelineCompare(state, background, self.timeline, self)
        self.portrait = TimelinePortrait(state, background, self.timeline, self)
        self.portrait.offer(self.tools.view_menu)
        self.files = TimelineFiles(background, self.timeline, self, self.portrait)
        yield
        self._lay_out()
        yield
        self._connect()
        self._reload()

    def _connect(self) -> None:
        state, timeline, tools = self._state, self.timeline, self.tools
        self.users.wanted.connect(self._arrange)
        self.users.user_chosen.connect(state.select_user)
        timeline.event_chosen.connect(state.select_event)
        timeline.view_changed.connect(self._show_view)
        timeline.arranged.connect(self._show_lanes)
        timeline.brushed.connect(self._brush)
        self.events.event_chosen.connect(state.select_event)
        self.minimap.view_asked.connect(timeline.set_view)
        self.filter.changed.connect(self._filter)
        self.filter.view_wanted.connect(self._brush_view)
        self.notes.changed.connect(self._dress)
        self.portrait.changed.connect(self._dress)
        self.portrait.marks.toggled.connect(lambda _: self._moved.start())
        self.compare.changed.connect(self._compare)
        self.replay.panel.training_asked.connect(lambda: self.navigated.emit("training"))
        tools.arranged.connect(self._rearrange)
        tools.fold_asked.connect(self._fold_all)
        tools.dressed.connect(self._dress)
        tools.filter.toggled.connect(self.filter.setVisible)
        tools.replay.toggled.connect(self.replay.set_open)
        tools.profile.toggled.connect(self.portrait.set_open)
        for signal in (tools.arranged, tools.dressed, tools.replay.toggled, tools.profile.toggled):
            signal.connect(lambda *_: self._moved.start())
        state.workspace_changed.connect(self.filter.clear)
        state.workspace_changed.connect(self._reload)
        state.data_changed.connect(self._reload)
        state.segment_changed.connect(lambda _: self.users.ask())
        state.user_changed.connect(self._show_user)
        state.event_changed.connect(self._show_event)

    def title(self) -> str:
        return self.tr("Timeline")

    # Layout

    def _divide(self) -> QWidget:
        """Make the areas that hold the parts; what holds the timeline itself."""
        self._pile = QStackedLayout(self)
        self._sides = QSplitter(Qt.Orientation.Horizontal, self)
        self._pile.addWidget(self._sides)
        wait_in(self._pile)
        self._sides.setChildrenCollapsible(False)
        self._right = QWidget(self._sides)
        self._parts = QSplitter(Qt.Orientation.Vertical, self._right)
        self._parts.setChildrenCollapsible(False)
        scroll = QScrollArea(self._parts)
        upper = QWidget(scroll)
        scroll.setWidget(upper)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lower = QSplitter(Qt.Orientation.Horizontal, self._parts)
        self._lower.setChildrenCollapsible(False)
        return upper

    def _lay_out(self) -> None:
        self._sides.insertWidget(0, self.users)
        self._sides.setStretchFactor(1, 1)
        share(self._sides, 310, 900)
        column = QVBoxLayout(self._right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_header())
        for part in (self.tools, self.portrait.panel, self.filter, self.minimap, self.legend):
            column.addWidget(part)
        column.addWidget(self._parts, 1)
        self._fill_parts()
        self.filter.hide()
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
        self._pile.addWidget(self.nothing)
        self._order_tabs(self._right)

    def _fill_parts(self) -> None:
        """The timeline with what runs along with it, and the table below."""
        column = QVBoxLayout(self.timeline.parentWidget())
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.timeline, 1)
        column.addWidget(self.replay.strip)
        column.addWidget(self.compare.rows)
        self._lower.setStretchFactor(0, 1)
        share(self._lower, 600, 340)
        self._parts.setStretchFactor(0, 1)
        self._parts.setStretchFactor(1, 2)
        share(self._parts, 380, 320)

    def _order_tabs(self, right: QWidget) -> None:
        """Tab goes as one reads: the users, the buttons from left to right, the timeline, the table."""
        buttons = [child for child in right.findChildren(QWidget) if isinstance(child, QToolButton | QComboBox)]
        outside = [self.filter, self.compare.rows]
        buttons = [button for button in buttons if not any(part.isAncestorOf(button) for part in outside)]
        buttons.sort(key=lambda button: button.parentWidget() is not right)  # those of the header come first
        fields = self.filter.fields
        profile = self.portrait.panel.text
        stops: list[QWidget] = [self.users.view, *buttons, profile, *fields, self.minimap, self.timeline, self.events]
        for first, second in pairwise(stops):
            self.setTabOrder(first, second)

    def _make_header(self) -> QHBoxLayout:
        self._name = QLabel(self._right)
        self._name.setProperty("role", "title")
        self._figures = ElidedLabel(self._right)
        self._figures.setProperty("role", "muted")
        header = QHBoxLayout()
        header.setContentsMargins(12, 8, 12, 8)
        header.setSpacing(8)
        for name, sign, tip, keys, by in (
            ("user.previous", "‹", self.tr("Previous user"), "Alt+Left", -1),
            ("user.next", "›", self.tr("Next user"), "Alt+Right", 1),
        ):
            button = QToolButton(self._right)
            button.setDefaultAction(make_action(self, name, sign, partial(self.users.step, by), keys, tip))
            button.setAccessibleName(tip)
            header.addWidget(button)
        header.addWidget(self._name)
        header.addWidget(self._figures, 1)
        tip = self.tr("Save the timeline as a picture, or the events as a table")
        self._export = menu_button(self.tr("Export"), tip, self.files.menu)
        notes = menu_button(self.tr("Notes"), self.tr("Write on an event or a moment"), self.notes.menu)
        compare = menu_button(self.tr("Compare"), self.tr("Look at up to four users together"), self.compare.menu)
        for button in (notes, compare, self._export):
            header.addWidget(button)
        return header

    # Users

    def _reload(self) -> None:
        workspace = self._state.workspace
        self._table = None
        self.compare.remove_all()
        if workspace is None:
            self._pile.setCurrentWidget(self.nothing)
            return
        done, failed = partial(self._users_read, workspace), partial(self._unreadable, workspace)
        self._background.ask("timeline users", work.read_users, workspace, done=done, failed=failed)
        done = partial(self._tags_read, workspace)
        self._background.ask("timeline tags", work.read_tags, workspace, done=done, failed=failed)

    def _tags_read(self, workspace: Workspace, tags: dict[str, tuple[str, ...]]) -> None:
        if workspace is self._state.workspace:
            self.filter.set_tags(tags)

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
        shown = layout if isinstance(layout, dict) else {}
        self.tools.profile.setChecked(shown.get("profile") is not False)
        self.portrait.marks.setChecked(shown.get("turns") is not False)
        if not isinstance(layout, dict):
            self.tools.restore({})
        else:
            for splitter, name in ((self._sides, "sides"), (self._parts, "parts")):
                sizes = layout.get(name)
                if isinstance(sizes, list) and len(sizes) == 2 and all(isinstance(size, int) for size in sizes):
                    share(splitter, *sizes)
            self.tools.restore(layout)
            self.tools.replay.setChecked(layout.get("replay") is True)

    def _keep_layout(self) -> None:
        if self._state.workspace is not None:
            layout: dict[str, object] = {"sides": self._sides.sizes(), "parts": self._parts.sizes()}
            layout |= self.tools.state() | {"replay": self.tools.replay.isChecked()}
            layout |= {"profile": self.tools.profile.isChecked(), "turns": self.portrait.marks.isChecked()}
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
            self._show_events(None, [])

    def _events_read(self, table: UserTable, read: tuple[UserEvents, list[Annotation]]) -> None:
        events, notes = read
        if table is self._table and events.user == self._state.user:
            self._show_events(events, notes)

    def _unreadable(self, workspace: Workspace | None, error: Exception) -> None:
        if workspace is not self._state.workspace:
            return
        self._pile.setCurrentWidget(self._sides)
        self._show_events(None, [])
        self.timeline.set_events(None, self.tr("The sequences could not be read: {0}").format(error_text(error)))

    def _show_events(self, events: UserEvents | None, notes: list[Annotation]) -> None:
        self._events = events
        message = self.tr("Choose a user on the left.") if events is None else self.tr("This user has no events.")
        self.filter.offer(events)
        self.notes.show(events, notes)
        self.portrait.show_events(events)
        self._shown = self._matches()
        self.timeline.set_events(events, message, self._shown)
        self.timeline.arrange(self._arrangement())
        self.timeline.fit()
        self._show_table()
        self.replay.show_events(self.timeline.events)
        self._show_lanes()
        self.tools.show_timed(events is None or events.timed)
        self._export.setEnabled(events is not None and events.events > 0)
        name = "" if events is None else events.user_id  # a pseudonym has 64 letters
        self._name.setText(self._name.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, 260))
        self._name.setToolTip(name)
        self._show_event(self._state.chosen_event)
        self.notes.arrive()

    # How they are shown

    def _arrangement(self) -> Arrangement:
        return self.compare.arrangement(self.tools.arrangement(self.timeline.arrangement))

    def _rearrange(self) -> None:
        self.timeline.arrange(self._arrangement())
        self._show_lanes()

    def _fold_all(self, fold: bool) -> None:
        wanted = Arrangement(gap=self.timeline.arrangement.gap, fold=fold)
        self.timeline.arrange(self.compare.arrangement(self.tools.arrangement(wanted)))

    def _show_lanes(self) -> None:
        """The sequence was laid out in another way."""
        self.sessions.set_lanes(self.timeline.lanes)
        self.replay.show_lanes()
        self._figures.set_whole("" if self._events is None else self._figures_of(self._events))
        self._dress()

    def _matches(self) -> NDArray[np.bool_] | None:
        wanted, events = self.filter.filter, self._events
        return None if events is None or wanted.empty else wanted.matches(events)

    def filter_by(self, text: str) -> None:
        """Show only the events whose item or own text has this, whatever else was asked for."""
        self.tools.filter.setChecked(True)
        self.filter.clear()
        self.filter.text.setText(text)

    def _filter(self) -> None:
        self._shown = self._matches()
        self.timeline.filter(self._shown)
        self._show_table()
        self._dress()
        self._show_event(self._state.chosen_event)

    def _show_table(self) -> None:
        events, shown = self._events, self._shown
        self.events.set_events(events, shown)
        count = 0 if events is None else events.events
        self.filter.show_found(count if shown is None else int(shown.sum()), count)
        self.tools.filter.setText(self.tr("Filter") if shown is None else self.tr("Filter •"))

    def _brush(self, span: View | None) -> None:
        self.tools.filter.setChecked(True)
        self.filter.set_span(span)

    def _brush_view(self) -> None:
        if self.timeline.lanes is not None:
            self.filter.set_span(self.timeline.lanes.axis.times(self.timeline.view))

    def _dress(self) -> None:
        """Colours, arcs, notes and the brushed part, here and in all that stands beside."""
        timeline, lanes, events = self.timeline, self.timeline.lanes, self.timeline.events
        tools, wanted = self.tools, self.filter.filter
        categories: tuple[str, ...] = ()
        brush = None
        if events is not None and lanes is not None:
            if tools.by == "category":
                categories = frequent_categories([events, *(row.user_events for row in self.compare.users)])
            if wanted.start is not None and wanted.end is not None:
                start = lanes.axis.place(wanted.start)
                brush = View(start, lanes.axis.place(wanted.end) - start)
            colours = colours_of(tools.by, events, lanes, categories)
            timeline.turn_words = self.portrait.lines
            timeline.set_dress(Dress(colours, tools.arcs.isChecked(), self.notes.placed, self.portrait.marked, brush))
        self.legend.show_names(categories)
        self.compare.show(timeline.arrangement, wanted, tools.by, categories, tools.arcs.isChecked())
        notes = [lanes.axis.place(note.time) for note, _ in self.notes.placed] if lanes is not None else []
        self.minimap.show_lanes(lanes, timeline.bounds, notes, brush)
        self._show_part()

    def _show_view(self) -> None:
        """The timeline shows another part of the axis."""
        self._show_part()
        self._show_session()

    def _show_part(self) -> None:
        picture = self.timeline.picture()
        self.minimap.show_view(self.timeline.view, picture.left if picture is not None else 0.0, self.timeline.width())
        self.replay.show_view()

    def _compare(self) -> None:
        """Other users stand below: the upper part takes as much room as they need, as far as there is some."""
        self._rearrange()
        upper, lower = self._parts.sizes()
        rows = self.compare.rows.sizeHint().height() if self.compare.active else 0
        wanted = min(round((upper + lower) * 0.7), 240 + rows + self.replay.strip.isVisible() * 96)
        if self.compare.active and upper < wanted:
            self._parts.setSizes([wanted, upper + lower - wanted])

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
            self.replay.show_event(self.timeline.selected)
            self._show_session()

    def _show_session(self) -> None:
        lanes = self.timeline.lanes
        whole = lanes is None or (self.timeline.view == self.timeline.bounds and self.timeline.selected < 0)
        self.session_choice.setCurrentIndex(-1 if whole else self.timeline.session)
