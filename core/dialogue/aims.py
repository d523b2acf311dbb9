"""Rules of a request about what the list is for: the behaviour to bring about, with or without what is known."""

from __future__ import annotations

import re

from core.dialogue import verbs
from core.dialogue.lexicon import OWN, OWN_PAST, PLURAL, VERB, WORKS, WORKS_CHINESE, behaviour_of
from core.dialogue.names import Names
from core.dialogue.patterns import late
from core.dialogue.people import WHO, WHO_CHINESE
from core.dialogue.rules import apply
from core.dialogue.spotting import C, N, Spotted, T
from core.dialogue.structure import Part, Seen, Target

# ---------------------------------------------------------------------------------------------- what for

_NEXT = r"(?:\s*(?:next|now|then|in that case|instead|otherwise|from here|later))*"
_CARTED = (
    r"(?:(?:end up|land|go|get|be put|be placed|be added)(?: straight)? (?:in|into|to) (?:the |her |his "
    r"|their )?(?P<cart>cart|basket|bag|wish-?list|favou?rites))"
)
_TARGET = (
    late(rf"按照?(?P<v>{VERB})(?=给|来[推排列]|取|出|列|推|选|挑|前|排)"),
    late(
        r"(?:what|which (?:ones?|items?|things|products?)) (?:would|will|might|could|is going to"
        rf"|is likely to)(?: most)?(?: likely)? {_CARTED}{_NEXT}"
    ),
    late(
        r"(?:what|which (?:ones?|items?|things|products?|films?)) (?:would|will|might|could|is going to"
        r"|is likely to|are likely to) (?:most likely |probably )?(?:(?:end up|wind up)(?: being| getting)?|be"
        rf"|get) (?P<v>{VERB})(?![a-z])(?: by {WHO})?{_NEXT}"
    ),
    late(
        r"(?:看看|预测|猜)?(?:一下)?(?:哪些|什么|哪个|哪几个|啥)(?:商品|东西|电影)?(?:是)?(?:最|更|比较)?(?:可能"
        rf"|容易|有可能|有希望|会)(?:会|被)*{WHO_CHINESE}?(?:去)?(?P<v>{VERB})"
    ),
    late(
        r"(?:(?:rank|sort|order|optimi[sz]e|list)(?:ed)?(?: it| them| the list)?(?: by| for| on)?\s*)?(?:the "
        r"|by )*(?:what(?:ever)?|which|things|items|ones|those)?(?:\s*(?:ones|items|things|products|that|which|is"
        rf"|are|it|would|will|should))*\s*(?:most |more )?(?:likely|probable)\s*to {_CARTED}{_NEXT}"
    ),
    late(
        r"(?:set|change|switch|make)(?: the)? (?:target|goal|aim|objective)(?: behaviou?r)?(?: to be| to| as"
        rf"|:)?\s*(?:the |an? )?(?P<v>{VERB})(?![a-z])"
    ),
    late(
        r"(?:rank|sort|order|optimi[sz]e|aim|go)?\s*+(?:by|for)?\s*+(?:the )?conversions? (?:to"
        rf"|into) (?:an? )?(?P<v>{VERB})(?![a-z])"
    ),
    late(rf"(?:the )?(?:most )?(?:likely|probable|expected)(?: next)? (?P<v>{VERB})(?![a-z]){_NEXT}"),
    late(
        r"(?:i|we|they) (?:only |just |really )?care (?:only |just |most )?about (?:the |her |his "
        rf"|their )?(?P<v>{VERB})(?![a-z])"
    ),
    late(
        rf"(?P<v>{VERB})(?:优先|为先|第一|至上|率?最大化)|(?:主要|更|最)?(?:看重|注重|重视)(?P<w>{VERB})(?=\s*(?:$"
        r"|[,，。；]))"
    ),
    late(
        rf"(?:预测|猜猜?|估计|算算)(?:一下|下)?{WHO_CHINESE}?(?:会|要|想|将)?(?P<v>{VERB})(?:些|点)?(?:什么|啥"
        r"|哪[些个款])"
    ),
    late(rf"(?:预测|猜)(?:一下)?{WHO_CHINESE}?(?:的)?(?:下一?[次个]|接下来)的?(?P<v>{VERB})"),
    late(
        r"(?:target|goal|aim|objective|purpose|optimi[sz]e for)(?: (?:is|should be|now|:|=))*\s*:?\s*(?:the "
        rf"|an? )?(?P<v>{VERB})(?![a-z])"
    ),
    late(
        r"(?:(?:to|please|i want to|we want to|let's|trying to|so as to) )?(?:get|make|have|nudge|convince|persuade"
        r"|lead|bring|tempt|entice|push"
        rf"|want|induce|drive|motivate) (?:her|him|them|{WHO}) (?:to )?(?P<v>{VERB})(?:ing)?(?: (?:something|more"
        r"|again|next|now|stuff))*"
        r"(?=\s*(?:$|[,;.?!]|next\b))"
    ),
    late(
        r"(?:to |please |let's )*(?:drive|increase|raise|boost|push(?: for)?|maximi[sz]e|grow|lift|encourage|trigger"
        r"|generate|win|go for|aim for"
        r"|optimi[sz]e(?: for)?|focus on)(?: (?:more|the|her|his|their|future|next|further"
        rf"|number of))* (?P<v>(?:{VERB}){PLURAL})(?=\s*(?:$|[,;.?!]|please|now))"
    ),
    late(
        rf"(?:想|要|希望|好|能|怎么)*(?:让|使|促使|促成|引导|推动|刺激|吸引|鼓励|带动)(?:{WHO_CHINESE})?(?:去|多|尽快"
        rf"|来|再|更)*(?P<v>{VERB})(?=\s*(?:$|[,，。；]|的))"
    ),
    late(rf"(?:predict|forecast)(?: (?:the|her|his|their|future|more))* (?P<v>(?:{VERB}){PLURAL})(?![a-z])"),
    late(  # "top 10 for purchase"
        rf"(?P<keep>{N}(?: (?:items?|products?|results?|{WORKS}|picks?|titles?))?) (?:for|by|to) (?:an? "
        rf"|the )?(?P<v>{VERB})(?=\s*(?:$"
        r"|[,;.!?]))"
    ),
    late(
        rf"(?:predict|guess|forecast)(?: (?:the|her|his|their))? next (?P<v>{VERB})(?![a-z])"
        r"|(?:the )?(?:next )?best (?:next )?(?:items?|products?|things?|offers?"
        rf"|ones?|{WORKS}|bets?|candidates?)? ?(?:to|for(?: an?)?) (?:be )?(?P<w>{VERB})(?![a-z])"
    ),
    late(
        r"re-?(?:rank|sort|order)(?:ed|ing)?(?: (?:it|them|the list|everything))? (?:by|for|on) (?:the |expected "
        rf"|likely )*(?P<v>{VERB})(?![a-z])"
    ),
    late(rf"(?:predict|guess|forecast) what (?:else )?{WHO} (?P<v>{VERB})(?![a-z]){_NEXT}"),
    late(
        r"(?:predict|guess|tell me|list|forecast|estimate|figure out|work out|see|show me|show|rank"
        rf"|sort by)\s+(?:what|which (?:ones?|items?|things|products?|films?)) ?{WHO}(?:'d have|'d|'ll| would have"
        r"| might have| could have| would| will| might"
        r"| could| is going to| are going to"
        rf"| is likely to)(?: be)?(?: most)?(?: likely)?(?: probably)?(?: to)? ?(?P<v>{VERB})(?![a-z]){_NEXT}"
    ),
    late(  # "which bike would he order": the kind is still to be read
        rf"(?P<keep>(?:what|which) {C}) (?:would|will|might|could|does|is|are|'ll|'d) {WHO}"
        rf"\s*(?:then |probably |likely |most |want to |going to |about to )*(?P<v>{VERB})(?![a-z]){_NEXT}"
    ),
    late(
        rf"(?:what|which (?:ones?|items?|things|products?|{WORKS}))(?: else| next)? ?(?:would|will|might|could|does"
        rf"|is|are|'s|'ll|'d) {WHO}\s*(?:then |probably |likely |most |want to |going to |about to |be "
        rf"|now )*(?P<v>{VERB})(?![a-z]){_NEXT}"
    ),
    late(
        r"(?:rank|sort|order|optimi[sz]e|aim|maximi[sz]e|go|arrange)(?:ed|ing)?\s*(?:it |them |the list "
        rf"|everything |items )?(?:by|for|on|at|towards?|according to)?\s*(?:what {WHO} (?:is|are|will|would"
        r"|might) )?(?:the )?(?:most |more )?(?:likely|likelihood|probability|chances?|expected|probable)?\s*(?:of "
        rf"|to |that {WHO} (?:will )?|how likely {WHO} (?:is|are) to )?(?:be |get "
        rf"|an? )?(?P<v>{VERB})(?![a-z])(?:\s*(?:probability|likelihood|chances?|odds|propensity|intent|rate"
        r"|events?))?"
    ),
    late(
        r"(?:(?:rank|sort|order|optimi[sz]e|aim|maximi[sz]e|list|score|arrange)(?:ed|ing)?(?: (?:it|them|these|those"
        r"|this"
        r"|everything|all|the (?:list|items|results|products|films)))*\s+)?(?:(?:by|for|on|at|towards?|according to"
        r"|in order"
        r" of|based on|with)\s+)?(?:(?:the|her|his|their|a|an|highest|best|greatest|most|estimated|predicted"
        r"|expected)\s+)*"
        r"(?:likelihood|probability|probabilities|chances?|odds|propensity|intent|potential|tendency|inclination)"
        rf"(?:\s+(?:of|for|to|that|being|be|get|getting|an?|the|{WHO}|will|would|it|is|gets|her|his|their|them|going"
        r"|it's))*"
        rf"\s+(?P<v>{VERB})(?![a-z])"
    ),
    late(
        rf"(?:(?:rank|sort|order|optimi[sz]e)(?:ed|ing)?(?: \w+)?(?: by| for| on)\s+)?(?:the )?(?P<v>{VERB})"
        r"(?:[ -](?:probability|likelihood|chances?|odds|propensity|intent|potential|rate|odds))(?![a-z])(?: first)?"
    ),
    late(
        rf"(?:按照?|根据|依照?|以)?(?:最)?(?P<v>{VERB})(?:的|到)?(?:概率|可能性|几率|机率|意愿|意向|倾向|转化率?|潜力"
        r"|率)(?:最|比较"
        r"|较|更)?(?:高|大|强)?(?:的|者)?(?:商品|东西|电影)?(?:(?:排序|排列|排名|排|放|摆|往|靠|优先|列|到|在|最"
        r"|前面?|前头|首位"
        r"|上面|先|来|推荐?|重新|排序|从高到低"
        r"|由高到低)*)"
    ),
    late(rf"(?:what {WHO} (?:is|are) |things )?(?:most |more )?likely to (?:be |get )?(?P<v>{VERB})(?![a-z]){_NEXT}"),
    late(
        rf"(?:按照?|根据|依照?|照着?)(?:最?可能|最容易)?(?:被|会)?(?P<v>{VERB})(?:的)?(?:可能性?|概率|几率|机率|意愿"
        r"|行为|转化率?|率|倾向)*(?:大小|高低|从高到低|由高到低|从大到小|由大到小)*(?:来|给我|重新|的顺序)*(?:排序"
        r"|排列|排名|排一?[排下]|排|优化|推荐)"
    ),
    late(
        rf"(?:以|把)(?P<v>{VERB})(?:当|当作|作|设)?[为成作]?(?:目标|目的|准)|(?:优化|提升|提高|促进|促|冲着?|主打"
        rf"|为了|奔着?|朝着?)(?P<w>{VERB})(?:率|量)?(?:去|来)?|目[标的](?:行为)?(?:改|换|设|定|调"
        rf"|切换)?[成为到是：:]*(?P<x>{VERB})"
    ),
    late(rf"(?:最|更|有)?(?:可能|容易|有可能|大概率|有希望)(?:会|被)*(?:去)?(?P<v>{VERB})的(?:商品|东西|电影|那些)?"),
    late(
        r"(?:预测|猜|猜猜|看看|估计|想知道|算算)?(?:一下|下)?(?:接下来|下一步|之后|然后"
        rf"|那么?){{0,3}}{WHO_CHINESE}?(?:接下来|下一步|下次|下一个|之后"
        r"|然后|就|还|那么|最|大概率?|多半|八成|很可能|应该){0,4}(?:会|可能会|还会|将会?|可能|有可能|打算|要|想)(?:去"
        r"|再"
        rf"|还|又)*(?P<v>{VERB})(?:些|一?点)?(?:什么|啥"
        rf"|哪些|哪一?[个台款件部本双种样张条](?={C})|哪一?[个台款件部本双种样张条家门间处份道])(?:商品|东西"
        rf"|电影)?(?:呢)?"
    ),
    late(
        rf"(?:what|which(?: (?:ones?|items?|things|products?|{WORKS}))?)(?: else| next)? {WHO}(?:'d have|'d|'ll"
        r"| would have| might have| could have| would| will"
        r"| might| could| is going to"
        r"| are going to| is likely to| is about to)(?: most)?(?: likely"
        rf"| probably)?(?: to)? (?P<v>{VERB})(?![a-z]){_NEXT}"
    ),
)
_IDLE = late(
    r"what (?:would|will|did|does) (?:it|things|that) (?:have )?look(?:ed)?(?: like)?|"
    r"(?:show |see |tell )?(?:me )?(?:what|how) (?:the|her|his|their) (?:list|recommendations?) (?:looked|looks"
    r"|would look|was|were)(?: like)?|what (?:would|will|does|should) (?:the|her|his|their|this) (?:list"
    rf"|recommendations?) (?:be|look)(?: like)?(?: then)?|what (?:would|will|should) (?:you|we|{WHO}) (?:recommend"
    r"|get|be recommended|see recommended|show)(?: (?:her|him|them))?(?: then)?|(?:那)?(?:你|系统|模型)?(?:会|该"
    r"|应该|还会|又会)?(?:给(?:她|他|用户))?(?:推荐|推)(?:些)?(?:什么|啥|哪些)(?:商品|电影|东西)?(?:呢)?|会怎么样?"
    r"|(?:列表|结果)?会(?:变成)?(?:什么|怎)样|(?:推荐|列表|结果|排名)*(?:会|将)(?:有?(?:什么|啥)|怎么|如何"
    r"|怎样)(?:变化?|改变|不同)"
)


def _basket(place: str | None) -> str:
    """The behaviour that puts something there."""
    return "" if place is None else "cart" if re.match("cart|basket|bag", place) else "favourite"


def target(line: Spotted, names: Names) -> list[Part]:
    """The behaviour that the list is to bring about."""

    def rule(found: re.Match[str]) -> list[Part] | None:
        said = found.groupdict()
        name = behaviour_of(
            said.get("v") or said.get("w") or said.get("x") or _basket(said.get("cart")), names.behaviours
        )
        return [Target(name)] if name else None

    parts = [part for pattern in _TARGET for part in apply(line, pattern, rule)]
    apply(line, _IDLE, lambda _: [])
    return parts[:1]


# ---------------------------------------------------------------------------------------------- seen already

_HAS = r"(?:has|have|had|'s|'ve|did|already|been|was|previously|once|ever|before|\s)+"
_KNOWN = (
    rf"(?:{OWN_PAST}|(?:put|placed|added) (?:in|into|to|on) (?:her|his|their|the) (?:basket|cart|bag|wish-?list)|seen"
    rf"|bought|had"
    r"|favou?rited|purchases?|come across|reviewed|watched|purchased|viewed|owned|owns?|rated|clicked(?: on)?"
    r"|consumed|interacted with|has|have|knows?|read|listened to|played|heard|streamed|tried|saw"
    r"|ordered|got)(?![a-z])"
)
_THINGS = (
    rf"(?:(?:me |all |the |any |anything |everything |whatever |what(?:'s| is)? |those |items? |(?:{WORKS}) |stuff "
    r"|things? "
    r"|products? |ones? |titles? |that |which |of ){0,8})"
)
_HIDE = (
    rf"(?:{verbs.ASKED['no']}|{verbs.PHRASES['no']}|take (?:away|out|off)|none of|(?:don'?t|do not|no need to"
    r"|never) bother(?: with| showing| listing| about)?|"
    r"hide|exclude|excluding|remove|without|no|not|skip|filter out|drop|leave out|leave off|omit|(?:don'?t|do not"
    r"|never) (?:show|recommend|include|want|suggest|list|repeat|offer|give|bring up)(?: me| her| him| us)?|never"
    r"|nothing|avoid|ditch|weed out|get rid of|throw out|rule out|stop (?:showing|recommending|suggesting|listing))"
)
_SHOW = (
    r"(?<!don't )(?<!not )(?<!never )(?<!stop )(?<!without )(?<!bother )(?:includ(?:e|ing)|show(?:ing)?"
    r"|keep(?:ing)?(?! (?:out"
    r"|away|off|back))"
    r"|allow(?:ing)?|also show|also include"
    r"|(?:don'?t|do not|no need to|stop) (?:hide|hiding|exclude|excluding|filter(?: out)?|filtering(?: out)?|remove"
    r"|removing|drop|skip|leave out|leaving out)|leave in|repeat|bring back|put back|with)"
)
_AGAIN = (
    rf"{_THINGS}(?:{WHO}\s*{_HAS}{_KNOWN}(?: already| before)*|{WHO}(?:'s| has| have| had"
    r"| already)+(?: got)?(?: already| at home)+|(?:was|were|is|are|has been"
    rf"|have been) (?:already )?{_KNOWN}|already[ -]{_KNOWN}(?:{_THINGS}(?!\w))?|(?:previously"
    rf"|formerly) {_KNOWN}(?: items?| films?| products?)*|(?:already )?in (?:her|his|their|the) (?:cart|basket"
    rf"|library|history)|(?:items?|things|products?|{WORKS}|stuff) (?:from|in|of) (?:her|his|their"
    r"|the) (?:own )?(?:history|past)|(?:past|previous|earlier|former|prior) (?:purchases?|orders?|views?|ratings?"
    rf"|buys|items?|products?)|(?:items?|things|products?|{WORKS}|stuff|anything|everything"
    rf"|titles) {_KNOWN} (?:before|already|earlier)|(?:seen|owned|purchased|bought|watched|viewed|rated)(?=\s*(?:$"
    r"|[,;.]|and\b))|(?:seen|bought|owned"
    r"|watched|purchased|viewed) (?:already|before"
    rf"|items?|ones|things|{WORKS}|products?))(?: already| before| too| as well)*"
)
_SEEN = (
    (
        True,
        late(
            rf"(?:but |and |that |which )*(?:hasn'?t|haven'?t|has not|have not|has never) (?:yet )?{_KNOWN}(?: yet"
            r"| before)?(?=\s*(?:$|[,;.]))"
        ),
    ),
    (
        False,
        late(
            r"(?:it'?s |is |are )?(?:fine|ok(?:ay)?|all right|allowed|possible) to (?:repeat|re-?list|show|include"
            rf"|recommend)(?: (?:past|old|earlier|known|seen|purchases?|items?|products?|{WORKS}|things|them|again))+"
        ),
    ),
    (False, late(rf"(?:also |please |you (?:can|may) )*{_SHOW}\s+(?:also )?{_AGAIN}")),
    (
        False,
        late(
            rf"{_AGAIN}\s*(?:(?:is|are|may|can|could|should|might|will|do|be)\s+)*(?:also |still "
            r"|again )*(?:ok(?:ay)?|fine|allowed|welcome|good|come up|come back|appear|show up|be shown|be listed"
            r"|visible|on display|be included|be repeated|shown|listed|included|reappear|stay(?! (?:hidden|out|away"
            r"|off|gone"
            r"|excluded)))(?: again| as well| too)*"
        ),
    ),
    (True, late(rf"{_HIDE}\s+{_AGAIN}")),
    (
        True,
        late(
            rf"{_AGAIN}\s*[,:]\s*(?:please |just |so )?(?:{verbs.ASKED['no']}) (?:it|them|those|that|these)(?: please"
            r"| again)?"
            r"(?=\s*(?:$|[,;.!?]))"
        ),
    ),
    (
        False,
        late(
            r"(?:(?:i|she|he|we|they|and) )?(?:don'?t|doesn'?t|do not|does not|won'?t|wouldn'?t|would not|no one"
            r"|nobody)(?: really)?"
            r" minds? (?:any |some |a few |if |it |her |him |them |the )*(?:repeats?|repetitions?|duplicates?"
            r"|re-?watch\w*"
            r"|(?:seeing|watching|getting|reading|buying) [^,;.!?]* again)"
        ),
    ),
    (True, late(rf"(?P<keep>{_HIDE}[^,.;]*?\s(?:and|or)\s+){_AGAIN}")),
    (
        True,
        late(
            r"(?:only|just|strictly)?\s*(?:things |items |products |films |movies |titles |stuff |ones "
            r"|something )*(?:that (?:is|are|'s|would be) |which (?:is|are) )?(?:brand[- ])?new to (?:her|him|them"
            r"|the user|the customer)"
        ),
    ),
    (
        False,
        late(
            r"(?:repeats?|repeat purchases?|repetitions?|re-?watch(?:es|ing)|seen (?:items|ones|films"
            r"|movies)) (?:are |is )?(?:ok(?:ay)?|fine|allowed|welcome|good|possible)|(?:let|allow"
            r"|permit) (?:repeats|repetition)(?: in)?|repeats? (?:may|can) (?:appear|show)"
        ),
    ),
    (
        True,
        late(
            rf"(?:only |just )?{_THINGS}(?<!if ){WHO}\s*(?:hasn'?t|haven'?t|has not|have not|has never|have never"
            rf"|has yet to|did not|didn'?t|never)\s*{_HAS}?{_KNOWN}(?: yet| before)*(?![a-z]| (?:anything|something"
            r"|things) (?:like|such))|no (?:repeats?|repetitions?)(?: (?:purchases?|items?|products?|views?|buys?"
            r"|orders?))?|(?:only|just)\s+(?:unseen|new) (?:items?|films?"
            r"|movies?|products?|ones|things)(?: (?:for|to) (?:her|him|them))?|(?:only"
            rf"|just) {_THINGS}{WHO}\s*(?:hasn'?t|haven'?t|has not|have not|has never|did not"
            rf"|didn'?t)\s*{_HAS}?{_KNOWN}(?: yet| before)?|unseen (?:items?|ones|{WORKS})?(?: only)?"
        ),
    ),
)
_ALREADY = (
    rf"(?:{WHO_CHINESE})?(?:所有|全部)?(?:已经|已|以前|之前|曾经?|历史|过往)?(?:(?<=已经)有的|(?<=[她他])有的|(?:手里"
    r"|手上|家里)有的"
    r"|(?<=已)购的?|(?<=已)买|(?:{OWN}|买|看|购买|点击?|浏览|收藏|评分|评价|听|读|观看|拥有|接触|加购)过?了?(?:过的|过"
    rf"|了的|的))(?:{WORKS_CHINESE}|那些)?"
)
_SEEN_CHINESE = (
    (
        True,
        late(
            rf"(?:{verbs.DROP_CHINESE}|不要|不含|不包括|不包含|排除|去掉|除去|避开|跳过|过滤掉?|隐藏)(?:掉|那些"
            r"|所有)?已"
            r"(?:经)?(?:收藏|购买|加购|浏览|点击|评分|观看|拥有|购|买|看)(?:过|了)?(?:的)?(?:商品|东西"
            r"|电影)?(?=\s*(?:$|[,，。；]))"
        ),
    ),
    (True, late(r"(?:不要?|别|避免|不想)(?:再)?重复(?:推荐|出现)(?:的)?(?:商品|东西)?")),
    (
        False,
        late(
            r"(?:可以|允许|能|接受)(?:有)?重复(?:推荐|出现)?(?:的)?|重复(?:推荐|出现)?(?:的)?(?:商品|东西|也"
            r"|都)*(?:可以|行|没关系|无所谓|没问题|能接受|不要紧|没事)|(?:不用|不必|别|不要|无需)(?:再)?去重"
        ),
    ),
    (
        False,
        late(
            rf"(?:把|将)?{_ALREADY}(?:也|都|仍然?|还)*(?:算上|算进(?:来|去)?|加上|加进来|加回来?|放进来|放回来?"
            r"|列出来?|列上|包括进来|带上|推荐?(?![别不]))"
        ),
    ),
    (
        False,
        late(
            rf"{_ALREADY}(?:也|都|仍然?|还)*(?:可以|能|行|允许|保留|包括|包含|显示|要|没关系|没问题)(?:再)?(?:推荐?"
            r"|出现|显示|看)?(?:出来)?"
        ),
    ),
    (
        False,
        late(
            r"(?<!不)(?:(?:允许|可以)(?:再)?(?:出现|推荐?|显示)|允许|可以|保留|包括|包含|显示|也要|不用(?:去掉|排除"
            rf"|隐藏)|不要(?:去掉|排除|隐藏)|别(?:去掉|隐藏|排除))(?:重复)?(?:推荐)?{_ALREADY}"
        ),
    ),
    (
        True,
        late(
            rf"(?:{verbs.DROP_CHINESE}|"
            r"去掉|不要|不想?看|别看|不包括|不包含|排除|隐藏|藏起|过滤掉?|筛掉|滤掉|避开|去重|别再?推?荐?|剔除"
            rf"|除去|不含|删掉|不推荐?|不出现|去除|不显示|别显示|跳过)(?:再)?(?:推荐|出现|显示)?{_ALREADY}"
        ),
    ),
    (
        True,
        late(
            rf"(?:把)?{_ALREADY}(?:就|请|都|全部?|统统|一律|那?些|先|暂时)*(?:(?:不要|别|不用|不许|不准"
            r"|不必)(?:再)?(?:出现|出来|显示|露面|(?:摆|放|拿|列|推荐?|弄)(?:出来|上来|上)?)"
            r"|算了|就算了|不要|去掉|隐藏|藏起来|排除|过滤掉?|筛掉"
            r"|滤掉|别再?(?:重复)?(?:推|列|出|上|给|放|来)?荐?|不用(?!再?(?:隐藏|藏|去掉|排除|删|过滤|去重|屏蔽|避|剔))"
            r"|不推荐?|删掉|剔除|去除|不显示|不出(?!错|来)|别出现|跳过"
            r"|免了)(?:再)?(?:推荐?|列|出现|显示|来)?(?:了)?"
        ),
    ),
    (
        True,
        late(
            rf"(?:只(?:要|看|推荐?))?{WHO_CHINESE}?(?:还)?(?:没|未)(?:有)?(?:评过分的|打过分的|评过的)"
            rf"|(?:只(?:要|看|推荐?))?{WHO_CHINESE}?(?:还)?(?:没|未)(?:有)?(?:{OWN}|买|看|购买|点|浏览|听|读)过的"
        ),
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
