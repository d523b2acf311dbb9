"""The second step: users, items, behaviours and texts get their codes, and keep those that they had."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.data import columns
from core.data.plan import default_behaviour
from core.data.roles import is_negative
from core.data.settings import ImportSettings
from core.data.sql import text
from core.data.staging import ITEM_TEXTS, Staged
from core.errors import SeqlensError

if TYPE_CHECKING:
    import duckdb

MOST_BEHAVIOURS = 255
PSEUDONYM_DIGITS = 20


def rows_of(staged: Sequence[Staged], wanted: Sequence[str]) -> str:
    """SQL of the sound rows of several files, with the columns `wanted` (null where a file has none), file and record.

    Columns are named as in `Staged.table`; `seq` orders all rows of all files.
    """
    parts = []
    for one in staged:
        kept = [_quoted(name) if name in one.stored else _absent(name) for name in wanted]
        parts.append(
            f"SELECT {', '.join([*kept, f'{one.file}::INTEGER AS file', 'rowid + 1 AS record'])}, "
            f"{one.file}::BIGINT * {1 << 40} + rowid AS seq FROM {one.table} WHERE rule = 0"
        )
    return " UNION ALL ".join(parts)


_TYPES = {"time": "BIGINT", "step": "DOUBLE", "value": "FLOAT", "price": "FLOAT", "rule": "UTINYINT"}


def _quoted(name: str) -> str:
    return f'"{name}"'


def _absent(name: str) -> str:
    return f'NULL::{_TYPES.get(name, "VARCHAR")} AS "{name}"'


def encode_users(connection: duckdb.DuckDBPyConnection, events: Sequence[Staged], settings: ImportSettings) -> None:
    """Fill `incoming_users`; `user_codes` (raw, code) then leads from the ids in the files to their codes."""
    identity = columns.trimmed("raw")
    if settings.pseudonym_key is not None:
        identity = pseudonym(identity, settings.pseudonym_key)
    seen = _distinct(events, "user")
    connection.execute(f"CREATE TEMP TABLE raw_users AS SELECT raw, {identity} AS id FROM ({seen})")
    _add_new(connection, "users", "SELECT id FROM raw_users")
    connection.execute("CREATE TEMP TABLE user_codes AS SELECT raw, code FROM raw_users JOIN incoming_users USING (id)")


def _distinct(staged: Sequence[Staged], column: str) -> str:
    """SQL of the different texts of a column among the sound rows, as `raw`."""
    having = [one for one in staged if column in one.stored]
    if not having:
        return "SELECT NULL::VARCHAR AS raw LIMIT 0"
    return f'SELECT DISTINCT "{column}" AS raw FROM ({rows_of(having, [column])}) WHERE "{column}" IS NOT NULL'


def pseudonym(identity: str, key: bytes) -> str:
    """SQL for HMAC-SHA-256 of a text under a key (RFC 2104), the first `PSEUDONYM_DIGITS` hexadecimal digits.

    DuckDB computes it over whole columns: H(key ^ opad, H(key ^ ipad, text)).
    """
    from hashlib import sha256

    block = (sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
    inner, outer = bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)
    return (
        f"left(sha256(unhex('{outer.hex()}') || unhex(sha256(unhex('{inner.hex()}') || encode({identity})))), "
        f"{PSEUDONYM_DIGITS})"
    )


def encode_items(
    connection: duckdb.DuckDBPyConnection,
    events: Sequence[Staged],
    catalogues: Sequence[Staged],
    settings: ImportSettings,
) -> dict[str, int]:
    """Fill `incoming_items`; `item_codes` (raw, code) then leads from the ids in the files to their codes.

    What a row says about an item replaces what earlier rows and imports said; a row that says nothing leaves it.

    Returns:
        how many missing descriptions were filled, by role.
    """
    every = [*events, *catalogues]
    connection.execute(
        f"CREATE TEMP TABLE raw_items AS SELECT raw, {columns.trimmed('raw')} AS id FROM ({_distinct(every, 'item')})"
    )
    _add_new(connection, "items", "SELECT id FROM raw_items", ("title", "category", "description", "price"))
    connection.execute("CREATE TEMP TABLE item_codes AS SELECT raw, code FROM raw_items JOIN incoming_items USING (id)")
    told = [one for one in every if one.stored & {*ITEM_TEXTS, "price"}]
    if told:
        roles = [role for role in (*ITEM_TEXTS, "price") if any(role in one.stored for one in told)]
        last = ", ".join(f"arg_max({role}, seq) AS {role}" for role in roles)
        new = ", ".join(f"{role} = coalesce(told.{role}, incoming_items.{role})" for role in roles)
        connection.execute(
            f"UPDATE incoming_items SET {new} FROM (SELECT code, {last} FROM ({rows_of(told, ['item', *roles])}) "
            "JOIN item_codes ON raw = item GROUP BY code) told WHERE incoming_items.code = told.code"
        )
    return {role: count for role in (*ITEM_TEXTS, "price") if (count := _fill(connection, role, settings))}


def _fill(connection: duckdb.DuckDBPyConnection, role: str, settings: ImportSettings) -> int:
    if role not in settings.fill:
        return 0
    fill = settings.fill[role]
    literal = fill_value(connection, role, "incoming_items", fill) if role == "price" else text(str(fill))
    if literal is None:
        return 0
    done = connection.execute(f"UPDATE incoming_items SET {role} = {literal} WHERE {role} IS NULL").fetchall()
    return int(done[0][0])


def fill_value(connection: duckdb.DuckDBPyConnection, column: str, source: str, fill: str | float) -> str | None:
    """SQL of the number that fills a column; None for a mean or median where there is no number to take it from."""
    if fill not in ("mean", "median"):
        return repr(float(fill))
    function = "avg" if fill == "mean" else "median"
    found = connection.execute(f"SELECT {function}({column}) FROM {source}").fetchall()[0][0]
    return None if found is None else repr(float(found))


def _add_new(connection: duckdb.DuckDBPyConnection, table: str, ids: str, more: Sequence[str] = ()) -> None:
    """Fill `incoming_{table}` with the rows of `table` and, after them, one for each new id; rank all by text."""
    rest = "".join(f", {name}" for name in more)
    nulls = "".join(f", NULL AS {name}" for name in more)
    new = (
        f"SELECT (SELECT count(*) FROM former_{table}) + row_number() OVER (ORDER BY id) - 1 AS code, id{nulls} "
        f"FROM (SELECT DISTINCT id FROM ({ids}) WHERE id NOT IN (SELECT id FROM former_{table}))"
    )
    connection.execute(
        f"INSERT INTO incoming_{table} BY NAME SELECT code, id, row_number() OVER (ORDER BY id) - 1 AS rank{rest} "
        f"FROM (SELECT code, id{rest} FROM former_{table} UNION ALL {new}) ORDER BY code"
    )


def encode_behaviours(
    connection: duckdb.DuckDBPyConnection, events: Sequence[Staged], settings: ImportSettings
) -> None:
    """Fill `incoming_behaviours`; `behaviour_codes` (raw, code) leads from the files' values to their codes.

    Raises:
        SeqlensError: there are more than a byte can tell apart.
    """
    raw = {row[0] for row in connection.execute(_distinct(events, "behaviour")).fetchall()}
    names = {value: settings.behaviours.get(value.strip()) or value.strip() for value in raw}
    names |= {name: name for name in lone_behaviours(events, settings).values()}
    known = connection.execute("SELECT name, negative FROM former_behaviours ORDER BY code").fetchall()
    flags: dict[str, bool] = dict(known)
    for name in sorted(set(names.values())):
        if settings.negative is not None:
            flags[name] = name in settings.negative
        else:
            flags.setdefault(name, is_negative(name))
    if len(flags) > MOST_BEHAVIOURS:
        raise SeqlensError(
            "There are {count} different behaviours, such as {example}. Choose another column for the behaviour; at "
            "most {most} can be told apart.",
            count=len(flags),
            example=min(names.values()),
            most=MOST_BEHAVIOURS,
        )
    codes = {name: code for code, name in enumerate(flags)}
    rows = ", ".join(f"({code}, {text(name)}, {flags[name]})" for name, code in codes.items())
    connection.execute("CREATE TEMP TABLE behaviour_codes (raw VARCHAR, code UTINYINT)")
    if rows:
        connection.execute(f"INSERT INTO incoming_behaviours VALUES {rows}")
    if names:
        values = ", ".join(f"({text(value)}, {codes[name]})" for value, name in sorted(names.items()))
        connection.execute(f"INSERT INTO behaviour_codes VALUES {values}")


def lone_behaviours(events: Sequence[Staged], settings: ImportSettings) -> dict[int, str]:
    """The one behaviour of each file that has no column for it, by number of the file."""
    return {one.file: default_behaviour(one.planned, settings) for one in events if "behaviour" not in one.stored}


def encode_texts(connection: duckdb.DuckDBPyConnection, events: Sequence[Staged]) -> None:
    """Fill `incoming_texts`; events find their codes there by the text itself."""
    connection.execute(
        "INSERT INTO incoming_texts SELECT code, text FROM former_texts UNION ALL "
        "SELECT (SELECT count(*) FROM former_texts) + row_number() OVER (ORDER BY raw) - 1, raw "
        f"FROM ({_distinct(events, 'text')}) WHERE raw NOT IN (SELECT text FROM former_texts) ORDER BY code"
    )


def count_missing(connection: duckdb.DuckDBPyConnection, events: Sequence[Staged], column: str) -> int:
    """How many sound rows have nothing in a column."""
    found = connection.execute(f'SELECT count(*) - count("{column}") FROM ({rows_of(events, [column])})').fetchall()
    return int(found[0][0]) if events else 0
