"""Do explanations name what matters? `python -m tests.benchmarks.faithfulness [--lists N] [--data NAME] [--json F]`.

A hybrid of few epochs makes lists for users whose next event is held out. Of each drawn item of a list, the three
events that the explanation says the score hangs on (`core.recommend.decisive`) are masked, and so are, instead, the
three most recent ones and (where the networks have layers of attention: `--encoder attention` or `mixed`) the three
that are looked at most, in the mean over layers and heads. Told is in how many lists the score moves more when the
named ones are masked. Lists where both are the same three events are ties: they are told and left out, as are users
with fewer than six events. The named three are found by trying groups that the most recent ones are among, so beside
those they can only lose by an error; how often they are the same three is the figure to look at. The three events of
the largest shares are told of as well, which no goal is set for.

Masked is as in the explanation's own game: what is left keeps its places and times, and the scale of each component
is that of the whole history. The masked scores are computed anew from the models, not from the shares. For
comparison it is told as well how it is when the events are taken out of the history, as in What if, where all that
was before them becomes more recent.

Exits with 1 where it is fewer than 90 % for what the score hangs on.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.evaluation import ranking
from core.evaluation.split import Split, leave_one_out
from core.language.vectors import item_vectors
from core.models.available import IN_HYBRID, create
from core.models.base import Breakdown, Recommender
from core.models.content import Content
from core.models.ensemble import TransformerEnsemble
from core.models.eras import Eras
from core.models.hybrid import Hybrid, spread
from core.progress import Progress
from core.recommend.decisive import decisive
from core.sequences.log import EventLog
from core.workspace import Workspace
from tests.benchmarks.sets import SETS, opened
from tests.checkpoints import MemoryCheckpoint

GOAL, NAMED, FEWEST, LISTED = 0.9, 3, 6, 10
ROUNDS = 2  # of sampled orders: what the score hangs on is told after the first answer, and again after the last
HANGS, LARGEST = "the three that the score hangs on", "the three of the largest shares"
COMPONENTS = [name for name in IN_HYBRID if name != "repeats"]  # which hold nothing of hidden items


@dataclass(frozen=True)
class Told:
    """How often masking the `named` events moved the score more than masking `others`, and in how many lists.

    `ties` are lists in which both are the same events; `removed` is the share when events are taken out.
    """

    named: str
    others: str
    share: float
    removed: float
    lists: int
    ties: int


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lists", type=int, default=1000)
    parser.add_argument("--data", choices=list(SETS), default="ml-100k")
    parser.add_argument("--encoder", choices=["gru", "attention", "mixed"], default="gru")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="answers of the explanation that are waited for")
    parser.add_argument("--longest", type=int, default=50, help="events that the networks read")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    with opened(arguments.data) as workspace:
        split = leave_one_out(workspace.log())
        hide_seen = ranking.hides_seen(split.train)
        networks = {"epochs": arguments.epochs, "members": 1, "encoder": arguments.encoder}
        networks |= {"longest": arguments.longest}
        model = fitted(workspace, split, networks, hide_seen)
    print(f"{arguments.data}: weights {model.weights}", flush=True)
    told, short = measure(model, split.test.histories, arguments.lists, arguments.rounds, hide_seen)
    return report(told, short, arguments.json)


def fitted(workspace: Workspace, split: Split, networks: dict[str, object], hide_seen: bool) -> Hybrid:
    """The hybrid that is fitted on the training events."""
    texts = workspace.catalogue().texts
    vectors = item_vectors(texts, "", workspace.vectors, Progress()).vectors
    model = create("hybrid", vectors, options={"transformer": networks, "hybrid": {"components": COMPONENTS}})
    assert isinstance(model, Hybrid)
    cases, place = split.validation, MemoryCheckpoint()
    model.fit_validated(split.train, workspace.catalogue(), cases, hide_seen, Progress(), place)
    return model


def measure(
    model: Hybrid, histories: EventLog, lists: int, rounds: int = ROUNDS, hide_seen: bool = True, seed: int = 0
) -> tuple[list[Told], int]:
    """Of so many items that `model` lists: the figures, and how many users were left out."""
    long = np.flatnonzero(histories.lengths >= FEWEST)
    found: dict[tuple[str, str], list[tuple[bool, bool, bool]]] = {}
    drawn = np.random.default_rng(seed).permutation(len(long) * LISTED)[:lists]
    last = began = time.monotonic()
    for number, place in enumerate(drawn, 1):
        history = histories.select(long[[place // LISTED]])
        scores = model.score(history)
        if hide_seen:
            ranking.hide(scores, history)
        item = ranking.top(scores, LISTED)[0][0, place % LISTED]
        if item < 0:
            continue
        explained = _explained(model, history, int(item), rounds)
        for (kind, named), (others, chosen) in itertools.product(
            names(explained).items(), rivals(model, history).items()
        ):
            same = set(named.tolist()) == set(chosen.tolist())
            moved = (0.0, 0.0) if same else moves(model, history, int(item), (named, chosen))
            taken = (0.0, 0.0) if same else removals(model, history, int(item), (named, chosen))
            found.setdefault((kind, others), []).append((same, moved[0] > moved[1], taken[0] > taken[1]))
        if time.monotonic() - last > 20:
            last = time.monotonic()
            so_far = {pair: np.mean([more for same, more, _ in each if not same]) for pair, each in found.items()}
            print(f"  {number} of {len(drawn)}, {last - began:.0f} s: {so_far}", flush=True)
    return [_told(*pair, np.array(each)) for pair, each in found.items()], histories.users - len(long)


def _told(named: str, others: str, each: NDArray[np.bool_]) -> Told:
    told = each[~each[:, 0]]
    share, removed = told[:, 1:].mean(0) if len(told) else (np.nan, np.nan)
    return Told(named, others, float(share), float(removed), len(told), len(each) - len(told))


def names(explained: Breakdown) -> dict[str, NDArray[np.int64]]:
    """Three events each that the explanation names, by why."""
    hangs = decisive(explained)
    assert hangs is not None
    largest = np.argsort(-explained.event_shares[0], kind="stable")[:NAMED]
    return {HANGS: np.array(hangs.events), LARGEST: largest}


def _explained(model: Recommender, history: EventLog, item: int, rounds: int) -> Breakdown:
    *_, last = itertools.islice(model.refine(history, np.array([item], dtype=np.int32), Progress().check), rounds)
    return last


def rivals(model: Hybrid, history: EventLog) -> dict[str, NDArray[np.int64]]:
    """Three events each that one might name instead, by what they are."""
    found = {"the most recent": np.arange(history.events - NAMED, history.events)}
    for part in model.models.values():
        if isinstance(part, TransformerEnsemble) and (heads := part.attention(history)):
            weights = np.mean([head.weights for head in heads], axis=0)
            found["the most attended"] = np.argsort(-weights, kind="stable")[:NAMED]
    return found


def moves(model: Hybrid, history: EventLog, item: int, masked: tuple[NDArray[np.int64], ...]) -> NDArray[np.float64]:
    """How far the score of `item` moves when some events are masked, float64 [ways to mask]."""
    seen = np.ones((1 + len(masked), history.events), dtype=np.bool_)
    for row, events in enumerate(masked, 1):
        seen[row, events] = False
    values = np.zeros(len(seen))
    for name, part in model.models.items():
        scale = float(spread(part.score(history))[1][0])
        values += model.weights[name] * scale * _values(part, history, item, seen)
    return np.abs(values[1:] - values[0])


def _values(part: Recommender, history: EventLog, item: int, seen: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The score of `item` by one component when only some events are seen, float64 [ways to see]."""
    wanted = np.array([item], dtype=np.int32)
    if isinstance(part, TransformerEnsemble):
        found = [member.masked_scores(history, seen, wanted)[:, 0] for member in part.members]
        return np.mean(found, axis=0, dtype=np.float64)
    if isinstance(part, Eras):  # the last event that is seen alone speaks
        return np.array([float(part.score(history.take(row))[0, item]) for row in seen])
    shares = part.explain(history, wanted)
    if isinstance(part, Content):  # the square of a sum of which each event has its term times the sum
        terms = shares.event_shares[0] / np.sqrt(max(float(shares.scores[0]), 1e-12))
        return np.asarray(np.square(seen @ terms.astype(np.float64)))
    return np.asarray(shares.event_base[0] + seen @ shares.event_shares[0].astype(np.float64))


def removals(model: Hybrid, history: EventLog, item: int, taken: tuple[NDArray[np.int64], ...]) -> NDArray[np.float64]:
    """The same when the events are taken out of the history and the rest is scored as a history of its own."""
    kept = [np.isin(np.arange(history.events), events, invert=True) for events in taken]
    scores = [float(model.score(one)[0, item]) for one in (history, *map(history.take, kept))]
    return np.abs(np.array(scores[1:]) - scores[0])


def report(told: list[Told], short: int, path: Path | None) -> int:
    """Print the figures; 1 where the goal was missed."""
    print(f"users left out, with fewer than {FEWEST} events: {short}")
    for each in told:
        goal = f" (goal {GOAL:.0%})" if each.named == HANGS else ""
        missed = "  missed" if goal and not each.share >= GOAL else ""
        print(
            f"{each.named} move it more than {each.others}: {each.share:.1%} of {each.lists} lists{goal}{missed}; "
            f"taken out {each.removed:.1%}; the same three in {each.ties}"
        )
    if path is not None:
        path.write_text(json.dumps({"left_out": short, "told": [asdict(each) for each in told]}, indent=1), "utf-8")
    return int(not all(each.share >= GOAL for each in told if each.named == HANGS))


if __name__ == "__main__":
    sys.exit(main())
