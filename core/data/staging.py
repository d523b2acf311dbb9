"""The first pass: the rows of each file are cleaned by DuckDB as it reads them; the sound ones are gathered, the others
counted, each for the first rule that it breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.data import columns, datasets
from core.data.arrow import flags, numbers
from core.data.encodings import load_encodings
from core.data.failures import streaming
from core.data.gathering import Gathered, Refused, Wrong
from core.data.plan import Planned, default_behaviour
from core.data.report import KEPT_REJECTIONS, RULES
from core.data.scan import Scan
from core.data.settings import ImportSettings
from core.data.sql import text
from core.errors import SeqlensError
from core.progress import Progress

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

UNKNOWN = "unknown"
"""The user or behaviour of rows without one, where the rule against them is off."""

RULE_CODES = {rule: code for code, rule in enumerate(RULES, start=1)}
MOST_LINES = 3
"""Line breaks in a row with a quotation mark too many before it is taken for one that swallows other rows."""

ITEM_TEXTS = ("title", "category", "description")
BATCH_ROWS, BATCH_BYTES = 250_000, 1 << 28
"""What is taken out of a file at once. Arrow's columns of texts hold at most two gigabytes."""
NONE_MALFORMED = np.zeros(0, np.int64)
MOST_AHEAD = "16MB"
"""What DuckDB reads ahead while a batch is taken."""


@dataclass(frozen=True)
class Staged:
    """One file, read.

    Attributes:
        file: its number in the workspace; of a data set, that of its first file.
        planned: the file.
        scan: what the pass over its bytes told.
        roles: of the columns that it has.
        records: rows that DuckDB could read.
        rejected: count by rule of what the rules reject.
        refused: by rule, number of the record and what stands there, of the first `KEPT_REJECTIONS`.
        malformed: int64 [m], sorted: the lines, as DuckDB counts them, of rows that it could not read.
        spoiled: line, text and kind of error of the first `KEPT_REJECTIONS` of these.
        filled: missing values that were filled, by role.
        blanked: values that are no numbers and were left out, by role.
    """

    file: int
    planned: Planned
    scan: Scan
    roles: frozenset[str]
    records: int
    rejected: Mapping[str, int]
    refused: Mapping[str, list[tuple[int, str | None]]]
    malformed: NDArray[np.int64]
    spoiled: Sequence[tuple[int, str | None, str]]
    filled: Mapping[str, int]
    blanked: Mapping[str, int]

    @property
    def number(self) -> int:
        """Whose number is the next file's."""
        return self.file + len(self.scan.parts)

    def places(self, record: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The number of the file in which each record of a data set stands, and its number there."""
        return _places(self.scan, self.file, record)

    @property
    def read(self) -> int:
        """Rows of the file, the malformed ones included."""
        return self.records + len(self.malformed)


def roles_of(planned: Planned, settings: ImportSettings, timed: bool) -> frozenset[str]:
    """The roles that the import keeps of a file; of a picture nothing is kept but the name of the column."""
    roles = {role for role in planned.roles.values() if role not in ("time", "order", "picture")}
    if timed and planned.column("time"):
        roles.add("time")
    elif settings.order == "time" and planned.column("order"):
        roles.add("step")
    return frozenset(roles)


def stage(
    reading: duckdb.DuckDBPyConnection,
    file: int,
    planned: Planned,
    scan: Scan,
    settings: ImportSettings,
    timed: bool,
    gathered: Gathered,
    progress: Progress,
) -> Staged:
    """Read a file.

    Args:
        reading: a connection that nothing else uses meanwhile.
        gathered: takes its sound rows.

    Raises:
        duckdb.Error: the file or a disk failed.
        SeqlensError: a quotation mark is not closed.
        Cancelled: the analyst pressed stop.
    """
    source = planned.source
    if source.format == "parquet":
        datasets.connect(reading, source.parts)
    else:
        load_encodings(reading, source.encoding)
    reading.execute(f"SET streaming_buffer_size = '{MOST_AHEAD}'")
    rejects = f"malformed_{file}"
    query = _events(planned, settings, timed) if source.kind == "events" else _items(planned, settings)
    taking = _take(reading, file, planned, scan, settings, query, gathered, progress)
    if source.format == "parquet":
        return taking.staged(roles_of(planned, settings, timed))
    malformed, spoiled = _malformed(reading, rejects)
    _refuse_open_quotes(reading, planned, rejects)
    return taking.staged(roles_of(planned, settings, timed), malformed, spoiled)


class Taking:
    """Takes the batches of one file, one after the other."""

    def __init__(self, gathered: Gathered, file: int, planned: Planned, scan: Scan, settings: ImportSettings) -> None:
        self.records = 0
        self._refused = Refused()
        self._flags = dict.fromkeys(("filled", "bad_value", "bad_price"), 0)
        self._gathered, self._file, self._planned, self._scan = gathered, file, planned, scan
        self._events = planned.source.kind == "events"
        self._lone = -1
        if self._events and planned.column("behaviour") is None:
            name = default_behaviour(planned, settings)
            gathered.lone.add(name)
            self._lone = gathered.behaviours.number(name)

    def take(self, batch: pa.RecordBatch, rule: NDArray[np.uint8], wrong: Wrong) -> None:
        """Gather rows.

        Args:
            batch: columns of `Gathered`; the texts of rows that are not sound are null.
            rule: uint8 [rows], the code of the rule that each breaks, 0 for none.
            wrong: what stands where rows, all of one rule, are wrong.
        """
        first = self.records + 1
        self.records += batch.num_rows
        self._refused.take(rule, first, wrong)
        sound = rule == 0
        for name in self._flags:
            if name in batch.schema.names:
                self._flags[name] += int(np.count_nonzero(flags(batch.column(name)) & sound))
        if self._events:
            record = np.arange(first, first + len(rule), dtype=np.int64)
            file, record = _places(self._scan, self._file, record)
            rows = None if sound.all() else np.flatnonzero(sound)
            self._gathered.add_events(batch, rows, file, record, self._lone)
        else:
            self._gathered.add_items(batch)

    def staged(
        self,
        roles: frozenset[str],
        malformed: NDArray[np.int64] = NONE_MALFORMED,
        spoiled: Sequence[tuple[int, str | None, str]] = (),
    ) -> Staged:
        """What was taken of the whole file; the arguments are those of `Staged`."""
        names = {code: rule for rule, code in RULE_CODES.items()}
        return Staged(
            file=self._file,
            planned=self._planned,
            scan=self._scan,
            roles=roles,
            records=self.records,
            rejected={names[code]: count for code, count in sorted(self._refused.counts.items()) if code},
            refused={names[code]: kept for code, kept in sorted(self._refused.kept.items())},
            malformed=malformed,
            spoiled=spoiled,
            filled={"behaviour": self._flags["filled"]} if self._flags["filled"] else {},
            blanked={role: count for role in ("value", "price") if (count := self._flags[f"bad_{role}"])},
        )


def _take(
    reading: duckdb.DuckDBPyConnection,
    file: int,
    planned: Planned,
    scan: Scan,
    settings: ImportSettings,
    query: str,
    gathered: Gathered,
    progress: Progress,
) -> Taking:
    """Gather what a query makes of a file, {source} standing for what it reads."""
    import duckdb

    source, rejects, mark = planned.source, f"malformed_{file}", gathered.mark()
    total = max(scan.rows, 1)
    rows = max(1, min(BATCH_ROWS, BATCH_BYTES * total // max(scan.bytes, 1)))
    for lenient in (False, True):
        taking = Taking(gathered, file, planned, scan, settings)
        try:
            with streaming():
                found = reading.execute(query.format(source=source.relation(rejects, lenient)))
                for batch in found.to_arrow_reader(rows):
                    taking.take(batch, numbers(batch.column("rule")), _wrong_of(batch))
                    progress.step(min(taking.records, total), total, "Reading {file}", file=source.path.name)
        except duckdb.InvalidInputException as error:
            # Lines that end in different ways are only put up with where DuckDB is not strict, and there it is not
            # strict about quotation marks either; so that is the second try.
            if lenient or source.format == "parquet" or "invalid state" not in str(error):
                raise
            gathered.back_to(mark, file)
            for name in (f"{rejects}_errors", f"{rejects}_scans"):
                reading.execute(f"DROP TABLE IF EXISTS temp.{name}")
        else:
            break
    return taking


def _wrong_of(batch: pa.RecordBatch) -> Wrong:
    def wrong(_: int, rows: NDArray[np.int64]) -> list[str | None]:
        texts: list[str | None] = batch.column("wrong").take(rows).to_pylist()
        return texts

    return wrong


def _places(scan: Scan, first: int, record: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The files in which records stand, and their numbers there; the records of a data set are counted as one."""
    if len(scan.parts) == 1 or not len(record):
        return np.broadcast_to(np.int32(first), len(record)), record
    ends = np.cumsum([part.rows for part in scan.parts])
    part = np.searchsorted(ends, record)
    return (first + part).astype(np.int32), record - np.concatenate(([0], ends))[part]


def _malformed(
    reading: duckdb.DuckDBPyConnection, rejects: str
) -> tuple[NDArray[np.int64], list[tuple[int, str | None, str]]]:
    found = reading.execute(f"SELECT DISTINCT line FROM temp.{rejects}_errors ORDER BY line").fetchnumpy()
    spoiled = reading.execute(
        f"SELECT line, first(csv_line), first(error_type::VARCHAR) FROM temp.{rejects}_errors GROUP BY line "
        f"ORDER BY line LIMIT {KEPT_REJECTIONS}"
    ).fetchall()
    return np.asarray(found["line"], dtype=np.int64), spoiled


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
        sound.append(columns.is_plain("behaviour", [*missing, *invalid_codes(settings)]))
    if "time" in found:
        sound.append(span)
    kept = {
        "user": '"user"' if rules.missing_user else f'CASE WHEN {no_user} THEN {text(UNKNOWN)} ELSE "user" END',
        "item": "item"
        if rules.missing_item and lone_text == "false"
        else f"CASE WHEN {no_item} THEN NULL ELSE item END",
        **_stored(found, missing),
    }
    if "behaviour" in found:
        kept |= _behaviour(settings)
    return _query(found, " AND ".join(sound), broken, kept)


_PLAIN = ("user", "item", "behaviour", "text")
_STORED = ("time", "step", "value", "text", *ITEM_TEXTS, "price")


def _items(planned: Planned, settings: ImportSettings) -> str:
    """SQL of the table of a catalogue."""
    name = planned.column("item") or ""
    column = planned.source.column(name)
    found = {"item": column, **_described(planned, settings)}
    kept = {"item": "item", **_stored(found, settings.missing)}
    broken = {"missing_item": columns.is_missing("item", settings.missing)}
    return _query(found, columns.is_plain("item", settings.missing), broken, kept)


def _query(found: Mapping[str, str], sound: str, broken: Mapping[str, str], kept: Mapping[str, str]) -> str:
    """Three layers: what is found in the file, the first rule that it breaks (none if `sound`), and what is kept.

    The texts of rejected rows are null, so that they get no number; of each `wrong` is what it is rejected for.
    """
    cases = " ".join(f"WHEN {test} THEN {RULE_CODES[rule]}" for rule, test in broken.items() if test)
    rule = f"CASE WHEN {sound} THEN 0 {cases} ELSE 0 END::UTINYINT".translate(_BRACES)
    kept = {name: f"CASE rule WHEN 0 THEN {kept[name]} END" if name in _PLAIN else kept[name] for name in kept}
    kept["wrong"] = _wrong(found)
    return (
        f"SELECT {_aliased(kept)}, rule FROM (SELECT *, {rule} AS rule FROM (SELECT {_aliased(found)} FROM {{source}}))"
    )


def _aliased(expressions: Mapping[str, str]) -> str:
    # The query is a template for str.format, and names of columns may have braces.
    return ", ".join(f'{expression} AS "{name}"' for name, expression in expressions.items()).translate(_BRACES)


_BRACES = str.maketrans({"{": "{{", "}": "}}"})


def invalid_codes(settings: ImportSettings) -> list[str]:
    """The behaviours that the rules reject."""
    if not settings.rules.invalid_behaviour:
        return []
    return [raw for raw, name in settings.behaviours.items() if name is None]


def _invalid(settings: ImportSettings) -> str:
    """Whether a behaviour is invalid; a missing one is not if it will be filled."""
    if not settings.rules.invalid_behaviour:
        return ""
    tests = [] if "behaviour" in settings.fill else [columns.is_missing("behaviour", settings.missing)]
    if codes := invalid_codes(settings):
        tests.append(columns.is_one(columns.trimmed("behaviour"), codes))
    return f"({' OR '.join(tests)})" if tests else ""


def _behaviour(settings: ImportSettings) -> dict[str, str]:
    """The behaviour as it stands, and, if missing ones are let through, what fills them."""
    if settings.rules.invalid_behaviour and "behaviour" not in settings.fill:
        return {"behaviour": "behaviour"}
    missing = columns.is_missing("behaviour", settings.missing)
    fill = text(str(settings.fill.get("behaviour", UNKNOWN)))
    return {"behaviour": f"CASE WHEN {missing} THEN {fill} ELSE behaviour END", "filled": missing}


def _wrong(found: Mapping[str, str]) -> str:
    """What stands where a rejected row is wrong; its item, where nothing does. Null for a sound row."""
    wrong = {"invalid_behaviour": "behaviour", "unreadable_time": "raw_time", "impossible_time": "raw_time"}
    cases = " ".join(f"WHEN {RULE_CODES[rule]} THEN {name}" for rule, name in wrong.items() if name in found)
    return f"CASE rule WHEN 0 THEN NULL {cases} ELSE item END"


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
    """Add the number of a role, and the text from which it comes."""
    if name := planned.column(role):
        found[role] = columns.number(planned.source, name, settings.decimal)
        found[f"raw_{role}"] = planned.source.column(name)


def _stored(found: Mapping[str, str], missing: tuple[str, ...]) -> dict[str, str]:
    """What is kept as it was found, and whether something else stands in the place of a number."""
    kept = {name: name for name in _STORED if name in found}
    for role in ("value", "price"):
        if role in found:
            missed = columns.is_missing(f"raw_{role}", missing)
            kept[f"bad_{role}"] = f"CASE WHEN {role} IS NULL THEN NOT {missed} ELSE false END"
    return kept
