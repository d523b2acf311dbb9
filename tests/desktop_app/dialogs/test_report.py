"""Reports from the menu: one file with everything in it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QCoreApplication, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from core import listing, workflow
from core.errors import SeqlensError
from core.evaluation import plots
from core.evaluation.report import Chart
from core.evaluation.sheet import Part, Sheet, html
from core.fitting import TrainSettings
from core.progress import Progress
from core.sequences.annotations import KIND, Annotation
from core.workspace import Workspace
from desktop_app import translation
from desktop_app.app import Desk
from desktop_app.dialogs import report
from desktop_app.dialogs.report_work import asked, run_sheet, write_comparison
from desktop_app.pages.recommendations import RecommendationsPage
from desktop_app.pages.training import TrainingPage
from desktop_app.turns import BUDGET
from desktop_app.widgets.chart_picture import draw
from desktop_app.widgets.figure_table import FigureTable, Table
from desktop_app.widgets.report_parts import page_parts, whole
from desktop_app.widgets.run_comparison import flatten
from tests.comparisons import comparison, contender
from tests.desktop_app.paging import shown_page
from tests.desktop_app.test_turns import work
from tests.shop import open_shop

SOON = 60_000


@pytest.fixture
def trained(tmp_path: Path) -> Path:
    path = tmp_path / "shop.seqlens"
    with open_shop(path) as workspace:
        workflow.train(workspace, TrainSettings(model="transitions", name="<b>mine"), Progress())
    return path


def test_a_sheet_escapes_what_comes_from_the_data() -> None:
    text = html(Sheet("<script>", "&", (Part("<i>", b"\x89PNG", 10, ("<a>",), (("<td>",),), note="<u>"),)))
    assert not re.findall(r"<script>|<i>|<a>|<u>", text)
    assert "&lt;script&gt;" in text
    assert "data:image/png;base64,iVBORw==" in text
    assert "http" not in text.replace("http-equiv", "")


def test_a_report_is_of_the_page_that_was_asked_for(
    desk: Desk, qtbot: QtBot, trained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may not be whole yet, while the one before is still in view."""
    desk.open_workspace(trained)
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=SOON)
    shown_page(desk, qtbot, "data")
    reported: list[tuple[str, QWidget | None]] = []
    monkeypatch.setattr(report, "save", lambda _kind, page, *_: reported.append(page))
    desk.window.show_page("training")
    desk.window.actions_by_name["report-page"].trigger()
    assert "training" not in desk.window.stack.made
    qtbot.waitUntil(lambda: bool(reported), timeout=SOON)
    assert reported == [("Training", desk.window.stack.made["training"])]


def test_what_is_saved_meanwhile_in_another_file_takes_no_reports_place(
    desk: Desk, qtbot: QtBot, trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open_workspace(trained)
    shown_page(desk, qtbot, "data")
    qtbot.waitUntil(lambda: not desk.background.asking, timeout=SOON)
    names = [tmp_path / "first.html", tmp_path / "second.html"]
    chosen = iter(names)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(next(chosen)), "HTML (*.html)"))
    go_on = threading.Event()
    for lane in range(2):  # which keep the reports waiting
        desk.background.ask(f"lane {lane}", lambda **_: go_on.wait(20))
    for _ in names:
        desk.window.actions_by_name["report-page"].trigger()
    go_on.set()
    qtbot.waitUntil(lambda: not desk.background.asking, timeout=SOON)
    assert all(name.is_file() for name in names)


@pytest.mark.parametrize("fails", [False, True])
def test_what_became_of_a_report_is_told_in_another_language(
    desk: Desk, qtbot: QtBot, trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    desk.open_workspace(trained)
    page = shown_page(desk, qtbot, "data")
    path = tmp_path / ("nowhere" if fails else "") / "report.html"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), "HTML (*.html)"))
    go_on, write = threading.Event(), report.work.write

    def slow(*asked: Any) -> None:
        assert go_on.wait(20)
        write(*asked)

    monkeypatch.setattr(report.work, "write", lambda *asked, progress: slow(*asked, progress))
    desk.window.actions_by_name["report-page"].trigger()
    desk.choose_language("zh_CN")
    qtbot.waitUntil(lambda: not isValid(page), timeout=SOON)
    go_on.set()
    if fails:
        qtbot.waitUntil(lambda: desk.window.findChild(QMessageBox, "error") is not None, timeout=SOON)
        assert "report.html" in desk.window.findChild(QMessageBox, "error").text()
    else:
        qtbot.waitUntil(lambda: "report.html" in desk.window.statusBar().currentMessage(), timeout=SOON)


def test_page_user_and_run_become_reports(
    desk: Desk, qtbot: QtBot, trained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, written = desk.window, trained.parent
    named = window.actions_by_name
    assert not named["report-page"].isEnabled()
    desk.open_workspace(trained)
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=SOON)
    desk.state.select_user(-1)
    shown_page(desk, qtbot, "training")
    qtbot.waitUntil(lambda: not desk.background.asking, timeout=SOON)

    def save(kind: str, name: str, format_: str) -> Path:
        path = written / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), format_))
        named[f"report-{kind}"].trigger()
        whole = path if path.suffix else path.with_suffix(".pdf")
        qtbot.waitUntil(lambda: whole.exists(), timeout=SOON)
        return whole

    page = save("page", "page.html", "").read_text("utf-8")
    assert "<h1>Training</h1>" in page
    assert "&lt;b&gt;mine" in page
    assert "data:image/png;base64," in page
    named["report-user"].trigger()
    assert "Choose a user first" in window.statusBar().currentMessage()
    desk.state.select_user(7)
    opened = desk.state.workspace
    assert opened is not None
    events = opened.user_events(7)
    assert "<h2>Notes</h2>" not in save("user", "bare.html", "").read_text("utf-8")
    noted = [
        Annotation.on_event(events, 2, "Came <back>"),
        Annotation(events.user_id, int(events.time[0]) + 1, "", "", "nothing happens"),
    ]
    for one in noted:
        opened.saved.put(KIND, one.name, one.body())
    user = save("user", "user.html", "").read_text("utf-8")
    workspace = opened
    told = user[user.index("<h2>Notes</h2>") :]
    assert f"<td>{events.label(2)}</td>" in told
    assert "<td>Came &lt;back&gt;</td>" in told
    assert told.index("nothing happens") < told.index("Came &lt;back&gt;")  # in the order of their times
    assert "User user 07" in user
    assert workspace.fingerprint.strip('"') in user
    made = listing.recommend(workspace, 7, Progress())
    titles = workspace.catalogue().titles
    places = [user.index(f"<td>{titles[int(item)].as_py()}</td>") for item in made.items[:3]]
    assert places == sorted(places)
    last = made.items[-1:]
    found = listing.explanation(workspace, 7, last, Progress()).next(Progress())
    assert found is not None
    why = user[user.index(f"<h2>Why “{titles[int(last[0])].as_py()}”</h2>") :]
    assert "gave" in why
    largest = int(np.abs(found.event_shares[0]).argmax())
    given = f"{found.event_shares[0, largest]:+.3f}".replace("-", "−")
    assert re.search(
        rf"<tr><td>[^<]*{re.escape(events.label(largest))}</td><td>[^<]+</td><td[^>]*>{re.escape(given)}</td>", why
    )
    run = save("run", "run.html", "").read_text("utf-8")
    low, high = workspace.runs.all()[0].intervals["ndcg@10"]
    assert f"{low:.4f} … {high:.4f}" in run
    assert "<tr><td>Items already seen</td><td>As the data suggest</td></tr>" in run
    assert "<td>hide_seen</td>" not in run
    assert "data:image/png;base64," in run
    pdf = save("user", "user", "PDF (*.pdf)").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert b"/Image" in pdf


def test_the_training_that_is_selected_is_reported(
    desk: Desk, qtbot: QtBot, trained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Workspace.open(trained) as workspace:
        first = workspace.runs.all()[0]
        second = workflow.train(workspace, TrainSettings(model="popularity", name="second"), Progress())
        workspace.use_run(second.id)
    desk.open_workspace(trained)
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=SOON)
    page = shown_page(desk, qtbot, "training")
    assert isinstance(page, TrainingPage)
    qtbot.waitUntil(lambda: page.table.model().rowCount() == 2, timeout=SOON)
    assert desk.state.run == second.id

    def saved(name: str) -> str:
        path = trained.parent / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        desk.window.actions_by_name["report-run"].trigger()
        qtbot.waitUntil(path.exists, timeout=SOON)
        return path.read_text("utf-8")

    page.table.clearSelection()
    assert f"<td>{second.id}</td>" in saved("active.html")
    runs = [page.table.runs.run(row).id for row in range(2)]
    page.table.selectRow(runs.index(first.id))
    assert [run.id for run in page.table.selected()] == [first.id]
    text = saved("selected.html")
    assert f"<td>{first.id}</td>" in text
    assert f"<td>{second.id}</td>" not in text
    page.table.selectAll()
    assert f"<td>{second.id}</td>" in saved("several.html")
    shown_page(desk, qtbot, "map")
    assert f"<td>{second.id}</td>" in saved("elsewhere.html")


def test_the_page_of_lists_says_what_made_the_list_and_why(desk: Desk, qtbot: QtBot, trained: Path) -> None:
    desk.open_workspace(trained)
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=SOON)
    page = shown_page(desk, qtbot, "recommendations")
    assert isinstance(page, RecommendationsPage)
    desk.state.select_user(7)
    qtbot.waitUntil(lambda: bool(page.breakdown.why.lines) and bool(page.breakdown.sentence.text()), timeout=SOON)
    parts = {part.heading: part for part in whole(page_parts(page))}
    facts = dict(parts["What the list is made by"].rows)
    assert (facts["Length of the list"], facts["Category"], facts["Fit"]) == ("10", "All categories", "Serving fit")
    assert facts["Policy"] == "none"
    assert "“<b>mine”" in parts["What the list is made by"].note
    why = parts[f"Why “{page.breakdown.title.text()}”"]
    assert why.note == page.breakdown.sentence.text()
    assert dict(why.rows) == page.breakdown.components.figures
    said = [text for part in parts.values() for row in part.rows for text in row]
    told = [line for line in page.breakdown.why.lines if "  " not in line]
    assert told
    assert set(told) <= set(said)
    similar = parts["Most similar past items"]
    assert similar.columns[1] == "Taken together"
    assert "  ".join(similar.rows[0]) in page.breakdown.why.lines

    page.choices.k.setValue(5)
    page.purposes.action.setChecked(True)
    page.purposes.panel.sliders["diversity"].setValue(40)
    page.purposes.panel.pin("i3")
    facts = dict(next(part for part in whole(page_parts(page)) if part.heading == "What the list is made by").rows)
    assert facts["Length of the list"] == "5"
    assert (facts["Policy: diversity"], facts["Policy: pinned"]) == ("0.40", "i3")
    assert "Policy: novelty" not in facts
    qtbot.waitUntil(lambda: not desk.background.asking, timeout=SOON)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_settings_of_a_run_are_called_what_the_page_calls_them(
    tmp_path: Path, qapp: QApplication, language: str
) -> None:
    assert qapp is not None
    options: dict[str, dict[str, object]] = {"bilinear": {"epochs": 2}}
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        run = workflow.train(workspace, TrainSettings(model="bilinear", options=options, seed=4), Progress())
        translation.choose(language)
        try:
            sheet = run_sheet(workspace, run.id, Progress())
            heading = QCoreApplication.translate("report", "Settings")
        finally:
            translation.choose("en")
    rows = dict(next(part for part in sheet.parts if part.heading == heading).rows)
    names = {
        "en": ("Seed", "Items already seen", "As the data suggest", "Bilinear: Epochs"),
        "zh_CN": ("随机种子", "已看过的物品", "根据数据决定", "双线性模型：轮数"),
    }[language]
    assert rows[names[0]] == "4"
    assert rows[names[1]] == names[2]
    assert rows[names[3]] == "2"
    keys = set(flatten(run.settings))
    assert not keys & set(rows)  # none stands there raw
    assert not any("." in name for name in rows)
    assert "Part to test" not in rows  # what another split asks for
    assert "测试的那一份" not in rows


def test_only_the_chosen_split_tells_its_settings_and_newer_ones_stand_raw(qapp: QApplication) -> None:
    assert qapp is not None
    settings = replace(TrainSettings(), protocol="users", fold=1, folds=4)
    rows = dict(asked(asdict(settings) | {"later": {"thing": [1]}}))
    assert (rows["Parts of the users"], rows["Part to test"]) == ("4", "2")
    assert "Events of each user" not in rows
    assert rows["later.thing"] == "[1]"
    assert dict(asked(asdict(replace(settings, protocol="leave-last-n"))))["Events of each user"] == "3"


def test_rows_of_a_matrix_are_named_and_columns_stand_as_on_the_page(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    table = FigureTable("What follows", page)
    table.show_table(Table(("view", "cart"), [["1", "2"], ["3", "4"]], ("view", "cart")))
    table.columns.move(1, -1)
    page.show()
    part = next(part for part in whole(page_parts(page)) if part.heading == "What follows")
    assert part.columns == ("", "cart", "view")
    assert part.rows == (("view", "2", "1"), ("cart", "4", "3"))
    assert part.figures == {1, 2}


@pytest.mark.usefixtures("qapp")
def test_a_comparison_becomes_a_pdf_or_a_page(tmp_path: Path) -> None:
    found = comparison()
    write_comparison(found, "zh_CN", tmp_path / "r.pdf")
    pdf = (tmp_path / "r.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert pdf.count(b"/Subtype /Image") >= 4
    write_comparison(found, "en", tmp_path / "r.html")
    assert "<svg" in (tmp_path / "r.html").read_text("utf-8")
    with pytest.raises(SeqlensError, match="cannot be written"):
        write_comparison(found, "en", tmp_path / "none" / "r.pdf")


@pytest.mark.usefixtures("qapp")
def test_settings_in_a_comparison_are_called_what_the_page_calls_them(tmp_path: Path) -> None:
    gains = np.random.default_rng(0).random(20)
    asked_for = [asdict(replace(TrainSettings(), options={"bilinear": {"epochs": epochs}})) for epochs in (2, 3)]
    found = comparison([contender(f"run {place}", gains, settings=each) for place, each in enumerate(asked_for)])
    for language, common, own in (
        ("en", "Items already seen", "Bilinear: Epochs"),
        ("zh_CN", "已看过的物品", "双线性模型：轮数"),
    ):
        translation.choose(language)
        try:
            write_comparison(found, language, tmp_path / "r.html")
        finally:
            translation.choose("en")
        text = (tmp_path / "r.html").read_text("utf-8")
        assert f">{common}</th>" in text
        assert text.count(own) == 2
        assert not re.findall(r"hide_seen|options\.|leave_core", text)


@pytest.mark.usefixtures("qapp")
def test_charts_are_drawn_two_by_two_in_their_colours() -> None:
    lines = [plots.Line(place, f"run {place}", ((1, 0.1), (2, 0.2 + place))) for place in range(2)]
    charts = [Chart(f"chart {place}", plots.lines(lines, "", "k")) for place in range(3)]
    legend = [(plots.key(place), f"run {place}") for place in range(2)]
    rows = draw("Heading", charts, legend)
    pictures = [QImage.fromData(QByteArray(picture)) for picture, _ in rows]
    assert len(pictures) == 2
    assert all(picture.width() == 2 * width for picture, (_, width) in zip(pictures, rows, strict=True))
    for picture in pictures:
        pixels = np.frombuffer(picture.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint32) & 0xFFFFFF
        wanted = [int(plots.PRINTED[name][1:], 16) for name in ("s0", "s1", "panel")]
        assert np.isin(wanted, pixels).all()


def test_the_parts_of_a_page_are_made_one_by_one(qtbot: QtBot) -> None:
    page, beat = QWidget(), [0]
    qtbot.addWidget(page)
    heart = QTimer(page, interval=0)
    heart.timeout.connect(lambda: beat.append(beat[-1] + 1))
    heart.start()
    made: list[int] = []
    found: list[tuple[Part, ...]] = []

    def parts() -> Iterator[Part]:
        for heading in "abc":
            work(1.2 * BUDGET)
            made.append(beat[-1])
            yield Part(heading)

    report._gather(page, parts(), [], found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=5000)
    assert [part.heading for part in found[0]] == ["a", "b", "c"]
    assert len(set(made)) == 3
