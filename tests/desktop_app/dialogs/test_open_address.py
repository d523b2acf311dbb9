"""The dialog for an address: what is wrong is said, nothing is asked before Open, and it goes on to the import."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from desktop_app.app import Desk
from desktop_app.dialogs.import_files import ImportDialog
from desktop_app.dialogs.open_address import OpenAddress
from tests.core.data.stores import Store, serving

PATIENCE = 30_000  # milliseconds, on a busy machine


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Store]]:
    with serving(Store, tmp_path) as port:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        yield Store


def asked_by(desk: Desk) -> OpenAddress:
    desk.window.actions_by_name["open-address"].trigger()
    return [one for one in desk.window.findChildren(OpenAddress) if one.isVisible()][-1]


def imports(desk: Desk) -> list[ImportDialog]:
    return [one for one in desk.window.findChildren(ImportDialog) if one.isVisible()]


def type_in(qtbot: QtBot, dialog: OpenAddress, text: str) -> None:
    """Write the address and press Enter."""
    dialog.field.clear()
    qtbot.keyClicks(dialog.field, text)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "This is no address. One begins with s3://"),
        ("shop/events", "opened by Open files or Open folder"),
        ("hdfs://shop/events", "hdfs addresses cannot be read"),
    ],
)
def test_what_is_no_address_is_said_and_the_dialog_stays(
    qtbot: QtBot, desk: Desk, store: type[Store], text: str, said: str
) -> None:
    dialog = asked_by(desk)
    assert dialog.focusWidget() is dialog.field
    assert dialog.wrong.isHidden()
    type_in(qtbot, dialog, text)
    assert said in dialog.wrong.text()
    assert dialog.isVisible()
    assert dialog.wrong.isVisible()
    qtbot.keyClicks(dialog.field, "s")
    assert dialog.wrong.isHidden()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not desk.window.findChildren(OpenAddress), timeout=PATIENCE)
    assert not imports(desk)
    assert not store.asked


def test_an_address_is_read_once_open_is_pressed_and_imported(qtbot: QtBot, desk: Desk, store: type[Store]) -> None:
    dialog = asked_by(desk)
    qtbot.keyClicks(dialog.field, " s3://shop/set")
    assert not store.asked
    open_button = dialog.findChildren(QDialogButtonBox)[0].button(QDialogButtonBox.StandardButton.Open)
    qtbot.mouseClick(open_button, Qt.MouseButton.LeftButton)
    (importing,) = imports(desk)
    qtbot.waitUntil(lambda: importing.preview is not None, timeout=PATIENCE)
    assert store.asked
    assert importing.path.text().endswith("set.seqlens")
    qtbot.waitUntil(importing.import_button.isEnabled, timeout=PATIENCE)
    importing.import_button.click()
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=PATIENCE)
    assert desk.state.workspace is not None
    assert desk.state.workspace.counts().events == 9
    importing.close()
    again = asked_by(desk)
    assert again.field.text().strip() == "s3://shop/set"
    assert again.field.selectedText() == again.field.text()
    assert desk.preferences.recent_files == [[Path("s3:/shop/set")]]
    desk.preferences.remember_files([Path("https:/example.org/a.parquet?signature=secret")])
    assert desk.preferences.recent_files == [[Path("s3:/shop/set")]]
    assert "secret" not in str(QSettings().value("recent_files"))


def test_who_is_not_let_in_is_told_where_the_keys_belong(qtbot: QtBot, desk: Desk, store: type[Store]) -> None:
    store.refuses = True
    type_in(qtbot, asked_by(desk), "s3://shop/set")
    (importing,) = imports(desk)
    qtbot.waitUntil(lambda: "AWS_ACCESS_KEY_ID" in importing.message.text(), timeout=PATIENCE)
    assert importing.preview is None
