"""The files that were read; and what was rejected of them, with file, line, column, value and reason: the first
`KEPT_REJECTIONS` of each rule and file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.data.lines import malformed_lines, record_lines
from core.data.merge import Duplicates
from core.data.report import MALFORMED, RULES
from core.data.settings import ImportSettings
from core.data.sql import text
from core.data.staging import Staged
from core.errors import SeqlensError

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


def write_file(connection: duckdb.DuckDBPyConnection, one: Staged, report: str) -> None:
    """Add to `incoming_files` a file, or those of a data set: the first of them has the report."""
    import pyarrow as pa

    parts = one.scan.parts
    told = pa.table(
        {
            "file": pa.array(range(one.file, one.number), pa.int32()),
            "path": pa.array([part.path for part in parts], pa.string()),
            "sha256": pa.array([part.sha256 for part in parts], pa.string()),
            "bytes": pa.array([part.bytes for part in parts], pa.int64()),
            "report": pa.array([report, *[None] * (len(parts) - 1)], pa.string()),
        }
    )
    connection.execute(
        "INSERT INTO incoming_files SELECT file, path, sha256, bytes, now()::TIMESTAMP, report FROM told ORDER BY file"
    )
    del told


def write_rejections(
    connection: duckdb.DuckDBPyConnection, staged: Iterable[Staged], settings: ImportSettings, duplicates: Duplicates
) -> None:
    """Add to `incoming_rejections` what the rules, DuckDB and the merge rejected."""
    for one in staged:
        repeated = duplicates.kept(one.file)
        if one.rejected or len(repeated[0]):
            _write_records(connection, one, *repeated)
        if len(one.malformed):
            unused = any(name not in one.planned.roles for name in one.planned.source.columns)
            _write_malformed(connection, one, unused or settings.pseudonym_key is not None)


def _write_records(
    connection: duckdb.DuckDBPyConnection,
    one: Staged,
    files: NDArray[np.int64],
    repeated: NDArray[np.int64],
    items: NDArray[np.int64],
) -> None:
    """What the rules rejected, and the duplicates: file, record and item of each."""
    import pyarrow as pa

    rules = [rule for rule, kept in one.refused.items() for _ in kept] + ["duplicate"] * len(repeated)
    refused_at = np.array([record for kept in one.refused.values() for record, _ in kept], np.int64)
    there, at = one.places(refused_at)
    file, record = np.concatenate((there, files)), np.concatenate((at, repeated))
    values = [value for kept in one.refused.values() for _, value in kept] + [None] * len(repeated)
    codes = [None] * (len(rules) - len(repeated)) + items.tolist()
    lines: list[int] | None = None
    if one.planned.source.format != "parquet":
        wanted, places = np.unique(record, return_inverse=True)
        lines = record_lines(one.planned.source, one.scan.lines, one.records, one.malformed, wanted)[places].tolist()
    refused = pa.table(
        {
            "file": pa.array(file.tolist(), pa.int64()),
            "rule": pa.array(rules, pa.string()),
            "record": pa.array(record.tolist(), pa.int64()),
            "line": pa.array(lines if lines is not None else [None] * len(rules), pa.int64()),
            "value": pa.array(values, pa.string()),
            "item": pa.array(codes, pa.int64()),
        }
    )
    columns = {rule: one.planned.column(role) for rule, role in _ROLE.items()}
    connection.execute(
        f"INSERT INTO incoming_rejections SELECT file, rule, record, line, {_choice(columns)}, "
        f"left(coalesce(value, id), {LONGEST_VALUE}), {_choice(RULES)} "
        "FROM refused LEFT JOIN incoming_items ON code = item ORDER BY file, rule, record"
    )
    del refused


def _choice(by_rule: dict[str, str | None] | dict[str, str]) -> str:
    cases = " ".join(f"WHEN {text(rule)} THEN {text(value)}" for rule, value in by_rule.items() if value is not None)
    return f"CASE rule {cases} END"


def _write_malformed(connection: duckdb.DuckDBPyConnection, one: Staged, secret: bool) -> None:
    """The rows that DuckDB could not read.

    Their text is not kept (`secret`) where it may hold what is not to be stored: the user id of pseudonymous data, or
    columns that have no role.
    """
    import pyarrow as pa

    places = malformed_lines(one.planned.source, one.scan.lines, one.records, one.malformed)[: len(one.spoiled)]
    refused = pa.table(
        {
            "line": pa.array(places.tolist(), pa.int64()),
            "value": pa.array([None if secret else value for _, value, _ in one.spoiled], pa.string()),
            "reason": pa.array([MALFORMED.get(kind, RULES["malformed_row"]) for *_, kind in one.spoiled], pa.string()),
        }
    )
    connection.execute(
        f"INSERT INTO incoming_rejections SELECT {one.file}, 'malformed_row', NULL, line, NULL, "
        f"left(ltrim(value, e'\\r\\n'), {LONGEST_VALUE}), reason FROM refused ORDER BY line"
    )
    del refused


def no_valid_event(events: Sequence[Staged]) -> SeqlensError:
    """What an analyst is told of files of which no row is kept: the commonest reason."""
    total: Counter[str] = Counter()
    for one in events:
        total.update(one.rejected)
        total["malformed_row"] += len(one.malformed)
    rule, count = total.most_common(1)[0]
    return SeqlensError(
        "{file}: none of {rows} rows is a valid event. For {count} of them: {reason}. Check what each column is.",
        file=events[0].planned.source.path.name,
        rows=sum(one.read for one in events),
        count=count,
        reason=RULES[rule],
    )
