"""Kill, fill and damage: `python -m tests.faults [--trials N] [--damaged N] [--json F]`; 1 where anything is lost."""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from dataclasses import asdict

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # before numpy: a process that forks must have no other threads


def main() -> int:
    from tests.benchmarks.figures import offer_json, write_json

    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--trials", type=int, default=200, help="processes that are killed")
    parser.add_argument("--seed", type=int, default=None, help="of the moments; another one each time by default")
    parser.add_argument("--damaged", type=int, default=24, help="files of which parts are garbled or cut off")
    offer_json(parser)
    arguments = parser.parse_args()

    import torch  # noqa: F401  the children need it, and would each take seconds to import it

    from tests.faults.kills import kill_all
    from tests.faults.mishaps import all_mishaps

    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randrange(2**32)
    began = time.monotonic()

    def said(text: str) -> None:
        print(f"[{time.monotonic() - began:6.1f} s] {text}", flush=True)

    said(f"seed {seed}")
    kills = kill_all(arguments.trials, random.Random(seed), said)
    mishaps = all_mishaps(said, arguments.damaged)
    losses = [f"{one.name}, {loss}" for one in kills for loss in one.losses]
    losses += [f"{one.name}: {one.failure}" for one in mishaps if one.failure]
    print(f"\n{'killed while':16} trials  before its end  losses")
    for one in kills:
        print(f"{one.name:16} {one.trials:6} {one.before_end:15} {len(one.losses):7}")
    print(f"{'together':16} {sum(k.trials for k in kills):6} {sum(k.before_end for k in kills):15} {len(losses):7}")
    for one in mishaps:
        print(f"{'failed' if one.failure else 'skipped' if one.skipped else 'held':8} {one.name} {one.skipped}")
    for loss in losses:
        print(f"LOST  {loss}")
    told = {"seed": seed, "kills": list(map(asdict, kills)), "mishaps": list(map(asdict, mishaps))}
    write_json(arguments.json, told)
    return 1 if losses else 0


if __name__ == "__main__":
    sys.exit(main())
