"""Contenders are ranked by what they reached, and differences are to the one that was chosen."""

from __future__ import annotations

import json

import numpy as np
import pytest

from core.evaluation.comparison import common, ranked
from tests.comparisons import comparison, contender


def test_the_best_comes_first_and_is_the_reference() -> None:
    gains = np.random.default_rng(0).random(200)
    reference, order = ranked([contender("low", gains * 0.5), contender("high", gains), contender("same", gains)], 10)
    assert [each.run for each in order] == ["high", "same", "low"]
    assert reference == "high"
    assert [each.difference.clear for each in order] == [False, False, True]
    assert order[2].difference.difference == pytest.approx(-0.5 * gains.mean())
    assert order[2].difference.losses == 200


def test_differences_can_be_to_any_run() -> None:
    gains = np.random.default_rng(0).random(200)
    reference, order = ranked([contender("low", gains * 0.5), contender("high", gains)], 10, against="low")
    assert reference == "low"
    assert [each.difference.wins for each in order] == [200, 0]


def test_other_cases_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="same cases"):
        ranked([contender("a", np.zeros(3)), contender("b", np.zeros(4))], 10)
    with pytest.raises(ValueError, match="same cases"):
        ranked([], 10)


def test_common_settings_are_told_once() -> None:
    shared, own = common(
        [{"seed": 1, "options": {"a": {"x": 1}}}, {"seed": 1, "options": {"a": {"x": 2}}}, {"seed": 1}]
    )
    assert shared == {"seed": 1}
    assert own == [{"options.a.x": 1}, {"options.a.x": 2}, {}]


def test_facts_are_json_without_single_users() -> None:
    found = comparison()
    facts = json.loads(json.dumps(found.facts()))
    assert "gains" not in facts["contenders"][0]
    assert facts["contenders"][0]["difference"]["difference"] == 0.0
    assert facts["data"]["users"] == found.data["users"]
