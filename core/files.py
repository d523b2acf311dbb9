"""Files that are whole or not there, texts in them that no spreadsheet computes, and folders for a moment."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import SeqlensError

if TYPE_CHECKING:
    import pyarrow as pa

BOM = b"\xef\xbb\xbf"  # by which spreadsheets know UTF-8; without it they misread Chinese
DRAFT = re.compile(r"\..+\.(\d+)\.part")  # as `draft` names them; the number is that of the process
SCRATCH = re.compile(r"\.?seqlens-(\d+)-.+")  # as `scratch` names folders, with the number of the process that uses one
USED_BY = "SEQLENS_SCRATCH_OF"  # of the environment: the process for which this one makes folders
QUIET = 60.0  # seconds without a change after which a draft whose process is gone is no other computer's either
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what makes a spreadsheet compute a cell that begins with it
HARMLESS, PLAIN = r"\A'('*[=+\-@\t\r])", r"\1"  # a text that `harmless` changed, and what it was

_drafts = itertools.count()


def typed(text: str) -> Path:
    """The path that somebody typed: "~" is the home; what begins like that of a user whom nobody knows stays so."""
    path = Path(text.strip())
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def typed_file(text: str) -> Path:
    """The path that somebody typed for a file.

    Raises:
        SeqlensError: it is a folder.
    """
    path = typed(text)
    with contextlib.suppress(OSError):  # what may not be looked at is told when it is written
        if path.is_dir():
            raise SeqlensError("{file} is a folder. Write the name of a file behind it.", file=path)
    return path


def there(path: Path) -> bool:
    """Whether there is such a file; what the system refuses to look at is told when it is opened."""
    try:
        return path.is_file()
    except OSError:  # the name is too long, or its folder is none that this user may enter
        return False


@contextlib.contextmanager
def draft(path: Path) -> Iterator[Path]:
    """A name beside `path`; the file that is written there takes the place of `path` in the end, or vanishes.

    What killed processes left in the folder is removed first.

    Raises:
        SeqlensError: the file cannot be written.
    """
    sweep(path.parent)
    # Of several in this process, such as one that was stopped and has not heard of it yet, each has a name of its own.
    beside = path.with_name(f".{path.name}.{next(_drafts)}.{os.getpid()}.part")
    try:
        yield beside
        beside.replace(path)
    except OSError as error:
        raise SeqlensError(
            "{file} cannot be written: {why}. Close it in other programs, or choose another place.",
            file=path,
            why=error.strerror or error,
        ) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def write_surely(path: Path, text: str) -> None:
    """Write a small text into a new file that only this user may read, and wait until it is on the disk.

    It is for keys, without which all that they open is lost, even where the system loses its power.
    """
    path.touch(0o600)
    with path.open("w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def sweep(folder: Path) -> None:
    """Remove the drafts of processes that were killed; a folder may be shared with computers whose processes live."""
    for entry in _left(folder, DRAFT):
        with contextlib.suppress(OSError):
            if entry.is_file(follow_symlinks=False):
                Path(entry.path).unlink()


def scratch(beside: Path | None = None) -> str:
    """A new folder for what is needed for a moment, which only this user may read; whoever asks removes it.

    It is in the system's place for such, or hidden `beside` other files. Those of processes that were killed are
    removed first.
    """
    sweep_scratch(beside)
    name = f"seqlens-{os.environ.get(USED_BY) or os.getpid()}-"
    return tempfile.mkdtemp(prefix=name if beside is None else f".{name}", dir=beside)


@contextlib.contextmanager
def scratch_folder(beside: Path | None = None) -> Iterator[Path]:
    """A folder as `scratch` makes it, which is there while inside."""
    name = scratch(beside)
    try:
        yield Path(name)
    finally:
        shutil.rmtree(name, ignore_errors=True)


def sweep_scratch(beside: Path | None = None) -> None:
    """Remove the folders of `scratch` whose processes were killed: they may hold what is encrypted elsewhere."""
    for entry in _left(beside or Path(tempfile.gettempdir()), SCRATCH):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)


def _left(folder: Path, pattern: re.Pattern[str]) -> Iterator[os.DirEntry[str]]:
    """What bears the number of a process that is gone, and has not changed for a while."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            named = pattern.fullmatch(entry.name)
            if named is None or int(named[1]) == os.getpid() or _lives(int(named[1])):
                continue
            with contextlib.suppress(OSError):
                if time.time() - entry.stat(follow_symlinks=False).st_mtime > QUIET:
                    yield entry


def _lives(process: int) -> bool:
    import psutil  # late: hardly ever is there anything to ask about

    return bool(psutil.pid_exists(process))


def unreadable(path: Path, error: OSError) -> SeqlensError:
    """What to tell where the system does not let a file be read."""
    return SeqlensError(
        "{file} cannot be read: {error}. Check that you may read it and that its disk is connected.",
        file=path,
        error=error.strerror or error,
    )


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would compute it; an import takes that away again.

    So that each text comes back as it was, one that has such an apostrophe already gets another.
    """
    return f"'{text}" if text.lstrip("'").startswith(FORMULA) else text


def plain(text: str) -> str:
    """The text of which `harmless` made this one."""
    return re.sub(HARMLESS, PLAIN, text)


def harmless_table(table: pa.Table) -> pa.Table:
    """The table with each text as `harmless` has it."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for place, field in enumerate(table.schema):
        if pa.types.is_string(field.type) or pa.types.is_large_string(field.type):
            column = pc.replace_substring_regex(table.column(place), r"\A('*[=+\-@\t\r])", r"'\1")
            table = table.set_column(place, field, column)
    return table
