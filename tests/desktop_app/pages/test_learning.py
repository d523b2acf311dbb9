"""Learning from thumbs on the recommendations page: the weights shift, are shown, go back, and no run changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core import listing, workflow
from core.fitting import TrainSettings
from core.listing import ListRequest
from core.progress import Progress
from core.workspace import Workspace
from desktop_app import translation
from desktop_app.background import Background
from desktop_app.pages.recommendations import RecommendationsPage
from desktop_app.state import AppState
from desktop_app.widgets.recommendation_table import SAID
from tests.shop import open_shop

SOON = 20_000
WEIGHTS = {"popularity": 0.2, "transitions": 0.5, "ease": 0.3, "trend": 0.0}  # one that the training found useless
OPTIONS: dict[str, dict[str, object]] = {"hybrid": {"components": list(WEIGHTS), "weights": WEIGHTS}}


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shop") / "w.seqlens"
    with open_shop(path) as workspace:
        workflow.train(workspace, TrainSettings(model="hybrid", options=OPTIONS, hide_seen=False), Progress())
        workflow.train(workspace, TrainSettings(model="popularity", hide_seen=False), Progress())
        runs = {run.model: run.id for run in workspace.runs.all()}
        workspace.set_active_run(runs["hybrid"])
    return path


@pytest.fixture
def page(qtbot: QtBot, trained: Path, tmp_path: Path) -> Iterator[RecommendationsPage]:
    translation.choose("en")
    path = tmp_path / "w.seqlens"
    path.write_bytes(trained.read_bytes())
    with Workspace.open(path) as workspace:
        background, state = Background(), AppState()
        page = RecommendationsPage(state, background)
        state.setParent(page)
        qtbot.addWidget(page)
        page.resize(1200, 740)
        page.show()
        state.open(workspace, user=0)
        qtbot.waitUntil(lambda: len(page.table.list.rows) == 10, timeout=SOON)
        yield page
        qtbot.wait(50)
        background.close()


def workspace_of(page: RecommendationsPage) -> Workspace:
    workspace = page._state.workspace
    assert workspace is not None
    return workspace


def press(qtbot: QtBot, page: RecommendationsPage, row: int, sign: str) -> None:
    listed = page._listed
    cell = page.table.visualRect(page.table.list.index(row, SAID))
    place = page.table.thumbs.place(cell, sign).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: page._listed is not listed, timeout=SOON)


def switch(qtbot: QtBot, page: RecommendationsPage) -> None:
    """Switch the learning on or off, and wait for the list that follows: or a thumb would seem to have made it."""
    listed = page._listed
    page.learning.action.trigger()
    qtbot.waitUntil(lambda: page._listed is not listed, timeout=SOON)


def weights(page: RecommendationsPage) -> dict[str, float]:
    assert page._listed is not None
    return dict(page._listed.choice.weights)


def test_thumbs_shift_the_weights_of_the_list_and_the_run_stays(qtbot: QtBot, page: RecommendationsPage) -> None:
    assert page.learning.bar.isVisible()
    switch(qtbot, page)
    assert "as trained" in page.learning.words.text()
    assert weights(page) == {}
    press(qtbot, page, 0, "up")
    assert set(weights(page)) == set(WEIGHTS)
    assert weights(page) != pytest.approx(WEIGHTS)
    assert page.learning.words.text().startswith("Weights after 1 thumb: Popularity")
    press(qtbot, page, 1, "down")
    assert page.learning.words.text().startswith("Weights after 2 thumbs")
    listed = page._listed
    assert listed is not None
    request = ListRequest(k=10, hide_seen=False, weights=weights(page))
    made = listing.recommend(workspace_of(page), 0, Progress(), request)
    assert [row.code for row in listed.rows] == made.items.tolist()
    assert np.allclose(
        [row.base + sum(row.shares) for row in listed.rows], [row.score for row in listed.rows], atol=1e-4
    )
    run = workspace_of(page).active_run()
    assert run is not None
    assert run.weights == pytest.approx(WEIGHTS)
    plain = listing.recommend(workspace_of(page), 0, Progress(), ListRequest(k=10, hide_seen=False))
    assert plain.scores.tolist() != made.scores.tolist()


def test_the_breakdown_has_the_weights_of_the_list(qtbot: QtBot, page: RecommendationsPage) -> None:
    switch(qtbot, page)
    press(qtbot, page, 0, "up")
    page.table.selectRow(2)
    why = page.why
    qtbot.waitUntil(lambda: why.wanted is not None and dict(why.wanted.weights) == weights(page), timeout=SOON)
    row = page.table.list.rows[2]
    found = listing.explanation(
        workspace_of(page), 0, np.array([row.code], np.int32), Progress(), ListRequest(weights=weights(page))
    ).next(Progress())
    assert found is not None
    assert float(found.scores[0]) == pytest.approx(row.score, abs=1e-4)


def test_what_was_learned_can_be_taken_back_and_forgotten(qtbot: QtBot, page: RecommendationsPage) -> None:
    switch(qtbot, page)
    press(qtbot, page, 0, "up")
    press(qtbot, page, 1, "up")
    two = weights(page)
    listed = page._listed
    page.feedback.undo_action.trigger()
    qtbot.waitUntil(lambda: page._listed is not listed, timeout=SOON)
    assert weights(page) not in ({}, two)
    listed = page._listed
    page.learning.reset_action.trigger()
    qtbot.waitUntil(lambda: page._listed is not listed, timeout=SOON)
    assert weights(page) == {}
    assert not page.learning.reset_action.isEnabled()
    press(qtbot, page, 2, "up")
    switch(qtbot, page)  # off: the list is that of the trained weights
    assert weights(page) == {}
    assert page.learning.words.text() == ""


def test_it_is_of_one_user_and_of_a_hybrids_serving_fit_alone(qtbot: QtBot, page: RecommendationsPage) -> None:
    switch(qtbot, page)
    press(qtbot, page, 0, "up")
    mine = weights(page)
    page._state.select_user(1)
    qtbot.waitUntil(lambda: page._listed is not None and page._listed.choice.user == 1, timeout=SOON)
    assert weights(page) == {}
    page._state.select_user(0)
    qtbot.waitUntil(lambda: page._listed is not None and page._listed.choice.user == 0, timeout=SOON)
    assert weights(page) == mine
    page.choices.fit.setCurrentIndex(1)
    page.choices.fit.activated.emit(1)
    qtbot.waitUntil(lambda: page._listed is not None and page._listed.choice.fit == "evaluation", timeout=SOON)
    assert not page.learning.bar.isVisible()
    assert weights(page) == {}
    runs = {run.model: run.id for run in workspace_of(page).runs.all()}
    workspace_of(page).set_active_run(runs["popularity"])
    page.choices.fit.setCurrentIndex(0)
    page._state.run_changed.emit(runs["popularity"])
    qtbot.waitUntil(lambda: page._listed is not None and page._listed.choice.run == runs["popularity"], timeout=SOON)
    assert not page.learning.bar.isVisible()
