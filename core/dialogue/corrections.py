"""What a request takes back in the same breath: "no comedies, sorry, I meant no romances", "来10个，不对，5个"."""

from __future__ import annotations

import re

from core.dialogue.spotting import B, C, D, N, Spotted, T, Y

_BACK = (
    r"(?:(?:oh|ah|err?|uh|um|hmm|well|and|but|or|no|nope|oops|whoops)[ ,]+)*"
    r"(?:or better(?: yet| still)?|better (?:yet|still)|sorry|oops|whoops|correction|(?:no|hang on|hold on|oh"
    r"|ah),? wait|wait,? no|wait|(?:no|nope|nah)(?=,)"
    r"|scratch that"
    r"|strike that|my (?:mistake|bad)|actually|rather|i mean(?:t)?(?: to say| to write)?|(?:let'?s )?make (?:that|it)"
    r"|let'?s say|on second thoughts?)"
    r"(?:[ ,]+(?:sorry|i mean(?:t)?|(?:let'?s )?make (?:that|it)|actually|rather|no|wait|it should be|it'?s|that'?s))*"
)
_BACK_CHINESE = (
    r"(?:哦|噢|啊|呃|额|等等|等下|等一下|诶|哎)*[,，]?\s*(?:不对|(?<!而)不是(?=[,，])|不不|[说打写讲]错了?|错了|口误"
    r"|更正(?:一下)?"
    r"|抱歉|[哦噢啊]不"
    r"|算了|(?:还是)?(?:改成|改为|改到|换成|变成)|应该是)(?:了|吧)?[,，]?\s*(?:我?(?:是)?(?:说|指|想说)的?是?|应该是"
    r"|还是|改成|是)?"
)
_CUT = r"(?:[,;.!?，。；！？：—–…\n]|(?<=\s)-(?=\s)|\bbut\b|\band\b)"
_CORRECTED = re.compile(
    rf"\s*[,;.!?，。；！？—–…]*\s*(?:-\s+)?(?P<back>(?<![a-z])(?:{_BACK})(?![a-z'])|{_BACK_CHINESE})[\s,，:：]*"
)
_OF = (N, C, B, T, Y, D)
# What may also go on, and takes back only what stands in the same place.
_SOFT = re.compile(
    r"[\s,;.!?，。；！？—–…-]*(?:(?:oh|and|but|or|well|ah|hmm|actually|rather|or better(?: yet| still)?|better (?:yet"
    r"|still)|(?:let'?s )?make (?:that|it)|let'?s say"
    r"|(?:还是)?(?:改成|改为|改到|换成|变成)|应该是|算了)[\s,，:：吧了]*)+"
)
# A name or number, and no sentence of its own.
_BARE = re.compile(
    rf"\s*(?:the |an? |just |only |是)?(?:{'|'.join(_OF)})(?:\s*(?:items?|products?|films?|movies?|results?|things?"
    r"|picks?|titles?"
    r"|ones|tops|max|please|instead|then|only|in total|at most|euros?|dollars?|yuan|[个款部件本样条部片类块元]"
    r"|就(?:够|行|好)了?|以内|吧|的|了))*\s*"
)


_SAID = re.compile(  # "I said this but meant that"
    r"(?<![a-z])(?:(?:sorry|oops|well|ok),? )?(?:i|we) (?:said|wrote|typed|put|asked for) [^,.;]*?,? ?(?:but "
    r"|and )?(?:i |we )?(?:really |actually )?(?:meant"
    r"|mean|wanted|should have (?:said|written))(?: to say| to write)? +|我?(?:刚才?|刚刚|前面"
    r"|之前)?[说写打]的?是?[^,，。；]*?[,，]?(?:其实|实际上?|本来)?(?:我)?"
    r"(?:(?:是)?想[说要]的?是?|指的是|要的是|应该是)"
)


def corrected(line: Spotted) -> None:
    """Take out of a line what the words behind it correct, where both speak of things of one kind."""
    told = _SAID.search(line.line)
    if told is not None:
        line.line = line.line[: told.start()] + line.line[told.end() :]
        del line.places[told.start() : told.end()]
    at = 0
    while (found := _CORRECTED.search(line.line, at)) is not None:
        at = found.start() + 1
        kept = _taken_back(line.line, found)
        if kept is not None:
            line.places = [place for start, end in kept for place in line.places[start:end]]
            line.line = "".join(line.line[start:end] for start, end in kept)
            at = kept[0][1]


def _taken_back(line: str, found: re.Match[str]) -> list[tuple[int, int]] | None:
    """What a correction leaves of a line, as (start, end) in their new order; None where it takes nothing back."""
    cuts = [cut.end() for cut in re.finditer(_CUT, line[: found.start()])]
    before, stop, end = cuts[-1] if cuts else 0, found.start(), len(line)
    after = re.match(rf"(?:(?!{_CUT}).)*", line[found.end() :], re.S)
    said, now = line[before:stop], after[0] if after else ""
    kinds = [kind for kind in _OF if re.search(kind, said) and re.search(kind, now)]
    soft = _SOFT.fullmatch(found[0]) is not None
    if not kinds:  # "headphones under 200, not Luma, actually make it under 150"
        told = soft and re.search(N, now) and re.search(N, line[:stop])
        return [(0, found.start("back")), (found.end(), end)] if told else None
    if re.search("[改换变]", found[0]) and (kinds[0] != N or re.search("[把将]", said)):
        return None  # one thing for another
    if _BARE.fullmatch(now):  # "no comedies, I mean romances": what was to be done with them holds
        place = before + [each.start() for each in re.finditer(kinds[0], said)][-1]
        name = found.end() + len(now.rstrip())
        alone = re.fullmatch(rf"\s*(?:the )?{kinds[0]}\s*", now) is not None  # "take that off, no wait, this"
        return [(0, place), (found.end(), name), *([(place + 1, stop)] if alone else []), (name, end)]
    return None if soft else [(0, before), (found.end(), end)]
