"""What comes back: items that a user already had, by how lately, how often, and how much each item is returned to."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, ClassVar, cast

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.models.attribution import Shares, linear
from core.models.base import Settings, Tensors
from core.models.choosing import best_of
from core.models.histories import fading, profiles
from core.models.parts import OneComponent
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog

if TYPE_CHECKING:
    from core.evaluation.split import Cases
    from core.models.growing import Newcomers
    from core.training.checkpoints import CheckpointStore

DECAYS = (1.0, 0.97, 0.9, 0.8, 0.6)  # of a history, tried on validation
PRIOR = 10.0  # events whose average rate of return every item begins with


@dataclass(frozen=True)
class RepeatsSettings:
    """Settings of repeat consumption.

    Attributes:
        history_decay: what each later event leaves of an event's weight; None: chosen on validation, 0.9 without it.
        history: events of a history that are looked at, the last ones.
    """

    history_decay: float | None = None
    history: int = 200

    def __post_init__(self) -> None:
        if self.history < 1 or (self.history_decay is not None and not 0 < self.history_decay <= 1):
            raise SeqlensError("A decay lies above 0 and at most at 1, and the history has at least one event.")


class Repeats(OneComponent):
    """Scores the items of a user's past and no others: their fading count, times how often the item is returned to.

    Consumption that repeats follows recency and frequency, and some items are returned to more than others (Anderson
    et al. 2014, "The dynamics of repeat consumption").
    """

    name: ClassVar[str] = "repeats"
    only_seen: ClassVar[bool] = True  # of no use where seen items are hidden

    def __init__(self, settings: RepeatsSettings | None = None) -> None:
        self.settings = settings or RepeatsSettings()
        self._rates: NDArray[np.float32] | None = None

    def fit(self, log: EventLog, catalogue: Catalogue, progress: Progress) -> None:
        """Count how many events of each item were returns of their user."""
        del catalogue
        progress.step(0, 1, "Counting returns to items")
        targets = log.take(log.positive)
        pairs = targets.user.astype(np.int64) * max(log.items, 1) + targets.item
        returned = np.ones(targets.events, dtype=np.bool_)
        returned[np.unique(pairs, return_index=True)[1]] = False
        events = np.bincount(targets.item, minlength=log.items)
        returns = np.bincount(targets.item[returned], minlength=log.items)
        average = returns.sum() / max(targets.events, 1)
        self._rates = ((returns + PRIOR * average) / (events + PRIOR)).astype(np.float32)
        progress.step(1, 1, "Counting returns to items")

    def fit_validated(
        self,
        log: EventLog,
        catalogue: Catalogue,
        cases: Cases,
        hide_seen: bool,
        progress: Progress,
        checkpoints: CheckpointStore,
        finish: bool = False,
    ) -> None:
        """Count, and choose on `cases` how fast a history fades."""
        del checkpoints, finish
        self.fit(log, catalogue, progress.part(0.0, 0.5))
        if self.settings.history_decay is None:
            decays = [replace(self.settings, history_decay=decay) for decay in DECAYS]
            self.settings = best_of(decays, self._scored, cases, hide_seen, progress.part(0.5, 1.0))

    def unfitted(self) -> Repeats:
        """The same settings and decay, to be fitted on all events."""
        return Repeats(self.settings)

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        """Scores of every item for each history, float32 [users, items]; 0 for what is not in it."""
        return self._scored(self.settings, histories)

    def event_shares(self, history: EventLog, items: NDArray[np.int32]) -> Shares:
        """Each event gives to its own item alone."""
        weights = fading(history, self.settings.history_decay or 0.9, self.settings.history)
        own = history.item[None, :] == items[:, None]
        return linear(np.zeros(len(items)), np.where(own, weights, 0.0) * self._fitted()[items][:, None])

    def grown(self, newcomers: Newcomers) -> Repeats:
        """The same, in which items that came later are returned to as often as the median item."""
        model, rates = Repeats(self.settings), self._fitted()
        more = len(newcomers.fresh) - newcomers.known
        model._rates = np.append(rates, np.full(more, np.median(rates) if len(rates) else 0.0, dtype=np.float32))
        return model

    def state(self) -> tuple[Tensors, Settings]:
        return {"rates": self._fitted()}, asdict(self.settings)

    @classmethod
    def from_state(cls, tensors: Tensors, settings: Settings) -> Repeats:
        try:
            model = cls(RepeatsSettings(**settings))  # type: ignore[arg-type]
            model._rates = cast("NDArray[np.float32]", tensors["rates"])
        except (KeyError, TypeError) as error:
            raise SeqlensError("This model cannot be read. It is damaged or of a newer Seqlens.") from error
        return model

    def _scored(self, settings: RepeatsSettings, histories: EventLog) -> NDArray[np.float32]:
        weights = fading(histories, settings.history_decay or 0.9, settings.history)
        return cast("NDArray[np.float32]", profiles(histories, weights).toarray() * self._fitted())

    def _fitted(self) -> NDArray[np.float32]:
        if self._rates is None:
            raise SeqlensError("Returns to items have not been counted yet.")
        return self._rates
