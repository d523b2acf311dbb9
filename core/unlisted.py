"""Why an item is not in a user's list: which rules keep it out, or at which rank its score puts it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.prepared import ListRequest, Prepared, prepare
from core.progress import Progress
from core.serving import ranker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.recommend.policy import Policy
    from core.runs import Run
    from core.workspace import Workspace

CRITERIA = (
    "target",
    "diversity",
    "novelty",
    "popularity",
    "tastes",
    "most",
    "pinned",
)  # fields of a policy that move items
KEEP_OUT = ("down", "later")  # verdicts that keep an item out


@dataclass(frozen=True)
class Reason:
    """What keeps an item out of a list.

    Attributes:
        rule: "late" (it came after the training, and the model cannot score it), "nameless" (it has neither events nor
            a text), "had" (the user has it), "down" or "later" (the user's feedback), "category" (the list is of
            another one), "excluded", "cheapest", "dearest", "stock" or "banned" (rules of the policy), "words" (what
            was asked in words), "brand" (there are enough of its brand), one of `CRITERIA` (without it the item were in
            the list), "together" (several of these moved it out), "beyond" (the policy looks at better ones alone), or
            "score" (others have more).
        about: the category or the bound that the rule names, or nothing.
        number: of the user's events with the item ("had"), its place without the criterion, the limit ("most",
            "brand"), or how many items the policy looks at ("beyond").
        asked: whether the rule comes from what was asked in words, rather than from the policy.
    """

    rule: str
    about: str = ""
    number: int = 0
    asked: bool = False


@dataclass(frozen=True)
class Standing:
    """How an item stands to a user's list.

    Attributes:
        run: the run that made the list.
        item: code of the item.
        place: in the list, from 1; 0 where it is not in it.
        rank: by the score alone, among the items that may be listed, from 1: where the item is, or would be if nothing
            kept it out. 0 where it has no score.
        candidates: items that may be listed.
        k: length that was asked for.
        last: code of the item at the end of the list; -1 where the list is empty.
        components: names of the parts of the scores, c of them.
        scores: float32 [2], of the item and of the last one; NaN where there is none.
        base: float32 [2]; `base + shares.sum(1)` is `scores`.
        shares: float32 [2, c].
        events: of the data that the fit has learned from, with this item.
        reasons: what keeps it out, the rules before the score; none where it is listed.
    """

    run: Run
    item: int
    place: int
    rank: int
    candidates: int
    k: int
    last: int
    components: tuple[str, ...]
    scores: NDArray[np.float32]
    base: NDArray[np.float32]
    shares: NDArray[np.float32]
    events: int
    reasons: tuple[Reason, ...]


def standing(workspace: Workspace, user: int, item: int, progress: Progress, request: ListRequest) -> Standing:
    """How an item (its code) stands to the list that `core.listing.recommend` makes of the same request.

    Raises:
        SeqlensError: as `core.listing.recommend`.
        Cancelled: the analyst pressed stop.
    """
    ready = prepare(workspace, user, progress, request)
    scored = ready.heard.model.scored(ready.heard.read)
    progress.check()
    shelf = _Shelf(ready, scored.scores)
    items = shelf.list_of(ready)
    last = int(items[-1]) if len(items) else -1
    there = item < ready.record.items
    codes = np.array([[item if there else 0, max(last, 0)]], dtype=np.int32)
    names, base, shares = scored.parts(codes)
    scores = scored.scores[0, codes[0]].astype(np.float32)
    for side in [place for place, missing in enumerate((not there, last < 0)) if missing]:
        scores[side] = base[0, side] = shares[0, side] = np.nan
    place = int(np.flatnonzero(items == item)[0]) + 1 if item in items else 0
    rank = shelf.rank(item) if there else 0
    case = _Case(workspace, user, item, ready, shelf, request)
    reasons = () if place else tuple(case.reasons(rank, progress))
    counts = (rank, int(shelf.open.sum()), ready.k)
    events = _events(workspace, ready.record, ready.fit, item)
    return Standing(ready.record, item, place, *counts, last, names, scores, base[0], shares[0], events, reasons)


class _Shelf:
    """The scores of one user, and which items may be listed."""

    def __init__(self, ready: Prepared, scores: NDArray[np.float32]) -> None:
        from core.recommend.lists import blocked

        read, allowed = ready.heard.read, ready.allowed
        self.scores = scores
        self.hidden = blocked(read, np.zeros(1, dtype=np.int32), ready.hide)
        if allowed is not None:
            self.hidden |= ~allowed
        self.open = ~self.hidden[0]
        if ready.ranker is not None:
            self.open &= ready.ranker.rules.allowed

    def list_of(self, ready: Prepared) -> NDArray[np.int32]:
        """The list, int32 [<= k]."""
        from core.evaluation import ranking

        if ready.ranker is None:
            found = ranking.top(np.where(self.hidden, ranking.HIDDEN, self.scores), ready.depth)[0][0]
        else:
            found = ready.ranker.order(ready.heard.read, self.scores, ready.depth, self.hidden).items[0]
        items: NDArray[np.int32] = found[found >= 0]
        return items[ready.kept(items)]

    def rank(self, item: int) -> int:
        """By score among the items that may be listed, from 1; equals stand in the order of their codes."""
        own, code = self.scores[0, item], np.arange(self.scores.shape[1])
        ahead = self.open & ((self.scores[0] > own) | ((self.scores[0] == own) & (code < item)))
        return int(ahead.sum()) + 1


def _events(workspace: Workspace, record: Run, fit: str, item: int) -> int:
    """How many events with an item a fit has learned from."""
    from core.trained import split_of

    log = split_of(workspace, record).train if fit == "evaluation" else workspace.log()
    return int(np.count_nonzero(log.item == item))


@dataclass(frozen=True)
class _Case:
    """An item that is not in a list, and all that can be the reason."""

    workspace: Workspace
    user: int
    item: int
    ready: Prepared
    shelf: _Shelf
    request: ListRequest

    def reasons(self, rank: int, progress: Progress) -> Iterator[Reason]:
        """Rules before the order, and the order only where no rule keeps the item out."""
        if not rank:
            yield Reason("late")
            return
        rules = [*self._of_data(), *self._of_user(), *self._of_policy()]
        yield from rules
        if not rules:
            yield from [*self._of_order(progress)] or [self._outranked(rank)]

    def _of_data(self) -> Iterator[Reason]:
        """What the item is, and what the list is of."""
        ready, item = self.ready, self.item
        if ready.nameless[item]:
            yield Reason("nameless")
        if ready.of_category is not None and not ready.of_category[item]:
            yield Reason("category", str(self.request.category))
        if ready.asked is not None and ready.asked.allowed is not None and not ready.asked.allowed[item]:
            yield Reason("words", asked=True)

    def _of_user(self) -> Iterator[Reason]:
        """What the user's own past says."""
        read = self.ready.heard.read
        had = int(np.count_nonzero((read.item == self.item) & ~read.told))
        if had and self.ready.hide:
            yield Reason("had", number=had)
        if self.item in self.ready.out:
            said = self.workspace.said().of_user(self.user)
            said = said.take(said.items == self.item)
            yield from (Reason(verdict) for verdict in KEEP_OUT if said.is_verdict(verdict).any())

    def _of_policy(self) -> Iterator[Reason]:
        """The rules of the policy, and of what was asked in words on top of it."""
        from core.recommend.policy import broken
        from core.telling import item_tags

        if self.ready.policy is not None:
            known = self.workspace.catalogue(), item_tags(self.workspace), self.item
            own = () if self.request.policy is None else broken(self.request.policy, *known)
            for rule, about in broken(self.ready.policy, *known):
                yield Reason(rule, about, asked=(rule, about) not in own)

    def _of_order(self, progress: Progress) -> Iterator[Reason]:
        """What moved the item out of the list: the criteria without which, each alone, it were in it."""
        from core.recommend.policy import Policy

        asked, policy = self.ready.asked, self.ready.policy
        brands = None if asked is None else asked.brands
        if asked is not None and brands and self._place(replace(self.ready, asked=replace(asked, brands=None))):
            yield Reason("brand", number=brands[1], asked=True)
        if policy is None or self.ready.ranker is None:
            return
        for name in CRITERIA:
            value, usual = getattr(policy, name), getattr(Policy(), name)
            place = 0 if value == usual else self._place(self._under(replace(policy, **{name: usual}), progress))
            if place:
                own = self.request.policy is not None and getattr(self.request.policy, name) == value
                yield Reason(name, number=policy.most if name == "most" else place, asked=not own)

    def _under(self, policy: Policy, progress: Progress) -> Prepared:
        """What the list were made from under another policy."""
        about = self.workspace, self.ready.record, self.ready.fit, policy, progress
        return replace(self.ready, policy=policy, ranker=None if policy.plain else ranker(*about))

    def _place(self, ready: Prepared) -> int:
        """Where the item were in another list of the same scores, from 1; 0 for not at all."""
        found = np.flatnonzero(self.shelf.list_of(ready) == self.item)
        return int(found[0]) + 1 if len(found) else 0

    def _outranked(self, rank: int) -> Reason:
        """Too few points, for the list or already for what a policy looks at; or the policy's criteria together."""
        depth, made_by = self.ready.depth, self.ready.ranker
        looked = depth if made_by is None else made_by.candidates(depth)
        if rank <= depth:
            return Reason("together")
        return Reason("beyond", number=looked) if depth < looked < rank else Reason("score")
