"""How a generator understands the bench of requests by itself, beside the grammar on the same ones."""

from __future__ import annotations

import time
from pathlib import Path

from core.dialogue.asking import SECONDS, heard
from core.errors import SeqlensError
from core.language.generator import Generator
from core.progress import Progress
from tests.benchmarks.requests_bench import answer, judged, requests, shops


def generated(model: Path, number: int, show: bool) -> dict[str, object]:
    """Ask `number` requests of the bench, evenly from English and Chinese ones; the figures."""
    start = time.perf_counter()
    generator = Generator.open(str(model))
    loading = time.perf_counter() - start
    known, whole = shops(), requests()
    asked = whole[:: max(1, len(whole) // number)][:number]
    exact = constraints = grammar = late = 0
    spent: list[float] = []
    for request in asked:
        grammar += answer(request, known[request.domain]).constraints
        start, own = time.perf_counter(), time.process_time()
        try:
            found = judged(request, heard(request.text, known[request.domain], generator, Progress()))
        except SeqlensError:
            late += 1
            continue
        finally:
            spent.append(time.process_time() - own)
        exact, constraints = exact + found.exact, constraints + found.constraints
        if show:
            told = "" if found.constraints else f"\n  meant {request.means}\n  got   {found.got}"
            print(f"{request.id} {time.perf_counter() - start:.1f} s {request.text}{told}", flush=True)
    spent.sort()
    print(f"\ngenerator {generator.name}, {len(asked)} requests (loading {loading:.1f} s)")
    shares = f"constraints {constraints / len(asked):.3f}, with wishes {exact / len(asked):.3f}"
    print(f"{shares}, not in {SECONDS:.0f} s: {late}")
    print(f"the grammar on the same: {grammar / len(asked):.3f}")
    print(f"processor time of a request: median {spent[len(spent) // 2]:.1f} s, longest {spent[-1]:.1f} s")
    figures = {"constraints": constraints / len(asked), "exact": exact / len(asked), "late": late, "seconds": spent}
    return {"generator": figures}
