"""How every table of whole rows looks and behaves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop_app.widgets.columns import Columns

# Made once: a table is asked thousands of times where the text of a cell stands.
AT_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

# The style of a table in which figures stand beside words.
PADDED = "QTableView::item { padding: 0 8px; } QHeaderView::section { padding: 5px 8px; }"


def set_up_rows(view: QTableView, padding: int = 14) -> None:
    """Let `view` choose whole rows, one at a time, of one height: a line of text and `padding` pixels.

    There is neither a grid nor a name for each row, text stays on one line, and Tab leaves the table. Its columns can
    be moved, hidden and copied.
    """
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    rows = view.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(view.fontMetrics().height() + padding)
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
    Columns(view)
