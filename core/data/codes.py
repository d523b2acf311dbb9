"""The second step: users, items, behaviours and texts get their codes, and keep those that they had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.data import columns
from core.data.arrow import numbers
from core.data.gathering import Gathered
from core.data.roles import is_negative
from core.data.settings import ImportSettings
from core.data.sql import text
from core.data.staging import ITEM_TEXTS
from core.errors import SeqlensError
from core.files import plain
from core.progress import Progress

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

MOST_BEHAVIOURS = 255
PSEUDONYM_DIGITS = 20


@dataclass(frozen=True)
class Codes:
    """The code in the workspace of each number in `Gathered`: int32 [numbers] of users, items and texts, uint8 of
    behaviours."""

    user: NDArray[np.int32]
    item: NDArray[np.int32]
    behaviour: NDArray[np.uint8]
    text: NDArray[np.int32]


def encode(
    connection: duckdb.DuckDBPyConnection, gathered: Gathered, settings: ImportSettings, progress: Progress
) -> Codes:
    """Fill `incoming_users`, `incoming_items`, `incoming_behaviours` and `incoming_texts`.

    The ids of users as they stand in the files are left in `raw_users` (number, raw, id).

    Raises:
        SeqlensError: there are more behaviours than a byte can tell apart.
    """
    progress.step(0.65, 1, "Finding users")
    user = _encode_users(connection, gathered, settings)
    progress.step(0.68, 1, "Finding items")
    return Codes(
        user=user,
        item=_encode_items(connection, gathered),
        behaviour=_encode_behaviours(connection, gathered, settings),
        text=_encode_texts(connection, gathered),
    )


def _encode_users(
    connection: duckdb.DuckDBPyConnection, gathered: Gathered, settings: ImportSettings
) -> NDArray[np.int32]:
    identity = columns.trimmed("raw")
    if settings.pseudonym_key is not None:
        identity = pseudonym(identity, settings.pseudonym_key)
    _put_raw(connection, "users", gathered.users.all(), identity)
    _add_new(connection, "users")
    return _codes(connection, "users")


def _put_raw(connection: duckdb.DuckDBPyConnection, table: str, raw: pa.Array, identity: str) -> None:
    """Make `raw_{table}` (number, raw, id)."""
    import pyarrow as pa

    told = pa.table({"number": pa.array(np.arange(len(raw), dtype=np.int32)), "raw": raw})
    connection.execute(f"CREATE TEMP TABLE raw_{table} AS SELECT number, raw, {identity} AS id FROM told")
    del told


def _codes(connection: duckdb.DuckDBPyConnection, table: str) -> NDArray[np.int32]:
    found = connection.execute(
        f"SELECT code FROM raw_{table} JOIN incoming_{table} USING (id) ORDER BY number"
    ).to_arrow_table()
    return numbers(found.column("code")).astype(np.int32)


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


def _encode_items(connection: duckdb.DuckDBPyConnection, gathered: Gathered) -> NDArray[np.int32]:
    """What a row says about an item replaces what earlier rows and imports said; a row that says nothing leaves it."""
    import pyarrow as pa

    _put_raw(connection, "items", gathered.items.all(), columns.trimmed("raw"))
    _add_new(connection, "items", (*ITEM_TEXTS, "price"))
    codes = _codes(connection, "items")
    for role in gathered.descriptions.roles():
        items, said = gathered.descriptions.last(role, codes)
        told = pa.table({"code": pa.array(items), "said": said})
        connection.execute(f"UPDATE incoming_items SET {role} = said FROM told WHERE incoming_items.code = told.code")
        del told
    return codes


def fill_items(connection: duckdb.DuckDBPyConnection, settings: ImportSettings) -> dict[str, int]:
    """Fill missing descriptions of items; their counts by role."""
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
    found = connection.execute(f"SELECT {function}({column}) FROM {source} WHERE NOT isnan({column})").fetchall()[0][0]
    return None if found is None else repr(float(found))


def _add_new(connection: duckdb.DuckDBPyConnection, table: str, more: Sequence[str] = ()) -> None:
    """Fill `incoming_{table}` with the rows of `table` and, after them, one for each new id; rank all by text."""
    rest = "".join(f", {name}" for name in more)
    nulls = "".join(f", NULL AS {name}" for name in more)
    new = (
        f"SELECT (SELECT count(*) FROM former_{table}) + row_number() OVER (ORDER BY id) - 1 AS code, id{nulls} "
        f"FROM (SELECT DISTINCT id FROM raw_{table} WHERE id NOT IN (SELECT id FROM former_{table}))"
    )
    connection.execute(
        f"INSERT INTO incoming_{table} BY NAME SELECT code, id, row_number() OVER (ORDER BY id) - 1 AS rank{rest} "
        f"FROM (SELECT code, id{rest} FROM former_{table} UNION ALL {new}) ORDER BY code"
    )


def _encode_behaviours(
    connection: duckdb.DuckDBPyConnection, gathered: Gathered, settings: ImportSettings
) -> NDArray[np.uint8]:
    raws: list[str] = gathered.behaviours.all().to_pylist()
    lone = gathered.lone
    names = [raw if raw in lone else settings.behaviours.get(raw.strip()) or plain(raw.strip()) for raw in raws]
    known = connection.execute("SELECT name, negative FROM former_behaviours ORDER BY code").fetchall()
    flags: dict[str, bool] = dict(known)
    for name in sorted(set(names)):
        if settings.negative is not None:
            flags[name] = name in settings.negative
        else:
            flags.setdefault(name, is_negative(name))
    if len(flags) > MOST_BEHAVIOURS:
        raise SeqlensError(
            "There are {count} different behaviours, such as {example}. Choose another column for the behaviour; at "
            "most {most} can be told apart.",
            count=len(flags),
            example=min(names),
            most=MOST_BEHAVIOURS,
        )
    codes = {name: code for code, name in enumerate(flags)}
    rows = ", ".join(f"({code}, {text(name)}, {flags[name]})" for name, code in codes.items())
    if rows:
        connection.execute(f"INSERT INTO incoming_behaviours VALUES {rows}")
    return np.array([codes[name] for name in names], np.uint8)


def _encode_texts(connection: duckdb.DuckDBPyConnection, gathered: Gathered) -> NDArray[np.int32]:
    import pyarrow as pa

    raw = gathered.texts.all()
    told = pa.table({"number": pa.array(np.arange(len(raw), dtype=np.int32)), "raw": raw})
    connection.execute("CREATE TEMP TABLE raw_texts AS SELECT number, raw FROM told")
    del told
    connection.execute(
        "INSERT INTO incoming_texts SELECT code, text FROM former_texts UNION ALL "
        "SELECT (SELECT count(*) FROM former_texts) + row_number() OVER (ORDER BY raw) - 1, raw "
        "FROM raw_texts WHERE raw NOT IN (SELECT text FROM former_texts) ORDER BY code"
    )
    found = connection.execute(
        "SELECT code FROM raw_texts JOIN incoming_texts ON text = raw ORDER BY number"
    ).to_arrow_table()
    return numbers(found.column("code")).astype(np.int32)
