"""An import that is stopped leaves the state before, at once."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from core.data.importer import import_files
from core.data.settings import ImportSettings
from core.progress import Cancelled, Progress
from tests.core.data.importing import LOG, bring, check_tables, database, everything, rows, write


class StopAt(Progress):
    """Stops at the n-th step."""

    def __init__(self, n: int) -> None:
        super().__init__()
        self.left = n

    def report(self, *_: object) -> None:
        self.left -= 1
        if self.left == 0:
            self.cancel()


class StopWhile(Progress):
    """Stops shortly after a step with a message began, while its statement runs.

    Attributes:
        pressed: when it was stopped, in seconds of the monotonic clock; 0 before.
    """

    def __init__(self, message: str) -> None:
        super().__init__()
        self.pressed = 0.0
        self._message = message

    def report(self, _fraction: float, message: str, _figures: object) -> None:
        if message == self._message:
            threading.Timer(0.05, self._press).start()

    def _press(self) -> None:
        self.pressed = time.monotonic()
        self.cancel()


def test_stopping_anywhere_leaves_the_state_before(tmp_path: Path) -> None:
    connection = database(tmp_path / "workspace")
    bring(connection, write(tmp_path / "one.csv", LOG))
    before = everything(connection)
    more = write(tmp_path / "two.csv", LOG.replace("17000", "16000"))
    for n in range(1, 30):
        try:
            with connection.cursor() as cursor:
                import_files(cursor, ImportSettings((more,)), StopAt(n))
        except Cancelled:
            assert everything(connection) == before
            check_tables(connection)
        else:
            break
    assert n > 5
    assert rows(connection, "SELECT count(*) FROM events") == [(6,)]


def test_stopping_in_the_midst_of_a_long_statement(tmp_path: Path) -> None:
    connection = database(tmp_path / "workspace")
    connection.execute(
        "COPY (SELECT range // 20 AS user_id, hash(range) % 5000 AS item_id, 1600000000 + range AS timestamp "
        f"FROM range(3000000)) TO '{tmp_path / 'big.csv'}'"
    )
    progress = StopWhile("Ordering events")
    with pytest.raises(Cancelled):
        import_files(connection.cursor(), ImportSettings((tmp_path / "big.csv",)), progress)
    assert progress.pressed
    assert time.monotonic() - progress.pressed < 1
    check_tables(connection)
