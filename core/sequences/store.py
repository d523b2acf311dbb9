"""Reading sequences out of a workspace: the whole log, the catalogue, the list of users, one user's events."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from core.data.arrow import numbers, strings
from core.data.database import beside
from core.data.tables import EVENT_ORDER
from core.sequences.arriving import Arriving
from core.sequences.log import Behaviour, Catalogue, EventLog

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa
    from numpy.typing import NDArray

BATCH = 500_000  # events that are in memory twice while a log is read
PART = 1_000_000  # events that are worth a thread
THREADS = min(4, os.cpu_count() or 1)
READ = {  # columns that say it in another way when there is nothing
    "item": "coalesce(item, -1)",
    "value": "coalesce(value, 'nan'::FLOAT)",
    "text": "coalesce(text, -1)",
}
ABSENT = {"value": np.float32(np.nan), "text": np.int32(-1)}  # where no event has one, this takes the column's place

UserOrder = Literal["id", "events", "last", "span"]


def load_log(connection: duckdb.DuckDBPyConnection) -> EventLog:
    """All events of a workspace. They are read in pieces, so that the peak is little more than the columns returned.

    `value` and `text` take no memory where no event has one. Several connections read them, each of which sees what was
    committed before it: where an import ends meanwhile, all is read again.
    """
    while True:
        state = _fact(connection, "fingerprint", "")
        try:
            log = _load(connection)
        except Exception:
            if _fact(connection, "fingerprint", "") == state:
                raise
        else:
            if _fact(connection, "fingerprint", "") == state:
                return log


def _load(connection: duckdb.DuckDBPyConnection) -> EventLog:
    behaviours = load_behaviours(connection)
    users, items, events = (_count(connection, table) for table in ("users", "items", "events"))
    values, texts = connection.execute("SELECT count(value), count(text) FROM events").fetchall()[0]
    columns: dict[str, NDArray[Any]] = {
        "item": np.empty(events, np.int32),
        "behaviour": np.empty(events, np.uint8),
        "time": np.empty(events, np.int64),
        "value": np.empty(events, np.float32) if values else np.broadcast_to(ABSENT["value"], events),
        "text": np.empty(events, np.int32) if texts else np.broadcast_to(ABSENT["text"], events),
    }
    ordered = min(_fact(connection, "ordered", events), events)
    counts, late = _read(connection, columns, ordered, users)
    offsets = np.concatenate(([0], np.cumsum(counts)))
    if len(late):
        arriving = Arriving(offsets, columns["time"][:ordered], late, columns["time"][ordered:])
        offsets = arriving.offsets
        for name, column in columns.items():  # one after the other is replaced
            if column.flags.writeable:
                columns[name] = arriving.column(column[:ordered], column[ordered:])
    return EventLog(**columns, offsets=offsets, behaviours=behaviours, items=items, timed=is_timed(connection))


def _read(
    connection: duckdb.DuckDBPyConnection, columns: dict[str, NDArray[Any]], ordered: int, users: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Fill the columns with the events in the order of their table, a part in each of some threads.

    DuckDB keeps the order of a table that it scans. The first events stand in their one order; those that were appended
    stand after them, and their users are needed to find their places.

    Args:
        ordered: how many events stand in order.

    Returns:
        int64 [users], the counts of the ordered events; int32 [appended], the users of the others.
    """
    events = len(columns["time"])
    last = connection.execute("SELECT max(rowid) FROM events").fetchall()[0][0]
    parts = min(THREADS, events // PART) if last == events - 1 else 1  # rows are missing, or not written yet
    if parts > 1:
        ends = [events * part // parts for part in range(parts + 1)]
        with ExitStack() as stack:
            cursors = [stack.enter_context(beside(connection)) for _ in range(parts)]
            pool = stack.enter_context(ThreadPoolExecutor(parts))  # which ends before they are closed
            found = list(pool.map(partial(_read_part, columns, ordered, users), cursors, ends[:-1], ends[1:]))
    else:
        found = [_read_part(columns, ordered, users, connection, 0, events)]
    return np.sum([counts for counts, _ in found], axis=0), np.concatenate([late for _, late in found])


def _read_part(
    columns: dict[str, NDArray[Any]],
    ordered: int,
    users: int,
    connection: duckdb.DuckDBPyConnection,
    start: int,
    end: int,
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The same for the rows from `start` to before `end`."""
    wanted = [name for name, column in columns.items() if column.flags.writeable]
    within = "" if end - start == len(columns["time"]) else f"WHERE rowid >= {start} AND rowid < {end}"
    read = ", ".join(READ.get(name, name) for name in wanted)
    counts, late = np.zeros(users, np.int64), [np.zeros(0, np.int32)]
    for batch in connection.execute(f'SELECT "user", {read} FROM events {within}').to_arrow_reader(BATCH):
        for place, name in enumerate(wanted, 1):
            columns[name][start : start + batch.num_rows] = numbers(batch.column(place))
        user = numbers(batch.column(0))
        early = max(0, ordered - start)
        counts += np.bincount(user[:early], minlength=users)
        late.append(user[early:].copy())
        start += batch.num_rows
    return counts, np.concatenate(late)


def later_log(connection: duckdb.DuckDBPyConnection, fingerprint: str, log: EventLog) -> EventLog:
    """All events of a workspace of which an earlier state is in memory; where events were only appended since, these
    alone are read.

    Args:
        fingerprint: of the data when `log` was read, as `Workspace.fingerprint` tells it.
    """
    connection.begin()  # all that is asked is of one state
    try:
        found = _appended(connection, fingerprint, log)
    finally:
        connection.rollback()
    return load_log(connection) if found is None else found


def _appended(connection: duckdb.DuckDBPyConnection, fingerprint: str, log: EventLog) -> EventLog | None:
    """None where more happened than that events were appended."""
    facts = dict(connection.execute("SELECT name, value FROM data_facts").fetchall())
    grown = json.loads(facts.get("grown", "{}"))
    known = grown["from"].get(fingerprint) if grown.get("to") == facts.get("fingerprint") else None
    users, items, events = (_count(connection, table) for table in ("users", "items", "events"))
    last = connection.execute("SELECT max(rowid) FROM events").fetchall()[0][0]
    if known != log.events or last != events - 1:
        return None
    names = ("item", "behaviour", "time", "value", "text")
    read = ", ".join(f"{READ.get(name, name)} AS {name}" for name in names)
    table = connection.execute(f'SELECT "user", {read} FROM events WHERE rowid >= {known}').to_arrow_table()
    later = {name: numbers(table.column(name)) for name in names}
    offsets = np.concatenate((log.offsets, np.full(users - log.users, known)))
    arriving = Arriving(offsets, log.time, numbers(table.column("user")), later["time"])
    columns: dict[str, NDArray[Any]] = {}
    for name, column in later.items():
        former = getattr(log, name)
        if former.strides == (0,) and (np.isnan(column) if name == "value" else column == -1).all():
            columns[name] = np.broadcast_to(ABSENT[name], events)
        else:
            columns[name] = arriving.column(former, column)
    kinds, timed = load_behaviours(connection), is_timed(connection)
    return EventLog(**columns, offsets=arriving.offsets, behaviours=kinds, items=items, timed=timed)


def load_catalogue(connection: duckdb.DuckDBPyConnection) -> Catalogue:
    """All items of a workspace, in the order of their codes."""
    table = connection.execute(
        "SELECT id, title, category, description, coalesce(price, 'nan'::FLOAT) AS price FROM items ORDER BY code"
    ).to_arrow_table()
    return Catalogue(
        ids=strings(table, "id"),
        titles=strings(table, "title"),
        categories=strings(table, "category"),
        descriptions=strings(table, "description"),
        prices=numbers(table.column("price")),
    )


def load_event_texts(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The events' own texts (searches) by their codes, `EventLog.text`."""
    return [str(text) for (text,) in connection.execute("SELECT text FROM texts ORDER BY code").fetchall()]


def load_behaviours(connection: duckdb.DuckDBPyConnection) -> tuple[Behaviour, ...]:
    """What the behaviour codes mean."""
    rows = connection.execute("SELECT name, negative FROM behaviours ORDER BY code").fetchall()
    return tuple(Behaviour(name, bool(negative)) for name, negative in rows)


def is_timed(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the events have times, and not only an order."""
    return _fact(connection, "timed", False) is True


def _fact(connection: duckdb.DuckDBPyConnection, name: str, default: Any) -> Any:
    row = connection.execute(f"SELECT value FROM data_facts WHERE name = '{name}'").fetchone()
    return default if row is None else json.loads(row[0])


@dataclass(frozen=True)
class UserTable:
    """All users: row `u` of every column is the user with the code `u`.

    Attributes:
        ids: the analyst's own user ids, text.
        rank: int32 [users], place of the id in text order.
        events: int32 [users], number of events.
        first: int64 [users], time of the first event (as in `EventLog.time`); 0 for a user without events.
        last: int64 [users], time of the last event; 0 for a user without events.
        timed: whether `first` and `last` are times.
    """

    ids: pa.StringArray
    rank: NDArray[np.int32]
    events: NDArray[np.int32]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    timed: bool
    _orders: dict[tuple[UserOrder, bool], NDArray[np.int32]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def users(self) -> int:
        return len(self.events)

    @cached_property
    def _lower(self) -> pa.StringArray:
        import pyarrow.compute as pc

        return pc.utf8_lower(self.ids)

    def arrange(
        self,
        search: str = "",
        sort: UserOrder = "id",
        descending: bool = False,
        among: NDArray[np.int32] | None = None,
    ) -> NDArray[np.int32]:
        """Codes of the users whose id contains `search` (in either case), int32 [found], sorted.

        Only users whose codes are `among` these, where it is given. Users that are equal in what they are sorted by
        stand in the order of their ids.
        """
        codes = self._sorted(sort, descending)
        if among is not None:
            chosen = np.zeros(self.users, np.bool_)
            chosen[among] = True
            codes = codes[chosen[codes]]
        if not search.strip():
            return codes
        import pyarrow.compute as pc

        found = np.zeros(self.users, np.bool_)
        found[numbers(pc.indices_nonzero(pc.match_substring(self._lower, search.strip().lower())))] = True
        return codes[found[codes]]

    def _sorted(self, sort: UserOrder, descending: bool) -> NDArray[np.int32]:
        """Codes of all users in an order. Each is computed once: for a million that takes a tenth of a second."""
        known = self._orders.get((sort, descending))
        if known is not None:
            return known
        codes = np.empty(self.users, np.int32)
        codes[self.rank] = np.arange(self.users, dtype=np.int32)
        if sort == "id":
            codes = codes[::-1] if descending else codes
        elif self.users:
            figure: NDArray[Any] = self.events if sort == "events" else self.last
            figure = (figure - self.first if sort == "span" else figure)[codes]
            codes = codes[_order(figure.max() - figure if descending else figure - figure.min())]
        self._orders[sort, descending] = codes
        return codes


def _order(figure: NDArray[Any]) -> NDArray[np.int64]:
    """Where each of the sorted figures stood, equals in their order; figures are 0 or more.

    Sorting the figures with their places in one number takes a sixth of the time of a stable argsort. Times in
    microseconds are too large for that, but most logs have whole seconds.
    """
    count, figure = len(figure), figure.astype(np.int64)
    if not (figure % 1_000_000).any():
        figure //= 1_000_000
    if int(figure.max()) < 2**62 // count:
        figure *= count
        figure += np.arange(count)
        figure.sort()
        return figure % count
    return np.argsort(figure, kind="stable")


def user_table(connection: duckdb.DuckDBPyConnection) -> UserTable:
    """All users of a workspace with what a list shows of them."""
    # Joining and sorting a million rows in numpy by their codes takes a tenth of what it takes in SQL.
    users = connection.execute("SELECT code, id, rank FROM users").to_arrow_table()
    codes = numbers(users.column("code"))
    if (np.diff(codes) < 0).any():
        users = users.take(np.argsort(codes))
    figures = connection.execute(
        'SELECT "user", events, first, last FROM user_figures WHERE events > 0 AND first IS NOT NULL'
    ).to_arrow_table()
    place = numbers(figures.column("user"))

    def figure(name: str, kind: type[np.integer]) -> NDArray[Any]:
        column = np.zeros(len(codes), kind)
        column[place] = numbers(figures.column(name))
        return column

    return UserTable(
        ids=strings(users, "id"),
        rank=numbers(users.column("rank")),
        events=figure("events", np.int32),
        first=figure("first", np.int64),
        last=figure("last", np.int64),
        timed=is_timed(connection),
    )


@dataclass(frozen=True)
class UserEvents:
    """One user's events in order, with all that a screen shows of them. Every column has the length [events].

    Attributes:
        user: the user's code.
        user_id: the analyst's own id of the user.
        item: int32, row in the catalogue; -1 for an event without an item.
        behaviour: uint8, index into `behaviours`.
        time: int64, microseconds since 1970 UTC, or, if not `timed`, the number of the event in the sequence.
        value: float32, NaN where there is none.
        price: float32, NaN where unknown.
        ids: item ids, null for an event without an item.
        titles: item titles, null where unknown.
        categories: item categories, null where unknown.
        texts: the events' own texts (searches), null where there is none.
        behaviours: what the behaviour codes mean.
        timed: whether `time` is a time.
    """

    user: int
    user_id: str
    item: NDArray[np.int32]
    behaviour: NDArray[np.uint8]
    time: NDArray[np.int64]
    value: NDArray[np.float32]
    price: NDArray[np.float32]
    ids: pa.StringArray
    titles: pa.StringArray
    categories: pa.StringArray
    texts: pa.StringArray
    behaviours: tuple[Behaviour, ...]
    timed: bool

    @property
    def events(self) -> int:
        return len(self.item)

    def label(self, event: int) -> str:
        """What the event was about: the item's title, or its id, or the event's own text."""
        for column in (self.titles, self.ids, self.texts):
            text = column[event].as_py()
            if text:
                return str(text)
        return ""


def user_events(connection: duckdb.DuckDBPyConnection, user: int) -> UserEvents:
    """The events of the user with the code `user`; none if there is no such user."""
    # The code is written into the statement: to bind a parameter DuckDB imports pandas, which takes 0.4 s.
    table = connection.execute(
        "SELECT coalesce(e.item, -1) AS item, e.behaviour, e.time, coalesce(e.value, 'nan'::FLOAT) AS value, "
        "coalesce(i.price, 'nan'::FLOAT) AS price, i.id, i.title, i.category, t.text "
        f'FROM (SELECT * FROM events WHERE "user" = {int(user)}) e LEFT JOIN items i ON i.code = e.item '
        f"LEFT JOIN texts t ON t.code = e.text ORDER BY {EVENT_ORDER}"
    ).to_arrow_table()
    name = connection.execute(f"SELECT id FROM users WHERE code = {int(user)}").fetchone()
    return UserEvents(
        user=user,
        user_id="" if name is None else str(name[0]),
        item=numbers(table.column("item")),
        behaviour=numbers(table.column("behaviour")),
        time=numbers(table.column("time")),
        value=numbers(table.column("value")),
        price=numbers(table.column("price")),
        ids=strings(table, "id"),
        titles=strings(table, "title"),
        categories=strings(table, "category"),
        texts=strings(table, "text"),
        behaviours=load_behaviours(connection),
        timed=is_timed(connection),
    )


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])
