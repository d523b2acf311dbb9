"""A generator beside the conversation, as an analyst sees it: what it adds and says, what is not shown, and its stop.

What it writes is scripted here, but for the last test; that it really writes is tested in `test_generator` of core.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core import workflow
from core.dialogue import asking
from core.fitting import TrainSettings
from core.language import generator
from core.language.generator import Prompt
from core.progress import Progress
from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.pages.language import LanguagePage
from desktop_app.pages.recommendations import RecommendationsPage
from desktop_app.pages.timeline import TimelinePage
from desktop_app.preferences import Preferences
from desktop_app.state import AppState
from tests.core.language.test_generator import needs_extra, tiny_generator
from tests.shop import open_shop, read_before

SOON = 60_000


class Scripted:
    """In the place of a loaded model: forms from `forms`, free text from `texts`; never ends where there is none."""

    def __init__(self) -> None:
        self.forms: list[object] = []
        self.texts: list[str] = []
        self.asked: list[str] = []
        self.chats = False

    def prompt(self, task: str, shown: object, request: str) -> Prompt:
        return Prompt(f"{task}{shown}", request)

    def write(
        self, prompt: Prompt, progress: Progress, seconds: float, most: int = 0, schema: object = None
    ) -> Iterator[str]:
        assert seconds > 0
        assert most
        self.asked.append(prompt.rest)
        script = [json.dumps(form) for form in self.forms] if schema is not None else self.texts
        while not script:
            progress.check()
            time.sleep(0.01)
        yield from script[0]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with open_shop(tmp_path_factory.mktemp("talk") / "shop.seqlens") as workspace:
        read_before(workspace)
        workflow.train(workspace, TrainSettings(model="transitions", hide_seen=False), Progress())
        yield workspace


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path) -> Iterator[None]:
    """Settings of this test alone; what comes after it finds no generator."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    yield
    Preferences().generator = ""


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Scripted:
    made = Scripted()
    monkeypatch.setattr(generator, "opened", lambda *_: made)
    monkeypatch.setattr(generator, "missing", lambda _: [])
    Preferences().generator = str(tmp_path / "model")
    return made


@pytest.fixture
def make_page(qtbot: QtBot, workspace: Workspace, background: Background) -> Callable[[], RecommendationsPage]:
    def make() -> RecommendationsPage:
        state = AppState()
        page = RecommendationsPage(state, background)
        state.setParent(page)
        qtbot.addWidget(page)
        page.resize(1280, 800)
        page.show()
        state.open(workspace)
        qtbot.waitUntil(lambda: page._setting.run is not None, timeout=SOON)
        state.select_user(3)
        qtbot.waitUntil(lambda: page._listed is not None and bool(page._listed.rows), timeout=SOON)
        page.talk.action.trigger()
        qtbot.waitUntil(lambda: not page.talk._reading, timeout=SOON)
        return page

    return make


def _type(qtbot: QtBot, page: RecommendationsPage, text: str) -> None:
    panel = page.talk.panel
    turns = panel.conversation.turns
    qtbot.keyClicks(panel.entry, text)
    qtbot.keyClick(panel.entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.conversation.turns != turns, timeout=SOON)


def _cards(page: RecommendationsPage) -> str:
    return "\n".join(label.text() for label in page.talk.panel._turns.findChildren(QLabel))


def test_it_reads_what_the_grammar_leaves_and_says_what_became_of_the_list(
    qtbot: QtBot, scripted: Scripted, make_page: Callable[[], RecommendationsPage]
) -> None:
    page = make_page()
    scripted.forms = [[{"kind": "category", "name": "Furniture", "how": "no"}]]
    scripted.texts = ["All items are lamps. The list has 999 items. And more."]
    _type(qtbot, page, "what is the meaning of 42")
    panel = page.talk.panel
    qtbot.waitUntil(lambda: "No Furniture" in _cards(page), timeout=SOON)
    assert "Not understood" not in _cards(page)
    qtbot.waitUntil(lambda: page._listed is not None and page._listed.choice.parts == page.talk.parts, timeout=SOON)
    assert page._listed is not None
    assert {row.category for row in page._listed.rows} == {"灯具"}
    assert scripted.asked[0] == "what is the meaning of 42"
    qtbot.waitUntil(lambda: len(scripted.asked) == 2, timeout=SOON)
    assert scripted.asked[1].startswith("what is the meaning of 42 | items 10; new in the list ")
    qtbot.waitUntil(lambda: not page.talk.generating.busy, timeout=SOON)
    assert panel.answer.text.text() in ("", "All items are lamps.")  # "lamps" names a kind of the catalogue
    assert "999" not in panel.answer.text.text()
    panel.reset_action.trigger()


def test_its_sentences_are_shown_one_by_one_and_the_conversation_goes_on(
    qtbot: QtBot, scripted: Scripted, make_page: Callable[[], RecommendationsPage]
) -> None:
    page = make_page()
    scripted.texts = ["The list has 5 items. It is made of 77 things."]
    _type(qtbot, page, "give me 5")
    panel = page.talk.panel
    qtbot.waitUntil(lambda: panel.answer.text.text() == "The list has 5 items.", timeout=SOON)
    qtbot.waitUntil(lambda: not panel.answer.stop.isVisible(), timeout=SOON)
    assert panel.answer.isVisible()
    assert panel.answer.state.text() == "Something that it said does not hold, and is not shown."
    panel.reset_action.trigger()


def test_it_is_stopped_at_once_and_the_list_stays(
    qtbot: QtBot, scripted: Scripted, make_page: Callable[[], RecommendationsPage]
) -> None:
    page = make_page()
    assert not scripted.texts
    _type(qtbot, page, "no furniture")  # its wording never comes to an end
    panel = page.talk.panel
    qtbot.waitUntil(panel.answer.stop.isVisible, timeout=SOON)
    stop = panel.findChild(QPushButton, "answer_stop")
    start = time.monotonic()
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not panel.answer.isVisible(), timeout=SOON)
    assert time.monotonic() - start < 1
    _type(qtbot, page, "only furniture")
    qtbot.waitUntil(lambda: page._listed is not None and page._listed.choice.parts == page.talk.parts, timeout=SOON)
    page.talk.generating.stop()
    panel.reset_action.trigger()


def test_it_reads_all_where_that_is_wanted_and_the_grammar_where_it_fails(
    qtbot: QtBot, scripted: Scripted, make_page: Callable[[], RecommendationsPage]
) -> None:
    Preferences().generator_reads = "all"
    Preferences().generator_words = False
    page = make_page()
    scripted.forms = [[{"kind": "seen", "hide": True}]]
    _type(qtbot, page, "no furniture")
    assert "Without seen items" in _cards(page)
    scripted.forms = [[{"kind": "colour"}]]
    _type(qtbot, page, "no furniture")
    assert "No Furniture" in _cards(page)
    page.talk.panel.reset_action.trigger()


def test_without_one_nothing_is_different(
    qtbot: QtBot, scripted: Scripted, make_page: Callable[[], RecommendationsPage]
) -> None:
    Preferences().generator = ""
    page = make_page()
    _type(qtbot, page, "what is the meaning of 42")
    assert "Not understood" in _cards(page)
    assert not page.talk.panel.answer.isVisible()
    assert scripted.asked == []
    page.talk.panel.reset_action.trigger()


@pytest.fixture
def page(qtbot: QtBot, background: Background) -> LanguagePage:
    state = AppState()
    page = LanguagePage(state, background)
    state.setParent(page)
    qtbot.addWidget(page)
    page.show()
    return page


def test_a_generator_is_chosen_and_tried(
    qtbot: QtBot, scripted: Scripted, page: LanguagePage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = page.generator.card
    qtbot.mouseClick(card.findChild(QPushButton, "generator.remove.button"), Qt.MouseButton.LeftButton)
    assert Preferences().generator == ""
    assert "0.5 billion" in card.told.text()
    monkeypatch.setattr(generator, "find_generator", lambda model: Path(model))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/models/small.gguf", ""))
    qtbot.mouseClick(card.findChild(QPushButton, "generator.file.button"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "small.gguf is used" in card.told.text(), timeout=SOON)
    assert Preferences().generator == "/models/small.gguf"
    card.reads.setCurrentIndex(card.reads.findData("all"))
    card.words.click()
    assert (Preferences().generator_reads, Preferences().generator_words) == ("all", False)

    page._state.open(workspace)
    scripted.forms = [[{"kind": "count", "number": 5}]]
    button = card.findChild(QPushButton, "generator.try.button")
    qtbot.waitUntil(button.isEnabled, timeout=SOON)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "was understood as: 5 items" in card.state.text(), timeout=SOON)
    assert "It is no chat model" in card.state.text()


def test_a_file_that_is_no_model_is_told(
    qtbot: QtBot, scripted: Scripted, page: LanguagePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Preferences().generator
    (tmp_path / "bad.gguf").write_bytes(b"no")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "bad.gguf"), ""))
    card = page.generator.card
    qtbot.mouseClick(card.findChild(QPushButton, "generator.file.button"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "is no GGUF file" in card.state.text(), timeout=SOON)
    assert Preferences().generator == before
    assert not scripted.asked


@needs_extra
def test_a_real_model_writes_while_the_window_lives(
    qtbot: QtBot,
    workspace: Workspace,
    background: Background,
    make_page: Callable[[], RecommendationsPage],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asking, "examples", lambda _: [])
    Preferences().generator = tiny_generator(tmp_path / "tiny")
    page = make_page()
    _type(qtbot, page, "what is the meaning of 42")
    qtbot.waitUntil(lambda: page.talk.generating.busy, timeout=SOON)
    qtbot.waitUntil(lambda: not page.talk.generating.busy, timeout=SOON)
    assert workspace.path.exists()
    assert not background.asking or page.isVisible()
    page.talk.panel.reset_action.trigger()


def test_a_score_is_explained_in_other_words_and_in_no_more(
    qtbot: QtBot, scripted: Scripted, make_page: Callable[[], RecommendationsPage]
) -> None:
    page = make_page()
    words = page.breakdown.other_words
    page.table.selectRow(0)
    qtbot.waitUntil(lambda: bool(page.breakdown.sentence.text()) and words.isVisible(), timeout=SOON)
    qtbot.waitUntil(lambda: "together the score" in page.breakdown.sentence.text(), timeout=SOON)
    scripted.texts = ["Past events count here. It is certainly bought 77 times."]
    qtbot.mouseClick(words.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: words.answer.text.text() == "Past events count here.", timeout=SOON)
    qtbot.waitUntil(lambda: not page.why.rewording.busy, timeout=SOON)
    assert words.answer.state.text() == "Something that it said does not hold, and is not shown."
    assert scripted.asked[-1] == page.breakdown.sentence.text()
    page.table.selectRow(1)
    qtbot.waitUntil(lambda: not words.answer.isVisible(), timeout=SOON)
    Preferences().generator = ""
    page.why.rewording.offer()
    assert not words.isVisible()
    page.talk.panel.reset_action.trigger()


def test_a_user_is_described_in_other_words(
    qtbot: QtBot, scripted: Scripted, workspace: Workspace, background: Background
) -> None:
    state = AppState()
    page = TimelinePage(state, background)
    state.setParent(page)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    state.open(workspace)
    state.select_user(3)
    page.tools.profile.setChecked(True)
    words = page.portrait.panel.other_words
    qtbot.waitUntil(words.isVisible, timeout=SOON)
    scripted.texts = ["This user is here. Nobody has 12345 lamps."]
    qtbot.mouseClick(words.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: words.answer.text.text() == "This user is here.", timeout=SOON)
    assert scripted.asked == [" ".join(page.portrait.sentences)]
    state.select_user(4)
    qtbot.waitUntil(lambda: not words.answer.isVisible(), timeout=SOON)
