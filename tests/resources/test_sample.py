"""The sample data set: the same contents each time, a believable shop, and as learnable as its process allows."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.progress import Progress
from core.sequences.log import Catalogue, EventLog
from core.workspace import Workspace

SAMPLE = Path(__file__).parents[2] / "resources" / "sample"
DAY = 86_400_000_000


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SAMPLE / "facts.json").read_text())
    return found


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The sample, imported with nothing said about its columns."""
    from core import workflow
    from core.data.settings import ImportSettings

    with Workspace.create(tmp_path_factory.mktemp("sample") / "sample.seqlens") as made:
        settings = ImportSettings(files=(SAMPLE / "events.csv.gz",), items_files=(SAMPLE / "items.csv",))
        workflow.import_files(made, settings, Progress())
        yield made


@pytest.fixture(scope="module")
def log(workspace: Workspace) -> EventLog:
    return workspace.log()


@pytest.fixture(scope="module")
def catalogue(workspace: Workspace) -> Catalogue:
    return workspace.catalogue()


def are(log: EventLog, behaviour: str) -> NDArray[np.bool_]:
    """bool [events], whether each event is of that behaviour."""
    return np.array([known.name == behaviour for known in log.behaviours])[log.behaviour]


def test_generating_again_gives_the_same_contents(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-B", str(SAMPLE / "generate.py"), str(tmp_path)], check=True)
    for name in ("events.csv.gz", "items.csv", "facts.json"):
        # Libraries that pack may do so in different ways; what is packed is the same.
        made, kept = (
            gzip.decompress(data) if name.endswith(".gz") else data
            for data in ((tmp_path / name).read_bytes(), (SAMPLE / name).read_bytes())
        )
        assert made == kept, name


def test_all_files_together_are_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLE.iterdir() if path.is_file()) <= 1_000_000


def test_nothing_is_lost_in_the_import(workspace: Workspace, facts: dict[str, Any]) -> None:
    counts = workspace.counts()
    assert (counts.users, counts.items, counts.events) == (facts["users"], facts["items"], facts["events"])
    assert counts.behaviours == 4
    assert counts.timed
    assert (facts["users"], facts["items"]) == (2000, 800)


def test_titles_categories_and_prices_are_those_of_a_shop(catalogue: Catalogue) -> None:
    titles = catalogue.titles.to_pylist()
    assert len(set(titles)) == 800
    assert len(set(catalogue.categories.to_pylist())) == 12
    assert np.all((catalogue.prices > 1) & (catalogue.prices < 3000))
    assert max(map(len, titles)) > 100
    assert any("周年" in title for title in titles)


def test_times_rise_within_each_user_over_four_months(log: EventLog) -> None:
    gaps = np.diff(log.time)[np.diff(log.user) == 0]
    assert gaps.min() > 0
    assert 118 * DAY < log.time.max() - log.time.min() < 123 * DAY
    hours = log.time // (DAY // 24) % 24
    assert np.mean(hours >= 17) > np.mean((hours >= 8) & (hours < 15))  # evenings are busier


def test_sessions_are_short_and_days_apart(log: EventLog) -> None:
    same_user = np.diff(log.user) == 0
    gaps = np.diff(log.time)
    begins = same_user & (gaps > DAY // 48)
    length = log.events / (np.count_nonzero(begins) + log.users)
    assert 3 < length < 7
    assert np.median(gaps[begins]) > DAY
    assert np.median(gaps[same_user & ~begins]) < DAY / 24 / 30


def test_behaviours_form_a_funnel(log: EventLog) -> None:
    views, carts, purchases = (np.count_nonzero(are(log, name)) for name in ("view", "cart", "purchase"))
    assert views > carts > purchases > 3000
    assert np.count_nonzero(are(log, "favourite")) > 1000


def test_few_items_have_most_events(log: EventLog) -> None:
    counts = np.sort(np.bincount(log.item, minlength=800))[::-1]
    assert counts.min() > 0
    assert counts[:160].sum() > 0.45 * log.events
    assert counts[400:].sum() < 0.25 * log.events


def test_some_things_are_bought_again(log: EventLog) -> None:
    bought = are(log, "purchase")
    pairs = log.user[bought].astype(np.int64) * log.items + log.item[bought]
    again = 1 - len(np.unique(pairs)) / len(pairs)
    assert 0.1 < again < 0.5


def test_tastes_drift(log: EventLog, catalogue: Catalogue) -> None:
    """What a user looks at early is nearer to the middle than to the end, by categories."""
    names, category = np.unique(np.array(catalogue.categories.to_pylist()), return_inverse=True)
    third = np.minimum(log.position * 3 // np.repeat(log.lengths, log.lengths), 2)
    shares = np.zeros((3, log.users, len(names)))
    np.add.at(shares, (third, log.user, category[log.item]), 1)
    shares = shares[:, log.lengths >= 30]
    shares /= shares.sum(axis=2, keepdims=True)
    to_middle = np.minimum(shares[0], shares[1]).sum(axis=1).mean()
    to_end = np.minimum(shares[0], shares[2]).sum(axis=1).mean()
    assert to_end < to_middle - 0.03


def test_best_possible_figure_agrees_with_what_was_drawn(facts: dict[str, Any]) -> None:
    best = facts["best_hit@10"]
    assert abs(facts["best_hit@10_drawn"] - best) < 3 * np.sqrt(best * (1 - best) / facts["users"])


def test_transformer_comes_near_the_best_possible(log: EventLog, catalogue: Catalogue, facts: dict[str, Any]) -> None:
    from core.evaluation.evaluate import evaluate
    from core.evaluation.ranking import hides_seen
    from core.evaluation.split import leave_one_out
    from core.models.popularity import Popularity, PopularitySettings
    from core.models.transformer import SequenceTransformer, TransformerSettings
    from core.training.devices import torch_threads

    split = leave_one_out(log)
    assert len(split.test.users) == facts["users"]
    hide = hides_seen(split.train)
    assert not hide  # here users come back to what they had

    def hit(model: Popularity | SequenceTransformer) -> float:
        model.fit(split.train, catalogue, Progress())
        return evaluate(model, split.test, hide, 10, Progress()).metrics["hit@10"]

    popularity = hit(Popularity(PopularitySettings()))
    # A smaller one than the default, for four epochs instead of 20: enough, and quick. Threads that wait for each other
    # would be slow in CI.
    small = TransformerSettings(width=32, epochs=4, learning_rate=5e-3)
    with torch_threads(leave_one=True):
        transformer = hit(SequenceTransformer(small, None, "cpu"))
    assert transformer > 0.8 * facts["best_hit@10"]
    assert transformer > 2 * popularity
