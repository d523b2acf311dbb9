"""The page of language models as an analyst uses it: models are added, tried, set and chosen for the next training."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from core import trying, workflow
from core.chosen import choose, chosen
from core.errors import SeqlensError
from core.fitting import TrainSettings
from core.language import gguf_files, hub
from core.language.reading import Reading
from core.progress import Progress
from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.dialogs.fetch_model import FetchModelDialog
from desktop_app.pages.language import LanguagePage
from desktop_app.parts import language_work
from desktop_app.preferences import Preferences
from desktop_app.state import AppState
from desktop_app.widgets.encoder_table import NDCG, NGRAMS, SPEED
from desktop_app.widgets.runs_table import EITHER_WAY
from tests.core.language.models import small_model
from tests.filled import fill
from tests.shop import DAY, START

SOON = 60_000
TITLES = ("red shoe", "blue tea pot", "lamp", "tea, 2")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_model(tmp_path_factory.mktemp("models") / "small")


def _filled(path: Path, titles: tuple[str, ...]) -> Workspace:
    catalogue = [
        (f"i{item}", f"{titles[item // 5]} {'red ' * (item % 5)}".strip(), None, None, 1.0) for item in range(20)
    ]
    events = [
        (user, START + place * DAY, 5 * (user % 4) + (user + place) % 5, 0, None, None)
        for user in range(24)
        for place in range(5)
    ]
    with Workspace.create(path) as workspace, workspace.cursor() as cursor:
        fill(cursor, [f"u{user}" for user in range(24)], catalogue, [("view", False)], events, create=False)
    return Workspace.open(path)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with _filled(tmp_path / "shop.seqlens", TITLES) as workspace:
        yield workspace


@pytest.fixture
def page(qtbot: QtBot, background: Background, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LanguagePage:
    def refuse(*_: object) -> None:
        raise OSError("the network is down")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)  # everything works without it
    monkeypatch.setattr(trying, "SPEED_SECONDS", 0.1)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    state = AppState()
    page = LanguagePage(state, background)
    state.setParent(page)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    return page


def _open(qtbot: QtBot, page: LanguagePage, workspace: Workspace) -> None:
    page._state.open(workspace)
    qtbot.waitUntil(lambda: page._facts.choice is not None, timeout=SOON)


def _press(qtbot: QtBot, page: LanguagePage, name: str) -> None:
    button = page.findChild(QPushButton, f"language.{name}.button")
    qtbot.waitUntil(button.isEnabled, timeout=SOON)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def _cell(page: LanguagePage, column: int) -> str:
    row = page.table.selectionModel().selectedRows()[0].row()
    return str(page.table.rows.index(row, column).data() or "")


def test_a_folder_is_added_tried_set_and_read_by_the_next_training(
    qtbot: QtBot, page: LanguagePage, workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _open(qtbot, page, workspace)
    assert page.note.text() == "The next training reads with all-MiniLM-L6-v2."
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    _press(qtbot, page, "folder")
    qtbot.waitUntil(lambda: page.table.current is not None and page.table.current.model == str(folder), timeout=SOON)

    _press(qtbot, page, "try")
    qtbot.waitUntil(lambda: bool(_cell(page, NDCG)), timeout=SOON)
    figure, _, half = _cell(page, NDCG).partition(EITHER_WAY)
    assert float(figure) > 0
    assert float(half) > 0
    _press(qtbot, page, "speed")
    qtbot.waitUntil(lambda: bool(_cell(page, SPEED)), timeout=SOON)

    qtbot.waitUntil(lambda: len(page.preview.lines.texts()) > 2, timeout=SOON)
    qtbot.keyClicks(page.form.items, "tea {title}")
    qtbot.waitUntil(lambda: "tea red shoe" in " ".join(page.preview.lines.texts()), timeout=SOON)
    assert _cell(page, NDCG) == ""  # that was measured with other texts
    page.form.pooling.setCurrentIndex(page.form.pooling.findData("cls"))
    qtbot.keyClicks(page.form.query, "lamp ")
    page.form.tokens.setValue(12)
    qtbot.waitUntil(lambda: page.form.reading.tokens == 12 and page.form.reading.query == "lamp ", timeout=SOON)
    qtbot.waitUntil(lambda: any("Sequence of u0" in line for line in page.preview.lines.texts()), timeout=SOON)

    _press(qtbot, page, "use")
    qtbot.waitUntil(lambda: "reads with small" in page.note.text(), timeout=SOON)
    mine = Reading(str(folder), "cls", query="lamp ", tokens=12, items="tea {title}")
    assert chosen(workspace) == mine
    assert not page.use_action.isEnabled()
    run = workflow.train(workspace, TrainSettings(model="content"), Progress())
    assert run.settings["reading"] == mine.to_dict()
    assert "small@" in str(run.log)

    _press(qtbot, page, "remove")
    qtbot.waitUntil(lambda: str(folder) not in Preferences().encoders, timeout=SOON)
    qtbot.waitUntil(lambda: "reads with small" in page.note.text(), timeout=SOON)  # what is chosen stays to be seen


def test_models_that_are_added_while_another_is_looked_at_are_all_kept(
    qtbot: QtBot, page: LanguagePage, tmp_path: Path, folder: Path
) -> None:
    copies = [str(shutil.copytree(folder, tmp_path / name)) for name in ("one", "two", "three")]
    for copy in copies:
        page.models.add(copy)
    qtbot.waitUntil(lambda: sorted(page.models.models) == sorted(copies), timeout=SOON)
    qtbot.waitUntil(lambda: {*copies} <= {row.model for row in page.table.rows.rows}, timeout=SOON)


def test_why_weights_cannot_be_compared_is_told_of_those_alone(
    qtbot: QtBot, page: LanguagePage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def refuse(*_: object, progress: Progress) -> None:
        del progress
        assert go_on.wait(20)
        raise SeqlensError("{file} cannot be used as a language model.", file="small")

    monkeypatch.setattr(language_work, "closeness", refuse)
    _open(qtbot, page, workspace)
    page.form.bits.setCurrentIndex(page.form.bits.findData(8))
    assert "Held against" in page.form.cosine.text()
    page.form.bits.setCurrentIndex(page.form.bits.findData(32))
    go_on.set()
    qtbot.waitUntil(lambda: not page._background.asking, timeout=SOON)
    assert page.form.cosine.text() == ""
    page.form.bits.setCurrentIndex(page.form.bits.findData(8))
    qtbot.waitUntil(lambda: "small cannot be used" in page.form.cosine.text(), timeout=SOON)


def test_a_template_that_cannot_be_used_is_told_and_not_taken(
    qtbot: QtBot, page: LanguagePage, workspace: Workspace
) -> None:
    _open(qtbot, page, workspace)
    qtbot.keyClicks(page.form.items, "{colour}")
    qtbot.waitUntil(page.form.problem.isVisible, timeout=SOON)
    assert "must be made of words and {title}" in page.form.problem.text()
    assert page.form.reading.items == ""
    assert not page.use_action.isEnabled()


def test_long_texts_are_shown_cut_by_tokens(qtbot: QtBot, page: LanguagePage, workspace: Workspace) -> None:
    _open(qtbot, page, workspace)
    page.form.tokens.setValue(8)
    told = "of which 8 are read"
    qtbot.waitUntil(lambda: any(told in line for line in page.preview.lines.texts()), timeout=SOON)
    heading, text, kept = next(line for line in page.preview.lines._lines if told in line[0])
    assert text[:kept] == "blue tea pot red red red"  # six tokens between [CLS] and [SEP]
    assert text[kept:].strip() == "red"
    assert heading == "Item, 9 tokens, of which 8 are read"


def test_a_gguf_file_is_added_and_measured(
    qtbot: QtBot, page: LanguagePage, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("gguf", reason="a GGUF file needs the package gguf")
    from tests.core.language.test_gguf import write_gguf

    file = write_gguf(tmp_path / "tiny.gguf")
    monkeypatch.setattr(gguf_files, "kept", lambda: tmp_path / "kept")
    _open(qtbot, page, workspace)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (file, ""))
    _press(qtbot, page, "file")
    qtbot.waitUntil(lambda: page.table.current is not None and page.table.current.model == file, timeout=SOON)
    assert page.form.reading.pooling == "last"
    _press(qtbot, page, "speed")
    qtbot.waitUntil(lambda: page.table.current is not None and bool(page.table.current.speed), timeout=SOON)


def test_fewer_bits_are_held_against_the_full_model(qtbot: QtBot, page: LanguagePage, workspace: Workspace) -> None:
    _open(qtbot, page, workspace)
    for bits in (8, 4):
        qtbot.keyClick(page.form.bits, Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: page.form.cosine.text().startswith("Cosine to the full model"), timeout=SOON)
        assert page.form.reading.bits == bits
    page.form.bits.setCurrentIndex(0)
    assert not page.form.cosine.isVisible()


def test_chinese_is_detected_and_what_stands_in_is_said(qtbot: QtBot, page: LanguagePage, tmp_path: Path) -> None:
    titles = ("雅诗兰黛红石榴面霜", "全友板式床", "康师傅冰红茶", "女士羽绒服")
    with _filled(tmp_path / "chinese.seqlens", titles) as workspace:
        _open(qtbot, page, workspace)
        qtbot.waitUntil(lambda: "These texts are Chinese" in page.note.text(), timeout=SOON)
        assert "Character n-grams stand in" in page.note.text()
        page.table.select_model(NGRAMS)
        _press(qtbot, page, "try")
        qtbot.waitUntil(lambda: bool(_cell(page, NDCG)), timeout=SOON)
        grams = float(_cell(page, NDCG).partition(EITHER_WAY)[0])
        page.table.select_model("")
        _press(qtbot, page, "try")
        qtbot.waitUntil(lambda: "(n-grams)" in _cell(page, NDCG), timeout=SOON)
        assert float(_cell(page, NDCG).split()[0]) == pytest.approx(grams, abs=2e-4)
        qtbot.waitUntil(lambda: page._background.job is None, timeout=SOON)
        page._state.open(None)


def test_a_chosen_model_that_is_gone_is_told_and_another_can_be_chosen(
    qtbot: QtBot, page: LanguagePage, workspace: Workspace
) -> None:
    choose(workspace, Reading("some/model-of-another-machine"))
    _open(qtbot, page, workspace)
    qtbot.waitUntil(lambda: "was not fetched yet" in page.note.text(), timeout=SOON)
    assert page.table.current is not None
    assert page.table.current.problem
    assert not page.use_action.isEnabled()
    page.table.select_model("")
    _press(qtbot, page, "use")
    qtbot.waitUntil(lambda: "reads with all-MiniLM-L6-v2" in page.note.text(), timeout=SOON)
    assert chosen(workspace) == Reading()


def test_a_try_can_be_stopped(
    qtbot: QtBot, page: LanguagePage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forever(*_: object, progress: Progress) -> None:
        while True:
            progress.step(0, 1, "Computing language vectors: {ready} of {texts} texts", ready=0, texts=1)

    monkeypatch.setattr("desktop_app.parts.language_work.try_out", forever)
    _open(qtbot, page, workspace)
    _press(qtbot, page, "try")
    qtbot.waitUntil(lambda: page._background.job is not None, timeout=SOON)
    assert not page.try_action.isEnabled()
    job = page._background.job
    assert job is not None
    with qtbot.waitSignal(job.cancelled, timeout=SOON):
        job.cancel()
    qtbot.waitUntil(page.try_action.isEnabled, timeout=SOON)
    assert _cell(page, NDCG) == ""


def test_what_is_no_model_is_told(
    qtbot: QtBot, page: LanguagePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    _press(qtbot, page, "folder")
    qtbot.waitUntil(page.problem.isVisible, timeout=SOON)
    assert "no weights in the safetensors format" in page.problem.text()
    assert Preferences().encoders == []


# ---------------------------------------------------------------- the hub


def _dialog(page: LanguagePage) -> FetchModelDialog:
    return page.window().findChild(FetchModelDialog)


def test_why_a_model_cannot_be_looked_up_is_told_of_that_name_alone(
    qtbot: QtBot, page: LanguagePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def refuse(name: str) -> int:
        assert go_on.wait(20)
        raise SeqlensError("There is no model {name} on the hub.", name=name)

    monkeypatch.setattr(hub, "size_of", refuse)
    monkeypatch.setattr(hub, "fetched", lambda _: None)
    _press(qtbot, page, "hub")
    dialog = _dialog(page)
    qtbot.keyClicks(dialog.name, "some/e5")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(dialog.name, "-model")
    go_on.set()
    qtbot.waitUntil(lambda: not page._background.asking, timeout=SOON)
    assert dialog.answer.text() == ""
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "no model some/e5-model" in dialog.answer.text(), timeout=SOON)
    assert dialog.go.isEnabled()
    dialog.reject()


def test_a_model_of_the_hub_is_asked_for_before_it_is_fetched(
    qtbot: QtBot, page: LanguagePage, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here: dict[str, Path] = {}

    def fetch(name: str, progress: Progress) -> Path:
        progress.check()
        return here.setdefault(name, folder)

    monkeypatch.setattr(hub, "size_of", lambda _: 133_000_000)
    monkeypatch.setattr(hub, "fetched", here.get)
    monkeypatch.setattr(hub, "fetch", fetch)
    _press(qtbot, page, "hub")
    dialog = _dialog(page)
    qtbot.keyClicks(dialog.name, "some/e5-model")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.go.text() == "Fetch", timeout=SOON)
    assert dialog.answer.text() == "133 MB will be fetched and kept on this machine."
    assert not here
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: page.table.current is not None and page.table.current.model == "some/e5-model", timeout=SOON
    )
    assert here
    assert page.form.prefix.text() == "passage: "
    assert Preferences().encoders == ["some/e5-model"]


def test_a_hub_that_cannot_be_reached_is_told(qtbot: QtBot, page: LanguagePage) -> None:
    _press(qtbot, page, "hub")
    dialog = _dialog(page)
    qtbot.keyClicks(dialog.name, "some/model")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "could not be fetched" in dialog.answer.text(), timeout=SOON)
    dialog.reject()


def test_the_hub_can_be_switched_off_for_good(qtbot: QtBot, page: LanguagePage) -> None:
    Preferences().may_fetch = False
    page.hide()
    page.show()
    qtbot.waitUntil(lambda: not page.models.hub_action.isEnabled(), timeout=SOON)
