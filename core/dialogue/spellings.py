"""Other spellings of a name's words: British and American, and two words as one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

# Endings and pieces that differ by country, either way.
_PIECES = (
    ("our", "or", r"(?<=[a-z]{2}){}(?=$|s$|ed$|ing$|ful$|ite|hood$|al$)"),
    ("re", "er", r"(?<=[btpg]){}(?=$|s$)"),
    ("is", "iz", r"(?<=[a-z]{3}){}(?=e$|es$|ed$|er$|ers$|ing$|ation)"),
    ("ogue", "og", r"(?<=[a-z]{2}){}(?=$|s$)"),
    ("amme", "am", r"(?<=[a-z]{2}){}(?=$|s$)"),
    ("ae", "e", "{}"),
    ("oe", "e", "{}"),
    ("ll", "l", r"(?<=[aeiou]){}(?=ed$|ing$|er$|ers$|ery$)"),
    ("ence", "ense", "{}(?=$|s$)"),
)
_PAIRS = """
    grey gray, tyre tire, pyjama pajama, cosy cozy, mould mold, plough plow, yoghurt yogurt, doughnut donut,
    whisky whiskey, aluminium aluminum, moustache mustache, cheque check, sceptic skeptic, storey story, maths math,
    jewellery jewelry, kerb curb, licence license, sulphur sulfur, artefact artifact, omelette omelet, chilli chili,
    trousers pants, nappy diaper, fibre fiber, woollen woolen, marvellous marvelous, manoeuvre maneuver
"""
_OWN: dict[str, str] = {}
for _pair in _PAIRS.split(","):
    _one, _other = _pair.split()
    _OWN |= {_one: _other, _other: _one}
_SHORTEST = 6  # letters of two words that are written as one


def spellings(key: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Other ways to spell a name of words: each word as in the other country, and two words as one."""
    if not all(word.isascii() for word in key) or len(key) > 3:
        return
    ways = [list(dict.fromkeys([word, *_abroad(word)])) for word in key]
    for spelled in product(*ways):
        if spelled != key:
            yield spelled
        for place in range(len(spelled) - 1):
            one = "".join(spelled[place : place + 2])
            if len(one) >= _SHORTEST and one.isalpha():
                yield (*spelled[:place], one, *spelled[place + 2 :])


def _abroad(word: str) -> Iterator[str]:
    """A word as it is spelled in the other country."""
    for one, other in _OWN.items():
        if word in (one, f"{one}s"):
            yield other + word[len(one) :]
    for british, american, where in _PIECES:
        for there, here in ((british, american), (american, british)):
            spelled = re.sub(where.replace("{}", there), here, word, count=1)
            if spelled != word and len(word) > 4 and (there, here) not in (("e", "ae"), ("e", "oe")):
                yield spelled
