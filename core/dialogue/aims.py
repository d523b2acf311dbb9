"""Rules of a request about what the list is for: the behaviour to bring about, with or without what is known."""

from __future__ import annotations

import re

from core.dialogue.amounts import apply
from core.dialogue.histories import WHO, WHO_CHINESE
from core.dialogue.lexicon import VERB, behaviour_of
from core.dialogue.names import Names
from core.dialogue.spotting import C, Spotted, T
from core.dialogue.structure import Part, Seen, Target

# ---------------------------------------------------------------------------------------------- what for

_NEXT = r"(?:\s*(?:next|now|then|in that case|instead|otherwise|from here|later))*"
_TARGET = (
    re.compile(
        rf"what (?:else |next )?(?:would|will|might|could|does|is) {WHO}\s*(?:then |probably |likely |most "
        rf"|want to |going to |be )*(?P<v>{VERB})(?![a-z]){_NEXT}"
    ),
    re.compile(
        rf"(?:rank|sort|order|optimi[sz]e|aim|maximi[sz]e|go|arrange)(?:ed|ing)?\s*(?:it |them |the list "
        rf"|everything |items )?(?:by|for|on|at|towards?|according to)?\s*"
        rf"(?:what {WHO} (?:is|are|will|would|might) )?(?:the )?(?:most |more )?(?:likely|likelihood"
        rf"|probability|chances?|expected|probable)?\s*(?:of |to |that {WHO} (?:will )?"
        rf"|how likely {WHO} (?:is|are) to )?(?:be |get |an? )?(?P<v>{VERB})(?![a-z])(?:\s*(?:probability"
        rf"|likelihood|chances?|rate))?"
    ),
    re.compile(
        rf"(?:what {WHO} (?:is|are) |things )?(?:most |more )?likely to (?:be "
        rf"|get )?(?P<v>{VERB})(?![a-z]){_NEXT}"
    ),
    re.compile(
        rf"(?:按照?|根据|依)(?:最?可能)?(?P<v>{VERB})(?:的)?(?:可能性|概率|几率|机率|意愿|行为|转化率?"
        rf"|率|倾向)*(?:大小|高低)?(?:来)?(?:排序|排列|排名|排|优化|推荐)"
    ),
    re.compile(rf"(?:以|把)(?P<v>{VERB})(?:作)?为(?:目标|目的)|(?:优化|提升|提高|冲|主打)(?P<w>{VERB})(?:率|量)?"),
    re.compile(rf"(?:最|更)?(?:可能|容易|有可能|大概率)(?:会|被)?(?:去)?(?P<v>{VERB})的(?:商品|东西|电影)?"),
    re.compile(
        rf"(?:那)?{WHO_CHINESE}?(?:接下来|下一步|下次|之后|然后|就|还|那么)?(?:会|可能会|还会|将会?"
        rf"|想)(?P<v>{VERB})(?:些)?(?:什么|啥|哪些|哪个)(?:商品|东西|电影)?(?:呢)?"
    ),
)
_IDLE = re.compile(
    r"(?:show |see |tell )?(?:me )?(?:what|how) (?:the|her|his|their) (?:list|recommendations?) (?:looked"
    r"|looks|would look|was|were)(?: like)?|"
    rf"what (?:would|will|does|should) (?:the|her|his|their|this) (?:list|recommendations?) (?:be"
    rf"|look)(?: like)?(?: then)?|what (?:would|will|should) (?:you|we|{WHO}) (?:recommend|get"
    rf"|be recommended|see recommended|show)(?: (?:her|him|them))?(?: then)?"
    r"|(?:那)?(?:你|系统|模型)?(?:会|该|应该|还会|又会)?(?:给(?:她|他|用户))?(?:推荐|推)(?:些)?(?:什么|啥"
    r"|哪些)(?:商品|电影|东西)?(?:呢)?|会怎么样?|(?:列表|结果)?会(?:变成)?(?:什么|怎)样"
)


def target(line: Spotted, names: Names) -> list[Part]:
    """The behaviour that the list is to bring about."""

    def rule(found: re.Match[str]) -> list[Part] | None:
        said = found.groupdict()
        name = behaviour_of(said.get("v") or said.get("w") or "", names.behaviours)
        return [Target(name)] if name else None

    parts = [part for pattern in _TARGET for part in apply(line, pattern, rule)]
    apply(line, _IDLE, lambda _: [])
    return parts[:1]


# ---------------------------------------------------------------------------------------------- seen already

_HAS = r"(?:has|have|had|'s|'ve|did|already|been|was|previously|once|ever|before|\s)+"
_KNOWN = (
    r"(?:seen|bought|watched|purchased|viewed|owned|owns?|rated|clicked(?: on)?|consumed|interacted with|has"
    r"|have|knows?|read|listened to|played|saw|ordered|got)"
)
_THINGS = (
    r"(?:(?:me |all |the |any |anything |everything |whatever |what |those |items? |films? |movies? |stuff "
    r"|things? |products? |books? |that |which |of )*)"
)
_HIDE = (
    r"(?:hide|exclude|excluding|remove|without|no|not|skip|filter out|drop|leave out|leave off|omit"
    r"|don'?t (?:show|recommend|include|want|suggest)|do not (?:show|recommend|include)|never show|nothing"
    r"|avoid|stop (?:showing|recommending))"
)
_SHOW = r"(?:include|show|keep|allow|also show|also include|don'?t hide|do not hide|leave in|repeat|bring back|with)"
_AGAIN = (
    rf"{_THINGS}(?:{WHO}\s*{_HAS}{_KNOWN}(?: already| before)*|already[ -]{_KNOWN}(?:{_THINGS}(?!\w))?"
    rf"|(?:previously|formerly) {_KNOWN}(?: items?| films?| products?)*|(?:already )?in (?:her|his|their"
    rf"|the) (?:cart|basket|library|history)|(?:seen|bought|owned|watched|purchased|viewed) (?:already|before"
    rf"|items?|ones|things|films?|movies?|products?))(?: already| before| too| as well)*"
)
_SEEN = (
    (True, re.compile(rf"{_HIDE}\s+{_AGAIN}")),
    (False, re.compile(rf"(?:also |please |you (?:can|may) )*{_SHOW}\s+(?:also )?{_AGAIN}")),
    (
        False,
        re.compile(
            r"(?:repeats?|repeat purchases?|repetitions?|re-?watch(?:es|ing)|seen (?:items|ones|films"
            r"|movies)) (?:are |is )?(?:ok(?:ay)?|fine|allowed|welcome|good)|(?:let|allow) repeats(?: in)?"
        ),
    ),
    (
        True,
        re.compile(
            rf"no (?:repeats?|repetitions?)|(?:only|just)\s+(?:unseen|new) (?:items?|films?|movies?|products?|ones"
            rf"|things)(?: (?:for|to) (?:her|him|them))?|(?:only|just) {_THINGS}{WHO}\s*(?:hasn'?t|haven'?t"
            rf"|has not|have not|has never|did not|didn'?t)\s*{_HAS}?{_KNOWN}(?: yet| before)?|unseen (?:items?"
            rf"|ones|films?|movies?)?(?: only)?"
        ),
    ),
)
_ALREADY = (
    rf"(?:{WHO_CHINESE})?(?:所有|全部)?(?:已经|已|以前|之前|曾经?)?(?:(?<=已)购|(?<=已)买|(?:买|看|购买|点击?"
    rf"|浏览|收藏|评分|评价|听|读|观看|拥有|接触|加购)过?了?(?:过的|过|了的|的))(?:商品|东西|电影|片子|影片"
    rf"|那些)?"
)
_SEEN_CHINESE = (
    (
        False,
        re.compile(
            rf"{_ALREADY}(?:也|都|仍然?|还)*(?:可以|能|行|允许|保留|包括|包含|显示|要|没关系"
            rf"|没问题)(?:再)?(?:推荐?|出现|显示|看)?(?:出来)?"
        ),
    ),
    (
        False,
        re.compile(
            rf"(?:允许|可以|保留|包括|包含|显示|也要|不用(?:去掉|排除|隐藏)|不要(?:去掉|排除|隐藏)|别(?:去掉|隐藏"
            rf"|排除))(?:重复)?(?:推荐)?{_ALREADY}"
        ),
    ),
    (
        True,
        re.compile(
            rf"(?:去掉|不要|排除|隐藏|过滤掉?|别再?推?荐?|剔除|除去|不含|删掉|不推荐?|不出现|去除|不显示|别显示"
            rf"|跳过)(?:再)?(?:推荐|出现|显示)?{_ALREADY}"
        ),
    ),
    (
        True,
        re.compile(
            rf"(?:把)?{_ALREADY}(?:就|请|都|全部?|统统|一律|全都)*(?:不要|去掉|隐藏|排除|过滤掉?|别再?推?荐?|不用"
            rf"|不推荐?|删掉|剔除|去除|不显示|别出现)(?:推荐?|出现|显示)?(?:了)?"
        ),
    ),
    (
        True,
        re.compile(rf"(?:只(?:要|看|推荐?))?{WHO_CHINESE}?(?:还)?(?:没|未)(?:有)?(?:买|看|购买|点|浏览|听|读)过的"),
    ),
)


def seen(line: Spotted) -> list[Part]:
    """Whether what the user has may be listed."""
    parts: list[Part] = []
    for hide, pattern in (*_SEEN, *_SEEN_CHINESE):

        def rule(found: re.Match[str], hide: bool = hide) -> list[Part] | None:
            return None if re.search(f"{T}|{C}", found[0]) else [Seen(hide)]

        parts += apply(line, pattern, rule)
    return parts[:1]
