"""Settings take effect when accepted, About names versions, help has the same chapters in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QTextDocument
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app import theme
from desktop_app.app import Desk
from desktop_app.dialogs.about import AboutDialog
from desktop_app.dialogs.help import FOLDER, HelpDialog
from desktop_app.dialogs.settings import SettingsDialog


def test_settings_change_theme_and_language(desk: Desk, qtbot: QtBot) -> None:
    dialog = SettingsDialog(desk, desk.window)
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    dialog.language.setCurrentIndex(dialog.language.findData("zh_CN"))
    dialog.accept()
    assert theme.is_dark()
    assert (desk.preferences.scheme, desk.preferences.language) == ("dark", "zh_CN")
    qtbot.waitExposed(desk.window)
    assert desk.window.navigation.item(0).text() == "数据"
    desk.choose_language("en")


def test_settings_that_are_cancelled_change_nothing(desk: Desk) -> None:
    dialog = SettingsDialog(desk, desk.window)
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    dialog.reject()
    assert not theme.is_dark()
    assert desk.preferences.scheme == "light"


def test_the_model_for_pictures_is_a_folder_that_is_chosen(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = SettingsDialog(desk, desk.window)
    qtbot.addWidget(dialog)
    assert dialog.pictures.text() == ""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    button = dialog.findChild(QPushButton, "picture_model_choose")
    assert button is not None
    button.click()
    dialog.accept()
    assert desk.preferences.picture_model == str(tmp_path)


def test_versions_can_be_copied(desk: Desk) -> None:
    dialog = AboutDialog(desk.window)
    copy = next(button for button in dialog.findChildren(QPushButton) if button.text() == "Copy versions")
    copy.click()
    assert re.search(r"^torch \d+\.\d+", QApplication.clipboard().text(), re.MULTILINE)


def test_help_follows_links_between_chapters(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    outside: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", outside.append)
    dialog = HelpDialog(desk.window)
    qtbot.addWidget(dialog)
    assert "Open files" in dialog.text.toPlainText()
    dialog.text.anchorClicked.emit(QUrl("4-training.md"))
    assert dialog.chapters.currentRow() == 3
    dialog.text.anchorClicked.emit(QUrl("https://example.org/"))
    assert [url.host() for url in outside] == ["example.org"]


def test_help_has_the_same_chapters_in_both_languages() -> None:
    english, chinese = (sorted((FOLDER / name).glob("*.md")) for name in ("en", "zh_CN"))
    assert [path.name for path in english] == [path.name for path in chinese]
    for one, other in zip(english, chinese, strict=True):
        assert headings(one) == headings(other), one.name
        for path in (one, other):
            for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
                assert (path.parent / link).is_file(), f"{path.name} links to {link}"


def test_help_shows_no_marks_of_markdown() -> None:
    for path in FOLDER.rglob("*.md"):
        document = QTextDocument()
        document.setMarkdown(path.read_text("utf-8"))
        assert not re.search(r"\*\*|`|\]\(|^#", document.toPlainText(), re.MULTILINE), path


def headings(path: Path) -> list[int]:
    """The levels of the headings, in order."""
    return [len(marks) for marks in re.findall(r"^(#+) ", path.read_text("utf-8"), re.MULTILINE)]
