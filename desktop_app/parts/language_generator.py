"""The part of the page of language models that chooses a generator and tries it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from core import answering
from core.language import generator as generators
from desktop_app.preferences import Preferences
from desktop_app.translation import error_text
from desktop_app.widgets import readable
from desktop_app.widgets.dialogue_words import words
from desktop_app.widgets.generator_card import GeneratorCard

if TYPE_CHECKING:
    from core.dialogue.structure import Understood
    from core.progress import Progress
    from core.workspace import Workspace
    from desktop_app.background import Background
    from desktop_app.state import AppState

Start = Callable[[Callable[..., object], str, Callable[[Any], object]], None]


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
        card: where it is shown.
    """

    def __init__(self, page: QWidget, state: AppState, background: Background, start: Start) -> None:
        super().__init__(page)
        self._page, self._state, self._background, self._start = page, state, background, start
        self._preferences = Preferences()
        self.card = GeneratorCard()
        self.card.folder_wanted.connect(self._ask_folder)
        self.card.file_wanted.connect(self._ask_file)
        self.card.removed.connect(partial(self._take, ""))
        self.card.tried.connect(self._try)
        self.card.changed.connect(self._changed)
        background.job_started.connect(self._enable)
        background.job_ended.connect(self._enable)
        state.workspace_changed.connect(self._enable)
        self._show()

    def _show(self, said: str = "") -> None:
        own = self._preferences
        name = _named(own.generator)
        self.card.show_choice(name, generators.missing(own.generator), own.generator_reads, own.generator_words)
        self.card.say(said)
        self._enable()

    def _enable(self, *_: object) -> None:
        ready = bool(self._preferences.generator) and not generators.missing(self._preferences.generator)
        free = self._background.job is None and self._state.workspace is not None
        self.card.try_action.setEnabled(ready and free)

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self._page, self.tr("Folder of a generator"))
        if folder:
            self._look(folder)

    def _ask_file(self) -> None:
        kinds = f"GGUF (*.gguf);;{self.tr('All files')} (*)"
        name, _ = QFileDialog.getOpenFileName(self._page, self.tr("File of a generator"), "", kinds)
        if name:
            self._look(name)

    def _look(self, model: str) -> None:
        """Look at its files first; nothing of them is loaded."""
        done, failed = partial(self._take, model), self._failed
        self._background.ask("generator look", _looked_at, model, done=lambda _: done(), failed=failed)

    def _take(self, model: str) -> None:
        self._preferences.generator = model
        self._show()

    def _changed(self, reads: str, answers: bool) -> None:
        self._preferences.generator_reads = reads
        self._preferences.generator_words = answers

    def _try(self) -> None:
        workspace, model = self._state.workspace, self._preferences.generator
        if workspace is None:
            return
        request = self.tr("show 5 and nothing seen")
        self._start(partial(_tried, workspace, request, model), self.tr("Trying the generator"), self._tell)

    def _tell(self, found: Tried) -> None:
        said, loading, reading = found.said, found.loading, found.reading
        understood = "  ·  ".join(map(words, said.parts)) or self.tr("nothing")
        text = self.tr("“{0}” was understood as: {1}. Loaded in {2}, read in {3}.")
        told = text.format(said.text, understood, readable.duration(loading), readable.duration(reading))
        if not found.chats:
            told += " " + self.tr("It is no chat model, and those understand more.")
        self.card.say(told)

    def _failed(self, error: Exception) -> None:
        self.card.say(error_text(error))


def _named(model: str) -> str:
    """Name and size of a generator; empty for none."""
    place = Path(model)
    if not model:
        return ""
    files = place.glob("*.safetensors") if place.is_dir() else [place] if place.is_file() else []
    size = sum(file.stat().st_size for file in files)
    return f"{place.name} ({readable.decimal(size / 1e6, 0)} MB)" if size else place.name


def _looked_at(model: str, progress: Progress) -> None:
    progress.check()
    generators.find_generator(model)


def _tried(workspace: Workspace, request: str, model: str, *, progress: Progress) -> Tried:
    """Load it and let it read a request."""
    from core.language.generator import opened

    begun = time.perf_counter()
    chats = opened(model, progress).chats
    loaded = time.perf_counter()
    progress.step(0, 1, "The generator reads a request")
    said = answering.heard(workspace, request, model, progress)
    return Tried(said, loaded - begun, time.perf_counter() - loaded, chats)
