"""A log's own behaviours in a request: "borrowed" where it has "borrow", "借过" where it has "借阅".

The rules know the verbs of common behaviours (`lexicon.VERBS`). A log may have any others. The forms of their names are
derived here, English inflections and Chinese verbs of one character, and each is written as one character of a line,
which is one more verb to all rules (`lexicon.OWN`); what no rule has used is written out again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from core.dialogue.lexicon import FRAMING, OWN_FIRST, OWN_TENSE, STOP, VERB, behaviour_of
from core.dialogue.patterns import late
from core.dialogue.spotting import Spotted, plain
from core.dialogue.verbs import ASKED, inflected

# What is done with the same word in mind: each line is one behaviour, by all that people call it.
_ALIKE = """
    borrow, loan, 借阅, 借, 借走, 借出, 外借
    reserve, reservation, 预约, 预订, 预定, 约, 入住, 住
    hear, listen, play, stream, 收听, 听
    attend, join, 参加, 出席
    enrol, enroll, register, 报名, 报读
    rent, hire, 租借, 租赁, 租, 租用
    eat, taste, 吃, 品尝, 尝
    drink, sip, 喝, 饮用
    cook, bake, 烹饪, 做
    try, sample, 试用, 试
    wear, 穿, 试穿
    apply, 申请, 投递
    donate, 捐赠, 捐
    bid, 出价, 竞拍
    visit, 参观, 到访, 去
"""
_IRREGULAR = {
    "bid": ("bid", "bid"), "drink": ("drank", "drunk"), "drive": ("drove", "driven"), "eat": ("ate", "eaten"),
    "hear": ("heard", "heard"), "lend": ("lent", "lent"), "ride": ("rode", "ridden"), "sing": ("sang", "sung"),
    "take": ("took", "taken"), "wear": ("wore", "worn"), "write": ("wrote", "written"), "meet": ("met", "met"),
    "send": ("sent", "sent"), "spend": ("spent", "spent"), "teach": ("taught", "taught"), "win": ("won", "won"),
    "begin": ("began", "begun"), "draw": ("drew", "drawn"), "learn": ("learnt", "learned"), "run": ("ran", "run"),
    "swim": ("swam", "swum"), "fly": ("flew", "flown"), "grow": ("grew", "grown"), "build": ("built", "built"),
    "speak": ("spoke", "spoken"), "sleep": ("slept", "slept"), "lease": ("leased", "leased"),
    "feed": ("fed", "fed"), "pick": ("picked", "picked"), "beat": ("beat", "beaten"), "unbox": ("unboxed", "unboxed"),
}  # fmt: skip
_NOUNS = (
    *(("serve", "servation"), ("ate", "ation"), ("gister", "gistration"), ("ribe", "ription"), ("ply", "plication")),
    *(("rol", "rolment"), ("roll", "rollment"), ("rent", "rental"), ("tend", "tendance"), ("ete", "etion")),
)
_POSSESSED = r"(?:(?:the|an?|her|his|their|my) )?"
# Characters that are in too many words to stand for a verb by themselves.
_COMMON = frozenset("上下出入进到有无不是在和的好大小多少一人手线要想会来去推荐加打开关分数量名单品行为过了")
# Where one character is a verb: "借过", "没借《…》", "会借什么", "她借的".
_BEFORE = "[没未会想要再还也可能去又已曾刚她他您你我户客者员们前后起]"
_AFTER = r"(?=[过了完]|的(?![时话])|[什哪啥几]|[《「\ue000-\ue2ff])"
_DOERS = (
    "she",
    "he",
    "they",
    "i",
    "we",
    "user",
    "has",
    "have",
    "had",
    "'d",
    "'s",
    "never",
    "already",
    "to",
    "would",
    "will",
)
_DOER = "(?:" + "|".join(f"(?<={word} )" for word in _DOERS) + ")"
_INTO_PAST = "[过了]"


def behaved(line: Spotted, behaviours: Sequence[str]) -> None:
    """Write each form of the log's own behaviours as one character that all rules take for a verb."""
    pattern, meant = _forms(tuple(behaviours))
    if pattern is None:
        return
    for found in reversed(list(pattern.finditer(line.line))):
        start, end = found.span()
        group = found.lastgroup or ""
        apart = _APART.fullmatch(found[0]) is not None  # "打过卡" is a verb and its past
        first, last = line.places[start][0], line.places[end - 1][1]
        line.line = f"{line.line[:start]}{meant[group]}{'过' if apart else ''}{line.line[end:]}"
        line.places[start:end] = [(first, first + 1), (first + 1, last)] if apart else [(first, last)]


def spelled_out(line: Spotted) -> None:
    """Write as words again what `behaved` wrote as one character and no rule has used."""
    for found in reversed(list(_WRITTEN.finditer(line.line))):
        at, (start, stop) = found.start(), line.places[found.start()]
        line.line = line.line[:at] + plain(line.text[start:stop]) + line.line[at + 1 :]
        line.places[at : at + 1] = [(place, place + 1) for place in range(start, stop)]
        more = stop - start - 1
        line.ways = [
            (begin + more * (begin > at), end + more * (end > at), how, parts) for begin, end, how, parts in line.ways
        ]


_APART = late("[\u3400-\u9fff][过了][\u3400-\u9fff]")
_WRITTEN = late(f"[{chr(OWN_FIRST)}-{chr(OWN_FIRST + 4 * OWN_TENSE - 1)}]")
_KNOWN = late(f"(?:{VERB})")


@lru_cache(maxsize=64)
def _forms(behaviours: tuple[str, ...]) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """A pattern of all forms that no rule knows already, and the character of each of its groups."""
    found: list[tuple[int, str, str]] = []
    meant: dict[str, str] = {}
    everywhere = Counter(char for name in behaviours for char in set(name))
    for place, name in enumerate(behaviours[:OWN_TENSE]):
        for number, (rank, tense, form) in enumerate(_of(name, behaviours, everywhere)):
            group = f"f{place}_{number}"
            found.append((rank, group, form))
            meant[group] = chr(OWN_FIRST + OWN_TENSE * tense + place)
    joined = "|".join(f"(?P<{group}>{form})" for _, group, form in sorted(found, reverse=True))
    return (re.compile(joined) if joined else None), meant


def _of(name: str, behaviours: tuple[str, ...], everywhere: Counter[str]) -> Iterator[tuple[int, int, str]]:
    """The forms of one behaviour, as (rank, tense, pattern): those of a higher rank are tried before."""
    said = re.sub(r"[_\s-]+", " ", name.lower()).strip()
    words = next((line for line in _lines() if said in line), [said])
    for word in dict.fromkeys([said, *words]):
        taken = any(word == other.lower() for other in behaviours if other != name)
        if taken or not word:
            continue
        if re.fullmatch("[\u3400-\u9fff]+", word):
            yield from _chinese(word, name, behaviours, everywhere)
        elif re.fullmatch("[a-z]+(?: [a-z]+)*", word):
            yield from _english(word, name, behaviours)


def _lines() -> list[list[str]]:
    return [[word.strip() for word in line.split(",")] for line in _ALIKE.strip().splitlines()]


def _english(word: str, name: str, behaviours: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    verb, _, rest = word.partition(" ")
    if not rest and (verb in STOP or verb in FRAMING or verb in _ORDERS or len(verb) < 3):
        for tense, form in ((0, verb), (1, inflected(verb, "ed"))) if len(verb) > 2 else ():
            if not _known(form, name, behaviours):  # a word of the grammar itself: only where somebody does it
                yield len(form), tense, rf"{_DOER}{form}(?![a-z0-9'-])"
        return
    behind = "".join(f" {_POSSESSED if at else ''}{each}" for at, each in enumerate(rest.split())) if rest else ""
    past, participle = _IRREGULAR.get(verb, (inflected(verb, "ed"), inflected(verb, "ed")))
    plural = re.sub("([^aeiou])y$", r"\1ie", verb) + ("es" if re.search("(?:s|x|z|ch|sh|o)$", verb) else "s")
    doing = inflected(verb, "ing")
    nouns = [f"{verb[: -len(end)]}{noun}" for end, noun in _NOUNS if verb.endswith(end)] if not rest else []
    forms = [(0, verb), (1, past), (1, participle), (2, plural), (3, doing), *((0, noun) for noun in nouns)]
    forms += [(2, f"{noun}s") for noun in [*nouns, doing]] if not rest else []
    for tense, form in dict.fromkeys(forms):
        whole = f"{form}{behind}"
        if rest or not _known(form, name, behaviours):
            yield len(whole), tense, rf"(?<![a-z0-9'-]){whole}(?![a-z0-9'-])"


def _chinese(
    word: str, name: str, behaviours: tuple[str, ...], everywhere: Counter[str]
) -> Iterator[tuple[int, int, str]]:
    if len(word) > 1 and not _known(word, name, behaviours):
        yield len(word), 0, word
    if len(word) == 2:
        first, second = word[0], word[1]
        yield len(word) + 1, 1, rf"{first}{_INTO_PAST}{second}(?=[的就都也会吗]|[^\u3400-\u9fff]|$)"
    short = word if len(word) == 1 or (len(word) == 2 and word == name) else ""
    for char in short:
        if char in _COMMON or everywhere[char] > 1 or _known(f"{char}过", name, behaviours):
            continue
        own = f"(?<!{word[0]})" if char != word[0] else ""  # "藏" is no verb in "收藏过"
        yield 1, 0, rf"{own}(?:(?<={_BEFORE}){char}{_AFTER}|{char}(?={_INTO_PAST}))"


def _known(form: str, name: str, behaviours: tuple[str, ...]) -> bool:
    """Whether the rules' own verbs say it already."""
    return _KNOWN.fullmatch(form) is not None and behaviour_of(form, behaviours) == name


_ORDERS = frozenset(word for asked in ASKED.values() for word in asked.split("|"))
