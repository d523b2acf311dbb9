"""Lists of many users, made in parts by the workers of a Ray cluster: processes of this machine, or other machines.

The workspace stays with the process that has it open. The model goes once to each machine, and the events of a part's
users go with the part; lists come back in the order of the users, so that what writes them needs little memory.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.progress import Progress
from core.recommend.lists import Lists, Pairs, recommend

if TYPE_CHECKING:
    from core.models.base import Recommender
    from core.recommend.rerank import Ranker
    from core.sequences.log import EventLog

PART = 2048
"""Users whose lists are made at once by one worker."""
AHEAD = 2  # parts a worker that are handed out before the first of them is back
LOOK = 0.2  # seconds between two looks at whether the analyst pressed stop


@dataclass(frozen=True)
class Asked:
    """What is the same for all parts: the arguments of `core.recommend.lists.recommend` by their names."""

    model: Recommender
    k: int
    hide_seen: bool
    components: bool
    ranker: Ranker | None
    unlisted: NDArray[np.bool_] | None


def recommend_on(
    address: str,
    asked: Asked,
    log: EventLog,
    users: NDArray[np.int32],
    out: Pairs,
    progress: Progress,
) -> Iterator[Lists]:
    """What `recommend` gives for `users` (int32 [n], codes in `log`), made by the workers of a cluster.

    Args:
        address: of a cluster; empty for what `RAY_ADDRESS` names, or else processes of this machine alone.
        out: users and items that do not belong together.

    Raises:
        SeqlensError: Ray is not installed, the cluster does not answer, or a part cannot be made.
        Cancelled: the analyst pressed stop.
    """
    ray = _joined(address)
    try:
        shared = ray.put(asked)
        make = ray.remote(num_cpus=1, max_retries=3)(_make)
        starts = deque(range(0, len(users), PART))
        most = AHEAD * max(1, int(ray.cluster_resources().get("CPU", 1)))
        waiting: deque[Any] = deque()
        done = 0
        while starts or waiting:
            while starts and len(waiting) < most:
                waiting.append(make.remote(shared, *_part(log, users, out, starts.popleft())))
            for lists in _when_ready(ray, waiting.popleft(), progress):
                progress.step(done, len(users), "Ranking items for users")
                done += len(lists.users)
                yield lists
        progress.step(1, 1, "Ranking items for users")
    finally:
        ray.shutdown()


def _part(
    log: EventLog, users: NDArray[np.int32], out: Pairs, start: int
) -> tuple[EventLog, NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """The events of a part's users, their codes, and who of them (by place) must not get what."""
    chosen = users[start : start + PART]
    order = np.argsort(chosen, kind="stable")
    place = order[np.minimum(np.searchsorted(chosen, out[0], sorter=order), len(chosen) - 1)]
    meant = np.flatnonzero(chosen[place] == out[0])
    return log.select(chosen), chosen, place[meant].astype(np.int32), out[1][meant]


def _make(
    asked: Asked, log: EventLog, users: NDArray[np.int32], who: NDArray[np.int32], what: NDArray[np.int32]
) -> list[Lists]:
    """The lists of one part, in a worker."""
    every = np.arange(len(users), dtype=np.int32)
    blocks = recommend(
        asked.model,
        log,
        every,
        asked.k,
        asked.hide_seen,
        Progress(),
        asked.components,
        (who, what),
        asked.ranker,
        asked.unlisted,
    )
    return [replace(block, users=users[block.users]) for block in blocks]


def _when_ready(ray: Any, part: Any, progress: Progress) -> list[Lists]:
    try:
        while not ray.wait([part], timeout=LOOK)[0]:
            progress.check()
        found: list[Lists] = ray.get(part)
    except ray.exceptions.RayError as error:
        raise SeqlensError(
            "A part of the lists could not be made on the cluster: {error}. Check that its machines have this version "
            "of Seqlens and enough memory.",
            error=str(error).strip().splitlines()[-1],
        ) from error
    return found


def _joined(address: str) -> Any:
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # it would send statistics of its use to its makers
    try:
        import ray
    except ImportError as error:
        raise SeqlensError("Ray is not installed. Install it with: pip install -e .[cluster]") from error
    root = str(Path(__file__).parents[2])
    paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    address = address or os.environ.get("RAY_ADDRESS", "")
    options: dict[str, Any] = {"address": address} if address else {"include_dashboard": False}
    try:
        ray.init(
            **options,
            log_to_driver=False,
            configure_logging=False,
            runtime_env={"env_vars": {"PYTHONPATH": paths, "RAY_USAGE_STATS_ENABLED": "0"}},
        )
    except (ConnectionError, OSError, RuntimeError, ValueError) as error:
        raise SeqlensError(
            "The cluster at {address} does not answer: {error}. Start it with `ray start --head`, or leave the address "
            "out to use this machine.",
            address=address or "-",
            error=str(error).strip().splitlines()[0],
        ) from error
    return ray
