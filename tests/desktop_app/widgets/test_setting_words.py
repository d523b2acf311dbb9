"""Settings of trainings are called in a comparison what the page of trainings calls them."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.evaluation import report
from core.evaluation.report import Words
from core.fitting import TrainSettings
from core.language.reading import Reading
from core.runs import Run
from desktop_app import translation
from desktop_app.widgets.model_options import SETTINGS
from desktop_app.widgets.run_comparison import TOLD, RunComparison, flatten
from desktop_app.widgets.setting_words import setting_hint, setting_name, setting_value

pytestmark = pytest.mark.usefixtures("qapp")
RUN = Run("a", "one", "transformer", "2026-11-24T09:30:00.000+00:00", "done", users=9)


def every_setting() -> list[str]:
    """The flattened names of all that a training is asked for."""
    asked = asdict(replace(TrainSettings(), reading=Reading("m").to_dict()))
    asked["options"] = {each.model: {} for each in SETTINGS}
    for each in SETTINGS:
        asked["options"][each.model][each.name] = 1
    return list(flatten(asked))


def test_every_setting_of_a_training_has_a_name() -> None:
    nameless = [key for key in every_setting() if not setting_name(key) and key not in TOLD]
    assert nameless == []


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_reports_of_the_command_line_call_them_the_same(language: str) -> None:
    words, keys = Words(language), [key for key in every_setting() if key not in TOLD]
    try:
        translation.choose(language)
        assert {key: report.setting_name(key, words) for key in keys} == {key: setting_name(key) for key in keys}
    finally:
        translation.choose("en")
    assert words.missing == set()


def test_values_are_said_as_the_page_says_them() -> None:
    assert setting_name("options.transformer.blocks") == "Sequence model: Layers"
    assert setting_hint("options.transformer.blocks") == "Layers, one on top of the other."
    assert setting_value("options.transformer.encoder", "gru") == "Recurrent, one event after the other"
    assert setting_value("options.transformer.distil", "0") == "none"
    assert setting_value("options.transformer.distil", "64") == "64"
    assert setting_value("hide_seen", "null") == "As the data suggest"
    assert setting_value("leave_core", "true") == "yes"
    assert setting_value("cut", "1764000000000000") == "2025-11-24 16:00"
    assert (setting_value("fold", "0"), setting_value("seed", "0")) == ("1", "0")
    assert (setting_name("options.later.thing"), setting_value("options.later.thing", "x")) == ("", "x")


def test_in_chinese_no_raw_name_is_left(qtbot: QtBot, qapp: QApplication) -> None:
    assert qapp is not None
    first = replace(RUN, settings={"seed": 0, "options": {"transformer": {"blocks": 1, "encoder": "gru"}}})
    second = replace(RUN, id="b", settings={"seed": 1, "options": {"transformer": {"blocks": 2}, "new": {"thing": 1}}})
    try:
        translation.choose("zh_CN")
        dialog = RunComparison([first, second])
        qtbot.addWidget(dialog)
        table = dialog.table
        titles = [table.item(row, 0) for row in range(table.rowCount())]
        texts = [item.text() for item in titles if item is not None]
        assert [text for text in texts if "." in text] == ["options.new.thing"]  # of a later version
        assert "序列模型：层数" in texts
        assert "循环，逐个读取事件" in dialog_cells(dialog)
    finally:
        translation.choose("en")


def dialog_cells(dialog: RunComparison) -> list[str]:
    table = dialog.table
    items = [table.item(row, 1) for row in range(table.rowCount())]
    return [item.text() for item in items if item is not None]
