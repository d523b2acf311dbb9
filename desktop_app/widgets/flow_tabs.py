"""The tabs of flows: transitions, steps, paths, hours of the week, cohorts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QCheckBox, QSplitter, QWidget

from core.analysis.daytimes import OFFSETS
from desktop_app.widgets import counted, readable
from desktop_app.widgets.figure_table import FigureTable, Table
from desktop_app.widgets.flow_tab import FlowTab
from desktop_app.widgets.transition_graph import TransitionGraph
from desktop_app.widgets.who_bar import Behind

if TYPE_CHECKING:
    from core.analysis.flows import Paths, Transitions
    from core.analysis.rhythms import Retention

COUNTS, SHARES = "counts", "shares"


def percent(share: float) -> str:
    """A share as "12.3 %", nothing where it is unknown."""
    return "" if share != share else f"{readable.decimal(100 * share, 1)} %"


class TransitionTab(FlowTab):
    """The matrix at the left, the graph of its strongest cells at the right."""

    flow = "transitions"

    @property
    def body(self) -> QWidget:
        return self._sides

    def _make_table(self, place: QWidget) -> FigureTable:
        self._sides = QSplitter(Qt.Orientation.Horizontal, place)
        self._sides.setChildrenCollapsible(False)
        table = super()._make_table(self._sides)
        self.graph = TransitionGraph(self._sides)
        self._sides.setSizes([520, 480])
        self._sides.setStretchFactor(0, 1)
        self._sides.setStretchFactor(1, 1)
        return table

    def build(self) -> None:
        kinds = [(self.tr("Share of the row"), SHARES), (self.tr("Number of times"), COUNTS)]
        self.kind = self.add_choice(self.tr("Cells"), kinds)
        self.arrows = self.add_number(self.tr("Arrows"), 1, 100, 20)
        self.repeats = QCheckBox(self.tr("Arrows to itself"))
        self.repeats.setObjectName("repeats")
        self.repeats.setChecked(True)
        self.repeats.clicked.connect(self.changed)
        self.choices.addWidget(self.repeats)
        self.changed.connect(self._show)  # all of these only show the same answer in another way
        self.hint.setText(self.tr("A row is an event, a column the next event of the same user."))
        self._found: Transitions | None = None
        self._names: Sequence[str] = ()

    def show_found(self, found: Transitions, names: Sequence[str], users: int) -> None:
        del users
        self._found, self._names = found, names
        self._show()

    def _show(self) -> None:
        found, names = self._found, self._names
        if found is None or not found.counts.any():
            self.show_note(self.tr("No user has two events here, so nothing follows anything."))
            return
        shares = found.shares
        counts = self.kind.currentData() == COUNTS
        heat = found.counts / max(1, int(found.counts.max())) if counts else shares
        texts = [
            [
                (readable.count(count) if counts else percent(share)) if count else ""
                for count, share in zip(*row, strict=True)
            ]
            for row in zip(found.counts.tolist(), shares.tolist(), strict=True)
        ]

        def tip(row: int, column: int) -> str:
            share, times = readable.decimal(100 * shares[row, column], 1), readable.count(found.counts[row, column])
            return self.tr("{0} → {1}: {2}, {3} % of what follows {0}").format(names[row], names[column], times, share)

        figures = found.counts.astype(np.float64) if counts else shares
        self.show_table(Table(tuple(names), texts, tuple(names), heat, figures=figures, tip=tip))
        shown = names[:-1] if self.pooled else names  # the pool would be the largest, and tell nothing
        self.graph.show_transitions(found, shown, self.arrows.value(), self.repeats.isChecked())

    def users_of(self, row: int, column: int) -> list[Behind]:
        return [Behind(f"{self._names[row]} → {self._names[column]}", (row, column))]


class StepTab(FlowTab):
    """Which share of the users is in which state at their 1st, 2nd, 3rd ... event."""

    flow = "steps"

    def build(self) -> None:
        self.steps = self.add_number(self.tr("Steps"), 2, 50, 12)
        self.hint.setText(
            self.tr("A column is a step: each sums to all users, those whose sequence has ended included.")
        )

    def settings(self) -> dict[str, Any]:
        return {"steps": self.steps.value()}

    def show_found(self, found: Any, names: Sequence[str], users: int) -> None:
        if not users:
            self.show_note(self.tr("There are no users with events here."))
            return
        everyone = max(1, int(found[:, 0].sum()))
        shares = found / everyone
        rows = (*names, self.tr("(ended)"))
        texts = [[percent(share) if share else "" for share in row] for row in shares.tolist()]

        def tip(row: int, column: int) -> str:
            share, count = readable.decimal(100 * shares[row, column], 1), counted.users(int(found[row, column]))
            return self.tr("Step {0}, {1}: {2}, {3} % of all").format(column + 1, rows[row], count, share)

        columns = tuple(readable.count(step + 1) for step in range(found.shape[1]))
        self.show_table(Table(columns, texts, rows, shares, figures=shares, tip=tip))

    def users_of(self, row: int, column: int) -> list[Behind]:
        state = self.table.table.rows[row]
        return [Behind(self.tr("Step {0}: {1}").format(readable.count(column + 1), state), (row, column))]


class PathTab(FlowTab):
    """The paths that most users took."""

    flow = "paths"

    def build(self) -> None:
        self.length = self.add_number(self.tr("Events in a path"), 2, 6, 3)
        self.collapse = QCheckBox(self.tr("Pass over repeats"))
        self.collapse.setObjectName("collapse")
        self.collapse.setToolTip(self.tr("View, view, cart counts as view, cart"))
        self.collapse.clicked.connect(self.changed)
        self.choices.addWidget(self.collapse)

    def settings(self) -> dict[str, Any]:
        return {"length": self.length.value(), "collapse": self.collapse.isChecked()}

    def show_found(self, found: Paths, names: Sequence[str], users: int) -> None:
        del users
        self._paths = found.states.tolist()
        if not len(found.users):
            self.show_note(self.tr("No user has so many events. Choose shorter paths."))
            return
        shares = found.users / max(1, found.everyone)
        texts = [
            ["  →  ".join(names[state] for state in path), readable.count(who), percent(share), readable.count(times)]
            for path, who, share, times in zip(
                found.states.tolist(), found.users.tolist(), shares.tolist(), found.times.tolist(), strict=True
            )
        ]
        nothing = np.full(len(shares), np.nan)
        columns = (self.tr("Path"), self.tr("Users"), self.tr("Share of users"), self.tr("Times"))
        bars = np.column_stack((nothing, nothing, shares, nothing))
        figures = np.column_stack((nothing, found.users, shares, found.times))
        self.show_table(Table(columns, texts, bars=bars, figures=figures, left=(0,)))

    def users_of(self, row: int, column: int) -> list[Behind]:
        del column  # each tells of the same path
        return [Behind(self.table.table.texts[row][0], tuple(self._paths[row]))]


class HourTab(FlowTab):
    """When in the week the events happen."""

    flow = "hours"
    uses_states = False

    def build(self) -> None:
        self.behaviour = self.add_behaviour(self.tr("Behaviour"), self.tr("any behaviour"))
        self.offset = self.add_number(self.tr("Hours ahead of UTC"), *OFFSETS, 0)
        self.offset.setToolTip(
            self.tr(
                "Kept in the workspace: nights and weekends of segments, searches and profiles are in this time too"
            )
        )
        self.hint.setText(self.tr("Events by the day of the week and the hour at which they happened."))

    def settings(self) -> dict[str, Any]:
        return {"offset": self.offset.value(), "behaviour": self.behaviour.currentData()}

    def show_found(self, found: Any, names: Sequence[str], users: int) -> None:
        del names, users
        days = tuple(QLocale().dayName(day, QLocale.FormatType.ShortFormat) for day in range(1, 8))
        columns = tuple(f"{hour:02d}" for hour in range(24))
        texts = [[readable.count(count) if count else "" for count in row] for row in found.tolist()]
        everything = max(1, int(found.sum()))

        def tip(row: int, column: int) -> str:
            share = readable.decimal(100 * found[row, column] / everything, 1)
            when = f"{days[row]} {column:02d}:00–{column:02d}:59"
            return self.tr("{0}: {1}, {2} % of all").format(when, counted.events(int(found[row, column])), share)

        heat = found / max(1, int(found.max()))
        self.show_table(Table(columns, texts, days, heat, figures=found.astype(np.float64), tip=tip))

    def users_of(self, row: int, column: int) -> list[Behind]:
        when = f"{self.table.table.rows[row]} {column:02d}:00–{column:02d}:59"
        behaviour = self.behaviour.currentData()
        return [Behind(when if behaviour is None else f"{behaviour}, {when}", (row, column))]


class RetentionTab(FlowTab):
    """Who comes back: cohorts by their first event, and the share of each that is there again later."""

    flow = "retention"
    uses_states = False

    def build(self) -> None:
        periods = [(self.tr("Weeks"), "week"), (self.tr("Months"), "month"), (self.tr("Days"), "day")]
        self.first = self.add_behaviour(self.tr("First"), self.tr("any behaviour"))
        self.again = self.add_behaviour(self.tr("Again"), self.tr("any behaviour"))
        self.period = self.add_choice(self.tr("Periods"), periods)
        self.hint.setText(
            self.tr(
                "A row is those who came first in a period; column n is who of them is there again n periods later."
            )
        )
        self.first.setToolTip(self.tr("The first event of this behaviour decides in which row a user is"))
        self.again.setToolTip(self.tr("An event of this behaviour, from the first one on, counts as being there"))

    def settings(self) -> dict[str, Any]:
        chosen = {"first": self.first.currentData(), "again": self.again.currentData()}
        return {"period": self.period.currentData()} | chosen

    def show_found(self, found: Retention, names: Sequence[str], users: int) -> None:
        del names
        if not users:
            self.show_note(self.tr("There are no users with events here."))
            return
        shares = np.vstack((found.overall, found.shares))
        month = self.period.currentData() == "month"
        starts = [str(start)[: 7 if month else 10] for start in found.starts]
        rows = (self.tr("All"), *starts)
        sizes = [int(found.users.sum()), *found.users.tolist()]
        columns = (self.tr("Users"), *(readable.count(place) for place in range(shares.shape[1])))
        texts = [
            [readable.count(size), *(percent(share) for share in row)]
            for size, row in zip(sizes, shares.tolist(), strict=True)
        ]

        def tip(row: int, column: int) -> str:
            return f"{rows[row]}  ·  {columns[column]}:  {texts[row][column]}"

        heat = np.column_stack((np.full(len(sizes), np.nan), shares))
        figures = np.column_stack((sizes, shares))
        self.show_table(Table(columns, texts, rows, heat, figures=figures, tip=tip))

    def users_of(self, row: int, column: int) -> list[Behind]:
        """Everyone in the cohort, or those who were there again and those who were not."""
        cohort, later = row - 1, column - 1  # before them stand all, and how many they are
        first, by = self.first.currentData(), self.again.currentData()
        when = self.table.table.rows[row] if row else ""
        named = self.tr("First in {0}").format(when) if row else self.tr("All")
        if first is not None:
            named = self.tr("First {0} in {1}").format(first, when) if row else self.tr("All with {0}").format(first)
        if later < 0:
            return [Behind(named, (cohort, later, 0))]
        if not self.table.table.texts[row][column]:
            return []  # that period is not over in these data
        both = self.tr("{0}, there again after {1}"), self.tr("{0}, not there after {1}")
        if by is not None:
            both = self.tr("{0}, {2} after {1}"), self.tr("{0}, no {2} after {1}")
        after = readable.count(later)
        return [Behind(words.format(named, after, by), (cohort, later, gone)) for gone, words in enumerate(both)]
