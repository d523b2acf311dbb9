"""Sentences about an item that is not in a list: one for each reason, with what was found, in both languages."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from core.runs import Run
from core.unlisted import CRITERIA, Reason, Standing
from desktop_app import translation
from desktop_app.widgets.not_listed_words import Answer, facts, heading, reasons

RUN = Run("a", "one", "hybrid", "2026-11-24T09:30:00.000+00:00", "done", users=9)
RULES = ("late", "nameless", "had", "down", "later", "category", "excluded", "cheapest", "dearest", "stock", "banned")
OTHERS = ("words", "brand", "together", "beyond", "score")


def answer(*found: Reason, place: int = 0, **changed: object) -> Answer:
    shares = np.array([[0.25, 0.5], [0.5, 2.0]], dtype=np.float32)
    scores = shares.sum(axis=1)
    told = Standing(
        RUN, 3, place, 40, 800, 10, 5, ("popularity", "transformer"), scores, np.zeros(2, np.float32), shares, 12, found
    )
    return Answer(replace(told, **changed), "A lamp", "A desk", 12.5)  # type: ignore[arg-type]


@pytest.mark.usefixtures("qapp")
def test_each_reason_has_a_sentence_of_its_own_with_its_figures() -> None:
    every = [Reason(rule, about="20.0", number=7) for rule in (*RULES, *CRITERIA, *OTHERS)]
    told = reasons(answer(*every))
    assert len(set(told)) == len(every)
    assert not any("{" in sentence for sentence in told)
    said = dict(zip((reason.rule for reason in every), told, strict=True))
    assert said["had"] == "The user has it already (7 events), and the list leaves out what they have."
    assert said["most"] == "The policy allows at most 7 of a category, and others come first."
    assert said["cheapest"] == "The policy asks for a price of at least 20.00; it costs 12.50."
    assert "“one”" in said["late"]
    assert all("at place 7" in said[name] for name in CRITERIA if name != "most")
    asked = reasons(answer(Reason("banned", asked=True)))
    assert asked == ["What was asked in words bans it."]
    unknown = reasons(replace(answer(Reason("dearest", "20.0")), price=math.nan))
    assert unknown == ["The policy has a limit of prices, and its price is not known."]


@pytest.mark.usefixtures("qapp")
def test_the_rank_and_the_gap_are_those_that_were_found() -> None:
    low = answer(Reason("score"))
    assert heading(low) == "“A lamp” is not among the first 10."
    assert list(facts(low)) == [
        "By its score it stands at rank 40 of 800 items.",
        "The last item of the list, “A desk”, has 1.750 more; by “Sequence model” alone, 1.500 more.",
        "All users together have 12 events with it.",
    ]
    kept_out = answer(Reason("had", number=1), scores=np.array([3.0, 2.5], np.float32), events=0)
    assert list(facts(kept_out)) == [
        "Without that, its score would put it at rank 40.",
        "The last item of the list, “A desk”, has 0.500 less.",
        "No user has an event with it, so that only what it is can speak for it.",
    ]
    late = answer(Reason("late"), rank=0, scores=np.array([np.nan, 2.5], np.float32))
    assert list(facts(late)) == ["All users together have 12 events with it."]
    there = answer(place=4)
    assert heading(there) == "“A lamp” is in the list, at place 4."
    assert not any("last item" in sentence for sentence in facts(there))
    alone = answer(Reason("score"), components=("ease",), shares=np.array([[1.0], [2.0]], np.float32))
    assert "“A desk”, has 1.750 more." in list(facts(alone))[1]


def test_nothing_is_left_in_english(qapp: QApplication) -> None:
    assert qapp is not None
    every = answer(*(Reason(rule, about="20.0", number=7) for rule in (*RULES, *CRITERIA, *OTHERS)))
    try:
        translation.choose("zh_CN")
        told = [heading(every), *reasons(every), *facts(every), heading(answer(place=2))]
    finally:
        translation.choose("en")
    for sentence in told:
        plain = sentence.replace("A lamp", "").replace("A desk", "").replace("one", "")
        assert not any(letter.isascii() and letter.isalpha() for letter in plain), sentence
