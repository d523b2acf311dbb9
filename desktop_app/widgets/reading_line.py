"""How a text file is written, where the detection is wrong: encoding, separator, header."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QWidget

from core.data.preview import FilePreview
from core.data.settings import ImportSettings

ENCODINGS = ("utf-8", "gb18030", "utf-16", "latin-1")


class ReadingLine(QWidget):
    """Two boxes and a tick.

    Signals:
        changed: the analyst wants the files read in another way.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.encoding, self.delimiter = QComboBox(), QComboBox()
        for code in ENCODINGS:
            self.encoding.addItem(code.upper(), code)
        signs = ((",", self.tr("Comma")), ("\t", self.tr("Tab")), (";", self.tr("Semicolon")), ("|", self.tr("Bar")))
        for sign, words in signs:
            self.delimiter.addItem(words, sign)
        self.header = QCheckBox(self.tr("The first row names the columns"))
        self.header.setObjectName("header")
        self.header.clicked.connect(self.changed)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for name, box, words in (
            ("encoding", self.encoding, self.tr("Encoding")),
            ("delimiter", self.delimiter, self.tr("Separator")),
        ):
            box.setObjectName(name)
            box.setAccessibleName(words)
            box.activated.connect(self.changed)
            line.addWidget(QLabel(words))
            line.addWidget(box)
            line.addSpacing(8)
        line.addWidget(self.header)

    def show_file(self, file: FilePreview) -> None:
        """Show how `file` was read; only where there is a choice can it be changed."""
        for box, value in ((self.encoding, file.encoding), (self.delimiter, file.delimiter)):
            if value and box.findData(value) < 0:
                box.addItem(value, value)
            box.setCurrentIndex(box.findData(value))
        for widget in (self.encoding, self.delimiter, self.header):
            widget.setEnabled(file.format == "csv")
        self.header.setChecked(file.header)

    def settings(self, base: ImportSettings) -> ImportSettings:
        """`base` with what was chosen here."""
        return replace(
            base,
            encoding=self.encoding.currentData(),
            delimiter=self.delimiter.currentData(),
            header=self.header.isChecked(),
        )
