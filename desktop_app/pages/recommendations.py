"""The page of ranked lists: what a user would be shown, what gave each score, and what the user really did next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.dialogs.new_user import NewUser
from desktop_app.page import Page
from desktop_app.painting import paint_in_parts
from desktop_app.parts import recommendation_work as work
from desktop_app.parts.recommendation_feedback import FeedbackTaking
from desktop_app.parts.recommendation_learning import Learning
from desktop_app.parts.recommendation_not_listed import Missing
from desktop_app.parts.recommendation_purpose import Purposes
from desktop_app.parts.recommendation_talk import Talk
from desktop_app.parts.recommendation_truth import HeldOut
from desktop_app.parts.recommendation_what_if import WhatIf
from desktop_app.parts.recommendation_why import Explaining
from desktop_app.translation import error_text
from desktop_app.widgets import readable
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.elided_label import ElidedLabel
from desktop_app.widgets.empty_note import EmptyNote
from desktop_app.widgets.legend import Legend
from desktop_app.widgets.list_choices import EVALUATION, ListChoices
from desktop_app.widgets.passing import open_once
from desktop_app.widgets.recommendation_table import RecommendationTable
from desktop_app.widgets.segment_choice import SegmentChoice
from desktop_app.widgets.user_search import UserSearch
from desktop_app.widgets.waiting import wait_in

if TYPE_CHECKING:
    pass


class RecommendationsPage(Page):
    """The list of the selected user at the left, the breakdown of the chosen item at the right.

    Attributes:
        navigated: name of the page that the analyst asks for ("data", "training", "timeline").
    """

    icon = "recommendations"
    navigated = Signal(str)

    def _make(self) -> Iterator[None]:
        state = self._state
        self._setting = work.Setting(0, None, False, ())
        self._listed: work.Listed | None = None
        self._versions = 0  # of changed histories that lists were asked for
        self._stale = False  # another user was chosen while the page was out of sight
        yield from self._build()
        yield
        state.workspace_changed.connect(self._forget)
        state.workspace_changed.connect(self._reload)
        state.data_changed.connect(self._reload)
        state.runs_changed.connect(self._reload)
        state.run_changed.connect(self._reload)
        state.user_changed.connect(self._show_user)
        state.feedback_changed.connect(self._ask_list)
        self._reload()
        self._show_what_if(False)

    def title(self) -> str:
        return self.tr("Recommendations")

    # ---------------------------------------------------------------- building

    def _build(self) -> Iterator[None]:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedWidget(self)
        layout.addWidget(self._pages)
        self._pages.setObjectName("recommendation_pages")
        self._no_data = EmptyNote(
            self.tr("Nothing to recommend yet"),
            self.tr("Open files with the behaviour of your users. Then train a model, and its lists appear here."),
            self.tr("Go to the data"),
        )
        self._no_run = EmptyNote(
            self.tr("No model is trained yet"),
            self.tr("A model learns from the events what each user may like next. The default takes a few minutes."),
            self.tr("Train a model"),
        )
        self._no_user = EmptyNote(
            self.tr("Choose a user"),
            self.tr("Choose a user on the timeline, search for an id above, or begin with the first one."),
            self.tr("Show the first user"),
        )
        self._no_data.asked.connect(lambda: self.navigated.emit("data"))
        self._no_run.asked.connect(lambda: self.navigated.emit("training"))
        self._no_user.asked.connect(lambda: self._step(1))
        working = QWidget(self._pages)
        for page in (self._no_data, self._no_run, working):
            self._pages.addWidget(page)
        wait_in(self._pages)
        column = QVBoxLayout(working)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        yield
        column.addLayout(self._user_line())
        yield
        self.choices = ListChoices(working)
        self.choices.changed.connect(self._ask_list)
        column.addWidget(self.choices)
        self._body = QStackedWidget(working)
        column.addWidget(self._body, 1)
        self._body.addWidget(self._no_user)
        # What changes the list, the list, what explains it.
        self.panels = QSplitter(Qt.Orientation.Horizontal, self._body)
        self._body.addWidget(self.panels)
        yield
        yield from self._fill_panels()

    def _user_line(self) -> QHBoxLayout:
        back, forward = partial(self._step, -1), partial(self._step, 1)
        self.previous_action = make_action(self, "user.previous", self.tr("Previous user"), back, "Alt+Left")
        self.next_action = make_action(self, "user.next", self.tr("Next user"), forward, "Alt+Right")
        self.search = UserSearch()
        self.search.asked.connect(self._search)
        self.search.chosen.connect(self._state.select_user)
        self.summary = ElidedLabel()
        self.summary.setObjectName("user_summary")
        self.summary.setProperty("role", "muted")
        tip = self.tr("A list for somebody who is not in the data, from a few items that they like")
        self.new_user_action = make_action(
            self, "recommendations.new_user", self.tr("New user…"), self._show_new_user, "Ctrl+Shift+U", tip
        )
        self.export_action = make_action(self, "export.lists", self.tr("Export…"), self._export)
        self.what_if = WhatIf(self, self._state, self._ask, self._background)
        self.what_if.shown.connect(self._show_what_if)
        self.what_if.changed.connect(self._ask_list)
        self.what_if.user_wanted.connect(self._state.select_user)
        self.what_if.exported.connect(self._export_what_if)
        line = QHBoxLayout()
        for action, sign in ((self.previous_action, "‹"), (self.next_action, "›")):
            button = action_button(action, sign)
            button.setFixedWidth(36)
            line.addWidget(button)
        line.addWidget(self.search)
        line.addWidget(SegmentChoice(self._state, self._background, "recommendations"))
        line.addWidget(self.summary, 1)
        self.purposes = Purposes(self, self._state, self._ask, self._background, self._lists_of)
        self.purposes.shown.connect(lambda _: self._tell_maker())
        self.purposes.changed.connect(self._ask_list)
        self.talk = Talk(self, self._state, self._ask, self._background)
        self.talk.changed.connect(self._ask_list)
        line.addWidget(action_button(self.new_user_action))
        line.addWidget(action_button(self.talk.action))
        line.addWidget(action_button(self.purposes.action))
        line.addWidget(action_button(self.what_if.action))
        line.addWidget(action_button(self.export_action))
        return line

    def _fill_panels(self) -> Iterator[None]:
        self.panels.setChildrenCollapsible(False)
        for place, panel in enumerate((self.talk.place, self.purposes.place, self.what_if.place)):
            self.panels.addWidget(panel)
            self.panels.setStretchFactor(place, 2 if panel is self.what_if.place else 1)
        yield
        self._fill_list(QWidget(self.panels))
        yield
        right = QWidget(self.panels)
        self.panels.setStretchFactor(3, 3)
        self.panels.setStretchFactor(4, 2)
        side = QVBoxLayout(right)
        side.setContentsMargins(8, 0, 0, 0)
        self.why = Explaining(self, self._state, self._background, self._ask)
        self.breakdown = self.why.panel
        side.addWidget(self.breakdown)
        self.breakdown.event_opened.connect(self._open_event)
        self.breakdown.user_opened.connect(self._open_user)
        yield
        self.missing = Missing(self, self._state, self._ask, self._shown_choice, self.search.text)
        self.choices.layout().addWidget(self.missing.button())
        self.missing.explained.connect(lambda _: self.table.setCurrentIndex(QModelIndex()))  # none that is there
        self.missing.explained.connect(partial(self.why.show_item, row=0))

    def _fill_list(self, left: QWidget) -> None:
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        self._list = QStackedWidget(left)
        self.table = RecommendationTable(self._list)
        self.table.chosen.connect(self._choose)
        self.feedback = FeedbackTaking(self, self._state, self._background, self.table, lambda: self._listed)
        self.feedback.more = lambda menu: [part.add_to(menu) for part in (self.purposes, self.missing)]
        self.learning = Learning(self, self._state, lambda: self._listed)
        self.learning.changed.connect(self._ask_list)
        self.feedback.said.connect(self.learning.hear)
        self.feedback.undone.connect(self.learning.take_back)
        self.legend = Legend()
        self.maker = QLabel()
        self.maker.setObjectName("maker")
        self.maker.setWordWrap(True)
        self.maker.setTextFormat(Qt.TextFormat.PlainText)
        self.held_out = HeldOut(self._ask, self.table)
        self.note = QLabel()
        self.note.setObjectName("list_note")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note.setProperty("role", "muted")
        self._list.addWidget(self.table)
        self._list.addWidget(self.note)
        column.addWidget(self.maker)
        column.addWidget(self._list, 1)
        column.addWidget(self.feedback.bar)
        column.addWidget(self.learning.bar)
        column.addWidget(self.legend)
        column.addWidget(self.held_out)

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

    def _reload(self, *_: object) -> None:
        if self._state.workspace is None:
            self._show_setting(work.Setting(0, None, False, ()))
        else:
            self._ask("recommendation setting", work.setting, done=self._show_setting)

    def _show_setting(self, setting: work.Setting) -> None:
        before, self._setting = self._setting, setting
        if setting.users == 0 or setting.run is None:
            self._listed = None
            self._pages.setCurrentIndex(0 if setting.users == 0 else 1)
            return
        self._pages.setCurrentIndex(2)
        if before.run is None or before.run.id != setting.run.id:
            self.choices.hide_seen.setChecked(setting.run.hide_seen)
        if before.categories != setting.categories:
            self.choices.set_categories(setting.categories)
        self.purposes.refresh()
        self._show_user()

    # ---------------------------------------------------------------- the user

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._show_user()

    def _show_user(self, *_: object) -> None:
        """Ask for all about the user, once the page is in view: who goes through a timeline needs no lists."""
        self._stale = not self.isVisible()
        if self._stale:
            self._let_go()
            return
        user, run = self._state.user, self._setting.run
        self.export_action.setEnabled(run is not None)
        if self._state.workspace is None or run is None:
            return
        self._body.setCurrentIndex(0 if user < 0 else 1)
        if user < 0:
            self.search.show_chosen("")
            self.summary.set_whole("")
            return
        self._ask("recommendation user", work.subject, user, done=self._show_subject)
        self._begin_what_if()
        self.talk.begin()
        self._ask_list()
        self.held_out.look_up(user, run.id)

    def _let_go(self) -> None:
        """Take a list of another user away: an action that shows the page, and is run then, would be about that one."""
        if self._listed is not None and self._listed.choice.user != self._state.user:
            self._listed = None
            self.table.show_list([], ())

    def _show_subject(self, subject: work.Subject) -> None:
        self.search.show_chosen(subject.id)
        one, more = self.tr("1 event"), self.tr("{0} events")
        parts = [one if subject.events == 1 else more.format(readable.count(subject.events))]
        if subject.last:
            parts.append(self.tr("last active {0}").format(subject.last))
        self.summary.set_whole("  ·  ".join(parts))

    def _step(self, step: int) -> None:
        self._ask("neighbour", work.neighbour, self._state.segment, self._state.user, step, done=self._go_to)

    def _go_to(self, user: int) -> None:
        if user >= 0:
            self._state.select_user(user)

    def _search(self, text: str) -> None:
        self._ask("user search", work.find_users, self._state.segment, text, done=self.search.offer)

    def _show_new_user(self) -> None:
        workspace, run = self._state.workspace, self._setting.run
        if workspace is not None and run is not None:
            open_once(NewUser(workspace, run.id, run.name, self._background, self))

    # ---------------------------------------------------------------- the list

    def _ask_list(self, *_: object) -> None:
        run, user = self._setting.run, self._state.user
        self._stale = self._stale or not self.isVisible()
        if self._stale or run is None or user < 0:
            return
        choice = self._choice(run.id)
        if self.what_if.on and not self.what_if.is_of(user, choice.fit):
            self._begin_what_if()  # the list of the user's own history comes first
        self.maker.setText(self._made_by(choice))
        self._ask("recommendations", work.ranked, choice, done=self._show_list, failed=self._show_no_list)

    def _choice(self, run: str) -> work.Choice:
        """What is chosen now. A changed history has a number of its own at each question."""
        made, user = self.choices, self._state.user
        hide, fit = made.hide_seen.isChecked(), made.chosen_fit
        history = self.what_if.history_of(user, fit)
        if history is not None:
            self._versions += 1
        version = 0 if history is None else self._versions
        return work.Choice(
            user,
            run,
            fit,
            made.k.value(),
            hide,
            made.chosen_category,
            version,
            history,
            self.purposes.policy,
            self.talk.parts,
            self.learning.weights(self._setting.run, user, fit),
        )

    def _lists_of(self) -> tuple[str, int] | None:
        """The run that makes the lists, and their length; None where nothing is trained."""
        run = self._setting.run
        return None if run is None else (run.id, self.choices.k.value())

    def _tell_maker(self) -> None:
        choice = self._shown_choice()
        if choice is not None:
            self.maker.setText(self._made_by(choice))

    def _made_by(self, choice: work.Choice) -> str:
        run = self._setting.run
        name = run.name if run is not None else ""
        if choice.fit == EVALUATION:
            text = self.tr(
                "Made by “{0}”, evaluation fit: it never saw the test events. This is the list that the test saw."
            )
        elif self._setting.stale:
            text = self.tr(
                "Made by “{0}”, serving fit. The data changed since it was trained; train again to learn from all."
            )
        else:
            text = self.tr("Made by “{0}”, serving fit: trained on all events.")
        ordered = self.tr("In the order of a policy.") if choice.policy is not None else ""
        return f"{text.format(name)} {ordered}".strip()

    def _show_list(self, listed: work.Listed) -> None:
        if listed.choice.user != self._state.user:
            return  # the page is out of sight, and asks for the other user's list when it is shown
        self._listed = listed
        self.legend.show_components(listed.components, base=any(row.base for row in listed.rows))
        self._list.setCurrentIndex(0 if listed.rows else 1)
        if listed.choice.parts:
            text = self.tr("No item is left with what was asked for. Take something of it back.")
        else:
            text = self.tr("No item is left with these filters. Choose another category or show seen items.")
        self.note.setText(text)
        wanted = self.why.wanted
        same = wanted is not None and wanted.user == listed.choice.user
        self.table.show_list(listed.rows, listed.components, wanted.item if same and wanted else -1)
        paint_in_parts(self.table)  # in a beat of its own
        self.held_out.follow(listed)
        self.talk.listed(work.lines(listed), [row.code for row in listed.rows])

    def _show_no_list(self, error: Exception) -> None:
        self._listed = None
        self.table.show_list([], ())
        self._list.setCurrentIndex(1)
        self.note.setText(error_text(error))

    def _choose(self, row: int) -> None:
        listed = self._listed
        self.purposes.look_at(None if listed is None or row < 0 else listed.rows[row])
        if listed is None or row < 0:
            self.why.clear()
        else:
            self.why.show_item(listed, row)

    def _shown_choice(self) -> work.Choice | None:
        """What is chosen, where a list is shown or asked for."""
        run = self._setting.run
        return None if run is None or self._state.user < 0 else self._choice(run.id)

    def _forget(self) -> None:
        self._listed = None
        self.held_out.follow(None)
        self.purposes.look_at(None)
        self.why.clear()
        self.what_if.forget()

    def _open_user(self, user: int) -> None:
        """Show another user's timeline; back leads here again."""
        self._state.select_user(user)
        self.navigated.emit("timeline")

    def _open_event(self, event: int) -> None:
        if self.what_if.on:
            self.what_if.panel.select_event(event)
        else:
            self._state.select_event(event)
            self.navigated.emit("timeline")

    # ---------------------------------------------------------------- what if

    def _begin_what_if(self) -> None:
        if self._setting.run is not None and self._state.user >= 0:
            self.what_if.begin(self._state.user, self._setting.run.id, self.choices.chosen_fit)

    def _show_what_if(self, on: bool) -> None:
        self.what_if.place.show_part(on)
        self.panels.setSizes([330, 330, 340, 400, 310] if on else [330, 330, 0, 590, 430])
        self.legend.setVisible(not on)  # the breakdown beside the list has the same swatches
        self.held_out.setVisible(not on)  # what really came next speaks of the user's own history
        if on:
            self._begin_what_if()
        else:
            self._ask_list()

    def _export_what_if(self) -> None:
        run, edits = self._setting.run, self.what_if.panel.edits
        if run is not None and edits is not None:
            self.what_if.export(self._choice(run.id), self.search.text())

    # ---------------------------------------------------------------- export

    def _export(self) -> None:
        from desktop_app.dialogs.export import ExportDialog

        if self._state.workspace is not None and self._setting.run is not None:
            run, policy = self._setting.run, self.purposes.exported
            shown = self._choice(run.id).request
            page = shown if shown.category is not None or shown.parts or shown.weights else None
            dialog = ExportDialog(self._state, self._background, run, policy=policy, page=page, parent=self)
            dialog.k.setValue(self.choices.k.value())
            dialog.hide_seen.setChecked(self.choices.hide_seen.isChecked())
            open_once(dialog)
