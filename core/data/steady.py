"""Whether files stayed as they were while they were read: several passes are made over each, and all must see the same.

What tells one state of a file from another is kept before the first look, and compared after the last: which file it
is, its size, and when it was changed. That costs nothing, where one more pass over the bytes would.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.data import datasets
from core.errors import SeqlensError

Mark = tuple[int, int, int, int]  # disk, number of the file, bytes, time of the last change in nanoseconds


class Changed(SeqlensError):
    """A file was changed while it was read."""


class Steady:
    """What files were like before they were read."""

    def __init__(self, paths: Sequence[Path | str]) -> None:
        """Note what there is; folders and addresses are left out."""
        self._marks: dict[Path, Mark] = {}
        self.note(paths)

    def note(self, paths: Sequence[Path | str]) -> None:
        """Note more files."""
        for path in map(Path, paths):
            if path not in self._marks and (mark := _mark(path)) is not None:
                self._marks[path] = mark

    def check(self, paths: Sequence[Path | str]) -> None:
        """Compare files that were noted with what there is now; one that is gone was read whole before it went.

        Raises:
            Changed: one is another file now, has another size, or was written into.
        """
        for path in map(Path, paths):
            before, now = self._marks.get(path), _mark(path)
            if before is not None and now is not None and now != before:
                raise changed(path)

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        """Tell, where reading fails and a file was changed, this rather than what it led to."""
        try:
            yield
        except SeqlensError as error:
            if not isinstance(error, Changed):
                try:
                    self.check(list(self._marks))
                except Changed as why:
                    raise why from error
            raise


def changed(path: Path) -> Changed:
    """What an analyst is told of a file that did not stay as it was."""
    return Changed(
        "{file} was changed while it was read: another program writes into it, or has replaced it. Nothing was "
        "imported. Wait until it is complete, then import it again.",
        file=path.name,
    )


def _mark(path: Path) -> Mark | None:
    """None where there is no file."""
    if datasets.address(path) is not None:
        return None
    try:
        told = path.stat()
    except OSError:
        return None
    return None if path.is_dir() else (told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns)
