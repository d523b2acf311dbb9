"""The page of segments: which there are, what one is made of, and who belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.analysis.conditions import EventCount, Segment
from core.errors import SeqlensError
from desktop_app.dialogs.find_users import FindUsers
from desktop_app.layout import share
from desktop_app.page import Page
from desktop_app.parts import segments_work as work
from desktop_app.translation import error_text
from desktop_app.widgets import readable, tables
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.condition_rows import Offer
from desktop_app.widgets.empty_note import EmptyNote
from desktop_app.widgets.history import Document, History, Step
from desktop_app.widgets.passing import open_once
from desktop_app.widgets.segment_editor import SegmentEditor
from desktop_app.widgets.user_list import SPAN, UserList
from desktop_app.widgets.waiting import wait_in

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from core.saved import Body
    from core.sequences.store import UserTable
    from desktop_app.background import Job

NO_DATA, NONE_YET, WORK = range(3)


class SegmentsPage(Page):
    """The saved segments at the left, the chosen one in the middle, its users at the right.

    Signals:
        navigated(str): the analyst asks for the page of this name ("data", "timeline").
    """

    icon = "segments"
    navigated = Signal(str)

    def _make(self) -> Iterator[None]:
        state = self._state
        self._setting = work.Setting(0, Offer(), {}, None)
        self._saved: dict[str, Body] = {}
        self._shown = ""  # name of the segment in the editor
        self._found: work.Found | None = None
        self._job: Job | None = None
        self._measuring = ""  # the name of the segment that the job measures
        self._writing = 0  # changes on their way into the workspace
        self.history = History(self)
        self._make_actions()
        yield from self._build()
        yield
        self.history.changed.connect(self._enable)
        state.workspace_changed.connect(self._open)
        state.data_changed.connect(self._reload)
        state.segments_changed.connect(self._reload)
        state.offset_changed.connect(self._follow_offset)
        state.segment_changed.connect(self._follow_use)
        state.runs_changed.connect(self._reload)
        state.run_changed.connect(self._reload)
        state.user_changed.connect(self.users.select)
        self._open()

    def title(self) -> str:
        return self.tr("Segments")

    # ---------------------------------------------------------------- building

    def _make_actions(self) -> None:
        self.new_action = make_action(self, "segment.new", self.tr("New segment"), self._new, "Ctrl+Shift+N")
        tip = self.tr("Describe users in English or Chinese, and keep those who are found")
        self.find_action = make_action(self, "segment.find", self.tr("Find in words…"), self._find_in_words, tip=tip)
        remove, undo, redo = self.tr("Remove"), self.tr("Undo"), self.tr("Redo")
        self.remove_action = make_action(self, "segment.remove", remove, self._remove)
        self.undo_action = make_action(self, "segment.undo", undo, partial(self._go, self.history.undo), "Ctrl+Z")
        keys = "Ctrl+Shift+Z"
        self.redo_action = make_action(self, "segment.redo", redo, partial(self._go, self.history.redo), keys)

    def _build(self) -> Iterator[None]:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._body = QStackedWidget(self)
        layout.addWidget(self._body)
        splitter = QSplitter(Qt.Orientation.Horizontal, self._body)
        splitter.setChildrenCollapsible(False)
        self._make_notes()
        for widget in (self._no_data, self._none_yet, splitter):
            self._body.addWidget(widget)
        wait_in(self._body)
        yield
        self._fill_left(QWidget(splitter))
        yield
        self.editor = SegmentEditor(splitter)
        self.editor.edited.connect(self._edited)
        self.editor.renamed.connect(self._renamed)
        self.editor.used.connect(self._use)
        self.editor.measure_asked.connect(self._measure)
        yield
        self.users = UserList(splitter)
        self.users.wanted.connect(self._arrange)
        self.users.user_chosen.connect(self._state.select_user)
        self.users.view.activated.connect(lambda _: self.navigated.emit("timeline"))
        self.users.view.setToolTip(self.tr("Enter or a double click shows the user's timeline"))
        yield
        share(splitter, 230, 580, 290)
        splitter.setStretchFactor(1, 1)

    def _make_notes(self) -> None:
        self._no_data = EmptyNote(
            self.tr("No users yet"),
            self.tr("Open files with the behaviour of your users. Then find those who have something in common."),
            self.tr("Go to the data"),
        )
        self._no_data.asked.connect(lambda: self.navigated.emit("data"))
        self._none_yet = EmptyNote(
            self.tr("No segments yet"),
            self.tr(
                "A segment is a group of users who meet conditions: how often they did something, when they were "
                "active, what they looked at or spent. Lists, flows, figures and exports can be of one segment alone."
            ),
            self.tr("Make a segment"),
        )
        self._none_yet.button.setObjectName("first_segment")
        self._none_yet.asked.connect(self.new_action.trigger)

    def _fill_left(self, side: QWidget) -> None:
        self.list = QTableWidget(0, 2, side)
        self.list.setObjectName("segments")
        self.list.setAccessibleName(self.tr("Segments"))
        self.list.setHorizontalHeaderLabels([self.tr("Segment"), self.tr("Users")])
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tables.set_up_rows(self.list)
        header = self.list.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        for place, edge in enumerate((Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)):
            self.list.horizontalHeaderItem(place).setTextAlignment(edge | Qt.AlignmentFlag.AlignVCenter)
        self.list.currentCellChanged.connect(self._row_chosen)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(action_button(self.new_action), 1)
        for action in (self.remove_action, self.undo_action):
            second.addWidget(action_button(action), 1)
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 12, 8, 12)
        column.setSpacing(8)
        column.addLayout(first)
        column.addWidget(action_button(self.find_action))
        column.addWidget(self.list, 1)
        column.addLayout(second)

    # ---------------------------------------------------------------- what is open

    def _ask(
        self,
        kind: str,
        question: Callable[..., object],
        *arguments: object,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Ask about the open workspace; an answer that comes when another one is open is dropped."""
        workspace = self._state.workspace

        def still_open(answer: Callable[[Any], object]) -> Callable[[Any], object]:
            return lambda value: answer(value) if self._state.workspace is workspace else None

        if workspace is not None:
            problem = None if failed is None else still_open(failed)
            self._background.ask(kind, question, workspace, *arguments, done=still_open(done), failed=problem)

    def _open(self) -> None:
        self.history.clear()
        self._shown, self._saved = "", {}
        self._reload()

    def _reload(self, *_: object) -> None:
        if self._state.workspace is None:
            self._body.setCurrentIndex(NO_DATA)
        elif not self._writing:  # or what is read would be older than what the analyst sees
            self._ask("segment setting", work.read, done=self._show_setting)

    def _follow_offset(self) -> None:
        self.editor.flush()  # its cards are shown anew
        self._reload()

    def _show_setting(self, setting: work.Setting) -> None:
        if self._writing:
            return
        former, self._setting = self._setting, setting
        self._saved = setting.saved
        if former.offer != setting.offer or not self._shown:
            self.editor.set_offer(setting.offer)
        chosen = self._shown if self._shown in self._saved else next(iter(self._saved), "")
        if former.offer.offset != setting.offer.offset:
            self._shown = ""  # its cards tell of hours of another place
        self._list(chosen)
        self._enable()
        self._ask("segment counts", work.count_all, self._saved, done=self._show_counts)

    def _list(self, chosen: str) -> None:
        """Show the names, and this one in the editor."""
        before = {self.list.item(row, 0).text(): self.list.item(row, 1).text() for row in range(self.list.rowCount())}
        self.list.blockSignals(True)
        self.list.setRowCount(len(self._saved))
        for row, name in enumerate(self._saved):
            cell, count = QTableWidgetItem(name), QTableWidgetItem(before.get(name, "…"))
            cell.setToolTip(name)
            count.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.list.setItem(row, 0, cell)
            self.list.setItem(row, 1, count)
        if chosen:
            self.list.setCurrentCell(list(self._saved).index(chosen), 0)
        self.list.blockSignals(False)
        place = WORK if self._saved else NONE_YET
        self._body.setCurrentIndex(place if self._setting.events else NO_DATA)
        if chosen != self._shown or not chosen:
            self._show(chosen)
        else:
            self._find()

    def _show_counts(self, counts: dict[str, int | None]) -> None:
        for row in range(self.list.rowCount()):
            count = counts.get(self.list.item(row, 0).text())
            self.list.item(row, 1).setText("–" if count is None else readable.count(count))

    def _row_chosen(self, row: int, *_: int) -> None:
        if row >= 0:
            name = self.list.item(row, 0).text()
            self.editor.flush()  # which may list them anew
            self._list(name)

    def _show(self, name: str) -> None:
        self._shown = name
        self._found = None
        if name:
            used = self._state.segment == name
            try:
                segment: Segment | None = Segment.from_dict(self._saved[name])
            except SeqlensError as error:
                self.editor.show_segment(name, None, used)
                self._show_problem(error)
            else:
                self.editor.show_segment(name, segment, used)
                self._find()
        self._enable()

    def _enable(self) -> None:
        self.remove_action.setEnabled(bool(self._shown))
        self.find_action.setEnabled(self._setting.events > 0)
        self.undo_action.setEnabled(self.history.can_undo)
        self.redo_action.setEnabled(self.history.can_redo)
        run = self._setting.run
        self.editor.measure.setEnabled(run is not None and self._job is None)
        self.editor.measure.setToolTip(
            self.tr("Train a model first")
            if run is None
            else self.tr("Test “{0}” on the events of these users that were held out").format(run.name)
        )

    # ---------------------------------------------------------------- who belongs to it

    def _find(self) -> None:
        self._ask("segment members", work.find, self.editor.segment, done=self._show_found, failed=self._show_problem)

    def _show_found(self, found: work.Found) -> None:
        self._found = found
        self.editor.show_problem("")
        self.editor.show_found(len(found.codes), found.users, found.events)
        self._tell_count(readable.count(len(found.codes)))
        self.users.ask()

    def _show_problem(self, error: Exception) -> None:
        self._found = None
        self.editor.show_problem(error_text(error))
        self._tell_count("–")

    def _tell_count(self, text: str) -> None:
        for row in range(self.list.rowCount()):
            if self.list.item(row, 0).text() == self._shown:
                self.list.item(row, 1).setText(text)

    def _arrange(self, search: str, sort: str, descending: bool) -> None:
        if self._found is not None:
            wanted = (self._found.codes, search, sort, descending)
            self._ask("segment users", work.arrange, *wanted, done=self._show_users)

    def _show_users(self, answer: tuple[UserTable, NDArray[np.int32]]) -> None:
        self.users.show_users(*answer)
        self.users.view.setColumnHidden(SPAN, True)  # there is room for what is asked for most

    def _find_in_words(self) -> None:
        if self._state.workspace is not None and self._setting.events:
            dialog = FindUsers(self._state, self._background, self)
            dialog.timeline_asked.connect(lambda: self.navigated.emit("timeline"))
            open_once(dialog)

    # ---------------------------------------------------------------- changes

    def _new(self) -> None:
        if self._state.workspace is None or not self._setting.events:
            return
        number = 1
        while (name := self.tr("Segment {0}").format(number)) in self._saved:
            number += 1
        behaviours = self._setting.offer.behaviours
        first = EventCount(behaviours[-1] if behaviours else None)
        self.editor.flush()
        self._take(Step(None, (name, Segment((first,)).to_dict())))
        self.editor.name.setFocus()
        self.editor.name.selectAll()

    def _edited(self, segment: Segment) -> None:
        if self._shown in self._saved:
            self.editor.show_measured(None, None)  # they were others
            after: Document = (self._shown, segment.to_dict())
            self._take(Step((self._shown, self._saved[self._shown]), after))

    def _renamed(self, name: str) -> None:
        self.editor.flush()
        if name in self._saved:
            self.editor.name.setText(self._shown)
            self.editor.show_note(self.tr("“{0}” is taken. Choose another name.").format(name))
        elif self._shown in self._saved:
            body = self._saved[self._shown]
            self._take(Step((self._shown, body), (name, body)))

    def _remove(self) -> None:
        if self._shown in self._saved:
            self.editor.flush()
            self._take(Step((self._shown, self._saved[self._shown]), None))

    def _go(self, move: Callable[[], Step | None]) -> None:
        self.editor.flush()
        step = move()
        if step is not None:
            self._apply(step)

    def _take(self, step: Step) -> None:
        self.history.add(step)
        self._apply(step, typed=step.before is not None and step.after is not None)

    def _apply(self, step: Step, typed: bool = False) -> None:
        """Make it so on the screen and in the workspace; `typed` where the editor shows it already."""
        workspace, before, after = self._state.workspace, step.before, step.after
        if workspace is None:
            return
        used = self._state.segment is not None and before is not None and self._state.segment == before[0]
        if before is not None:
            self._saved.pop(before[0], None)
        if after is not None:
            self._saved[after[0]] = after[1]
        self._saved = dict(sorted(self._saved.items()))
        if typed and after is not None:
            self._shown = after[0]
            self.editor.keep_name(after[0])
        elif after is not None:
            self._shown = ""  # so that it is shown anew
        left = after[0] if after is not None else next(iter(self._saved), "")

        def kept(_: object) -> None:
            self._writing -= 1
            if self._state.workspace is workspace:
                if used:
                    self._state.select_segment(after[0] if after is not None else None, anew=True)
                self._state.segments_changed.emit()

        def lost(error: Exception) -> None:
            kept(None)
            self.editor.show_note(error_text(error))

        self._writing += 1
        self._background.write(work.keep, workspace, step, done=kept, failed=lost)
        self._list(left)

    # ---------------------------------------------------------------- what it is used for

    def _use(self, on: bool) -> None:
        self.editor.flush()
        self._when_kept(lambda: self._state.select_segment(self._shown if on else None))

    def _when_kept(self, act: Callable[[], object]) -> None:
        """Act once every change is in the workspace, from where others read it."""
        self._background.write(_nothing, done=lambda _: act())

    def _follow_use(self, name: str) -> None:
        self.editor.use.setChecked(bool(name) and name == self._shown)

    def _measure(self) -> None:
        self.editor.flush()
        self.editor.measure.setEnabled(False)
        self._when_kept(self._start_measuring)

    def _start_measuring(self) -> None:
        run, workspace, shown = self._setting.run, self._state.workspace, self._shown
        self._enable()
        if run is None or workspace is None or not shown:
            return
        title = self.tr("Measuring a segment")
        asked = work.measure, workspace, shown, run
        try:
            job = self._background.start(*asked, done=self._measured, failed=self._not_measured, title=title)
        except SeqlensError as busy:
            self.editor.show_note(error_text(busy))
            return
        self._job, self._measuring = job, shown
        job.cancelled.connect(self._measured)
        self.editor.show_measured(None, None)
        self.editor.show_note(self.tr("Measuring …"))
        self._enable()

    def _measured(self, measured: work.Measured | None = None) -> None:
        self._job = None
        self._enable()
        if self._measuring == self._shown:
            self.editor.show_measured(*((None, None) if measured is None else (measured.run, measured.slice)))

    def _not_measured(self, error: Exception) -> None:
        self._job = None
        self._enable()
        self.editor.show_note(error_text(error))


def _nothing() -> None:
    """What a write does that waits for those before it."""
