"""Parts of requests as filters, pulls on scores and changed histories."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from core.dialogue.acting import COMPONENT, Asked, Pulled, asked, capped, edited, standard
from core.dialogue.conversation import Conversation
from core.dialogue.grammar import understand
from core.dialogue.names import Names
from core.dialogue.structure import (
    Brand,
    Category,
    Count,
    Edit,
    Item,
    Lean,
    Most,
    Part,
    Price,
    Seen,
    Target,
    Understood,
    Wish,
    Years,
    from_json,
    joined,
    to_json,
)
from core.errors import SeqlensError
from core.models.base import Breakdown, Scored
from core.models.popularity import Popularity
from core.progress import Progress
from core.recommend.policy import Policy
from core.sequences.log import Behaviour, EventLog
from tests.benchmarks.requests_bench import shops

DAY = 86_400_000_000
PARTS: tuple[Part, ...] = (
    Category("Horror", "less"),
    Brand("Disney", "no", "Animation"),
    Item("p0", "Alien", "like"),
    Price(None, 10.0),
    Years(1990, None),
    Count(5),
    Most(2, "brand"),
    Seen(True),
    Target("rating"),
    Lean("year", 1),
    Wish("funny", 1.0),
    Edit("until", day="1998-03-31"),
)


@pytest.fixture(scope="module")
def films() -> Names:
    return shops()["films"]


def _asked(parts: Sequence[Part], names: Names) -> Asked:
    items = len(names.ids)
    ramp = np.linspace(-1, 1, items, dtype=np.float32)
    return asked(parts, names, items, lambda _: ramp, lambda _: -ramp)


def _log(names: Names, items: Sequence[int], behaviours: Sequence[int] | None = None) -> EventLog:
    count = len(items)
    return EventLog(
        np.array(items, np.int32),
        np.array(behaviours or [0] * count, np.uint8),
        np.arange(count, dtype=np.int64) * DAY,
        np.full(count, np.nan, np.float32),
        np.full(count, -1, np.int32),
        np.array([0, count], np.int64),
        tuple(Behaviour(name) for name in names.behaviours),
        len(names.ids),
        True,
    )


def test_parts_come_back_from_json() -> None:
    assert from_json(to_json(PARTS)) == PARTS


@pytest.mark.parametrize("body", [None, 3, [{"kind": "nonsense"}], [{"kind": "category", "name": "a", "how": "x"}]])
def test_what_is_no_part_is_refused(body: object) -> None:
    with pytest.raises(SeqlensError):
        from_json(body)


def test_constraints_become_a_policy_and_a_filter(films: Names) -> None:
    request = understand("no horror, only Pixar or Disney, from the nineties, under 8.5, two of each category", films)
    found = _asked(request.parts, films)
    assert found.policy.dearest == 8.5
    assert found.policy.most == 2
    assert set(found.policy.excluded) == set(films.categories_with("Horror"))
    assert found.allowed is not None
    assert {films.titles[code] for code in np.flatnonzero(found.allowed)} == {"Toy Story", "The Lion King", "Mulan"}
    assert found.pull is None


def test_a_policy_keeps_what_is_not_spoken_of(films: Names) -> None:
    base = Policy(diversity=0.3, cheapest=2.0, banned=("p1",), pinned=("p2", "p3"))
    over = _asked([Price(None, 9.0), Item("p2", "The Thing", "ban")], films).over(base)
    assert (over.diversity, over.cheapest, over.dearest) == (0.3, None, 9.0)
    assert set(over.banned) == {"p1", "p2"}
    assert over.pinned == ("p3",)


def test_wishes_pull(films: Names) -> None:
    wished = _asked([Wish("anything", 1.0)], films).pull
    against = _asked([Wish("anything", -1.0)], films).pull
    liked = _asked([Item("p0", "Alien", "like")], films).pull
    assert wished is not None
    assert against is not None
    assert liked is not None
    np.testing.assert_allclose(wished, -against)
    np.testing.assert_allclose(wished, -liked, atol=1e-6)
    more = _asked([Category("Western", "more"), Brand("Pixar", "less")], films).pull
    assert more is not None
    assert set(np.flatnonzero(more > 0)) == set(np.flatnonzero(films.in_category("Western")))
    assert set(np.flatnonzero(more < 0)) == set(np.flatnonzero(films.of_brand("Pixar")))
    newer = _asked([Lean("year", 1)], films).pull
    assert newer is not None
    assert newer[films.titles.index("Dune")] > 0.9
    assert newer[films.titles.index("Casablanca")] < -0.9


def test_a_likeness_that_does_not_differ_pulls_nothing() -> None:
    assert not standard(np.full(5, 0.3, np.float32)).any()


def test_at_most_so_many_of_a_brand() -> None:
    groups = np.array([0, 0, 0, 1, 1, -1, -1, -1], np.int32)
    items = np.array([0, 1, 2, 5, 6, 3, 7, 4], np.int32)
    assert items[capped(items, groups, 1, 10)].tolist() == [0, 5, 6, 3, 7]
    assert items[capped(items, groups, 2, 4)].tolist() == [0, 1, 5, 6]


class _Fixed(Popularity):
    """Scores that tell users and events apart."""

    def scored(self, histories: EventLog) -> Scored:
        scores = np.arange(histories.items, dtype=np.float32)[None].repeat(histories.users, 0)
        scores += np.float32(histories.events)

        def parts(items: NDArray[np.int32]) -> tuple[tuple[str, ...], NDArray[np.float32], NDArray[np.float32]]:
            own = np.take_along_axis(scores, items, axis=1)
            return ("fixed",), np.zeros_like(own), own[:, :, None]

        return Scored(scores, parts)

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        return self.scored(histories).scores

    def refine(self, history: EventLog, items: NDArray[np.int32], check: Callable[[], None]) -> Iterator[Breakdown]:
        check()
        scores = self.score(history)[0, items]
        none = np.zeros((len(items), history.events), np.float32)
        same = np.zeros_like(scores)

        def masked(seen: NDArray[np.bool_]) -> NDArray[np.float64]:
            return np.tile(scores.astype(np.float64), (len(seen), 1))

        yield Breakdown(items, scores, ("fixed",), same, scores[:, None], scores, none, none, masked)


def test_the_pull_is_a_component_and_all_sums_hold(films: Names) -> None:
    pull = np.random.default_rng(0).normal(size=len(films.ids)).astype(np.float32)
    model = Pulled(_Fixed(), pull)  # type: ignore[arg-type]
    history = _log(films, [3, 4])
    found, items = model.scored(history), np.array([[5, 1, 9]], np.int32)
    names, base, shares = found.parts(items)
    assert names[-1] == COMPONENT
    np.testing.assert_allclose(base + shares.sum(2), np.take_along_axis(found.scores, items, 1), rtol=1e-5)
    deviation = float(np.arange(len(films.ids)).std())
    np.testing.assert_allclose(shares[0, :, 1], pull[items[0]] * deviation, rtol=1e-3)
    breakdown = next(model.refine(history, items[0], lambda: None))
    np.testing.assert_allclose(
        breakdown.component_base + breakdown.component_shares.sum(1), breakdown.scores, rtol=1e-5
    )
    np.testing.assert_allclose(breakdown.event_base + breakdown.event_shares.sum(1), breakdown.scores, rtol=1e-5)


def test_histories_are_changed(films: Names) -> None:
    alien, thing, western = 0, 2, films.titles.index("Unforgiven")
    log = _log(films, [alien, thing, western, alien], [0, 1, 0, 1])

    def after(*edits: Edit) -> list[int]:
        return edited(log, edits, films).log.item.tolist()

    assert after(Edit("remove", item="p0")) == [thing, western]
    assert after(Edit("remove", item="p0", behaviour="rating")) == [alien, thing, western]
    assert after(Edit("remove", category="Horror")) == [western]
    assert after(Edit("remove", words="alien")) == [thing, western]
    assert after(Edit("remove", behaviour="view")) == [thing, alien]
    assert after(Edit("only", behaviour="rating")) == [thing, alien]
    assert after(Edit("add", item="p5")) == [alien, thing, western, alien, 5]
    assert after(Edit("latest", number=2)) == [western, alien]
    assert after(Edit("since", day="1970-01-03")) == [western, alien]
    assert after(Edit("until", day="1970-01-02")) == [alien, thing]
    assert after(Edit("latest days", number=1)) == [western, alien]
    assert edited(log, [Edit("remove", item="p0")], films).origin.tolist() == [1, 2]


def test_the_later_word_holds() -> None:
    held = joined([Price(None, 50.0), Category("Horror", "less")], [Price(20.0, None), Category("Horror", "no")])
    assert held == (Price(20.0, 50.0), Category("Horror", "no"))
    assert joined([Price(None, 10.0)], [Price(20.0, None)]) == (Price(20.0, None),)
    assert joined([Category("Comedy", "only")], [Category("Drama", "only")]) == (Category("Drama", "only"),)
    assert joined([Count(5)], [Count(5)]) == (Count(5),)


def test_conversations_are_undone_turn_by_turn_and_come_back_from_json(films: Names) -> None:
    said = Conversation()
    for text in ("less horror", "from the nineties, under 9", "like Alien but funny"):
        said = said.say(understand(text, films))
    said = said.drop(Price(None, 9.0))
    assert said.parts == (
        Category("Horror", "less"),
        Years(1990, 1999),
        Item("p0", "Alien", "like"),
        Wish("funny", 1.0),
    )
    assert Conversation.from_dict(said.to_dict()) == said
    assert said.undo().parts[1] == Price(None, 9.0)
    assert Category("Horror", "less") not in said.take_back(0).parts
    assert said.say(understand("undo", films)) == said.undo()
    assert said.say(understand("start over", films)) == Conversation()
    with pytest.raises(SeqlensError):
        Conversation.from_dict({"turns": [{"text": "x"}]})


def test_popularity_is_pulled_as_any_model(films: Names) -> None:
    model = Popularity()
    log = _log(films, [1, 1, 1, 2])
    model.fit(log, None, Progress())  # type: ignore[arg-type]
    pull = np.zeros(len(films.ids), np.float32)
    pull[7] = 50.0
    assert Pulled(model, pull).score(log)[0].argmax() == 7


def test_not_understood_pieces_are_of_the_text() -> None:
    assert Understood("abc def", (), ((4, 7),)).not_understood == ["def"]
