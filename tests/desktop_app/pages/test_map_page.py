"""Looking around on the map as an analyst does: colours, groups, a lasso that becomes a segment, neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from core import workflow
from core.fitting import TrainSettings
from core.progress import Progress
from core.runs import TESTED
from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.pages.map import NO_DATA, UNREAD, WORK, MapPage
from desktop_app.parts import map_work
from desktop_app.state import AppState
from tests.shop import EVENTS, ITEMS, USERS, open_shop, read_before

SOON = 60_000


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with open_shop(tmp_path_factory.mktemp("shop") / "shop.seqlens") as workspace:
        read_before(workspace)
        options: dict[str, dict[str, object]] = {"transformer": {"epochs": 1, "members": 1, "width": 16, "heads": 2}}
        workflow.train(workspace, TrainSettings(model="transformer", options=options), Progress())
        yield workspace


@pytest.fixture
def page(qtbot: QtBot, shop: Workspace, background: Background) -> MapPage:
    state = AppState()
    page = MapPage(state, background)
    state.setParent(page)
    qtbot.addWidget(page)
    page.resize(1100, 760)
    page.show()
    state.open(shop)
    _settled(qtbot, page)
    return page


def _settled(qtbot: QtBot, page: MapPage) -> None:
    """Until the map that is chosen above is there, with its groups and colours."""
    side = page.side

    def there() -> bool:
        mapped = side.mapped
        chosen = mapped is not None and mapped.choice == page._choice
        return chosen and (side.grouped is not None or not side.groups.key) and not page._background.asking

    qtbot.waitUntil(there, timeout=SOON)


def _at(page: MapPage, row: int) -> QPoint:
    scatter = page.scatter
    x, y = scatter.window_shown.pixels(scatter.places[row : row + 1], scatter.width(), scatter.height())[0]
    return QPoint(round(float(x)), round(float(y)))


def test_without_data_it_leads_on(qtbot: QtBot, background: Background) -> None:
    page = MapPage(AppState(), background)
    qtbot.addWidget(page)
    page.show()
    assert page._pages.currentIndex() == NO_DATA


def test_titles_are_read_once_by_a_job(qtbot: QtBot, background: Background, tmp_path: Path) -> None:
    with open_shop(tmp_path / "new.seqlens") as workspace:
        state = AppState()
        page = MapPage(state, background)
        qtbot.addWidget(page)
        page.show()
        state.open(workspace)
        qtbot.waitUntil(lambda: page._pages.currentIndex() == UNREAD, timeout=SOON)
        read_before(workspace)  # what the job computes lies in the workspace; it only has to look
        qtbot.mouseClick(page.unread.button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: page._pages.currentIndex() == WORK, timeout=SOON)
        _settled(qtbot, page)
        assert page._choice.by == "language"
        state.open(None)
        assert page._pages.currentIndex() == NO_DATA


def test_users_are_mapped_by_the_model_and_grouped(page: MapPage) -> None:
    side = page.side
    assert side.mapped is not None
    assert side.grouped is not None
    assert page._choice.by == "model"
    assert len(page.scatter.places) == USERS
    assert f"{USERS} users" in page.note.text()
    assert side.groups.list.rowCount() == len(side.grouped.sizes) == 8
    assert side.grouped.sizes.sum() == USERS
    assert [label.text for label in page.scatter.labels] == side.names
    assert side.colours.key == "cluster"


def test_a_click_and_arrow_keys_select_users_everywhere(qtbot: QtBot, page: MapPage) -> None:
    state = page._state
    row = int(page.scatter.places[:, 0].argmin())  # at the edge, where no other point lies under the pointer
    qtbot.mouseClick(page.scatter, Qt.MouseButton.LeftButton, pos=_at(page, row))
    assert page.scatter.row == row
    assert page.side.mapped is not None
    assert state.user == int(page.side.mapped.space.codes[row])
    qtbot.waitUntil(lambda: page.side.near.list.rowCount() > 5, timeout=SOON)
    before = page.scatter.places[row, 0]
    qtbot.keyClick(page.scatter, Qt.Key.Key_Right)
    assert page.scatter.places[page.scatter.row, 0] > before
    assert state.user == int(page.side.mapped.space.codes[page.scatter.row])
    state.select_user(7)  # elsewhere, as in the list of users
    assert page.side.mapped.space.codes[page.scatter.row] == 7
    qtbot.waitUntil(lambda: page.side.near.title.text() == "user 07", timeout=SOON)
    first = page.side.near.list.item(0, 0)
    rect = page.side.near.list.visualItemRect(first)
    qtbot.mouseClick(page.side.near.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert state.workspace is not None
    assert str(state.workspace.users().ids[state.user]) == first.text()


def test_a_lasso_becomes_a_segment(qtbot: QtBot, page: MapPage, shop: Workspace) -> None:
    scatter, side = page.scatter, page.side
    page.lasso_action.trigger()
    width, height = scatter.width(), scatter.height()
    corners = [QPoint(2, 2), QPoint(width // 2, 2), QPoint(width // 2, height - 2), QPoint(2, height - 2)]
    qtbot.mousePress(scatter, Qt.MouseButton.LeftButton, pos=corners[0])
    for corner in corners[1:]:
        qtbot.mouseMove(scatter, corner)
    qtbot.mouseRelease(scatter, Qt.MouseButton.LeftButton, pos=corners[-1])
    assert side.mapped is not None
    assert scatter.marked is not None
    left = scatter.window_shown.pixels(scatter.places, width, height)[:, 0] < width // 2 - 1
    assert (scatter.marked == left).mean() > 0.95
    assert 0 < scatter.marked.sum() < USERS
    assert side.lasso.isVisible()
    inside = side.mapped.space.codes[scatter.marked]
    qtbot.keyClicks(side.lasso.name, "left of the map")
    with qtbot.waitSignal(page._state.segments_changed, timeout=SOON):
        qtbot.keyClick(side.lasso.name, Qt.Key.Key_Return)
    assert shop.segment("left of the map").tolist() == inside.tolist()
    qtbot.keyClicks(side.lasso.name, "left of the map")
    side.lasso.save_action.trigger()
    qtbot.waitUntil(lambda: "is taken" in side.said.text(), timeout=SOON)
    qtbot.keyClick(scatter, Qt.Key.Key_Escape)
    assert scatter.marked is None
    assert not side.lasso.isVisible()
    page._state.select_segment("left of the map")  # as from the page of segments
    qtbot.waitUntil(lambda: scatter.marked is not None, timeout=SOON)
    assert side.mapped.space.codes[scatter.marked].tolist() == inside.tolist()


def test_groups_are_picked_and_saved_for_segments(qtbot: QtBot, page: MapPage, shop: Workspace) -> None:
    side = page.side
    side.groups.number.setValue(3)
    qtbot.waitUntil(lambda: side.grouped is not None and len(side.grouped.sizes) == 3, timeout=SOON)
    _settled(qtbot, page)
    side.groups.list.selectRow(1)
    assert side.grouped is not None
    assert side.mapped is not None
    assert page.scatter.marked is not None
    assert page.scatter.marked.tolist() == (side.grouped.labels == 1).tolist()
    qtbot.keyClicks(side.groups.name, "three")
    with qtbot.waitSignal(page._state.segments_changed, timeout=SOON):
        side.groups.save_action.trigger()
    saved = shop.saved.get("clusters", "three")
    assert saved is not None
    assert sorted(code for codes in saved.values() for code in codes) == list(range(USERS))  # type: ignore[attr-defined]
    assert [len(codes) for codes in saved.values()] == side.grouped.sizes.tolist()  # type: ignore[arg-type]
    side.groups.method.setCurrentIndex(2)
    qtbot.waitUntil(lambda: side.grouped is None, timeout=SOON)
    assert not page.scatter.labels


def test_points_are_coloured_by_figures(qtbot: QtBot, page: MapPage, shop: Workspace) -> None:
    side, colours = page.side, page.side.colours
    page.of.setCurrentIndex(1)
    _settled(qtbot, page)
    assert len(page.scatter.places) == ITEMS
    log = shop.log()
    for key, expected in (
        (map_work.EVENTS, np.bincount(log.item, minlength=ITEMS)),
        (map_work.PRICE, 9.5 + np.arange(ITEMS)),
        (map_work.BEHAVIOUR + "purchase", np.bincount(log.item[log.behaviour == 1], minlength=ITEMS)),
        (map_work.CATEGORY, None),
    ):
        colours.choice.setCurrentIndex(colours.choice.findData(key))
        qtbot.waitUntil(lambda key=key: side._figure is not None and side._figure.name == key, timeout=SOON)
        assert side._figure is not None
        if expected is not None:
            assert np.allclose(side._figure.values, expected)
            assert colours.scale.isVisible()
        else:
            assert set(side._figure.classes) == {"灯具", "Furniture"}
            assert colours.classes.rowCount() == 2
    assert side.mapped is not None
    assert "Lamp number" in side._say(3)


def test_prices_keep_their_colours_apart_though_a_few_are_far_dearer(qtbot: QtBot, page: MapPage) -> None:
    page.of.setCurrentIndex(1)
    _settled(qtbot, page)
    prices = np.array([3.0] * 10 + [30.0] * 10 + [300.0] * 10, dtype=np.float32)
    middles = []
    for shift in (0.0, -10.0):  # refunds have no logarithm
        page.side._colour_scale(map_work.Figure(map_work.PRICE, prices + np.float32(shift), prices=True))
        middles.append(float(page.side.colours.scale.accessibleDescription().split(" … ")[1]))
    assert middles == pytest.approx([33.7, 141.5], abs=0.1)


def test_tsne_is_a_job_and_comes_back_at_once(qtbot: QtBot, page: MapPage) -> None:
    axes = page.scatter.places
    page.layout_choice.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.side.mapped is not None and page.side.mapped.layout == "tsne", timeout=SOON)
    assert not np.array_equal(page.scatter.places, axes)
    laid_out = page.scatter.places
    page.layout_choice.setCurrentIndex(0)
    qtbot.waitUntil(lambda: page.side.mapped is not None and page.side.mapped.layout == "pca", timeout=SOON)
    page.layout_choice.setCurrentIndex(1)
    assert page.scatter.places is laid_out
    page.of.setCurrentIndex(1)  # another map by t-SNE, which is stopped
    qtbot.waitUntil(lambda: page._background.job is not None, timeout=SOON)
    assert page._background.job is not None
    page._background.job.cancel()
    qtbot.waitUntil(lambda: page.layout_choice.currentIndex() == 0, timeout=2000)
    _settled(qtbot, page)
    assert page.side.mapped is not None
    assert (page.side.mapped.choice.of, page.side.mapped.layout) == ("items", "pca")


def test_users_are_coloured_by_prices_and_values(qtbot: QtBot, background: Background, tmp_path: Path) -> None:
    with open_shop(tmp_path / "valued.seqlens") as workspace:
        read_before(workspace)
        with workspace.cursor() as cursor:
            cursor.execute('UPDATE events SET value = CASE WHEN "user" = 5 THEN NULL ELSE "user" + behaviour END')
        state = AppState()
        page = MapPage(state, background)
        qtbot.addWidget(page)
        page.show()
        state.open(workspace)
        qtbot.waitUntil(lambda: page._pages.currentIndex() == WORK, timeout=SOON)
        _settled(qtbot, page)
        log, colours = workspace.log(), page.side.colours
        prices = 9.5 + np.array([log.select(np.array([user])).item for user in range(USERS)])
        values = np.where(np.arange(USERS) == 5, np.nan, np.arange(USERS) + 1 / EVENTS)  # one in twelve is a purchase
        for key, expected in ((map_work.PRICE, prices.mean(axis=1)), (map_work.VALUE, values)):
            colours.choice.setCurrentIndex(colours.choice.findData(key))
            qtbot.waitUntil(
                lambda key=key: page.side._figure is not None and page.side._figure.name == key, timeout=SOON
            )
            assert page.side._figure is not None
            assert np.allclose(page.side._figure.values, expected, equal_nan=True, atol=1e-4)
        assert "Mean value of the events: –" in page.side._say(5)
        state.open(None)


def test_users_are_coloured_by_how_well_the_run_understands_them(
    qtbot: QtBot, background: Background, tmp_path: Path
) -> None:
    with open_shop(tmp_path / "understood.seqlens") as workspace:
        read_before(workspace)
        with workspace.cursor() as cursor:  # one user has too few events for a test
            cursor.execute('DELETE FROM events WHERE "user" = 5 AND behaviour = 0')
        run = workflow.train(workspace, TrainSettings(model="transitions"), Progress())
        ranks = workflow.evaluate(workspace, run.id, Progress()).evaluation.ranks
        with workspace.cursor() as cursor:  # as an earlier version left it, so that a job repeats the test
            cursor.execute(f"DELETE FROM blobs WHERE owner = '{run.id}/{TESTED}'")
        state = AppState()
        page = MapPage(state, background)
        qtbot.addWidget(page)
        page.resize(1100, 760)
        page.show()
        state.open(workspace)
        qtbot.waitUntil(lambda: page._pages.currentIndex() == WORK, timeout=SOON)
        _settled(qtbot, page)
        side, colours = page.side, page.side.colours
        with qtbot.waitSignal(background.job_started, timeout=SOON):
            colours.choice.setCurrentIndex(colours.choice.findText("Rank of what came next"))
        qtbot.waitUntil(lambda: side._figure is not None and side._figure.name == map_work.RANK, timeout=SOON)
        assert side._figure is not None
        ranks = np.where(ranks == 0, ITEMS, ranks)  # what was hidden as seen counts as the last
        expected = np.insert(ranks.astype(np.float64), 5, np.nan)
        assert np.allclose(side._figure.values, expected, equal_nan=True)
        assert [colours.classes.item(0, column).text() for column in (0, 1)] == ["Not measured", "1"]
        assert run.name in colours.note.text()
        best, worst = int(np.nanargmin(expected)), int(np.nanargmax(expected))
        assert page.scatter._indices[best] > page.scatter._indices[worst] > page.scatter._indices[5] == 0
        assert page.scatter._shapes is not None  # colour is not the only sign of who was not measured
        assert np.flatnonzero(page.scatter._shapes).tolist() == [5]
        assert "Rank of what came next: –" in side._say(5)
        page.of.setCurrentIndex(1)
        _settled(qtbot, page)
        colours.choice.setCurrentIndex(colours.choice.findData(map_work.RANK))
        qtbot.waitUntil(lambda: side._figure is not None and len(side._figure.values) == ITEMS, timeout=SOON)
        assert "in the lists of" in colours.note.text()
        state.open(None)


def test_a_point_is_found_by_a_part_of_its_name(qtbot: QtBot, page: MapPage) -> None:
    search, side = page.points.search, page.side
    assert search.placeholderText() == "Find a user"
    qtbot.keyClicks(search, "SER 17")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.scatter.row >= 0, timeout=SOON)
    assert side.mapped is not None
    assert side.mapped.names[page.scatter.row].as_py() == "user 17"
    assert page._state.user == side.mapped.space.codes[page.scatter.row]
    assert search.text() == ""
    qtbot.keyClicks(search, "nobody")
    qtbot.waitUntil(lambda: "“nobody”" in side.said.text(), timeout=SOON)


def test_an_item_leads_to_its_users(qtbot: QtBot, page: MapPage, shop: Workspace) -> None:
    side, near = page.side, page.side.near
    page.of.setCurrentIndex(1)
    _settled(qtbot, page)
    assert not near.users_action.isEnabled()
    qtbot.keyClicks(page.points.search, "number 21")
    qtbot.keyClick(page.points.search, Qt.Key.Key_Return)
    qtbot.waitUntil(near.users_action.isEnabled, timeout=SOON)
    assert side.mapped is not None
    assert side.mapped.space.codes[page.scatter.row] == 21
    near.users_action.trigger()
    qtbot.waitUntil(lambda: page.scatter.marked is not None and page._of == "users", timeout=SOON)
    _settled(qtbot, page)
    log = shop.log()
    expected = np.unique(log.user[log.item == 21])
    assert 0 < len(expected) < USERS
    assert page.scatter.marked is not None
    assert side.mapped.space.codes[page.scatter.marked].tolist() == expected.tolist()
    assert f"{len(expected)} of {len(expected)} users of “第 21 号 Lamp number 21”" in side.said.text()
    assert side.lasso.isVisible()  # where they can be kept as a segment
    assert not near.users_action.isEnabled()  # no user has users


def test_points_are_marked_by_keys(qtbot: QtBot, page: MapPage) -> None:
    scatter, side = page.scatter, page.side
    page.window().activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=5000)
    scatter.setFocus()
    qtbot.keyClick(scatter, Qt.Key.Key_Space)
    assert scatter.marked is None  # no point is chosen yet
    side.choose(4)
    qtbot.keyClick(scatter, Qt.Key.Key_Space)
    side.choose(9)
    qtbot.keyClick(scatter, Qt.Key.Key_Space)
    assert scatter.marked is not None
    assert np.flatnonzero(scatter.marked).tolist() == [4, 9]
    assert side.lasso.title.text() == "2 users chosen"
    qtbot.keyClick(scatter, Qt.Key.Key_Space)
    assert np.flatnonzero(scatter.marked).tolist() == [4]
    side.near.count.setValue(5)
    side.near.mark_near_action.trigger()
    qtbot.waitUntil(lambda: scatter.marked is not None and scatter.marked.sum() > 1, timeout=SOON)
    assert side.mapped is not None
    alike = side.mapped.space.vectors @ side.mapped.space.vectors[9]
    nearest = np.argsort(-alike, kind="stable")[:6]  # with itself
    assert np.flatnonzero(scatter.marked).tolist() == sorted({4, *nearest.tolist()})
    qtbot.keyClick(scatter, Qt.Key.Key_Escape)
    assert scatter.marked is None


def test_what_a_search_found_is_forgotten_when_other_points_are_shown(qtbot: QtBot, page: MapPage) -> None:
    search = page.points.search
    qtbot.keyClicks(search, "user 17")
    qtbot.waitUntil(lambda: bool(search._found), timeout=SOON)
    page.of.setCurrentIndex(1)
    _settled(qtbot, page)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert search.text() == ""
    assert page.scatter.row == -1  # no item stands in the row of that user
