"""What stands beside the map: what its colours mean, its groups, the neighbours of a point, and what a lasso holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app import theme
from desktop_app.widgets import marks, readable, tables
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.colour_scale import ColourScale
from desktop_app.widgets.elided_label import ElidedLabel
from desktop_app.widgets.fields import inset
from desktop_app.widgets.scatter_raster import SHAPES

OTHER = -1  # the class of what is in none
UNKNOWN_SHAPE = 3  # of points without the figure that the others are coloured by


def class_colour(number: int) -> QColor:
    """The colour of a class; grey for `OTHER`."""
    return theme.colour("handle") if number == OTHER else theme.categorical(number % 7)


def class_shape(number: int) -> int:
    """The shape of a class (`marks.shape`): classes that share a colour differ in it."""
    return 0 if number == OTHER else number % SHAPES


def class_icon(number: int) -> QIcon:
    """The mark of a class, as on the map."""
    return _mark(class_shape(number), class_colour(number))


def _mark(shape: int, colour: QColor) -> QIcon:
    icon = QIcon()
    for ratio in (1, 2):
        picture = QPixmap(QSize(16, 16) * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(QPointF(8, 8))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPath(marks.shape(shape, 11.0))
        painter.end()
        icon.addPixmap(picture)
        icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon


def heading(text: str) -> QLabel:
    """The name of a part of the panel."""
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label


def rows_table(name: str, columns: int) -> QTableWidget:
    """A table without headers, of which the first column takes what room the figures leave."""
    table = QTableWidget(0, columns)
    table.setAccessibleName(name)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    tables.set_up_rows(table, padding=8)
    table.horizontalHeader().hide()
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return table


def fill_row(table: QTableWidget, row: int, name: str, figure: str, hint: str, icon: QIcon | None = None) -> None:
    """A name at the left and a figure at the right."""
    first, second = QTableWidgetItem(name), QTableWidgetItem(figure)
    if icon is not None:
        first.setIcon(icon)
    second.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    for item in (first, second):
        item.setToolTip(hint)
    table.setItem(row, 0, first)
    table.setItem(row, 1, second)


@dataclass(frozen=True)
class ColourChoice:
    """A figure that points can be coloured by: its key, and its name on the screen."""

    key: str
    name: str


class ColourPanel(QWidget):
    """Choose what the points are coloured by, and read what the colours mean. `chosen` has the key."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = QComboBox()
        self.choice.setObjectName("map_colour")
        self.choice.setAccessibleName(self.tr("Colour by"))
        self.choice.currentIndexChanged.connect(lambda _: self.chosen.emit(self.key))
        self.scale = ColourScale()
        self.classes = rows_table(self.tr("Colours"), 2)
        self.classes.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.note = QLabel()
        self.note.setObjectName("colour_note")
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        line = QHBoxLayout()
        line.addWidget(heading(self.tr("Colour by")))
        line.addWidget(self.choice, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self.scale)
        column.addWidget(self.classes)
        column.addWidget(self.note)
        self.show_clusters()

    @property
    def key(self) -> str:
        return str(self.choice.currentData() or "")

    def offer(self, choices: Sequence[ColourChoice]) -> None:
        """Offer these figures; the chosen one stays where it is among them."""
        before = self.key
        self.choice.blockSignals(True)
        self.choice.clear()
        for each in choices:
            self.choice.addItem(each.name, each.key)
        self.choice.setCurrentIndex(max(0, self.choice.findData(before)))
        self.choice.blockSignals(False)

    def choose(self, key: str) -> None:
        """Choose a figure, and tell nobody."""
        self.choice.blockSignals(True)
        self.choice.setCurrentIndex(max(0, self.choice.findData(key)))
        self.choice.blockSignals(False)

    def show_scale(self, words: Sequence[str], unknown: int, unknown_name: str, note: str) -> None:
        """The colours are of figures; `words` are the left end, the middle and the right end.

        `unknown` points have no figure and are called `unknown_name`; `note` says more of it, or nothing.
        """
        self.scale.set_words(self.choice.currentText(), words)
        self.scale.show()
        self.classes.setRowCount(1)
        icon = _mark(UNKNOWN_SHAPE, class_colour(OTHER))
        fill_row(self.classes, 0, unknown_name, readable.count(unknown), unknown_name, icon)
        self.classes.setFixedHeight(self.classes.verticalHeader().defaultSectionSize() + 4)
        self.classes.setVisible(unknown > 0)
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def show_classes(self, names: Sequence[str], counts: Sequence[int], others: int) -> None:
        """The colours are of classes with so many points each; `others` are in none of them."""
        lines = list(zip(range(len(names)), names, counts, strict=True))
        lines += [(OTHER, self.tr("All others"), others)] if others else []
        self.classes.setRowCount(len(lines))
        for row, (number, name, count) in enumerate(lines):
            fill_row(self.classes, row, name, readable.count(count), name, class_icon(number))
        self.classes.setFixedHeight(min(len(lines), 8) * self.classes.verticalHeader().defaultSectionSize() + 4)
        self.scale.hide()
        self.note.hide()
        self.classes.show()

    def show_clusters(self) -> None:
        """The colours are those of the groups, which stand in a list of their own."""
        self.scale.hide()
        self.note.hide()
        self.classes.hide()


@dataclass(frozen=True)
class ClusterLine:
    """A group as the list shows it: `hint` says what is typical for it, and how sure that is."""

    name: str
    size: int
    hint: str


class ClusterPanel(QWidget):
    """Choose how groups are found; the list names them.

    Signals:
        changed: another way, or another number of groups, was chosen.
        picked: number of the group in the list; -1 for those in none.
        save_asked: the name under which the groups are to be saved.
    """

    changed = Signal()
    picked = Signal(int)
    save_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.method = QComboBox()
        self.method.setObjectName("map_method")
        self.method.setAccessibleName(self.tr("How groups are found"))
        for key, name in (("kmeans", "k-means"), ("hdbscan", "HDBSCAN"), ("", self.tr("No groups"))):
            self.method.addItem(name, key)
        self.number = inset(QSpinBox(self))  # a window of its own if it were shown without a parent
        self.number.setObjectName("map_number")
        self._numbers = {"kmeans": 8, "hdbscan": 25}
        self._suit()
        self.method.currentIndexChanged.connect(self._suit)
        self.method.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.number.setKeyboardTracking(False)
        self.number.valueChanged.connect(self._keep_number)
        self.list = rows_table(self.tr("Groups"), 2)
        self.list.setObjectName("map_groups")
        self.list.setMinimumHeight(96)
        self.list.itemSelectionChanged.connect(self._pick)
        self.name = QLineEdit()
        self.name.setObjectName("clusters_name")
        self.name.setPlaceholderText(self.tr("Name of these groups"))
        self.name.setAccessibleName(self.tr("Name of these groups"))
        self.save_action = make_action(self, "clusters.save", self.tr("Save"), self._save)
        self.save_action.setToolTip(self.tr("Keep these groups, so that segments can ask for them"))
        self.name.returnPressed.connect(self._save)
        line = QHBoxLayout()
        line.addWidget(heading(self.tr("Groups")))
        line.addWidget(self.method, 1)
        line.addWidget(self.number)
        self._saving = QWidget()
        last = QHBoxLayout(self._saving)
        last.setContentsMargins(0, 0, 0, 0)
        last.addWidget(self.name, 1)
        last.addWidget(action_button(self.save_action))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self.list, 1)
        column.addWidget(self._saving)
        self.show_groups([], 0, savable=False)

    @property
    def key(self) -> str:
        return str(self.method.currentData())

    def show_groups(self, groups: Sequence[ClusterLine], others: int, savable: bool) -> None:
        """List these groups; `others` points are in none. `savable`: they can be saved (groups of users)."""
        self.list.blockSignals(True)
        self.list.clearSelection()
        self.list.setRowCount(len(groups) + bool(others))
        for row, group in enumerate(groups):
            fill_row(self.list, row, group.name, readable.count(group.size), group.hint, class_icon(row))
        if others:
            name = self.tr("In no group")
            fill_row(self.list, len(groups), name, readable.count(others), name, class_icon(OTHER))
        self.list.blockSignals(False)
        self._groups = len(groups)
        self.list.setVisible(bool(self.key))
        self._saving.setVisible(savable and bool(groups))
        self.save_action.setEnabled(savable and bool(groups))

    def unpick(self) -> None:
        """Let no group be picked."""
        self.list.blockSignals(True)
        self.list.clearSelection()
        self.list.blockSignals(False)

    def _suit(self) -> None:
        key = self.key
        self.number.blockSignals(True)
        if key == "kmeans":
            self.number.setRange(2, 30)
            self.number.setAccessibleName(self.tr("Number of groups"))
            self.number.setToolTip(self.tr("Number of groups"))
        else:
            self.number.setRange(3, 5000)
            self.number.setAccessibleName(self.tr("Smallest group"))
            self.number.setToolTip(self.tr("Points of a group, at least"))
        self.number.setValue(self._numbers.get(key, self.number.minimum()))
        self.number.setVisible(bool(key))
        self.number.blockSignals(False)

    def _keep_number(self, number: int) -> None:
        self._numbers[self.key] = number
        self.changed.emit()

    def _pick(self) -> None:
        rows = self.list.selectionModel().selectedRows()
        if rows:
            row = rows[0].row()
            self.picked.emit(row if row < self._groups else OTHER)

    def _save(self) -> None:
        self.save_asked.emit(self.name.text())


class NeighbourPanel(QWidget):
    """The chosen point and those nearest to it.

    Signals:
        picked: row of a neighbour.
        opened: the timeline of the user is asked for.
        users_asked: the users of the item are asked for.
        mark_asked: the point is to be marked, or its mark to be taken away.
        mark_near_asked: the point is to be marked with so many of those nearest to it.
    """

    picked = Signal(int)
    opened = Signal()
    users_asked = Signal()
    mark_asked = Signal()
    mark_near_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedLabel()
        self.title.setProperty("role", "heading")
        self.open_action = make_action(self, "map.timeline", self.tr("Timeline"), self.opened.emit)
        self.open_action.setToolTip(self.tr("Show this user on the timeline"))
        self.users_action = make_action(self, "map.users", self.tr("Its users"), self.users_asked.emit)
        self.users_action.setToolTip(self.tr("Go to the map of users, where those who chose this item are marked"))
        self.note = QLabel(self.tr("Click a point, or walk with the arrow keys, to see what is most like it."))
        self.note.setWordWrap(True)
        self.note.setProperty("role", "muted")
        self.list = rows_table(self.tr("Nearest neighbours"), 2)
        self.list.setObjectName("map_neighbours")
        self.list.setMinimumHeight(96)
        self.list.activated.connect(lambda index: self.picked.emit(self._rows[index.row()]))
        self.list.clicked.connect(lambda index: self.picked.emit(self._rows[index.row()]))
        self._rows: Sequence[int] = ()
        self.button, self.users_button = action_button(self.open_action), action_button(self.users_action)
        line = QHBoxLayout()
        line.addWidget(self.title, 1)
        line.addWidget(self.button)
        line.addWidget(self.users_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self.note)
        column.addWidget(self.list, 1)
        column.addWidget(self._marking())
        column.addStretch(0)
        self.clear()

    def _marking(self) -> QWidget:
        """What marks points without a mouse."""
        tip = self.tr("Add the chosen point to those that are marked, or take it from them")
        keys = Qt.ShortcutContext.WidgetShortcut
        self.mark_action = make_action(self, "map.mark", self.tr("Mark"), self.mark_asked.emit, "Space", tip, keys)
        self.mark_near_action = make_action(
            *(self, "map.mark_near", self.tr("Mark nearest")),
            lambda: self.mark_near_asked.emit(self.count.value()),
            tip=self.tr("Add the chosen point, and so many of those most like it, to those that are marked"),
        )
        self.count = inset(QSpinBox())
        self.count.setObjectName("map_mark_count")
        self.count.setRange(1, 9999)
        self.count.setValue(20)
        self.count.setAccessibleName(self.tr("How many of the nearest"))
        self.count.setToolTip(self.count.accessibleName())
        self.marking = QWidget()
        line = QHBoxLayout(self.marking)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(action_button(self.mark_action))
        line.addWidget(action_button(self.mark_near_action))
        line.addWidget(self.count, 1)
        return self.marking

    def clear(self) -> None:
        """No point is chosen."""
        self.title.set_whole(self.tr("Nearest neighbours"))
        for hidden in (self.button, self.users_button, self.marking):
            hidden.hide()
        for action in (self.open_action, self.users_action, self.mark_action, self.mark_near_action):
            action.setEnabled(False)
        self.note.setText(self.tr("Click a point, or walk with the arrow keys, to see what is most like it."))
        self.note.show()
        self.list.hide()

    def show_near(self, title: str, rows: Sequence[int], names: Sequence[str], alike: Sequence[float]) -> None:
        """The point `title` and its neighbours with their cosines."""
        self._rows = rows
        self.title.set_whole(title)
        self.note.setText(self.tr("Most like it, by the cosine of the vectors:"))
        self.list.setRowCount(len(rows))
        for row, (name, cosine) in enumerate(zip(names, alike, strict=True)):
            fill_row(self.list, row, name, readable.decimal(cosine, 3), name)
        self.list.show()

    def allow(self, user: bool) -> None:
        """Offer what can be done with the chosen point, a `user` or an item."""
        for action, button, offered in (
            (self.open_action, self.button, user),
            (self.users_action, self.users_button, not user),
        ):
            action.setEnabled(offered)
            button.setVisible(offered)
        self.mark_action.setEnabled(True)
        self.mark_near_action.setEnabled(True)
        self.marking.show()


class LassoPanel(QWidget):
    """What is inside the lasso.

    Signals:
        save_asked: the name under which its users are to become a segment.
        cleared: the lasso is to be taken back.
    """

    save_asked = Signal(str)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel()
        self.title.setProperty("role", "heading")
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setProperty("role", "muted")
        self.name = QLineEdit()
        self.name.setObjectName("segment_name")
        self.name.setPlaceholderText(self.tr("Name of the segment"))
        self.name.setAccessibleName(self.tr("Name of the segment"))
        self.save_action = make_action(self, "map.segment", self.tr("Save segment"), self._save)
        self.clear_action = make_action(self, "map.unmark", self.tr("Show all"), self.cleared.emit)
        self.name.returnPressed.connect(self._save)
        first, last = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.title, 1)
        first.addWidget(action_button(self.clear_action))
        last.addWidget(self.name, 1)
        last.addWidget(action_button(self.save_action))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(first)
        column.addWidget(self.note)
        column.addLayout(last)
        self.hide()

    def show_marked(self, title: str, note: str) -> None:
        """Say how many there are, and what is typical for them."""
        self.title.setText(title)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.show()

    def _save(self) -> None:
        self.save_asked.emit(self.name.text())
