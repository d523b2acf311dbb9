"""The first pass: each file becomes a temporary table of cleaned columns, each row with the rule that it breaks.

The tables are temporary because they hold raw ids, and because they vanish with the connection. Rows stand in the order
of the file, so that DuckDB's `rowid` is the number of the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.data import columns
from core.data.encodings import load_encodings
from core.data.plan import Planned
from core.data.report import RULES
from core.data.scan import Scan
from core.data.settings import ImportSettings
from core.data.sql import text
from core.errors import SeqlensError

if TYPE_CHECKING:
    import duckdb

UNKNOWN = "unknown"
"""The user or behaviour of rows without one, where the rule against them is off."""

RULE_CODES = {rule: code for code, rule in enumerate(RULES, start=1)}
MOST_LINES = 3
"""Line breaks in a row with a quotation mark too many before it is taken for one that swallows other rows."""

ITEM_TEXTS = ("title", "category", "description")


@dataclass(frozen=True)
class Staged:
    """One file in its temporary table.

    Attributes:
        file: its number in the workspace.
        planned: the file.
        scan: what the pass over its bytes told.
        table: name of the table, with those of these columns for which the file has one: user, item, behaviour, time
            (microseconds), step, value, text, title, category, description, price; and `rule`, a code of `RULE_CODES`
            or 0. Ids are as in the file, with blanks and signs for missing values. In a rejected row `item` is the
            text for which it is rejected.
        stored: names of the columns.
        records: rows in the table.
        rejected: count by rule of what the rules reject.
        malformed: int64 [m], sorted: the lines, as DuckDB counts them, of rows that it could not read.
        filled: missing values that were filled, by role.
        blanked: values that are no numbers and were left out, by role.
    """

    file: int
    planned: Planned
    scan: Scan
    table: str
    stored: frozenset[str]
    records: int
    rejected: Mapping[str, int]
    malformed: NDArray[np.int64]
    filled: Mapping[str, int]
    blanked: Mapping[str, int]

    @property
    def read(self) -> int:
        """Rows of the file, the malformed ones included."""
        return self.records + len(self.malformed)


def stage(
    connection: duckdb.DuckDBPyConnection,
    file: int,
    planned: Planned,
    scan: Scan,
    settings: ImportSettings,
    timed: bool,
) -> Staged:
    """Read a file into its temporary table.

    Raises:
        duckdb.Error: the file or a disk failed.
        SeqlensError: a quotation mark is not closed.
    """
    source = planned.source
    if source.format != "parquet":
        load_encodings(connection, source.encoding)
    table, rejects = f"staged_{file}", f"malformed_{file}"
    query = _events(planned, settings, timed) if source.kind == "events" else _items(planned, settings)
    _read(connection, planned, table, rejects, query)
    malformed = np.zeros(0, np.int64)
    if source.format != "parquet":
        malformed = _malformed(connection, rejects)
        _refuse_open_quotes(connection, planned, rejects)
    stored = _columns(connection, table)
    flags = [f"count_if({flag})" if flag in stored else "0" for flag in ("filled", "bad_value", "bad_price")]
    counts = connection.execute(f"SELECT rule, count(*), {', '.join(flags)} FROM {table} GROUP BY rule").fetchall()
    names = {code: rule for rule, code in RULE_CODES.items()}
    kept = [row for row in counts if row[0] == 0] or [(0, 0, 0, 0, 0)]
    return Staged(
        file=file,
        planned=planned,
        scan=scan,
        table=table,
        stored=frozenset(stored),
        records=sum(row[1] for row in counts),
        rejected={names[row[0]]: row[1] for row in counts if row[0]},
        malformed=malformed,
        filled={"behaviour": kept[0][2]} if kept[0][2] else {},
        blanked={role: count for role, count in zip(("value", "price"), kept[0][3:], strict=True) if count},
    )


def _read(connection: duckdb.DuckDBPyConnection, planned: Planned, table: str, rejects: str, query: str) -> None:
    import duckdb

    source = planned.source
    for lenient in (False, True):
        try:
            connection.execute(f"CREATE TEMP TABLE {table} AS {query.format(source=source.relation(rejects, lenient))}")
        except duckdb.InvalidInputException as error:
            # Lines that end in different ways are only put up with where DuckDB is not strict, and there it is not
            # strict about quotation marks either; so that is the second try.
            if lenient or source.format == "parquet" or "invalid state" not in str(error):
                raise
            for name in (f"{rejects}_errors", f"{rejects}_scans"):
                connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
        else:
            return


def _malformed(connection: duckdb.DuckDBPyConnection, rejects: str) -> NDArray[np.int64]:
    found = connection.execute(f"SELECT DISTINCT line FROM temp.{rejects}_errors ORDER BY line").fetchnumpy()
    return np.asarray(found["line"], dtype=np.int64)


def _refuse_open_quotes(connection: duckdb.DuckDBPyConnection, planned: Planned, rejects: str) -> None:
    """A quotation mark that is not closed makes one row of many; to count that as one would lose the others unseen."""
    found = connection.execute(
        "SELECT line, lines FROM (SELECT line, length(csv_line) - length(replace(csv_line, e'\\n', '')) AS lines "
        f"FROM temp.{rejects}_errors WHERE error_type::VARCHAR IN ('UNQUOTED VALUE', 'LINE SIZE OVER MAXIMUM')) "
        f"WHERE lines > {MOST_LINES} ORDER BY line LIMIT 1"
    ).fetchone()
    if found is not None:
        raise SeqlensError(
            "{file}, line {line}: a quotation mark is not closed, so that at least {lines} lines would be read as one "
            "row. Close it or remove it, then import again.",
            file=planned.source.path.name,
            line=found[0],
            lines=found[1],
        )


def _events(planned: Planned, settings: ImportSettings, timed: bool) -> str:
    """SQL of the table of an event file; {source} stands for what it reads."""
    source, missing, rules = planned.source, settings.missing, settings.rules
    found = {role: source.column(name) for role in _PLAIN if (name := planned.column(role))}
    found.setdefault("item", "NULL::VARCHAR")
    found |= _described(planned, settings)
    if "text" in found:
        found["text"] = columns.clean_text(found["text"], missing)
    if timed and (name := planned.column("time")):
        found["time"], found["raw_time"] = columns.time(source, name, planned.time_format), source.column(name)
    elif settings.order == "time" and (name := planned.column("order")):
        found["step"] = columns.step(source, name)
    _add_number(found, planned, "value", settings)

    no_user, no_item = columns.is_missing('"user"', missing), columns.is_missing("item", missing)
    lone_text = "text IS NOT NULL" if "text" in found and settings.keep_text_events else "false"
    span = "time BETWEEN {} AND {}".format(*columns.bounds(rules)) if rules.impossible_time else "time IS NOT NULL"
    broken = {
        "missing_user": no_user if rules.missing_user else "",
        "missing_item": f"{no_item} AND NOT {lone_text}" if rules.missing_item else "",
        "invalid_behaviour": _invalid(settings) if "behaviour" in found else "",
        "unreadable_time": "time IS NULL" if "time" in found else "",
        "impossible_time": f"NOT {span}" if "time" in found and rules.impossible_time else "",
    }
    sound = [columns.is_plain('"user"', missing), columns.is_plain("item", missing)]
    if "behaviour" in found:
        sound.append(columns.is_plain("behaviour", [*missing, *_invalid_codes(settings)]))
    if "time" in found:
        sound.append(span)
    kept = {
        "user": '"user"' if rules.missing_user else f'CASE WHEN {no_user} THEN {text(UNKNOWN)} ELSE "user" END',
        "item": _item_or_wrong(found, no_item, always=rules.missing_item and lone_text == "false"),
        **{name: name for name in _STORED if name in found},
    }
    if "behaviour" in found:
        kept |= _behaviour(settings)
    return _query(found, " AND ".join(sound), broken, kept)


_PLAIN = ("user", "item", "behaviour", "text")
_STORED = ("time", "step", "value", "text", *ITEM_TEXTS, "price", "bad_value", "bad_price")


def _items(planned: Planned, settings: ImportSettings) -> str:
    """SQL of the table of a catalogue."""
    name = planned.column("item") or ""
    column = planned.source.column(name)
    found = {"item": column, **_described(planned, settings)}
    kept = {"item": "item", **{name: name for name in _STORED if name in found}}
    broken = {"missing_item": columns.is_missing("item", settings.missing)}
    return _query(found, columns.is_plain("item", settings.missing), broken, kept)


def _query(found: Mapping[str, str], sound: str, broken: Mapping[str, str], kept: Mapping[str, str]) -> str:
    """Three layers: what is found in the file, the first rule that it breaks (none if `sound`), and what is kept."""
    cases = " ".join(f"WHEN {test} THEN {RULE_CODES[rule]}" for rule, test in broken.items() if test)
    rule = f"CASE WHEN {sound} THEN 0 {cases} ELSE 0 END::UTINYINT".translate(_BRACES)
    return (
        f"SELECT {_aliased(kept)}, rule FROM (SELECT *, {rule} AS rule FROM (SELECT {_aliased(found)} FROM {{source}}))"
    )


def _aliased(expressions: Mapping[str, str]) -> str:
    # The query is a template for str.format, and names of columns may have braces.
    return ", ".join(f'{expression} AS "{name}"' for name, expression in expressions.items()).translate(_BRACES)


_BRACES = str.maketrans({"{": "{{", "}": "}}"})


def _invalid_codes(settings: ImportSettings) -> list[str]:
    if not settings.rules.invalid_behaviour:
        return []
    return [raw for raw, name in settings.behaviours.items() if name is None]


def _invalid(settings: ImportSettings) -> str:
    """Whether a behaviour is invalid; a missing one is not if it will be filled."""
    if not settings.rules.invalid_behaviour:
        return ""
    tests = [] if "behaviour" in settings.fill else [columns.is_missing("behaviour", settings.missing)]
    if codes := _invalid_codes(settings):
        tests.append(columns.is_one(columns.trimmed("behaviour"), codes))
    return f"({' OR '.join(tests)})" if tests else ""


def _behaviour(settings: ImportSettings) -> dict[str, str]:
    """The behaviour as it stands, and, if missing ones are let through, what fills them."""
    if settings.rules.invalid_behaviour and "behaviour" not in settings.fill:
        return {"behaviour": "behaviour"}
    missing = columns.is_missing("behaviour", settings.missing)
    fill = text(str(settings.fill.get("behaviour", UNKNOWN)))
    return {"behaviour": f"CASE WHEN {missing} THEN {fill} ELSE behaviour END", "filled": missing}


def _item_or_wrong(found: Mapping[str, str], no_item: str, always: bool) -> str:
    """The item of a sound row. A rejected row has no more use for it: what is wrong takes its place, and no room.

    `always`: every sound row has an item.
    """
    wrong = {"invalid_behaviour": "behaviour", "unreadable_time": "raw_time", "impossible_time": "raw_time"}
    cases = " ".join(f"WHEN {RULE_CODES[rule]} THEN {name}" for rule, name in wrong.items() if name in found)
    item = "item" if always else f"CASE WHEN {no_item} THEN NULL ELSE item END"
    return f"CASE rule WHEN 0 THEN {item} {cases} ELSE item END"


def _described(planned: Planned, settings: ImportSettings) -> dict[str, str]:
    """Expressions for what describes an item."""
    found = {}
    for role in ITEM_TEXTS:
        texts = [columns.clean_text(planned.source.column(name), settings.missing) for name in planned.columns(role)]
        if len(texts) == 1:
            found[role] = texts[0]
        elif texts:
            found[role] = f"nullif(concat_ws(', ', {', '.join(texts)}), '')"
    _add_number(found, planned, "price", settings)
    return found


def _add_number(found: dict[str, str], planned: Planned, role: str, settings: ImportSettings) -> None:
    """Add the number of a role, and whether there is something else in its place."""
    if name := planned.column(role):
        column = planned.source.column(name)
        found[role] = number = columns.number(planned.source, name, settings.decimal)
        found[f"bad_{role}"] = f"{number} IS NULL AND NOT {columns.is_missing(column, settings.missing)}"


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    """The columns that the table of a file has: those for which the file has one."""
    return {name for name, *_ in connection.execute(f"DESCRIBE {table}").fetchall()}
