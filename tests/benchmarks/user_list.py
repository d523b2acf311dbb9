"""Speed of the list of a million users: `python -m tests.benchmarks.user_list`."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from typing import TYPE_CHECKING

import duckdb
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from core.sequences.store import user_table
from desktop_app.widgets.user_list import UserList
from tests.benchmarks.figures import Figure, finish, measure
from tests.filled import fill

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.sequences.store import UserOrder

USERS = 1_000_000


def workspace() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    fill(connection, [], [], [("view", False)], [])
    connection.execute(
        "INSERT INTO users SELECT i, id, row_number() OVER (ORDER BY id) - 1 "
        f"FROM (SELECT i, 'user-' || hash(i) AS id FROM range({USERS}) r(i)) ORDER BY i"
    )
    connection.execute(
        "INSERT INTO user_figures SELECT i, 1 + hash(i) % 300, 1000000 * (hash(i + 1) % 1000000000)::BIGINT, "
        f"1000000 * (1000000000 + hash(i + 2) % 1000000000)::BIGINT FROM range({USERS}) r(i)"
    )
    return connection


def measured(connection: duckdb.DuckDBPyConnection, when: str = "") -> list[Figure]:
    """Opening, sorting and searching, each until it is painted."""
    users = UserList()
    users.resize(340, 900)
    users.show()
    QApplication.processEvents()
    image = QImage(340, 900, QImage.Format.Format_RGB32)
    figures: list[Figure] = []

    def opened() -> None:
        table = user_table(connection)
        users.show_users(table, table.arrange("", "events", True))
        users.render(image)

    table = user_table(connection)
    figures.append(measure(f"read, sort and show 1,000,000 users{when}", 300, opened, runs=5))

    def arranged(search: str, order: UserOrder) -> Callable[[], None]:
        def work() -> None:
            if not search:
                table._orders.clear()  # an order is computed once; measure that once
            users.show_users(table, table.arrange(search, order, True))
            users.render(image)

        return work

    orders: tuple[UserOrder, ...] = ("id", "events", "last", "span")
    for search in ("", "77"):
        for order in orders:
            name = f"search users for {search}, sort by {order}" if search else f"sort users by {order}"
            figures.append(measure(name + when, 200, arranged(search, order), runs=8))
    users.close()
    return figures


def main() -> None:
    _application = QApplication([])
    finish(measured(workspace()))


if __name__ == "__main__":
    main()
