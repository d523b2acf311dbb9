"""The sound rows of files, streamed out of DuckDB into columns of numbers: texts become the number at which they were
first met, so that a row takes 30 bytes whatever its ids look like."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.data.arrow import filled, flags, room
from core.data.report import KEPT_REJECTIONS
from core.data.texts import Texts

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

DESCRIPTIONS = ("title", "category", "description", "price")
COLUMNS: dict[str, str] = {
    "user": "INTEGER",
    "item": "INTEGER",
    "behaviour": "INTEGER",
    "time": "BIGINT",
    "step": "DOUBLE",
    "value": "FLOAT",
    "text": "INTEGER",
    "file": "INTEGER",
    "record": "BIGINT",
}
"""Of the gathered events: `user`, `item`, `behaviour` and `text` are numbers in `Gathered`, -1 for none; `value` and
`step` are NaN where there is none; `record` counts from 1."""
PER_ROW = 44
"""Bytes that a row takes in memory until it is in the workspace: its columns, its place in the order, and its copy."""


Wrong = Callable[[int, NDArray[np.int64]], list[str | None]]
"""What stands in rows of a batch, all of which break the rule of this code."""


@dataclass
class Refused:
    """What the rules reject in one file.

    Attributes:
        counts: rows by code of the rule; 0 are the sound ones.
        kept: by code of the rule, numbers of the first `KEPT_REJECTIONS` records, and what stands there.
    """

    counts: Counter[int] = field(default_factory=Counter)
    kept: dict[int, list[tuple[int, str | None]]] = field(default_factory=dict)

    def take(self, rule: NDArray[np.uint8], first: int, wrong: Wrong) -> None:
        """Note the rejected rows of a batch, whose first row is the record `first`."""
        broken = np.flatnonzero(rule)
        codes = rule[broken]
        counts = np.bincount(codes)
        self.counts[0] += len(rule) - len(broken)
        for code in np.flatnonzero(counts).tolist():
            self.counts[code] += int(counts[code])
            kept = self.kept.setdefault(code, [])
            if (more := KEPT_REJECTIONS - len(kept)) > 0:
                rows = broken[codes == code][:more]
                kept += zip((rows + first).tolist(), wrong(code, rows), strict=True)


class Descriptions:
    """What rows say about items; the last that says something counts."""

    def __init__(self) -> None:
        self._said: dict[str, list[tuple[NDArray[np.int32], pa.Array]]] = {}

    def take(self, item: NDArray[np.int32], batch: pa.RecordBatch) -> None:
        """Note what a batch says; `item` are the numbers of its items, -1 for none and in rows that are not sound."""
        import pyarrow.compute as pc

        for role in DESCRIPTIONS:
            if role not in batch.schema.names:
                continue
            column = batch.column(role)
            rows = np.flatnonzero(flags(pc.is_valid(column)) & (item >= 0))
            if len(rows):
                last = np.full(int(item[rows].max()) + 1, -1, np.int64)
                last[item[rows]] = rows  # of several rows of an item the last is written last
                rows = np.sort(last[last >= 0])
                self._said.setdefault(role, []).append((item[rows], column.take(rows)))

    def roles(self) -> list[str]:
        """The roles of which anything was said."""
        return [role for role in DESCRIPTIONS if self._said.get(role)]

    def last(self, role: str, codes: NDArray[np.int32]) -> tuple[NDArray[np.int64], pa.Array]:
        """Codes of items, int64 [n], and the last that was said of each.

        Args:
            codes: the code of each numbered item.
        """
        import pyarrow as pa

        said = self._said[role]
        code = codes[np.concatenate([item for item, _ in said])]
        last = np.full(int(code.max()) + 1, -1, np.int64)
        last[code] = np.arange(len(code))
        found = np.flatnonzero(last >= 0)
        return found, pa.concat_arrays([values for _, values in said]).take(last[found])


class Column:
    """A column that grows. While all of its values are the same it takes no room."""

    def __init__(self, kind: Any, most: int) -> None:
        """Begin without values.

        Args:
            most: how many there will be at most.
        """
        self._kind, self._most = kind, most
        self._same: Any = None
        self._values: NDArray[Any] | None = None

    def put(self, values: NDArray[Any], start: int, rows: NDArray[np.int64] | None = None) -> None:
        """Write values, all or those of some rows, at `start`, which is where the former ones end."""
        many = len(values) if rows is None else len(rows)
        if self._values is None:
            if values.strides == (0,) and many and (start == 0 or self._same == values[0]):
                self._same = values[0]
                return
            self._values = room(self._most, self._kind)
            self._values[:start] = self._same if start else 0
        place = self._values[start : start + many]
        if rows is None or values.strides == (0,):
            place[:] = values[:many]
        elif values.dtype == place.dtype:
            values.take(rows, out=place, mode="clip")  # all rows exist; this spares numpy a copy
        else:
            place[:] = values.take(rows, mode="clip")

    def first(self, rows: int) -> NDArray[Any]:
        """The first `rows` values, which may be changed in place unless they are all the same."""
        if self._values is not None:
            return self._values[:rows]
        return np.broadcast_to(self._kind(0 if self._same is None else self._same), rows)


@dataclass(frozen=True)
class Mark:
    """How much was gathered at some moment: rows, texts, and what was said by role."""

    rows: int
    known: tuple[pa.Array, ...]
    said: Mapping[str, int]


class Gathered:
    """The sound rows of all files of an import.

    They are held in memory, or, where there may be too many, in a temporary table of the connection, which DuckDB
    spills to disk.

    Attributes:
        users, items, behaviours, texts: the texts behind the numbers.
        lone: the behaviours of files that have no column for it.
        descriptions: what rows say about items.
        rows: how many events there are.
        held: whether the events are in memory.
    """

    relation = "gathered"

    def __init__(self, connection: duckdb.DuckDBPyConnection, roles: Iterable[str], most: int, held: bool) -> None:
        """Begin with nothing.

        Args:
            roles: those of `COLUMNS` that any of the files has.
            most: how many events there will be at most.
        """
        self.users, self.items, self.behaviours, self.texts = Texts(), Texts(), Texts(), Texts()
        self.lone: set[str] = set()
        self.descriptions = Descriptions()
        self.rows, self.held = 0, held
        self._connection = connection
        self._names = [name for name in COLUMNS if name in {*roles, "user", "item", "behaviour", "file", "record"}]
        kinds = {**_TYPES, "record": np.int32 if most < 1 << 31 else np.int64}
        self._columns = {name: Column(kinds[name], most) for name in self._names}
        if not held:
            columns = ", ".join(f'"{name}" {COLUMNS[name]}' for name in self._names)
            connection.execute(f"CREATE TEMP TABLE {self.relation} ({columns})")

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def add_events(
        self,
        batch: pa.RecordBatch,
        rows: NDArray[np.int64] | None,
        file: NDArray[np.int32],
        record: NDArray[np.int64],
        lone: int,
    ) -> None:
        """Take rows of an event file.

        Args:
            batch: the texts of rows that are not sound are null.
            rows: int64 [n], ascending, those that are taken; None for all.
            file: int32 [rows], the numbers of their files; of one file broadcast.
            record: int64 [rows], their numbers in the file.
            lone: number of the behaviour of a file that has no column for it.
        """
        present = set(batch.schema.names)
        item = self.items.numbers(batch.column("item"))
        self.descriptions.take(item, batch)
        told: dict[str, NDArray[Any]] = {"user": self.users.numbers(batch.column("user"))}
        told |= {"item": item, "file": file, "record": record}
        if "behaviour" in present:
            told["behaviour"] = self.behaviours.numbers(batch.column("behaviour"))
        if "text" in present:
            told["text"] = self.texts.numbers(batch.column("text"))
        if "time" in present:
            told["time"] = filled(batch.column("time"), 0)
        told |= {name: filled(batch.column(name), np.nan) for name in ("value", "step") if name in present}
        absent: dict[str, float] = {"behaviour": lone, "text": -1, "time": 0}
        for name in self._columns.keys() - told.keys():
            told[name] = np.broadcast_to(_TYPES[name](absent.get(name, np.nan)), len(item))
        if self.held:
            for name, column in self._columns.items():
                column.put(told[name], self.rows, rows)
        else:
            added = self._table({name: told[name] if rows is None else told[name][rows] for name in self._names})
            self._connection.execute(f"INSERT INTO {self.relation} SELECT * FROM added")
            del added
        self.rows += len(item) if rows is None else len(rows)

    def add_items(self, batch: pa.RecordBatch) -> None:
        """Take rows of a catalogue; the items of those that are not sound are null."""
        self.descriptions.take(self.items.numbers(batch.column("item")), batch)

    def mark(self) -> Mark:
        """What `back_to` leads back to."""
        known = tuple(texts.all() for texts in (self.users, self.items, self.behaviours, self.texts))
        return Mark(self.rows, known, {role: len(pieces) for role, pieces in self.descriptions._said.items()})

    def back_to(self, mark: Mark, file: int) -> None:
        """Forget what was taken since then, which is all of one file."""
        for texts, known in zip((self.users, self.items, self.behaviours, self.texts), mark.known, strict=True):
            texts.back_to(known)
        for role, pieces in self.descriptions._said.items():
            del pieces[mark.said.get(role, 0) :]
        if not self.held:
            self._connection.execute(f"DELETE FROM {self.relation} WHERE file = {file}")
        self.rows = mark.rows

    def column(self, name: str) -> NDArray[Any]:
        """A column of the events in memory, which may be changed in place unless it is all the same."""
        return self._columns[name].first(self.rows)

    def taken(self, name: str) -> NDArray[Any]:
        """The same, and forget it: who asks may use its room for something else."""
        return self._columns.pop(name).first(self.rows)

    @contextlib.contextmanager
    def shown(self) -> Iterator[None]:
        """While inside, SQL reads the events under the name of `relation`."""
        if self.held:
            self._connection.register(self.relation, self._table({name: self.column(name) for name in self._names}))
        yield
        if self.held:
            self._connection.unregister(self.relation)

    def missing(self, name: str) -> int:
        """How many of the events have no number in a column."""
        if name not in self:
            return self.rows
        if self.held:
            return int(np.count_nonzero(np.isnan(self.column(name))))
        found = self._connection.execute(f"SELECT count_if(isnan({name})) FROM {self.relation}").fetchall()
        return int(found[0][0] or 0)

    def _table(self, columns: Mapping[str, NDArray[Any]]) -> pa.Table:
        import pyarrow as pa

        return pa.table({name: pa.array(np.ascontiguousarray(column)) for name, column in columns.items()})


_TYPES: dict[str, Any] = {
    "user": np.int32,
    "item": np.int32,
    "behaviour": np.int32,
    "time": np.int64,
    "step": np.float64,
    "value": np.float32,
    "text": np.int32,
    "file": np.int32,
    "record": np.int64,
}
