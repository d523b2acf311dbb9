"""The curves of a training that is over."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from core.runs import Run
from desktop_app.widgets.training_monitor import TrainingMonitor


def test_a_model_that_is_not_validated_has_a_loss_and_says_so(qtbot: QtBot) -> None:
    monitor = TrainingMonitor()
    qtbot.addWidget(monitor)
    curve = ({"epoch": 1.0, "loss": 0.6}, {"epoch": 2.0, "loss": 0.5})
    monitor.show_run(Run("a", "bilinear 1", "bilinear", "2026-11-24T09:30:00", "done", curve=curve), "Done", 3.0)
    assert monitor.loss.points == [(1.0, 0.6), (2.0, 0.5)]
    assert monitor.ndcg.points == []
    assert "not validated" in monitor.ndcg._waiting
