"""What came up when: items of the time that tends to follow the time of the last item."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, ClassVar, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.models.attribution import Shares
from core.models.base import Settings, Tensors
from core.models.histories import fading
from core.models.parts import OneComponent
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog

if TYPE_CHECKING:
    from core.models.base import Recommender
    from core.models.growing import Newcomers

PRIOR = 5.0  # steps of the average item that every era begins with
STEPS = 500  # that there should be from one era to another in the mean, so that chance does not speak
MOST = 64
AGES = 16  # numbers by which `ages` tells when an item came up
AGES_SCALE = 0.3  # of these beside language vectors of length one
CODE = r"^[A-Za-z0-9_.:\-]+$"  # what an id looks like that was given by a counter, and no name or sentence
NUMBER = r"^\D{0,8}\d{1,15}$"
DENSE = 0.5  # share of the numbers between the least and the largest that are taken

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ErasSettings:
    """Settings of eras.

    Attributes:
        eras: into how many the items are divided, as many in each; None: as many as the events can tell apart.
    """

    eras: int | None = None

    def __post_init__(self) -> None:
        if self.eras is not None and not 1 <= self.eras <= MOST:
            raise SeqlensError("Items are divided into 1 to {most} eras.", most=MOST)


class Eras(OneComponent):
    """How much more often items of an era come right after the era of the last item than by chance, a logarithm.

    Somebody who just chose what was new in spring goes on with what was new then and later. Items are put in order by
    their first event; in a log without times, by their ids where these can be the marks of a counter, as shops give
    them while their catalogue grows. Ids that fill a range of numbers are left alone: such numbers are often dealt out
    in the order in which a file names the items, which tells who had what, the held-out events included.
    """

    name: ClassVar[str] = "eras"

    def __init__(self, settings: ErasSettings | None = None) -> None:
        self.settings = settings or ErasSettings()
        self._era: NDArray[np.int32] | None = None  # [items]; the last era stands for "unknown"
        self._lift: NDArray[np.float32] = np.zeros(
            (1, 1), dtype=np.float32
        )  # [from, to], 0 for the last row and column

    def fit(self, log: EventLog, catalogue: Catalogue, progress: Progress) -> None:
        """Divide the items into eras and count the steps between these."""
        progress.step(0, 1, "Counting steps between eras")
        told = np.flatnonzero(log.positive)
        item, user = log.item[told], log.user[told]
        next_to = user[1:] == user[:-1]
        before, after = item[:-1][next_to], item[1:][next_to]
        eras = self.settings.eras or int(np.clip(np.sqrt(len(before) / STEPS), 1, MOST))
        self._era = _divided(_order(log, catalogue), eras)
        pairs = self._era[before] * (eras + 1) + self._era[after]
        steps = np.bincount(pairs, minlength=(eras + 1) ** 2).reshape(eras + 1, -1)[:-1, :-1]
        common = np.bincount(self._era[item], minlength=eras + 1)[:-1] + 1.0
        common /= common.sum()
        likely = (steps + PRIOR * common) / (steps.sum(1, keepdims=True) + PRIOR)
        self._lift = np.pad(np.log(likely / common), (0, 1)).astype(np.float32)
        progress.step(1, 1, "Counting steps between eras")

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        """Scores of every item for each history, float32 [users, items]; 0 where nothing is known."""
        era = self._fitted()
        last = np.full(histories.users, self._lift.shape[0] - 1)
        liked = np.flatnonzero(fading(histories, 1.0, 1))
        last[histories.user[liked]] = era[histories.item[liked]]
        return cast("NDArray[np.float32]", self._lift[last][:, era])

    def event_shares(self, history: EventLog, items: NDArray[np.int32]) -> Shares:
        """Only the last of the events that are seen speaks: whichever joins later takes the word from those before.

        In an order of joining, an event with `n` later ones gives its own score if it comes before all of them, one
        time in `n + 1`; each of these takes that score back if it is the first to follow, one time in `n (n + 1)`.
        """
        era = self._fitted()
        liked = np.flatnonzero(fading(history, 1.0, history.events + 1))
        own = self._lift[era[history.item[liked]]][:, era[items]].astype(np.float64)  # [liked, m]
        later = np.arange(len(liked))[::-1, None]
        taken = np.cumsum(own / np.maximum(later * (later + 1), 1), axis=0)  # by whichever is the first to follow
        shares = np.zeros((len(items), history.events))
        given = own / (later + 1)
        given[1:] -= taken[:-1]
        shares[:, liked] = given.T
        return Shares(np.zeros(len(items)), shares, np.zeros_like(shares), lambda seen: _spoken(seen[:, liked], own))

    def grown(self, newcomers: Newcomers) -> Recommender:
        """The same; fresh items whose era is not known either are lent the scores of those with texts like theirs."""
        from core.models.growing import Lent

        unknown = newcomers.fresh.copy()
        unknown[: newcomers.known] &= self._fitted() == len(self._lift) - 1
        return cast("Recommender", Lent(self, replace(newcomers, fresh=unknown)) if unknown.any() else self)

    def state(self) -> tuple[Tensors, Settings]:
        return {"era": self._fitted(), "lift": self._lift}, asdict(self.settings)

    @classmethod
    def from_state(cls, tensors: Tensors, settings: Settings) -> Eras:
        try:
            model = cls(ErasSettings(**settings))  # type: ignore[arg-type]
            model._era = cast("NDArray[np.int32]", tensors["era"])
            model._lift = cast("NDArray[np.float32]", tensors["lift"])
            rows, columns = model._lift.shape
            if rows != columns or (len(model._era) and not 0 <= model._era.min() <= model._era.max() < rows):
                raise ValueError
        except (KeyError, TypeError, ValueError) as error:
            raise SeqlensError("This model cannot be read. It is damaged or of a newer Seqlens.") from error
        return model

    def _fitted(self) -> NDArray[np.int32]:
        if self._era is None:
            raise SeqlensError("The eras of items have not been counted yet.")
        return self._era


def _spoken(seen: NDArray[np.bool_], own: Floats) -> Floats:
    """The scores of the last event that is seen, float64 [c, m], of bool [c, events] and float64 [events, m]."""
    if not seen.shape[1]:
        return np.zeros((len(seen), own.shape[1]))
    last = seen.shape[1] - 1 - seen[:, ::-1].argmax(1)
    return np.where(seen.any(axis=1, keepdims=True), own[last], 0.0)


def ages(log: EventLog, catalogue: Catalogue) -> NDArray[np.float32] | None:
    """When each item came up, as a model reads it: nearness to 16 moments; float32 [items, 16].

    Bell curves over the item's place among all items, centred; zeros for items of which nothing tells it. None where
    nothing tells it of any.
    """
    order = _order(log, catalogue)
    known = np.flatnonzero(np.isfinite(order))
    if not len(known):
        return None
    place = _places(order[known])[:, None] - np.linspace(0, 1, AGES)[None, :]
    near = AGES_SCALE * np.exp(-0.5 * (AGES * place) ** 2)
    found = np.zeros((log.items, AGES), dtype=np.float32)
    found[known] = near - near.mean(0)
    return found


def _places(order: Floats) -> Floats:
    """The share of all that come before each, float64 [n] from 0 to 1; what is equal has the same place."""
    place = np.unique(order, return_inverse=True)[1]
    before = np.concatenate(([0], np.cumsum(np.bincount(place))))[place]
    return np.asarray(before / max(len(order), 1))


def _divided(order: Floats, eras: int) -> NDArray[np.int32]:
    """The era of each item, int32 [items]: the items that have a place in the order in equal parts, then the others.

    Items that are equally old are of one era.
    """
    known = np.flatnonzero(np.isfinite(order))
    found = np.full(len(order), eras, dtype=np.int32)
    found[known] = (_places(order[known]) * eras).astype(np.int32) if len(known) else 0
    return found


def _order(log: EventLog, catalogue: Catalogue) -> Floats:
    """When each item came up, in whatever unit; float64 [items], NaN where nothing tells it."""
    order = np.full(log.items, np.nan)
    if log.timed:
        told = np.flatnonzero(log.positive)
        first = np.full(log.items, np.iinfo(np.int64).max)
        np.minimum.at(first, log.item[told], log.time[told])
        met = np.unique(log.item[told])
        order[met] = first[met]
    elif _by_counter(catalogue.ids):
        table = pa.table({"length": pc.utf8_length(catalogue.ids), "id": catalogue.ids})
        ordered = pc.sort_indices(table, [("length", "ascending"), ("id", "ascending")])
        order[ordered.to_numpy()] = np.arange(log.items)
    return order


def _by_counter(ids: pa.StringArray) -> bool:
    """Whether ids can be the marks of a counter that was running while the catalogue grew, with gaps."""
    if not len(ids) or not pc.all(pc.match_substring_regex(ids, CODE)).as_py():
        return False
    if not pc.all(pc.match_substring_regex(ids, NUMBER)).as_py():
        return True
    numbers = pc.cast(pc.replace_substring_regex(ids, r"^\D*", ""), pa.int64()).to_numpy()
    return bool(len(numbers) < DENSE * (int(numbers.max()) - int(numbers.min()) + 1))
