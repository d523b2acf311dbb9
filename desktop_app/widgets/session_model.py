"""The sessions of a user as a list to choose from; text is made for what is shown only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.widgets import counted, readable
from desktop_app.widgets.timeline_scale import moment

if TYPE_CHECKING:
    from desktop_app.widgets.timeline_lanes import Lanes

_NONE = QModelIndex()


class SessionModel(QAbstractListModel):
    """A row for each session: its number, start and size."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: Lanes | None = None

    def set_lanes(self, lanes: Lanes | None) -> None:
        self.beginResetModel()
        self._lanes = lanes if lanes is not None and lanes.timed else None
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NONE) -> int:
        return 0 if parent.isValid() or self._lanes is None else len(self._lanes.sessions)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or self._lanes is None or not index.isValid():
            return None
        start, end = self._lanes.session_events(index.row())
        when = f"{moment(int(self._lanes.time[start])):%Y-%m-%d %H:%M}"
        return f"{readable.count(index.row() + 1)} · {when} · {counted.events(end - start)}"
