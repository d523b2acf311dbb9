"""The command palette: type a few letters of what should be done, and press Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app import theme
from desktop_app.widgets.commands import Command
from desktop_app.widgets.fuzzy import match

USERS = "@"  # what is typed after it is a user's id
WIDTH, ROWS = 640, 11
ENTRY = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
Found = Sequence[tuple[str, int]]  # id and code of each user
Search = Callable[[str, Callable[[Found], object]], object]


@dataclass(frozen=True)
class Entry:
    """One line of the palette: a command, or a user to go to.

    Attributes:
        bold: places of the letters of the text that were typed.
        run: what Enter does; nothing where it is not possible now.
    """

    text: str
    place: str
    keys: str
    bold: tuple[int, ...]
    checked: bool
    run: Callable[[], object] | None


class _Entries(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def show_entries(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (entry.text, entry.place, entry.keys) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        possible = self.entries[index.row()].run is not None
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if possible else Qt.ItemFlag.NoItemFlags


class _Line(QStyledItemDelegate):
    """The text with the typed letters in bold, where it belongs in grey, and the shortcut at the right edge."""

    GAP = 12

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, option.fontMetrics.height() + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(ENTRY)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("selection"))
        area = option.rect.adjusted(self.GAP, 0, -self.GAP, 0)
        muted = theme.colour("muted")
        ink = theme.colour("text") if entry.run is not None else muted
        metrics = option.fontMetrics
        painter.setPen(muted)
        if entry.keys:
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, entry.keys)
            area.setRight(area.right() - metrics.horizontalAdvance(entry.keys) - self.GAP)
        mark = "✓ " if entry.checked else ""
        wide = self._draw_text(painter, option.font, area, mark + entry.text, len(mark), entry.bold, ink)
        area.setLeft(area.left() + int(wide) + self.GAP)
        if entry.place and area.width() > 3 * self.GAP:
            painter.setPen(muted)
            text = metrics.elidedText(entry.place, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    @staticmethod
    def _draw_text(
        painter: QPainter, font: QFont, area: object, text: str, shift: int, bold: tuple[int, ...], ink: QColor
    ) -> float:
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        strong = QTextCharFormat()
        strong.setFontWeight(QFont.Weight.Bold)
        ranges = []
        for place in bold:
            part = QTextLayout.FormatRange()
            part.start, part.length, part.format = place + shift, 1, strong
            ranges.append(part)
        layout.setFormats(ranges)
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        painter.setPen(ink)
        rect = area.toRectF()  # type: ignore[attr-defined]
        painter.setClipRect(rect)
        at = rect.topLeft()
        at.setY(rect.center().y() - line.height() / 2)
        layout.draw(painter, at)
        painter.setClipping(False)
        return line.naturalTextWidth()


class PaletteDialog(QDialog):
    """A field, and below it what was found, the best first; without letters, what was run lately stands first.

    Args:
        commands: everything that can be run now, in the order of the menus.
        recent: names of the commands that were run lately.
        search: finds users by a part of their id and answers later; None where no data are open.
        go_to: selects the user with this code.
    """

    def __init__(
        self,
        commands: Sequence[Command],
        recent: Sequence[str],
        search: Search | None,
        go_to: Callable[[int], object],
        remember: Callable[[str], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self.setWindowTitle(self.tr("Commands"))
        self._commands, self._recent = list(commands), list(recent)
        self._search, self._go_to, self._remember = search, go_to, remember
        self._others: dict[str, tuple[str, ...]] = {}
        self._users: Found = ()
        self.field = QLineEdit()
        self.field.setObjectName("palette.field")
        self.field.setPlaceholderText(self.tr("What should be done? A few letters are enough."))
        self.field.setAccessibleName(self.tr("Commands"))
        self.field.setClearButtonEnabled(True)
        self.list = QListView()
        self.list.setObjectName("palette.list")
        self.list.setAccessibleName(self.tr("Commands found"))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the field has the keys, and moves the choice
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_Line(self.list))
        self._model = _Entries(self)
        self.list.setModel(self._model)
        self.hint = QLabel()
        self.hint.setProperty("role", "muted")
        self._lay_out()
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._typed)
        self.list.clicked.connect(self._run)
        self._typed()

    def ask_for_user(self) -> None:
        """Begin with a user's id."""
        self.field.setText(USERS)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.SPACING,) * 4)
        column.setSpacing(theme.SPACING)
        for widget in (self.field, self.list, self.hint):
            column.addWidget(widget)
        height = self.list.fontMetrics().height() + 14
        self.list.setFixedHeight(ROWS * height + 2)
        window = self.parentWidget()
        self.setFixedWidth(min(WIDTH, window.width() - 40))
        self.setStyleSheet(theme.sheet("PaletteDialog { background: @surface; border: 1px solid @handle; }"))
        self.adjustSize()
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - self.width()) // 2, corner.y() + window.height() // 8)

    def show_other_words(self, others: dict[str, tuple[str, ...]]) -> None:
        """Find commands by what they are called in the other language as well."""
        self._others = others
        self._fill()

    def show_commands(self, commands: Sequence[Command], at_once: bool = False) -> None:
        """Find among these from now on; what is chosen stays so, but for the first one where this comes `at_once`."""
        now = self.list.currentIndex()
        chosen: Entry | None = None if at_once and now.row() == 0 else now.data(ENTRY)
        self._commands = list(commands)
        self._fill()
        for row, entry in enumerate(self._model.entries):
            if chosen is not None and (entry.text, entry.place) == (chosen.text, chosen.place):
                self.list.setCurrentIndex(self._model.index(row, 0))

    # Finding

    def _typed(self) -> None:
        text = self.field.text().strip()
        self._users = ()
        name = text.removeprefix(USERS).strip()
        if self._search is not None and name:
            self._search(name, lambda users: self._show_users(text, users))
        self._fill()

    def _show_users(self, asked: str, users: Found) -> None:
        if asked == self.field.text().strip():
            self._users = users
            self._fill()

    def _fill(self) -> None:
        text = self.field.text().strip()
        entries = [] if text.startswith(USERS) else self._found(text)
        users = [self._user_entry(name, code) for name, code in self._users]
        users = users if text.startswith(USERS) else users[: 5 if entries else None]
        possible = [entry for entry in entries if entry.run is not None]
        self._model.show_entries([*possible, *users, *(entry for entry in entries if entry.run is None)])
        self.list.setCurrentIndex(self._model.index(0 if possible or users else -1, 0))
        self._say(text)

    def _say(self, text: str) -> None:
        if text == USERS:
            self.hint.setText(self.tr("Type a part of a user's id."))
        elif not self._model.entries:
            self.hint.setText(self.tr("Nothing is called that."))
        elif text.startswith(USERS):
            self.hint.setText(self.tr("Enter goes to the user, Esc closes."))
        else:
            self.hint.setText(self.tr("Enter runs it, @ finds users, Esc closes. What is grey is not possible now."))

    def _found(self, text: str) -> list[Entry]:
        ages = {name: age for age, name in enumerate(self._recent)}
        ranked = []
        for order, command in enumerate(self._commands):
            others = (*self._others.get(command.text, ()), command.place, command.name.replace("-", " "))
            found = match(text, command.text, others)
            if found is not None:
                age = ages.get(command.name, len(ages))
                score = found.score if text else 0.0  # with nothing typed, the order of the menus
                ranked.append((-round(score, 1), age, -score, order, command, found.places))
        ranked.sort(key=lambda one: one[:4])
        return [self._entry(command, places) for *_, command, places in ranked]

    def _entry(self, command: Command, places: tuple[int, ...]) -> Entry:
        def run() -> None:
            self._remember(command.name)
            command.run()

        able = run if command.possible else None
        return Entry(command.text, command.place, command.keys, places, command.action.isChecked(), able)

    def _user_entry(self, name: str, code: int) -> Entry:
        found = match(self.field.text().strip().removeprefix(USERS), name)
        places = () if found is None else found.places
        return Entry(name, self.tr("Go to this user"), "", places, False, lambda: self._go_to(code))

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            keys = Qt.Key
            steps = {keys.Key_Down: 1, keys.Key_Up: -1, keys.Key_PageDown: ROWS - 1, keys.Key_PageUp: 1 - ROWS}
            key = Qt.Key(event.key())
            if key in steps:
                self._step(steps[key])
                return True
            if key in (keys.Key_Return, keys.Key_Enter):
                self._run(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        possible = [row for row, entry in enumerate(self._model.entries) if entry.run is not None]
        if possible:
            now = self.list.currentIndex().row()
            place = possible.index(now) + by if now in possible else 0
            place = place % len(possible) if abs(by) == 1 else min(max(place, 0), len(possible) - 1)
            self.list.setCurrentIndex(self._model.index(possible[place], 0))

    def _run(self, index: Index) -> None:
        if not index.isValid():
            return
        entry: Entry = index.data(ENTRY)
        if entry.run is not None:
            self.accept()  # so that the action finds the focus where it was
            QTimer.singleShot(0, self.parentWidget(), entry.run)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowDeactivate and self.isVisible():
            self.reject()
        return super().event(event)
