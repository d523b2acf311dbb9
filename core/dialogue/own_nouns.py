"""What a shop calls all its things ("wine", "shoes"), and what is left of its categories' names without that: "reds".

Such a noun tells no kind, and is no wish: "sparkling wines" are of the category "Sparkling", and "six bottles" are six.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from core.dialogue.lexicon import KINDS, STOP
from core.dialogue.patterns import late

Key = tuple[str, ...]

_MOST = 0.5  # of the titles, from which on a word of them says nothing
# Words that stand for a noun by themselves: "a dry white", "an electric". A noun ("dog food") does not.
_ADJECTIVE = late(
    r"(?:red|white|black|green|blue|brown|pink|orange|yellow|grey|gray|dark|light|blonde?|amber|dry|sweet|hard|soft"
    r"|hot|cold|fresh|smoked|salted|wired|wireless|modern|vintage|foreign|standard|portable|[a-z]{3,}(?:ic|less|ling))"
)
_NOT_MEANT = late(r"(?<![a-z])(?:in|with|after|before|at|on|to|of|her|his|my|our|their)\s*$")
_GOES_ON = late(r"\s*(?:for|with|from|under|over|around|between)\b")
_ASKED_FOR = late(r"(?:look(?:ing|s)?|ask(?:s|ed|ing)?|search(?:ing|es)?|hop(?:es?|ing)|after) for(?: an?| some)?\s*$")
_FOR = late(r"(?<![a-z])for(?: an?| some| the)?\s*$")


def nouns(categories: Sequence[Key], titles: Sequence[Key]) -> frozenset[str]:
    """The words that several categories' names end with, or most titles have.

    Args:
        categories: the names' words, without plurals.
        titles: the titles' words, without plurals.
    """
    ends = Counter(key[-1] for key in categories if len(key) > 1)
    said = Counter(word for key in titles for word in set(key))
    known = {word for word, count in ends.items() if count > 1}
    known |= {word for word, count in said.items() if count > _MOST * len(titles)}
    known -= {word for word in known if word in STOP or _ADJECTIVE.fullmatch(word)}
    return frozenset(word for word in known if word.isascii() and word.isalpha() and len(word) > 2)


def goods(categories: Sequence[Key], called: set[str]) -> frozenset[str]:
    """The kinds of goods that a category of several words names, and that none is: "shoe" where there is "Shoe Care".

    Args:
        called: single words that categories are called by.
    """
    kinds = {word for kind in KINDS for word in kind if word.isalpha()}
    return frozenset(key[0] for key in categories if len(key) > 1 and key[0] in kinds and key[0] not in called)


def short_forms(categories: Sequence[Key]) -> dict[Key, int]:
    """The first words of names of two that stand for them, as the second is that of several, and whose each is."""
    ends = Counter(key[-1] for key in categories if len(key) > 1)
    said = Counter(word for key in categories for word in set(key))
    return {
        key[:1]: place
        for place, key in enumerate(categories)
        if len(key) == 2 and ends[key[1]] > 1 and said[key[0]] == 1 and _ADJECTIVE.fullmatch(key[0])
    }


def stands_alone(lower: str, start: int, end: int, ends: re.Pattern[str]) -> bool:
    """Whether a short form at `lower[start:end]` is a noun there ("a dry white"), and tells of none ("white pepper").

    Args:
        ends: what may follow a name.
    """
    before = lower[max(0, start - 40) : start]
    if _NOT_MEANT.search(before) or (_FOR.search(before) and not _ASKED_FOR.search(before)):
        return False
    return ends.match(lower, end) is not None or _GOES_ON.match(lower, end) is not None
