"""Talking to the recommender, measured: `python -m tests.benchmarks.language [--json FILE] [--cases N] [--show]`.

1. The bench of 200 requests (`tests/benchmarks/requests`): how many are understood exactly as they are meant, with no
   generator. Goal: 0.85 of all, with everything but the free wishes compared; the stricter figure is printed beside it.
2. A simulated analyst (`tests/benchmarks/critiques.py`) on ML-100K, with item transitions: hit@10 must rise with every
   turn and beat a control that only drops what was shown.
3. How soon a list follows what was understood. Goal: 50 ms of processor time.
4. Text encoders (`tests/benchmarks/encoders.py`): what the bundled model and character n-grams reach on a catalogue of
   known themes in English and in Chinese, and the model's speed. Goal: what stands in on Chinese beats the model.
5. With `--generator FOLDER_OR_GGUF` (needs Seqlens[generator]): how a generator understands some of the requests.
6. What a sequence model learned on one data set is worth on another (`tests/benchmarks/transfer.py`): tables, no goal.
7. The bench of 40 searches for users (`tests/benchmarks/searches`), goal 0.85 exactly as meant; how soon items near to
   typed words are there, of 12,000 (goal 50 ms); turns of sequences (`tests/benchmarks/turns.py`); and learning from
   thumbs (`tests/benchmarks/bandit.py`): the last two are tables with no goal. `--only understanding` does 7 alone.

Exits with 1 where a goal is missed. The bench takes a second, the encoders half a minute, the analyst and the transfer
some minutes each.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from core import workflow
from core.fitting import TrainSettings
from core.progress import Progress
from core.workspace import Workspace
from tests.benchmarks import transfer
from tests.benchmarks.critiques import simulate
from tests.benchmarks.encoders import encoders
from tests.benchmarks.figures import Figure, measure
from tests.benchmarks.generated import generated
from tests.benchmarks.requests_bench import Answer, answer, requests, shops
from tests.benchmarks.sets import opened
from tests.benchmarks.understanding import bandit, found_users, near_items, turns

GOAL = 0.85


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, help="a file for the figures")
    parser.add_argument("--cases", type=int, default=300, help="tests that the simulated analyst plays; 0 for none")
    parser.add_argument("--data", default="ml-100k", help="what the analyst plays with: ml-100k or amazon-beauty")
    parser.add_argument("--generator", type=Path, help="a model folder or GGUF file that reads some requests too")
    parser.add_argument("--requests", type=int, default=40, help="how many of the bench the generator reads")
    parser.add_argument("--epochs", type=int, default=5, help="of the networks carried to other data; 0 for none")
    parser.add_argument("--show", action="store_true", help="print the requests that are not understood as meant")
    parser.add_argument("--only", choices=("understanding",), help="measure the searches, turns and thumbs alone")
    arguments = parser.parse_args()
    figures, missed = sequences(arguments.show)
    if arguments.only is None:
        more, worse = conversations(arguments)
        figures, missed = figures | more, missed or worse
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(figures, indent=1), "utf-8")
    return int(missed)


def sequences(show: bool) -> tuple[dict[str, object], bool]:
    """Searches, turns and thumbs: figures, and whether a goal was missed."""
    figures, missed = found_users(show)
    near, late = near_items()
    return figures | near | turns() | bandit(), missed or late


def conversations(arguments: argparse.Namespace) -> tuple[dict[str, object], bool]:
    """Requests, encoders, generators, the simulated analyst and transfer: figures, and whether a goal was missed."""
    figures, missed = understanding(arguments.show)
    if arguments.generator is not None:
        figures |= generated(arguments.generator, arguments.requests, arguments.show)
    read, worse = encoders()
    figures, missed = figures | read, missed or worse
    if arguments.cases:
        played, lost = critiques(arguments.data, arguments.cases)
        figures, missed = figures | played, missed or lost
    if arguments.epochs:
        figures["transfer"] = carried = transfer.tables(transfer.WIDTH, arguments.epochs)
        transfer.show(carried)
    return figures, missed


def understanding(show: bool) -> tuple[dict[str, object], bool]:
    """The bench of requests: figures, and whether the goal was missed."""
    known = shops()
    start = time.perf_counter()
    answers = [answer(request, known[request.domain]) for request in requests()]
    each = (time.perf_counter() - start) / len(answers)
    groups: dict[str, list[Answer]] = {"all": answers}
    for found in answers:
        groups.setdefault({"en": "English", "zh": "Chinese"}[found.request.id[:2]], []).append(found)
    kinds = sorted({kind for found in answers for kind in found.request.means})
    groups |= {kind: [found for found in answers if kind in found.request.means] for kind in kinds}
    print(f"{'requests':14} {'number':>6} {'constraints':>12} {'with wishes':>12}")
    figures: dict[str, object] = {"milliseconds a request": each * 1000}
    for name, group in groups.items():
        constraints, exact = _share(group, "constraints"), _share(group, "exact")
        print(f"{name:14} {len(group):6} {constraints:12.3f} {exact:12.3f}")
        figures[name] = {"number": len(group), "constraints": constraints, "exact": exact}
    foreign = [found for found in answers if found.request.not_understood]
    told = sum(found.said for found in foreign)
    print(f"not understood and said so: {told} of {len(foreign)}; {each * 1000:.1f} ms a request")
    figures["said where not understood"] = [told, len(foreign)]
    if show:
        for found in answers:
            if not found.exact:
                print(f"{found.request.id} {found.request.text}\n  meant {found.request.means}\n  got   {found.got}")
    return {"requests": figures}, _share(answers, "constraints") < GOAL


def _share(answers: Sequence[Answer], what: str) -> float:
    return sum(getattr(found, what) for found in answers) / max(len(answers), 1)


def critiques(data: str, cases: int) -> tuple[dict[str, object], bool]:
    """The simulated analyst: figures, and whether the goal was missed."""
    with opened(data) as workspace:
        run = workflow.train(workspace, TrainSettings(model="transitions"), Progress())
        found = simulate(workspace, run, cases)
        quick = latency(workspace)
    told = ", ".join(f"{kind} {number}" for kind, number in found.told.items())
    print(f"\nhit@10 on {data}, {found.cases} cases ({told})")
    print(f"{'turn':14}" + "".join(f"{turn:>8}" for turn in range(len(found.talk))))
    for name, shares in (("talk", found.talk), ("only dropping", found.control)):
        print(f"{name:14}" + "".join(f"{share:8.3f}" for share in shares))
    taken = f"median {quick.median:.0f} ms, 95 % {quick.high:.0f} ms, processor {quick.own:.0f} ms"
    print(f"a list after a request: {taken}; goal {quick.goal:.0f} ms")
    figures = {
        "latency": [quick.median, quick.high, quick.own],
        "cases": found.cases,
        "told": found.told,
        "talk": found.talk,
        "control": found.control,
    }
    return {"critiques": {data: figures}}, not found.good or quick.own > quick.goal


def latency(workspace: Workspace) -> Figure:
    """How soon the list of a user follows a request that is understood already, wishes encoded."""
    asked = workflow.understand(workspace, "less drama, something funny, at most 2 a category", Progress())
    users = itertools.cycle(range(50))

    def ask() -> None:
        workflow.recommend(workspace, next(users), Progress(), parts=asked.parts)

    return measure("list", 50, ask)


if __name__ == "__main__":
    sys.exit(main())
