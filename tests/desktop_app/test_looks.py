"""No text is cut, every control has a name and a place in the tab order, and nothing stays in English in Chinese."""

from __future__ import annotations

import functools
import itertools
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QRadioButton,
    QStyle,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core import workflow
from core.analysis.conditions import (
    Amount,
    AnyOf,
    Chosen,
    EventCount,
    FirstSeen,
    InCluster,
    LastSeen,
    NoneOf,
    Segment,
    UserIds,
)
from core.fitting import TrainSettings
from core.progress import Progress
from desktop_app import translation
from desktop_app.app import Desk
from desktop_app.dialogs.about import AboutDialog
from desktop_app.dialogs.export import ExportDialog
from desktop_app.dialogs.find_items import FindItems
from desktop_app.dialogs.find_users import FindUsers
from desktop_app.dialogs.help import HelpDialog
from desktop_app.dialogs.import_files import ImportDialog
from desktop_app.dialogs.new_user import NewUser
from desktop_app.dialogs.not_listed import NotListed
from desktop_app.dialogs.passphrase import PassphraseDialog
from desktop_app.dialogs.run_overview import RunOverview
from desktop_app.dialogs.settings import SettingsDialog
from desktop_app.pages import PAGES
from desktop_app.widgets.breakdown_panel import NARROWEST
from desktop_app.widgets.note_dialog import NoteDialog
from desktop_app.widgets.run_comparison import RunComparison
from tests.desktop_app.paging import shown_page
from tests.desktop_app.test_translation import messages
from tests.shop import open_shop

PANELS = ("recommendations.talk", "recommendations.purpose", "recommendations.what_if")
DIALOGS = (
    *("about", "help", "settings", "export", "import", "find_users", "find_items", "new_user", "overview"),
    *("comparison", "note", "not_listed"),
)
SUBJECTS = (*PAGES, *PANELS, *DIALOGS, "passphrase", "palette")
CONTROLS = (QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit, QAbstractItemView)


@pytest.fixture(scope="module")
def trained() -> Iterator[Path]:
    """A workspace with a run; beside it lies a file to import."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "shop.seqlens"
        with open_shop(path) as workspace:
            workflow.train(workspace, TrainSettings(model="transitions"), Progress())
            workspace.saved.put("clusters", "Map", {"Lamps": [1, 2, 3]})
            of_each_kind = (EventCount(), Amount("price", "mean"), LastSeen(), FirstSeen(), InCluster("Map", "Lamps"))
            groups = AnyOf((Amount("price", "mean"), LastSeen())), NoneOf((InCluster("Map", "Lamps"),)), AnyOf()
            segment = Segment((*of_each_kind, UserIds(("user 01",)), Chosen((1,)), *groups))
            workspace.saved.put("segment", "one of each kind", segment.to_dict())
        (path.parent / "events.csv").write_text("user_id,item_id,timestamp\nann,7,1700000000\nann,8,1700000100\n")
        yield path


def show(desk: Desk, qtbot: QtBot, name: str, folder: Path) -> QWidget:
    """The page or dialog of this name, on screen and filled."""
    window = desk.window
    if name in PANELS:  # beside the list, in the place of the one before
        for action in shown_page(desk, qtbot, "recommendations").findChildren(QAction):
            if action.objectName() in PANELS and action.isChecked() != (action.objectName() == name):
                action.trigger()
        settle(desk, qtbot)
        assert window.stack.currentWidget().breakdown.width() >= NARROWEST
        return window
    if name in PAGES:
        page = shown_page(desk, qtbot, name)
        if name == "timeline":  # with all that can be opened
            for action in page.findChildren(QAction):
                if (
                    action.objectName() in ("timeline.filter", "timeline.replay", "user.next")
                    and not action.isChecked()
                ):
                    action.trigger()
        settle(desk, qtbot)
        return window
    dialog = opened(desk, name, folder)
    dialog.show()
    qtbot.waitExposed(dialog)
    if isinstance(dialog, RunOverview):
        qtbot.waitUntil(dialog.tabs.isVisible, timeout=20_000)
    settle(desk, qtbot)
    return dialog


def settle(desk: Desk, qtbot: QtBot) -> None:
    """Wait until what is asked in the background has arrived, what comes from the answers as well, and is laid out."""
    for _ in range(3):
        qtbot.wait(60)
        qtbot.waitUntil(lambda: not desk.background.asking, timeout=20_000)
    qtbot.wait(100)


def opened(desk: Desk, name: str, folder: Path) -> QDialog:
    """The dialog of this name, over the open workspace."""
    window, workspace, background = desk.window, desk.state.workspace, desk.background
    assert workspace is not None
    run = workspace.active_run()
    assert run is not None
    other = replace(run, id="other", name="Another training with a rather long name, as they have in the end")
    makers: dict[str, Callable[[], QDialog]] = {
        "about": lambda: AboutDialog(window),
        "help": lambda: HelpDialog(window),
        "settings": lambda: SettingsDialog(desk, window),
        "export": lambda: ExportDialog(desk.state, background, run, parent=window),
        "import": lambda: ImportDialog([folder / "events.csv"], desk.state, background, window, folder=folder),
        "find_users": lambda: FindUsers(desk.state, background, window),
        "find_items": lambda: FindItems(desk.state, background, window),
        "new_user": lambda: NewUser(workspace, run.id, run.name, background, window),
        "overview": lambda: RunOverview(workspace, run, background, window),
        "comparison": lambda: RunComparison([run, other], window),
        "note": lambda: NoteDialog("view: Lamp number 3", "", window),
        "passphrase": lambda: PassphraseDialog("shop", "It is encrypted.", new=True, parent=window),
        "palette": window.open_palette,
        "not_listed": lambda: NotListed("user 01", window),
    }
    return makers[name]()


def inside(root: QWidget) -> list[QWidget]:
    """Every visible widget of this window, without the parts that Qt's own controls are made of."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and widget.window() is root
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox | QLineEdit)
    ]


def cut(widget: QWidget) -> bool:
    """Whether this label or control has less room than its text needs."""
    if isinstance(widget, QLabel):
        if not widget.text() or widget.sizePolicy().horizontalPolicy() == widget.sizePolicy().Policy.Ignored:
            return False
        if widget.wordWrap():
            return widget.heightForWidth(widget.width()) > widget.height() + 1
        return widget.minimumSizeHint().width() > widget.width() + 1 or widget.sizeHint().height() > widget.height() + 1
    if isinstance(widget, QCheckBox | QRadioButton):  # with the box before the text
        return widget.sizeHint().width() > widget.width()
    if isinstance(widget, QAbstractButton) and widget.text():
        metrics = widget.fontMetrics()
        text = metrics.size(Qt.TextFlag.TextShowMnemonic, widget.text())
        return text.width() > widget.width() or text.height() > widget.height()
    if isinstance(widget, QComboBox) and widget.currentText():
        arrow = widget.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return widget.fontMetrics().horizontalAdvance(widget.currentText()) + arrow > widget.width()
    return False


def text_of(widget: QWidget) -> str:
    """What a label or control says, without the mark of its shortcut."""
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    return widget.currentText() if isinstance(widget, QComboBox) else ""


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_everything_can_be_read_and_reached(desk: Desk, qtbot: QtBot, trained: Path, language: str) -> None:
    desk.choose_language(language)
    desk.window.resize(1280, 800)
    desk.open_workspace(trained)
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=10_000)
    desk.state.select_user(3)
    found: dict[str, list[str]] = {}
    for name in SUBJECTS:
        root = show(desk, qtbot, name, trained.parent)
        found[name] = [*problems(inside(root), language)]
        if isinstance(root, QDialog):
            root.close()
    translation.choose("en")
    assert found == {name: [] for name in SUBJECTS}


def problems(widgets: list[QWidget], language: str) -> Iterator[str]:
    """What keeps someone from reading these or from reaching them."""
    assert widgets
    for widget in widgets:
        text = text_of(widget)
        if cut(widget):
            yield f"cut: {type(widget).__name__} {text!r} {widget.size().toTuple()}"
        if language == "zh_CN" and text in _sources():
            yield f"English: {text!r}"
        if isinstance(widget, CONTROLS) and not _part_of_another(widget):
            name = _accessible_name(widget)
            if not name:
                yield f"no name: {type(widget).__name__} {widget.objectName()!r} in {widget.parentWidget()}"
            if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                yield f"not in the tab order: {type(widget).__name__} {name!r}"


def _part_of_another(widget: QWidget) -> bool:
    """Headers are reached through their table, the unchecked ones of a group by arrow keys, and what is off not.

    The keys of what the palette found are those of the field above it.
    """
    unchecked = isinstance(widget, QRadioButton) and not widget.isChecked()
    of_field = widget.objectName() == "palette.list"
    return isinstance(widget, QHeaderView) or unchecked or of_field or not widget.isEnabled()


def _accessible_name(widget: QWidget) -> str:
    """What a screen reader says of it: its own name, its text, or the label that it is the buddy of."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return str(interface.text(QAccessible.Text.Name)) if interface is not None else widget.accessibleName()


@functools.cache
def _sources() -> set[str]:
    """English texts whose Chinese is another."""
    found = messages(translation.FOLDER / "seqlens_zh_CN.ts")
    return {source for context, source, texts, _ in found if context != "core" and source not in texts}


def test_no_key_means_two_things_in_one_place(desk: Desk, qtbot: QtBot, trained: Path) -> None:
    """Qt does neither of two actions whose keys are the same where both could hear them."""
    desk.open_workspace(trained)
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=10_000)
    desk.state.select_user(3)
    clashes = set[tuple[str, ...]]()
    for name in (*PAGES, *PANELS):
        show(desk, qtbot, name, trained.parent)
        page = desk.window.stack.currentWidget()
        owned = [
            (action, widget)
            for widget in (desk.window, page, *page.findChildren(QWidget))
            for action in widget.actions()
            if not action.shortcut().isEmpty()
        ]
        for (one, its), (other, others) in itertools.combinations(owned, 2):
            same = one is not other and one.shortcut() == other.shortcut()
            if same and (heard(one, its, others) or heard(other, others, its)):
                clashes.add((name, one.shortcut().toString(), one.objectName(), other.objectName()))
    assert not clashes


def heard(action: QAction, owner: QWidget, focus: QWidget) -> bool:
    """Whether an action of `owner` hears its keys while `focus` has them."""
    if action.shortcutContext() == Qt.ShortcutContext.WidgetShortcut:
        return owner is focus
    inside = action.shortcutContext() == Qt.ShortcutContext.WidgetWithChildrenShortcut
    return owner is focus or owner.isAncestorOf(focus) if inside else True
