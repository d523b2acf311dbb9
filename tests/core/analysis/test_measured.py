"""What matters to a run comes back as it was measured; what is damaged is as if it had not been."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import keeping, workflow
from core.analysis.importance import BehaviourShare, ComponentShare, Importance, Need
from core.analysis.measured import DEEPEST, Measured
from core.analysis.surrogate import Condition, Node, Rule, Surrogate
from core.fitting import TrainSettings
from core.progress import Progress
from core.runs import OVERVIEW
from core.workspace import Workspace
from tests.shop import open_shop

LEAF = Node(Condition("since", False, 2.5), 0.25, 0.5, False, ())
WHOLE = Measured(
    "2026-11-29T17:00:00+00:00",
    True,
    Importance(
        (ComponentShare("content", 0.75),),
        (BehaviourShare("购买", 0.5, 0.25),),
        0.125,
        (Need("behaviour", "购买", 0.5, -0.25, 1.0), Need("texts", "", 0.0, 0.0, 0.0)),
        3,
        2,
        1,
    ),
    Surrogate(
        Node(None, 0.5, 1.0, True, (LEAF, LEAF)),
        (Rule((Condition("seen", True, 0.5),), True, 0.5, 0.75), Rule((), False, 0.5, 0.5)),
        0.9,
        0.8,
        0.5,
        10,
        4,
    ),
)


def test_all_of_it_comes_back() -> None:
    assert Measured.from_bytes(WHOLE.to_bytes()) == WHOLE
    bare = Measured("", False, WHOLE.importance, None)
    assert Measured.from_bytes(bare.to_bytes()) == bare


def test_what_is_no_number_comes_back_as_such() -> None:
    rules = Surrogate(Node(None, math.nan, 1.0, True, ()), (Rule((), True, 0.0, math.nan),), 0.5, 0.5, 0.5, 0, 0)
    data = Measured("", True, WHOLE.importance, rules).to_bytes()
    assert b"NaN" not in data
    found = Measured.from_bytes(data)
    assert found is not None
    assert found.surrogate is not None
    assert math.isnan(found.surrogate.rules[0].right)
    assert math.isnan(found.surrogate.tree.listed)


BODY = json.loads(WHOLE.to_bytes())
DEEP = "[" * 100_000


def _tree(depth: int) -> dict[str, object]:
    node = {**BODY["surrogate"]["tree"], "below": []}
    for _ in range(depth):
        node = {**node, "below": [node]}
    return {**BODY, "surrogate": {**BODY["surrogate"], "tree": node}}


@pytest.mark.parametrize(
    "body",
    [
        {name: value for name, value in BODY.items() if name != "importance"},
        {**BODY, "at": 5},
        {**BODY, "importance": {**BODY["importance"], "users": math.inf}},
        {**BODY, "surrogate": {**BODY["surrogate"], "rules": None}},
        {**BODY, "importance": {**BODY["importance"], "needs": [{**BODY["importance"]["needs"][0], "kind": "no"}]}},
        _tree(DEEPEST),
        [],
    ],
)
def test_what_is_damaged_is_not_there(body: object) -> None:
    assert Measured.from_bytes(json.dumps(body).encode()) is None


@given(st.binary() | st.just(DEEP.encode()))
def test_no_bytes_are_an_error(data: bytes) -> None:
    assert Measured.from_bytes(data) is None


@given(st.integers(0, len(WHOLE.to_bytes()) - 1), st.binary(min_size=1, max_size=3))
def test_changed_bytes_are_read_or_not(place: int, other: bytes) -> None:
    data = WHOLE.to_bytes()
    found = Measured.from_bytes(data[:place] + other + data[place + len(other) :])
    assert found is None or isinstance(found.importance, Importance)


def test_it_is_kept_with_the_run_and_goes_with_it(tmp_path: Path) -> None:
    path = tmp_path / "shop.seqlens"
    with open_shop(path) as workspace:
        run = workflow.train(workspace, TrainSettings(model="transitions"), Progress())
        gone = workflow.train(workspace, TrainSettings(model="popularity"), Progress())
        assert workflow.kept_overview(workspace, run.id, Progress()) is None
        measured = workflow.overview(workspace, run.id, Progress())
        workflow.overview(workspace, gone.id, Progress())
        workspace.runs.delete(gone.id)
        assert workspace.runs.blob(f"{gone.id}/{OVERVIEW}") is None
    with Workspace.open(path) as workspace:
        kept = workflow.kept_overview(workspace, run.id, Progress())
        assert kept == measured
    keeping.forget_users(path, ["user 07"], Progress())
    with Workspace.open(path) as workspace:
        assert workflow.kept_overview(workspace, run.id, Progress()) is None
