"""Models of one kind that the analyst added to those that there are: from a folder, a GGUF file or the hub."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.dialogs.fetch_model import FetchModelDialog
from desktop_app.parts import language_work as work
from desktop_app.preferences import Preferences
from desktop_app.widgets.actions import make_action
from desktop_app.widgets.passing import open_once

if TYPE_CHECKING:
    from core.progress import Progress
    from desktop_app.background import Background


class Start(Protocol):
    """How a part of the page begins a long job."""

    def __call__(
        self,
        function: Callable[..., object],
        title: str,
        done: Callable[[Any], object],
        complain: Callable[[str], object] | None = None,
    ) -> None:
        """`done` gets the answer, unless another workspace is open by then; `complain` is told why there is none."""


@dataclass(frozen=True)
class Words:
    """What is said of a kind of models: tips of the actions, and titles of the windows that choose files."""

    folder: str
    file: str
    hub: str
    remove: str
    folder_title: str
    file_title: str


class AddedModels(QObject):
    """Adds models to a list that the application remembers, and takes them off it.

    Attributes:
        added: a model was looked at and is on the list; with what it was named by.
        removed: a model was taken off it.
        failed: it is not there or cannot be used; with the error.
    """

    added = Signal(str)
    removed = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        page: QWidget,
        background: Background,
        start: Start,
        name: str,
        kept: Literal["encoders", "generators"],
        look: Callable[[str, Progress], object],
        words: Words,
    ) -> None:
        """Args:
        start: begins a long job: the function, its title, and what gets its answer.
        name: before the names of the actions.
        kept: where the preferences keep the list.
        look: raises SeqlensError where a model cannot be used.
        """
        super().__init__(page)
        self._page, self._background, self._start = page, background, start
        self._name, self._kept, self._look, self._words = name, kept, look, words
        self._preferences = Preferences()
        self._current = ""
        make = partial(make_action, page)
        self.folder_action = make(f"{name}.folder", self.tr("Add a folder…"), self._ask_folder, tip=words.folder)
        self.file_action = make(f"{name}.file", self.tr("Add a GGUF file…"), self._ask_file, tip=words.file)
        self.hub_action = make(f"{name}.hub", self.tr("Add from the hub…"), self._ask_hub, tip=words.hub)
        self.remove_action = make(f"{name}.remove", self.tr("Remove"), self._remove, tip=words.remove)
        self.actions = (self.folder_action, self.file_action, self.hub_action, self.remove_action)

    @property
    def models(self) -> list[str]:
        """Those that were added, in their order."""
        found: list[str] = getattr(self._preferences, self._kept)
        return found

    def enable(self, current: str, usable: bool = True) -> None:
        """Offer what can be done now with the selected model; `usable` tells whether any could be used."""
        self._current = current
        self.folder_action.setEnabled(usable)
        self.file_action.setEnabled(usable)
        self.hub_action.setEnabled(usable and self._preferences.may_fetch)
        self.remove_action.setEnabled(current in self.models)

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self._page, self._words.folder_title)
        if folder:
            self.add(str(Path(folder)))

    def _ask_file(self) -> None:
        kinds = f"GGUF (*.gguf);;{self.tr('All files')} (*)"
        name, _ = QFileDialog.getOpenFileName(self._page, self._words.file_title, "", kinds)
        if name:
            self.add(str(Path(name)))

    def add(self, model: str) -> None:
        """Put a folder, a GGUF file or a model of the hub on the list, if it is on this machine and can be used."""
        done = partial(self._take, model)
        kind = f"{self._name} add {model}"  # or another one that is added meanwhile would take its place
        self._background.ask(kind, self._look, model, done=lambda _: done(), failed=self.failed.emit)

    def _take(self, model: str) -> None:
        if model not in self.models:
            self._keep([*self.models, model])
        self.added.emit(model)

    def _ask_hub(self) -> None:
        dialog = FetchModelDialog(self._background, self._page.window())
        dialog.here.connect(self.add)
        dialog.wanted.connect(self._fetch)
        open_once(dialog)

    def _fetch(self, name: str) -> None:
        fetch = partial(work.fetch, name, self._look)
        self._start(fetch, self.tr("Fetching {0}").format(name), lambda _: self._take(name))

    def _remove(self) -> None:
        model = self._current
        self._keep([name for name in self.models if name != model])
        self.removed.emit(model)

    def _keep(self, models: list[str]) -> None:
        setattr(self._preferences, self._kept, models)
