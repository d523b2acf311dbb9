"""The list of sessions: one row each, in order, with start and size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex

from desktop_app.widgets.session_model import SessionModel
from desktop_app.widgets.timeline_lanes import Lanes
from desktop_app.widgets.timeline_scale import HOUR, MINUTE
from tests.filled import sequence


@pytest.mark.usefixtures("qapp")
def test_a_row_for_each_session() -> None:
    model = SessionModel()
    model.set_lanes(Lanes(sequence([0, MINUTE, 5 * HOUR])))
    texts = [model.data(model.index(row, 0)) for row in range(model.rowCount())]
    assert [text.split(" · ")[:2] for text in texts] == [["1", "1970-01-01 00:00"], ["2", "1970-01-01 05:00"]]
    assert [text.split(" · ")[2][0] for text in texts] == ["2", "1"]
    assert model.data(QModelIndex()) is None
    model.set_lanes(Lanes(sequence([0, 1], timed=False)))
    assert model.rowCount() == 0
    model.set_lanes(None)
    assert model.rowCount() == 0
