"""Contenders are ranked by what they reached, and differences are to the one that was chosen."""

from __future__ import annotations

import json

import numpy as np
import pytest
from numpy.typing import NDArray

from core.evaluation.comparison import Contender, common, ranked
from core.evaluation.slices import Slice
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


def test_differences_in_a_part_are_between_the_users_of_that_part() -> None:
    rng = np.random.default_rng(0)
    gains = rng.random(200)
    better = np.where(np.arange(200) < 50, gains + 0.2, gains - 0.1)  # in the first part alone
    parts = (np.arange(200) < 50, np.arange(200) >= 50)

    def made(run: str, own: NDArray[np.float64]) -> Contender:
        slices = tuple(Slice("segment", name, 50, 50, gains=own[kept]) for name, kept in zip("ab", parts, strict=True))
        return contender(run, own, slices=slices)

    _, order = ranked([made("one", gains), made("other", better)], 10, against="one")
    one, other = sorted(order, key=lambda each: each.run)
    assert all(part.difference == 0 and not part.clear for part in one.part_differences)
    first, second = other.part_differences
    assert first.difference == pytest.approx(0.2)
    assert second.difference == pytest.approx(-0.1)
    assert (first.wins, first.losses, second.wins, second.losses) == (50, 0, 0, 150)
    assert first.low > 0 > second.high


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
    assert "gains" not in facts["contenders"][0]["slices"][0]
    assert len(facts["contenders"][1]["part_differences"]) == len(facts["contenders"][1]["slices"])
    assert facts["contenders"][0]["difference"]["difference"] == 0.0
    assert facts["data"]["users"] == found.data["users"]
