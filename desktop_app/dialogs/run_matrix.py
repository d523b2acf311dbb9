"""The weights of a bilinear training, as a picture and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTableView, QTabWidget, QVBoxLayout, QWidget

from desktop_app.widgets.heat_map import HeatMap, MatrixModel

if TYPE_CHECKING:
    from core.models.bilinear import NamedMatrix


class RunMatrix(QDialog):
    """W of one run."""

    def __init__(self, name: str, matrix: NamedMatrix, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("run_matrix")
        self.setWindowTitle(self.tr("Weights of “{0}”").format(name))
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        note = QLabel(
            self.tr(
                "A row is something that a user did, a column something that an item is. Where they meet stands how "
                "much one raises (blue, +) or lowers (orange, −) the score of the other. Serving fit."
            )
        )
        note.setWordWrap(True)
        layout.addWidget(note)
        self.map = HeatMap(matrix.rows, matrix.columns, matrix.values)
        self.table = QTableView()
        self.table.setAccessibleName(self.tr("Weights"))
        self._model = MatrixModel(matrix.rows, matrix.columns, matrix.values)
        self.table.setModel(self._model)
        self.table.horizontalHeader().setDefaultSectionSize(110)
        self.table.verticalHeader().setMaximumWidth(320)
        tabs = QTabWidget()
        tabs.addTab(self.map, self.tr("Picture"))
        tabs.addTab(self.table, self.tr("Table"))
        layout.addWidget(tabs, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.resize(1000, 700)
