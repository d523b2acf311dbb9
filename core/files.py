"""Files that are whole or not there, and texts in them that no spreadsheet computes."""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import SeqlensError

if TYPE_CHECKING:
    import pyarrow as pa

BOM = b"\xef\xbb\xbf"  # by which spreadsheets know UTF-8; without it they misread Chinese
DRAFT = re.compile(r"\..+\.(\d+)\.part")  # as `draft` names them; the number is that of the process
QUIET = 60.0  # seconds without a change after which a draft whose process is gone is no other computer's either
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what makes a spreadsheet compute a cell that begins with it
HARMLESS, PLAIN = r"\A'('*[=+\-@\t\r])", r"\1"  # a text that `harmless` changed, and what it was


@contextlib.contextmanager
def draft(path: Path) -> Iterator[Path]:
    """A name beside `path`; the file that is written there takes the place of `path` in the end, or vanishes.

    What killed processes left in the folder is removed first.

    Raises:
        SeqlensError: the file cannot be written.
    """
    sweep(path.parent)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
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


def sweep(folder: Path) -> None:
    """Remove the drafts of processes that were killed; a folder may be shared with computers whose processes live."""
    import psutil

    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            named = DRAFT.fullmatch(entry.name)
            if named is None or int(named[1]) == os.getpid() or psutil.pid_exists(int(named[1])):
                continue
            with contextlib.suppress(OSError):
                if entry.is_file(follow_symlinks=False) and time.time() - entry.stat().st_mtime > QUIET:
                    Path(entry.path).unlink()


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
