"""Where a training keeps its state, so that a stopped or killed one goes on where it was."""

from __future__ import annotations

from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Tensors: TypeAlias = dict[str, NDArray[np.generic]]
Settings: TypeAlias = dict[str, object]


class CheckpointStore(Protocol):
    """Keeps one state; a later one takes its place, whole or not at all."""

    def save(self, tensors: Tensors, info: Settings) -> None:
        """Keep this state: arrays for a safetensors file, and facts for JSON."""

    def load(self) -> tuple[Tensors, Settings] | None:
        """The last state that was kept, or None."""
