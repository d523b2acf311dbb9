"""Rules of a request about how many: the length of the list, and at most how many of each category or brand."""

from __future__ import annotations

import re

from core.dialogue.lexicon import WORKS
from core.dialogue.patterns import late
from core.dialogue.rules import apply
from core.dialogue.spotting import DONE, C, N, Spotted, kind_of
from core.dialogue.structure import Count, Most, Part

_GROUPS = {
    "category": r"categor(?:y|ies)|genres?|types?|kinds?|class(?:es)?|topics?|departments?|sections?|subjects?"
    r"|themes?|styles?|aisles?|shelf|shelves|门类|大类|小类|品种|系列|领域|学科|专题|板块|类别|类目|品类|类型|分类"
    r"|题材|种类|主题|话题|栏目|种|类",
    "brand": r"brands?|makers?|manufacturers?|labels?|authors?|studios?|directors?|vendors?|artists?|singers?|bands?"
    r"|composers?|writers?|sources?|outlets?|newspapers?|channels?|creators?|sellers?|shops?|stores?|companies"
    r"|company|publishers?|networks?|houses?|imprints?|producers?|roasters?|brewers?|breweries|brewery|growers?|farms?"
    r"|estates?|suppliers?|designers?|developers?|hosts?|presenters?|providers?|platforms?|winery|wineries|nursery"
    r"|nurseries|teachers?|instructors?|schools?|galler(?:y|ies)|mills?|merchants?|chains?|restaurants?|venues?"
    r"|电视台|电台|平台|制作方|发行商|出品方|茶[厂庄园企]|酒[厂庄]|农场|庄园|工厂|设计师|工作室|书局|书社|书店|主播"
    r"|博主|老师|讲师|学校|机构|供应商|商户|餐厅|饭店|门店|字号|开发商|团队|品牌|牌子|厂家|厂商|作者|导演|出版社|歌手"
    r"|艺人|乐队|媒体|来源|店铺|商家|公司|牌",
}
_GROUP = "|".join(f"(?P<{name}>{words})" for name, words in _GROUPS.items())
_LIMIT = (
    r"(?:(?:with )?(?:the )?(?:top|first|best|at most|at the most|no more than|not more than|max(?:im(?:um"
    r"|al(?:ly)?))?(?: of)?\.?"
    r"|up to|only|just|limit(?:ed)?(?: of| to)?|cap(?: of| at)?|keep(?: it)? to)\s*)"
)
_LIMIT_CHINESE = (
    r"(?:最多|至多|只推荐|不超过?|不要超过?|别超过?|别过|不多于|不能超过|只要|只推|只出|只来|只|仅|就|限|顶多|控制在"
    r"|推|出|来"
    r"|取|给|上"
    r"|留|放|列|选|挑|拿|摆|显示|展示|安排|搞|整|弄|有"
    r"|露出?|露面|占|收|塞|排|摆出|展出|占用|分|限定|推荐|要|保留|不能多于|不得超过|不许超过|不多于|别多于|不大于)"
)
_MANY = 30  # from here on a number of items of each kind is rather a price
_OFTEN = {"once": 1, "twice": 2, "thrice": 3}
_TIMES = rf"(?:(?P<often>{'|'.join(_OFTEN)})|(?P<n>{N})(?: times)?)"
_SAME = (
    rf"(?:the (?:very )?same|one and the same|the one|any (?:one|single)|any {N}|a single|one|{N}|each|every|any|an?)"
)
_MOST = (
    late(
        rf"{_LIMIT}?(?P<n>{N}) (?:of|from|per) (?:each|every|any)(?: one| kind| sort| type"
        r"| of (?:them|these|those))?(?=\s*(?:$|[,;.!]))"
    ),
    late(rf"(?:all |only |from |each )*(?:different|separate|distinct) (?:{_GROUP})(?![a-z])(?P<single>)"),
    late(rf"(?:{_GROUP})(?:都|全|要|得|各|必须)*(?:不一样|不同|各异|不重样|不重复)(?:的)?(?P<single>)"),
    late(
        rf"(?:不要|别|不能|不许|不准)(?:有|出现|推荐?|来)?(?:同一?个?|一个)(?:{_GROUP})(?:的|里"
        rf"|有)?(?P<under>{N})\s*[个件款部本样条]"
    ),
    late(rf"{_LIMIT}?(?P<n>{N})\s*/\s*(?:{_GROUP})(?![a-z])"),
    late(rf"(?:{_GROUP})(?:每|各)一?(?:个|类|种|家)(?:都|各)?(?:不要?|别|不能)?{_LIMIT_CHINESE}*(?P<n>{N})"),
    late(
        rf"(?:{_GROUP})(?:里|中)?(?:每|各)一?(?:个|类|种|家)?(?:都|各)?{_LIMIT_CHINESE}*(?P<n>{N})\s*(?:个|条|部|款"
        r"|本|件|样|种|首)"
    ),
    late(
        rf"no (?P<under>{N})(?: items?| products?| (?:{WORKS})| titles?| things| of them)* (?:from|of|by|in"
        rf"|with) {_SAME} (?:{_GROUP})(?![a-z])"
    ),
    late(
        r"(?:no|an?|the same|never|don'?t (?:repeat|show|list|use|have)|each|every|any|one|limit"
        rf"|cap)(?: the)?(?: same| single| an?)? (?:{_GROUP})(?![a-z])(?: (?:may|can|should|must|shall|is|to|be"
        r"|come up|show up|appears?|turn up|occurs?|listed|repeated|shown|used|get|gets|have|has))*(?: (?:more than"
        rf"|at most|no more than|not more than|only|just|up to|maximum|over))* {_TIMES}(?![a-z])"
    ),
    late(
        r"(?:no|without|avoid|avoiding|never|don'?t)(?: any)? (?:repeat(?:ed|ing|s)?|duplicate[sd]?"
        rf"|double[sd]?)(?: of)?(?: an?| any| the)?(?: same)? (?:{_GROUP})(?![a-z])(?P<single>)"
    ),
    late(
        r"(?:(?:each|all|every one|one)(?: of them| item| product| film)?(?: (?:from|of|by))?(?: an?)? different"
        rf"|never the same|only different|no) (?:{_GROUP})(?![a-z])(?: (?:each|twice|again|repeated))+(?P<single>)"
        r"|(?:each|all|every one|every item|every product)(?: (?:should|must))?(?: be)? (?:from|of"
        r"|by) an? ?different (?:brand|maker|categor(?:y|ies)|genre)s?(?P<apart>)"
    ),
    late(
        rf"同?一?个?(?:{_GROUP})(?:都|请|尽量|的)*(?:不要?|别|不得|不能|不可以?|各不|互不)(?:再)?(?:重复|相同|一样"
        r"|撞)(?:的)?(?P<single>)"
    ),
    late(
        rf"{_LIMIT}?(?P<n>{N})\s*(?:items?|of them|products?|{WORKS}|results?|picks?|max\.?|maximum"
        rf"|titles?)?\s*(?:(?:of|per|from|for|in|by|under|with|apiece|a)\s+(?:{_SAME}|per|single"
        rf"|of)?(?: of)?(?: the)?|each|per|apiece per)\s*(?:{_GROUP})(?![a-z])(?:\s*(?:max\.?|maximum|at most|tops"
        r"|only))?"
    ),
    late(
        rf"(?P<n>{N})\s*(?:items? |of them )?each(?: of)?(?![a-z])|各(?:来|要|推荐?|给|取|出|选)?(?P<m>{N})\s*(?:个"
        r"|条|部|款|本|件|样|种|首)?"
    ),
    late(
        r"(?:limit |cap |restrict )?(?:from |of |for |in )?(?:each|every|per|any(?: one)?|a single"
        rf"|one)(?: single)?\s+(?:{_GROUP})(?![a-z])[:,]?\s*(?:to |at |gets |has |have |should have "
        rf"|may have )?{_LIMIT}?(?P<n>{N})(?:\s*(?:items?|max|products?|{WORKS}))?"
    ),
    late(
        rf"(?:每|同|各|单|任意?|{N}(?=个|种|类|家))(?:一|{N})?(?:个|种|类|家)??(?:商品|电影)?(?:{_GROUP})(?:的|里面?"
        rf"|下面?|中|内)*(?:商品|电影|片子|东西)?(?:都|各|请|就)?(?:{_LIMIT_CHINESE}|出现|列|放|有|上|选"
        rf"|挑)*(?P<n>{N})\s*(?:个|条|部|款|本|件|样|种|首|次|回|席|位|名|家)?(?:商品|电影|封顶|为限|打住|顶天"
        r"|就够了?|就行|即可)?"
    ),
    late(
        rf"(?:每一?个?|单个?|(?:max(?:imum)? |at most )?(?:per|each|every|for each) )?(?:{_GROUP})\s*(?:≤|<=|=|:|："
        r"|cap(?: of)?|limit(?: of)?|quota"
        rf"|max(?:imum)?|最多|至多|上限)+\s*(?P<n>{N})"
        r"\s*(?:个|条|部|款|本|件|样|种|首)?"
    ),
)
# Groups that are called by a measure: "每家最多一件" is of makers, "每样来一个" of kinds.
_MOST_SHORT = late(
    r"(?:(?:每|各|单|同|任[意何])一?个?(?:(?P<maker>家)|[样种类]儿?)|一个?(?:(?P<house>家)|类))(?:都|各|请|就|里面?|的"
    r"|商品|东西|尽量)*"
    rf"(?:{_LIMIT_CHINESE})+(?P<n>{N})\s*(?:[个条部款本件样种首次])?(?:就够了?|就行|就好|即可)?"
)
# What stands before a price, and not before a number of items: "less than 20 each".
_PRICED = late(
    rf"(?:under|below|less than|cheaper than|over|above|priced at|between|cost(?:s|ing)?"
    rf"|{N}\s*(?:-|–|—|~|to|up to|through|到|至))\s*$"
)
# What a numeral before these words does not count: "这两个牌子", "一个风格的".
_ONE_OF = "类别|类目|品类|品牌|牌子|类|种|风格|路数|感觉|味道|调|口味|意思|系列|月|导演|作者"
_COUNTED = (
    rf"(?:recommendations?|results?|items?|suggestions?|titles?|picks?|products?|{WORKS}|options?|entries|rows"
    r"|lines|slots|positions|places|recs|hits|names|things|ones|of them|in total|total|in all|altogether)"
)
_COUNT = (
    late(
        rf"(?:^|(?<=[,，。；;:： ]))(?:来|要|推|给|就)?(?P<n>{N})[台双瓶盒包张顶辆](?:就(?:够|行|好)了?)?"
        r"(?=\s*(?:$|[,，。；;]))"
    ),
    late(rf"(?P<n>{N})(?: {_COUNTED})? (?:instead of|rather than|and not|,? not) {N}(?: {_COUNTED})?(?![a-z])"),
    late(rf"(?:top[ _-]?[kn]?|k|n|limit|size|count|num(?:ber)?|length|len)\s*(?:==?|:|-|@|of)\s*(?P<n>{N})(?![a-z%])"),
    late(
        r"(?:limit|cut|shorten|reduce|keep|trim|expand|extend|lengthen|grow|increase|stretch|set|stick|bring"
        r"|shrink|cap|narrow|condense|pare|whittle|boil|prune|up|bump|raise|lower|drop|take|get|go|bring"
        r"|make)(?: the list| it| them| this| the number| the length| yourself| that| up| down)*(?: down"
        rf"| up)? (?:to|at|with)\s*(?P<n>{N})(?:\s*{_COUNTED}\b)*"
    ),
    late(
        rf"(?P<n>{N})\s*(?:(?:is|are|will|would|should)(?: be)? )(?:(?:more than )?enough|plenty|fine|sufficient|do"
        r"|suffice|better"
        r"|nicer|best|ideal|perfect|great|good|ok(?:ay)?)(?![a-z])"
    ),
    late(
        r"(?:(?:make|i want|want|give me|let'?s have) )?(?:it|the list|this list|a list|lists?)(?: (?:a|round|nice"
        r"|total|of|should|be"
        rf"|is|to be|contain|have|with|just|only))*\s*(?P<n>{N})(?: {_COUNTED})?(?: long)?(?![a-z])"
    ),
    late(rf"(?:^|(?<=[,;.:] ))(?P<n>{N})(?= (?:from|of|by)\b| {DONE})"),
    late(
        rf"(?:^|(?<=[,;.:] ))(?:say|maybe|perhaps|let'?s say|about|around|roughly) (?P<n>{N})(?=\s*(?:please"
        r"|thanks)?\s*(?:$|[,;.]))"
    ),
    late(rf"(?:^|(?<=[,;.:] ))(?P<n>{N})(?=\s*(?:please|thanks)?\s*(?:$|[,;.]))"),
    late(
        r"(?:limit|count|length|size(?=\s*(?:of|is|:|=))|number of (?:items|results|products|films"
        rf"|recommendations))(?: of (?:the )?(?:list|items|results))?\s*(?:is|:|=|of)?\s*(?P<n>{N})(?![a-z])"
    ),
    late(rf"(?:a )?(?:short ?list|selection|handful|set|batch) of\s*(?P<n>{N})"),
    late(
        rf"(?:(?:the )?(?:top|first|best) )?(?P<n>{N})\s*(?:in total|in all|altogether|overall|all in all"
        r"|max(?:im(?:um|al(?:ly)?))?|tops|only|or fewer|at most|at the most|or less)(?![a-z])"
    ),
    late(
        r"(?:(?:the )?(?:top|first|best|max(?:im(?:um|al(?:ly)?))?(?: of)?\.?|total(?: of)?:?|list of|exactly|only"
        r"|just|at most"
        rf"|no more than|up to)\s*)+(?P<n>{N})(?:\s*(?:best |good |more |new )?{_COUNTED}\b)*(?!\s*(?:%|percent"
        r"|days?|weeks?|stars?))"
    ),
    late(
        r"(?:(?P<keep>(?:give|show|recommend|find|get|pick|suggest|choose|select|bring|hand)(?: me| her| him| us"
        r"| them)?)|need|want|wants|needs|keep|list|return|see|have|let'?s see|(?:i|we|she|he|they)(?:'d"
        r"| would) like)\s*(?:the |just |only "
        rf"|another |exactly )*(?P<n>{N})(?:\s*(?:best |good |more |new |different )?{_COUNTED}\b)*"
    ),
    late(rf"(?P<n>{N})\s*(?:best |good |more |new |different )?{_COUNTED}\b(?:\s*(?:max|please|in total))?"),
    late(
        r"(?:(?:一共|总共|共|合计|只要|只|推荐|给我|给她|给他|来|要|列出?|显示|展示|整|搞|弄|上|拿|凑够?个?|最多|至多"
        r"|不要超过|不超过"
        r"|别超过|给出?|挑出?|选出?|留下?|取|出|凑|保留|缩短到|缩减到|减到|减少到|加到|加长到|增加到|扩到|扩大到"
        rf"|扩展到|推|个){{1,6}}+)\s*(?P<n>{N})\s*(?:个|条|部|款|本|件|样|首|名|项|位|门|家|间|道|份|堂|处)?(?:商品"
        rf"|推荐|结果|电影|就够了?|就行"
        r"|就好|足够|足矣|够了|即可)*"
    ),
    late(rf"(?P<n>{N})(?=\s*(?:[a-z-]+ ){{1,2}}{_COUNTED}\b)"),
    late(rf"(?P<n>{N})\s+(?=(?:[a-z-]+ ){{0,2}}{C})"),
    late(rf"(?:^|(?<=[,;.] ))(?P<n>{N})\s+(?=(?!days|weeks|months|years|hours|minutes|stars|times)[a-z]+s\b)"),
    late(rf"(?:推荐|列表)?(?:数量|个数|条数|长度)(?:改成?|设为|设成|调到|调成|变成|是|为|[：:=])*\s*(?P<n>{N})"),
    late(
        rf"(?:前|头)\s*(?P<n>{N})\s*(?:个|条|部|款|本|件|样|首|名|项|位|门|家|间|道|份|堂|处)?(?:商品|推荐|结果|电影)*"
    ),
    late(
        rf"(?<![这那])(?P<n>{N})[来多几]?\s*(?:个|条|部|款|本|件|样|首|名|项|位|门|家|间|道|份|堂|处)(?!{_ONE_OF}"
        rf"|[都也]不"
        r"|[都也]别)(?:商品|推荐|结果"
        r"|电影"
        r"|就够了?|就行|就好|足够|足矣|够了|即可)*"
    ),
)
# What is said of a length is not asked for: "20 is too many".
_TOO_MANY = late(
    rf"{N}(?: {_COUNTED})?(?:'s| is| are| seems?| feels?| would be| was)? (?:(?:way|far|much|a bit) )?(?:too (?:many"
    r"|much"
    rf"|few|long|short)|not enough)(?: for (?:me|us|her|him))?(?![a-z])|{N}[个条部款本件样]?(?:商品|电影)?(?:有点|实在"
    r"|感觉|好像|是)?(?:太多|太少|不够|多了|少了)[了点些]*(?=\s*(?:$|[,，。；;！!]))"
)
# What a number counts that is no item of the list: "15 inch", "my 3 kids", "两个孩子".
_OTHER_UNIT = late(
    r"\s?-?(?:inch(?:es)?|cm|mm|metres?|meters?|kgs?|kilos?|grams?|g|gb|tb|mb|ml|l|litres?|liters?|oz|lbs?|hours?|hrs?"
    r"|minutes?|mins?|seconds?|years?|months?|weeks?|days?|packs?|pairs?|pieces?|persons?|people|players?|seats?|stars?"
    r"|watts?|w|v|mah|hz|megapixels?|mp|cores?|wheels?|legs|cups?|bedrooms?|kids|children|sons|daughters|boys|girls"
    r"|adults|guests|friends|cats|dogs|colou?rs|speeds|leads)(?![a-z])|\s*(?:寸|英寸|斤|公斤|千克|克|毫升|升|厘米|米|匹"
    r"|口|岁|折|小时|分钟|瓦|核|人|个(?:孩子|娃|小孩|人|大人|老人|朋友|同事|女儿|儿子|宝宝|月|小时|星期|客人|颜色))"
)
_MORE_OF = late(rf"\s*(?:more|extra|additional|fewer|less) (?:of )?(?:the )?(?:[a-z-]+ )?{C}")
_HAD = late(
    r"(?:(?<![a-z])(?:bought|watched|seen|saw|ordered|owns|viewed|(?:she|he) has|already has)|[买看点有收藏][了过])\s*$"
)
_ONE = late(rf"(?:只|仅|就|光|最多|至多|顶多|限|取|留)[要来给看选推出]?{N}$")
_NTH = late(rf"(?:first|second|third|last|other|next|top|best) {N}$")
_AT_LEAST = late(r"(?:at least|no fewer than|not less than|至少|起码|不少于)(?:要|来|有)?\s*$")
_OF_ONE = late(rf"\s*(?:\w+ )?{C}")
_BOUND = late(
    r"(?:at most|more than|no more than|up to|max(?:im(?:um|al(?:ly)?))?(?: of)?|only|just|最多|至多|不超过|别超过)\s*$"
)


def most(line: Spotted) -> list[Part]:
    """At most so many of each category or brand."""

    def rule(found: re.Match[str]) -> list[Part] | None:
        said = found.groupdict()
        if _PRICED.search(line.line[: found.start()]):
            return None
        by = "brand" if said.get("brand") or re.search("brand|maker", found[0]) else "category"
        if said.get("often"):
            less = re.match("no|never|not|don", found[0]) is not None and not re.search("more than|over", found[0])
            return [Most(max(1, _OFTEN[said["often"]] - less), by)]  # "no brand twice"
        if said.get("single") is not None or said.get("apart") is not None:
            return [Most(1, by)]
        if (
            "各" in found[0]
            and not said.get("brand")
            and kind_of(line.line[: found.start()].rstrip("都请给我")[-1:] or " ") == "brand"
        ):
            by = "brand"
        number = line.number(said.get("n") or said.get("m") or said["under"])
        if number.value >= _MANY:
            return None  # "80 each" is a price
        most = int(number.value) - (1 if said.get("under") else 0)
        return None if number.money or most < 1 else [Most(most, by)]

    def short(found: re.Match[str]) -> list[Part] | None:
        number = line.number(found["n"])
        by = "brand" if found["maker"] or found["house"] else "category"
        return None if number.money or number.value < 1 else [Most(int(number.value), by)]

    return [*(part for pattern in _MOST for part in apply(line, pattern, rule)), *apply(line, _MOST_SHORT, short)]


def count(line: Spotted) -> list[Part]:
    """How long the list is to be."""

    def rule(found: re.Match[str]) -> list[Part] | None:
        number = line.number(found["n"])
        if number.money or not 1 <= number.value <= 1000 or number.value != int(number.value):
            return None
        if (
            _MORE_OF.match(line.line, found.end("n"))
            or _OTHER_UNIT.match(line.line, found.end("n"))
            or _HAD.search(line.line[: found.start("n")])
        ):
            return None
        if re.search(r"(?:[不别]|不要|不是|\bnot|\bno)\s*$", line.line[: found.start()]) and "不" not in found[0]:
            return []  # "不要二十个" says only what it is not to be
        if _NTH.search(line.line[: found.end("n")]) and number.value == 1:
            return None  # "the first one" is one of the list
        alone = _ONE.search(line.line[: found.end("n")]) is None and number.value == 1
        if alone and line.text[number.start : number.end] == "一" and not re.search("只|仅|就|光|top|前", found[0]):
            return []  # "一款手机" is any phone
        limited = _BOUND.search(line.line[: found.start("n")]) is not None
        if limited and _OF_ONE.match(line.line, found.end("n")):
            return None  # a limit of one category is not one of the list
        if DONE in found[0] or _AT_LEAST.search(line.line[: found.start()]):
            return None
        return [Count(int(number.value))]

    apply(line, _TOO_MANY, lambda _: [])
    return [part for pattern in _COUNT for part in apply(line, pattern, rule)][:1]
