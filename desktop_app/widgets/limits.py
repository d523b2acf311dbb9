"""A lower and an upper limit, each of which may be left open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from desktop_app import theme
from desktop_app.widgets import readable

Limit = int | float | str | None


def whole(text: str) -> int:
    """A whole number from 0, thousands apart or not."""
    number = decimal(text)
    if number < 0 or number != int(number):
        raise ValueError(text)
    return int(number)


def decimal(text: str) -> float:
    """A number as it is written in the language of the screen, or with a point."""
    number, good = QLocale().toDouble(text.replace(readable.MINUS, "-"))
    number = number if good else float(text)
    if abs(number) > 1e15 or number != number:
        raise ValueError(text)
    return number


def share(text: str) -> float:
    """A share that is written in per cent."""
    number = decimal(text.removesuffix("%").strip()) / 100
    if not 0 <= number <= 1:
        raise ValueError(text)
    return number


def percents(number: float) -> str:
    """A share in per cent, without their sign."""
    return readable.value(100 * number)


def day(text: str) -> str:
    """A day as ISO 8601 writes it."""
    return date.fromisoformat(text).isoformat()


class Limits(QWidget):
    """Two fields, "from" and "to". What cannot be read is marked and counts as left open.

    Attributes:
        changed: the analyst set other limits.
    """

    changed = Signal()

    def __init__(
        self,
        name: str,
        read: Callable[[str], Limit],
        show: Callable[[Any], str],
        limits: tuple[Limit, Limit],
        unit: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._read, self._limits = read, limits
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        self.fields: list[QLineEdit] = []
        hints = (self.tr("{0}: at least").format(name), self.tr("{0}: at most").format(name))
        for word, hint, limit in zip((self.tr("from"), self.tr("to")), hints, limits, strict=True):
            field = QLineEdit("" if limit is None else show(limit))
            field.setPlaceholderText(self.tr("YYYY-MM-DD") if read is day else self.tr("any"))
            field.setAccessibleName(hint)
            widest = "0000-00-00 00" if read is day else "000,000"
            field.setFixedWidth(field.fontMetrics().horizontalAdvance(widest) + 14)
            field.textEdited.connect(self._edited)
            label = QLabel(word)
            label.setBuddy(field)
            line.addWidget(label)
            line.addWidget(field)
            self.fields.append(field)
        if unit:
            line.addWidget(QLabel(unit))

    @property
    def limits(self) -> tuple[Any, Any]:
        """The lower and the upper limit, None where there is none."""
        return self._limits

    def _edited(self) -> None:
        low, high = (self._limit(field) for field in self.fields)
        if (low, high) != self._limits:
            self._limits = low, high
            self.changed.emit()

    def _limit(self, field: QLineEdit) -> Limit:
        text = field.text().strip()
        limit: Limit = None
        good = True
        try:
            limit = self._read(text) if text else None
        except ValueError:
            good = False
        field.setStyleSheet("" if good else theme.sheet("color: @negative;"))
        field.setToolTip("" if good else self.tr("This cannot be read, so there is no limit."))
        return limit
