"""DuckDB's failures in the analyst's words."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.errors import SeqlensError

if TYPE_CHECKING:
    import duckdb


def translated(error: duckdb.Error, file: str = "") -> SeqlensError:
    """What went wrong while a file, or several, were read or tables written."""
    import duckdb

    message = str(error)
    if is_full(error):
        return SeqlensError(
            "The disk is full. Make room on the disk of the workspace, then import again; nothing was changed."
        )
    if isinstance(error, duckdb.OutOfMemoryException):
        return SeqlensError(
            "There is not enough memory for this import. Close other programs or import fewer files at once; nothing "
            "was changed."
        )
    if isinstance(error, duckdb.TransactionException):
        return SeqlensError("The workspace was changed by something else meanwhile. Import again; nothing was changed.")
    said = message.strip().splitlines()[0] if message.strip() else type(error).__name__
    if file:
        return SeqlensError(
            "{file} cannot be read: {error}. Check that it is whole, or save it as UTF-8, then import again; nothing "
            "was changed.",
            file=file,
            error=said,
        )
    return SeqlensError(
        "The files cannot be read: {error}. Check that they are whole, then import again; nothing was changed.",
        error=said,
    )


@contextlib.contextmanager
def full_disk_told() -> Iterator[None]:
    """Turn a failure for want of room into what the analyst can do about it; others pass as they are.

    Raises:
        SeqlensError: the disk is full.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, SeqlensError) or not is_full(error):
            raise
        raise SeqlensError(
            "The disk is full. Make room on the disk of the workspace, then try again; what was saved before is kept."
        ) from error


@contextlib.contextmanager
def streaming() -> Iterator[None]:
    """Let DuckDB's failures be its own errors where its rows are read as a stream, which makes OSErrors of them."""
    import duckdb

    try:
        yield
    except OSError as error:
        kinds = {
            "Invalid Input Error": duckdb.InvalidInputException,
            "Out of Memory Error": duckdb.OutOfMemoryException,
            "IO Error": duckdb.IOException,
        }
        kind = next((kind for name, kind in kinds.items() if str(error).startswith(name)), duckdb.Error)
        raise kind(str(error)) from error


_FULL = ("no space left", "disk full", "disk quota", "file too large", "max_temp_directory_size")


def is_full(error: Exception) -> bool:
    """Whether something failed for want of room."""
    text = str(error).lower()
    return any(words in text for words in _FULL)


def is_broken_off(error: BaseException) -> bool:
    """Whether a statement ended because its database was closed meanwhile."""
    module = sys.modules.get("duckdb")  # not imported here: no statement has failed before it was
    return module is not None and isinstance(error, module.InterruptException | module.ConnectionException)
