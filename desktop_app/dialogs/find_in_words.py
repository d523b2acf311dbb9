"""What the searches in words have in common: a line, what was understood as chips, and what was not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.layout import discard
from desktop_app.translation import error_text
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from core.analysis.conditions import Segment
    from core.workspace import Workspace
    from desktop_app.background import Background
    from desktop_app.state import AppState

CROSS = "✕"
SEGMENT = "segment"  # of the documents in the workspace
LONGEST = 60  # letters of the name that a segment gets from the search


def keep(workspace: Workspace, wanted: str, segment: Segment) -> str:
    """Keep a segment under a name that is free, and tell the name."""
    taken, number, name = set(workspace.saved.names(SEGMENT)), 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted} ({number})"
    workspace.saved.put(SEGMENT, name, segment.to_dict())
    return name


class FindInWords(QDialog):
    """A line of words, and what they mean; what is found stands below, by the kind of search."""

    def __init__(self, name: str, title: str, state: AppState, background: Background, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self._name = name
        self._state, self._background, self._workspace = state, background, state.workspace
        self._sought: Any = None
        state.workspace_changed.connect(self.reject)

    def _build(self, told: str, example: str, *found: QWidget | QHBoxLayout) -> None:
        """Lay out the line, whose field is `told` to those who cannot see it, and what is found below."""
        self.entry = QLineEdit()
        self.entry.setObjectName(f"{self._name}_entry")
        self.entry.setAccessibleName(told)
        self.entry.setPlaceholderText(example)
        self.entry.setMaxLength(500)
        self.entry.returnPressed.connect(self.ask)
        self.find_action = make_action(self, f"{self._name}.find", self.tr("Find"), self.ask)
        find = action_button(self.find_action)
        find.setProperty("primary", True)
        line = QHBoxLayout()
        line.addWidget(self.entry, 1)
        line.addWidget(find)
        self.chips = QWidget()
        self.chips.setObjectName(f"{self._name}_chips")
        self.chips.setAccessibleName(self.tr("What was understood"))
        self._flow = FlowLayout(self.chips)
        self.missed = self._label(f"{self._name}_missed", "error")
        self.note = self._label(f"{self._name}_note", "muted")
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addLayout(line)
        for widget in (self.chips, self.missed, self.note):
            layout.addWidget(widget)
        for part in found:
            if isinstance(part, QWidget):
                layout.addWidget(part, 1)
            else:
                layout.addLayout(part)
        for button in self.findChildren(QPushButton):  # Enter finds, and does nothing else
            button.setAutoDefault(False)

    def _label(self, name: str, role: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _close_button(self) -> QPushButton:
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.reject)
        return close

    # ---------------------------------------------------------------- asking

    def ask(self) -> None:
        """Find what the line describes."""
        text = self.entry.text().strip()
        if text and self._workspace is not None:
            self.note.setText(self.tr("Reading …"))
            self._read(text)

    def _read(self, text: str) -> None:
        """Ask what a line means."""
        raise NotImplementedError

    def _ask(self, kind: str, question: Callable[..., Any], about: object, done: Callable[[Any], object]) -> None:
        self._background.ask(kind, question, self._workspace, about, done=done, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self.note.setText(error_text(error))

    def _keep(self, name: str, segment: Segment) -> None:
        """Keep a segment under a name like this."""
        wanted = name[:LONGEST]
        self._background.write(keep, self._workspace, wanted, segment, done=self._kept, failed=self._failed)

    def _kept(self, name: str) -> None:
        self.note.setText(self.tr("Kept as the segment “{0}”.").format(name))
        self._state.segments_changed.emit()

    def _show_meaning(self, sought: Any, parts: Iterable[tuple[str, Callable[[], object]]], idle: str = "") -> None:
        """Show what was understood, each part with what takes it away, and what was not.

        `idle` names what was understood and says nothing here.
        """
        self._sought = sought
        while (item := self._flow.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                discard(gone)
        for text, drop in parts:
            self._add_chip(text, drop)
        self.chips.setVisible(self._flow.count() > 0)
        pieces = [] if sought is None else [sought.text[start:end].strip() for start, end in sought.missed]
        if sought is not None and not pieces and not self._flow.count():
            pieces = [sought.text]
        told = [self.tr("Not understood: {0}").format(", ".join(f"“{piece}”" for piece in pieces))] if pieces else []
        self.missed.setText("\n".join([*told, *([idle] if idle else [])]))
        self.missed.setVisible(bool(self.missed.text()))

    def _add_chip(self, text: str, drop: Callable[[], object]) -> None:
        chip = QPushButton(f"{text}  {CROSS}")
        chip.setProperty("chip", True)
        chip.setAutoDefault(False)
        chip.setAccessibleName(self.tr("Remove: {0}").format(text))
        chip.setToolTip(self.tr("Remove: {0}").format(text))
        chip.clicked.connect(partial(self._dropped, drop))
        self._flow.addWidget(chip)

    def _dropped(self, drop: Callable[[], object], *_: object) -> None:
        drop()
        self.entry.setFocus()
