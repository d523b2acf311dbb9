"""A line read clause by clause: clauses taken apart at their operators, and what one clause leaves to the next."""

from __future__ import annotations

import re
from dataclasses import replace

from core.dialogue.lexicon import content, wished
from core.dialogue.meanings import how_of, said_of, value_of
from core.dialogue.names import Name, Names
from core.dialogue.operators import (
    ALSO,
    CLAUSE,
    FIRM,
    MADE_BY,
    NAMES_OF,
    ON_WITH,
    OPERATOR,
    PARTICLES,
    PRONOUN,
    WEAK,
)
from core.dialogue.patterns import late
from core.dialogue.predicates import AFTER_LESS, AFTER_LIKE, AFTER_MORE, AFTER_NO, BEHIND, DROPPED, FINE, JUDGEMENT
from core.dialogue.reading import AGAINST, Piece, read
from core.dialogue.spotting import DONE, B, C, E, Spotted, T
from core.dialogue.strange import strange
from core.dialogue.structure import Brand, Category, Item, Part, Wish

_KNOWN = (AFTER_NO, AFTER_LESS, AFTER_MORE, AFTER_LIKE)


# "手机只要小米": makers of a kind are a matter of their own, whatever was left out before.
_OF_MAKER = late(
    rf"(?:only|just|solely|exclusively|strictly)(?: (?:from|by))?\s+(?:the )?{B}|(?:[只就光单仅限]|认准"
    rf"|必须)?[要看推买选挑给是]?(?:荐|能是)?{B}"
)


_CONTRAST = late(
    rf"(?P<names>[\s{DONE}]*(?:(?:and|but|while|whereas|however) )?(?:the )?{E}(?:(?:,| and| or) (?:the )?{E})*)"
    r" (?:really |just )?(?:did|was|is|has|does|do|were|are|had)(?:n'?t| not)(?: so much| really| at all)?[\s.!]*"
)
_OPPOSITE = {"like": "dislike", "dislike": "like", "more": "less", "less": "more"}


_NOTHING_ELSE = late(
    r"\s*(?:(?:and|so|but|please) )*(?:nothing (?:else|more)|no others?|none of the (?:others|rest)|that(?:'s"
    r"| is) (?:it|all)"
    r"|not(?:hing)? anything else|no other (?:brands?|genres?|categor(?:y|ies)|makers?|kinds?|types?)|(?:don'?t|do not)"
    r" (?:show|give|want|list)(?: me| her| him)? anything else)(?: please| at all)*[\s.!]*"
    r"|\s*(?:其他|其它|别的|其余|剩下)(?:的|品牌|牌子|类别|类型|一律|一概|都|全|统统|通通|就)*(?:不要|不看|不买|不考虑"
    r"|别推荐?|免了|免谈|不用|不需要|不想[看要]|没兴趣|不感兴趣)了?[\s。！!]*"
)
_CALLED_FIRST = late(r"\s*([\u3400-\u9fff]{2,6}?)(?=她|他|我|俺|用户|客户|家里|已经|早就|刚)")
_LIMITS = late(
    r"(?<![a-z])(?:restrict|limit|stick|keep|narrow|confine|only|just)(?: [a-z]+){0,3}\s*$|[只仅就][看要推限]?$"
)
_WORDS = rf"[a-z'-]+(?: [a-z'{E[1:-1]}-]+){{0,2}}"
_OR_LIST = late(
    r" ?(?!(?:something|anything|things?|stuff|may ?be|perhaps|ideally|preferably|instead|rather|but|and|for|with|in"
    r"|from|set|an?|the|she|he|they|i|we|it|ok|okay|fine|so|then|please|give|show|some|any|all|more)\b)"
    rf"(?:{_WORDS}, ?){{0,4}}(?:{_WORDS})?,? ?(?:or|nor) [a-z'{E[1:-1]} -]+(?=$|[,.;!?])"
)
# "太暴力了": a complaint, and a noun that it is of may stand before.
_TOO_CHINESE = late(
    r"\s*(?:这些?|都|全|它们?|推荐?的|看着|感觉|有点儿?"
    r"|[\u3400-\u9fff]{2}){0,2}(?<![别要不])太(?![好棒赞美妙空阳极平])[\u3400-\u9fff]{1,4}\s*"
)
_MADE = late(r"(?:^|(?<=\s))(?:[a-z]+ed|run|made|sold|built|grown|sung|written|led|put out|coming|shown|drawn)\s*$")
_NOR = late(r"\s*(?:and |or )?(?:nor|neither|not)(?![a-z])")
_COMPARED = late(r"(?<![a-z])(?:longer|shorter)(?![a-z])|更?[长短](?=一?[点些]|的?\s*$)")
_NAMED_LAST = late(rf"{E}\s*$")


class Clauses:
    """The clauses of a line, read from left to right.

    Args:
        told: what rules have made of names of the line, which a later clause may speak of again.

    Attributes:
        parts: what they ask for, with `told`.
        missed: where in the text stands what was not understood, as (start, end).
    """

    def __init__(self, line: Spotted, names: Names, told: list[Part]) -> None:
        self.parts = list(told)
        self.missed: list[tuple[int, int]] = []
        self._line, self._names = line, names
        self._latest, self._inherited = "", ""  # what the clause before did, and whether a list of names goes on so
        self._against = ""  # what the clause before did to free words, where a list of them may go on so
        self._liking = False
        self._spoken: list[Category | Brand | Item] = []  # the names of the clause before
        at = 0
        for cut in [*CLAUSE.finditer(line.line), None]:
            end = cut.start() if cut is not None else len(line.line)
            self._clause(at, end, cut is not None and re.fullmatch(r"[,、，]\s*", cut[0]) is not None)
            at = cut.end() if cut is not None else end

    def _clause(self, start: int, end: int, listed: bool) -> None:
        line = self._line
        again = ALSO.match(line.line[start:end]) if self._latest or self._inherited else None
        begin = start + again.end() if again else start
        inherited = self._latest if again else self._inherited
        if inherited in ("like", "dislike", "ban") and not again and _unlike(line.line[start:end], self._spoken):
            inherited = ""  # "she hated Fight Club, crime or drama" names what is wanted
        pieces = _pieces(line, begin, end, inherited)
        if self._goes_on_against(start, end):
            pieces = [Piece(self._against, start, end)]
        elif _TOO_CHINESE.fullmatch(line.line, start, end):
            pieces = [Piece("less", start, end)]
        if pieces and self._latest in AGAINST and _NOR.match(line.line, start) and pieces[0].operator == "like":
            pieces[0].operator = "dislike"  # "not Alien, nor anything like it"
        weak = all(piece.operator in ("", "only") for piece in pieces)
        body = line.line[start:end]
        bare = OPERATOR.sub(lambda found: found[0] if found[0] in ("all", "any", "some") else " ", body)
        if (
            pieces
            and weak
            and strange(bare)
            and not (any(known.search(body) for known in _KNOWN) or (JUDGEMENT.search(body) and re.search(T, body)))
        ):
            self.missed.append(line.span(start, end))
            self._spoken = self._named(start, end)  # "..., so show more of it"
            return
        if _NOTHING_ELSE.fullmatch(body):
            self._only()
            return
        contrast = _CONTRAST.fullmatch(body)
        if contrast and self._latest in _OPPOSITE:  # "the teapot went down well, the grinder didn't"
            pieces = [Piece(_OPPOSITE[self._latest], start, start + contrast.end("names"))]
        for piece in pieces:
            self._piece(piece, piece is pieces[0])
        framed = [how for place, _, how, _ in line.ways if start <= place < end]
        if framed and not any(piece.meant for piece in pieces):
            self._spoken = [
                part
                for place, _, _, parts in line.ways
                for part in parts
                if start <= place < end and isinstance(part, Category | Brand | Item)
            ]
        if framed and not any(piece.meant for piece in pieces):
            pieces = [Piece(framed[-1], start, start, framed[-1])]
        self._against = pieces[-1].meant if listed and pieces and pieces[-1].meant in AGAINST else ""
        if pieces:
            self._latest = pieces[-1].meant
            self._inherited = pieces[-1].operator if listed and (framed or re.search(E, body)) else ""
        elif not listed:
            self._inherited = ""

    def _goes_on_against(self, start: int, end: int) -> bool:
        """Whether free words go on a list that pushes away: "no violence, gore or nudity", "不要暴力、血腥的"."""
        joined = self._line.line[:start].endswith("、") or _OR_LIST.match(self._line.line, start) is not None
        return self._against != "" and joined and OPERATOR.search(self._line.line, start, end) is None

    def _piece(self, piece: Piece, first: bool) -> None:
        if piece.operator == "like":
            self._liking = True
        elif piece.operator == "no" and self._liking:
            piece.operator = "not like"  # "she likes this one, not that one"
        if not self._said_again(piece, first):
            made, missed = read(self._line, piece, self._names)
            if not made and not missed and any(isinstance(part, Item) for part in self.parts):
                made = self._compared(piece)
            told = self._named(piece.start, piece.end) if missed and not made else []
            self._spoken = [part for part in made if isinstance(part, Category | Brand | Item)] or told or self._spoken
            self.parts += made
            self.missed += missed

    def _compared(self, piece: Piece) -> list[Part]:
        """What is to be other than in an item that is liked: "like this one but shorter"; else it is of the list."""
        found = _COMPARED.search(self._line.line, piece.start, piece.end)
        liked = any(isinstance(part, Item) and part.how == "like" for part in self.parts)
        return [Wish(found[0], 1.0)] if found and liked else []

    def _named(self, start: int, end: int) -> list[Category | Brand | Item]:
        """The names of `line[start:end]`, of which nothing is said."""
        named = [self._line.name(character) for character in re.findall(E, self._line.line[start:end])]
        called = _CALLED_FIRST.match(self._line.line[start:end])
        if not named and called and self._names.noun_of_one(called[1]):  # "电饭煲她早就有了，别推"
            code = self._names.only_called(called[1])
            named = [] if code is None else [Name("item", str(code))]
        return [said_of(name.kind, name.value, how_of(name.kind, ""), self._names) for name in named]

    def _only(self) -> None:
        """Make what the clause before asked for all that is asked for: "she's into westerns, nothing else"."""
        wanted = [part for part in self._spoken if not isinstance(part, Item) and part.how == "more"]
        self.parts = [part for part in self.parts if part not in wanted]
        self.parts += [replace(part, how="only") for part in wanted]

    def _said_again(self, piece: Piece, first: bool) -> bool:
        """Whether a piece is about the names of the clause before: "Titanic bored her, never show it again"."""
        said = self._line.line[piece.start : piece.end]
        limits = (
            piece.operator == "only"
            and _LIMITS.search(self._line.line[max(0, piece.start - 80) : piece.start]) is not None
        )
        if limits and self._spoken and PRONOUN.fullmatch(said):  # "..., so restrict it to those"
            self.parts = [part for part in self.parts if part not in self._spoken]
            self._spoken = [part if isinstance(part, Item) else replace(part, how="only") for part in self._spoken]
            self.parts += self._spoken
            return True
        bare = piece.operator in ("no", "ban") and not self._latest and not said.strip(" 了的吧") and first
        if piece.operator not in FIRM or not self._spoken or not (bare or PRONOUN.fullmatch(said)):
            return False
        against = all(part.how in ("no", "ban", "less", "dislike") for part in self._spoken)
        such = "such" in said or "like" in said  # what is of the kind of something disliked is not banned
        if not (against and (piece.operator in ("dislike", "less") or such)):  # else it says as much already
            named = [(part.kind, value_of(part, self._names)) for part in self._spoken]
            self.parts = [part for part in self.parts if part not in self._spoken]
            self._spoken = [said_of(kind, value, how_of(kind, piece.operator), self._names) for kind, value in named]
            self.parts += self._spoken
        return True


def _unlike(said: str, spoken: list[Category | Brand | Item]) -> bool:
    """Whether a clause names categories or brands where only items were spoken of before."""
    first = re.search(E, said)
    return first is not None and re.match(T, first[0]) is None and all(isinstance(part, Item) for part in spoken)


def _pieces(line: Spotted, start: int, end: int, inherited: str) -> list[Piece]:
    """A clause taken apart at its operators. One that begins with a name and has none goes on as the one before."""
    body = line.line[start:end]
    if not body.strip(DONE + " "):
        return []
    makers = [found.span() for found in MADE_BY.finditer(body)]
    marks = [mark for mark in OPERATOR.finditer(body) if not any(low <= mark.start() < high for low, high in makers)]
    pieces: list[Piece] = []
    first = marks[0].start() if marks else len(body)
    head, goes_on = body[:first], False
    if head.strip(DONE + " "):
        own_only = re.fullmatch(rf"[\s{DONE}]*{C}[片类]?(?:的话|里面?|中|,|，|\s)*", head) and _OF_MAKER.match(
            body, first
        )
        bare = re.fullmatch(rf"[\s{DONE}]*(?:and |or |nor |the |any |brand |和|或)*{E}.*", head, re.S) is not None
        own = DONE in head or any(pattern.search(head) for pattern in (AFTER_NO, AFTER_LESS, AFTER_MORE, JUDGEMENT))
        fine = FINE.search(body)
        own = own or own_only is not None or (fine is not None and fine.start() < first)
        goes_on = bare and not own and inherited in ("no", "only", "less", "more", "dislike", "like", "ban")
        pieces.append(Piece(inherited if goes_on else "", start, start + first))
    for number, mark in enumerate(marks):
        until = marks[number + 1].start() if number + 1 < len(marks) else len(body)
        operator = NAMES_OF[int(str(mark.lastgroup)[1:])]
        rest = PARTICLES.sub("", body[mark.end() : until])
        before = pieces[-1] if pieces else None
        if before and goes_on and len(pieces) == 1 and mark[0] in ("only", "alone", "exclusively") and not rest:
            before.operator = "only"  # "skip Pixar, animation only"
        elif before and operator == before.operator == "like" and AFTER_LIKE.match(mark[0]):
            before.end = start + until  # "和…类似的"
        elif (
            before
            and mark[0] == "not"
            and before.operator in ("no", "less", "ban")
            and _NAMED_LAST.search(line.line[before.start : before.end])
        ):
            line.use(start + mark.start(), start + until)  # "drop toys not books"
            body = line.line[start:end]
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
        elif before and mark[0] == "with" and _firm(pieces) in AGAINST and rest and not re.search(E, rest):
            # "sick of comedies with weddings", "no films about trains with sad endings"
            named = re.search(E, line.line[before.start : before.end]) is not None
            if named:
                pieces.append(Piece(before.operator, start + mark.end(), start + until))
            else:
                before.end = start + until
        elif before and WEAK.fullmatch(mark[0]) and _free(line, before) and not re.search(E, rest) and rest.strip():
            before.end = start + until  # "a long drive with the kids" is one wish
        elif before and (firm := _firm(pieces)) and ON_WITH.search(body[: mark.start()]) and WEAK.fullmatch(mark[0]):
            pieces.append(Piece(firm, start + mark.end(), start + until))  # "she hated X and everything with Y"
        elif rest or operator != "only" or before is None:
            pieces.append(Piece(operator, start + mark.end(), start + until))
    return _merged(line, pieces)


def _free(line: Spotted, piece: Piece) -> bool:
    """Whether a piece has words to wish for and no name."""
    said = line.line[piece.start : piece.end]
    return piece.operator == "" and re.search(f"{E}|[{DONE}]", said) is None and wished(said)


def _firm(pieces: list[Piece]) -> str:
    """The firm operator that reaches to the end of the pieces: "no" in "omit anything from Disney"."""
    for piece in reversed(pieces):
        if piece.operator in FIRM:
            return piece.operator
        if piece.operator != "only" or pieces.index(piece) < len(pieces) - 1:
            return ""
    return ""


def _turned(operator: str, rest: str) -> str:
    """What an operator behind a name makes of it where nothing of its own follows: "comedies more often"."""
    if operator == "only":
        return "no" if DROPPED.fullmatch(rest) else ""
    return operator if operator in ("no", "less", "more") and BEHIND.fullmatch(rest) else ""


def _merged(line: Spotted, pieces: list[Piece]) -> list[Piece]:
    """A weak operator inside a firm one's reach is none: "no films from Disney", "more by Tessel", "show me less"."""
    kept: list[Piece] = []
    for piece in pieces:
        before = kept[-1] if kept else None
        between = line.line[before.start : before.end] if before else ""
        empty = not re.search(E, between) and not content(_MADE.sub("", between))
        if before and piece.operator == "only" and before.operator in FIRM and empty:
            kept[-1] = Piece(before.operator, piece.start if content(between) else before.start, piece.end)
        elif before and before.operator in ("only", "") and piece.operator in FIRM and empty:
            kept[-1] = piece
        elif before and before.operator == "like" and piece.operator == "no" and empty:
            kept[-1] = Piece("dislike", piece.start, piece.end)  # "resembling neither"
        elif before and before.operator == "dislike" and piece.operator == "like" and empty:
            kept[-1] = Piece("dislike", piece.start, piece.end)  # "hates anything like this"
        elif before and before.operator == "no" and piece.operator in ("more", "like") and empty:
            kept[-1] = Piece("dislike" if piece.operator == "like" else "no", piece.start, piece.end)
        elif before and piece.operator == "only" and before.operator == "only" and empty:
            kept[-1] = piece
        else:
            kept.append(piece)
    return kept
