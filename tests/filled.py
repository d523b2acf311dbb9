"""Workspace tables filled directly with SQL, for tests of what reads them."""

from __future__ import annotations

import json
from collections.abc import Sequence

import duckdb

from core.data.tables import EVENT_ORDER, create_statements

# user, time, item, behaviour, value, text; in each the code, or None
Event = tuple[int, int, int | None, int, float | None, int | None]
Item = tuple[str, str | None, str | None, str | None, float | None]  # id, title, category, description, price


def fill(
    connection: duckdb.DuckDBPyConnection,
    users: Sequence[str],
    items: Sequence[Item],
    behaviours: Sequence[tuple[str, bool]],
    events: Sequence[Event],
    texts: Sequence[str] = (),
    timed: bool = True,
    create: bool = True,
) -> None:
    """Put these rows into the tables as an import does; `create` also creates the tables."""
    if create:
        for statement in create_statements():
            connection.execute(statement)
    for table, names in (("users", list(users)), ("items", [item[0] for item in items])):
        rank = {name: place for place, name in enumerate(sorted(names))}
        rows = [(code, name, rank[name]) for code, name in enumerate(names)]
        if table == "items":
            rows = [(*row, *item[1:]) for row, item in zip(rows, items, strict=True)]
        _insert(connection, table, rows)
    _insert(connection, "behaviours", [(code, *behaviour) for code, behaviour in enumerate(behaviours)])
    _insert(connection, "texts", list(enumerate(texts)))
    _insert(connection, "incoming", [(*event, 0, record) for record, event in enumerate(events)], like="events")
    connection.execute(f"INSERT INTO events SELECT * FROM incoming ORDER BY {EVENT_ORDER}; DROP TABLE incoming")
    connection.execute(
        'INSERT INTO user_figures SELECT code, count(e."user"), min(time), max(time) '
        'FROM users LEFT JOIN events e ON e."user" = code GROUP BY code'
    )
    _insert(connection, "data_facts", [("timed", json.dumps(timed)), ("fingerprint", json.dumps("filled"))])


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]], like: str = ""
) -> None:
    if like:
        connection.execute(f"CREATE TABLE {table} AS FROM {like} LIMIT 0")
    if rows:
        places = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({places})", [list(row) for row in rows])
