"""What a user really did next, which the test held out, under the list that ought to foretell it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.parts import recommendation_work as work
from desktop_app.translation import error_text
from desktop_app.widgets import readable
from desktop_app.widgets.list_choices import EVALUATION
from desktop_app.widgets.recommendation_table import RecommendationTable


class HeldOut(QLabel):
    """Tells the held-out item with its rank, and marks it in the list that the test saw."""

    def __init__(self, ask: Callable[..., object], table: RecommendationTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask, self._table = ask, table
        self._truth: work.Truth | None = None
        self._listed: work.Listed | None = None
        self.setObjectName("held_out")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "card")
        self.setMargin(10)

    def look_up(self, user: int, run: str) -> None:
        """Ask what the test of this run held out of the user's events."""
        self.setText(self.tr("Looking up what the test held out …"))
        self._truth = None
        self._ask("held out", work.truth, user, run, done=self._show, failed=self._fail)

    def follow(self, listed: work.Listed | None) -> None:
        """Mark the item in this list, if the test saw it; None where other data are open, of which nothing is known."""
        self._listed = listed
        if listed is None:
            self._truth = None
        self._mark()

    def _show(self, truth: work.Truth | None) -> None:
        self._truth = truth
        if truth is None:
            text = self.tr("Test of the evaluation fit: this user has too few events, so nothing was held out.")
        elif truth.rank == 0:
            text = self.tr(
                "Test of the evaluation fit: held out was “{0}”, which the user already had; seen items were left "
                "out, so it counts as a miss."
            ).format(truth.title)
        else:
            text = self.tr("Test of the evaluation fit: held out was “{0}”, at rank {1} of {2} items.").format(
                truth.title, readable.count(truth.rank), readable.count(truth.candidates)
            )
        self.setText(text)
        self._mark()

    def _fail(self, error: Exception) -> None:
        self._truth = None
        self.setText(error_text(error))

    def _mark(self) -> None:
        seen = self._listed is not None and self._listed.choice.fit == EVALUATION
        self._table.list.mark(self._truth.code if seen and self._truth is not None else -1)
