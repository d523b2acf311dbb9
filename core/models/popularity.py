"""What most users choose now."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import ClassVar, cast

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.models.attribution import Shares, linear
from core.models.base import Settings, Tensors
from core.models.parts import OneComponent
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog

HALF_LIVES = (0.0, 0.25, 0.0625, 0.015625, 0.00390625)  # what is tried, as shares of the log's span
HELD_OUT = 0.1  # share of the last events that the half-life must foretell


@dataclass(frozen=True)
class PopularitySettings:
    """Settings of popularity.

    Attributes:
        half_life: time in which an event loses half of its weight, as a share of the log's span; 0: events never
            fade; None: whatever foretells the last tenth of the events best. Logs without times do not fade.
    """

    half_life: float | None = None

    def __post_init__(self) -> None:
        if self.half_life is not None and self.half_life < 0:
            raise SeqlensError("A half-life of {value} is less than nothing. Take 0 or more.", value=self.half_life)


class Popularity(OneComponent):
    """Scores each item by the logarithm of its (fading) number of events, the most popular with 1."""

    name: ClassVar[str] = "popularity"
    impersonal: ClassVar[bool] = True

    def __init__(self, settings: PopularitySettings | None = None) -> None:
        self.settings = settings or PopularitySettings()
        self._scores: NDArray[np.float32] | None = None

    def fit(self, log: EventLog, catalogue: Catalogue, progress: Progress) -> None:
        """Count."""
        del catalogue
        self._count(log, progress)

    def _count(self, log: EventLog, progress: Progress) -> None:
        progress.step(0, 1, "Counting events")
        half_life = self.settings.half_life
        if not log.timed:
            half_life = 0.0
        elif half_life is None:
            half_life = _best_half_life(log, progress)
        self._scores = log_share(_fading_counts(log, log.positive, half_life))
        progress.step(1, 1, "Counting events")

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        """The same for every history, float32 [users, items]."""
        return np.tile(self._fitted(), (histories.users, 1))

    def event_shares(self, history: EventLog, items: NDArray[np.int32]) -> Shares:
        """No event of a user moves popularity."""
        return linear(self._fitted()[items].astype(np.float64), np.zeros((len(items), history.events)))

    def counted(self, log: EventLog, new: NDArray[np.bool_] | None, progress: Progress) -> Popularity:
        """As `core.models.counting.Counting` says. All events fade by the span of the log, so all are counted anew."""
        del new
        model = Popularity(self.settings)
        model._count(log, progress)
        return model

    @property
    def met(self) -> NDArray[np.bool_]:
        """bool [items], those that an event speaks for."""
        return self._fitted() > 0

    def state(self) -> tuple[Tensors, Settings]:
        return {"scores": self._fitted()}, asdict(self.settings)

    @classmethod
    def from_state(cls, tensors: Tensors, settings: Settings) -> Popularity:
        try:
            model = cls(PopularitySettings(**settings))  # type: ignore[arg-type]
            model._scores = cast("NDArray[np.float32]", tensors["scores"])
        except (KeyError, TypeError) as error:
            raise SeqlensError("This model cannot be read. It is damaged or of a newer Seqlens.") from error
        return model

    def _fitted(self) -> NDArray[np.float32]:
        if self._scores is None:
            raise SeqlensError("Popularity has not been counted yet.")
        return self._scores


def log_share(counts: NDArray[np.float64]) -> NDArray[np.float32]:
    """log(1 + count) of each item, divided by the largest; float32 [items] from 0 to 1."""
    logs = np.log1p(counts)
    return (logs / max(float(logs.max(initial=0.0)), 1e-12)).astype(np.float32)


def _fading_counts(log: EventLog, events: NDArray[np.bool_], half_life: float) -> NDArray[np.float64]:
    """Number of `events` (bool [events]) of each item, each halved with every half-life before the log's end."""
    weights = None
    if half_life > 0 and log.events:
        span = max(int(log.time.max() - log.time.min()), 1)
        weights = np.exp2((log.time[events] - log.time[events].max(initial=log.time.min())) / (half_life * span))
    return np.bincount(log.item[events], weights, minlength=log.items).astype(np.float64)


def _best_half_life(log: EventLog, progress: Progress) -> float:
    """The one under which the last tenth of the events is likeliest, given all before."""
    times = log.time[log.positive]
    if len(times) < 2:
        return 0.0
    border = np.partition(times, place := int((1 - HELD_OUT) * len(times)))[place]
    before, after = log.positive & (log.time < border), log.positive & (log.time >= border)
    likelihoods = []
    for half_life in HALF_LIVES:
        progress.check()
        counts = _fading_counts(log, before, half_life) + 0.1  # an item never seen must stay possible
        likelihoods.append(np.log(counts / counts.sum())[log.item[after]].mean())
    return HALF_LIVES[int(np.argmax(likelihoods))]
