"""Room for a part of a page that is made at its first use."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.widgets.place import Place


def test_what_belongs_in_a_place_is_made_once_and_only_when_it_is_used(qtbot: QtBot) -> None:
    made = []

    def make(place: QWidget) -> QLabel:
        made.append(QLabel("here", place))
        return made[-1]

    place = Place(make)
    qtbot.addWidget(place)
    place.show_part(False)
    assert not made
    assert place.made is None
    place.show_part(True)
    assert place.isVisible()
    assert place.part.isVisible()
    assert place.part is place.made
    place.show_part(False)
    place.show_part(True)
    assert len(made) == 1
