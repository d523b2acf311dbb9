"""Several processes that train one model together: `torchrun` starts them, gradients are summed over them.

The first process alone has the workspace. It hands the others what they train on as files of arrays, and they do each
step of the training with it, every one on its share of the step's sequences. On the CPU they talk through gloo, on
CUDA devices through NCCL.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, cast

import numpy as np
import torch
from torch import Tensor, distributed, nn

from core.data.database import any_encrypted
from core.errors import SeqlensError
from core.files import scratch_folder
from core.training.batches import Events
from core.training.checkpoints import Settings, Tensors

if TYPE_CHECKING:
    from numpy.typing import NDArray

PATIENCE = timedelta(days=1)
ARRAYS = "arrays.safetensors"
EXTRA = "extra/"  # before the names of what is no column of the events


@dataclass(frozen=True)
class Group:
    """The processes of one training.

    Attributes:
        rank: number of this process; the first is 0.
        count: of processes.
    """

    rank: int
    count: int

    def rows(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """This process's share of the rows of a block."""
        return rows[self.rank :: self.count]

    def total(self, *figures: float) -> tuple[float, ...]:
        """The sum of each figure over all processes."""
        sums = torch.tensor(figures, dtype=torch.float64, device=_device())
        distributed.all_reduce(sums)
        return tuple(sums.tolist())

    def first(self, figure: float) -> float:
        """The figure of the first process."""
        value = torch.tensor([figure], dtype=torch.float64, device=_device())
        distributed.broadcast(value, 0)
        return float(value.item())

    def average_gradients(self, module: nn.Module, weight: float, whole: float) -> None:
        """Make each gradient the mean over processes, this one's counting for `weight` of `whole`."""
        parameters = [value for value in module.parameters() if value.requires_grad]
        gradients = [torch.zeros_like(value) if value.grad is None else value.grad for value in parameters]
        flat = torch.cat([gradient.flatten() for gradient in gradients]).mul_(weight / max(whole, 1.0))
        distributed.all_reduce(flat)
        sizes = [value.numel() for value in parameters]
        for parameter, part in zip(parameters, torch.split(flat, sizes), strict=True):
            parameter.grad = part.view_as(parameter)

    def tell(self, job: Settings | None) -> None:
        """The first process names the next job; None: there are no more."""
        text = json.dumps(job).encode()
        size = torch.tensor([len(text)], device=_device())
        distributed.broadcast(size, 0)
        distributed.broadcast(torch.frombuffer(bytearray(text), dtype=torch.uint8).to(_device()), 0)

    def hear(self) -> Settings | None:
        """What the first process told."""
        size = torch.zeros(1, dtype=torch.int64, device=_device())
        distributed.broadcast(size, 0)
        text: Tensor = torch.zeros(int(size.item()), dtype=torch.uint8, device=_device())
        distributed.broadcast(text, 0)
        return cast("Settings | None", json.loads(bytes(text.cpu().numpy())))


def started_together() -> bool:
    """Whether `torchrun` started this process beside others."""
    return int(os.environ.get("WORLD_SIZE", "1")) > 1


def group() -> Group | None:
    """The processes that train together with this one; None when it is alone."""
    if not (distributed.is_available() and distributed.is_initialized()):
        return None
    return Group(distributed.get_rank(), distributed.get_world_size())


@contextlib.contextmanager
def joined(device: str) -> Iterator[Group]:
    """Meet the others that `torchrun` started; in the end the first process sends them home."""
    cuda = device.startswith(("auto", "cuda")) and torch.cuda.is_available()
    if cuda:
        torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))
    # The others wait while the first does alone what is not shared; should it die, torchrun ends them.
    distributed.init_process_group("nccl" if cuda else "gloo", timeout=PATIENCE)
    here = Group(distributed.get_rank(), distributed.get_world_size())
    try:
        yield here
        if here.rank == 0:
            here.tell(None)
        # Gloo's threads let go of what was told last a moment later, and need the interpreter for that. Were it ending
        # already, the process would be aborted; while this waits, it is free.
        distributed.barrier()
    finally:
        distributed.destroy_process_group()


def leave() -> NoReturn:
    """End this process, which was one of several, with success and at once.

    Threads of gloo and torch can still be there when the interpreter is taken down, which now and then aborts a process
    whose work is done ("terminate called without an active exception"), and with it the training for `torchrun`.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


@contextlib.contextmanager
def handed_out(events: Events, extra: Tensors) -> Iterator[str]:
    """A folder that holds the arrays of a training while it lasts; its path.

    Raises:
        SeqlensError: this process has an encrypted workspace open, whose data may not lie on a disk as they are.
    """
    from safetensors.numpy import save_file

    if any_encrypted():
        raise refused()
    columns = {name: getattr(events, name) for name in Events.__dataclass_fields__}
    arrays = {**columns, **{f"{EXTRA}{name}": array for name, array in extra.items()}}
    with scratch_folder() as folder:
        save_file({name: array.copy(order="C") for name, array in arrays.items()}, folder / ARRAYS)
        yield str(folder)


def refused() -> SeqlensError:
    """What is told where several processes would train over an encrypted workspace."""
    return SeqlensError(
        "The workspace is encrypted, and several processes hand its data over on the disk as they are. Train in one "
        "process, without torchrun."
    )


def taken(folder: str) -> tuple[Events, Tensors]:
    """The arrays of `handed_out`."""
    from safetensors.numpy import load_file

    arrays = load_file(Path(folder) / ARRAYS)
    columns = {name: array for name, array in arrays.items() if not name.startswith(EXTRA)}
    extra = {name.removeprefix(EXTRA): array for name, array in arrays.items() if name.startswith(EXTRA)}
    return Events(**columns), extra


def _device() -> torch.device:
    cuda = distributed.get_backend() == "nccl"
    return torch.device("cuda", torch.cuda.current_device()) if cuda else torch.device("cpu")
