"""The choices of cleaning: what is shown is what the settings say, and the other way round."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox
from pytestqt.qtbot import QtBot

from core.data.settings import ImportSettings, Rules
from core.errors import SeqlensError
from desktop_app.widgets.behaviour_table import KIND, NAME
from desktop_app.widgets.import_options import ImportOptions

ALL = {"user", "item", "behaviour", "time", "value", "text", "title", "category", "description", "price"}


@pytest.fixture
def options(qtbot: QtBot) -> ImportOptions:
    options = ImportOptions()
    qtbot.addWidget(options)
    options.resize(1000, 320)
    options.show_settings(ImportSettings(negative=()), ("pv", "unfav", "-1"))
    options.set_roles(ALL)
    options.show()
    return options


def click(qtbot: QtBot, options: ImportOptions, name: str) -> None:
    box = options.findChild(QCheckBox, name)
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))


def test_untouched_it_changes_nothing(options: ImportOptions) -> None:
    base = ImportSettings(negative=())
    assert options.settings(base) == base


def test_a_guess_that_was_left_alone_stays_a_guess(options: ImportOptions) -> None:
    options.show_settings(ImportSettings(), ("pv", "unfav", "-1"), ("unfav",))
    assert options.settings(ImportSettings()).negative is None
    box = options.table.cellWidget(1, KIND)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(0)
    assert options.settings(ImportSettings()).negative == ()


def test_everything_that_was_chosen_is_shown_again(options: ImportOptions) -> None:
    chosen = ImportSettings(
        behaviours={"pv": "view", "-1": None},
        negative=("unfav",),
        time_format="%d.%m.%Y %H:%M",
        order="file",
        rules=Rules(missing_user=False, duplicate=False, earliest="2020-01-01", latest="2024-12-31"),
        fill={"category": "other", "price": "median"},
        keep_text_events=False,
        pseudonym_key=bytes(range(32)),
    )
    options.show_settings(chosen, ("pv", "unfav", "-1"))
    options.set_roles(ALL)
    assert options.settings(ImportSettings()) == chosen


def test_behaviours_are_named_marked_negative_and_invalid(qtbot: QtBot, options: ImportOptions) -> None:
    with qtbot.waitSignal(options.changed):
        options.table.item(0, NAME).setText("view")
    unliked = options.findChild(QComboBox, "counts.unfav")
    with qtbot.waitSignal(options.changed):
        qtbot.keyClick(unliked, Qt.Key.Key_Down)
    settings = options.settings(ImportSettings())
    assert settings.behaviours == {"pv": "view", "-1": None}
    assert settings.negative == ("unfav",)
    qtbot.keyClick(unliked, Qt.Key.Key_End)
    assert options.settings(ImportSettings()).behaviours == {"pv": "view", "unfav": None, "-1": None}
    assert not options.table.item(1, NAME).flags() & Qt.ItemFlag.ItemIsEditable


def test_rules_are_switched_by_a_click(qtbot: QtBot, options: ImportOptions) -> None:
    with qtbot.waitSignal(options.changed):
        click(qtbot, options, "rule.duplicate")
    assert not options.settings(ImportSettings()).rules.duplicate
    click(qtbot, options, "rule.impossible_time")
    assert not options.earliest.isEnabled()


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """The developer's own keyring is not touched."""
    import keyring
    from keyring.backends.fail import Keyring

    for name in ("get_password", "set_password"):
        monkeypatch.setattr(keyring, name, getattr(Keyring(), name))


def test_pseudonyms_come_with_the_key_that_the_system_keeps(
    qtbot: QtBot, options: ImportOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keyring

    kept: dict[tuple[str, str], str] = {}
    monkeypatch.setattr(keyring, "get_password", lambda *place: kept.get(place))
    monkeypatch.setattr(keyring, "set_password", lambda service, name, word: kept.update({(service, name): word}))
    click(qtbot, options, "pseudonyms")
    assert [options.key.text()] == list(kept.values())
    assert "keyring" in options._key_note.text()


def test_pseudonyms_come_with_a_new_key(qtbot: QtBot, options: ImportOptions) -> None:
    assert not options.key.isVisible()
    click(qtbot, options, "pseudonyms")
    assert options.key.isVisible()
    key = options.settings(ImportSettings()).pseudonym_key
    assert key is not None
    assert len(key) == 32
    options.key.setText("secret")
    with pytest.raises(SeqlensError, match="hexadecimal"):
        options.settings(ImportSettings())


def test_what_cannot_be_read_is_an_error(options: ImportOptions) -> None:
    options.earliest.setText("the day before")
    with pytest.raises(SeqlensError, match="the day before is no date"):
        options.settings(ImportSettings())
    options.earliest.setText("2020-01-01")
    options.time_format.setEditText("yesterday")
    with pytest.raises(SeqlensError, match="no time format"):
        options.settings(ImportSettings())


def test_only_what_makes_sense_is_offered(options: ImportOptions) -> None:
    options.set_roles({"user", "item", "order"})
    assert not options.table.isVisible()
    assert options.default_behaviour.isVisible()
    assert not options.keep_text_events.isEnabled()
    assert not any(field.isVisible() for field in options.fills.values())
    options.default_behaviour.setText("purchase")
    assert options.settings(ImportSettings()).default_behaviour == "purchase"
