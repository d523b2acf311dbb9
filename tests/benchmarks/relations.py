"""Relations of items on real data: `python -m tests.benchmarks.relations [--paths N]`.

ML-100K says of each film its genres and its year. Written as a file of triples (`has genre`, `made in`), they become
the component that carries a history over the graph. It is measured on the validation events (leave-one-out) by itself,
beside what else knows nothing of ids, and as one part more of a hybrid of popularity, transitions, EASE and content.
Paths of a few lists that it makes by itself are printed, for an eye to judge.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from pathlib import Path

from core import adding, listing, workflow
from core.fitting import TrainSettings
from core.listing import ListRequest
from core.models.relations import Path as Walk
from core.models.relations import Step
from core.progress import Progress
from core.recommend.why import paths
from core.runs import Run
from core.trained import model_of
from core.workspace import Workspace
from tests.benchmarks.sets import opened

COMPONENTS = ["popularity", "transitions", "ease", "content"]


def write_triples(workspace: Workspace, file: Path) -> int:
    """The genres and the year of each film as triples; how many there are."""
    catalogue = workspace.catalogue()
    columns = (catalogue.ids, catalogue.categories, catalogue.descriptions)
    rows = []
    for film, genres, year in zip(*(column.to_pylist() for column in columns), strict=True):
        rows += [(film, "has genre", genre) for genre in (genres or "").split()]
        rows += [(film, "made in", f"the year {year}")] if year else []
    with file.open("w", encoding="utf-8", newline="") as opened_file:
        csv.writer(opened_file).writerows([("head", "relation", "tail"), *rows])
    return len(rows)


def measure_relations(shown: int = 5) -> dict[str, object]:
    """NDCG@10 on the validation events by model, the weight that the hybrid gave the relations, and paths."""
    with opened("ml-100k") as workspace, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "films.csv"
        triples = write_triples(workspace, file)
        figures: dict[str, object] = {"triples": triples, "without": _ndcg(_hybrid(workspace, COMPONENTS))}
        taken = adding.add_relations(workspace, file, Progress())
        own = _hybrid(workspace, ["relations"])
        others = {name: _ndcg(_hybrid(workspace, [name])) for name in ("content", "popularity")}
        alone = {"relations": _ndcg(own), **others}
        joined = _hybrid(workspace, [*COMPONENTS, "relations"])
        figures |= {"alone": alone, "with": _ndcg(joined), "weight": joined.weights.get("relations", 0.0)}
        print(f"\nrelations: {triples} triples of {taken.items} films")
        print("NDCG@10 on the validation events: " + ", ".join(f"{name} {value:.4f}" for name, value in alone.items()))
        print("hybrid without {without:.4f}, with {with:.4f} at a weight of {weight:.2f}".format(**figures))
        figures["paths"] = told = _paths(workspace, own, shown)
        print("\n".join(told))
    return {"relations": figures}


def _hybrid(workspace: Workspace, components: list[str]) -> Run:
    options: dict[str, dict[str, object]] = {"hybrid": {"components": components}}
    return workflow.train(workspace, TrainSettings(model="hybrid", options=options), Progress())


def _ndcg(run: Run) -> float:
    return float(run.validation["ndcg@10"])


def _paths(workspace: Workspace, run: Run, users: int) -> list[str]:
    model, log = model_of(workspace, run, "serving"), workspace.log()
    titles = workspace.catalogue().titles.to_pylist()
    told = []
    for user in range(0, log.users, log.users // max(users, 1))[:users]:
        history = log.block(user, user + 1)
        item = int(listing.recommend(workspace, user, Progress(), ListRequest(run.id)).items[0])
        told += [f"{_said(walk, titles)} {titles[item]}  {walk.share:.0%}" for walk in paths(model, history, item, 2)]
    return told


def _said(walk: Walk, titles: list[str]) -> str:
    middle = "" if walk.via is None else f" {titles[walk.via] if isinstance(walk.via, int) else walk.via}"
    back = "" if walk.second is None else f" {_arrow(walk.second)}"
    return f"{titles[walk.start]} {_arrow(walk.first)}{middle}{back}"


def _arrow(step: Step) -> str:
    return f"–{step.relation}→" if step.forward else f"←{step.relation}–"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--paths", type=int, default=5, help="users of whose lists paths are printed")
    measure_relations(parser.parse_args().paths)
