"""What the page of the map asks of core on worker threads; nothing here touches a widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np

from core.analysis import clusters, naming, neighbours, projection
from core.analysis.projection import Space
from core.chosen import reading_of, texts
from core.errors import SeqlensError
from core.language.vectors import item_vectors, stored_vectors
from core.sequences.log import EventLog
from core.trained import kept_test, model_of, record_of, repeat_test
from desktop_app.parts.segments_work import put_new
from desktop_app.widgets.finding import FOUND, find_items

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from core.analysis.naming import Term, Vocabulary
    from core.language.reading import Reading
    from core.models.ensemble import TransformerEnsemble
    from core.progress import Progress
    from core.workspace import Workspace

Of = Literal["users", "items"]
By = Literal["model", "language"]

NEIGHBOURS = 20  # that are listed of a chosen point
CLASSES = 7  # categories with colours of their own, the largest ones; the rest shares one
MODEL = "transformer"
DAY = 86_400_000_000  # microseconds
EVENTS, RECENCY, USERS, CATEGORY, BEHAVIOUR = "events", "recency", "users", "category", "behaviour:"
PRICE, VALUE = "price", "value"  # of items or of events; of several the mean
RANK = "rank"  # that the active run gave to what came next: low where it understands a user, or knows an item's time


@dataclass(frozen=True)
class Setting:
    """What there is to make a map of.

    Attributes:
        users, items: how many there are.
        run: id of the active run if it has a sequence model, else empty; `run_name` is what the analyst calls it.
        titles: whether any item has a text.
        read: whether the language vectors of all texts are in the workspace.
        behaviours: names of the behaviours that occur.
        timed, values: whether events have times, and values.
        prices, categories: whether items have them.
        tested: id of the run that makes the lists, whose test says how well it understands users; `tested_name` is what
            the analyst calls it. Empty where there is none, or where the data changed since it was trained.
    """

    users: int = 0
    items: int = 0
    run: str = ""
    run_name: str = ""
    titles: bool = False
    read: bool = False
    behaviours: tuple[str, ...] = ()
    timed: bool = False
    values: bool = False
    prices: bool = False
    categories: bool = False
    tested: str = ""
    tested_name: str = ""


@dataclass(frozen=True)
class Choice:
    """Whose map, by what, and by which run where a model is asked."""

    of: Of
    by: By
    run: str = ""


@dataclass(frozen=True)
class Mapped:
    """A map that is ready to be shown.

    Attributes:
        space: who is on it.
        places: float32 [n, 2].
        names: ids of users, or titles of items (ids where they have none), of the points.
        events: int64 [n], of each point.
    """

    choice: Choice
    layout: str
    space: Space
    places: NDArray[np.float32]
    names: pa.StringArray
    events: NDArray[np.int64]


@dataclass(frozen=True)
class Figure:
    """What points are coloured by.

    Attributes:
        values: float32 [n], NaN where unknown; of classes their number, -1 for all others.
        classes: names of the classes, the largest first; empty where the values are numbers.
        counts: whether the values are counts, whose colours follow their logarithm.
        prices: whether they are prices, whose colours do so too: a few things cost a hundred times what most do.
        falling: whether the lowest value is the best, which has the brightest colour.
    """

    name: str
    values: NDArray[np.float32]
    classes: tuple[str, ...] = ()
    counts: bool = False
    prices: bool = False
    falling: bool = False

    @property
    def logarithmic(self) -> bool:
        """Whether colours follow the logarithm of one and the value."""
        return self.counts or (self.prices and not bool((self.values < 0).any()))


@dataclass(frozen=True)
class Grouped:
    """Clusters of the points of a map.

    Attributes:
        labels: int32 [n], 0 the largest, -1 for points in none.
        sizes: int64 [groups].
        terms: what is typical for each, the most surprising first.
        middles: float32 [groups, 2], where most of each stands.
    """

    labels: NDArray[np.int32]
    sizes: NDArray[np.int64]
    terms: list[list[Term]]
    middles: NDArray[np.float32]


@dataclass(frozen=True)
class Near:
    """The nearest neighbours of a point: rows on the map and cosines."""

    row: int
    rows: NDArray[np.int64]
    alike: NDArray[np.float32]


def setting(workspace: Workspace, progress: Progress) -> Setting:
    """Look what there is to make a map of."""
    counts, run = workspace.counts(), workspace.active_run()
    progress.check()
    catalogue, log = workspace.catalogue(), workspace.log()
    titles = any(catalogue.texts)
    progress.check()
    suited = run is not None and (run.model == MODEL or MODEL in run.weights)
    done = np.bincount(log.behaviour, minlength=len(log.behaviours))
    tested = run is not None and run.fingerprint == workspace.fingerprint
    return Setting(
        users=counts.users,
        items=counts.items,
        run=run.id if run is not None and suited else "",
        run_name=run.name if run is not None and suited else "",
        titles=titles,
        read=titles and _language(workspace) is not None,
        behaviours=tuple(each.name for each, count in zip(log.behaviours, done, strict=True) if count),
        timed=counts.timed,
        values=bool(np.isfinite(log.value).any()),
        prices=bool(np.isfinite(catalogue.prices).any()),
        categories=catalogue.categories.null_count < len(catalogue.categories),
        tested=run.id if run is not None and tested else "",
        tested_name=run.name if run is not None and tested else "",
    )


def read_texts(workspace: Workspace, progress: Progress) -> None:
    """Compute the language vectors of all texts and keep them in the workspace; a long job."""
    reading = _reading(workspace)
    item_vectors(texts(workspace, reading), reading, workspace.vectors, progress)


def lay_out(workspace: Workspace, choice: Choice, layout: str, progress: Progress) -> Mapped:
    """The map: "pca" at once, "tsne" in minutes; the last one of each is kept in memory.

    Raises:
        SeqlensError: there is no vector of anybody.
    """
    space = _space(workspace, choice, progress.part(0.0, 0.2))
    if not len(space.codes):
        raise SeqlensError("Nobody here has a vector, so there is no map. Choose another one above.")

    def place() -> NDArray[np.float32]:
        if layout == "tsne":
            return projection.tsne(space, progress.part(0.2, 1.0))
        return projection.pca(space)

    places = workspace.keep(f"map {choice.of} {choice.by} {layout}", _stamp(workspace, choice), place)
    return Mapped(choice, layout, space, places, *_named(workspace, choice.of, space.codes))


def figure(workspace: Workspace, mapped: Mapped, name: str, progress: Progress) -> Figure:
    """A figure of every point by its name (`EVENTS` and so on; a behaviour's after `BEHAVIOUR`)."""
    progress.check()
    log, codes = workspace.log(), mapped.space.codes
    key, size = (log.user, log.users) if mapped.choice.of == "users" else (log.item, log.items)
    if name == CATEGORY:
        return _category(workspace, codes)
    if name == PRICE:
        prices = workspace.catalogue().prices
        if mapped.choice.of == "items":
            return Figure(name, prices[codes].astype(np.float32), prices=True)
        about = log.item >= 0
        return Figure(name, _mean(key[about], prices[log.item[about]], size)[codes], prices=True)
    if name == VALUE:
        return Figure(name, _mean(key, log.value, size)[codes])
    if name == RECENCY:
        last = np.full(size, np.iinfo(np.int64).min)
        about = key >= 0
        np.maximum.at(last, key[about], log.time[about])
        days = (int(log.time.max(initial=0)) - last[codes]) / DAY
        return Figure(name, np.where(last[codes] == np.iinfo(np.int64).min, np.nan, days).astype(np.float32))
    if name == USERS:
        about = np.flatnonzero(log.item >= 0)
        pairs = np.unique(log.user[about].astype(np.int64) * log.items + log.item[about]) % max(log.items, 1)
        return Figure(name, np.bincount(pairs, minlength=size)[codes].astype(np.float32), counts=True)
    chosen = key >= 0
    if name.startswith(BEHAVIOUR):
        wanted = [code for code, each in enumerate(log.behaviours) if each.name == name.removeprefix(BEHAVIOUR)]
        chosen = chosen & np.isin(log.behaviour, wanted)
    return Figure(name, np.bincount(key[chosen], minlength=size)[codes].astype(np.float32), counts=True)


def ranks(workspace: Workspace, mapped: Mapped, run: str, progress: Progress) -> Figure | None:
    """At which rank a run had what came next for each user, or each item when it came; None before `repeat_test`.

    Raises:
        SeqlensError: the data changed since the run was trained.
    """
    progress.check()
    found = kept_test(workspace, record_of(workspace, run))
    if found is None:
        return None
    log = workspace.log()
    each = found.users_ranks(log.users, log.items) if mapped.choice.of == "users" else found.items_ranks(log.items)
    return Figure(RANK, each[mapped.space.codes], counts=True, falling=True)


def test_run(workspace: Workspace, run: str, progress: Progress) -> None:
    """Repeat the test of a run that was made before its ranks were kept; a long job."""
    repeat_test(workspace, record_of(workspace, run), progress)


def _mean(key: NDArray[np.int32], values: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    """The mean of the known values of each user or item, float32 [size]; NaN without one. Keys below 0 are nobody's."""
    known = np.isfinite(values) & (key >= 0)
    count = np.bincount(key[known], minlength=size)
    total = np.bincount(key[known], values[known], minlength=size)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan).astype(np.float32)


def group(workspace: Workspace, mapped: Mapped, method: str, number: int, progress: Progress) -> Grouped:
    """Clusters by "kmeans", `number` of them, or by "hdbscan", of at least `number` points, with their names."""
    if method == "kmeans":
        labels = clusters.kmeans(mapped.space.axes, number, progress.part(0.0, 0.6))
    else:
        labels = clusters.hdbscan(mapped.places, number, progress.part(0.0, 0.6))
    progress.check()
    sizes = clusters.sizes(labels)
    terms = _typical(workspace, mapped, labels, mapped.space.codes, most=3)
    progress.check()
    middles = np.array([np.median(mapped.places[labels == one], axis=0) for one in range(len(sizes))])
    return Grouped(labels, sizes, terms, middles.reshape(-1, 2).astype(np.float32))


def typical(workspace: Workspace, mapped: Mapped, marked: NDArray[np.bool_], progress: Progress) -> list[Term]:
    """What is typical for the marked points beside all others of the map."""
    progress.check()
    labels = np.where(marked, 0, -1).astype(np.int32)
    found = _typical(workspace, mapped, labels, mapped.space.codes, most=5)
    return found[0] if found else []


def near(mapped: Mapped, row: int, count: int, progress: Progress) -> Near:
    """The `count` nearest neighbours of a point by its vector, which may stand elsewhere on the map."""
    progress.check()
    return Near(row, *neighbours.nearest(mapped.space, row, count))


def find_points(workspace: Workspace, mapped: Mapped, text: str, progress: Progress) -> list[tuple[str, int]]:
    """Name and row of the first points whose id, or title of an item, contains `text` in either case."""
    codes = mapped.space.codes
    if mapped.choice.of == "items":
        found = find_items(workspace, text, progress, codes)
    else:
        table = workspace.users()
        progress.check()
        some = table.arrange(text, among=codes)[:FOUND]
        found = list(zip(table.ids.take(some).to_pylist(), some.tolist(), strict=True))
    rows = np.searchsorted(codes, [code for _, code in found])
    return [(name, row) for (name, _), row in zip(found, rows.tolist(), strict=True)]


def members(workspace: Workspace, segment: str, progress: Progress) -> NDArray[np.int32]:
    """Codes of the users of a saved segment."""
    progress.check()
    return workspace.segment(segment)


def users_of(workspace: Workspace, items: NDArray[np.int32], progress: Progress) -> NDArray[np.int32]:
    """Codes of the users who chose any of these items, int32 [n], ascending."""
    progress.check()
    log = workspace.log()
    wanted = np.zeros(log.items, dtype=np.bool_)
    wanted[items] = True
    return np.unique(log.user[log.positive & wanted[log.item]])


def save_clusters(workspace: Workspace, name: str, groups: dict[str, NDArray[np.int32]]) -> None:
    """Keep clusters of users by their labels, so that segments can ask for them.

    Raises:
        SeqlensError: the name is empty or taken.
    """
    put_new(workspace, "clusters", name, {label: codes.tolist() for label, codes in groups.items()})


def _space(workspace: Workspace, choice: Choice, progress: Progress) -> Space:
    def load() -> Space:
        if choice.by == "model":
            return _model_space(workspace, choice, progress)
        vectors = _language(workspace)
        if vectors is None:
            raise SeqlensError("The texts of the items have not been read yet. Have them read first.")
        if choice.of == "users":
            vectors = projection.profiles(workspace.log(), vectors)
        return Space.of(vectors, progress)

    return workspace.keep(f"map space {choice.of} {choice.by}", _stamp(workspace, choice), load)


def _model_space(workspace: Workspace, choice: Choice, progress: Progress) -> Space:
    """Vectors by the serving fit of a run; users are encoded after they were drawn, which is what takes long."""
    record = record_of(workspace, choice.run)
    model: Any = model_of(workspace, record, "serving")
    network = cast("TransformerEnsemble", getattr(model, "models", {}).get(MODEL, model))
    if choice.of == "items":
        return Space.of(network.item_vectors(), progress)
    log: EventLog = workspace.log().known(record.items, record.behaviours)
    active = np.flatnonzero(log.lengths > 0)
    some = projection.drawn(active, projection.MOST)
    vectors = network.user_vectors(log.select(some), progress.part(0.0, 0.9))
    found = Space.of(vectors, progress.part(0.9, 1.0), codes=some.astype(np.int32))
    return Space(
        *(found.codes, found.vectors, found.axes, found.explained),
        without=log.users - len(active),
        left_out=len(active) - len(some),
    )


def _language(workspace: Workspace) -> NDArray[np.float32] | None:
    """Language vectors of the items, where they are in the workspace."""
    reading = _reading(workspace)
    found = stored_vectors(texts(workspace, reading), reading, workspace.vectors)
    return None if found is None else found[: workspace.catalogue().items]


def _reading(workspace: Workspace) -> Reading:
    return reading_of(workspace, workspace.active_run())


def _stamp(workspace: Workspace, choice: Choice) -> str:
    return f"{workspace.fingerprint} {choice.run if choice.by == 'model' else _reading(workspace)}"


def _named(workspace: Workspace, of: Of, codes: NDArray[np.int32]) -> tuple[pa.StringArray, NDArray[np.int64]]:
    import pyarrow.compute as pc

    log = workspace.log()
    if of == "users":
        return workspace.users().ids.take(codes), log.lengths[codes]
    catalogue = workspace.catalogue()
    events = np.bincount(log.item[log.item >= 0], minlength=log.items)
    return pc.coalesce(catalogue.titles, catalogue.ids).take(codes), events[codes]


def _category(workspace: Workspace, codes: NDArray[np.int32]) -> Figure:
    encoded = workspace.catalogue().categories.dictionary_encode()
    names = [str(name) for name in encoded.dictionary.to_pylist()]
    code = encoded.indices.fill_null(len(names)).to_numpy(zero_copy_only=False)[codes]
    counts = np.bincount(code, minlength=len(names) + 1)[: len(names)]
    order = np.argsort(-counts, kind="stable")[:CLASSES]
    place = np.full(len(names) + 1, -1.0, dtype=np.float32)
    place[order] = np.arange(len(order))
    return Figure(CATEGORY, place[code], tuple(names[one] for one in order))


def _typical(
    workspace: Workspace, mapped: Mapped, labels: NDArray[np.int32], codes: NDArray[np.int32], most: int
) -> list[list[Term]]:
    log = workspace.log()
    terms: Vocabulary = workspace.keep(
        "map vocabulary", workspace.fingerprint, lambda: naming.vocabulary(workspace.catalogue())
    )
    if mapped.choice.of == "users":
        return naming.typical_of_users(labels, codes, log, terms, most)
    return naming.typical_of_items(labels, codes, log, terms, most)
