"""Columns of a table as the analyst wants them: moved, hidden, and copied; each table is found as it was left."""

from __future__ import annotations

import html
import json
import time
from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QMimeData, QObject, QPoint, QSettings, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QTableView

from core.files import harmless
from desktop_app.widgets import readable
from desktop_app.widgets.actions import make_action

MOST_ROWS = 10_000  # that are copied at once
SLICE = 0.02  # seconds for which the window's thread reads rows at a time
Rows = list[list[str]]


def shown_columns(view: QTableView) -> list[int]:
    """The columns in view, from left to right."""
    header = view.horizontalHeader()
    order = (header.logicalIndex(place) for place in range(header.count()))
    return [column for column in order if not view.isColumnHidden(column)]


class Columns(QObject):
    """Lets the columns of a table be dragged, hidden by the menu of their header, and copied.

    What the table itself hides, since its data have none of it, is neither offered nor remembered. A table without an
    object name is not remembered.

    Args:
        view: the table.
        changing: its columns are those of what it shows: they are remembered with their names, for just these.
        copies: the table has no other action that copies it; another one joins the menu by `offer_copy`.
    """

    def __init__(self, view: QTableView, changing: bool = False, copies: bool = True) -> None:
        super().__init__(view)
        self._view, self._header, self._changing = view, view.horizontalHeader(), changing
        self._hidden: set[int] = set()  # by the analyst
        self._own = self._order()  # as the table was made
        self._restoring = False
        self._to_copy: Iterator[list[str]] = iter(())
        self._copied: Rows = []
        self.menu = QMenu(self._header)
        context = Qt.ShortcutContext.WidgetShortcut
        self._copy_action: QAction | None = None
        if copies:
            tip = self.tr("Copy what the table shows, for a spreadsheet or a document")
            text = self.tr("Copy as table")
            self.offer_copy(make_action(view, "table.copy", text, self.copy, "Ctrl+Shift+C", tip, context))
        tip = self.tr("Move and hide columns")
        self.menu_action = make_action(
            view, "table.columns", self.tr("Columns…"), self._open, "Ctrl+Shift+H", tip, context
        )
        header = self._header
        header.setSectionsMovable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._open_at)
        header.sectionMoved.connect(self._keep)
        header.sectionResized.connect(self._stay_hidden)
        header.sectionCountChanged.connect(lambda _before, _now: self.restore())
        QTimer.singleShot(0, self, self.restore)  # once the table has its name

    def offer_copy(self, action: QAction) -> None:
        """Have the menu offer what copies the table."""
        self._copy_action = action

    # Moving and hiding

    def renew(self) -> None:
        """Forget the columns that were shown before: the table has others now, which are as they were left."""
        self._restoring = True
        self.reset()
        self._restoring = False
        self.restore()

    def restore(self) -> None:
        """Order and hide the columns as they were left."""
        kept = self._kept()
        if kept is None:
            return
        order, hidden = kept
        self._restoring = True
        for place, column in enumerate(order):
            self._header.moveSection(self._header.visualIndex(column), place)
        self._hidden = set(hidden)
        for column in hidden:
            self._view.setColumnHidden(column, True)
        self._restoring = False

    def hide(self, column: int, hidden: bool = True) -> None:
        """Hide a column, or show it again."""
        (self._hidden.add if hidden else self._hidden.discard)(column)
        self._view.setColumnHidden(column, hidden)
        self._keep()

    def move(self, column: int, by: int) -> None:
        """Move a column by so many columns that are in view."""
        shown = shown_columns(self._view)
        place = shown.index(column) + by
        if 0 <= place < len(shown):
            self._header.moveSection(self._header.visualIndex(column), self._header.visualIndex(shown[place]))

    def reset(self) -> None:
        """All columns in the order in which the table was made."""
        for column in sorted(self._hidden):
            self.hide(column, False)
        count = self._header.count()
        for place, column in enumerate(self._own if len(self._own) == count else range(count)):
            self._header.moveSection(self._header.visualIndex(column), place)
        self._keep()

    def _order(self) -> list[int]:
        """The columns from left to right, hidden ones too."""
        return [self._header.logicalIndex(place) for place in range(self._header.count())]

    def _stay_hidden(self, column: int, _before: int, now: int) -> None:
        if now > 0 and column in self._hidden:  # the table shows what its data have; not against the analyst
            self._view.setColumnHidden(column, True)

    def _key(self) -> str:
        name = self._view.objectName()
        return f"columns/{name}" if name else ""

    def _keep(self, *_: int) -> None:
        if self._key() and not self._restoring:
            kept = {"order": self._order(), "hidden": sorted(self._hidden)}
            names = {"names": self._names()} if self._changing else {}
            QSettings().setValue(self._key(), json.dumps(kept | names))

    def _kept(self) -> tuple[list[int], list[int]] | None:
        """What was kept, where it is of a table with just these columns."""
        text = QSettings().value(self._key()) if self._key() else None
        if not isinstance(text, str):
            return None
        try:
            kept = json.loads(text)
            order, hidden = kept["order"], kept["hidden"]
            these = not self._changing or kept["names"] == self._names()
        except (ValueError, KeyError, TypeError):
            return None
        known = list(range(self._header.count()))
        lists = isinstance(order, list) and isinstance(hidden, list)
        if not lists or not all(isinstance(one, int) for one in order + hidden):
            return None
        if not these or not known or sorted(order) != known or not set(hidden) < set(known):
            return None
        return order, hidden

    # The menu

    def _open(self) -> None:
        column = max(self._view.currentIndex().column(), 0)
        self._fill(column)
        cell = self._view.visualRect(self._view.currentIndex())
        self.menu.popup(self._view.viewport().mapToGlobal(cell.bottomLeft()))

    def _open_at(self, point: QPoint) -> None:
        self._fill(self._header.logicalIndexAt(point))
        self.menu.popup(self._header.mapToGlobal(point))

    def _fill(self, column: int) -> None:
        """Offer what can be done, the moves for this column."""
        self.menu.clear()
        shown = shown_columns(self._view)
        if self._copy_action is not None:
            self.menu.addAction(self._copy_action)
            self.menu.addSeparator()
        if column in shown:
            for by, text in ((-1, self.tr("Move “{0}” left")), (1, self.tr("Move “{0}” right"))):
                entry = self.menu.addAction(text.format(self._name(column)), partial(self.move, column, by))
                entry.setEnabled(0 <= shown.index(column) + by < len(shown))
            self.menu.addSeparator()
        for place in range(self._header.count()):
            one = self._header.logicalIndex(place)
            if one in shown or one in self._hidden:
                entry = self.menu.addAction(self._name(one), partial(self.hide, one, one in shown))
                entry.setCheckable(True)
                entry.setChecked(one in shown)
                entry.setEnabled(shown != [one])
        self.menu.addSeparator()
        self.menu.addAction(self.tr("All columns in their own order"), self.reset)

    def _name(self, column: int) -> str:
        name = self._view.model().headerData(column, Qt.Orientation.Horizontal)
        return _text(name).strip(" ▾▴") or self.tr("Column {0}").format(column + 1)

    def _names(self) -> list[str]:
        return [self._name(column) for column in range(self._header.count())]

    # Copying

    def copy(self) -> None:
        """Put what the table shows on the clipboard, as lines with tabs and as a table for documents."""
        self._copied, self._to_copy = [], self._rows()
        self._copy_on()

    def _copy_on(self) -> None:
        """Read rows for a moment, and go on after the window has done what else there is to do."""
        end = time.monotonic() + SLICE
        for row in self._to_copy:
            self._copied.append(row)
            if time.monotonic() > end:
                QTimer.singleShot(0, self, self._copy_on)
                return
        data = QMimeData()
        data.setText("\n".join("\t".join(map(harmless, row)) for row in self._copied))
        data.setHtml(_html(self._copied))
        self._copied = []
        QGuiApplication.clipboard().setMimeData(data)

    def _rows(self) -> Iterator[list[str]]:
        model, columns = self._view.model(), shown_columns(self._view)
        named = not self._view.verticalHeader().isHidden()
        if not self._header.isHidden():
            heads = [_text(model.headerData(column, Qt.Orientation.Horizontal)).strip(" ▾▴") for column in columns]
            yield [""] * named + heads
        count = model.rowCount()
        for row in range(min(count, MOST_ROWS)):
            name = [_text(model.headerData(row, Qt.Orientation.Vertical))] if named else []
            cells = [_text(model.index(row, column).data()) for column in columns]
            yield [text.replace("\t", " ").replace("\n", " ") for text in name + cells]
        if count > MOST_ROWS:
            yield [self.tr("The first {0} of {1} rows").format(readable.count(MOST_ROWS), readable.count(count))]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _html(rows: Rows) -> str:
    lines = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"
