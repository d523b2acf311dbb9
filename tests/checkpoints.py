"""A place for checkpoints of trainings that nobody resumes after a restart."""

from __future__ import annotations

from core.training.checkpoints import Settings, Tensors


class MemoryCheckpoint:
    """A checkpoint that lives as long as the process."""

    def __init__(self) -> None:
        self._kept: tuple[Tensors, Settings] | None = None

    def save(self, tensors: Tensors, info: Settings) -> None:
        self._kept = {name: array.copy() for name, array in tensors.items()}, dict(info)

    def load(self) -> tuple[Tensors, Settings] | None:
        return self._kept
