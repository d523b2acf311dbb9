"""How long a start takes: `python -m tests.benchmarks.startup`.

Medians of several starts, from the start of the process: until the window is painted (as `main.py --time-startup`
prints it), until the sample's user list and timeline are shown where the sample was opened before, and the same where
it is imported first. Exits with 1 where a goal is missed.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STARTS = 5
GOALS = {"first paint": 0.8, "sample usable": 1.5}  # seconds

CODE = """
import json, sys
from PySide6.QtCore import QTimer
from desktop_app import app

class Watch:
    def __init__(self, desk):
        self.desk = desk
        self.timer = QTimer(interval=5)
        self.timer.timeout.connect(self.look)
        self.timer.start()

    def look(self):
        page = self.desk.window.stack.currentWidget()
        users = getattr(page, "users", None)
        if users is None or users.view.model().rowCount() == 0 or page.events.model().rowCount() == 0:
            if users is not None and users.view.model().rowCount() and self.desk.state.user < 0:
                self.desk.state.select_user(int(users.view.model().codes[0]))
            return
        print(json.dumps({"usable": app._seconds_since_start(), "heavy": [
            name for name in ("torch", "transformers", "pandas") if name in sys.modules]}), flush=True)
        self.timer.stop()
        self.desk.leaving = True
        self.desk.window.close()

begun = app._painted
def painted(desk, arguments):
    desk.preferences.page = "timeline"
    desk.preferences.toured = True  # or the tour would begin on another page
    begun(desk, arguments)
    desk.watch = Watch(desk)
app._painted = painted
sys.exit(app.run(["--sample"]))
"""


def start(home: str, *words: str) -> str:
    environment = os.environ | {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    return subprocess.check_output([sys.executable, *words], cwd=ROOT, env=environment, text=True)


def main() -> int:
    figures: dict[str, list[float]] = {"first paint": [], "sample imported and usable": [], "sample usable": []}
    for _ in range(STARTS):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
            figures["first paint"].append(float(start(home, "main.py", "--time-startup").split()[2]))
            for name in ("sample imported and usable", "sample usable"):
                told = json.loads(start(home, "-c", CODE).splitlines()[-1])
                figures[name].append(told["usable"])
                if told["heavy"]:
                    print(f"imported before the sample was usable: {told['heavy']}", file=sys.stderr)
    missed = False
    for name, values in figures.items():
        median = statistics.median(values)
        late = median >= GOALS.get(name, float("inf"))
        missed |= late
        print(f"{name:28} {median:5.2f} s  ({min(values):.2f} to {max(values):.2f})" + ("  missed" if late else ""))
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
