"""Why an item is not in a list, in sentences that say no more than was found."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication

from desktop_app.widgets import counted, readable
from desktop_app.widgets.runs_table import model_name

if TYPE_CHECKING:
    from core.unlisted import Reason, Standing

translate = QCoreApplication.translate
SLIDERS = ("diversity", "novelty", "popularity", "tastes")


@dataclass(frozen=True)
class Answer:
    """How an item stands to a list, with what it and the list's last item are called.

    Attributes:
        price: of the item; NaN where it is unknown.
    """

    standing: Standing
    title: str
    last: str
    price: float


def heading(answer: Answer) -> str:
    """Whether the item is in the list."""
    found = answer.standing
    if found.place:
        return translate("not listed", "“{0}” is in the list, at place {1}.").format(
            answer.title, readable.count(found.place)
        )
    return translate("not listed", "“{0}” is not among the first {1}.").format(answer.title, readable.count(found.k))


def reasons(answer: Answer) -> list[str]:
    """A sentence for each reason."""
    return [_reason(reason, answer) for reason in answer.standing.reasons]


def facts(answer: Answer) -> Iterator[str]:
    """Its rank, what it lacks, and how many events speak of it at all."""
    found = answer.standing
    ruled = bool(found.reasons) and found.reasons[0].rule not in ("score", "beyond")
    if found.rank:
        words = (
            translate("not listed", "Without that, its score would put it at rank {0}.")
            if ruled
            else translate("not listed", "By its score it stands at rank {0} of {1} items.")
        )
        yield words.format(readable.count(found.rank), readable.count(found.candidates))
    gap = float(found.scores[0] - found.scores[1])
    if math.isfinite(gap) and not found.place:
        yield _gap(answer, gap)
    if found.events:
        yield translate("not listed", "All users together have {0} with it.").format(counted.events(found.events))
    else:
        yield translate("not listed", "No user has an event with it, so that only what it is can speak for it.")


def _gap(answer: Answer, gap: float) -> str:
    """How far it is from the end of the list, and which part of the scores is most of that."""
    found = answer.standing
    told = readable.decimal(abs(gap))
    if gap >= 0:
        return translate("not listed", "The last item of the list, “{0}”, has {1} less.").format(answer.last, told)
    parts = found.shares[0] - found.shares[1]
    lacks = int(np.argmin(parts)) if len(parts) > 1 else -1
    if lacks < 0 or parts[lacks] >= 0:
        return translate("not listed", "The last item of the list, “{0}”, has {1} more.").format(answer.last, told)
    words = translate("not listed", "The last item of the list, “{0}”, has {1} more; by “{2}” alone, {3} more.")
    name = model_name(found.components[lacks])
    return words.format(answer.last, told, name, readable.decimal(abs(float(parts[lacks]))))


def _reason(reason: Reason, answer: Answer) -> str:
    who = translate("not listed", "What was asked in words") if reason.asked else translate("not listed", "The policy")
    number = readable.count(reason.number)
    if reason.rule in SLIDERS:
        return _moved(reason.rule).format(number)
    if reason.rule in ("cheapest", "dearest"):
        return _priced(reason, who, answer.price)
    words = {
        "late": translate(
            "not listed",
            "It came in after “{name}” was trained, and this fit cannot score it. Train again to have it ranked.",
        ),
        "nameless": translate("not listed", "It has neither events nor a text that the model could read."),
        "had": translate("not listed", "The user has it already ({events}), and the list leaves out what they have."),
        "down": translate("not listed", "It has a thumb down for this user."),
        "later": translate("not listed", "It was put off for this user with “not now”, and that time is not over."),
        "category": translate("not listed", "The list is of the category “{about}” alone, and it is not in that."),
        "excluded": translate("not listed", "{who} leaves out its category, “{about}”."),
        "stock": translate("not listed", "It is not on the stock list of the policy."),
        "banned": translate("not listed", "{who} bans it."),
        "words": translate("not listed", "It does not fit the category, the brand or the years that were asked for."),
        "brand": translate("not listed", "Of a brand at most {number} may stand in the list, and others come first."),
        "most": translate("not listed", "{who} allows at most {number} of a category, and others come first."),
        "target": translate(
            "not listed", "{who} ranks for a purpose; without it, this item would stand at place {number}."
        ),
        "pinned": translate("not listed", "Pinned items stand before it; without them, it would be at place {number}."),
        "together": translate("not listed", "Several parts of the policy moved it out together; no single one did."),
        "beyond": translate(
            "not listed", "{who} chooses among the {number} items of the highest scores, and it is none of them."
        ),
        "score": translate("not listed", "No rule keeps it out: its score is too low."),
    }[reason.rule]
    events = counted.events(reason.number)
    return words.format(name=answer.standing.run.name, who=who, about=reason.about, number=number, events=events)


def _moved(slider: str) -> str:
    return {
        "diversity": translate("not listed", "Diversity moved it out; without it, it would be at place {0}."),
        "novelty": translate("not listed", "Novelty moved it out; without it, it would be at place {0}."),
        "popularity": translate("not listed", "Popularity moved it out; without it, it would be at place {0}."),
        "tastes": translate("not listed", "The mix of tastes moved it out; without it, it would be at place {0}."),
    }[slider]


def _priced(reason: Reason, who: str, price: float) -> str:
    if not math.isfinite(price):
        return translate("not listed", "{0} has a limit of prices, and its price is not known.").format(who)
    words = {
        "cheapest": translate("not listed", "{0} asks for a price of at least {2}; it costs {1}."),
        "dearest": translate("not listed", "{0} asks for a price of at most {2}; it costs {1}."),
    }[reason.rule]
    return words.format(who, readable.price(price), readable.price(float(reason.about)))
