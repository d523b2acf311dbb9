"""What the timeline page saves into files: the picture that it shows, and the user's events."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSizeF
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from desktop_app.dialogs.save_file import ask_where
from desktop_app.parts import timeline_work as work
from desktop_app.translation import error_text
from desktop_app.widgets.actions import make_action
from desktop_app.widgets.passing import open_once
from desktop_app.widgets.timeline_file import paint_picture

if TYPE_CHECKING:
    from desktop_app.background import Background
    from desktop_app.parts.timeline_portrait import TimelinePortrait
    from desktop_app.widgets.timeline import Timeline


class TimelineFiles(QObject):
    """Asks for names and has files written; `menu` has the ways."""

    def __init__(self, background: Background, timeline: Timeline, owner: QWidget, portrait: TimelinePortrait) -> None:
        super().__init__(owner)
        self._portrait = portrait
        self._background, self._timeline, self._owner = background, timeline, owner
        self.menu = QMenu(owner)
        for name, text, act in (
            ("timeline.export_picture", self.tr("Save the picture…"), self._export_picture),
            ("timeline.export_rows", self.tr("Save the rows…"), self._export_rows),
            ("timeline.export_profile", self.tr("Save the profile…"), self._export_profile),
        ):
            self.menu.addAction(make_action(owner, name, text, act))

    def _export_picture(self) -> None:
        if self._timeline.events is None or self._timeline.lanes is None:
            return
        path = ask_where(self._owner, self.tr("Save the picture"), self._file_name(".png"), (".png", ".svg"))
        if path is not None:
            self.export_picture(path)

    def export_picture(self, path: Path) -> None:
        """Save what the timeline shows, as SVG or PNG by the suffix."""
        timeline = self._timeline
        if self._timeline.events is not None and timeline.lanes is not None:
            view, size, font = timeline.view, QSizeF(timeline.size()), timeline.font()
            dress, chosen = timeline.dress, timeline.selected
            picture = paint_picture(path.suffix, self._timeline.events, timeline.lanes, view, size, font, chosen, dress)
            self._background.ask(f"timeline picture {path}", work.save_picture, path, picture, failed=self._unsaved)

    def _export_rows(self) -> None:
        if self._timeline.events is not None:
            path = ask_where(self._owner, self.tr("Save the rows"), self._file_name(".csv"), (".csv",))
            if path is not None:
                self.export_rows(path)

    def export_rows(self, path: Path) -> None:
        """Save the user's events as CSV, with the notes on them."""
        if self._timeline.events is not None:
            notes = [note for note, _ in self._timeline.dress.notes]
            wanted = (path, self._timeline.events, notes)
            self._background.ask(f"timeline rows {path}", work.save_rows, *wanted, failed=self._unsaved)

    def _export_profile(self) -> None:
        if self._timeline.events is not None:
            path = ask_where(self._owner, self.tr("Save the profile"), self._file_name(".txt"), (".txt",))
            if path is not None:
                self.export_profile(path)

    def export_profile(self, path: Path) -> None:
        """Save the user in words, with all that is known of the turns."""
        events = self._timeline.events
        if events is not None:
            self._portrait.when_told(lambda lines: self._save_profile(path, [events.user_id, *lines]))

    def _save_profile(self, path: Path, lines: list[str]) -> None:
        self._background.ask(f"timeline profile {path}", work.save_text, path, lines, failed=self._unsaved)

    def _file_name(self, suffix: str) -> str:
        user = "" if self._timeline.events is None else self._timeline.events.user_id
        return "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in user)[:80] + suffix

    def _unsaved(self, error: Exception) -> None:
        box = QMessageBox(QMessageBox.Icon.Warning, self.tr("Not saved"), error_text(error), parent=self._owner)
        open_once(box)
