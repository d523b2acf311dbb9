"""Which picture file belongs to which item, from a table such as a catalogue with a column of pictures."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from core.data import datasets, encodings
from core.data.database import apart
from core.data.guarded import guard
from core.data.outside import ID_NAMES, MEMORY, SHOWN
from core.data.reader import Source
from core.data.roles import NAMES, plain_name
from core.data.settings import ImportSettings
from core.errors import SeqlensError
from core.progress import Progress

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

WEB = re.compile(r"(?!file:)[a-z][a-z0-9+.-]+://|//|www\.", re.IGNORECASE)  # nothing is fetched
LARGEST = 64 << 20  # bytes of a picture file


@dataclass(frozen=True)
class Places:
    """Rows of the table whose item is known and whose picture is a file that is there.

    Attributes:
        codes: of the items, each once.
        files: the picture of each.
        rows: number of each row, from 1.
        cells: what stood there.
        read: rows of the table.
        left: of each reason, how many rows were left out, the first of them, and what stands there.
    """

    codes: list[int]
    files: list[Path]
    rows: list[int]
    cells: list[str]
    read: int
    left: dict[str, tuple[int, int, str]]


@dataclass(frozen=True)
class Named:
    """A file that was imported, of which a column was said to name pictures.

    Attributes:
        path: where it lay then.
        item, picture: the columns.
        settings: how its text was read.
    """

    path: Path
    item: str
    picture: str
    settings: ImportSettings


def named_by_import(cursor: duckdb.DuckDBPyConnection) -> Named | None:
    """The last file of this workspace whose import gave a column the role of pictures; None where there is none.

    A data set of many files, or one in an object store, is none: its pictures lie beside no file of it.
    """
    rows = cursor.execute("SELECT report FROM files WHERE report IS NOT NULL GROUP BY report ORDER BY max(file) DESC")
    while row := rows.fetchone():
        report = json.loads(row[0])
        for file in reversed(report["files"]):
            column = {role: name for name, role in file["columns"].items()}
            if {"item", "picture"} <= column.keys() and not datasets.is_set(path := Path(file["path"])):
                told = ImportSettings.from_dict(report["settings"])
                settings = replace(told, files=(), items_files=(), columns=None, items_columns=None)
                return Named(path, column["item"], column["picture"], settings)
    return None


def read_places(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    known: pa.StringArray,
    progress: Progress,
    named: Named | None = None,
) -> Places:
    """Look for the pictures that a table names; relative ones lie beside it.

    Args:
        connection: of the workspace, apart from which the table is read.
        known: ids of the items of the workspace, in the order of their codes.
        named: which columns they are, and how the text is to be read; None: both are guessed.

    Raises:
        SeqlensError: the file is no table with an item and a picture, or is damaged.
        Cancelled: the analyst pressed stop.
    """
    import duckdb
    import numpy as np
    import pyarrow as pa

    progress.step(0, 1, "Reading {file}", file=path.name)
    source = guard.open(path, "items", ImportSettings(files=(path,)) if named is None else named.settings)
    item, picture = _columns(source, named)
    try:
        with apart(connection, MEMORY) as reading, progress.interrupting(reading.interrupt):
            if source.format != "parquet":
                encodings.load_encodings(reading, source.encoding)
            reading.register("known", pa.table({"id": known, "code": pa.array(np.arange(len(known)))}))
            reading.execute(
                f"CREATE VIEW cells AS SELECT row_number() OVER () AS record, nullif(trim({source.column(item)}), '') "
                f"AS id, nullif(trim({source.column(picture)}), '') AS picture FROM {source.relation()}"
            )
            return _from_cells(reading, path, progress)
    except duckdb.Error as error:
        progress.check()
        raise SeqlensError(
            "{file} cannot be read: {error}. Write it again, with an item and the path of its picture in each row.",
            file=path.name,
            error=str(error).splitlines()[0][:300],
        ) from error


def _columns(source: Source, named: Named | None) -> tuple[str, str]:
    if named is not None and {named.item, named.picture} <= {*source.columns}:
        return named.item, named.picture
    plain = {column: plain_name(column) for column in source.columns}
    items = [name for name in source.columns if plain[name] in ID_NAMES]
    items.sort(key=lambda name: plain[name] in ("id", "ids"))  # "item_id" is surer than "id"
    pictures = [name for name in source.columns if plain[name] in NAMES["picture"]]
    if not items or not pictures:
        raise SeqlensError(
            "{file} has no column for the {role}. It needs the columns item_id and picture, the path of a file; the "
            "columns are: {columns}.",
            file=source.path.name,
            role="picture" if items else "item",
            columns=", ".join(source.columns[:50]),
        )
    return items[0], pictures[0]


def _from_cells(connection: duckdb.DuckDBPyConnection, path: Path, progress: Progress) -> Places:
    found = connection.execute(
        "SELECT record, code, id, picture, record < max(record) FILTER (picture IS NOT NULL) OVER (PARTITION BY code) "
        "FROM cells LEFT JOIN known USING (id) ORDER BY record"
    ).fetchall()
    left: dict[str, tuple[int, int, str]] = {}
    kept: list[tuple[int, Path, int, str]] = []
    for record, code, name, picture, repeated in found:
        reason, file = "", Path()
        if name is None:
            reason = "missing_item"
        elif code is None:
            reason = "unknown_item"
        elif picture is None:
            reason = "no_picture"
        elif repeated:
            reason = "superseded"
        elif WEB.match(picture):
            reason = "web_address"
        else:
            file = path.parent / _expanded(Path(picture.removeprefix("file://")))
            reason = "" if _usable(file) else "no_file"
        if reason:
            value = name if reason in ("unknown_item", "superseded", "no_picture") else picture
            count, first, shown = left.get(reason, (0, record, str(value or "")[:SHOWN]))
            left[reason] = (count + 1, first, shown)
        else:
            kept.append((code, file, record, str(picture)[:SHOWN]))
        if record % 1000 == 0:
            progress.check()
    return Places(
        codes=[code for code, *_ in kept],
        files=[file for _, file, *_ in kept],
        rows=[row for *_, row, _ in kept],
        cells=[cell for *_, cell in kept],
        read=len(found),
        left=left,
    )


def _expanded(place: Path) -> Path:
    try:
        return place.expanduser()
    except RuntimeError:  # there is no such user here
        return place


def _usable(file: Path) -> bool:
    """Whether it is a plain file of a size that a picture may have; a pipe or a device would be waited for."""
    try:
        return file.is_file() and 0 < file.stat().st_size <= LARGEST
    except OSError:
        return False
