"""A damaged workspace: what can be read of it is offered to be written into a new one, and it is told what was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_app.widgets import readable

if TYPE_CHECKING:
    from desktop_app.dialogs.rescue_work import Saved


class RescueOffer(QMessageBox):
    """Tells that a workspace is damaged.

    Signals:
        chosen: it is to be rescued.
    """

    chosen = Signal()

    def __init__(self, told: str, parent: QWidget) -> None:
        super().__init__(QMessageBox.Icon.Warning, "Seqlens", told, parent=parent)
        self.setObjectName("damaged")
        rescue = self.addButton(self.tr("Rescue what can be read"), QMessageBox.ButtonRole.AcceptRole)
        rescue.setObjectName("damaged.rescue")
        rescue.clicked.connect(self.chosen)
        self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(rescue)


class RescueReport(QMessageBox):
    """Tells what could be read and what was lost."""

    def __init__(self, saved: Saved, parent: QWidget) -> None:
        super().__init__(QMessageBox.Icon.Information, "Seqlens", "", parent=parent)
        self.setObjectName("rescued")
        self.setText("\n".join(self._lines(saved)))

    def _lines(self, saved: Saved) -> list[str]:
        found = saved.found
        events, users = (readable.count(found.rows.get(table, 0)) for table in ("events", "users"))
        lines = [
            self.tr("Read: {0} events of {1} users.").format(events, users),
            self.tr("They are in {0}, which is open now. The damaged file is as it was.").format(saved.workspace.path),
        ]
        if lost := sum(rows for rows in found.lost.values() if rows > 0):
            lines.append(self.tr("Rows that could not be read: {0}").format(readable.count(lost)))
        if unknown := [table for table, rows in found.lost.items() if rows < 0]:
            lines.append(self.tr("Tables of which nothing could be read: {0}").format(", ".join(unknown)))
        if partial := sum(found.partial.values()):
            lines.append(self.tr("Rows that lack a part: {0}").format(readable.count(partial)))
        if found.models:
            lines.append(self.tr("Runs to be trained again, as their models were lost: {0}").format(len(found.models)))
        if found.older:
            lines.append(self.tr("What was written last could not be read: this is the state before it."))
        return lines
