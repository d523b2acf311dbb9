"""SQL that turns the text of a column into what the workspace keeps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from core.data import parquet
from core.data.reader import Source
from core.data.settings import Rules
from core.data.sql import identifier, text, text_list
from core.data.values import OFFSET, decimal_comma
from core.files import HARMLESS, PLAIN

BLANKS = r"e' \t\r\n'"
MICROSECONDS = {"seconds": 1_000_000, "milliseconds": 1_000, "microseconds": 1}


def trimmed(column: str) -> str:
    """The text without blanks around it, and without the apostrophe that `core.files.harmless` put before it."""
    return (
        f"CASE WHEN {_padded(column)} THEN {_plain(f'trim({column}, {BLANKS})')} "
        f"WHEN prefix({column}, chr(39)) THEN {_plain(column)} ELSE {column} END"
    )


def _plain(column: str) -> str:
    return f"regexp_replace({column}, {text(HARMLESS)}, {text(PLAIN)})"


def _padded(column: str) -> str:
    # Trimming costs ten times as much as these two looks, and hardly any value needs it.
    return f"({column} < '!' OR suffix({column}, ' '))"


def is_missing(column: str, missing: tuple[str, ...]) -> str:
    """Whether a text is blank or stands for a missing value."""
    tokens = ("", *missing)
    return (
        f"({column} IS NULL OR CASE WHEN {_padded(column)} THEN {is_one(f'trim({column}, {BLANKS})', tokens)} "
        f"ELSE {is_one(column, tokens)} END)"
    )


def is_one(column: str, texts: Iterable[str]) -> str:
    """Whether a text is one of these. IN would do, but DuckDB makes a join of it, which is done for every row even
    where CASE says that it need not be."""
    return f"list_contains([{text_list(dict.fromkeys(texts))}], {column})"


def is_plain(column: str, others: Iterable[str]) -> str:
    """Whether a text is there, has no blanks around it and is none of `others`; null if it is null.

    This is cheap, and true of nearly every value: what costs more is only asked of the rest.
    """
    others = tuple(others)
    other = f"NOT {is_one(column, others)}"
    if not any("0" <= text[:1] <= "9" for text in others):  # most ids are numbers, which need not be compared then
        other = f"CASE WHEN {column} >= '0' AND {column} < ':' THEN true ELSE {other} END"
    return f"({column} >= '!' AND NOT suffix({column}, ' ') AND {other})"


def clean_text(column: str, missing: tuple[str, ...]) -> str:
    """The trimmed text, null if it is missing."""
    return f"CASE WHEN NOT {is_missing(column, missing)} THEN {trimmed(column)} END"


def number(source: Source, name: str, decimal: str) -> str:
    """A float, null where the text is no finite number. Currencies and signs between thousands are put up with."""
    column = source.column(name)
    kind = source.types[source.columns.index(name)]
    if kind != "VARCHAR":
        return _finite(f"try_cast({column} AS FLOAT)")
    bare = f"regexp_replace({column}, '[¥￥$€£元\\s'']', '', 'g')"
    if has_decimal_commas(source, name, decimal):
        dotted = f"replace(replace({bare}, '.', ''), ',', '.')"
        return _finite(f"try_cast({dotted} AS FLOAT)")
    plain = f"try_cast({column} AS FLOAT)"
    other = _finite(f"try_cast(replace({bare}, ',', '') AS FLOAT)")
    return f"CASE WHEN isfinite({plain}) THEN {plain} ELSE {other} END"


def has_decimal_commas(source: Source, name: str, decimal: str) -> bool:
    """Whether a comma divides the whole from the fraction in the numbers of a column."""
    return decimal == "," or (decimal == "auto" and decimal_comma(source.values(name), source.delimiter))


def _finite(expression: str) -> str:
    return f"CASE WHEN isfinite({expression}) THEN {expression} END"


def step(source: Source, name: str) -> str:
    """A double that orders a user's events."""
    return _finite(f"try_cast({source.column(name)} AS DOUBLE)")


def time(source: Source, name: str, time_format: str) -> str:
    """Microseconds since 1970 UTC as BIGINT, null where the text is no time in the format."""
    column = source.column(name)
    kind = source.types[source.columns.index(name)]
    if parquet.is_temporal(kind):
        quoted = identifier(name)
        return f"epoch_us({quoted})" if "TIME ZONE" in kind else f"epoch_us({quoted}::TIMESTAMP)"
    if time_format in MICROSECONDS:
        unit = MICROSECONDS[time_format]
        # A double holds these whole: microseconds of the year 2200 take 53 bits.
        value = f"try_cast({column} AS DOUBLE)"
        return f"CASE WHEN abs({value}) < {9.2e18 / unit:.0f} THEN ({value} * {unit})::BIGINT END"
    if time_format == "iso":
        zoned = any(OFFSET.search(value) for value in source.values(name))
        moment = f"try_cast({trimmed(column)} AS {'TIMESTAMPTZ' if zoned else 'TIMESTAMP'})"
    else:
        moment = f"try_strptime({trimmed(column)}, {text(time_format)})"
    return f"CASE WHEN isfinite({moment}) THEN epoch_us({moment}) END"


def bounds(rules: Rules) -> tuple[int, int]:
    """First and last allowed time, microseconds since 1970 UTC."""
    latest = rules.latest or (datetime.now(UTC) + timedelta(days=1)).isoformat()
    return _microseconds(rules.earliest), _microseconds(latest)


def _microseconds(moment: str) -> int:
    found = datetime.fromisoformat(moment)
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return (found - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
