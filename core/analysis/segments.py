"""Who belongs to a segment: its conditions as one pass of SQL over the events."""

from __future__ import annotations

import json
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.analysis.conditions import (
    ActiveWhen,
    Amount,
    AnyOf,
    CategoryShare,
    Chosen,
    EventCount,
    FirstSeen,
    InCluster,
    LastOn,
    LastSeen,
    NoneOf,
    Segment,
    UserIds,
    Within,
    simple,
)
from core.analysis.daytimes import DAYS, DAYTIMES
from core.data.sql import text, text_list
from core.errors import SeqlensError
from core.language.item_features import tags_of
from core.sequences.store import is_timed, load_behaviours

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb
    from numpy.typing import NDArray

    from core.analysis.conditions import Condition, Simple

HOUR, DAY = 3_600_000_000, 86_400_000_000  # microseconds
EPOCH = date(1970, 1, 1)


def members(cursor: duckdb.DuckDBPyConnection, segment: Segment, offset: int = 0) -> NDArray[np.int32]:
    """Codes of the users of a segment, int32 [n], ascending.

    Args:
        offset: hours ahead of UTC, of hours of the day and days of the week.

    Raises:
        SeqlensError: it asks for times that the events do not have, or for a group that is no longer saved.
    """
    if segment.needs_times and not is_timed(cursor):
        raise SeqlensError("The events have no times, so nobody can be found by them. Remove that condition.")
    asked = tuple(dict.fromkeys(simple(segment.conditions)))
    told = [one for one in asked if not isinstance(one, Chosen | InCluster)]
    # Values stand in the statement, quoted: to bind a parameter DuckDB imports pandas, which takes 0.4 s.
    found = cursor.execute(_statement(told, Terms(cursor, offset))).fetchnumpy()
    codes = np.asarray(found["code"], dtype=np.int32)
    met: dict[Simple, NDArray[np.bool_]] = {
        one: np.asarray(found[f"m{number}"], dtype=np.bool_) for number, one in enumerate(told)
    }
    for one in asked:
        if isinstance(one, Chosen):
            met[one] = np.isin(codes, np.array(one.codes, dtype=np.int32))
        elif isinstance(one, InCluster):
            met[one] = np.isin(codes, _cluster(cursor, one))
    return codes[_all(segment.conditions, met, len(codes))]


def _all(conditions: Sequence[Condition], met: dict[Simple, NDArray[np.bool_]], users: int) -> NDArray[np.bool_]:
    """Who meets every one of the conditions, bool [users], where `met` says who meets the simple ones."""
    everyone = np.ones(users, dtype=np.bool_)
    for one in conditions:
        if not isinstance(one, AnyOf | NoneOf):
            everyone &= met[one]
        elif one.conditions:
            some = np.zeros(users, dtype=np.bool_)
            for inner in one.conditions:
                some |= _all((inner,), met, users)
            everyone &= some if isinstance(one, AnyOf) else ~some
    return everyone


def groups(cursor: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int]]:
    """Saved clusters as (name of the document, label, number of users), in the order in which they were saved."""
    rows = cursor.execute("SELECT name, body FROM saved WHERE kind = 'clusters' ORDER BY changed, name").fetchall()
    return [
        (name, label, len(codes))
        for name, body in rows
        for label, codes in json.loads(body).items()
        if isinstance(codes, list)
    ]


def _cluster(cursor: duckdb.DuckDBPyConnection, condition: InCluster) -> NDArray[np.int32]:
    where = f"kind = 'clusters' AND name = {text(condition.clusters)}"
    row = cursor.execute(f"SELECT body FROM saved WHERE {where}").fetchone()
    codes = None if row is None else json.loads(row[0]).get(condition.label)
    if not isinstance(codes, list):
        raise SeqlensError(
            "The group {label} of {clusters} is not saved any more. Remove that condition, or save the group again.",
            label=condition.label,
            clusters=condition.clusters,
        )
    return np.array(codes, dtype=np.int32)


def figures(
    cursor: duckdb.DuckDBPyConnection, conditions: Sequence[Condition], offset: int = 0
) -> dict[Condition, NDArray[np.float64]]:
    """The share that each condition about shares speaks of, float64 [users] of 0 to 1 by the users' codes.

    Conditions of other kinds are left out. `offset` as in `members`.
    """
    graded = [one for one in conditions if isinstance(one, CategoryShare | ActiveWhen)]
    if not graded:
        return {}
    terms = Terms(cursor, offset)
    told = ", ".join(f"{_figure(one, terms)} AS f{number}" for number, one in enumerate(graded))
    found = cursor.execute(
        f'SELECT e."user", {told} FROM events e LEFT JOIN items i ON i.code = e.item GROUP BY e."user"'
    ).fetchnumpy()
    users = int(cursor.execute("SELECT count(*) FROM users").fetchall()[0][0])
    shares: dict[Condition, NDArray[np.float64]] = {}
    for number, one in enumerate(graded):
        column = np.zeros(users)
        column[np.asarray(found["user"])] = np.nan_to_num(np.ma.filled(found[f"f{number}"], 0.0))
        shares[one] = column
    return shares


class Terms:
    """What the words of conditions are in the tables."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, offset: int) -> None:
        self._cursor = cursor
        self.local = f"make_timestamp(e.time + {offset * HOUR})"
        known = load_behaviours(cursor)
        self.behaviours = {behaviour.name: code for code, behaviour in enumerate(known)}
        against = [str(code) for code, behaviour in enumerate(known) if behaviour.negative]
        self.speaks = (
            f"e.item IS NOT NULL AND e.behaviour NOT IN ({', '.join(against)})" if against else "e.item IS NOT NULL"
        )

    @cached_property
    def end(self) -> int:
        """The time of the last event of all users; 0 without one."""
        return int(self._cursor.execute("SELECT coalesce(max(last), 0) FROM user_figures").fetchall()[0][0])

    @cached_property
    def categories(self) -> dict[str, list[str]]:
        """The categories of items by each tag that they name, and by their own names."""
        rows = self._cursor.execute("SELECT DISTINCT category FROM items WHERE category <> ''").fetchall()
        whole = [str(name) for (name,) in rows]
        found: dict[str, list[str]] = {}
        for name, tags in zip(whole, tags_of(whole), strict=True):
            for tag in {*tags, name}:
                found.setdefault(tag, []).append(name)
        return found

    def about(self, category: str) -> str:
        """Whether an item's category is this one or names it."""
        return f"i.category IN ({text_list(tuple(self.categories.get(category, [category])))})"


def _statement(conditions: Sequence[Simple], terms: Terms) -> str:
    """A figure for each condition about events, all in one pass; then for each user who meets which condition."""
    figures: list[str] = []
    tests: list[str] = []
    join = any(
        (isinstance(one, EventCount) and one.category is not None)
        or isinstance(one, CategoryShare)
        or (isinstance(one, Amount) and one.column == "price")
        for one in conditions
    )
    for number, condition in enumerate(conditions):
        name = f"f{number}"
        if isinstance(condition, EventCount | Amount | CategoryShare | ActiveWhen):
            figures.append(f"{_figure(condition, terms)} AS {name}")
        test = " AND ".join(_tests(condition, name)) or "true"
        tests.append(f"coalesce({test}, false) AS m{number}")
    source = "events e LEFT JOIN items i ON i.code = e.item" if join else "events e"
    told = ", ".join(['e."user"', *figures])
    return (
        f"SELECT {', '.join(['u.code', *tests])} "
        'FROM users u LEFT JOIN user_figures s ON s."user" = u.code '
        + (f'LEFT JOIN (SELECT {told} FROM {source} GROUP BY e."user") f ON f."user" = u.code ' if figures else "")
        + "ORDER BY u.code"
    )


def _figure(condition: EventCount | Amount | CategoryShare | ActiveWhen, terms: Terms) -> str:
    """The aggregate that a condition speaks of."""
    if isinstance(condition, CategoryShare):
        counted = f"count(*) FILTER (WHERE {terms.speaks} AND {terms.about(condition.category)})"
        return f"{counted}::DOUBLE / nullif(count(*) FILTER (WHERE {terms.speaks}), 0)"
    if isinstance(condition, ActiveWhen):
        return f"avg(CASE WHEN {_then(condition, terms)} THEN 1.0 ELSE 0.0 END)"
    chosen = [*_during(condition, terms)]
    if condition.behaviour is not None:
        chosen.append(f"e.behaviour = {terms.behaviours.get(condition.behaviour, -1)}")
    if isinstance(condition, EventCount):
        if condition.category is not None:
            chosen.append(
                terms.about(condition.category) if condition.tag else f"i.category = {text(condition.category)}"
            )
        figure = "count(*)"
    else:
        column = "e.value" if condition.column == "value" else "i.price"
        chosen.append(f"isfinite({column})")
        figure = f"{'sum' if condition.figure == 'sum' else 'avg'}({column}::DOUBLE)"
    return f"{figure} FILTER (WHERE {' AND '.join(chosen)})" if chosen else figure


def _during(condition: Within, terms: Terms) -> Iterator[str]:
    """Whether an event is in the span of time that a condition speaks of."""
    if condition.last is not None:
        yield f"e.time >= {terms.end - condition.last * DAY}"
    if condition.start is not None:
        yield f"e.time >= {_start(condition.start)}"
    if condition.end is not None:
        yield f"e.time < {_start(condition.end) + DAY}"


def _then(condition: ActiveWhen, terms: Terms) -> str:
    """Whether an event is at the time that a condition speaks of."""
    tests = ["true"]
    if condition.hours is not None:
        low, high = next(span for name, span in DAYTIMES.items() if name == condition.hours)
        tests.append(f"hour({terms.local}) BETWEEN {low} AND {high - 1}")
    if condition.days is not None:
        days = ", ".join(str(day + 1) for day in DAYS[condition.days])  # in SQL Monday is 1
        tests.append(f"isodow({terms.local}) IN ({days})")
    return " AND ".join(tests)


def _tests(condition: Simple, name: str) -> Iterator[str]:
    if isinstance(condition, EventCount):
        yield from _between(f"coalesce(f.{name}, 0)", condition.low, condition.high)
    elif isinstance(condition, Amount):
        if condition.figure == "mean":
            yield f"f.{name} IS NOT NULL"
        figure = f"coalesce(f.{name}, 0)" if condition.figure == "sum" else f"f.{name}"
        yield from _between(figure, condition.low, condition.high)
    elif isinstance(condition, CategoryShare | ActiveWhen):
        yield from _between(f"coalesce(f.{name}, 0)", condition.low, condition.high)
    elif isinstance(condition, LastSeen):
        yield "s.events > 0"
        days = f"((SELECT max(last) FROM user_figures) - s.last) / {DAY}.0"
        yield from _between(days, condition.low, condition.high)
    elif isinstance(condition, FirstSeen | LastOn):
        yield "s.events > 0"
        low = None if condition.low is None else _start(condition.low)
        high = None if condition.high is None else _start(condition.high) + DAY - 1
        yield from _between("s.first" if isinstance(condition, FirstSeen) else "s.last", low, high)
    elif isinstance(condition, UserIds):
        yield f"u.id IN ({text_list(condition.ids)})"


def _between(figure: str, low: float | None, high: float | None) -> Iterator[str]:
    if low is not None:
        yield f"{figure} >= {low!r}"
    if high is not None:
        yield f"{figure} <= {high!r}"


def _start(day: str) -> int:
    """Where a day (ISO 8601) begins, in microseconds since 1970 UTC."""
    return (date.fromisoformat(day) - EPOCH).days * DAY
