"""The main job with the keyboard alone: the sample, a user, an event, a training, a list, an export. Real keys."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from core import workflow
from core.analysis.conditions import AnyOf, EventCount, LastSeen, Segment
from core.fitting import TrainSettings
from core.progress import Progress
from desktop_app.app import Desk
from desktop_app.dialogs.export import ExportDialog
from desktop_app.widgets.attention_map import AttentionGrid
from desktop_app.widgets.recommendation_table import TITLE
from tests.desktop_app.paging import shown_page
from tests.shop import EVENTS, open_shop

Key = Qt.Key
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
PATIENCE = 120_000  # milliseconds, on a busy machine


class Hands:
    """Ten fingers on the keys: each key goes to what has the focus, as it would from a keyboard."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self._qtbot, self._desk = qtbot, desk

    @property
    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self._desk.window

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            self._qtbot.keyClick(self.focus, key, modifier)

    def write(self, text: str) -> None:
        self._qtbot.keyClicks(self.focus, text)

    def wait(self, until: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(until, timeout=PATIENCE)

    def press_until(self, key: Qt.Key, name: str, most: int = 80) -> QWidget:
        """Press until the control of this name has the focus."""
        met = []
        for _ in range(most):
            if self.focus.objectName() == name:
                return self.focus
            self.press(key)
            met.append(self.focus.objectName() or type(self.focus).__name__)
        raise AssertionError(f"{name} is not reached: {met}")

    def table(self, name: str) -> QAbstractItemView:
        """Go to a table with Tab, once it has rows."""
        page = shown_page(self._desk, self._qtbot)

        def there() -> bool:
            view = page.findChild(QAbstractItemView, name)
            return view is not None and view.isVisible() and view.model().rowCount() > 0

        self.wait(there)
        found = self.press_until(Key.Key_Tab, name)
        assert isinstance(found, QAbstractItemView)
        return found


def test_from_the_sample_to_an_exported_file_without_the_mouse(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    hands, window = Hands(qtbot, desk), desk.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)

    # The sample is opened; the tour that greets is put away.
    hands.press(Key.Key_O, CONTROL | SHIFT)
    hands.wait(lambda: window.tour is not None and window.tour.callout.next_button.hasFocus())
    hands.press(Key.Key_Escape)
    assert desk.preferences.toured

    # A user is chosen in the list, the next one by a shortcut, and one of their events in the table.
    hands.press(Key.Key_2, CONTROL)
    users = hands.table("users")
    hands.wait(lambda: desk.state.user >= 0)
    first = desk.state.user
    hands.press(Key.Key_Down, times=2)
    assert users.currentIndex().row() >= 1
    hands.press(Key.Key_Right, ALT)
    user = desk.state.user
    assert user not in (-1, first)
    hands.table("events")
    hands.wait(lambda: not desk.background.asking)
    hands.press(Key.Key_Down, times=3)
    assert desk.state.chosen_event >= 0

    # A model that learns quickly is chosen, and trained.
    hands.press(Key.Key_7, CONTROL)
    shown_page(desk, qtbot)
    hands.press_until(Key.Key_Tab, "model.hybrid")
    hands.press_until(Key.Key_Down, "model.transitions", 20)
    hands.wait(lambda: window.stack.currentWidget().start_button.isEnabled())
    hands.press(Key.Key_Return, CONTROL)
    hands.wait(lambda: desk.state.run is not None and desk.background.job is None)

    # Their list, and why the second item stands there.
    hands.press(Key.Key_8, CONTROL)
    table = hands.table("recommendations")
    hands.wait(lambda: table.model().rowCount() == 10)
    hands.press(Key.Key_Home, CONTROL)
    hands.press(Key.Key_Down)
    assert table.currentIndex().row() == 1

    # Where one was before, and here again.
    hands.press(Key.Key_BracketLeft, CONTROL)
    assert desk.preferences.page != "recommendations"
    hands.press(Key.Key_BracketRight, CONTROL)
    assert desk.preferences.page == "recommendations"

    # The lists of this user go into a file; the command palette knows the way.
    hands.press(Key.Key_K, CONTROL)
    hands.wait(lambda: hands.focus.objectName() == "palette.field")
    hands.write("export recomm")
    hands.press(Key.Key_Return)
    hands.wait(lambda: window.findChild(ExportDialog) is not None)
    dialog = window.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    dialog.activateWindow()
    hands.wait(dialog.isActiveWindow)
    path = tmp_path / "lists.csv"
    field = hands.press_until(Key.Key_Tab, "export_path")
    assert isinstance(field, QLineEdit)
    hands.press(Key.Key_A, CONTROL)
    hands.write(str(path))
    hands.press_until(Key.Key_Tab, "export_all_the_same")  # of one user, who can be recognised
    hands.press(Key.Key_Space)
    hands.press_until(Key.Key_Tab, "export_start")
    hands.press(Key.Key_Space)
    hands.wait(path.exists)
    hands.wait(lambda: desk.background.job is None)
    hands.press(Key.Key_Escape)
    assert not dialog.isVisible()
    assert desk.state.workspace is not None
    own = desk.state.workspace.users().ids[user].as_py()
    with path.open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.DictReader(file))
    assert {row["user_id"] for row in written} == {own}
    assert [row["title"] for row in written] == [table.model().index(row, TITLE).data() for row in range(10)]


def test_who_they_are_and_what_if_without_the_mouse(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    """From a figure of the flows to its users, to a list for one of them, to what it would be after another past."""
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        workflow.train(workspace, TrainSettings(model="transitions"), Progress())
    hands, window = Hands(qtbot, desk), desk.window
    desk.open_workspace(tmp_path / "shop.seqlens")
    hands.wait(lambda: desk.state.workspace is not None)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)

    # Who viewed after a view: a figure of the flows is chosen, its users are kept as a segment.
    hands.press(Key.Key_4, CONTROL)
    hands.table("flow_transitions")
    hands.press(Key.Key_Right)
    hands.press(Key.Key_Left)
    hands.wait(window.stack.currentWidget().who.save_action.isEnabled)
    field = hands.press_until(Key.Key_Tab, "who_name")
    hands.wait(lambda: isinstance(field, QLineEdit) and field.text() == "view → view" and field.isEnabled())
    hands.press(Key.Key_A, CONTROL)
    hands.write("browsers")
    hands.press(Key.Key_Return)
    assert desk.state.workspace is not None
    saved = desk.state.workspace.saved
    hands.wait(lambda: saved.names("segment") == ["browsers"])

    # Of these, those who bought a lamp or were there lately: a group of conditions.
    hands.press(Key.Key_3, CONTROL)
    page = shown_page(desk, qtbot)
    hands.wait(lambda: page.editor.name.text() == "browsers")
    hands.press_until(Key.Key_Tab, "add_condition")
    for kind in ("add_AnyOf", "add_EventCount", "add_LastSeen"):
        hands.press_until(Key.Key_Tab, "add_condition")  # in the group, once there is one
        QTimer.singleShot(0, window, lambda kind=kind: _choose_in_menu(qtbot, kind))
        hands.press(Key.Key_Space)
        window.activateWindow()  # without a desktop around it, nobody does after a menu
        hands.wait(lambda: hands.focus is not window)

    def group() -> object:
        conditions = (saved.get("segment", "browsers") or {}).get("conditions")
        return conditions[1:] if isinstance(conditions, list) else None

    wanted = Segment((AnyOf((EventCount("purchase"), LastSeen())),)).to_dict()["conditions"]
    hands.wait(lambda: group() == wanted)

    # What the list would be without the last event.
    desk.state.select_user(5)
    hands.press(Key.Key_8, CONTROL)
    table = hands.table("recommendations")
    hands.wait(lambda: table.model().rowCount() == 10 and not desk.background.asking)
    titles = [table.model().index(row, TITLE).data() for row in range(10)]
    hands.press(Key.Key_H, CONTROL)
    hands.table("changed_events")
    hands.press(Key.Key_Down, times=EVENTS)
    hands.press(Key.Key_Delete)
    listed = lambda: [table.model().index(row, TITLE).data() for row in range(table.model().rowCount())]  # noqa: E731
    hands.wait(lambda: listed() != titles and not desk.background.asking)
    hands.press(Key.Key_Z, CONTROL)
    hands.wait(lambda: listed() == titles and not desk.background.asking)
    hands.press(Key.Key_H, CONTROL)

    # Another order, by a slider.
    hands.press(Key.Key_J, CONTROL)
    hands.press_until(Key.Key_Tab, "policy_popularity")
    hands.press(Key.Key_Home)
    hands.wait(lambda: listed() != titles)


def test_to_the_event_that_a_head_looks_at_and_back_without_the_mouse(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    small = {"encoder": "attention", "width": 16, "epochs": 1, "members": 1, "blocks": 1, "heads": 2}
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        workflow.train(workspace, TrainSettings(model="transformer", options={"transformer": small}), Progress())
    hands, window = Hands(qtbot, desk), desk.window
    desk.open_workspace(tmp_path / "shop.seqlens")
    hands.wait(lambda: desk.state.workspace is not None)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    desk.state.select_user(5)
    hands.press(Key.Key_8, CONTROL)
    page = shown_page(desk, qtbot)
    hands.wait(lambda: page.breakdown.why.findChild(AttentionGrid) is not None and not desk.background.asking)
    grid = hands.press_until(Key.Key_Tab, "attention")
    assert isinstance(grid, AttentionGrid)
    hands.press(Key.Key_End)
    hands.press(Key.Key_Left, times=2)
    hands.press(Key.Key_Return)
    hands.wait(lambda: desk.preferences.page == "timeline")
    assert (desk.state.user, desk.state.chosen_event) == (5, EVENTS - 3)
    page = shown_page(desk, qtbot)
    hands.wait(lambda: page.timeline.selected == EVENTS - 3)
    hands.press(Key.Key_BracketLeft, CONTROL)
    assert desk.preferences.page == "recommendations"
    assert desk.state.user == 5


def _choose_in_menu(qtbot: QtBot, name: str) -> None:
    """Walk the open menu with the arrow keys to an action, and choose it."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for _ in menu.actions():
        qtbot.keyClick(menu, Key.Key_Down)
        active = menu.activeAction()
        if active is not None and active.objectName() == name:
            break
    qtbot.keyClick(menu, Key.Key_Return)
