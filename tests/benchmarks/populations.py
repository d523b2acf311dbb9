"""Speed of segments and flows over two million events: `python -m tests.benchmarks.populations`."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import numpy as np
import pyarrow as pa

from core.analysis import flows, funnels, rhythms, segments
from core.analysis.conditions import Amount, Chosen, EventCount, FirstSeen, LastSeen, Segment, UserIds
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog
from core.sequences.store import load_catalogue, load_log
from tests.benchmarks.figures import Figure, finish, measure
from tests.filled import fill

USERS, EVENTS, ITEMS, CATEGORIES = 200_000, 2_000_000, 12_000, 200
GOAL = 500  # milliseconds until figures stand on the screen
BEHAVIOURS = ("view", "cart", "favourite", "purchase")


def workspace() -> duckdb.DuckDBPyConnection:
    """A year of events of users who do little or much, mostly about popular items."""
    rng = np.random.default_rng(0)
    connection = duckdb.connect()
    fill(connection, [], [], [(name, False) for name in BEHAVIOURS], [])
    user = np.sort((USERS * rng.random(EVENTS) ** 1.5).astype(np.int32))
    time = rng.integers(0, 365 * 86_400, EVENTS) * 1_000_000
    drawn = {
        "user": user,
        "time": time[np.lexsort((time, user))],
        "item": (rng.zipf(1.3, EVENTS) % ITEMS).astype(np.int32),
        "behaviour": rng.choice(4, EVENTS, p=[0.7, 0.15, 0.1, 0.05]).astype(np.uint8),
        "value": rng.random(EVENTS).astype(np.float32),
    }
    events = pa.table(drawn)
    connection.register("drawn", events)
    connection.execute('INSERT INTO events SELECT "user", time, item, behaviour, value, NULL, 0, 0 FROM drawn')
    connection.execute(f"INSERT INTO users SELECT range, 'u' || range, range FROM range({USERS})")
    connection.execute(
        "INSERT INTO items SELECT range, 'i' || range, range, NULL, "
        f"'category ' || range % {CATEGORIES}, NULL, range * 0.5 FROM range({ITEMS})"
    )
    connection.execute(
        'INSERT INTO user_figures SELECT "user", count(*), min(time), max(time) FROM events GROUP BY "user"'
    )
    return connection


def found(connection: duckdb.DuckDBPyConnection) -> dict[str, Callable[[], object]]:
    """Segments by what they ask for."""

    def members(*conditions: object) -> Callable[[], object]:
        return lambda: segments.members(connection, Segment(conditions))  # type: ignore[arg-type]

    ids = UserIds(tuple(f"u{number}" for number in range(10_000)))
    several = (EventCount("purchase", "category 3", 1, 5), Amount("price", "mean"), LastSeen(), FirstSeen("1970-01-05"))
    return {
        "segment: a behaviour": members(EventCount("purchase")),
        "segment: a behaviour in a category": members(EventCount("purchase", "category 3")),
        "segment: a behaviour in the last 30 days": members(EventCount("purchase", low=3, last=30)),
        "segment: four conditions": members(*several),
        "segment: 10,000 ids": members(ids),
        "segment: 100,000 chosen users": members(Chosen(tuple(range(100_000)))),
    }


def followed(log: EventLog, catalogue: Catalogue) -> dict[str, Callable[[], object]]:
    """Flows by their names."""
    progress = Progress()
    behaviours = flows.named(log, catalogue, "behaviour")
    categories = flows.named(log, catalogue, "category")
    third = np.arange(0, USERS, 3, dtype=np.int32)
    return {
        "naming events by category": lambda: flows.named(log, catalogue, "category"),
        "a third of the users alone": lambda: categories.among(third),
        "transitions of behaviours": lambda: flows.transitions(behaviours),
        "transitions of categories": lambda: flows.transitions(categories),
        "funnel of four steps": lambda: funnels.funnel(behaviours, [0, 1, 2, 3], None, progress),
        "funnel of four steps within a week": lambda: funnels.funnel(
            behaviours, [0, 1, 2, 3], 7 * rhythms.DAY, progress
        ),
        "step matrix of 20 steps": lambda: flows.step_matrix(behaviours, 20),
        "paths of 3 behaviours": lambda: flows.paths(behaviours, 3, 200, progress),
        "paths of 5 categories": lambda: flows.paths(categories, 5, 200, progress),
        "hours of the week": lambda: rhythms.hours(log),
        "retention by week": lambda: rhythms.retention(log, "week"),
    }


def main() -> None:
    connection = workspace()
    figures: list[Figure] = []
    work = found(connection) | followed(load_log(connection), load_catalogue(connection))
    for name, task in work.items():
        figures.append(measure(name, GOAL, task, runs=5))
    finish(figures)


if __name__ == "__main__":
    main()
