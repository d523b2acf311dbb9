"""Rules of a request about numbers: prices, years, how many, and at most how many of each."""

from __future__ import annotations

import re
from collections.abc import Callable

from core.dialogue.lexicon import WORKS
from core.dialogue.names import Names
from core.dialogue.spotting import DONE, C, E, N, Spotted, T, Y, kind_of
from core.dialogue.structure import Count, Most, Part, Price, Years

AROUND = 0.2  # to either side of a price that is said to be about so much
_FEW = 20  # a bare number up to this is a length of the list, above it a price

_TO = r"\s*(?:-|–|—|~|up to|to|and|through|到|至|和)\s*"
_PRICE = (
    r"(?:(?:with |at |in )?(?:an? |the )?(?:price[sd]?|pricing|cost(?:s|ing)?|budget|价格|价位|价钱|单价|售价|预算"
    r"|定价)(?: range)?\s*(?:is|of|are|at|lies?|ranges?|runs?|goes|should be|must be|:|：|在|是|为|大概)?\s*)"
)
_UNIT = (
    r"(?!\s*(?:items?\b|of\b|per\b|from\b|film|movie|product|recommend|result|thing|%|percent|day|week|month|minute"
    r"|hour|star|event|action|times?\b|in total|个|条|部|款|本|件|样|天|次|星|名|位|种|首|gb|tb|ml|kg|mah|inch"
    r"|pieces?|persons?|people|players?|long|entries|rows|suggestions?|picks?|titles?))"
)
_GROUPS = {
    "category": r"categor(?:y|ies)|genres?|types?|kinds?|class(?:es)?|topics?|departments?|sections?|subjects?"
    r"|themes?|styles?|aisles?|类别|类目|品类|类型|分类|题材|种类|主题|话题|栏目|种|类",
    "brand": r"brands?|makers?|manufacturers?|labels?|authors?|studios?|directors?|vendors?|artists?|singers?|bands?"
    r"|composers?|writers?|sources?|outlets?|newspapers?|channels?|creators?|sellers?|shops?|stores?|companies"
    r"|company|publishers?|品牌|牌子|厂家|厂商|作者|导演|出版社|歌手|艺人|乐队|媒体|来源|店铺|商家|公司|牌",
}
_GROUP = "|".join(f"(?P<{name}>{words})" for name, words in _GROUPS.items())
_LIMIT = (
    r"(?:(?:with )?(?:the )?(?:top|first|best|at most|at the most|no more than|not more than|max(?:imum)?(?: of)?\.?"
    r"|up to|only|just|limit(?:ed)?(?: of| to)?|cap(?: of| at)?|keep(?: it)? to)\s*)"
)
_LIMIT_CHINESE = (
    r"(?:最多|至多|只推荐|不超过|不要超过|别超过|不多于|不能超过|只要|只推|只出|只来|限|顶多|控制在|推|出|来|取|给"
    r"|推荐|要|保留|不能多于|不得超过|不许超过|不多于|别多于|不大于)"
)

_OFTEN = {"once": 1, "twice": 2, "thrice": 3}
_TIMES = rf"(?:(?P<often>{'|'.join(_OFTEN)})|(?P<n>{N})(?: times)?)"
_SAME = rf"(?:the (?:very )?same|one and the same|the one|any (?:one|single)|a single|one|{N}|each|every|any|an?)"
_MOST = (
    re.compile(
        rf"(?:{_GROUP})(?:里|中)?(?:每|各)一?(?:个|类|种|家)?(?:都|各)?{_LIMIT_CHINESE}*(?P<n>{N})\s*(?:个|条|部|款"
        r"|本|件|样|种|首)"
    ),
    re.compile(
        rf"no (?P<under>{N})(?: items?| products?| (?:{WORKS})| titles?| things| of them)* (?:from|of|by|in"
        rf"|with) {_SAME} (?:{_GROUP})(?![a-z])"
    ),
    re.compile(
        r"(?:no|an?|the same|never|don'?t (?:repeat|show|list|use|have)|each|every|any|one|limit"
        rf"|cap)(?: the)?(?: same| single| an?)? (?:{_GROUP})(?![a-z])(?: (?:may|can|should|must|shall|is|to|be"
        r"|come up|show up|appears?|turn up|occurs?|listed|repeated|shown|used|get|gets|have|has))*(?: (?:more than"
        rf"|at most|no more than|not more than|only|just|up to|maximum|over))* {_TIMES}(?![a-z])"
    ),
    re.compile(
        r"(?:no|without|avoid|avoiding|never|don'?t)(?: any)? (?:repeat(?:ed|ing|s)?|duplicate[sd]?"
        rf"|double[sd]?)(?: of)?(?: an?| any| the)?(?: same)? (?:{_GROUP})(?![a-z])(?P<single>)"
    ),
    re.compile(
        r"(?:(?:each|all|every one|one)(?: of them| item| product| film)?(?: (?:from|of|by))?(?: an?)? different"
        rf"|never the same|only different|no) (?:{_GROUP})(?![a-z])(?: (?:each|twice|again|repeated))+(?P<single>)"
        r"|(?:each|all|every one|every item|every product)(?: (?:should|must))?(?: be)? (?:from|of"
        r"|by) an? ?different (?:brand|maker|categor(?:y|ies)|genre)s?(?P<apart>)"
    ),
    re.compile(
        rf"(?:{_GROUP})(?:都|请|尽量)*(?:不要?|别|不得|不能|不可以?|各不|互不)(?:再)?(?:重复|相同|一样"
        r"|撞)(?:的)?(?P<single>)"
    ),
    re.compile(
        rf"{_LIMIT}?(?P<n>{N})\s*(?:items?|of them|products?|{WORKS}|results?|picks?|max\.?|maximum"
        rf"|titles?)?\s*(?:(?:of|per|from|for|in|by|under|with|apiece|a)\s+(?:{_SAME}|per|single"
        rf"|of)?(?: of)?(?: the)?|each|per|apiece per)\s*(?:{_GROUP})(?![a-z])(?:\s*(?:max\.?|maximum|at most|tops"
        r"|only))?"
    ),
    re.compile(
        rf"(?P<n>{N})\s*(?:items? |of them )?each(?: of)?(?![a-z])|各(?:来|要|推荐?|给|取|出|选)?(?P<m>{N})\s*(?:个"
        r"|条|部|款|本|件|样|种|首)?"
    ),
    re.compile(
        r"(?:limit |cap |restrict )?(?:from |of |for |in )?(?:each|every|per|any(?: one)?|a single"
        rf"|one)(?: single)?\s+(?:{_GROUP})(?![a-z])[:,]?\s*(?:to |at |gets |has |have |should have "
        rf"|may have )?{_LIMIT}?(?P<n>{N})(?:\s*(?:items?|max|products?|{WORKS}))?"
    ),
    re.compile(
        rf"(?:每|同|各|单|任意?|{N}(?=个|种|类|家))(?:一|{N})?(?:个|种|类|家)??(?:商品|电影)?(?:{_GROUP})(?:的|里面?"
        rf"|下面?|中|内)*(?:商品|电影|片子|东西)?(?:都|各|请|就)?(?:{_LIMIT_CHINESE}|出现|列|放|有|上|选"
        rf"|挑)*(?P<n>{N})\s*(?:个|条|部|款|本|件|样|种|首|次|回)?(?:商品|电影|就够了?|就行|即可)?"
    ),
)

_LOWER = (
    r"(?:(?:costs?\s+)?(?:over|above|more than|at least|min(?:imum)?(?: price)?(?: of| is|:)?\.?|starting (?:at"
    r"|from)|upwards of|from|not (?:less|below|under|cheaper)(?: than)?|no(?:thing)? (?:less|cheaper)(?: than)?"
    r"|nothing (?:under|below)|more expensive than|pricier than|dearer than|costlier than|higher than|exceeding"
    r"|north of|beyond|past|>=?|≥|高于|大于|超过|不(?:要|能|可)?(?:低于|少于|小于)|至少|起码|最低|最少|多于|贵于"
    r"|不便宜于|最便宜(?:也)?(?:要|得)?))\s*"
)
_UPPER = (
    r"(?:(?:costs?\s+)?(?:(?<!nothing )(?<!not )(?<!no )(?:under|below|less than|cheaper than|lower than|south of"
    r"|sub[- ]?)|no (?:pricier|dearer|costlier) than|capped at|caps? out at|tops? out at|up to|at most|at the most"
    r"|no more than|not more than|not over|not above|not exceeding|not beyond|not past|max(?:imum)?(?: price)?(?: of"
    r"| is|:)?\.?|(?:price )?(?:limit|cap|ceiling)(?: of| is| at|:)?|within|no higher than|for (?:less|under) than"
    r"|for under|maximal|tops|<=?|≤|budget(?: of| is|:)?|beneath|spend(?:ing)?(?: up to)?|pay(?:ing)?(?: up to)?"
    r"|afford(?: up to)?|(?:不要|不能|不可|别|不)(?:超过|高于|多于|大于)|(?<!不)(?<!不要)(?<!不能)(?:低于|小于|少于)"
    r"|最多|至多|控制在|卡在|压在|顶多|最高|最贵(?:不过|不超过)?|上限(?:是|为)?|不到|便宜于|预算|封顶))\s*"
)
_ABOUT = (
    r"(?:around|about|roughly|approximately|approx\.?|circa|near(?:ly)?|close to|in the region of"
    r"|in the neighbou?rhood of|some|~|大概|大约|差不多|约|接近|将近)\s*"
)
_UPPER_AFTER = (
    r"\s*(?:以内|以下|之内|之下|内|封顶|打住|为上限|以里|及以下|为止|at the very most"
    rf"|(?:or|and) (?:lower|cheaper|less|under|below)(?!\s*(?:[a-z]|{E}))|max(?:imum)?|tops|at most|at the most)"
)
_LOWER_AFTER = (
    rf"\s*(?:以上|起步|起|往上|朝上|及以上|(?:or|and) (?:more|above|over|up)(?!\s*(?:[a-z]|{E}))|\+|upwards?|plus)"
)
_ABOUT_AFTER = r"\s*(?:左右|上下|or so|or thereabouts|give or take|ish\b|-ish\b|前后|出头)"

_RANGE = re.compile(
    rf"(?P<price>{_PRICE})?(?:between|from|in the|within|在|从|卡在|控制在)?\s*(?P<low>{N}){_TO}(?P<high>{N})(?:之间"
    rf"|范围内?|区间|(?: price)? (?:range|bracket|band))?{_UNIT}"
)
_BOTH = re.compile(
    rf"(?P<price>{_PRICE})?{_LOWER}(?P<low>{N})\s*(?:but|and|,|，|但|而|且)?\s*(?:also )?{_UPPER}(?P<high>{N}){_UNIT}"
)
# What stands before a price, and not before a number of items: "less than 20 each".
_PRICED = re.compile(
    rf"(?:under|below|less than|cheaper than|over|above|priced at|between|cost(?:s|ing)?"
    rf"|{N}\s*(?:-|–|—|~|to|up to|through|到|至))\s*$"
)
# What is not to be said of prices turns the side: "nothing that costs over 60", "200块以上的不要".
_UNWANTED = (
    r"(?:nothing|none|under no circumstances|on no account|by no means|not|skip(?:ping)?|exclud(?:e|ing)|without"
    r"|avoid(?:ing)?|drop|remove|hide|omit|ditch|leave out|rule out|filter out|get rid of|throw out|take out|cut out"
    r"|never|no need for|ignore|forget|(?:don'?t|do not|doesn'?t|does not|won'?t|will not|can'?t|cannot|shouldn'?t"
    r"|should not|mustn'?t|stop|never)(?: \w+)?? (?:show|showing|recommend|want|list|give|include|offer|suggest|need"
    r"|like|pay|spend|go|cost|exceed|be)(?: me| her| him| us| them)?|no)"
)
_WHATEVER = (
    rf"(?:(?:anything|everything|any|all|items?|products?|things?|stuff|ones?|articles?|goods|{WORKS}|whatever|what"
    r"|that(?:'s)?|which|is|are|it|to|see|pay(?:ing)?|spend(?:ing)?|be|should|must|can|may|for|goes?|going|priced"
    r"|costing|of|at|a|the|price)\s+)"
)
_TURNED = (
    rf"(?P<no>{_UNWANTED}\s+{_WHATEVER}*|(?:不要|别要?|不看|不想看|去掉|排除|过滤掉?|剔除|删掉|跳过|别推荐?|不考虑"
    r"|别给我?(?:推荐?|看)?))"
)
_TURNED_AFTER = (
    r"(?P<later>的?(?:商品|东西|产品|款|货)?(?:就|都|全部?|一律|统统|一概|请|直接|也)*(?:不要|不用|不必|别推荐?"
    r"|别要?|别来|不看|不考虑|去掉|去除|排除|免了|免谈|算了|过滤掉?|剔除|删掉|跳过|不行|不想要|不想看)了?)"
)
_BOUNDS = tuple(
    (side, re.compile(f"{_TURNED}?(?P<price>{_PRICE})?{pattern}{_TURNED_AFTER}?"))
    for side, pattern in (
        ("about", rf"预算(?:在|是|为|大概|大约)?(?P<n>{N}){_ABOUT_AFTER}"),
        ("high", rf"(?:最贵|单价)?{_UPPER}(?P<n>{N})(?:以内|以下|之内|之间)?{_UNIT}"),
        ("high", rf"(?P<n>{N}){_UPPER_AFTER}"),
        (
            "high",
            rf"(?P<n>{N})\s*(?:is|as|being|=)\s*(?:(?:the|her|his|my|our|their|an?|absolute|upper|very|price"
            r"|spending|top)\s+)*(?:ceiling|limit|max(?:imum)?|cap|budget|most|top price)(?P<spoken>)",
        ),
        (
            "high",
            r"(?:can|could|might|to)\s+(?:\w+\s+)?(?:get|buy|afford|have|find)(?:\s+[a-z]+){0,3}?\s+(?:for|with"
            rf"|on)\s+(?P<n>{N})(?P<spoken>)",
        ),
        ("high", rf"(?P<n>{N})(?:能|可以|够|可|足够|可不可以|能不能)买(?:到|些|点)?(?:什么|啥|哪些)?"),
        ("low", rf"{_LOWER}(?P<n>{N}){_UNIT}"),
        ("low", rf"(?P<n>{N}){_LOWER_AFTER}"),
        ("about", rf"{_ABOUT}(?P<n>{N}){_UNIT}"),
        ("about", rf"(?:for )?(?P<n>{N}){_ABOUT_AFTER}"),
        ("about", rf"(?:for |at |costing )?(?P<n>{N}){_UNIT}"),
    )
)
_THAN_ITEM = (
    (
        "high",
        re.compile(
            rf"(?:cheaper|less expensive|less) than (?:the )?(?P<item>{T})|比(?P<other>{T})(?:更|还|要)?便宜(?:一?点"
            r"|些)?的?"
        ),
    ),
    ("low", re.compile(rf"more expensive than (?:the )?(?P<item>{T})|比(?P<other>{T})(?:更|还|要)?贵(?:一?点|些)?的?")),
)

_THAN_WORDS = re.compile(
    r"(?:cheaper|(?:more|less) expensive) than (?:the |an? )?(?P<words>[a-z][^,;.!?]*)"
    r"|(?:要)?比(?P<said>[^,，。；]+?)(?:更|还|要)?(?:便宜|贵)(?:一?[点些])?的?"
)
_NOT_OF = (
    r"(?:(?:nothing|none(?: of them)?|no|not|less|fewer|skip|exclude|excluding|without|avoid|drop|remove|ditch|hide"
    r"|omit|don'?t (?:show|want|recommend|list|include|give)(?: me| her| him)?|leave out|rule out|filter out"
    r"|get rid of|except(?: for)?|不要|别要?|去掉|排除|不看|不想看)\s*)"
)
_ANY = (
    rf"(?:(?:me|anything|everything|any|all|{WORKS}|titles?|ones?|years?|stuff|things?|items?|that (?:is|are|were"
    r"|was)|which (?:is|are)|made|released|dating|published|produced|from|of|in|the)\s+)*"
)
_THE = r"\s*(?:the\s+)?"
_NEVER = r"(?P<never>(?:不要|别要?|不看|不想看|去掉|排除|过滤掉?|剔除|别推荐?|不考虑)(?:任何|所有)?)"
_DATED = (
    r"(?:上映|出版|发行|出|拍|片子?|电影|老片|的)*(?P<no>(?:都|就|一律|统统|全)*(?:不要|去掉|排除|不看|别要|不想看"
    r"|别推荐?|免了|算了|不考虑|过滤掉?|剔除))?"
)
_YEAR_RELATIONS = tuple(
    (way, re.compile(pattern))
    for way, pattern in (
        (
            "after",
            rf"(?P<no>{_NOT_OF})?{_ANY}(?:after|newer than|later than|post[- ]?|past|beyond|more recent than"
            rf"|younger than){_THE}(?P<y>{Y})",
        ),
        (
            "since",
            rf"(?P<no>{_NOT_OF})?{_ANY}(?:since|starting(?: from| in| with)?|at least(?: from)?){_THE}(?P<y>{Y})",
        ),
        (
            "since",
            rf"(?P<no>{_NOT_OF})?{_ANY}(?P<y>{Y})\s*(?:to|until|till|through|-|–|up to)\s*(?:the )?(?:present|now"
            r"|today|date|this day)(?: day)?(?![a-z])",
        ),
        ("since", rf"{_NEVER}?(?:不早于|不老于|最早){_THE}(?P<y>{Y}){_DATED}"),
        ("until", rf"{_NEVER}?(?:不晚于|不新于|最晚){_THE}(?P<y>{Y}){_DATED}"),
        ("after", rf"{_NEVER}?(?:晚于|新于){_THE}(?P<y>{Y}){_DATED}"),
        ("before", rf"{_NEVER}?(?:早于|老于|比)(?P<y>{Y})(?:更?[老早]|还[老早])?{_DATED}"),
        (
            "since",
            rf"(?P<no>{_NOT_OF})?{_ANY}(?:(?:from|in)\s+)?(?:the\s+)?(?P<y>{Y})\s*(?:(?:and |or )?on(?:wards?)?\b"
            r"|(?:or|and) (?:later|newer|after|up)|\+)",
        ),
        (
            "before",
            rf"(?P<no>{_NOT_OF})?{_ANY}(?:before|older than|earlier than|prior to|predating|preceding"
            rf"|pre[- ]?){_THE}(?P<y>{Y})",
        ),
        (
            "until",
            rf"(?P<no>{_NOT_OF})?{_ANY}(?:(?:up )?until|till|up to|through|by|no later than|at the latest(?: from)?"
            rf"|latest){_THE}(?P<y>{Y})",
        ),
        ("until", rf"(?P<no>{_NOT_OF})?{_ANY}(?:the\s+)?(?P<y>{Y})\s*(?:or|and) (?:earlier|older|before)"),
        ("until", rf"{_NEVER}?(?:截止?到?|到)?(?P<y>{Y})(?:及|或|和)(?:以前|之前|更早){_DATED}"),
        ("until", rf"{_NEVER}?(?:截止?到?|到)?(?P<y>{Y})为止{_DATED}"),
        ("before", rf"{_NEVER}?(?:在)?(?P<y>{Y})(?:以前|之前|前){_DATED}"),
        (
            "since",
            rf"{_NEVER}?(?:从|自)?(?P<y>{Y})(?:及|或)?(?:以后|之后|后|以来|起|开始|至今|到现在|到今天|往后"
            rf"|更新){_DATED}",
        ),
    )
)
_YEAR_RANGE = re.compile(
    rf"(?P<no>{_NOT_OF})?{_ANY}(?:between|from|in|在"
    rf"|从)?\s*(?:the\s+)?(?P<low>{Y}){_TO}(?:the\s+)?(?P<high>{Y})(?:之间|年间|期间)?(?:上映|出版|发行"
    r"|的)*(?P<later>(?:都)?(?:不要|去掉|排除|不看))?"
)
_YEAR = re.compile(
    rf"(?P<no>{_NOT_OF})?{_ANY}(?:(?:from|in|of|out|during|within)\s+)?(?:the\s+)?(?P<ys>{Y}(?:\s*(?:,|、|and|or|和"
    rf"|或者?|以及)\s*(?:the\s+)?{Y})*)(?:上映|出版|发行|拍|出|产|那个|时期|片子?|电影|的)*(?P<later>(?:都|就|一律"
    r"|统统|全)*(?:不要|去掉|排除|不看|别推荐?|免了|算了))?"
)
_NOT_OLDER = re.compile(
    r"(?:not|no|nothing|don'?t want (?:anything|any)|不要|别)\s*(?P<way>older|earlier|newer"
    rf"|later) than\s*(?:the\s+)?(?P<y>{Y})"
)

# What a numeral before these words does not count: "这两个牌子", "一个风格的".
_ONE_OF = "类别|类目|品类|品牌|牌子|类|种|风格|路数|感觉|味道|调|口味|意思|系列|月|导演|作者"
_COUNTED = (
    rf"(?:recommendations?|results?|items?|suggestions?|titles?|picks?|products?|{WORKS}|options?|entries|rows"
    r"|things|ones|of them|in total|total|in all|altogether)"
)
_COUNT = (
    re.compile(
        r"(?:limit|cut|shorten|reduce|keep|trim|expand|extend|lengthen|grow|increase|stretch|set|stick|bring"
        r"|make)(?: the list| it| them| this| the number| the length| yourself| that| up| down)*(?: down"
        rf"| up)? (?:to|at|with)\s*(?P<n>{N})(?:\s*{_COUNTED}\b)*"
    ),
    re.compile(
        rf"(?P<n>{N})\s*(?:(?:is|are|will|would|should)(?: be)? )(?:enough|plenty|fine|sufficient|do|suffice)(?![a-z])"
    ),
    re.compile(
        r"(?:(?:make|i want|want|give me|let'?s have) )?(?:it|the list|this list|a list|lists?)(?: (?:of|should|be"
        rf"|is|to be|contain|have|with|just|only))*\s*(?P<n>{N})(?: {_COUNTED})?(?: long)?(?![a-z])"
    ),
    re.compile(rf"(?:^|(?<=[,;.:] ))(?P<n>{N})(?= (?:from|of|by)\b| {DONE})"),
    re.compile(
        rf"(?:^|(?<=[,;.:] ))(?:say|maybe|perhaps|let'?s say|about|around|roughly) (?P<n>{N})(?=\s*(?:please"
        r"|thanks)?\s*(?:$|[,;.]))"
    ),
    re.compile(rf"(?:^|(?<=[,;.:] ))(?P<n>{N})(?=\s*(?:please|thanks)?\s*(?:$|[,;.]))"),
    re.compile(
        r"(?:limit|count|length|size|number of (?:items|results|products|films"
        rf"|recommendations))(?: of (?:the )?(?:list|items|results))?\s*(?:is|:|=|of)?\s*(?P<n>{N})(?![a-z])"
    ),
    re.compile(rf"(?:a )?(?:short ?list|selection|handful|set|batch) of\s*(?P<n>{N})"),
    re.compile(
        rf"(?P<n>{N})\s*(?:in total|in all|altogether|overall|all in all|max(?:imum)?|tops|only|or fewer)(?![a-z])"
    ),
    re.compile(
        r"(?:(?:the )?(?:top|first|best|max(?:imum)?(?: of)?\.?|total(?: of)?:?|list of|exactly|only|just|at most"
        rf"|no more than|up to)\s*)+(?P<n>{N})(?:\s*(?:best |good |more |new )?{_COUNTED}\b)*(?!\s*(?:%|percent"
        r"|days?|weeks?|stars?))"
    ),
    re.compile(
        r"(?:(?P<keep>(?:give|show|recommend|find|get|pick|suggest|choose|select|bring|hand)(?: me| her| him| us"
        r"| them)?)|need|want|wants|needs|keep|list|return|see|have|let'?s see|i'd like)\s*(?:the |just |only "
        rf"|another |exactly )*(?P<n>{N})(?:\s*(?:best |good |more |new |different )?{_COUNTED}\b)*"
    ),
    re.compile(rf"(?P<n>{N})\s*(?:best |good |more |new |different )?{_COUNTED}\b(?:\s*(?:max|please|in total))?"),
    re.compile(
        r"(?:(?:一共|总共|共|合计|只要|只|推荐|给我|给她|给他|来|要|列出?|显示|展示|最多|至多|不要超过|不超过"
        r"|别超过|给出?|挑出?|选出?|留下?|取|出|凑|保留|缩短到|缩减到|减到|减少到|加到|加长到|增加到|扩到|扩大到"
        rf"|扩展到|推|个)+)\s*(?P<n>{N})\s*(?:个|条|部|款|本|件|样|首|名|项|位)?(?:商品|推荐|结果|电影|就够了?|就行"
        r"|就好|足够|足矣|够了|即可)*"
    ),
    re.compile(rf"(?P<n>{N})(?=\s*(?:[a-z-]+ ){{1,2}}{_COUNTED}\b)"),
    re.compile(rf"(?P<n>{N})\s+(?:\w+ )?(?={C})"),
    re.compile(rf"(?:^|(?<=[,;.] ))(?P<n>{N})\s+(?=(?!days|weeks|months|years|hours|minutes|stars|times)[a-z]+s\b)"),
    re.compile(rf"(?:推荐|列表)?(?:数量|个数|条数|长度)(?:改成?|设为|设成|调到|调成|变成|是|为)?\s*(?P<n>{N})"),
    re.compile(rf"(?:前|头)\s*(?P<n>{N})\s*(?:个|条|部|款|本|件|样|首|名|项|位)?(?:商品|推荐|结果|电影)*"),
    re.compile(
        rf"(?P<n>{N})\s*(?:个|条|部|款|本|件|样|首|名|项|位)(?!{_ONE_OF}|[都也]不|[都也]别)(?:商品|推荐|结果|电影"
        r"|就够了?|就行|就好|足够|足矣|够了|即可)*"
    ),
)

_AT_LEAST = re.compile(r"(?:at least|no fewer than|not less than|至少|起码|不少于)(?:要|来|有)?\s*$")
_OF_ONE = re.compile(rf"\s*(?:\w+ )?{C}")
_BOUND = re.compile(
    r"(?:at most|more than|no more than|up to|max(?:imum)?(?: of)?|only|just|最多|至多|不超过|别超过)\s*$"
)

Rule = Callable[[re.Match[str]], list[Part] | None]


def apply(line: Spotted, pattern: re.Pattern[str], rule: Rule) -> list[Part]:
    """The parts that a rule makes of each match that it takes; what it takes is used up, but for a group "keep" that it
    begins with."""
    parts: list[Part] = []
    at = 0
    while (found := pattern.search(line.line, at)) is not None:
        if found.end() == found.start() or _inside(line.line, found.start()):  # of a word
            at = found.start() + 1
            continue
        made = None if _inside(line.line, found.end()) else rule(found)
        at = max(found.end(), found.start() + 1)
        if made is not None:
            parts += made
            kept = found.span("keep") if "keep" in pattern.groupindex else (-1, -1)
            line.use(max(kept[1], found.start()), found.end())
    return parts


def _inside(text: str, place: int) -> bool:
    """Whether a cut at `place` would go through a word of Latin letters."""
    return 0 < place < len(text) and text[place - 1 : place + 1].isascii() and text[place - 1 : place + 1].isalpha()


def most(line: Spotted) -> list[Part]:
    """At most so many of each category or brand."""

    def rule(found: re.Match[str]) -> list[Part] | None:
        said = found.groupdict()
        if _PRICED.search(line.line[: found.start()]):
            return None
        by = "brand" if said.get("brand") or re.search("brand|maker", found[0]) else "category"
        if said.get("often"):
            return [Most(_OFTEN[said["often"]], by)]
        if said.get("single") is not None or said.get("apart") is not None:
            return [Most(1, by)]
        if (
            "各" in found[0]
            and not said.get("brand")
            and kind_of(line.line[: found.start()].rstrip("都请给我")[-1:] or " ") == "brand"
        ):
            by = "brand"
        number = line.number(said.get("n") or said.get("m") or said["under"])
        most = int(number.value) - (1 if said.get("under") else 0)
        return None if number.money or most < 1 else [Most(most, by)]

    return [part for pattern in _MOST for part in apply(line, pattern, rule)]


def price(line: Spotted, names: Names) -> list[Part]:
    """What items cost."""
    low: float | None = None
    high: float | None = None

    def span(found: re.Match[str]) -> list[Part] | None:
        nonlocal low, high
        first, last = line.number(found["low"]), line.number(found["high"])
        start, end = first.value, last.value
        if start > end:
            start *= 1000 if end >= 1000 else 100 if end >= 100 else 1  # "三到五千"
        elif start < 10 <= end / 100 and line.text[last.start : last.end].strip("元块钱")[-1:] in ("千", "万", "k"):
            start *= 10000 if "万" in line.text[last.start : last.end] else 1000
        if start > end:
            return None
        low, high = start, end
        return []

    def bound(side: str) -> Rule:
        def rule(found: re.Match[str]) -> list[Part] | None:
            nonlocal low, high
            number = line.number(found["n"])
            told = (
                bool(found["price"]) or number.value != int(number.value) or found.groupdict().get("spoken") is not None
            )
            spoken = (
                number.money
                or told
                or re.search("budget|预算|expensive|cheaper|pricier|cost|pay|spend|afford|最贵", found[0])
            )
            fits = spoken or (found[0] != found["n"] and number.value > _FEW) or _costs(found[0], side)
            if not fits or (side == "about" and not spoken and found[0].strip() == found["n"]):
                return None
            turned = bool(found["no"]) != bool(found["later"])
            if side == "about":
                if turned:
                    return None  # "nothing around 50" is no range
                below, above = (1 - AROUND) * number.value, (1 + AROUND) * number.value
                low, high = _rounded(below), _rounded(above)
                if number.low is not None:
                    low, high = number.low, number.value  # "三四百块"
            elif (side == "low") != turned:
                low = number.value
            else:
                high = number.value
            return []

        return rule

    def than(side: str) -> Rule:
        def rule(found: re.Match[str]) -> list[Part] | None:
            nonlocal low, high
            cost = float(names.prices[int(line.name(found["item"] or found["other"]).value)])
            if cost != cost:
                return None
            low, high = (low, cost) if side == "high" else (cost, high)
            return []

        return rule

    def than_words(found: re.Match[str]) -> list[Part] | None:
        nonlocal low, high
        group = "words" if found["words"] else "said"
        codes = names.items_called(line.words(*found.span(group)))
        cost = float(names.prices[codes[0]]) if len(codes) == 1 else float("nan")
        if cost != cost:
            return None
        dear = re.search("expensive|贵", found[0]) is not None and "less" not in found[0]
        low, high = (cost, high) if dear else (low, cost)
        return []

    for side, pattern in _THAN_ITEM:
        apply(line, pattern, than(side))
    apply(line, _THAN_WORDS, than_words)
    apply(line, _BOTH, span)
    apply(line, _RANGE, span)
    for side, pattern in _BOUNDS:
        apply(line, pattern, bound(side))
    if low is not None and high is not None and low > high:
        low = None  # "no gadgets over 300, phones under 200" are two wishes, and no item fits both
    return [] if low is None and high is None else [Price(low, high)]


def _costs(words: str, side: str) -> bool:
    """Whether a small bare number is a price: "under 5" is, "no more than 5" is how many."""
    if side == "high":
        return (
            re.search(
                r"under|below|less than|低于|小于|以内|以下|之内|之下|便宜|<|≤|above|over|以上|往上|sub|封顶", words
            )
            is not None
        )
    return (
        side == "low"
        and re.search(r"above|over|高于|大于|以上|>|≥|以下|以内|cheaper|less|under|below", words) is not None
    )


def _rounded(value: float) -> float:
    return round(value, 2)


def years(line: Spotted) -> list[Part]:
    """The years that items are of."""

    def relation(way: str) -> Rule:
        def rule(found: re.Match[str]) -> list[Part]:
            period = line.period(found["y"])
            first, last = period.first.year, period.last.year
            low = {"after": last + 1, "since": first}.get(way)
            high = {"before": first - 1, "until": last}.get(way)
            said = found.groupdict()
            if bool(said.get("no")) != bool(said.get("never")):  # not before is from then on
                low, high = (None, low - 1) if low is not None else ((high or 0) + 1, None)
            return [Years(low, high)]

        return rule

    def not_older(found: re.Match[str]) -> list[Part]:
        period = line.period(found["y"])
        if found["way"] in ("older", "earlier"):
            return [Years(period.first.year, None)]
        return [Years(None, period.last.year)]

    def span(found: re.Match[str]) -> list[Part]:
        first, last = line.period(found["low"]), line.period(found["high"])
        low, high = sorted((first, last), key=lambda period: period.first)
        return [Years(low.first.year, high.last.year, out=bool(found["no"] or found["later"]))]

    def bare(found: re.Match[str]) -> list[Part]:
        spans = [line.period(character) for character in re.findall(Y, found["ys"])]
        low, high = min(span.first.year for span in spans), max(span.last.year for span in spans)
        return [Years(low, high, out=bool(found["no"] or found["later"]))]

    parts = apply(line, _NOT_OLDER, not_older) + apply(line, _YEAR_RANGE, span)
    for way, pattern in _YEAR_RELATIONS:
        parts += apply(line, pattern, relation(way))
    parts += apply(line, _YEAR, bare)
    return _together(parts)


def _together(parts: list[Part]) -> list[Part]:
    """One span of the bounds that were said apart: "after 1980, before 1990"."""
    spans = [part for part in parts if isinstance(part, Years) and not part.out]
    spans = spans[-1:] if _apart(spans) else spans
    low = max((span.low for span in spans if span.low is not None), default=None)
    high = min((span.high for span in spans if span.high is not None), default=None)
    kept = [part for part in parts if isinstance(part, Years) and part.out]
    return [*([Years(low, high)] if spans else []), *kept]


def _apart(spans: list[Years]) -> bool:
    """Whether no year is in all of them."""
    lows, highs = [span.low for span in spans if span.low], [span.high for span in spans if span.high]
    return bool(lows and highs) and max(lows) > min(highs)


def count(line: Spotted) -> list[Part]:
    """How long the list is to be."""

    def rule(found: re.Match[str]) -> list[Part] | None:
        number = line.number(found["n"])
        if number.money or not 1 <= number.value <= 1000 or number.value != int(number.value):
            return None
        limited = _BOUND.search(line.line[: found.start("n")]) is not None
        if limited and _OF_ONE.match(line.line, found.end("n")):
            return None  # a limit of one category is not one of the list
        if DONE in found[0] or _AT_LEAST.search(line.line[: found.start()]):
            return None
        return [Count(int(number.value))]

    return [part for pattern in _COUNT for part in apply(line, pattern, rule)][:1]
