"""The one object that knows what is open and what is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.turns import counted

if TYPE_CHECKING:
    from core.workspace import Workspace


class AppState(QObject):
    """What is open and selected. Views listen to its signals; no view asks another view.

    Attributes:
        workspace: the open workspace, or None.
        user: code of the selected user, -1 for none.
        chosen_event: number of the selected event in that user's sequence, -1 for none. (Were it named `event`, it
            would hide `QObject.event`, and Qt would crash.)
        run: id of the run that makes the lists, or None.
        segment: name of the saved segment that lists and figures are of, or None for all users.

    Signals:
        workspace_changed: another workspace, or none, is open; everything else was reset before.
        data_changed: the open workspace has other events or items.
        user_changed: with the code of the user now selected.
        event_changed: with the number of the event now selected.
        runs_changed: runs were added, changed or removed.
        run_changed: with the id of the run now active, empty for none.
        segment_changed: with the name of the segment now chosen, empty for all users; also when other users belong to
            it from now on.
        feedback_changed: something else is said of recommendations; whoever wrote it emits it.
        offset_changed: the day of the users is another one; where a segment is in use, others may belong to it.
        segments_changed: segments were saved, renamed or removed; whoever saved them emits it.
    """

    workspace_changed = Signal()
    data_changed = Signal()
    user_changed = Signal(int)
    event_changed = Signal(int)
    runs_changed = Signal()
    run_changed = Signal(str)
    segment_changed = Signal(str)
    segments_changed = Signal()
    offset_changed = Signal()
    feedback_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace: Workspace | None = None
        self.user = -1
        self.chosen_event = -1
        self.run: str | None = None
        self.segment: str | None = None

    def open(self, workspace: Workspace | None, user: int = -1, run: str | None = None) -> None:
        """Show another workspace, or none; the caller closes the former one after everyone has let go of it."""
        self.workspace, self.user, self.chosen_event, self.run = workspace, user, -1, run
        self.segment = None
        self.workspace_changed.emit()
        self.user_changed.emit(user)
        self.run_changed.emit(run or "")

    def select_user(self, user: int) -> None:
        """Select a user by code; -1 for none. The selected event is let go."""
        if user != self.user:
            self.user, self.chosen_event = user, -1
            with counted():
                self.user_changed.emit(user)
                self.event_changed.emit(-1)

    def select_event(self, event: int) -> None:
        """Select an event of the selected user by its number in the sequence; -1 for none."""
        if event != self.chosen_event:
            self.chosen_event = event
            self.event_changed.emit(event)

    def select_run(self, run: str | None) -> None:
        """Make a run the active one."""
        if run != self.run:
            self.run = run
            self.run_changed.emit(run or "")

    def select_segment(self, segment: str | None, anew: bool = False) -> None:
        """Show the users of a saved segment alone, None for all; `anew` when other users belong to it by now."""
        if segment != self.segment or anew:
            self.segment = segment
            self.segment_changed.emit(segment or "")

    def choose_offset(self, hours: int) -> None:
        """Have the day of the users be so many hours ahead of UTC; whoever chose that writes it as well."""
        if self.workspace is not None and hours != self.workspace.utc_offset:
            self.workspace.use_utc_offset(hours)
            self.offset_changed.emit()
            if self.segment is not None:
                self.select_segment(self.segment, anew=True)
