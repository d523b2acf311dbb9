"""Browsing and explaining lists in the window, on a small real shop with a really trained model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core import listing, workflow
from core.analysis.conditions import Chosen, Segment
from core.fitting import TrainSettings
from core.listing import ListRequest
from core.progress import Progress
from core.runs import Run
from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.pages.recommendations import RecommendationsPage
from desktop_app.state import AppState
from desktop_app.widgets import readable
from desktop_app.widgets.attention_map import AttentionGrid
from desktop_app.widgets.breakdown_panel import NARROWEST
from desktop_app.widgets.event_shares import EVENT
from desktop_app.widgets.recommendation_table import SCORE, TITLE
from desktop_app.widgets.report_parts import page_parts, whole
from desktop_app.widgets.runs_table import model_name
from tests.desktop_app.children import children
from tests.shop import EVENTS, ITEMS, USERS, open_shop

SOON = 30_000


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Run]]:
    with open_shop(tmp_path_factory.mktemp("shop") / "shop.seqlens") as workspace:
        options: dict[str, dict[str, object]] = {"transformer": {"epochs": 3}}
        run = workflow.train(workspace, TrainSettings(hide_seen=True, options=options), Progress())
        yield workspace, run


@pytest.fixture
def page(qtbot: QtBot, trained: tuple[Workspace, Run], background: Background) -> RecommendationsPage:
    state = AppState()
    page = RecommendationsPage(state, background)
    state.setParent(page)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    state.open(trained[0])
    qtbot.waitUntil(lambda: page._setting.users == USERS, timeout=SOON)
    return page


def _state(page: RecommendationsPage) -> AppState:
    return page._state


def _show(qtbot: QtBot, page: RecommendationsPage, user: int) -> None:
    """Select a user and wait until everything about that user is there."""
    _state(page).select_user(user)
    qtbot.waitUntil(lambda: page._listed is not None and page._listed.choice.user == user, timeout=SOON)
    _settled(qtbot, page)


def _settled(qtbot: QtBot, page: RecommendationsPage) -> None:
    qtbot.waitUntil(lambda: "The parts and the base" in page.breakdown.note.text(), timeout=SOON)
    qtbot.waitUntil(lambda: page.held_out.text().startswith("Test of"), timeout=SOON)


def _listed(page: RecommendationsPage) -> list[int]:
    return [row.code for row in page.table.list.rows]


def test_without_data_or_model_it_leads_on(qtbot: QtBot, background: Background, tmp_path: Path) -> None:
    state = AppState()
    page = RecommendationsPage(state, background)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.navigated) as asked:
        qtbot.mouseClick(page._no_data.button, Qt.MouseButton.LeftButton)
    assert asked.args == ["data"]
    with open_shop(tmp_path / "new.seqlens") as workspace:
        state.open(workspace)
        qtbot.waitUntil(page._no_run.isVisible)
        with qtbot.waitSignal(page.navigated) as asked:
            qtbot.mouseClick(page._no_run.button, Qt.MouseButton.LeftButton)
        assert asked.args == ["training"]
        state.open(None)
        assert page._no_data.isVisible()


def test_the_first_user_is_a_click_away(qtbot: QtBot, page: RecommendationsPage) -> None:
    qtbot.waitUntil(page._no_user.isVisible)
    qtbot.mouseClick(page._no_user.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.search.text() == "user 00", timeout=SOON)
    assert page.summary.text().startswith(f"{EVENTS} event")
    assert "last active 20" in (page.summary.toolTip() or page.summary.text())  # cut with a sign where it is narrow


def test_the_list_is_what_the_workflow_recommends(
    qtbot: QtBot, page: RecommendationsPage, trained: tuple[Workspace, Run]
) -> None:
    _show(qtbot, page, 7)
    made = listing.recommend(trained[0], 7, Progress(), ListRequest(k=10, hide_seen=True))
    assert _listed(page) == made.items.tolist()
    assert page.table.list.index(0, SCORE).data() == f"{made.scores[0]:.3f}"
    assert not set(_listed(page)) & set(trained[0].log().select(np.array([7])).item.tolist())
    for row in page.table.list.rows:
        assert row.base + sum(row.shares) == pytest.approx(row.score, abs=1e-4)
    names = [label.text() for label in children(page.legend, QLabel)]
    assert names[: len(made.components)] == [model_name(name) for name in made.components]


def test_the_page_says_which_fit_made_the_list(qtbot: QtBot, page: RecommendationsPage) -> None:
    _show(qtbot, page, 7)
    assert "serving fit: trained on all events" in page.maker.text()
    page.choices.fit.setCurrentIndex(1)
    page.choices.fit.activated.emit(1)
    qtbot.waitUntil(lambda: page._listed is not None and page._listed.choice.fit == "evaluation", timeout=SOON)
    assert "evaluation fit: it never saw the test events" in page.maker.text()


def test_the_held_out_item_and_its_rank(
    qtbot: QtBot, page: RecommendationsPage, trained: tuple[Workspace, Run]
) -> None:
    workspace, run = trained
    _show(qtbot, page, 7)
    held = listing.held_out(workspace, 7, Progress(), run.id)
    assert held is not None
    assert held.item == workspace.log().select(np.array([7])).item[-1]
    title = workspace.catalogue().titles[held.item].as_py()
    assert f"“{title}”" in page.held_out.text()
    page.choices.k.setValue(ITEMS)
    page.choices.hide_seen.setChecked(run.hide_seen)
    page.choices.fit.setCurrentIndex(1)
    page.choices.fit.activated.emit(1)
    if held.rank:
        assert f"rank {held.rank} of {held.candidates}" in page.held_out.text()
        qtbot.waitUntil(lambda: page._listed is not None and len(page._listed.rows) == held.candidates, timeout=SOON)
        marked = [row for row in range(held.candidates) if page.table.list.index(row, TITLE).data().startswith("◆")]
        assert [page.table.list.item(row).code for row in marked] == [held.item]
    else:
        assert "counts as a miss" in page.held_out.text()


def test_the_past_events_sum_to_the_score_and_lead_to_the_timeline(
    qtbot: QtBot, page: RecommendationsPage, trained: tuple[Workspace, Run]
) -> None:
    _show(qtbot, page, 7)
    lines = page.breakdown.events.shares.lines
    assert sum(line.share for line in lines) == pytest.approx(page.table.list.item(0).score, abs=1e-3)
    first = next(line for line in lines if line.event >= 0)
    events = trained[0].user_events(7)
    assert first.label == events.label(first.event)
    assert first.behaviour == events.behaviours[events.behaviour[first.event]].name
    view = page.breakdown.events
    at = view.visualRect(view.shares.index(lines.index(first), EVENT)).center()
    with qtbot.waitSignal(page.navigated) as asked:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked.args == ["timeline"]
    assert _state(page).chosen_event == first.event


def test_another_item_gets_its_own_breakdown(qtbot: QtBot, page: RecommendationsPage) -> None:
    _show(qtbot, page, 7)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    item = page.table.list.item(1)
    qtbot.waitUntil(lambda: page.breakdown.title.text() == item.title, timeout=SOON)
    qtbot.waitUntil(
        lambda: sum(line.share for line in page.breakdown.events.shares.lines) == pytest.approx(item.score, abs=1e-3),
        timeout=SOON,
    )


def test_length_category_and_seen_items(qtbot: QtBot, page: RecommendationsPage) -> None:
    _show(qtbot, page, 7)
    page.choices.k.setValue(3)
    qtbot.waitUntil(lambda: len(_listed(page)) == 3, timeout=SOON)
    page.choices.hide_seen.click()
    page.choices.k.setValue(ITEMS)
    qtbot.waitUntil(lambda: len(_listed(page)) == ITEMS, timeout=SOON)
    assert page.choices.category.itemText(1) == "Furniture"
    page.choices.category.setCurrentIndex(2)
    page.choices.category.activated.emit(2)
    qtbot.waitUntil(lambda: len(_listed(page)) == ITEMS // 2, timeout=SOON)
    assert {row.category for row in page.table.list.rows} == {"灯具"}


def test_users_are_walked_and_searched(qtbot: QtBot, page: RecommendationsPage) -> None:
    _show(qtbot, page, 7)
    page.next_action.trigger()
    qtbot.waitUntil(lambda: _state(page).user == 8, timeout=SOON)
    page.previous_action.trigger()
    qtbot.waitUntil(lambda: _state(page).user == 7, timeout=SOON)
    qtbot.waitUntil(lambda: page.search.text() == "user 07", timeout=SOON)
    page.search.setFocus()
    page.search.selectAll()
    qtbot.keyClicks(page.search, "R 42")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _state(page).user == 42, timeout=SOON)
    qtbot.waitUntil(lambda: page.search.text() == "user 42", timeout=SOON)


def test_a_user_without_a_test_is_told_so(qtbot: QtBot, tmp_path: Path, background: Background) -> None:
    with open_shop(tmp_path / "short.seqlens") as workspace:
        with workspace.cursor() as cursor:
            cursor.execute(f'DELETE FROM events WHERE "user" = 3 AND record % {EVENTS} > 1')
        workflow.train(workspace, TrainSettings(model="popularity"), Progress())
        state = AppState()
        page = RecommendationsPage(state, background)
        qtbot.addWidget(page)
        page.show()
        state.open(workspace, user=3)
        qtbot.waitUntil(lambda: "nothing was held out" in page.held_out.text(), timeout=SOON)
        page.choices.fit.setCurrentIndex(1)
        page.choices.fit.activated.emit(1)
        qtbot.waitUntil(lambda: "not part of the test" in page.note.text(), timeout=SOON)
        assert page.note.isVisible()
        state.open(None)


def test_stepping_and_finding_stay_in_the_segment(
    qtbot: QtBot, page: RecommendationsPage, trained: tuple[Workspace, Run]
) -> None:
    trained[0].saved.put("segment", "some", Segment((Chosen((7, 9, 30)),)).to_dict())
    _show(qtbot, page, 7)
    _state(page).select_segment("some")
    page.next_action.trigger()
    qtbot.waitUntil(lambda: _state(page).user == 9, timeout=SOON)
    page.next_action.trigger()
    qtbot.waitUntil(lambda: _state(page).user == 30, timeout=SOON)
    _settled(qtbot, page)
    page.search.asked.emit("user")
    qtbot.waitUntil(lambda: [user for _, user in page.search._found] == [7, 9, 30], timeout=SOON)
    trained[0].saved.remove("segment", "some")


def test_why_an_item_is_there_is_told_with_the_figures_it_rests_on(
    qtbot: QtBot, page: RecommendationsPage, trained: tuple[Workspace, Run]
) -> None:
    workspace, run = trained
    _show(qtbot, page, 7)
    qtbot.waitUntil(lambda: bool(page.breakdown.why.lines), timeout=SOON)
    lines = page.breakdown.why.lines
    item = _listed(page)[0]
    found = listing.why(workspace, 7, item, Progress(), ListRequest(run.id))
    title = workspace.catalogue().titles[found.similar[0].item].as_py()
    assert lines[1].startswith(title)
    assert f"{found.similar[0].together:.2f}" in lines[1]
    log = workspace.log()
    took = set(log.user[log.item == item].tolist()) - {7}
    assert any(line.startswith(f"{found.peers.alike} of {len(took)} users") for line in lines)
    assert any("recurrent" in line for line in lines)
    qtbot.waitUntil(lambda: "Without" in page.breakdown.sentence.text(), timeout=SOON)
    sentence = page.breakdown.sentence.text()
    shares = page.table.list.item(0).shares
    best = model_name(page._listed.components[int(np.argmax(shares))])  # type: ignore[union-attr]
    assert best in sentence
    whole = page.table.list.item(0).score
    assert "together the score would be" in sentence
    assert f"instead of {whole:.2f}." in sentence


def test_users_who_took_it_too_are_a_click_away(
    qtbot: QtBot, page: RecommendationsPage, trained: tuple[Workspace, Run]
) -> None:
    workspace, run = trained
    _show(qtbot, page, 7)
    qtbot.waitUntil(lambda: bool(page.breakdown.why.lines), timeout=SOON)
    nearest = listing.why(workspace, 7, _listed(page)[0], Progress(), ListRequest(run.id)).peers.nearest
    chip = page.breakdown.why.findChild(QPushButton, f"peer_{nearest[1].user}")
    assert isinstance(chip, QPushButton)
    assert chip.text() == f"user {nearest[1].user:02d} ({nearest[1].shared} shared)"
    with qtbot.waitSignal(page.navigated) as asked:
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert asked.args == ["timeline"]
    assert _state(page).user == nearest[1].user


def test_attention_is_read_cell_by_cell(
    qtbot: QtBot, page: RecommendationsPage, trained: tuple[Workspace, Run]
) -> None:
    workspace, _ = trained
    small = {"encoder": "attention", "width": 16, "epochs": 1, "members": 1, "blocks": 2, "heads": 2}
    settings = TrainSettings(model="transformer", hide_seen=True, options={"transformer": small})
    run = workflow.train(workspace, settings, Progress())
    _state(page).select_run(run.id)
    _show(qtbot, page, 7)
    qtbot.waitUntil(lambda: page._listed is not None and page._listed.choice.run == run.id, timeout=SOON)
    qtbot.waitUntil(lambda: page.breakdown.why.findChild(AttentionGrid) is not None, timeout=SOON)
    grid = page.breakdown.why.findChild(AttentionGrid)
    assert isinstance(grid, AttentionGrid)
    heads = listing.why(workspace, 7, _listed(page)[0], Progress(), ListRequest(run.id)).heads
    assert len(heads) == 4
    part = next(part for part in whole(page_parts(page)) if part.heading == "Where the attention looks")
    mean = np.mean([head.weights for head in heads], axis=0)
    assert part.rows[0][:2] == (workspace.user_events(7).label(int(mean.argmax())), readable.percent(float(mean.max())))
    QTest.keyClick(grid, Qt.Key.Key_End)
    for _ in heads:
        QTest.keyClick(grid, Qt.Key.Key_Down)
    assert page.breakdown.why.minimumSizeHint().width() <= NARROWEST
    last, events = heads[-1], workspace.user_events(7)
    assert grid.chosen == (3, EVENTS - 1)
    share = readable.percent(float(last.weights[-1]))
    told = f"Network 1, layer 2, head 2 gives {share} of what it looks at to {events.label(EVENTS - 1)}"
    assert grid.accessibleDescription() == told
    label = grid.parentWidget().findChild(QLabel)
    assert isinstance(label, QLabel)
    assert label.text() == told
    at, none = grid.place(0, 3).center(), Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, at, grid.mapToGlobal(at), none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(grid, move)  # it is scrolled out of sight, where no pointer gets to
    assert grid.chosen == (0, 3)
    with qtbot.waitSignal(page.navigated) as asked:
        qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert asked.args == ["timeline"]
    assert _state(page).chosen_event == 3
    workspace.runs.delete(run.id)


def test_a_page_out_of_sight_says_nothing_of_items_for_a_user_who_is_not_chosen_any_more(
    qtbot: QtBot, page: RecommendationsPage, trained: tuple[Workspace, Run]
) -> None:
    """The command palette runs what a page does as soon as the page is shown."""
    _show(qtbot, page, 7)
    page.hide()
    _state(page).select_user(11)
    page.show()
    for action in (page.feedback.actions["down"], page.purposes.ban_action):
        action.trigger()
    qtbot.waitUntil(lambda: page._listed is not None and page._listed.choice.user == 11, timeout=SOON)
    assert trained[0].feedback.last() == 0
    assert page.purposes.policy is None


def test_a_list_that_comes_when_another_user_was_chosen_out_of_sight_is_dropped(
    qtbot: QtBot, page: RecommendationsPage
) -> None:
    _show(qtbot, page, 7)
    listed = page._listed
    assert listed is not None
    page.hide()
    _state(page).select_user(11)
    page._show_list(listed)  # what was asked for while the page was in view
    assert _listed(page) == []
