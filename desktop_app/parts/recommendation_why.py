"""Why an item is in the list: the recommendations page asks for the events and the evidence of the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from desktop_app.painting import paint_in_parts
from desktop_app.parts import recommendation_work as work
from desktop_app.parts.other_words import Rewording
from desktop_app.translation import error_text
from desktop_app.turns import take_turn
from desktop_app.widgets.breakdown_panel import BreakdownPanel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.background import Background
    from desktop_app.state import AppState
    from desktop_app.widgets.recommendation_table import RankedItem
    from desktop_app.widgets.why_panel import Evidence

REST_MS = 120  # an item is explained when the choice has rested on it for so long
translate = QCoreApplication.translate


class Explaining(QObject):
    """Shows the breakdown of the chosen item, has it made surer while the analyst looks, and drops it for another one.

    Attributes:
        panel: where it is shown.
        wanted: what is asked about the chosen item; None where none is chosen.
    """

    def __init__(self, page: QWidget, state: AppState, background: Background, ask: Callable[..., None]) -> None:
        """`ask` asks about the open workspace, as the page does for itself."""
        super().__init__(page)
        self._ask = ask
        self.wanted: work.Question | None = None
        self.panel = BreakdownPanel(page)
        self.sentence = self.panel.sentence
        words = self.panel.other_words
        self.rewording = Rewording(page, state, background, "score in other words", words, self.sentence.text)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._explain)

    def clear(self) -> None:
        """No item is chosen."""
        self.wanted = None
        self.panel.clear()

    def show_item(self, listed: work.Listed, row: int) -> None:
        """Show the components of the item in this row at once, and ask for the rest when the choice rests on it."""
        item, choice = listed.rows[row], listed.choice
        self.wanted = work.Question(
            choice.user,
            item.code,
            choice.run,
            choice.fit,
            choice.version,
            choice.history,
            choice.parts,
            choice.weights,
        )
        # Alone: the list it was chosen from is laid out and painted in this beat.
        take_turn(self, partial(self._show_parts, self.wanted, item, listed.components), alone=True)
        self._rest.start()

    def _show_parts(self, question: work.Question, item: RankedItem, components: Sequence[str]) -> None:
        if question == self.wanted:
            self.panel.show_item(item, components)
            self.rewording.offer()
            paint_in_parts(self.panel)

    def _explain(self) -> None:
        """Ask for the events of the wanted item; the question about another one, if it is under way, ends."""
        if self.wanted is not None:
            self._ask_events(work.explained, self.wanted)
            wanted, earlier = self.wanted, translate("RecommendationsPage", "what was before")
            self._ask("why", work.evidence, wanted, earlier, done=lambda found: self._show_why(wanted, found))

    def _ask_events(self, question: Callable[..., object], about: object) -> None:
        words = (
            translate("RecommendationsPage", "All other events"),
            translate("RecommendationsPage", "Base, with no event at all"),
        )
        self._ask("breakdown", question, about, words, done=self._show_events, failed=self._show_no_events)

    def _show_events(self, found: work.Explained) -> None:
        """Show what the events gave, and have it made surer while the analyst looks."""
        if found.question == self.wanted:
            self.panel.show_events(found.lines, growing=found.explanation is not None)
            if found.told is not None:
                self.sentence.say(found.told, found.named)
                self.rewording.offer()
            if found.first or found.explanation is None:  # once soon, and once with shares that are sure
                self._ask("hanging", work.hanging, found, done=partial(self._show_hanging, found.question))
            if found.explanation is not None:
                self._ask_events(work.refined, found)

    def _show_hanging(self, question: work.Question, found: work.Hanging | None) -> None:
        if question == self.wanted and found is not None:
            self.sentence.say_hanging(found.named, found.score, found.without)
            self.rewording.offer()

    def _show_why(self, question: work.Question, found: Evidence) -> None:
        if question == self.wanted:
            self.panel.why.show_evidence(found)
            paint_in_parts(self.panel)

    def _show_no_events(self, error: Exception) -> None:
        self.panel.show_problem(error_text(error))
