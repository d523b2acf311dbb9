"""Understanding a request with no generator: rules over a line in which names, numbers and dates are found.

The rules of `histories`, `aims`, `amounts` and `leanings` go first and use up what they understand. What is left is
read clause by clause: words such as "no", "more of", "like" or "不要" (`operators`) say what is to be done with the
names and the free words after them (in Chinese, before them too). Free words become wishes; a clause that has figures
or tells a story and that no rule took is reported as not understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.dialogue import aims, amounts, histories
from core.dialogue.amounts import apply
from core.dialogue.leanings import leanings
from core.dialogue.lexicon import content
from core.dialogue.names import Names
from core.dialogue.operators import (
    AFTER_LESS,
    AFTER_LIKE,
    AFTER_MORE,
    AFTER_NO,
    AND,
    CLAUSE,
    COLON,
    FIRM,
    JUDGEMENT,
    LIMIT_OF_ONE,
    NAMES_OF,
    NARROWER,
    NON,
    OPERATOR,
    OUTSIDE,
    PARTICLES,
    STORY,
    SWAP,
    TOLD,
    YES_NO,
)
from core.dialogue.spotting import DONE, B, C, D, E, N, Spotted, T, Y, kind_of, spotted
from core.dialogue.structure import Brand, Category, Command, Item, Part, Understood, Wish

_COMMANDS = (
    (
        "reset",
        r"(?:start (?:over|again|afresh)|reset(?: (?:all|everything|the list))?|clear (?:all|everything"
        r"|it all)|from scratch|begin again|forget (?:everything|all of (?:it|that))|重新开始|重来|重置"
        r"|清空(?:全部|所有|条件)?|全部(?:清除|取消|重来)|从头(?:来|开始))",
    ),
    (
        "undo",
        r"(?:undo(?: (?:that|it|this|the last (?:one|turn|request)))?|take (?:that|it) back"
        r"|go back(?: one(?: step)?)?|revert(?: (?:that|it))?|never ?mind|scratch that|撤销|撤回"
        r"|取消(?:上一[步条个](?:条件|要求)?|刚才的?)|退回(?:上一步)?|返回上一步|上一步|刚才(?:那个|的)(?:不算|取消))",
    ),
)
_COMMAND = tuple(
    (
        name,
        re.compile(
            rf"^\W*(?:please |ok(?:ay)?,? |let'?s |(?:can|could|would) you (?:please )?|请|帮我)*{words}(?: please"
            rf"|一下|吧|了)?\W*$"
        ),
    )
    for name, words in _COMMANDS
)


@dataclass
class _Piece:
    """Part of a clause: what one operator speaks of, `line[start:end]`."""

    operator: str
    start: int
    end: int


def understand(text: str, names: Names) -> Understood:
    """What a request asks for. Never fails: what it does not understand, it says."""
    line = spotted(text, names)
    line.line = COLON.sub(lambda found: f"{found[1]} ", line.line)
    for name, pattern in _COMMAND:
        if pattern.match(line.line):
            return Understood(text, (Command(name),))
    told = _told(line)
    parts: list[Part] = [
        *histories.moments(line, names),
        *histories.what_ifs(line, names),
        *histories.doings(line, names),
        *aims.target(line, names),
        *aims.seen(line),
        *amounts.most(line),
    ]
    costs = amounts.price(line, names)
    dated = amounts.years(line) if names.dated else []
    parts += [*costs, *dated, *amounts.count(line), *leanings(line, names)]
    parts += _marked(line, names)
    limits = told + [line.span(*found.span()) for found in LIMIT_OF_ONE.finditer(line.line)]
    apply(line, LIMIT_OF_ONE, lambda _: [])
    rest, missed = _clauses(line, names)
    return Understood(text, tuple(dict.fromkeys([*parts, *rest])), tuple(sorted([*limits, *missed])))


def _told(line: Spotted) -> list[tuple[int, int]]:
    """Clauses that tell what the user did already and ask for nothing."""
    spans, at = [], 0
    for cut in [*CLAUSE.finditer(line.line), None]:
        end = cut.start() if cut is not None else len(line.line)
        if TOLD.match(line.line[at:end]):
            spans.append(line.span(at, end))
            line.use(at, end)
        at = cut.end() if cut is not None else end
    return spans


def _marked(line: Spotted, names: Names) -> list[Part]:
    """Names with a mark of their own: "horror: no", "+comedy", "replace this by that"."""

    def part(character: str, operator: str) -> Part:
        name = line.name(character)
        return _meant(name.kind, name.value, _how(name.kind, operator), names)

    def yes_no(found: re.Match[str]) -> list[Part]:
        operator = "no" if found["no"] or found["minus"] else "more" if found["plus"] else ""
        return [part(found["a"] or found["b"], operator)]

    def swap(found: re.Match[str]) -> list[Part]:
        return [part(found["a"] or found["c"], "no"), part(found["b"] or found["d"], "more")]

    def without(found: re.Match[str]) -> list[Part]:
        kept = found["kind"] or found["sort"]
        rest = [Category(line.name(kept).value, "only")] if kept else []
        return [part(found["a"] or found["b"] or found["c"], "no"), *rest]

    return apply(line, YES_NO, yes_no) + apply(line, SWAP, swap) + apply(line, NON, without)


def _clauses(line: Spotted, names: Names) -> tuple[list[Part], list[tuple[int, int]]]:
    parts: list[Part] = []
    missed: list[tuple[int, int]] = []
    inherited, liking = "", False
    at = 0
    for cut in [*CLAUSE.finditer(line.line), None]:
        end = cut.start() if cut is not None else len(line.line)
        pieces = _pieces(line, at, end, inherited)
        for piece in pieces:
            if piece.operator == "like":
                liking = True
            elif piece.operator == "no" and liking:
                piece.operator = "not like"  # "she likes this one, not that one"
            made, left = _read(line, piece, names)
            parts += made
            missed += left
        listed = cut is not None and re.fullmatch(r"[,、，]\s*", cut[0]) is not None
        if pieces:
            inherited = pieces[-1].operator if listed else ""
        elif not listed:
            inherited = ""
        at = cut.end() if cut is not None else end
    return parts, missed


def _pieces(line: Spotted, start: int, end: int, inherited: str) -> list[_Piece]:
    """A clause taken apart at its operators. One that begins with a name and has none goes on as the one before."""
    body = line.line[start:end]
    if not body.strip(DONE + " "):
        return []
    marks = list(OPERATOR.finditer(body))
    pieces: list[_Piece] = []
    first = marks[0].start() if marks else len(body)
    head, goes_on = body[:first], False
    if head.strip(DONE + " "):
        bare = re.fullmatch(rf"[\s{DONE}]*(?:and |or |nor |the |any |brand |和|或)*{E}.*", head, re.S) is not None
        goes_on = bare and inherited in ("no", "only", "less", "more", "dislike", "like", "ban")
        pieces.append(_Piece(inherited if goes_on else "", start, start + first))
    for number, mark in enumerate(marks):
        until = marks[number + 1].start() if number + 1 < len(marks) else len(body)
        operator = NAMES_OF[int(str(mark.lastgroup)[1:])]
        rest = PARTICLES.sub("", body[mark.end() : until])
        before = pieces[-1] if pieces else None
        if before and operator == before.operator == "like" and AFTER_LIKE.match(mark[0]):
            before.end = start + until  # "和…类似的"
        elif not rest and before and (before.operator in ("", "only") or goes_on) and mark[0][-1] >= "\u3400":
            before.operator = operator  # "太暴力的不要"
        elif rest or operator != "only" or number == 0:
            pieces.append(_Piece(operator, start + mark.end(), start + until))
    return _merged(line, pieces)


def _merged(line: Spotted, pieces: list[_Piece]) -> list[_Piece]:
    """A weak operator inside a firm one's reach is none: "no films from Disney", "more by Tessel", "show me less"."""
    kept: list[_Piece] = []
    for piece in pieces:
        before = kept[-1] if kept else None
        between = line.line[before.start : before.end] if before else ""
        empty = not re.search(E, between) and not content(between)
        if before and piece.operator == "only" and before.operator in FIRM and empty:
            kept[-1] = _Piece(before.operator, before.start, piece.end)
        elif before and before.operator in ("only", "") and piece.operator in FIRM and empty:
            kept[-1] = piece
        elif before and before.operator == "no" and piece.operator in ("more", "like") and empty:
            kept[-1] = _Piece("dislike" if piece.operator == "like" else "no", piece.start, piece.end)
        elif before and piece.operator == "only" and before.operator == "only" and empty:
            kept[-1] = piece
        else:
            kept.append(piece)
    return kept


def _read(line: Spotted, piece: _Piece, names: Names) -> tuple[list[Part], list[tuple[int, int]]]:
    """The parts that one piece of a clause makes, and what in it was not understood."""
    operator, body = piece.operator, line.line[piece.start : piece.end]
    turn = len(body)  # from where on names are what is left: "华为以外的手机"
    outside = OUTSIDE.search(body) if operator in ("no", "not like") else None
    if outside:
        turn = outside.end()
        body = body[: outside.start()] + DONE * len(outside[0]) + body[outside.end() :]
    after = AFTER_NO.search(body) or AFTER_LESS.search(body) or AFTER_MORE.search(body)
    if after and operator in ("", "only"):
        group = (("no", AFTER_NO), ("less", AFTER_LESS), ("more", AFTER_MORE))
        operator = next(name for name, pattern in group if pattern.search(body))
        turn = after.end() if "外" in after[0] else turn
        body = body[: after.start()] + DONE * (after.end() - after.start()) + body[after.end() :]
    alike = AFTER_LIKE.search(body)
    if alike and operator in ("", "only", "like"):
        operator = "like" if re.search(T, body) or operator == "like" else operator
        body = body[: alike.start()] + DONE * (alike.end() - alike.start()) + body[alike.end() :]
    judged = JUDGEMENT.search(body)
    if judged and operator == "" and re.search(T, body):
        operator = "like" if judged["good"] else "dislike"
        body = body[: judged.start()] + DONE * (judged.end() - judged.start()) + body[judged.end() :]
    parts: list[Part] = []
    first_after = alike.end() if alike else len(body)
    if operator in ("like", "dislike", "ban") and not re.search(T, body):
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
            told = kind == "category" and (place >= first_after or modified)
            how = "only" if told or place >= turn else _how(name.kind, operator)
            following = re.match(rf"{B}\s*的?\s*({C})", body[place:])
            if following and how in ("no", "less", "more"):
                parts.append(Brand(name.value, how, line.name(following[1]).value))
                body = body[:place] + DONE * following.end() + body[place + following.end() :]
                continue
            parts.append(_meant(name.kind, name.value, how, names))
            body = body[:place] + DONE + body[place + 1 :]
    free = body.replace(DONE, " ")
    more, missed = _wishes(line, piece, free, operator, bool(parts), names)
    return [*parts, *more], missed


_HOW_ITEM = {"no": "ban", "ban": "ban", "not like": "dislike", "less": "dislike", "dislike": "dislike"}
_HOW = {"no": "no", "ban": "no", "not like": "no", "less": "less", "dislike": "less", "more": "more", "like": "more"}


def _how(kind: str, operator: str) -> str:
    if kind == "item":
        return _HOW_ITEM.get(operator, "like")
    return _HOW.get(operator, "only")


def _meant(kind: str, value: str, how: str, names: Names) -> Part:
    if kind == "item":
        code = int(value)
        return Item(names.ids[code], names.titles[code], how)
    return Category(value, how) if kind == "category" else Brand(value, how)


def _linked(line: Spotted, piece: _Piece, body: str, names: Names, operator: str) -> list[Part]:
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
            r"^(?:the |a |an |that |this |her |his |some )+|(?:的)?(?:书|电影|片|商品|东西)?$|\s+(?:please"
            r"|too|again|either|anymore|though)$",
            "",
            words.strip(" .的"),
        ).strip()
        codes = (names.items_called(words) or names.items_called(words.replace("的", ""))) if words else []
        if len(codes) != 1:
            return []
        parts.append(Item(names.ids[codes[0]], names.titles[codes[0]], _how("item", operator)))
    return parts


def _split_and(body: str) -> list[tuple[int, int]]:
    cuts, at = [], 0
    for found in AND.finditer(body):
        if found.end() > found.start():
            cuts.append((at, found.start()))
            at = found.end()
    return [(start, end) for start, end in [*cuts, (at, len(body))] if body[start:end].strip(DONE + " ")]


def _wishes(
    line: Spotted, piece: _Piece, body: str, operator: str, named: bool, names: Names
) -> tuple[list[Part], list[tuple[int, int]]]:
    """Free words as wishes; with figures in them, or as a story, they are not understood."""
    text = body
    said = content(re.sub(f"{N}|{Y}|{D}", " ", text))
    if not said and not re.search(rf"{N}|{Y}|{D}", text):
        return [], []
    start = piece.start + len(text) - len(text.lstrip())
    end = piece.start + len(text.rstrip())
    if STORY.search(text):
        return [], [line.span(start, end)]
    if not named and operator in ("no", "only") and len(said) <= 2:
        meant = names.meant_category(" ".join(said))
        if meant:
            return [Category(meant, "no" if operator == "no" else "only")], []
    weight = -1.0 if operator in ("no", "not like", "less", "dislike", "ban") else 1.0
    words = _tidy(line.words(piece.start, piece.end) if not named else text)
    return [Wish(words, weight)], []


def _tidy(words: str) -> str:
    words = re.sub(r"\s+", " ", words).strip(" ,.;:!?，。；：！？、'\"")
    words = re.sub(r"^(?:films?|movies?|items?|products?)\s+(?=\w)", "", words)
    words = re.sub(
        r"^(?:(?:and|or|but|the|a|an|please|also|something|anything|things?|stuff|as|too|so|very|that|which"
        r"|is|are|to|of|for me|me|be|it)\s+)+",
        "",
        words,
    )
    words = re.sub(r"(?:\s+(?:please|too|and|or|the|a|as well|though|would be (?:nice|good|great)))+$", "", words)
    return re.sub(r"^(?:要|更|有|又|的|太|很|比较|最好)+|(?:一点儿?|一些|点|些|的|吧|了|也)+$", "", words).strip()
