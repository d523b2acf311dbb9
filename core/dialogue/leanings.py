"""Rules of a request about leanings: cheaper, newer, less popular, more varied, something new."""

from __future__ import annotations

import re

from core.dialogue import verbs
from core.dialogue.carrying import left_out
from core.dialogue.lexicon import STOP, VERB, WORKS
from core.dialogue.names import Names
from core.dialogue.patterns import late
from core.dialogue.rules import apply
from core.dialogue.spotting import DONE, Spotted, T
from core.dialogue.structure import Lean, Part

_DEGREE = (
    r"(?:(?:a (?:bit|little)|somewhat|slightly|much|far|a lot|something|stuff|ones?|rather|even|really|please|be|are"
    r"|is|that(?:'s| is| are)?)\s+)*"
)
_NOT_TOO = (
    rf"(?:(?:{verbs.ASKED['no']}|{verbs.ASKED['less']}|{verbs.PHRASES['no']}|{verbs.PHRASES['less']}|{verbs.HATES}"
    r"|not|nothing|isn'?t|aren'?t|less|fewer|no more|no|without|don'?t be)\s+(?:(?:too|so|that|as|very|overly"
    r"|the|anything)\s+)*)"
)
_NOT_CHINESE = (
    r"(?:不要|别|不能|不用|不想要?|不|少(?:来|推|给|放|上|整|搞)*(?:一?[点些])?(?=[爆热大畅冷小高贵老旧])|老)(?:那么"
    r"|这么|老"
    r"|再|总)*是?(?:推|推荐|看|给我|来|放|列|上|出|选|挑|搞|弄|整)?(?:太"
    r"|很|过于|特别)?"
)
# "年份老一点", "出版时间越新越好": what is dated stands before it.
_DATED = (
    "(?:(?:出版|上映|发行|发布|上市|生产|制作|推出|首播|面世|问世)(?:的)?)?(?:年份|年代|年度|时间|日期|年月)"
    "(?:要|稍微?|略|得|再|更|可以|尽量|最好|越|比较|偏|是|的)*"
)
_MADE = "(?:片子?|电影|书籍?|歌曲?|剧集?|游戏|曲子?|专辑|番剧?|节目|作品|款式?|版本?|唱片|杂志|漫画|文章|课程|茶|酒)"
_ABIT = r"(?:越好|性?拉满|走起|优先|为主|宝藏|之王|一点儿?|一些|点儿?|些|的|片子|商品|东西|电影)*"
_LEANS: dict[str, tuple[str, str, str, str]] = {
    # what: English words up and down, Chinese words up and down
    "price": (
        r"(?:more )?(?:expensive|premium|pricey|pricier|high-?end|luxur(?:y|ious)|upscale|costly|exclusive|upmarket"
        r"|deluxe|money(?:'s| is) no object|no expense spared|splurge|priciest|costliest|dearer|classier|fancier"
        r"|top[- ]shelf|(?:from |at )?the (?:top|upper|high|higher|expensive|dear|pricey) end(?: of (?:the )?(?:range"
        r"|market|scale|prices?))?|top of the (?:range|line)|the (?:dearer|pricier|costlier"
        r"|more expensive) the better|higher[- ]priced)(?: (?:stuff|ones|items|things|products|options|end"
        r"|the better))?",
        r"(?:the (?:cheaper|lower|less expensive) the better|(?:at |from |towards? )?the (?:low|lower|cheap|cheaper"
        r"|bottom|budget|affordable) end(?: of (?:the )?(?:range|market|scale|prices?))?"
        r"|(?:that |which )?(?:do(?:es)?n'?t|do not|won'?t|wouldn'?t|not|without) (?:cost|costing|break|breaking"
        r"|burn|burning|rob) (?:an arm and a leg|the earth|a fortune|the bank|a bomb|a packet)"
        r"|(?:for |with )?(?:(?:an?|her|his|their|my|the) )?(?:tight|small|limited|modest|slim|low|shoestring"
        r"|student) budget|on the cheap|cheap(?:er|est)?(?: first)?|eas(?:y|ier) on (?:the|her|his|their"
        r"|my) (?:wallet|purse|pocket)"
        r"|wallet[- ]friendly|cost less|less dear|thriftier|frugal|inexpensive|affordable|low[- ]?cost"
        r"|low[- ]?priced|lower prices?|budget[- ]?friendly|less expensive|less pricey|bargains?|good value"
        r"|economical|lower[- ]priced|on a (?:tight |small |limited )?budget|(?:tight|small|limited) budget"
        r"|budget(?= (?:[\ue000-\ue0ff]|options|stuff|ones|items|things|products|range|end)))(?: (?:options|stuff"
        r"|ones|items|things"
        r"|products|first|the better))?",
        r"(?:(?:价格|价位|价钱|定价|单价|售价)(?:要|更|再|稍微?|略|可以)*(?:高|贵)|不差钱|(?:再)?上一?[点些]?档次"
        r"|预算(?:不限|管够|无上限)|越贵越好|高配|不怕贵|钱不是(?:问题|事)|不计成本"
        r"|不限预算|不在乎价钱?格?|预算充足|贵"
        r"|高端|高档|奢侈|豪华|高价|价格高|档次高|上档次|有档次)",
        r"(?:(?:价格|价位|价钱|定价|单价|售价)(?:要|更|再|稍微?|略|可以)*(?:低|便宜)|便宜(?:的)?(?:排(?:在)?(?:前面"
        r"|最前)|在前|靠前|优先)|买不起(?:太)?贵的?|负担不起|嫌(?:太)?贵|越便宜越好|越低越好|(?:她|他"
        r"|用户)?(?:最近)?(?:手头|钱包|预算|经济)(?:比较|有点|很|挺)?(?:紧张?|拮据|有限)|囊中羞涩|没什么钱|怕贵"
        r"|价格(?:不要|别|不)(?:太|那么)?高|便宜|实惠|平价|低价|(?:高)?性价比高?|经济实惠|省钱|白菜价|物美价廉|划算"
        r"|廉价|价格低|亲民)",
    ),
    "year": (
        r"(?:(?:more )?(?:recent(?:ly released)?|modern|contemporary|(?<=too )new|(?<=so )new|new(?:er|est)"
        r"|up[- ]to[- ]date|latest|current|(?<=the )newer the better|fresh(?= (?:releases?|films?|titles?|out))"
        r"|new releases?"
        rf"|new (?:{WORKS}|ones|titles|things|stuff)(?= (?:first|on top|at the top|before))"
        rf"|hot off the press|brand new|just out)(?: (?:stuff|ones|items|things|products|{WORKS}|releases?))?)",
        rf"(?:old(?:er|est)(?: (?:the better|stuff|ones|items|things|{WORKS}))?|vintage|retro|less recent"
        rf"|old (?:{WORKS}|ones|stuff|things|titles|pictures)|(?<=too )old|(?<=so )old|(?<=very )old|old[- ]school"
        rf"|golden oldies"
        r"|(?:from )?way back(?: when)?|(?:from )?(?:a )?long (?:time )?ago|(?:from )?(?:the )?(?:good )?old days"
        r"|yesteryear|bygone (?:days|times|eras?)|old(?:er)? classics(?: first)?|throwbacks?"
        r"|oldies)",
        rf"(?:{_DATED}[新晚近](?:一?[点些]|越好|的)|新{_MADE}(?=优先|先|排前|靠前|在前)|偏新|(?:最近|这|近)几年"
        rf"|近年来?|新一?[点些](?!东西|花样)|更新|比较新|较新|新片|近期|最新|新上映)",
        rf"(?:{_DATED}(?:久远|[老旧早久远])(?:一?[点些]|越好|的)|老一?[点些]|更老|旧一?[点些]|[老旧]{_MADE}"
        rf"|(?<=太)老(?![板套土师])|(?<=很)老(?![板套土师])|偏[老旧]|年代(?:久远|感)"
        r"|上年头|怀旧|复古|经典老片)",
    ),
    "popularity": (
        r"(?:(?:more )?(?:popular|mainstream|well[- ]known|famous|best[- ]?sell(?:ing|ers?)|trending|blockbusters?"
        r"|hits|big hits|crowd[- ](?:pleasers?|favou?rites?)|(?:the )?big(?:gest)? (?:names|titles|hitters)"
        r"|household names|most (?:watched|bought|viewed|sold|purchased|read|played|rated|clicked)|what(?:ever)?(?:'s"
        r"| is) (?:popular|hot|selling|trending|in)(?: right now| now)?|what (?:everybody|everyone|most people|others"
        r"|other people|the others)(?: else)? (?:(?:is |are )?(?:buy(?:s|ing)|buy|watch(?:es|ing)?|likes?|gets?"
        r"|getting|sees?|seeing|talk(?:s|ing) about)))(?: (?:stuff|ones|items"
        rf"|things|picks|{WORKS}|products?))?)",
        r"(?:(?:less|not so|not very|not as) (?:popular|mainstream|well[- ]known|known|famous|obvious)"
        r"|(?:more )?(?:obscure|niche|unknown|lesser[- ]known|hidden gems?|unpopular|rare|(?:off"
        r"|away from) the beaten (?:track|path)|overlooked|under the radar|underrated|long[- ]tail|indie"
        r"|non[- ]mainstream|(?:nothing|not (?:what|the (?:ones|things|films?|stuff)|things)"
        r"|none of what) (?:everyone|everybody|most people)(?: else)?(?: has| have|'s)?(?: already)? (?:seen|knows?"
        r"|bought|watched|watches|buys|owns|has)|(?:skip|avoid|drop|not|none of) the (?:obvious|usual suspects"
        rf"|big names|usual)(?: (?:ones|choices|picks|stuff|titles))?))(?: (?:stuff|ones|items|things|picks|{WORKS}"
        r"|products?))?",
        r"(?:大家都?在?[买看]的?|[买卖看]得最[多好]|销量[高好]|热门|热销|热卖|抢手|人气(?:高|旺|爆棚)|高人气|流行"
        r"|大众|爆款|畅销"
        r"|火(?:爆|热)?(?=的|一?[点些]|$|[,，。了])|知名|大片|主流|受欢迎)",
        r"(?:(?:人气|销量|热度|知名度)(?:要|更|比较)?(?:低|不高|少|差)|冷门|小众|少见|罕见|鲜为人知|不太有名"
        r"|没什么人知道|沧海遗珠|被低估|不知名|非主流|没那么火|不热门|长尾)",
    ),
    "variety": (
        r"(?:(?:more )?(?:variety|varied|diverse|diversity|different kinds|(?:a |an )?(?:wider|broader|richer|better"
        r"|more varied|good|bigger|greater) (?:mix|spread|variety|range|choice|selection|assortment)|mixed|a mix"
        r"|(?:it'?s |they'?re |is |are )?(?:far |way |much |a bit |all )?too (?:samey|uniform|similar|monotonous"
        r"|alike|repetitive|one-?sided|narrow|homogeneous)|(?:it'?s |they'?re "
        r"|these are )?all the same(?:,? vary it)?|vary (?:it|things|the list|them)|spread (?:it|things|them"
        r"|the list) (?:out|around|wider)(?: more| a bit)?|(?:it'?s |it is |they're )?(?:too |so |very |getting "
        r"|rather |a bit )*repetitive|widen (?:the )?(?:range|choice|selection|spread)(?: of (?:things|products"
        r"|items))?|a (?:bit|little) of everything|(?:don'?t|do not|never"
        r"|not) (?:give|show|list|want)?(?: me| her| him)? ?(?:ten|five|a dozen|all|twenty"
        r"|[\ue300-\ue3ff])? ?(?:of )?the same(?: (?:thing|kind|stuff|over and over))?|mix (?:it|things) up"
        r"|shake (?:it|things) up|all over the place|of a mix)|diversif(?:y|ied)"
        r"|less (?:of the same|similar|repetitive|monotonous)|broader|less alike|wider range|not (?:all "
        r"|always )?the same(?: (?:thing|stuff|kind))?)(?: (?:in|of) the list)?",
        r"(?!)",
        r"(?:(?:不要|别)(?:老是|总是|老|总)?(?:推荐?)?(?:同一类|同类|一样)的?|多样化?|丰富|多元|花样多|(?:不要?"
        r"|别)(?:太|那么|这么)?(?:单一|雷同|重复|千篇一律)|种类多|各种各样|分散|打散|五花八门|花样百出"
        r"|(?:都)?别?(?:不要|别)(?:都|全|老|总)?扎堆|(?:品类|种类"
        r"|类型"
        r"|花样)(?:再|要|得|尽量)?(?:杂|拉开|散|广|全)|(?:太|过于|有点)?(?:雷同|单调|单一|重复)了|换着花样来?|(?:别"
        r"|不要)(?:都"
        r"|全|老|总)*(?:是|挤在|集中在|扎堆在?)(?:同)?一个?(?:类型?|类别|类目|种|品类)里?的?|换?换?花样)",
        r"(?!)",
    ),
    "novelty": (
        r"(?:(?:something|anything|things) (?:(?:completely|totally|really|entirely|quite|a bit) )?(?:new|different"
        r"|fresh|unexpected|unusual|out of the ordinary)|fresh (?:ideas|picks|discoveries)|discover(?:y|ies)"
        r"|(?:something|anything|things|stuff|ones?) (?:that )?(?:she|he|they)(?: would never|'d never| wouldn'?t"
        r"|never) (?:think of|pick|choose|consider|find|buy|watch|expect|come across)[a-z]*(?: (?:herself|himself"
        r"|themselves|on (?:her|his|their) own|otherwise))?"
        r"|(?:(?:something|anything|things|stuff|items|films?) )?(?:(?:completely|totally|very|quite"
        r"|really) )?(?:unlike|different (?:from|to|than)|other than|not like|away from"
        r"|far from|far removed from|nothing like|not) (?:what(?:ever)?|anything|everything|(?:the )?(?:things|stuff"
        r"|films?|items|usual)|her|his|their)(?: that)? ?(?:she|he|they)?"
        r"(?:'s| has| have| had)? ?(?:usual(?:ly)?|normal(?:ly)?|always|typical(?:ly)?|general(?:ly)?|regular(?:ly)?"
        rf"|habitual(?:ly)?|own|everyday)(?: (?:{VERB}|gets?|goes for|picks?|chooses?|picks|choices"
        r"|fare|taste|stuff|things|habits?|diet))?"
        r"|(?:no more of |not |nothing but not |none of )(?:the |that )?(?:same old(?: (?:stuff|things?|story"
        r"|same old|films?))?|usual(?: (?:stuff|suspects|fare|things|picks?))?)|(?:take|bring|lead|push|get|pull|move"
        r"|tempt) (?:her|him|them) (?:out of (?:her|his|their) (?:comfort zone|bubble|shell|rut)|somewhere (?:new"
        r"|different|else)|to (?:new|unfamiliar) (?:places|territory|ground))|break (?:out of )?(?:the|her|his"
        r"|their) (?:bubble|habits|mould|pattern|routine)|surpris(?:e|es"
        r"|ing)(?: (?:me|her|him|them|us))?|(?:more )?(?:novel|novelty|unfamiliar|serendipit(?:y|ous)|unexpected)"
        r"|(?:things |something |items |anything )?(?:\w+ ){0,2}(?:has|have) never (?:bought|seen|watched|tried"
        r"|had) anything like|never tried|outside (?:her|his|their|the) (?:usual )?(?:bubble|comfort zone|taste)"
        r"|unlike (?:her|his|their) (?:history|past|usual)|out of (?:her|his|their) (?:bubble|comfort zone))",
        r"(?!)",
        r"(?:(?:别|不要|不想|少)(?:再)?(?:老|总|老是|总是|一直)?(?:是|推|给|看|来|围着)?(?:她|他|用户"
        r"|那些?)*(?:的)?(?:平时|平常|一直|经常?|老)*(?:熟悉|常买|常看|爱买|看惯|买惯|习惯|老一套|老面孔|老几样"
        r"|舒适区)的?(?:那些?|东西|几样|一套|商品)*|跳出(?:她|他|用户)?的?(?:老一套|习惯|圈子|舒适区|老圈子)|(?:跟|和"
        r"|与)(?:她|他|用户)?(?:平时|以往|过去|之前|以前|平常)(?:买|看|听|读|喜欢)?过?的?(?:都"
        r"|完全)?(?:不一样|不同)|(?:平时|平常|以前|之前|从来|从|还)?(?:没有?|很少|不)(?:怎么|太|大|曾|常)?(?:接触|尝试|试|碰|涉猎|涉足)(?:过)?的"
        r"(?:新鲜|全新|崭新|陌生|新)?(?:类型|题材|品类|类别|种类|领域|风格|品种|花样)?|换换口味|新东西|新花样|打破常规"
        r"|不同以往|出人意料"
        r"|耳目一新|意外|出其不意|眼前一亮|新鲜|意想不到|惊喜|新奇|没见过|与众不同|不一样|跳出(?:舒适圈|信息茧房))",
        r"(?!)",
    ),
}
_SORTED = tuple(
    (what, direction, late(pattern))
    for what, direction, pattern in (
        (
            "price",
            -1,
            r"(?:sort(?:ed)?|order(?:ed)?|rank(?:ed)?)(?: it| them| the list)? by (?:the )?(?:lowest "
            r"|ascending )?price(?:,? (?:ascending|low to high|from low to high|upwards?|\(?asc\)?))?(?!.*(?:desc"
            r"|high to low|highest))|(?:lowest|low) prices? first|(?:按|照)价格(?:从低到高|由低到高|升序)(?:排序?"
            r"|排列)?",
        ),
        (
            "price",
            1,
            r"(?:sort(?:ed)?|order(?:ed)?|rank(?:ed)?)(?: it| them| the list)? by (?:the )?(?:highest "
            r"|descending )?price(?:,? (?:descending|high to low|from high to low|downwards?))?|(?:highest"
            r"|high) prices? first|(?:按|照)价格(?:从高到低|由高到低|降序)(?:排序?|排列)?",
        ),
        (
            "popularity",
            1,
            r"(?:sort(?:ed)?|order(?:ed)?|rank(?:ed)?)(?: it| them| the list)? by (?:the )?(?:popularity"
            r"|best[- ]?sellers?|sales)|(?:按|照)(?:热度|人气|销量|流行度)(?:从高到低|由高到低|降序)?(?:排序?|排列)?",
        ),
        (
            "year",
            1,
            r"(?:sort(?:ed)?|order(?:ed)?|rank(?:ed)?)(?: it| them| the list)? by (?:the )?(?:newest|latest|year"
            r"|release(?: date)?|recency|date)(?: first)?|(?:按|照)(?:年份|上映时间|时间)(?:从新到旧|由新到旧"
            r"|降序)?(?:排序?|排列)?",
        ),
    )
)
_TOLERATED = late(
    r"^[^\w]*(?:也没关系|也没事|也行|也可以|无所谓|都行|也无妨|没关系|都可以|也能接受)|^\s*(?:is|are)? ?(?:fine"
    r"|ok(?:ay)?|no problem|acceptable|doesn'?t matter)"
)


def _lean_patterns() -> list[tuple[str, int, re.Pattern[str]]]:
    found = []
    for what, (up, down, up_chinese, down_chinese) in _LEANS.items():
        for sign, english, chinese in ((1, up, up_chinese), (-1, down, down_chinese)):
            found.append(
                (
                    what,
                    -sign,
                    late(
                        r"(?:(?:it|they|these|those|this|all)(?:'s|'re| is| are)? )?(?:way |much |far "
                        rf"|a bit )?too {english}(?![a-z])|(?:都)?太{chinese}了|{chinese}[的货]*(?:都|也|就)*(?:不要"
                        rf"|别要?|不看|去掉|不考虑|{verbs.LESS_CHINESE}|{verbs.GONE_CHINESE})"
                    ),
                )
            )
            found.append((what, -sign, late(rf"{_NOT_TOO}{english}(?![a-z])|{_NOT_CHINESE}{chinese}{_ABIT}")))
    for what, (up, down, up_chinese, down_chinese) in _LEANS.items():
        for sign, english, chinese in ((-1, down, down_chinese), (1, up, up_chinese)):
            pattern = (
                r"(?:more |most |the |prefer |only |just "
                rf"|mostly ){{0,4}}{_DEGREE}(?<![a-z]){english}(?![a-z])(?: would be (?:nice|good"
                r"|great)| please| only| first| on top| at the top)*|(?:越|要|来|想要|想看|更|再|只|我|推|多|稍微?|尽量"
                r"|希望|最好"
                rf"){{0,4}}{chinese}{_ABIT}"
            )
            found.append((what, sign, late(pattern)))
    return [*_SORTED, *found]


_LEAN = _lean_patterns()
_TOO = late(r"(?:都)?太|[a-z' ]*(?<![a-z])too ")  # "太贵了，不要" says it twice
_ONE_WAY = ("variety", "novelty")  # of which there can be no less than usual


_DENIED = late(r"(?:a bit |much |far |way )?(?:too|so|not|less|least|no|nothing|never|without|isn'?t|aren'?t)\b")
# A noun in front, and no word that asks for something or tells how much.
_OF_NOUN = late(
    r"[\u3400-\u9fff](?<![来点些要给我她他你户客想看推荐是更再很有多的个最好出找买能让人令整搞弄换试搜下都全也别不])$"
)
_NOUN_NEXT = late(
    r"(?![一点些就也和不吧了来又还但要且最呢啊的都很更再别没为优越])(?!东西|商品|产品|片|电影|书|内容"
    r"|推荐)[\u3400-\u9fff]"
)
_TOLD_OF = late(
    r"(?<![a-z])(?:about|with|without|featuring|starring|set in|involving|on)(?: (?:an?|the|some|lots of|many))?\s*$"
)
_ADJECTIVE = late(r"(?:a |an |the |some |with |more |very |completely )*(?:[a-z-]+)\s*")
_WHAT_FOLLOWS = late(
    rf"\s*(?!(?:{WORKS}|items?|products?|things?|stuff|ones|titles?|picks?|options?)(?![a-z]))(?P<noun>[a-z]{{3,}})"
)


def _attributive(line: str, found: re.Match[str], what: str) -> bool:
    """Whether a word tells of something in what is wished for, and not of the list: "about famous musicians", "an
    unexpected ending", "结局出人意料"."""
    before, behind = line[: found.start()], line[found.end() :]
    if found[0][0] >= "\u3400":
        return what == "novelty" and (_OF_NOUN.search(before) is not None or _NOUN_NEXT.match(behind) is not None)
    following = _WHAT_FOLLOWS.match(behind)
    noun = following is not None and following["noun"] not in STOP and _ADJECTIVE.fullmatch(found[0]) is not None
    return noun and (what == "novelty" or _TOLD_OF.search(before) is not None)


_LEAST = late(r"(?<![a-z])(?:the )?(?:least|less|not(?: so| very| too| as| all that)?|isn'?t|aren'?t|never)\s+$")


def leanings(line: Spotted, names: Names) -> list[Part]:
    """What the list should lean towards: dear or cheap, new or old, popular or rare, varied, unlike the past."""
    parts: list[Part] = []
    for what, sign, pattern in _LEAN:
        if (what == "year" and not names.dated) or (what == "price" and not names.priced):
            continue

        def rule(found: re.Match[str], what: str = what, sign: int = sign) -> list[Part] | None:
            if _TOLERATED.match(line.line[found.end() :]) or DONE in found[0].strip(DONE):
                return None
            if re.search(r"\bthan\s*$|^\s*than\b", line.line[found.end() : found.end() + 6]):
                return None
            if _attributive(line.line, found, what):
                return None
            if re.match(rf"\s*{T}", line.line[found.end() :]) and re.search("new|老|新", found[0]):
                return None
            if not _TOO.match(found[0]) and left_out(line, found.end()):  # "老片一律不要", "cheap ones have to go"
                if what in _ONE_WAY:
                    line.missed.append(line.span(*found.span()))
                    return []
                return [Lean(what, -sign)]
            least = _LEAST.search(line.line[: found.start()])
            if least and not _DENIED.match(found[0]) and what in ("price", "year", "popularity"):
                line.use(*least.span())
                return [Lean(what, -sign)]
            return [Lean(what, sign)]

        parts += apply(line, pattern, rule)
    kept: dict[str, Part] = {}
    for part in parts:
        assert isinstance(part, Lean)
        kept.setdefault(part.what, part)
    return list(kept.values())
