"""What is on the rise: items that come late in sequences rather than early."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import ClassVar, cast

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.models.attribution import Shares, linear
from core.models.base import Settings, Tensors
from core.models.histories import following
from core.models.parts import OneComponent
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog

PRIOR = 1.0  # events of the average item that every item begins with


@dataclass(frozen=True)
class TrendSettings:
    """Settings of the trend.

    Attributes:
        half_life: later events of the same user after which an event counts half; None: half of the mean length of
            sequences.
    """

    half_life: float | None = None

    def __post_init__(self) -> None:
        if self.half_life is not None and self.half_life <= 0:
            raise SeqlensError("A half-life of {value} is no time at all. Take more than 0.", value=self.half_life)


class Trend(OneComponent):
    """Scores each item by the logarithm of what share of its events is left where each fades with those after it.

    What is asked for is what comes after the last event of each sequence. Items that users met early and those that
    they met lately are equally popular to a count, but not equally likely to come next. This needs no times, as the
    order within each sequence tells it; popularity itself is told by `core.models.popularity`.
    """

    name: ClassVar[str] = "trend"
    impersonal: ClassVar[bool] = True

    def __init__(self, settings: TrendSettings | None = None) -> None:
        self.settings = settings or TrendSettings()
        self._scores: NDArray[np.float32] | None = None
        self._met: NDArray[np.bool_] = np.zeros(0, dtype=np.bool_)

    def fit(self, log: EventLog, catalogue: Catalogue, progress: Progress) -> None:
        """Count."""
        del catalogue
        self._count(log, progress)

    def _count(self, log: EventLog, progress: Progress) -> None:
        progress.step(0, 1, "Counting events")
        told = np.flatnonzero(log.positive)
        half_life = self.settings.half_life or max(1.0, 0.5 * len(told) / max(len(np.unique(log.user[told])), 1))
        left = np.exp2(-following(log)[told] / half_life)
        events = np.bincount(log.item[told], minlength=log.items)
        fading = np.bincount(log.item[told], left, minlength=log.items)
        mean = left.mean() if len(left) else 1.0
        self._scores = np.log((fading + PRIOR * mean) / (events + PRIOR)).astype(np.float32)
        self._met = events > 0
        progress.step(1, 1, "Counting events")

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        """The same for every history, float32 [users, items]."""
        return np.tile(self._fitted(), (histories.users, 1))

    def event_shares(self, history: EventLog, items: NDArray[np.int32]) -> Shares:
        """No event of a user moves the trend."""
        return linear(self._fitted()[items].astype(np.float64), np.zeros((len(items), history.events)))

    def counted(self, log: EventLog, new: NDArray[np.bool_] | None, progress: Progress) -> Trend:
        """As `core.models.counting.Counting` says. Events fade by those that came after, so all are counted anew."""
        del new
        model = Trend(self.settings)
        model._count(log, progress)
        return model

    @property
    def met(self) -> NDArray[np.bool_]:
        """bool [items], those that an event speaks for."""
        self._fitted()
        return self._met

    def state(self) -> tuple[Tensors, Settings]:
        return {"scores": self._fitted(), "met": self._met}, asdict(self.settings)

    @classmethod
    def from_state(cls, tensors: Tensors, settings: Settings) -> Trend:
        try:
            model = cls(TrendSettings(**settings))  # type: ignore[arg-type]
            model._scores = cast("NDArray[np.float32]", tensors["scores"])
            model._met = cast("NDArray[np.bool_]", tensors["met"])
        except (KeyError, TypeError) as error:
            raise SeqlensError("This model cannot be read. It is damaged or of a newer Seqlens.") from error
        return model

    def _fitted(self) -> NDArray[np.float32]:
        if self._scores is None:
            raise SeqlensError("The trend has not been counted yet.")
        return self._scores
