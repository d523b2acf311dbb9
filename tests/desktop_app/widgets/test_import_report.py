"""The report of an import on the screen."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel, QTableView
from pytestqt.qtbot import QtBot

from core.data.report import FileReport, ImportReport, Note, Rejection
from desktop_app.widgets import readable
from desktop_app.widgets.import_report import ImportReportView

REPORT = ImportReport(
    files=(
        FileReport(
            *("/data/购物.csv", "events", "csv", "gb18030", 100, "00", {"a": "user"}),
            read=12_345,
            kept=12_000,
            rejected={"missing_user": 340, "malformed_row": 5},
            notes=(Note("Column {column} appears twice", {"column": "a"}),),
        ),
    ),
    users=10,
    items=20,
    events=12_000,
    new_users=10,
    new_items=20,
    new_events=12_000,
    behaviours=("view",),
    negative=(),
    timed=True,
    filled={"price": 7},
    time_format="iso",
    settings={},
    rejections=tuple(
        Rejection("/data/购物.csv", "missing_user", record, record + 1, "a", None, "The user id is missing")
        for record in range(1, 341)
    ),
)


def test_every_number_of_the_report_is_there(qtbot: QtBot) -> None:
    view = ImportReportView()
    qtbot.addWidget(view)
    view.show_report(REPORT)
    words = [label.text() for label in view.findChildren(QLabel)]
    figures = {name: view.findChild(QLabel, f"report.{name}").text() for name in ("read", "kept", "rejected")}
    assert figures == {"read": readable.count(12_345), "kept": readable.count(12_000), "rejected": "345"}
    for text in ("340", "The user id is missing", "5", "The row cannot be read", "7", "Column a appears twice"):
        assert text in words
    table = view.findChild(QTableView, "rejections").model()
    assert table.rowCount() == 340
    row = [table.index(0, column).data() for column in range(6)]
    assert row == ["购物.csv", "2", "1", "a", "–", "The user id is missing"]


def test_another_report_takes_the_place_of_the_first(qtbot: QtBot) -> None:
    view = ImportReportView()
    qtbot.addWidget(view)
    view.show_report(REPORT)
    view.show_report(replace(REPORT, rejections=()))
    qtbot.waitUntil(lambda: len(view.findChildren(QLabel, "report.read")) == 1)
    assert view.findChild(QTableView, "rejections") is None
