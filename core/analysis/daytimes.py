"""Parts of the day and of the week, as people speak of them; hours and days are so many hours ahead of UTC."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.analysis.rhythms import DAY, HOUR, MONDAY

Daytime = Literal["night", "morning", "afternoon", "evening"]
# First hour, and the hour after the last one.
DAYTIMES: dict[Daytime, tuple[int, int]] = {
    "night": (0, 6),
    "morning": (6, 12),
    "afternoon": (12, 18),
    "evening": (18, 24),
}
WEEKEND = (5, 6)  # days of the week, Monday is 0
DAYS: dict[str, tuple[int, ...]] = {
    "weekend": WEEKEND,
    "workdays": (0, 1, 2, 3, 4),
    **{str(day): (day,) for day in range(7)},
}


OFFSETS = (-12, 14)  # hours ahead of UTC that a place may be


def hour_of(time: NDArray[np.int64], offset: int = 0) -> NDArray[np.int64]:
    """The hour of the day of each time, int64 [n], 0 to 23, `offset` hours ahead of UTC."""
    return (time // HOUR + offset) % 24


def weekday_of(time: NDArray[np.int64], offset: int = 0) -> NDArray[np.int64]:
    """The day of the week of each time, int64 [n], Monday is 0, `offset` hours ahead of UTC."""
    return ((time + offset * HOUR) // DAY + MONDAY) % 7
