"""The form of a training, the settings of models, and the monitor."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLabel, QLineEdit, QRadioButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from core.models.available import MODELS
from core.runs import LogLine, Run
from desktop_app.widgets.training_form import TrainingForm
from desktop_app.widgets.training_monitor import TrainingMonitor

DEFAULTS: dict[str, dict[str, object]] = {
    "transformer": {"epochs": None, "patience": 5, "learning_rate": 0.002, "width": 64},
    "language-regression": {"form": "ranking", "encoder": "", "template": "{behaviour} {title};", "epochs": 30},
}
DAY = 86_400_000_000


@pytest.fixture
def form(qtbot: QtBot) -> TrainingForm:
    form = TrainingForm()
    qtbot.addWidget(form)
    form.resize(320, 900)
    form.set_span(100 * DAY, 200 * DAY, None)
    form.set_defaults(DEFAULTS)
    form.show()
    return form


def test_untouched_it_asks_for_the_hybrid_with_its_defaults(form: TrainingForm) -> None:
    settings = form.settings()
    assert (settings.model, settings.protocol, settings.cut) == ("hybrid", "leave-one-out", None)
    assert (settings.device, settings.seed, settings.k, settings.hide_seen) == ("auto", 0, 10, None)
    assert settings.options == {}
    assert settings.leave_core


@pytest.mark.parametrize("model", MODELS)
def test_each_model_can_be_chosen_and_has_a_sentence(qtbot: QtBot, form: TrainingForm, model: str) -> None:
    button = form.findChild(QRadioButton, f"model.{model}")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(30, button.height() // 2))
    assert form.settings().model == model
    assert button.accessibleDescription().endswith(".")


def test_a_click_on_the_sentence_chooses_the_model(qtbot: QtBot, form: TrainingForm) -> None:
    sentence = next(label for label in form.findChildren(QLabel) if label.text() == MODELS["transitions"])
    qtbot.mouseClick(sentence, Qt.MouseButton.LeftButton)
    assert form.settings().model == "transitions"


def test_advanced_is_folded_until_it_is_asked_for(qtbot: QtBot, form: TrainingForm) -> None:
    assert not form.seed.isVisible()
    qtbot.mouseClick(form.advanced_switch, Qt.MouseButton.LeftButton)
    assert form.seed.isVisible()
    assert not form.cut.isVisible()


def test_only_what_was_changed_is_an_option(form: TrainingForm) -> None:
    epochs = form.findChild(QSpinBox, "transformer.epochs")
    assert epochs.text() == "automatic"
    epochs.setValue(3)
    form.findChild(QDoubleSpinBox, "transformer.learning_rate").setValue(0.001)
    assert form.settings().options == {"transformer": {"epochs": 3, "learning_rate": 0.001}}
    form.findChild(QRadioButton, "model.popularity").click()
    assert form.settings().options == {}


def test_words_and_choices_are_settings_too(qtbot: QtBot, form: TrainingForm) -> None:
    form.findChild(QRadioButton, "model.language-regression").click()
    qtbot.mouseClick(form.advanced_switch, Qt.MouseButton.LeftButton)
    assert form.settings().options == {}
    box = form.findChild(QComboBox, "language-regression.form")
    assert [box.itemText(place) for place in range(box.count())] == ["Which item follows", "How engaged a user is"]
    qtbot.keyClick(box, Qt.Key.Key_Down)
    template = form.findChild(QLineEdit, "language-regression.template")
    template.clear()
    with qtbot.waitSignal(form.changed):
        qtbot.keyClicks(template, "{title}.")
    assert form.settings().options == {"language-regression": {"form": "engagement", "template": "{title}."}}


def test_a_split_by_time_needs_times(form: TrainingForm) -> None:
    form.protocol.setCurrentIndex(1)
    assert form.settings().protocol == "time"
    assert form.settings().cut == 190 * DAY
    form.set_span(None, None, None)
    assert form.settings().protocol == "leave-one-out"
    assert form.settings().cut is None


@pytest.mark.parametrize(
    ("protocol", "fields"),
    [("leave-one-out", set()), ("time", {"cut"}), ("leave-last-n", {"last"}), ("users", {"folds", "fold"})],
)
def test_each_split_asks_for_its_own_numbers(qtbot: QtBot, form: TrainingForm, protocol: str, fields: set[str]) -> None:
    form.show()
    qtbot.mouseClick(form.advanced_switch, Qt.MouseButton.LeftButton)
    form.protocol.setCurrentIndex(form.protocol.findData(protocol))
    shown = {name for name in ("cut", "last", "folds", "fold") if form.findChild(QWidget, name).isVisible()}
    assert shown == fields
    form.last.setValue(2)
    form.folds.setValue(4)
    form.fold.setValue(99)
    settings = form.settings()
    assert (settings.protocol, settings.last, settings.folds, settings.fold) == (protocol, 2, 4, 3)


def test_devices_come_later_and_keep_the_choice(form: TrainingForm) -> None:
    form.set_devices([("cuda:0", "NVIDIA A", 5 << 30), ("cpu", "CPU, 2 cores", 0)])
    texts = [form.device.itemText(place) for place in range(form.device.count())]
    assert texts == ["Automatic", "NVIDIA A (5.0 GiB free)", "CPU, 2 cores"]
    form.device.setCurrentIndex(2)
    form.set_devices([("cpu", "CPU, 2 cores", 1 << 30)])
    assert form.settings().device == "cpu"


def test_the_monitor_shows_the_figures_as_they_come(qtbot: QtBot) -> None:
    monitor = TrainingMonitor()
    qtbot.addWidget(monitor)
    monitor.show()
    monitor.begin("hybrid 1")
    assert monitor.bar.isVisible()
    figures = {"epoch": 2, "epochs": 20, "loss": 3.25, "events_per_second": 81234.4, "memory_mb": 512.0}
    monitor.advance(0.1, "Training epoch 2 of 20", figures, 95.0)
    assert monitor.left.text() == "about 1 min 35 s left"
    texts = {name: monitor.findChild(QLabel, f"figure.{name}").text() for name in figures if name != "epochs"}
    assert texts["epoch"] == "2 / 20"
    assert texts["loss"] == "3.2500"
    assert texts["memory_mb"] == "512 MiB"
    assert monitor.bar.value() == 100
    monitor.show_curve([{"epoch": 1, "loss": 4.0, "ndcg": 0.01}, {"epoch": 2, "loss": 3.25, "ndcg": 0.02}])
    assert monitor.ndcg.points == [(1, 0.01), (2, 0.02)]
    lines = [
        LogLine("2026-11-24T09:00:00+00:00", "Training begins"),
        LogLine(
            "2026-11-24T09:00:02+00:00", "{items} items have language vectors by {model}", {"items": 3, "model": "m"}
        ),
    ]
    monitor.show_log(lines[:1])
    monitor.show_log(lines)
    shown = [line.partition(" ")[2] for line in monitor.log.toPlainText().splitlines()]
    assert shown == ["Training begins", "3 items have language vectors by m"]
    monitor.show_run(Run("a", "other", "popularity", "2026-11-24T09:30:00", log=tuple(lines[:1])), "Done", 3.0)
    assert not monitor.bar.isVisible()
    assert monitor.loss.points == []
    assert monitor.log.toPlainText().endswith(" Training begins")
    assert "\n" not in monitor.log.toPlainText()
    assert "does not learn in epochs" in monitor.loss._waiting
    monitor.show_run(Run("b", "early", "transformer", "2026-11-24T09:30:00", "failed"), "Failed", 1.0)
    assert "before its first epoch" in monitor.loss._waiting
