"""Acting on a request: constraints become a policy and a filter, likes and wishes a pull on every score, and edits
another history.

The pull of an item is a sum, in standard deviations of the user's scores, of

- for each wish and each item that is liked or disliked, how near the item's text is to it in the language space
  relative to the average item, brought to mean 0 and deviation 1 over the catalogue (at most `MOST` of it);
- for each category or brand of which there should be more or less, whether the item is of it;
- for a leaning towards dear or new items, the item's place among all prices or years, from -1 to 1.

It is one more component of each score; breakdowns sum as before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar, cast

import numpy as np
from numpy.typing import NDArray

from core.dialogue.names import Names
from core.dialogue.structure import (
    Brand,
    Category,
    Count,
    Edit,
    Item,
    Lean,
    Most,
    Part,
    Price,
    Seen,
    Target,
    Wish,
    Years,
    of,
)
from core.models.base import Breakdown, Masked, Recommender, Scored
from core.models.hybrid import spread
from core.recommend.policy import Policy
from core.recommend.what_if import ChangedHistory, usual_behaviour
from core.sequences.log import EventLog

COMPONENT = "conversation"
WISH, MORE, LEAN = 1.0, 1.5, 1.0  # standard deviations of the user's scores
MOST = 3.0  # of the deviations of a likeness
SLIDER = 0.5  # of a policy's slider, for what leans towards variety, novelty or what is popular
CAPPED = 1000  # items among which at most so many of each brand are picked

Floats = NDArray[np.float32]
Likeness = Callable[[str], Floats]


@dataclass(frozen=True)
class Asked:
    """What a conversation asks of one list.

    Attributes:
        policy: the rules and sliders that a policy can say.
        allowed: bool [items], which items may be listed; None for all.
        pull: float32 [items], in standard deviations of the user's scores; None for none.
        count: length of the list; None for the usual one.
        hide_seen: whether to leave out what the user has; None for as usual.
        brands: int32 [items] and the most that may be listed of one of them; None for no limit.
    """

    policy: Policy = field(default_factory=Policy)
    allowed: NDArray[np.bool_] | None = None
    pull: Floats | None = None
    count: int | None = None
    hide_seen: bool | None = None
    brands: tuple[NDArray[np.int32], int] | None = None

    def model(self, model: Recommender) -> Recommender:
        """The model with the pull."""
        return model if self.pull is None else cast(Recommender, Pulled(model, self.pull))

    def over(self, policy: Policy | None) -> Policy:
        """A policy with what is asked on top; what both say, the conversation decides."""
        mine, base = self.policy, policy or Policy()
        priced = mine if mine.cheapest is not None or mine.dearest is not None else base
        return replace(
            base,
            target=mine.target or base.target,
            diversity=mine.diversity or base.diversity,
            novelty=mine.novelty or base.novelty,
            popularity=mine.popularity or base.popularity,
            excluded=tuple(dict.fromkeys((*base.excluded, *mine.excluded))),
            cheapest=priced.cheapest,
            dearest=priced.dearest,
            most=mine.most or base.most,
            pinned=tuple(item for item in base.pinned if item not in mine.banned),
            banned=tuple(dict.fromkeys((*base.banned, *mine.banned))),
        )

    def hides(self, usual: bool | None) -> bool | None:
        """Whether what the user has is left out."""
        return usual if self.hide_seen is None else self.hide_seen

    def depth(self, k: int) -> int:
        """How many of the best items are looked at for a list of `k`."""
        return k if self.brands is None else max(k, CAPPED)

    def kept(self, items: NDArray[np.int32], k: int) -> NDArray[np.int64]:
        """Places of the items (int32 [n], the best first) that make the list of `k`."""
        return np.arange(min(k, len(items))) if self.brands is None else capped(items, *self.brands, k)


def asked(parts: Sequence[Part], names: Names, items: int, likeness: Likeness, alike: Callable[[int], Floats]) -> Asked:
    """What parts ask of a list of the first `items` of a catalogue.

    Args:
        likeness: how near each item is to a text, float32 [items]; all 0 where that cannot be told.
        alike: the same for an item.
    """
    return Asked(
        policy=_policy(parts, names),
        allowed=_allowed(parts, names, items),
        pull=_pull(parts, names, items, likeness, alike),
        count=next((part.number for part in of(Count, parts)), None),
        hide_seen=next((part.hide for part in of(Seen, parts)), None),
        brands=next(((names.brand_codes[:items], most.number) for most in of(Most, parts) if most.by == "brand"), None),
    )


def _policy(parts: Sequence[Part], names: Names) -> Policy:
    leans = {lean.what: lean.direction * SLIDER for lean in of(Lean, parts)}
    price = next(iter(of(Price, parts)), Price())
    left_out = [whole for tag in of(Category, parts) if tag.how == "no" for whole in names.categories_with(tag.name)]
    return Policy(
        target=next((part.behaviour for part in of(Target, parts) if len(names.behaviours) > 1), ""),
        diversity=max(0.0, leans.get("variety", 0.0)),
        novelty=max(0.0, leans.get("novelty", 0.0)),
        popularity=leans.get("popularity", 0.0),
        excluded=tuple(dict.fromkeys(left_out)),
        cheapest=price.low,
        dearest=price.high,
        most=next((most.number for most in of(Most, parts) if most.by == "category"), 0),
        banned=tuple(item.id for item in of(Item, parts) if item.how == "ban"),
    )


def _allowed(parts: Sequence[Part], names: Names, items: int) -> NDArray[np.bool_] | None:
    allowed = np.ones(len(names.ids), dtype=np.bool_)
    wanted = [part for part in of(Category, parts) if part.how == "only"]
    if wanted:
        allowed &= np.any([names.in_category(part.name) for part in wanted], axis=0)
    makers = [part for part in of(Brand, parts) if part.how == "only"]
    if makers:
        allowed &= np.any([names.of_brand(part.name) for part in makers], axis=0)
    for part in of(Brand, parts):
        if part.how == "no":
            allowed &= ~_branded(part, names)
    for span in of(Years, parts):
        low, high = span.low or 1, span.high or np.iinfo(np.int16).max
        inside = (names.years >= low) & (names.years <= high)  # an unknown year is 0
        allowed &= ~inside if span.out else inside
    return None if allowed.all() else allowed[:items]


def _branded(part: Brand, names: Names) -> NDArray[np.bool_]:
    whole = names.of_brand(part.name)
    return whole & names.in_category(part.within) if part.within else whole


def _pull(
    parts: Sequence[Part], names: Names, items: int, likeness: Likeness, alike: Callable[[int], Floats]
) -> Floats | None:
    total = np.zeros(items, dtype=np.float32)
    for wish in of(Wish, parts):
        total += np.float32(WISH * wish.weight) * standard(likeness(wish.text))
    known = {name: code for code, name in enumerate(names.ids[:items])}
    for item in of(Item, parts):
        code = known.get(item.id)
        if code is not None and item.how != "ban":
            total += np.float32(WISH if item.how == "like" else -WISH) * standard(alike(code))
    for kind in of(Category, parts):
        total += _more(kind.how) * names.in_category(kind.name)[:items]
    for brand in of(Brand, parts):
        total += _more(brand.how) * _branded(brand, names)[:items]
    for lean in of(Lean, parts):
        if lean.what in ("price", "year"):
            values = names.prices if lean.what == "price" else np.where(names.years > 0, names.years, np.nan)
            total += np.float32(LEAN * lean.direction) * _places(values[:items])
    return total if total.any() else None


def _more(how: str) -> np.float32:
    return np.float32({"more": MORE, "less": -MORE}.get(how, 0.0))


def standard(likeness: Floats) -> Floats:
    """Likenesses with mean 0 and deviation 1, at most `MOST`; all 0 where they do not differ."""
    deviation = float(likeness.std())
    if deviation < 1e-6:
        return np.zeros_like(likeness)
    scaled = np.clip((likeness - likeness.mean()) / np.float32(deviation), -MOST, MOST)
    return np.asarray(scaled, dtype=np.float32)


def _places(values: NDArray[np.floating]) -> Floats:
    """The place of each value among all, from -1 to 1; 0 for an unknown one."""
    known = np.isfinite(values)
    ordered = np.sort(values[known])
    if len(ordered) < 2:
        return np.zeros(len(values), dtype=np.float32)
    below = np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right")
    return np.where(known, below / len(ordered) - 1.0, 0.0).astype(np.float32)


class Pulled:
    """A recommender whose scores are pulled towards what a conversation asks for.

    Args:
        model: what scores.
        pull: float32 [items], in standard deviations of the user's scores.
    """

    name: ClassVar[str] = "pulled"

    def __init__(self, model: Recommender, pull: Floats) -> None:
        self._model, self._pull = model, pull
        self.at_once = getattr(model, "at_once", None)

    def score(self, histories: EventLog) -> Floats:
        """Scores of every item for each history, float32 [users, items]."""
        return self.scored(histories).scores

    def scored(self, histories: EventLog) -> Scored:
        """Scores with their parts; the last component is the conversation's."""
        found = self._model.scored(histories)
        added = self._strength(found.scores)[:, None] * self._pull

        def parts(items: NDArray[np.int32]) -> tuple[tuple[str, ...], Floats, Floats]:
            names, base, shares = found.parts(items)
            own = np.take_along_axis(added, items, axis=1)
            return (*names, COMPONENT), base, np.concatenate((shares, own[:, :, None]), axis=2)

        return Scored(found.scores + added, parts)

    def refine(self, history: EventLog, items: NDArray[np.int32], check: Callable[[], None]) -> Iterator[Breakdown]:
        """Take apart the scores of `items` for one user; what is asked for stands beside the events, in the base."""
        added = self._strength(self._model.score(history))[0] * self._pull[items]
        for found in self._model.refine(history, items, check):
            yield replace(
                found,
                scores=found.scores + added,
                components=(*found.components, COMPONENT),
                component_shares=np.concatenate((found.component_shares, added[:, None]), axis=1),
                event_base=found.event_base + added,
                masked=_raised(found.masked, added),
            )

    def _strength(self, scores: Floats) -> Floats:
        """The deviation of each user's scores, float32 [users]; 1 where all are equal."""
        inverse = spread(scores)[1]
        return np.where(inverse > 0, 1.0 / np.where(inverse > 0, inverse, 1.0), 1.0).astype(np.float32)


def _raised(masked: Masked, added: Floats) -> Masked:
    return lambda seen: masked(seen) + added


def capped(items: NDArray[np.int32], groups: NDArray[np.int32], most: int, k: int) -> NDArray[np.int64]:
    """Places of the first `k` of `items` (int32 [n]) with at most `most` of each group (int32 [items]; -1 is none)."""
    group = groups[items]
    order = np.argsort(group, kind="stable")
    starts = np.r_[True, np.diff(group[order]) != 0] if len(order) else np.zeros(0, dtype=np.bool_)
    first = np.maximum.accumulate(np.where(starts, np.arange(len(order)), 0))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order)) - first
    return np.flatnonzero((group < 0) | (number < most))[:k]


# ------------------------------------------------------------------------------------------------ the history


def edited(log: EventLog, parts: Sequence[Part], names: Names, latest: int | None = None) -> ChangedHistory:
    """The history of one user (a log of that user alone) after the edits that are asked for.

    Args:
        latest: the moment that "the last 30 days" end at; None for the last event of the history.
    """
    edits = of(Edit, parts)
    history = ChangedHistory.of(log)
    names_of = [behaviour.name for behaviour in log.behaviours]
    only = [names_of.index(edit.behaviour) for edit in edits if edit.do == "only" and edit.behaviour in names_of]
    if only:
        history = _without(history, ~np.isin(history.log.behaviour, only))
    for edit in edits:
        if edit.do == "remove":
            history = _without(history, _meant(edit, history.log, names))
        elif edit.do == "add" and edit.item in names.ids:
            code = names.ids.index(edit.item)
            if code < log.items:
                usual = usual_behaviour(log, log.behaviours)
                doing = names_of.index(edit.behaviour) if edit.behaviour in names_of else usual
                history = history.add(history.events, code, doing)
        elif edit.do not in ("only", "add"):
            history = _without(history, _outside(edit, history.log, latest))
    return history


def _without(history: ChangedHistory, gone: NDArray[np.bool_]) -> ChangedHistory:
    return history.without(np.flatnonzero(gone).tolist())


def _meant(edit: Edit, log: EventLog, names: Names) -> NDArray[np.bool_]:
    """bool [events], which events an edit is about."""
    meant = np.ones(len(names.ids), dtype=np.bool_)
    if edit.item:
        meant &= np.array([name == edit.item for name in names.ids], dtype=np.bool_)
    if edit.category:
        meant &= names.in_category(edit.category)
    if edit.brand:
        meant &= names.of_brand(edit.brand)
    if edit.words:
        meant &= np.isin(np.arange(len(names.ids)), names.items_called(edit.words))
    named = bool(edit.item or edit.category or edit.brand or edit.words)
    events = np.append(meant, not named)[log.item]  # an event without an item is the last
    if edit.behaviour:
        codes = [code for code, behaviour in enumerate(log.behaviours) if behaviour.name == edit.behaviour]
        events = events & np.isin(log.behaviour, codes)
    return events & ~log.told


def _outside(edit: Edit, log: EventLog, latest: int | None) -> NDArray[np.bool_]:
    """bool [events], which events lie outside the time that an edit leaves."""
    if edit.do == "latest":
        return np.arange(log.events) < log.events - edit.number
    if not log.timed or log.events == 0:
        return np.zeros(log.events, dtype=np.bool_)
    if edit.do == "latest days":
        end = int(log.time.max()) if latest is None else latest
        return np.asarray(log.time < end - int(timedelta(days=edit.number) / timedelta(microseconds=1)))
    day = date.fromisoformat(edit.day)
    first = int(datetime.combine(day, time(), UTC).timestamp()) * 1_000_000
    after = first + int(timedelta(days=1) / timedelta(microseconds=1))
    outside = log.time < first if edit.do == "since" else log.time >= after
    if edit.behaviour:
        codes = [code for code, behaviour in enumerate(log.behaviours) if behaviour.name == edit.behaviour]
        outside = outside & np.isin(log.behaviour, codes)
    return np.asarray(outside)
