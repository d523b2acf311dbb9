"""Users and items found by words in a workspace, with the bundled language model and without it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from core import seeking, workflow
from core.analysis.conditions import CategoryShare, EventCount
from core.fitting import TrainSettings
from core.progress import Progress
from core.workspace import Workspace
from tests.filled import fill

HOUR, DAY = 3_600_000_000, 86_400_000_000
START = 19_000 * DAY
TITLES = {
    "Nature": ["Whales of the deep ocean", "Penguins on the ice", "A year among wolves", "Coral reefs"],
    "Crime": ["The silent detective", "Murder at the opera", "A thief in Paris", "The last witness"],
    "Cooking": ["Bread and butter", "Pasta for beginners", "The art of soup", "Cakes of Vienna"],
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Users 0 to 9 mostly see nature, 10 to 19 crime at night, 20 to 29 cooking."""
    rng = np.random.default_rng(0)
    items = [
        (f"i{number}", title, category, None, 5.0)
        for number, (category, title) in enumerate((each, title) for each in TITLES for title in TITLES[each])
    ]
    events = [
        (
            user,
            START + place * DAY + (2 if user // 10 == 1 else 15) * HOUR,
            int(rng.integers(4)) + 4 * (user // 10 if place % 5 else int(rng.integers(3))),
            int(place == 9 and user % 2),
            None,
            None,
        )
        for user in range(30)
        for place in range(10 + user % 3)
    ]
    path = tmp_path_factory.mktemp("seek") / "w.seqlens"
    with Workspace.create(path) as made:
        with made.cursor() as cursor:
            fill(
                cursor,
                [f"u{n:02d}" for n in range(30)],
                items,
                [("view", False), ("purchase", False)],
                events,
                create=False,
            )
        yield made


def users(workspace: Workspace, text: str) -> tuple[list[int], list[float]]:
    found = seeking.understood(workspace, text, Progress())
    ranked = seeking.seek(workspace, found.conditions, found.wishes, Progress())
    return ranked.codes.tolist(), ranked.fit.tolist()


def test_conditions_find_users_and_shares_rank_them(workspace: Workspace) -> None:
    codes, fit = users(workspace, "night-time crime viewers")
    assert set(codes) == set(range(10, 20))
    assert fit == sorted(fit, reverse=True)
    assert all(0.5 < each <= 1 for each in fit)
    codes, fit = users(workspace, "who bought at least once")
    assert set(codes) == {user for user in range(30) if user % 2}
    assert np.isnan(fit).all()
    events = workspace.users().events[np.array(codes)]
    assert (np.diff(events) <= 0).all()


def test_a_wish_ranks_by_letters_until_a_model_has_read_the_items(workspace: Workspace) -> None:
    codes, fit = users(workspace, "people interested in penguins and whales")
    assert 1 <= len(codes) <= 7
    assert set(codes) <= set(range(10))
    assert fit == sorted(fit, reverse=True)
    nothing = seeking.understood(workspace, "people interested in xylophones", Progress())
    assert [nothing.text[start:end] for start, end in nothing.missed] in ([], ["xylophones"])


def test_the_nearest_of_those_who_meet_the_conditions(workspace: Workspace) -> None:
    ranked = seeking.seek(workspace, (EventCount("purchase"), CategoryShare("Nature", 0.0)), ("penguins",), Progress())
    assert len(ranked.codes)
    assert all(code % 2 for code in ranked.codes.tolist())


def test_items_are_found_by_meaning_once_a_model_has_read_them(workspace: Workspace) -> None:
    def found(text: str) -> list[str]:
        return [
            str(workspace.catalogue().titles[int(item)]) for item in seeking.near_items(workspace, text, 3, Progress())
        ]

    assert found("pengins on ice") == ["Penguins on the ice"]  # by its letters
    assert found("sea animals") == []
    workflow.train(workspace, TrainSettings(model="content"), Progress())
    assert "Whales of the deep ocean" in found("sea animals")
    assert found("baking sweet desserts")[0] == "Cakes of Vienna"
    codes, _ = users(workspace, "people interested in marine biology")
    assert len(codes)
    assert set(codes) <= set(range(10))


def items(workspace: Workspace, text: str, most: int = 50) -> tuple[list[str], seeking.RankedItems]:
    sought = seeking.sought_items(workspace, text, Progress())
    ranked = seeking.seek_items(workspace, sought, most, Progress())
    return [str(workspace.catalogue().titles[int(code)]) for code in ranked.codes], ranked


def test_items_meet_what_is_asked_for_and_say_why(workspace: Workspace) -> None:
    titles, ranked = items(workspace, "penguins")
    assert titles[0] == "Penguins on the ice"
    assert ranked.words[0] == ("penguins",)
    assert ranked.groups[0] == ()
    assert ranked.letters[0] > seeking.LETTERS
    titles, ranked = items(workspace, "cooking")
    assert set(titles) == set(TITLES["Cooking"])
    assert set(ranked.groups) == {("Cooking",)}
    assert items(workspace, "cooking under 4")[0] == []
    titles, ranked = items(workspace, "crime, but nothing like murder", most=2)
    assert (len(titles), ranked.found) == (2, 4)
    assert "Murder at the opera" not in titles


def test_a_category_puts_first_what_else_was_typed(workspace: Workspace) -> None:
    titles, _ = items(workspace, "crime at the opera")
    assert titles[0] == "Murder at the opera"


def test_an_id_is_that_item_and_its_like(workspace: Workspace) -> None:
    titles, _ = items(workspace, "i2")
    assert titles[0] == TITLES["Nature"][2]


@pytest.mark.parametrize("text", ["xyzzy", "？？？", "1", "a " * 200])
def test_what_says_nothing_of_items_finds_none(workspace: Workspace, text: str) -> None:
    sought = seeking.sought_items(workspace, text, Progress())
    assert sought.missed or sought.parts or sought.beside or not sought.text.strip("？a 1")
    assert items(workspace, text)[0] == []


def test_what_is_of_lists_alone_is_told_apart(workspace: Workspace) -> None:
    sought = seeking.sought_items(workspace, "nature, nothing seen", Progress())
    assert [part.kind for part in sought.parts] == ["category"]
    assert [part.kind for part in sought.beside] == ["seen"]


@pytest.mark.parametrize(
    ("wish", "text", "words"),
    [
        ("running shoes", "Sova Running Shoe, road", ("running", "shoes")),
        ("the running shoe", "Shoes", ("shoe",)),
        ("红色台灯", "宜家 台灯 红色 小号", ("红色", "台灯")),
        ("書桌", "实木书桌", ("書桌",)),
        ("灯", "宜家台灯", ("灯",)),
        ("色盲", "红色台灯", ()),
        ("x-ray", "Ray of light", ()),
    ],
)
def test_words_that_a_text_shares(wish: str, text: str, words: tuple[str, ...]) -> None:
    assert seeking.shared_words([wish], text) == words


def test_users_of_an_item_are_those_with_its_events(workspace: Workspace) -> None:
    log = workspace.log()
    found = seeking.users_of(workspace, 5, Progress())
    counts = np.bincount(log.user[log.item == 5], minlength=log.users)
    assert set(found.codes.tolist()) == set(np.flatnonzero(counts).tolist())
    assert found.events.tolist() == sorted(counts[counts > 0].tolist(), reverse=True)
