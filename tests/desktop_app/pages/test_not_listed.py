"""An analyst asks why an item is not in the list of recommendations. Real clicks and keys, a trained model."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core import listing, workflow
from core.fitting import TrainSettings
from core.listing import ListRequest
from core.progress import Progress
from core.runs import Run
from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.dialogs.not_listed import NotListed
from desktop_app.pages.recommendations import RecommendationsPage
from desktop_app.state import AppState
from desktop_app.widgets.commands import of_page
from desktop_app.widgets.recommendation_table import TITLE
from tests.desktop_app.menus import open_menu
from tests.shop import ITEMS, USERS, open_shop

SOON = 30_000
USER = 7


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Run]]:
    with open_shop(tmp_path_factory.mktemp("shop") / "shop.seqlens") as workspace:
        yield workspace, workflow.train(workspace, TrainSettings(model="transitions", hide_seen=True), Progress())


@pytest.fixture
def page(qtbot: QtBot, trained: tuple[Workspace, Run]) -> Iterator[RecommendationsPage]:
    background, state = Background(), AppState()
    page = RecommendationsPage(state, background)
    state.setParent(page)
    qtbot.addWidget(page)
    page.resize(1280, 760)
    page.show()
    state.open(trained[0])
    qtbot.waitUntil(lambda: page._setting.users == USERS, timeout=SOON)
    state.select_user(USER)
    qtbot.waitUntil(lambda: page._listed is not None and not background.asking, timeout=SOON)
    page.choices.k.setValue(5)
    qtbot.waitUntil(lambda: page._listed is not None and len(page._listed.rows) == 5, timeout=SOON)
    yield page
    background.close()


def opened(page: RecommendationsPage, qtbot: QtBot) -> NotListed:
    button = page.findChild(QPushButton, "recommendations.not_listed.button")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = page.findChild(NotListed)
    assert isinstance(dialog, NotListed)
    qtbot.waitUntil(dialog.isVisible, timeout=SOON)
    return dialog


def close(page: RecommendationsPage, dialog: NotListed, qtbot: QtBot) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.findChild(NotListed) is None, timeout=SOON)


def ask(dialog: NotListed, text: str, qtbot: QtBot) -> None:
    """Type the English part of a title and press Enter."""
    dialog.activateWindow()
    dialog.search.setFocus()
    QTest.keyClick(dialog.search, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(dialog.search, text[text.index("Lamp") :])
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: text in dialog.told.text(), timeout=SOON)


def last_of_all(workspace: Workspace) -> tuple[int, str]:
    made = listing.recommend(workspace, USER, Progress(), ListRequest(k=ITEMS))
    item = int(made.items[-1])
    return item, str(workspace.catalogue().titles[item].as_py())


def test_its_rank_its_score_and_what_it_lacks(
    page: RecommendationsPage, trained: tuple[Workspace, Run], qtbot: QtBot
) -> None:
    workspace, _ = trained
    made = listing.recommend(workspace, USER, Progress(), ListRequest(k=ITEMS))
    item, title = last_of_all(workspace)
    dialog = opened(page, qtbot)
    assert not dialog.table.isVisible()
    assert not dialog.explain_action.isEnabled()
    ask(dialog, title, qtbot)
    assert dialog.told.text() == f"“{title}” is not among the first 5."
    assert dialog.reasons.text() == "No rule keeps it out: its score is too low."
    assert f"rank {len(made.items)} of {len(made.items)} items" in dialog.facts.text()
    texts = {row[0]: row[1:] for row in dialog.table.table.texts}
    assert texts["Score"] == [
        f"{made.scores[-1]:.3f}",
        f"{made.scores[4]:.3f}",
        _signed(made.scores[-1] - made.scores[4]),
    ]
    figures = dialog.table.table.figures
    assert figures is not None
    np.testing.assert_allclose(figures[:-1, 1:].sum(axis=0), figures[-1, 1:], atol=1e-4)
    assert title in dialog.accessibleDescription()

    button = dialog.findChild(QPushButton, "not_listed.explain.button")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.breakdown.title.text() == title, timeout=SOON)
    assert not page.table.currentIndex().isValid()
    qtbot.waitUntil(lambda: bool(page.breakdown.why.lines), timeout=SOON)
    assert page.why.wanted is not None
    assert page.why.wanted.item == item
    qtbot.waitUntil(lambda: not page._background.asking, timeout=SOON)
    QTest.mouseClick(
        page.table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=page.table.visualRect(page.table.model().index(0, TITLE)).center(),
    )
    first = page.table.list.item(0).title
    qtbot.waitUntil(lambda: page.breakdown.title.text() == first, timeout=SOON)


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("-", "−")


def test_rules_of_the_page_are_heeded(page: RecommendationsPage, trained: tuple[Workspace, Run], qtbot: QtBot) -> None:
    workspace, _ = trained
    had = int(workspace.log().block(USER, USER + 1).item[-1])
    title = str(workspace.catalogue().titles[had].as_py())
    dialog = opened(page, qtbot)
    ask(dialog, title, qtbot)
    assert dialog.reasons.text().startswith("The user has it already (")
    assert dialog.facts.text().startswith("Without that, its score would put it at rank ")
    close(page, dialog, qtbot)
    page.choices.hide_seen.click()
    page.purposes.action.setChecked(True)
    page.purposes.panel.ban(f"i{had}")
    dialog = opened(page, qtbot)
    ask(dialog, title, qtbot)
    assert dialog.reasons.text() == "The policy bans it."
    close(page, dialog, qtbot)


def test_an_item_that_is_there_and_one_that_is_not_known(page: RecommendationsPage, qtbot: QtBot) -> None:
    dialog = opened(page, qtbot)
    first = page.table.list.item(0).title
    ask(dialog, first, qtbot)
    assert dialog.told.text() == f"“{first}” is in the list, at place 1."
    assert not dialog.reasons.isVisible()
    QTest.keyClick(dialog.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[0].startswith("Part of the score\tThis item")
    dialog.search.setFocus()
    QTest.keyClicks(dialog.search, "no such thing")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page._background.asking, timeout=SOON)
    assert dialog.told.text() == f"“{first}” is in the list, at place 1."  # nothing was found, nothing is said


def test_the_palette_and_the_keys_lead_to_it(page: RecommendationsPage, qtbot: QtBot) -> None:
    action = page.findChild(QAction, "recommendations.not_listed")
    assert action is not None
    menu = open_menu(page.table)
    assert action in menu.actions()
    menu.close()
    named = {command.name: command for command in of_page(page, "Recommendations")}
    assert named["recommendations.not_listed"].text == "Why is an item not in the list…"
    page.activateWindow()
    page.table.setFocus()
    qtbot.waitUntil(page.table.hasFocus, timeout=SOON)
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(page.table, Qt.Key.Key_Y, keys)
    dialog = page.findChild(NotListed)
    assert isinstance(dialog, NotListed)
    assert dialog.search.accessibleName() == "The item that is missed"
    close(page, dialog, qtbot)
    page._state.select_user(-1)
    action.trigger()
    assert page.findChild(NotListed) is None  # there is no list
