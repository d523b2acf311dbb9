"""Beside the map: its colours, its groups, what a lasso holds, and the chosen point with its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app import theme
from desktop_app.parts import map_work as work
from desktop_app.parts.segments_work import save_users
from desktop_app.translation import error_text
from desktop_app.widgets import readable
from desktop_app.widgets.colour_scale import viridis
from desktop_app.widgets.map_panels import (
    OTHER,
    UNKNOWN_SHAPE,
    ClusterLine,
    ClusterPanel,
    ColourChoice,
    ColourPanel,
    LassoPanel,
    NeighbourPanel,
    class_colour,
    class_shape,
)
from desktop_app.widgets.point_search import PointSearch
from desktop_app.widgets.scatter import Label, Scatter

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.analysis.naming import Term
    from desktop_app.background import Background
    from desktop_app.state import AppState

STEPS = 64  # colours of a scale of figures
ENDS = (0.01, 0.99)  # quantiles of the figures that have the first and the last colour
LABELLED = 12  # groups that are named on the map itself, the largest ones
RINGED = 8  # neighbours that are ringed on the map
CLUSTER = "cluster"


class MapSide(QWidget):
    """Asks what belongs to the points of a map, and shows it beside and on the map.

    Whoever constructed it goes through its `steps`, each of which makes a part.

    Signals:
        navigated(str): the analyst asks for the page of this name ("timeline").
        pointed(int): row of the point that is chosen now; -1 for none.
        shown: other points are on the map, or the same in other places.
    """

    navigated = Signal(str)
    pointed = Signal(int)
    shown = Signal()

    def __init__(self, state: AppState, background: Background, scatter: Scatter, parent: QWidget) -> None:
        super().__init__(parent)
        self._state, self._background, self.scatter = state, background, scatter
        self._setting = work.Setting()
        self.mapped: work.Mapped | None = None
        self._figure: work.Figure | None = None
        self.grouped: work.Grouped | None = None
        self.names: list[str] = []  # of the groups
        self.steps = self._make()

    def _make(self) -> Iterator[None]:
        self.search, self.colours = PointSearch(self), ColourPanel(self)
        yield
        self.groups = ClusterPanel(self)
        yield
        self.near, self.lasso = NeighbourPanel(self), LassoPanel(self)
        yield
        self._lay_out()
        self.scatter.chosen.connect(self.choose)
        self.scatter.lassoed.connect(self._mark)
        self._state.user_changed.connect(self._follow_user)
        self._state.segment_changed.connect(self._follow_segment)
        theme.changed.connect(self._colour)

    def _lay_out(self) -> None:
        self.colours.chosen.connect(lambda _: self._ask_figure())
        self.groups.changed.connect(self._ask_groups)
        self.groups.picked.connect(self._pick_group)
        self.groups.save_asked.connect(self._save_groups)
        self.near.picked.connect(self.choose)
        self.near.opened.connect(lambda: self.navigated.emit("timeline"))
        self.lasso.save_asked.connect(self._save_segment)
        self.lasso.cleared.connect(self._unmark)
        self.said = QLabel()
        self.said.setObjectName("map_said")
        self.said.setWordWrap(True)
        self.said.hide()
        self.setMinimumWidth(270)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 16, 12)
        column.setSpacing(14)
        column.addWidget(self.search)
        column.addWidget(self.colours)
        column.addWidget(self.groups, 1)
        column.addWidget(self.lasso)
        column.addWidget(self.said)
        column.addWidget(self.near, 1)

    def ask(
        self, kind: str, question: Callable[..., object], *arguments: object, done: Callable[[Any], object]
    ) -> None:
        """Ask about the open workspace; an answer that comes when another one is open is dropped."""
        workspace = self._state.workspace
        if workspace is not None:
            self._background.ask(
                f"map {kind}",
                question,
                *arguments,
                done=lambda answer: done(answer) if self._state.workspace is workspace else None,
                failed=lambda error: self.tell(error_text(error)) if self._state.workspace is workspace else None,
            )

    def tell(self, text: str) -> None:
        """What went wrong, or what was saved, until the next thing is asked for."""
        self.said.setText(text)
        self.said.setVisible(bool(text))

    # ---------------------------------------------------------------- the map

    def forget(self) -> None:
        """There is no map any more."""
        self.mapped = self._figure = self.grouped = None

    def set_setting(self, setting: work.Setting) -> None:
        """The map stays, while another run may make the lists now."""
        before, self._setting = self._setting, setting
        if setting != before and self.mapped is not None:
            self._offer_colours()
            self._ask_figure()

    def show_map(self, mapped: work.Mapped, setting: work.Setting) -> None:
        """Show another map, or the points of the one before laid out in another way."""
        before, self.mapped, self._setting = self.mapped, mapped, setting
        same = before is not None and before.space is mapped.space
        self.scatter.set_points(mapped.places, self._say, keep=same)
        self._offer_colours()
        if not same:
            self._figure = self.grouped = None
            self._unmark()
            self.near.clear()
        if not same or self.groups.key == "hdbscan" or self.grouped is None:
            self._ask_groups()
        else:
            self._place_labels()
        self._ask_figure()
        if mapped.choice.of == "users":
            self._follow_user(self._state.user)
            self._follow_segment()
        self.shown.emit()

    def _say(self, row: int) -> str:
        """What is told of the point under the pointer."""
        mapped = self.mapped
        if mapped is None:
            return ""
        lines = [str(mapped.names[row].as_py())]
        events = int(mapped.events[row])
        lines.append(self.tr("1 event") if events == 1 else self.tr("{0} events").format(readable.count(events)))
        figure = self._figure
        if figure is not None and figure.name not in (work.EVENTS, CLUSTER) and not figure.classes:
            value = float(figure.values[row])
            told = readable.value(value) if np.isfinite(value) else "–"
            lines.append(f"{self.colours.choice.currentText()}: {told}")
        if self.grouped is not None:
            group = int(self.grouped.labels[row])
            lines.append(self.tr("In no group") if group < 0 else self.names[group])
        return "\n".join(lines)

    # ---------------------------------------------------------------- colours

    def _offer_colours(self) -> None:
        setting, choices = self._setting, []
        if self.groups.key:
            choices.append(ColourChoice(CLUSTER, self.tr("Group")))
        choices.append(ColourChoice(work.EVENTS, self.tr("Events")))
        if setting.tested:
            choices.append(ColourChoice(work.RANK, self.tr("Rank of what came next")))
        if self.mapped is not None and self.mapped.choice.of == "items":
            choices.append(ColourChoice(work.USERS, self.tr("Users")))
            if setting.categories:
                choices.append(ColourChoice(work.CATEGORY, self.tr("Category")))
            if setting.prices:
                choices.append(ColourChoice(work.PRICE, self.tr("Price")))
        elif setting.prices:
            choices.append(ColourChoice(work.PRICE, self.tr("Mean price")))
        if setting.values:
            choices.append(ColourChoice(work.VALUE, self.tr("Mean value of the events")))
        if setting.timed:
            choices.append(ColourChoice(work.RECENCY, self.tr("Days since the last event")))
        if len(setting.behaviours) > 1:
            choices += [ColourChoice(work.BEHAVIOUR + name, name) for name in setting.behaviours]
        self.colours.offer(choices)

    def _ask_figure(self) -> None:
        workspace, mapped, key = self._state.workspace, self.mapped, self.colours.key
        if workspace is None or mapped is None:
            return
        if key == CLUSTER:
            self._figure = None
            self._colour()
            return

        def show(figure: work.Figure | None) -> None:
            if self.mapped is None or self.mapped.space is not mapped.space or self.colours.key != key:
                return
            if figure is None:
                self._test_run()
            else:
                self._figure = figure
                self._colour()

        if key == work.RANK:
            self.ask("figure", work.ranks, workspace, mapped, self._setting.tested, done=show)
        else:
            self.ask("figure", work.figure, workspace, mapped, key, done=show)

    def _test_run(self) -> None:
        """Have the test of the run repeated, whose ranks are not with it yet; they will be from then on."""
        workspace, running = self._state.workspace, self._background.job
        if running is not None:
            self._back_to_events()
            self.tell(self.tr("{0} is still running. Wait for it or stop it first.").format(running.title))
            return

        def failed(error: Exception) -> None:
            self._back_to_events()
            self.tell(error_text(error))

        def done(_: object) -> None:
            if self._state.workspace is workspace:
                self._ask_figure()

        title = self.tr("Ranking what came next for each user")
        job = self._background.start(
            work.test_run, workspace, self._setting.tested, done=done, failed=failed, title=title
        )
        job.cancelled.connect(self._back_to_events)

    def _back_to_events(self) -> None:
        self.colours.choose(work.EVENTS)
        self._ask_figure()

    def _colour(self, *_: object) -> None:
        """Colour the points by the figure that is shown, or by their groups."""
        figure, grouped = self._figure, self.grouped
        if self.mapped is None:
            return
        if figure is None:
            self.colours.show_clusters()
            if grouped is not None:
                self._colour_classes(grouped.labels, len(grouped.sizes))
        elif figure.classes:
            labels = figure.values.astype(np.int64)
            counts = np.bincount(labels[labels >= 0], minlength=len(figure.classes))
            self.colours.show_classes(figure.classes, counts.tolist(), int((labels < 0).sum()))
            self._colour_classes(labels, len(figure.classes))
        else:
            self._colour_scale(figure)

    def _colour_classes(self, labels: NDArray[Any], classes: int) -> None:
        numbers = [OTHER, *range(classes)]
        colours = [class_colour(number) for number in numbers]
        shapes = np.array([class_shape(number) for number in numbers], dtype=np.uint8)
        index = (labels + 1).astype(np.uint8)
        self.scatter.set_colours(index, colours, shapes[index])

    def _colour_scale(self, figure: work.Figure) -> None:
        """Figures in the order of viridis, unknown ones grey; the few that lie far out share the last colour."""
        known = np.isfinite(figure.values)
        values = np.where(known, figure.values, 0.0)
        scaled = np.log1p(values) if figure.logarithmic else values
        ends = np.quantile(scaled[known], ENDS) if known.any() else (0.0, 1.0)
        low, high = float(ends[0]), float(ends[1])
        share = np.clip((scaled - low) / max(high - low, 1e-12), 0.0, 1.0) if high > low else np.full(len(scaled), 0.5)
        share = 1.0 - share if figure.falling else share
        index = np.where(known, 1 + np.rint(share * (STEPS - 1)), 0).astype(np.uint8)
        colours = [theme.colour("handle"), *(viridis(step / (STEPS - 1)) for step in range(STEPS))]
        shapes = np.where(known, 0, UNKNOWN_SHAPE).astype(np.uint8)
        self.scatter.set_colours(index, colours, None if known.all() else shapes)
        shown = [high, (low + high) / 2, low] if figure.falling else [low, (low + high) / 2, high]
        told = [float(np.expm1(value)) if figure.logarithmic else value for value in shown]
        show = readable.count if figure.counts or figure.name == work.RECENCY else readable.value
        self.colours.show_scale([show(value) for value in told], int((~known).sum()), *self._scale_words(figure))

    def _scale_words(self, figure: work.Figure) -> tuple[str, str]:
        """What points without the figure are called, and what has to be said of it."""
        if figure.name != work.RANK:
            return self.tr("Unknown"), ""
        if self.mapped is not None and self.mapped.choice.of == "users":
            text = self.tr(
                "The place of the event that was held out of “{0}”, in its list for the user: bright users are "
                "understood well. Nothing was held out of users with few events."
            )
        else:
            text = self.tr("The mean place of the item in the lists of “{0}” when it was what came next.")
        return self.tr("Not measured"), text.format(self._setting.tested_name)

    # ---------------------------------------------------------------- groups

    def _ask_groups(self) -> None:
        workspace, mapped, method = self._state.workspace, self.mapped, self.groups.key
        self.tell("")
        if workspace is None or mapped is None:
            return
        if not method:
            self._show_groups(None)
            return

        def show(grouped: work.Grouped) -> None:
            if self.mapped is mapped:
                self._show_groups(grouped)

        self.ask("groups", work.group, workspace, mapped, method, self.groups.number.value(), done=show)

    def _show_groups(self, grouped: work.Grouped | None) -> None:
        new, self.grouped = self.grouped is None, grouped
        self.names = [] if grouped is None else [self._name(*each) for each in enumerate(grouped.terms)]
        self._offer_colours()
        if grouped is not None and new:
            self.colours.choose(CLUSTER)
        lines, others = [], 0
        if grouped is not None:
            hints = map(self._hint, grouped.terms)
            sizes = grouped.sizes.tolist()
            lines = [ClusterLine(*each) for each in zip(self.names, sizes, hints, strict=True)]
            others = int((grouped.labels < 0).sum())
        self.groups.show_groups(lines, others, savable=self.mapped is not None and self.mapped.choice.of == "users")
        self._place_labels()
        self._ask_figure()

    def _place_labels(self) -> None:
        grouped, mapped = self.grouped, self.mapped
        labels: list[Label] = []
        if grouped is not None and mapped is not None:
            for number, name in enumerate(self.names[:LABELLED]):
                x, y = np.median(mapped.places[grouped.labels == number], axis=0).tolist()
                labels.append(Label(name, x, y))
        self.scatter.set_labels(labels)

    def _name(self, number: int, terms: list[Term]) -> str:
        return ", ".join(term.text for term in terms) or self.tr("Group {0}").format(number + 1)

    def _hint(self, terms: list[Term]) -> str:
        """What is typical, and how much more than elsewhere."""
        if not terms:
            return self.tr("Nothing here is clearly more frequent than elsewhere.")
        line = self.tr("{0}: {1} %, elsewhere {2} %")
        shares = ((term.text, 100 * term.inside, 100 * term.outside) for term in terms)
        return "\n".join(line.format(text, *(readable.decimal(one, 1) for one in two)) for text, *two in shares)

    def _pick_group(self, number: int) -> None:
        if self.grouped is not None:
            self.scatter.mark(self.grouped.labels == number)
            self._mark(self.scatter.marked, picked=True)

    def _save_groups(self, name: str) -> None:
        workspace, grouped, mapped = self._state.workspace, self.grouped, self.mapped
        if workspace is None or grouped is None or mapped is None:
            return
        groups: dict[str, NDArray[np.int32]] = {}
        for number, label in enumerate(self.names):
            unique = label if label not in groups else f"{label} ({number + 1})"
            groups[unique] = mapped.space.codes[grouped.labels == number]

        def saved(_: object) -> None:
            self.groups.name.clear()
            self.tell(self.tr("Saved “{0}”: segments can now ask for its groups.").format(name.strip()))
            self._state.segments_changed.emit()

        self._background.write(work.save_clusters, workspace, name, groups, done=saved, failed=self._unsaved)

    def _unsaved(self, error: Exception) -> None:
        self.tell(error_text(error))

    # ---------------------------------------------------------------- the lasso

    def _mark(self, marked: NDArray[np.bool_] | None, picked: bool = False) -> None:
        """Show what is inside a lasso, or in a group that was `picked`."""
        workspace, mapped = self._state.workspace, self.mapped
        if not picked:
            self.groups.unpick()
        if marked is None or mapped is None or workspace is None:
            self.lasso.hide()
            return
        self.tell("")
        count = int(marked.sum())
        number = readable.count(count)
        users = mapped.choice.of == "users"
        title = (self.tr("{0} users chosen") if users else self.tr("{0} items chosen")).format(number)
        self.lasso.save_action.setEnabled(count > 0)
        self.lasso.show_marked(title, self.tr("Looking for what is typical …") if count else "")

        def show(terms: list[Term]) -> None:
            if self.scatter.marked is marked:
                typical = self.tr("Typical: {0}").format(", ".join(term.text for term in terms))
                self.lasso.show_marked(title, typical if terms else self._hint([]))
                self.lasso.note.setToolTip(self._hint(terms))

        if count:
            self.ask("typical", work.typical, workspace, mapped, marked, done=show)

    def _unmark(self) -> None:
        self.scatter.clear_lasso()
        self.groups.unpick()
        self.lasso.hide()

    def _save_segment(self, name: str) -> None:
        workspace, mapped, marked = self._state.workspace, self.mapped, self.scatter.marked
        if workspace is None or mapped is None or marked is None or not marked.any():
            return
        codes = mapped.space.codes[marked]

        def save(users: NDArray[np.int32]) -> None:
            self._background.write(
                *(save_users, workspace, name, users),
                done=lambda _: self._saved_segment(name.strip(), len(users)),
                failed=self._unsaved,
            )

        if mapped.choice.of == "users":
            save(codes)
        else:
            self.ask("users of items", work.users_of, workspace, codes, done=save)

    def _saved_segment(self, name: str, users: int) -> None:
        self.lasso.name.clear()
        self.tell(self.tr("Saved the segment “{0}” of {1} users.").format(name, readable.count(users)))
        self._state.segments_changed.emit()

    def _follow_segment(self, *_: object) -> None:
        """The users of the segment that is in use stand out, unless the analyst marks others meanwhile."""
        workspace, mapped, name = self._state.workspace, self.mapped, self._state.segment
        before = self.scatter.marked
        if workspace is None or mapped is None or mapped.choice.of != "users" or not name:
            return

        def show(codes: NDArray[np.int32]) -> None:
            if self.mapped is mapped and self._state.segment == name and self.scatter.marked is before:
                self.mark_users(codes)

        self.ask("segment", work.members, workspace, name, done=show)

    def mark_users(self, codes: NDArray[np.int32]) -> None:
        """Let these users stand out, as far as they are on the map, which is of users."""
        if self.mapped is not None:
            self.scatter.mark(np.isin(self.mapped.space.codes, codes))
            self._mark(self.scatter.marked)

    # ---------------------------------------------------------------- the chosen point

    def choose(self, row: int) -> None:
        """A point was clicked or walked to."""
        mapped = self.mapped
        if mapped is None:
            return
        self._show_point(row)
        if mapped.choice.of == "users":
            self._state.select_user(int(mapped.space.codes[row]) if row >= 0 else -1)

    def _follow_user(self, user: int) -> None:
        mapped = self.mapped
        if mapped is None or mapped.choice.of != "users":
            return
        place = int(np.searchsorted(mapped.space.codes, user))
        found = user >= 0 and place < len(mapped.space.codes) and mapped.space.codes[place] == user
        row = place if found else -1
        if row != self.scatter.row or (row >= 0 and not self.near.list.isVisibleTo(self.near)):
            self._show_point(row)

    def _show_point(self, row: int) -> None:
        mapped = self.mapped
        self.scatter.select(row)
        self.pointed.emit(row)
        if mapped is None or row < 0:
            self.near.clear()
            return
        self.near.allow(mapped.choice.of == "users")

        def show(found: work.Near) -> None:
            if self.mapped is not None and self.mapped.space is mapped.space and self.scatter.row == found.row:
                rows = found.rows.tolist()
                names = mapped.names.take(found.rows).to_pylist()
                title = str(mapped.names[row].as_py())
                self.near.show_near(title, rows, names, found.alike.tolist())
                self.scatter.select(found.row, rows[:RINGED])

        self.ask("near", work.near, mapped, row, work.NEIGHBOURS, done=show)
