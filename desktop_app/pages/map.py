"""The page of the map: users or items in a plane, near each other where a model or their texts find them alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.layout import share
from desktop_app.page import Page
from desktop_app.parts import map_work as work
from desktop_app.parts.map_points import MapPoints
from desktop_app.parts.map_side import MapSide
from desktop_app.translation import error_text
from desktop_app.widgets import readable
from desktop_app.widgets.actions import make_action
from desktop_app.widgets.elided_label import ElidedLabel
from desktop_app.widgets.empty_note import EmptyNote
from desktop_app.widgets.scatter import Scatter
from desktop_app.widgets.waiting import wait_in

if TYPE_CHECKING:
    pass

NO_DATA, NO_VECTORS, UNREAD, WORK = range(4)


class MapPage(Page):
    """The map at the left; colours, groups and neighbours at the right.

    Signals:
        navigated(str): the analyst asks for the page of this name ("data", "training", "timeline").
    """

    icon = "map"
    navigated = Signal(str)

    def _make(self) -> Iterator[None]:
        state = self._state
        self._setting = work.Setting()
        self._stale = False
        self._kept: dict[work.Choice, work.Mapped] = {}  # by t-SNE, which takes minutes
        yield from self._build()
        yield
        state.workspace_changed.connect(self._forget)
        state.data_changed.connect(self._forget)
        state.runs_changed.connect(self._reload)
        state.run_changed.connect(self._reload)
        self._reload()

    def title(self) -> str:
        return self.tr("Map")

    # ---------------------------------------------------------------- building

    def _build(self) -> Iterator[None]:
        no_data = EmptyNote(
            self.tr("Nothing to map yet"),
            self.tr("Open files with the behaviour of your users. Users and items then become points of a map."),
            self.tr("Go to the data"),
        )
        no_data.asked.connect(lambda: self.navigated.emit("data"))
        self.no_vectors = EmptyNote(
            self.tr("Nothing says yet who is alike"),
            self.tr(
                "A map needs vectors: those of a sequence model, alone or in a hybrid, or those of the items' titles. "
                "These data have no titles, so train a sequence model."
            ),
            self.tr("Train a model"),
        )
        self.no_vectors.asked.connect(lambda: self.navigated.emit("training"))
        self.unread = EmptyNote(
            self.tr("The titles have not been read yet"),
            self.tr(
                "A language model on this machine reads the titles once, which takes a minute for ten thousand. "
                "Or train a sequence model, whose vectors tell more of what people do."
            ),
            self.tr("Read the titles"),
        )
        self.unread.asked.connect(self._read_texts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedWidget(self)
        layout.addWidget(self._pages)
        working = QSplitter(Qt.Orientation.Horizontal, self._pages)
        for page in (no_data, self.no_vectors, self.unread, working):
            self._pages.addWidget(page)
        wait_in(self._pages)
        yield
        yield from self._fill(working)

    def _fill(self, splitter: QSplitter) -> Iterator[None]:
        splitter.setChildrenCollapsible(False)
        left = QWidget(splitter)
        self.scatter = Scatter(left)
        yield
        self.side = MapSide(self._state, self._background, self.scatter, splitter)
        self.side.navigated.connect(self.navigated)
        yield from self.side.steps
        yield
        self.points = MapPoints(self._state, self.side)
        self.points.users_wanted.connect(lambda: self.of.setCurrentIndex(self.of.findData("users")))
        self.note = ElidedLabel(left)
        self.note.setObjectName("map_note")
        self.note.setProperty("role", "muted")
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 12, 8, 12)
        column.setSpacing(8)
        column.addLayout(self._tools())
        column.addWidget(self.scatter, 1)
        column.addWidget(self.note)
        share(splitter, 806, 284)
        splitter.setStretchFactor(0, 1)

    def _tools(self) -> QHBoxLayout:
        self.of, self.by, self.layout_choice = QComboBox(), QComboBox(), QComboBox()
        for key, name in (("users", self.tr("Users")), ("items", self.tr("Items"))):
            self.of.addItem(name, key)
        for key, name in (("pca", self.tr("Principal axes")), ("tsne", "t-SNE")):
            self.layout_choice.addItem(name, key)
        line = QHBoxLayout()
        line.setSpacing(8)
        for name, text, field, changed in (
            ("map_of", self.tr("Show"), self.of, self._chosen_of),
            ("map_by", self.tr("alike by"), self.by, self._draw),
            ("map_layout", self.tr("laid out by"), self.layout_choice, self._draw),
        ):
            label = QLabel(text)
            label.setBuddy(field)
            field.setObjectName(name)
            field.setAccessibleName(text)
            field.currentIndexChanged.connect(lambda _, changed=changed: changed())
            line.addWidget(label)
            line.addWidget(field)
        line.addStretch(1)
        make_action(self, "map.find", self.tr("Find a point"), self.side.search.setFocus, "Ctrl+F")
        tip = self.tr("Draw a line around points (also with Shift and the mouse); Esc takes it back")
        self.lasso_action = make_action(self, "map.lasso", self.tr("Lasso"), self._toggle_lasso, "Ctrl+L", tip)
        self.lasso_action.setCheckable(True)
        fit, zoom = self.scatter.fit, self.scatter.zoom
        actions = [self.lasso_action]
        actions.append(make_action(self, "map.fit", self.tr("Fit"), fit, "Ctrl+0", self.tr("Show all points")))
        actions.append(make_action(self, "map.zoom_in", "+", partial(zoom, 1.5), "Ctrl++", self.tr("Zoom in")))
        actions.append(make_action(self, "map.zoom_out", "−", partial(zoom, 1 / 1.5), "Ctrl+-", self.tr("Zoom out")))
        for action in actions:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setAccessibleName(action.toolTip())
            line.addWidget(button)
        return line

    def _toggle_lasso(self) -> None:
        self.scatter.lasso = self.lasso_action.isChecked()
        self.scatter.setCursor(Qt.CursorShape.CrossCursor if self.scatter.lasso else Qt.CursorShape.ArrowCursor)
        self.scatter.setFocus()

    # ---------------------------------------------------------------- what is open

    def _forget(self) -> None:
        self._kept.clear()
        self.side.forget()
        self._reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._reload()

    def _reload(self, *_: object) -> None:
        """Look again what there is, once the page is in view: to encode all users beside a training costs it time."""
        self._stale = not self.isVisible() and self._state.workspace is not None
        if self._stale:
            return
        if self._state.workspace is None:
            self._show_setting(work.Setting())
        else:
            self.side.ask("setting", work.setting, self._state.workspace, done=self._show_setting)

    def _show_setting(self, setting: work.Setting) -> None:
        self._setting = setting
        if not (setting.users and setting.items):
            self._pages.setCurrentIndex(NO_DATA)
            return
        if not (setting.run or setting.titles):
            self._pages.setCurrentIndex(NO_VECTORS)
            return
        before = self.by.currentData()
        self.by.blockSignals(True)
        self.by.clear()
        if setting.run:
            self.by.addItem(self.tr("the model “{0}”").format(_short(setting.run_name)), "model")
        if setting.titles:
            self.by.addItem(self.tr("what they read") if self._of == "users" else self.tr("their texts"), "language")
        self.by.setCurrentIndex(max(0, self.by.findData(before)))
        self.by.blockSignals(False)
        self._draw()

    @property
    def _of(self) -> work.Of:
        return "items" if self.of.currentData() == "items" else "users"

    @property
    def _choice(self) -> work.Choice:
        by: work.By = "model" if self.by.currentData() == "model" else "language"
        return work.Choice(self._of, by, self._setting.run if by == "model" else "")

    def _chosen_of(self) -> None:
        self._show_setting(self._setting)

    # ---------------------------------------------------------------- the map

    def _draw(self) -> None:
        """Show the map that is chosen above: at once, or by a job where that takes minutes."""
        workspace, choice = self._state.workspace, self._choice
        if workspace is None:
            return
        self.side.tell("")
        if choice.by == "language" and not self._setting.read:
            self._pages.setCurrentIndex(UNREAD)
            return
        self._pages.setCurrentIndex(WORK)
        layout = str(self.layout_choice.currentData())
        shown = self.side.mapped
        if shown is not None and (shown.choice, shown.layout) == (choice, layout):
            self.side.set_setting(self._setting)
            return
        if layout == "tsne" and choice in self._kept:
            self._show_map(self._kept[choice])
        elif layout == "tsne":
            if shown is None or shown.choice != choice:  # the axes are there while one waits
                self.side.ask("places", work.lay_out, workspace, choice, "pca", done=self._show_map)
            self._start(partial(work.lay_out, workspace, choice, "tsne"), self.tr("Map by t-SNE"), self._laid_out)
        else:
            self._wait()
            self.side.ask("places", work.lay_out, workspace, choice, "pca", done=self._show_map)

    def _wait(self) -> None:
        if self.side.mapped is None or self.side.mapped.choice != self._choice:
            self.scatter.set_points(np.zeros((0, 2), dtype=np.float32), str)
            self.scatter.set_empty(self.tr("Finding who is alike …"))

    def _start(self, work_: Callable[..., object], title: str, done: Callable[[Any], object]) -> None:
        """Begin a long job; where another one is under way, say so and show the axes."""
        workspace = self._state.workspace
        if self._background.job is not None:
            running = self._background.job.title
            self._back_to_axes()
            self.side.tell(self.tr("{0} is still running. Wait for it or stop it first.").format(running))
            return

        def show(answer: Any) -> None:
            if self._state.workspace is workspace:
                done(answer)

        job = self._background.start(work_, done=show, failed=self._job_failed, title=title)
        job.cancelled.connect(self._back_to_axes)

    def _job_failed(self, error: Exception) -> None:
        self._back_to_axes()
        self.side.tell(error_text(error))

    def _back_to_axes(self) -> None:
        self.layout_choice.blockSignals(True)
        self.layout_choice.setCurrentIndex(0)
        self.layout_choice.blockSignals(False)
        self._draw()

    def _laid_out(self, mapped: work.Mapped) -> None:
        self._kept[mapped.choice] = mapped
        self._show_map(mapped)

    def _read_texts(self) -> None:
        workspace = self._state.workspace
        if workspace is not None:
            self._start(partial(work.read_texts, workspace), self.tr("Reading titles"), lambda _: self._reload())

    def _show_map(self, mapped: work.Mapped) -> None:
        """Show a map if it is still the one that is wanted; the axes as long as there is no other."""
        layout = "tsne" if self._choice in self._kept and self.layout_choice.currentIndex() else "pca"
        if (mapped.choice, mapped.layout) == (self._choice, layout):
            self.side.show_map(mapped, self._setting)
            self._show_note(mapped)

    def _show_note(self, mapped: work.Mapped) -> None:
        space, users = mapped.space, mapped.choice.of == "users"
        points = readable.count(len(space.codes))
        parts = [(self.tr("{0} users") if users else self.tr("{0} items")).format(points)]
        if mapped.layout == "pca":
            share = readable.decimal(100 * sum(space.explained[:2]), 0)
            parts.append(self.tr("these two axes hold {0} % of the differences").format(share))
        else:
            parts.append(self.tr("only near and far in the small mean something, directions and sizes do not"))
        if space.left_out:
            parts.append(self.tr("{0} more were left out by lot").format(readable.count(space.left_out)))
        if space.without:
            text = self.tr("{0} without events") if users else self.tr("{0} without texts")
            parts.append(text.format(readable.count(space.without)))
        self.note.set_whole("  ·  ".join(parts))


def _short(name: str, most: int = 22) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"
