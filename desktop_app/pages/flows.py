"""The page of flows: what users do after what, how far they get, when they are there, and who comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QMessageBox,
    QStackedWidget,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.dialogs.save_file import ask_where
from desktop_app.page import Page
from desktop_app.painting import paint_in_parts
from desktop_app.parts import flows_export
from desktop_app.parts import flows_work as work
from desktop_app.parts.segments_work import save_users
from desktop_app.translation import error_text
from desktop_app.widgets import counted
from desktop_app.widgets.actions import make_action, menu_button
from desktop_app.widgets.columns import shown_columns
from desktop_app.widgets.elided_label import ElidedLabel
from desktop_app.widgets.empty_note import EmptyNote
from desktop_app.widgets.flow_tab import FlowTab
from desktop_app.widgets.flow_tabs import HourTab, PathTab, RetentionTab, StepTab, TransitionTab
from desktop_app.widgets.funnel_tab import FunnelTab
from desktop_app.widgets.passing import open_once
from desktop_app.widgets.segment_choice import SegmentChoice
from desktop_app.widgets.waiting import wait_in
from desktop_app.widgets.who_bar import Behind, WhoBar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from core.analysis.flows import By
    from core.workspace import Workspace

SHARPNESS = 2  # image pixels for one on the screen


class FlowsPage(Page):
    """Tabs over the same users and the same states; a tab is computed when it is shown.

    Signals:
        navigated(str): the analyst asks for the page of this name ("data").
    """

    icon = "flows"
    navigated = Signal(str)

    def _make(self) -> Iterator[None]:
        state = self._state
        self._answered: dict[FlowTab, object] = {}  # what each tab shows
        self._summaries: dict[FlowTab, str] = {}
        self._shown: dict[FlowTab, work.Answer] = {}
        self._version = 0  # of the data and of who is in the segment
        self._by_chosen = False  # whether the analyst said what is followed
        yield from self._build()
        yield
        state.workspace_changed.connect(self._open)
        state.data_changed.connect(self._renew)
        state.segment_changed.connect(self._renew)
        self._open()

    def title(self) -> str:
        return self.tr("Flows")

    # ---------------------------------------------------------------- building

    def _build(self) -> Iterator[None]:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._pile = QStackedWidget(self)
        layout.addWidget(self._pile)
        self._nothing = EmptyNote(
            self.tr("No flows yet"),
            self.tr("Open files with the behaviour of your users. Then see here what they do after what."),
            self.tr("Go to the data"),
        )
        self._nothing.asked.connect(lambda: self.navigated.emit("data"))
        self._pile.addWidget(self._nothing)
        work_area = QWidget(self._pile)
        self._pile.addWidget(work_area)
        wait_in(self._pile)
        column = QVBoxLayout(work_area)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(self._head())
        yield
        self.tabs = QTabWidget(work_area)
        column.addWidget(self.tabs, 1)
        self.tabs.setDocumentMode(True)
        place = self.tabs.findChild(QStackedWidget)  # in no other, or Qt would style each tab anew that comes there
        self.transitions, self.funnel, self.steps = TransitionTab(place), FunnelTab(place), StepTab(place)
        self.paths, self.hours, self.retention = PathTab(place), HourTab(place), RetentionTab(place)
        for tab, name in (
            (self.transitions, self.tr("Transitions")),
            (self.funnel, self.tr("Funnel")),
            (self.steps, self.tr("Steps")),
            (self.paths, self.tr("Paths")),
            (self.hours, self.tr("Hours")),
            (self.retention, self.tr("Retention")),
        ):
            self.tabs.addTab(tab, name)
            tab.changed.connect(self._ask)
            tab.pointed.connect(self._point)
        yield
        self._fill()
        yield
        self.tabs.currentChanged.connect(self._fill)
        self.tabs.currentChanged.connect(self._ask)
        self.tabs.currentChanged.connect(self._point)
        self.who = WhoBar(work_area)
        self.who.asked.connect(self._count)
        self.who.save_asked.connect(self._keep)
        column.addWidget(self.who)

    def _fill(self) -> None:
        """Make what is in the shown tab, if it was not shown before."""
        tab = self.tab
        if tab.filled:
            return
        tab.fill()
        tab.table.columns.offer_copy(self._exports[0])
        if tab is self.hours:
            self._show_offset()
            self.hours.offset.valueChanged.connect(self._choose_offset)

    def _head(self) -> QHBoxLayout:
        self.segment = SegmentChoice(self._state, self._background, "flows")
        self.by = QComboBox()
        self.by.setObjectName("flows_by")
        self.by.setAccessibleName(self.tr("What is followed"))
        self.by.setToolTip(
            self.tr("Of a category that is made of tags, as “Comedy|Romance”, an event counts for the first one")
        )
        self.by.addItem(self.tr("Behaviours"), "behaviour")
        self.by.addItem(self.tr("Categories"), "category")
        self.by.activated.connect(self._choose_by)
        self._of = QLabel(self.tr("of"))
        self.summary = ElidedLabel()
        self.summary.setObjectName("flows_summary")
        self.summary.setProperty("role", "muted")
        line = QHBoxLayout()
        line.setSpacing(8)
        for widget in (self.by, self._of, self.segment):
            line.addWidget(widget)
        line.addWidget(self.summary, 1)
        line.addWidget(self._export_button())
        return line

    def _export_button(self) -> QToolButton:
        menu = QMenu(self)
        copy = make_action(self, "flows.copy", self.tr("Copy the table"), self._copy, "Ctrl+Shift+C")
        rows = make_action(self, "flows.save_rows", self.tr("Save the table…"), self._save_rows)
        picture = make_action(self, "flows.save_picture", self.tr("Save the picture…"), self._save_picture)
        self._exports = (copy, rows, picture)
        menu.addActions(list(self._exports))
        self.mark_action = make_action(
            self, "flows.mark", self.tr("With a last row that says of which data this is"), lambda: None
        )
        self.mark_action.setCheckable(True)
        menu.addSeparator()
        menu.addAction(self.mark_action)
        tip = self.tr("Copy or save the figures, or save what is shown as a picture")
        return menu_button(self.tr("Export"), tip, menu)

    # ---------------------------------------------------------------- questions and answers

    @property
    def tab(self) -> FlowTab:
        """The tab that is shown."""
        tab = self.tabs.currentWidget()
        assert isinstance(tab, FlowTab)
        return tab

    def _choose_by(self) -> None:
        self._by_chosen = True
        self._ask()

    def _open(self) -> None:
        self._by_chosen = False
        self.by.setCurrentIndex(0)
        if self.hours.filled:
            self._show_offset()
        self._renew()

    def _show_offset(self) -> None:
        workspace = self._state.workspace
        self.hours.offset.blockSignals(True)
        self.hours.offset.setValue(0 if workspace is None else workspace.utc_offset)
        self.hours.offset.blockSignals(False)

    def _choose_offset(self, hours: int) -> None:
        """Keep where the day of the users is, for all that speaks of nights and weekends."""
        if self._state.workspace is not None:
            self._state.choose_offset(hours)
            self._background.write(self._state.workspace.keep_utc_offset, hours)

    def _renew(self, *_: object) -> None:
        self._version += 1
        if self._state.workspace is None:
            self._pile.setCurrentIndex(0)
            self._enable()
        else:
            self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def _ask(self, *_: object) -> None:
        """Ask what the shown tab does not show yet; nothing while the page is out of sight."""
        tab, workspace = self.tab, self._state.workspace
        self.by.setVisible(tab.uses_states)
        self._of.setVisible(tab.uses_states)
        self._enable()
        if workspace is None or not self.isVisible():
            return
        question = self._question()
        if self._answered.get(tab) == (self._version, question):
            self.summary.set_whole(self._summaries[tab])
            return
        version = self._version
        done = partial(self._show, tab, workspace, version)
        failed = partial(self._show_problem, tab, workspace, version, question)
        self._background.ask("flow", work.answer, workspace, question, done=done, failed=failed)

    def _question(self) -> work.Question:
        """What the shown tab asks for."""
        by: By = self.by.currentData() if self.tab.uses_states else "behaviour"
        return work.Question(self.tab.flow, by, self._state.segment, tuple(self.tab.settings().items()))

    def _show(self, tab: FlowTab, workspace: Workspace, version: int, answer: work.Answer) -> None:
        if workspace is not self._state.workspace or version != self._version:
            return
        self._answered[tab] = (version, answer.question)
        self._pile.setCurrentIndex(1 if answer.events or answer.question.segment else 0)
        if tab.offer(answer.behaviours):
            self._ask()  # as these data do not have the behaviour that was asked about
            return
        if answer.categories and not self._by_chosen and tab.uses_states and len(answer.names) < 2:
            self._by_chosen = True
            self.by.setCurrentIndex(self.by.findData("category"))  # a single behaviour has nothing to tell
            self._ask()
            return
        others = self.tr("Other ({0})").format(answer.pooled)
        names = [name or others for name in answer.names]
        parts = [counted.users(answer.users), counted.events(answer.events)]
        if answer.dropped and tab.uses_states:
            parts.append(self.tr("{0} without a category left out").format(counted.events(answer.dropped)))
        self._summaries[tab] = "  ·  ".join(parts)
        self.summary.set_whole(self._summaries[tab])
        if tab is self.funnel and self.funnel.set_states(answer.names, names):
            self._ask()  # now that it is known which steps there are
            return
        tab.pooled = bool(answer.pooled)
        tab.show_found(answer.found, names, answer.users)
        paint_in_parts(tab)
        self._shown[tab] = answer
        self._enable()

    def _show_problem(
        self, tab: FlowTab, workspace: Workspace, version: int, question: work.Question, error: Exception
    ) -> None:
        if workspace is self._state.workspace and version == self._version:
            self._answered[tab] = (version, question)
            self._pile.setCurrentIndex(1)
            self._summaries[tab] = ""
            self.summary.set_whole("")
            tab.show_note(error_text(error))
            self._enable()

    def _enable(self) -> None:
        """Let figures be taken away while they are those that are asked for."""
        current = self._answered.get(self.tab) == (self._version, self._question())
        for action in self._exports:
            action.setEnabled(current and self.tab.shows_figures)

    # ---------------------------------------------------------------- who is behind a figure

    def _point(self, *_: object) -> None:
        self.who.offer(self.tab.behind)

    def _count(self, behind: Behind) -> None:
        """Tell how many users are behind the chosen figure."""
        self._find(behind, lambda codes: self.who.show_count(len(codes)))

    def _keep(self, name: str) -> None:
        """Keep the users behind the chosen figure as a segment."""
        behind, workspace = self.who.behind, self._state.workspace
        if behind is not None and workspace is not None:
            tell = lambda error: self.who.tell(error_text(error))  # noqa: E731
            self._find(
                behind,
                lambda codes: self._background.write(
                    *(save_users, workspace, name, codes),
                    done=lambda _: self._kept(workspace, name, len(codes)),
                    failed=tell,
                ),
            )

    def _kept(self, workspace: Workspace, name: str, users: int) -> None:
        if workspace is self._state.workspace:
            self.who.tell(self.tr("Kept {0} as the segment “{1}”.").format(counted.users(users), name))
            self._state.segments_changed.emit()

    def _find(self, behind: Behind, done: Callable[[NDArray[np.int32]], object]) -> None:
        """Find the users of a figure; an answer that comes when another one is chosen is dropped."""
        workspace, tab = self._state.workspace, self.tab
        if workspace is None:
            return

        def current() -> bool:
            return workspace is self._state.workspace and tab is self.tab and self.who.behind is behind

        self._background.ask(
            *("flow users", work.who, workspace, self._question(), behind.place),
            done=lambda codes: done(codes) if current() else None,
            failed=lambda error: self.who.tell(error_text(error)) if current() else None,
        )

    # ---------------------------------------------------------------- taking it away

    def _copy(self) -> None:
        taken, table = self._taken(), self.tab.table
        flows_export.ask(self, taken, lambda less: table.copy(taken.rows(less)))

    def _taken(self) -> flows_export.Takeaway:
        """The table as it is shown, and how many users are behind its figures."""
        tab = self.tab
        answer, mark, shown = self._shown[tab], self.mark_action.isChecked(), shown_columns(tab.table)
        return flows_export.Takeaway(
            tab.table.table, answer.crowd, answer.users, tab is self.paths, answer.mark if mark else "", shown
        )

    def _save_rows(self) -> None:
        taken, name = self._taken(), f"{self.tab.flow}.csv"
        flows_export.ask(self, taken, lambda less: self._write_rows(taken.rows(less), name))

    def _write_rows(self, rows: list[list[str]], name: str) -> None:
        path = ask_where(self, self.tr("Save the table"), name, (".csv",))
        if path is not None:
            self._background.ask(f"flow rows {path}", work.save_rows, path, rows, failed=self._unsaved)

    def _save_picture(self) -> None:
        flows_export.ask(self, self._taken(), lambda _: self._write_picture(), may_leave_out=False)

    def _write_picture(self) -> None:
        path = ask_where(self, self.tr("Save the picture"), f"{self.tab.flow}.png", (".png",))
        if path is not None:
            self._background.ask(f"flow picture {path}", work.save_picture, path, self._picture(), failed=self._unsaved)

    def _picture(self) -> QImage:
        """The shown tab, as sharp as a printer wants it."""
        tab = self.tab
        image = QImage(tab.size() * SHARPNESS, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(SHARPNESS)
        image.fill(tab.palette().window().color())
        tab.render(image)
        return image

    def _unsaved(self, error: Exception) -> None:
        box = QMessageBox(QMessageBox.Icon.Warning, self.tr("Not saved"), error_text(error), parent=self)
        open_once(box)
