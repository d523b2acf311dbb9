"""Vectors of items that were made elsewhere, of sound or video or by any model, from a table or a NumPy file.

A table (Parquet, CSV) has a column of item ids and a column of lists, or one column a number. A `.npy` file has the
vectors alone; the ids lie in a text file with one id a line, or in a table that has them in the same order. Files come
from strangers: nothing in them is run, and sizes are looked at before memory is taken.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tokenize import TokenError
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.data import encodings
from core.data.database import apart
from core.data.guarded import guard
from core.data.reader import Source, csv_reader, guess_delimiter
from core.data.roles import NAMES, plain_name
from core.data.settings import ImportSettings
from core.data.sql import identifier
from core.data.taken import Taken
from core.errors import SeqlensError
from core.files import unreadable
from core.progress import Progress

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

LONGEST = 16_384  # numbers in a vector: more than any model gives
MOST_BYTES = 2 << 30  # of all vectors that are kept, as float32
MOST_ID_BYTES = 1 << 30  # of a text file of ids
MEMORY = "2GB"  # for DuckDB while it reads a table
IDS_BESIDE = (".ids.txt", ".ids.csv", ".txt", ".csv", ".tsv", ".ids")  # in the place of `.npy`, in this order
ID_NAMES = frozenset(plain_name(name) for name in (*NAMES["item"], "id", "ids"))
SHOWN = 80  # characters of a value that is told

Floats = NDArray[np.float32]
Codes = NDArray[np.int64]
Found = tuple[NDArray[np.int32], Floats, Taken]


def read_vectors(
    connection: duckdb.DuckDBPyConnection, path: Path, ids: Path | None, known: pa.StringArray, progress: Progress
) -> Found:
    """Codes of items (int32 [n], ascending), their vectors (float32 [n, d], of length one) and what was left out.

    Args:
        connection: of the workspace; a table is read apart from it.
        ids: file of the ids that belong to a `.npy` file, in its order; None: one of the same name lies beside it.
        known: ids of the items of the workspace, in the order of their codes.

    Raises:
        SeqlensError: the file is none of these, is damaged, too large, or has no vector of an item that is known.
        Cancelled: the analyst pressed stop.
    """
    progress.step(0, 1, "Reading {file}", file=path.name)
    if path.suffix.lower() == ".npy":
        found = _from_numpy(path, ids or _needed(path), known, progress)
    else:
        found = _from_table(connection, path, known, progress)
    codes, vectors, taken = found
    if not len(codes):
        reason = max(taken.left_out, key=lambda name: taken.left_out[name], default="")
        first = taken.first.get(reason, (0, ""))
        raise SeqlensError(
            "{file} has no vector for an item of this workspace: row {row} is about {item}. Check that its ids are "
            "those of the imported items.",
            file=path.name,
            row=first[0],
            item=first[1] or "-",
        )
    return codes, vectors, taken


# ------------------------------------------------------------------------------------------------ NumPy files


def _from_numpy(path: Path, ids: Path, known: pa.StringArray, progress: Progress) -> Found:
    import pyarrow as pa
    import pyarrow.compute as pc

    matrix = _mapped(path)
    names = read_ids(ids, len(matrix))
    code = pc.fill_null(pc.index_in(pa.array(names, pa.string()), value_set=known), -1)
    codes = np.asarray(code.to_numpy(zero_copy_only=False), dtype=np.int64)
    missing = np.fromiter((not name for name in names), dtype=np.bool_, count=len(names))
    reasons = np.where(missing, "missing_item", np.where(codes < 0, "unknown_item", "")).astype("U12")
    rows = np.flatnonzero(codes >= 0)
    _check_size(path, len(np.unique(codes[rows])), matrix.shape[1])
    progress.step(0.3, 1, "Reading {file}", file=path.name)
    vectors = np.asarray(matrix[rows], dtype=np.float32)
    progress.check()
    return _settled(path, len(names), rows, codes[rows], vectors, _left_out(reasons, names), names)


def _mapped(path: Path) -> NDArray[Any]:
    """The file's matrix, of which no number is read yet.

    Raises:
        SeqlensError: it is no matrix of numbers, or not as long as its header says.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            version = np.lib.format.read_magic(file)
            read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
            shape, by_column, kind = read(file)
            start = file.tell()
    except OSError as error:
        raise unreadable(path, error) from error
    except (ValueError, TypeError, EOFError, SyntaxError, TokenError, RecursionError, MemoryError) as error:
        raise SeqlensError("{file} is no NumPy file, or is damaged. Save it again.", file=path.name) from error
    if kind.hasobject or kind.kind not in "fiu":
        raise SeqlensError(
            "{file} holds {kind} and no plain numbers. Objects are not loaded, as they could run a program. Save the "
            "vectors as float32.",
            file=path.name,
            kind=str(kind)[:SHOWN],
        )
    if len(shape) != 2 or any(type(side) is not int for side in shape) or min(shape) < 1 or shape[1] > LONGEST:
        raise SeqlensError(
            "{file} has the shape {shape}. A row for each item and at most {most} columns are needed.",
            file=path.name,
            shape=" × ".join(map(str, shape)) or "0",
            most=LONGEST,
        )
    if start + shape[0] * shape[1] * kind.itemsize != size:
        raise SeqlensError("{file} is not as long as its header says: it is cut off. Copy it again.", file=path.name)
    try:
        return np.memmap(path, kind, "r", start, shape, "F" if by_column else "C")
    except (ValueError, TypeError, OverflowError, OSError) as error:
        raise SeqlensError("{file} is no NumPy file, or is damaged. Save it again.", file=path.name) from error


def ids_beside(path: Path) -> Path | None:
    """The file of ids that lies beside a `.npy` file under the same name, None where there is none."""
    places = (path.with_suffix(ending) for ending in IDS_BESIDE)
    return next((place for place in places if place.is_file()), None)


def _needed(path: Path) -> Path:
    beside = ids_beside(path)
    if beside is not None:
        return beside
    raise SeqlensError(
        "{file} holds vectors and no ids. Put a file with one item id a line beside it, called {beside}, or name one.",
        file=path.name,
        beside=path.with_suffix(".txt").name,
    )


def read_ids(path: Path, rows: int) -> list[str]:
    """As many item ids as there are `rows`, from a text file with one a line or from a table with a column of them.

    Raises:
        SeqlensError: the file cannot be read, or has another number of ids.
    """
    try:
        if path.stat().st_size > MOST_ID_BYTES:
            raise SeqlensError("{file} is too large for a list of ids. Name another file.", file=path.name)
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error
    encoding = encodings.guess_encoding(data[: 1 << 20])
    text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding, errors="replace")
    names = _column(text)
    if len(names) == rows + 1 and plain_name(names[0]) in ID_NAMES:
        names = names[1:]
    if len(names) != rows:
        raise SeqlensError(
            "{file} has {ids} ids, and there are {rows} vectors. Each vector needs the id of its item on a line of its "
            "own, in the same order.",
            file=path.name,
            ids=len(names),
            rows=rows,
        )
    return names


def _column(text: str) -> list[str]:
    """The lines of a text, or the cells of the column of ids where the first line names one among others."""
    lines = text.splitlines()
    while lines and not lines[-1].strip():
        lines.pop()
    first = lines[0] if lines else ""
    delimiter = guess_delimiter(first)
    cells = first.split(delimiter)
    place = next((at for at, cell in enumerate(cells) if plain_name(cell.strip('"')) in ID_NAMES), None)
    if len(cells) < 2 or place is None:
        return [line.strip() for line in lines]
    source = Source(Path(), "items", "csv", delimiter=delimiter, quote='"', escape='"')
    records = csv_reader(iter(line + "\n" for line in lines), source)  # type: ignore[arg-type]
    return [record[place].strip() if len(record) > place else "" for record in records]


# ------------------------------------------------------------------------------------------------ tables


def _from_table(connection: duckdb.DuckDBPyConnection, path: Path, known: pa.StringArray, progress: Progress) -> Found:
    import duckdb
    import pyarrow as pa

    source = guard.open(path, "items", ImportSettings(files=(path,)))
    column, vector = _columns(source)
    try:
        with apart(connection, MEMORY) as reading, progress.interrupting(reading.interrupt):
            if source.format != "parquet":
                encodings.load_encodings(reading, source.encoding)
            reading.register("known", pa.table({"id": known, "code": pa.array(np.arange(len(known)))}))
            reading.execute(
                f"CREATE VIEW cells AS SELECT row_number() OVER () AS record, "
                f"nullif(trim({source.column(column)}), '') AS id, {vector} AS vector FROM {source.relation()}"
            )
            return _from_cells(reading, path, progress)
    except duckdb.Error as error:
        progress.check()
        raise SeqlensError(
            "{file} cannot be read: {error}. Write it again, with an id and as many numbers in each row.",
            file=path.name,
            error=str(error).splitlines()[0][:300],
        ) from error


def _from_cells(connection: Any, path: Path, progress: Progress) -> Found:
    lengths = connection.execute(
        "SELECT coalesce(len(vector), 0) AS width, count(*) FROM cells GROUP BY width ORDER BY count(*) DESC, width"
    ).fetchall()
    read = sum(count for _, count in lengths)
    width = next((length for length, _ in lengths if length), 0)
    if not 0 < width <= LONGEST:
        raise SeqlensError(
            "{file} has no column of numbers, or more than {most} in a row. It needs a column of item ids, and a "
            "column of lists or one column a number.",
            file=path.name,
            most=LONGEST,
        )
    progress.step(0.4, 1, "Reading {file}", file=path.name)
    judged = (
        "SELECT record, code, cells.id, vector, CASE WHEN cells.id IS NULL THEN 'missing_item' "
        "WHEN code IS NULL THEN 'unknown_item' "
        f"WHEN len(vector) IS DISTINCT FROM {width} THEN 'other_length' ELSE '' END AS rule "
        "FROM cells LEFT JOIN known ON known.id = cells.id"
    )
    rules = connection.execute(
        f"SELECT rule, count(*), min(record), arg_min(id, record) FROM ({judged}) WHERE rule <> '' GROUP BY rule"
    ).fetchall()
    left = {rule: (count, record, str(value or "")[:SHOWN]) for rule, count, record, value in rules}
    (items,) = connection.execute(f"SELECT count(DISTINCT code) FROM ({judged}) WHERE rule = ''").fetchone()
    _check_size(path, items, width)
    table = connection.execute(
        f"SELECT record - 1 AS record, code, id, vector FROM ({judged}) WHERE rule = '' "
        "QUALIFY row_number() OVER (PARTITION BY code ORDER BY record DESC) = 1 ORDER BY record"
    ).to_arrow_table()
    repeated = read - sum(count for count, _, _ in left.values()) - table.num_rows
    if repeated:
        left["superseded"] = (repeated, 0, "")
    progress.step(0.8, 1, "Reading {file}", file=path.name)
    vectors = table["vector"].combine_chunks().flatten().to_numpy(zero_copy_only=False)
    vectors = np.array(vectors, dtype=np.float32).reshape(-1, width)
    codes, rows = (table[name].to_numpy().astype(np.int64) for name in ("code", "record"))
    return _settled(
        path, read, rows, codes, vectors, left, dict(zip(rows.tolist(), table["id"].to_pylist(), strict=True))
    )


def _columns(source: Source) -> tuple[str, str]:
    """The column of ids, and SQL of each row's vector, a list of floats."""
    plain = {column: plain_name(column) for column in source.columns}
    named = [column for column in source.columns if plain[column] in ID_NAMES]
    named.sort(key=lambda column: plain[column] in ("id", "ids"))  # "item_id" is surer than "id"
    if not named:
        raise SeqlensError(
            "{file} has no column for the item. Vectors need a column item_id, and a column of lists or one column a "
            "number; the columns are: {columns}.",
            file=source.path.name,
            columns=", ".join(source.columns[:50]),
        )
    rest = [column for column in source.columns if column not in named]
    kinds = dict(zip(source.columns, source.types, strict=True))
    lists = [column for column in rest if kinds[column].endswith("]")]
    if not lists and len(rest) == 1 and source.format != "parquet":
        lists = rest  # written as [0.1, 0.2]
    if lists:
        return named[0], f"try_cast({identifier(lists[0])} AS FLOAT[])"
    numbers = [column for column in rest if source.format != "parquet" or _is_number(kinds[column])]
    cells = ", ".join(f"try_cast({identifier(column)} AS FLOAT)" for column in numbers)
    return named[0], f"[{cells}]::FLOAT[]"


def _is_number(kind: str) -> bool:
    return kind.startswith(("FLOAT", "DOUBLE", "DECIMAL", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "U"))


# ------------------------------------------------------------------------------------------------ both


def _check_size(path: Path, items: int, width: int) -> None:
    if 4 * items * width > MOST_BYTES:
        raise SeqlensError(
            "{file} has {width} numbers for each of {items} items, which is too much. Reduce them to {less} numbers.",
            file=path.name,
            width=width,
            items=items,
            less=max(MOST_BYTES // (4 * items), 1),
        )


def _left_out(reasons: NDArray[np.str_], names: list[str]) -> dict[str, tuple[int, int, str]]:
    """Of each reason: how many rows, the first of them, from 1, and its id."""
    found = {}
    for reason, count in Counter(reasons.tolist()).items():
        if reason:
            row = int(np.argmax(reasons == reason))
            found[reason] = (count, row + 1, names[row][:SHOWN])
    return found


def _settled(
    path: Path,
    read: int,
    rows: Codes,
    codes: Codes,
    vectors: Floats,
    left: dict[str, tuple[int, int, str]],
    names: list[str] | dict[int, str],
) -> Found:
    """What is left when rows without a direction and earlier rows about the same item are taken out.

    Args:
        rows: int64 [m], the number of each vector's row in the file, from 0.
        codes: int64 [m], of its item.
        vectors: float32 [m, d]; written into.
        left: what was left out before, as `_left_out` gives it.
    """
    left = dict(left)
    finite = np.isfinite(vectors).all(1)
    vectors[~finite] = 0.0
    # In two steps, so that the square of a large number is one.
    largest = np.abs(vectors).max(1, keepdims=True)
    vectors /= np.where(largest > 0, largest, 1.0)
    length = np.linalg.norm(vectors, axis=1)
    later = np.zeros(len(codes), dtype=np.bool_)
    sound = np.flatnonzero(finite & (length > 0))
    _, last = np.unique(codes[sound][::-1], return_index=True)
    later[sound] = True
    later[sound[::-1][last]] = False
    for reason, wrong in (("not_finite", ~finite), ("no_direction", finite & (length == 0)), ("superseded", later)):
        if wrong.any():
            row = int(rows[np.argmax(wrong)])
            count = left.get(reason, (0, 0, ""))[0] + int(wrong.sum())
            left[reason] = (count, row + 1, names[row][:SHOWN])
    kept = sound[~later[sound]]
    kept = kept[np.argsort(codes[kept], kind="stable")]
    vectors = vectors[kept] / length[kept, None]
    taken = Taken(
        file=path.name,
        read=read,
        kept=len(kept),
        items=len(kept),
        left_out={reason: count for reason, (count, _, _) in left.items()},
        first={reason: (row, value) for reason, (_, row, value) in left.items()},
        figures={"dimensions": int(vectors.shape[1])},
    )
    return codes[kept].astype(np.int32), vectors.astype(np.float32), taken
