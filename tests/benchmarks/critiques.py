"""A simulated analyst who knows a little of the item that was held out, and says it turn by turn.

In each case the evaluation fit lists ten items. While the held-out item is not among them, the analyst says one thing
more of it, in words that go through the grammar: its category, its price band (its decade, in data with years and no
prices), a word of its title that at least `SHARED` items share; and when nothing is left to say, only that it is none
of those shown. What was shown is dropped at each turn. The control drops what was shown and says nothing.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

import numpy as np

from core import listing
from core.dialogue.lexicon import content
from core.dialogue.structure import Item, Part, joined
from core.listing import ListRequest
from core.progress import Progress
from core.runs import Run
from core.talking import names
from core.trained import split_of
from core.workspace import Workspace

TURNS = 5
SHARED = 20  # items that must share a word of a title
BAND = 0.25  # of a price, to either side of it
CATEGORY = ("only {0}", "show me {0} please", "I'm looking for {0}")
PRICE = ("between {0} and {1}", "{0} to {1} dollars")
DECADE = ("from the {0}s", "made between {0} and {1}")
WORD = ("something with {0}", "more {0}", "I'd like {0}")


@dataclass(frozen=True)
class Critiques:
    """Share of the cases in which the held-out item was listed, after 0 to `TURNS` turns.

    Attributes:
        talk: by the analyst who says something.
        control: by the one who only drops what was shown.
        cases: how many.
        told: how many of them had each thing to be said: "category", "price", "decade", "word".
    """

    talk: tuple[float, ...]
    control: tuple[float, ...]
    cases: int
    told: dict[str, int]

    @property
    def good(self) -> bool:
        """Whether talking finds more with every turn, and more than the control at each."""
        rises = all(after > before for before, after in zip(self.talk, self.talk[1:], strict=False))
        return rises and all(talk > control for talk, control in zip(self.talk[1:], self.control[1:], strict=True))


def simulate(workspace: Workspace, run: Run, cases: int, seed: int = 0) -> Critiques:
    """Play `cases` tests of a run, drawn at random."""
    test = split_of(workspace, run).test
    chosen = random.Random(seed)
    rows = chosen.sample(range(len(test.users)), min(cases, len(test.users)))
    shared = _shared_words(workspace)
    found = {"talk": np.zeros(TURNS + 1), "control": np.zeros(TURNS + 1)}
    told: Counter[str] = Counter()
    for row in rows:
        user, truth = int(test.users[row]), int(test.truth[row])
        requests = _requests(workspace, truth, shared, chosen)
        told.update(kind for kind, _ in requests)
        for way, say in (("talk", [text for _, text in requests]), ("control", [])):
            turn = _play(workspace, run, user, truth, say)
            if turn is not None:
                found[way][turn:] += 1
    shares = {way: tuple((hits / len(rows)).tolist()) for way, hits in found.items()}
    return Critiques(shares["talk"], shares["control"], len(rows), dict(told))


def _play(workspace: Workspace, run: Run, user: int, truth: int, requests: list[str]) -> int | None:
    """The turn after which the held-out item is listed; None for never."""
    ids = workspace.catalogue().ids
    held: tuple[Part, ...] = ()
    gone: list[Part] = []
    for turn in range(TURNS + 1):
        request = ListRequest(run.id, "evaluation", parts=(*held, *gone))
        listed = listing.recommend(workspace, user, Progress(), request).items
        if truth in listed:
            return turn
        gone += [Item(ids[int(item)].as_py(), "", "ban") for item in listed]
        if turn < len(requests):
            held = joined(held, listing.understand(workspace, requests[turn], Progress(), run.id).parts)
    return None


def _requests(workspace: Workspace, truth: int, shared: Counter[str], chosen: random.Random) -> list[tuple[str, str]]:
    """What the analyst can say of an item, in this order: what kind of thing it is, and the words."""
    known, catalogue = names(workspace), workspace.catalogue()
    requests = []
    tags = [tag for tag in known.categories if known.in_category(tag)[truth] and tag != "unknown"]
    if tags:
        requests.append(("category", chosen.choice(CATEGORY).format(chosen.choice(tags))))
    price, year = float(catalogue.prices[truth]), int(known.years[truth])
    if price == price and price > 0:
        low, high = round(price * (1 - BAND), 2), round(price * (1 + BAND), 2)
        requests.append(("price", chosen.choice(PRICE).format(low, high)))
    elif year > 0:
        decade = year // 10 * 10
        requests.append(("decade", chosen.choice(DECADE).format(decade, decade + 9)))
    words = [word for word in set(content(known.titles[truth])) if shared[word] >= SHARED and word.isalpha()]
    if words:
        requests.append(("word", chosen.choice(WORD).format(min(words, key=lambda word: (shared[word], word)))))
    return requests


def _shared_words(workspace: Workspace) -> Counter[str]:
    """How many items have each word in their title."""
    return Counter(word for title in names(workspace).titles for word in set(content(title)))
