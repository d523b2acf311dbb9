"""Asks for a model of the Hugging Face hub by its name, tells its size, and only then offers to fetch it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.language import hub
from desktop_app.translation import error_text
from desktop_app.widgets import readable

if TYPE_CHECKING:
    from core.progress import Progress
    from desktop_app.background import Background


class FetchModelDialog(QDialog):
    """Nothing is sent before the analyst presses "Look up", and nothing is fetched before "Fetch".

    Attributes:
        here: with the name of a model that is on this machine already.
        wanted: with the name of a model that is to be fetched.
    """

    here = Signal(str)
    wanted = Signal(str)

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._found = ""  # whose size is shown
        self.setObjectName("fetch_model")
        self.setWindowTitle(self.tr("Model of the Hugging Face hub"))
        told = QLabel(
            self.tr(
                "Looking a model up sends its name to huggingface.co, and nothing else. Your data stay here. The "
                "size is shown before anything is fetched."
            )
        )
        told.setWordWrap(True)
        self.name = QLineEdit()
        self.name.setObjectName("fetch_model_name")
        self.name.setAccessibleName(self.tr("Name of the model"))
        self.name.setPlaceholderText("intfloat/multilingual-e5-small")
        self.name.textChanged.connect(self._changed)
        self.answer = QLabel()
        self.answer.setObjectName("fetch_model_answer")
        self.answer.setWordWrap(True)
        self.answer.setTextFormat(Qt.TextFormat.PlainText)
        self.answer.setMinimumHeight(2 * self.answer.fontMetrics().lineSpacing())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = QPushButton(self.tr("Look up"))
        self.go.setObjectName("fetch_model_go")
        self.go.setDefault(True)
        self.go.setEnabled(False)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.ActionRole)
        self.go.clicked.connect(self._go)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(12)
        for part in (told, self.name, self.answer, buttons):
            layout.addWidget(part)
        self.setMinimumWidth(460)

    def _changed(self, text: str) -> None:
        self._found = ""
        self.answer.clear()
        self.go.setText(self.tr("Look up"))
        self.go.setEnabled(bool(text.strip()))

    def _go(self) -> None:
        name = self.name.text().strip()
        if name == self._found:
            self.wanted.emit(name)
            self.accept()
            return
        self.go.setEnabled(False)
        self.answer.setText(self.tr("Asking …"))
        done, failed = partial(self._sized, name), partial(self._failed, name)
        request = self._background.ask("hub", _look_up, name, done=done, failed=failed)
        self.finished.connect(lambda _: request.cancel())

    def _sized(self, name: str, size: int | None) -> None:
        if name != self.name.text().strip():
            return
        if size is None:
            self.here.emit(name)
            self.accept()
            return
        self._found = name
        megabytes = readable.decimal(size / 1e6, 0)
        self.answer.setText(self.tr("{0} MB will be fetched and kept on this machine.").format(megabytes))
        self.go.setText(self.tr("Fetch"))
        self.go.setEnabled(True)

    def _failed(self, name: str, error: Exception) -> None:
        if name == self.name.text().strip():
            self.answer.setText(error_text(error))
            self.go.setEnabled(True)


def _look_up(name: str, progress: Progress) -> int | None:
    """Bytes of a model that the hub has; None where it is on this machine already."""
    progress.check()
    return None if hub.fetched(name) is not None else hub.size_of(name)
