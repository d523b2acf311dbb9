"""Lists into a file that a spreadsheet, a program or a data frame reads, streamed and whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.files import BOM, draft, harmless_table
from core.progress import Progress
from core.recommend import sheets
from core.recommend.lists import Lists

if TYPE_CHECKING:
    import pyarrow as pa

    from core.sequences.log import Catalogue


class Writer(Protocol):
    """Writes tables of the same columns one after the other into an open file."""

    def write(self, table: pa.Table) -> None:
        """Append the rows of `table`."""

    def finish(self) -> None:
        """Write what belongs at the end; the file stays open."""

    def abandon(self) -> None:
        """Free what is held; what the file then holds is of no use."""

    def stop(self) -> None:
        """End what `finish` waits for, from another thread; `finish` then fails."""


def write_lists(
    path: Path,
    lists: Iterable[Lists],
    user_ids: pa.StringArray,
    catalogue: Catalogue,
    breakdown: bool = False,
    aimed: bool = False,
    mark: str = "",
    progress: Progress | None = None,
) -> int:
    """Write ranked lists to `path`, a row for each user and rank; the suffix names the format.

    Columns: user_id, rank, item_id, title, category, price, score and, with `breakdown`, base and a column for each
    component, and, where they are `aimed` at a behaviour, its probability. In CSV and XLSX a text that a spreadsheet
    would compute gets an apostrophe before it.

    Args:
        lists: blocks, which are written as they come (`core.recommend.lists.recommend` reports how far it is).
        user_ids: row `u` is the id of the user with the code `u`.
        mark: stands in the first column of a last row, which is not counted; none where it is empty.
        progress: with which the writing is stopped, too.

    Returns:
        Number of rows.

    Raises:
        SeqlensError: the format is unknown, or the file cannot be written.
        Cancelled: from `lists`, or the analyst pressed stop; the file is then as it was before.
    """
    none = _table(_nothing(), user_ids, catalogue, False, False)
    tables = (_table(block, user_ids, catalogue, breakdown, aimed) for block in lists)
    if not mark:
        return write_tables(path, tables, none, progress)
    return max(0, write_tables(path, marked(tables, mark), none, progress) - 1)


def marked(tables: Iterable[pa.Table], mark: str) -> Iterator[pa.Table]:
    """The tables, and one more row with nothing but the mark in its first column."""
    import pyarrow as pa

    schema = None
    for table in tables:
        schema = table.schema
        yield table
    if schema is not None:
        empty = {field.name: pa.nulls(1, field.type) for field in schema}
        yield pa.table({**empty, schema[0].name: pa.array([mark], schema[0].type)}, schema=schema)


def write_tables(path: Path, tables: Iterable[pa.Table], empty: pa.Table, progress: Progress | None = None) -> int:
    """Write tables of the same columns one after the other to `path`; the suffix names the format.

    Args:
        tables: written as they come.
        empty: what is written where `tables` are none.
        progress: with which the writing is stopped until the file is whole.

    Returns:
        Number of rows.

    Raises:
        SeqlensError: the format is unknown, or the file cannot be written.
        Cancelled: from `tables`, or the analyst pressed stop; the file is then as it was before.
    """
    progress = progress or Progress()
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
            with progress.interrupting(writer.stop):  # to pack a large spreadsheet takes seconds
                writer.finish()
        except BaseException:
            if writer is not None:
                writer.abandon()
            raise
        progress.check()
    return rows


def _nothing() -> Lists:
    none = np.zeros((0, 0), dtype=np.float32)
    return Lists(np.zeros(0, np.int32), none.astype(np.int32), none, (), none, none[:, :, None])


def _table(block: Lists, user_ids: pa.StringArray, catalogue: Catalogue, breakdown: bool, aimed: bool) -> pa.Table:
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
    if aimed and block.probability is not None:
        columns["probability"] = _numbers(block.probability[user, place].astype(np.float32))
    if breakdown:
        columns["base"] = _numbers(block.base[user, place])
        for number, name in enumerate(block.components):
            columns[name] = _numbers(block.shares[user, place, number])
    return pa.table(columns)


def _numbers(values: NDArray[np.float32]) -> pa.Array:
    """float32 column; what is no finite number becomes null."""
    import pyarrow as pa

    return pa.array(values, pa.float32(), mask=~np.isfinite(values))


class _Swift:
    """What is finished in no time."""

    def stop(self) -> None:
        pass  # there is nothing to wait for


class CsvWriter(_Swift):
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


class ParquetWriter(_Swift):
    """Columns with their types."""

    def __init__(self, file: BinaryIO, schema: pa.Schema) -> None:
        from pyarrow import parquet

        self._writer = parquet.ParquetWriter(file, schema, compression="zstd")

    def write(self, table: pa.Table) -> None:
        self._writer.write_table(table)

    def finish(self) -> None:
        self._writer.close()

    abandon = finish


class JsonWriter(_Swift):
    """An array of objects, one a line."""

    def __init__(self, file: BinaryIO, schema: pa.Schema) -> None:
        self._file, self._names = file, schema.names
        self._before = b"[\n"

    def write(self, table: pa.Table) -> None:
        for row in sheets.rows(table):
            text = json.dumps(dict(zip(self._names, row, strict=True)), ensure_ascii=False, allow_nan=False)
            self._file.write(self._before + text.encode("utf-8", "surrogatepass"))
            self._before = b",\n"

    def finish(self) -> None:
        self._file.write((b"[" if self._before == b"[\n" else b"\n") + b"]\n")

    def abandon(self) -> None:
        pass  # nothing is held


class XlsxWriter:
    """Sheets of as many rows as Excel takes, each with the header."""

    def __init__(self, file: BinaryIO, schema: pa.Schema) -> None:
        self._sheets = sheets.Sheets(file, schema, sheets.SHEET_ROWS)

    def write(self, table: pa.Table) -> None:
        self._sheets.write(harmless_table(table))

    def finish(self) -> None:
        self._sheets.finish()

    def abandon(self) -> None:
        self._sheets.abandon()

    def stop(self) -> None:
        self._sheets.stop()


WRITERS: dict[str, Callable[[BinaryIO, Any], Writer]] = {
    ".csv": CsvWriter,
    ".xlsx": XlsxWriter,
    ".json": JsonWriter,
    ".parquet": ParquetWriter,
}
