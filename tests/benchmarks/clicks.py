"""What each click costs the window's thread: `python -m tests.benchmarks.clicks [--workspace FILE] [--json FILE]`.

One after the other, on the sample with a trained hybrid or on a copy of a workspace: every page for the first time and
again, every action of the window and of its pages that changes no data, every tab and choice, the rows of every table,
lists of 10 to 1,000 items, schemes and languages. Of each, the most processor time that the window's thread took
between two beats of a timer of 5 ms, until what follows from it is done. Dialogs that ask for a file are left out.

Exits with 1 where one takes more than 50 ms and the host of a virtual machine did not have it stand meanwhile
(`tests.benchmarks.host`).
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QSettings, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QInputDialog,
    QMenu,
    QMessageBox,
    QTabWidget,
    QWidget,
)
from shiboken6 import isValid

from desktop_app.app import make_way
from tests.benchmarks.figures import offer_json, write_json
from tests.benchmarks.host import Host
from tests.pictures import live, prepare

if TYPE_CHECKING:
    from desktop_app.app import Desk
    from desktop_app.page import Page

LIMIT = 0.050
SETTLED = 0.3  # seconds without a question under way, after which nothing more follows
LONGEST = 3.0  # seconds that are waited for that: a breakdown goes on getting surer
ASK_FOR_FILES = (
    *("open-files", "open-folder", "open-workspace", "import-more", "import-folder", "save-as", "rescue"),
    *("watch-folder", "open-sample", "tour", "quit", "back", "forward"),
)
CHANGE_DATA = ("remove", "forget", "encrypt", "decrypt", "retain", "delete", "train", "start", "resume", "gap.other")
Kind = TypeVar("Kind", bound=QWidget)


@dataclass(frozen=True)
class Click:
    """Something that was done, the longest own time of a beat that followed, in seconds, and when that was."""

    what: str
    own: float
    at: float


class Beats(QObject):
    """The longest own time between two beats since `begin`."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=5, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        self.begin()

    def begin(self) -> None:
        self.own, self.at, self._last = 0.0, time.monotonic(), time.thread_time()

    def _beat(self) -> None:
        now = time.thread_time()
        if now - self._last > self.own:
            self.own, self.at = now - self._last, time.monotonic()
        self._last = now


class Hand:
    """Does one thing after the other, and notes what each costs."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.clicks: list[Click] = []
        self._beats = Beats()

    def do(self, what: str, act: Callable[[], object]) -> None:
        live(0.1)
        self._beats.begin()
        QTimer.singleShot(0, self._beats, act)
        end = time.monotonic() + LONGEST
        quiet = time.monotonic()
        while time.monotonic() < min(end, quiet + SETTLED):
            live(0.05)
            if self.desk.background.asking or self.desk.window.stack.awaits_page:
                quiet = time.monotonic()
        self.clicks.append(Click(what, self._beats.own, self._beats.at))
        if self._beats.own > LIMIT:
            print(f"{1000 * self._beats.own:7.1f}  {what}", file=sys.stderr, flush=True)
        _close_dialogs()

    def everything(self) -> None:
        """All that is told above."""
        from desktop_app.pages import PAGES

        desk, stack = self.desk, self.desk.window.stack
        for again in ("first", "again"):
            for name in PAGES:
                self.do(f"page {name}, {again}", partial(desk.window.show_page, name))
        for name in ("timeline", "recommendations"):
            self.do(f"page {name}", partial(desk.window.show_page, name))
            for user in (0, 1, 2):
                self.do(f"{name}: user {user}", partial(desk.state.select_user, user))
        lists: Any = stack.made["recommendations"]
        for length in (100, 1000, 10):
            self.do(f"recommendations: list of {length}", partial(lists.choices.k.setValue, length))
        for name, action in desk.window.actions_by_name.items():
            if name not in ASK_FOR_FILES and not name.startswith(("page-", "language-", "theme-")):
                self.do(f"window: {name}", action.trigger)
        for name in PAGES:
            self.do(f"page {name}", partial(desk.window.show_page, name))
            self.page(name, stack.made[name])
        for scheme in ("dark", "light"):
            self.do(f"scheme {scheme}", partial(desk.choose_scheme, scheme))
        for language in ("zh_CN", "en"):
            self.do(f"language {language}", partial(desk.choose_language, language))

    def page(self, name: str, page: Page) -> None:
        """What is on a page."""
        for tabs in _there(page, QTabWidget):
            for place in range(tabs.count()):
                self.do(f"{name}: tab {tabs.tabText(place)}", partial(tabs.setCurrentIndex, place))
        for box in _there(page, QComboBox):
            for place in (*range(min(3, box.count())), box.currentIndex()):
                self.do(f"{name}: choice {box.objectName()} {place}", partial(_choose, box, place))
        for action in page.findChildren(QAction):
            if isValid(action) and action.isEnabled() and action.objectName() and not _left_out(action.objectName()):
                self.do(f"{name}: {action.objectName()}", action.trigger)
        for view in _there(page, QAbstractItemView):
            for row in range(1, min(3, view.model().rowCount() if view.model() is not None else 0)):
                index = view.model().index(row, 0)
                self.do(f"{name}: row {row} of {view.objectName()}", partial(view.setCurrentIndex, index))


def _there(page: QWidget, kind: type[Kind]) -> Iterator[Kind]:
    """Those in view when it is their turn; what is done to one may take another away."""
    return (each for each in page.findChildren(kind) if isValid(each) and each.isVisible())


def _choose(box: QComboBox, place: int) -> None:
    box.setCurrentIndex(place)
    box.activated.emit(place)


def _left_out(name: str) -> bool:
    return name.startswith(("_q_", "table.")) or any(part in name for part in CHANGE_DATA)


def _close_dialogs() -> None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog | QMenu) and widget.isVisible():
            widget.close()


def _answer_at_once() -> None:
    """Have what waits for somebody in a loop of its own come back as given up."""
    values: Any = (QFileDialog, "getOpenFileName", ("", "")), (QFileDialog, "getSaveFileName", ("", ""))
    values += (QFileDialog, "getOpenFileNames", ([], "")), (QFileDialog, "getExistingDirectory", "")
    values += (QInputDialog, "getInt", (0, False)), (QInputDialog, "getMultiLineText", ("", False))
    for kind, name, value in values:
        setattr(kind, name, staticmethod(lambda *_, value=value, **__: value))
    QMessageBox.exec = lambda *_: QMessageBox.StandardButton.Cancel  # type: ignore[method-assign, assignment, return-value]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path, help="with an active training; a copy of it is used")
    offer_json(parser)
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    make_way()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Seqlens")
    application.setOrganizationName("Seqlens")
    _answer_at_once()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
        if arguments.workspace is None:
            path = prepare(folder)
        else:
            path = shutil.copy(arguments.workspace, folder / "clicks.seqlens")
        with Host() as host:
            clicks = measure(Path(path))
    slow = report(clicks, host)
    write_json(arguments.json, [asdict(click) for click in clicks])
    return int(slow)


def measure(path: Path) -> list[Click]:
    """Go through everything in a real window."""
    from core.workspace import Workspace
    from desktop_app.app import Desk

    desk = Desk()
    desk.show()
    desk.prepare()
    hand = Hand(desk)
    workspace = Workspace.open(path)
    run = workspace.active_run()
    hand.do("the workspace is opened", partial(desk.state.open, workspace, 0, None if run is None else run.id))
    live(20, lambda: "torch" in sys.modules)
    live(5)  # until all that takes seconds to import is there
    hand.everything()
    desk.leaving = True
    desk.close()
    return hand.clicks


def report(clicks: list[Click], host: Host) -> bool:
    """Print the slowest; whether one was too slow by its own doing."""
    slowest = sorted(clicks, key=lambda click: -click.own)
    late = [click for click in slowest if click.own > LIMIT]
    stood = [host.disturbed(click.at - click.own, click.at) for click in late]
    print(f"{'own':>7}  ms")
    for click in slowest[:30]:
        told = "" if click.own <= LIMIT else "  the host had it stand" if stood[late.index(click)] else "  too long"
        print(f"{1000 * click.own:7.1f}  {click.what}{told}")
    print(f"{len(clicks)} clicks, {len(late)} above {1000 * LIMIT:.0f} ms, {sum(stood)} of them while the host stood.")
    return len(late) > sum(stood)


if __name__ == "__main__":
    sys.exit(main())
