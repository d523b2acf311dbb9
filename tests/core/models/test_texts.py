"""Searches: events with a text and no item speak to the models by what they say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core import listing, workflow
from core.data.settings import ImportSettings
from core.fitting import TrainSettings
from core.listing import ListRequest
from core.models.available import create, rebuild
from core.models.base import Recommender
from core.progress import Progress
from core.sequences.log import EventLog
from core.workspace import Workspace
from tests.logs import NO_CATALOGUE, log_of

TOPICS, EACH = 8, 5
ITEMS = TOPICS * EACH
SMALL = {"transformer": {"epochs": 12, "batch": 512, "width": 16, "learning_rate": 0.01, "dropout": 0.1}}


def of_topics(topics: NDArray[np.int64], noise: float) -> NDArray[np.float32]:
    axes = np.eye(TOPICS, dtype=np.float32)[topics]
    found = axes + noise * np.random.default_rng(0).normal(size=axes.shape).astype(np.float32)
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


VECTORS = of_topics(np.arange(ITEMS) // EACH, 0.1)
TEXTS = of_topics(np.arange(TOPICS), 0.05)  # one search for each topic


def searching(topics: list[int], items: list[list[int]]) -> EventLog:
    """Users who search for a topic and then see items."""
    log = log_of([[-1, *own] for own in items], ITEMS)
    text = np.full(log.events, -1, dtype=np.int32)
    text[log.offsets[:-1]] = topics
    return replace(log, text=text)


def fitted(name: str) -> Recommender:
    """Trained on users whose one item is of the topic that they searched for: nothing else foretells it."""
    rng = np.random.default_rng(1)
    topics = rng.integers(0, TOPICS, 600).tolist()
    log = searching(topics, [[topic * EACH + int(rng.integers(EACH))] for topic in topics])
    model = create(name, VECTORS, device="cpu", options=SMALL, texts=TEXTS)
    model.fit(log, NO_CATALOGUE, Progress())
    return model


@pytest.mark.parametrize("name", ["content", "transformer"])
def test_a_search_brings_up_what_it_asks_for(name: str) -> None:
    model = fitted(name)
    histories = searching(list(range(TOPICS)), [[] for _ in range(TOPICS)])
    scores = model.score(histories)
    best = np.argsort(-scores, axis=1)[:, :EACH] // EACH
    assert (best == np.arange(TOPICS)[:, None]).mean() > 0.9
    back = rebuild(name, *model.state())
    assert np.array_equal(back.score(histories), scores)
    later = replace(histories, text=np.full_like(histories.text, 99))
    assert np.isfinite(model.score(later)).all(), "a text that came after the training says nothing"
    assert np.ptp(model.score(later), axis=0).max() < 1e-5


@pytest.mark.parametrize("name", ["content", "transformer"])
def test_the_share_of_a_search_is_told(name: str) -> None:
    model = fitted(name)
    history = searching([3], [[1]])
    items = np.array([3 * EACH, 0, ITEMS - 1], dtype=np.int32)
    found = model.explain(history, items)
    assert found.event_base + found.event_shares.sum(1) == pytest.approx(found.scores, abs=1e-4)
    assert found.event_shares[0, 0] > found.event_shares[2, 0]
    assert found.event_shares[0, 0] > 0


def test_searches_of_a_file_reach_the_list(tmp_path: Path) -> None:
    words = ["red lamp", "oak table", "wool carpet", "steel kettle"]
    rng = np.random.default_rng(2)
    rows = []
    for user in range(120):
        topic = user % 4
        rows.append(f"u{user},,search,{words[topic]},1")
        rows += [f"u{user},{topic}{rng.integers(6)},view,,{step}" for step in (2, 3, 4)]
    rows.append("seeker,,search,wool carpet,1")
    (tmp_path / "e.csv").write_text("\n".join(["user_id,item_id,behavior,query,timestamp", *rows]), "utf-8")
    titles = [f"{topic}{number},{words[topic]} number {number}" for topic in range(4) for number in range(6)]
    (tmp_path / "i.csv").write_text("\n".join(["item_id,title", *titles]), "utf-8")
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        settings = ImportSettings(files=(tmp_path / "e.csv",), items_files=(tmp_path / "i.csv",))
        workflow.import_files(workspace, settings, Progress())
        assert sorted(workspace.event_texts()) == sorted(words)
        run = workflow.train(workspace, TrainSettings(model="content"), Progress())
        seeker = int(np.flatnonzero(np.array(workspace.users().ids.to_pylist()) == "seeker")[0])
        found = listing.recommend(workspace, seeker, Progress(), ListRequest(run.id, k=6))
        ids = workspace.catalogue().ids.to_pylist()
    assert {ids[item][0] for item in found.items} == {"2"}
