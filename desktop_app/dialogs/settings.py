"""What can be set for the whole application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.translation import LANGUAGES
from desktop_app.widgets.fields import Fields

if TYPE_CHECKING:
    from desktop_app.app import Desk


class SettingsDialog(QDialog):
    """Language, theme and models; a change is kept and shown when the dialog is accepted."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("settings")
        self.setWindowTitle(self.tr("Settings"))
        self.setMinimumWidth(480)
        form = Fields()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        self.language = self._choice({"system": self.tr("Like the system"), **LANGUAGES}, desk.preferences.language)
        schemes = {"system": self.tr("Like the system"), "light": self.tr("Light"), "dark": self.tr("Dark")}
        self.theme = self._choice(schemes, desk.preferences.scheme)
        form.add(self.tr("&Language"), self.language)
        form.add(self.tr("&Theme"), self.theme)
        folder = QLabel(str(desk.folder()))
        folder.setProperty("role", "muted")
        folder.setWordWrap(True)
        form.add(self.tr("New workspaces are kept in"), folder)
        self.fetching = QCheckBox(self.tr("Offer to fetch them from the Hugging Face hub"))
        self.fetching.setObjectName("may_fetch")
        self.fetching.setChecked(desk.preferences.may_fetch)
        form.add(self.tr("Language models"), self.fetching)
        form.add(self.tr("Model for pictures"), self._picture_model())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(20)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
        layout.addLayout(form)
        layout.addWidget(buttons)

    def _picture_model(self) -> QWidget:
        self.pictures = QLineEdit(self._desk.preferences.picture_model)
        self.pictures.setObjectName("picture_model")
        self.pictures.setAccessibleName(self.tr("Model for pictures"))
        self.pictures.setPlaceholderText(self.tr("none"))
        self.pictures.setClearButtonEnabled(True)
        tip = self.tr("Folder of a CLIP or SigLIP model on this machine: it looks at the pictures of items")
        self.pictures.setToolTip(tip)
        choose = QPushButton(self.tr("Choose…"))
        choose.setObjectName("picture_model_choose")
        choose.setToolTip(tip)
        choose.clicked.connect(self._choose_picture_model)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.pictures, 1)
        line.addWidget(choose)
        row.setFocusProxy(self.pictures)
        return row

    def _choose_picture_model(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Model for pictures"), self.pictures.text())
        if name:
            self.pictures.setText(name)

    def _choice(self, choices: dict[str, str], chosen: str) -> QComboBox:
        box = QComboBox()
        for value, text in choices.items():
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        return box

    def accept(self) -> None:
        super().accept()
        self._desk.preferences.may_fetch = self.fetching.isChecked()
        self._desk.preferences.picture_model = self.pictures.text().strip()
        if self.theme.currentData() != self._desk.preferences.scheme:
            self._desk.choose_scheme(self.theme.currentData())
        if self.language.currentData() != self._desk.preferences.language:
            self._desk.choose_language(self.language.currentData())
