"""The conditions of a segment as cards with fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.analysis.conditions import (
    ActiveWhen,
    Amount,
    AnyOf,
    CategoryShare,
    Chosen,
    Column,
    Condition,
    EventCount,
    Figure,
    FirstSeen,
    InCluster,
    LastOn,
    LastSeen,
    NoneOf,
    Simple,
    UserIds,
    Within,
)
from desktop_app.widgets import limits, readable
from desktop_app.widgets.condition_words import days_choices, hours_choices
from desktop_app.widgets.limits import Limits
from desktop_app.widgets.name_box import NameBox
from desktop_app.widgets.window_choice import WindowChoice

TYPING_MS = 300


@dataclass(frozen=True)
class Offer:
    """What conditions can speak of.

    Attributes:
        behaviours: names.
        categories: names, sorted.
        clusters: name of the document, label and number of users of each saved group.
        timed: whether events have times.
        valued: whether events have values.
        priced: whether items have prices.
        offset: hours ahead of UTC, of times of the day and of the week.
    """

    behaviours: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    clusters: tuple[tuple[str, str, int], ...] = ()
    timed: bool = True
    valued: bool = True
    priced: bool = True
    offset: int = 0


def title_of(kind: type[Condition]) -> str:
    """What a kind of condition is called."""
    words: dict[type[Condition], str] = {
        EventCount: QCoreApplication.translate("condition", "Number of events"),
        CategoryShare: QCoreApplication.translate("condition", "Share of a category"),
        ActiveWhen: QCoreApplication.translate("condition", "Time of day and week"),
        Amount: QCoreApplication.translate("condition", "Value or price"),
        LastSeen: QCoreApplication.translate("condition", "Last active"),
        LastOn: QCoreApplication.translate("condition", "Last event"),
        FirstSeen: QCoreApplication.translate("condition", "First seen"),
        InCluster: QCoreApplication.translate("condition", "Group of the map"),
        UserIds: QCoreApplication.translate("condition", "User ids"),
        Chosen: QCoreApplication.translate("condition", "Chosen users"),
        AnyOf: QCoreApplication.translate("condition", "At least one of these"),
        NoneOf: QCoreApplication.translate("condition", "None of these"),
    }
    return words[kind]


def new_conditions(offer: Offer) -> list[Simple]:
    """One of each kind that the data allow, as it is when it is added; groups are none of them."""
    found: list[Simple] = [EventCount(offer.behaviours[-1] if offer.behaviours else None)]
    if offer.categories:
        found.append(CategoryShare(offer.categories[0]))
    if offer.valued or offer.priced:
        found.append(Amount("value" if offer.valued else "price", low=0.0))
    if offer.timed:
        found += [LastSeen(), LastOn(), FirstSeen(), ActiveWhen()]
    if offer.clusters:
        found.append(InCluster(*offer.clusters[0][:2]))
    return [*found, UserIds()]


def remove_button(text: str) -> QToolButton:
    """A cross that takes a card away, and says so."""
    button = QToolButton()
    button.setText("×")
    button.setObjectName("remove_condition")
    button.setToolTip(text)
    button.setAccessibleName(text)
    return button


class ConditionRow(QFrame):
    """A card that tells what it is about, has the fields of its kind, and can be taken away.

    Attributes:
        condition: as it is now.
        changed: the analyst changed it.
        removed: the analyst took it away.
    """

    changed = Signal()
    removed = Signal()

    def __init__(self, condition: Simple, offer: Offer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.condition = condition
        self._fitted = self._least = -1  # the room that it was fitted into, and the least width that it needs
        self.changed.connect(self._fit_anew)
        self.setProperty("role", "card")
        title = QLabel(title_of(type(condition)))
        title.setProperty("role", "heading")
        remove = remove_button(self.tr("Remove this condition"))
        remove.clicked.connect(self.removed)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(remove)
        self._line, self._ends = QHBoxLayout(), QHBoxLayout()
        self._fields = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._fields.addLayout(self._line)
        self._fields.addLayout(self._ends, 1)
        for part in (self._line, self._ends, self._fields):
            part.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 12)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(self._fields)
        self._fill(offer)
        if isinstance(condition, Within) and (offer.timed or condition.timed):
            column.addWidget(self._window(condition))

    def _fill(self, offer: Offer) -> None:
        condition = self.condition
        if isinstance(condition, EventCount):
            self._add_choice("behaviour", self.tr("Behaviour"), self._behaviours(offer), condition.behaviour)
            if offer.categories or condition.category is not None:
                self._add_category(offer, condition.category, self.tr("any category"))
            self._add_limits(limits.whole, readable.count, (condition.low, condition.high))
        elif isinstance(condition, CategoryShare):
            self._add_category(offer, condition.category)
            self._add_limits(limits.share, limits.percents, (condition.low, condition.high), self.tr("% of the events"))
        elif isinstance(condition, ActiveWhen):
            zone = readable.zone(offer.offset)
            self._add_choice("hours", self.tr("Time of day ({0})").format(zone), hours_choices(), condition.hours, 18)
            self._add_choice("days", self.tr("Days of the week ({0})").format(zone), days_choices(), condition.days)
            self._line.addWidget(self._zone(zone))
            self._add_limits(limits.share, limits.percents, (condition.low, condition.high), self.tr("% of the events"))
        elif isinstance(condition, Amount):
            self._add_figure(condition)
            self._add_choice("behaviour", self.tr("Behaviour"), self._behaviours(offer), condition.behaviour)
            self._add_limits(limits.decimal, readable.value, (condition.low, condition.high))
        elif isinstance(condition, LastSeen):
            unit = self.tr("days before the end of the data")
            self._add_limits(limits.decimal, readable.value, (condition.low, condition.high), unit)
        elif isinstance(condition, FirstSeen | LastOn):
            self._add_limits(limits.day, str, (condition.low, condition.high), self.tr("both days included"))
        elif isinstance(condition, InCluster):
            self._add_cluster(offer, condition)
        elif isinstance(condition, UserIds):
            self._add_ids(condition)
        else:
            self._line.addWidget(QLabel(self.tr("%Ln user(s) that were chosen one by one", "", len(condition.codes))))
        self._ends.addStretch(1)
        if not isinstance(condition, UserIds):
            self._line.addStretch(0)

    @property
    def fields(self) -> list[QWidget]:
        """All that has the keys, in the order in which one reads it: the cross first."""
        inside = (child for child in self.findChildren(QWidget) if child.window() is self.window())  # no open list
        return [child for child in inside if child.focusPolicy() & Qt.FocusPolicy.TabFocus]

    @property
    def first_field(self) -> QWidget:
        """Where one goes on after the condition was added."""
        return self.fields[-1 if len(self.fields) < 2 else 1]  # after the cross

    def fit(self, room: int) -> int:
        """Set the limits below the choices where there is no room beside them; the least width that the card needs."""
        if self._fitted != room:  # to lay it out twice takes a while, and is asked for whenever another card comes
            self._fitted = room
            self._set_narrow(True)
            self._least = self.minimumSizeHint().width()
            self._set_narrow(False)
            self._set_narrow(self.minimumSizeHint().width() > room)
        return self._least

    def _fit_anew(self) -> None:
        """What it asks for may need another width now."""
        self._fitted = -1

    def _set_narrow(self, narrow: bool) -> None:
        """Set the limits below the choices, or beside them."""
        directions = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._fields.setDirection(directions[0] if narrow else directions[1])
        self.layout().invalidate()  # or it would still tell the room that it needed before

    def _behaviours(self, offer: Offer) -> list[tuple[str, str | None]]:
        return [(self.tr("any behaviour"), None), *((name, name) for name in offer.behaviours)]

    def _set(self, **values: object) -> None:
        self.condition = replace(self.condition, **values)  # type: ignore[arg-type]
        self.changed.emit()

    def _add_choice(
        self, field: str, name: str, choices: Sequence[tuple[str, str | None]], chosen: str | None, letters: int = 10
    ) -> None:
        box = QComboBox()
        box.setObjectName(field)
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(letters)
        box.setMaxVisibleItems(24)
        for text, value in choices:
            box.addItem(text, value)
            box.setItemData(box.count() - 1, text, Qt.ItemDataRole.ToolTipRole)
        if box.findData(chosen) < 0:  # the data do not have it any more
            box.addItem(str(chosen), chosen)
        box.setCurrentIndex(box.findData(chosen))
        box.activated.connect(lambda place: self._set(**{field: box.itemData(place)}))
        self._line.addWidget(box)

    def _add_category(self, offer: Offer, chosen: str | None, every: str = "") -> None:
        """A box of the categories; `every` is the text of a first choice that is none of them."""
        box = NameBox(self.tr("Category"), every)
        box.setObjectName("category")
        known = chosen is None or chosen in offer.categories  # or the data do not have it any more
        box.offer(offer.categories if known else (*offer.categories, str(chosen)))
        box.choose(chosen)
        box.activated.connect(lambda _: self._set(category=box.chosen))
        self._line.addWidget(box)

    def _zone(self, name: str) -> QLabel:
        """The time zone of hours and days."""
        label = QLabel(name)
        label.setObjectName("zone")
        label.setProperty("role", "muted")
        label.setToolTip(self.tr("Chosen on the page of flows, with the hours of the week"))
        return label

    def _add_figure(self, condition: Amount) -> None:
        box = QComboBox()
        box.setObjectName("figure")
        box.setAccessibleName(self.tr("Figure"))
        kinds: dict[tuple[Figure, Column], str] = {
            ("sum", "value"): self.tr("sum of values"),
            ("mean", "value"): self.tr("mean value"),
            ("sum", "price"): self.tr("sum of prices"),
            ("mean", "price"): self.tr("mean price"),
        }
        for text in kinds.values():
            box.addItem(text)
        box.setCurrentIndex(list(kinds).index((condition.figure, condition.column)))

        def choose(place: int) -> None:
            figure, column = list(kinds)[place]
            self._set(figure=figure, column=column)

        box.activated.connect(choose)
        self._line.addWidget(box)

    def _add_limits(
        self,
        read: object,
        show: object,
        ends: tuple[limits.Limit, limits.Limit],
        unit: str = "",
    ) -> None:
        field = Limits(title_of(type(self.condition)), read, show, ends, unit)  # type: ignore[arg-type]
        field.changed.connect(lambda: self._set(low=field.limits[0], high=field.limits[1]))
        self._ends.addWidget(field)

    def _window(self, condition: Within) -> WindowChoice:
        """Of which time its events are."""
        field = WindowChoice(condition)

        def choose() -> None:
            chosen = field.window_chosen
            self._set(last=chosen.last, start=chosen.start, end=chosen.end)

        field.changed.connect(choose)
        return field

    def _add_cluster(self, offer: Offer, condition: InCluster) -> None:
        box = QComboBox()
        box.setObjectName("cluster")
        box.setAccessibleName(self.tr("Group of the map"))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(26)
        known = [(name, label) for name, label, _ in offer.clusters]
        if (condition.clusters, condition.label) not in known:
            known.append((condition.clusters, condition.label))
        for name, label in known:
            box.addItem(f"{name} · {label}")
        box.setCurrentIndex(known.index((condition.clusters, condition.label)))
        box.activated.connect(lambda place: self._set(clusters=known[place][0], label=known[place][1]))
        self._line.addWidget(box)

    def _add_ids(self, condition: UserIds) -> None:
        field = QPlainTextEdit("\n".join(condition.ids))
        field.setObjectName("ids")
        field.setAccessibleName(self.tr("Ids of the users"))
        field.setPlaceholderText(self.tr("User ids, one a line"))
        field.setTabChangesFocus(True)
        field.setFixedHeight(5 * field.fontMetrics().lineSpacing() + 12)
        pause = QTimer(self, singleShot=True, interval=TYPING_MS)

        def read() -> None:
            lines = (line.strip() for line in field.toPlainText().splitlines())
            ids = tuple(dict.fromkeys(line for line in lines if line))
            if ids != getattr(self.condition, "ids", ()):
                self._set(ids=ids)

        pause.timeout.connect(read)
        field.textChanged.connect(pause.start)
        self._line.addWidget(field, 1)
