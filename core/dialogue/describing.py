"""Years and brands, as descriptions and titles tell them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.dialogue.lexicon import STOP
from core.dialogue.patterns import late

_LEADS = 0.7  # share of its places in titles at which a brand stands first
_BRANDED = 0.05  # of the items with a description have a brand, at least, where descriptions tell brands
_LONGEST_NAME = 30  # characters of a brand
_YEAR = late(r"\((1[89]\d\d|20\d\d)\)\s*$|^(1[89]\d\d|20\d\d)(?:\.0)?$")


def _pieces(description: str | None) -> list[str]:
    pieces = re.split(r"[,，;；|]\s*", description or "")
    return [piece.strip() for piece in pieces if piece.strip()]


def years_of(titles: Sequence[str], descriptions: Sequence[str | None]) -> NDArray[np.int16]:
    """int16 [items], the year in brackets at the end of a title or a piece of a description that is one; 0 for none."""
    years = np.zeros(len(titles), dtype=np.int16)
    for code, (title, description) in enumerate(zip(titles, descriptions, strict=True)):
        for text in (title, *_pieces(description)):
            found = _YEAR.search(text)
            if found:
                years[code] = int(found[1] or found[2])
                break
    return years


def brands_of(titles: Sequence[str], descriptions: Sequence[str | None], categories: set[str]) -> dict[str, list[int]]:
    """Items by brand: short pieces of descriptions, or else what titles begin with where they mostly share it."""
    pieces = [_pieces(description) for description in descriptions]
    short = [len(piece) <= _LONGEST_NAME and len(each) <= 4 for each in pieces for piece in each]
    least = 1 if short and np.mean(short) > 0.9 else 3
    found: dict[str, list[int]] = {}
    for code, each in enumerate(pieces):
        for piece in each:
            if len(piece) <= _LONGEST_NAME and re.search(r"[^\W\d_]", piece) and piece not in categories:
                found.setdefault(piece, []).append(code)
    found = {brand: codes for brand, codes in found.items() if len(codes) >= least}
    if sum(map(len, found.values())) < _BRANDED * sum(map(bool, pieces)):
        found = {}  # strays among years and the like
    return found or _title_brands(titles)


def _title_brands(titles: Sequence[str]) -> dict[str, list[int]]:
    split = [re.split(r"[\s,]+", title.strip()) for title in titles]
    firsts: dict[str, list[int]] = {}
    for code, words in enumerate(split):
        if words[0].lower() not in STOP and re.search(r"[^\W\d_]", words[0]):
            firsts.setdefault(words[0], []).append(code)
    counts = Counter(word for words in split for word in words)
    shared = {word: codes for word, codes in firsts.items() if len(codes) >= 3 and len(codes) >= _LEADS * counts[word]}
    if sum(map(len, shared.values())) < 0.6 * max(len(titles), 1):
        return {}
    return {_longer(word, codes, split): codes for word, codes in shared.items()}


def _longer(word: str, codes: list[int], split: list[list[str]]) -> str:
    """The brand whose first word is `word`: "Casa Brava" where nearly all titles go on so."""
    brand, length = word, 1
    while length < 4:
        following = Counter(split[code][length] for code in codes if len(split[code]) > length)
        best, count = following.most_common(1)[0] if following else ("", 0)
        if len(codes) < 3 or count < 0.95 * len(codes):
            return brand
        brand, length = f"{brand} {best}", length + 1
    return brand
