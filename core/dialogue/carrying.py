"""What leaves a bound out from afar: a verb before names joined to it, "drop war movies and anything before 1980", and
one behind it, "anything before 1980 has to go".
"""

from __future__ import annotations

from core.dialogue import verbs
from core.dialogue.lexicon import WORKS
from core.dialogue.patterns import late
from core.dialogue.spotting import E, N, Spotted

# What is not wanted, before what it speaks of and, in Chinese, behind it too.
UNWANTED = (
    rf"(?:{verbs.ASKED['no']}|{verbs.PHRASES['no']}|nothing|none(?: of (?:them|these|those|which|it|the))?|no|not"
    rf"|neither|nor"
    r"|never|without|under no circumstances|on no account|by no means|no need for|(?:(?:i|we|she|he|they) )?(?:don'?t"
    r"|do not|doesn'?t|does not|won'?t|will not|can'?t|cannot|shouldn'?t|should not|mustn'?t|must not|never|no longer"
    r"|stop|stops|quit|rather not|not)(?: [a-z]+)?? (?:show(?:ing|n)?|recommend(?:ing|ed)?|want|list(?:ing|ed)?|giv(?:e"
    r"|ing)|includ(?:e|ing)|offer(?:ing)?|suggest(?:ing)?|need|like|see(?:ing)?|have|pay|spend|go|cost|exceed|be)"
    r"(?: to (?:see|have|get|watch|buy|be))?(?: (?:me|her|him|us|them))?|pass(?:ing)? on|refus(?:e|es|ing)|nix)"
)
ANYTHING = (
    r"(?:(?:me|us|her|him|them|any|all|the|of|those|these|that|which|what|whatever|anything|everything|items?"
    r"|products?"
    rf"|things?|stuff|ones?|titles?|goods|{WORKS}|is|are|was|were|be|been|got|that's|came out|come out|made"
    r"|released|shot|filmed|issued|premiered|opened|founded|established|built|started|begun|began|launched|created"
    r"|introduced|recorded|brewed|harvested|dated|dating|published|produced|appeared|set|from|in|years?"
    r"|costing|priced|price|at|it|to|see|pay|paying|spend|spending|should|must|can|may|for|goes?|going|a)\s+)*"
)
UNWANTED_CHINESE = (
    rf"(?:{verbs.DROP_CHINESE}|{verbs.NOT_CHINESE}|不要|别(?:再|总|老|给我|给她|给他)*(?:推荐?|看|要|来|出现|放|上|列"
    r"|给"
    r"|显示)*|不想?[看要买]|不考虑|不接受|拒绝|避开)(?:任何|所有|那些)?"
)
UNWANTED_BEHIND = (
    r"(?:都|就|也|全部?|一律|统统|通通|一概|请|直接|先|可以|给我)*(?:不要|不用|不必|别(?:再|给我|给她"
    r"|给他)*(?:推荐?"
    r"|要|来|看|出现|给|放|上|列|管|用|显示)*|不看|不(?:予)?考虑|不想[要看买]|不需要|不能要|不行|不推荐?|去掉|去除"
    r"|排除|免了"
    r"|免谈|算了|过滤掉?|筛掉|剔除|删[掉除了]|跳过|略过|无视|舍弃|丢掉|丢弃|扔掉|划掉|屏蔽|作废"
    rf"|{verbs.GONE_CHINESE}|{verbs.NOT_CHINESE})(?!太)了?"
)
_DROP = rf"(?:{verbs.ASKED['no']}|{verbs.PHRASES['no']})"
_NO = (
    rf"(?:{_DROP}|no|without|never|nothing (?:from|by|in)|(?:don'?t|do not|doesn'?t) (?:want|show|recommend|list"
    r"|include|give)(?: me| her| him| us| them)?)"
)
_NO_CHINESE = (
    rf"(?:{verbs.DROP_CHINESE}|不要|别要|别推荐?|不看|不想[看要]|去掉|去除|排除|过滤掉?|剔除|删掉|跳过|不考虑|屏蔽)"
)
_FAR = 200  # characters that what leaves out reaches over
_END, _END_CHINESE = "[^,;.!?]", "[^,，。；;！!？?、]"
_REACHES = late(
    # "nor anything above 120" denies by itself
    rf"(?<![a-z])nor\s(?:(?!{E}|[,;.!?]|\bbut\b|\bonly\b).){{0,60}}$"
    rf"|(?<![a-z])(?:{_NO}(?! more)\s{_END}+?\s(?:and|or|nor)\s+(?:any(?:thing)?|everything|all|whatever)"
    rf"|{_NO}\s{_END}*?{E}{_END}*?\s(?:or|nor)"
    rf"|{_DROP}\s{_END}*?{E}{_END}*?\sand\s+(?:{WORKS}|items?|products?|things?|stuff|titles?))"
    rf"(?![a-z])(?:(?!{E}|[,;.!?]).)*$"
    rf"|{_NO_CHINESE}{_END_CHINESE}*?{E}{_END_CHINESE}*?(?:和|与|跟|及|以及|还有|或者?)"
    rf"(?:(?!{E}|[,，。；;！!？?、]).){{0,8}}$"
)

_GONE = (
    r"(?:ignored|dropped|removed|deleted|forgotten|left out|cut(?: out)?|excluded|disregarded|hidden|skipped|omitted"
    r"|discarded|thrown out|filtered out"
    r"|taken out|banned|discounted|kept out|weeded out|ruled out|stripped out|gone|out)"
)
# What leaves out behind a bound: "anything before June shouldn't count", "films after 2000 have to go".
LEFT_OUT = late(
    rf"(?:\s*(?:{WORKS}|titles?|items?|products?|ones|things|stuff|events?|data|records?))*(?:,? (?:all|both|just|now"
    r"|simply|please|definitely))*\s*(?:(?:needs?|ought|has|have"
    rf"|is|are|had better)(?: to)? (?:go|be {_GONE})|(?:can|could|should|must|may|shall|might|will) (?:all |also "
    rf"|safely |now |just )*(?:go|disappear|be {_GONE})|(?:(?:should|must|does|do|will"
    r"|would|may|can|is|are|need|ought|could|was|were)(?:n'?t| not)|won'?t|cannot|never"
    r"|not) (?:to )?(?:be )?(?:count(?:ed)?|matter|do|used|considered|included|relevant|wanted|needed"
    r"|welcome|allowed|listed|shown|recommended|there|here|appear|show up|come up|part of (?:it|this|the list)"
    r"|taken into (?:account|consideration)|in(?: there| here)?|on the list|interesting"
    r"|of interest|for (?:her|him|them|me|us)|ok(?:ay)?|acceptable|an option)|(?:is|are|'s|'re|gets?"
    r"|being) (?:irrelevant|noise|off(?: the (?:list|table|menu))?|invalid|a no-go|no-gos|unwanted"
    rf"|excluded|forbidden|{_GONE})|goes|gone|excluded)(?![a-z])(?:,? (?:please|though|at all|anymore|any more|either"
    r"|too|again|for now))*"
)
# The same in Chinese: "2000年到2010年出版的一律不要"; what is refused may not follow ("2000年的不要恐怖片").
_LEFT_OUT_CHINESE = late(
    r"(?:之间|年间|期间|的|上映|出版|发行|发布|推出|上市|出品|制作|生产|拍摄?|出|产|老?片子?|电影|书籍?|歌曲?|剧集?"
    r"|游戏"
    r"|作品|东西|商品|产品|货|款|那些|这些|区间|价位|档){0,6}(?:[^不别没未要\W\d]{1,4}?的)?[,，]?"
    rf"(?:(?:{N}|一)[部个本件款条样首集点])?{UNWANTED_BEHIND}(?:吧|啊|啦|了|掉|哈|哦)*(?=\s*(?:$|[,，。；;！!？?]))"
)


def carried(line: Spotted, place: int) -> bool:
    """Whether what is said at `place`, where a bound names its figure, is left out along with names before it."""
    return _REACHES.search(line.line[max(0, place - _FAR) : place]) is not None


def left_out(line: Spotted, end: int) -> bool:
    """Whether what a bound that ends at `line[:end]` names is left out behind it; those words are used up."""
    found = LEFT_OUT.match(line.line, end) or _LEFT_OUT_CHINESE.match(line.line, end)
    if found is not None:
        line.use(*found.span())
    return found is not None
