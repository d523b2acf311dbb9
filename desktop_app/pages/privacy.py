"""The privacy page: what is stored of people and where, in plain words, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, Qt, QTimeZone, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QDateEdit,
    QLabel,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core import keeping
from core.privacy.forgetting import Forgotten
from core.progress import Progress
from core.runs import Run
from core.workspace import Workspace
from desktop_app import theme
from desktop_app.dialogs.passphrase import PassphraseDialog
from desktop_app.page import Page
from desktop_app.parts import privacy_work
from desktop_app.parts.privacy_forget import ForgetCard
from desktop_app.parts.privacy_models import ModelsCard
from desktop_app.parts.privacy_pseudonyms import PseudonymsCard
from desktop_app.parts.privacy_ways import ExportsCard, HubCard
from desktop_app.translation import error_text
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.card import Card
from desktop_app.widgets.fields import inset
from desktop_app.widgets.passing import open_once

if TYPE_CHECKING:
    from desktop_app.background import Background
    from desktop_app.state import AppState

WIDTH = 860  # pixels of a card at most: longer lines are hard to read


class PrivacyPage(Page):
    """Reads the workspace again whenever it is shown or changes.

    Signals:
        private_training_asked: the analyst wants to train a private model.
    """

    icon = "privacy"
    private_training_asked = Signal()

    def _make(self) -> Iterator[None]:
        state = self._state
        self._facts: privacy_work.Facts | None = None
        self.setObjectName("privacy-page")
        self._make_actions()
        yield from self._lay_out()
        yield
        state.workspace_changed.connect(self._reload)
        state.data_changed.connect(self._reload)
        state.runs_changed.connect(self._reload)
        self._reload()

    def title(self) -> str:
        return self.tr("Privacy")

    # ------------------------------------------------------------------------------------------- layout

    def _make_actions(self) -> None:
        def named(name: str, text: str, run: Callable[[], object]) -> QAction:
            return make_action(self, f"privacy.{name}", text, run)

        self.encrypt_action = named("encrypt", self.tr("Encrypt…"), self._ask_for_words)
        self.decrypt_action = named("decrypt", self.tr("Take the encryption off…"), self._ask_to_decrypt)
        self.retain_action = named("retain", self.tr("Forget older events…"), self._ask_to_retain)
        self.again_action = named("train-again", self.tr("Train again without them"), self._train_again)

    def _lay_out(self) -> Iterator[None]:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setMaximumWidth(WIDTH)
        area.setWidget(inner)
        outer.addWidget(area)
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(2 * theme.SPACING, 2 * theme.SPACING, 2 * theme.SPACING, 2 * theme.SPACING)
        layout.setSpacing(2 * theme.SPACING)
        heading = QLabel(self.tr("Privacy"))
        heading.setProperty("role", "title")
        layout.addWidget(heading)
        self.where = self._card(layout, self.tr("What is stored, and where"))
        self.sealed = self._card(
            layout, self.tr("Encryption"), action_button(self.encrypt_action), action_button(self.decrypt_action)
        )
        self.forgetting = ForgetCard(self._state, self._background, self._ask_to_forget)
        self.user, self.forget_action = self.forgetting.user, self.forgetting.forget_action
        layout.addWidget(self.forgetting)
        self.since = inset(QDateEdit())
        self.since.setObjectName("privacy.since")
        self.since.setAccessibleName(self.tr("First day that is kept"))
        self.since.setCalendarPopup(True)
        self.since.setDisplayFormat("yyyy-MM-dd")
        retention = self._card(
            layout, self.tr("Keep only recent events"), self.since, action_button(self.retain_action)
        )
        retention.setText(
            self.tr("Events before this day (UTC) are forgotten, and users who have no later ones, in the same way.")
        )
        yield
        self.marked = self._card(layout, self.tr("Models that learned from them"), action_button(self.again_action))
        self.models = ModelsCard(self._state, self._background)
        self.models.train_asked.connect(self.private_training_asked)
        layout.addWidget(self.models)
        self.pseudonyms = PseudonymsCard(self._state, self._background, self._reload)
        layout.addWidget(self.pseudonyms)
        self.exports, self.hub = ExportsCard(), HubCard()
        layout.addWidget(self.exports)
        layout.addWidget(self.hub)
        self.done = self._card(layout, self.tr("What was done with personal data"))
        layout.addStretch(1)

    def _card(self, layout: QVBoxLayout, title: str, *controls: QWidget) -> QLabel:
        """Add a card; gives its text."""
        card = Card(title, *controls)
        layout.addWidget(card)
        return card.text

    # ------------------------------------------------------------------------------------------- facts

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.hub.show_choice()

    def _reload(self) -> None:
        self._facts = None
        if self._state.workspace is not None:
            self._background.ask("privacy", privacy_work.facts, self._state.workspace, done=self._show)
        self._show_facts()

    def _show(self, facts: privacy_work.Facts) -> None:
        self._facts = facts
        self._show_facts()

    def _show_facts(self) -> None:
        facts = self._facts
        self.exports.show_open(facts is not None)
        if facts is None:
            self.where.setText(self.tr("No workspace is open. Nothing is sent anywhere, with or without one."))
            for text in (self.sealed, self.marked, self.done):
                text.setText("")
            self.models.show_runs(())
            self.pseudonyms.show_sealed(0)
            self.forgetting.show_sealed(False, 0)
        else:
            self.where.setText("\n".join(self._told(facts.stored)))
            self.sealed.setText(self._told_of_encryption(facts.stored))
            self.marked.setText(self._told_of_runs(facts.marked))
            self.models.show_runs(facts.finished)
            self.pseudonyms.show_sealed(facts.stored.pseudonyms)
            self.forgetting.show_sealed(True, facts.stored.pseudonyms)
            lines = [self._told_of(record) for record in facts.stored.records[:20]]
            self.done.setText("\n".join(lines) or self.tr("Nothing yet."))
            if facts.stored.start is not None:
                first = datetime.fromtimestamp(facts.stored.start / 1e6, UTC)
                self.since.setMinimumDate(QDate(first.year, first.month, first.day))
        self._enable()

    def _told(self, stored: keeping.Stored) -> list[str]:
        size = f"{stored.bytes / 1e6:.1f} MB"
        lines = [
            self.tr("Everything is in one file on this computer, {0} ({1}). Nothing is sent anywhere.").format(
                stored.workspace, size
            ),
            self.tr("Of people it holds: users {0}, events {1}, texts that they searched for {2}.").format(
                f"{stored.users:,}", f"{stored.events:,}", f"{stored.texts:,}"
            ),
            self.tr("Of your work: feedback {0}, notes and segments {1}, runs {2}.").format(
                f"{stored.feedback:,}", f"{stored.documents:,}", f"{stored.runs:,}"
            ),
        ]
        if stored.pseudonyms:
            lines.append(self.tr("{0} ids are sealed behind pseudonyms.").format(f"{stored.pseudonyms:,}"))
        lines += [self.tr("Backup of an earlier version: {0}").format(path) for path in stored.backups]
        lines.append(self.tr("The program's log tells where it failed, and never an id, a title or a path."))
        return lines

    def _told_of_encryption(self, stored: keeping.Stored) -> str:
        if stored.encrypted:
            return self.tr(
                "This workspace is encrypted. Without the passphrase and the .key file beside it nobody opens it, you "
                "included."
            )
        return self.tr(
            "This workspace is a plain file: whoever has it can read it. Encryption also covers its backups, models "
            "and temporary files. A forgotten passphrase cannot be replaced."
        )

    def _told_of_runs(self, marked: tuple[Run, ...]) -> str:
        if not marked:
            return self.tr("No run learned from anything that was forgotten since.")
        names = ", ".join(run.name for run in marked)
        return self.tr("These runs learned from users or events that were forgotten since: {0}").format(names)

    def _told_of(self, record: keeping.Record) -> str:
        told = {
            "forget": self.tr("Users were forgotten"),
            "retain": self.tr("Old events were forgotten"),
            "reidentify": self.tr("Pseudonyms were turned back into ids"),
            "encrypt": self.tr("The workspace was encrypted, or its passphrase changed"),
            "decrypt": self.tr("The encryption was taken off"),
        }
        words = {"users": self.tr("users"), "events": self.tr("events"), "reason": self.tr("reason")}
        facts = ", ".join(f"{words.get(name, name)}: {value}" for name, value in record.facts.items())
        return f"{record.time}  {told.get(record.action, record.action)}" + (f" ({facts})" if facts else "")

    def _enable(self) -> None:
        facts, stored = self._facts, self._facts.stored if self._facts else None
        self.encrypt_action.setEnabled(stored is not None)
        encrypted = stored is not None and stored.encrypted
        self.encrypt_action.setText(self.tr("Change the passphrase…") if encrypted else self.tr("Encrypt…"))
        for button in self.findChildren(QWidget, "privacy.encrypt.button"):
            button.setText(self.encrypt_action.text())  # type: ignore[attr-defined]
        self.decrypt_action.setEnabled(encrypted)
        self.retain_action.setEnabled(stored is not None and stored.start is not None)
        self.again_action.setEnabled(facts is not None and bool(facts.marked))

    # ------------------------------------------------------------------------------------------- deeds

    def _ask_for_words(self) -> None:
        told = self.tr("Take several words that you will not forget. Nobody can open the workspace without them.")
        dialog = PassphraseDialog(self.encrypt_action.text(), told, new=True, parent=self.window())
        dialog.given.connect(
            lambda words: self._rewrite(
                self.tr("Encrypting"), lambda path, progress: keeping.encrypt(path, words, progress)
            )
        )
        open_once(dialog)

    def _ask_to_decrypt(self) -> None:
        self._ask(
            self.tr("Take the encryption off? Then whoever has the file can read it."),
            lambda: self._rewrite(self.tr("Writing a plain file"), keeping.decrypt),
        )

    def _ask_to_forget(self, users: list[str], key: bytes | None) -> None:
        if len(users) == 1:
            question = self.tr("Forget {0} for good? This cannot be undone.").format(users[0])
        else:
            question = self.tr("Forget %n user(s) for good? This cannot be undone.", "", len(users))
        self._ask(
            question,
            lambda: self._rewrite(
                self.tr("Forgetting users"),
                lambda path, progress: keeping.forget_users(path, users, progress, key),
                self.forgetting.clear,
            ),
        )

    def _ask_to_retain(self) -> None:
        day = self.since.date()
        before = day.startOfDay(QTimeZone.utc()).toMSecsSinceEpoch() * 1000
        self._ask(
            self.tr("Forget all events before {0} for good? This cannot be undone.").format(day.toString("yyyy-MM-dd")),
            lambda: self._rewrite(
                self.tr("Forgetting old events"), lambda path, progress: keeping.retain(path, before, progress)
            ),
        )

    def _ask(self, question: str, then: Callable[[], object]) -> None:
        box = QMessageBox(QMessageBox.Icon.Question, "Seqlens", question, parent=self.window())
        box.setObjectName("privacy.question")
        box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.button(QMessageBox.StandardButton.Yes).clicked.connect(lambda _=False: then())
        open_once(box)

    def _rewrite(
        self, title: str, work: Callable[[Path, Progress], Any], done: Callable[..., object] | None = None
    ) -> None:
        """Close the workspace, do the work with its file beside the window, and open it again, however it ended.

        `done` is called where the work was done: what was typed for it stays where it was not.
        """
        workspace = self._state.workspace
        if workspace is None:
            return
        if self._background.job is not None:
            self._complain(
                self.tr("{0} is still running. Wait for it or stop it first.").format(self._background.job.title)
            )
            return
        self._state.open(None)
        again = partial(_open_again, self._state, self._background, workspace.path)
        job = self._background.start(
            privacy_work.closed,
            workspace,
            work,
            done=self._tell,
            failed=lambda e: self._complain(error_text(e)),
            title=title,
        )
        if done is not None:
            job.finished.connect(done)
        for signal in (job.finished, job.failed, job.cancelled):
            signal.connect(again)

    def _tell(self, result: object) -> None:
        if isinstance(result, Forgotten):
            told = self.tr("{0} users and {1} events were forgotten.").format(result.users, result.events)
            box = QMessageBox(QMessageBox.Icon.Information, "Seqlens", told, parent=self.window())
            box.setObjectName("privacy.told")
            open_once(box)

    def _complain(self, text: str) -> None:
        box = QMessageBox(QMessageBox.Icon.Warning, "Seqlens", text, parent=self.window())
        box.setObjectName("error")
        open_once(box)

    def _train_again(self) -> None:
        workspace = self._state.workspace
        if workspace is None or self._facts is None or not self._facts.marked:
            return
        if self._background.job is not None:
            self._complain(
                self.tr("{0} is still running. Wait for it or stop it first.").format(self._background.job.title)
            )
            return
        self._background.start(
            privacy_work.train_again,
            workspace,
            self._facts.marked[0],
            done=partial(_trained, self._state),
            failed=lambda error: self._complain(error_text(error)),
            title=self.tr("Training again"),
        )


# What follows is done also where the window was built in another language meanwhile, and the page is another one.


def _open_again(state: AppState, background: Background, path: Path, *_: object) -> None:
    background.ask("open", privacy_work.opened, path, done=partial(_opened, state))


def _opened(state: AppState, workspace: Workspace) -> None:
    run = workspace.active_run()
    state.open(workspace, -1, None if run is None else run.id)


def _trained(state: AppState, run: Run) -> None:
    state.runs_changed.emit()
    state.select_run(run.id)
