"""Where to save a file, and that none is written over unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.dialogs.save_file import ask_where

SUFFIXES = (".csv", ".xlsx")


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that were asked; each is answered with No."""
    questions: list[str] = []

    def no(_parent: QWidget, _title: str, text: str, *_: object) -> QMessageBox.StandardButton:
        questions.append(text)
        return QMessageBox.StandardButton.No

    monkeypatch.setattr(QMessageBox, "question", no)
    return questions


def _choose(monkeypatch: pytest.MonkeyPatch, path: Path | str, kind: str = "") -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), kind))


def test_a_name_gets_the_suffix_of_the_chosen_format(
    parent: QWidget, asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, kind, whole in [
        ("周一 v1.2", "XLSX (*.xlsx)", "周一 v1.2.xlsx"),
        ("plain", "", "plain.csv"),
        ("Kept.XLSX", "CSV (*.csv)", "Kept.XLSX"),
    ]:
        _choose(monkeypatch, tmp_path / name, kind)
        assert ask_where(parent, "Save", "x.csv", SUFFIXES) == tmp_path / whole
    _choose(monkeypatch, "")
    assert ask_where(parent, "Save", "x.csv", SUFFIXES) is None
    assert not asked


def test_a_file_that_the_suffix_leads_to_is_replaced_only_after_a_yes(
    parent: QWidget, asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lists.csv").write_text("work of days")
    _choose(monkeypatch, tmp_path / "lists", "CSV (*.csv)")
    assert ask_where(parent, "Save", "x.csv", SUFFIXES) is None
    assert asked == ["lists.csv exists already. Replace it?"]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    assert ask_where(parent, "Save", "x.csv", SUFFIXES) == tmp_path / "lists.csv"


def test_the_systems_dialog_has_asked_of_a_whole_name(
    parent: QWidget, asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lists.csv").write_text("work of days")
    _choose(monkeypatch, tmp_path / "lists.csv", "CSV (*.csv)")
    assert ask_where(parent, "Save", "x.csv", SUFFIXES) == tmp_path / "lists.csv"
    assert not asked
