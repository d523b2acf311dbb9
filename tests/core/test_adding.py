"""What is known of items beside events: it is kept in the workspace, becomes a part of the hybrid, and is explained."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core import adding, cli, workflow
from core.fitting import TrainSettings
from core.models.beside import NOTHING
from core.progress import Progress
from core.workspace import Workspace
from tests.shop import ITEMS, open_shop, read_before

QUICK: dict[str, dict[str, object]] = {"hybrid": {"components": ["popularity", "transitions", "vectors"]}}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workspace]:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        yield workspace


def ring(tmp_path: Path) -> Path:
    """Vectors in which each item of the shop is near the next ones, which is what its users do."""
    angle = 2 * np.pi * np.arange(ITEMS) / ITEMS
    np.save(tmp_path / "sound.npy", np.stack((np.cos(angle), np.sin(angle)), axis=1))
    (tmp_path / "sound.txt").write_text("\n".join(f"i{item}" for item in range(ITEMS)))
    return tmp_path / "sound.npy"


def test_vectors_stay_in_the_workspace_until_they_are_removed(shop: Workspace, tmp_path: Path) -> None:
    assert shop.beside.load(ITEMS) == NOTHING
    before = shop.beside.stamp()
    taken = adding.add_vectors(shop, ring(tmp_path), Progress())
    assert (taken.items, dict(taken.figures)) == (ITEMS, {"dimensions": 2})
    assert shop.beside.stamp() != before
    shop.close()
    with Workspace.open(shop.path) as again:
        assert again.beside.taken() == {"vectors": taken}
        found = again.beside.load(ITEMS + 2)  # items that came in later
        assert found.vectors is not None
        np.testing.assert_allclose(np.linalg.norm(found.vectors, axis=1), [*[1.0] * ITEMS, 0.0, 0.0], atol=1e-6)
        again.beside.remove("vectors")
        assert again.beside.load(ITEMS) == NOTHING
        assert again.runs.blob("beside/vectors") is None


def test_the_hybrid_has_a_part_for_them_and_says_what_it_gave(shop: Workspace, tmp_path: Path) -> None:
    read_before(shop)
    without: dict[str, dict[str, object]] = {"hybrid": {"components": ["popularity", "transitions"]}}
    plain = workflow.train(shop, TrainSettings(options=without), Progress())
    assert "vectors" not in plain.weights
    adding.add_vectors(shop, ring(tmp_path), Progress())
    run = workflow.train(shop, TrainSettings(options=QUICK), Progress())
    assert 0 <= run.weights["vectors"] <= 1
    listed = workflow.recommend(shop, 0, Progress(), run.id, k=3, hide_seen=False)
    assert listed.components == ("popularity", "transitions", "vectors")
    np.testing.assert_allclose(listed.base + listed.shares.sum(1), listed.scores, atol=1e-4)
    found = workflow.explain(shop, 0, listed.items, Progress(), run.id)
    np.testing.assert_allclose(found.event_base + found.event_shares.sum(1), found.scores, atol=1e-4)
    shop.beside.remove("vectors")  # the run keeps what it learned from
    again = workflow.recommend(shop, 0, Progress(), run.id, k=3, hide_seen=False)
    np.testing.assert_array_equal(again.scores, listed.scores)


def test_on_the_command_line(shop: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop.close()
    words = ["vectors", str(ring(tmp_path)), "--workspace", str(shop.path)]
    assert cli.run(words) == 0
    assert "24 rows read, 24 kept, of 24 items, 2 dimensions" in capsys.readouterr().out
    (tmp_path / "others.txt").write_text("\n".join(f"x{item}" for item in range(ITEMS)))
    assert cli.run([*words[:2], str(tmp_path / "others.txt"), *words[2:]]) == 1
    assert "row 1 is about x0" in capsys.readouterr().err
    assert cli.run(["vectors", "--remove", "--workspace", str(shop.path)]) == 0
    with Workspace.open(shop.path) as again:
        assert again.beside.taken() == {}
    assert cli.run(["vectors", "--workspace", str(shop.path)]) == 1
