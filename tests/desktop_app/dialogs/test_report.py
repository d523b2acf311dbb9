"""Reports from the menu: one file with everything in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from core import listing, workflow
from core.evaluation.sheet import Part, Sheet, html
from core.fitting import TrainSettings
from core.progress import Progress
from desktop_app.app import Desk
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


def test_page_user_and_run_become_reports(
    desk: Desk, qtbot: QtBot, trained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, written = desk.window, trained.parent
    named = window.actions_by_name
    assert not named["report-page"].isEnabled()
    desk.open_workspace(trained)
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=SOON)
    desk.state.select_user(-1)
    window.show_page("training")
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
    user = save("user", "user.html", "").read_text("utf-8")
    workspace = desk.state.workspace
    assert workspace is not None
    assert "User user 07" in user
    assert workspace.fingerprint.strip('"') in user
    made = listing.recommend(workspace, 7, Progress())
    titles = workspace.catalogue().titles
    places = [user.index(f"<td>{titles[int(item)].as_py()}</td>") for item in made.items[:3]]
    assert places == sorted(places)
    run = save("run", "run.html", "").read_text("utf-8")
    low, high = workspace.runs.all()[0].intervals["ndcg@10"]
    assert f"{low:.4f} … {high:.4f}" in run
    assert "<td>protocol</td>" in run
    pdf = save("user", "user", "PDF (*.pdf)").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert b"/Image" in pdf
