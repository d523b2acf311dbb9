"""The table of trainings and their comparison."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.comparing import SideBySide
from core.errors import SeqlensError
from core.evaluation.intervals import Paired
from core.runs import Run
from desktop_app.widgets.overlaid_curves import Curve
from desktop_app.widgets.run_comparison import RunComparison, comparable, flatten
from desktop_app.widgets.run_parts import difference
from desktop_app.widgets.run_user import RunUser
from desktop_app.widgets.runs_table import DURATION, NAME, STATUS, RunsTable, metric_name, protocol_name
from tests.comparisons import comparison, contender

CREATED = "2026-11-24T09:30:00.000+00:00"
FIRST = Run(
    "a", "hybrid 1", "hybrid", CREATED, "done", metrics={"ndcg@10": 0.05, "hit@10": 0.1}, users=9, seconds={"x": 62.0}
)
SECOND = Run("b", "transitions 1", "transitions", CREATED, "done", metrics={"ndcg@10": 0.06}, users=9)
STOPPED = Run("c", "transformer 1", "transformer", CREATED, "stopped")


@pytest.fixture
def table(qtbot: QtBot) -> RunsTable:
    table = RunsTable()
    qtbot.addWidget(table)
    table.resize(900, 200)
    table.show()
    table.show_runs([FIRST, SECOND, STOPPED], "b")
    return table


def _row(table: RunsTable, row: int) -> list[str]:
    return [table.runs.index(row, column).data() for column in range(table.runs.columnCount())]


def test_a_row_says_what_came_out(table: RunsTable) -> None:
    assert _row(table, 0)[: DURATION + 2] == [
        "hybrid 1",
        "Done",
        "0.0500",
        "0.1000",
        "–",
        "–",
        "1 min 02 s",
        "Hybrid",
    ]
    assert _row(table, 2)[STATUS] == "Stopped"
    header = [table.runs.headerData(c, Qt.Orientation.Horizontal) for c in range(STATUS + 1, DURATION)]
    assert header == ["NDCG@10", "Hit rate@10", "MRR@10", "Coverage@10"]


def test_the_run_that_makes_the_lists_has_a_sign_of_its_own(table: RunsTable) -> None:
    assert _row(table, 1)[NAME] == "✓ transitions 1"
    index = table.runs.index(1, NAME)
    assert index.data(Qt.ItemDataRole.FontRole).bold()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "transitions 1, makes the lists"


def test_the_selection_stays_with_its_run_when_runs_are_added(qtbot: QtBot, table: RunsTable) -> None:
    table.selectRow(1)
    assert [run.id for run in table.selected()] == ["b"]
    new = replace(FIRST, id="d", name="hybrid 2")
    with qtbot.waitSignal(table.picked):
        table.show_runs([new, FIRST, SECOND, STOPPED], "b")
    assert [run.id for run in table.selected()] == ["b"]
    table.show_runs([new, FIRST, SECOND, STOPPED], "b", ["d"])
    assert [run.id for run in table.selected()] == ["d"]


def test_several_runs_can_be_selected(table: RunsTable) -> None:
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    table.selectRow(0)
    table.selectionModel().select(table.runs.index(2, 0), flags)
    assert [run.id for run in table.selected()] == ["a", "c"]


def test_a_name_is_edited_in_place(qtbot: QtBot, table: RunsTable) -> None:
    index = table.runs.index(2, NAME)
    table.setCurrentIndex(index)
    table.edit(index)
    with qtbot.waitSignal(table.runs.renamed) as renamed:
        editor = table.indexWidget(index) or table.viewport().focusWidget()
        editor.selectAll()
        qtbot.keyClicks(editor, "The one for Monday")
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert renamed.args == ["c", "The one for Monday"]


def test_a_name_can_be_typed_while_runs_come_in(qtbot: QtBot, table: RunsTable) -> None:
    index = table.runs.index(2, NAME)
    table.edit(index)
    editor = table.indexWidget(index) or table.viewport().focusWidget()
    editor.selectAll()
    qtbot.keyClicks(editor, "Mon")
    table.show_runs([replace(FIRST, id="d"), FIRST, SECOND, STOPPED], "b")
    with qtbot.waitSignal(table.runs.renamed) as renamed:
        qtbot.keyClicks(editor, "day")
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert renamed.args == ["c", "Monday"]
    qtbot.waitUntil(lambda: table.runs.rowCount() == 4)


@pytest.mark.parametrize("name", ["", "   ", "transformer 1"])
def test_an_empty_or_unchanged_name_changes_nothing(qtbot: QtBot, table: RunsTable, name: str) -> None:
    with qtbot.assertNotEmitted(table.runs.renamed):
        assert not table.runs.setData(table.runs.index(2, NAME), name)


def test_metrics_have_the_words_of_the_field() -> None:
    assert [metric_name(name) for name in ("ndcg@10", "f1@5", "hit@20")] == ["NDCG@10", "F1@5", "Hit rate@20"]


def _lines(dialog: RunComparison) -> dict[str, list[str]]:
    table = dialog.table

    def text(row: int, column: int) -> str:
        item = table.item(row, column)
        return "" if item is None else item.text()

    return {
        text(row, 0): [text(row, column) for column in range(1, table.columnCount())] for row in range(table.rowCount())
    }


def test_a_comparison_tells_differences_and_the_best(qtbot: QtBot) -> None:
    second = replace(SECOND, settings={"seed": 1, "options": {"transformer": {"width": 32}}})
    first = replace(FIRST, settings={"seed": 0, "options": {}, "k": 10})
    dialog = RunComparison([first, second])
    qtbot.addWidget(dialog)
    lines = _lines(dialog)
    assert lines["NDCG@10"] == ["0.0500", "● 0.0600", "+0.0100 (+20.0 %)"]
    assert lines["Hit rate@10"] == ["0.1000", "–", ""]
    assert lines["Seed"][:2] == ["0", "1"]
    assert lines["Sequence model: Width"][:2] == ["–", "32"]
    assert dialog.table.horizontalHeaderItem(2).text() == "transitions 1"
    assert "Differences are to the first run" in dialog.findChild(QLabel, "comparison_note").text()


def test_no_figure_of_many_runs_is_cut_off(qtbot: QtBot) -> None:
    dialog = RunComparison([FIRST, SECOND, STOPPED, FIRST, SECOND, FIRST])
    qtbot.addWidget(dialog)
    dialog.show()
    table = dialog.table
    columns = range(1, table.columnCount())
    assert [column for column in columns if table.columnWidth(column) < table.sizeHintForColumn(column)] == []


def test_equal_figures_have_no_best(qtbot: QtBot) -> None:
    dialog = RunComparison([FIRST, replace(FIRST, id="z")])
    qtbot.addWidget(dialog)
    assert _lines(dialog)["NDCG@10"] == ["0.0500", "0.0500", "0.0000"]


@pytest.mark.parametrize("change", [{"protocol": "time"}, {"hide_seen": False}, {"k": 5}, {"fingerprint": "x"}])
def test_runs_measured_in_another_way_are_not_comparable(qtbot: QtBot, change: dict[str, object]) -> None:
    other = replace(SECOND, **change)  # type: ignore[arg-type]
    assert comparable([FIRST, SECOND])
    assert not comparable([FIRST, other])
    dialog = RunComparison([FIRST, other])
    qtbot.addWidget(dialog)
    assert "cannot be set against each other" in dialog.findChild(QLabel, "comparison_note").text()


def test_how_sure_a_difference_is_comes_later(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = RunComparison([FIRST, replace(SECOND, users=FIRST.users)])
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.measurable
    assert _lines(dialog)["NDCG@10, 95 % interval"] == ["…", "…", "…"]
    assert not dialog.report_action.isEnabled()
    gains = np.random.default_rng(0).random(200)
    both = [contender(FIRST.id, gains), contender(SECOND.id, gains + 0.1)]
    found = comparison(both, against=FIRST.id)
    dialog.show_measured(found)
    lines = _lines(dialog)
    assert lines["NDCG@10, 95 % interval"][2] == "+0.1000 … +0.1000"
    assert lines["Users served better / worse"] == ["", "", "200 / 0"]
    assert lines["NDCG@10, 95 % interval"][0] == "{:.4f} … {:.4f}".format(*both[0].intervals["ndcg@10"])
    button = dialog.findChild(QPushButton, "comparison.report.button")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    chooser = dialog.findChild(QFileDialog, "report_file")
    with qtbot.waitSignal(dialog.report_wanted) as wanted:
        chooser.fileSelected.emit(str(tmp_path / "r.html"))
    assert wanted.args == [found, str(tmp_path / "r.html")]
    chooser.filterSelected.emit(chooser.nameFilters()[1])
    assert chooser.defaultSuffix() == "pdf"
    dialog.show_saved("r.html")
    assert "r.html" in dialog.findChild(QLabel, "comparison_note").text()


def test_what_cannot_be_measured_is_said(qtbot: QtBot) -> None:
    dialog = RunComparison([FIRST, replace(SECOND, users=FIRST.users)])
    qtbot.addWidget(dialog)
    dialog.show_problem(SeqlensError("The data changed."))
    assert _lines(dialog)["NDCG@10, 95 % interval"] == ["–", "–", "–"]
    assert dialog.findChild(QLabel, "comparison_note").text() == "The data changed."
    assert not dialog.report_action.isEnabled()
    stopped = RunComparison([FIRST, STOPPED])
    qtbot.addWidget(stopped)
    assert not stopped.measurable
    assert "NDCG@10, 95 % interval" not in _lines(stopped)


def test_every_split_has_a_name() -> None:
    named = [
        protocol_name(replace(FIRST, protocol=protocol, parts=parts))
        for protocol, parts in (("leave-last-n", {"last": 3}), ("users", {"folds": 5, "fold": 0}))
    ]
    assert named == ["Leave the last 3 out", "Users, part 1 of 5"]


def test_settings_are_flattened() -> None:
    assert flatten({"a": {"b": {"c": True}}, "d": "x", "e": None}) == {"a.b.c": "true", "d": "x", "e": "null"}


def test_the_best_comes_first_where_that_is_asked_for(table: RunsTable) -> None:
    table.selectRow(0)
    table.rank("ndcg")
    assert [_row(table, row)[NAME] for row in range(3)] == ["✓ transitions 1", "hybrid 1", "transformer 1"]
    assert [run.id for run in table.selected()] == ["a"]
    sure = {"ndcg@10": (0.04, 0.064), "hit@10": (0.08, 0.1)}
    table.show_runs([replace(FIRST, intervals=sure), SECOND, STOPPED], "b")
    assert _row(table, 1)[STATUS + 1] == "0.0500 ± 0.0120"
    assert _row(table, 1)[STATUS + 2] == "0.1000 ± 0.0100"
    assert "±" not in _row(table, 0)[STATUS + 1]
    wide = table.fontMetrics().horizontalAdvance("0.0500 ± 0.0120")
    assert table.fontMetrics().horizontalAdvance("0.0500") + 20 < table.sizeHintForColumn(STATUS + 1) < wide + 12
    table.grab()  # which writes the figures
    assert "0.0400 … 0.0640" in table.runs.index(1, STATUS + 1).data(Qt.ItemDataRole.ToolTipRole)
    table.rank("")
    assert _row(table, 0)[NAME] == "hybrid 1"


def test_a_click_on_a_figure_sorts_by_it(table: RunsTable, qtbot: QtBot) -> None:
    first = replace(FIRST, metrics=FIRST.metrics | {"hit@10": 0.99})
    table.show_runs([SECOND, STOPPED, first], "b")
    header, column = table.horizontalHeader(), STATUS + 2
    at = QPoint(header.sectionViewportPosition(column) + 5, header.height() // 2)
    for name, title in ((FIRST.name, "Hit rate@10 ▾"), (SECOND.name, "Hit rate@10")):
        with qtbot.waitSignal(table.ranked):
            qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert name in _row(table, 0)[NAME]
        assert table.runs.headerData(column, Qt.Orientation.Horizontal) == title


def test_parts_of_the_test_stand_side_by_side(qtbot: QtBot) -> None:
    dialog = RunComparison([FIRST, SECOND])
    qtbot.addWidget(dialog)
    gains = np.random.default_rng(0).random(200)
    found = comparison([contender(FIRST.id, gains), contender(SECOND.id, gains + 0.1)], against=FIRST.id)
    dialog.show_measured(found)
    parts = dialog.parts
    told = [
        [cell.text() if (cell := parts.item(row, column)) else "" for column in range(5)]
        for row in range(parts.rowCount())
    ]
    names = [line[0] for line in told]
    assert [name for name in names if name.startswith("By ")]
    first = {each.run: each for each in found.contenders}[FIRST.id].slices[0]
    low, high = first.intervals["ndcg@10"]
    line = next(line for line in told if line[1] == str(first.cases))
    assert line[2].endswith(f"{first.metrics['ndcg@10']:.4f} ± {(high - low) / 2:.4f}")
    assert line[4] == "▲ +0.1000  (+0.1000 … +0.1000)"
    head = parts.horizontalHeaderItem(4)
    assert head is not None
    assert head.text() == "Difference"
    assert "about one does so by chance" in head.toolTip()
    assert difference(Paired(-0.01, -0.03, 0.01, 3, 5, 2)) == "−0.0100  (−0.0300 … +0.0100)"
    assert difference(Paired(-0.02, -0.03, -0.01, 3, 9, 2)).startswith("▼ −0.0200")


def test_curves_of_a_sum_come_in_pieces() -> None:
    curve = Curve.of("sum", [(1, 0.5), (2, 0.4), (1, 0.6), (2, float("nan")), (3, 0.3)])
    assert curve.pieces == (((1, 0.5), (2, 0.4)), ((1, 0.6), (3, 0.3)))
    assert Curve.of("none", []).pieces == ()


def test_what_changes_for_a_user_is_told(qtbot: QtBot) -> None:
    panel = RunUser(("old", "new"))
    qtbot.addWidget(panel)
    ranks = np.array([[1, 1], [2, 3], [3, 9], [7, 2], [0, 4]])
    panel.show_user("ann", SideBySide(0, np.arange(5, dtype=np.int32), ranks, 4, 2), list("abcde"))
    told = [[panel.table.item(row, column).text() for column in range(4)] for row in range(5)]
    assert told == [
        ["a", "1", "1", "= stays"],
        ["b", "2", "3", "▼ 1"],
        ["c", "3", "(9)", "− drops out"],
        ["d", "(7)", "2", "+ comes in"],
        ["e", "–", "4", "+ comes in"],
    ]
    assert panel.note.text().startswith("2 of 4 items are in both lists; of these 0 rise and 1 fall")
