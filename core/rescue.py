"""What can be read of a damaged workspace, written into a new one."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from core import rewriting
from core.data.database import Database, WrongKey, cannot_write, write_ahead_log
from core.data.sql import identifier, text
from core.data.tables import EVENT_ORDER, TABLES, VERSION
from core.errors import SeqlensError
from core.files import scratch_folder
from core.privacy import passphrase
from core.progress import Progress
from core.workspace import Workspace

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

PIECE = 2048  # rows: DuckDB's vectors have so many
MOST = 60 * PIECE  # rows that are read at once: about as many as DuckDB keeps together
HEADERS = (4096, 8192)  # where the two alternating headers of a DuckDB file begin
HEADER = 4096  # bytes
# Columns without which a row is still of use.
SPARE = {
    "events": ("value", "text", "file", "record"),
    "items": ("rank", "title", "category", "description", "price"),
    "users": ("rank",),
    "files": ("path", "sha256", "bytes", "imported", "report"),
    "rejections": ("record", "line", "column_name", "value", "reason"),
}
ORDERED = ("users", "items", "behaviours", "texts")


@dataclass
class Rescued:
    """What became of each table.

    Attributes:
        rows: rows that were read, by table.
        lost: rows that could not be read, by table; -1 where it is not known how many there were.
        partial: rows of which some columns could not be read, by table; they are among `rows`.
        models: runs whose models were lost.
        older: whether only the state before the last writing could be read.
    """

    rows: dict[str, int] = field(default_factory=dict)
    lost: dict[str, int] = field(default_factory=dict)
    partial: dict[str, int] = field(default_factory=dict)
    models: tuple[str, ...] = ()
    older: bool = False


def rescue(old: Path, new: Path, progress: Progress) -> Rescued:
    """Write what can be read of the workspace `old` into a new one at `new`; `old` is not touched.

    Tables are read in pieces, and pieces that fail are divided, down to `PIECE` rows. Users, items and behaviours that
    events speak of and that were lost get names of their own.

    Raises:
        SeqlensError: nothing can be read, or `new` exists or cannot be written, or the salt of an encrypted workspace
            that was moved stands there.
        Cancelled: the analyst pressed stop.
    """
    if not old.is_file():
        raise SeqlensError("There is no workspace at {path}. Was it moved or renamed?", path=old)
    if new.exists():
        raise SeqlensError("{path} exists already. Open it, or choose another name.", path=new)
    passphrase.check_free(new)
    try:
        new.parent.mkdir(parents=True, exist_ok=True)
        with scratch_folder(new.parent) as folder:
            return _rescued(old, new, folder, progress)
    except OSError as error:
        raise cannot_write(new, error) from error


def _rescued(old: Path, new: Path, folder: Path, progress: Progress) -> Rescued:
    """The new workspace is made in `folder` from a copy of the old one, and gets its name once it is whole."""
    copy, fresh = folder / "damaged.seqlens", folder / "rescued.seqlens"
    shutil.copyfile(old, copy)
    if write_ahead_log(old).exists():
        shutil.copyfile(write_ahead_log(old), write_ahead_log(copy))
    if passphrase.has_salts(old):
        passphrase.write_salts(copy, passphrase.read_salts(old))
        passphrase.tell(copy, passphrase.told(old))
    source, older = _opened(copy)
    words = passphrase.told(old) if source.key else None
    try:
        with Workspace.create(fresh, words) as workspace:
            found = _Rescue(source, workspace, progress).execute()
    finally:
        source.close()
    rewriting.take_place(fresh, new, passphrase.read_salts(fresh) if words is not None else [])
    passphrase.tell(new, words)
    found.older = older
    return found


def _opened(copy: Path) -> tuple[Database, bool]:
    """The damaged file, as it is; or without what was not in the file yet; or as it was before the last writing."""
    failure: Exception | None = None
    for attempt in (None, _without_log, _older_header):
        if attempt is not None:
            attempt(copy)
        try:
            source = passphrase.open_database(copy)
            if _rows(source, "settings") is None and _rows(source, "events") is None:
                source.close()
                raise SeqlensError("{path} is not a Seqlens workspace. Import it as data instead.", path=copy.name)
        except (SeqlensError, WrongKey) as error:
            if isinstance(error, passphrase.PassphraseNeeded):
                raise
            failure = error
        else:
            return source, attempt is not None
    raise SeqlensError(
        "Nothing can be read of this file: {error}. Take a copy of it, or import the files again.", error=failure
    ) from failure


def _without_log(copy: Path) -> None:
    write_ahead_log(copy).unlink(missing_ok=True)


def _older_header(copy: Path) -> None:
    """Put the older header of a DuckDB file in the place of the newer: both lead to a state that was whole once."""
    with copy.open("r+b") as file:
        found = []
        for place in HEADERS:
            file.seek(place)
            found.append(file.read(HEADER))
        # Behind a checksum of eight bytes stands the number of the writing.
        older, newer = sorted((0, 1), key=lambda which: int.from_bytes(found[which][8:16], "little"))
        file.seek(HEADERS[newer])
        file.write(found[older])


def _rows(source: Database, table: str) -> int | None:
    """One more than the last row's number; None where even that cannot be told."""
    import duckdb

    try:
        with source.cursor() as cursor:
            estimated = cursor.execute(
                "SELECT estimated_size FROM duckdb_tables() WHERE table_name = ? AND NOT temporary", [table]
            ).fetchone()
            if estimated is None:
                return None
            try:
                found = cursor.execute(f"SELECT coalesce(max(rowid) + 1, 0) FROM {identifier(table)}").fetchone()
                return int(found[0]) if found else None
            except duckdb.Error:
                return int(estimated[0])
    except duckdb.Error:
        return None


class _Rescue:
    """One rescue, table by table."""

    def __init__(self, source: Database, workspace: Workspace, progress: Progress) -> None:
        self._source, self._workspace, self._progress = source, workspace, progress
        self._found = Rescued()

    def execute(self) -> Rescued:
        with self._workspace.cursor() as cursor:
            cursor.begin()
            names = [name for (name,) in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
            for place, name in enumerate(sorted(names)):
                self._progress.step(place, len(names), "Reading {table}", table=name)
                self._read(cursor, name)
            if not any(rows for name, rows in self._found.rows.items() if name != "settings"):
                raise SeqlensError("Nothing can be read of this file. Take a copy of it, or import the files again.")
            self._mend(cursor)
            cursor.commit()
        self._found.models = self._check_models()
        return self._found

    def _read(self, cursor: duckdb.DuckDBPyConnection, table: str) -> None:
        rows = _rows(self._source, table)
        self._found.rows[table], self._found.lost[table] = 0, -1 if rows is None else 0
        if not rows:
            return
        columns = [name for name, *_ in cursor.execute(f"DESCRIBE {identifier(table)}").fetchall()]
        with self._source.cursor() as other:
            has = {
                name
                for (name,) in other.execute(
                    "SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [table]
                ).fetchall()
            }
        shared = [name for name in columns if name in has]
        keyed = "SELECT count(*) FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY' AND table_name = ?"
        once = "OR IGNORE " if cursor.execute(keyed, [table]).fetchall()[0][0] else ""
        if table == "settings":
            cursor.execute("DELETE FROM settings")
        for piece in self._pieces(table, shared, 0, rows):
            if isinstance(piece, int):
                self._found.lost[table] += piece
                continue
            cursor.register("piece", piece)
            cursor.execute(f"INSERT {once}INTO {identifier(table)} BY NAME SELECT * FROM piece")
            cursor.unregister("piece")
            self._found.rows[table] += piece.num_rows

    def _pieces(self, table: str, columns: list[str], start: int, end: int) -> Iterator[pa.Table | int]:
        """The rows from `start` to `end`, in pieces; a number in the place of rows that cannot be read."""
        self._progress.check()
        if end - start <= MOST:
            piece = self._piece(table, columns, start, end)
            if piece is None and end - start <= PIECE:
                piece = self._part(table, columns, start, end)
            if piece is not None or end - start <= PIECE:
                yield end - start if piece is None else piece
                return
        middle = start + max(PIECE, (end - start) // 2 // PIECE * PIECE)
        yield from self._pieces(table, columns, start, middle)
        yield from self._pieces(table, columns, middle, end)

    def _piece(self, table: str, columns: list[str], start: int, end: int) -> pa.Table | None:
        """The rows with these columns, or None where one of them cannot be read."""
        import duckdb

        listed = ", ".join(map(identifier, columns))
        query = f"SELECT {listed} FROM {identifier(table)} WHERE rowid >= {start} AND rowid < {end}"
        try:
            with self._source.cursor() as cursor:
                return cursor.execute(query).to_arrow_table()
        except duckdb.Error as error:
            if isinstance(error, duckdb.FatalException) or "invalidated" in str(error):
                self._open_again()
            return None

    def _part(self, table: str, columns: list[str], start: int, end: int) -> pa.Table | None:
        """The rows with those columns that can be read, or None where one is missing without which they are no use."""
        spare = SPARE.get(table, ())
        sound = [name for name in columns if self._piece(table, [name], start, end) is not None]
        if not sound or any(name not in spare for name in columns if name not in sound):
            return None
        piece = self._piece(table, sound, start, end)
        if piece is not None:
            self._found.partial[table] = self._found.partial.get(table, 0) + piece.num_rows
        return piece

    def _open_again(self) -> None:
        """DuckDB lets go of a file after some failures; it must be opened anew."""
        path = self._source.path
        self._source.close()
        self._source = passphrase.open_database(path)

    def _mend(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Make the tables agree: codes without holes, ranks, figures of users, facts."""
        for table, column in (("users", '"user"'), ("items", "item"), ("behaviours", "behaviour"), ("texts", "text")):
            name = "text" if table == "texts" else "name" if table == "behaviours" else "id"
            negative = ", false AS negative" if table == "behaviours" else ""
            cursor.execute(
                f"INSERT INTO {table} BY NAME SELECT code, 'lost ' || code AS {name}{negative} FROM (SELECT "
                f"unnest(range(greatest((SELECT coalesce(max({column}), -1) FROM events), "
                f"(SELECT coalesce(max(code), -1) FROM {table})) + 1)) AS code) "
                f"WHERE code NOT IN (SELECT code FROM {table})"
            )
        for table in ("users", "items"):
            cursor.execute(
                f"UPDATE {table} SET rank = r FROM (SELECT code AS c, row_number() OVER (ORDER BY id) - 1 AS r "
                f"FROM {table}) WHERE c = code"
            )
        for table in ORDERED:
            cursor.execute(
                f"CREATE TEMP TABLE sorted AS FROM {table} ORDER BY code; DELETE FROM {table}; "
                f"INSERT INTO {table} SELECT * FROM sorted ORDER BY code; DROP TABLE sorted"
            )
        cursor.execute(
            f"CREATE TEMP TABLE sorted AS FROM events ORDER BY {EVENT_ORDER}; DELETE FROM events; "
            f"INSERT INTO events SELECT * FROM sorted ORDER BY {EVENT_ORDER}; DROP TABLE sorted"
        )
        cursor.execute(
            'DELETE FROM user_figures; INSERT INTO user_figures SELECT code, count(e."user"), min(time), max(time) '
            'FROM users LEFT JOIN events e ON e."user" = code GROUP BY code ORDER BY code'
        )
        self._mend_facts(cursor)

    def _mend_facts(self, cursor: duckdb.DuckDBPyConnection) -> None:
        facts = dict(cursor.execute("SELECT name, value FROM data_facts").fetchall())
        if "timed" not in facts:  # numbers of events are small, times are microseconds since 1970
            latest = cursor.execute("SELECT coalesce(max(time), 0) FROM events").fetchall()[0][0]
            cursor.execute(f"INSERT INTO data_facts VALUES ('timed', '{json.dumps(latest > 10**12)}')")
        if any(self._found.lost.get(name) for name in TABLES) or "fingerprint" not in facts:
            mark = hashlib.sha256(f"rescued {facts.get('fingerprint')} {self._found.rows}".encode()).hexdigest()[:32]
            cursor.execute("DELETE FROM data_facts WHERE name = 'fingerprint'")
            cursor.execute(f"INSERT INTO data_facts VALUES ('fingerprint', {text(json.dumps(mark))})")
        cursor.execute(f"INSERT OR REPLACE INTO settings VALUES ('version', '{VERSION}')")
        # What was counted before a column was lost; where rows were lost too, the fingerprint is another one.
        cursor.execute("DELETE FROM settings WHERE key IN ('figures', 'everybody')")

    def _check_models(self) -> tuple[str, ...]:
        """Mark the runs whose models are not whole any more, and remove what is left of these."""
        store, gone = self._workspace.runs, []
        for run in store.all():
            if run.status != "done":
                continue
            try:
                for fit in ("evaluation", "serving"):
                    store.model(run.id, fit)
            except SeqlensError:
                gone.append(run.id)
                store.delete(run.id)
                store.save(run.noted("Its model was lost when the workspace was damaged", status="failed"))
        return tuple(gone)
