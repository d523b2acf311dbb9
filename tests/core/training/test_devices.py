"""What is found on this machine."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.errors import SeqlensError
from core.training.devices import choose, devices, memory_used, torch_threads


def test_the_cpu_is_always_there_and_last() -> None:
    found = devices()
    assert found[-1].key == "cpu"
    assert choose("auto").type == found[0].key.split(":")[0]
    assert choose("cpu") == torch.device("cpu")


def test_a_device_that_is_not_here_is_refused_with_those_that_are() -> None:
    with pytest.raises(SeqlensError, match=r"cuda:99.*cpu"):
        choose("cuda:99")


def test_memory_in_use_grows_with_what_is_kept() -> None:
    before = memory_used(torch.device("cpu"))
    kept = np.ones(20_000_000)
    assert memory_used(torch.device("cpu")) - before > 0.8 * kept.nbytes / 2**20
    assert devices()[-1].free > 0


def test_threads_are_set_for_the_block_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setattr("core.training.devices._cores", lambda: 2)
    before = torch.get_num_threads()
    with torch_threads(leave_one=True) as threads:
        assert threads == torch.get_num_threads() == 1
    with torch_threads() as threads:
        assert threads == torch.get_num_threads() == 2
    assert torch.get_num_threads() == before
