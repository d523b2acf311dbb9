"""No text is cut, every control has a name and a place in the tab order, and nothing stays in English in Chinese."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Iterator
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
from desktop_app.dialogs.help import HelpDialog
from desktop_app.dialogs.import_files import ImportDialog
from desktop_app.dialogs.settings import SettingsDialog
from desktop_app.widgets.breakdown_panel import NARROWEST
from desktop_app.window import PAGES
from tests.desktop_app.test_translation import messages
from tests.shop import open_shop

PANELS = ("recommendations.talk", "recommendations.purpose", "recommendations.what_if")
SUBJECTS = (*PAGES, *PANELS, "about", "help", "settings", "export", "import")
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
        window.show_page("recommendations")
        for action in window.stack.currentWidget().findChildren(QAction):
            if action.objectName() in PANELS and action.isChecked() != (action.objectName() == name):
                action.trigger()
        qtbot.wait(600)
        assert window.stack.currentWidget().breakdown.width() >= NARROWEST
        return window
    if name in PAGES:
        window.show_page(name)
        if name == "timeline":  # with all that can be opened
            for action in window.stack.currentWidget().findChildren(QAction):
                if (
                    action.objectName() in ("timeline.filter", "timeline.replay", "user.next")
                    and not action.isChecked()
                ):
                    action.trigger()
        qtbot.wait(600)  # until what it asks in the background has arrived
        return window
    assert desk.state.workspace is not None
    dialog: QDialog
    if name == "export":
        run = desk.state.workspace.active_run()
        assert run is not None
        dialog = ExportDialog(desk.state, desk.background, run, parent=window)
    elif name == "import":
        dialog = ImportDialog([folder / "events.csv"], desk.state, desk.background, window, folder=folder)
    elif name == "settings":
        dialog = SettingsDialog(desk, window)
    else:
        dialog = AboutDialog(window) if name == "about" else HelpDialog(window)
    dialog.show()
    qtbot.waitExposed(dialog)
    qtbot.wait(600)
    return dialog


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
    """Headers are reached through their table, the unchecked ones of a group by arrow keys, and what is off not."""
    unchecked = isinstance(widget, QRadioButton) and not widget.isChecked()
    return isinstance(widget, QHeaderView) or unchecked or not widget.isEnabled()


def _accessible_name(widget: QWidget) -> str:
    """What a screen reader says of it: its own name, its text, or the label that it is the buddy of."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return str(interface.text(QAccessible.Text.Name)) if interface is not None else widget.accessibleName()


@functools.cache
def _sources() -> set[str]:
    """English texts whose Chinese is another."""
    found = messages(translation.FOLDER / "seqlens_zh_CN.ts")
    return {source for context, source, texts, _ in found if context != "core" and source not in texts}
