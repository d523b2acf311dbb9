"""A line of conditions on events: behaviour, category, text, price, time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from core.sequences.filter import EventFilter
from desktop_app.widgets.name_ticks import NameTicks
from desktop_app.widgets.timeline_scale import View, show_time

if TYPE_CHECKING:
    from core.sequences.store import UserEvents

REST_MS = 200  # after the last letter


class ChoiceMenu(NameTicks):
    """A button with a list of names to tick. `changed` says that another set of them is ticked; none means all."""

    changed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._title = title
        self.ticked.connect(self._tick)
        self._show()

    @property
    def chosen(self) -> frozenset[str] | None:
        """The ticked names; None where none is."""
        return self.names.found.ticked or None

    def clear(self) -> None:
        """Tick nothing. Emits nothing."""
        self.choose(())
        self._show()

    def _tick(self, name: str, on: bool) -> None:
        before = self.chosen or frozenset()
        self.choose(before | {name} if on else before - {name})
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        ticked = sorted(self.chosen or ())
        text = f"{self._title}: {', '.join(ticked)}" if ticked else self._title
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, 150))
        self.setToolTip(text)


class FilterBar(QWidget):
    """Every condition that is set must hold.

    Signals:
        changed(): another condition is set.
        view_wanted(): the analyst asks for what is in view on the timeline; answered with `set_span`.
    """

    changed = Signal()
    view_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline_filter")
        self._span: View | None = None
        self._events: UserEvents | None = None
        self._tags: Mapping[str, Sequence[str]] = {}
        self._tags_of: dict[str, list[str]] = {}  # of each category that some tag names
        self.behaviours = ChoiceMenu(self.tr("Behaviour"), self)
        self.categories = ChoiceMenu(self.tr("Category"), self)
        self.text = QLineEdit(self)
        self.text.setPlaceholderText(self.tr("Title, id or text"))
        self.text.setAccessibleName(self.tr("Title, id or text contains"))
        self.text.setClearButtonEnabled(True)
        self.text.setMinimumWidth(80)
        self.least, self.most = QLineEdit(self), QLineEdit(self)
        for field, name, hint in (
            (self.least, self.tr("Lowest price"), self.tr("from")),
            (self.most, self.tr("Highest price"), self.tr("to")),
        ):
            field.setAccessibleName(name)
            field.setToolTip(name)
            field.setPlaceholderText(hint)
            field.setFixedWidth(56)
            field.setValidator(QDoubleValidator(field))
        self.time = QPushButton(self)
        self.time.setObjectName("filter_time")
        self.time.clicked.connect(self._turn_time)
        self.reset = QPushButton(self.tr("Clear"), self)
        self.reset.setObjectName("filter_clear")
        self.reset.setAccessibleName(self.tr("Clear the filter"))
        self.reset.clicked.connect(self.clear)
        self.found = QLabel(self)
        self.found.setObjectName("filter_found")
        self.found.setProperty("role", "muted")
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.changed)
        for choice in (self.behaviours, self.categories):
            choice.changed.connect(self.changed)
        for field in (self.text, self.least, self.most):
            field.textChanged.connect(lambda _: self._rest.start())
        self._lay_out()
        self._show_time()

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 0, 12, 8)
        line.setSpacing(6)
        price = QLabel(self.tr("Price"), self)
        for widget in (self.behaviours, self.categories):
            line.addWidget(widget)
        line.addWidget(self.text, 1)
        for widget in (price, self.least, self.most, self.time, self.reset, self.found):
            line.addWidget(widget)

    @property
    def fields(self) -> list[QWidget]:
        """The fields in the order in which one reads them."""
        return [self.behaviours, self.categories, self.text, self.least, self.most, self.time, self.reset]

    @property
    def filter(self) -> EventFilter:
        """The conditions that are set."""
        span = self._span
        return EventFilter(
            behaviours=self.behaviours.chosen,
            categories=self._categories(),
            text=self.text.text().strip(),
            least=self._number(self.least),
            most=self._number(self.most),
            start=None if span is None else span.start,
            end=None if span is None else span.end,
        )

    def _categories(self) -> frozenset[str] | None:
        """The categories that name one of the ticked tags; None where none is ticked."""
        chosen = self.categories.chosen
        return chosen and frozenset(name for tag in chosen for name in self._tags.get(tag, (tag,)))

    def set_tags(self, tags: Mapping[str, Sequence[str]]) -> None:
        """Offer tags in place of the categories that name them: the categories of all data by their tags."""
        self._tags, self._tags_of = tags, {}
        for tag, names in tags.items():
            for name in names:
                self._tags_of.setdefault(name, []).append(tag)
        self._offer_categories()
        if self.categories.chosen:
            self.changed.emit()

    def _offer_categories(self) -> None:
        if self._events is None:
            return
        import pyarrow.compute as pc

        mine = {name for name in pc.unique(self._events.categories.drop_null()).to_pylist() if name}
        tags = {tag for name in mine for tag in self._tags_of.get(name, (name,))}
        self.categories.offer(sorted(tags))

    def _number(self, field: QLineEdit) -> float | None:
        number, understood = self.locale().toDouble(field.text())
        return number if understood else None

    def offer(self, events: UserEvents | None) -> None:
        """Offer the behaviours and categories of these events; a span of time belonged to the user before."""
        self._span, self._events = None, events
        self._show_time()
        if events is not None:
            self.behaviours.offer([behaviour.name for behaviour in events.behaviours])
            self._offer_categories()

    def set_span(self, span: View | None) -> None:
        """Let only events of a span of time through; None for all."""
        self._span = span
        self._show_time()
        self.changed.emit()

    def show_found(self, kept: int, events: int) -> None:
        """Say how many events pass."""
        numbers = (self.locale().toString(kept), self.locale().toString(events))
        self.found.setText(self.tr("{0} of {1}").format(*numbers))

    def clear(self) -> None:
        """Let everything through."""
        for choice in (self.behaviours, self.categories):
            choice.clear()
        for field in (self.text, self.least, self.most):
            field.blockSignals(True)
            field.clear()
            field.blockSignals(False)
        self.set_span(None)

    def _turn_time(self) -> None:
        if self._span is None:
            self.view_wanted.emit()
        else:
            self.set_span(None)

    def _show_time(self) -> None:
        span = self._span
        self.time.setText(self.tr("In view") if span is None else self.tr("All times"))
        tip = self.tr("Look at the part of the time that is in view alone. Dragging along the axis does the same.")
        if span is not None and span.start > 1e9:  # a time, not a number in the sequence
            tip = f"{show_time(int(span.start), True)} – {show_time(int(span.end), True)}"
        self.time.setToolTip(tip)
