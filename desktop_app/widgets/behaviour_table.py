"""What the values of the behaviour column mean, and which of them speak against an item or are invalid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

FOR, AGAINST, INVALID = "for", "against", "invalid"
VALUE, NAME, KIND = range(3)


class BehaviourTable(QTableWidget):
    """One row a raw value: the value, the behaviour's name (to be edited), and what it says of the item.

    Signals:
        changed: the analyst changed something.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self.setObjectName("behaviours")
        self.setAccessibleName(self.tr("What the behaviour values mean"))
        self.setHorizontalHeaderLabels([self.tr("In the file"), self.tr("Behaviour"), self.tr("Counts")])
        for column in range(3):
            self.horizontalHeaderItem(column).setTextAlignment(
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            )
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(36)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self._shown: dict[str, tuple[str, str]] = {}  # name and kind by raw value, before the analyst changed any
        self._own: dict[str, tuple[str, str]] = {}  # what the analyst changed, even where it is not shown now
        self.itemChanged.connect(lambda _: self.changed.emit())

    def show_values(self, values: Sequence[str], names: Mapping[str, str | None], negative: Sequence[str]) -> None:
        """Show the raw `values`; `names` and `negative` are as in `core.data.settings.ImportSettings`.

        What the analyst changed stays, here and where the same values are shown again.
        """
        now = {value: (self.item(row, NAME).text(), self._kind(row)) for row, value in enumerate(self.values())}
        self._own |= {value: told for value, told in now.items() if told != self._own.get(value, self._shown[value])}
        self._shown = {}
        self.blockSignals(True)
        known = [*values, *(value for value in names if value not in values)]
        self.setRowCount(len(known))
        for row, value in enumerate(known):
            raw = QTableWidgetItem(value or self.tr("(empty)"))
            raw.setData(Qt.ItemDataRole.UserRole, value)
            raw.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.setItem(row, VALUE, raw)
            name = names.get(value, value)
            kind = INVALID if name is None else AGAINST if name in negative else FOR
            self._shown[value] = (name or value, kind)
            written, kind = self._own.get(value, self._shown[value])
            self.setItem(row, NAME, QTableWidgetItem(written))
            self.setCellWidget(row, KIND, self._box(value, kind))
            self._follow(row)
        self.blockSignals(False)

    def values(self) -> list[str]:
        """The raw values that are shown."""
        return [self._value(row) for row in range(self.rowCount())]

    def names(self) -> dict[str, str | None]:
        """Name by raw value, None for an invalid one; a value that is its own name is left out."""
        found: dict[str, str | None] = {}
        for row in range(self.rowCount()):
            value, name = self._value(row), self.item(row, NAME).text().strip()
            if self._kind(row) == INVALID:
                found[value] = None
            elif name and name != value:
                found[value] = name
        return found

    def negative(self) -> tuple[str, ...]:
        """Names of the behaviours that speak against an item."""
        rows = (row for row in range(self.rowCount()) if self._kind(row) == AGAINST)
        return tuple(dict.fromkeys(self.item(row, NAME).text().strip() or self._value(row) for row in rows))

    def _box(self, value: str, kind: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(f"counts.{value}")
        box.setAccessibleName(self.tr("What {0} counts as").format(value))
        kinds = (
            (FOR, self.tr("For"), self.tr("Speaks for the item")),
            (AGAINST, self.tr("Against"), self.tr("Speaks against the item: it is never learnt as a wish")),
            (INVALID, self.tr("Invalid"), self.tr("Rows with this value are rejected")),
        )
        for place, (key, words, tip) in enumerate(kinds):
            box.addItem(words, key)
            box.setItemData(place, tip, Qt.ItemDataRole.ToolTipRole)
        box.setCurrentIndex(box.findData(kind))
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.setStyleSheet("QComboBox { margin: 2px 3px; }")  # or the boxes of neighbouring rows touch
        box.activated.connect(lambda _: self._chosen(box))
        return box

    def _chosen(self, box: QComboBox) -> None:
        for row in range(self.rowCount()):
            if self.cellWidget(row, KIND) is box:
                self._follow(row)
        self.changed.emit()

    def _follow(self, row: int) -> None:
        """An invalid value has no name to edit."""
        item = self.item(row, NAME)
        valid = self._kind(row) != INVALID
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
        before = self.blockSignals(True)
        item.setFlags(flags if valid else Qt.ItemFlag.NoItemFlags)
        self.blockSignals(before)
        self.viewport().update()

    def _value(self, row: int) -> str:
        return str(self.item(row, VALUE).data(Qt.ItemDataRole.UserRole))

    def _kind(self, row: int) -> str:
        box = self.cellWidget(row, KIND)
        assert isinstance(box, QComboBox)
        return str(box.currentData())
