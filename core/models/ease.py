"""EASE: each item's score as a linear sum over the items of the history, in closed form (Steck 2019)."""

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
    from scipy.sparse import csr_array

    from core.evaluation.split import Cases
    from core.training.checkpoints import CheckpointStore

Floats = NDArray[np.float32]

LARGEST = 20_000  # items whose matrix (1.6 GB) can be inverted in a minute or so
BLOCK = 512  # rows that are swept at once: enough for the processor's full speed, few enough to stop within a second
QUICK = 4_000  # items up to which more than one regularisation is tried: each takes a second or two
DECAYS = (1.0, 0.97, 0.9, 0.8, 0.7, 0.6)  # of a history, tried on validation
REGULARISATIONS = (50.0, 200.0, 500.0, 1500.0)  # tried on validation
USUAL_DECAY, USUAL_REGULARISATION = 0.8, 100.0  # where nothing chooses


@dataclass(frozen=True)
class EaseSettings:
    """Settings of EASE.

    Attributes:
        regularisation: how strongly weights are held to be small (λ of the paper); None: chosen on validation where
            the catalogue is small.
        history_decay: what each later event leaves of an event's weight in a history; None: chosen on validation.
        history: events of a history that are looked at, the last ones.
        kept: strongest sources of each item that are kept; the rest of a column is next to nothing.
    """

    regularisation: float | None = None
    history_decay: float | None = None
    history: int = 200
    kept: int = 256

    def __post_init__(self) -> None:
        if (self.regularisation or 1.0) <= 0 or self.history < 1 or self.kept < 1:
            raise SeqlensError("EASE needs a regularisation above 0, a history and kept sources of at least one.")
        if self.history_decay is not None and not 0 < self.history_decay <= 1:
            raise SeqlensError("A decay lies above 0 and at most at 1.")


class Ease(OneComponent):
    """Adds up, over a fading history, the weights by which its items foretell each other item.

    The weights solve `min |X - XB|² + λ|B|²` with a zero diagonal, X being users × items. Histories may be weighted by
    recency, which the paper's are not: what matters most for the next item is what came last.
    """

    name: ClassVar[str] = "ease"

    def __init__(self, settings: EaseSettings | None = None) -> None:
        self.settings = settings or EaseSettings()
        self._weights: csr_array | None = None

    def fit(self, log: EventLog, catalogue: Catalogue, progress: Progress) -> None:
        """Invert the matrix of what was chosen by the same users.

        Raises:
            SeqlensError: the catalogue is too large for this model.
        """
        del catalogue
        self._weights = self._solved(_shared_users(log), self._regularisations(1)[0], progress)

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
        """Fit, and choose on `cases` how fast a history fades and, in a small catalogue, how small weights are held."""
        del catalogue, checkpoints, finish
        counts = _shared_users(log)
        tried = self._regularisations(log.items)
        weights = {}
        for number, regularisation in enumerate(tried):
            part = progress.part(0.9 * number / len(tried), 0.9 * (number + 1) / len(tried))
            weights[regularisation] = self._solved(counts, regularisation, part)
        decays = DECAYS if self.settings.history_decay is None else (self.settings.history_decay,)
        candidates = [
            replace(self.settings, regularisation=regularisation, history_decay=decay)
            for regularisation in tried
            for decay in decays
        ]

        def score(settings: EaseSettings, histories: EventLog) -> Floats:
            return _scored(settings, weights[settings.regularisation or 0.0], histories)

        self.settings = best_of(candidates, score, cases, hide_seen, progress.part(0.9, 1.0))
        self._weights = weights[self.settings.regularisation or 0.0]

    def unfitted(self) -> Ease:
        """The same settings and decay, to be fitted on all events."""
        return Ease(self.settings)

    def score(self, histories: EventLog) -> Floats:
        """Scores of every item for each history, float32 [users, items]; all 0 where the history is empty."""
        return _scored(self.settings, self._fitted(), histories)

    def event_shares(self, history: EventLog, items: NDArray[np.int32]) -> Shares:
        """The score is a sum over events."""
        weights = _faded(self.settings, history)
        used = np.flatnonzero(weights)
        terms = np.zeros((len(items), history.events))
        rows = self._fitted()[history.item[used]][:, items].toarray()
        terms[:, used] = (rows * weights[used, None]).T
        return linear(np.zeros(len(items)), terms)

    def state(self) -> tuple[Tensors, Settings]:
        matrix = self._fitted()
        tensors: Tensors = {
            "weights": matrix.data,
            "columns": matrix.indices.astype(np.int32),
            "rows": matrix.indptr.astype(np.int64),
        }
        return tensors, asdict(self.settings)

    @classmethod
    def from_state(cls, tensors: Tensors, settings: Settings) -> Ease:
        from scipy.sparse import csr_array

        try:
            model = cls(EaseSettings(**settings))  # type: ignore[arg-type]
            items = len(tensors["rows"]) - 1
            parts = tensors["weights"], tensors["columns"], tensors["rows"]
            model._weights = csr_array(parts, shape=(items, items))
            model._weights.check_format()
        except (KeyError, TypeError, ValueError) as error:
            raise SeqlensError("This model cannot be read. It is damaged or of a newer Seqlens.") from error
        return model

    def _regularisations(self, items: int) -> tuple[float, ...]:
        if self.settings.regularisation is not None:
            return (self.settings.regularisation,)
        return REGULARISATIONS if 1 < items <= QUICK else (USUAL_REGULARISATION,)

    def _solved(self, counts: csr_array, regularisation: float, progress: Progress) -> csr_array:
        gram = counts.toarray()
        gram[np.diag_indices(len(gram))] += np.float32(regularisation)
        return _strongest(inverted(gram, progress.part(0.0, 0.9)), self.settings.kept, progress.part(0.9, 1.0))

    def _fitted(self) -> csr_array:
        if self._weights is None:
            raise SeqlensError("EASE has not been fitted yet.")
        return self._weights


def _scored(settings: EaseSettings, weights: csr_array, histories: EventLog) -> Floats:
    return cast(Floats, (profiles(histories, _faded(settings, histories)) @ weights).toarray())


def _faded(settings: EaseSettings, histories: EventLog) -> Floats:
    return fading(histories, settings.history_decay or USUAL_DECAY, settings.history)


def _shared_users(log: EventLog) -> csr_array:
    """How many users have both of two items, float32 [items, items].

    Raises:
        SeqlensError: the catalogue is too large.
    """
    if log.items > LARGEST:
        raise SeqlensError(
            "EASE compares each item with each other, which is too much for {items} items (at most {largest}). "
            "Choose item transitions.",
            items=log.items,
            largest=LARGEST,
        )
    held = profiles(log, log.positive.astype(np.float32))
    held.sum_duplicates()
    held.data[:] = 1.0
    return cast("csr_array", held.T @ held)


def inverted(matrix: Floats, progress: Progress) -> Floats:
    """The inverse of a symmetric positive definite matrix, float32 [n, n], made in place of it.

    The sweep operator (Goodnight 1979), a block of rows at a time and below the diagonal alone: n³ operations, nearly
    all of them in matrix products, between which the work can be stopped. One call of LAPACK could not.
    """
    import torch

    a, n = torch.from_numpy(matrix), len(matrix)
    for start in range(0, n, BLOCK):
        end = min(start + BLOCK, n)
        column = torch.cat((a[start:end, :start].T, a[start:end, start:end], a[end:, start:end]))  # (n, b)
        pivot = torch.cholesky_inverse(torch.linalg.cholesky(column[start:end]))  # (b, b)
        swept = column @ pivot  # (n, b)
        for row in range(0, n, 2 * BLOCK):
            progress.step(start + BLOCK * row / n, n, "Solving for the weights of items")
            last = min(row + 2 * BLOCK, n)
            a[row:last, :last].addmm_(swept[row:last], column[:last].T, alpha=-1.0)
        a[start:end, :start] = swept[:start].T
        a[end:, start:end] = swept[end:]
        a[start:end, start:end] = -pivot
    for row in range(0, n, 2 * BLOCK):
        progress.check()
        last = min(row + 2 * BLOCK, n)
        a[row:last, :last].neg_()
        corner = a[row:last, row:last].tril()
        a[row:last, row:last] = corner + corner.tril(-1).T
        a[:row, row:last] = a[row:last, :row].T
    return matrix


def _strongest(inverse: Floats, kept: int, progress: Progress) -> csr_array:
    """`-inverse / its diagonal`, the diagonal left out and each column's largest entries kept; [items, items]."""
    import torch
    from scipy.sparse import csr_array

    n, width = len(inverse), min(kept, len(inverse))
    diagonal = inverse.diagonal().copy()
    sources = np.empty((n, width), dtype=np.int32)
    weights = np.empty((n, width), dtype=np.float32)
    for start in range(0, n, BLOCK):
        progress.step(start, n, "Keeping the weights that count")
        rows = inverse[start : start + BLOCK] / -diagonal[start : start + BLOCK, None]  # columns, for it is symmetric
        rows[np.arange(len(rows)), start + np.arange(len(rows))] = 0.0
        found = torch.from_numpy(np.abs(rows)).topk(width, sorted=False).indices.numpy()
        sources[start : start + BLOCK] = found
        weights[start : start + BLOCK] = np.take_along_axis(rows, found, 1)
    by_target = csr_array((weights.ravel(), sources.ravel(), np.arange(0, n * width + 1, width)), shape=(n, n))
    by_target.eliminate_zeros()
    return cast("csr_array", by_target.T.tocsr())
