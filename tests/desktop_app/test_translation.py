"""Every text of the screen has Simplified Chinese, and the files that are shipped hold it."""

from __future__ import annotations

import re
import shutil
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from core.errors import SeqlensError
from core.evaluation.report import MODEL_NAMES, Words
from core.progress import Progress
from desktop_app import translation
from desktop_app.app import Desk
from desktop_app.pages import PAGES
from desktop_app.pages.language import LanguagePage
from desktop_app.pages.timeline import TimelinePage
from desktop_app.pages.training import TrainingPage
from desktop_app.parts import language_work
from desktop_app.widgets.runs_table import model_name
from resources.translations import update
from tests.desktop_app.paging import shown_page
from tests.shop import EVENTS, open_shop

PLACEHOLDER = re.compile(r"\{\w*\}|%n|%\d")


def messages(path: Path) -> Iterator[tuple[str, str, list[str], bool]]:
    """Context, source, translations (several where it counts things) and whether it is finished, of each message."""
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            answer = message.find("translation")
            assert answer is not None
            texts = [form.text or "" for form in answer.iter("numerusform")] or [answer.text or ""]
            source = message.findtext("source") or ""
            yield context.findtext("name") or "", source, texts, answer.get("type") != "unfinished"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the translations, brought up to date with the source as it is now."""
    folder = tmp_path_factory.mktemp("translations")
    for path in translation.FOLDER.glob("*.ts"):
        shutil.copy(path, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(update, "FOLDER", folder)
        update.update()
    return folder


@pytest.mark.parametrize("name", ["seqlens_zh_CN.ts", "seqlens_en.ts"])
def test_nothing_is_left_untranslated(fresh: Path, name: str) -> None:
    found = list(messages(fresh / name))
    assert found
    missing = [source for _, source, texts, done in found if not done or not all(text.strip() for text in texts)]
    assert not missing, f"run python -m resources.translations.update and translate: {missing}"


def test_translations_fill_the_same_places(fresh: Path) -> None:
    wrong = [
        (source, text)
        for _, source, texts, _ in messages(fresh / "seqlens_zh_CN.ts")
        for text in texts
        if set(PLACEHOLDER.findall(source)) != set(PLACEHOLDER.findall(text))
    ]
    assert not wrong


def test_texts_of_core_are_found(fresh: Path) -> None:
    known = {source for context, source, _, _ in messages(fresh / "seqlens_zh_CN.ts") if context == "core"}
    assert set(update.core_texts()) <= known
    assert len(known) > 50
    assert {"Training epoch {epoch} of {epochs}", "Comparing the words of titles"} <= known  # told by a name


def test_the_shipped_file_speaks_as_its_source(qapp: QApplication) -> None:
    assert qapp is not None
    translation.choose("zh_CN")
    try:
        for context, source, texts, _ in messages(translation.FOLDER / "seqlens_zh_CN.ts"):
            if len(texts) == 1 and "%n" not in source:
                assert QCoreApplication.translate(context, source) == texts[0], (context, source)
    finally:
        translation.choose("en")


def test_errors_of_core_are_told_in_chinese(qapp: QApplication) -> None:
    assert qapp is not None
    error = SeqlensError("There is no file {file}. Was it moved or renamed?", file="{odd} name")
    try:
        translation.choose("zh_CN")
        assert translation.error_text(error) == "没有文件 {odd} name。它被移动或重命名了吗？"
    finally:
        translation.choose("en")
    assert translation.error_text(error) == str(error)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_reports_call_models_what_the_window_calls_them(language: str) -> None:
    try:
        translation.choose(language)
        words = Words(language)
        assert {name: words(text) for name, text in MODEL_NAMES.items()} == {
            name: model_name(name) for name in MODEL_NAMES
        }
    finally:
        translation.choose("en")


@pytest.mark.usefixtures("qapp")
def test_whole_numbers_of_core_are_set_apart_and_others_are_left() -> None:
    translation.choose("en")
    values = {"rows": 60711, "share": 0.25, "name": "a"}
    words = translation.translate_core("{rows} rows, {share:.1f} %, {name}", values)
    assert words == "60,711 rows, 0.2 %, a"
    assert translation.translate_core("{on} {code:04d}", {"on": True, "code": 7}) == "True 0007"


def test_the_window_changes_its_language_while_it_is_open(desk: Desk, qtbot: QtBot) -> None:
    former = desk.window
    assert former.navigation.item(0).text() == "Data"
    former.actions_by_name["language-zh_CN"].trigger()
    assert desk.window is not former
    qtbot.waitExposed(desk.window)
    assert desk.window.navigation.item(0).text() == "数据"
    assert desk.window.actions_by_name["language-zh_CN"].isChecked()
    desk.window.actions_by_name["language-en"].trigger()
    assert desk.window.navigation.item(0).text() == "Data"


def test_a_change_of_language_amid_questions_leaves_no_error(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    complaints: list[object] = []
    desk.background.failed.connect(lambda *failure: complaints.append(failure))
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        desk.state.open(workspace, user=3)
        for number in range(6):
            for name in PAGES:  # each page asks as soon as it is built
                desk.window.stack.page(name)
                desk.window.show_page(name)
            desk.window.actions_by_name["language-en" if number % 2 else "language-zh_CN"].trigger()
            qtbot.wait(5 * number)
        page = shown_page(desk, qtbot, "timeline")
        assert isinstance(page, TimelinePage)
        qtbot.waitUntil(lambda: page.events.model().rowCount() == EVENTS, timeout=20_000)
        desk.state.open(None)
    assert complaints == []
    assert desk.window.findChild(QMessageBox, "error") is None


def test_what_fails_after_a_change_of_language_is_told_in_the_new_window(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.open_workspace(tmp_path / "absent.seqlens")
    desk.choose_language("zh_CN")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: desk.window.findChild(QMessageBox, "error") is not None)
    assert "absent.seqlens" in desk.window.findChild(QMessageBox, "error").text()


def test_a_training_that_fails_after_a_change_of_language_is_told(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    go_on = threading.Event()

    def fail(progress: Progress) -> None:
        del progress
        assert go_on.wait(20)
        raise SeqlensError("There are no events to learn from. Import files first.")

    with open_shop(tmp_path / "shop.seqlens") as workspace:
        desk.state.open(workspace)
        job = desk.background.start(fail, failed=lambda _: None)
        job.setObjectName("training")
        desk.choose_language("zh_CN")
        assert "training" not in desk.window.stack.made  # it is made in parts, as always
        qtbot.waitUntil(lambda: "training" in desk.window.stack.made)  # though nobody looks at it in the new window
        go_on.set()
        qtbot.waitUntil(lambda: desk.background.job is None)
        page = shown_page(desk, qtbot, "training")
        assert isinstance(page, TrainingPage)
        assert page.note.text() == "没有可学习的事件。请先导入文件。"
        desk.state.open(None)


def test_what_a_page_measures_during_a_change_of_language_ends_in_good_order(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def measure(*_: object, progress: Progress) -> float:
        del progress
        assert go_on.wait(20)
        return 12.0

    monkeypatch.setattr(language_work, "speed", measure)
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        desk.state.open(workspace)
        page = shown_page(desk, qtbot, "language")
        assert isinstance(page, LanguagePage)
        qtbot.waitUntil(page.speed_action.isEnabled, timeout=20_000)
        page.speed_action.trigger()
        desk.choose_language("zh_CN")
        qtbot.waitUntil(lambda: not isValid(page), timeout=20_000)
        go_on.set()  # nobody is there any more who would show the figure
        qtbot.waitUntil(lambda: desk.background.job is None)
        assert not desk.window.job.isVisible()
        assert desk.window.findChild(QMessageBox, "error") is None
        desk.state.open(None)
