"""Finding users and items of a workspace by words: what they mean, who meets it, and who or what comes nearest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.chosen import reading_of
from core.dialogue.searching import SoughtUsers, understand_search
from core.errors import SeqlensError
from core.progress import Progress
from core.talking import SAMPLE, Likeness, names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.analysis.conditions import Condition
    from core.language.encoder import TextEncoder
    from core.workspace import Workspace

Floats = NDArray[np.float32]
NEAREST = 0.2  # share of all users that are near to a wish
CLEAR = 1.0  # standard deviations above the average item from which an item is near to words
MEANING = 0.25  # cosine in the language space from which it is
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
    clear = letters >= LETTERS
    total = letters
    if meaning is not None:
        clear |= meaning >= max(MEANING, float(meaning.mean() + CLEAR * meaning.std()))
        total = meaning + letters
    found = np.flatnonzero(clear)
    if len(found) > most:
        found = found[np.argpartition(-total[found], most - 1)[:most]]
    return found[np.argsort(-total[found], kind="stable")]
