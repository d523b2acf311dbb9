"""What one piece of a clause says: the parts that its operator makes of its names, and wishes of its free words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.dialogue.absent import speaks_of_absent
from core.dialogue.lexicon import content, wished
from core.dialogue.meanings import how_of, said_of
from core.dialogue.names import Names
from core.dialogue.operators import AGAIN, AND, MADE_BY, NARROWER, OUTSIDE, STORY, TOLD_OF
from core.dialogue.patterns import late
from core.dialogue.predicates import AFTER_LESS, AFTER_LIKE, AFTER_MORE, AFTER_NO, JUDGEMENT
from core.dialogue.shortened import RARE
from core.dialogue.spotting import AGE, DONE, B, C, D, E, N, Spotted, T, Y, kind_of
from core.dialogue.structure import Brand, Category, Item, Part, Wish
from core.language.english import ranks

# Why something is wanted or not, said in a word.
_VERDICT = late(
    r"(?:(?:too|so|way|really|very|just|a|bit|all|far|simply|utterly|totally|it's|they're|he's|oh"
    r"|my) )*(?:overpriced|boring|bored"
    r"|rubbish|awful|terrible|ugly|disappointing|meh|yuck|ugh|god|jesus|overhyped|overrated|useless|tacky|pointless"
    r"|lame|crap"
    r"|dreadful|horrible|tedious|depressing|whatever|enough)"
)


AGAINST = ("no", "not like", "less", "dislike", "ban")  # operators that push away
_SO = late("是?(?:同?一?[样种个]|那样|那种|这种|这样|差不多|类似|相似|相近|接近|相仿|同类|那类|之类|同款)")
_BEHIND = (("no", AFTER_NO), ("less", AFTER_LESS), ("more", AFTER_MORE))
_ABOUT_CHINESE = late(r"^(?:(?:跟|和|与|同)(?P<what>.+?)(?:有关|相关)的?|(?:关于|有关)(?=[\u3400-\u9fff]))")


@dataclass
class Piece:
    """Part of a clause: what one operator speaks of, `line[start:end]`; `meant` is the operator that was read in the
    end, which may stand behind what it speaks of."""

    operator: str
    start: int
    end: int
    meant: str = ""


def read(line: Spotted, piece: Piece, names: Names) -> tuple[list[Part], list[tuple[int, int]]]:
    """The parts that one piece of a clause makes, and what in it was not understood."""
    operator, body = piece.operator, line.line[piece.start : piece.end]
    turn = len(body)  # from where on names are what is left: "华为以外的手机"
    outside = OUTSIDE.search(body) if operator in ("no", "not like") else None
    if outside:
        turn = outside.end()
        body = body[: outside.start()] + DONE * len(outside[0]) + body[outside.end() :]
    behind = ((how, pattern.search(body)) for how, pattern in _BEHIND)
    how, after = next(((how, found) for how, found in behind if found and not _attribute(body, found)), ("", None))
    if after and operator in ("", "only"):
        operator = how
        turn = after.end() if "外" in after[0] else turn
        body = body[: after.start()] + DONE * (after.end() - after.start()) + body[after.end() :]
    alike = AFTER_LIKE.search(body)
    if alike and operator in ("", "only", "like") and (re.search(T, body) or (operator and _SO.match(alike[0]))):
        operator = "like" if re.search(T, body) else operator
        body = body[: alike.start()] + DONE * (alike.end() - alike.start()) + body[alike.end() :]
    judged = JUDGEMENT.search(body)
    if judged and operator in ("", "like") and re.search(T, body):
        operator = (
            "like"
            if judged["good"] or judged["pleased"] or judged["well"] or judged["fine"] or judged["nice"]
            else "dislike"
        )
        body = body[: judged.start()] + DONE * (judged.end() - judged.start()) + body[judged.end() :]
    piece.meant = operator
    parts: list[Part] = []
    first_after = alike.end() if alike else len(body)
    that = (
        operator == "no"
        and (  # "not that yoga mat again", "牛肉干不要再出现"
            re.match(r"\s*(?:that|this|these|those) ", body)
            or AGAIN.search(line.line[max(0, piece.start - 8) : piece.end + 8])
            or _noun(body, line, piece, names)
        )
    )
    if (operator in ("like", "dislike", "ban") or that) and not re.search(T, body):
        linked = _linked(line, piece, body, names, operator)
        if linked:
            return linked, []
    if operator in ("no", "less", "not like", "ban"):
        narrower = NARROWER.search(body)
        if narrower and content(narrower[1]) and not re.search(E, body[: narrower.start()] + body[narrower.end() :]):
            return [Wish(_tidy(line.words(piece.start, piece.end)), -1.0)], []
    modified = re.search(rf"[\u3400-\u9fff]的\s*{C}[\s{DONE}]*$", body) if operator in ("no", "not like") else None
    for place in range(len(body)):
        kind = kind_of(body[place])
        if kind in ("category", "brand", "item"):
            name = line.name(body[place])
            alike_kind = operator == "like" and re.search(
                rf"{T}[{DONE}\s]*的[{DONE}\s]*$", line.line[piece.start : piece.start + place]
            )
            told = kind == "category" and (place >= first_after or modified or alike_kind)
            how = "only" if told or place >= turn else how_of(name.kind, operator)
            made_by = MADE_BY.match(body, place) if how in ("no", "less", "more") else None
            if made_by:
                for character in re.findall(B, made_by[0]):
                    parts.append(Brand(line.name(character).value, how, name.value))
                body = body[:place] + DONE * len(made_by[0]) + body[made_by.end() :]
                continue
            following = re.match(rf"{B}\s*的?\s*({C})", body[place:])
            if following and how in ("no", "less", "more"):
                parts.append(Brand(name.value, how, line.name(following[1]).value))
                body = body[:place] + DONE * following.end() + body[place + following.end() :]
                continue
            parts.append(said_of(name.kind, name.value, how, names))
            body = body[:place] + DONE + body[place + 1 :]
    free = body.replace(DONE, " ")
    more, missed = _wishes(line, piece, free, operator, bool(parts), names)
    if missed and parts and not operator and TOLD_OF.search(free) and not re.search(f"{N}|{Y}|{D}", body):
        return [], [line.span(piece.start, piece.end)]  # "westerns I can take or leave" asks for nothing
    return [*parts, *more], missed


def _attribute(body: str, found: re.Match[str]) -> bool:
    """Whether "much" or "little" tells what a kind is to be like, as in "反转多的惊悚片", and not how much of it."""
    before, behind = body[: found.start()], body[found.end() :]
    told = re.search("[\u3400-\u9fff]$", before) is not None and re.search(E, before) is None
    return told and re.fullmatch("[多少]", found[0]) is not None and re.match(rf"的\s*{C}", behind) is not None


def _noun(body: str, line: Spotted, piece: Piece, names: Names) -> bool:
    """Whether all that stands in a piece is what one product's title says that it is: "不要辣条", "no desk lamp"."""
    if DONE in body.strip(DONE + " ") or re.search(E, body):
        return False
    words = re.sub(r"^(?:the|a|an) |(?:了|的|吧|啊)+$", "", line.words(piece.start, piece.end).strip(" .")).lower()
    return names.noun_of_one(words)


def _linked(line: Spotted, piece: Piece, body: str, names: Names, operator: str) -> list[Part]:
    """Items that free words after "like" or "hated" name by a piece of the title."""
    parts: list[Part] = []
    for start, end in _split_and(body):
        if re.search(E, body[start:end]) and not content(re.sub(E, " ", body[start:end])):
            return []
        words = "".join(
            " " if body[place] == DONE else line.words(piece.start + place, piece.start + place + 1)
            for place in range(start, end)
        )
        words = re.sub(
            r"^(?:the |a |an |that |this |her |his |some )+|(?:的)?(?:书|电影|片|商品|东西)?[了吧啊]*$|^(?:[我她他]"
            r"|用户)?(?:看到?|推荐?|给)+(?:[我她他]|用户)?(?:看到?|推荐?)?|\s+(?:please|too|again"
            r"|either|anymore|though)$",
            "",
            words.strip(" .的"),
        ).strip()
        common = words.isalpha() and words.isascii() and ranks().get(words, RARE) < RARE
        if names.branded_titles and common:
            return []  # "hates pink" is about no single item
        kind = not names.branded_titles and (common or re.match(r"\s*an? ", body[start:end]) is not None)
        codes = (names.items_called(words) or names.items_called(words.replace("的", ""))) if words else []
        if len(codes) != 1 or (kind and not _whole_title(words, names.titles[codes[0]])):
            return []  # "like a fairy tale" is about no single item
        many = words.isalpha() and words.isascii() and words.endswith("s")
        if many and words.lower() not in names.titles[codes[0]].lower().split():
            return []  # "loves pockets" is about no "Pocket torch"
        parts.append(Item(names.ids[codes[0]], names.titles[codes[0]], how_of("item", operator)))
    return parts


def _whole_title(words: str, title: str) -> bool:
    """Whether words are all of a title, but for its article."""
    return content(words) == content(title)


def _split_and(body: str) -> list[tuple[int, int]]:
    cuts, at = [], 0
    for found in AND.finditer(body):
        if found.end() > found.start():
            cuts.append((at, found.start()))
            at = found.end()
    return [(start, end) for start, end in [*cuts, (at, len(body))] if body[start:end].strip(DONE + " ")]


def _wishes(
    line: Spotted, piece: Piece, body: str, operator: str, named: bool, names: Names
) -> tuple[list[Part], list[tuple[int, int]]]:
    """Free words as wishes; with figures in them, or as a story, they are not understood."""
    text = body
    said = content(re.sub(f"{N}|{Y}|{D}", " ", text))
    if speaks_of_absent(text, names):
        at = piece.start + len(text) - len(text.lstrip())
        return [], [line.span(at, max(at + 1, piece.start + len(text.rstrip())))]
    if not re.search(rf"{N}|{Y}|{D}", text) and not wished(text):
        return [], []
    if not named and operator not in AGAINST and _VERDICT.fullmatch(text.strip(" ,.!?")):
        return [], []
    start = piece.start + len(text) - len(text.lstrip())
    end = piece.start + len(text.rstrip())
    if STORY.search(AGE.sub(" ", text)):
        return [], [line.span(start, end)]
    if not named and operator in ("no", "only") and len(said) <= 2:
        meant = names.meant_category(" ".join(said))
        if meant:
            return [Category(meant, "no" if operator == "no" else "only")], []
    weight = -1.0 if operator in AGAINST else 1.0
    words = _tidy(line.words(piece.start, piece.end, text) if not named else text)
    return [Wish(words, weight)] if content(words) else [], []


def _tidy(words: str) -> str:
    words = re.sub(r"\s+", " ", words).strip(" ,.;:!?，。；：！？、'\"")
    words = re.sub(r"^(?:films?|movies?|items?|products?)\s+(?=\w)", "", words)
    words = re.sub(
        r"^(?:(?:and|or|but|the|a|an|please|also|something|anything|things?|stuff|as|too|so|very|that|which|is|are"
        r"|to|of|for me|me|be|it)\s+)+",
        "",
        words,
    )
    words = re.sub(
        r"^(?:that |which )?(?:you|we|one|she|he|they|i) (?:can|could|might|would)(?: all)?"
        r"(?: (?:watch|see|read|use|enjoy|wear|play|listen to))?(?:\s+(?:together|with)?|$)",
        "",
        words,
    )
    words = re.sub(r"(?:\s+(?:please|too|and|or|the|a|as well|though|would be (?:nice|good|great)))+$", "", words)
    words = re.sub(r"\s+for (?:her|him|them|me|us|this user)$", "", words)
    words = re.sub(
        r"(?<=[\u3400-\u9fff])的\s*(?:片子?|电影|影片|商品|东西|产品|书籍?|歌曲?|节目|视频|文章|课程|游戏|剧集?)$",
        "",
        words,
    )
    words = _ABOUT_CHINESE.sub(lambda found: found["what"] or "", words)
    words = re.sub(r"^(?:有|带)(?:点儿?|一?[点些])|太(?=[\u3400-\u9fff]{1,4}了?$)(?!空|阳)", "", words)
    return re.sub(
        r"^(?:要|更|再(?![生版造])|有|又|的|太(?![空阳极平])|很|比较|最好|那么|这么|过于|那些|这些|[整搞](?=[那这]些)"
        r"|以后)+|(?:就好|就行|就可以|即可|为佳|一点儿?|一些|点|些|的|吧|了|也)+$",
        "",
        words,
    ).strip()
