"""Trying a language model before one trains with it: how fast it reads, and how well its vectors alone recommend."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.language.encoder import TextEncoder, load_tokenizer
from core.language.ngrams import CharacterNgrams
from core.language.vectors import item_vectors
from core.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.evaluation.split import Cases
    from core.language.reading import Reading
    from core.sequences.log import EventLog
    from core.workspace import Workspace

USERS = 1000  # whose validation is asked for at most
ITEMS = 2000  # that are read at most
RECENT = 20  # items of a history that are read, the last ones
K = 10
SEED = 0
SPEED_TEXTS = 256
SPEED_SECONDS = 2.0
COMPARED = 64  # texts by which a model of fewer bits is held against the full one
NGRAMS = "character n-grams"


@dataclass(frozen=True)
class Tried:
    """What the vectors of a language model reach by themselves on a sample of the open data.

    Attributes:
        identifier: what made the vectors; that of the n-grams where they stand in.
        stand_in: whether the model cannot read these texts.
        ndcg: NDCG@10 on the validation events of `users`, among the `items` of the sample.
        low, high: its 95 % interval over users.
        chance: what a list in random order would reach.
    """

    identifier: str
    stand_in: bool
    ndcg: float
    low: float
    high: float
    chance: float
    users: int
    items: int


@dataclass(frozen=True)
class Sample:
    """The same users and items for every model that is tried.

    Attributes:
        train: the events that may be learned from.
        cases: the users' validation.
        items: bool [items], those that are read and ranked.
    """

    train: EventLog
    cases: Cases
    items: NDArray[np.bool_]


def sample(workspace: Workspace) -> Sample:
    """Users by lot, as many as have their truths and their last events among `ITEMS` items.

    Raises:
        SeqlensError: no user has enough events to be tested.
    """
    from core.evaluation.split import Cases, leave_one_out

    def draw() -> Sample:
        split = leave_one_out(workspace.log())
        whole = split.validation
        order = np.random.default_rng(SEED).permutation(len(whole.users))[:USERS]
        if len(order) == 0:
            raise SeqlensError("No user has enough events to try a language model on. Each needs three with an item.")
        histories = whole.histories.select(order)
        near = np.repeat(histories.lengths, histories.lengths) - histories.position <= RECENT
        wanted = near & (histories.item >= 0)
        owner = np.concatenate((histories.user[wanted], np.arange(len(order)))).astype(np.int64)
        item = np.concatenate((histories.item[wanted], whole.truth[order]))
        # A user brings the items that nobody before has; the count of those by user is the size of the sample.
        by_user = np.argsort(owner, kind="stable")
        _, first = np.unique(item[by_user], return_index=True)
        size = np.cumsum(np.bincount(owner[by_user][first], minlength=len(order)))
        kept = max(1, int(np.searchsorted(size, ITEMS, side="right")))
        items = np.zeros(split.train.items, dtype=np.bool_)
        items[item[np.flatnonzero(owner < kept)]] = True
        some = np.sort(order[:kept])
        cases = Cases(whole.users[some], whole.histories.select(some), whole.truth[some])
        return Sample(split.train, cases, items)

    return workspace.keep("language sample", workspace.fingerprint, draw)


def try_out(workspace: Workspace, reading: Reading | None, progress: Progress) -> Tried:
    """NDCG of content similarity on the validation of a sample; `reading` None tries the character n-grams.

    Vectors that are computed for it are kept in the workspace, and the next training finds them there.

    Raises:
        SeqlensError: the model is not there, or the data have no texts or too few events.
        Cancelled: the analyst pressed stop.
    """
    from core.evaluation.evaluate import evaluate
    from core.evaluation.ranking import hides_seen
    from core.models.content import Content

    drawn = sample(workspace)
    catalogue = workspace.catalogue()
    own = catalogue.texts if reading is None else reading.texts(catalogue)
    rows = np.flatnonzero(drawn.items)
    some = [own[row] for row in rows]
    if reading is None:
        found, identifier, stand_in = CharacterNgrams().vectors(some, progress.part(0.0, 0.8)), NGRAMS, True
    else:
        read = item_vectors(some, reading, workspace.vectors, progress.part(0.0, 0.8))
        found, identifier, stand_in = read.vectors, read.identifier, read.stand_in
    vectors = np.zeros((drawn.train.items, found.shape[1]), dtype=np.float32)
    vectors[rows] = found
    model = Content(vectors=vectors)
    model.fit(drawn.train, catalogue, Progress())
    result = evaluate(model, drawn.cases, hides_seen(drawn.train), K, progress.part(0.8, 1.0))
    low, high = result.interval()
    gains = 1 / np.log2(np.arange(2, K + 2))
    chance = float(gains[: len(rows)].sum() / len(rows))
    return Tried(
        identifier, stand_in, result.metrics[f"ndcg@{K}"], low, high, chance, len(drawn.cases.users), len(rows)
    )


def speed(reading: Reading, texts: Sequence[str], progress: Progress) -> float:
    """Texts a second that a model reads on this machine, on up to `SPEED_TEXTS` of `texts`, after a first pass.

    Raises:
        SeqlensError: the model is not there or cannot be loaded.
        Cancelled: the analyst pressed stop.
    """
    progress.step(0, 1, "Loading the language model")
    encoder = TextEncoder.open(reading)
    step = max(1, len(texts) // SPEED_TEXTS)
    some = [text for text in dict.fromkeys(texts[::step]) if text.strip()][:SPEED_TEXTS]
    encoder.encode(some[:16], Progress())
    done, start = 0, progress.clock()
    while done == 0 or progress.clock() - start < SPEED_SECONDS / 4:
        encoder.encode(some, progress)
        done += len(some)
    return done / (progress.clock() - start)


def closeness(reading: Reading, texts: Sequence[str], progress: Progress) -> tuple[float, float]:
    """Mean and least cosine between the vectors of a model of fewer bits and those of the full one, over a few texts.

    Raises:
        SeqlensError: the model is not there.
        Cancelled: the analyst pressed stop.
    """
    step = max(1, len(texts) // COMPARED)
    some = [text for text in texts[::step] if text.strip()][:COMPARED]
    progress.step(0, 3, "Loading the language model")
    full = TextEncoder.open(replace(reading, bits=32), "cpu").encode(some, Progress())
    progress.step(1, 3, "Loading the language model")
    less = TextEncoder.open(reading).encode(some, Progress())
    cosine = np.sum(full * less, axis=1)
    return float(cosine.mean()), float(cosine.min())


def reads(reading: Reading, texts: Sequence[str]) -> float:
    """Share of tokens that a model knows over a sample of `texts`; its tokenizer alone is loaded.

    Raises:
        SeqlensError: it is not there or cannot be read.
    """
    from core.language.encoder import known_share

    return known_share(load_tokenizer(reading.model), texts)
