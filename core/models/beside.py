"""What is known of items beside their events and texts; each kind is a component of the hybrid where it is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NAMES = ("vectors", "relations", "pictures")  # of the components, in the order in which they are shown


@dataclass(frozen=True, eq=False)
class Graph:
    """Items and other things, and how they are related.

    Attributes:
        items: number of items; they are the first nodes, by their codes.
        head, tail: int32 [edges], nodes; entities come after the items.
        relation: int32 [edges], place in `relations`.
        entities: names of the other nodes.
        relations: names of the kinds of edges.
    """

    items: int
    head: NDArray[np.int32]
    relation: NDArray[np.int32]
    tail: NDArray[np.int32]
    entities: tuple[str, ...]
    relations: tuple[str, ...]

    @property
    def nodes(self) -> int:
        return self.items + len(self.entities)


@dataclass(frozen=True)
class Beside:
    """What there is of each kind, None where nothing.

    Attributes:
        vectors: float32 [items, d], made elsewhere, of length one; zeros where an item has none.
        relations: of items among each other and with other things.
        pictures: float32 [items, d], vectors of the items' pictures, of length one; zeros where there is none.
    """

    vectors: NDArray[np.float32] | None = None
    relations: Graph | None = None
    pictures: NDArray[np.float32] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The components that it makes."""
        return tuple(name for name in NAMES if getattr(self, name) is not None)


NOTHING = Beside()


def kept_names(names: Sequence[str]) -> NDArray[np.uint8]:
    """Names without line ends as an array, a line each; `names_of` reads them back."""
    return np.frombuffer("".join(name + "\n" for name in names).encode("utf-8", "surrogatepass"), dtype=np.uint8)


def names_of(kept: NDArray[np.uint8]) -> tuple[str, ...]:
    """The inverse of `kept_names`."""
    return tuple(kept.tobytes().decode("utf-8", "surrogatepass").split("\n")[:-1])
