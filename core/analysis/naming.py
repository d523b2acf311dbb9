"""What is typical for a group: categories, behaviours and words of titles that it has more of than all others.

The measure is the log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008, "Fightin' Words"):
how much the odds of a term in the group exceed those outside it, shrunk towards how common the term is everywhere, and
divided by its standard error, so that neither rare words nor common ones win by that alone. A user counts by the root
of the number of events: those who did much tell more, and no single one tells all. A term is in an event or not: the
length of titles does not matter.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from core.language.item_features import tag_columns
from core.sequences.log import Catalogue, EventLog

if TYPE_CHECKING:
    from scipy.sparse import csr_array

PRIOR = 50.0  # items, or users of one event, whose weight the prior has
SURE = 1.96  # standard errors above which a term is typical
SHARE = 0.02  # of a group's events that a typical term is in, at least
TAGS, WORDS = 300, 20_000  # terms that are looked at, the most frequent ones
CANDIDATES = 60
SAME = 0.8  # a longer piece of Chinese that occurs so often as a shorter one in it is the word

WORD = re.compile(r"[^\W\d_][\w'’-]+")
CHINESE = re.compile(r"[\u3400-\u9fff]+")
# The signs of a language, which are never what a single sequence is about.
_FUNCTION = """
    a an the and or but of for to in on at by with from as is are was were be been it its this that these those i you
    he she we they me my his her our your their not no do does did so if than then there how what when who all part vol
    le la les de der die das und el los las del un une en et
"""
FUNCTION = frozenset(_FUNCTION.split())

Kind = Literal["category", "behaviour", "word"]
CATEGORY: Kind = "category"
BEHAVIOUR: Kind = "behaviour"
TITLE_WORD: Kind = "word"
Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Term:
    """What a group has more of than the others.

    Attributes:
        inside, outside: share of the events (or items) in the group, and in all others, that have it.
        surprise: the log-odds ratio in standard errors.
    """

    kind: Kind
    text: str
    inside: float
    outside: float
    surprise: float


@dataclass(frozen=True)
class Vocabulary:
    """Which item has which terms.

    Attributes:
        kinds, texts: of the terms, w of them.
        has: bool [items, w], sparse.
    """

    kinds: tuple[Kind, ...]
    texts: tuple[str, ...]
    has: csr_array


def vocabulary(catalogue: Catalogue) -> Vocabulary:
    """The categories and the words of titles of a catalogue; of Chinese, pieces of two to four letters."""
    from scipy.sparse import csr_array, hstack
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer

    tags, tagged = tag_columns(catalogue.categories, TAGS)
    blocks, words = [csr_array(tagged)], []
    titles = [title or "" for title in catalogue.titles.to_pylist()]

    def told(title: str) -> set[str]:
        # "the" is the sign of a language, and never of a group.
        return {word for word in _words(title) if word not in ENGLISH_STOP_WORDS}

    try:
        counter = CountVectorizer(analyzer=told, binary=True, min_df=2, max_features=WORDS, dtype=np.float32)
        blocks.append(csr_array(counter.fit_transform(titles)))
        words = counter.get_feature_names_out().tolist()
    except ValueError:  # no word is in two titles
        pass
    kinds: tuple[Kind, ...] = (*repeat(CATEGORY, len(tags)), *repeat(TITLE_WORD, len(words)))
    return Vocabulary(kinds, (*tags, *words), csr_array(hstack(blocks, format="csr")))


def vocabulary_of(titles: Sequence[str], tags: Sequence[Sequence[str]]) -> Vocabulary:
    """The terms of few items: their tags, and all words of their titles but the most common ones of English.

    Args:
        titles: empty where there is none.
        tags: of the same items.
    """
    from scipy.sparse import coo_array

    had: list[list[tuple[Kind, str]]] = [
        [(CATEGORY, tag) for tag in own] + [(TITLE_WORD, word) for word in _words(title) if word not in FUNCTION]
        for title, own in zip(titles, tags, strict=True)
    ]
    keys = sorted({key for own in had for key in own})
    column = {key: number for number, key in enumerate(keys)}
    columns = [column[key] for own in had for key in own]
    rows = np.repeat(np.arange(len(had)), [len(own) for own in had])
    has = coo_array((np.ones(len(columns), np.float32), (rows, columns)), shape=(len(had), len(keys))).tocsr()
    return Vocabulary(tuple(kind for kind, _ in keys), tuple(text for _, text in keys), has)


def _words(title: str) -> set[str]:
    found = {word.lower() for word in WORD.findall(CHINESE.sub(" ", title))}
    for run in CHINESE.findall(title):
        found |= {run[start : start + size] for size in (2, 3, 4) for start in range(len(run) - size + 1)}
    return found


def typical_of_users(
    labels: NDArray[np.int32], users: NDArray[np.int32], log: EventLog, terms: Vocabulary, most: int = 3
) -> list[list[Term]]:
    """What is typical for each group of users, the most surprising first.

    Args:
        labels: int32 [n], group of each of `users`; -1 for none.
        users: int32 [n], codes.
    """
    some = log.select(users)
    kinds = len(log.behaviours)
    groups = int(labels.max(initial=-1)) + 1
    row = np.where(labels < 0, groups, labels).astype(np.int64)[some.user]
    weight = 1.0 / np.sqrt(some.lengths)[some.user]  # the root of the number of events, split over them
    done = _sums(row * kinds + some.behaviour, weight, (groups + 1, kinds))
    chosen = some.positive
    had = _members(row[chosen], some.item[chosen], weight[chosen], groups, log.items) @ terms.has
    return _typical(had, done, _sums(row, weight, (groups + 1,)), terms, log, most)


def typical_of_items(
    labels: NDArray[np.int32], items: NDArray[np.int32], log: EventLog, terms: Vocabulary, most: int = 3
) -> list[list[Term]]:
    """What is typical for each group of items; as `typical_of_users`."""
    kinds = len(log.behaviours)
    groups = int(labels.max(initial=-1)) + 1
    group = np.full(log.items, -1, dtype=np.int64)
    group[items] = np.where(labels < 0, groups, labels)
    row = group[items]
    about = np.flatnonzero(log.item >= 0)
    about = about[group[log.item[about]] >= 0]
    events = np.bincount(log.item[about], minlength=log.items)
    weight = 1.0 / events[log.item[about]]
    place = group[log.item[about]] * kinds + log.behaviour[about]
    done = _sums(place, weight, (groups + 1, kinds))
    had = _members(row, items, np.ones(len(items)), groups, log.items) @ terms.has
    return _typical(had, done, _sums(row, np.ones(len(items)), (groups + 1,)), terms, log, most)


def _sums(place: NDArray[np.int64], weight: Doubles, shape: tuple[int, ...]) -> Doubles:
    """Sums of the weights at each place of a flattened array of this shape."""
    return np.bincount(place, weight, math.prod(shape)).astype(np.float64).reshape(shape)


def _members(row: NDArray[np.int64], item: NDArray[np.int32], weight: Doubles, groups: int, items: int) -> csr_array:
    """How much each group has to do with each item, float64 [groups + 1, items], sparse."""
    from scipy.sparse import coo_array

    return coo_array((weight, (row, item)), shape=(groups + 1, items)).tocsr()


def _typical(
    had: csr_array, done: Doubles, votes: Doubles, terms: Vocabulary, log: EventLog, most: int
) -> list[list[Term]]:
    counts = np.concatenate((np.asarray(had.todense(), dtype=np.float64), done), axis=1)
    kinds = (*terms.kinds, *repeat(BEHAVIOUR, len(log.behaviours)))
    texts = (*terms.texts, *(behaviour.name for behaviour in log.behaviours))
    surprise, inside, outside = log_odds(counts, votes)
    found = []
    for group in range(len(votes) - 1):
        held = (surprise[group] >= SURE) & (inside[group] >= SHARE)
        order = np.argsort(-surprise[group], kind="stable")
        places = order[held[order]][:CANDIDATES]
        told = [
            Term(kinds[place], texts[place], *(float(each[group, place]) for each in (inside, outside, surprise)))
            for place in places
        ]
        found.append(distinct(told)[:most])
    return found


def log_odds(counts: Doubles, votes: Doubles, prior: float = PRIOR) -> tuple[Doubles, Doubles, Doubles]:
    """The log-odds ratio of each term in each group against all other groups, in standard errors.

    Args:
        counts: float64 [groups, w], members of each group that have each term.
        votes: float64 [groups], members of each group.
        prior: weight of the prior, in members.

    Returns:
        float64 [groups, w] three times: the ratio in standard errors, the share of members inside that have the term,
        and the share of those outside.
    """
    whole, all_votes = counts.sum(0), float(votes.sum())
    before = prior * (whole + 0.5) / (all_votes + 1.0)  # pseudo-counts of each term, float64 [w]
    rest, others = whole - counts, (all_votes - votes)[:, None]
    members = votes[:, None]
    here, there = counts + before, np.maximum(rest, 0.0) + before
    lacking_here = np.maximum(members - counts, 0.0) + prior - np.minimum(before, prior * 0.999)
    lacking_there = np.maximum(others - rest, 0.0) + prior - np.minimum(before, prior * 0.999)
    ratio = np.log(here / lacking_here) - np.log(there / lacking_there)
    error = np.sqrt(1.0 / here + 1.0 / there)
    return ratio / error, counts / np.maximum(members, 1e-12), np.maximum(rest, 0.0) / np.maximum(others, 1e-12)


def distinct(terms: Sequence[Term]) -> list[Term]:
    """The terms without those that say what another one says: parts of it, or the same word in another place."""
    whole = [
        term
        for term in terms
        if not any(
            term.text != other.text and term.text in other.text and other.inside >= SAME * term.inside
            for other in terms
            if term.kind == other.kind == TITLE_WORD and CHINESE.match(term.text)
        )
    ]
    kept: list[Term] = []
    for term in whole:
        low = term.text.lower()
        if not any(low in other.text.lower() or other.text.lower() in low for other in kept):
            kept.append(term)
    return kept
