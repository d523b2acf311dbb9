"""Whether leaving out reaches over a name to a bound joined to it: "drop war movies and anything before 1980"."""

from __future__ import annotations

import re

from core.dialogue import verbs
from core.dialogue.lexicon import WORKS
from core.dialogue.spotting import E, Spotted

_DROP = (
    rf"(?:{verbs.ASKED['no']}|{verbs.PHRASES['no']}|skip|exclude|excluding|avoid|drop|remove|ditch|hide|omit|ban"
    r"|block|leave out|rule out|filter out|cut out"
    r"|take out|throw out|get rid of)"
)
_NO = (
    rf"(?:{_DROP}|no|without|never|nothing (?:from|by|in)|(?:don'?t|do not|doesn'?t) (?:want|show|recommend|list"
    r"|include|give)(?: me| her| him| us| them)?)"
)
_NO_CHINESE = r"(?:不要|别要|别推荐?|不看|不想[看要]|去掉|去除|排除|过滤掉?|剔除|删掉|跳过|不考虑|屏蔽)"
_END, _END_CHINESE = "[^,;.!?]", "[^,，。；;！!？?、]"
_REACHES = re.compile(
    rf"(?<![a-z])(?:{_NO}(?! more)\s{_END}+?\s(?:and|or|nor)\s+(?:any(?:thing)?|everything|all|whatever)"
    rf"|{_NO}\s{_END}*?{E}{_END}*?\s(?:or|nor)"
    rf"|{_DROP}\s{_END}*?{E}{_END}*?\sand\s+(?:{WORKS}|items?|products?|things?|stuff|titles?))"
    rf"(?![a-z])(?:(?!{E}|[,;.!?]).)*$"
    rf"|{_NO_CHINESE}{_END_CHINESE}*?{E}{_END_CHINESE}*?(?:和|与|跟|及|以及|还有|或者?)"
    rf"(?:(?!{E}|[,，。；;！!？?、]).){{0,8}}$"
)


def carried(line: Spotted, place: int) -> bool:
    """Whether what is said at `place`, where a bound names its figure, is left out along with names before it."""
    return _REACHES.search(line.line[:place]) is not None
