"""The part of the recommendations page that is asked why an item is not in the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop_app.dialogs.not_listed import NotListed
from desktop_app.parts import not_listed_work as work
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.finding import find_items, find_near
from desktop_app.widgets.passing import open_once

if TYPE_CHECKING:
    from desktop_app.parts.recommendation_work import Choice, Listed
    from desktop_app.state import AppState
    from desktop_app.widgets.not_listed_words import Answer


class Missing(QObject):
    """Opens the dialog about the list that is shown, and answers it.

    Signals:
        explained(object): an item is to be explained that is not in the list; as a list of that item alone.
    """

    explained = Signal(object)

    def __init__(
        self,
        page: QWidget,
        state: AppState,
        ask: Callable[..., None],
        choice: Callable[[], Choice | None],
        name: Callable[[], str],
    ) -> None:
        """`ask` asks about the open workspace, `choice` tells which list is shown, `name` whose it is."""
        super().__init__(page)
        self._page, self._state, self._ask, self._choice, self._name = page, state, ask, choice, name
        tip = self.tr("Name an item and see what keeps it out of this list: a rule, or what its score lacks")
        text = self.tr("Why is an item not in the list…")
        self.action = make_action(page, "recommendations.not_listed", text, self.open, "Ctrl+Shift+Y", tip)

    def button(self) -> QPushButton:
        """A button that opens the dialog."""
        return action_button(self.action, self.tr("Not in the list?"))

    def add_to(self, menu: QMenu) -> None:
        """Offer it in the menu of the list."""
        menu.addSeparator()
        menu.addAction(self.action)

    def open(self) -> None:
        """Ask which item is missed; nothing where there is no list."""
        choice = self._choice()
        if choice is None:
            return
        dialog = NotListed(self._name(), self._page.window())
        search = dialog.search
        search.asked.connect(lambda text: self._ask("missed item", find_items, text, done=search.offer))
        search.asked.connect(
            lambda text: self._ask("missed item near", find_near, text, done=partial(search.offer_near, text))
        )
        search.chosen.connect(partial(self._look_up, dialog, choice))
        dialog.explain_wanted.connect(partial(self._explain, choice))
        open_once(dialog)
        search.setFocus()

    def _look_up(self, dialog: NotListed, choice: Choice, item: int) -> None:
        dialog.show_waiting()
        self._ask("not listed", work.answer, choice, item, done=dialog.show_answer, failed=dialog.show_problem)

    def _explain(self, choice: Choice, answer: Answer) -> None:
        self._ask("missed item explained", work.as_listed, choice, answer, done=self._explained)

    def _explained(self, alone: Listed) -> None:
        if alone.choice.user == self._state.user:
            self.explained.emit(alone)
