"""The privacy page as an analyst uses it: encrypt, close, open with the passphrase, forget, train again."""

from __future__ import annotations

import threading
from logging.config import dictConfig
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from core import keeping, workflow
from core.data.database import is_encrypted
from core.fitting import TrainSettings
from core.privacy import passphrase
from core.privacy.forgetting import Forgotten
from core.progress import Progress
from desktop_app import crash
from desktop_app.app import Desk
from desktop_app.dialogs.passphrase import PassphraseDialog
from desktop_app.pages.privacy import PrivacyPage
from desktop_app.widgets.training_form import TrainingForm
from tests.desktop_app.paging import shown_page
from tests.shop import open_shop

WORDS = "long green boats"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        workflow.train(workspace, TrainSettings(model="transitions", name="first"), Progress())
    return tmp_path / "shop.seqlens"


def shown(desk: Desk, qtbot: QtBot, path: Path) -> PrivacyPage:
    desk.open_workspace(path)
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=20_000)
    page = shown_page(desk, qtbot, "privacy")
    assert isinstance(page, PrivacyPage)
    ready(qtbot, page)
    return page


def ready(qtbot: QtBot, page: PrivacyPage) -> None:
    qtbot.waitUntil(lambda: page._facts is not None and page._state.workspace is not None, timeout=60_000)


def agree(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.window.findChild(QMessageBox, "privacy.question") is not None)
    box = desk.window.findChild(QMessageBox, "privacy.question")
    qtbot.mouseClick(box.button(QMessageBox.StandardButton.Yes), Qt.MouseButton.LeftButton)


def words(desk: Desk, qtbot: QtBot, text: str, again: str | None = None) -> PassphraseDialog:
    qtbot.waitUntil(lambda: desk.window.findChild(PassphraseDialog) is not None, timeout=20_000)
    dialog = desk.window.findChild(PassphraseDialog)
    dialog.words.clear()
    dialog.again.clear()
    qtbot.keyClicks(dialog.words, text)
    if again is not None:
        qtbot.keyClicks(dialog.again, again)
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
    return dialog


def test_a_workspace_is_encrypted_and_opens_with_its_passphrase_alone(desk: Desk, qtbot: QtBot, path: Path) -> None:
    page = shown(desk, qtbot, path)
    assert str(path) in page.where.text()
    assert not page.decrypt_action.isEnabled()
    page.encrypt_action.trigger()
    dialog = words(desk, qtbot, "short", "short")
    assert "too easy" in dialog.wrong.text()
    dialog = words(desk, qtbot, WORDS, "other words here")
    assert "two different" in dialog.wrong.text()
    words(desk, qtbot, WORDS, WORDS)
    qtbot.waitUntil(lambda: is_encrypted(path), timeout=60_000)
    ready(qtbot, page)
    qtbot.waitUntil(page.decrypt_action.isEnabled)
    assert "is encrypted" in page.sealed.text()
    assert page.encrypt_action.text() == "Change the passphrase…"
    workspace = desk.state.workspace
    assert workspace is not None
    assert workspace.runs.all()[0].name == "first"

    desk.state.open(None)
    workspace.close()
    passphrase.tell(path, None)
    desk.open_workspace(path)
    words(desk, qtbot, "wrong words here")
    qtbot.waitUntil(
        lambda: any("does not open" in one.text() for one in desk.window.findChildren(type(page.where))), timeout=20_000
    )
    words(desk, qtbot, WORDS)
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=20_000)
    ready(qtbot, page)
    page.decrypt_action.trigger()
    agree(desk, qtbot)
    qtbot.waitUntil(lambda: not is_encrypted(path), timeout=60_000)
    ready(qtbot, page)


def test_an_id_that_is_typed_is_not_replaced_by_that_of_the_selected_user(desk: Desk, qtbot: QtBot, path: Path) -> None:
    page = shown(desk, qtbot, path)
    desk.state.select_user(7)
    page.user.setText("user 03")
    qtbot.waitUntil(lambda: not desk.background.asking, timeout=20_000)
    assert page.user.text() == "user 03"


def test_the_user_who_was_selected_before_is_offered(desk: Desk, qtbot: QtBot, path: Path) -> None:
    desk.open_workspace(path)
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=20_000)
    desk.state.select_user(7)
    assert "privacy" not in desk.window.stack.made
    page = shown_page(desk, qtbot, "privacy")
    qtbot.waitUntil(lambda: page.user.text() == "user 07", timeout=20_000)
    qtbot.waitUntil(page.forget_action.isEnabled, timeout=20_000)


def test_a_user_is_forgotten_and_the_model_trained_again_with_one_click(desk: Desk, qtbot: QtBot, path: Path) -> None:
    page = shown(desk, qtbot, path)
    desk.state.select_user(7)
    qtbot.waitUntil(lambda: page.user.text() == "user 07", timeout=20_000)
    page.forget_action.trigger()
    agree(desk, qtbot)
    qtbot.waitUntil(lambda: desk.window.findChild(QMessageBox, "privacy.told") is not None, timeout=60_000)
    ready(qtbot, page)
    assert desk.state.workspace is not None
    assert desk.state.workspace.counts().users == 59
    assert b"user 07" not in path.read_bytes()
    qtbot.waitUntil(page.again_action.isEnabled, timeout=20_000)
    assert "first" in page.marked.text()
    assert "Users were forgotten (users: 1, events: 12)" in page.done.text()
    assert page.user.text() == ""
    page.again_action.trigger()
    qtbot.waitUntil(lambda: desk.background.job is None and not page.again_action.isEnabled(), timeout=60_000)
    runs = desk.state.workspace.runs.all()
    assert [(run.name, run.forgotten, run.status) for run in runs] == [("first", 0, "done")]
    page.user.setText("nobody")
    qtbot.waitUntil(page.forget_action.isEnabled, timeout=20_000)
    page.forget_action.trigger()
    agree(desk, qtbot)
    qtbot.waitUntil(lambda: desk.window.findChild(QMessageBox, "error") is not None, timeout=20_000)
    assert "no user nobody" in desk.window.findChild(QMessageBox, "error").text()
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=20_000)
    ready(qtbot, page)
    assert page.user.text() == "nobody"  # to be put right


def test_old_events_are_forgotten(desk: Desk, qtbot: QtBot, path: Path) -> None:
    page = shown(desk, qtbot, path)
    assert desk.state.workspace is not None
    events = desk.state.workspace.counts().events
    first = page.since.minimumDate()
    page.since.setDate(first.addDays(3))
    page.retain_action.trigger()
    agree(desk, qtbot)
    qtbot.waitUntil(lambda: desk.window.findChild(QMessageBox, "privacy.told") is not None, timeout=60_000)
    ready(qtbot, page)
    assert desk.state.workspace.counts().events < events
    assert page.since.minimumDate() == QDate(first.addDays(3))


def test_it_is_opened_again_in_another_language(
    desk: Desk, qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, retain = threading.Event(), keeping.retain

    def slow(*asked: Any) -> Forgotten:
        assert go_on.wait(20)
        return retain(*asked)

    monkeypatch.setattr(keeping, "retain", slow)
    page = shown(desk, qtbot, path)
    page.since.setDate(page.since.minimumDate().addDays(3))
    page.retain_action.trigger()
    agree(desk, qtbot)
    qtbot.waitUntil(lambda: desk.background.job is not None)
    desk.choose_language("zh_CN")
    qtbot.waitUntil(lambda: not isValid(page), timeout=20_000)
    go_on.set()
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=60_000)
    assert desk.state.workspace is not None
    assert desk.state.workspace.path == path


def test_the_log_says_where_and_never_what_about(tmp_path: Path) -> None:
    def fail() -> None:
        try:
            {}["person-007@example.org"]
        except KeyError as error:
            raise ValueError("Copper lamp of /home/somebody") from error

    with pytest.raises(ValueError, match="Copper") as caught:
        fail()
    told = crash.outline(caught.value)
    assert "builtins.ValueError" in told
    assert "builtins.KeyError" in told
    assert "test_privacy.py:" in told
    assert "person" not in told
    assert "Copper" not in told
    assert "somebody" not in told
    crash.keep_log(tmp_path / "logs")
    handler = crash.log.handlers[-1]
    dictConfig({"version": 1})  # as a library may do at any time; it silences all loggers that it finds
    try:
        for number in range(40_000):
            crash.log.error("A job failed\n%s %s", told, number)
        names = sorted(one.name for one in (tmp_path / "logs").iterdir())
        assert names == ["crash.log", "seqlens.log", "seqlens.log.1", "seqlens.log.2", "seqlens.log.3"]
        assert all(one.stat().st_size <= crash.SIZE for one in (tmp_path / "logs").iterdir())
    finally:
        crash.log.removeHandler(handler)
        handler.close()


def test_it_leads_to_exports_imports_and_private_training(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_shop(tmp_path / "shop.seqlens").close()
    page = shown(desk, qtbot, tmp_path / "shop.seqlens")
    assert "fewer than 5 users" in page.exports.text.text()
    done: list[str] = []
    for name in ("export", "export-features", "open-files"):
        action = desk.window.actions_by_name[name]
        action.triggered.disconnect()
        action.triggered.connect(lambda _=False, name=name: done.append(name))
    for action in (page.exports.lists_action, page.exports.features_action, page.pseudonyms.import_action):
        assert action.isEnabled()
        action.trigger()
    assert done == ["export", "export-features", "open-files"]
    monkeypatch.setattr("core.training.private.available", lambda: True)
    page.models.train_action.trigger()
    form = shown_page(desk, qtbot).findChild(TrainingForm)
    assert form.model == "transformer"
    assert form.advanced.isVisible()


def test_the_hub_is_switched_off_here_too(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    open_shop(tmp_path / "shop.seqlens").close()
    page = shown(desk, qtbot, tmp_path / "shop.seqlens")
    assert page.hub.fetching.isChecked()
    page.hub.fetching.click()
    assert not desk.preferences.may_fetch
    desk.preferences.may_fetch = True  # as the settings do
    shown_page(desk, qtbot, "data")
    shown_page(desk, qtbot, "privacy")
    assert page.hub.fetching.isChecked()
