"""Which users are shown: all of them, or those of a saved segment. The same choice wherever users are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

if TYPE_CHECKING:
    from core.progress import Progress
    from core.workspace import Workspace
    from desktop_app.background import Background
    from desktop_app.state import AppState

LONGEST = 20  # letters of a name; a box cuts longer ones without a sign


class SegmentChoice(QComboBox):
    """Follows the segment that the state has chosen, and chooses another one in it.

    `place` tells this one from those of other pages.
    """

    def __init__(self, state: AppState, background: Background, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._background, self._place = state, background, place
        self.setObjectName("segment_choice")
        self.setAccessibleName(self.tr("Segment"))
        self.setToolTip(self.tr("Which users are shown; segments are made on the page Segments"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.setMaxVisibleItems(24)
        self.activated.connect(lambda: state.select_segment(self.currentData()))
        state.workspace_changed.connect(self._ask)
        state.segments_changed.connect(self._ask)
        state.segment_changed.connect(self._follow)
        self._offer([])
        self._ask()

    def _ask(self) -> None:
        workspace = self._state.workspace
        if workspace is None:
            self._offer([])
        else:
            self._background.ask(f"segments {self._place}", _names, workspace, done=self._offer)

    def _offer(self, names: list[str]) -> None:
        self.clear()
        self.addItem(self.tr("All users"), None)
        for name in names:
            self.addItem(name if len(name) <= LONGEST else name[: LONGEST - 1] + "…", name)
            self.setItemData(self.count() - 1, name, Qt.ItemDataRole.ToolTipRole)
        self.setEnabled(bool(names))
        self._follow()

    def _follow(self, *_: object) -> None:
        self.setCurrentIndex(max(0, self.findData(self._state.segment)))


def _names(workspace: Workspace, progress: Progress) -> list[str]:
    progress.check()
    return workspace.saved.names("segment")
