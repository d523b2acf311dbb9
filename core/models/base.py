"""What every recommender can do, and how a score is taken apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol, Self, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from core.progress import Progress
from core.sequences.log import Catalogue, EventLog
from core.training.checkpoints import CheckpointStore
from core.training.checkpoints import Settings as Settings  # both are part of the contract below
from core.training.checkpoints import Tensors as Tensors

if TYPE_CHECKING:
    from core.evaluation.split import Cases


Masked = Callable[[NDArray[np.bool_]], NDArray[np.float64]]


@dataclass(frozen=True)
class Breakdown:
    """Scores of a few items for one history, taken apart in two ways, each of which sums to the score within 1e-4.

    `component_base + component_shares.sum(1) == scores` and `event_base + event_shares.sum(1) == scores`.

    Attributes:
        items: int32 [m], the explained items.
        scores: float32 [m].
        components: names of the model's parts, c of them.
        component_base: float32 [m].
        component_shares: float32 [m, c].
        event_base: float32 [m], the score when every event of the history is masked.
        event_shares: float32 [m, events], the part of each event of the history (the game of Shapley).
        event_errors: float32 [m, events], standard error of each part; 0 where it is exact.
        masked: the scores when only some events are seen and the others are masked in place, float64 [c, m] for bool
            [c, events]; with none it gives `event_base`, with all `scores`.
    """

    items: NDArray[np.int32]
    scores: NDArray[np.float32]
    components: tuple[str, ...]
    component_base: NDArray[np.float32]
    component_shares: NDArray[np.float32]
    event_base: NDArray[np.float32]
    event_shares: NDArray[np.float32]
    event_errors: NDArray[np.float32]
    masked: Masked


@dataclass(frozen=True)
class Scored:
    """Scores of every item for each history, and what takes them apart without computing them again.

    Attributes:
        scores: float32 [users, items], as `Recommender.score` gives them; not to be written into.
        parts: as `Recommender.parts` for the same histories, from `items` alone.
    """

    scores: NDArray[np.float32]
    parts: Callable[[NDArray[np.int32]], tuple[tuple[str, ...], NDArray[np.float32], NDArray[np.float32]]]


class Recommender(Protocol):
    """A model that ranks a catalogue for histories.

    Attributes:
        name: the word for it on the command line and in a stored run.
    """

    name: ClassVar[str]

    def fit(self, log: EventLog, catalogue: Catalogue, progress: Progress) -> None:
        """Train on all events of `log` (the caller has removed the held-out ones).

        Raises:
            Cancelled: the analyst pressed stop.
        """

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        """Scores of every item for each history, float32 [histories.users, items]; higher is better.

        An empty history is scored too (by popularity or evenly). Negative events push their item away or are left out.
        """

    def parts(
        self, histories: EventLog, items: NDArray[np.int32]
    ) -> tuple[tuple[str, ...], NDArray[np.float32], NDArray[np.float32]]:
        """Names of the components, base (float32 [users, m]) and shares (float32 [users, m, c]) of some scores.

        `items` is int32 [users, m], other items for each user. Base plus shares is the score, within 1e-4.
        """

    def components(
        self, history: EventLog, items: NDArray[np.int32]
    ) -> tuple[tuple[str, ...], NDArray[np.float32], NDArray[np.float32]]:
        """`parts` of `items` (int32 [m]) for a log of exactly one user: base float32 [m], shares float32 [m, c]."""

    def explain(self, history: EventLog, items: NDArray[np.int32]) -> Breakdown:
        """Take apart the scores of `items` for a log of exactly one user: the first answer of `refine`."""

    def refine(self, history: EventLog, items: NDArray[np.int32], check: Callable[[], None]) -> Iterator[Breakdown]:
        """Take apart the scores of `items` for one user; where shares are sampled, again with smaller standard errors.

        Args:
            check: called often; what it raises ends the work.
        """

    def scored(self, histories: EventLog) -> Scored:
        """`score` and `parts` from one computation."""

    def state(self) -> tuple[Tensors, Settings]:
        """All that is needed to rebuild the model: arrays for a safetensors file and settings for JSON."""

    @classmethod
    def from_state(cls, tensors: Tensors, settings: Settings) -> Self:
        """The model that gave this `state`; it scores exactly as the one that was fitted.

        Raises:
            SeqlensError: the state does not fit the model (damaged, or of a newer program).
        """


@runtime_checkable
class Validated(Protocol):
    """A recommender with choices (number of epochs, weights of a sum) that are made on the validation events.

    It is fitted twice: `fit_validated` makes the choices, and `fit` of what `unfitted` returns makes them no more.
    """

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
        """Fit on `log`, choosing on `cases`; goes on from a checkpoint where there is one.

        With `finish` it takes the best state of the checkpoint and trains no further.
        """

    def unfitted(self) -> Self:
        """A model of the same settings and with the choices that `fit_validated` made, to be fitted on all events."""
