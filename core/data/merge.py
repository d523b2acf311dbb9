"""The third step: events with codes, without duplicates, in their one order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.data.codes import fill_value, lone_behaviours, rows_of
from core.data.settings import ImportSettings
from core.data.sql import text
from core.data.staging import Staged
from core.data.tables import EVENT_ORDER

if TYPE_CHECKING:
    import duckdb

COLUMNS = '"user", time, item, behaviour, value, text, file, record'
SAME = '"user", time, item, behaviour, value, text'


def merge_timed(connection: duckdb.DuckDBPyConnection, events: Sequence[Staged], settings: ImportSettings) -> None:
    """Fill `incoming_events` with the former and the new events by time; duplicates stand in `duplicates`."""
    connection.execute(
        f"INSERT INTO incoming_events SELECT {COLUMNS} FROM (SELECT {COLUMNS} FROM former_events "
        f"UNION ALL SELECT {COLUMNS} FROM ({_coded(connection, events, settings)})) ORDER BY {EVENT_ORDER}"
    )
    if not settings.rules.duplicate:
        _no_duplicates(connection)
        return
    # Only events with the user and time of their neighbour can be duplicates. The table is sorted, so neighbours are
    # found by streaming over it; and in most logs they are few, so only these few are grouped.
    close = (
        'SELECT DISTINCT "user", time FROM (SELECT "user", time, "user" = lag("user") OVER () '
        "AND time = lag(time) OVER () AS close FROM incoming_events) WHERE close"
    )
    connection.execute(
        "CREATE TEMP TABLE duplicates AS SELECT place, file, record, item FROM (SELECT e.rowid AS place, file, record, "
        f"item, row_number() OVER (PARTITION BY {SAME} ORDER BY e.rowid) AS n FROM incoming_events e "
        f'JOIN ({close}) c USING ("user", time)) WHERE n > 1 AND file >= {_first(events)}'
    )
    if connection.execute("SELECT count(*) FROM duplicates").fetchall()[0][0]:
        connection.execute("DELETE FROM incoming_events WHERE rowid IN (SELECT place FROM duplicates)")


def merge_untimed(connection: duckdb.DuckDBPyConnection, events: Sequence[Staged], settings: ImportSettings) -> None:
    """Fill `incoming_events` with the former events and after them the new ones, by step, file and record."""
    connection.execute(f"CREATE TEMP TABLE coded AS {_coded(connection, events, settings)}")
    if settings.rules.duplicate:
        _untimed_duplicates(connection)
        connection.execute("DELETE FROM coded WHERE (file, record) IN (SELECT (file, record) FROM duplicates)")
    else:
        _no_duplicates(connection)
    place = 'coalesce(before, 0) + row_number() OVER (PARTITION BY c."user" ORDER BY step, file, record) - 1'
    connection.execute(
        f"INSERT INTO incoming_events SELECT {COLUMNS} FROM (SELECT {COLUMNS} FROM former_events UNION ALL "
        f'SELECT c."user", {place} AS time, item, behaviour, value, text, file, record FROM coded c LEFT JOIN '
        '(SELECT "user", max(time) + 1 AS before FROM former_events GROUP BY "user") f USING ("user")) '
        f"ORDER BY {EVENT_ORDER}"
    )


def _untimed_duplicates(connection: duckdb.DuckDBPyConnection) -> None:
    """Without times, two equal events may both have happened. These have not: events with the same step, and the
    beginning of a sequence that repeats all that is stored of this user (the file has grown and comes again)."""
    connection.execute(
        "CREATE TEMP TABLE duplicates AS SELECT file, record, item FROM (SELECT *, row_number() OVER "
        '(PARTITION BY "user", step, item, behaviour, value, text ORDER BY file, record) AS n FROM coded '
        "WHERE step IS NOT NULL) WHERE n > 1"
    )
    same = " AND ".join(f"n.{name} IS NOT DISTINCT FROM f.{name}" for name in ("item", "behaviour", "value", "text"))
    connection.execute(
        "INSERT INTO duplicates WITH numbered AS (SELECT *, row_number() OVER "
        '(PARTITION BY "user" ORDER BY step, file, record) - 1 AS place FROM coded '
        "WHERE (file, record) NOT IN (SELECT (file, record) FROM duplicates)), "
        'stored AS (SELECT *, row_number() OVER (PARTITION BY "user" ORDER BY time, file, record) - 1 AS place, '
        'count(*) OVER (PARTITION BY "user") AS length FROM former_events), '
        f'equal AS (SELECT n."user", n.file, n.record, n.item, length FROM numbered n JOIN stored f '
        f'ON n."user" = f."user" AND n.place = f.place AND {same}) '
        'SELECT file, record, item FROM equal WHERE "user" IN '
        '(SELECT "user" FROM equal GROUP BY "user" HAVING count(*) = max(length))'
    )


def _no_duplicates(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("CREATE TEMP TABLE duplicates (file INTEGER, record BIGINT, item INTEGER)")


def _first(events: Sequence[Staged]) -> int:
    return min((one.file for one in events), default=0)


def _coded(connection: duckdb.DuckDBPyConnection, events: Sequence[Staged], settings: ImportSettings) -> str:
    """SQL of the sound rows of all event files with codes in place of texts; also `step`."""
    if not events:
        return f"SELECT {COLUMNS}, NULL::DOUBLE AS step FROM former_events LIMIT 0"
    rows = rows_of(events, ["user", "time", "item", "behaviour", "value", "text", "step"])
    lone = lone_behaviours(events, settings)
    behaviour = "s.behaviour"
    if lone:
        cases = " ".join(f"WHEN {file} THEN {text(name)}" for file, name in lone.items())
        behaviour = f"coalesce(s.behaviour, CASE file {cases} END)"
    value = "s.value"
    if "value" in settings.fill and (number := _value_fill(connection, events, settings)) is not None:
        value = f"coalesce(s.value, {number}::FLOAT)"
    texts = any("text" in one.stored for one in events)
    return (
        f'SELECT u.code AS "user", s.time, i.code AS item, b.code AS behaviour, {value} AS value, '
        f"{'t.code' if texts else 'NULL::INTEGER'} AS text, file, record, step FROM ({rows}) s "
        'JOIN user_codes u ON u.raw = s."user" LEFT JOIN item_codes i ON i.raw = s.item '
        f"JOIN behaviour_codes b ON b.raw = {behaviour} "
        + ("LEFT JOIN incoming_texts t ON t.text = s.text" if texts else "")
    )


def _value_fill(
    connection: duckdb.DuckDBPyConnection, events: Sequence[Staged], settings: ImportSettings
) -> str | None:
    return fill_value(connection, "value", f"({rows_of(events, ['value'])})", settings.fill["value"])
