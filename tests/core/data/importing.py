"""A database as a workspace has it, and files to import into it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from core.data.importer import import_files
from core.data.report import ImportReport
from core.data.settings import ImportSettings
from core.data.tables import EVENT_ORDER, TABLES, create_statements
from core.progress import Progress

Rows = list[tuple[Any, ...]]


LOG = """user_id,item_id,behavior,timestamp
007,a,view,1700000000
007,b,buy,1700000100
8,a,view,1700000050
"""


def database(path: str | Path = ":memory:") -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(path))
    for statement in create_statements():
        connection.execute(statement)
    return connection


def write(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def bring(connection: duckdb.DuckDBPyConnection, *files: Path, **settings: Any) -> ImportReport:
    """Import files through a cursor, as the workspace does."""
    with connection.cursor() as cursor:
        return import_files(cursor, ImportSettings(files=files, **settings), Progress())


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> Rows:
    return connection.execute(query).fetchall()


def events(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[str] = ("user", "item", "behaviour", "time")
) -> Rows:
    """All events in their stored order, with ids, names and texts in place of codes."""
    names = {
        "user": "u.id",
        "item": "i.id",
        "behaviour": "b.name",
        "time": "e.time",
        "value": "e.value",
        "text": "t.text",
        "title": "i.title",
        "record": "e.record",
        "file": "e.file",
    }
    chosen = ", ".join(names[column] for column in columns)
    return rows(
        connection,
        f'SELECT {chosen} FROM (SELECT *, rowid AS place FROM events) e JOIN users u ON u.code = e."user" '
        "LEFT JOIN items i ON i.code = e.item JOIN behaviours b ON b.code = e.behaviour "
        "LEFT JOIN texts t ON t.code = e.text ORDER BY place",
    )


def everything(connection: duckdb.DuckDBPyConnection) -> dict[str, Rows]:
    """All tables but the files' dates and reports."""
    whole = {name: rows(connection, f"FROM {name} ORDER BY ALL") for name in TABLES if name not in ("files", "events")}
    return whole | {
        "events": rows(connection, "FROM events"),
        "hashes": rows(connection, "SELECT file, sha256 FROM files"),
    }


def check_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """What every reader of the tables relies on."""
    stored = rows(connection, "FROM events")
    assert stored == rows(connection, f"FROM events ORDER BY {EVENT_ORDER}"), "events stand in their order"
    for table in ("users", "items"):
        found = rows(connection, f"SELECT code, id, rank FROM {table}")
        assert [code for code, _, _ in found] == list(range(len(found))), "codes are 0 upwards without holes"
        assert len({name for _, name, _ in found}) == len(found)
        assert [name for _, name, _ in sorted(found, key=lambda row: row[2])] == sorted(name for _, name, _ in found)
    figures = rows(connection, 'FROM user_figures ORDER BY "user"')
    assert figures == rows(
        connection,
        'SELECT code, count(e."user"), min(time), max(time) FROM users LEFT JOIN events e ON e."user" = code '
        "GROUP BY code ORDER BY code",
    )
    if rows(connection, "SELECT value FROM data_facts WHERE name = 'timed'") == [("false",)]:
        numbers = rows(connection, 'SELECT list(time ORDER BY time) FROM events GROUP BY "user"')
        assert all(places == list(range(len(places))) for (places,) in numbers), "times are 0, 1, 2 ..."
    assert not rows(connection, "SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'incoming%'")


def check_counts(report: ImportReport, connection: duckdb.DuckDBPyConnection) -> None:
    """Every row is accounted for."""
    assert report.read == report.kept + report.rejected
    for file in report.files:
        assert file.read == file.kept + sum(file.rejected.values())
    assert report.new_events == report.kept
    assert report.events == rows(connection, "SELECT count(*) FROM events")[0][0]
    assert len(report.rejections) == sum(min(n, 10_000) for f in report.files for n in f.rejected.values())
