"""The data page: how much there is, how it is spread, and what the import kept and rejected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.data.counts import GAP_ENDS, SECOND
from core.data.report import RULES, ImportReport
from core.sequences.statistics import LENGTH_ENDS, DataStatistics
from desktop_app import theme
from desktop_app.dialogs.save_file import ask_where
from desktop_app.page import Page
from desktop_app.parts import data_work
from desktop_app.parts.item_knowledge import ItemKnowledge
from desktop_app.translation import error_text, translate_core
from desktop_app.widgets import readable, tables
from desktop_app.widgets.bars import BarPlot
from desktop_app.widgets.empty_note import EmptyNote
from desktop_app.widgets.timeline_scale import show_duration

HEIGHT = 640  # of a plot on a large screen, in pixels
BARS = 240  # days are put together until they are no more than these


class DataPage(Page):
    """Reads the workspace again whenever its data change.

    Signals:
        import_asked: the analyst wants to add files.
    """

    icon = "data"
    import_asked = Signal()

    def _make(self) -> Iterator[None]:
        state = self._state
        self._facts: data_work.Facts | None = None
        self.setObjectName("data-page")
        yield from self._lay_out()
        state.workspace_changed.connect(self._reload)
        state.data_changed.connect(self._reload)
        self._reload()

    def title(self) -> str:
        return self.tr("Data")

    # ------------------------------------------------------------------------------------------- layout

    def _lay_out(self) -> Iterator[None]:
        self._pile = QStackedLayout(self)
        area = QScrollArea(self)
        self._pile.addWidget(area)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.nothing = EmptyNote(
            self.tr("There are no events yet"),
            self.tr(
                "Import files in which each row says who did what with which item, and when: CSV, Parquet or RecBole's."
            ),
            self.tr("Import files…"),
        )
        self.nothing.asked.connect(self.import_asked)
        self._pile.addWidget(self.nothing)
        inner = QWidget(area)
        area.setWidget(inner)
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(2 * theme.SPACING, 2 * theme.SPACING, 2 * theme.SPACING, 2 * theme.SPACING)
        layout.setSpacing(2 * theme.SPACING)
        layout.addLayout(self._head())
        layout.addWidget(self._cards())
        yield
        layout.addLayout(self._plots(), 1)
        yield
        layout.addLayout(self._tables())
        yield
        self.knowledge = ItemKnowledge(self._state, self._background)
        layout.addWidget(self.knowledge)
        layout.addStretch()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.name = QLabel()
        self.name.setProperty("role", "title")
        self.state_of_work = QLabel()
        self.state_of_work.setProperty("role", "muted")
        self.more = QPushButton(self.tr("Import more files…"))
        self.more.clicked.connect(self.import_asked)
        self.save = QPushButton(self.tr("Save import report…"))
        self.save.clicked.connect(self.save_report)
        row.addWidget(self.name)
        row.addWidget(self.state_of_work)
        row.addStretch()
        row.addWidget(self.more)
        row.addWidget(self.save)
        return row

    def _cards(self) -> QWidget:
        strip = QWidget()
        strip.setObjectName("data.figures")
        strip.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        grid = QGridLayout(strip)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.SPACING)
        self._figures: dict[str, tuple[QLabel, QLabel]] = {}
        names = {
            "users": self.tr("Users"),
            "items": self.tr("Items"),
            "events": self.tr("Events"),
            "span": self.tr("Time span"),
            "length": self.tr("Events of a user"),
            "sparsity": self.tr("Sparsity"),
        }
        for column, (name, title) in enumerate(names.items()):
            card = QFrame()
            card.setProperty("role", "card")
            inside = QVBoxLayout(card)
            inside.setSpacing(2)
            heading = QLabel(title)
            heading.setProperty("role", "muted")
            figure, detail = QLabel(), QLabel()
            figure.setProperty("role", "figure")
            detail.setProperty("role", "muted")
            detail.setWordWrap(True)
            for label in (heading, figure, detail):
                inside.addWidget(label)
            inside.addStretch()
            self._figures[name] = (figure, detail)
            grid.addWidget(card, 0, column)
            grid.setColumnStretch(column, 1)
        return strip

    def _plots(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.SPACING)
        self.days = BarPlot(self.tr("Events per day"), self.tr("Day (UTC)"), self.tr("Events"))
        self.lengths = BarPlot(
            self.tr("Users by length of their sequence"), self.tr("Events of a user"), self.tr("Users")
        )
        self.tail = BarPlot(
            self.tr("Share of all events that the most frequent items hold"),
            self.tr("Share of items, the most frequent first"),
            self.tr("Share of events"),
        )
        self.gaps = BarPlot(
            self.tr("Time between neighbouring events of a user"), self.tr("Up to so long"), self.tr("Gaps")
        )
        for place, plot in enumerate((self.days, self.lengths, self.tail, self.gaps)):
            plot.setMaximumHeight(HEIGHT)
            grid.addWidget(plot, place // 2, place % 2)
        return grid

    def _tables(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.SPACING)
        self.behaviours = self._table(
            [self.tr("Behaviour"), self.tr("Events"), self.tr("Share"), self.tr("Users"), self.tr("Items")]
        )
        self.imports = self._table([self.tr("Import"), self.tr("Rows")])
        for column, (title, table) in enumerate(
            ((self.tr("Behaviours"), self.behaviours), (self.tr("Cleaning"), self.imports))
        ):
            heading = QLabel(title)
            heading.setProperty("role", "heading")
            table.setAccessibleName(title)
            table.setObjectName("data.behaviours" if table is self.behaviours else "data.cleaning")
            grid.addWidget(heading, 0, column)
            grid.addWidget(table, 1, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, 1)
        return grid

    def _table(self, headers: list[str]) -> QTableWidget:
        table = QTableWidget(0, len(headers))
        table.setHorizontalHeaderLabels(headers)
        tables.set_up_rows(table)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(len(headers)):
            side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
            table.horizontalHeaderItem(column).setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        return table

    # ------------------------------------------------------------------------------------------- content

    def _reload(self) -> None:
        workspace = self._state.workspace
        if workspace is None:
            return
        self.name.setText(workspace.path.stem)
        self.state_of_work.setText(self.tr("Counting…"))
        self._background.ask("data facts", data_work.facts, workspace, done=self._show, failed=self._complain)

    def _complain(self, error: Exception) -> None:
        self.state_of_work.setText(error_text(error))

    def _show(self, facts: data_work.Facts) -> None:
        if facts.workspace is not self._state.workspace:
            return
        self._facts = facts
        nothing = not (facts.statistics.events or facts.statistics.catalogue)
        self._pile.setCurrentIndex(1 if nothing else 0)
        self.state_of_work.setText("" if facts.statistics.events else self.tr("There are no events yet"))
        self._show_figures(facts.statistics)
        self._show_plots(facts.statistics)
        self._show_behaviours(facts.statistics)
        self._show_imports(facts.reports)
        self.save.setEnabled(bool(facts.reports))

    def _show_figures(self, data: DataStatistics) -> None:
        idle = data.catalogue - data.items
        texts = {
            "users": (readable.count(data.users), ""),
            "items": (
                readable.count(data.catalogue),
                self.tr("{0} without an event").format(readable.count(idle)) if idle else "",
            ),
            "events": (
                readable.count(data.events),
                self.tr("{0} without an item").format(readable.count(data.without_item)) if data.without_item else "",
            ),
            "span": self._span(data),
            "length": (
                readable.decimal(data.median_length, 0 if data.median_length == round(data.median_length) else 1),
                self.tr("median; the longest has {0}").format(readable.count(data.longest)),
            ),
            "sparsity": (
                readable.decimal(100 * data.sparsity, 2) + " %",
                self.tr("of all pairs of user and item have no event"),
            ),
        }
        for name, (figure, detail) in texts.items():
            self._figures[name][0].setText(figure)
            self._figures[name][1].setText(detail)

    def _span(self, data: DataStatistics) -> tuple[str, str]:
        if data.start is None or data.end is None:
            return "–", self.tr("No times: the order of rows is the order of events")
        days = (data.end - data.start) // (86400 * SECOND) + 1
        first, last = readable.moment(data.start)[:10], readable.moment(data.end)[:10]
        return self.tr("%Ln day(s)", "", int(days)), self.tr("{0} to {1}").format(first, last)

    def _show_plots(self, data: DataStatistics) -> None:
        self._show_days(data)
        ends = [readable.count(end) for end in LENGTH_ENDS]
        starts = [readable.count(start) for start in (1, *(end + 1 for end in LENGTH_ENDS))]
        ranges = [a if a == b else f"{a}–{b}" for a, b in zip(starts, [*ends, ""], strict=True)]
        ranges[-1] = self.tr("over {0}").format(ends[-1])
        self.lengths.set_bars(
            data.length_counts,
            ranges,
            lambda bar: self.tr("{0} users have {1} events").format(
                readable.count(data.length_counts[bar]), ranges[bar]
            ),
            empty=self.tr("There are no events yet"),
        )
        points = data.tail[1:]
        share = [f"{round(100 * (place + 1) / len(points))} %" for place in range(len(points))]
        marks = [text if round(200 * (p + 1) / len(points)) % 20 == 0 else "" for p, text in enumerate(share)]
        self.tail.set_bars(
            100 * points,
            marks,
            lambda bar: self.tr("The most frequent {0} of items hold {1} % of all events").format(
                share[bar], readable.decimal(100 * points[bar], 1)
            ),
            lambda value: f"{value:.0f} %",
            empty=self.tr("There are no events yet"),
        )
        spans = [show_duration(end, units=1) for end in GAP_ENDS]
        upto = [self.tr("up to {0}").format(text) for text in spans] + [self.tr("over {0}").format(spans[-1])]
        self.gaps.set_bars(
            data.gap_counts,
            [*spans, self.tr("longer")],
            lambda bar: self.tr("{0} times, {1}").format(readable.count(data.gap_counts[bar]), upto[bar]),
            empty=self.tr("These data have no times"),
        )

    def _show_days(self, data: DataStatistics) -> None:
        if not len(data.days):
            self.days.set_bars(np.zeros(0), [], str, empty=self.tr("These data have no times"))
            return
        first = int(data.days[0])
        width = -(-(int(data.days[-1]) - first + 1) // BARS)  # days a bar
        heights = np.bincount((data.days - first) // width, weights=data.day_events)
        dates = [QDate(1970, 1, 1).addDays(first + width * bar).toString("yyyy-MM-dd") for bar in range(len(heights))]
        per = self.tr("{0}: {1} events") if width == 1 else self.tr("from {0}, {2} days: {1} events")
        self.days.set_bars(heights, dates, lambda bar: per.format(dates[bar], readable.count(heights[bar]), width))

    def _show_behaviours(self, data: DataStatistics) -> None:
        rows = []
        for row in data.behaviours:
            name = self.tr("{0} (negative)").format(row.name) if row.negative else row.name
            share = readable.decimal(100 * row.events / max(data.events, 1), 1) + " %"
            rows.append([name, readable.count(row.events), share, readable.count(row.users), readable.count(row.items)])
        _fill(self.behaviours, rows)

    def _show_imports(self, reports: list[ImportReport]) -> None:
        rows = []
        for report in reports:
            names = ", ".join(Path(file.path).name for file in report.files)
            rows.append([names, ""])
            rows.append([self.tr("    read"), readable.count(report.read)])
            rows.append([self.tr("    kept"), readable.count(report.kept)])
            rows += [["    " + translate_core(RULES[rule]), readable.count(n)] for rule, n in report.rules.items()]
            rows += [
                [self.tr("    missing, filled in: {0}").format(role), readable.count(n)]
                for role, n in report.filled.items()
                if n
            ]
        _fill(self.imports, rows)

    def save_report(self) -> None:
        """Ask for a file and write the reports of all imports into it."""
        if self._facts is None:
            return
        suggested = str(self._facts.workspace.path.with_suffix(".import.json"))
        path = ask_where(self, self.tr("Save import report"), suggested, (".json",))
        if path is not None:
            self._background.ask(
                f"save report {path}",
                data_work.save_reports,
                self._facts.reports,
                path,
                done=lambda path: self.state_of_work.setText(self.tr("Saved: {0}").format(path)),
                failed=self._complain,
            )


def _fill(table: QTableWidget, rows: list[list[str]]) -> None:
    """Show these rows at their full height: the page scrolls, not the table."""
    table.setRowCount(len(rows))
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            item = QTableWidgetItem(text)
            side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
            item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(text)
            table.setItem(place, column, item)
    table.setFixedHeight(table.horizontalHeader().sizeHint().height() + table.verticalHeader().length() + 4)
