"""What a list is for, beyond what the model holds likeliest: a named policy, and the rules that it makes of items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Self, cast

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError

if TYPE_CHECKING:
    from core.language.tags import ItemTags
    from core.sequences.log import Catalogue

KIND = "policy"  # of the documents that hold policies (`core.saved`)
ANYTHING = "*"  # the target that is whatever speaks for an item


@dataclass(frozen=True)
class Policy:
    """How a list is put in order. The default leaves it as the model has it.

    Attributes:
        target: name of the behaviour that the list is to bring about; `ANYTHING` for whatever comes next, which tells
            probabilities and leaves the order as it is; empty for neither.
        diversity: 0 to 1; how much of an item's value is lost where it resembles one that stands above it
            (maximal marginal relevance, Carbonell & Goldstein 1998: `diversity` is 1 - λ).
        novelty: 0 to 1; what an item gains that is unlike everything in the user's history.
        popularity: -1 to 1; what an item gains, or below 0 loses, by how many users have it.
        tastes: 0 to 1; how closely the list keeps the user's mix of categories (calibrated recommendations,
            Steck 2018: his λ).
        excluded: categories that are left out. An item of several ("Comedy|Romance") is left out with each of them.
        cheapest, dearest: the range of prices, both included; None for no bound. With a bound, items of unknown price
            are left out.
        stock: ids of the items that are in stock; None where all are.
        most: at most so many items of one category; 0 for no limit. An item counts for each category that it has;
            items without a category are one category.
        pinned: ids of items that stand at the top of every list, in this order, whatever the other rules say.
        banned: ids of items that stand in no list.
    """

    target: str = ""
    diversity: float = 0.0
    novelty: float = 0.0
    popularity: float = 0.0
    tastes: float = 0.0
    excluded: tuple[str, ...] = ()
    cheapest: float | None = None
    dearest: float | None = None
    stock: tuple[str, ...] | None = None
    most: int = 0
    pinned: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        shares = (self.diversity, self.novelty, self.tastes)
        if not all(0.0 <= share <= 1.0 for share in shares) or not -1.0 <= self.popularity <= 1.0:
            raise SeqlensError("Diversity, novelty and tastes lie from 0 to 1, popularity from -1 to 1.")
        if self.most < 0:
            raise SeqlensError("The limit of items of a category is a number from 0 (no limit) upwards.")
        if self.cheapest is not None and self.dearest is not None and self.cheapest > self.dearest:
            raise SeqlensError(
                "The lowest price, {low}, is above the highest, {high}.", low=self.cheapest, high=self.dearest
            )
        both = sorted(set(self.pinned) & set(self.banned))
        if both:
            raise SeqlensError("{item} cannot be pinned and banned at once.", item=both[0])

    @property
    def plain(self) -> bool:
        """Whether it changes nothing."""
        return self == Policy()

    @property
    def reorders(self) -> bool:
        """Whether the best candidates are put in another order, or some of them left out as too many."""
        sliders = (self.diversity, self.novelty, self.popularity, self.tastes)
        return bool(self.target not in ("", ANYTHING) or any(sliders) or self.most)

    def to_dict(self) -> dict[str, object]:
        """Ready for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, body: Mapping[str, object]) -> Self:
        """The inverse of `to_dict`; what this version does not know is left out.

        Raises:
            SeqlensError: a value cannot be what it is.
        """
        known = {entry.name for entry in fields(cls)}
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in body.items()}
        try:
            return cls(**cast("dict[str, Any]", {name: value for name, value in values.items() if name in known}))
        except TypeError as error:
            raise SeqlensError("This policy cannot be read. It is of a newer Seqlens.") from error


@dataclass(frozen=True)
class Rules:
    """What a policy says of each item.

    Attributes:
        allowed: bool [items], which items may be listed on their merits; a pinned one is not among them.
        pinned: int32 [p], items that stand on top.
    """

    allowed: NDArray[np.bool_]
    pinned: NDArray[np.int32]


def rules(policy: Policy, catalogue: Catalogue, tags: ItemTags, items: int) -> Rules:
    """The rules of a policy for the first `items` of a catalogue, whose categories are in `tags`.

    Raises:
        SeqlensError: a pinned or banned item, or an excluded category, is not in the catalogue.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    allowed = np.ones(items, dtype=np.bool_)
    pinned = _codes(catalogue, policy.pinned, items)
    for codes in (pinned, _codes(catalogue, policy.banned, items)):
        allowed[codes] = False
    for name in policy.excluded:
        own = tags.named(name)
        if not own.any():
            raise SeqlensError("There is no category {category} in this workspace.", category=name)
        allowed &= ~own[:items]
    if policy.stock is not None:
        allowed &= _booleans(pc.is_in(catalogue.ids, pa.array(policy.stock, pa.string())))[:items]
    prices = catalogue.prices[:items]
    if policy.cheapest is not None:
        allowed &= prices >= np.float32(policy.cheapest)  # false of an unknown price, which is no number
    if policy.dearest is not None:
        allowed &= prices <= np.float32(policy.dearest)
    return Rules(allowed, pinned)


def broken(policy: Policy, catalogue: Catalogue, tags: ItemTags, item: int) -> tuple[tuple[str, str], ...]:
    """Which rules of a policy keep an item out of every list, pinned or not, in the order of its fields.

    Each is the name of a field of `Policy` and what it is about: an excluded category, a price bound, or nothing. A
    price that is not known breaks each bound.
    """
    own, price = str(catalogue.ids[item].as_py()), float(catalogue.prices[item])
    found = [("excluded", name) for name in policy.excluded if tags.named(name)[item]]
    low, high = policy.cheapest, policy.dearest
    if low is not None and not price >= np.float32(low):
        found.append(("cheapest", str(low)))
    if high is not None and not price <= np.float32(high):
        found.append(("dearest", str(high)))
    if policy.stock is not None and own not in policy.stock:
        found.append(("stock", ""))
    if own in policy.banned:
        found.append(("banned", ""))
    return tuple(found)


def _codes(catalogue: Catalogue, ids: tuple[str, ...], items: int) -> NDArray[np.int32]:
    import pyarrow as pa
    import pyarrow.compute as pc

    if not ids:
        return np.zeros(0, dtype=np.int32)
    found = pc.index_in(pa.array(ids, pa.string()), value_set=catalogue.ids).to_pylist()
    for name, code in zip(ids, found, strict=True):
        if code is None or code >= items:
            raise SeqlensError("There is no item {item} that the model knows. Take it out of the policy.", item=name)
    return np.array(list(dict.fromkeys(found)), dtype=np.int32)


def _booleans(column: Any) -> NDArray[np.bool_]:
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.bool_)
