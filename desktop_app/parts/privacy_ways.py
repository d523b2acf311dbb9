"""The cards of the privacy page about what leaves the workspace, and what comes from outside."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QWidget

from core.privacy.groups import LEAST
from desktop_app.preferences import Preferences
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.card import Card


def trigger(widget: QWidget, name: str) -> None:
    """Do what an action of the window does, if it can be done now."""
    action = widget.window().findChild(QAction, name)
    if action is not None:
        action.trigger()


class ExportsCard(Card):
    """Tells what exports warn of and can leave out, and leads to them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("What exports tell of people"), parent=parent)
        self.text.setText(
            self.tr(
                "Before a list of recommendations or a table of figures is written of fewer than {0} users, you are "
                "warned that each of them can be recognised; a list is then written only if you say so. A last row "
                "can say of which data, run and day a file is, so that it is known again. Users' features can be "
                "written without ids, as means of groups of users who are alike. Files that were written are not "
                "touched by anything here: when somebody is to be forgotten, remove these yourself."
            ).format(LEAST)
        )
        lists = lambda: trigger(self, "export")  # noqa: E731
        features = lambda: trigger(self, "export-features")  # noqa: E731
        self.lists_action = make_action(self, "privacy.export", self.tr("Export recommendations…"), lists)
        self.features_action = make_action(self, "privacy.features", self.tr("Export user features…"), features)
        self.add_controls(action_button(self.lists_action), action_button(self.features_action))
        self.show_open(False)

    def show_open(self, is_open: bool) -> None:
        """Lead to the exports where a workspace is open."""
        for action in (self.lists_action, self.features_action):
            action.setEnabled(is_open)


class HubCard(Card):
    """The switch of the one thing that is ever fetched."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("What comes from outside"), parent=parent)
        self._preferences = Preferences()
        self.text.setText(
            self.tr(
                "Nothing of your data is sent anywhere. Only a language model may be fetched from the Hugging Face "
                "hub, which then learns its name and your address, each time after you said yes to name and size. "
                "Switched off, it is not offered at all. (On the command line: HF_HUB_OFFLINE=1.)"
            )
        )
        self.fetching = QCheckBox(self.tr("Offer to fetch language models from the Hugging Face hub"))
        self.fetching.setObjectName("privacy.may_fetch")
        self.fetching.clicked.connect(self._choose)
        self.add_controls(self.fetching)
        self.show_choice()

    def show_choice(self) -> None:
        """Show what is chosen, which the settings may have changed."""
        self.fetching.setChecked(self._preferences.may_fetch)

    def _choose(self, offered: bool) -> None:
        self._preferences.may_fetch = offered
