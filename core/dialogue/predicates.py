"""What is said of names behind or around them: "horror is out", "leave war out", "Titanic bored her", "零食就算了"."""

from __future__ import annotations

import re

from core.dialogue.lexicon import WORKS
from core.dialogue.meanings import how_of, said_of
from core.dialogue.names import Names
from core.dialogue.rules import apply
from core.dialogue.spotting import C, E, N, Spotted, T
from core.dialogue.structure import Category, Part

AFTER_NO = re.compile(
    rf"(?:{N}[个部条款本件样]|(?:任何)?一[个部条款本件样点])?(?:都|就|也|请|全部?|全都|这些|这类|一律|统统|通通|一概"
    r"|直接|暂时|先)*(?:不要|不想要|不想看|不想买|(?<![特区类级性个分告])别(?![的人家处名墅])(?:要|推荐?|看|来|出"
    r"|放|上|列|碰|给)*|不看|去掉|去除|排除|隐藏|屏蔽|除外|就算了|算了|不行|不考虑|免了|免谈|不用|不必|不碰"
    r"|不感兴趣|没兴趣|不需要|删掉|剔除|砍掉|拿掉|撤掉|踢掉|过滤掉?|筛掉|滤掉|跳过|退散|以外|之外|外)(?:了)?(?:的"
    rf"|其他|其它|别的)*|(?<={E})(?: (?:{WORKS}|items?|products?|stuff|things?))?\s+(?:(?:is|are|should|must|can"
    r"|need|to|has|have|be|being|stays?|all|both|also|completely|strictly|totally|definitely|please|left|kept|taken"
    r"|thrown|filtered|ruled|just)\s+)*(?:out(?: of (?:the list|it|this|here))?|off(?: (?:the (?:list|table|menu)"
    r"|limits))?|excluded|banned|barred|forbidden|omitted|dropped|removed|skipped|hidden|aside|no[- ]?go"
    r"|go(?: away)?|unwanted|no,? thanks?|not (?:allowed|wanted|welcome|needed|interesting|ok(?:ay)?|for (?:her|him"
    r"|them|me|us))|(?:doesn'?t|don'?t|do not|does not) (?:interest|appeal to|suit) \w+|(?:bores?|annoys?) (?:her"
    r"|him|me|them|us))(?![a-z])"
)
AFTER_LESS = re.compile(
    rf"(?<={E})(?: (?:{WORKS}|items?|products?|stuff|things?))?\s+(?:(?:is|are|should|must|to"
    r"|be)\s+)*(?:less(?: often| prominent)?|down(?: a (?:bit|notch|little))?|toned down|in smaller doses"
    r"|overrepresented|over-represented|too (?:often|frequent|prominent|dominant))(?![a-z])"
    r"|(?:都)?(?:(?<![至多不])少[放推来给出上看]?荐?一?[点些]?|(?:给我)?(?:压|减|降|收|控)(?:一)?(?:压|降|减|收|控"
    r"|下|点|些)?(?:温|低|少)?(?=$|[\s,，。了吧])|往下(?:压|降|减|调|拉)一?(?:压|降|减|调|拉|下|点|些)?|压缩"
    r"|(?:的)?(?:占比|比例|比重|份额|权重|数量)(?:请|再|给我)?(?:(?:调|降|压|减|往下|放)+[低小少]?|[低小少])(?:下去"
    r"|下来)?一?[点些]?|(?:占|推|来|给|出现)?(?:得|的)?太多了?|减半|砍半|少一半|看腻了|腻了|买够了|看够了)"
)
AFTER_MORE = re.compile(
    rf"(?<={E})(?: (?:{WORKS}|items?|products?|stuff|things?))?\s+(?:(?:is|are|should|must|to"
    r"|be)\s+)*(?:more(?: often| prominent)?|up(?: a (?:bit|notch|little))?|(?:her|his|their|my) (?:favou?rites?"
    r"|passion|thing)|preferred|in bigger doses|(?:always )?(?:a plus|welcome)|would(?:n'?t hurt| be (?:welcome"
    r"|lovely|ideal))|under-?represented|too rare)(?![a-z])|(?:往上|向上|再)?(?:提|拉|抬|升|加)(?:一?(?:提|拉|抬|升"
    r"|加|下|点|些)|高|上来)(?=$|[\s,，。了吧])|(?:再)?(?:多[放推来给出上看加]?荐?(?:一?[点些]|几[个部款本件])?"
    r"|加[点些]|补[点些]|(?:的)?(?:占比|比例|比重|份额|权重|数量)(?:请|再|给我)?(?:调|提|拉|抬|加|往上"
    r"|放)+[高大多]?(?:上去|上来|起来)?一?[点些]?|(?:的)?(?:占比|比例|比重|份额|权重|数量)(?:再)?[高大多]一?[点些]?"
    r"|太少了?|不够多?|优先|翻倍|翻一番|加倍|多一倍)"
)
AFTER_LIKE = re.compile(
    rf"(?<={T})[- ](?:mould|mold|vein|style|spirit|manner|fashion|category|league)(?![a-z])"
    rf"|(?:(?:(?:是)?(?:{N}[个种类]|同[一样]?[个种类]?)(?=风格|路数|类型|感觉|调调|味道|口味))?(?:那样|那种|这种"
    r"|这样|一样|差不多|类似|相似|相近|同类|那类|之类|同款|风格|路数|感觉|调调))+(?:的)?"
)
YES_NO = re.compile(
    rf"(?P<a>{E})\s*[:=?]?\s*(?:(?P<no>no|nope|out|never|no thanks|no way|not at all|not really|absolutely not|skip"
    r"|pass)|(?P<yes>yes|yeah|yes please|sure|definitely))(?=\s*(?:$|[,;.!]|and\b))"
    rf"|(?P<c>{E})[？?：:](?:(?P<never>不要?|不行|别|免了|算了|否|不用)|(?P<ever>要|可以|行|好的?|来))了?(?=\s*(?:$"
    rf"|[,;.!，；。！]))|(?<![\w\d])(?:(?P<minus>-)|(?P<plus>\+))\s?(?P<b>{E})"
)
SWAP = re.compile(
    r"(?:swap|replace|exchange|switch|trade|change) (?:it|them|that|those|these|this)(?: out)? (?:for|with|by|to"
    rf"|into)\s+(?:some |the |more )*(?P<i>{E})|(?:prefers?|preferred|would rather have|likes?"
    rf"|loves?) (?P<l>{E})(?: (?:{WORKS}|items?|products?|stuff|things?))? (?:to|over|more than|better than"
    rf"|rather than) (?P<k>{E})|(?:swap|replace|exchange|switch|trade|change|turn|substitute)(?: out)?\s+(?:all "
    rf"|the )*(?P<a>{E})(?: (?:{WORKS}|items?|products?|stuff|ones))?\s+(?:for|with|by|to|into)\s+(?:some |the "
    rf"|more )*(?P<b>{E})|not (?P<g>{E})(?: (?:{WORKS}|stuff))?,? but (?:rather )?(?P<h>{E})|(?:把"
    rf"|将)?(?P<c>{E})片?(?:都|全部)?(?:换|替换|改|换一换)(?:成|为)(?P<d>{E})片?|[用拿](?P<f>{E})片?(?:来)?(?:代替"
    rf"|替换|取代|替代|换掉)(?P<e>{E})片?"
)
NON = re.compile(rf"(?:只要|只看)?非(?P<a>{E})(?:品牌)?(?:的)?(?P<kind>{C})?|non[- ](?P<b>{E})(?:\s+(?P<sort>{C}))?")
_THINGS = (
    rf"(?P<things>(?:the |all |any |some |those |more |of )*{E}(?:(?:,|\s+and|\s+or|\s*&|,\s*and)\s+(?:the |all "
    rf"|any )?{E})*)"
)
_THINGS_CHINESE = rf"(?P<things>{E}(?:(?:、|和|与|跟|及|以及){E})*)"
_KIND_WORD = rf"(?: (?:{WORKS}|items?|products?|stuff|things?))?"
# A verb before the names and its particle behind them: "leave horror and war out", "tone the drama down".
FRAMES = tuple(
    (how, re.compile(rf"(?:{verbs}) {_THINGS}{_KIND_WORD} (?:{particles})(?![a-z])"))
    for how, verbs, particles in (
        (
            "no",
            "keep|leave|take|cut|filter|kick|throw|rule|screen|weed|strip|cross|get|count|put|set|strike|drop|pull"
            "|toss|chuck",
            r"(?:out|off|away|aside)(?: of| from)?(?:(?: the| this| my| her| his)? (?:list|recommendations?"
            r"|results?))?",
        ),
        ("no", "give", "a miss|the boot"),
        ("more", "give", "(?:more|extra|additional|greater) (?:weight|room|space|priority|prominence)"),
        ("less", "give", "(?:less|lower) (?:weight|room|space|priority|prominence)"),
        (
            "less",
            "tone|dial|turn|scale|play|bring|cut|push|move|take|ease|keep",
            "(?:down|back)(?: a (?:bit|notch|little)| the list| further)*",
        ),
        (
            "less",
            "cut|reduce|lower|trim|halve|slash|decrease",
            "(?:by|in|to) (?:a )?(?:half|third|quarter|lot|bit|little|two)",
        ),
        ("more", "double|triple|raise|increase|boost", "(?:by|to) (?:a )?(?:half|third|quarter|lot|bit|little|two)"),
        (
            "more",
            "turn|dial|bump|push|crank|bring|move|play|ramp|scale|put|rank|list|step",
            "(?:up|first|forward|on top|at the top|to the (?:top|front))(?: a (?:bit|notch|little)| the list"
            "| further)*",
        ),
    )
)
JUDGEMENT = re.compile(
    rf"(?<={T})(?:,? (?:and|but|she|he|they|who))* (?:found|thought|considered) (?:it|them)(?: was"
    r"| were)? (?:really |very |so |too |rather |pretty )*(?:(?P<nice>great|excellent|awesome|superb|brilliant"
    r"|wonderful|gripping|good|fun)|(?P<weak>dull|boring|terrible|awful|disappointing|tedious|dreadful"
    rf"|bad))(?![a-z])|(?<={T}) (?:really |very |so |too |rather |pretty )*(?:(?P<fine>great|excellent|awesome"
    r"|superb|brilliant|wonderful|gripping)|(?P<poor>dull|boring|terrible|awful|disappointing|tedious"
    r"|dreadful))(?![a-z])|(?:was|is|were) (?:far |way |much |a bit |rather )?too (?P<over>[a-z]+)(?![a-z])"
    r"|(?:(?P<pleased>delighted|thrilled|impressed|moved|charmed|pleased|wowed|captivated|amused)|(?P<bored>bored"
    r"|annoyed|disappointed|irritated|(?=left \w+ cold)left|put off|upset)) (?:her|him|them|me|us|the user"
    r"|the customer)(?: cold)?(?![a-z])|(?:was|is|were) (?:very |really |so |too |a |just )*(?:(?P<good>great|good"
    r"|excellent|awesome|fun|superb|brilliant|hit)|(?P<bad>bad|boring|terrible|awful|dull|disappointing|rubbish"
    r"|waste))(?![a-z])|(?:觉得|感觉|认为|评价)?(?:很|非常|挺|特别|超级?|真|蛮|相当)?(?:(?P<well>好看|好评|精彩"
    r"|满意|不错|有意思|好用|棒|赞|高分|好(?![像多]))|(?P<ill>不好|一般|难看|无聊|没意思|失望|糟糕?|烂|低分|差评"
    r"|差(?!不)|难用|不满意|不好看))"
)
# What may follow an operator that stands behind a name, and in what a name is left out.
BEHIND = re.compile(
    r"\s*(?:at all|allowed|wanted|welcome|needed|required|often|frequent(?:ly)?|prominent|for (?:her|him|them|me|us)"
    r"|(?:her|his|their|my) (?:thing|cup of tea|taste)|ok(?:ay)?|acceptable|appropriate|suitable|interesting|anymore"
    r"|any more|place(?: here| in (?:it|the list))?)?[\s.]*"
)
DROPPED = re.compile(r"\s*(?:dropped|excluded|removed|hidden|out|left out|skipped|avoided|banned|gone|omitted)\s*")
# "除了喜剧都不要", "drop everything except comedies"
EXCEPT_ALL = re.compile(
    rf"除了?{_THINGS_CHINESE}片?(?:以外|之外|外)?(?:的)?(?:其他|其它|别的|什么)?(?:的)?(?:都|全|一律|一概"
    r"|统统)+(?:不要|不看|不推荐?|别推荐?|去掉|排除|不考虑)|(?:drop|remove|hide|exclude|skip|omit|ditch|leave out"
    r"|filter out|get rid of|no|nothing|(?:don'?t|do not|never) (?:show|recommend|list)(?: me| her"
    r"| him)?)\s+(?:anything|everything|all|any|other|else|films?|movies?|items?|products?|genres?|categor(?:y|ies)"
    r"|brands?|things|stuff|\s)*(?:but|except(?: for)?|other than|besides"
    rf"|apart from)\s+{_THINGS.replace('(?P<things>', '(?P<those>')}"
)


def marked(line: Spotted, names: Names) -> list[Part]:
    """Names with a mark of their own: "horror: no", "+comedy", "replace this by that"."""

    def part(character: str, operator: str) -> Part:
        name = line.name(character)
        return said_of(name.kind, name.value, how_of(name.kind, operator), names)

    def yes_no(found: re.Match[str]) -> list[Part]:
        operator = "no" if found["no"] or found["minus"] or found["never"] else "more" if found["plus"] else ""
        return [part(found["a"] or found["b"] or found["c"], operator)]

    def swap(found: re.Match[str]) -> list[Part]:
        gone = next((found[group] for group in "acegk" if found[group]), None)
        come = next(found[group] for group in "bdfhil" if found[group])
        less = "less" if found["k"] else "no"  # who prefers one thing has nothing against the other
        return [*([part(gone, less)] if gone else []), part(come, "more")]

    def without(found: re.Match[str]) -> list[Part]:
        kept = found["kind"] or found["sort"]
        rest = [Category(line.name(kept).value, "only")] if kept else []
        return [part(found["a"] or found["b"], "no"), *rest]

    framed = [_framed(line, names, how, pattern) for how, pattern in FRAMES]
    return [
        *_framed(line, names, "only", EXCEPT_ALL),
        *apply(line, YES_NO, yes_no),
        *apply(line, SWAP, swap),
        *apply(line, NON, without),
        *(each for parts in framed for each in parts),
    ]


def _framed(line: Spotted, names: Names, operator: str, pattern: re.Pattern[str]) -> list[Part]:
    """Names between a verb and its particle: "leave horror and war out"."""

    def rule(found: re.Match[str]) -> list[Part]:
        things = next(words for words in found.groupdict().values() if words)
        meant = [line.name(character) for character in re.findall(E, things)]
        return [said_of(name.kind, name.value, how_of(name.kind, operator), names) for name in meant]

    return apply(line, pattern, rule)
