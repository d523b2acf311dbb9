"""The user in words and the turns of interest on the timeline page, as an analyst uses them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.progress import Progress
from core.sequences.store import UserEvents
from core.telling import Portrait, portrait
from core.workspace import Workspace
from desktop_app import translation
from desktop_app.background import Background
from desktop_app.pages.timeline import TimelinePage
from desktop_app.state import AppState
from desktop_app.widgets.profile_panel import ProfilePanel
from desktop_app.widgets.profile_words import sentences
from tests.filled import fill

HOUR, DAY = 3_600_000_000, 86_400_000_000
START = 19_000 * DAY  # a Friday
TURN = 24  # the event with which "reader" begins to watch comedies


@pytest.fixture(scope="module")
def cinema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Films of two categories; "reader" goes from one to the other in the evenings, the others watch both."""
    rng = np.random.default_rng(0)
    path = tmp_path_factory.mktemp("cinema") / "w.seqlens"
    films = [(f"h{n}", f"Night of the ghost {n}", "Horror", None, 10.0 + n) for n in range(12)]
    films += [(f"c{n}", f"Wedding in spring {n}", "Comedy", None, 30.0 + n) for n in range(12)]
    events = []
    for place in range(2 * TURN):
        item = int(rng.integers(0, 12)) + 12 * (place >= TURN)
        events.append((0, START + place // 2 * DAY + 20 * HOUR + place % 2 * HOUR, item, place % 6 == 5, None, None))
    for user in range(1, 12):
        for _ in range(20):
            when = START + int(rng.integers(0, 90 * 24)) * HOUR
            events.append((user, when, int(rng.integers(0, 24)), 0, None, None))
    events.append((12, START, 0, 0, None, None))
    with Workspace.create(path) as workspace, workspace.cursor() as cursor:
        users = ["reader", *(f"user {n}" for n in range(1, 12)), "once"]
        fill(cursor, users, films, [("view", False), ("purchase", False)], events, create=False)
    return path


@pytest.fixture
def state(cinema: Path, tmp_path: Path) -> Iterator[AppState]:
    path = tmp_path / "w.seqlens"
    path.write_bytes(cinema.read_bytes())
    state = AppState()
    with Workspace.open(path) as workspace:
        state.open(workspace, user=0)
        yield state
        state.open(None)


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> None:
    assert qapp is not None
    translation.choose("en")


@pytest.fixture
def page(qtbot: QtBot, state: AppState, background: Background) -> TimelinePage:
    page = TimelinePage(state, background)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    told(qtbot, page)
    return page


def told(qtbot: QtBot, page: TimelinePage) -> None:
    qtbot.waitUntil(lambda: page.portrait.portrait is not None, timeout=20_000)


def trigger(page: TimelinePage, name: str) -> None:
    action = page.findChild(QAction, name)
    assert isinstance(action, QAction), name
    action.trigger()


def test_a_turn_is_marked_and_reached_with_keys_and_with_the_mouse(
    page: TimelinePage, state: AppState, qtbot: QtBot
) -> None:
    ((place, name),) = page.timeline.dress.turns
    assert place == TURN
    assert re.fullmatch(r".*(Horror|ghost|night).* → .*(Comedy|wedding|spring).*", name)
    assert page.timeline.dress.turns == page.portrait.marked
    page.activateWindow()
    page.timeline.setFocus()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(page.timeline, Qt.Key.Key_PageDown, both)
    assert state.chosen_event == page.timeline.selected == TURN
    assert "Interest turns here" in page.timeline.accessibleDescription()
    state.select_event(TURN + 5)
    qtbot.keyClick(page.timeline, Qt.Key.Key_PageUp, both)
    assert state.chosen_event == TURN
    state.select_event(0)
    picture = page.timeline.picture()
    assert picture is not None
    at = QPoint(round(picture.turn_places()[0]) + 12, round(picture.turns_top) + 6)
    qtbot.mouseClick(page.timeline, Qt.MouseButton.LeftButton, pos=at)
    assert state.chosen_event == TURN


def test_another_day_of_the_users_is_told_at_once(page: TimelinePage, state: AppState, qtbot: QtBot) -> None:
    state.choose_offset(8)  # as on the page of flows
    words = "100 % of the events are at night (0–6 h UTC+8)."
    qtbot.waitUntil(lambda: words in page.portrait.panel.text.toPlainText(), timeout=20_000)


def test_the_profile_says_what_the_figures_say(page: TimelinePage) -> None:
    text = page.portrait.panel.text.toPlainText()
    assert page.portrait.panel.isVisible()
    assert "100 % of the events are in the evening" in text
    assert "Behaviours: view 83 % and purchase 17 %." in text
    assert "Gone quiet: the last event was on 2022-01-31" in text
    assert re.search(r"Turned from .* to .* \(2022-01-20\)", text)
    prices = page.portrait.portrait
    assert prices is not None
    assert prices.profile.prices is not None
    low, middle, high = prices.profile.prices
    assert f"from {low:.2f} to {high:.2f}, the middle one is {middle:.2f}" in text


def test_of_a_profile_that_has_no_room_whole_lines_are_shown_from_the_first_on(qtbot: QtBot) -> None:
    panel = ProfilePanel()
    qtbot.addWidget(panel)
    panel.resize(320, 60)
    panel.show()
    panel.show_sentences(
        ["最常回看“Borealis Garden Shears”（5 个事件）。", "行为：view 80 %。", "Half of the prices. " * 9]
    )
    text = panel.text
    assert text.toPlainText().startswith("最常回看“Borealis Garden Shears”（5 个事件）。行为：view 80 %。Half of")
    shown = text.viewport().height()
    assert 0 < shown < sum(text._lines())
    assert any(abs(shown - sum(text._lines()[:count])) < 1.5 for count in range(1, 9))
    assert text.verticalScrollBar().value() == 0


def test_both_are_switched_off_and_nothing_is_asked_any_more(
    page: TimelinePage, state: AppState, background: Background, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    trigger(page, "timeline.profile")
    trigger(page, "timeline.turns")
    assert not page.portrait.panel.isVisible()
    assert page.timeline.dress.turns == ()
    asked: list[str] = []
    ask = background.ask
    monkeypatch.setattr(background, "ask", lambda kind, *rest, **named: (asked.append(kind), ask(kind, *rest, **named)))
    state.select_user(1)
    qtbot.waitUntil(lambda: page.timeline.events is not None and page.timeline.events.user == 1)
    assert "timeline portrait" not in asked
    assert page.portrait.portrait is None

    def kept() -> tuple[object, object]:
        layout = workspace_of(state).setting("timeline layout", None)
        return (layout.get("profile"), layout.get("turns")) if isinstance(layout, dict) else (None, None)

    qtbot.waitUntil(lambda: kept() == (False, False), timeout=5000)
    trigger(page, "timeline.profile")
    told(qtbot, page)
    assert page.portrait.panel.text.toPlainText()
    assert page.timeline.dress.turns == ()


def figures(found: Portrait, events: UserEvents) -> set[float]:
    """What a profile's numbers may be: shares in per cent, prices, counts, days, and the numbers in names."""
    profile, habit = found.profile, found.profile.habit
    shares = [share for each in (*profile.liked, *profile.frequent) for share in (each.share, each.others)]
    shares += [each.share for each in profile.behaviours] + [profile.weekend or 0.0]
    shares += [profile.daytime[1]] if profile.daytime is not None else []
    told = {round(100 * share, digits) for share in shares for digits in (0, 1, 2)}
    told |= {round(price, 2) for price in profile.prices or ()}
    told |= {float(profile.repeated[1])} if profile.repeated is not None else set()
    if habit is not None:
        told |= {float(habit.days), float(habit.earlier), float(habit.later), float(int(habit.quiet))}
        told |= {float(round(habit.pause))} if habit.days > 1 else set()
    names = " ".join(str(title) for title in events.titles.to_pylist())
    return told | {float(number) for number in re.findall(r"\d+", names)}


def workspace_of(state: AppState) -> Workspace:
    assert state.workspace is not None
    return state.workspace


def test_the_profile_is_saved_with_its_turns(page: TimelinePage, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "reader.txt"
    page.files.export_profile(path)
    qtbot.waitUntil(path.is_file, timeout=5000)
    lines = path.read_text("utf-8").splitlines()
    assert lines[0] == "reader"
    assert lines[1 : 1 + len(page.portrait.sentences)] == page.portrait.sentences
    assert any(line.startswith("Before: ") for line in lines)
    assert "Found in the characters of the items' texts" in lines


def test_the_profile_of_who_was_there_once_claims_nothing(page: TimelinePage, state: AppState, qtbot: QtBot) -> None:
    state.select_user(12)
    qtbot.waitUntil(lambda: page.timeline.events is not None and page.timeline.events.user == 12, timeout=10_000)
    told(qtbot, page)
    assert page.portrait.sentences == ["Too little to see a rhythm: events on 1 day, the last one on 2022-01-08."]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_number_of_a_profile_is_one_of_its_figures(state: AppState, language: str) -> None:
    workspace = workspace_of(state)
    translation.choose(language)
    try:
        for user in range(13):
            events = workspace.user_events(user)
            found = portrait(workspace, events, Progress())
            for sentence in sentences(found, events):
                assert "{" not in sentence
                for number in re.findall(r"\d+(?:\.\d+)?", re.sub(r"\d{4}-\d\d-\d\d|\d+[–-]\d+", "", sentence)):
                    assert float(number) in figures(found, events), (sentence, number)
    finally:
        translation.choose("en")
