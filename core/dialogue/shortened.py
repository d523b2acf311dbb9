"""Items that are called by a part of their title: "华为Mate60", "the Halden case", "that yoga mat", "那顶帐篷".

Only where titles are made so: a brand, what the thing is, and details. Works have titles of their own, of which a part
says little.
"""

from __future__ import annotations

import numpy as np

from core.dialogue.lexicon import STOP
from core.dialogue.names import Name, Names, stem, tokens
from core.dialogue.patterns import late
from core.language.english import ranks

Token = tuple[str, int, int]

_FEW = 400  # items of a brand, beyond which a part of a title says too little
RARE = 8000  # from this place on in a vocabulary a word alone is enough behind "the"
_LONGEST = 6  # words that call an item behind "the"
_PIECE = late(r"[\u3400-\u9fff]+")
_THE = late(r"(?<![a-z])(?:the|that|this|her|his)\s+$")
_THAT_CHINESE = late(r"[那这]一?[个款台件双部本瓶盒条张支只把套盏辆袋包块顶座床副罐桶箱]?$")
_BETWEEN = late(rf"\s*(?:的|家的?)?(?:{_THAT_CHINESE.pattern[:-1]})?")
_MODEL = 5  # words and figures that a model is written in
_PAIRED = late(r"\s*[个款部件本条样台元块只张名位天月年]")
_FUNCTION = frozenset(
    [
        "the",
        "a",
        "an",
        "and",
        "or",
        "for",
        "with",
        "of",
        "in",
        "on",
        "at",
        "to",
        "by",
        "from",
        "up",
        "no",
        "not",
        "only",
    ]
)  # end no name
_STOPS = late(r"[^\w\s'’&-]")


def of_brand(
    lower: str, words: list[Token], place: int, hit: tuple[int, Name], names: Names
) -> tuple[int, Name] | None:
    """How many words from `words[place]` on, the first of which are a brand, call one item, and its name.

    Args:
        hit: how many words the brand has, and its name.
    """
    length, brand = hit
    codes = np.flatnonzero(names.of_brand(brand.value)).tolist()
    following = place + length
    called = _BETWEEN.match(lower, words[following - 1][2])  # "双立人那把菜刀"
    while called and following < len(words) and words[following][1] < called.end():
        following += 1
    if not 0 < len(codes) <= _FEW or following >= len(words):
        return None
    if _STOPS.search(lower[words[place][1] : words[following][1]]):
        return None
    if words[following][0] >= "\u3400":
        count, hits = _chinese(lower, words[following:], codes, names)
    else:
        count, hits = _english(lower, words[following:], codes, names)
    if len(hits) == 1 and count:
        return following + count - place, Name("item", str(hits[0]))
    told = model(lower, words, following, names)
    if told is not None and int(told[1].value) in codes:
        return following + told[0] - place, told[1]
    return None


def model(lower: str, words: list[Token], place: int, names: Names) -> tuple[int, Name] | None:
    """How many words from `words[place]` on are the letters and figures of one item's model, "Mate60", and its name."""
    if not names.branded_titles:
        return None
    for length in range(min(_MODEL, len(words) - place), 1, -1):
        run = words[place : place + length]
        joined = "".join(word for word, _, _ in run)
        mixed = run[0][0].isalpha() and any(word.isdigit() for word, _, _ in run)
        if not mixed or not joined.isascii() or (" " in lower[run[0][1] : run[0][2] + 1] and len(run[0][0]) < 2):
            continue
        if _STOPS.search(lower[run[0][1] : run[-1][2]]) or (run[-1][0].isdigit() and _PAIRED.match(lower, run[-1][2])):
            continue
        code = names.only_modelled(joined)
        if code is not None:
            return length, Name("item", str(code))
    return None


def _english(lower: str, words: list[Token], codes: list[int], names: Names) -> tuple[int, list[int]]:
    """How many of the first words stand in titles of `codes`, and the codes that are left."""
    left = {code: {stem(word) for word, _, _ in tokens(names.titles[code])} for code in codes}
    best: tuple[int, list[int]] = (0, [])
    for count, (word, start, end) in enumerate(words[:_LONGEST], 1):
        if count > 1 and _STOPS.search(lower[words[count - 2][2] : start]):
            break
        spelled = stem(word)
        left = {code: title for code, title in left.items() if spelled in title}
        if not left:
            break
        amount = word.isdigit() and (_PAIRED.match(lower, end) is not None or count == 1)
        if word not in _FUNCTION and not amount and not _only_kind(words[:count], names):
            best = (count, list(left))
    return best


def _chinese(lower: str, words: list[Token], codes: list[int], names: Names) -> tuple[int, list[int]]:
    """The same for Chinese, where a piece of a title between blanks is called as it ends or begins."""
    run = _PIECE.match(lower, words[0][1])
    assert run is not None
    for length in range(min(len(run[0]), _LONGEST), 1, -1):
        piece = run[0][:length]
        hits = [code for code in codes if _called_so(piece, names.titles[code])]
        if hits and not _only_kind(words[:length], names):
            return length, hits
    return 0, []


def _called_so(piece: str, title: str) -> bool:
    return any(part.endswith(piece) or part.startswith(piece) for part in _PIECE.findall(title.lower()))


def _only_kind(words: list[Token], names: Names) -> bool:
    """Whether words are what a category is called: "Norvik phones" are not the one case for them."""
    key = tuple(word for word, _, _ in words)
    named = names.found.get(key) or names.found.get(tuple(map(stem, key)))
    return named is not None and named.kind == "category"


def pointed_at(lower: str, words: list[Token], place: int, names: Names) -> tuple[int, Name] | None:
    """How many words from `words[place]` on call one item behind "the" or "那个", and its name."""
    start = words[place][1]
    if words[place][0] >= "\u3400":
        run = _PIECE.match(lower, start)
        if _THAT_CHINESE.search(lower[max(0, start - 8) : start]) is None or run is None or not names.branded_titles:
            return None
        for length in range(min(len(run[0]), _LONGEST), 1, -1):
            code = names.only_called(run[0][:length])
            if code is not None and not _only_kind(words[place : place + length], names):
                return length, Name("item", str(code))
        return None
    if _THE.search(lower[max(0, start - 40) : start]) is None or not names.branded_titles:
        return None
    for length in range(min(_LONGEST, len(words) - place), 0, -1):
        run_words = [word for word, _, _ in words[place : place + length]]
        between = lower[start : words[place + length - 1][2]]
        if _STOPS.search(between) or run_words[0] in STOP or run_words[-1] in STOP or run_words[-1].isdigit():
            continue
        told = length > 1 or (ranks().get(stem(run_words[0]), RARE) >= RARE and "'" not in run_words[0])
        code = names.only_called(" ".join(run_words)) if told else None
        if code is not None and not _only_kind(words[place : place + length], names):
            return length, Name("item", str(code))
    return None


def told_of(lower: str, words: list[Token], place: int, length: int, name: Name, names: Names) -> int:
    """How many words from `words[place]` on, the first `length` of which call an item, call it with what follows and
    tells of the same: its kind and further words of its title, as in "小米14手机"."""
    if name.kind != "item" or not names.branded_titles:
        return length
    code = int(name.value)
    title = {stem(word) for word, _, _ in tokens(names.titles[code])}
    while (following := place + length) < len(words):
        word, start, _ = words[following]
        if lower[words[following - 1][2] : start].strip(" ") not in ("", "的"):
            break
        more = _kind_of(words, following, code, names)
        if not more and word >= "\u3400":
            more, _ = _chinese(lower, words[following:], [code], names)
        elif not more and word not in STOP and not word.isdigit() and stem(word) in title:
            more = 1
        if not more:
            break
        length += more
    return length


def _kind_of(words: list[Token], place: int, code: int, names: Names) -> int:
    """How many words from `words[place]` on are a category that the item is of."""
    for length in range(min(_LONGEST, len(words) - place), 0, -1):
        key = tuple(word for word, _, _ in words[place : place + length])
        named = names.found.get(key) or names.found.get(tuple(map(stem, key)))
        if named is not None and named.kind == "category" and names.in_category(named.value)[code]:
            return length
    return 0
