"""Models are trained where they are missing, tested on the same cases, and set against each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import listing, workflow
from core.comparing import side_by_side
from core.errors import SeqlensError
from core.fitting import TrainSettings
from core.listing import ListRequest
from core.progress import Cancelled, Progress
from core.recommend.feedback import Entry
from core.workspace import Workspace
from tests.shop import START, open_shop

TINY = {"transformer": {"epochs": 2, "width": 16, "blocks": 1, "heads": 1, "members": 1}}


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    return open_shop(tmp_path / "shop.seqlens")


def wanted(*models: str, **changes: object) -> list[TrainSettings]:
    return [TrainSettings(model=model, **changes) for model in models]  # type: ignore[arg-type]


def test_what_is_missing_is_trained_and_what_is_there_is_taken(shop: Workspace) -> None:
    first = workflow.train(shop, TrainSettings(model="transitions"), Progress())
    workflow.train(shop, TrainSettings(model="popularity", protocol="leave-last-n", last=2), Progress())
    found = workflow.compare(shop, Progress(), wanted=wanted("popularity", "transitions"))
    assert [each.model for each in found.contenders] == ["transitions", "popularity"]
    assert found.best.run == found.reference == first.id
    assert len(shop.runs.all()) == 3, "the popularity of another split is none of this one"
    again = workflow.compare(shop, Progress(), wanted=wanted("popularity", "transitions"))
    assert len(shop.runs.all()) == 3
    assert [each.run for each in again.contenders] == [each.run for each in found.contenders]
    for each in found.contenders:
        run = shop.runs.get(each.run)
        assert {name: each.figures[name] for name in run.metrics} == pytest.approx(run.metrics)
    change = found.contenders[1].difference
    assert change.clear
    assert change.difference == pytest.approx(found.contenders[1].figures["ndcg@10"] - found.best.figures["ndcg@10"])
    assert change.wins + change.losses + change.ties == found.users == found.cases == 60
    parts, of_best = found.contenders[1].slices, found.best.slices
    for kind in {part.kind for part in parts}:  # each user is in one part of a kind, so that they make up the whole
        places = [place for place, part in enumerate(parts) if part.kind == kind]
        each = [(found.contenders[1].part_differences[place], parts[place], of_best[place]) for place in places]
        assert sum(one.difference * part.users for one, part, _ in each) == pytest.approx(change.difference * 60)
        assert sum(one.wins for one, _, _ in each) == change.wins
        for one, part, best in each:
            assert one.difference == pytest.approx(part.metrics["ndcg@10"] - best.metrics["ndcg@10"])
            assert one.low <= one.difference <= one.high
    assert not any(one.difference for one in found.best.part_differences)
    assert found.data["events"] == 720
    assert found.data["training_events"] == 600


def test_diversity_is_told_once_vectors_are_there(shop: Workspace) -> None:
    found = workflow.compare(shop, Progress(), wanted=wanted("popularity"))
    assert "diversity@10" not in found.best.figures
    found = workflow.compare(shop, Progress(), wanted=wanted("popularity", "content"))
    assert all(0 < each.figures["diversity@10"] < 1 for each in found.contenders)


@pytest.mark.parametrize(
    "split",
    [{"protocol": "time"}, {"protocol": "leave-last-n", "last": 2}, {"protocol": "users", "folds": 3, "fold": 1}],
)
def test_every_split_can_be_compared_and_found_again(shop: Workspace, split: dict[str, object]) -> None:
    found = workflow.compare(shop, Progress(), wanted=wanted("popularity", "transitions", **split))
    assert found.protocol == split["protocol"]
    assert len(found.best.gains) == found.users <= found.cases
    runs = len(shop.runs.all())
    joined = workflow.compare(shop, Progress(), [found.best.run], wanted("popularity", "transitions"))
    assert {each.run for each in joined.contenders} == {each.run for each in found.contenders}
    assert len(shop.runs.all()) == runs, "the wanted models follow the split of the named run"


def test_a_stopped_training_goes_on(shop: Workspace) -> None:
    class StopInTheSecondEpoch(Progress):
        def report(self, _fraction: float, _message: str, figures: dict[str, float | int | str]) -> None:
            if figures.get("epoch") == 2:
                self.cancel()

    asked = wanted("popularity", "transformer", options=TINY)
    with pytest.raises(Cancelled):
        workflow.compare(shop, StopInTheSecondEpoch(), wanted=asked)
    assert {run.model: run.status for run in shop.runs.all()} == {"popularity": "done", "transformer": "stopped"}
    found = workflow.compare(shop, Progress(), wanted=asked)
    assert len(shop.runs.all()) == len(found.contenders) == 2
    assert [len(each.curve) for each in found.contenders if each.model == "transformer"] == [2]


def test_runs_of_different_splits_are_refused(shop: Workspace) -> None:
    first = workflow.train(shop, TrainSettings(model="popularity"), Progress())
    other = workflow.train(shop, TrainSettings(model="popularity", protocol="time"), Progress())
    with pytest.raises(SeqlensError, match="not tested on the same events"):
        workflow.compare(shop, Progress(), [first.id, other.id])
    with pytest.raises(SeqlensError, match="nothing to compare"):
        workflow.compare(shop, Progress())
    with pytest.raises(SeqlensError, match="no run nope"):
        workflow.compare(shop, Progress(), ["nope"])


def test_a_model_that_does_not_suit_the_data_is_left_out_only_if_it_may(shop: Workspace) -> None:
    with shop.cursor() as cursor:
        cursor.execute("UPDATE items SET title = NULL, category = NULL")
    asked = wanted("popularity", "content")
    with pytest.raises(SeqlensError):
        workflow.compare(shop, Progress(), wanted=asked)
    found = workflow.compare(shop, Progress(), wanted=asked, skip=True)
    assert [each.model for each in found.contenders] == ["popularity"]
    assert list(found.left_out) == ["content"]
    with pytest.raises(SeqlensError, match="nothing to compare"):
        workflow.compare(shop, Progress(), wanted=wanted("content"), skip=True)


def test_the_report_is_written_whole(shop: Workspace, tmp_path: Path) -> None:
    run = workflow.train(shop, TrainSettings(model="transitions", name="<script>x</script>"), Progress())
    found = workflow.compare(shop, Progress(), [run.id])
    out = tmp_path / "report.html"
    workflow.write_report(found, out, "zh_CN")
    text = out.read_text("utf-8")
    assert "&lt;script&gt;x" in text
    assert "<script" not in text
    assert list(tmp_path.glob(".*")) == []
    with pytest.raises(SeqlensError, match="cannot be written"):
        workflow.write_report(found, tmp_path / "none" / "r.html", "en")


def test_two_runs_side_by_side_for_one_user_are_what_each_recommends(shop: Workspace) -> None:
    runs = [workflow.train(shop, TrainSettings(model=model), Progress()) for model in ("transitions", "popularity")]
    for each in runs:
        low, high = each.intervals["ndcg@10"]
        assert low <= each.metrics["ndcg@10"] <= high
        assert shop.runs.get(each.id).intervals == each.intervals
    found = side_by_side(shop, (runs[0].id, runs[1].id), 7, 5, Progress())
    lists = [listing.recommend(shop, 7, Progress(), ListRequest(run.id, k=5)).items.tolist() for run in runs]
    for place, items in enumerate(lists):
        ranked = sorted((rank, item) for item, rank in zip(found.items.tolist(), found.ranks[:, place], strict=True))
        assert [item for rank, item in ranked if 1 <= rank <= 5] == items
    assert set(found.items.tolist()) == {item for items in lists for item in items}
    assert found.overlap == len(set(lists[0]) & set(lists[1]))


def test_two_runs_side_by_side_heed_what_the_user_was_said_to_like(shop: Workspace) -> None:
    runs = [workflow.train(shop, TrainSettings(model=model), Progress()) for model in ("transitions", "popularity")]
    plain = side_by_side(shop, (runs[0].id, runs[1].id), 7, 5, Progress())
    ids, name = shop.catalogue().ids, shop.users().ids[7].as_py()
    best = [int(plain.items[plain.ranks[:, place].tolist().index(1)]) for place in range(2)]
    liked = next(int(item) for item in plain.items if item not in best)
    said = {best[0]: "down", best[1]: "later", liked: "up"}
    later = {"later": START + 10**18}  # until a time that is far ahead
    for item, verdict in said.items():
        shop.feedback.put([Entry(name, ids[item].as_py(), verdict, time=START, until=later.get(verdict))])
    found = side_by_side(shop, (runs[0].id, runs[1].id), 7, 5, Progress())
    assert not {best[0], best[1]} & set(found.items.tolist())
    for place, run in enumerate(runs):
        items = listing.recommend(shop, 7, Progress(), ListRequest(run.id, k=5)).items.tolist()
        ranked = sorted((rank, item) for item, rank in zip(found.items.tolist(), found.ranks[:, place], strict=True))
        assert [item for rank, item in ranked if 1 <= rank <= 5] == items
    assert found.ranks.tolist() != plain.ranks.tolist()
