"""Relations of items from a file of triples: a head, a relation and a tail in each row.

An end whose text is an item's id is that item; any other is an entity, such as a director or a brand. RecBole's `.kg`
files name entities alone; a `.link` file beside says which of them are items.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.data import encodings
from core.data.database import apart
from core.data.guarded import guard
from core.data.outside import MEMORY, SHOWN
from core.data.reader import Source
from core.data.roles import NAMES, plain_name
from core.data.settings import ImportSettings
from core.data.taken import Taken
from core.errors import SeqlensError
from core.progress import Progress

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

MOST = 20_000_000  # relations that are kept
MOST_NAMES = 256 << 20  # bytes of all names of entities
LONGEST_NAME = 200  # characters of an entity or a relation that are kept

ENDS = {
    "head": ("head", "headid", "subject", "source", "from", "头", "头实体", "主体", "主语"),
    "relation": ("relation", "relationid", "predicate", "property", "edge", "关系", "谓语", "属性"),
    "tail": ("tail", "tailid", "object", "target", "to", "尾", "尾实体", "客体", "宾语"),
}
ENTITY = ("entityid", "entity", "实体", "实体id")

Integers = NDArray[np.int32]


@dataclass(frozen=True)
class Triples:
    """Relations with at least one end that is an item.

    Attributes:
        head, tail: int32 [n], code of an item, or -1 - e for the entity e.
        relation: int32 [n].
        entities: names of the entities.
        relations: names of the relations.
    """

    head: Integers
    relation: Integers
    tail: Integers
    entities: tuple[str, ...]
    relations: tuple[str, ...]


def read_triples(
    connection: duckdb.DuckDBPyConnection, path: Path, link: Path | None, known: pa.StringArray, progress: Progress
) -> tuple[Triples, Taken]:
    """The relations of a file, and what was left out.

    Args:
        connection: of the workspace, apart from which the files are read.
        link: file that says which entities are items; None: one of the same name with the ending `.link`, if there is.
        known: ids of the items of the workspace, in the order of their codes.

    Raises:
        SeqlensError: the file is none of these, is damaged, too large, or speaks of no item that is known.
        Cancelled: the analyst pressed stop.
    """
    import duckdb
    import pyarrow as pa

    progress.step(0, 1, "Reading {file}", file=path.name)
    source = guard.open(path, "items", ImportSettings(files=(path,)))
    columns = _columns(source, ENDS)
    link = link_beside(path) if link is None else link
    try:
        with apart(connection, MEMORY) as reading, progress.interrupting(reading.interrupt):
            reading.register("known", pa.table({"id": known, "code": pa.array(np.arange(len(known)))}))
            _name_items(reading, link)
            _load(reading, source)
            ends = ", ".join(f"{_cell(source, column)} AS {end}" for end, column in columns.items())
            reading.execute(
                f"CREATE VIEW cells AS SELECT row_number() OVER () AS record, {ends} FROM {source.relation()}"
            )
            return _from_cells(reading, path, progress)
    except duckdb.Error as error:
        progress.check()
        raise SeqlensError(
            "{file} cannot be read: {error}. Write it again, with a head, a relation and a tail in each row.",
            file=path.name,
            error=str(error).splitlines()[0][:300],
        ) from error


def link_beside(path: Path) -> Path | None:
    """The file beside a `.kg` file that says which entities are items; None where there is none."""
    beside = path.with_suffix(".link")
    return beside if path.suffix.lower() == ".kg" and beside.is_file() else None


def _columns(source: Source, wanted: dict[str, tuple[str, ...]]) -> dict[str, str]:
    plain = {plain_name(column): column for column in reversed(source.columns)}
    found = {}
    for end, names in wanted.items():
        column = next((plain[name] for name in names if name in plain), None)
        if column is None:
            raise SeqlensError(
                "{file} has no column for the {role}. It needs a header with the columns {wanted}; the columns are: "
                "{columns}.",
                file=source.path.name,
                role=end,
                wanted=", ".join(wanted),
                columns=", ".join(source.columns[:50]),
            )
        found[end] = column
    return found


def _load(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    if source.format != "parquet":
        encodings.load_encodings(connection, source.encoding)


def _cell(source: Source, column: str) -> str:
    """SQL for a cell on one line, null where it is empty."""
    return f"nullif(left(trim(regexp_replace({source.column(column)}, '\\s+', ' ', 'g')), {LONGEST_NAME}), '')"


def _name_items(connection: duckdb.DuckDBPyConnection, link: Path | None) -> None:
    """Make the table `named` of the texts that are items, with their codes."""
    if link is None:
        connection.execute("CREATE TABLE named AS SELECT id AS name, code FROM known")
        return
    source = guard.open(link, "items", ImportSettings(files=(link,)))
    columns = _columns(source, {"item": NAMES["item"], "entity": ENTITY})
    _load(connection, source)
    item, entity = (_cell(source, columns[end]) for end in ("item", "entity"))
    connection.execute(
        f"CREATE TABLE named AS SELECT DISTINCT entity AS name, code FROM (SELECT {item} AS id, {entity} AS entity "
        f"FROM {source.relation()}) JOIN known USING (id) WHERE entity IS NOT NULL"
    )


def _from_cells(connection: duckdb.DuckDBPyConnection, path: Path, progress: Progress) -> tuple[Triples, Taken]:
    judged = (
        "SELECT record, head, relation, tail, h.code AS head_item, t.code AS tail_item, "
        "CASE WHEN head IS NULL OR relation IS NULL OR tail IS NULL THEN 'incomplete' "
        "WHEN head_item IS NULL AND tail_item IS NULL THEN 'no_item' "
        "WHEN head_item = tail_item THEN 'itself' ELSE '' END AS rule "
        "FROM cells LEFT JOIN named h ON h.name = head LEFT JOIN named t ON t.name = tail"
    )
    (read,) = _row(connection, "SELECT count(*) FROM cells")
    rules = connection.execute(
        "SELECT rule, count(DISTINCT record), min(record), arg_min(concat_ws(' ', head, relation, tail), record) "
        f"FROM ({judged}) WHERE rule <> '' GROUP BY rule"
    ).fetchall()
    left = {rule: (count, record, str(value)[:SHOWN]) for rule, count, record, value in rules}
    progress.step(0.3, 1, "Reading {file}", file=path.name)
    connection.execute(
        "CREATE TABLE kept AS SELECT min(record) AS record, head, relation, tail, head_item, tail_item "
        f"FROM ({judged}) WHERE rule = '' GROUP BY ALL"
    )
    rows, records = _row(connection, "SELECT count(*), count(DISTINCT record) FROM kept")
    repeated = read - sum(count for count, _, _ in left.values()) - records
    if repeated:
        left["repeated"] = (repeated, 0, "")
    if not rows:
        raise _speaks_of_no_item(path, left)
    connection.execute(
        "CREATE TABLE entities AS SELECT name, row_number() OVER (ORDER BY first) - 1 AS number FROM (SELECT name, "
        "min(record) AS first FROM (SELECT head AS name, record FROM kept WHERE head_item IS NULL UNION ALL "
        "SELECT tail, record FROM kept WHERE tail_item IS NULL) GROUP BY name)"
    )
    (names,) = _row(connection, "SELECT coalesce(sum(strlen(name)), 0) FROM entities")
    if rows > MOST or names > MOST_NAMES:
        raise SeqlensError(
            "{file} has {rows} relations of items, which is too much. Leave out those that say least; at most {most} "
            "are read.",
            file=path.name,
            rows=rows,
            most=MOST,
        )
    return _numbered(connection, path, read, records, left, progress)


def _speaks_of_no_item(path: Path, left: dict[str, tuple[int, int, str]]) -> SeqlensError:
    reason = max(left, key=lambda name: left[name][0], default="")
    _, row, value = left.get(reason, (0, 0, ""))
    return SeqlensError(
        "{file} has no relation of an item of this workspace: row {row} is {triple}. Heads or tails must be ids of "
        "imported items, or a .link file must say which of them are.",
        file=path.name,
        row=row,
        triple=value or "-",
    )


def _numbered(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    read: int,
    kept: int,
    left: dict[str, tuple[int, int, str]],
    progress: Progress,
) -> tuple[Triples, Taken]:
    """The kept rows with numbers in the place of names."""
    connection.execute(
        "CREATE TABLE relations AS SELECT relation AS name, row_number() OVER (ORDER BY min(record)) - 1 AS number "
        "FROM kept GROUP BY relation"
    )
    progress.step(0.7, 1, "Reading {file}", file=path.name)
    numbers = connection.execute(
        "SELECT coalesce(head_item, -1 - h.number)::INTEGER AS head, r.number::INTEGER AS relation, "
        "coalesce(tail_item, -1 - t.number)::INTEGER AS tail FROM kept JOIN relations r ON r.name = relation "
        "LEFT JOIN entities h ON h.name = head AND head_item IS NULL "
        "LEFT JOIN entities t ON t.name = tail AND tail_item IS NULL ORDER BY record, 1, 3"
    ).fetchnumpy()
    head, relation, tail = (
        np.ascontiguousarray(numbers[name], dtype=np.int32) for name in ("head", "relation", "tail")
    )
    entities, relations = (
        tuple(str(name) for (name,) in connection.execute(f"SELECT name FROM {table} ORDER BY number").fetchall())
        for table in ("entities", "relations")
    )
    ends = np.concatenate((head, tail))
    taken = Taken(
        file=path.name,
        read=read,
        kept=kept,
        items=len(np.unique(ends[ends >= 0])),
        left_out={reason: count for reason, (count, _, _) in left.items()},
        first={reason: (row, value) for reason, (_, row, value) in left.items()},
        figures={"relations": len(head), "kinds": len(relations), "entities": len(entities)},
    )
    return Triples(head, relation, tail, entities, relations), taken


def _row(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    found = connection.execute(query).fetchone()
    assert found is not None
    return found
