"""The analyst's saved work: one DuckDB file with data, settings, runs and models."""

from __future__ import annotations

import contextlib
import json
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar, cast

from core import migrations, rewriting
from core.beside import BesideStore
from core.data import tables
from core.data.database import Database, cannot_write, damaged, unfinished
from core.data.failures import full_disk_told
from core.data.sql import text
from core.errors import SeqlensError
from core.files import sweep_scratch
from core.privacy import passphrase as passphrases
from core.privacy.records import TABLES as PRIVACY_TABLES
from core.progress import Progress
from core.recommend.feedback import TABLES as FEEDBACK_TABLES
from core.recommend.feedback import FeedbackStore
from core.runs import TABLES as RUN_TABLES
from core.runs import Run, RunStore, VectorTable
from core.saved import TABLES as SAVED_TABLES
from core.saved import SavedStore
from core.sharing import Shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import duckdb
    import numpy as np
    from numpy.typing import NDArray

    from core.recommend.feedback import Said
    from core.sequences.log import Catalogue, EventLog
    from core.sequences.store import UserEvents, UserTable

Loaded = TypeVar("Loaded")


@dataclass(frozen=True)
class Counts:
    """How much there is; `start` and `end` are microseconds since 1970 UTC, or None where there are no times."""

    users: int
    items: int
    events: int
    behaviours: int
    start: int | None
    end: int | None
    timed: bool


class _Writing:
    """The lock of all writes but an import's. Nobody gets it while the file is not where it was opened.

    A system may let a program go on writing into a file that is deleted or replaced, or whose drive is gone from the
    folders, and all of it would be lost without a word.
    """

    def __init__(self, path: Path) -> None:
        self._path, self.alone = path, threading.RLock()
        self._number = path.stat().st_ino

    def check(self) -> None:
        """Raise where the file is gone, or another one has taken its place."""
        try:
            there = self._path.stat().st_ino == self._number
        except OSError:  # it is gone, or the drive does not answer
            there = False
        if not there:
            raise SeqlensError(
                "{path} is not there any more: its drive was removed, or its folder was moved or deleted. Bring it "
                "back and try again, or save what is open elsewhere (File, Save as). This was not saved.",
                path=self._path,
            )

    def __enter__(self) -> bool:
        self.check()
        return self.alone.__enter__()

    def __exit__(self, *_: object) -> None:
        self.alone.release()


class Workspace:
    """One open workspace file. One process has it open at a time.

    Every thread takes a `cursor` of its own. All writes but an import's go through one lock.

    Attributes:
        path: the file.
        runs: trainings, their models and checkpoints.
        saved: what the analyst made and named.
        feedback: what the analyst says of recommendations.
        vectors: language vectors of texts.
        beside: what is known of items beside events and texts.
    """

    def __init__(self, database: Database) -> None:
        self.path = database.path
        self._database = database
        self._writing = _Writing(database.path)
        self._lock = cast(threading.RLock, self._writing)  # whoever writes enters it, and does nothing else with it
        self._keeping: dict[str, Shared] = {}
        self._kept: dict[str, tuple[str, object]] = {}
        self._in_use: tuple[str | None] | None = None  # the run that was chosen last, whether it is written or not
        self._utc_offset: int | None = None  # as it was read or chosen last, whether it is written or not
        self.runs = RunStore(database, self._lock)
        self.saved = SavedStore(database, self._lock)
        self.beside = BesideStore(database, self._lock, self.runs)
        self.feedback = FeedbackStore(database, self._lock)
        self.vectors = VectorTable(database, self._lock)

    @classmethod
    def create(cls, path: Path, passphrase: str | None = None) -> Self:
        """Make a new, empty workspace, encrypted where there is a passphrase; it is there whole or not at all.

        Raises:
            SeqlensError: there is something at `path` already, or the salt of an encrypted workspace that was moved; it
                cannot be written, or the passphrase is too short.
        """
        with _new(path, passphrase) as salts:
            rewriting.take_place(unfinished(path), path, salts)
        return cls.open(path, passphrase)

    @classmethod
    @contextlib.contextmanager
    def arriving(cls, path: Path, passphrase: str | None = None) -> Iterator[Self]:
        """As `create`, a workspace that is at `path` once all that is done with it inside is done, or not at all."""
        beside = unfinished(path)
        with _new(path, passphrase) as salts:
            try:
                passphrases.write_salts(beside, salts)
                with cls.open(beside, passphrase) as workspace:
                    yield workspace
            finally:
                passphrases.tell(beside, None)
            rewriting.take_place(beside, path, salts)

    @classmethod
    def open(cls, path: Path, passphrase: str | None = None) -> Self:
        """Open what `create` made; one that an older version made gets its new tables, after a backup.

        Args:
            passphrase: of an encrypted workspace; None for the one that was told (`core.privacy.passphrase.tell`).

        Raises:
            PassphraseNeeded: it is encrypted, and the passphrase is missing or wrong.
            SeqlensError: there is no such file, it is no workspace, it is damaged, it was made by a newer version, or
                another process has it open.
        """
        if not path.is_file():
            raise SeqlensError("There is no workspace at {path}. Was it moved or renamed?", path=path)
        import duckdb

        database = passphrases.open_database(path, passphrase)
        try:
            database = migrations.migrate(database)
            workspace = cls(database)
            if workspace.setting(tables.REWRITE_DUE, False):
                database.close()
                rewriting.rewrite(path, Progress())
                workspace = cls(passphrases.open_database(path))
            workspace._settle()
        except duckdb.Error as error:
            database.close()
            raise damaged(path, error) from error
        except BaseException:
            database.close()
            raise
        return workspace

    def _settle(self) -> None:
        """Remove what a killed process left."""
        sweep_scratch()
        sweep_scratch(self.path.parent)
        with contextlib.suppress(SeqlensError):  # where nothing can be written, it is read where it stands
            passphrases.settle(self.path)
        for path in (self.path, *migrations.backups(self.path)):
            rewriting.discard(path)
        for run in self.runs.all():
            if run.status == "running":  # its process was killed
                self.runs.save(run.noted("The program ended during the training", status="stopped"))

    @classmethod
    def at(cls, path: Path, passphrase: str | None = None) -> Self:
        """Open the workspace at `path`, or create it where there is none, encrypted where there is a passphrase."""
        return cls.open(path, passphrase) if path.exists() else cls.create(path, passphrase)

    def close(self) -> None:
        """Write everything into the one file and let go of it."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection for one thread; close it, or use it in `with`."""
        return self._database.cursor()

    def check_there(self) -> None:
        """See whether the file is still where it was opened.

        Raises:
            SeqlensError: its drive was removed, or it was moved or deleted.
        """
        self._writing.check()

    def save_as(self, path: Path) -> None:
        """Copy everything into a new file at `path`, which is whole or absent.

        Raises:
            SeqlensError: the file cannot be written.
        """
        if path.resolve() == self.path.resolve():
            raise SeqlensError("{path} is the workspace that is open. Choose another name.", path=path)
        with self._writing.alone:  # a copy of a file that is gone is what saves its content
            rewriting.copy(self._database, path)

    @property
    def encrypted(self) -> bool:
        """Whether nobody opens it without a passphrase."""
        return self._database.key is not None

    def setting(self, key: str, default: object) -> object:
        """The JSON value kept under `key`, or `default`."""
        with self.cursor() as cursor:
            # Written into the statement: to bind a parameter DuckDB imports pandas, which takes 0.4 s.
            row = cursor.execute(f"SELECT value FROM settings WHERE key = {text(key)}").fetchone()
        return default if row is None else json.loads(row[0])

    def set_setting(self, key: str, value: object) -> None:
        """Keep a JSON value under `key`, at once."""
        with full_disk_told(), self._lock, self.cursor() as cursor:
            cursor.execute(f"INSERT OR REPLACE INTO settings VALUES ({text(key)}, {text(json.dumps(value))})")

    def counts(self) -> Counts:
        """Users, items, events, behaviours and the span of time."""
        with self.cursor() as cursor:
            users, items, events, behaviours, start, end = cursor.execute(
                "SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM items), (SELECT count(*) FROM events), "
                "(SELECT count(*) FROM behaviours), (SELECT min(time) FROM events), (SELECT max(time) FROM events)"
            ).fetchall()[0]
        timed = self.timed
        return Counts(users, items, events, behaviours, start if timed else None, end if timed else None, timed)

    @property
    def timed(self) -> bool:
        """Whether the events have times, and not only an order."""
        return json.loads(self._fact("timed") or "false") is True

    @property
    def fingerprint(self) -> str:
        """A text that changes whenever the data change; empty while there are none."""
        return self._fact("fingerprint") or ""

    def basis(self, files: int | None = None) -> dict[str, int | str]:
        """Of which files the events come: how many files, a hash of their contents, and how many events.

        Args:
            files: of the first ones alone.
        """
        with self.cursor() as cursor:
            among = "" if files is None else f" WHERE file < {files}"
            number, digest = cursor.execute(
                "SELECT coalesce(max(file) + 1, 0), sha256(coalesce(string_agg(sha256, ' ' ORDER BY file), '')) "
                f"FROM files{among}"
            ).fetchall()[0]
            events = cursor.execute(f"SELECT count(*) FROM events{among}").fetchall()[0][0]
        return {"files": number, "sha256": digest, "events": events}

    def later(self, files: int) -> NDArray[np.bool_] | None:
        """Which events of the log come from files after the first `files`, bool [events].

        None where one of them stands before an earlier event of its user.
        """
        import numpy as np

        log = self.log()
        with self.cursor() as cursor:
            told = cursor.execute(
                f'SELECT "user", count(*) AS many, min(time) AS start FROM events WHERE file >= {files} GROUP BY "user"'
            ).fetchnumpy()
        user, many, start = (np.asarray(told[name], np.int64) for name in ("user", "many", "start"))
        tail = log.offsets[user + 1] - many
        before = (tail > log.offsets[user]) & (log.time[np.maximum(tail - 1, 0)] > start)
        if before.any():
            return None
        new = np.zeros(log.events + 1, np.int8)
        new[tail] += 1
        np.subtract.at(new, log.offsets[user + 1], 1)
        found: NDArray[np.bool_] = np.cumsum(new[:-1], dtype=np.int8).astype(np.bool_)
        return found

    def _fact(self, name: str) -> str | None:
        with self.cursor() as cursor:
            row = cursor.execute(f"SELECT value FROM data_facts WHERE name = {text(name)}").fetchone()
        return None if row is None else str(row[0])

    def log(self) -> EventLog:
        """All events as columns; read once and kept until the data change, and then only what was appended is read."""
        from core.sequences.store import later_log, load_log

        def read(cursor: duckdb.DuckDBPyConnection) -> EventLog:
            kept = self._kept.get("log")
            return load_log(cursor) if kept is None else later_log(cursor, kept[0], cast("EventLog", kept[1]))

        return self._read("log", read)

    def said(self, upto: int | None = None) -> Said:
        """The feedback in force, or in force at the change `upto`; read once and kept until there is other feedback."""
        stamp = f"{self.fingerprint} {self.feedback.last()}"
        if upto is None:
            return self.keep("feedback", stamp, self.feedback.said)
        return self.feedback.said(upto)

    def told_log(self, upto: int) -> EventLog:
        """All events with the feedback of the change `upto` among them (`core.recommend.feedback.joined`)."""
        from core.recommend.feedback import joined

        return self.keep("told log", f"{self.fingerprint} {upto}", lambda: joined(self.log(), self.said(upto)))

    def catalogue(self) -> Catalogue:
        """All items; read once and kept until the data change."""
        from core.sequences.store import load_catalogue

        return self._read("catalogue", load_catalogue)

    def event_texts(self) -> list[str]:
        """The events' own texts (searches) by their codes; read once and kept until the data change."""
        from core.sequences.store import load_event_texts

        return self._read("event texts", load_event_texts)

    def users(self) -> UserTable:
        """All users with what a list shows of them; read once and kept until the data change."""
        from core.sequences.store import user_table

        return self._read("users", user_table)

    def user_events(self, user: int) -> UserEvents:
        """The events of the user with the code `user`, with all that a screen shows of them."""
        from core.sequences.store import user_events

        with self.cursor() as cursor:
            return user_events(cursor, user)

    def keep(self, name: str, stamp: str, load: Callable[[], Loaded]) -> Loaded:
        """What `load` gave for this `stamp`, kept in memory until another stamp is asked for under the same name."""
        # One lock for each name: the list of users must not wait for a model that is being read.
        with self._keeping.setdefault(name, Shared()):
            kept = self._kept.get(name)
            if kept is None or kept[0] != stamp:
                kept = self._kept[name] = (stamp, load())
        return cast("Loaded", kept[1])

    def keeps(self, name: str) -> bool:
        """Whether something is kept under a name, for whichever stamp."""
        return name in self._kept

    def _read(self, name: str, load: Callable[[duckdb.DuckDBPyConnection], Loaded]) -> Loaded:
        def read() -> Loaded:
            with self.cursor() as cursor:
                return load(cursor)

        return self.keep(name, self.fingerprint, read)

    def user_codes(self, ids: Sequence[str]) -> NDArray[np.int32]:
        """Codes of users, int32 [n], in the order of their ids.

        Raises:
            SeqlensError: an id is unknown.
        """
        import numpy as np

        with self.cursor() as cursor:
            rows = cursor.execute(
                "SELECT id, code FROM users WHERE id IN (SELECT unnest(?::VARCHAR[]))", [list(ids)]
            ).fetchall()
        known = dict(rows)
        for name in ids:
            if name not in known:
                raise SeqlensError("There is no user {user} in this workspace.", user=name)
        return np.array([known[name] for name in ids], dtype=np.int32)

    def segment(self, name: str) -> NDArray[np.int32]:
        """Codes of the users of a saved segment, int32 [n], ascending; kept until it, a cluster or the data change.

        Raises:
            SeqlensError: there is no segment of this name, or it can no longer be told who belongs to it.
        """
        from core.analysis.conditions import Segment
        from core.analysis.segments import members

        body = self.saved.get("segment", name)
        if body is None:
            raise SeqlensError("There is no segment {name} in this workspace.", name=name)

        def find() -> NDArray[np.int32]:
            with self.cursor() as cursor:
                return members(cursor, Segment.from_dict(body), offset)

        offset = self.utc_offset
        stamp = f"{self.fingerprint} {self.saved.changed('clusters')} {offset} {json.dumps(body)}"
        return self.keep("segment", stamp, find)

    def segments(self) -> dict[str, NDArray[np.int32]]:
        """The users of every saved segment by its name, without those that cannot be told any more."""
        found: dict[str, NDArray[np.int32]] = {}
        for name in self.saved.names("segment"):
            with contextlib.suppress(SeqlensError):
                found[name] = self.segment(name)
        return found

    @property
    def utc_offset(self) -> int:
        """How many hours ahead of UTC nights and weekends of the users are told; 0 until somebody says otherwise."""
        if self._utc_offset is None:
            kept = self.setting("utc_offset", 0)
            self._utc_offset = kept if isinstance(kept, int) else 0
        return self._utc_offset

    def use_utc_offset(self, hours: int) -> None:
        """Have the day of the users be so many hours ahead of UTC, at once and until the workspace is closed."""
        self._utc_offset = hours

    def keep_utc_offset(self, hours: int) -> None:
        """Have the day of the users be so many hours ahead of UTC from the next opening on; a write."""
        self.set_setting("utc_offset", hours)

    def active_run(self) -> Run | None:
        """The run that makes the lists: the chosen one, or else the newest that is done."""
        (chosen,) = self._in_use or (self.setting("active_run", None),)
        done = [run for run in self.runs.all() if run.status == "done"]
        return next((run for run in done if run.id == chosen), done[0] if done else None)

    def set_active_run(self, run: str | None) -> None:
        """Choose the run that makes the lists; None for the newest that is done."""
        self.use_run(run)
        self.keep_run(run)

    def use_run(self, run: str | None) -> None:
        """Have a run make the lists, at once and until the workspace is closed."""
        self._in_use = (run,)

    def keep_run(self, run: str | None) -> None:
        """Have a run make the lists from the next opening on; a write, which may come later than other choices."""
        self.set_setting("active_run", run)


@contextlib.contextmanager
def _new(path: Path, passphrase: str | None) -> Iterator[list[passphrases.Salt]]:
    """An empty workspace that is `unfinished` at `path`, with the salts of its key; without a name, it goes again."""
    import duckdb

    if path.exists():
        raise SeqlensError("{path} exists already. Open it, or choose another name.", path=path)
    key, salts = None, list[passphrases.Salt]()
    if passphrase is not None:
        passphrases.check_strength(passphrase)
        salts.append(passphrases.Salt())
        key = salts[0].key(passphrase)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        rewriting.prepare(path)
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        try:
            with Database(unfinished(path), key) as database:
                _make_tables(database)
        except (OSError, duckdb.Error) as error:
            raise cannot_write(path, error) from error
        yield salts
    finally:
        rewriting.discard(path)


def _make_tables(database: Database) -> None:
    statements = (*tables.create_statements(), *RUN_TABLES, *SAVED_TABLES, *FEEDBACK_TABLES, *PRIVACY_TABLES)
    with database.cursor() as cursor:
        cursor.begin()
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("CREATE TABLE settings (key VARCHAR PRIMARY KEY, value VARCHAR)")
        cursor.execute(f"INSERT INTO settings VALUES ('version', {text(json.dumps(tables.VERSION))})")
        cursor.commit()
