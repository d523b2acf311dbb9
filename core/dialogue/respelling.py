"""Slips of the pen in the words that rules are made of: "exlude", "somthing", "onyl"."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache

from core.dialogue.lexicon import FRAME, STOP
from core.dialogue.patterns import late
from core.dialogue.spotting import D, E, N, Spotted, Y
from core.dialogue.verbs import HATES, KNOWN, LOVES
from core.language.english import ranks

# Longer words of the rules, which few other words are like.
_WORDS = """
    without exclude excluding include including similar something anything everything nothing between recommend cheaper
    cheapest expensive popular category categories purchase purchases purchased watched bought ratings history instead
    except please recent recently different surprise prefer preferably mostly especially released dollars maximum
    minimum ignore rather before already recommended recommendations similar suggest suggestions yesterday
    products affordable discount nineties eighties seventies sixties twenties thirties forties fifties fewer definitely
    interested favourite favorite
"""
_KNOWN = tuple(dict.fromkeys(_WORDS.split()))
# Short words have too many neighbours; these slips of them are no words.
_SHORT = {
    "moar": "more", "mroe": "more", "moer": "more", "les": "less", "lses": "less", "onyl": "only", "olny": "only",
    "ony": "only", "wiht": "with", "witout": "without", "w/out": "without", "teh": "the", "frm": "from", "fro": "for",
    "nto": "not", "noo": "no", "lik": "like", "liek": "like", "sth": "something", "smth": "something", "sumthing":
    "something", "abt": "about", "btw": "by the way", "undr": "under", "udner": "under", "uner": "under",
    "chep": "cheap", "chaep": "cheap", "cheep": "cheap", "pls": "please", "plz": "please", "wanna": "want to", "gimme":
    "give me", "lemme": "let me", "shw": "show", "hwo": "how", "mor": "more", "dnt": "don't", "doesnt": "doesn't",
    "cant": "can't", "wont": "won't", "isnt": "isn't", "arent": "aren't", "didnt": "didn't", "hasnt": "hasn't",
    "wouldnt": "wouldn't", "shouldnt": "shouldn't", "havent": "haven't", "wasnt": "wasn't", "hadnt": "hadn't",
    "dont": "don't", "shes": "she's", "hes": "he's", "theyre": "they're", "im": "i'm", "ive": "i've", "id": "i'd",
    "whats": "what's", "thats": "that's", "lets": "let's", "u": "you", "ur": "your", "thru": "through", "tho": "though",
    "bc": "because", "n": "and",
}  # fmt: skip
_TOKEN = late(r"(?<![a-z0-9'$-])[a-z][a-z'/]*(?![a-z0-9'-])")


def respelled(line: Spotted, known: Container[str]) -> None:
    """Write the words of the rules that are misspelled in a line as they are spelled.

    Args:
        known: words that are right as they are, such as those of titles.
    """
    at = 0
    while (found := _TOKEN.search(line.line, at)) is not None:
        word, at = found[0], found.end()
        meant = _SHORT.get(word, "") or ("" if word in known else _meant(word))
        if word == "n" and not re.match(r" [^\d=]", line.line[at:]):
            continue
        if meant and meant != word:
            place = (line.places[found.start()][0], line.places[at - 1][1])
            line.line = line.line[: found.start()] + meant + line.line[at:]
            line.places[found.start() : at] = [place] * len(meant)
            at = found.start() + len(meant)
    for pattern, person in _PERSONS:
        for found in reversed(list(pattern.finditer(line.line))):
            start, end = found.span()
            line.places[start:end] = [(line.places[start][0], line.places[end - 1][1])] * len(person)
            line.line = line.line[:start] + person + line.line[end:]
    for found in reversed(list(_BESIDES.finditer(line.line))):
        start, end = found.span(1)
        line.places[start:end] = [(line.places[start][0], line.places[end - 1][1])] * 3
        line.line = f"{line.line[:start]}and{line.line[end:]}"
    for found in reversed(list(_PLUS.finditer(line.line))):  # "家用电器加厨房用品"
        start, end = found.span()
        line.places[start:end] = [(line.places[start][0], line.places[end - 1][1])]
        line.line = f"{line.line[:start]}和{line.line[end:]}"
    for found in reversed(list(_SIGN.finditer(line.line))):
        start, end = found.span()
        line.places[start:end] = [(line.places[start][0], line.places[end - 1][1])] * 5
        line.line = f"{line.line[:start]} and {line.line[end:]}"
    for found in reversed(list(_NOR.finditer(line.line))):  # "nor does he like westerns"
        start, end = found.span()
        said = f"{found['who']} {found['does']} not "
        line.places[start:end] = [(line.places[start][0], line.places[end - 1][1])] * len(said)
        line.line = line.line[:start] + said + line.line[end:]
    for found in reversed(list(_RHETORIC.finditer(line.line))):  # "what she'd hate? Anything like this"
        start, end = found.span()
        said = "hates " if found["does"][0] in "hd" or found["does"].startswith("loa") else "loves "
        line.places[start:end] = [(line.places[start][0], line.places[end - 1][1])] * len(said)
        line.line = line.line[:start] + said + line.line[end:]
    for found in reversed(list(_OFF.finditer(line.line))):  # "take that label off"
        start, end = found.span()
        (first, last), (off, _) = found.span("verb"), found.span("off")
        verb = (line.places[first][0], line.places[last - 1][1])
        line.places[start:end] = [verb] * 4 + line.places[last : off - 1]
        line.line = f"{line.line[:start]}drop{line.line[last : off - 1]}{line.line[end:]}"
    for found in reversed(list(_THAN.finditer(line.line))):  # "less then 50"
        start, end = found.span(1)
        line.places[start:end] = [(line.places[start][0], line.places[end - 1][1])] * 4
        line.line = f"{line.line[:start]}than{line.line[end:]}"


# Whoever a shop's people are, they are its users: "this listener hates crime", "这位书友很喜欢".
_PERSONS = (
    (
        late(
            r"(?<![a-z])(?:this|that|the|our) (?:\w+ )?(?:listener|player|gamer|subscriber|guest|buyer|patron|student"
            r"|learner"
            r"|collector|gardener|travell?er|diner|drinker|borrower|attendee|viewer|reader|visitor|shopper"
            r"|member)(?= (?:has|had|is|was"
            rf"|would|will|does|did|never|already|really|just|also|always|absolutely|{LOVES}|{HATES}|wants?|needs?"
            r"|prefers?)(?![a-z])|'s|'d)"
        ),
        "the user",
    ),
    (
        late(
            r"(?:(?:我们?|咱们?)?本?[馆店站台院社](?:的|里的?)?)?(?:[这那该](?:位|名)[\u3400-\u9fff]{1,4}?"
            r"|[这那该本]个?(?:读者|听众|观众|会员"
            r"|买家|玩家|学员|书友|茶友|乐迷|影迷|食客|住客|游客|粉丝|顾客|客户))(?=(?:就|也|都|还|一直|从来|平时|最近"
            r"|很|最|特别|非常|超|真|挺|蛮|更|比较|已经?|刚|以前|之前|曾经?){0,2}(?:不|没|讨厌|喜欢|爱|想|要|看|买|读"
            r"|听|对"
            r"|给|偏|会|受不了|迷|好))"
        ),
        "用户",
    ),
)
_BESIDES = late(
    r"(?<=[^\s,;.]) (as well as|along with|together with|in addition to|and also|and likewise|coupled with) "
)
_PLUS = late(rf"(?<={E})(?:外?加上?|再加上?)(?={E})")
_SIGN = late(rf"(?<={E}) ?\+ ?(?={E})")  # "kitchen + books"
_RHETORIC = late(
    r"(?:(?:do )?you know |guess |know )?what (?:she|he|they)(?:'d| would|'ll| will)?(?: really| absolutely"
    r"| just)? (?P<does>hates?|dislikes?|loathes?|loves?|likes?|enjoys?|adores?)\s*[?:]\s*"
)
_NOR = late(
    r"(?<![a-z])nor (?P<does>do|does|did|is|are|was|were|will|would|can|could|has|have|had|should) (?P<who>she|he"
    r"|they|i|we"
    r"|(?:the|this|our) (?:user|customer|client))(?! (?:bought|seen|watched|viewed)) "
)
_OFF = late(
    r"(?<![a-z])(?P<verb>take|leave|keep|cut|throw|get|kick|pull|move|filter|toss|count|rule|knock|scratch|cross)"
    r" (?:it|them|(?:those|these|that|this)(?: (?:ones?|labels?|brands?|makers?|genres?|categor(?:y|ies)|kinds?"
    r"|types?|titles?"
    r"|items?|products?|things?|films?|movies?|books?))?) (?P<off>out|off|away|aside)(?: of (?:here|it|this"
    r"|the list))?(?![a-z])"
)
_THAN = late(
    r"\b(?:less|more|fewer|cheaper|older|newer|earlier|later|higher|lower|dearer) (as"
    rf"|then)(?= (?:the )?[{N[1:-1]}{Y[1:-1]}{D[1:-1]}{E[1:-1]}])"
)


@lru_cache(maxsize=4096)
def _meant(word: str) -> str:
    """The word that is misspelled so, "" for none."""
    if len(word) < 5 or word in STOP or word in FRAME or word in _KNOWN or word in KNOWN or word in ranks():
        return ""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    choices = [each for each in _KNOWN if each[0] == word[0] and len(each) > 5]
    found = process.extractOne(word, choices, scorer=OSA.distance, score_cutoff=1 if len(word) < 9 else 2)
    if found is None or word.startswith(found[0]) or found[0].startswith(word):
        return ""
    return str(found[0])
