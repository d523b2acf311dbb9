"""Which Seqlens this is, and what it runs on."""

from __future__ import annotations

import importlib.metadata
import platform

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from core import __version__
from desktop_app.icons import icon

LIBRARIES = ("PySide6-Essentials", "torch", "transformers", "duckdb", "numpy", "scipy", "scikit-learn", "pandas")


class AboutDialog(QDialog):
    """Name, versions, licence; the versions can be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("about")
        self.setWindowTitle(self.tr("About Seqlens"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)  # or Qt squeezes the lines on a small screen
        layout.setSpacing(12)
        picture = QLabel()
        picture.setPixmap(icon("seqlens", "accent").pixmap(64, 64))
        name = QLabel(f"Seqlens {__version__}")
        name.setProperty("role", "title")
        purpose = QLabel(
            self.tr(
                "Reads sequences of user behaviour, trains a recommender on this computer, and shows why it recommends "
                "what it does. Your data do not leave this computer."
            )
        )
        purpose.setWordWrap(True)
        purpose.setMinimumWidth(420)
        for widget in (picture, name):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(purpose)
        layout.addLayout(self._versions())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = QPushButton(self.tr("Copy versions"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(versions_text()))
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def _versions(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(6)
        for library, version in list(versions().items())[1:]:  # that of Seqlens stands above
            label = QLabel(version)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(self.tr("System") if library == "System" else library, label)
        return form


def versions() -> dict[str, str]:
    """Versions of the program, of Python, the system and the libraries that figures depend on."""
    found = {"Seqlens": __version__, "Python": platform.python_version(), "System": platform.platform(terse=True)}
    return found | {library: importlib.metadata.version(library) for library in LIBRARIES}


def versions_text() -> str:
    """`versions`, one a line, for a report of what went wrong."""
    return "\n".join(f"{library} {version}" for library, version in versions().items())
