"""What was learned in one shop is used in another: as it is, and trained further; in lists and beside each other."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.app import Desk
from desktop_app.pages.training import TrainingPage
from desktop_app.widgets.recommendation_table import TITLE
from tests.desktop_app.paging import shown_page
from tests.shop import open_shop, read_before

LEFT = Qt.MouseButton.LeftButton
PATIENCE = 120_000  # milliseconds, on a busy machine


@pytest.fixture
def shops(tmp_path: Path) -> tuple[Path, Path]:
    """Two shops; the data of the first are of another day, and the texts of both were read before."""
    paths = tmp_path / "first.seqlens", tmp_path / "second.seqlens"
    for path in paths:
        with open_shop(path) as workspace:
            read_before(workspace)
            if path == paths[0]:
                with workspace.cursor() as cursor:
                    cursor.execute("UPDATE data_facts SET value = '\"another\"' WHERE name = 'fingerprint'")
    return paths


def _opened(desk: Desk, qtbot: QtBot, path: Path) -> TrainingPage:
    desk.open_workspace(path)
    qtbot.waitUntil(lambda: desk.state.workspace is not None and desk.state.workspace.path == path, timeout=PATIENCE)
    page = shown_page(desk, qtbot, "training")
    assert isinstance(page, TrainingPage)
    qtbot.waitUntil(page.start_button.isEnabled, timeout=PATIENCE)
    qtbot.waitUntil(lambda: page.findChild(QSpinBox, "transformer.epochs") is not None, timeout=PATIENCE)
    return page


def _train(desk: Desk, qtbot: QtBot, page: TrainingPage, name: str) -> None:
    page.form.name.setText(name)
    qtbot.mouseClick(page.start_button, LEFT)
    qtbot.waitUntil(lambda: any(run.name == name and run.status == "done" for run in _runs(desk)), timeout=PATIENCE)
    qtbot.waitUntil(page.start_button.isEnabled, timeout=PATIENCE)


def _runs(desk: Desk) -> list[object]:
    assert desk.state.workspace is not None
    return list(desk.state.workspace.runs.all())


def _listed(desk: Desk, qtbot: QtBot) -> list[str]:
    """The titles of the list of the third user."""
    desk.state.select_user(2)
    page = shown_page(desk, qtbot, "recommendations")
    table = page.findChild(QWidget, "recommendations")
    qtbot.waitUntil(lambda: table.model().rowCount() == 10, timeout=PATIENCE)
    return [table.model().index(row, TITLE).data() for row in range(10)]


def test_trained_in_one_shop_and_used_in_another(
    desk: Desk, qtbot: QtBot, shops: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = shops
    page = _opened(desk, qtbot, first)
    qtbot.mouseClick(page.form.findChild(QWidget, "model.transformer"), LEFT)
    page.form.advanced_switch.click()
    for setting, value in {"width": 16, "epochs": 6, "members": 1}.items():
        page.findChild(QSpinBox, f"transformer.{setting}").setValue(value)
    _train(desk, qtbot, page, "At home")
    learned = _runs(desk)[0].metrics["ndcg@10"]

    # The second shop: its analyst names the first one, and takes the network as it is.
    page = _opened(desk, qtbot, second)
    start = page.form.start_from
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(first), ""))
    qtbot.mouseClick(start.browse, LEFT)
    qtbot.waitUntil(lambda: start.run.count() == 1, timeout=PATIENCE)
    assert start.run.currentText().startswith("At home")
    start.as_it_is.click()
    _train(desk, qtbot, page, "As it is")
    untrained = _listed(desk, qtbot)

    # And trains it further.
    page = _opened(desk, qtbot, second)
    start.as_it_is.click()
    assert not start.zero_shot
    _train(desk, qtbot, page, "Further")
    qtbot.waitUntil(lambda: desk.state.run is not None, timeout=PATIENCE)
    assert len(_listed(desk, qtbot)) == len(untrained) == 10

    # Both stand in the table of trainings, the best first, with what they were tested at.
    page = _opened(desk, qtbot, second)
    runs = {run.name: run for run in _runs(desk)}
    assert set(runs) == {"As it is", "Further"}
    assert runs["As it is"].curve == ()
    assert len(runs["Further"].curve) >= 1
    assert runs["As it is"].settings["start_from"] == runs["Further"].settings["start_from"]
    page.rank_action.trigger()
    rows = page.table.model()
    qtbot.waitUntil(lambda: rows.rowCount() == 2, timeout=PATIENCE)
    best = sorted(runs.values(), key=lambda run: -run.metrics["ndcg@10"])
    first_column = lambda: [str(rows.index(row, 0).data()).removeprefix("✓ ") for row in range(2)]  # noqa: E731
    qtbot.waitUntil(lambda: first_column() == [run.name for run in best], timeout=PATIENCE)
    # Both shops sell the same items in the same order, so that what was learned in the first one holds here.
    chance = 0.19  # of ten places among the 24 items
    assert learned > chance
    assert runs["As it is"].metrics["ndcg@10"] > chance
