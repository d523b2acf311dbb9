"""Speed of the timeline: `python -m tests.benchmarks.timeline`; ends with 1 where a goal is missed.

Switching on the timeline page to a user with 10,000 events (read from a workspace among 2 million events of others;
timeline, overview and table painted), and the frames of panning and zooming over 100,000 events: from all in view to a
thousandth, with plain marks, with colours by category, with arcs, and with empty time skipped.
"""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.pages.timeline import TimelinePage
from desktop_app.state import AppState
from desktop_app.widgets.minimap import MiniMap
from desktop_app.widgets.rank_strip import Ranks, RankStrip
from desktop_app.widgets.timeline import Timeline
from desktop_app.widgets.timeline_axis import Arrangement
from desktop_app.widgets.timeline_colours import colours_of, frequent_categories
from desktop_app.widgets.timeline_scale import View
from tests.benchmarks.figures import Figure, finish, measure
from tests.filled import fill

SIZE = (1400, 420)
MEDIAN, HIGH = 16, 33  # milliseconds of a frame


def filled(path: Path, lengths: tuple[int, ...], others: int) -> Workspace:
    """Users with so many events over a year on five lanes each, and `others` events of 20,000 other users."""
    workspace = Workspace.create(path)
    with workspace.cursor() as cursor:
        behaviours = [(name, False) for name in ("view", "click", "cart", "favourite", "purchase")]
        fill(cursor, [], [], behaviours, [], create=False)
        cursor.execute(f"INSERT INTO users SELECT i, 'user ' || i, i FROM range({len(lengths) + 20_000}) r(i)")
        cursor.execute(
            "INSERT INTO items SELECT i, 'i' || i, i, 'Title of item ' || i, 'Category ' || i % 40, NULL, i % 100 "
            "FROM range(20000) r(i)"
        )
        # Half of the events crowd on forty days, so that there is empty time to skip.
        time = "CASE WHEN i % 2 = 0 THEN hash(i)::UBIGINT % 31536000000000 ELSE hash(i)::UBIGINT % 40 * 788400000000 + "
        time += "hash(i + 3)::UBIGINT % 7200000000 END"
        event = f"{time}, hash(i + 1) % 20000, hash(i + 2) % 5, NULL, NULL, 0, i"
        parts = [f"SELECT {user} AS u, {event} FROM range({count}) r(i)" for user, count in enumerate(lengths)]
        parts.append(f"SELECT {len(lengths)} + i % 20000, {event} FROM range({others}) r(i)")
        cursor.execute(f"INSERT INTO events SELECT * FROM ({' UNION ALL '.join(parts)}) ORDER BY 1, 2")
        cursor.execute(
            'INSERT INTO user_figures SELECT code, count(e."user"), min(time), max(time) '
            'FROM users LEFT JOIN events e ON e."user" = code GROUP BY code'
        )
    return workspace


def switching(application: QApplication, workspace: Workspace, background: Background, when: str = "") -> Figure:
    """From the choice of another user to the painted page."""
    state = AppState()
    state.open(workspace, user=0)
    page = TimelinePage(state, background)
    page.resize(*SIZE)
    page.show()
    image = QImage(*SIZE, QImage.Format.Format_RGB32)

    def shown() -> int:
        return -1 if page.timeline.events is None else page.timeline.events.user

    def switch() -> None:
        wanted = 1 - state.user
        state.select_user(wanted)
        while shown() != wanted:
            application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        for part in (page.timeline, page.minimap, page.events):
            part.render(image)

    while shown() < 0:
        application.processEvents()
    figure = measure(f"switch to a user with 10,000 events{when}", 50, switch)
    page.close()
    return figure


def frames(timeline: Timeline, name: str, *beside: MiniMap | RankStrip) -> list[Figure]:
    """Frames of panning at several magnifications, and of zooming from all to a second and back.

    What stands `beside` follows the view and is painted in the same frame.
    """
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    step = 0.01

    def paint() -> None:
        timeline.render(image)
        picture = timeline.picture()
        assert picture is not None
        for part in beside:
            last = -1 if isinstance(part, RankStrip) else SIZE[0]
            part.show_view(timeline.view, picture.left, last)
            part.render(image)

    def pan() -> None:
        nonlocal step
        step = -step
        timeline.set_view(timeline.view.moved(timeline.view.span * step))
        paint()

    found = []
    whole = timeline.bounds
    for factor in (1.05, 16, 256, 4000):
        timeline.set_view(whole.zoomed(factor, whole.start + whole.span * 0.3))
        title = f"pan over 100,000 events{name}, magnified {factor:g} times"
        found.append(measure(title, MEDIAN, pan, 30, HIGH))
    timeline.fit()
    factor, at = 1.2, whole.start + whole.span * 0.3

    def zoom() -> None:
        nonlocal factor
        if timeline.view.span <= whole.span / 2_000_000 or (factor < 1 and timeline.view == whole):
            factor = 1 / factor
        timeline.set_view(timeline.view.zoomed(factor, at))
        paint()

    found.append(measure(f"zoom into 100,000 events{name} and back", MEDIAN, zoom, 160, HIGH))
    return found


def sequences(path: Path) -> Workspace:
    """Two users to switch between, and one with 100,000 events, among 2 million events of others."""
    return filled(path, (10_000, 10_000, 100_000), 2_000_000)


def measured(application: QApplication, workspace: Workspace, background: Background, when: str = "") -> list[Figure]:
    """Switching, and all frames, over what `sequences` made."""
    figures = [switching(application, workspace, background, when)]
    timeline = Timeline()
    timeline.resize(*SIZE)
    timeline.set_events(workspace.user_events(2))
    events, lanes = timeline.events, timeline.lanes
    assert events is not None
    assert lanes is not None
    figures += frames(timeline, when)
    colours = colours_of("category", events, lanes, frequent_categories([events]))
    timeline.set_dress(replace(timeline.dress, colours=colours, arcs=True))
    figures += frames(timeline, f" with colours and arcs{when}")
    timeline.set_dress(replace(timeline.dress, colours=None, arcs=False, brush=View(timeline.view.start, 1e12)))
    timeline.arrange(Arrangement(gap=5 * 60_000_000, skip=True))
    figures += frames(timeline, f" with empty time skipped{when}")
    timeline.arrange(Arrangement())
    minimap, strip = MiniMap(), RankStrip()
    for part in (minimap, strip):
        part.resize(SIZE[0], part.sizeHint().height())
    minimap.show_lanes(timeline.lanes, timeline.bounds, [], None)
    numbers = np.arange(events.events, dtype=np.int64)
    strip.show_ranks(timeline.lanes, Ranks(1 + numbers * 7919 % 20_000, (numbers % 50 == 0) * np.uint8(3), 20_000))
    return figures + frames(timeline, f" with overview and ranks{when}", minimap, strip)


def main() -> None:
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        workspace = sequences(Path(folder) / "w.seqlens")
        background = Background()
        figures = measured(application, workspace, background)
        background.close()
        workspace.close()
        application.processEvents()
    finish(figures)


if __name__ == "__main__":
    main()
