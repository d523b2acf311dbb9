"""Data made for tests: workspace tables filled directly with SQL, and the events of one user."""

from __future__ import annotations

import json
from collections.abc import Sequence

import duckdb
import numpy as np
import pyarrow as pa

from core.data.tables import EVENT_ORDER, create_statements
from core.sequences.log import Behaviour
from core.sequences.store import UserEvents

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


def sequence(
    times: Sequence[int],
    behaviours: Sequence[int] = (),
    names: Sequence[str] = ("view", "purchase", "cart"),
    timed: bool = True,
    titles: Sequence[str | None] = (),
) -> UserEvents:
    """The events of one user as the store gives them: item `i` for the event `i`, with a title, a category, a price."""
    count = len(times)
    numbers = range(count)
    return UserEvents(
        user=7,
        user_id="user 7",
        item=np.arange(count, dtype=np.int32),
        behaviour=np.array(behaviours or [0] * count, np.uint8),
        time=np.array(times, np.int64),
        value=np.full(count, np.nan, np.float32),
        price=np.arange(count, dtype=np.float32),
        ids=pa.array([f"item-{number}" for number in numbers], pa.string()),
        titles=pa.array(list(titles) or [f"Title {number}" for number in numbers], pa.string()),
        categories=pa.array([f"Category {number % 3}" for number in numbers], pa.string()),
        texts=pa.nulls(count, pa.string()),
        behaviours=tuple(Behaviour(name) for name in names),
        timed=timed,
    )
