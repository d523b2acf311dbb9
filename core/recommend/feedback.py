"""What the analyst says of recommendations: a store in the workspace, and the events that feedback becomes.

A thumb up is an event that speaks for its item and a thumb down one that speaks against it, each of a behaviour of its
own (`UP`, `DOWN`), at the time when it was given. What a list makes of them is in `core.recommend.heeding`.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.data.failures import full_disk_told
from core.data.sql import text
from core.errors import SeqlensError
from core.sequences.log import Behaviour, EventLog

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from core.data.database import Cursors

VERDICTS = ("up", "down", "later", "note")  # "later" is "not now"; "note" is a note without a verdict
REMOVED = "none"
UP, DOWN = Behaviour("feedback-up", told=True), Behaviour("feedback-down", negative=True, told=True)
DAY = 86_400_000_000  # microseconds
REST_DAYS = 14  # for so long "not now" keeps an item out of lists, unless told

# Nothing is overwritten: what holds of a user and an item is the row with the highest number, so that a training can be
# repeated with the feedback that it had. `time` and `until` are microseconds since 1970 UTC.
TABLES = (
    'CREATE TABLE IF NOT EXISTS feedback (number BIGINT PRIMARY KEY, "user" VARCHAR, item VARCHAR, verdict VARCHAR, '
    "note VARCHAR, time BIGINT, until BIGINT, run VARCHAR, rank INTEGER, score DOUBLE, source VARCHAR)",
)
_COLUMNS = '"user", item, verdict, note, time, until, run, rank, score, source'


@dataclass(frozen=True)
class Entry:
    """What was said of one item for one user.

    Attributes:
        user, item: the analyst's own ids.
        verdict: one of `VERDICTS`, or `REMOVED`.
        note: in the analyst's words.
        time: when, microseconds since 1970 UTC.
        until: for "later", when the item may come back.
        run: id of the run that recommended it, empty where that is not known.
        rank: its place in that list, from 1; None where that is not known.
        score: its score there.
        source: name of the file that it came from, empty for what was said in the window.
    """

    user: str
    item: str
    verdict: str
    note: str = ""
    time: int = 0
    until: int | None = None
    run: str = ""
    rank: int | None = None
    score: float | None = None
    source: str = ""

    def __post_init__(self) -> None:
        if self.verdict not in (*VERDICTS, REMOVED):
            raise SeqlensError("{verdict} is no verdict. Say one of: {names}.", verdict=self.verdict, names=VERDICTS)


@dataclass(frozen=True)
class Said:
    """Feedback that is in force, of users and items that the data have: n entries in the order of their numbers.

    Attributes:
        number: int64 [n].
        users, items: int32 [n], codes.
        verdicts: uint8 [n], places in `VERDICTS`.
        times: int64 [n], microseconds since 1970 UTC.
        until: int64 [n], for "later"; 0 for the others.
        ranks: int32 [n], 0 where unknown.
        runs: ids of the runs, n of them.
    """

    number: NDArray[np.int64]
    users: NDArray[np.int32]
    items: NDArray[np.int32]
    verdicts: NDArray[np.uint8]
    times: NDArray[np.int64]
    until: NDArray[np.int64]
    ranks: NDArray[np.int32]
    runs: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.users)

    def take(self, kept: NDArray[np.bool_]) -> Said:
        """Only the entries where `kept` (bool [n]) is true."""
        columns = {name: getattr(self, name)[kept] for name in _ARRAYS}
        return Said(**columns, runs=tuple(np.array(self.runs, dtype=object)[kept].tolist()))

    def is_verdict(self, *names: str) -> NDArray[np.bool_]:
        """bool [n], whether the verdict is one of `names`."""
        return np.isin(self.verdicts, [VERDICTS.index(name) for name in names])

    def of_user(self, user: int) -> Said:
        """Only what was said for one user."""
        return self.take(self.users == user)

    def out(self, now: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Users and items, int32 [m] each, that belong in no list at the time `now`: down, or not now."""
        resting = self.is_verdict("later") & (self.until > now)
        out = resting | self.is_verdict("down")
        return self.users[out], self.items[out]


_ARRAYS = ("number", "users", "items", "verdicts", "times", "until", "ranks")


class FeedbackStore:
    """The feedback of one workspace. Every change is kept at once, and can be taken back while the workspace is open.

    Writes are serialised by the lock that the workspace hands in, each is one transaction.
    """

    def __init__(self, connection: Cursors, lock: threading.RLock) -> None:
        self._connection, self._lock = connection, lock
        self._changes: list[tuple[int, int]] = []  # first and last number of each change that can be taken back
        self._last: int | None = None

    def last(self) -> int:
        """The number of the newest change; 0 where there is none. Every list asks for it, so it is kept in memory."""
        if self._last is None:
            with self._connection.cursor() as cursor:
                self._last = int(cursor.execute("SELECT coalesce(max(number), 0) FROM feedback").fetchall()[0][0])
        return self._last

    def put(self, entries: Sequence[Entry]) -> None:
        """Say this of its users and items in place of what was said before; all of it, or nothing, is one change."""
        if entries:
            rows = ", ".join(_row(entry) for entry in entries)
            with self._connection.cursor() as cursor:
                self.put_query(cursor, f"SELECT * FROM (VALUES {rows}) AS entries({_COLUMNS})")

    def put_query(self, connection: duckdb.DuckDBPyConnection, query: str) -> int:
        """As `put`, what `query` selects on `connection`, with the columns of `Entry` in their order; how many."""
        with self._lock:
            before = self.last()
            after = before + self._append(connection, before, query)
            if after > before:
                self._changes.append((before + 1, after))
        return after - before

    def remove(self, user: str, item: str) -> None:
        """Take back what was said of an item for a user."""
        self.put([Entry(user, item, REMOVED)])

    @property
    def undoable(self) -> bool:
        """Whether there is a change that can be taken back."""
        return bool(self._changes)

    def undo(self) -> bool:
        """Take the last change back; whether there was one."""
        with self._lock:
            if not self._changes:
                return False
            first, last = self._changes[-1]
            columns = ", ".join(f"former.{name}" for name in _COLUMNS.split(", ")[3:])
            with self._connection.cursor() as cursor:
                self._append(
                    cursor,
                    self.last(),
                    f"SELECT changed.\"user\", changed.item, coalesce(former.verdict, '{REMOVED}'), {columns} FROM "
                    f'(SELECT DISTINCT "user", item FROM feedback WHERE number BETWEEN {first} AND {last}) changed '
                    f'LEFT JOIN {_in_force(first - 1)} former USING ("user", item)',
                )
            self._changes.pop()
        return True

    def of(self, user: str) -> dict[str, Entry]:
        """What is in force for a user, by item."""
        if not self.last():  # nobody has said anything: every list asks
            return {}
        return {entry.item: entry for entry in self._entries(f'WHERE "user" = {text(user)}')}

    def all(self) -> list[Entry]:
        """Everything that is in force, the newest first."""
        return self._entries("", "ORDER BY time DESC, number DESC")

    def table(self) -> pa.Table:
        """Everything that is in force with the items' titles, the newest first, as `export_feedback` writes it."""
        with self._connection.cursor() as cursor:
            return cursor.execute(
                f'SELECT f."user" AS user_id, f.item AS item_id, i.title, verdict, note, '
                "strftime(make_timestamp(time), '%Y-%m-%dT%H:%M:%SZ') AS time, "
                "strftime(make_timestamp(until), '%Y-%m-%dT%H:%M:%SZ') AS until, run, f.rank, score::FLOAT AS score "
                f"FROM {_in_force()} f LEFT JOIN items i ON i.id = f.item ORDER BY f.time DESC, f.number DESC"
            ).to_arrow_table()

    def said(self, upto: int | None = None) -> Said:
        """What is in force as columns; with `upto`, what was in force when that was the number of the newest change."""
        names = ", ".join(text(name) for name in VERDICTS)
        with self._connection.cursor() as cursor:
            found = cursor.execute(
                "SELECT f.number, u.code AS users, i.code AS items, "
                f"(list_position([{names}], f.verdict) - 1)::UTINYINT AS verdicts, f.time AS times, "
                "coalesce(f.until, 0) AS until, coalesce(f.rank, 0) AS ranks, f.run "
                f'FROM {_in_force(upto)} f JOIN users u ON u.id = f."user" JOIN items i ON i.id = f.item '
                "ORDER BY f.number"
            ).fetchnumpy()
        kinds = dict(zip(_ARRAYS, ("i8", "i4", "i4", "u1", "i8", "i8", "i4"), strict=True))
        columns: dict[str, Any] = {name: np.asarray(found[name]).astype(kind) for name, kind in kinds.items()}
        return Said(**columns, runs=tuple(str(run) for run in found["run"]))

    def _entries(self, where: str, order: str = "ORDER BY number") -> list[Entry]:
        with self._connection.cursor() as cursor:
            rows = cursor.execute(f"SELECT {_COLUMNS} FROM {_in_force()} {where} {order}").fetchall()
        return [Entry(*row) for row in rows]

    def _append(self, connection: duckdb.DuckDBPyConnection, last: int, query: str) -> int:
        """Number what `query` selects, and keep it; how many. One statement is one transaction."""
        with full_disk_told():
            done = connection.execute(f"INSERT INTO feedback SELECT {last} + row_number() OVER (), * FROM ({query})")
        added = int(done.fetchall()[0][0])
        self._last = last + added
        return added


def _in_force(upto: int | None = None) -> str:
    """SQL of the newest row of each user and item, without what was taken back."""
    bound = "" if upto is None else f"WHERE number <= {int(upto)} "
    return (
        f"(SELECT * FROM feedback {bound}QUALIFY "
        'row_number() OVER (PARTITION BY "user", item ORDER BY number DESC) = 1 '
        f"AND verdict <> '{REMOVED}')"
    )


def _row(entry: Entry) -> str:
    # Written into the statement: to bind a parameter DuckDB imports pandas, which takes 0.4 s.
    rank, until = ("NULL" if value is None else str(int(value)) for value in (entry.rank, entry.until))
    score = "NULL" if entry.score is None or not np.isfinite(entry.score) else repr(float(entry.score))
    texts = ", ".join(text(value) for value in (entry.user, entry.item, entry.verdict, entry.note))
    ends = f"{text(entry.run)}, {rank}::INTEGER, {score}::DOUBLE, {text(entry.source)}"
    return f"({texts}, {int(entry.time)}::BIGINT, {until}::BIGINT, {ends})"


def joined(log: EventLog, said: Said) -> EventLog:
    """The log with its users' thumbs as events of the behaviours `UP` and `DOWN`, which follow the log's own.

    Each stands behind what its user had done until then; in a log without times, at the end of the sequence.

    Args:
        said: users are those of the log; entries about items that it does not know are left out.
    """
    log = replace(log, behaviours=(*log.behaviours, UP, DOWN))
    said = said.take(said.is_verdict("up", "down") & (said.items < log.items))
    if len(said) == 0:
        return log
    order = np.lexsort((said.number, said.times, said.users))
    users, items, times = said.users[order], said.items[order], said.times[order]
    own = log.select(users)
    before = own.time <= np.repeat(times, own.lengths) if log.timed else np.ones(own.events, dtype=np.bool_)
    place = log.offsets[users] + np.bincount(own.user[before], minlength=len(users))
    code = len(log.behaviours) - 2 + said.is_verdict("down")[order]
    added = np.bincount(users, minlength=log.users)
    offsets = log.offsets + np.concatenate(([0], np.cumsum(added)))
    if not log.timed:  # the numbers that follow those of the user's own events
        starts = np.concatenate(([0], np.cumsum(added)))[users]
        times = log.lengths[users] + np.arange(len(users)) - starts
    return replace(
        log,
        item=np.insert(log.item, place, items),
        behaviour=np.insert(log.behaviour, place, code.astype(np.uint8)),
        time=np.insert(log.time, place, times),
        value=np.insert(log.value, place, np.float32(np.nan)),
        text=np.insert(log.text, place, np.int32(-1)),
        offsets=offsets.astype(np.int64),
    )
