"""Where the analyst writes a note."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.widgets.actions import make_action


class NoteDialog(QDialog):
    """A text about an event or a moment. `kept` has the text once it is to be kept, empty where it is to go."""

    kept = Signal(str)

    def __init__(self, about: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note")
        self.setWindowTitle(self.tr("Note"))
        heading = QLabel(about, self)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setWordWrap(True)
        self.text = QPlainTextEdit(text, self)
        self.text.setAccessibleName(self.tr("Text of the note"))
        self.text.setTabChangesFocus(True)
        self.text.selectAll()
        buttons = QDialogButtonBox(self)
        self.keep = buttons.addButton(self.tr("Keep"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.keep.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.remove = None
        if text:
            self.remove = buttons.addButton(self.tr("Delete the note"), QDialogButtonBox.ButtonRole.DestructiveRole)
            self.remove.clicked.connect(self._remove)
        make_action(self, "note.keep", self.tr("Keep"), self.accept, "Ctrl+Return")
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        for widget in (heading, self.text, buttons):
            layout.addWidget(widget)
        self.resize(420, 220)
        self.text.setFocus()

    def accept(self) -> None:
        self.kept.emit(self.text.toPlainText().strip())
        super().accept()

    def _remove(self) -> None:
        self.kept.emit("")
        super().accept()
