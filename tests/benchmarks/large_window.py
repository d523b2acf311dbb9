"""The window on a large workspace: `python -m tests.benchmarks.large_window WORKSPACE`; seconds, as JSON.

Offscreen, in a home of its own. From the start of the process until the window is painted, and until the workspace that
it was told to open is usable: its list of users and one user's events are shown. Then, from the click, until the Data
page is complete.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LOOK = 2  # milliseconds between two looks at what is shown
PATIENCE = 60.0  # seconds


class Watch:
    """Looks on until what is waited for is shown, one thing after the other, and then closes the window."""

    def __init__(self, desk: Any, seconds_since_start: Callable[[], float]) -> None:
        from PySide6.QtCore import QTimer

        self._desk, self._since_start = desk, seconds_since_start
        self._found = {"painted": seconds_since_start()}
        self._asked = 0.0
        self._timer = QTimer(interval=LOOK)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        page = self._desk.window.stack.currentWidget()
        if "usable" not in self._found:
            if self._lists_a_user(page):
                self._found["usable"] = self._since_start()
                self._asked = time.perf_counter()
                self._desk.window.show_page("data")
        elif self._is_complete(page):
            self._found["data page"] = time.perf_counter() - self._asked
            self._finish()
        if self._since_start() > PATIENCE:
            self._finish()

    def _lists_a_user(self, page: Any) -> bool:
        users = getattr(page, "users", None)
        if users is None or not users.model.rowCount():
            return False
        if self._desk.state.user < 0:
            self._desk.state.select_user(int(users.model.codes[0]))
        return bool(page.events.model().rowCount())

    def _is_complete(self, page: Any) -> bool:
        """Whether the figures are there, and nothing is said of counting any more."""
        state = getattr(page, "state_of_work", None)
        if state is None or not page.name.text() or state.text():
            return False
        page.grab()  # it is painted too
        return True

    def _finish(self) -> None:
        print(json.dumps(self._found), flush=True)
        self._timer.stop()
        self._desk.leaving = True
        self._desk.window.close()


def show(workspace: str) -> int:
    """Open the window on a workspace, and watch it."""
    from desktop_app import app

    begin = app._painted

    def painted(desk: Any, arguments: Any) -> None:
        desk.preferences.page = "timeline"
        desk.preferences.toured = True
        desk.watch = Watch(desk, app._seconds_since_start)
        begin(desk, arguments)

    app._painted = painted
    return app.run(["--workspace", workspace])


def measured(workspace: Path) -> dict[str, float]:
    """What `show` finds in a process of its own; "opened" is from the painted window on.

    Raises:
        RuntimeError: something was not shown.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        environment = os.environ | {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        command = [sys.executable, "-m", "tests.benchmarks.large_window", str(workspace)]
        answer = subprocess.check_output(command, cwd=ROOT, env=environment, text=True)
    found: dict[str, float] = json.loads(answer.splitlines()[-1])
    if "data page" not in found:
        raise RuntimeError(f"the window showed no more than {found}")
    return found | {"opened": found["usable"] - found["painted"]}


if __name__ == "__main__":
    sys.exit(show(sys.argv[1]))
