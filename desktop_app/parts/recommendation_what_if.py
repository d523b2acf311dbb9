"""The part of the recommendations page that lets a history be changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QWidget

from core.errors import SeqlensError
from core.recommend.what_if import ChangedHistory, Edits
from desktop_app.dialogs.name_taken import NameTaken
from desktop_app.dialogs.save_file import ask_where
from desktop_app.parts import what_if_work as work
from desktop_app.translation import error_text
from desktop_app.widgets.actions import make_action
from desktop_app.widgets.finding import find_items, find_near
from desktop_app.widgets.passing import open_once
from desktop_app.widgets.place import Place
from desktop_app.widgets.what_if_panel import WhatIfPanel

if TYPE_CHECKING:
    from core.sequences.log import EventLog
    from core.workspace import Workspace
    from desktop_app.background import Background
    from desktop_app.parts.recommendation_work import Choice
    from desktop_app.state import AppState

FORMATS = (".csv", ".xlsx", ".json", ".parquet")


class WhatIf(QObject):
    """Keeps what the analyst did to each user's history while the workspace is open.

    Attributes:
        shown: whether the panel is to be seen.
        changed: another version of the history is looked at.
        user_wanted: a saved history is of this user.
        exported: the analyst asks for a file.
    """

    shown = Signal(bool)
    changed = Signal()
    user_wanted = Signal(int)
    exported = Signal()

    def __init__(self, page: QWidget, state: AppState, ask: Callable[..., None], background: Background) -> None:
        super().__init__(page)
        self._page, self._state, self._ask, self._background = page, state, ask, background
        self._edits: dict[tuple[int, str], Edits] = {}
        self._of: tuple[int, str] | None = None  # user and fit of the history in the panel
        self._opening: work.Saved | None = None  # to be looked at once its user's own history is there
        self.place = Place(self._make_panel)
        tip = self.tr("Change the history and see what would be recommended then")
        self.action = make_action(page, "recommendations.what_if", self.tr("What if"), lambda: None, "Ctrl+H", tip)
        self.action.setCheckable(True)
        self.action.toggled.connect(self.shown)

    def _make_panel(self, place: QWidget) -> WhatIfPanel:
        panel = WhatIfPanel(place)
        panel.changed.connect(self.changed)
        panel.searched.connect(self._search)
        panel.kept.connect(self._keep)
        panel.opened.connect(lambda name: self._ask("what-if", work.saved, name, done=self._open, failed=self._tell))
        panel.forgotten.connect(self._remove)
        panel.exported.connect(self.exported)
        return panel

    @property
    def panel(self) -> WhatIfPanel:
        """Where the history is changed."""
        return self.place.part

    @property
    def on(self) -> bool:
        """Whether histories are changed now."""
        return self.action.isChecked()

    def is_of(self, user: int, fit: str) -> bool:
        """Whether the panel shows the history that this fit has of this user, or waits for it."""
        return self._of == (user, fit)

    def history_of(self, user: int, fit: str) -> EventLog | None:
        """The changed history that lists are to be made from; None for the user's own."""
        edits = self._edits.get((user, fit)) if self.on else None
        return edits.now.log if edits is not None and edits.now.changes else None

    def forget(self) -> None:
        """Another workspace is open."""
        self._edits.clear()
        self._of = self._opening = None
        if self.place.made is not None:
            self.panel.show_edits(None, None, [], 0)

    def begin(self, user: int, run: str, fit: str) -> None:
        """Show the history of a user, with what was done to it before."""
        if self.on:
            self._of = user, fit
            self._ask("what-if history", work.begin, user, run, fit, done=self._begun, failed=self._tell)

    def _begun(self, begun: work.Begun) -> None:
        if self._of != (begun.user, begun.fit):
            return
        edits = self._edits.get(self._of)
        if edits is None or edits.first.log.events != begun.history.events:  # the data grew meanwhile
            edits = self._edits[self._of] = Edits(begun.history)
        self.panel.show_edits(edits, begun.catalogue, begun.texts, begun.usual)
        self.panel.show_saved(begun.names)
        if self._opening is not None and self._opening.user == begun.user:
            self._look_at(self._opening)
        elif edits.now.changes:
            self.changed.emit()

    def _search(self, text: str) -> None:
        self._ask("item search", find_items, text, done=self.panel.search.offer)
        self._ask("item near", find_near, text, done=partial(self.panel.search.offer_near, text))

    def _open(self, saved: work.Saved) -> None:
        if self._of is not None and self._of[0] == saved.user:
            self._look_at(saved)
        else:
            self._opening = saved
            self.user_wanted.emit(saved.user)

    def _look_at(self, saved: work.Saved) -> None:
        self._opening = None
        edits = self.panel.edits
        assert edits is not None
        try:
            self.panel.do(ChangedHistory.from_json(saved.body, edits.first.log))
            self.panel.name.setText(saved.name)
        except SeqlensError as error:
            self._tell(error)

    def _keep(self, name: str) -> None:
        edits = self.panel.edits
        workspace = self._state.workspace
        if edits is not None and self._of is not None and workspace is not None:
            self._save(workspace, self._of[0], edits.now, name)

    def _save(self, workspace: Workspace, user: int, history: ChangedHistory, name: str, over: bool = False) -> None:
        done = partial(self._saved, workspace, user, history)
        self._background.write(work.keep, workspace, user, name, history, over, done=done, failed=self._tell)

    def _saved(
        self, workspace: Workspace, user: int, history: ChangedHistory, found: tuple[str, ...] | work.Taken
    ) -> None:
        """Offer what is saved now; where the name was taken, ask first."""
        if workspace is not self._state.workspace:
            return
        if isinstance(found, tuple):
            self.panel.show_saved(found)
            return
        box = NameTaken(found.name, found.free, self._page.window(), found.user)
        save = partial(self._save, workspace, user, history)
        box.replaced.connect(lambda: save(found.name, over=True))
        box.doubled.connect(lambda: self.panel.name.setText(found.free))
        box.doubled.connect(lambda: save(found.free))
        open_once(box)

    def _remove(self, name: str) -> None:
        workspace = self._state.workspace

        def show(names: tuple[str, ...]) -> None:
            if self._state.workspace is workspace:
                self.panel.show_saved(names)

        if workspace is not None:
            self._background.write(work.forget, workspace, name, done=show, failed=self._tell)

    def _tell(self, error: Exception) -> None:
        self.panel.summary.setText(error_text(error))

    def export(self, choice: Choice, user: str) -> None:
        """Ask for a file, and write the changed history and its list into it."""
        edits = self.panel.edits
        assert edits is not None
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        suggested = str(Path(folder) / self.tr("What if {0}").format(user).replace("/", "-"))
        title = self.tr("Save the changed history and its list")
        path = ask_where(self._page, title, f"{suggested}.csv", FORMATS)
        if path is not None:
            told = self.tr("Saved in {0}").format(path)
            done = partial(self._exported, told)
            self._ask(f"what-if file {path}", work.export, path, choice, edits.now, done=done, failed=self._tell)

    def _exported(self, told: str, _: object) -> None:
        self.panel.summary.setText(told)
