"""A watched folder: which of its files have arrived whole since the last look."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from core.data.datasets import SUFFIXES
from core.errors import SeqlensError

TABLES = (".csv", ".tsv", ".txt", ".inter", ".item", ".gz")

Mark = tuple[int, int]  # size in bytes, time of the last change in nanoseconds


class Watch:
    """Looks at a folder again and again.

    A file has arrived when it has not changed from one look to the next. It is given once, and again when it changes.
    Parquet files are given as their folder, a data set, when all of them have arrived: names of folders are columns.
    """

    def __init__(self, folder: Path) -> None:
        """Watch a folder with all that is below it.

        Raises:
            SeqlensError: there is no such folder.
        """
        if not folder.is_dir():
            raise SeqlensError("There is no folder {folder} that could be watched.", folder=folder)
        self.folder = folder
        self._before: dict[Path, Mark] = {}
        self._given: dict[Path, Mark] = {}

    def arrived(self) -> list[Path]:
        """The files that have arrived since the last look, in the order of their names, and the folder if Parquet
        files have.

        Raises:
            SeqlensError: the folder is gone.
        """
        now = self._look()
        whole = {path: mark for path, mark in now.items() if self._before.get(path) == mark}
        self._before = now
        new = {path: mark for path, mark in whole.items() if self._given.get(path) != mark}
        parts = {path for path in now if path.suffix.lower() in SUFFIXES}
        if parts - whole.keys():  # a data set is read whole
            new = {path: mark for path, mark in new.items() if path not in parts}
        self._given.update(new)
        found = sorted(path for path in new if path not in parts)
        return [*found, self.folder] if parts & new.keys() else found

    def again(self, paths: list[Path]) -> None:
        """Give these at the next look once more: they could not be imported now."""
        for path in paths:
            self._given.pop(path, None)
            if path == self.folder:
                self._given = {one: mark for one, mark in self._given.items() if one.suffix.lower() not in SUFFIXES}

    def _look(self) -> dict[Path, Mark]:
        if not self.folder.is_dir():
            raise SeqlensError(
                "The watched folder {folder} is gone. Check that its disk is connected.", folder=self.folder
            )
        found = {}
        for place, folders, names in os.walk(self.folder):
            folders[:] = [name for name in folders if not name.startswith((".", "_"))]
            for name in names:
                if name.lower().endswith((*TABLES, *SUFFIXES)) and not name.startswith((".", "_")):
                    path = Path(place, name)
                    with contextlib.suppress(OSError):  # it may be gone again
                        told = path.stat()
                        found[path] = told.st_size, told.st_mtime_ns
        return found
