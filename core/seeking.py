"""Finding users and items of a workspace by words: what they mean, who meets it, and who or what comes nearest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.chosen import reading_of
from core.dialogue.acting import asked
from core.dialogue.grammar import understand
from core.dialogue.lexicon import content
from core.dialogue.names import Names, stem, tokens
from core.dialogue.searching import SoughtUsers, understand_search
from core.dialogue.structure import Brand, Category, Item, Lean, Part, Price, Wish, Years, of
from core.errors import SeqlensError
from core.progress import Progress
from core.recommend.policy import rules
from core.talking import SAMPLE, Likeness, names
from core.telling import item_tags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.analysis.conditions import Condition
    from core.language.encoder import TextEncoder
    from core.workspace import Workspace

Floats = NDArray[np.float32]
NEAREST = 0.2  # share of all users that are near to a wish
CLEAR = 1.0  # standard deviations above the average item from which an item is near to words
MEANING = 0.25  # cosine in the language space from which it is
PULL = 0.25  # of a cosine: what more of a category, and the dearest or newest item, count for in a search
WANTED = ("only", "more")
CHINESE_FROM = "\u3400"
LETTERS = 0.35  # cosine of n-grams from which it is, whatever the meaning: words that are misspelled


@dataclass(frozen=True)
class Ranked:
    """The users that were sought.

    Attributes:
        codes: int32 [n], the best first.
        fit: float32 [n], 0 to 1: the mean of the shares that conditions speak of and, for each wish, of the share of
            all users who are less near to it; NaN where nothing is a matter of degree, and events decide the order.
    """

    codes: NDArray[np.int32]
    fit: Floats


def nearness(workspace: Workspace, progress: Progress) -> Likeness:
    """How near all items are to words; kept until the data, the run that makes the lists or its vectors change.

    A language model is asked only where a training has left its vectors of all items and it reads them. The characters
    that words share with texts are asked always.

    Raises:
        Cancelled: something else is looked for.
    """
    from core.language.ngrams import CharacterMatch
    from core.language.vectors import stored_vectors

    run = workspace.active_run()

    def make() -> Likeness:
        reading = reading_of(workspace, run)
        texts = reading.texts(workspace.catalogue())
        vectors: Floats | None = None
        encoder: TextEncoder | None = None
        try:
            vectors = stored_vectors(texts, reading, workspace.vectors)
            encoder = _reader(reading, texts) if vectors is not None else None
        except SeqlensError:  # the language model is no longer where it was
            vectors = None
        progress.check()
        return Likeness(texts, vectors, encoder, CharacterMatch(texts, progress))

    done = sum(each.status == "done" for each in workspace.runs.all())  # any of them may have left vectors
    return workspace.keep("nearness", f"{workspace.fingerprint} {None if run is None else run.id} {done}", make)


def _reader(reading: object, texts: list[str]) -> TextEncoder | None:
    """The language model, where it reads the texts."""
    from core.language.encoder import TextEncoder
    from core.language.reading import Reading
    from core.language.vectors import READABLE

    assert isinstance(reading, Reading)
    encoder = TextEncoder.open(reading)
    return encoder if encoder.reads(texts[:SAMPLE]) >= READABLE else None


def understood(workspace: Workspace, text: str, progress: Progress) -> SoughtUsers:
    """What a search for users means; words that say nothing of any item are reported as not understood.

    Raises:
        Cancelled: something else is looked for.
    """
    found = understand_search(text, names(workspace), _last_day(workspace))
    if not found.wishes:
        return found
    near = nearness(workspace, progress)
    vain = [wish for wish in found.wishes if not near.understands(wish)]
    starts = [max(text.find(wish), 0) for wish in vain]
    missed = [(start, start + len(wish)) for start, wish in zip(starts, vain, strict=True)]
    kept = tuple(wish for wish in found.wishes if wish not in vain)
    return replace(found, wishes=kept, missed=tuple(sorted({*found.missed, *missed})))


def _last_day(workspace: Workspace) -> date | None:
    last = workspace.counts().end
    return None if last is None else datetime.fromtimestamp(last / 1e6, UTC).date()


def seek(workspace: Workspace, conditions: Sequence[Condition], wishes: Sequence[str], progress: Progress) -> Ranked:
    """The users who meet all conditions and, with wishes, are among the nearest fifth of all to each.

    A user is as near to words as the items that his or her events are about, on average.

    Raises:
        SeqlensError: a condition asks for what the data do not have.
        Cancelled: something else is looked for.
    """
    from core.analysis.conditions import Segment
    from core.analysis.segments import figures, members

    with workspace.cursor() as cursor, progress.interrupting(cursor.interrupt):
        codes = members(cursor, Segment(tuple(conditions)), workspace.utc_offset)
        shares = list(figures(cursor, conditions, workspace.utc_offset).values())
    for wish in wishes:
        standing = _standing(workspace, wish, progress)
        codes = codes[standing[codes] >= 1.0 - NEAREST]
        shares.append(standing)
    events = workspace.users().events[codes]
    if not shares:
        return Ranked(codes[np.argsort(-events, kind="stable")], np.full(len(codes), np.nan, dtype=np.float32))
    fit = np.mean([share[codes] for share in shares], axis=0).astype(np.float32)
    order = np.lexsort((-events, -fit))
    return Ranked(codes[order], fit[order])


def _standing(workspace: Workspace, wish: str, progress: Progress) -> NDArray[np.float64]:
    """The share of the users with events who are less near to words, float64 [users]; 0 without such events."""
    log = workspace.log()
    near = nearness(workspace, progress).of_words(wish)
    progress.check()
    told = log.positive
    user = log.user[told]
    counts = np.bincount(user, minlength=log.users)
    mean = np.bincount(user, near[log.item[told]], minlength=log.users) / np.maximum(counts, 1)
    some = counts > 0
    standing = np.zeros(log.users)
    standing[some] = np.searchsorted(np.sort(mean[some]), mean[some]) / max(int(some.sum()), 1)
    return standing


def near_items(workspace: Workspace, text: str, most: int, progress: Progress) -> NDArray[np.int64]:
    """The items that clearly come nearest to words by meaning or letters, int64 [<= most], the nearest first.

    Raises:
        Cancelled: something else is looked for.
    """
    near = nearness(workspace, progress)
    letters, meaning = near.letters(text), near.meaning(text)
    progress.check()
    total = letters if meaning is None else meaning + letters
    found = np.flatnonzero(_clear(letters, meaning))
    if len(found) > most:
        found = found[np.argpartition(-total[found], most - 1)[:most]]
    return found[np.argsort(-total[found], kind="stable")]


@dataclass(frozen=True)
class SoughtItems:
    """What a search for items means.

    Attributes:
        text: the search.
        parts: categories, brands, prices, years, leanings, wishes and items whose like is sought.
        beside: what was understood and says nothing of items, such as what a list is ranked for.
        missed: spans of `text` that were not understood.
    """

    text: str
    parts: tuple[Part, ...]
    beside: tuple[Part, ...]
    missed: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class RankedItems:
    """The items that were sought.

    Attributes:
        codes: int32 [n], the best first.
        found: how many there are in all.
        meaning: float32 [n], the highest cosine in the language space to what is wished, or to all that was typed where
            nothing is; NaN where no model reads.
        letters: float32 [n], the same of the n-grams that they share; NaN where nothing is wished but something else.
        words: of each, those that were typed and stand in its text.
        groups: of each, the categories and brands that were asked for and that it is of.
    """

    codes: NDArray[np.int32]
    found: int
    meaning: Floats
    letters: Floats
    words: tuple[tuple[str, ...], ...]
    groups: tuple[tuple[str, ...], ...]


def sought_items(workspace: Workspace, text: str, progress: Progress) -> SoughtItems:
    """What a search for items means: an id is that item, and a search of which nothing is understood a wish as a whole.

    Raises:
        Cancelled: something else is looked for.
    """
    known = names(workspace)
    if text.strip() in known.ids:
        title = known.titles[known.ids.index(text.strip())]
        return SoughtItems(text, (Item(text.strip(), title, "like"),), (), ())
    found = understand(text, known)
    near = nearness(workspace, progress)
    kinds = (Category, Brand, Price, Years, Wish, Item)
    parts: list[Part] = [part for part in found.parts if isinstance(part, kinds)]
    parts += [lean for lean in of(Lean, found.parts) if lean.what in ("price", "year")]
    vain = [part for part in parts if isinstance(part, Wish) and not near.understands(part.text)]
    parts = [part for part in parts if part not in vain]
    if not parts and near.understands(text):
        return SoughtItems(text, (Wish(text, 1.0),), (), ())
    starts = [(max(text.find(wish.text), 0), wish) for wish in vain if isinstance(wish, Wish)]
    missed = {*found.missed, *((start, start + len(wish.text)) for start, wish in starts)}
    beside = tuple(part for part in found.parts if part not in parts and part not in vain)
    return SoughtItems(text, tuple(parts), beside, tuple(sorted(missed)))


def seek_items(workspace: Workspace, sought: SoughtItems, most: int, progress: Progress) -> RankedItems:
    """The items that meet what is asked for and come clearly near to each wish, at most `most`; none for no part.

    They are ordered by how near they are, with what there should be more of and leanings counting for `PULL` of a
    cosine; what is equal, by how many events there are. Without a wish they are ordered by how near they are to all
    that was typed ("lamps" names a category, and its lamps stand first).

    Raises:
        Cancelled: something else is looked for.
    """
    known, near, catalogue = names(workspace), nearness(workspace, progress), workspace.catalogue()
    parts = sought.parts
    rest = [part for part in parts if not isinstance(part, Wish) and (not isinstance(part, Item) or part.how == "ban")]
    none = np.zeros(catalogue.items, dtype=np.float32)
    wanted = asked(rest, known, catalogue.items, lambda _: none, lambda _: none)
    kept = rules(wanted.policy, catalogue, item_tags(workspace), catalogue.items).allowed.copy()
    if wanted.allowed is not None:
        kept &= wanted.allowed
    if not parts:
        kept[:] = False
    total = none if wanted.pull is None else wanted.pull * np.float32(PULL)
    meaning, letters = np.full_like(none, np.nan), np.full_like(none, np.nan)
    wishes = _wishes(parts)
    typed = [words for words, weight in wishes if weight > 0] or [sought.text]
    for words, weight in wishes if wishes else [(sought.text, 1.0)]:
        by_letters, by_meaning = near.letters(words), near.meaning(words)
        progress.check()
        total = total + np.float32(weight) * (by_letters if by_meaning is None else by_letters + by_meaning)
        if weight > 0:
            if wishes:
                kept &= _clear(by_letters, by_meaning)
            letters = np.fmax(letters, by_letters)
            meaning = meaning if by_meaning is None else np.fmax(meaning, by_meaning)
    found = np.flatnonzero(kept)
    log = workspace.log()
    often = np.bincount(log.item[log.positive], minlength=catalogue.items)
    best = found[np.lexsort((-often[found], -total[found]))[:most]].astype(np.int32)
    progress.check()
    common = tuple(shared_words(typed, catalogue.texts[item]) for item in best.tolist())
    return RankedItems(best, len(found), meaning[best], letters[best], common, _groups(parts, known, best))


def _wishes(parts: Sequence[Part]) -> list[tuple[str, float]]:
    """What is wished in words, and how much; an item whose like is sought stands for its title."""
    liked = {"like": 1.0, "dislike": -1.0}
    items = [(item.title or item.id, liked[item.how]) for item in of(Item, parts) if item.how in liked]
    return [(wish.text, wish.weight) for wish in of(Wish, parts)] + items


def _clear(letters: Floats, meaning: Floats | None) -> NDArray[np.bool_]:
    """bool [items], which of them are clearly near to words."""
    clear = letters >= LETTERS
    if meaning is not None:
        clear |= meaning >= max(MEANING, float(meaning.mean() + CLEAR * meaning.std()))
    return clear


def _groups(parts: Sequence[Part], known: Names, items: NDArray[np.int32]) -> tuple[tuple[str, ...], ...]:
    """The categories and brands that are asked for and that each item is of."""
    asked_for = [(kind.name, known.in_category(kind.name)) for kind in of(Category, parts) if kind.how in WANTED]
    asked_for += [(brand.name, known.of_brand(brand.name)) for brand in of(Brand, parts) if brand.how in WANTED]
    return tuple(tuple(name for name, has in asked_for if has[item]) for item in items.tolist())


def shared_words(wishes: Sequence[str], text: str) -> tuple[str, ...]:
    """Words of the wishes that stand in a text, as they were typed: English ones whatever their number, of Chinese
    the longest pieces of two characters or more."""
    there, plain = {stem(word) for word, *_ in tokens(text)}, "".join(word for word, *_ in tokens(text))
    found: dict[str, None] = {}
    for wish in wishes:
        for word in content(wish):
            if word[0] < CHINESE_FROM:
                if all(stem(each) in there for each, *_ in tokens(word)):
                    found[word] = None
                continue
            found |= dict.fromkeys(_pieces(word, plain))
    return tuple(found)


def _pieces(word: str, text: str) -> list[str]:
    """The longest pieces of Chinese that stand in a text, one behind the other."""
    simple, pieces, start = "".join(each for each, *_ in tokens(word)), [], 0
    if len(simple) != len(word):
        return []
    least = min(2, len(word))
    while start + least <= len(word):
        end = len(word)
        while end - start >= least and simple[start:end] not in text:
            end -= 1
        if end - start < least:
            start += 1
            continue
        pieces.append(word[start:end])
        start = end
    return pieces


@dataclass(frozen=True)
class ItemUsers:
    """Those who have events of an item.

    Attributes:
        codes: int32 [n], those with most such events first; of equal ones, those who have few others.
        events: int64 [n], how many of each one's events are of it.
    """

    codes: NDArray[np.int32]
    events: NDArray[np.int64]


def users_of(workspace: Workspace, item: int, progress: Progress) -> ItemUsers:
    """Who has events of an item that speak for it.

    Raises:
        Cancelled: something else is looked for.
    """
    log = workspace.log()
    of_it = np.bincount(log.user[(log.item == item) & log.positive], minlength=log.users)
    progress.check()
    codes = np.flatnonzero(of_it)
    codes = codes[np.lexsort((log.lengths[codes], -of_it[codes]))]
    return ItemUsers(codes.astype(np.int32), of_it[codes])
