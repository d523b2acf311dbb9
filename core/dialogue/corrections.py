"""What a request takes back in the same breath: "no comedies, sorry, I meant no romances", "来10个，不对，5个"."""

from __future__ import annotations

import re

from core.dialogue.patterns import late
from core.dialogue.spotting import B, C, D, E, N, Spotted, T, Y

_WELL = r"(?:(?:oh|ahh?|err?|uh|um|erm|hmm+|well|and|but|or|no|nope|oops|whoops|god|please|ok(?:ay)?)[ ,.…]+){0,4}"
_SURELY = (
    r"(?:or better(?: yet| still)?|better (?:yet|still)|sorry|apologies|oops|whoops|correction|(?:no|oh|ah"
    r"|but)?,? ?(?:wait"
    r"|hang on|hold on|hold it|one sec(?:ond)?|just a (?:sec(?:ond)?|moment))(?: a (?:sec(?:ond)?|moment|minute|bit))?"
    r"(?:,? no)?|(?:no|nope|nah)(?=,)|no(?= [\ue400-\ue4ff])|(?:scratch|strike|cancel|forget|undo|delete|skip"
    r"|belay) that"
    r"(?=\s*[,.;:…–—-])|never ?mind that|my (?:mistake|bad)|that(?:'s| was| is) (?:wrong|not right|a (?:typo|mistake"
    r"|slip))|wrong"
    r"|typo|actually|rather|i mean(?:t)?(?: to (?:say|write|type))?|(?:let'?s )?make (?:that|it)|let'?s say"
    r"|on second thoughts?"
    r"|(?:it|that) should (?:be|read|say)|should(?: have)? (?:be|been|read|said)|i should(?:'ve| have) (?:said|written)"
    r"|(?:or )?change (?:that|it) to|(?:uh|um|erm?|hmm+)(?=[ ,.…]+[\ue300-\ue3ff]))"
)
_BACK = rf"{_WELL}{_SURELY}(?:[ ,.…]+(?:{_SURELY}|no|i|it'?s|that'?s)){{0,3}}"
_SURELY_CHINESE = (
    r"(?:(?<=[,，。；！…—\s哎诶唉呃额啊哦嗯])(?:等等|等下|等一下|慢着|且慢)(?=[,，。…!！\s])|不对(?!付|劲|称|应|号)"
    r"|(?<!而)不是(?=[,，])|不不+|(?<=[,，。；！…—\s])不(?=[,，])|[说打写讲输记搞弄]错了?|错了|口误|笔误|手滑"
    r"|更正(?:一下)?|纠正(?:一下)?|抱歉|[哦噢啊哎]不"
    rf"|(?<=[,，。；！…—哎诶唉呃额啊哦嗯])还是(?=[^,，。；]*吧|{N})"
    r"|改一下|改改|算了|(?:还是)?(?:改成|改为|改到|换成|换为|变成)|"
    rf"(?<=[,，。；…—了吧\s])(?:还是)?(?:放宽|提高|抬高|提升|涨|升|加|增加|降|降低|减|减少|压|压低|缩|缩小|调|调高|调低|调整|收紧)"
    rf"[到至成为](?={N})|"
    r"应该是|(?:我)?(?:的意思是|是说|是想说|指的是))(?:了|吧"
    r"|啊|呀|哈)*"
)
_BACK_CHINESE = (  # several may be said in a row: "不对，说错了，是"
    rf"(?:哦|噢|啊|呃|额|等等|等下|等一下|慢着|诶|哎|唉|呀|哟|糟糕?|唔|咦|喔|那个|嗯){{0,4}}[,，…]?\s*{_SURELY_CHINESE}"
    rf"(?:[,，。…!！、\s]{{0,3}}{_SURELY_CHINESE}){{0,2}}[,，]?\s*"
    r"(?:我?(?:是)?(?:说(?!错)|指|想说)的?是?|应该是|还是|改成|要?的?是)?"
)
_COMMA = r"\s*[,.;:!…–—，。-]"
_CUT = r"(?:[,;.!?，。；！？：—–…\n]|(?<=\s)-(?=\s)|\bbut\b|\band\b)"
_CORRECTED = late(
    rf"\s*+[,;.!?，。；！？—–…]*+\s*+(?:-\s++)?(?P<back>(?<![a-z])(?:{_BACK})(?![a-z'])|{_BACK_CHINESE})[\s,，:：.!…]*"
)
_OF = (N, C, B, T, Y, D)
# What may also go on, and takes back only what stands in the same place.
_SOFT = late(
    r"[\s,;.!?，。；！？—–…-]*(?:(?:oh|and|but|or|well|ah|hmm|actually|rather|or better(?: yet| still)?|better (?:yet"
    r"|still)|(?:let'?s )?make (?:that|it)|let'?s say"
    r"|(?:还是)?(?:改成|改为|改到|换成|变成)|应该是|算了)[\s,，:：吧了]*)+"
)
_UNITS = late(
    r"(?:\s*(?:items?|products?|films?|movies?|results?|things?|picks?|titles?|ones|tops|max|please|instead|then|only"
    r"|in total|at most|euros?|dollars?|yuan|[个款部件本样条片类块元]|就(?:够|行|好)|以内|吧|的|了))*\s*"
)
# A name or number, and no sentence of its own.
_BARE = late(rf"\s*(?:(?:by|from|of|in) )?(?:the |an? |just |only |是)?(?:{'|'.join(_OF)}){_UNITS.pattern}")


_SAID = late(  # "I said this but meant that"
    r"(?<![a-z])(?:(?:sorry|oops|well|ok),? )?(?:i|we) (?:said|wrote|typed|put|asked for) [^,.;]*?,? ?(?:but "
    r"|and )?(?:i |we )?(?:really |actually )?(?:meant"
    r"|mean|wanted|should have (?:said|written))(?: to say| to write)? +|(?<![a-z])(?:i|we) (?:said|wrote|typed|put"
    r"|asked for)"
    rf" {N}[^,.;]*?,? ?(?:but|and|though) (?=(?:maybe |perhaps |really )?{N}(?: \w+)?(?:'d| would| is| might| will"
    r"| sounds| feels)"
    r"(?: be)?(?: much| far| a bit)? (?:better|nicer|enough|fine|ok|best|plenty|more like it|do))|(?:我|刚才?|前面"
    r"|之前){1,3}[说写打]的?是?[^,，。；]*?[,，]?(?:其实|实际上?|本来)?(?:我)?"
    r"(?:(?:是)?想[说要]的?是?|指的是|要的是|应该是)"
)


# What is open goes on behind a filler: "from 1985 to, let's say, 1994".
_OPEN = late(
    r"(?<![a-z])(?:to|and|or|between|from|under|over|below|above|about|around|than|of|at|within|by|until|for)$"
)
_GROUPED = late(
    r"(?:(?:per|(?:of|from|for|in) (?:each|every)|each|every|a) (?:brand|maker|categor(?:y|ies)|genre|type"
    r"|kind)s?(?![a-z])"
    r"|每一?个?(?:类别|类目|品类|类型|类|品牌|牌子))(?:的|里)?"
)
_AFTER = late(r"[,，]\s*(?=以[内上下]|之[内下]|左右)")
_TOO = late("too (?:many|much|few|long|short)|not enough|太[多少]|不够|多了")
_ANY = "|".join((*_OF, E))
_SURE = late(r"wait|scratch|strike|i mean|correction|不对|[说打写讲记搞弄]错|口误|更正|哦不|啊不")
# With these "换成" says what was meant, and no longer what is to stand for what.
_DENIED = late("不对|[说打写讲输记搞弄]错|口误|笔误|手滑|更正|纠正|[哦噢啊哎]不|不不|算了|等等|等下|等一下|慢着|且慢")
# A number with the words that make a bound of it.
_BOUNDED = late(
    r"(?:(?:(?:up to|under|below|over|above|at most|at least|no more than|not more than|less than|more than"
    r"|max(?:imum)?"
    r"|within|around|about|roughly|from|between|for|budget(?: of)?|top|only|just|maybe|say)\s+)*"
    r"|(?:最多|至多|不要?超过|别超过|低于|高于|不低于|预算|大概|控制在|价格|至少|只要|来|要)*)"
    rf"{N}(?:\s*(?:-|–|—|~|to|and|到|至)\s*{N})?(?:\s*(?:or (?:less|more|under|over)|items?|products?|films?|movies?"
    r"|max"
    r"|以[下上内]|之[内下间]|左右|上下|[个款部件本块元条]))*"
)
# The word behind that takes back: "comedies, no, dramas I mean".
_BEHIND = late(
    r"(?P<cut>[,;.…–—，。；-]\s*)(?P<now>[^,;.!?，。；！？…–—]{0,80}?)[ ,，]{0,3}"
    r"(?P<mark>(?<![a-z])(?:i mean(?:t)?(?: to (?:say|write))?"
    r"|my mistake)\s*|才对|才是)(?=\s*(?:$|[.;!。；！]))"
)


def _behind(line: Spotted) -> None:
    """Put what takes back behind something before it."""
    found = _BEHIND.search(line.line)
    if found is None or not _BARE.fullmatch(found["now"]):
        return
    start, end = found.end("cut"), found.end("now")
    order = [(0, start), found.span("mark"), (start, end), (found.end(), len(line.line))]
    line.places = [place for first, last in order for place in line.places[first:last]]
    line.line = "".join(line.line[first:last] for first, last in order)


def corrected(line: Spotted) -> None:
    """Take out of a line what the words behind it correct, where both speak of things of one kind."""
    told = _SAID.search(line.line)
    if told is not None:
        line.line = line.line[: told.start()] + line.line[told.end() :]
        del line.places[told.start() : told.end()]
    _behind(line)
    at = 0
    while (found := _CORRECTED.search(line.line, at)) is not None:
        at = found.start() + 1
        parted = re.match(_COMMA, found[0]) and re.match(_COMMA, line.line[found.end("back") :])
        denies = re.fullmatch("no|nope|nah", found["back"].strip()) and not parted
        behind = line.words(found.end(), min(found.end() + 1, len(line.line)))
        if denies and not behind.lower().startswith("the "):
            continue  # "from the 80s, no 90s" leaves out, "no the 90s" corrects
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
    gap = int(line.startswith(" ", found.end() - 1))
    if _OPEN.search(line[:stop]) and re.search("|".join(_OF), now):
        return [(0, stop), (found.end() - gap, end)]
    if _TOO.search(said):  # "20 is too many, make it 12" says no 20
        return None
    kinds = [kind for kind in _OF if re.search(kind, said) and re.search(kind, now)]
    if not kinds and _SURE.search(found[0]) and re.search(E, said) and re.search(E, now):
        kinds = [E]  # "no horror, no wait, no Titanic"
    soft = _SOFT.fullmatch(found[0]) is not None
    groups = _GROUPED.search(said)
    if groups and _GROUPED.fullmatch(now.strip()):  # "two per brand, sorry, per category"
        return [(0, before + groups.start()), (found.end(), end)]
    if not kinds and _SURE.search(found[0]) and now.strip() and not re.search(_ANY, said + now):
        return [(0, before), (found.end() - gap, end)]  # "cheap ones, no wait, dear ones"
    if not kinds:  # "headphones under 200, not Luma, actually make it under 150"
        told = soft and re.search(N, now) and re.search(N, line[:stop])
        return [(0, found.start("back")), (found.end(), end)] if told else None
    swapped = re.search("[改换变](?!一下|改)", found[0]) and not _DENIED.search(found[0])
    if swapped and (kinds[0] != N or re.search("[把将]", said)):
        return None  # one thing for another
    if _BARE.fullmatch(now):  # "no comedies, I mean romances": what was to be done with them holds
        place = before + [each.start() for each in re.finditer(kinds[0], said)][-1]
        name = found.end() + len(now.rstrip().rstrip("吧啊呀呢"))
        alone = (
            re.fullmatch(rf"\s*(?:the )?{kinds[0]}[吧啊呀呢]?\s*", now) is not None
        )  # "take that off, no wait, this"
        units = _UNITS.match(line, place + 1)
        rest = place + 1 if alone or units is None else units.end()
        left = re.search(E, line[rest:stop]) is not None  # "under 30 phones, no wait, 40 dollars"
        if cut := _AFTER.match(line, name):  # "一百，应该是两百，以内"
            return [(0, place), (found.end(), name), (cut.end(), len(line))]
        return [(0, place), (found.end(), name), *([(rest, stop)] if alone or left else []), (name, end)]
    if soft:
        return None
    bound = list(_BOUNDED.finditer(said))
    if kinds == [N] and bound and re.search(E, said) and not re.search(E, now):  # "phones under 30, no wait, under 40"
        first, last = before + bound[-1].start(), before + bound[-1].end()
        return [(0, first), (last, stop), (stop, stop + 1), (found.end(), end)]
    if denied := re.search(r"(?<![a-z])no $", found[0]):  # "no horror, wait, no films about war"
        return [(0, before), (found.start() + denied.start(), end)]
    return [(0, before), (found.end() - gap, end)]
