"""Sequences as text for a language model: "viewed Red lamp; bought Teapot", cut by tokens, the newest events kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from string import Formatter
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.sequences.log import EventLog

if TYPE_CHECKING:
    from core.sequences.log import Catalogue

TEMPLATE = "{behaviour} {title};"
FIELDS = ("behaviour", "title", "category")
# What a log calls a behaviour, and how a sentence says that it was done.
VERBS = {
    "view": "viewed",
    "pv": "viewed",
    "click": "clicked",
    "cart": "put into the cart",
    "addtocart": "put into the cart",
    "add_to_cart": "put into the cart",
    "fav": "marked",
    "favorite": "marked",
    "favourite": "marked",
    "wishlist": "marked",
    "buy": "bought",
    "purchase": "bought",
    "order": "bought",
    "rating": "rated",
    "like": "liked",
    "dislike": "disliked",
    "search": "searched",
    "share": "shared",
}

Integers = NDArray[np.int64]


def check_template(template: str) -> None:
    """Refuse a template that is not made of text and the `FIELDS`.

    Raises:
        SeqlensError: it has another field, or a brace that closes nothing.
    """
    try:
        named = [field for _, field, _, _ in Formatter().parse(template) if field is not None]
    except ValueError:
        named = ["?"]
    if not named or any(field not in FIELDS for field in named):
        raise SeqlensError(
            "The text of an event, {text}, must be made of words and {fields}.",
            text=template,
            fields=", ".join(f"{{{field}}}" for field in FIELDS),
        )


@dataclass(frozen=True)
class Tokens:
    """Texts as tokens, on end: text `i` is `tokens[offsets[i]:offsets[i + 1]]`, special tokens included."""

    tokens: Integers
    offsets: Integers


class Renderer:
    """Renders histories by a template and a tokenizer of transformers.

    Args:
        behaviours: names of the behaviours of the logs.
        titles, categories: of every item; empty where unknown.
        longest: tokens of a text, special ones included.
        prefix: words before each text, such as "query: ".
    """

    def __init__(
        self,
        tokenizer: Any,
        template: str,
        behaviours: Sequence[str],
        titles: Sequence[str],
        categories: Sequence[str],
        longest: int,
        prefix: str = "",
    ) -> None:
        check_template(template)
        self._tokenizer, self._template = tokenizer, template
        self._verbs = [VERBS.get(name.lower(), name) for name in behaviours]
        self._titles, self._categories = titles, categories
        before, self._after = special_tokens(tokenizer)
        self._before = before or [tokenizer.bos_token_id or tokenizer.unk_token_id or 0]  # no text is without a token
        self._before += tokenizer(prefix, add_special_tokens=False)["input_ids"] if prefix else []
        self._room = max(1, longest - len(self._before) - len(self._after))

    def text(self, behaviour: int, item: int) -> str:
        """An event as words; `item` -1 for an event without one."""
        title, category = (self._titles[item], self._categories[item]) if item >= 0 else ("", "")
        return self._template.format(behaviour=self._verbs[behaviour], title=title, category=category)

    def shown(self, histories: EventLog) -> NDArray[np.bool_]:
        """bool [events], whether the event has room in its user's text: the newest one always, then those before it."""
        return self._pieces(histories)[1]

    def render(self, histories: EventLog) -> Tokens:
        """The tokens of each history; where they are too many, the oldest events are left out whole."""
        (tokens, starts, lengths), shown = self._pieces(histories)
        starts, lengths = starts[shown], np.minimum(lengths[shown], self._room)
        kept = np.concatenate(([0], np.cumsum(shown)))[histories.offsets]  # events of each user among the shown
        written = np.concatenate(([0], np.cumsum(lengths)))[kept]  # tokens of each user's events
        inner = np.diff(written)
        offsets = np.concatenate(([0], np.cumsum(inner + len(self._before) + len(self._after))))
        found = np.empty(offsets[-1], dtype=np.int64)
        found[offsets[:-1, None] + np.arange(len(self._before))] = self._before
        found[offsets[1:, None] - len(self._after) + np.arange(len(self._after))] = self._after
        place = np.arange(written[-1]) + np.repeat(offsets[:-1] + len(self._before) - written[:-1], inner)
        found[place] = tokens[_ranges(starts, lengths)]
        return Tokens(found, offsets.astype(np.int64))

    def _pieces(self, histories: EventLog) -> tuple[tuple[Integers, Integers, Integers], NDArray[np.bool_]]:
        """Tokens of the distinct events; where each event's begin and how many they are; which events have room."""
        width = len(self._titles) + 1
        recent = np.repeat(histories.lengths, histories.lengths) - histories.position <= self._room  # a token or more
        pairs = histories.behaviour.astype(np.int64) * width + histories.item + 1
        distinct, place = np.unique(pairs[recent], return_inverse=True)
        # The blank is for tokenizers to which a word after a blank is another one than a word at the start.
        texts = [" " + self.text(int(pair) // width, int(pair) % width - 1) for pair in distinct]
        encoded = self._tokenizer(texts, add_special_tokens=False)["input_ids"] if texts else []
        tokens = np.fromiter(chain.from_iterable(encoded), dtype=np.int64)
        sizes = np.fromiter(map(len, encoded), dtype=np.int64, count=len(encoded))
        starts, lengths = np.zeros(histories.events, dtype=np.int64), np.zeros(histories.events, dtype=np.int64)
        starts[recent], lengths[recent] = (np.cumsum(sizes) - sizes)[place], sizes[place]
        until = np.concatenate(([0], np.cumsum(lengths)))
        after = np.repeat(until[histories.offsets[1:]], histories.lengths) - until[:-1]  # with the event itself
        newest = histories.position == np.repeat(histories.lengths, histories.lengths) - 1
        return (tokens, starts, lengths), recent & ((after <= self._room) | newest)


def special_tokens(tokenizer: Any) -> tuple[list[int], list[int]]:
    """What the tokenizer puts before and after a text, such as [CLS] and [SEP]."""
    bare = tokenizer("a", add_special_tokens=False)["input_ids"]
    whole = tokenizer("a")["input_ids"]
    at = next(place for place in range(len(whole) + 1) if whole[place : place + len(bare)] == bare)
    return list(whole[:at]), list(whole[at + len(bare) :])


def item_names(catalogue: Catalogue) -> tuple[list[str], list[str]]:
    """Titles and categories as a language model reads them; an item without a title has its description or category.

    Raises:
        SeqlensError: no item has any text.
    """
    columns = (catalogue.titles, catalogue.descriptions, catalogue.categories)
    rows = zip(*(column.to_pylist() for column in columns), strict=True)
    titles = [next(filter(None, row), "") for row in rows]
    if not any(titles):
        raise SeqlensError("No item has a title or another text that could be read. Choose another model.")
    return titles, [category or "" for category in catalogue.categories.to_pylist()]


def _ranges(starts: Integers, lengths: Integers) -> Integers:
    """`starts[i] ... starts[i] + lengths[i] - 1` of all i on end."""
    before = np.cumsum(lengths) - lengths
    return np.asarray(np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths), dtype=np.int64)
