"""Names and fields in two columns, each name in the middle of its field's height."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QGridLayout, QLabel, QLineEdit, QWidget

from desktop_app.layout import discard

INSET = 4  # pixels before the text of a field for a number or a day
Field = TypeVar("Field", bound=QAbstractSpinBox)


def inset(field: Field) -> Field:
    """The field, with its text set in as that of other fields is. (Style sheets cannot: Qt passes over the padding.)"""
    line = field.findChild(QLineEdit)
    if line is not None:
        line.setTextMargins(INSET, 0, 0, 0)
    return field


class Fields(QGridLayout):
    """A form. (QFormLayout sets the names at the upper edge of fields that are higher than they are.)"""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(8)
        self.setVerticalSpacing(6)
        self.setColumnStretch(1, 1)

    def add(self, name: str, field: QWidget, top: bool = False) -> QLabel:
        """Add a field below the others; `top` sets its name at its upper edge, for fields of several lines."""
        label = QLabel(name)
        label.setBuddy(field)
        row = self.rowCount()
        self.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter)
        self.addWidget(field, row, 1)
        return label

    def add_heading(self, text: str) -> None:
        """Add a line that names the fields below it."""
        label = QLabel(text)
        label.setProperty("role", "heading")
        self.addWidget(label, self.rowCount(), 0, 1, 2)

    def clear(self) -> None:
        """Remove all fields."""
        while (child := self.takeAt(0)) is not None:
            if (widget := child.widget()) is not None:
                discard(widget)
