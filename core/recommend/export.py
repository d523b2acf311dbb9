"""Lists into a file that a spreadsheet, a program or a data frame reads, streamed and whole or not at all."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.files import BOM, draft, harmless_table
from core.recommend.lists import Lists

if TYPE_CHECKING:
    import pyarrow as pa

    from core.sequences.log import Catalogue

SHEET_ROWS = 1_048_576  # of an XLSX sheet, the header included
SHEET_CELL = 32_767  # characters of an XLSX cell


class Writer(Protocol):
    """Writes tables of the same columns one after the other into an open file."""

    def write(self, table: pa.Table) -> None:
        """Append the rows of `table`."""

    def finish(self) -> None:
        """Write what belongs at the end; the file stays open."""

    def abandon(self) -> None:
        """Free what is held; what the file then holds is of no use."""


def write_lists(
    path: Path, lists: Iterable[Lists], user_ids: pa.StringArray, catalogue: Catalogue, breakdown: bool = False
) -> int:
    """Write ranked lists to `path`, a row for each user and rank; the suffix names the format.

    Columns: user_id, rank, item_id, title, category, price, score and, with `breakdown`, base and a column for each
    component. In CSV and XLSX a text that a spreadsheet would compute gets an apostrophe before it.

    Args:
        lists: blocks, which are written as they come (`core.recommend.lists.recommend` reports how far it is).
        user_ids: row `u` is the id of the user with the code `u`.

    Returns:
        Number of rows.

    Raises:
        SeqlensError: the format is unknown, or the file cannot be written.
        Cancelled: from `lists`; the file is then as it was before.
    """
    none = _table(_nothing(), user_ids, catalogue, False)
    return write_tables(path, (_table(block, user_ids, catalogue, breakdown) for block in lists), none)


def write_tables(path: Path, tables: Iterable[pa.Table], empty: pa.Table) -> int:
    """Write tables of the same columns one after the other to `path`; the suffix names the format.

    Args:
        tables: written as they come.
        empty: what is written where `tables` are none.

    Returns:
        Number of rows.

    Raises:
        SeqlensError: the format is unknown, or the file cannot be written.
        Cancelled: from `tables`; the file is then as it was before.
    """
    kind = WRITERS.get(path.suffix.lower())
    if kind is None:
        raise SeqlensError("{file} ends in none of {suffixes}.", file=path.name, suffixes=", ".join(WRITERS))
    rows = 0
    with draft(path) as beside, beside.open("wb") as file:
        writer: Writer | None = None
        try:
            for table in tables:
                writer = writer or kind(file, table.schema)
                writer.write(table)
                rows += table.num_rows
            writer = writer or kind(file, empty.schema)
            writer.finish()
        except BaseException:
            if writer is not None:
                writer.abandon()
            raise
    return rows


def _nothing() -> Lists:
    none = np.zeros((0, 0), dtype=np.float32)
    return Lists(np.zeros(0, np.int32), none.astype(np.int32), none, (), none, none[:, :, None])


def _table(block: Lists, user_ids: pa.StringArray, catalogue: Catalogue, breakdown: bool) -> pa.Table:
    """The rows of a block, in the order of users and ranks."""
    import pyarrow as pa

    user, place = np.nonzero(block.items >= 0)
    items = pa.array(block.items[user, place])
    columns: dict[str, Any] = {
        "user_id": user_ids.take(pa.array(block.users[user])),
        "rank": pa.array((place + 1).astype(np.int32)),
        "item_id": catalogue.ids.take(items),
        "title": catalogue.titles.take(items),
        "category": catalogue.categories.take(items),
        "price": _numbers(catalogue.prices[block.items[user, place]]),
        "score": _numbers(block.scores[user, place]),
    }
    if breakdown:
        columns["base"] = _numbers(block.base[user, place])
        for number, name in enumerate(block.components):
            columns[name] = _numbers(block.shares[user, place, number])
    return pa.table(columns)


def _numbers(values: NDArray[np.float32]) -> pa.Array:
    """float32 column; what is no finite number becomes null."""
    import pyarrow as pa

    return pa.array(values, pa.float32(), mask=~np.isfinite(values))


def _rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    """Rows as Python values; 32-bit figures in the fewest digits that tell them apart, as 19.99 and not 19.9899998."""
    import pyarrow as pa

    columns: list[list[Any]] = []
    for column in table.columns:
        if pa.types.is_float32(column.type):
            column = column.cast(pa.string()).cast(pa.float64())
        columns.append(column.to_pylist())
    return zip(*columns, strict=True)


class CsvWriter:
    """UTF-8 with a mark by which Excel knows it, commas, quotes where needed."""

    def __init__(self, file: BinaryIO, schema: pa.Schema) -> None:
        from pyarrow import csv

        file.write(BOM)
        self._writer = csv.CSVWriter(file, schema)

    def write(self, table: pa.Table) -> None:
        self._writer.write_table(harmless_table(table))

    def finish(self) -> None:
        self._writer.close()

    abandon = finish


class ParquetWriter:
    """Columns with their types."""

    def __init__(self, file: BinaryIO, schema: pa.Schema) -> None:
        from pyarrow import parquet

        self._writer = parquet.ParquetWriter(file, schema, compression="zstd")

    def write(self, table: pa.Table) -> None:
        self._writer.write_table(table)

    def finish(self) -> None:
        self._writer.close()

    abandon = finish


class JsonWriter:
    """An array of objects, one a line."""

    def __init__(self, file: BinaryIO, schema: pa.Schema) -> None:
        self._file, self._names = file, schema.names
        self._before = b"[\n"

    def write(self, table: pa.Table) -> None:
        for row in _rows(table):
            text = json.dumps(dict(zip(self._names, row, strict=True)), ensure_ascii=False, allow_nan=False)
            self._file.write(self._before + text.encode("utf-8", "surrogatepass"))
            self._before = b",\n"

    def finish(self) -> None:
        self._file.write((b"[" if self._before == b"[\n" else b"\n") + b"]\n")

    def abandon(self) -> None:
        pass  # nothing is held


class XlsxWriter:
    """Sheets of as many rows as Excel takes, each with the header; only one row is held in memory."""

    def __init__(self, file: BinaryIO, schema: pa.Schema) -> None:
        import xlsxwriter

        # Rows wait in files of their own until the end; without this folder they would outlive a stopped export.
        self._folder = tempfile.TemporaryDirectory(prefix="seqlens-", ignore_cleanup_errors=True)
        self._book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": self._folder.name})
        self._bold = self._book.add_format({"bold": True})
        self._names = schema.names
        self._begin_sheet()

    def write(self, table: pa.Table) -> None:
        for row in _rows(harmless_table(table)):
            if self._row == SHEET_ROWS:
                self._begin_sheet()
            for place, value in enumerate(row):
                if isinstance(value, str):
                    self._sheet.write_string(self._row, place, value[:SHEET_CELL])
                elif value is not None:
                    self._sheet.write_number(self._row, place, value)
            self._row += 1

    def finish(self) -> None:
        self._book.close()
        self._folder.cleanup()

    def abandon(self) -> None:
        self._folder.cleanup()

    def _begin_sheet(self) -> None:
        self._sheet = self._book.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        for place, name in enumerate(self._names):
            self._sheet.set_column(place, place, 40 if name == "title" else 16)
            self._sheet.write_string(0, place, name, self._bold)
        self._row = 1


WRITERS: dict[str, Callable[[BinaryIO, Any], Writer]] = {
    ".csv": CsvWriter,
    ".xlsx": XlsxWriter,
    ".json": JsonWriter,
    ".parquet": ParquetWriter,
}
