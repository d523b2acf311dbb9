"""Sequences, searches and thumbs, as `tests.benchmarks.language` prints them."""

from __future__ import annotations

import itertools

import numpy as np

from core import seeking
from core.language.encoder import marked
from core.language.vectors import content_hash
from core.progress import Progress
from core.workspace import Workspace
from tests.benchmarks.bandit import measure_bandit
from tests.benchmarks.figures import Figure, measure
from tests.benchmarks.search_bench import searches
from tests.benchmarks.sets import opened
from tests.benchmarks.turns import measure_turns

GOAL = 0.85
NEAR_MS = 50
ITEMS = 12_000
WORDS = ("red lipstick", "shampoo for dry hair", "sun cream", "gift for her", "nail art", "beard", "perfume", "soap")


def found_users(show: bool) -> tuple[dict[str, object], bool]:
    """The bench of searches for users: figures, and whether the goal was missed."""
    answers = searches()
    print(f"\n{'searches':14} {'number':>6} {'exact':>8}")
    figures: dict[str, object] = {}
    for name, start in (("all", ""), ("English", "en"), ("Chinese", "zh")):
        group = [each for each in answers if each.id.startswith(start)]
        share = sum(each.exact for each in group) / len(group)
        figures[name] = {"number": len(group), "exact": share}
        print(f"{name:14} {len(group):6} {share:8.3f}")
    if show:
        for each in answers:
            if not each.exact:
                print(f"{each.id} {each.text}\n  meant {each.means}\n  got   {each.got}")
    return {"searches": figures}, sum(each.exact for each in answers) < GOAL * len(answers)


def turns() -> dict[str, object]:
    """Turns of sequences of ML-100K, by the language model and by characters."""
    with opened("ml-100k") as workspace:
        found = {name: measure_turns(workspace, reads) for name, reads in (("language", True), ("characters", False))}
    print(f"\n{'turns of ML-100K':58}" + "".join(f"{name:>12}" for name in found))
    for figure in found["language"]:
        print(f"{figure:58}" + "".join(f"{each[figure]:12.3f}" for each in found.values()))
    return {"turns": found}


def near_items() -> tuple[dict[str, object], bool]:
    """How soon items near to typed words are there, of 12,000 of Beauty, and what is sought with a price and why each
    of 200 is found: figures, and whether the goal was missed.

    The items' vectors are drawn: how long it takes does not hang on what they are.
    """
    with opened("amazon-beauty") as workspace:
        _draw_vectors(workspace)
        words = itertools.cycle(f"{each} {number}" for number in range(10) for each in WORDS)  # none twice
        taken: Figure = measure(
            "near items",
            NEAR_MS,
            lambda: seeking.near_items(workspace, next(words), 8, Progress()),
            runs=60,
        )
        count = workspace.catalogue().items

        def seek() -> None:
            sought = seeking.sought_items(workspace, f"{next(words)}, under 40", Progress())
            seeking.seek_items(workspace, sought, 200, Progress())

        whole = measure("found items", NEAR_MS, seek, runs=40)
    print(
        f"\nitems near to words, of {count}: median {taken.median:.0f} ms, 95 % {taken.high:.0f} ms, "
        f"{taken.own:.0f} ms of processor time; goal {NEAR_MS} ms"
    )
    print(
        f"200 of them with a price and why each: median {whole.median:.0f} ms, 95 % {whole.high:.0f} ms, "
        f"{whole.own:.0f} ms of processor time"
    )
    found = {"near items": [count, taken.median, taken.high, taken.own]}
    return found | {"found items": [whole.median, whole.high, whole.own]}, taken.median > NEAR_MS


def _draw_vectors(workspace: Workspace) -> None:
    texts = list(dict.fromkeys(text for text in workspace.catalogue().texts if text.strip()))
    vectors = np.random.default_rng(0).normal(size=(len(texts), 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    workspace.vectors.put(marked(""), [content_hash(text) for text in texts], vectors)


def bandit() -> dict[str, object]:
    """Regret of learning from thumbs on ML-100K."""
    with opened("ml-100k") as workspace:
        found = measure_bandit(workspace)
    figures: dict[str, object] = {}
    for name, regrets in found.items():
        print(f"\n{'bandit: ' + name:24}" + "".join(f"{f'{turn} thumbs':>16}" for turn in regrets.turns))
        for policy, means in regrets.means.items():
            pairs = zip(means, regrets.errors[policy], strict=True)
            print(f"{policy:24}" + "".join(f"{f'{mean:.2f} ± {error:.2f}':>16}" for mean, error in pairs))
        figures[name] = {
            "turns": regrets.turns,
            "users": regrets.users,
            "means": regrets.means,
            "errors": regrets.errors,
        }
    return {"bandit": figures}
