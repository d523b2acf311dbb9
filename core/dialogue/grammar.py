"""Understanding a request with no generator: rules over a line in which names, numbers and dates are found.

The rules of `moments`, `what_ifs`, `doings`, `aims`, `prices`, `years`, `counts`, `leanings` and `frames` go first and
use up what they understand. What is left is read clause by clause: words such as "no", "more of", "like" or "不要" say
what is to be done with the names and the free words after them (`operators`) or behind them (`predicates`). Free words
become wishes; a clause that has figures, tells a story, or says of a name what no rule knows (`strange`) is reported as
not understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from core.dialogue import aims, counts, prices, years
from core.dialogue.commands import command
from core.dialogue.doings import doings
from core.dialogue.frames import marked
from core.dialogue.leanings import leanings
from core.dialogue.lexicon import content, wished
from core.dialogue.meanings import how_of, said_of, value_of
from core.dialogue.moments import moments
from core.dialogue.names import Names
from core.dialogue.operators import (
    ALSO,
    AND,
    CLAUSE,
    COLON,
    FIRM,
    LIMIT_OF_ONE,
    MADE_BY,
    NAMES_OF,
    NARROWER,
    ON_WITH,
    OPERATOR,
    OUTSIDE,
    PARTICLES,
    PRONOUN,
    STORY,
    TOLD,
    WEAK,
)
from core.dialogue.predicates import AFTER_LESS, AFTER_LIKE, AFTER_MORE, AFTER_NO, BEHIND, DROPPED, JUDGEMENT
from core.dialogue.respelling import respelled
from core.dialogue.rules import apply
from core.dialogue.spotting import DONE, B, C, D, E, N, Spotted, T, Y, kind_of, spotted
from core.dialogue.strange import strange
from core.dialogue.structure import Brand, Category, Item, Part, Understood, Wish
from core.dialogue.what_ifs import what_ifs


@dataclass
class _Piece:
    """Part of a clause: what one operator speaks of, `line[start:end]`; `meant` is the operator that was read in the
    end, which may stand behind what it speaks of."""

    operator: str
    start: int
    end: int
    meant: str = ""


def understand(text: str, names: Names) -> Understood:
    """What a request asks for. Never fails: what it does not understand, it says."""
    line = spotted(text, names)
    respelled(line, names.title_words)
    line.line = COLON.sub(lambda found: f"{found[1]} ", line.line.replace("!=", "≠ "))
    said = command(text)
    if said is not None:
        return Understood(text, (said,))
    told = _told(line)
    parts: list[Part] = [
        *moments(line, names),
        *what_ifs(line, names),
        *doings(line, names),
        *aims.target(line, names),
        *aims.seen(line),
        *counts.most(line),
    ]
    costs = prices.price(line, names)
    dated = years.years(line) if names.dated else []
    limits = told + [line.span(*found.span()) for found in LIMIT_OF_ONE.finditer(line.line)]
    apply(line, LIMIT_OF_ONE, lambda _: [])
    parts += [*costs, *dated, *counts.count(line), *leanings(line, names)]
    parts += marked(line, names)
    rest, missed = _clauses(line, names)
    spans = tuple(sorted([*limits, *missed]))
    made = _once([*parts, *rest])
    if not made and not spans and text.strip():
        spans = ((0, len(text)),)  # nothing is passed over in silence
    return Understood(text, made, spans)


def _once(parts: list[Part]) -> tuple[Part, ...]:
    """Each part once; of what is left out, it is not said besides that there is to be less of it."""
    weaker: set[Part] = set()
    for part in parts:
        if isinstance(part, Category | Brand) and part.how == "no":
            weaker.add(replace(part, how="less"))
        elif isinstance(part, Item) and part.how == "ban":
            weaker.add(replace(part, how="dislike"))
    return tuple(part for part in dict.fromkeys(parts) if part not in weaker)


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


def _clauses(line: Spotted, names: Names) -> tuple[list[Part], list[tuple[int, int]]]:
    parts: list[Part] = []
    missed: list[tuple[int, int]] = []
    inherited, latest, liking = "", "", False
    spoken: list[Category | Brand | Item] = []  # the names of the clause before
    at = 0
    for cut in [*CLAUSE.finditer(line.line), None]:
        end = cut.start() if cut is not None else len(line.line)
        again = ALSO.match(line.line[at:end])
        pieces = _pieces(line, at + again.end() if again else at, end, latest if again else inherited)
        for piece in pieces:
            if piece.operator == "like":
                liking = True
            elif piece.operator == "no" and liking:
                piece.operator = "not like"  # "she likes this one, not that one"
            said = line.line[piece.start : piece.end]
            such = "such" in said or "like" in said  # what is of the kind of something disliked is not banned
            bare = (
                piece.operator in ("no", "ban")
                and latest == ""
                and not said.strip(DONE + " 了的吧")
                and piece is pieces[0]
            )
            if piece.operator in FIRM and spoken and (bare or PRONOUN.fullmatch(said)):
                against = [part.how in ("no", "ban", "less", "dislike") for part in spoken]
                if all(against) and (piece.operator in ("dislike", "less") or such):
                    continue  # that says as much already
                named = [(part.kind, value_of(part, names)) for part in spoken]
                parts = [part for part in parts if part not in spoken]
                spoken = [said_of(kind, value, how_of(kind, piece.operator), names) for kind, value in named]
                parts += spoken
                continue
            made, left = _read(line, piece, names)
            spoken = [part for part in made if isinstance(part, Category | Brand | Item)] or spoken
            parts += made
            missed += left
        listed = cut is not None and re.fullmatch(r"[,、，]\s*", cut[0]) is not None
        if pieces:
            latest = pieces[-1].meant
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
    makers = [found.span() for found in MADE_BY.finditer(body)]
    marks = [mark for mark in OPERATOR.finditer(body) if not any(low <= mark.start() < high for low, high in makers)]
    pieces: list[_Piece] = []
    first = marks[0].start() if marks else len(body)
    head, goes_on = body[:first], False
    if head.strip(DONE + " "):
        bare = re.fullmatch(rf"[\s{DONE}]*(?:and |or |nor |the |any |brand |和|或)*{E}.*", head, re.S) is not None
        own = DONE in head or any(pattern.search(head) for pattern in (AFTER_NO, AFTER_LESS, AFTER_MORE))
        goes_on = bare and not own and inherited in ("no", "only", "less", "more", "dislike", "like", "ban")
        pieces.append(_Piece(inherited if goes_on else "", start, start + first))
    for number, mark in enumerate(marks):
        until = marks[number + 1].start() if number + 1 < len(marks) else len(body)
        operator = NAMES_OF[int(str(mark.lastgroup)[1:])]
        rest = PARTICLES.sub("", body[mark.end() : until])
        before = pieces[-1] if pieces else None
        if before and operator == before.operator == "like" and AFTER_LIKE.match(mark[0]):
            before.end = start + until  # "和…类似的"
        elif operator in ("more", "only") and mark.end() == until < len(body):
            continue  # it leads to the next: "再来点类似的"
        elif not rest and before and (before.operator in ("", "only") or goes_on) and mark[0][-1] >= "\u3400":
            before.operator = operator  # "太暴力的不要"
        elif (
            before
            and (before.operator == "" or goes_on)
            and re.search(E, line.line[before.start : before.end])
            and (body[mark.end() : until].strip() or number + 1 == len(marks))
            and (turned := _turned(operator, body[mark.end() : until]))
        ):
            before.operator = turned  # "horror isn't allowed"
        elif before and before.operator in FIRM and ON_WITH.search(body[: mark.start()]) and WEAK.fullmatch(mark[0]):
            pieces.append(
                _Piece(before.operator, start + mark.end(), start + until)
            )  # "she hated X and everything with Y"
        elif rest or operator != "only" or before is None:
            pieces.append(_Piece(operator, start + mark.end(), start + until))
    return _merged(line, pieces)


def _turned(operator: str, rest: str) -> str:
    """What an operator behind a name makes of it where nothing of its own follows: "comedies more often"."""
    if operator == "only":
        return "no" if DROPPED.fullmatch(rest) else ""
    return operator if operator in ("no", "less", "more") and BEHIND.fullmatch(rest) else ""


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
    if judged and operator in ("", "like") and re.search(T, body):
        operator = (
            "like"
            if judged["good"] or judged["pleased"] or judged["well"] or judged["fine"] or judged["nice"]
            else "dislike"
        )
        body = body[: judged.start()] + DONE * (judged.end() - judged.start()) + body[judged.end() :]
    piece.meant = operator
    if operator == "" and strange(body):
        return [], [line.span(piece.start, piece.end)]
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
    return [*parts, *more], missed


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
            r"^(?:the |a |an |that |this |her |his |some )+|(?:的)?(?:书|电影|片|商品|东西)?$|\s+(?:please|too|again"
            r"|either|anymore|though)$",
            "",
            words.strip(" .的"),
        ).strip()
        codes = (names.items_called(words) or names.items_called(words.replace("的", ""))) if words else []
        if len(codes) != 1:
            return []
        parts.append(Item(names.ids[codes[0]], names.titles[codes[0]], how_of("item", operator)))
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
    if not re.search(rf"{N}|{Y}|{D}", text) and not wished(text):
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
        r"^(?:(?:and|or|but|the|a|an|please|also|something|anything|things?|stuff|as|too|so|very|that|which|is|are"
        r"|to|of|for me|me|be|it)\s+)+",
        "",
        words,
    )
    words = re.sub(r"(?:\s+(?:please|too|and|or|the|a|as well|though|would be (?:nice|good|great)))+$", "", words)
    return re.sub(r"^(?:要|更|有|又|的|太|很|比较|最好)+|(?:一点儿?|一些|点|些|的|吧|了|也)+$", "", words).strip()
