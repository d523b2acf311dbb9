"""What files told of the items beside their events and texts: what there is, more of it, less of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core import adding
from core.data.outside import ids_beside
from core.data.taken import LEFT_OUT, Taken
from core.errors import SeqlensError
from desktop_app import theme
from desktop_app.decoding import decode
from desktop_app.preferences import Preferences
from desktop_app.translation import error_text, translate_core
from desktop_app.widgets import readable, runs_table, tables
from desktop_app.widgets.actions import action_button, make_action

if TYPE_CHECKING:
    from core.data.pictures import Named
    from core.progress import Progress
    from core.workspace import Workspace
    from desktop_app.background import Background
    from desktop_app.state import AppState

KIND = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class There:
    """What came of the file of each kind, and which imported file names pictures."""

    taken: dict[str, Taken]
    named: Named | None = None

    @property
    def unseen(self) -> Named | None:
        """The file that names pictures, where nothing looked at those of it yet."""
        seen = self.taken.get("pictures")
        return None if self.named is None or (seen and seen.file == self.named.path.name) else self.named


def there(workspace: Workspace, progress: Progress) -> There:
    """What is known of the items beside events and texts."""
    progress.check()
    return There(workspace.beside.taken(), adding.named_pictures(workspace))


class ItemKnowledge(QWidget):
    """A line for each kind of knowledge, and the actions that bring it in or take it away."""

    def __init__(self, state: AppState, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._background = state, background
        self.setObjectName("item_knowledge")
        self._build()
        for signal in (state.workspace_changed, state.data_changed):
            signal.connect(self._reload)
        self._reload()

    # ---------------------------------------------------------------- building

    def _build(self) -> None:
        heading = QLabel(self.tr("More about the items"))
        heading.setProperty("role", "heading")
        explained = QLabel(
            self.tr(
                "Files that tell more of the items than their events and texts. Each becomes a part of the scores of "
                "the next hybrid that is trained; without a file nothing changes."
            )
        )
        explained.setProperty("role", "muted")
        explained.setWordWrap(True)
        self.table = self._table()
        self.told = QLabel()
        self.told.setObjectName("item_knowledge_told")
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.told.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACING)
        for widget in (heading, explained, self.table):
            layout.addWidget(widget)
        layout.addLayout(self._buttons())
        layout.addWidget(self._named_line())
        layout.addWidget(self.told)

    def _named_line(self) -> QWidget:
        """What an imported catalogue says of pictures, and the way to look at them."""
        self.named_line = QWidget()
        self.named_line.hide()
        self.named = QLabel()
        self.named.setObjectName("item_knowledge_named")
        self.named.setTextFormat(Qt.TextFormat.PlainText)
        self.named.setWordWrap(True)
        tip = self.tr("A model that you choose in the settings looks at them. Nothing is fetched from the web.")
        self.look_action = make_action(
            self, "data.catalogue_pictures", self.tr("Look at them…"), self._look_at_named, tip=tip
        )
        line = QHBoxLayout(self.named_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(action_button(self.look_action))
        line.addWidget(self.named, 1)
        return self.named_line

    def _table(self) -> QTableWidget:
        headers = [self.tr("Kind"), self.tr("File"), self.tr("Items"), self.tr("Contents")]
        table = QTableWidget(0, len(headers))
        table.setObjectName("item_knowledge_table")
        table.setAccessibleName(self.tr("More about the items"))
        table.setHorizontalHeaderLabels(headers)
        tables.set_up_rows(table)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.itemSelectionChanged.connect(self._allow)
        return table

    def _buttons(self) -> QHBoxLayout:
        tip = self.tr("Vectors of sound, video or of any model: Parquet, CSV, or .npy with a file of ids beside it")
        vectors = make_action(self, "data.vectors", self.tr("Add vectors…"), self._ask_vectors, tip=tip)
        tip = self.tr("How items are related: head, relation, tail as CSV or TSV, or RecBole's .kg and .link")
        relations = make_action(self, "data.relations", self.tr("Add relations…"), self._ask_relations, tip=tip)
        tip = self.tr(
            "A table with the columns item_id and picture, the path of a file, such as your catalogue: a model that "
            "you choose in the settings looks at them. Nothing is fetched from the web."
        )
        pictures = make_action(self, "data.pictures", self.tr("Add pictures…"), self._ask_pictures, tip=tip)
        self.remove_action = make_action(
            self,
            "data.forget_knowledge",
            self.tr("Remove"),
            self._remove,
            tip=self.tr("Forget what the chosen file told; models that are trained keep it"),
        )
        self.adding: tuple[QAction, ...] = (vectors, relations, pictures)
        line = QHBoxLayout()
        for action in (*self.adding, self.remove_action):
            line.addWidget(action_button(action))
        line.addStretch(1)
        return line

    # ---------------------------------------------------------------- what is shown

    def _reload(self) -> None:
        workspace = self._state.workspace
        self._allow()
        if workspace is None:
            self._show(There({}))
            return

        def show(found: There) -> None:
            if self._state.workspace is workspace:
                self._show(found)

        self._background.ask("item knowledge", there, workspace, done=show, failed=self._complain)

    def _show(self, known: There) -> None:
        found = known.taken
        self._show_named(known.unseen)
        self.table.setRowCount(len(found))
        for row, (kind, taken) in enumerate(found.items()):
            cells = (runs_table.model_name(kind), taken.file, readable.count(taken.items), self._contents(taken))
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setData(KIND, kind)
                item.setToolTip("\n".join((text, *self._left_out(taken))))
                self.table.setItem(row, column, item)
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(header + self.table.verticalHeader().length() + 4)
        self.table.setVisible(bool(found))
        self._allow()

    def _show_named(self, named: Named | None) -> None:
        self.look_action.setEnabled(named is not None)
        self.named_line.setVisible(named is not None)
        if named is not None:
            text = self.tr("The column {0} of {1} names pictures of items.")
            self.named.setText(text.format(named.picture, named.path.name))
            self.named.setToolTip(str(named.path))

    def _contents(self, taken: Taken) -> str:
        names = {
            "dimensions": self.tr("numbers for each item: {0}"),
            "relations": self.tr("relations: {0}"),
            "kinds": self.tr("kinds of relation: {0}"),
            "entities": self.tr("other things: {0}"),
        }
        parts = [names[name].format(readable.count(count)) for name, count in taken.figures.items() if name in names]
        left = sum(taken.left_out.values())
        if left:
            parts.append(self.tr("%Ln row(s) left out", "", left))
        return ", ".join(parts)

    def _left_out(self, taken: Taken) -> list[str]:
        """A line for each reason for which rows were left out."""
        lines = []
        for reason, count in taken.left_out.items():
            row, value = taken.first.get(reason, (0, ""))
            line = f"{readable.count(count)}  {translate_core(LEFT_OUT[reason])}"
            lines.append(
                self.tr("{0} (first in row {1}: {2})").format(line, readable.count(row), value) if row else line
            )
        return lines

    def _allow(self) -> None:
        workspace = self._state.workspace
        for action in self.adding:
            action.setEnabled(workspace is not None)
        self.remove_action.setEnabled(workspace is not None and self._chosen() is not None)

    def _chosen(self) -> str | None:
        rows = self.table.selectionModel().selectedRows()
        return str(self.table.item(rows[0].row(), 0).data(KIND)) if rows else None

    # ---------------------------------------------------------------- what is changed

    def _ask(self, title: str, kinds: str) -> Path | None:
        start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        some, everything = self.tr("Files"), self.tr("All files")
        name, _ = QFileDialog.getOpenFileName(self, title, start, f"{some} ({kinds});;{everything} (*)")
        return Path(name) if name else None

    def _ask_vectors(self) -> None:
        path = self._ask(self.tr("Add vectors"), "*.npy *.parquet *.csv *.tsv *.gz")
        if path is None:
            return
        ids = None
        if path.suffix.lower() == ".npy" and ids_beside(path) is None:
            ids = self._ask(self.tr("Which file has the ids of these vectors?"), "*.txt *.csv *.tsv")
            if ids is None:
                return
        self.add_vectors(path, ids)

    def add_vectors(self, path: Path, ids: Path | None = None) -> None:
        """Take over a file of vectors, and tell what became of its rows."""
        self._start(partial(adding.add_vectors, ids=ids), path, self.tr("Import of vectors"))

    def _ask_relations(self) -> None:
        path = self._ask(self.tr("Add relations"), "*.csv *.tsv *.kg *.txt *.parquet *.gz")
        if path is not None:
            self.add_relations(path)

    def add_relations(self, path: Path) -> None:
        """Take over a file of relations, and tell what became of its rows."""
        self._start(adding.add_relations, path, self.tr("Import of relations"))

    def _ask_pictures(self) -> None:
        path = self._ask(self.tr("Add pictures"), "*.csv *.tsv *.item *.txt *.parquet *.gz")
        if path is not None and (model := self._picture_model()) is not None:
            self.add_pictures(path, model)

    def _look_at_named(self) -> None:
        if (model := self._picture_model()) is not None:
            self.add_pictures(None, model)

    def _picture_model(self) -> Path | None:
        """The model of the settings, which is asked for where there is none."""
        settings = Preferences()
        if not settings.picture_model:
            title = self.tr("Which folder has the CLIP or SigLIP model that looks at the pictures?")
            settings.picture_model = QFileDialog.getExistingDirectory(self, title)
        return Path(settings.picture_model) if settings.picture_model else None

    def add_pictures(self, path: Path | None, model: Path) -> None:
        """Look at the pictures that a table names, or an imported file, and tell what became of its rows."""
        job = partial(adding.add_pictures, model=model, decode=decode)
        self._start(job, path, self.tr("Look at pictures"))

    def _start(self, job: Callable[..., Taken], path: Path | None, title: str) -> None:
        workspace = self._state.workspace
        if workspace is None:
            return
        try:
            self._background.start(job, workspace, path, done=self._added, failed=self._complain, title=title)
        except SeqlensError as busy:
            self._complain(busy)

    def _added(self, taken: Taken) -> None:
        text = self.tr("{0}: {1} rows read, {2} kept. They tell of {3} items, and the next hybrid reads them.").format(
            taken.file, *(readable.count(number) for number in (taken.read, taken.kept, taken.items))
        )
        self._tell("\n".join((text, *self._left_out(taken))))
        self._reload()

    def _remove(self) -> None:
        kind, workspace = self._chosen(), self._state.workspace
        if kind is not None and workspace is not None:
            self.told.hide()
            self._background.write(workspace.beside.remove, kind, done=lambda _: self._reload(), failed=self._complain)

    def _tell(self, text: str, role: str = "muted") -> None:
        self.told.setProperty("role", role)
        self.told.style().polish(self.told)
        self.told.setText(text)
        self.told.show()

    def _complain(self, error: Exception) -> None:
        self._tell(error_text(error), "error")
