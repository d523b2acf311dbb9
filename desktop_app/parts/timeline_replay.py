"""The replay on the timeline page: it has the steps ranked piece by piece, and the list of the chosen one made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from desktop_app.parts import timeline_work as work
from desktop_app.translation import error_text
from desktop_app.widgets import rank_strip
from desktop_app.widgets.rank_strip import Ranks, RankStrip
from desktop_app.widgets.replay_panel import ReplayPanel, StepList

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.recommend.replay import Replay
    from core.sequences.store import UserEvents
    from desktop_app.background import Background, Request
    from desktop_app.state import AppState
    from desktop_app.widgets.timeline import Timeline

FIRST_PIECE, PIECE_SECONDS = 32, 0.25  # steps that are ranked at first, and what a piece should take
HELD_OUT = (rank_strip.VALIDATION, rank_strip.TEST)


class TimelineReplay(QObject):
    """Keeps the strip and the panel in step with the user and the event that are chosen, while it is open."""

    def __init__(
        self, state: AppState, background: Background, timeline: Timeline, strip: RankStrip, panel: ReplayPanel
    ) -> None:
        super().__init__(panel)
        self._state, self._background, self._timeline = state, background, timeline
        self.strip, self.panel = strip, panel
        self.open = False
        self._events: UserEvents | None = None
        self._replay: Replay | None = None
        self._run = ""  # the name of the run whose model it is
        self._ranks: NDArray[np.int64] = np.zeros(0, np.int64)
        self._order: NDArray[np.int64] = np.zeros(0, np.int64)  # steps in the order in which they are ranked
        self._done = 0
        self._request: Request | None = None
        panel.stepped.connect(self._step)
        panel.stopped.connect(self.stop)
        strip.event_chosen.connect(state.select_event)
        state.workspace_changed.connect(self._let_go)  # before another run is told of
        state.run_changed.connect(self._restart)
        state.runs_changed.connect(self._restart)
        strip.hide()
        panel.hide()

    def set_open(self, opened: bool) -> None:
        """Show the replay, or put it away."""
        self.open = opened
        self.strip.setVisible(opened)
        self.panel.setVisible(opened)
        if opened:
            self._start()
        else:
            self.stop()
            self.panel.pause()

    def _let_go(self) -> None:
        """As a method, which Qt forgets with this object; a function would be called after the window is gone."""
        self.show_events(None)

    def show_events(self, events: UserEvents | None) -> None:
        """Another user is looked at."""
        self._events = events if events is not None and events.events else None
        self._forget()
        if self.open:
            self._start()

    def show_event(self, event: int) -> None:
        """Another event is chosen."""
        self.panel.show_place(event, self._events.events if self._events is not None else 0)
        self.show_view()
        if not self.open or self._replay is None or self._events is None:
            return
        if event < 0:
            self.panel.show_note(self.tr("Choose an event to see what the model would have recommended before it."))
            return
        workspace = self._state.workspace
        done, failed = partial(self._listed, self._replay), partial(self._unlisted, self._replay)
        self._background.ask("replay step", work.step_list, workspace, self._replay, event, done=done, failed=failed)

    def show_view(self) -> None:
        """The timeline shows another part of the axis, or has another layout."""
        if self.open:
            picture = self._timeline.picture()
            left = picture.left if picture is not None else 0.0
            self.strip.show_view(self._timeline.view, left, self._timeline.selected)

    def show_lanes(self) -> None:
        """The timeline was laid out in another way."""
        self._show_ranks()
        self.show_view()

    def stop(self) -> None:
        """Rank no further steps; those that are ranked stay."""
        if self._request is not None:
            self._request.cancel()
        self._request = None
        self.panel.show_progress(1, 1)

    def _restart(self, *_: object) -> None:
        self.show_events(self._events)

    def _forget(self) -> None:
        self.stop()
        self._replay = None
        self._order, self._done = np.zeros(0, np.int64), 0
        self._show_ranks()

    def _start(self) -> None:
        if self._events is None or self._state.workspace is None:
            self.panel.show_note(self.tr("This user has no events."))
            return
        self.panel.show_note(self.tr("Reading the model …"))
        wanted = (self._state.workspace, self._events.user)
        done, failed = partial(self._opened, self._events), partial(self._unopened, self._events)
        self._background.ask("replay", work.open_replay, *wanted, done=done, failed=failed)

    def _opened(self, events: UserEvents, found: tuple[Replay, str]) -> None:
        replay, self._run = found
        if events is not self._events or not self.open or replay.history.events != events.events:
            return
        from core.recommend.replay import refining

        self._replay = replay
        self._ranks = np.full(events.events, rank_strip.NO_TARGET, np.int64)
        self._ranks[replay.targets] = rank_strip.WAITING
        held_out = np.flatnonzero(np.isin(replay.parts[replay.targets], HELD_OUT))
        self._order, self._done = replay.targets[refining(len(replay.targets), held_out)], 0
        self._show_ranks()
        self.show_view()
        self._ask_piece(FIRST_PIECE)
        self.show_event(self._state.chosen_event)

    def _unopened(self, events: UserEvents, error: Exception) -> None:
        if events is self._events and self.open:
            self.panel.show_note(error_text(error), train=True)

    def _ask_piece(self, size: int) -> None:
        self.panel.show_progress(self._done, len(self._order))
        if self._replay is None or self._done >= len(self._order):
            self._request = None
            return
        steps = self._order[self._done : self._done + size]
        done, failed = partial(self._ranked, self._replay), partial(self._unlisted, self._replay)
        self._request = self._background.ask("replay ranks", work.rank, self._replay, steps, done=done, failed=failed)

    def _ranked(self, replay: Replay, piece: work.Ranked) -> None:
        if replay is not self._replay or self._request is None:
            return
        self._ranks[piece.steps] = piece.ranks
        self._done += len(piece.steps)
        self._show_ranks()
        faster = PIECE_SECONDS / max(piece.seconds, 0.001)
        self._ask_piece(max(1, int(len(piece.steps) * min(4.0, faster))))

    def _show_ranks(self) -> None:
        lanes, replay = self._timeline.lanes, self._replay
        if replay is None or lanes is None or lanes.events != len(self._ranks):
            self.strip.show_ranks(lanes, None)
        else:
            self.strip.show_ranks(lanes, Ranks(self._ranks, replay.parts, replay.history.items))

    def _listed(self, replay: Replay, found: StepList) -> None:
        if replay is self._replay and found.step == self._state.chosen_event:
            maker = self.tr("Evaluation fit of “{0}”").format(self._run)
            self.panel.show_step(found, f"{maker} · {self.strip.words(int(replay.parts[found.step]))}")

    def _unlisted(self, replay: Replay, error: Exception) -> None:
        if replay is self._replay:
            self.stop()
            self.panel.show_note(error_text(error))

    def _step(self, by: int) -> None:
        lanes = self._timeline.lanes
        before = self._timeline.selected
        if lanes is None:
            return
        if before < 0 and abs(by) == 1:
            self._timeline.step_event(0)
        elif abs(by) == 1:
            self._timeline.step_event(by)
        elif len(lanes.kept):
            self._state.select_event(int(lanes.kept[0 if by < 0 else -1]))
        if self._timeline.selected == before:  # at the end
            self.panel.pause()
