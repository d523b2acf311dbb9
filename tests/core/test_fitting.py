"""What a training records of trouble on its way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import Tensor

from core import listing, workflow
from core.errors import SeqlensError
from core.fitting import TrainSettings
from core.listing import ListRequest
from core.models.network import Transformer
from core.progress import Progress
from core.training.batches import Block
from tests.shop import open_shop, read_before

SMALL: dict[str, dict[str, object]] = {
    "transformer": {"epochs": 2, "width": 8, "blocks": 1, "members": 1, "encoder": "attention"}
}


def short_of_memory(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Let a step have the memory for so many sequences."""
    loss = Transformer.loss

    def failing(self: Transformer, block: Block, check: Callable[[], None]) -> Tensor:
        if len(block.item) > most:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")
        return loss(self, block, check)

    monkeypatch.setattr(Transformer, "loss", failing)


def test_a_smaller_batch_is_tried_and_then_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = TrainSettings(model="transformer", device="cpu", options=SMALL)
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        read_before(workspace)
        short_of_memory(monkeypatch, 20)
        run = workflow.train(workspace, settings, Progress())
        assert run.status == "done"
        assert any("up to 4 parts" in str(line) for line in run.log)
        short_of_memory(monkeypatch, 0)
        with pytest.raises(SeqlensError, match="too little memory"):
            workflow.train(workspace, settings, Progress())
        failed = workspace.runs.all()[0]
        assert (failed.status, "too little memory" in failed.error) == ("failed", True)
        assert len(listing.recommend(workspace, 1, Progress(), ListRequest(run.id)).items) == 10  # the rest goes on
