"""The part of the page of language models that lists generators, chooses one, tries it and measures it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from core import answering
from core.language import generator as generators
from desktop_app.parts import language_work as work
from desktop_app.parts.language_models import AddedModels, Start, Words
from desktop_app.preferences import Preferences
from desktop_app.translation import error_text
from desktop_app.widgets import readable
from desktop_app.widgets.dialogue_words import words
from desktop_app.widgets.generator_panel import GeneratorPanel
from desktop_app.widgets.generator_table import GRAMMAR, Writer

if TYPE_CHECKING:
    from core.dialogue.structure import Understood
    from core.language.generator import Pace
    from core.progress import Progress
    from core.workspace import Workspace
    from desktop_app.background import Background
    from desktop_app.state import AppState


@dataclass(frozen=True)
class Tried:
    """What a generator understood of a request, the seconds that loading and reading took, and whether it is made to
    chat."""

    said: Understood
    loading: float
    reading: float
    chats: bool


class GeneratorChoice(QObject):
    """Keeps the choice with the application: a model lies on a machine, and not in a workspace.

    Attributes:
        panel: where it is shown.
    """

    def __init__(self, page: QWidget, state: AppState, background: Background, start: Start) -> None:
        super().__init__(page)
        self._state, self._background = state, background
        self._begin = partial(start, complain=self._complain)
        self._preferences = Preferences()
        self._facts = work.Writers((), {})
        self._paces: dict[str, Pace] = {}
        says = Words(
            self.tr("A folder with a Hugging Face model that writes"),
            self.tr("A model in one file of the GGUF format"),
            self.tr("A model of the Hugging Face hub by its name; you are asked before anything is fetched"),
            self.tr("Take the model off this list; its files stay"),
            self.tr("Folder of a generator"),
            self.tr("File of a generator"),
        )
        look = work.looked_at_writer
        self.models = AddedModels(page, background, self._begin, "generator", "generators", look, says)
        self.panel = GeneratorPanel(self.models.actions)
        self.models.added.connect(self._added)
        self.models.removed.connect(self._reload)
        self.models.failed.connect(self._failed)
        self.panel.used.connect(self._use)
        self.panel.tried.connect(self._try)
        self.panel.measured.connect(self._measure)
        self.panel.changed.connect(self._changed)
        self.panel.table.selected.connect(self.enable)
        background.job_started.connect(self.enable)
        background.job_ended.connect(self.enable)
        state.workspace_changed.connect(self.enable)
        self.panel.say("")
        self._show()
        self._reload()

    # ---------------------------------------------------------------- what there is

    def _reload(self, *_: object, select: str | None = None) -> None:
        """Look at the files of each generator, and show them."""
        own = self._preferences
        names = [*own.generators]
        if own.generator and own.generator not in names:
            names.append(own.generator)  # taken off the list, or chosen before there was one

        def show(facts: work.Writers) -> None:
            self._facts = facts
            self._show()
            if select is not None:
                self.panel.table.select_model(select)

        self._background.ask("generator facts", work.writers, names, done=show)

    def _show(self) -> None:
        own, facts = self._preferences, self._facts
        rows = [Writer(GRAMMAR, chosen=not own.generator)]
        rows += [
            Writer(card.model, card, chosen=card.model == own.generator, pace=self._paces.get(card.model))
            for card in facts.cards
        ]
        rows += [
            Writer(name, problem=error_text(error), chosen=name == own.generator)
            for name, error in facts.missing.items()
        ]
        self.panel.table.show_rows(rows)
        name = next((card.name for card in facts.cards if card.model == own.generator), own.generator)
        missing = generators.missing(own.generator)
        self.panel.show_choice(name, missing, own.generator_reads, own.generator_words)
        self.enable()

    def enable(self, *_: object) -> None:
        """Offer what can be done now with the selected generator."""
        row = self.panel.table.current
        model = GRAMMAR if row is None else row.model
        ready = row is not None and row.card is not None and not generators.missing(model)
        idle = self._background.job is None
        self.panel.use_action.setEnabled((ready or model == GRAMMAR) and model != self._preferences.generator)
        self.panel.try_action.setEnabled(ready and idle and self._state.workspace is not None)
        self.panel.speed_action.setEnabled(ready and idle)
        self.models.enable(model, not generators.missing(""))

    def _added(self, model: str) -> None:
        self.panel.say("")
        self._reload(select=model)

    # ---------------------------------------------------------------- deeds

    def _use(self) -> None:
        row = self.panel.table.current
        if row is not None:
            self._preferences.generator = row.model
            self.panel.say("")
            self._show()

    def _changed(self, reads: str, answers: bool) -> None:
        self._preferences.generator_reads = reads
        self._preferences.generator_words = answers

    def _measure(self) -> None:
        row = self.panel.table.current
        if row is None:
            return
        model = row.model

        def show(found: Pace) -> None:
            self._paces[model] = found
            self._show()

        title = self.tr("Measuring {0}").format(self.panel.table.rows.name(row))
        self._begin(partial(_measured, model), title, show)

    def _try(self) -> None:
        workspace, row = self._state.workspace, self.panel.table.current
        if workspace is None or row is None:
            return
        request = self.tr("show 5 and nothing seen")
        title = self.tr("Trying {0}").format(self.panel.table.rows.name(row))
        self._begin(partial(_tried, workspace, request, row.model), title, self._tell)

    def _tell(self, found: Tried) -> None:
        said, loading, reading = found.said, found.loading, found.reading
        understood = "  ·  ".join(map(words, said.parts)) or self.tr("nothing")
        text = self.tr("“{0}” was understood as: {1}. Loaded in {2}, read in {3}.")
        told = text.format(said.text, understood, readable.duration(loading), readable.duration(reading))
        if not found.chats:
            told += " " + self.tr("It is no chat model, and those understand more.")
        self.panel.say(told)

    def _failed(self, error: Exception) -> None:
        self._complain(error_text(error))

    def _complain(self, text: str) -> None:
        self.panel.say(text)


def _measured(model: str, *, progress: Progress) -> Pace:
    return answering.pace(model, progress)


def _tried(workspace: Workspace, request: str, model: str, *, progress: Progress) -> Tried:
    """Load it and let it read a request."""
    from core.language.generator import opened

    begun = progress.clock()
    chats = opened(model, progress).chats
    loaded = progress.clock()
    progress.step(0, 1, "The generator reads a request")
    said = answering.heard(workspace, request, model, progress)
    return Tried(said, loaded - begun, progress.clock() - loaded, chats)
