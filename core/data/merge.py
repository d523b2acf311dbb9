"""The third step: events with codes, without duplicates, in their one order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.data import ordering
from core.data.arrow import filled, masked, numbers, room
from core.data.codes import Codes, fill_value
from core.data.counts import Counts
from core.data.database import beside
from core.data.failures import streaming
from core.data.gathering import Gathered
from core.data.ordering import Block
from core.data.report import KEPT_REJECTIONS
from core.data.settings import ImportSettings
from core.data.tables import EVENT_ORDER

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from core.progress import Progress

COLUMNS = '"user", time, item, behaviour, value, text, file, record'
SAME = ("item", "behaviour", "value", "text")
CODED = 1 << 16  # numbers that get codes at once
PIECE = 122_880 * 2  # events that are taken out of DuckDB at once
MOST_AT_ONCE = 4 * PIECE  # events that are handed to it at once, where a user has many
_KINDS = {
    "user": "int32",
    "time": "int64",
    "item": "int32",
    "behaviour": "uint8",
    "value": "float32",
    "text": "int32",
    "file": "int32",
    "record": "int64",
}
"""Arrow's types of the columns of events."""
_ABSENT = {"item": -1, "text": -1, "value": np.nan}  # what stands for null


class Duplicates:
    """The events that repeat an earlier one.

    Attributes:
        counts: by number of the file; of a data set, of its first file.
        known: those of them that repeat an event of an earlier import.
    """

    def __init__(self, firsts: Sequence[int]) -> None:
        """Begin with none.

        Args:
            firsts: ascending, the numbers of the files and of the first files of data sets.
        """
        self.counts: Counter[int] = Counter()
        self.known: Counter[int] = Counter()
        self._firsts = np.array(firsts, np.int64)
        self._kept: dict[int, NDArray[np.int64]] = {}

    def add(self, file: NDArray[np.int32], record: NDArray[np.int64], item: NDArray[np.int32]) -> None:
        """Note duplicates; `item` is -1 for none."""
        first = self._first_of(file)
        for number in np.unique(first).tolist():
            here = first == number
            kept = np.stack([column[here].astype(np.int64) for column in (file, record, item)])
            if number in self._kept:
                kept = np.concatenate([self._kept[number], kept], axis=1)
            self._kept[number] = kept[:, np.lexsort(kept[1::-1])[:KEPT_REJECTIONS]]
            self.counts[number] += int(np.count_nonzero(here))

    def add_known(self, file: NDArray[np.int32]) -> None:
        """Note of duplicates, by file, that they repeat an event of an earlier import."""
        self.known.update(self._first_of(file).tolist())

    def _first_of(self, file: NDArray[np.int32]) -> NDArray[np.int64]:
        return self._firsts[np.searchsorted(self._firsts, file, "right") - 1]

    def kept(self, file: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """File, record and item of the first `KEPT_REJECTIONS` duplicates of a file or data set, int64 [n] each."""
        kept = self._kept.get(file, np.empty((3, 0), np.int64))
        return kept[0], kept[1], kept[2]


class Merge:
    """Brings the gathered events among the former ones.

    Attributes:
        duplicates: what was left out.
        events: how many events there are then.
        new: how many of them are new.
        counts: what is counted of all events while they are written; None where not all are, or by SQL.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        gathered: Gathered,
        codes: Codes,
        settings: ImportSettings,
        firsts: Sequence[int],
        progress: Progress,
    ) -> None:
        """Prepare.

        Args:
            firsts: ascending, the numbers of the new files and of the first files of new data sets.
        """
        self.duplicates = Duplicates(firsts)
        self.events = self.new = 0
        self.counts: Counts | None = None
        self._connection, self._gathered, self._codes = connection, gathered, codes
        self._settings, self._first, self._progress = settings, min(firsts, default=0), progress
        self._whole = True  # whether the former events are among those that are written
        users = connection.execute("SELECT count(*) FROM incoming_users").fetchall()[0][0]
        self._count = np.zeros(users, np.int64)
        self._early, self._late = np.zeros(users, np.int64), np.zeros(users, np.int64)

    def timed(self) -> None:
        """Fill `incoming_events` with the former and the new events by time."""
        items, behaviours = self._connection.execute(
            "SELECT (SELECT count(*) FROM incoming_items), (SELECT count(*) FROM incoming_behaviours)"
        ).fetchall()[0]
        self.counts = Counts(items, behaviours, timed=True)
        if self._gathered.held:
            self._order()
        else:
            self._write(self._spilled_blocks(), {})

    def appended(self) -> None:
        """Fill `incoming_events` with those of the new events that the workspace has not."""
        self._whole = False
        self._order()

    def unchanged(self) -> None:
        """Leave `incoming_events` empty: no event is new."""
        self._connection.execute("INSERT INTO incoming_user_figures FROM former_user_figures")

    def untimed(self) -> None:
        """Fill `incoming_events` with the former events and after them the new ones, by step, file and record."""
        connection = self._connection
        self._code()
        connection.execute("CREATE TEMP TABLE duplicates (file INTEGER, record BIGINT, item INTEGER)")
        if self._settings.rules.duplicate:
            _untimed_duplicates(connection)
            connection.execute("DELETE FROM coded WHERE (file, record) IN (SELECT (file, record) FROM duplicates)")
        place = 'coalesce(before, 0) + row_number() OVER (PARTITION BY c."user" ORDER BY step, file, record) - 1'
        connection.execute(
            f"INSERT INTO incoming_events SELECT {COLUMNS} FROM (SELECT {COLUMNS} FROM former_events UNION ALL "
            f'SELECT c."user", {place} AS time, item, behaviour, value, text, file, record FROM coded c LEFT JOIN '
            '(SELECT "user", max(time) + 1 AS before FROM former_events GROUP BY "user") f USING ("user")) '
            f"ORDER BY {EVENT_ORDER}"
        )
        found = connection.execute("SELECT file, record, coalesce(item, -1) AS item FROM duplicates").to_arrow_table()
        self.duplicates.add(*(numbers(found.column(name)) for name in ("file", "record", "item")))
        self._count_users()

    def _count_users(self) -> None:
        self._connection.execute(
            'INSERT INTO incoming_user_figures SELECT code, count(e."user"), min(time), max(time) '
            'FROM incoming_users LEFT JOIN incoming_events e ON e."user" = code GROUP BY code ORDER BY code'
        )

    def _code(self) -> None:
        """Make `coded`: the gathered events with codes."""
        gathered = self._gathered
        columns = {
            "user": 'u.code AS "user"',
            "time": "time" if "time" in gathered else "NULL::BIGINT AS time",
            "item": "i.code AS item",
            "behaviour": "b.code AS behaviour",
            "value": f"{self._value()} AS value",
            "text": "t.code AS text" if "text" in gathered else "NULL::INTEGER AS text",
            "step": "CASE WHEN NOT isnan(step) THEN step END AS step" if "step" in gathered else "NULL::DOUBLE AS step",
        }
        texts = "LEFT JOIN text_codes t ON t.number = g.text" if "text" in gathered else ""
        for name, codes in vars(self._codes).items():
            told = _numbered(codes)
            self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name}_codes AS SELECT * FROM told")
            del told
        with gathered.shown():
            self._connection.execute(
                f"CREATE TEMP TABLE coded AS SELECT {', '.join(columns.values())}, file, record "
                f'FROM {gathered.relation} g JOIN user_codes u ON u.number = g."user" '
                "LEFT JOIN item_codes i ON i.number = g.item "
                f"JOIN behaviour_codes b ON b.number = g.behaviour {texts}"
            )

    def _value(self) -> str:
        """SQL of the value of a gathered event."""
        if "value" not in self._gathered:
            return "NULL::FLOAT" if (fill := self._fill()) is None else f"{fill}::FLOAT"
        fill = self._fill()
        return f"CASE WHEN NOT isnan(value) THEN value {'' if fill is None else f'ELSE {fill}::FLOAT'} END"

    def _fill(self) -> str | None:
        """The number that fills missing values."""
        fill = self._settings.fill.get("value")
        if fill is None or ("value" not in self._gathered and fill in ("mean", "median")):
            return None
        with self._gathered.shown():
            return fill_value(self._connection, "value", self._gathered.relation, fill)

    def _order(self) -> None:
        """Write the former and the new events, from memory; where new ones are appended, of the former only those that
        could be equal to a new one."""
        new = self._new_columns()
        former = self._former_columns(new)
        whole = {name: np.concatenate([former[name], column]) for name, column in new.items()} if former else new
        del former, new
        self._write(ordering.blocks(whole, len(self._count)), _same_everywhere(whole))

    def _new_columns(self) -> dict[str, NDArray[Any]]:
        gathered, codes = self._gathered, self._codes
        rows, fill = gathered.rows, self._fill()
        value: NDArray[np.float32] = np.broadcast_to(np.float32(np.nan if fill is None else fill), rows)
        if "value" in gathered:
            value = gathered.taken("value")
            value = value if fill is None else np.where(np.isnan(value), np.float32(fill), value)
        return {
            "user": _coded(codes.user, gathered.taken("user")),
            "time": gathered.taken("time"),
            "item": _coded(np.append(codes.item, np.int32(-1)), gathered.taken("item")),
            "behaviour": _coded(codes.behaviour, gathered.taken("behaviour")),
            "value": value,
            "text": _coded(np.append(codes.text, np.int32(-1)), gathered.taken("text"))
            if "text" in gathered
            else np.broadcast_to(np.int32(-1), rows),
            "file": gathered.taken("file"),
            "record": gathered.taken("record"),
        }

    def _former_columns(self, new: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        connection, among = self._connection, ""
        if not self._whole:
            if not self._settings.rules.duplicate:
                return {}
            late = np.full(len(self._count), np.iinfo(np.int64).min)
            figures = connection.execute('SELECT "user", last FROM former_user_figures WHERE events > 0')
            table = figures.to_arrow_table()
            late[numbers(table.column("user"))] = numbers(table.column("last"))
            rows = np.flatnonzero(new["time"] <= late[new["user"]])
            if not len(rows):
                return {}
            import pyarrow as pa

            told = pa.table({name: pa.array(new[name][rows]) for name in ("user", "time")})
            connection.execute("CREATE TEMP TABLE asked AS SELECT DISTINCT * FROM told")
            del told
            among = 'SEMI JOIN asked USING ("user", time)'
        table = connection.execute(f"SELECT {COLUMNS} FROM former_events {among} {among and f'ORDER BY {EVENT_ORDER}'}")
        former = table.to_arrow_table()
        return {name: filled(former.column(name), _ABSENT.get(name, 0)) for name in new} if former.num_rows else {}

    def _spilled_blocks(self) -> Iterator[Block]:
        """The same out of DuckDB, which orders more than fits into memory."""
        self._code()
        self._connection.execute(f"DROP TABLE {self._gathered.relation}")
        found = self._connection.execute(
            f"SELECT {COLUMNS} FROM (SELECT {COLUMNS} FROM former_events UNION ALL SELECT {COLUMNS} FROM coded) "
            f"ORDER BY {EVENT_ORDER}"
        )
        rest: dict[str, NDArray[Any]] = {}
        with streaming():
            for batch in found.to_arrow_reader(PIECE):
                whole = {name: filled(batch.column(name), _ABSENT.get(name, 0)) for name in batch.schema.names}
                if rest:
                    whole = {name: np.concatenate([rest[name], column]) for name, column in whole.items()}
                whole_users = np.searchsorted(whole["user"], whole["user"][-1])  # the last one's events may go on
                rest = {name: column[whole_users:] for name, column in whole.items()}
                if whole_users:
                    yield _as_block({name: column[:whole_users] for name, column in whole.items()})
        if rest:
            yield _as_block(rest)

    def _tables(self, blocks: Iterator[Block], names: Sequence[str]) -> Iterator[pa.Table]:
        """Columns of what is kept of ordered events, as the workspace has it."""
        for block in blocks:
            self._progress.check()
            new = block.of("file") >= self._first
            kept = np.ones(len(new), np.bool_) if self._whole else new
            if self._settings.rules.duplicate:
                kept = kept & ~self._note_duplicates(block, new)
            if not kept.all():
                block, new = block.only(kept), new[kept]
            self._note_figures(block.user, block.time)
            if self.counts is not None:
                self.counts.take(block.user, block.time, block.of("item"), block.of("behaviour"))
            self.events += len(new)
            self.new += int(np.count_nonzero(new))
            yield _table(block, names)

    def _note_duplicates(self, block: Block, new: NDArray[np.bool_]) -> NDArray[np.bool_]:
        def same(rows: NDArray[np.int64]) -> list[NDArray[Any]]:
            value = block.of("value", rows) + np.float32(0)  # -0 is 0
            value[np.isnan(value)] = np.nan
            return [block.of("item", rows), block.of("behaviour", rows), value.view(np.int32), block.of("text", rows)]

        first = ordering.repeated(block, same)
        found: NDArray[np.bool_] = (first >= 0) & new
        rows = np.flatnonzero(found)
        if len(rows):
            self.duplicates.add(block.of("file", rows), block.of("record", rows), block.of("item", rows))
            self.duplicates.add_known(block.of("file", rows[~new[first[rows]]]))
        return found

    def _note_figures(self, user: NDArray[np.int32], time: NDArray[np.int64]) -> None:
        if not len(user):
            return
        starts = np.flatnonzero(np.diff(user, prepend=user[0] - 1))
        who = user[starts]
        self._count[who] = np.diff(starts, append=len(user))
        self._early[who] = time[starts]
        self._late[who] = time[np.append(starts[1:], len(user)) - 1]

    def _write(self, blocks: Iterator[Block], same: dict[str, str]) -> None:
        """Put events into `incoming_events`, and what a list shows of users into `incoming_user_figures`.

        Args:
            same: SQL of the columns that say the same of all events; DuckDB takes them sooner than Arrow's.
        """
        import pyarrow as pa

        names = [name for name in _KINDS if name not in same]
        failed: list[BaseException] = []

        def batches() -> Iterator[pa.RecordBatch]:
            try:
                for table in self._tables(blocks, names):
                    yield from table.to_batches(max_chunksize=MOST_AT_ONCE)
            except BaseException as error:  # DuckDB would only tell that there was one
                failed.append(error)
                raise

        schema = pa.schema([(name, pa.type_for_alias(_KINDS[name])) for name in names])
        stream = pa.RecordBatchReader.from_batches(schema, batches())
        told = ", ".join(f'{same[name]} AS "{name}"' if name in same else f'"{name}"' for name in _KINDS)
        with beside(self._connection) as writing, self._progress.interrupting(writing.interrupt):
            try:
                writing.execute(f"INSERT INTO incoming_events BY NAME SELECT {told} FROM stream")
            except Exception:
                if failed:
                    raise failed[0] from None
                raise
        del stream
        self._write_figures()

    def _write_figures(self) -> None:
        import pyarrow as pa

        none = self._count == 0
        told = pa.table(
            {
                "user": pa.array(np.arange(len(none), dtype=np.int32)),
                "events": pa.array(self._count.astype(np.int32)),
                "first": masked(self._early, none),
                "last": masked(self._late, none),
            }
        )
        former = (
            "SELECT * FROM told"
            if self._whole
            else 'SELECT "user", t.events + coalesce(f.events, 0), least(t.first, f.first), greatest(t.last, f.last) '
            'FROM told t LEFT JOIN former_user_figures f USING ("user") ORDER BY "user"'
        )
        self._connection.execute(f"INSERT INTO incoming_user_figures {former}")
        del told


def _as_block(whole: dict[str, NDArray[Any]]) -> Block:
    return Block(whole["user"], whole["time"], whole)


def _same_everywhere(columns: Mapping[str, NDArray[Any]]) -> dict[str, str]:
    """SQL of those columns that say the same of all events."""
    told = {}
    for name, column in columns.items():
        if len(column) and column.strides == (0,):
            if name in _ABSENT and (np.isnan(column[0]) or column[0] == _ABSENT[name]):
                told[name] = "NULL"
            elif column.dtype.kind != "f":  # a number written out may be another one
                told[name] = str(column[0])
    return told


def _coded(codes: NDArray[Any], number: NDArray[np.int32]) -> NDArray[Any]:
    """The codes of numbers, in the place of these if they are as wide; fresh memory costs more than all the rest."""
    if number.strides == (0,) and len(number):
        return np.broadcast_to(codes[number[0]], len(number))
    found = number if codes.dtype == number.dtype else room(len(number), codes.dtype)
    for start in range(0, len(number), CODED):  # numpy makes a copy of the numbers, which is eight bytes wide
        piece = slice(start, start + CODED)
        codes.take(number[piece], out=found[piece], mode="wrap")
    return found


def _numbered(codes: NDArray[Any]) -> pa.Table:
    import pyarrow as pa

    return pa.table({"number": pa.array(np.arange(len(codes), dtype=np.int32)), "code": pa.array(codes)})


def _table(block: Block, names: Sequence[str]) -> pa.Table:
    """Events as `core.data.tables` has them."""
    import pyarrow as pa

    told: dict[str, pa.Array] = {}
    for name in names:
        column = getattr(block, name) if name in ("user", "time") else np.ascontiguousarray(block.of(name))
        missing = np.isnan(column) if name == "value" else column == _ABSENT[name] if name in _ABSENT else None
        told[name] = pa.array(column) if missing is None else masked(column, missing)
    return pa.table(told).cast(pa.schema([(name, pa.type_for_alias(_KINDS[name])) for name in names]))


def _untimed_duplicates(connection: duckdb.DuckDBPyConnection) -> None:
    """Without times, two equal events may both have happened. These have not: events with the same step, and the
    beginning of a sequence that repeats all that is stored of this user (the file has grown and comes again)."""
    connection.execute(
        "INSERT INTO duplicates SELECT file, record, item FROM (SELECT *, row_number() OVER "
        '(PARTITION BY "user", step, item, behaviour, value, text ORDER BY file, record) AS n FROM coded '
        "WHERE step IS NOT NULL) WHERE n > 1"
    )
    same = " AND ".join(f"n.{name} IS NOT DISTINCT FROM f.{name}" for name in SAME)
    connection.execute(
        "INSERT INTO duplicates WITH numbered AS (SELECT *, row_number() OVER "
        '(PARTITION BY "user" ORDER BY step, file, record) - 1 AS place FROM coded '
        "WHERE (file, record) NOT IN (SELECT (file, record) FROM duplicates)), "
        'stored AS (SELECT *, row_number() OVER (PARTITION BY "user" ORDER BY time, file, record) - 1 AS place, '
        'count(*) OVER (PARTITION BY "user") AS length FROM former_events), '
        f'equal AS (SELECT n."user", n.file, n.record, n.item, length FROM numbered n JOIN stored f '
        f'ON n."user" = f."user" AND n.place = f.place AND {same}) '
        'SELECT file, record, item FROM equal WHERE "user" IN '
        '(SELECT "user" FROM equal GROUP BY "user" HAVING count(*) = max(length))'
    )
