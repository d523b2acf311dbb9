"""Files in: read, cleaned, coded, ordered and put beside what the workspace has, all of it or nothing."""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.data import codes, datasets
from core.data.database import apart, at_once
from core.data.datasets import Known, seconds
from core.data.failures import translated
from core.data.gathering import PER_ROW, Gathered
from core.data.merge import Duplicates, Merge
from core.data.plain import stage_plain
from core.data.plan import Plan, Planned, check, make_plan
from core.data.rejecting import no_valid_event, write_file, write_rejections
from core.data.report import FileReport, ImportReport, Note, load_rejections
from core.data.scan import Fingerprint, Scan, scan
from core.data.settings import ImportSettings
from core.data.sql import text
from core.data.staging import Staged, roles_of, stage
from core.data.steady import Steady, changed
from core.data.tables import TABLES, create_statements
from core.errors import SeqlensError
from core.progress import Progress

if TYPE_CHECKING:
    import duckdb

    from core.data.counts import Counts

MEMORY = 3 << 30
"""Bytes that an import takes at most, unless told otherwise."""

APPEND_FROM = 1_000_000
"""Events of a workspace to which few new ones are appended, instead of ordering all anew."""

STATES = 16
"""Earlier states from which on is told what was appended."""

_PREFIX = "incoming_"
_FIXED, _LEAST = 720 << 20, 256 << 20  # bytes that do not grow with the files, and that DuckDB needs


def import_files(
    connection: duckdb.DuckDBPyConnection,
    settings: ImportSettings,
    progress: Progress,
    seal: Callable[[duckdb.DuckDBPyConnection], None] | None = None,
    memory: int = MEMORY,
    allow: Callable[[duckdb.DuckDBPyConnection], None] | None = None,
    counted: Callable[[Counts], None] | None = None,
) -> ImportReport:
    """Read files into the workspace of `connection`, beside what it has.

    The tables are built under other names and take the place of the old ones in one transaction at the end. Until
    then other cursors read the state before it; an import that fails, is stopped or killed leaves that state. Files
    whose content was imported before are left out.

    Args:
        connection: a cursor of the workspace that nobody else uses meanwhile.
        seal: keeps the ids behind pseudonyms, in the last transaction; the ids are in `raw_users` (raw, id).
        memory: bytes that the process should take at most. What is more is spilled to disk, into the folder that
            DuckDB has for it, and takes twice as long. With less than 1 GiB DuckDB may not be able to do it.
        allow: asked before events are read; raises where these may not come beside what there is.
        counted: told, when the import is done, what was counted of all events, where that was done on the way.

    Raises:
        SeqlensError: a file cannot be used, no event is valid, or the disk is full.
        Cancelled: the analyst pressed stop.
    """
    began = time.monotonic()
    with _tidy(connection):
        with progress.interrupting(connection.interrupt), ExitStack() as stack:
            progress.step(0, 1, "Looking at the files")
            steady = Steady((*settings.files, *settings.items_files))
            begun = [stack.enter_context(Fingerprint(path)) for path in settings.files[:1]]
            with steady.told():
                plan = make_plan(settings)
                check(plan)
            if allow is not None and plan.events:
                allow(connection)
            work = _Import(connection, plan, progress, memory, steady, begun)
            report = work.execute(began)
            progress.step(0.97, 1, "Saving")
        # From here on the import is done or it fails; it is too late to stop it.
        if not report.unchanged:
            _swap(connection, seal, work.appends)
    if counted is not None and work.counts is not None:
        counted(work.counts)
    return report


@contextmanager
def _tidy(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Clean up before and after, and tell failures of DuckDB in the analyst's words."""
    import duckdb

    limit = _limit(connection)
    try:
        _drop_leftovers(connection)
        connection.execute("SET TimeZone = 'UTC'")
        yield
    except duckdb.Error as error:
        raise translated(error) from error
    finally:
        if _limit(connection) != limit:  # to set it to what it told would round it down, a little each time
            connection.execute("RESET memory_limit")
        with suppress(duckdb.Error):  # if even that fails (a full disk), the next import does it
            _drop_leftovers(connection)


def _limit(connection: duckdb.DuckDBPyConnection) -> str:
    """The memory that DuckDB may take, in its own words."""
    return str(connection.execute("SELECT current_setting('memory_limit')").fetchall()[0][0])


def _lower_limit(connection: duckdb.DuckDBPyConnection, most: int) -> None:
    """Let DuckDB take these bytes at most, if it may not take less already."""
    number, unit = _limit(connection).split()
    if float(number) * 1024.0 ** ("bytes", "KiB", "MiB", "GiB", "TiB").index(unit) > most:
        connection.execute(f"SET memory_limit = '{most >> 20}MiB'")


def _drop_leftovers(connection: duckdb.DuckDBPyConnection) -> None:
    for name in TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {_PREFIX}{name}")
    names = connection.execute(
        "SELECT view_name, 'VIEW' FROM duckdb_views() WHERE temporary AND view_name LIKE 'former_%' "
        "UNION ALL SELECT table_name, 'TABLE' FROM duckdb_tables() WHERE temporary"
    ).fetchall()
    for name, kind in names:
        connection.execute(f'DROP {kind} IF EXISTS temp."{name}"')


def _swap(
    connection: duckdb.DuckDBPyConnection, seal: Callable[[duckdb.DuckDBPyConnection], None] | None, append: bool
) -> None:
    """Put the new tables in the place of the old ones; with `append` the new events after the old ones."""
    with at_once(connection):
        if seal is not None:
            seal(connection)
        for name in TABLES:
            if append and name == "events":
                connection.execute(f"INSERT INTO events FROM {_PREFIX}events")
                connection.execute(f"DROP TABLE {_PREFIX}events")
            else:
                connection.execute(f"DROP TABLE {name}")
                connection.execute(f"ALTER TABLE {_PREFIX}{name} RENAME TO {name}")


@dataclass(frozen=True)
class _Former:
    """The state before the import."""

    users: int
    items: int
    events: int
    ordered: int  # the first events of the table, which stand in their order; the others were appended
    timed: bool | None
    fingerprint: str
    states: dict[str, int]  # earlier ones, to which events were only appended: how many events each fingerprint had


class _Import:
    """One import, step by step.

    Attributes:
        appends: whether `incoming_events` holds only what is new: few events, or none.
        counts: of all events, where all are written.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        plan: Plan,
        progress: Progress,
        memory: int,
        steady: Steady,
        begun: Sequence[Fingerprint] = (),
    ) -> None:
        """Prepare.

        Args:
            memory: bytes that the process should take at most.
            steady: what the files were like before they were looked at.
            begun: fingerprints of files that are being computed already.
        """
        self._connection = connection
        self._begun = {one.path: one for one in begun}
        self._memory = memory - _FIXED
        self._steady = steady
        self._plan = plan
        self._settings = plan.settings
        self._progress = progress
        self._codes: codes.Codes
        self._reading: duckdb.DuckDBPyConnection | None = None
        self.appends = False
        self.counts: Counts | None = None

    def execute(self, began: float) -> ImportReport:
        connection, settings = self._connection, self._settings
        self._open_tables()
        former = self._former()
        with self._steady.told():
            files, repeated = self._scan()
            if not files:
                return self._report(former, repeated, (), {}, began)
            self._check_times(former, files)
            gathered, staged = self._stage(files, former)
        events = [one for one in staged if one.planned.source.kind == "events"]
        self._check_valid(events, former)
        filled = self._encode(gathered, events)
        duplicates = self._merge(gathered, bool(events), staged)
        self._progress.step(0.9, 1, "Counting")
        reports = [self._file_report(one, duplicates) for one in staged]
        with at_once(connection):
            with self._steady.told():
                write_rejections(connection, staged, settings, duplicates)
                for one in staged:
                    if one.rejected or len(one.malformed):  # their lines may have been looked for in the file again
                        self._check_steady(one.planned, one.scan)
            report = self._report(former, [*reports, *repeated], staged, filled, began)
            self._write_facts(former, report, staged)
        numbers = [number for one in staged for number in range(one.file, one.number)]
        return replace(report, rejections=load_rejections(connection, numbers, _PREFIX))

    def _open_tables(self) -> None:
        condition = " WHERE false" if self._settings.replace else ""
        with at_once(self._connection):
            for statement in create_statements(_PREFIX):
                self._connection.execute(statement)
            for name in TABLES:
                self._connection.execute(f"CREATE TEMP VIEW former_{name} AS SELECT * FROM {name}{condition}")

    def _former(self) -> _Former:
        users, items, events = self._connection.execute(
            "SELECT (SELECT count(*) FROM former_users), (SELECT count(*) FROM former_items), "
            "(SELECT count(*) FROM former_events)"
        ).fetchall()[0]
        facts = dict(self._connection.execute("SELECT name, value FROM former_data_facts").fetchall())
        timed = facts.get("timed") == "true" if events else None
        ordered = min(int(facts.get("ordered", events)), events)
        fingerprint, grown = facts.get("fingerprint", ""), json.loads(facts.get("grown", "{}"))
        states = grown["from"] if grown.get("to") == fingerprint else {}
        return _Former(users, items, events, ordered, timed, fingerprint, states)

    def _scan(self) -> tuple[list[tuple[Planned, Scan]], list[FileReport]]:
        """Sort the files into those to be read and those whose content is here already."""
        planned = [*self._plan.events, *self._plan.items]
        former = self._connection.execute("SELECT path, sha256, bytes, imported FROM former_files ORDER BY file")
        told = former.fetchall()
        seen = {sha256: path for path, sha256, *_ in told}
        known = {path: Known(sha256, size, seconds(imported)) for path, sha256, size, imported in told}
        files, repeated = [], []
        for place, one in enumerate(planned):
            part = self._progress.part(0.15 * place / len(planned), 0.15 * (place + 1) / len(planned))
            begun = self._begun.get(one.source.path)
            self._steady.note(one.source.parts)
            found = scan(one.source, self._settings.encoding is not None, part, known, begun)
            again = {part.path: seen[part.sha256] for part in found.parts if part.sha256 in seen}
            if len(again) == len(found.parts):
                other = next(iter(again.values())) if len(again) == 1 else one.source.path
                note = Note(
                    "{file} has been imported before, as {other}; nothing was added.",
                    {"file": one.source.path.name, "other": str(other)},
                )
                self._check_steady(one, found)
                repeated.append(replace(_file_report(one, found), repeated=True, notes=(*one.notes, note)))
            else:
                one, found = _with_news(one, found, again) if again else (one, found)
                seen.update((part.sha256, part.path) for part in found.parts)
                files.append((replace(one, source=replace(one.source, encoding=found.encoding)), found))
        return files, repeated

    def _check_times(self, former: _Former, files: Sequence[tuple[Planned, Scan]]) -> None:
        events = any(one.source.kind == "events" for one, _ in files)
        if not events or former.timed is None or former.timed == self._plan.timed:
            return
        if former.timed:
            raise SeqlensError(
                "The events in this workspace have times, and those of the files have none. Name the column with "
                "times, or import the files into another workspace."
            )
        raise SeqlensError(
            "The events in this workspace are ordered without times, and those of the files have times. Import them by "
            "the order of the rows, or into another workspace."
        )

    def _stage(self, files: Sequence[tuple[Planned, Scan]], former: _Former) -> tuple[Gathered, list[Staged]]:
        first = self._connection.execute("SELECT coalesce(max(file) + 1, 0) FROM former_files").fetchall()[0][0]
        roles = {
            role
            for planned, _ in files
            if planned.source.kind == "events"
            for role in roles_of(planned, self._settings, self._plan.timed)
        }
        new = sum(found.rows for planned, found in files if planned.source.kind == "events")
        # What was appended makes reading slower, so it may not become too much: then all is ordered anew.
        few = former.events - former.ordered + new <= former.events // 4
        self.appends = not roles or (self._plan.timed and former.events >= APPEND_FROM and few)
        rows = new if self.appends else new + former.events
        held = rows * PER_ROW if rows * PER_ROW <= self._memory // 2 else 0
        _lower_limit(self._connection, max(self._memory - held, _LEAST))
        self.appends &= rows * PER_ROW == held
        gathered = Gathered(self._connection, roles, new, rows * PER_ROW == held)
        staged: list[Staged] = []
        with ExitStack() as opened:
            for place, (planned, found) in enumerate(files):
                part = self._progress.part(0.15 + 0.5 * place / len(files), 0.15 + 0.5 * (place + 1) / len(files))
                part.step(0, 1, "Reading {file}", file=planned.source.path.name)
                staged.append(self._read(first, planned, found, gathered, part, opened))
                self._check_steady(planned, found)
                first = staged[-1].number
        return gathered, staged

    def _check_steady(self, planned: Planned, found: Scan) -> None:
        """Refuse a file, or a data set, that was changed since the first pass over it."""
        source = planned.source
        self._steady.check((source.path, *source.parts))
        if datasets.address(source.path) is not None:
            marks = [part.sha256 for part in found.parts]
            if marks != datasets.stored([part.path for part in found.parts])[0]:
                raise changed(source.path)

    def _read(
        self, number: int, planned: Planned, found: Scan, gathered: Gathered, progress: Progress, opened: ExitStack
    ) -> Staged:
        """Gather the rows of a file; what reads several is closed with `opened`."""
        import duckdb

        settings, timed = self._settings, self._plan.timed
        quickly = stage_plain(number, planned, found, settings, timed, gathered, progress)
        if quickly is not None:
            return quickly
        if self._reading is None:
            self._reading = opened.enter_context(apart(self._connection))
        with self._reading.cursor() as reading, self._progress.interrupting(reading.interrupt):
            reading.execute("SET TimeZone = 'UTC'")  # a cursor has the machine's zone again
            try:
                return stage(reading, number, planned, found, settings, timed, gathered, progress)
            except duckdb.Error as error:
                raise translated(error, planned.source.path.name) from error

    def _check_valid(self, events: Sequence[Staged], former: _Former) -> None:
        if events and not any(one.records - sum(one.rejected.values()) for one in events):
            raise no_valid_event(events)
        if not events and not former.events:
            raise SeqlensError("The files hold items and no events. Choose a file with events too.")

    def _encode(self, gathered: Gathered, events: Sequence[Staged]) -> dict[str, int]:
        """Give codes; the counts of what was filled, by role."""
        with at_once(self._connection):
            self._codes = codes.encode(self._connection, gathered, self._settings, self._progress)
            filled = Counter(codes.fill_items(self._connection, self._settings))
        for one in events:
            filled.update(one.filled)
        if "value" in self._settings.fill:
            filled["value"] = gathered.missing("value")
        return dict(filled)

    def _merge(self, gathered: Gathered, any_events: bool, staged: Sequence[Staged]) -> Duplicates:
        self._progress.step(0.7, 1, "Ordering events")
        firsts = [one.file for one in staged]
        merge = Merge(self._connection, gathered, self._codes, self._settings, firsts, self._progress)
        if not any_events:
            merge.unchanged()
        elif self.appends:
            merge.appended()
        elif self._plan.timed:
            merge.timed()
        else:
            merge.untimed()
        self.counts = merge.counts
        return merge.duplicates

    def _file_report(self, one: Staged, duplicates: Duplicates) -> FileReport:
        rejected = dict(one.rejected)
        if len(one.malformed):
            rejected["malformed_row"] = len(one.malformed)
        if repeated := duplicates.counts[one.file]:
            rejected["duplicate"] = repeated
        notes = list(one.planned.notes)
        name = one.planned.source.path.name
        for role, count in one.blanked.items():
            template = "{file}: {count} values of column {column} are no numbers and were left out."
            notes.append(Note(template, {"file": name, "count": count, "column": one.planned.column(role) or ""}))
        if known := duplicates.known[one.file]:
            notes.append(
                Note(
                    "{file}: {count} events were in the workspace already, and were not added again.",
                    {"file": name, "count": known},
                )
            )
        return replace(
            _file_report(one.planned, one.scan),
            read=one.read,
            kept=one.read - sum(rejected.values()),
            rejected=rejected,
            known=known,
            notes=tuple(notes),
        )

    def _report(
        self,
        former: _Former,
        files: Sequence[FileReport],
        staged: Sequence[Staged],
        filled: Mapping[str, int],
        began: float,
    ) -> ImportReport:
        prefix = _PREFIX if staged else "former_"
        users, items, events = self._connection.execute(
            f"SELECT (SELECT count(*) FROM {prefix}users), (SELECT count(*) FROM {prefix}items), "
            f"(SELECT count(*) FROM {prefix}events)"
        ).fetchall()[0]
        if self.appends and staged:
            events += former.events
        behaviours = self._connection.execute(f"SELECT name, negative FROM {prefix}behaviours ORDER BY code").fetchall()
        any_events = any(file.kind == "events" and not file.repeated for file in files)
        return ImportReport(
            files=tuple(files),
            users=users,
            items=items,
            events=events,
            new_users=users - former.users,
            new_items=items - former.items,
            new_events=events - former.events,
            behaviours=tuple(name for name, _ in behaviours),
            negative=tuple(name for name, negative in behaviours if negative),
            timed=self._plan.timed if any_events else former.timed is True,
            filled={role: count for role, count in filled.items() if count},
            time_format=self._settings.time_format if self._plan.timed else "",
            settings=self._settings.to_dict(),
            seconds=round(time.monotonic() - began, 3),
        )

    def _write_facts(self, former: _Former, report: ImportReport, staged: Sequence[Staged]) -> None:
        connection = self._connection
        connection.execute("INSERT INTO incoming_files FROM former_files")
        connection.execute("INSERT INTO incoming_rejections FROM former_rejections")
        summary = report.to_json()
        for one in staged:
            write_file(connection, one, summary)
        # The same files with the same settings make the same data, whatever the folder that they came from.
        told = {name: value for name, value in report.settings.items() if name not in ("files", "items_files")}
        key = self._settings.pseudonym_key
        parts = [
            former.fingerprint,
            *(one.scan.sha256 for one in staged),
            json.dumps(told, sort_keys=True),
            hashlib.sha256(key).hexdigest() if key is not None else "",
            f"{report.users} {report.items} {report.events}",
        ]
        fingerprint = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
        ordered = former.ordered if self.appends else report.events
        facts: dict[str, object] = {"timed": report.timed, "fingerprint": fingerprint, "ordered": ordered}
        if self.appends:
            states = dict(list(former.states.items())[-STATES:]) | {former.fingerprint: former.events}
            facts["grown"] = {"from": states, "to": json.dumps(fingerprint)}
        for name, value in ((name, json.dumps(value)) for name, value in facts.items()):
            connection.execute(f"INSERT INTO incoming_data_facts VALUES ('{name}', {text(value)})")


def _with_news(planned: Planned, found: Scan, again: Mapping[str, str]) -> tuple[Planned, Scan]:
    """A data set without those of its files that were imported before."""
    source = planned.source
    note = Note(
        "{file}: {count} of {all} files had been imported before and were not read.",
        {"file": source.path.name, "count": len(again), "all": len(found.parts)},
    )
    rest = found.without(frozenset(again))
    source = replace(source, parts=tuple(part.path for part in rest.parts), bytes=rest.bytes)
    return replace(planned, source=source, notes=(*planned.notes, note)), rest


def _file_report(planned: Planned, found: Scan) -> FileReport:
    source = planned.source
    return FileReport(
        path=str(source.path),
        kind=source.kind,
        format=source.format,
        encoding=found.encoding,
        bytes=source.bytes,
        sha256=found.sha256,
        columns=dict(planned.roles),
        unused=tuple(column for column in source.columns if column not in planned.roles),
        notes=planned.notes,
    )
