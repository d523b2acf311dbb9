"""Spreadsheet files, written in a process of their own: a cell is a call of Python, which would hold up the window.

`python -P sheets.py FILE FOLDER ROWS` reads tables as an Arrow stream from its input and writes them to the open FILE;
FOLDER is for what waits until the end, ROWS what one sheet holds. It imports nothing else of this project.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    import pyarrow as pa

SHEET_ROWS = 1_048_576  # of an XLSX sheet, the header included
SHEET_CELL = 32_767  # characters of an XLSX cell
WIDTHS = {"title": 40}  # of columns, in characters
WIDTH = 16


def rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    """Rows as Python values; 32-bit figures in the fewest digits that tell them apart, as 19.99 and not 19.9899998."""
    import pyarrow as pa

    columns: list[list[Any]] = []
    for column in table.columns:
        if pa.types.is_float32(column.type):
            column = column.cast(pa.string()).cast(pa.float64())
        columns.append(column.to_pylist())
    return zip(*columns, strict=True)


class Sheets:
    """The other process, and the stream to it."""

    def __init__(self, file: BinaryIO, schema: pa.Schema, sheet_rows: int = SHEET_ROWS) -> None:
        import pyarrow as pa

        from core.files import scratch

        # Without a folder that is this process's to remove, what waits would outlive a stopped export.
        self._folder = scratch()
        command = [sys.executable, "-P", __file__, file.name, self._folder, str(sheet_rows)]
        quiet = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # of Windows alone
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, creationflags=quiet)
        self._stream = pa.ipc.new_stream(self._child.stdin, schema)

    def write(self, table: pa.Table) -> None:
        """Append the rows of `table`.

        Raises:
            OSError: the file cannot be written.
        """
        try:
            self._stream.write_table(table)
        except OSError as error:
            raise self._trouble() from error

    def finish(self) -> None:
        """Write what belongs at the end, and wait for it.

        Raises:
            OSError: the file cannot be written.
        """
        try:
            self._stream.close()
            self._child.stdin.close()  # type: ignore[union-attr]
        except OSError as error:
            raise self._trouble() from error
        if self._child.wait():
            raise self._trouble()
        self._release()

    def stop(self) -> None:
        """End the other process, from whichever thread: what waits for it fails."""
        self._child.kill()

    def abandon(self) -> None:
        """Stop at once; what the file then holds is of no use."""
        self._child.kill()
        self._child.wait()
        self._release()

    def _trouble(self) -> OSError:
        """What the other process said last."""
        said = b"" if self._child.stderr is None else self._child.stderr.read()
        self._child.wait()
        lines = said.decode("utf-8", "replace").strip().splitlines() or ["The writing was interrupted"]
        return OSError(lines[-1].rpartition("] ")[2])  # "FileCreateError: [Errno 28] No space left on device"

    def _release(self) -> None:
        for pipe in (self._child.stdin, self._child.stderr):
            if pipe is not None and not pipe.closed:
                with contextlib.suppress(OSError):  # of what was still to be sent to a process that is gone
                    pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)


class _Book:
    """Sheets of as many rows as one takes, each with the header; only one row is held in memory."""

    def __init__(self, path: str, folder: str, names: list[str], sheet_rows: int) -> None:
        import xlsxwriter

        self._book = xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": folder})
        self._bold = self._book.add_format({"bold": True})
        self._names, self._sheet_rows = names, sheet_rows
        self._begin_sheet()

    def write(self, table: pa.Table) -> None:
        for row in rows(table):
            if self._row == self._sheet_rows:
                self._begin_sheet()
            for place, value in enumerate(row):
                if isinstance(value, str):
                    self._sheet.write_string(self._row, place, value[:SHEET_CELL])
                elif value is not None:
                    self._sheet.write_number(self._row, place, value)
            self._row += 1

    def close(self) -> None:
        self._book.close()

    def _begin_sheet(self) -> None:
        self._sheet = self._book.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        for place, name in enumerate(self._names):
            self._sheet.set_column(place, place, WIDTHS.get(name, WIDTH))
            self._sheet.write_string(0, place, name, self._bold)
        self._row = 1


def main(path: str, folder: str, sheet_rows: str) -> None:
    import pyarrow as pa

    with pa.ipc.open_stream(sys.stdin.buffer) as stream:
        book = _Book(path, folder, stream.schema.names, int(sheet_rows))
        for batch in stream:
            book.write(pa.Table.from_batches([batch]))
    book.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
