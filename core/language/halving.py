"""What a device has too little memory for is done in halves, and halves of these."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError

Part = TypeVar("Part")


def in_halves(work: Callable[[NDArray[np.int64]], Part], rows: NDArray[np.int64]) -> list[Part]:
    """What `work` makes of `rows`, int64 [n]: of all at once, or, where the device's memory is short, of parts in turn.

    Raises:
        SeqlensError: there is not even the memory for one row.
    """
    import torch

    try:
        return [work(rows)]
    except torch.OutOfMemoryError as error:
        if len(rows) < 2:
            raise SeqlensError(
                "The device has too little memory. Close other programs that use it, take a smaller model, or choose "
                "another device."
            ) from error
    # Only here: while the error is held, so is the memory of what failed.
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    middle = len(rows) // 2
    return [*in_halves(work, rows[:middle]), *in_halves(work, rows[middle:])]
