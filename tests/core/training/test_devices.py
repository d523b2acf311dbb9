"""What is found on this machine."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.errors import SeqlensError
from core.progress import Cancelled
from core.training.devices import choose, devices, memory_told, memory_used, on_each_core, torch_threads


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


def test_pieces_are_done_on_each_core_once_and_a_failure_comes_through() -> None:
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        done: list[tuple[int, int]] = []
        on_each_core(lambda piece: done.append((piece, torch.get_num_threads())), range(40))
        assert sorted(piece for piece, _ in done) == list(range(40))
        assert {threads for _, threads in done} == {1}, "each has a core to itself"
        assert torch.get_num_threads() == 2, "and afterwards all is as it was"

        def stop(piece: int) -> None:
            if piece == 3:
                raise Cancelled

        with pytest.raises(Cancelled):
            on_each_core(stop, range(1000))
    finally:
        torch.set_num_threads(before)


def test_want_of_memory_is_told_whatever_asked_for_it() -> None:
    with pytest.raises(SeqlensError, match="choose another device"), memory_told():
        raise torch.OutOfMemoryError("CUDA out of memory")
