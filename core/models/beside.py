"""What is known of items beside their events and texts; each kind is a component of the hybrid where it is there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NAMES = ("vectors",)  # of the components, in the order in which they are shown


@dataclass(frozen=True)
class Beside:
    """What there is of each kind, None where nothing.

    Attributes:
        vectors: float32 [items, d], made elsewhere, of length one; zeros where an item has none.
    """

    vectors: NDArray[np.float32] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The components that it makes."""
        return tuple(name for name in NAMES if getattr(self, name) is not None)


NOTHING = Beside()
