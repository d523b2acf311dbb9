"""What can compute here, how much memory is free, and how many threads torch may take."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import psutil
import torch

from core.errors import SeqlensError

Piece = TypeVar("Piece")


@dataclass(frozen=True)
class Device:
    """One processor that can train.

    Attributes:
        key: what torch calls it: "cpu", "cuda:0", "mps".
        name: what its maker calls it.
        free: free memory in bytes.
    """

    key: str
    name: str
    free: int


def devices() -> list[Device]:
    """Every device of this machine, the best first; the CPU is always the last."""
    found = [
        Device(f"cuda:{index}", torch.cuda.get_device_name(index), torch.cuda.mem_get_info(index)[0])
        for index in range(torch.cuda.device_count() if torch.cuda.is_available() else 0)
    ]
    found.sort(key=lambda device: -device.free)
    if torch.backends.mps.is_available():
        free = torch.mps.recommended_max_memory() - torch.mps.driver_allocated_memory()
        found.append(Device("mps", "Apple GPU", max(0, free)))
    return [*found, Device("cpu", f"CPU, {_cores()} cores", int(psutil.virtual_memory().available))]


def choose(key: str) -> torch.device:
    """The device called `key`; "auto" is the GPU with the most free memory, or the CPU where there is none.

    Raises:
        SeqlensError: this machine has no such device.
    """
    keys = [device.key for device in devices()]
    wanted = {"auto": keys[0], "cuda": next((key for key in keys if key.startswith("cuda")), "cuda")}.get(key, key)
    if wanted not in keys:
        raise SeqlensError(
            "There is no device {device} here. Choose one of: {known}.", device=key, known=", ".join(keys)
        )
    return torch.device(wanted)


@contextmanager
def torch_threads(leave_one: bool = False) -> Iterator[int]:
    """Let torch use every core in this block, or all but one, which stays free for the window; yields the number."""
    before = torch.get_num_threads()
    wanted = os.environ.get("OMP_NUM_THREADS", "").split(",")[0]
    limit = int(wanted) if wanted.isdigit() and int(wanted) else _cores()
    threads = max(1, min(limit, _cores() - 1 if leave_one else _cores()))
    torch.set_num_threads(threads)
    try:
        yield threads
    finally:
        torch.set_num_threads(before)


def on_each_core(work: Callable[[Piece], object], pieces: Sequence[Piece]) -> None:
    """Do `work` for each of the pieces, as many at once as torch has threads here, each with one of them.

    Small products gain less from a second thread than it costs to wait for it, so that pieces side by side are
    sooner through; and where other programs keep the cores busy, none waits for the slower one.
    """
    threads = torch.get_num_threads()
    if threads == 1 or len(pieces) < 2:
        for piece in pieces:
            work(piece)
        return
    with ThreadPoolExecutor(min(threads, len(pieces)), initializer=_with_one_thread) as pool:
        try:
            deque(pool.map(work, pieces), maxlen=0)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
        finally:
            torch.set_num_threads(threads)  # what the initializer set holds for threads that begin later, too


def _with_one_thread() -> None:
    torch.set_num_threads(1)


@contextmanager
def memory_told() -> Iterator[None]:
    """Turn a failure for want of the device's memory into what the analyst can do about it.

    Raises:
        SeqlensError: the device has too little memory.
    """
    try:
        yield
    except torch.OutOfMemoryError as error:
        raise too_little() from error


def too_little() -> SeqlensError:
    """What is told where a device has not even the memory for the least that can be done."""
    return SeqlensError(
        "The device has too little memory. Close other programs that use it, make the network narrower or the events "
        "looked at fewer, or choose another device. What was kept before goes on with Resume."
    )


def memory_used(device: torch.device) -> float:
    """Memory in MiB that this process holds: on a CUDA device the device's, else the resident memory."""
    if device.type == "cuda":
        return torch.cuda.memory_reserved(device) / 2**20
    return float(psutil.Process().memory_info().rss) / 2**20


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
