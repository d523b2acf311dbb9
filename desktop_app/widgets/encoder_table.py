"""The table of text encoders: what each is, and what was measured of it here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.widgets import readable
from desktop_app.widgets.model_table import LANGUAGES, NAME, Model, ModelRows, ModelTable
from desktop_app.widgets.runs_table import EITHER_WAY, FigureDelegate

if TYPE_CHECKING:
    from core.language.cards import Card
    from core.trying import Tried

NGRAMS = "\0"  # in the place of a model: what stands in for one that cannot read the texts
DIMENSIONS, TOKENS, SPEED, NDCG = range(LANGUAGES + 1, LANGUAGES + 5)


@dataclass(frozen=True)
class Encoder(Model):
    """A row; its model is empty for the bundled one, `NGRAMS` for what stands in, and chosen for the next training.

    Attributes:
        reads: share of the open texts' tokens that it knows, or None.
        speed: texts a second, or None.
        tried: what it reached on the open data, or None.
    """

    reads: float | None = None
    speed: float | None = None
    tried: Tried | None = None


class EncoderModel(ModelRows[Encoder]):
    """Encoders as rows."""

    def headers(self) -> Sequence[tuple[str, str]]:
        return (
            (self.tr("Text encoder"), ""),
            (self.tr("Dimensions"), self.tr("Length of a vector")),
            (self.tr("Tokens"), self.tr("Of a text that it can read at most")),
            (self.tr("Texts/s"), self.tr("Texts of the open data that it read in a second on this machine")),
            ("NDCG@10", self.tr("Of its vectors alone, on validation events of a sample of the open data")),
        )

    def without_files(self, row: Encoder) -> str:
        return self.tr("Character n-grams") if row.model == NGRAMS else ""

    def figure(self, row: Encoder, card: Card | None, column: int) -> str:
        if column == SPEED:
            return "" if row.speed is None else readable.count(row.speed)
        if column == NDCG:
            if row.tried is None:
                return ""
            half = readable.decimal((row.tried.high - row.tried.low) / 2, 4)
            told = f"{readable.decimal(row.tried.ndcg, 4)}{EITHER_WAY}{half}"
            stood_in = row.tried.stand_in and row.model != NGRAMS
            return self.tr("{0} (n-grams)").format(told) if stood_in else told
        return "" if card is None else readable.count(card.dimensions if column == DIMENSIONS else card.tokens)

    def explained(self, row: Encoder, column: int) -> str:
        if column == NDCG and row.tried is not None:
            tried = row.tried
            text = self.tr("95 %: {0} to {1}; a list in random order: {2}. {3} users, {4} items.")
            low, high, chance = (readable.decimal(one, 4) for one in (tried.low, tried.high, tried.chance))
            told = text.format(low, high, chance, readable.count(tried.users), readable.count(tried.items))
            if tried.stand_in and row.model != NGRAMS:
                told += " " + self.tr("It cannot read these texts: character n-grams stood in.")
            return told
        if row.model == NGRAMS:
            return self.tr("Stand in where a model cannot read the texts. They need no model and read any script.")
        if column == NAME and row.card is not None:
            known = (
                ""
                if row.reads is None
                else self.tr("It knows {0} of the tokens of the open data.").format(readable.percent(row.reads))
            )
            return " ".join(filter(None, (self.tr("The next training reads with it.") if row.chosen else "", known)))
        return ""


class EncoderTable(ModelTable[Encoder]):
    """Shows encoders; one of them is selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(EncoderModel(), "encoders", self.tr("Text encoders"), (NDCG, SPEED), parent)
        self.setItemDelegateForColumn(NDCG, FigureDelegate(self))
