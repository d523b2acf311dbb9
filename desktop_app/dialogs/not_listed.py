"""Why an item is not in the list: name one, and see what keeps it out and what it lacks beside the list's last item."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from desktop_app.translation import error_text
from desktop_app.widgets import not_listed_words as words
from desktop_app.widgets import readable
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.figure_table import FigureTable, Table
from desktop_app.widgets.runs_table import model_name
from desktop_app.widgets.search_field import SearchField

if TYPE_CHECKING:
    from desktop_app.widgets.not_listed_words import Answer


SPARE = 2  # pixels, so that the last row needs no scroll bar


class NotListed(QDialog):
    """A search field, the reasons in words, and the parts of the item's score beside those of the list's last item.

    Attributes:
        explain_wanted: the past events behind the score of the item are to be shown; with its `Answer`.
    """

    explain_wanted = Signal(object)

    def __init__(self, user: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("not_listed")
        self.setWindowTitle(self.tr("Why is an item not in the list?"))
        self._answer: Answer | None = None
        self.search = SearchField()
        self.search.setObjectName("not_listed_search")
        self.search.setPlaceholderText(self.tr("Which item? Type a part of its title or id"))
        self.search.setAccessibleName(self.tr("The item that is missed"))
        self.told = self._label("not_listed_heading", "heading")
        self.reasons = self._label("not_listed_reasons", "")
        self.facts = self._label("not_listed_facts", "muted")
        self.told.setText(self.tr("Name an item that you miss in the list of {0}.").format(user))
        self.table = FigureTable(self.tr("Parts of both scores"))
        self.table.setObjectName("not_listed_parts")
        self.table.hide()
        self._fill_layout()

    def _fill_layout(self) -> None:
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        for widget in (self.search, self.told, self.reasons, self.facts):
            layout.addWidget(widget)
        layout.addWidget(self.table, 1)
        layout.addStretch()
        tip = self.tr("Show beside the list what gave its score, event by event")
        self.explain_action = make_action(
            self, "not_listed.explain", self.tr("Show what gave its score"), self._explain, tip=tip
        )
        self.explain_action.setEnabled(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(self.tr("Close"))
        explain = action_button(self.explain_action)
        buttons.addButton(explain, QDialogButtonBox.ButtonRole.ActionRole)
        for button in (close, explain):  # Enter takes what is found and does nothing else
            button.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.resize(620, 480)

    def _label(self, name: str, role: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if role:
            label.setProperty("role", role)
        return label

    def show_waiting(self) -> None:
        """The answer is on its way."""
        self.told.setText(self.tr("Looking it up …"))
        for label in (self.reasons, self.facts):
            label.clear()

    def show_answer(self, answer: Answer) -> None:
        """Say why the item is not in the list, and set its score beside the last one's."""
        found = self._answer = answer
        self.search.show_chosen(found.title)
        self.told.setText(words.heading(found))
        self.reasons.setText("\n".join(words.reasons(found)))
        self.reasons.setVisible(bool(found.standing.reasons))
        self.facts.setText(readable.sentences(words.facts(found)))
        self.setAccessibleDescription(" ".join((self.told.text(), self.reasons.text(), self.facts.text())))
        scored = bool(found.standing.rank)
        self.table.setVisible(scored)
        if scored:
            self.table.show_table(self._parts(found))
            rows = self.table.verticalHeader().defaultSectionSize() * self.table.model().rowCount()
            around = self.table.horizontalHeader().sizeHint().height() + 2 * self.table.frameWidth()
            self.table.setMaximumHeight(rows + around + SPARE)
        self.explain_action.setEnabled(scored)

    def show_problem(self, error: Exception) -> None:
        """Say why nothing could be found out."""
        self._answer = None
        self.told.setText(error_text(error))
        self.table.hide()
        self.explain_action.setEnabled(False)

    def _parts(self, answer: Answer) -> Table:
        """A row for each part of the scores, and one for their sums."""
        found = answer.standing
        shown = [part for part in range(len(found.components)) if np.nan_to_num(found.shares[:, part]).any()]
        names = [model_name(found.components[part]) for part in shown]
        figures = [found.shares[:, part] for part in shown]
        if np.nan_to_num(found.base).any():
            names.append(self.tr("Base"))
            figures.append(found.base)
        rows = np.array([*figures, found.scores], dtype=np.float64)
        alone = found.last < 0 or found.last == found.item
        columns = rows[:, :1] if alone else np.column_stack((rows, rows[:, 0] - rows[:, 1]))
        texts = [
            [name, *map(readable.decimal, line[:2]), *map(readable.signed, line[2:])]
            for name, line in zip([*names, self.tr("Score")], columns.tolist(), strict=True)
        ]
        heads = (self.tr("Part of the score"), self.tr("This item"), self.tr("Last in the list"), self.tr("Difference"))
        exact = np.column_stack((np.full(len(rows), np.nan), columns))
        return Table(heads[: 1 + columns.shape[1]], texts, figures=exact, left=(0,))

    def _explain(self) -> None:
        if self._answer is not None and self._answer.standing.rank:
            self.explain_wanted.emit(self._answer)
            self.accept()
