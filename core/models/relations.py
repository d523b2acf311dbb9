"""What is related to the things liked: the fading history spreads over a graph of items and other things.

A liked item passes its weight on to its neighbours and, through each thing that it shares with other items (a director,
a brand), to those items: personalised propagation of one and of two steps, as LightGCN and APPNP do without learned
weights (He et al. 2020; Gasteiger et al. 2019). Every passing is divided by powers of both ends' degrees, so that a
genre of a thousand items says less than a director of three. The sum is linear in events, and each term is a path.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, ClassVar, cast

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.models.attribution import Shares, linear
from core.models.base import Settings, Tensors
from core.models.beside import Graph, kept_names, names_of
from core.models.choosing import best_of
from core.models.histories import fading, profiles
from core.models.outside import lent_to_later
from core.models.parts import OneComponent
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from core.evaluation.split import Cases
    from core.models.base import Recommender
    from core.models.growing import Newcomers
    from core.training.checkpoints import CheckpointStore

Floats = NDArray[np.float32]

DECAYS = (1.0, 0.9, 0.7, 0.5)  # of a history, tried on validation
POWERS = (0.35, 0.5, 0.7)  # of the degrees, tried on validation
USUAL_DECAY, USUAL_POWER = 0.7, 0.5  # where nothing chooses


@dataclass(frozen=True)
class RelationsSettings:
    """Settings of the propagation.

    Attributes:
        history_decay: what each later event leaves of an event's weight in a history; None: chosen on validation.
        power: how much ends with many relations are held back, a power of the degree; None: chosen on validation.
        direct: weight of a neighbour beside that of an item which shares something.
        history: events of a history that are looked at, the last ones.
    """

    history_decay: float | None = None
    power: float | None = None
    direct: float = 1.0
    history: int = 50

    def __post_init__(self) -> None:
        if self.history < 1 or (self.history_decay is not None and not 0 < self.history_decay <= 1):
            raise SeqlensError("A decay lies above 0 and at most at 1, and the history has at least one event.")
        if not 0 <= (self.power or 0.0) <= 1 or self.direct < 0:
            raise SeqlensError("The power of degrees lies from 0 to 1, and the weight of neighbours is not below 0.")


@dataclass(frozen=True)
class Step:
    """One relation of a path, `forward` where it is walked from its head to its tail."""

    relation: str
    forward: bool


@dataclass(frozen=True)
class Path:
    """A way from a past item to an explained one.

    Attributes:
        start: code of the past item.
        first: how it is left.
        via: code of the item in between, or the name of what else is; None where there is nothing in between.
        second: how that is left; None for a path of one step.
        share: of all that the relations gave to the explained item.
    """

    start: int
    first: Step
    via: int | str | None
    second: Step | None
    share: float


class Relations(OneComponent):
    """Adds up, over a fading history, what passes from its items to each item by one and by two relations.

    What would come back to the item that it went out from is left out.
    """

    name: ClassVar[str] = "relations"

    def __init__(self, settings: RelationsSettings | None = None, graph: Graph | None = None) -> None:
        self.settings = settings or RelationsSettings()
        self.graph = graph
        self._steps: csr_array | None = None

    @property
    def items(self) -> int:
        """Number of items that it was fitted with."""
        return self._graph().items

    def fit(self, log: EventLog, catalogue: Catalogue, progress: Progress) -> None:
        """Weigh the relations; nothing is learned from the events.

        Raises:
            SeqlensError: there are none.
        """
        del log, catalogue
        progress.step(0, 1, "Weighing the relations of items")
        self._steps = self._weighed(self.settings)
        progress.step(1, 1, "Weighing the relations of items")

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
        """Weigh them, and choose on `cases` how fast a history fades and how much high degrees are held back."""
        del checkpoints, finish
        given = self.settings
        powers = POWERS if given.power is None else (given.power,)
        decays = DECAYS if given.history_decay is None else (given.history_decay,)
        tried = [replace(given, power=power, history_decay=decay) for power in powers for decay in decays]
        steps = {power: self._weighed(replace(given, power=power)) for power in powers}

        def score(settings: RelationsSettings, histories: EventLog) -> Floats:
            return _scored(settings, steps[settings.power or 0.0], histories)

        self.settings = best_of(tried, score, cases, hide_seen, progress.part(0.0, 0.9))
        self.fit(log, catalogue, progress.part(0.9, 1.0))

    def unfitted(self) -> Relations:
        """The same graph and choices."""
        return Relations(self.settings, self.graph)

    def score(self, histories: EventLog) -> Floats:
        """Scores of every item for each history, float32 [users, items]; all 0 where the history is empty."""
        return _scored(self.settings, self._fitted(), histories)

    def event_shares(self, history: EventLog, items: NDArray[np.int32]) -> Shares:
        """The score is a sum over events."""
        weights = _faded(self.settings, history)
        used = np.flatnonzero(weights)
        steps, sources = self._fitted(), history.item[used]
        passed = (steps[sources] @ steps[items].T).toarray()
        passed += self.settings.direct * steps[sources][:, items].toarray()
        passed[sources[:, None] == items] = 0.0
        terms = np.zeros((len(items), history.events))
        terms[:, used] = (passed * weights[used, None]).T
        return linear(np.zeros(len(items)), terms)

    def paths(self, history: EventLog, item: int, most: int) -> tuple[Path, ...]:
        """The paths from past items to `item` that carried most of its score, the strongest first."""
        steps, weights = self._fitted(), _faded(self.settings, history)
        past = np.bincount(history.item[weights > 0], weights[weights > 0], minlength=steps.shape[0])
        past[item] = 0.0
        starts = np.flatnonzero(past)
        through = steps[starts].multiply(steps[[item]]).tocoo()  # (past items, nodes)
        beside = self.settings.direct * steps[starts][:, [item]].toarray()[:, 0]
        given: NDArray[np.float64] = np.concatenate((through.data * past[starts[through.row]], beside * past[starts]))
        start = np.concatenate((starts[through.row], starts))
        via = np.concatenate((through.col, np.full(len(starts), -1)))
        total = float(given.sum())
        order = np.argsort(-given, kind="stable")[:most]
        return tuple(
            self._path(int(start[place]), int(via[place]), item, float(given[place]) / total)
            for place in order
            if given[place] > 0
        )

    def grown(self, newcomers: Newcomers) -> Recommender:
        """The same; items that came in after the fit are lent the scores of those whose texts are like their own."""
        return lent_to_later(cast("Recommender", self), newcomers)

    def state(self) -> tuple[Tensors, Settings]:
        self._fitted()
        graph = self._graph()
        names = {"entities": kept_names(graph.entities), "relations": kept_names(graph.relations)}
        ends: Tensors = {"head": graph.head, "relation": graph.relation, "tail": graph.tail}
        return {**ends, **names}, {"settings": asdict(self.settings), "items": graph.items}

    @classmethod
    def from_state(cls, tensors: Tensors, settings: Settings) -> Relations:
        try:
            chosen = RelationsSettings(**cast("dict[str, object]", settings["settings"]))  # type: ignore[arg-type]
            head, relation, tail = (cast("NDArray[np.int32]", tensors[name]) for name in ("head", "relation", "tail"))
            entities, relations = (
                names_of(cast("NDArray[np.uint8]", tensors[name])) for name in ("entities", "relations")
            )
            graph = Graph(cast(int, settings["items"]), head, relation, tail, entities, relations)
            for places, size in ((head, graph.nodes), (tail, graph.nodes), (relation, len(relations))):
                if places.shape != head.shape or (len(places) and not 0 <= places.min() <= places.max() < size):
                    raise ValueError(size)
            model = cls(chosen, graph)
            model._steps = model._weighed(chosen)
        except (KeyError, TypeError, ValueError) as error:
            raise SeqlensError("This model cannot be read. It is damaged or of a newer Seqlens.") from error
        return model

    def _path(self, start: int, via: int, item: int, share: float) -> Path:
        graph = self._graph()
        if via < 0:
            return Path(start, self._relation(start, item), None, None, share)
        name = via if via < graph.items else graph.entities[via - graph.items]
        return Path(start, self._relation(start, via), name, self._relation(via, item), share)

    def _relation(self, start: int, end: int) -> Step:
        """How two nodes that are neighbours are related, first from `start` to `end`."""
        graph = self._graph()
        for ends, forward in (((start, end), True), ((end, start), False)):
            found = np.flatnonzero((graph.head == ends[0]) & (graph.tail == ends[1]))
            if len(found):
                return Step(graph.relations[int(graph.relation[found[0]])], forward)
        raise AssertionError("no neighbours")

    def _weighed(self, settings: RelationsSettings) -> csr_array:
        """What passes in a step from each item to each node, float32 [items, nodes]; symmetric among the items."""
        from scipy.sparse import coo_array, csr_array

        graph = self._graph()
        apart = graph.head != graph.tail
        ends = np.stack((graph.head[apart], graph.tail[apart]))
        both = np.concatenate((ends, ends[::-1]), axis=1)
        ones = np.ones(both.shape[1], dtype=np.float32)
        edges = coo_array((ones, (both[0], both[1])), shape=(graph.nodes, graph.nodes)).tocsr()
        power = USUAL_POWER if settings.power is None else settings.power
        held = np.maximum(np.asarray(edges.sum(1), dtype=np.float64), 1.0) ** -power
        data = edges.data * np.repeat(held, np.diff(edges.indptr)) * held[edges.indices]
        whole = csr_array((data.astype(np.float32), edges.indices, edges.indptr), shape=edges.shape)
        return cast("csr_array", whole[: graph.items])

    def _graph(self) -> Graph:
        if self.graph is None or not len(self.graph.head):
            raise SeqlensError("Nothing is known of how items are related. Import a file of relations first.")
        return self.graph

    def _fitted(self) -> csr_array:
        if self._steps is None:
            raise SeqlensError("The relations of items have not been weighed yet.")
        return self._steps


def _faded(settings: RelationsSettings, histories: EventLog) -> Floats:
    decay = USUAL_DECAY if settings.history_decay is None else settings.history_decay
    return fading(histories, decay, settings.history)


def _scored(settings: RelationsSettings, steps: csr_array, histories: EventLog) -> Floats:
    liked = profiles(histories, _faded(settings, histories))
    items = steps.shape[0]
    passed = liked @ steps  # [users, nodes]
    scores = (passed @ steps.T).toarray()
    scores += np.float32(settings.direct) * passed[:, :items].toarray()
    returned = np.asarray(steps.multiply(steps).sum(1), dtype=np.float32)
    back = liked.multiply(returned[None]).tocoo()
    np.subtract.at(scores, (back.row, back.col), back.data)  # what came back to where it went out from
    return cast("Floats", np.maximum(scores, 0.0))  # but for rounding, nothing is below
