"""Figures of flows taken away: whether some are of so few users that each can be recognised, and what is left then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from core.privacy.groups import LEAST, few, is_small
from desktop_app.widgets.passing import open_once

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from desktop_app.widgets.figure_table import Table

LEFT_OUT = f"<{LEAST}"  # what stands in the place of a figure


@dataclass(frozen=True)
class Takeaway:
    """A table that is to be copied or saved.

    Attributes:
        table: as the screen shows it.
        crowd: users behind its cells, int64, of its shape or broadcast to it.
        users: that it is of.
        named: whether what a row is called tells as much of its users as its figures do, as that of a path does.
        mark: the text of a last row; empty for none.
        columns: those that are taken, in this order; None for all.
    """

    table: Table
    crowd: NDArray[np.int64]
    users: int
    named: bool = False
    mark: str = ""
    columns: Sequence[int] | None = None

    @property
    def few(self) -> NDArray[np.bool_]:
        """Which cells are of too few users, bool [rows, columns]; names of rows are not among them.

        The columns are those that are taken; all of them where the name of a row tells as much as its figures do.
        """
        shape = len(self.table.texts), len(self.table.columns)
        found = few(np.broadcast_to(self.crowd, shape)).copy()
        found[:, list(self.table.left)] = False
        return found if self.columns is None or self.named else found[:, list(self.columns)]

    def rows(self, leave_out: bool = False) -> list[list[str]]:
        """All rows with their names, as files and the clipboard get them; without what is of too few, if asked."""
        head, *rows = self.table.as_rows(self.columns)
        if leave_out:
            small, names = self.few, bool(self.table.rows)
            if self.named:
                rows = [row for row, hidden in zip(rows, small.any(axis=1).tolist(), strict=True) if not hidden]
            else:
                rows = [
                    row[:names] + [LEFT_OUT if hidden else cell for cell, hidden in zip(row[names:], line, strict=True)]
                    for row, line in zip(rows, small.tolist(), strict=True)
                ]
        return [head, *rows, *([[self.mark]] if self.mark else [])]


class FewBox(QMessageBox):
    """Says that figures are of too few users, before they are taken away.

    Args:
        then: called with whether these figures are to be left out, unless the analyst gives up.
        may_leave_out: whether they can be.
    """

    def __init__(
        self, taken: Takeaway, then: Callable[[bool], object], may_leave_out: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("flows.few")
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle("Seqlens")
        alone = is_small(taken.users)
        if alone:
            told = self.tr(
                "The figures are of %n user(s): each can be recognised. Give them to nobody.", "", taken.users
            )
        else:
            many = int(taken.few.sum())
            told = self.tr("%n figure(s) are of fewer than {0} users: each of these can be recognised.", "", many)
        self.setText(told.format(LEAST))
        self.setStandardButtons(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(QMessageBox.StandardButton.Cancel)
        self.whole = self.addButton(self.tr("Take them all the same"), QMessageBox.ButtonRole.DestructiveRole)
        self.whole.clicked.connect(lambda _=False: then(False))
        self.less: QPushButton | None = None
        if may_leave_out and not alone:
            self.less = self.addButton(self.tr("Leave them out"), QMessageBox.ButtonRole.AcceptRole)
            self.less.clicked.connect(lambda _=False: then(True))
            self.setDefaultButton(self.less)


def ask(parent: QWidget, taken: Takeaway, then: Callable[[bool], object], may_leave_out: bool = True) -> None:
    """Call `then`, with whether too small figures are left out; before that, ask about them where there are any."""
    if taken.few.any() or is_small(taken.users):
        open_once(FewBox(taken, then, may_leave_out, parent.window()))
    else:
        then(False)
