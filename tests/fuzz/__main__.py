"""Feed readers with wrong files: `python -m tests.fuzz [--minutes N | --inputs N] [--seed S]`; 1 for any finding.

Each input is imported into a workspace, as events or as what stands beside them (feedback, relations, vectors, places
of pictures), and each model is read, in a process that may use 2 GiB and 10 s for it. It must be read, or refused in
the analyst's words; anything else is a finding, and its bytes are kept.

Files are drawn by what they cost: mutations of those of more than 200 kB fifty times less often than of the others,
of those that take more than a second of processor time twenty times less often.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=0.0, help="how long to go on")
    parser.add_argument(
        "--inputs", type=int, default=0, help="how many files of events to try, and a quarter of other ones"
    )
    parser.add_argument("--models", type=int, help="how many models; four times as many as inputs, unless told")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-findings"), help="folder for inputs with findings")
    arguments = parser.parse_args()

    from tests.fuzz.trying import try_beside, try_files, try_models

    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randrange(2**32)
    print(f"seed {seed}", flush=True)
    until = time.monotonic() + 60 * arguments.minutes
    files = try_files(random.Random(seed), until, arguments.inputs, arguments.keep)
    print(files, flush=True)
    beside = try_beside(random.Random(seed), until + 6 * arguments.minutes, arguments.inputs // 4, arguments.keep)
    print(beside, flush=True)
    many = 4 * arguments.inputs if arguments.models is None else arguments.models
    models = try_models(random.Random(seed), until + 12 * arguments.minutes, many, arguments.keep)
    print(models, flush=True)
    findings = [*files.findings, *beside.findings, *models.findings]
    for finding in findings:
        print(f"FOUND  {finding}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
