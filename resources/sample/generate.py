"""Invents the sample data set: a shop's events over four months, drawn from a process that is known.

    python resources/sample/generate.py [FOLDER]

writes `events.csv.gz`, `items.csv` and `facts.json`, the same contents each time. Because the process is known, so is
the best that any model can do: ranking items by the true probability of being next (`facts.json`, "best_hit@10").

How a user goes on, given the last event:

- to the same item with the next behaviour (a view becomes a cart, a cart a purchase),
- browses to a neighbour on the same line of products,
- after a cart or purchase to what is bought with it,
- to something of the user's own taste: a few lines, which drift from a first set to a second one,
- in a new session also back to the last item, or to a purchase of something that is used up and was bought before.

Only uniform numbers are drawn, as numpy promises to keep their stream the same in later versions.
"""

from __future__ import annotations

import gzip
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from assortment import CATEGORIES, LONG_NAMES
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SEED = 20260301
USERS = 2000
LINE_ITEMS = 10
START = np.datetime64("2026-03-01T00:00:00")
DAYS = 122

BEHAVIOURS = ("view", "cart", "favourite", "purchase")
VIEW, CART, FAVOURITE, PURCHASE = range(4)

# How an event comes about.
SAME, BROWSE, ACCESSORY, TASTE, REFILL = range(5)
# Probability of each of these inside a session, by the behaviour of the last event.
NEXT = np.array(
    [
        [0.24, 0.55, 0.02, 0.19, 0.00],  # view
        [0.54, 0.08, 0.24, 0.14, 0.00],  # cart
        [0.34, 0.44, 0.04, 0.18, 0.00],  # favourite
        [0.00, 0.10, 0.66, 0.24, 0.00],  # purchase
    ]
)
# The same for the first event of a session: back to where one was, a refill, or something else.
FIRST = np.array([0.00, 0.36, 0.00, 0.34, 0.30])
NEW_SESSION = 0.22

# Behaviour of an event that stays at the same item, by the behaviour of the last event.
ONWARD = np.array([[0.0, 0.68, 0.32, 0.0], [0.0, 0.0, 0.0, 1.0], [0.0, 0.85, 0.0, 0.15], [0.0, 0.0, 0.0, 1.0]])


@dataclass(frozen=True)
class Shop:
    """What is sold; lines are numbered through all categories, and an item stands at a place of its line.

    Attributes:
        titles, categories, prices: by item.
        line: int64 [items].
        consumable: bool [items], bought again and again.
        attraction: float64 [items], how much more often an item is looked at than another of its line.
        accessory: int64 [lines], the line of what is bought with an item.
    """

    titles: list[str]
    categories: list[str]
    prices: list[str]
    line: Integers
    consumable: NDArray[np.bool_]
    attraction: Floats
    accessory: Integers

    @property
    def items(self) -> int:
        return len(self.line)


def open_shop(rng: np.random.Generator) -> Shop:
    """Fill the shelves: ten items a line."""
    rows = [
        (category, brands, [part.strip() for part in line.split("|")])
        for category, (brands, lines) in CATEGORIES.items()
        for line in lines
    ]
    names = [parts[0].lstrip("*") for _, _, parts in rows]
    titles, categories, prices = [], [], []
    for number, (category, brands, (product, span, _, details)) in enumerate(rows):
        low, high = map(int, span.split("-"))
        detail = [text.strip() for text in details.split(";")]
        for place in range(LINE_ITEMS):
            brand = brands[(place + number) % len(brands)]
            title = f"{brand} {product.lstrip('*')}, {detail[(place + place // len(brands)) % len(detail)]}"
            if number % 16 == 5 and place == 7:
                title = f"{title}, {LONG_NAMES[number // 16]}"
            titles.append(title)
            categories.append(category)
            cents = 99 if rng.random() < 0.7 else 49
            prices.append(f"{round(low * (high / low) ** rng.random() ** 1.5)}.{cents}")
    lines = len(rows)
    places = np.argsort(rng.random((lines, LINE_ITEMS)), axis=1)
    return Shop(
        titles=titles,
        categories=categories,
        prices=prices,
        line=np.repeat(np.arange(lines), LINE_ITEMS),
        consumable=np.repeat([parts[0].startswith("*") for _, _, parts in rows], LINE_ITEMS),
        attraction=np.power(1.0 + places, -1.2).ravel(),
        accessory=np.array([names.index(parts[2]) for _, _, parts in rows]),
    )


def browse_matrix(shop: Shop) -> Floats:
    """Probability of the neighbour on the same line that is looked at next, float64 [items, items]."""
    place = np.arange(shop.items) % LINE_ITEMS
    ahead = (place[None, :] - place[:, None]) % LINE_ITEMS
    weight = np.exp(-ahead / 1.6) * np.sqrt(shop.attraction)[None, :]
    return _rows(np.where((shop.line[:, None] == shop.line[None, :]) & (ahead > 0), weight, 0.0))


def accessory_matrix(shop: Shop) -> Floats:
    """Probability of what is looked at after a cart or purchase, float64 [items, items]: few things fit each item."""
    place = np.arange(shop.items) % LINE_ITEMS
    apart = (place[None, :] - 3 * place[:, None]) % LINE_ITEMS
    weight = np.exp(-apart / 1.2) * np.sqrt(shop.attraction)[None, :]
    fits = (shop.line[None, :] == shop.accessory[shop.line][:, None]) & (apart < 4)
    np.fill_diagonal(fits, False)
    return _rows(np.where(fits, weight, 0.0))


def draw_tastes(shop: Shop, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """First and last taste of each user over lines, float64 [users, lines]: four lines, two of which are given up."""
    lines = len(shop.accessory)
    demand = 1.0 / (1.0 + np.argsort(np.argsort(rng.random(lines)))) ** 0.9
    # Four loved lines are drawn without replacement (exponential clocks), then two further ones for later.
    clocks = -np.log(1.0 - rng.random((USERS, lines))) / demand
    order = np.argsort(clocks, axis=1)
    first, last = np.zeros((USERS, lines)), np.zeros((USERS, lines))
    users = np.arange(USERS)
    for place, love in enumerate((0.4, 0.3, 0.2, 0.1)):
        first[users, order[:, place]] = love
        last[users, order[:, place + 2]] = love
    floor = demand / demand.sum()
    return 0.9 * first + 0.1 * floor, 0.9 * last + 0.1 * floor


@dataclass
class History:
    """What was drawn so far.

    Attributes:
        item, behaviour: int64 [users, longest]; -1 past the end of a user's sequence.
        fresh: bool [users, longest], whether the event begins a session.
    """

    item: Integers
    behaviour: Integers
    fresh: NDArray[np.bool_]


class Process:
    """The known process, one step of all users at a time."""

    def __init__(self, shop: Shop, rng: np.random.Generator) -> None:
        self._shop = shop
        self._rng = rng
        self._browse = browse_matrix(shop)
        self._accessory = accessory_matrix(shop)
        self._first_taste, self._last_taste = draw_tastes(shop, rng)
        line_items = shop.line[None, :] == np.arange(len(shop.accessory))[:, None]
        self._line_items = _rows(np.where(line_items, shop.attraction[None, :], 0.0))
        self.lengths = np.minimum(6 + np.floor(-27 * np.log(1.0 - rng.random(USERS))), 120).astype(np.int64)
        self.best = np.zeros(USERS)  # probability that the ten most probable items hold the last event
        self.hits = np.zeros(USERS, dtype=np.bool_)  # whether they did

    def run(self) -> History:
        """Draw every sequence from its first event to its last."""
        shape = (USERS, int(self.lengths.max()))
        history = History(np.full(shape, -1), np.full(shape, -1), np.zeros(shape, dtype=np.bool_))
        bought = np.zeros((USERS, self._shop.items))
        for step in range(shape[1]):
            users = np.flatnonzero(self.lengths > step)
            item, behaviour, fresh = self._step(users, step, history, bought)
            history.item[users, step] = item
            history.behaviour[users, step] = behaviour
            history.fresh[users, step] = fresh
            again = (behaviour == PURCHASE) & self._shop.consumable[item]
            bought[users[again], item[again]] += 1.0
        return history

    def _step(
        self, users: Integers, step: int, history: History, bought: Floats
    ) -> tuple[Integers, Integers, NDArray[np.bool_]]:
        ways = self._ways(users, step, history, bought)  # five of (users, items)
        first = np.tile(FIRST, (len(users), 1))
        has_bought = bought[users].any(1)
        first[~has_bought] = [0.0, 0.55, 0.0, 0.45, 0.0]
        if step == 0:
            first[:] = [0.0, 0.0, 0.0, 1.0, 0.0]
            last_behaviour = np.zeros(len(users), dtype=np.int64)
            inside = first
        else:
            last_behaviour = history.behaviour[users, step - 1]
            inside = NEXT[last_behaviour]
        fresh = self._rng.random(len(users)) < (1.0 if step == 0 else NEW_SESSION)
        way = self._draw(np.where(fresh[:, None], first, inside))
        item = self._draw(ways[way, np.arange(len(users))])
        onward = self._draw(ONWARD[last_behaviour])
        behaviour = np.select([way == SAME, way == REFILL], [onward, np.full_like(way, PURCHASE)], VIEW)
        last = self.lengths[users] == step + 1
        chance = NEW_SESSION * first[last] + (1 - NEW_SESSION) * inside[last]
        self._note_best(users[last], item[last], np.einsum("uw,wui->ui", chance, ways[:, last]))
        return item, behaviour, fresh

    def _ways(self, users: Integers, step: int, history: History, bought: Floats) -> Floats:
        """Where each way of going on leads, float64 [ways, users, items]."""
        items = self._shop.items
        age = np.minimum(1.0, step / np.maximum(1, self.lengths[users] - 1))[:, None]
        taste = ((1 - age) * self._first_taste[users] + age * self._last_taste[users]) @ self._line_items
        if step == 0:
            return np.stack([np.zeros_like(taste)] * TASTE + [taste, np.zeros_like(taste)])
        last = history.item[users, step - 1]
        same = np.zeros((len(users), items))
        same[np.arange(len(users)), last] = 1.0
        refill = bought[users] / np.maximum(1.0, bought[users].sum(1, keepdims=True))
        return np.stack([same, self._browse[last], self._accessory[last], taste, refill])

    def _note_best(self, users: Integers, drawn: Integers, chances: Floats) -> None:
        """Remember what the ten most probable items reach for users whose last event was `drawn`."""
        top = np.argsort(-chances, axis=1, kind="stable")[:, :10]
        self.best[users] = np.take_along_axis(chances, top, axis=1).sum(1)
        self.hits[users] = (top == drawn[:, None]).any(1)

    def _draw(self, weights: Floats) -> Integers:
        """One column for each row, with the probabilities of the row."""
        bounds = np.cumsum(weights, axis=1)
        point = self._rng.random(len(weights)) * bounds[:, -1]
        column: Integers = np.argmax(bounds > point[:, None], axis=1)
        return column


def draw_times(history: History, rng: np.random.Generator) -> NDArray[np.datetime64]:
    """When each event happened, datetime64[s] [users, longest]: each session on a day of its own, mostly evenings."""
    session = np.cumsum(history.fresh, axis=1) - 1  # (users, longest)
    joined = np.where(rng.random(USERS) < 0.4, np.floor(rng.random(USERS) * 0.4 * DAYS), 0)
    day = np.arange(DAYS)
    weight = np.where((day + 6) % 7 >= 5, 1.5, 1.0) * (1 + 0.4 * day / DAYS)  # weekends, and a growing shop
    keys = np.log(1.0 - rng.random((USERS, DAYS))) / weight[None, :] - 1e3 * (day[None, :] < joined[:, None])
    rank = np.argsort(np.argsort(-keys, axis=1), axis=1)
    taken = rank < (session[:, -1:] + 1)
    days = np.argsort(~taken, axis=1, kind="stable")  # the days taken, in their order, come first
    hour = 6 + 17.5 * np.sqrt(rng.random((USERS, DAYS)))  # 6:00 to 23:30, more and more towards the evening
    minute_of_day = np.take_along_axis(hour, days, axis=1) * 60
    pause = np.floor(5 + 75 * -np.log(1.0 - rng.random(session.shape)))  # seconds between two events of a session
    clock = np.cumsum(np.where(history.fresh, 0, pause), axis=1)
    began = np.maximum.accumulate(np.where(history.fresh, clock, 0), axis=1)
    seconds = np.take_along_axis(days * 86400 + np.floor(minute_of_day * 60).astype(np.int64), session, axis=1)
    return START + (seconds + (clock - began).astype(np.int64)).astype("timedelta64[s]")


def write(folder: Path) -> None:
    """Write the three files into `folder`."""
    rng = np.random.default_rng(SEED)
    shop = open_shop(rng)
    process = Process(shop, rng)
    history = process.run()
    times = draw_times(history, rng)
    ids = np.char.add("p", (1000 + np.argsort(rng.random(shop.items))).astype(str))  # ids say nothing about lines
    users = np.char.add("u", (1001 + np.arange(USERS)).astype(str))

    user, place = np.nonzero(history.item >= 0)
    order = np.lexsort((place, user, times[user, place]))
    user, place = user[order], place[order]
    columns = (
        users[user],
        ids[history.item[user, place]],
        np.array(BEHAVIOURS)[history.behaviour[user, place]],
        np.datetime_as_string(times[user, place], unit="s"),
    )
    events = ["user_id,item_id,behaviour,time", *map(",".join, zip(*(c.tolist() for c in columns), strict=True))]
    listed = sorted(zip(ids.tolist(), shop.titles, shop.categories, shop.prices, strict=True))
    items = ["item_id,title,category,price", *(f'{i},"{title}",{category},{p}' for i, title, category, p in listed)]
    facts = {
        "users": USERS,
        "items": shop.items,
        "events": len(user),
        "seed": SEED,
        "best_hit@10": round(float(process.best.mean()), 4),
        "best_hit@10_drawn": round(float(process.hits.mean()), 4),
    }
    folder.mkdir(parents=True, exist_ok=True)
    made = {name: ("\n".join(lines) + "\n").encode() for name, lines in (("events", events), ("items", items))}
    (folder / "events.csv.gz").write_bytes(gzip.compress(made["events"], 9, mtime=0))
    (folder / "items.csv").write_bytes(made["items"])
    (folder / "facts.json").write_bytes((json.dumps(facts, indent=2) + "\n").encode())


def _rows(weights: Floats) -> Floats:
    """Each row divided by its sum."""
    shares: Floats = weights / weights.sum(axis=1, keepdims=True)
    return shares


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
