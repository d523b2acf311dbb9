"""The timeline as an analyst uses it: wheel, drag, click, keys, files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRect, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.errors import SeqlensError
from core.sequences.annotations import Annotation
from desktop_app import theme
from desktop_app.widgets import counted, marks
from desktop_app.widgets.timeline import Timeline
from desktop_app.widgets.timeline_axis import Arrangement
from desktop_app.widgets.timeline_colours import By, colours_of, frequent_categories, letter
from desktop_app.widgets.timeline_file import paint_picture, write_picture
from desktop_app.widgets.timeline_lanes import Lanes
from desktop_app.widgets.timeline_overlay import Dress
from desktop_app.widgets.timeline_picture import TimelinePicture
from desktop_app.widgets.timeline_scale import HOUR, MINUTE, SECOND, View
from tests.filled import sequence

TIMES = [0, 0, 0, 40 * SECOND, 2 * HOUR, 2 * HOUR + MINUTE, 30 * HOUR]
KINDS = [0, 0, 1, 0, 2, 2, 1]


@pytest.fixture
def timeline(qtbot: QtBot) -> Timeline:
    widget = Timeline()
    qtbot.addWidget(widget)
    widget.resize(900, 320)
    widget.set_events(sequence(TIMES, KINDS))
    widget.show()
    return widget


def place(timeline: Timeline, event: int) -> QPoint:
    picture = timeline.picture()
    assert picture is not None
    at = picture.position(event)
    assert at is not None
    return at.toPoint()


def turn(timeline: Timeline, at: QPoint, by: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QApplication.sendEvent(
        timeline,
        QWheelEvent(
            QPointF(at),
            QPointF(timeline.mapToGlobal(at)),
            QPoint(),
            QPoint(0, by),
            Qt.MouseButton.NoButton,
            keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 20 * HOUR), st.integers(0, 2)), min_size=1, max_size=80).map(sorted),
    st.floats(0, 1),
    st.floats(0.01, 1),
    st.booleans(),
)
@pytest.mark.usefixtures("qapp")
def test_what_is_drawn_can_be_hit(pairs: list[tuple[int, int]], start: float, span: float, timed: bool) -> None:
    times = [time if timed else number for number, (time, _) in enumerate(pairs)]
    events = sequence(times, [kind for _, kind in pairs], timed=timed)
    lanes = Lanes(events)
    view = View(lanes.bounds.start + start * lanes.bounds.span, span * lanes.bounds.span).within(lanes.bounds, 1)
    picture = TimelinePicture(events, lanes, view, QSizeF(700, 260), QFont())
    seen = 0
    for event in range(len(pairs)):
        at = picture.position(event)
        if at is not None:
            hit = picture.hit(at)
            assert hit is not None
            assert hit.event == event
            assert 1 <= hit.number <= hit.shared
            seen += 1
    if view == lanes.bounds:
        assert seen == len(pairs)


def test_click_chooses_the_event_under_the_pointer(timeline: Timeline, qtbot: QtBot) -> None:
    for event in (6, 2, 4):
        with qtbot.waitSignal(timeline.event_chosen) as chosen:
            QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=place(timeline, event))
        assert chosen.args == [event]
        assert timeline.selected == event
        assert f"Title {event}" in timeline.accessibleDescription()
    with qtbot.assertNotEmitted(timeline.event_chosen):
        QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(500, 60))


def test_wheel_zooms_at_the_pointer_and_with_shift_pans(timeline: Timeline) -> None:
    picture = timeline.picture()
    assert picture is not None
    at = QPoint(600, 100)
    under, span = picture.place(at.x()), timeline.view.span
    turn(timeline, at, 240)
    assert timeline.view.span == pytest.approx(span / 1.44)
    picture = timeline.picture()
    assert picture is not None
    assert picture.place(at.x()) == pytest.approx(under, abs=timeline.view.span * 1e-6)
    start = timeline.view.start
    turn(timeline, at, -120, Qt.KeyboardModifier.ShiftModifier)
    assert timeline.view.start > start
    turn(timeline, at, -12000)
    assert timeline.lanes is not None
    assert timeline.view == timeline.lanes.bounds
    turn(timeline, at, 120000)
    assert timeline.view.span == pytest.approx(SECOND)


def test_drag_pans_and_chooses_nothing(timeline: Timeline, qtbot: QtBot) -> None:
    timeline.set_view(View(0, 10 * HOUR))
    start = timeline.view.start
    event = place(timeline, 4)
    with qtbot.assertNotEmitted(timeline.event_chosen):
        QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=event)
        for step in range(1, 6):
            QTest.mouseMove(timeline, event + QPoint(-20 * step, 0))
        QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=event + QPoint(-100, 0))
    picture = timeline.picture()
    assert picture is not None
    assert timeline.view.start - start == pytest.approx(100 / picture.width * 10 * HOUR, rel=0.02)
    assert place(timeline, 4).x() == pytest.approx(event.x() - 100, abs=2)


def test_keys_walk_through_events_and_sessions(timeline: Timeline) -> None:
    for key, event in ((Qt.Key.Key_Right, 0), (Qt.Key.Key_Right, 1), (Qt.Key.Key_Left, 0), (Qt.Key.Key_Left, 0)):
        QTest.keyClick(timeline, key)
        assert timeline.selected == event
    for event in (4, 6, 6):
        QTest.keyClick(timeline, Qt.Key.Key_PageDown)
        assert timeline.selected == event
        assert timeline.view.start <= TIMES[event] <= timeline.view.end
    QTest.keyClick(timeline, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert timeline.selected == 4
    span = timeline.view.span
    QTest.keyClick(timeline, Qt.Key.Key_Plus)
    assert timeline.view.span == pytest.approx(span / 1.5)
    QTest.keyClick(timeline, Qt.Key.Key_Minus)
    assert timeline.view.span == pytest.approx(span)
    QTest.keyClick(timeline, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert timeline.selected == 4
    QTest.keyClick(timeline, Qt.Key.Key_Home)
    assert timeline.lanes is not None
    assert timeline.view == timeline.lanes.bounds


def test_an_event_chosen_elsewhere_comes_into_view(timeline: Timeline, qtbot: QtBot) -> None:
    timeline.set_view(View(0, HOUR))
    with qtbot.assertNotEmitted(timeline.event_chosen):
        timeline.select(6)
    assert place(timeline, 6).x() < timeline.width()
    timeline.select(99)
    assert timeline.selected == -1


def test_double_click_on_a_session_fills_the_view_with_it(timeline: Timeline) -> None:
    picture = timeline.picture()
    assert picture is not None
    x = round(picture.x(TIMES[6]))
    QTest.mouseDClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(x, 8))
    assert timeline.view.span < 2 * HOUR
    assert timeline.selected == 6
    timeline.fit()
    span = timeline.view.span
    QTest.mouseDClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(500, 100))
    assert timeline.view.span == pytest.approx(span / 3)


def test_the_tooltip_says_what_when_how_much_and_after_which_pause(timeline: Timeline) -> None:
    assert timeline.tooltip(4) == [
        "Title 4",
        "cart · 1970-01-01 02:00:00",
        "Category: Category 1",
        "Price: 4.00",
        "1 h 59 min after the event before",
    ]
    assert timeline.tooltip(1)[-1] == "At the same time as the event before"
    assert timeline.session_tooltip(1, 1) == [
        "Session 2",
        "1970-01-01 02:00:00 – 1970-01-01 02:01:00",
        counted.events(2) + " · 1 min",
    ]
    assert timeline.session_tooltip(0, 2)[0] == "Sessions 1–3"
    timeline.set_events(sequence([0, 1], timed=False, titles=["<b>", None]))
    assert timeline.tooltip(0)[:2] == ["<b>", "view · Step 1"]
    assert timeline.tooltip(1)[0] == "item-1"


def test_nothing_to_show_says_so_and_ignores_every_key(timeline: Timeline, qtbot: QtBot) -> None:
    timeline.set_events(None, "Choose a user.")
    with qtbot.assertNotEmitted(timeline.event_chosen):
        for key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Plus, Qt.Key.Key_Home):
            QTest.keyClick(timeline, key)
        QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(300, 100))
        QTest.mouseDClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(300, 100))
        turn(timeline, QPoint(300, 100), 120)
    assert timeline.accessibleDescription() == "Choose a user."
    assert colours(timeline.grab().toImage()) > 2  # the message is there
    timeline.set_events(sequence([]), "This user has no events.")
    assert timeline.lanes is None


def colours(image: QImage) -> int:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)[:, : image.width()]
    return len(np.unique(pixels))


def count(image: QImage, colour: QColor) -> int:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)[:, : image.width()]
    return int((pixels == colour.rgba()).sum())


def test_each_behaviour_is_painted_in_its_colour(timeline: Timeline) -> None:
    image = timeline.grab().toImage()
    for behaviour in range(3):
        assert count(image, QColor(theme.categorical(behaviour))) > 50


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_the_picture_is_saved_whole(timeline: Timeline, tmp_path: Path, suffix: str) -> None:
    assert timeline.events is not None
    assert timeline.lanes is not None
    path = tmp_path / f"画 1{suffix}"
    parts = (timeline.events, timeline.lanes, timeline.view, QSizeF(800, 300), timeline.font())
    write_picture(path, paint_picture(suffix, *parts, selected=3))
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    if suffix == ".png":
        image = QImage(str(path))
        assert image.width() == 1600
        assert count(image, QColor(theme.categorical(1))) > 100
    else:
        text = path.read_text(encoding="utf-8")
        assert "purchase" in text
        assert "user 7" in text
        assert "<image" not in text  # marks are shapes
        assert QColor(theme.categorical(1)).name() in text
    painted = paint_picture(suffix, *parts)
    with pytest.raises(SeqlensError, match="cannot be written"):
        write_picture(tmp_path / "absent" / f"a{suffix}", painted)


def test_sessions_fold_by_their_sign_by_space_and_by_a_click_on_the_block(timeline: Timeline) -> None:
    timeline.set_view(View(2 * HOUR - 3 * MINUTE, 10 * MINUTE))
    picture = timeline.picture()
    assert picture is not None
    left, right, first, last = picture.bands()[0]
    assert (first, last) == (1, 1)
    sign = QPoint(round(picture.left + left) + 9, 10)
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=sign)
    lanes = timeline.lanes
    assert lanes is not None
    assert lanes.folded.tolist() == [False, True, False]
    assert lanes.place(4) == -1
    picture = timeline.picture()
    assert picture is not None
    left, right, _, _ = picture.bands()[0]
    block = QPoint(round(picture.left + (left + right) / 2), round(picture.lane_top(0)) + 8)
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=block)
    assert timeline.lanes is not None
    assert not timeline.lanes.folded.any()
    timeline.select(4)
    QTest.keyClick(timeline, Qt.Key.Key_Space)
    assert timeline.lanes.folded.tolist() == [False, True, False]
    assert place(timeline, 4).x() > 0  # the event is shown where its block is


def test_another_arrangement_keeps_what_is_in_view(timeline: Timeline) -> None:
    timeline.set_view(View(2 * HOUR - 5 * MINUTE, 20 * MINUTE))
    timeline.arrange(Arrangement(skip=True))
    lanes = timeline.lanes
    assert lanes is not None
    assert lanes.axis.time(timeline.view.start + timeline.view.span / 2) == pytest.approx(2 * HOUR, abs=10 * MINUTE)
    assert timeline.bounds.span < 4 * HOUR
    timeline.arrange(Arrangement(gap=40 * HOUR))
    assert len(timeline.lanes.sessions) == 1


def test_dragging_along_the_axis_brushes_times(timeline: Timeline, qtbot: QtBot) -> None:
    picture = timeline.picture()
    assert picture is not None
    y, start, end = round(picture.axis_top) + 10, round(picture.x(HOUR)), round(picture.x(3 * HOUR))
    with qtbot.waitSignal(timeline.brushed) as brushed:
        QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=QPoint(start, y))
        QTest.mouseMove(timeline, QPoint(end, y))
        QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=QPoint(end, y))
    span = brushed.args[0]
    assert (span.start, span.end) == (pytest.approx(HOUR, abs=5 * MINUTE), pytest.approx(3 * HOUR, abs=5 * MINUTE))
    assert timeline.view == timeline.bounds
    with qtbot.waitSignal(timeline.brushed) as brushed:
        QTest.mouseDClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(start, y))
    assert brushed.args == [None]


def test_keys_pass_what_the_filter_hides(timeline: Timeline) -> None:
    timeline.filter(np.array([True, False, False, True, False, False, True]))
    timeline.select(0)
    for wanted in (3, 6, 6):
        QTest.keyClick(timeline, Qt.Key.Key_Right)
        assert timeline.selected == wanted
    QTest.keyClick(timeline, Qt.Key.Key_Left)
    assert timeline.selected == 3
    picture = timeline.picture()
    assert picture is not None
    assert picture.position(4) is None


def test_a_note_has_its_place_and_opens_by_a_click(timeline: Timeline, qtbot: QtBot) -> None:
    assert timeline.events is not None
    notes = (
        (Annotation.on_event(timeline.events, 4, "why?\nsecond line"), 4),
        (Annotation("u", 20 * HOUR, "", "", "calm"), -1),
    )
    timeline.set_dress(Dress(notes=notes))
    picture = timeline.picture()
    assert picture is not None
    places = picture.note_places()
    assert places == pytest.approx([place(timeline, 4).x(), picture.x(20 * HOUR)], abs=8)
    for number, x in enumerate(places):
        with qtbot.waitSignal(timeline.note_opened) as opened:
            QTest.mouseClick(
                timeline, Qt.MouseButton.LeftButton, pos=QPoint(round(x) + 5, round(picture.notes_top) + 6)
            )
        assert opened.args == [number]
    assert count(timeline.grab().toImage(), theme.colour("accent")) > 20


@pytest.mark.parametrize("by", ["category", "session"])
@pytest.mark.parametrize("span", [1.0, 0.002])
def test_other_colours_are_painted_in_marks_and_in_bars(timeline: Timeline, by: By, span: float) -> None:
    times = np.arange(4000) * MINUTE + np.arange(4000) // 100 * 2 * HOUR
    timeline.set_events(sequence(times.tolist(), [0] * 4000))
    lanes, events = timeline.lanes, timeline.events
    assert lanes is not None
    assert events is not None
    timeline.set_view(View(float(lanes.at[0]) - 2 * MINUTE, lanes.bounds.span * span))
    timeline.set_dress(Dress(colours=colours_of(by, events, lanes, frequent_categories([events]))))
    image = timeline.grab().toImage()
    shown = range(3) if by == "category" else range(7) if span == 1.0 else range(1)
    for colour in shown:
        assert count(image, QColor(theme.categorical(colour))) > 40


def test_a_chosen_event_is_seen_with_all_others_while_the_keys_are_here(timeline: Timeline, qtbot: QtBot) -> None:
    timeline.set_events(sequence([number * 20 * MINUTE for number in range(60)], [number % 3 for number in range(60)]))
    timeline.select(7)
    timeline.clearFocus()
    before = colours(timeline.grab().toImage())
    timeline.window().activateWindow()
    timeline.setFocus()
    qtbot.waitUntil(timeline.hasFocus, timeout=5000)
    assert colours(timeline.grab().toImage()) >= before  # and its frame hides nothing


@pytest.mark.parametrize("by", ["category", "session"])
def test_colours_have_signs_as_well(timeline: Timeline, by: By) -> None:
    timeline.set_events(sequence([0, MINUTE, 2 * HOUR, 3 * HOUR], [0] * 4))
    lanes, events = timeline.lanes, timeline.events
    assert lanes is not None
    assert events is not None
    dressed = colours_of(by, events, lanes, ("Category 1", "Category 0"))
    signs = [dressed.sign_of(event) for event in range(4)]
    assert signs == (["B", "A", "", "B"] if by == "category" else ["1", "1", "2", "3"])  # the third is a rare one
    timeline.set_dress(Dress(colours=dressed))
    signed = timeline.grab().toImage()
    timeline.set_dress(Dress(colours=replace(dressed, sign=None)))
    plain = timeline.grab().toImage()
    picture = timeline.picture()
    assert picture is not None
    for event, sign in enumerate(signs):
        at = picture.position(event)
        assert at is not None
        around = QRect(round(at.x()) - 5, round(at.y()) - 5, 10, 10)
        assert (signed.copy(around) != plain.copy(around)) == bool(sign)


def test_each_sign_can_be_told_from_the_others(timeline: Timeline) -> None:
    assert timeline  # Qt is there
    pictures = [marks.tower(0, 1, 11, 2.0, 0, letter(colour)).toImage() for colour in range(8)]
    assert letter(7) == ""
    assert all(one != other for place, one in enumerate(pictures) for other in pictures[:place])


def test_arcs_join_repeats_and_those_of_the_chosen_item_stand_out(timeline: Timeline) -> None:
    assert timeline.events is not None
    timeline.events.item[:] = [1, 2, 3, 4, 1, 2, 1]
    timeline.set_events(timeline.events)
    plain = timeline.grab().toImage()
    timeline.set_dress(Dress(arcs=True))
    joined = timeline.grab().toImage()
    assert joined != plain
    timeline.select(3)
    before = count(timeline.grab().toImage(), theme.colour("accent"))
    timeline.select(4)
    assert count(timeline.grab().toImage(), theme.colour("accent")) > before + 20
