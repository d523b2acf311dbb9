"""The import dialog as an analyst uses it, on real files, into real workspaces."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog
from pytestqt.qtbot import QtBot

from core import workflow
from core.adding import named_pictures
from core.data.settings import ImportSettings, Rules
from core.errors import SeqlensError
from core.privacy import passphrase, pseudonyms
from core.progress import Progress
from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.dialogs import import_work
from desktop_app.dialogs.feedback_file import AsFeedback
from desktop_app.dialogs.feedback_report import FeedbackReport
from desktop_app.dialogs.import_files import CHOOSING, REPORTING, ImportDialog
from desktop_app.dialogs.import_work import free_path
from desktop_app.dialogs.passphrase import PassphraseDialog
from desktop_app.state import AppState
from desktop_app.widgets.behaviour_table import AGAINST, KIND, NAME
from tests.shop import open_shop

LEFT = Qt.MouseButton.LeftButton
PATIENCE = 30_000  # milliseconds, on a busy machine


class Desk:
    """What surrounds the dialog."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.state, self.background = AppState(), Background()
        self.opened: list[Workspace] = []

    def open(self, *paths: Path, into: Workspace | None = None, readable: bool = True) -> ImportDialog:
        dialog = ImportDialog(list(paths), self.state, self.background, into=into, folder=self.folder)
        dialog.imported.connect(self.opened.append)
        self.qtbot.addWidget(dialog)
        dialog.show()
        if readable:
            self.qtbot.waitUntil(lambda: dialog.preview is not None, timeout=PATIENCE)
        return dialog

    def press_import(self, dialog: ImportDialog) -> Workspace:
        self.qtbot.waitUntil(dialog.import_button.isEnabled, timeout=PATIENCE)
        self.qtbot.mouseClick(dialog.import_button, LEFT)
        self.qtbot.waitUntil(lambda: dialog.report is not None, timeout=PATIENCE)
        return self.opened[-1]

    def choose(self, dialog: ImportDialog, column: str, role: str) -> None:
        box = dialog.files.findChild(QComboBox, f"role.{column}")
        box.setCurrentIndex(box.findData(role))
        box.activated.emit(box.currentIndex())


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path / "workspaces")
    yield desk
    desk.background.close()
    for workspace in desk.opened:
        workspace.close()


def test_chinese_data_with_no_click_but_import(desk: Desk, shared_data: Path, qtbot: QtBot) -> None:
    dialog = desk.open(shared_data / "taobao-zh" / "UserBehavior.csv")
    assert dialog.files.table(0).model().rowCount() == 200
    assert dialog.files.roles("events")["行为类型"] == "behaviour"
    workspace = desk.press_import(dialog)
    counts = workspace.counts()
    assert (counts.users, counts.items, counts.events, counts.timed) == (3990, 165, 40_000, True)
    assert workspace.path == desk.folder / "UserBehavior.seqlens"
    assert dialog._pages.currentIndex() == REPORTING
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.import_button, LEFT)


def test_a_catalogue_is_added_to_events(desk: Desk, shared_data: Path, qtbot: QtBot) -> None:
    folder = shared_data / "ml-100k"
    dialog = desk.open(folder / "ml-100k.inter")
    dialog.add_catalogue([str(folder / "ml-100k.item")])
    qtbot.waitUntil(lambda: dialog.files.count() == 2, timeout=PATIENCE)
    assert dialog.files.roles("items")["movie_title:token_seq"] == "title"
    workspace = desk.press_import(dialog)
    titles = workspace.catalogue().titles.to_pylist()
    assert len(titles) == 1682
    assert "Toy Story" in titles


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_column_of_pictures_is_found_and_another_one_can_be_chosen(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    events = write(tmp_path, "log.csv", "user,item,time\nann,a,2024-01-01\nbob,b,2024-01-02\n")
    items = write(tmp_path, "items.csv", "item,title,image,look\na,Lamp,a.png,c.png\nb,Vase,b.png,d.png\n")
    dialog = desk.open(events)
    dialog.add_catalogue([str(items)])
    qtbot.waitUntil(lambda: dialog.files.count() == 2, timeout=PATIENCE)
    assert dialog.files.roles("items") == {"item": "item", "title": "title", "image": "picture"}
    dialog.files.setCurrentIndex(1)
    box = dialog.files.table(1).findChild(QComboBox, "role.look")
    qtbot.keyClicks(box, "Pic")
    box.activated.emit(box.currentIndex())
    assert dialog.files.roles("items") == {"item": "item", "title": "title", "look": "picture"}
    workspace = desk.press_import(dialog)
    assert named_pictures(workspace) is not None
    assert named_pictures(workspace).picture == "look"  # type: ignore[union-attr]


STRANGE = """\
who,what,deed,other,day
007,a,look,?,2024-01-01
007,b,drop,!,2024-01-02
8,a,?,?,2024-01-03
8,,look,?,2024-01-04
"""


def test_a_role_that_is_chosen_while_files_come_into_view_waits_for_them(desk: Desk, tmp_path: Path) -> None:
    events = write(
        tmp_path, "log.csv", "user,item,time,seen\nann,a,2024-01-01,2025-01-01\nbob,b,2024-01-02,2025-03-01\n"
    )
    items = write(tmp_path, "items.csv", "item,title,image\na,Lamp,a.png\nb,Vase,b.png\n")
    dialog = desk.open(events)
    asked = replace(dialog._asked, items_files=(items,))
    look = import_work.first_look(asked, None, True, progress=Progress())
    dialog._seen(look)  # both files are in their tabs; what is asked about them comes a beat later
    for column, role in (("time", ""), ("seen", "time")):
        box = dialog.files.table(0).findChild(QComboBox, f"role.{column}")
        box.setCurrentIndex(box.findData(role))
        box.activated.emit(box.currentIndex())
    assert not dialog.import_button.isEnabled()
    workspace = desk.press_import(dialog)
    assert workspace.catalogue().titles.to_pylist() == ["Lamp", "Vase"]
    assert named_pictures(workspace) is not None
    assert datetime.fromtimestamp(workspace.user_events(0).time[0] / 1e6, UTC).year == 2025


def test_what_was_not_guessed_is_asked_for_and_shown(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = desk.open(write(tmp_path, "strange.csv", STRANGE))
    for column in ("what", "who", "day", "deed", "other"):
        desk.choose(dialog, column, "")
    assert not dialog.import_button.isEnabled()
    assert "Which column is the user?" in dialog.message.text()
    desk.choose(dialog, "who", "user")
    assert "Which column is the item?" in dialog.message.text()
    for column, role in (("what", "item"), ("day", "time"), ("deed", "behaviour")):
        desk.choose(dialog, column, role)
    qtbot.waitUntil(lambda: dialog.options.table.rowCount() == 4, timeout=PATIENCE)  # look, drop, ? and -1
    assert dialog.import_button.isEnabled()
    qtbot.keyClick(dialog.options.findChild(QComboBox, "counts.?"), Qt.Key.Key_End)
    qtbot.keyClick(dialog.options.findChild(QComboBox, "counts.drop"), Qt.Key.Key_Down)
    workspace = desk.press_import(dialog)
    assert dialog.report is not None
    assert dialog.report.rules == {"missing_item": 1, "invalid_behaviour": 1}
    assert {behaviour.name: behaviour.negative for behaviour in workspace.log().behaviours} == {
        "look": False,
        "drop": True,
    }
    saved = tmp_path / "report.json", tmp_path / "rejected.csv"
    for path in saved:
        dialog.save_report(path)
        qtbot.waitUntil(path.exists, timeout=PATIENCE)
    assert json.loads(saved[0].read_text("utf-8"))["rejected"] == 2
    assert saved[1].read_text("utf-8-sig").count("\n") == 3


def test_files_are_added_to_the_open_workspace(desk: Desk, tmp_path: Path) -> None:
    workspace = open_shop(tmp_path / "shop.seqlens")
    dialog = desk.open(write(tmp_path, "more.csv", "user,item,behavior,time\nnew,i1,view,2024-10-10\n"), into=workspace)
    assert desk.press_import(dialog) is workspace
    assert workspace.counts().users == 61
    assert not dialog.path.isVisible()


@pytest.mark.parametrize("text", ["", "user,item,time\n", "only\n1\n2\n"])
def test_a_file_that_cannot_be_used_is_told(desk: Desk, tmp_path: Path, qtbot: QtBot, text: str) -> None:
    dialog = desk.open(write(tmp_path, "bad.csv", text), readable=False)
    qtbot.waitUntil(lambda: bool(dialog.message.text()), timeout=PATIENCE)
    if dialog.preview is not None:  # it can be looked at, and fails when it is read
        qtbot.mouseClick(dialog.import_button, LEFT)
        qtbot.waitUntil(lambda: dialog.message.property("role") == "error", timeout=PATIENCE)
    assert "bad.csv" in dialog.message.text()
    assert dialog.message.property("role") == "error"
    assert not desk.opened
    assert not desk.folder.exists() or not list(desk.folder.iterdir())


def test_a_wrong_choice_is_told_at_once(desk: Desk, tmp_path: Path) -> None:
    dialog = desk.open(write(tmp_path, "e.csv", "user,item,time\n1,a,2024-01-01\n2,b,2024-01-02\n"))
    assert dialog.import_button.isEnabled()
    dialog.options.earliest.setText("soon")
    dialog.options.earliest.textEdited.emit("soon")
    assert not dialog.import_button.isEnabled()
    assert "soon is no date" in dialog.message.text()


def test_a_folder_in_the_place_of_the_new_workspace_is_told(desk: Desk, tmp_path: Path) -> None:
    dialog = desk.open(write(tmp_path, "e.csv", "user,item,time\n1,a,2024-01-01\n2,b,2024-01-02\n"))
    dialog.path.setText("/")
    dialog.import_button.click()
    assert "is a folder" in dialog.message.text()
    assert dialog.import_button.isEnabled()


def test_another_separator_and_encoding_are_read_again(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "e.csv"
    path.write_bytes("用户;商品,价格;时间\n张三;a,1;2024-01-01\n李四;b,2;2024-01-02\n".encode("gb18030"))
    dialog = desk.open(path)
    assert dialog.reading.encoding.currentData() == "gb18030"
    assert dialog.reading.delimiter.currentData() == ";"
    qtbot.keyClick(dialog.reading.delimiter, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: dialog.files.table(0).model().columnCount() == 2, timeout=PATIENCE)


def test_stop_leaves_nothing_behind(desk: Desk, shared_data: Path, qtbot: QtBot) -> None:
    dialog = desk.open(shared_data / "amazon-beauty" / "events.csv")
    qtbot.mouseClick(dialog.import_button, LEFT)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: dialog.import_button.isEnabled(), timeout=2000)
    assert dialog.isVisible()
    assert "Nothing was imported" in dialog.message.text()
    assert dialog._pages.currentIndex() == CHOOSING
    qtbot.waitUntil(lambda: not desk.folder.exists() or not list(desk.folder.iterdir()), timeout=PATIENCE)
    assert not desk.opened
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_a_workspace_takes_the_name_of_the_file_and_never_anothers_place(tmp_path: Path) -> None:
    assert free_path(tmp_path, [Path("shop.2024.csv.gz")]) == tmp_path / "shop.2024.seqlens"
    (tmp_path / "shop.2024.seqlens").touch()
    assert free_path(tmp_path, [Path("shop.2024.csv")]) == tmp_path / "shop.2024 2.seqlens"


SHOP = "buyer,client,article,deed,comment,day\n"
COLUMNS = {"buyer": "user", "article": "item", "deed": "behaviour", "day": "time"}


def mapped(folder: Path, key: bytes | None = None) -> Workspace:
    """A workspace whose columns were named by hand, and otherwise than they are guessed."""
    workspace = Workspace.create(folder / "mapped.seqlens")
    first = write(folder, "first.csv", SHOP + "ann,shop,a,buy,a secret,2024-01-01\n")
    settings = ImportSettings(files=(first,), columns=COLUMNS, rules=Rules(duplicate=False), pseudonym_key=key)
    workflow.import_files(workspace, settings, Progress())
    return workspace


def test_more_files_are_first_shown_as_the_last_ones_were_read(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    workspace = mapped(tmp_path)
    dialog = desk.open(write(tmp_path, "second.csv", SHOP + "bob,shop,a,buy,more,2024-01-02\n"), into=workspace)
    assert dialog.files.roles("events") == COLUMNS
    assert not dialog.options.rules["duplicate"].isChecked()
    assert "earlier import" in dialog.message.text()
    desk.choose(dialog, "client", "behaviour")  # what is chosen now counts
    desk.choose(dialog, "deed", "")
    qtbot.waitUntil(lambda: dialog.options.table.rowCount() == 2, timeout=PATIENCE)  # shop and -1
    desk.press_import(dialog)
    assert workspace.users().ids.to_pylist() == ["ann", "bob"]
    assert [one.name for one in workspace.log().behaviours] == ["buy", "shop"]
    assert workspace.event_texts() == []


def test_more_files_of_pseudonyms_need_their_key(
    desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = bytes(range(32))

    def none_kept(*_: object, **__: object) -> bytes:
        raise SeqlensError("The system's keyring has no key named {name}.", name="default")

    monkeypatch.setattr(pseudonyms, "keyring_key", none_kept)
    workspace = mapped(tmp_path, key)
    second = write(tmp_path, "second.csv", SHOP + "bob,shop,a,buy,more,2024-01-02\n")
    dialog = desk.open(second, into=workspace)
    assert dialog.options.pseudonyms.isChecked()
    assert not dialog.options.pseudonyms.isEnabled()
    assert dialog.options.key.text() == ""
    assert not dialog.import_button.isEnabled()
    assert "key of the pseudonyms" in dialog.message.text()
    qtbot.keyClicks(dialog.options.key, key.hex())
    desk.press_import(dialog)
    assert sorted(workspace.users().ids.to_pylist()) == sorted(pseudonyms.of(["ann", "bob"], key))
    monkeypatch.setattr(pseudonyms, "keyring_key", lambda *_, **__: key)
    again = desk.open(second, into=workspace)
    assert again.options.key.text() == key.hex()


def test_pseudonyms_that_are_asked_for_stay_when_the_files_are_looked_at_again(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = desk.open(write(tmp_path, "e.csv", "user,item,time\nsomebody-7,a,2024-01-01\n"))
    dialog.options.pseudonyms.click()
    key = bytes(range(32))
    dialog.options.key.setText(key.hex())
    dialog.add_catalogue([str(write(tmp_path, "items.csv", "item,title\na,Lamp\n"))])
    qtbot.waitUntil(lambda: dialog.preview is not None and len(dialog.preview.files) == 2, timeout=PATIENCE)
    assert dialog.options.pseudonyms.isChecked()
    assert dialog.options.key.text() == key.hex()
    workspace = desk.press_import(dialog)
    assert workspace.users().ids.to_pylist() == pseudonyms.of(["somebody-7"], key)


def test_what_the_analyst_chose_stays_when_the_files_are_looked_at_again(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    header = "user;item;did;action;time;day;price\n"
    rows = "ann;a;see;view;1700000000;02.01.2024 03:00;1\nbob;b;take;buy;1700000100;03.01.2024 04:00;\n"
    dialog = desk.open(write(tmp_path, "e.csv", header + rows))
    options = dialog.options
    for column, role in (("action", ""), ("did", "behaviour"), ("time", ""), ("day", "time"), ("price", "value")):
        desk.choose(dialog, column, role)
    qtbot.waitUntil(lambda: "take" in options.table.values(), timeout=PATIENCE)
    qtbot.waitUntil(lambda: options.time_format.currentText() == "%d.%m.%Y %H:%M", timeout=PATIENCE)
    for box in (options.rules["duplicate"], options.rules["missing_item"]):
        box.click()
    options.earliest.setText("2020-01-01")
    options.latest.setText("20")  # half a date
    options.fills["value"].setText("mean")
    options.time_format.setEditText("%m.%d.%Y %H:%M")
    options.table.item(options.table.values().index("take"), NAME).setText("bought")
    kind = options.table.cellWidget(options.table.values().index("see"), KIND)
    assert isinstance(kind, QComboBox)
    kind.setCurrentIndex(kind.findData(AGAINST))

    def check() -> None:
        assert not any(options.rules[name].isChecked() for name in ("duplicate", "missing_item"))
        assert options.rules["missing_user"].isChecked()
        assert (options.earliest.text(), options.latest.text()) == ("2020-01-01", "20")
        assert options.fills["value"].text() == "mean"
        assert options.time_format.currentText() == "%m.%d.%Y %H:%M"
        assert options.table.names()["take"] == "bought"
        assert options.table.negative() == ("see",)
        roles = dialog.files.roles("events")
        assert roles == {"user": "user", "item": "item", "did": "behaviour", "day": "time", "price": "value"}

    before = dialog.preview
    dialog.add_catalogue([str(write(tmp_path, "items.csv", "item;title\na;Lamp\nb;Vase\n"))])
    qtbot.waitUntil(lambda: dialog.files.count() == 2, timeout=PATIENCE)
    qtbot.waitUntil(lambda: dialog.preview is not before and "take" in options.table.values(), timeout=PATIENCE)
    qtbot.waitUntil(lambda: dialog.preview.settings.columns == dialog.files.roles("events"), timeout=PATIENCE)
    check()
    assert not dialog.import_button.isEnabled()  # half a date is told of, and still there to be completed
    before = dialog.preview
    qtbot.mouseClick(dialog.reading.header, LEFT)  # other columns: their roles are guessed, the rules stay
    qtbot.waitUntil(lambda: dialog.preview is not before and dialog.preview is not None, timeout=PATIENCE)
    qtbot.mouseClick(dialog.reading.header, LEFT)
    qtbot.waitUntil(lambda: "did" in dialog.preview.files[0].columns, timeout=PATIENCE)
    for column, role in (("action", ""), ("did", "behaviour"), ("time", ""), ("day", "time"), ("price", "value")):
        desk.choose(dialog, column, role)
    qtbot.waitUntil(lambda: "take" in options.table.values(), timeout=PATIENCE)
    assert options.table.names()["take"] == "bought"
    options.latest.setText("2025-01-01")
    options.latest.textEdited.emit("2025-01-01")
    options.time_format.setEditText("%m.%d.%Y %H:%M")
    workspace = desk.press_import(dialog)
    assert [(one.name, one.negative) for one in workspace.log().behaviours] == [("bought", False), ("see", True)]
    assert workspace.log().time.min() == 1706756400_000_000  # the first of February, as the analyst said


def test_what_nobody_changed_is_guessed_anew_when_the_files_are_looked_at_again(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    text = "user;item;time,day\nann;a;1700000000,2024-01-01\nbob;b;1700000100,2024-01-02\n"
    dialog = desk.open(write(tmp_path, "e.csv", text.replace(",", ";")))
    assert dialog.options.time_format.currentText() == "Seconds since 1970"
    desk.choose(dialog, "time", "")
    desk.choose(dialog, "day", "time")
    qtbot.waitUntil(lambda: dialog.options.time_format.currentText().startswith("ISO"), timeout=PATIENCE)
    qtbot.mouseClick(dialog.options.rules["duplicate"], LEFT)
    before = dialog.preview
    qtbot.mouseClick(dialog.reading.header, LEFT)
    qtbot.waitUntil(lambda: dialog.preview is not before, timeout=PATIENCE)
    assert not dialog.options.rules["duplicate"].isChecked()
    assert dialog.files.roles("events") == dict(dialog.preview.files[0].roles)


WORDS = "long green boats"


def test_a_new_workspace_is_encrypted_from_its_first_byte(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = desk.open(write(tmp_path, "e.csv", "user,item,time\nsomebody-7,a,2024-01-01\n"))
    assert dialog.encrypt_box.isVisible()
    assert not dialog.encrypt_box.isChecked()
    dialog.encrypt_box.setChecked(True)
    qtbot.mouseClick(dialog.import_button, LEFT)
    asking = dialog.findChild(PassphraseDialog)
    assert asking is not None
    qtbot.keyClicks(asking.words, WORDS)
    asking.accept()
    assert "two different" in asking.wrong.text()
    assert dialog.report is None
    qtbot.keyClicks(asking.again, WORDS)
    asking.accept()
    qtbot.waitUntil(lambda: dialog.report is not None, timeout=PATIENCE)
    (workspace,) = desk.opened
    assert workspace.encrypted
    assert sorted(path.name for path in desk.folder.iterdir()) == ["e.seqlens", "e.seqlens.key"]
    assert b"somebody-7" not in workspace.path.read_bytes()
    workspace.close()
    passphrase.tell(workspace.path, None)
    desk.opened[:] = [Workspace.open(workspace.path, WORDS)]
    assert desk.opened[0].users().ids.to_pylist() == ["somebody-7"]


def test_a_passphrase_of_the_environment_suggests_encryption(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(passphrase.VARIABLE, WORDS)
    dialog = desk.open(write(tmp_path, "e.csv", "user,item,time\nsomebody-7,a,2024-01-01\n"))
    assert dialog.encrypt_box.isChecked()


def test_the_key_of_pseudonyms_is_saved_and_read_again(
    desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_kept(*_: object, **__: object) -> bytes:
        raise SeqlensError("This system has no keyring that could keep the key ({error}).", error="none")

    monkeypatch.setattr(pseudonyms, "keyring_key", none_kept)
    dialog = desk.open(write(tmp_path, "e.csv", "user,item,time\nsomebody-7,a,2024-01-01\n"))
    field, file = dialog.options.key_field, tmp_path / "key.txt"
    assert not field.isVisible()
    dialog.options.pseudonyms.click()
    made = field.key()
    field.save_action.trigger()
    field.findChild(QFileDialog, "pseudonym_key.save_as").fileSelected.emit(str(file))
    qtbot.waitUntil(lambda: str(file) in dialog.message.text(), timeout=PATIENCE)
    assert pseudonyms.file_key(file, create=False) == (made, False)
    field.line.clear()
    assert not field.save_action.isEnabled()
    assert not dialog.import_button.isEnabled()
    field.file_action.trigger()
    field.findChild(QFileDialog, "pseudonym_key.choose").fileSelected.emit(str(file))
    workspace = desk.press_import(dialog)
    assert workspace.users().ids.to_pylist() == pseudonyms.of(["somebody-7"], made)


@pytest.mark.parametrize("name", ["said.csv", "said.json"])
def test_a_file_of_feedback_goes_to_the_open_workspace(desk: Desk, tmp_path: Path, qtbot: QtBot, name: str) -> None:
    text = "user,item,verdict\nuser 01,i1,up\nuser 02,i2,down\n"
    if name.endswith("json"):
        rows = [
            {"user_id": "user 01", "item_id": "i1", "verdict": "up"},
            {"user_id": "x", "item_id": "y", "verdict": "down"},
        ]
        text = json.dumps(rows)
    file = write(tmp_path, name, text)
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        desk.state.open(workspace)
        dialog = desk.open(file, readable=False)
        qtbot.waitUntil(lambda: dialog.findChild(AsFeedback) is not None, timeout=PATIENCE)
        asked = dialog.findChild(AsFeedback)
        assert asked is not None
        assert f"“{name}”" in asked.text()
        asked.feedback.click()
        qtbot.waitUntil(lambda: dialog.findChild(FeedbackReport) is not None, timeout=PATIENCE)
        assert not dialog.isVisible()
        assert workspace.feedback.of("user 01")["i1"].verdict == "up"
        desk.state.open(None)


def test_verdicts_can_be_read_as_events_all_the_same(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    file = write(tmp_path, "said.csv", "user,item,verdict\nuser 01,i1,up\nuser 02,i2,down\n")
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        desk.state.open(workspace)
        dialog = desk.open(file, readable=False)
        qtbot.waitUntil(lambda: dialog.findChild(AsFeedback) is not None, timeout=PATIENCE)
        asked = dialog.findChild(AsFeedback)
        assert asked is not None
        asked.events.click()
        qtbot.waitUntil(lambda: dialog.preview is not None, timeout=PATIENCE)
        assert dialog.files.roles("events")["user"] == "user"
        assert workspace.feedback.all() == []
        desk.state.open(None)
    assert desk.open(file).findChild(AsFeedback) is None  # without a workspace there is nothing that it could be on
