"""The table of generators: what each is, and how fast it is here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.widgets import readable
from desktop_app.widgets.model_table import LANGUAGES, NAME, Model, ModelRows, ModelTable

if TYPE_CHECKING:
    from core.language.cards import Card
    from core.language.generator import Pace

GRAMMAR = ""  # in the place of a model: none
TOKENS, CHATS, SPEED = range(LANGUAGES + 1, LANGUAGES + 4)


@dataclass(frozen=True)
class Writer(Model):
    """A row; its model is `GRAMMAR` for none.

    Attributes:
        pace: tokens a second, or None.
    """

    pace: Pace | None = None


class WriterModel(ModelRows[Writer]):
    """Generators as rows."""

    def headers(self) -> Sequence[tuple[str, str]]:
        return (
            (self.tr("Generator"), ""),
            (self.tr("Tokens"), self.tr("Of a request, with all that is asked and answered, at most")),
            (
                self.tr("Chats"),
                self.tr("Whether it has a template for a conversation; those that have understand more"),
            ),
            (self.tr("Tokens/s"), self.tr("Tokens that it wrote in a second on this machine, one after the other")),
        )

    def without_files(self, row: Writer) -> str:
        return self.tr("None: the grammar alone") if row.model == GRAMMAR else ""

    def figure(self, row: Writer, card: Card | None, column: int) -> str:
        if column == SPEED:
            return "" if row.pace is None else _rate(row.pace.writes)
        if card is None:
            return ""
        if column == CHATS:
            return self.tr("yes") if card.chats else self.tr("no")
        return readable.count(card.tokens)

    def explained(self, row: Writer, column: int) -> str:
        if column == SPEED and row.pace is not None:
            text = self.tr("It wrote {0} tokens a second, and read {1} of a prompt in a second.")
            return text.format(_rate(row.pace.writes), _rate(row.pace.reads))
        if row.model == GRAMMAR:
            return self.tr("Requests are read by a grammar, and sentences are Seqlens's own. It needs no model.")
        if column == NAME and row.chosen:
            return self.tr("It is used on this machine, for all workspaces.")
        return ""


class GeneratorTable(ModelTable[Writer]):
    """Shows generators; one of them is selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(WriterModel(), "generators", self.tr("Generators"), (SPEED, CHATS), parent)


def _rate(tokens: float) -> str:
    return readable.decimal(tokens, 1) if tokens < 10 else readable.count(tokens)
