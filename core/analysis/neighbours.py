"""Who or what is most like a chosen one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from core.analysis.projection import Space


def nearest(space: Space, row: int, count: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The rows of the space nearest to a row by the cosine of their vectors, the nearest first, without itself.

    Returns:
        int64 [<= count] and the cosines, float32 [<= count].
    """
    alike = space.vectors @ space.vectors[row]
    alike[row] = -np.inf
    count = min(count, len(alike) - 1)
    if count < 1:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
    some = np.argpartition(-alike, count - 1)[:count]
    some = some[np.lexsort((some, -alike[some]))]
    return some, alike[some]
