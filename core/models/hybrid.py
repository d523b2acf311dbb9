"""The sum of several models, with weights that the validation events chose: a score that can be read in parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, ClassVar, cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.evaluation import ranking
from core.models.base import Breakdown, Recommender, Scored, Settings, Tensors, Validated
from core.models.foretold import WAYS
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog

if TYPE_CHECKING:
    from core.evaluation.split import Cases
    from core.models.growing import Newcomers
    from core.training.checkpoints import CheckpointStore

Floats = NDArray[np.float64]
FLAT = 1e-12  # a component whose scores spread less than this over the items says nothing
RESAMPLES = 500  # of the validation cases, for the intervals of the weights
PREFIX = "component/"


@dataclass(frozen=True)
class HybridSettings:
    """Settings of the sum.

    Attributes:
        seed: of the choice of validation cases.
        cases: validation cases that the weights are fitted on, at most.
        rivals: best items of each component that the truth is compared with.
        weights: weight of each component by name; None: fitted on the validation cases, or even without them.
        gain: of items that are scored by their texts (`core.models.growing`); None: chosen on the validation cases.
        new_by: how these are told what is the same for all users, by the "nearest" or by a "regression"; None: chosen
            with the gain.
    """

    seed: int = 0
    cases: int = 8000
    rivals: int = 10
    weights: dict[str, float] | None = None
    gain: float | None = None
    new_by: str | None = None

    def __post_init__(self) -> None:
        if self.cases < 1 or self.rivals < 1:
            raise SeqlensError("The weights of a hybrid need at least one validation case and one rival.")
        given = (self.weights or {}).values()
        if self.weights is not None and (min(given, default=-1) < 0 or max(given, default=0) <= 0):
            raise SeqlensError("The weights of a hybrid are 0 or more, and one of them is more than 0.")
        if self.new_by not in (None, *WAYS):
            raise SeqlensError(
                "There is no {setting} {value}. Choose one of: {known}.",
                setting="new_by",
                value=self.new_by,
                known=", ".join(WAYS),
            )


class Hybrid:
    """Each component's scores, put on one scale for each user (mean 0, deviation 1 over the items), weighed and added.

    The weights are non-negative and sum to 1. A history without an event that speaks for an item is scored by the
    component "popularity" alone, where there is one.

    Attributes:
        components: the fitted parts, by name in the order in which they are shown.
        curve: figures of each epoch of the component that has them.
        weight_intervals: 95 % bootstrap interval of each weight, where the last fit chose them.
    """

    name: ClassVar[str] = "hybrid"

    def __init__(self, components: list[Recommender], settings: HybridSettings | None = None) -> None:
        self.models = {component.name: component for component in components}
        self.settings = settings or HybridSettings()
        self.weight_intervals: dict[str, tuple[float, float]] = {}
        if len(self.models) != len(components) or not components:
            raise SeqlensError("A hybrid needs at least one component, and each of another kind.")
        for name in self.settings.weights or {}:
            if name not in self.models:
                raise SeqlensError(
                    "The hybrid has no component {name} to be weighed. It has: {names}.",
                    name=name,
                    names=", ".join(self.models),
                )

    @property
    def weights(self) -> dict[str, float]:
        """Weight of each component, which sum to 1."""
        given = self.settings.weights
        found = {name: 1.0 if given is None else float(given.get(name, 0.0)) for name in self.models}
        return {name: value / sum(found.values()) for name, value in found.items()}

    @property
    def _told(self) -> list[str]:
        """The components that breakdowns speak of: those that count, and the one for those who have liked nothing."""
        return [name for name, weight in self.weights.items() if weight > 0 or name == "popularity"]

    @property
    def curve(self) -> list[dict[str, float]]:
        return [figures for model in self.models.values() for figures in getattr(model, "curve", ())]

    def fit(self, log: EventLog, catalogue: Catalogue, progress: Progress) -> None:
        """Train each component on all of `log`; the weights stay as they are."""
        for model, part in self._turns(progress, 0.0, 1.0):
            model.fit(log, catalogue, part)

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
        """Train each component, letting those choose that have a choice, then fit the weights on `cases`.

        Components that speak for seen items alone are left out where those are hidden, and those of words where titles
        have none.
        """
        if self.settings.weights is None:
            useful = {name: model for name, model in self.models.items() if _is_useful(model, catalogue, hide_seen)}
            self.models = useful or self.models
        for model, part in self._turns(progress, 0.0, 0.95):
            if isinstance(model, Validated):
                model.fit_validated(log, catalogue, cases, hide_seen, part, checkpoints, finish)
            else:
                model.fit(log, catalogue, part)
        if self.settings.weights is None and len(cases.users):
            found = fit_weights(self.models, cases, hide_seen, self.settings, progress.part(0.95, 0.97))
            self.settings = replace(self.settings, weights=found.values)
            self.weight_intervals = found.intervals
        self._choose_way(log, catalogue, cases, hide_seen, progress.part(0.97, 1.0))

    def _choose_way(
        self, log: EventLog, catalogue: Catalogue, cases: Cases, hide_seen: bool, progress: Progress
    ) -> None:
        from core.models.growing import best_way

        content = self.models.get("content")
        vectors = getattr(content, "vectors", None)
        if self.settings.gain is None and vectors is not None:
            asked = log, cases, hide_seen, self.settings.seed, progress
            way = best_way(cast(Recommender, self), vectors, pa.array(catalogue.texts, pa.string()), *asked)
            self.settings = replace(self.settings, gain=way.gain, new_by=way.name)

    def unfitted(self) -> Hybrid:
        """The same components with their choices and the same weights, to be fitted on all events."""
        from core.models.available import again

        return Hybrid([again(model) for model in self.models.values()], self.settings)

    def counted(self, log: EventLog, new: NDArray[np.bool_] | None, progress: Progress) -> Hybrid:
        """The sum with those components counted on `log` that only count (`core.models.counting.Counting`)."""
        from core.models.counting import Counting

        models = self.models.values()
        now = [model.counted(log, new, progress) if isinstance(model, Counting) else model for model in models]
        return Hybrid(now, self.settings)

    def grown(self, newcomers: Newcomers) -> Hybrid | None:
        """The sum of the same components, each with the newcomers; None where one of them cannot have them."""
        from core.models.growing import grown

        newcomers = replace(
            newcomers, gain=self.settings.gain or newcomers.gain, way=self.settings.new_by or newcomers.way
        )
        components = [grown(model, newcomers) for model in self.models.values()]
        return None if None in components else Hybrid(cast("list[Recommender]", components), self.settings)

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        """Scores of every item for each history, float32 [users, items]."""
        return _added(self._scored(histories), histories)

    def scored(self, histories: EventLog) -> Scored:
        """As `core.models.base.Recommender` says; the scores of all components are held at once."""
        found = list(self._scored(histories))
        total = _added(found, histories)

        def parts(
            items: NDArray[np.int32],
        ) -> tuple[tuple[str, ...], NDArray[np.float32], NDArray[np.float32]]:
            told = self._told
            shares = np.zeros((*items.shape, len(told)), dtype=np.float32)
            rows = np.arange(histories.users)[:, None]
            for name, scores, mean, factor in found:
                own = scores[rows if len(scores) == histories.users else 0, items]
                shares[:, :, told.index(name)] = (own - mean[:, None]) * factor[:, None]
            return tuple(told), np.zeros(items.shape, dtype=np.float32), shares

        return Scored(total, parts)

    def parts(
        self, histories: EventLog, items: NDArray[np.int32]
    ) -> tuple[tuple[str, ...], NDArray[np.float32], NDArray[np.float32]]:
        """Names of the components, base (float32 [users, m]) and shares (float32 [users, m, c]) of some scores.

        Args:
            items: int32 [users, m], other items for each user.
        """
        return self.scored(histories).parts(items)

    def components(
        self, history: EventLog, items: NDArray[np.int32]
    ) -> tuple[tuple[str, ...], NDArray[np.float32], NDArray[np.float32]]:
        """Names, base (float32 [m]) and shares (float32 [m, c]) of `items` (int32 [m]) for one user's history."""
        names, base, shares = self.parts(history, items[None])
        return names, base[0], shares[0]

    def explain(self, history: EventLog, items: NDArray[np.int32]) -> Breakdown:
        """Take apart the scores of `items` for one user; scale and weights stay as at the full history."""
        return next(self.refine(history, items, Progress().check))

    def refine(self, history: EventLog, items: NDArray[np.int32], check: Callable[[], None]) -> Iterator[Breakdown]:
        """`explain`, again as often as one of the components has become surer of its shares."""
        told = self._told
        shares = np.zeros((len(items), len(told)))
        found, rounds = {}, {}
        for name, scores, mean, factor in self._scored(history):
            check()
            shares[:, told.index(name)] = factor * (scores[0, items] - mean)
            rounds[name] = self.models[name].refine(history, items, check)
            found[name] = next(rounds[name]), mean, factor
        while True:
            yield self._joined(history, items, shares, list(found.values()))
            newer = {name: one for name, each in rounds.items() if (one := next(each, None)) is not None}
            if not newer:
                return
            found |= {name: (one, *found[name][1:]) for name, one in newer.items()}

    def _joined(
        self,
        history: EventLog,
        items: NDArray[np.int32],
        shares: Floats,
        found: list[tuple[Breakdown, Floats, Floats]],
    ) -> Breakdown:
        """The breakdown of the sum, from those of its components, each with mean and factor."""
        base = zero = np.zeros(len(items))
        events, variances = np.zeros((2, len(items), history.events))
        for inner, mean, factor in found:
            base = base + factor * (inner.event_base - mean)
            events += factor * inner.event_shares
            variances += (factor * inner.event_errors) ** 2
        return Breakdown(
            items=items,
            scores=shares.sum(1).astype(np.float32),
            components=tuple(self._told),
            component_base=np.zeros(len(items), dtype=np.float32),
            component_shares=shares.astype(np.float32),
            event_base=base.astype(np.float32),
            event_shares=events.astype(np.float32),
            event_errors=np.sqrt(variances).astype(np.float32),
            masked=lambda seen: sum((factor * (part.masked(seen) - mean) for part, mean, factor in found), start=zero),
        )

    def state(self) -> tuple[Tensors, Settings]:
        tensors: Tensors = {}
        inner: dict[str, object] = {}
        for name, model in self.models.items():
            arrays, inner[name] = model.state()
            tensors |= {f"{PREFIX}{name}/{key}": array for key, array in arrays.items()}
        return tensors, {"settings": asdict(self.settings), "components": inner}

    @classmethod
    def from_state(cls, tensors: Tensors, settings: Settings) -> Hybrid:
        from core.models.available import rebuild

        try:
            models = []
            for name, facts in cast("dict[str, Settings]", settings["components"]).items():
                start = f"{PREFIX}{name}/"
                arrays = {key[len(start) :]: array for key, array in tensors.items() if key.startswith(start)}
                models.append(rebuild(name, arrays, facts))
            return cls(models, HybridSettings(**cast("dict[str, object]", settings["settings"])))  # type: ignore[arg-type]
        except (KeyError, TypeError, AttributeError) as error:
            raise SeqlensError("This model cannot be read. It is damaged or of a newer Seqlens.") from error

    def _scored(self, histories: EventLog) -> Iterator[tuple[str, NDArray[np.float32], Floats, Floats]]:
        """Name and scores of each component that counts, their mean and what brings them to their place in the sum.

        Scores are float32 [users, items], or [1, items] where they are the same for all; mean and factor float64
        [users] or [1], and [users].
        """
        weights = self._weights(histories)
        for column, (name, model) in enumerate(self.models.items()):
            if weights[:, column].any():
                scores = _shared_score(model, histories)
                mean, scale = spread(scores)
                yield name, scores, mean, weights[:, column] * scale

    def _weights(self, histories: EventLog) -> Floats:
        """float64 [users, c]: the weights, or popularity alone for those who have liked nothing yet."""
        weights = np.tile(np.array(list(self.weights.values())), (histories.users, 1))
        if "popularity" in self.models:
            spoken = histories.positive | ((histories.text >= 0) & ~histories.negative)
            empty = np.bincount(histories.user[spoken], minlength=histories.users) == 0
            weights[empty] = [float(name == "popularity") for name in self.models]
        return weights

    def _turns(self, progress: Progress, start: float, end: float) -> Iterator[tuple[Recommender, Progress]]:
        """Each component with its part of the progress; one that learns takes most of it."""
        costs = [30.0 if hasattr(model, "curve") else 1.0 for model in self.models.values()]
        ends = start + (end - start) * np.cumsum(costs) / sum(costs)
        for model, first, last in zip(self.models.values(), [start, *ends[:-1]], ends, strict=True):
            yield model, progress.part(float(first), float(last))


def _added(
    found: Iterable[tuple[str, NDArray[np.float32], Floats, Floats]], histories: EventLog
) -> NDArray[np.float32]:
    """The sum of what `Hybrid._scored` tells, float32 [users, items]."""
    total = np.zeros((histories.users, histories.items), dtype=np.float32)
    weighed = np.empty_like(total)  # made once: new memory for each component takes longer than the product
    shift = np.zeros(histories.users)
    for _, scores, mean, factor in found:
        np.multiply(scores, factor[:, None].astype(np.float32), out=weighed)
        total += weighed
        shift += factor * mean
    total -= shift[:, None].astype(np.float32)
    return total


def _is_useful(model: Recommender, catalogue: Catalogue, hide_seen: bool) -> bool:
    if hide_seen and getattr(model, "only_seen", False):
        return False
    reads: Callable[[Catalogue], bool] | None = getattr(model, "reads", None)
    return reads is None or reads(catalogue)


def _shared_score(model: Recommender, histories: EventLog) -> NDArray[np.float32]:
    """Scores, float32 [users, items]; [1, items] of a model that gives all users the same."""
    return model.score(histories.block(0, 1) if getattr(model, "impersonal", False) else histories)


def spread(scores: NDArray[np.float32]) -> tuple[Floats, Floats]:
    """Mean of each row and what to multiply it by to get deviation 1 (0 for a flat row), float64 [n] each."""
    items = max(scores.shape[1], 1)
    # The product with ones is the fastest of sums.
    mean = (scores @ np.ones(scores.shape[1], dtype=np.float32)).astype(np.float64) / items
    square = np.einsum("ij,ij->i", scores, scores).astype(np.float64) / items
    deviation = np.sqrt(np.maximum(square - mean**2, 0.0))
    if (blurred := deviation < 0.01 * np.abs(mean)).any():  # float32 squares cannot tell so small a deviation
        deviation[blurred] = scores[blurred].std(1, dtype=np.float64)
    flat = deviation <= FLAT + 1e-6 * np.abs(mean)
    return mean, np.where(flat, 0.0, 1.0 / np.where(flat, 1.0, deviation))


@dataclass(frozen=True)
class Weights:
    """What the validation events chose.

    Attributes:
        values: weight of each component, which sum to 1.
        intervals: 95 % interval of each, over the cases.
    """

    values: dict[str, float]
    intervals: dict[str, tuple[float, float]]


def fit_weights(
    models: Mapping[str, Recommender], cases: Cases, hide_seen: bool, settings: HybridSettings, progress: Progress
) -> Weights:
    """Non-negative weights under which the truths are likeliest among their rivals, by a softmax; they sum to 1.

    Rivals are the best items of each component and of their even sum. A truth that is among none of them is out of
    reach for every sum and does not vote. The objective is convex, so that there is one answer.
    """
    from scipy.optimize import minimize

    found = [piece for piece in _rivals(models, cases, hide_seen, settings, progress) if len(piece[0])]
    if not found:
        return Weights(dict.fromkeys(models, 1.0 / len(models)), {})

    def loss(weights: Floats) -> tuple[float, Floats]:
        progress.check()
        parts = [_pull(ahead, real, weights) for ahead, real in found]
        count = sum(len(values) for values, _, _ in parts)
        slope = np.sum([slopes.sum(0) for _, slopes, _ in parts], axis=0)
        return float(sum(values.sum() for values, _, _ in parts)) / count, slope / count

    speaks = np.any([ahead.any((0, 1)) for ahead, _ in found], axis=0)  # the others tell no two items apart
    start = np.where(speaks, 0.1, 0.0)
    weights = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0.0, None)] * len(models)).x
    if weights.sum() <= 0:
        weights = speaks.astype(np.float64) if speaks.any() else np.ones(len(models))
    low, high = _intervals(weights, [_pull(ahead, real, weights) for ahead, real in found], settings.seed)
    values = dict(zip(models, (weights / weights.sum()).tolist(), strict=True))
    return Weights(values, dict(zip(models, zip(low.tolist(), high.tolist(), strict=True), strict=True)))


def _pull(ahead: NDArray[np.float32], real: NDArray[np.bool_], weights: Floats) -> tuple[Floats, Floats, Floats]:
    """Of n cases: the losses, float64 [n], their slopes, [n, c], and the mean curvature, [c, c].

    `ahead` is how far each rival is ahead of the truth, float32 [n, rivals, c]; `real` tells rivals from padding.
    """
    lead = np.where(real, ahead @ weights, -np.inf)
    top = np.maximum(lead.max(1, keepdims=True), 0.0)
    odds = np.exp(lead - top)
    whole = odds.sum(1, keepdims=True) + np.exp(-top)
    share = odds / whole  # [n, rivals]
    slopes = np.einsum("nr,nrc->nc", share, ahead)
    spread_out = np.einsum("nr,nrc,nrd->cd", share, ahead, ahead, optimize=True) - slopes.T @ slopes
    return (np.log(whole) + top)[:, 0], slopes, spread_out / len(ahead)


def _intervals(weights: Floats, parts: list[tuple[Floats, Floats, Floats]], seed: int) -> tuple[Floats, Floats]:
    """95 % intervals of the weights as shares of 1, by the score bootstrap (Kline & Santos 2012).

    Each resample of the cases moves the optimum by one Newton step, where a full bootstrap would fit anew each time.
    """
    slopes = np.concatenate([own for _, own, _ in parts])
    sizes = [len(own) for _, own, _ in parts]
    curvature = np.average([own for _, _, own in parts], axis=0, weights=sizes)
    inverse = np.linalg.pinv(curvature + 1e-9 * np.eye(len(weights)))
    rng = np.random.default_rng(seed)
    counts = rng.poisson(1.0, (RESAMPLES, len(slopes))).astype(np.float32) - 1.0
    moved = np.maximum(weights - (counts @ slopes / len(slopes)) @ inverse, 0.0)
    shares = moved / np.maximum(moved.sum(1, keepdims=True), 1e-12)
    low, high = np.quantile(shares, [0.025, 0.975], axis=0)
    return low, high


def _rivals(
    models: Mapping[str, Recommender], cases: Cases, hide_seen: bool, settings: HybridSettings, progress: Progress
) -> Iterator[tuple[NDArray[np.float32], NDArray[np.bool_]]]:
    """In blocks: how far rivals are ahead of the truth in each component (float32 [n, r, c]), and which are rivals."""
    rng = np.random.default_rng(settings.seed)
    chosen = np.sort(rng.permutation(len(cases.users))[: settings.cases])
    histories, truths = cases.histories.select(chosen), cases.truth[chosen]
    for start, end in ranking.blocks(len(chosen), histories.items):
        progress.step(start, len(chosen), "Weighing the components on the validation events")
        block, truth = histories.block(start, end), truths[start:end]
        single = [_standardised(_shared_score(model, block)) for model in models.values()]
        scores = np.stack([np.broadcast_to(own, (len(truth), histories.items)) for own in single])  # [c, n, items]
        hidden = np.zeros(len(truth), dtype=np.bool_)
        lists = []
        for own in (*scores, scores.sum(0)):
            shown = own.copy()
            if hide_seen:
                ranking.hide(shown, block)
            lists.append(ranking.top(shown, settings.rivals)[0])
        if hide_seen:
            hidden[block.user[block.item == truth[block.user]]] = True
        items = np.sort(np.concatenate(lists, axis=1), axis=1)  # [n, r]
        real = (items >= 0) & np.concatenate((np.ones((len(items), 1), np.bool_), np.diff(items, axis=1) != 0), axis=1)
        votes = ~hidden & (items == truth[:, None]).any(1)
        real &= items != truth[:, None]
        rows = np.arange(len(truth))
        ahead = scores[:, rows[:, None], np.maximum(items, 0)] - scores[:, rows, truth][:, :, None]  # [c, n, r]
        yield np.ascontiguousarray(ahead.transpose(1, 2, 0)[votes]), real[votes]


def _standardised(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    mean, scale = spread(scores)
    return (scores - mean[:, None].astype(np.float32)) * scale[:, None].astype(np.float32)
