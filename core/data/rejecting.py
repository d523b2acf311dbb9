"""What was rejected, with file, line, column, value and reason: the first `KEPT_REJECTIONS` of each rule and file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.data.lines import malformed_lines, record_lines
from core.data.report import KEPT_REJECTIONS, MALFORMED, RULES
from core.data.settings import ImportSettings
from core.data.sql import text
from core.data.staging import RULE_CODES, Staged

if TYPE_CHECKING:
    import duckdb

# The role whose column is wrong.
_ROLE = {
    "missing_user": "user",
    "missing_item": "item",
    "invalid_behaviour": "behaviour",
    "unreadable_time": "time",
    "impossible_time": "time",
    "duplicate": "item",
}
LONGEST_VALUE = 200


def write_rejections(
    connection: duckdb.DuckDBPyConnection, staged: Iterable[Staged], settings: ImportSettings, duplicates: bool
) -> dict[int, int]:
    """Add to `incoming_rejections` what the rules, DuckDB and (if `duplicates` is filled) the merge rejected.

    Returns:
        how many duplicates each file has, by its number.
    """
    repeated: dict[int, int] = {}
    if duplicates:
        repeated = dict(connection.execute("SELECT file, count(*) FROM duplicates GROUP BY file").fetchall())
    for one in staged:
        if one.rejected or repeated.get(one.file):
            _write_records(connection, one, bool(repeated.get(one.file)))
        if len(one.malformed):
            _write_malformed(connection, one, settings.pseudonym_key is not None)
    return repeated


def _write_records(connection: duckdb.DuckDBPyConnection, one: Staged, repeated: bool) -> None:
    parts = [
        f"(SELECT '{rule}' AS rule, rowid + 1 AS record, item AS value FROM {one.table} "
        f"WHERE rule = {RULE_CODES[rule]} ORDER BY rowid LIMIT {KEPT_REJECTIONS})"
        for rule in one.rejected
    ]
    if repeated:
        parts.append(
            "(SELECT 'duplicate' AS rule, record, id AS value FROM duplicates LEFT JOIN incoming_items ON code = item "
            f"WHERE file = {one.file} ORDER BY record LIMIT {KEPT_REJECTIONS})"
        )
    connection.execute(f"CREATE TEMP TABLE refused AS {' UNION ALL '.join(parts)}")
    records = connection.execute("SELECT DISTINCT record FROM refused ORDER BY record").fetchnumpy()["record"]
    wanted = np.asarray(records, dtype=np.int64)
    if one.planned.source.format == "parquet":
        lines: NDArray[np.int64] | None = None
    else:
        lines = record_lines(one.planned.source, one.scan.lines, one.records, one.malformed, wanted)
    _join_lines(connection, wanted, lines)
    columns = {rule: one.planned.column(role) for rule, role in _ROLE.items()}
    connection.execute(
        f"INSERT INTO incoming_rejections SELECT {one.file}, rule, record, line, {_choice(columns)}, "
        f"left(value, {LONGEST_VALUE}), {_choice(RULES)} FROM refused LEFT JOIN refused_lines USING (record) "
        "ORDER BY rule, record"
    )
    connection.execute("DROP TABLE refused; DROP TABLE refused_lines")


def _join_lines(
    connection: duckdb.DuckDBPyConnection, records: NDArray[np.int64], lines: NDArray[np.int64] | None
) -> None:
    connection.execute("CREATE TEMP TABLE refused_lines (record BIGINT, line BIGINT)")
    if lines is not None:
        connection.execute(
            "INSERT INTO refused_lines SELECT unnest(?::BIGINT[]), unnest(?::BIGINT[])",
            [records.tolist(), lines.tolist()],
        )


def _choice(by_rule: dict[str, str | None] | dict[str, str]) -> str:
    cases = " ".join(f"WHEN {text(rule)} THEN {text(value)}" for rule, value in by_rule.items() if value is not None)
    return f"CASE rule {cases} END"


def _write_malformed(connection: duckdb.DuckDBPyConnection, one: Staged, secret: bool) -> None:
    """The rows that DuckDB could not read. Of pseudonymous data their text is not kept: it may hold a user id."""
    kept = one.malformed[:KEPT_REJECTIONS]
    lines = malformed_lines(one.planned.source, one.scan.lines, one.records, one.malformed)[: len(kept)]
    reasons = " ".join(f"WHEN {text(kind)} THEN {text(reason)}" for kind, reason in MALFORMED.items())
    value = "NULL" if secret else f"left(ltrim(first(csv_line), e'\\r\\n'), {LONGEST_VALUE})"
    _join_lines(connection, kept, lines)
    connection.execute(
        f"INSERT INTO incoming_rejections SELECT {one.file}, 'malformed_row', NULL, f.line, NULL, {value}, "
        f"CASE first(error_type::VARCHAR) {reasons} ELSE {text(RULES['malformed_row'])} END "
        f"FROM temp.malformed_{one.file}_errors e JOIN refused_lines f ON f.record = e.line "
        "GROUP BY e.line, f.line ORDER BY f.line"
    )
    connection.execute("DROP TABLE refused_lines")
