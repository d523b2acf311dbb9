"""Private training, the audit and the turning back of pseudonyms, as an analyst does them in the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDoubleSpinBox, QFileDialog, QLabel, QMessageBox, QSpinBox
from pytestqt.qtbot import QtBot

from core import keeping, workflow
from core.data.settings import ImportSettings
from core.errors import SeqlensError
from core.fitting import TrainSettings
from core.privacy import pseudonyms
from core.progress import Progress
from core.workspace import Workspace
from desktop_app.app import Desk
from desktop_app.dialogs.reidentify import ReidentifyDialog
from desktop_app.pages.privacy import PrivacyPage
from desktop_app.parts import training_work
from desktop_app.widgets import privacy_words
from desktop_app.widgets.model_settings import ModelSettings
from desktop_app.widgets.run_comparison import RunComparison
from tests.desktop_app.paging import shown_page
from tests.shop import open_shop

KEY = bytes(range(32))


def shown(desk: Desk, qtbot: QtBot, path: Path) -> PrivacyPage:
    desk.open_workspace(path)
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=20_000)
    page = shown_page(desk, qtbot, "privacy")
    assert isinstance(page, PrivacyPage)
    qtbot.waitUntil(lambda: page._facts is not None, timeout=60_000)
    return page


@pytest.fixture
def sealed(tmp_path: Path) -> tuple[Path, list[str]]:
    """A workspace whose users have pseudonyms, and some of these."""
    rows = [f"person-{user}@example.org,lamp {item},2024-01-0{item + 1}" for user in range(9) for item in range(4)]
    (tmp_path / "events.csv").write_text("user_id,item_id,timestamp\n" + "\n".join(rows) + "\n", encoding="utf-8")
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        settings = ImportSettings(files=(tmp_path / "events.csv",), pseudonym_key=KEY)
        workflow.import_files(workspace, settings, Progress())
        return tmp_path / "w.seqlens", workspace.users().ids.to_pylist()


def test_pseudonyms_are_turned_back_with_key_and_reason_and_that_is_written_down(
    desk: Desk, qtbot: QtBot, sealed: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_keyring(*_: object, **__: object) -> bytes:
        raise SeqlensError("none here")

    monkeypatch.setattr(pseudonyms, "keyring_key", no_keyring)
    path, names = sealed
    page = shown(desk, qtbot, path)
    qtbot.waitUntil(page.pseudonyms.back_action.isEnabled)
    page.pseudonyms.back_action.trigger()
    dialog = desk.window.findChild(ReidentifyDialog)
    assert not dialog.turn_action.isEnabled()
    dialog.names.setPlainText("\n".join([*names[:2], names[0], ""]))
    qtbot.keyClicks(dialog.key, bytes(32).hex())
    assert not dialog.turn_action.isEnabled()  # without a reason nobody is told
    qtbot.keyClicks(dialog.reason, "they asked what is stored")
    dialog.turn_action.trigger()
    qtbot.waitUntil(dialog.wrong.isVisible, timeout=20_000)
    assert "not the key" in dialog.wrong.text()
    assert dialog.found.isHidden()
    dialog.key.setText("no digits")
    dialog.turn_action.trigger()
    assert "hexadecimal" in dialog.wrong.text()

    file = path.with_name("key")
    file.write_text(KEY.hex() + "\n", encoding="ascii")
    dialog.file_action.trigger()
    dialog.findChild(QFileDialog, "reidentify.choose").fileSelected.emit(str(file))
    assert dialog.key.text() == KEY.hex()
    dialog.turn_action.trigger()
    qtbot.waitUntil(dialog.found.isVisible, timeout=20_000)
    model = dialog.found.model()
    told = {model.index(row, 0).data(): model.index(row, 1).data() for row in range(model.rowCount())}
    assert desk.state.workspace is not None
    with desk.state.workspace.cursor() as cursor:
        truth = pseudonyms.opened(cursor, KEY, names[:2])
    assert told == truth
    assert all(name.startswith("person-") for name in told.values())
    qtbot.waitUntil(lambda: "they asked what is stored" in page.done.text(), timeout=20_000)
    assert "users: 2" in page.done.text()
    assert page.done.text().count("turned back") == 1  # the wrong key told nothing, and there is nothing to note


def test_several_users_are_forgotten_by_the_ids_behind_their_pseudonyms(
    desk: Desk, qtbot: QtBot, sealed: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_keyring(*_: object, **__: object) -> bytes:
        raise SeqlensError("none here")

    monkeypatch.setattr(pseudonyms, "keyring_key", no_keyring)
    path, _ = sealed
    page = shown(desk, qtbot, path)
    card = page.forgetting
    qtbot.waitUntil(card.behind.isVisible, timeout=20_000)
    assert not card.key.isVisible()
    card.behind.setChecked(True)
    assert card.key.isVisible()
    ids = ["person-2@example.org", "person-7@example.org"]
    card.user.setPlainText("\n".join([*ids, "", f" {ids[0]} "]))
    assert not card.forget_action.isEnabled()  # without the key
    file = path.with_name("key")
    file.write_text(KEY.hex() + "\n", encoding="ascii")
    card.key.file_action.trigger()
    card.findChild(QFileDialog, "privacy.key.choose").fileSelected.emit(str(file))
    assert card.forget_action.isEnabled()
    card.forget_action.trigger()
    box = desk.window.findChild(QMessageBox, "privacy.question")
    assert "2 users" in box.text()
    qtbot.mouseClick(box.button(QMessageBox.StandardButton.Yes), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.window.findChild(QMessageBox, "privacy.told") is not None, timeout=60_000)
    qtbot.waitUntil(lambda: desk.state.workspace is not None and page._facts is not None, timeout=60_000)
    assert desk.state.workspace is not None
    left = desk.state.workspace.users().ids.to_pylist()
    gone = pseudonyms.of(ids, KEY)
    assert len(left) == 7
    assert not set(left) & set(gone)
    assert card.key.line.text() == ""
    assert all(name.encode() not in path.read_bytes() for name in gone)


def test_the_key_of_the_system_is_offered(
    desk: Desk, qtbot: QtBot, sealed: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pseudonyms, "keyring_key", lambda *_, **__: KEY)
    page = shown(desk, qtbot, sealed[0])
    qtbot.waitUntil(page.pseudonyms.back_action.isEnabled)
    page.pseudonyms.back_action.trigger()
    dialog = desk.window.findChild(ReidentifyDialog)
    qtbot.waitUntil(lambda: dialog.key.text() == KEY.hex(), timeout=20_000)


def test_without_pseudonyms_there_is_nothing_to_turn_back(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    open_shop(tmp_path / "shop.seqlens").close()
    page = shown(desk, qtbot, tmp_path / "shop.seqlens")
    assert keeping.stored(page._state.workspace).pseudonyms == 0  # type: ignore[arg-type]
    assert not page.pseudonyms.back_action.isEnabled()
    assert not page.models.audit_action.isEnabled()  # and nothing is trained


def test_a_training_is_audited_with_progress_and_the_figure_stays(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "shop.seqlens"
    with open_shop(path) as workspace:
        workflow.train(workspace, TrainSettings(model="transitions", name="counts"), Progress())
    page = shown(desk, qtbot, path)
    qtbot.waitUntil(page.models.audit_action.isEnabled, timeout=20_000)
    assert "AUC 0" not in page.models.text.text()
    page.models.audit_action.trigger()
    box = desk.window.findChild(QMessageBox, "privacy.question")
    with qtbot.waitSignal(desk.background.job_started) as started:
        qtbot.mouseClick(box.button(QMessageBox.StandardButton.Yes), Qt.MouseButton.LeftButton)
    messages: list[str] = []
    started.args[0].progressed.connect(lambda _, message, __: messages.append(message))
    qtbot.waitUntil(lambda: "counts: not private; audit: AUC" in page.models.text.text(), timeout=60_000)
    assert messages
    qtbot.waitUntil(page.models.audit_action.isEnabled)
    assert desk.state.workspace is not None
    run = desk.state.workspace.runs.all()[0]
    assert run.audit["models"] == 4
    comparison = RunComparison([run, run])
    qtbot.addWidget(comparison)
    lines = {line.title: line.cells for line in comparison._lines}
    assert lines["Audit"] == (privacy_words.audit(run),) * 2
    assert lines["Privacy budget"] == ("–", "–")


def test_a_private_training_is_asked_for_in_the_form(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    form = ModelSettings()
    qtbot.addWidget(form)
    monkeypatch.setattr("core.training.private.available", lambda: True)
    form.set_defaults(training_work._defaults())
    form.show_model("transformer")
    budget = form.findChild(QDoubleSpinBox, "transformer.private_epsilon")
    assert budget.text() == "none"
    assert "private_epsilon" not in form.options().get("transformer", {})
    budget.setValue(8)
    form.findChild(QSpinBox, "transformer.private_steps").setValue(40)
    assert form.options() == {"transformer": {"private_epsilon": 8.0, "private_steps": 40}}
    form.show_model("hybrid")
    assert form.findChild(QDoubleSpinBox, "transformer.private_epsilon") is None

    monkeypatch.setattr("core.training.private.available", lambda: False)
    form.set_defaults(training_work._defaults())
    form.show_model("transformer")
    assert form.findChild(QDoubleSpinBox, "transformer.private_epsilon") is None
    assert "[private]" in form.findChild(QLabel, "private.missing").text()


def test_users_to_forget_and_the_key_stay_where_nobody_could_be_forgotten(
    desk: Desk, qtbot: QtBot, sealed: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_keyring(*_: object, **__: object) -> bytes:
        raise SeqlensError("none here")

    monkeypatch.setattr(pseudonyms, "keyring_key", no_keyring)
    page = shown(desk, qtbot, sealed[0])
    card = page.forgetting
    qtbot.waitUntil(card.behind.isVisible, timeout=20_000)
    card.behind.setChecked(True)
    card.user.setPlainText("person-2@example.org\nperson-77@example.org")
    card.key.line.setText(KEY.hex())
    card.forget_action.trigger()
    box = desk.window.findChild(QMessageBox, "privacy.question")
    qtbot.mouseClick(box.button(QMessageBox.StandardButton.Yes), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.window.findChild(QMessageBox, "error") is not None, timeout=60_000)
    assert "person-77@example.org" in desk.window.findChild(QMessageBox, "error").text()
    qtbot.waitUntil(lambda: desk.state.workspace is not None and page._facts is not None, timeout=60_000)
    qtbot.waitUntil(card.forget_action.isEnabled, timeout=20_000)
    assert card.user.lines() == ["person-2@example.org", "person-77@example.org"]
    assert card.key.line.text() == KEY.hex()
    assert card.behind.isChecked()
    assert card.key.isVisible()
