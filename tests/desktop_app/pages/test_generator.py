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

from core import answering, workflow
from core.dialogue import asking
from core.fitting import TrainSettings
from core.language import generator, hub
from core.language.cards import Card
from core.language.generator import Prompt
from core.language.reading import Reading
from core.progress import Progress
from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.dialogs.fetch_model import FetchModelDialog
from desktop_app.pages.language import LanguagePage
from desktop_app.pages.recommendations import RecommendationsPage
from desktop_app.pages.timeline import TimelinePage
from desktop_app.parts import language_work as work
from desktop_app.preferences import Preferences
from desktop_app.state import AppState
from desktop_app.widgets.generator_table import CHATS, GRAMMAR, SPEED, TOKENS
from desktop_app.widgets.model_table import LANGUAGES, NAME, SIZE
from tests.core.language.models import small_model
from tests.core.language.test_generator import needs_extra, tiny_generator
from tests.desktop_app.children import children
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


@pytest.fixture(scope="module", autouse=True)
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with "tiny", which writes and chats, and "reader", which reads.

    They are made before any page is: a second thread that imports transformers meanwhile gets half of it.
    """
    folder = tmp_path_factory.mktemp("models")
    tiny_generator(folder / "tiny", chats=True)
    (folder / "tiny" / "README.md").write_text("---\nlanguage:\n- en\n- zh\n---\nTiny.\n", encoding="utf-8")
    small_model(folder / "reader")
    return folder


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
    return "\n".join(label.text() for label in children(page.talk.panel._turns, QLabel))


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


def _press(qtbot: QtBot, page: LanguagePage, name: str) -> None:
    button = page.generator.panel.findChild(QPushButton, f"generator.{name}.button")
    qtbot.waitUntil(button.isEnabled, timeout=SOON)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def _selected(page: LanguagePage) -> str:
    row = page.generator.panel.table.current
    return "" if row is None else row.model


def _cell(page: LanguagePage, column: int) -> str:
    table = page.generator.panel.table
    return str(table.rows.index(table.selectionModel().selectedRows()[0].row(), column).data() or "")


def test_a_generator_is_chosen_and_tried(
    qtbot: QtBot, scripted: Scripted, page: LanguagePage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = page.generator.panel
    panel.table.select_model(GRAMMAR)
    _press(qtbot, page, "use")
    assert Preferences().generator == ""
    assert "0.5 billion" in panel.told.text()
    assert not panel.reads.isEnabled()
    monkeypatch.setattr(work, "find_generator", lambda model: Path(model))
    monkeypatch.setattr(work, "generator_card", _small_card)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/models/small.gguf", ""))
    _press(qtbot, page, "file")
    qtbot.waitUntil(lambda: _selected(page) == "/models/small.gguf", timeout=SOON)
    assert Preferences().generator == ""  # what is added is not used yet
    _press(qtbot, page, "use")
    assert "small.gguf is used" in panel.told.text()
    assert Preferences().generator == "/models/small.gguf"
    panel.reads.setCurrentIndex(panel.reads.findData("all"))
    panel.words.click()
    assert (Preferences().generator_reads, Preferences().generator_words) == ("all", False)

    page._state.open(workspace)
    scripted.forms = [[{"kind": "count", "number": 5}]]
    _press(qtbot, page, "try")
    qtbot.waitUntil(lambda: "was understood as: 5 items" in panel.state.text(), timeout=SOON)
    assert "It is no chat model" in panel.state.text()

    _press(qtbot, page, "remove")
    qtbot.waitUntil(lambda: Preferences().generators == [], timeout=SOON)
    assert _selected(page) == "/models/small.gguf"  # what is used stays to be seen
    assert not panel.use_action.isEnabled()


def _small_card(model: str) -> Card:
    reading = Reading(model)
    return Card(model, Path(model).name, 250_000_000, ("en", "zh"), 640, 32_768, True, reading, chats=True)


def test_a_file_that_is_no_model_is_told(
    qtbot: QtBot, scripted: Scripted, page: LanguagePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Preferences().generator
    (tmp_path / "bad.gguf").write_bytes(b"no")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "bad.gguf"), ""))
    _press(qtbot, page, "file")
    qtbot.waitUntil(lambda: "is no GGUF file" in page.generator.panel.state.text(), timeout=SOON)
    assert Preferences().generator == before
    assert Preferences().generators == []
    assert not scripted.asked


@pytest.mark.usefixtures("scripted")
def test_what_only_reads_is_no_generator(
    qtbot: QtBot, page: LanguagePage, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(models / "reader"))
    _press(qtbot, page, "folder")
    qtbot.waitUntil(lambda: "reads texts and writes none" in page.generator.panel.state.text(), timeout=SOON)
    assert Preferences().generators == []


@pytest.fixture
def needs_no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """What writes freely needs none; before the page is made, which asks for it."""
    monkeypatch.setattr(generator, "missing", lambda _: [])


@pytest.mark.usefixtures("needs_no_extra")
def test_generators_are_listed_and_measured_on_this_machine(
    qtbot: QtBot, page: LanguagePage, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(models / "tiny")
    panel = page.generator.panel
    assert _selected(page) == GRAMMAR
    assert not panel.speed_action.isEnabled()  # there is nothing to measure
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: folder)
    _press(qtbot, page, "folder")
    qtbot.waitUntil(lambda: _selected(page) == folder, timeout=SOON)
    told = [_cell(page, column) for column in (NAME, LANGUAGES, TOKENS, CHATS, SPEED)]
    assert told == ["tiny", "English, Chinese", "256", "yes", ""]
    _press(qtbot, page, "speed")
    qtbot.waitUntil(lambda: bool(_cell(page, SPEED)), timeout=SOON)
    assert panel.table.current is not None
    pace = panel.table.current.pace
    assert pace is not None
    assert min(pace.reads, pace.writes) > 0
    assert Preferences().generator == ""  # measuring does not choose


@pytest.mark.usefixtures("scripted")
def test_measuring_can_be_stopped(qtbot: QtBot, page: LanguagePage, monkeypatch: pytest.MonkeyPatch) -> None:
    def forever(_: str, progress: Progress) -> None:
        while True:
            progress.step(0, 1, "The generator writes")
            time.sleep(0.01)

    monkeypatch.setattr(answering, "pace", forever)
    monkeypatch.setattr(work, "generator_card", _small_card)
    page.generator._reload(select=Preferences().generator)
    qtbot.waitUntil(lambda: _selected(page) == Preferences().generator, timeout=SOON)
    _press(qtbot, page, "speed")
    qtbot.waitUntil(lambda: page._background.job is not None, timeout=SOON)
    assert not page.generator.panel.speed_action.isEnabled()
    job = page._background.job
    assert job is not None
    with qtbot.waitSignal(job.cancelled, timeout=SOON):
        job.cancel()
    qtbot.waitUntil(page.generator.panel.speed_action.isEnabled, timeout=SOON)
    assert _cell(page, SPEED) == ""


@pytest.mark.usefixtures("scripted")
def test_a_generator_of_the_hub_is_asked_for_before_it_is_fetched(
    qtbot: QtBot, page: LanguagePage, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here: dict[str, Path] = {}

    def fetch(name: str, progress: Progress) -> Path:
        progress.check()
        return here.setdefault(name, models / "tiny")

    monkeypatch.setattr(hub, "size_of", lambda _: 1_000_000_000)
    monkeypatch.setattr(hub, "fetched", here.get)
    monkeypatch.setattr(hub, "fetch", fetch)
    _press(qtbot, page, "hub")
    dialog = page.window().findChild(FetchModelDialog)
    qtbot.keyClicks(dialog.name, "some/chat-model")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.go.text() == "Fetch", timeout=SOON)
    assert not here
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _selected(page) == "some/chat-model", timeout=SOON)
    assert here
    assert Preferences().generators == ["some/chat-model"]
    assert Preferences().encoders == []  # the two lists are apart

    Preferences().may_fetch = False
    page.hide()
    page.show()
    qtbot.waitUntil(lambda: not page.generator.models.hub_action.isEnabled(), timeout=SOON)


@pytest.mark.usefixtures("scripted")
def test_a_generator_that_is_gone_is_told(qtbot: QtBot, page: LanguagePage) -> None:
    gone = Preferences().generator
    table = page.generator.panel.table
    qtbot.waitUntil(lambda: len(table.rows.rows) == 2, timeout=SOON)
    table.select_model(gone)
    qtbot.waitUntil(lambda: table.current is not None and "is no folder here" in table.current.problem, timeout=SOON)
    assert _cell(page, SIZE) == "not here"
    assert not page.generator.panel.try_action.isEnabled()


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


@needs_extra
def test_one_that_takes_too_long_leaves_the_request_to_the_grammar(
    qtbot: QtBot, make_page: Callable[[], RecommendationsPage], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking.heard, "__defaults__", (0.0,))  # seconds that it has
    monkeypatch.setattr(asking, "examples", lambda _: [])
    Preferences().generator = tiny_generator(tmp_path / "tiny")
    Preferences().generator_reads = "all"
    Preferences().generator_words = False
    page = make_page()
    _type(qtbot, page, "no furniture")
    assert "No Furniture" in _cards(page)
    assert page.talk.panel.answer.state.text() == "The generator did not come to an end in 0 s."
    qtbot.waitUntil(lambda: page._listed is not None and page._listed.choice.parts == page.talk.parts, timeout=SOON)
    assert page._listed is not None
    assert {row.category for row in page._listed.rows} == {"灯具"}
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
