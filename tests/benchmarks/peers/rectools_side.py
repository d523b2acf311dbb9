"""The peer's half of the benchmarks: RecTools, run by an interpreter of its own (`environment.py` beside this file).

It imports nothing of this project, as RecTools pins an older numpy: `PYTHON rectools_side.py TASK.json` reads a task
and the split that was written beside it, and writes JSON. The tasks are the functions in `TASKS`.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
import warnings
from pathlib import Path
from typing import Any

TASK = json.loads(Path(sys.argv[1]).read_text("utf-8"))
for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = str(TASK["threads"])

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
import torch  # noqa: E402
from implicit.nearest_neighbours import BM25Recommender, CosineRecommender, TFIDFRecommender  # noqa: E402
from pytorch_lightning import Callback, Trainer, seed_everything  # noqa: E402
from rectools import Columns  # noqa: E402
from rectools.dataset import Dataset, IdMap, Interactions  # noqa: E402
from rectools.models import EASEModel, ImplicitItemKNNWrapperModel, SASRecModel  # noqa: E402

torch.set_num_threads(TASK["threads"])
warnings.filterwarnings("ignore")
logging.getLogger("pytorch_lightning").setLevel(logging.ERROR)

SPLIT = np.load(TASK["split"])
LISTED = 51  # one more than the longest k: the last score tells whether more items than are listed tie with the truth
NEIGHBOURS: dict[str, Any] = {"cosine": CosineRecommender, "tf-idf": TFIDFRecommender, "bm25": BM25Recommender}


def dataset(part: str) -> Dataset:
    """Events of the split as RecTools wants them; every item of the catalogue has its code as its id."""
    frame = pd.DataFrame({Columns.User: SPLIT[f"{part}_user"], Columns.Item: SPLIT[f"{part}_item"]})
    frame[Columns.Weight] = 1.0
    frame[Columns.Datetime] = pd.Timestamp("2000-01-01") + pd.to_timedelta(SPLIT[f"{part}_position"], "s")
    users, items = (IdMap.from_values(np.arange(int(SPLIT[name]))) for name in ("users", "items"))
    return Dataset(users, items, Interactions.from_raw(frame, users, items))


def ranks(model: Any, part: str, history: Dataset) -> np.ndarray:
    """Rank of each case's truth by the model's own list, ties against it; 0 where it is not in the list."""
    users, truth = SPLIT[f"{part}_users"], SPLIT[f"{part}_truth"]
    lists = model.recommend(users, history, k=LISTED, filter_viewed=True, on_unsupported_targets="ignore")
    wanted = pd.Series(truth, index=users)
    hit = lists[lists[Columns.Item].to_numpy() == wanted.loc[lists[Columns.User]].to_numpy()]
    own = lists[Columns.User].map(hit.set_index(Columns.User)[Columns.Score])
    found = (lists[Columns.Score] >= own).groupby(lists[Columns.User]).sum()
    return found.reindex(users, fill_value=0).to_numpy(dtype=np.int64)


def ndcg(found: np.ndarray, k: int = 10) -> float:
    inside = (found >= 1) & (found <= k)
    return float(np.where(inside, 1.0 / np.log2(np.maximum(found, 1) + 1.0), 0.0).mean())


class Clock(Callback):
    """Times and predicted events of each epoch, between the hooks that enclose it: set-up is not in it."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.processor: list[float] = []
        self.events: list[int] = []
        self._start = 0.0, 0.0

    def on_train_epoch_start(self, *_: Any) -> None:
        self.events.append(0)
        self._start = time.perf_counter(), time.process_time()

    def on_train_batch_end(self, _trainer: Any, _module: Any, _outputs: Any, batch: Any, _index: int) -> None:
        self.events[-1] += int(torch.count_nonzero(batch["y"]))  # the rest of the batch is padding

    def on_train_epoch_end(self, *_: Any) -> None:
        self.wall.append(time.perf_counter() - self._start[0])
        self.processor.append(time.process_time() - self._start[1])


def sasrec(settings: dict[str, Any], seed: int, share: float = 1.0) -> SASRecModel:
    """RecTools' SASRec with a clock; it sees a `share` of the batches in each epoch."""
    seed_everything(seed)

    def trainer() -> Trainer:
        plain = {"logger": False, "enable_progress_bar": False, "enable_model_summary": False}
        plain |= {"enable_checkpointing": False, "accelerator": "cpu", "devices": 1}
        return Trainer(max_epochs=1, limit_train_batches=share, callbacks=[Clock()], **plain)

    return SASRecModel(get_trainer_func=trainer, recommend_torch_device="cpu", **settings)


def speed() -> dict[str, Any]:
    """Seconds and events of each epoch of SASRec but the first; with `rank` also the figures after the last."""
    model = sasrec(TASK["settings"], TASK["seed"], TASK["share"])
    train = dataset("train")
    model.fit_partial(train, TASK["epochs"], TASK["epochs"])
    clock = next(one for one in model.fit_trainer.callbacks if isinstance(one, Clock))  # a copy of the one given
    told: dict[str, Any] = {name: getattr(clock, name)[1:] for name in ("events", "wall", "processor")}
    if TASK["rank"]:
        told["validation"] = ndcg(ranks(model, "validation", train))
        told["test"] = ndcg(ranks(model, "test", dataset("test")))
    return told


def recommending() -> dict[str, Any]:
    """Seconds of each of several `recommend` calls for all users."""
    model = sasrec(TASK["settings"], TASK["seed"], TASK["share"])
    train, history = dataset("train"), dataset("test")
    model.fit_partial(train, 1, 1)  # what it has learned does not change how long it takes
    told: dict[str, list[float]] = {"wall": [], "processor": []}
    for _ in range(TASK["runs"]):
        wall, processor = time.perf_counter(), time.process_time()
        model.recommend(SPLIT["test_users"], history, k=10, filter_viewed=True)
        told["wall"].append(time.perf_counter() - wall)
        told["processor"].append(time.process_time() - processor)
    return told


def choice() -> dict[str, Any]:
    """EASE or item-kNN: the best of some settings on validation, and its ranks on the test."""
    train, best = dataset("train"), {"validation": -1.0}
    for settings in TASK["choices"]:
        start = time.perf_counter()
        if TASK["model"] == "ease":
            model: Any = EASEModel(recommend_n_threads=TASK["threads"], **settings)
        else:
            rest = {name: value for name, value in settings.items() if name != "kind"}
            model = ImplicitItemKNNWrapperModel(NEIGHBOURS[settings["kind"]](num_threads=TASK["threads"], **rest))
        model.fit(train)
        seconds = time.perf_counter() - start
        figure = ndcg(ranks(model, "validation", train))
        print(TASK["model"], settings, f"{figure:.4f}", f"{seconds:.1f} s", file=sys.stderr, flush=True)
        if figure > best["validation"]:
            best = {"settings": settings, "validation": figure, "seconds": seconds, "model": model}
    found = ranks(best.pop("model"), "test", dataset("test"))
    return best | {"test": ndcg(found), "ranks": found.tolist()}


def trained() -> dict[str, Any]:
    """SASRec with as many epochs as validation likes best, and its ranks on the test by the weights of that epoch."""
    model = sasrec(TASK["settings"], TASK["seed"])
    train, test = dataset("train"), dataset("test")
    best: dict[str, Any] = {"validation": -1.0, "epoch": 0}
    start, every, patience = time.perf_counter(), TASK["every"], TASK["patience"]
    for epoch in range(every, TASK["epochs"] + 1, every):
        model.fit_partial(train, every, every)
        figure = ndcg(ranks(model, "validation", train))
        print("sasrec", epoch, f"{figure:.4f}", f"{time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
        if figure > best["validation"]:
            found = ranks(model, "test", test)
            best = {"validation": figure, "epoch": epoch, "test": ndcg(found), "ranks": found.tolist()}
        elif epoch - best["epoch"] >= patience:
            break
    return best | {"settings": TASK["settings"], "seconds": time.perf_counter() - start}


TASKS = {"speed": speed, "recommending": recommending, "choice": choice, "trained": trained}

if __name__ == "__main__":
    Path(TASK["out"]).write_text(json.dumps(TASKS[TASK["task"]]()), "utf-8")
