"""Asks for the files, folders and workspaces that are to be opened, imported or saved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QUrl
from PySide6.QtWidgets import QFileDialog

from core.data.tables import SUFFIX
from core.errors import SeqlensError
from desktop_app.widgets.passing import open_once

if TYPE_CHECKING:
    from desktop_app.app import Desk
    from desktop_app.window import Window

DATA_FILES = "*.csv *.tsv *.txt *.parquet *.inter *.item *.gz"
translate = QCoreApplication.translate


class Opening(QObject):
    """What the actions of a window ask for, which its desk then opens."""

    def __init__(self, window: Window, desk: Desk) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self._address = ""  # as it was typed last
        desk.watched.changed.connect(self.show_watched)

    def open_files(self) -> None:
        """Ask for files, then how to read them, into a new workspace."""
        self._ask_files(new=True)

    def import_more(self) -> None:
        """Ask for files to add to the open workspace."""
        self._ask_files(new=self._desk.state.workspace is None)

    def _ask_files(self, new: bool) -> None:
        kinds = f"{translate('Window', 'Data files')} ({DATA_FILES});;{translate('Window', 'All files')} (*)"
        names, _ = QFileDialog.getOpenFileNames(
            self._window, translate("Window", "Open files of user behaviour"), "", kinds
        )
        if names:
            self._desk.open_files([Path(name) for name in names], new)

    def open_folder(self) -> None:
        """Ask for a folder of Parquet files, then how to read them, into a new workspace."""
        self._ask_folder(new=True)

    def import_folder(self) -> None:
        """Ask for a folder of Parquet files to add to the open workspace."""
        self._ask_folder(new=self._desk.state.workspace is None)

    def _ask_folder(self, new: bool) -> None:
        if name := QFileDialog.getExistingDirectory(
            self._window, translate("Window", "Open a folder of Parquet files")
        ):
            self._desk.open_files([Path(name)], new)

    def open_address(self) -> None:
        """Ask for an address, then how to read what lies there, into a new workspace."""
        from desktop_app.dialogs.open_address import OpenAddress

        def open_it(path: Path) -> None:
            self._address = dialog.field.text()
            self._desk.open_files([path], new=True)

        dialog = OpenAddress(self._address, self._window)
        dialog.given.connect(open_it)
        open_once(dialog)

    def watch_folder(self) -> None:
        """Ask for a folder whose files are imported as they arrive, or stop to watch the one that is watched."""
        watched = self._desk.watched
        if watched.folder is not None:
            watched.stop()
        elif name := QFileDialog.getExistingDirectory(self._window, translate("Window", "Folder to watch")):
            watched.start(Path(name))
        self.show_watched()

    def show_watched(self) -> None:
        """Show in the menu whether a folder is watched."""
        self._window.actions_by_name["watch-folder"].setChecked(self._desk.watched.folder is not None)

    def open_workspace(self) -> None:
        """Ask for a workspace and open it."""
        kinds = f"{translate('Window', 'Seqlens workspaces')} (*{SUFFIX})"
        folder = str(self._desk.folder())
        name, _ = QFileDialog.getOpenFileName(self._window, translate("Window", "Open workspace"), folder, kinds)
        if name:
            self._desk.open_workspace(Path(name))

    def rescue(self) -> None:
        """Ask for a damaged workspace and rescue what can be read of it."""
        kinds = f"{translate('Window', 'Seqlens workspaces')} (*{SUFFIX}*)"  # backups too, whose names go on behind it
        name, _ = QFileDialog.getOpenFileName(
            self._window, translate("Window", "Rescue a workspace"), str(self._desk.folder()), kinds
        )
        if name:
            self._desk.rescue(Path(name))

    def save_as(self) -> None:
        """Ask for a name and go on in a copy of the open workspace."""
        kinds = f"{translate('Window', 'Seqlens workspaces')} (*{SUFFIX})"
        name, _ = QFileDialog.getSaveFileName(
            self._window, translate("Window", "Save as"), str(self._desk.folder()), kinds
        )
        if not name:
            return
        whole = name if name.endswith(SUFFIX) else name + SUFFIX
        if whole != name and Path(whole).exists():  # which nobody was asked about
            self._window.complain(
                SeqlensError("{path} exists already. Open it, or choose another name.", path=Path(whole))
            )
        else:
            self._desk.save_as(Path(whole))

    def open_dropped(self, urls: Sequence[QUrl]) -> None:
        """Open what was dropped on the window: a workspace, or other files to be imported into a new one."""
        self._desk.open_paths([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
