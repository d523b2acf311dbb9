"""What a page shows, as parts of a report: its picture and its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QAbstractItemModel, QBuffer, QCoreApplication, QIODevice, QModelIndex, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from core.evaluation.sheet import Part
from desktop_app.painting import finish_painting
from desktop_app.widgets import readable
from desktop_app.widgets.attention_map import AttentionGrid
from desktop_app.widgets.columns import shown_columns
from desktop_app.widgets.report_lists import made_by, why

MOST_ROWS = 200  # of a table of the page
WIDEST = 1000  # pixels of a picture on the page
MOST_LOOKED_AT = 10  # events that the table of attention names
SHARPNESS = 2  # image pixels for one of the page


@dataclass(frozen=True)
class Pictured:
    """A part whose picture is not in a file yet: to pack a large one takes a second, for which no window may wait."""

    part: Part
    image: QImage

    def whole(self) -> Part:
        """The part with its picture; on any thread."""
        return replace(self.part, picture=png(self.image))


def whole(parts: Iterable[Part | Pictured]) -> tuple[Part, ...]:
    """All parts with their pictures; on any thread."""
    return tuple(part.whole() if isinstance(part, Pictured) else part for part in parts)


def page_parts(page: QWidget) -> Iterator[Part | Pictured]:
    """A picture of a page as it is now, what its list is made by, the tables that are in view on it, and the Why.

    Each is made when it is its turn: together they would hold the window up.
    """
    finish_painting(page)
    yield Pictured(Part(width=min(page.width(), WIDEST)), page.grab().toImage())
    for parts in (made_by, _tables, why, _attention):
        yield from parts(page)


def png(image: QImage) -> bytes:
    """The picture as the bytes of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def _tables(page: QWidget) -> Iterator[Part]:
    for view in page.findChildren(QAbstractItemView):
        model = view.model()
        # A list that a field opens, a header, and the like have no name for readers either.
        if isinstance(view, QTableView) and view.isVisibleTo(page) and model is not None and model.rowCount():
            yield table_part(view.accessibleName(), model, view)


def _attention(page: QWidget) -> Iterator[Pictured]:
    """Where the heads of attention look for the chosen item: the map, and the events that get most of it."""
    translate = QCoreApplication.translate
    for grid in page.findChildren(AttentionGrid):
        if grid.isVisibleTo(page):
            weights, events = grid.shown.weights, grid.shown.events
            share, hardest = weights.mean(axis=0), weights.argmax(axis=0)
            most = np.argsort(-share, kind="stable")[:MOST_LOOKED_AT].tolist()
            rows = tuple(
                (
                    events[event],
                    readable.percent(float(share[event])),
                    f"{readable.percent(float(weights[hardest[event], event]))} ({grid.name(int(hardest[event]))})",
                )
                for event in most
            )
            image = grid.picture(SHARPNESS)
            width = min(image.width() // SHARPNESS, WIDEST)
            note = translate(
                "report", "The last event is at the right; the stronger the colour, the larger the share. {0}."
            )
            columns = (
                translate("report", "Past event"),
                translate("report", "Share of all heads' looks"),
                translate("report", "Most by one head"),
            )
            heading = translate("report", "Where the attention looks")
            told = note.format(grid.sentence(*grid.strongest))
            yield Pictured(Part(heading, b"", width, columns, rows, frozenset({1, 2}), told), image)


def table_part(heading: str, model: QAbstractItemModel, view: QTableView | None = None) -> Part:
    """What a table shows, its first rows; columns that `view` hides are left out."""
    role, across = Qt.ItemDataRole.DisplayRole, Qt.Orientation.Horizontal
    columns = list(range(model.columnCount())) if view is None else shown_columns(view)
    rows = model.rowCount()
    shown = range(min(rows, MOST_ROWS))
    texts = tuple(tuple(_text(model.index(row, column).data(role)) for column in columns) for row in shown)
    names = tuple(_text(model.headerData(column, across, role)) for column in columns)
    headed = view is None or not view.horizontalHeader().isHidden()
    figures = frozenset(place for place, column in enumerate(columns) if _at_right(model.index(0, column)))
    if view is not None and not view.verticalHeader().isHidden():  # as of a matrix, whose rows are called something
        down = Qt.Orientation.Vertical
        texts = tuple((_text(model.headerData(row, down, role)), *texts[row]) for row in shown)
        names, figures = ("", *names), frozenset(place + 1 for place in figures)
    note = QCoreApplication.translate("report", "The first {0} of {1} rows")
    return Part(
        heading=heading,
        columns=names if headed else (),
        rows=texts,
        figures=figures,
        note=note.format(*map(readable.count, (MOST_ROWS, rows))) if rows > MOST_ROWS else "",
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _at_right(index: QModelIndex) -> bool:
    alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
    return bool(alignment is not None and int(alignment) & int(Qt.AlignmentFlag.AlignRight))
