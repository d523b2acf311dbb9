"""DuckDB's failures in the analyst's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import SeqlensError

if TYPE_CHECKING:
    import duckdb


def translated(error: duckdb.Error) -> SeqlensError:
    """What went wrong while files were read or tables written."""
    import duckdb

    message = str(error)
    lower = message.lower()
    if "no space left" in lower or "disk full" in lower or "max_temp_directory_size" in lower:
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
    return SeqlensError(
        "The files cannot be read: {error}. Check that they are whole, then import again; nothing was changed.",
        error=message.strip().splitlines()[0] if message.strip() else type(error).__name__,
    )
