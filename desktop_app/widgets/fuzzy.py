"""Finding by a few typed letters: parts of words, in any order, and letters that were left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

START, INSIDE, SCATTERED, ELSEWHERE = 4.0, 2.0, 1.0, 0.5  # what a typed word is worth by where it was found
LATER = 0.1  # less for each place among the other names
EXACT = 2.0  # more, where all of the text was typed


@dataclass(frozen=True)
class Match:
    """How well a text fits: more is better.

    Attributes:
        places: of the letters of the text that were typed, in order.
    """

    score: float
    places: tuple[int, ...]


def match(query: str, text: str, others: Sequence[str] = ()) -> Match | None:
    """How well `query` fits `text`, or another name of the same thing; None where a typed word is in none of them.

    Each word counts by itself. At the start of a word of the text it is worth most, then anywhere inside, then with
    letters left out (each letter begins a word, or follows the one before it), then in one of the `others`, the first
    of which count a little more.
    """
    folded, score, places = text.casefold(), 0.0, set[int]()
    if len(folded) != len(text):  # a few letters fold into two, and places would be off
        folded = text.lower() if len(text.lower()) == len(text) else text
    for word in query.casefold().split():
        found = _in_text(word, folded)
        if found is None:
            worths = [ELSEWHERE * _inside(word, other.casefold()) for other in others]
            if not any(worths):
                return None
            score += max(worth - LATER * place for place, worth in enumerate(worths) if worth)
        else:
            score += found.score
            places |= set(found.places)
    if folded.strip() == query.casefold().strip():
        score += EXACT
    return Match(score - len(text) / 1000, tuple(sorted(places)))


def _in_text(word: str, text: str) -> Match | None:
    worth, place = 0.0, -1
    at = text.find(word)
    while at >= 0 and worth < START:
        here = START if _begins(text, at) else INSIDE
        worth, place = (here, at) if here > worth else (worth, place)
        at = text.find(word, at + 1)
    if place >= 0:
        return Match(worth, tuple(range(place, place + len(word))))
    places = _scattered(word, text)
    return None if places is None else Match(SCATTERED, places)


def _inside(word: str, text: str) -> float:
    found = _in_text(word, text)
    return 0.0 if found is None else found.score


def _scattered(word: str, text: str) -> tuple[int, ...] | None:
    """Places of the letters of `word` where each begins a word or follows the one before; the first such way."""

    @cache
    def follow(letter: int, last: int) -> tuple[int, ...] | None:
        if letter == len(word):
            return ()
        at = text.find(word[letter], last + 1)
        while at >= 0:
            if (letter and at == last + 1) or _begins(text, at):
                rest = follow(letter + 1, at)
                if rest is not None:
                    return (at, *rest)
            at = text.find(word[letter], at + 1)
        return None

    return follow(0, -1)


def _begins(text: str, place: int) -> bool:
    """Whether a word begins here; in Chinese, where words are not set apart, any sign may begin one."""
    return place == 0 or not text[place - 1].isalnum() or not text[place].isascii()
