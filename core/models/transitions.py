"""What follows what: items that occur near each other in sequences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, cast

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.models.attribution import Shares, linear
from core.models.base import Settings, Tensors
from core.models.choosing import best_of
from core.models.histories import fading, profiles, summed
from core.models.parts import OneComponent
from core.models.popularity import log_share
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from core.evaluation.split import Cases
    from core.training.checkpoints import CheckpointStore

PIECE = 1_000_000  # events whose pairs are held at once
PART = 262_144  # events counted at once: numpy copies them, and fresh memory for all takes longer than the counting
FULL, FULL_BYTES = 1 / 4, 1 << 29  # share of a row that is not zero, and what such rows may take
CHOOSING = 2_000_000  # events beyond which only what needs no new count is chosen on validation
TRIALS: tuple[tuple[dict[str, float], ...], ...] = (
    ({"window": 2, "decay": 0.5}, {"window": 10, "decay": 0.85}, {"window": 20, "decay": 0.92}),
    ({"history_decay": 0.5}, {"history_decay": 0.85}),
    ({"reverse": 0.0}, {"reverse": 1.0}),
    ({"source_power": 0.3, "target_power": 0.3}, {"source_power": 0.5, "target_power": 0.5}),
)  # in this order, each against the best so far
UNKNOWN = 1e-6  # what popularity gives, so that items which followed nothing stand in some order


@dataclass(frozen=True)
class TransitionsSettings:
    """Settings of item transitions.

    Attributes:
        window: how many events later an item still counts as a follower.
        decay: what each step of distance leaves of a pair's weight.
        reverse: weight of a pair in the order opposite to the one in which it happened.
        source_power: how much a popular source is held back: pairs are divided by its sum to this power.
        target_power: how much a popular target is held back.
        history_decay: what each later event leaves of an event's weight in a history.
        history: events of a history that are looked at, the last ones.
        choose: on the validation events, where there are some: other values of these settings are tried one after
            the other, from the given ones on.
    """

    window: int = 5
    decay: float = 0.7
    reverse: float = 0.5
    source_power: float = 0.4
    target_power: float = 0.4
    history_decay: float = 0.7
    history: int = 50
    choose: bool = True

    def __post_init__(self) -> None:
        if self.window < 1 or self.history < 1:
            raise SeqlensError("Item transitions need a window and a history of at least one event.")
        if not (0 < self.decay <= 1 and 0 < self.history_decay <= 1 and self.reverse >= 0):
            raise SeqlensError("A decay lies above 0 and at most at 1, and the reverse weight is 0 or more.")


class Transitions(OneComponent):
    """Adds up, over a fading history, how often each item came near those in it."""

    name: ClassVar[str] = "transitions"

    def __init__(self, settings: TransitionsSettings | None = None) -> None:
        self.settings = settings or TransitionsSettings()
        self._forward: csr_array | None = None  # pairs as they were counted; none in runs of earlier versions
        self._matrix: csr_array | None = None
        self._full: _FullRows | None = None  # of the matrix, made when something is scored
        self._later: _Later | None = None  # in the place of all of them, where events came after a fit
        self._popularity: NDArray[np.float32] = np.zeros(0, dtype=np.float32)

    def fit(self, log: EventLog, catalogue: Catalogue, progress: Progress) -> None:
        """Count pairs of events that speak for their items; negative events are passed over."""
        del catalogue
        targets = log.take(log.positive)
        forward = _pairs(targets, self.settings.window, self.settings.decay, progress.part(0.0, 0.9))
        self._fit(targets, forward)
        progress.step(1, 1, "Weighing pairs of items")

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
        """Count, and choose on `cases` how (`TRIALS`)."""
        del catalogue, checkpoints, finish
        targets = log.take(log.positive)
        counts = _Counts(targets, progress.part(0.0, 0.4))
        self._fit(targets, counts(self.settings))
        for number, trials in enumerate(TRIALS if self.settings.choose else ()):
            if "window" not in trials[0] or log.events <= CHOOSING:
                part = progress.part(0.4 + 0.15 * number, 0.55 + 0.15 * number)
                self.settings = self._best(trials, counts, cases, hide_seen, part)
        self._fit(targets, counts(self.settings))
        progress.step(1, 1, "Weighing pairs of items")

    def counted(self, log: EventLog, new: NDArray[np.bool_] | None, progress: Progress) -> Transitions:
        """As `core.models.counting.Counting` says: the pairs that end in a new event are put beside those that were
        counted."""
        positive = log.positive
        targets = log if positive.all() else log.take(positive)
        model, kind = Transitions(self.settings), (self.settings.window, self.settings.decay)
        if new is None or self._forward is None:
            model._fit(targets, _pairs(targets, *kind, progress))
        else:
            ends = np.flatnonzero(new if targets is log else new[positive])
            model._later = _Later.of(self, _pairs(targets, *kind, progress, ends))
            model._popularity = _popularity(targets)
        return model

    @property
    def met(self) -> NDArray[np.bool_]:
        """bool [items], those that an event speaks for."""
        return self._popularity > 0

    def unfitted(self) -> Transitions:
        """The same settings, chosen ones included, to be fitted on all events."""
        return Transitions(replace(self.settings, choose=False))

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        """Scores of every item for each history, float32 [users, items]; by popularity where the history is empty."""
        weights = fading(histories, self.settings.history_decay, self.settings.history)
        scores = self._sums(histories, weights)
        scores += self._popularity
        return scores

    @property
    def items(self) -> int:
        """Number of items that it was fitted on."""
        return len(self._popularity)

    def nearness(self, sources: NDArray[np.int32], target: int) -> NDArray[np.float32]:
        """How near `sources` (int32 [n]) lead to `target`, as shares of what leads nearest to it; float32 [n]."""
        column = self._block(None, np.array([target]))[:, 0]
        return cast("NDArray[np.float32]", column[sources] / max(float(column.max(initial=0.0)), 1e-12))

    def event_shares(self, history: EventLog, items: NDArray[np.int32]) -> Shares:
        """The score is a sum over events; popularity stays when all are masked."""
        weights = fading(history, self.settings.history_decay, self.settings.history)
        used = np.flatnonzero(weights)
        terms = np.zeros((len(items), history.events))
        rows = self._block(history.item[used], items)
        terms[:, used] = (rows * weights[used, None]).T
        return linear(self._popularity[items].astype(np.float64), terms)

    def state(self) -> tuple[Tensors, Settings]:
        forward = self._forward if self._later is None else self._later.all_pairs
        stored = self._fitted() if forward is None else forward
        tensors: Tensors = {
            "pairs" if forward is None else "counts": stored.data,
            "columns": stored.indices.astype(np.int32),
            "rows": stored.indptr.astype(np.int64),
            "popularity": self._popularity,
        }
        return tensors, asdict(self.settings)

    @classmethod
    def from_state(cls, tensors: Tensors, settings: Settings) -> Transitions:
        from scipy.sparse import csr_array

        try:
            model = cls(TransitionsSettings(**settings))  # type: ignore[arg-type]
            model._popularity = cast("NDArray[np.float32]", tensors["popularity"])
            items = len(model._popularity)
            # Runs of earlier versions have the pairs as they were weighed.
            values = tensors["counts" if "counts" in tensors else "pairs"].astype(np.float32, copy=False)
            columns, rows = tensors["columns"], tensors["rows"]
            if len(values) < 2**31:
                rows = rows.astype(np.int32)  # of two kinds of indices scipy takes the wider for both
            stored = csr_array(cast(Any, (values, columns, rows)), shape=(items, items))
            stored.check_format()
            model._forward = stored if "counts" in tensors else None
            model._matrix = _weighed(stored, model.settings) if "counts" in tensors else stored
        except (KeyError, TypeError, ValueError) as error:
            raise SeqlensError("This model cannot be read. It is damaged or of a newer Seqlens.") from error
        return model

    def _fit(self, targets: EventLog, forward: csr_array) -> None:
        self._forward, self._matrix, self._full = forward, _weighed(forward, self.settings), None
        self._popularity = _popularity(targets)

    def _best(
        self,
        trials: tuple[dict[str, float], ...],
        counts: Callable[[TransitionsSettings], csr_array],
        cases: Cases,
        hide_seen: bool,
        progress: Progress,
    ) -> TransitionsSettings:
        candidates = [self.settings, *(replace(self.settings, **cast(Any, trial)) for trial in trials)]
        matrices = {settings: _weighed(counts(settings), settings) for settings in candidates}

        def score(settings: TransitionsSettings, histories: EventLog) -> NDArray[np.float32]:
            weights = fading(histories, settings.history_decay, settings.history)
            scores = summed(profiles(histories, weights), matrices[settings])
            scores += self._popularity
            return scores

        best: TransitionsSettings = best_of(candidates, score, cases, hide_seen, progress)
        return best

    def _sums(self, histories: EventLog, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """The rows of the histories' items, times their weights (float32 [events]), float32 [users, items]."""
        if self._later is not None:
            return self._later.sums(histories, weights)
        matrix = self._fitted()
        if self._full is None:
            self._full = _FullRows.of(matrix)
        full = self._full
        if not len(full.rows):
            return summed(profiles(histories, weights), matrix)
        common = (histories.item >= 0) & (full.place[histories.item] >= 0)
        scores = full.sums(profiles(histories, np.where(common, weights, np.float32(0.0))))
        scores += summed(profiles(histories, np.where(common, np.float32(0.0), weights)), matrix)
        return scores

    def _block(self, sources: NDArray[np.integer] | None, targets: NDArray[np.integer]) -> NDArray[np.float32]:
        """Weighed pairs of `sources` (None: all items) with `targets`, float32 [sources, targets]."""
        if self._later is not None:
            return self._later.block(sources, targets)
        rows = self._fitted() if sources is None else self._fitted()[sources]
        return cast("NDArray[np.float32]", rows[:, targets].toarray())

    def _fitted(self) -> csr_array:
        if self._matrix is None:
            raise SeqlensError("Item transitions have not been counted yet.")
        return self._matrix


@dataclass(frozen=True)
class _FullRows:
    """The rows of a matrix that are full enough to be added up faster with their zeros, in one piece of memory.

    Attributes:
        place: int32 [items], which of `rows` is an item's; -1 for none.
        rows: float32 [n, items].
    """

    place: NDArray[np.int32]
    rows: NDArray[np.float32]

    @classmethod
    def of(cls, matrix: csr_array) -> _FullRows:
        """The fullest rows, as many as `FULL_BYTES` hold."""
        items = matrix.shape[0]
        counts = np.diff(matrix.indptr)
        full = np.flatnonzero(counts > FULL * items)
        full = full[np.argsort(-counts[full], kind="stable")[: FULL_BYTES // max(4 * items, 1)]]
        place = np.full(items, -1, np.int32)
        place[full] = np.arange(len(full), dtype=np.int32)
        return cls(place, matrix[full].toarray())

    def sums(self, weights: csr_array) -> NDArray[np.float32]:
        """`weights` (of items that have a full row) times their rows, float32 [users, items]."""
        from scipy.sparse import csr_array

        entries = weights.data, self.place[weights.indices], weights.indptr
        found = csr_array(entries, shape=(weights.shape[0], len(self.rows))) @ self.rows
        return cast("NDArray[np.float32]", found)


@dataclass(frozen=True)
class _Later:
    """What events that came after a fit add to its pairs, without weighing all of them again.

    To weigh is to divide rows and columns by powers of their sums. So the weighed pairs of all events are those of
    before, rows and columns times what their sums' powers changed by, and the new pairs, weighed by the new sums.

    Attributes:
        before: what was fitted, n items.
        rows, columns: float32 [n], what the pairs of before are to be multiplied with.
        forward: the new pairs as they were counted, of all items.
        pairs: the same, weighed.
    """

    before: Transitions
    rows: NDArray[np.float32]
    columns: NDArray[np.float32]
    forward: csr_array
    pairs: csr_array

    @classmethod
    def of(cls, before: Transitions, forward: csr_array) -> _Later:
        settings, known = before.settings, before.items
        sums = np.zeros((2, forward.shape[0]))
        sums[:, :known] = _sums_of(cast("csr_array", before._forward), settings.reverse)
        powers = (settings.source_power, settings.target_power)
        old, new = (
            [_factor(own, power) for own, power in zip(these, powers, strict=True)]
            for these in (sums, sums + _sums_of(forward, settings.reverse))
        )
        pairs = _both(forward, settings.reverse)
        pairs.data *= np.repeat(new[0], np.diff(pairs.indptr)) * new[1][pairs.indices]
        rows, columns = ((now / then)[:known].astype(np.float32) for now, then in zip(new, old, strict=True))
        return cls(before, rows, columns, forward, pairs)

    @property
    def all_pairs(self) -> csr_array:
        """All pairs as they were counted."""
        former = cast("csr_array", self.before._forward)
        return cast("csr_array", _widened(former, self.forward.shape[0]) + self.forward)

    def sums(self, histories: EventLog, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """As `Transitions._sums`."""
        known = self.before.items
        item = np.where(histories.item < known, histories.item, -1)
        changed = np.where(item >= 0, weights * self.rows[item], np.float32(0.0)) if known else np.zeros_like(weights)
        scores = summed(profiles(histories, weights), self.pairs)
        scores[:, :known] += self.columns * self.before._sums(replace(histories, item=item, items=known), changed)
        return scores

    def block(self, sources: NDArray[np.integer] | None, targets: NDArray[np.integer]) -> NDArray[np.float32]:
        """As `Transitions._block`."""
        known = self.before.items
        rows = np.arange(self.forward.shape[0]) if sources is None else sources
        found = cast("NDArray[np.float32]", (self.pairs if sources is None else self.pairs[rows])[:, targets].toarray())
        inside, within = np.flatnonzero(rows < known), np.flatnonzero(targets < known)
        own = None if sources is None else rows[inside]  # None spares a copy of all pairs
        former = self.before._block(own, targets[within])
        former *= self.rows[rows[inside], None] * self.columns[targets[within]]
        found[np.ix_(inside, within)] += former
        return found


def _popularity(targets: EventLog) -> NDArray[np.float32]:
    counts = np.zeros(targets.items)
    for start in range(0, targets.events, PART):
        counts += np.bincount(targets.item[start : start + PART], minlength=targets.items)
    return np.float32(UNKNOWN) * log_share(counts)


class _Counts:
    """Pairs of items of a log, counted once for each window and decay."""

    def __init__(self, targets: EventLog, progress: Progress) -> None:
        self._targets, self._progress = targets, progress
        self._forward: dict[tuple[int, float], csr_array] = {}

    def __call__(self, settings: TransitionsSettings) -> csr_array:
        kind = settings.window, settings.decay
        if kind not in self._forward:
            self._forward[kind] = _pairs(self._targets, *kind, self._progress)
        return self._forward[kind]


def _weighed(forward: csr_array, settings: TransitionsSettings) -> csr_array:
    """Pairs in both orders, weighed as the settings say."""
    return _normalised(_both(forward, settings.reverse), settings.source_power, settings.target_power)


def _both(forward: csr_array, reverse: float) -> csr_array:
    """Pairs in both orders."""
    back = forward.T.tocsr()
    back.data *= np.float32(reverse)
    return cast("csr_array", forward + back)


def _sums_of(forward: csr_array, reverse: float) -> NDArray[np.float64]:
    """The sums of rows and of columns of pairs in both orders, float64 [2, items]."""
    sources, targets = (np.asarray(forward.sum(axis, dtype=np.float64)) for axis in (1, 0))
    return np.stack((sources + reverse * targets, targets + reverse * sources))


def _factor(sums: NDArray[np.float64], power: float) -> NDArray[np.float64]:
    """What a row or a column with such a sum is multiplied with."""
    held: NDArray[np.float64] = np.maximum(sums, 1e-9) ** -power
    return held


def _widened(pairs: csr_array, items: int) -> csr_array:
    """The same with more items."""
    from scipy.sparse import csr_array

    rows = np.concatenate((pairs.indptr, np.full(items - pairs.shape[0], pairs.indptr[-1])))
    return csr_array((pairs.data, pairs.indices, rows), shape=(items, items))


def _pairs(
    targets: EventLog, window: int, decay: float, progress: Progress, ends: NDArray[np.int64] | None = None
) -> csr_array:
    """Weight of each item after each other item, float32 [items, items]: `decay` a step between them, summed.

    Args:
        ends: int64 [n], ascending, the events that may be the later one of a pair; None for all.
    """
    from scipy.sparse import coo_array, csr_array

    shape = (targets.items, targets.items)
    found: list[tuple[int, Any]] = []  # sums, of how many pieces each is; scipy's types lose their number of dimensions
    item, user = targets.item, targets.user
    many = targets.events if ends is None else len(ends)
    for start in range(0, many, PIECE):
        progress.step(start, many * 1.2, "Counting pairs of items")
        end = min(start + PIECE, many)
        piece = np.arange(start, end) if ends is None else ends[start:end]
        weights, sources, followers = [], [], []
        for distance in range(1, window + 1):
            progress.check()
            # The later event of a pair lies in the piece, so that no pair is counted twice.
            later = piece[np.searchsorted(piece, distance) :]
            later = later[user[later] == user[later - distance]]
            weights.append(np.full(len(later), decay ** (distance - 1), dtype=np.float32))
            sources.append(item[later - distance])
            followers.append(item[later])
        places = np.concatenate(sources), np.concatenate(followers)
        found.append((1, coo_array((np.concatenate(weights), places), shape=shape).tocsr()))
        # Those of as many pieces are joined: to add each to all before it would go over the large sum every time.
        while len(found) > 1 and found[-2][0] == found[-1][0]:
            _join_last(found)
    while len(found) > 1:
        _join_last(found)
    return cast("csr_array", found[0][1] if found else csr_array(shape, dtype=np.float32))


def _join_last(found: list[tuple[int, Any]]) -> None:
    """Add up the last two of some sums of pieces."""
    (many, one), (more, other) = found.pop(), found.pop()
    found.append((many + more, other + one))


def _normalised(pairs: csr_array, source_power: float, target_power: float) -> csr_array:
    """`pairs`, changed in place: rows and columns divided by powers of their sums; with ½ and ½ it is the cosine-like
    norm of item-kNN."""
    source = _factor(np.asarray(pairs.sum(1), dtype=np.float64), source_power)
    target = _factor(np.asarray(pairs.sum(0), dtype=np.float64), target_power)
    row = 0
    while row < len(source):
        end = max(row + 1, int(np.searchsorted(pairs.indptr, pairs.indptr[row] + PIECE, "right")) - 1)
        part = slice(int(pairs.indptr[row]), int(pairs.indptr[end]))
        factor = np.repeat(source[row:end], np.diff(pairs.indptr[row : end + 1]))
        pairs.data[part] *= factor * target[pairs.indices[part]]
        row = end
    return pairs
