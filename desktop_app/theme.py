"""Colours, spacing and the style of every control, light and dark.

One set of tokens a scheme; nothing else in the window names a colour. Text tokens stand at 4.5:1 or more on
"surface" and "panel" (a test measures it). The categorical colours keep apart for the common kinds of colour
blindness (after Okabe & Ito 2008, with lightness fitted to the scheme).

The style sheet is the same in both schemes and takes its colours from the palette: Qt works for most of a second when
the sheet of a window with all its pages changes. Another scheme is another palette, and every widget is dressed anew
by it: those that are seen first, the others in pieces between which the window lives.
"""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop_app.painting import paint_in_parts
from desktop_app.turns import take_turn

Scheme = Literal["system", "light", "dark"]

SPACING = 8  # pixels; margins and gaps are multiples of it
RADIUS = 6
SLICE = 0.012  # seconds of dressing what is out of sight, between two looks at what the analyst does
CHECKED = "#2f70d0"  # of a box that is ticked: on it the white tick is seen, and it on both panels
ICONS = Path(__file__).resolve().parents[1] / "resources" / "icons"

LIGHT = {
    "surface": "#f6f7f9",  # behind everything
    "panel": "#ffffff",  # cards, tables, inputs
    "raised": "#eceff3",  # headers, hovered rows
    "border": "#d5dae1",
    "handle": "#8a95a4",  # of scroll bars
    "text": "#1b2430",
    "muted": "#566172",
    "accent": "#1f5fbf",
    "selection": "#dbe8fb",
    "positive": "#1b7a43",
    "negative": "#b3362b",
}
DARK = {
    "surface": "#14181e",
    "panel": "#1c222a",
    "raised": "#262e38",
    "border": "#3a4451",
    "handle": "#6a7688",
    "text": "#e6eaf0",
    "muted": "#a3aebc",
    "accent": "#7db0ff",
    "selection": "#2a4061",
    "positive": "#6fcf97",
    "negative": "#ff8f80",
}
# Blue, orange, green, purple, red-brown, sky, ochre, grey.
CATEGORICAL_LIGHT = ("#0f66b0", "#c75a00", "#00805e", "#a04a86", "#8c3b2a", "#2f8fc4", "#8f7400", "#66707c")
CATEGORICAL_DARK = ("#5aa9f0", "#f2984a", "#3fc79a", "#dd8fc6", "#e0846f", "#8ed0f5", "#d9bd3f", "#a9b3bf")

# Families in the order tried; the later ones bring Chinese where the first lacks it.
FAMILIES = (
    "Segoe UI",
    "SF Pro Text",
    "Inter",
    "Noto Sans",
    "DejaVu Sans",
    "Microsoft YaHei UI",
    "PingFang SC",
    "Noto Sans CJK SC",
)


class _Theme(QObject):
    """What is chosen, and the widgets that still wear the colours of before."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.scheme: Scheme = "system"
        self.dark = False
        self._worn: list[QWidget] = []
        self._turn = False  # whether others will be dressed in a beat to come

    def dress_all(self) -> None:
        """Dress every widget by the palette of the application: what is in sight at once, the others in pieces.

        To paint what is in sight takes as long again, so that it is done part by part.
        """
        self._worn = _application().allWidgets()
        self._dress()
        for window in _application().topLevelWidgets():
            if window.isVisible():
                paint_in_parts(window)

    def _go_on(self) -> None:
        self._turn = False
        self._dress()

    def _dress(self) -> None:
        end = time.thread_time() + SLICE
        self._worn = sorted(
            filter(isValid, self._worn), key=QWidget.isVisible
        )  # by now, which a click may have changed
        while self._worn:
            widget = self._worn.pop()
            if not isValid(widget):
                continue  # it went with the one before, which nobody else held
            if not widget.isVisible() and time.thread_time() >= end:
                self._worn.append(widget)
                break
            style = widget.style()
            style.unpolish(widget)  # which forgets the brushes that the sheet had made of the old palette
            style.polish(widget)
            widget.update()
        if self._worn and not self._turn:
            self._turn = True
            take_turn(self, self._go_on, alone=True, later=True)


_theme = _Theme()

changed = _theme.changed  # emitted after the colours have changed


def colour(name: str) -> QColor:
    """The colour of a token, one of the names above."""
    return QColor((DARK if _theme.dark else LIGHT)[name])


def categorical(index: int) -> QColor:
    """The colour of the `index`-th behaviour or component; a mark or a label must tell them apart as well."""
    colours = CATEGORICAL_DARK if _theme.dark else CATEGORICAL_LIGHT
    return QColor(colours[index % len(colours)])


def is_dark() -> bool:
    """Whether the dark colours are shown."""
    return _theme.dark


def scheme() -> Scheme:
    """What was chosen; "system" follows the desktop."""
    return _theme.scheme


def start(chosen: Scheme = "system") -> None:
    """Style the application, and follow the desktop from now on where that is what was chosen."""
    application = _application()
    application.setStyle("Fusion")
    font = QFont(application.font())
    font.setFamilies([*FAMILIES, *font.families()])
    application.setFont(font)
    application.setStyleSheet(sheet(STYLE))
    QGuiApplication.styleHints().colorSchemeChanged.connect(_follow)
    choose(chosen)


def choose(chosen: Scheme) -> None:
    """Switch to a scheme."""
    _theme.scheme = chosen
    _theme.dark = chosen == "dark" or (chosen == "system" and _system_is_dark())
    _application().setPalette(_palette())
    _theme.changed.emit()
    _theme.dress_all()


def _follow() -> None:
    if _theme.scheme == "system" and _system_is_dark() != _theme.dark:
        choose("system")


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for place, token in (
        (role.Window, "surface"),
        (role.WindowText, "text"),
        (role.Base, "panel"),
        (role.AlternateBase, "surface"),
        (role.Text, "text"),
        (role.PlaceholderText, "muted"),
        (role.Button, "panel"),
        (role.ButtonText, "text"),
        (role.BrightText, "negative"),
        (role.ToolTipBase, "raised"),
        (role.ToolTipText, "text"),
        (role.Highlight, "selection"),
        (role.HighlightedText, "text"),
        (role.Link, "accent"),
        (role.LinkVisited, "accent"),
        (role.Accent, "accent"),
        (role.Mid, "border"),
        (role.Midlight, "raised"),
        (role.Light, "panel"),
        (role.Dark, "border"),
        (role.Shadow, "handle"),
    ):
        palette.setColor(place, colour(token))
    for place in (role.WindowText, role.Text, role.ButtonText):
        faint = colour("muted")
        faint.setAlpha(150)
        palette.setColor(QPalette.ColorGroup.Disabled, place, faint)
    return palette


# What a style sheet calls the place in the palette where each token is.
PLACES = {
    "surface": "window",
    "panel": "base",
    "raised": "midlight",
    "border": "mid",
    "handle": "shadow",
    "text": "text",
    "muted": "placeholder-text",
    "accent": "accent",
    "selection": "highlight",
    "negative": "bright-text",
}


def sheet(style: str) -> str:
    """A style sheet in which `@token` stands for a colour that follows the scheme."""
    words = {token: f"palette({place})" for token, place in PLACES.items()}
    words |= {"radius": f"{RADIUS}px", "icons": ICONS.as_posix(), "checked": CHECKED}
    return re.sub(r"@(\w+)", lambda word: words[word.group(1)], style)


STYLE = """
QToolTip { background: @raised; color: @text; border: 1px solid @border; padding: 4px 6px; }
QPushButton, QToolButton { background: @panel; border: 1px solid @border; border-radius: @radius; padding: 5px 12px; }
QToolButton { padding: 4px 8px; }
QToolButton[popupMode="2"] { padding-right: 22px; }
QToolButton::menu-indicator { image: url("@icons/chevron-down.svg"); width: 12px; height: 12px;
    subcontrol-origin: padding; subcontrol-position: center right; right: 6px; }
QPushButton:hover, QToolButton:hover { background: @raised; }
QPushButton:pressed, QPushButton:checked, QToolButton:pressed, QToolButton:checked { background: @selection; }
QPushButton:focus, QToolButton:focus { border: 1px solid @accent; }
QPushButton:disabled, QToolButton:disabled { background: @surface; color: @muted; }
QPushButton[primary="true"] { background: @accent; color: @panel; border: 1px solid @accent; font-weight: 600; }
QPushButton[primary="true"]:focus { border: 1px solid @text; }
QPushButton[primary="true"]:disabled { background: @raised; color: @muted; border: 1px solid @border; }
QPushButton[narrow="true"] { padding: 4px 0; }
QToolButton[narrow="true"] { padding: 0 5px; }
QPushButton[chip="true"] { border-radius: 9px; padding: 2px 9px; min-height: 16px; }
QLineEdit, QPlainTextEdit, QTextBrowser {
    background: @panel; border: 1px solid @border; border-radius: @radius; padding: 4px 6px; }
QLineEdit:focus, QPlainTextEdit:focus { border: 1px solid @accent; }
QPlainTextEdit[bare="true"], QPlainTextEdit[bare="true"]:focus { background: transparent; border: 0; padding: 0; }
QSpinBox QLineEdit, QDoubleSpinBox QLineEdit, QComboBox QLineEdit { border: 0; padding: 0; }
QComboBox, QSpinBox, QDoubleSpinBox, QDateTimeEdit { background: @panel; border: 1px solid @border;
    border-radius: @radius; padding: 2px 6px; min-height: 22px; }
QComboBox[popup="rows"] { combobox-popup: 0; }
QSpinBox, QDoubleSpinBox { padding: 1px 2px 1px 6px; }
QComboBox:hover, QSpinBox:hover, QDoubleSpinBox:hover, QDateTimeEdit:hover { background: @raised; }
QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateTimeEdit:focus { border: 1px solid @accent; }
QComboBox:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled { background: @surface; color: @muted; }
QComboBox::drop-down, QDateTimeEdit::drop-down { border: 0; width: 20px; }
QComboBox::down-arrow, QSpinBox::down-arrow, QDoubleSpinBox::down-arrow, QDateTimeEdit::down-arrow {
    image: url("@icons/chevron-down.svg"); width: 12px; height: 12px; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("@icons/chevron-up.svg"); width: 12px; height: 12px; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button {
    border: 0; background: transparent; width: 20px; }
QCheckBox, QRadioButton { spacing: 7px; border: 1px solid transparent; border-radius: 4px; padding-right: 4px; }
QCheckBox::indicator, QTableView::indicator, QListView::indicator {
    width: 14px; height: 14px; border: 1px solid @handle; border-radius: 4px; background: @panel; }
QCheckBox::indicator:checked, QTableView::indicator:checked, QListView::indicator:checked {
    background: @checked; border: 1px solid @checked; image: url("@icons/check.svg"); }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @handle; border-radius: 8px;
    background: @panel; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid @accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:unchecked:focus { border: 1px solid @accent; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid @accent; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: @border; background: @surface; }
QCheckBox::indicator:checked:disabled { background: @handle; }
QCheckBox:disabled, QRadioButton:disabled { color: @muted; }
QScrollBar { background: transparent; border: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: @handle; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QTableView, QListView, QTreeView { background: @panel; border: 1px solid @border; border-radius: @radius;
    gridline-color: @border; selection-background-color: @selection; selection-color: @text; outline: 0; }
QHeaderView { background: @panel; }
QHeaderView::section { background: @raised; color: @muted; border: 0; border-bottom: 1px solid @border;
    padding: 5px 4px; }
QTableCornerButton::section { background: @raised; border: 0; }
QLabel[role="title"] { font-size: 20px; font-weight: 600; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="muted"] { color: @muted; }
QLabel[role="figure"] { font-size: 22px; font-weight: 600; }
QLabel[role="error"] { color: @negative; }
QFrame[role="card"] { background: @panel; border: 1px solid @border; border-radius: 8px; }
QToolBar { border: 0; background: transparent; spacing: 4px; }
QStatusBar { background: @panel; border-top: 1px solid @border; }
QStatusBar::item { border: 0; }
QMenuBar { background: @panel; border-bottom: 1px solid @border; }
QMenuBar::item:selected, QMenu::item:selected { background: @selection; color: @text; }
QMenu { background: @panel; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }
QProgressBar { background: @raised; border: 0; border-radius: 4px; text-align: center; min-height: 16px; }
QProgressBar::chunk { background: @accent; border-radius: 4px; }
QSplitter::handle { background: @surface; }
QScrollArea { border: 0; }
QTabBar::tab { padding: 6px 14px; border: 0; border-bottom: 2px solid transparent; color: @muted; }
QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; }
QTabWidget::pane { border: 0; border-top: 1px solid @border; }
QListView#navigation { background: @panel; border: 0; border-right: 1px solid @border; border-radius: 0; padding: 8px; }
QListView#navigation::item { padding: 9px 10px; border-radius: @radius; }
QListView#navigation::item:selected { background: @selection; color: @text; }
QListView#navigation::item:hover:!selected { background: @raised; }
"""
