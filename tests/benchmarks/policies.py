"""How long a policy takes for one user: `python -m tests.benchmarks.policies`. Exits 1 where the goal is missed."""

from __future__ import annotations

import sys
import time

import numpy as np
import pyarrow as pa

from core.recommend.policy import Policy
from core.recommend.rerank import Knowledge, Ranker
from core.sequences.log import Catalogue
from tests.logs import random_log

ITEMS, LISTS, GOAL_MS = 12_000, 200, 50.0
POLICIES = {
    "rules alone": Policy(excluded=("c1",), cheapest=1.0, banned=("6",), pinned=("5",)),
    "diversity": Policy(diversity=0.5),
    "mix of tastes": Policy(tastes=0.5),
    "novelty and popularity": Policy(novelty=0.5, popularity=-0.3),
    "everything, at most 3 of a category": Policy("", 0.5, 0.5, 0.3, 0.5, ("c1",), 1.0, 20.0, None, 3, ("5",), ("6",)),
}


def main() -> int:
    rng = np.random.default_rng(0)
    log = random_log(users=LISTS, items=ITEMS, seed=2, longest=60)
    catalogue = Catalogue(
        ids=pa.array([str(item) for item in range(ITEMS)]),
        titles=pa.nulls(ITEMS, pa.string()),
        categories=pa.array([f"c{item % 300}" for item in range(ITEMS)]),
        descriptions=pa.nulls(ITEMS, pa.string()),
        prices=np.full(ITEMS, 10, dtype=np.float32),
    )
    knowledge = Knowledge(log, catalogue, rng.normal(size=(ITEMS, 384)).astype(np.float32))
    scores = rng.normal(size=(LISTS, ITEMS)).astype(np.float32)
    worst = 0.0
    for name, policy in POLICIES.items():
        ranker = Ranker(policy, knowledge)
        ranker.order(log.block(0, 1), scores[:1], 10)
        taken = []
        for user in range(LISTS):
            start = time.perf_counter()
            ranker.order(log.block(user, user + 1), scores[user : user + 1], 10)
            taken.append(1000 * (time.perf_counter() - start))
        median, late = np.quantile(taken, [0.5, 0.95])
        worst = max(worst, float(late))
        print(f"{name:<40} {median:6.1f} ms, 95 % {late:6.1f} ms")
    return int(worst > GOAL_MS)


if __name__ == "__main__":
    sys.exit(main())
