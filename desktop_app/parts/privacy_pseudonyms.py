"""The card of the privacy page about pseudonyms, and the action that turns them back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.background import Background
from desktop_app.dialogs.reidentify import ReidentifyDialog
from desktop_app.parts.privacy_ways import trigger
from desktop_app.state import AppState
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.card import Card
from desktop_app.widgets.passing import open_once


class PseudonymsCard(Card):
    """Tells what pseudonyms are and how many ids are sealed behind them."""

    def __init__(
        self, state: AppState, background: Background, noted: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Pseudonyms"), parent=parent)
        self._state, self._background, self._noted = state, background, noted
        self.back_action = make_action(self, "privacy.reidentify", self.tr("Turn pseudonyms back…"), self._ask)
        begin = lambda: trigger(self, "open-files")  # noqa: E731
        self.import_action = make_action(self, "privacy.import", self.tr("Import with pseudonyms…"), begin)
        self.add_controls(action_button(self.import_action), action_button(self.back_action))
        self.text.setText(
            self.tr(
                "The import into a new workspace can replace user ids by pseudonyms: tick “Replace user ids by "
                "pseudonyms”, under Privacy, in its dialog. The ids are then sealed with the key, and only who has "
                "the key turns them back, which writes down that and why it was done."
            )
        )
        self.show_sealed(0)

    def show_sealed(self, count: int) -> None:
        """Offer to turn back what is sealed; nothing where no id is."""
        self.back_action.setEnabled(count > 0)

    def _ask(self) -> None:
        workspace = self._state.workspace
        if workspace is not None:
            open_once(ReidentifyDialog(workspace, self._background, self._noted, self.window()))
