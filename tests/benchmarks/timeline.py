"""Speed of the timeline: `python -m tests.benchmarks.timeline`.

Switching to a user with 10,000 events (read from DuckDB among 2 million events of others, shown on the timeline and in
the table, both painted), and a repaint while panning over 100,000 events, from all in view to a thousandth.
"""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import duckdb
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from core.sequences.store import user_events
from desktop_app.widgets.event_table import EventTable
from desktop_app.widgets.timeline import Timeline
from tests.benchmarks.figures import Figure, finish, measure
from tests.filled import fill

SIZE = (1400, 420)


def workspace(length: int, others: int) -> duckdb.DuckDBPyConnection:
    """The user 0 with `length` events over a year on five lanes, and `others` events of 20,000 other users."""
    connection = duckdb.connect()
    behaviours = [(name, False) for name in ("view", "click", "cart", "favourite", "purchase")]
    fill(connection, [], [], behaviours, [])
    connection.execute("INSERT INTO users SELECT i, 'user ' || i, i FROM range(20001) r(i)")
    connection.execute(
        "INSERT INTO items SELECT i, 'i' || i, i, 'Title of item ' || i, 'Category ' || i % 40, NULL, i % 100 "
        "FROM range(20000) r(i)"
    )
    event = "hash(i)::UBIGINT % 31536000000000, hash(i + 1) % 20000, hash(i + 2) % 5, NULL, NULL, 0, i"
    connection.execute(
        f"INSERT INTO events SELECT * FROM (SELECT 0 AS u, {event} FROM range({length}) r(i) "
        f"UNION ALL SELECT 1 + i % 20000, {event} FROM range({others}) r(i)) ORDER BY 1, 2"
    )
    return connection


def main() -> None:
    application = QApplication([])
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    timeline, table = Timeline(), EventTable()
    timeline.resize(*SIZE)
    table.resize(*SIZE)
    figures: list[Figure] = []
    connection = workspace(10_000, 2_000_000)

    def switch() -> None:
        events = user_events(connection, 0)
        timeline.set_events(events)
        table.set_events(events)
        timeline.render(image)
        table.render(image)

    figures.append(measure("switch to a user with 10,000 events", 50, switch))
    timeline.set_events(user_events(workspace(100_000, 0), 0))

    step = 0.01

    def pan() -> None:
        nonlocal step
        step = -step
        timeline.set_view(timeline.view.moved(timeline.view.span * step))
        timeline.render(image)

    for factor in (1.05, 4, 16, 64, 256, 1000):
        timeline.fit()
        view = timeline.view
        timeline.set_view(view.zoomed(factor, view.start + view.span * 0.3))
        figures.append(measure(f"repaint of 100,000 events, magnified {factor:g} times", 16, pan))
    application.processEvents()
    finish(figures)


if __name__ == "__main__":
    main()
