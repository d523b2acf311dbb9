"""Asks for the address of a data set in an object store or on the web."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from core.data.datasets import of_address
from core.errors import SeqlensError
from desktop_app.translation import error_text
from desktop_app.widgets.fields import Fields


class OpenAddress(QDialog):
    """One field. Nothing is asked of the address here: who takes it up does that.

    Signals:
        given(Path): what stands for the address.
    """

    given = Signal(object)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """`text` is what was typed the last time."""
        super().__init__(parent)
        self.setObjectName("open_address")
        self.setWindowTitle(self.tr("Open an address"))
        self.setMinimumWidth(520)
        told = QLabel(
            self.tr(
                "A Parquet file or data set in an object store or on the web is read where it lies. Its address begins "
                "with s3://, gs://, az://, abfss:// or https://, and may be a pattern such as "
                "s3://shop/events/date=2026-11-*/*.parquet."
            )
        )
        sent = QLabel(
            self.tr(
                "Nothing is sent but requests for this address, and none before you press Open. Keys are taken from "
                "the environment, such as AWS_ACCESS_KEY_ID, and are stored nowhere."
            )
        )
        sent.setProperty("role", "muted")
        self.field = QLineEdit(text, placeholderText="s3://shop/events")
        self.field.setObjectName("open_address.field")
        self.field.selectAll()
        self.field.textEdited.connect(lambda: self.wrong.hide())
        form = Fields()
        form.add(self.tr("&Address"), self.field)
        self.wrong = QLabel()
        self.wrong.setObjectName("open_address.wrong")
        self.wrong.setProperty("role", "error")
        self.wrong.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(14)
        layout.addWidget(told)
        layout.addLayout(form)
        for label in (self.wrong, sent):
            layout.addWidget(label)
        for label in (told, sent, self.wrong):
            label.setWordWrap(True)
        layout.addStretch(1)  # Qt thinks wrapped Chinese taller than it is
        layout.addWidget(buttons)
        self.field.setFocus()

    def accept(self) -> None:
        """Give the address away, unless it is none."""
        try:
            path = of_address(self.field.text())
        except SeqlensError as error:
            self.wrong.setText(error_text(error))
            self.wrong.show()
            self.adjustSize()
            self.field.setFocus()
            return
        super().accept()
        self.given.emit(path)
