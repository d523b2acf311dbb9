"""Understanding a request with no generator: rules over a line in which names, numbers and dates are found.

The rules of `histories` and `amounts` go first and use up what they understand. What is left is read clause by clause:
words such as "no", "more of", "like" or "不要" say what is to be done with the names and the free words after them
(in Chinese, before them too). Free words become wishes; a clause that has figures or tells a story and that no rule
took is reported as not understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.dialogue import amounts, histories
from core.dialogue.amounts import apply
from core.dialogue.lexicon import VERB, content
from core.dialogue.names import Names
from core.dialogue.spotting import DONE, B, C, D, E, N, Spotted, T, Y, kind_of, spotted
from core.dialogue.structure import Brand, Category, Command, Item, Lean, Part, Understood, Wish

_COMMANDS = (
    (
        "reset",
        r"(?:start (?:over|again|afresh)|reset(?: (?:all|everything|the list))?|clear (?:all|everything"
        r"|it all)|from scratch|begin again|forget (?:everything|all of (?:it|that))|重新开始|重来|重置"
        r"|清空(?:全部|所有|条件)?|全部(?:清除|取消|重来)|从头(?:来|开始))",
    ),
    (
        "undo",
        r"(?:undo(?: (?:that|it|this|the last (?:one|turn|request)))?|take (?:that|it) back"
        r"|go back(?: one(?: step)?)?|revert(?: (?:that|it))?|never ?mind|scratch that|撤销|撤回"
        r"|取消(?:上一[步条个](?:条件|要求)?|刚才的?)|退回(?:上一步)?|返回上一步|上一步|刚才(?:那个|的)(?:不算|取消))",
    ),
)
_COMMAND = tuple(
    (
        name,
        re.compile(
            rf"^\W*(?:please |ok(?:ay)?,? |let'?s |(?:can|could|would) you (?:please )?|请|帮我)*{words}(?: please"
            rf"|一下|吧|了)?\W*$"
        ),
    )
    for name, words in _COMMANDS
)

# ---------------------------------------------------------------------------------------------- leans

_DEGREE = (
    r"(?:(?:a (?:bit|little)|somewhat|slightly|much|far|a lot|something|stuff|ones?|rather|even|really|please"
    r"|be|are|is|that(?:'s| is| are)?)\s+)*"
)
_NOT_TOO = (
    r"(?:(?:not|nothing|isn'?t|aren'?t|less|no|without|don'?t be)\s+(?:(?:too|so|that|as|very|overly|the"
    r"|anything)\s+)*)"
)
_NOT_CHINESE = r"(?:不要|别|不能|不用|不想要?|不)(?:那么|这么|老|再|总)?(?:推|推荐|看|给我|来)?(?:太|很|过于|特别)?"
_ABIT = r"(?:一点儿?|一些|点儿?|些|的|片子|商品|东西|电影)*"
_LEANS: dict[str, tuple[str, str, str, str]] = {
    # what: English words up and down, Chinese words up and down
    "price": (
        r"(?:more )?(?:expensive|premium|pricey|pricier|high-?end|luxur(?:y|ious)|upscale|costly"
        r"|exclusive|upmarket|deluxe)(?: (?:stuff|ones|items|things|products))?",
        r"(?:cheap(?:er|est)?(?: first)?|inexpensive|affordable|low[- ]?cost|low[- ]?priced"
        r"|budget[- ]?friendly|less expensive|less pricey|bargains?|good value|economical|lower[- ]priced"
        r"|(?:on a )?budget)(?: (?:stuff|ones|items|things|products|first))?",
        r"(?:贵|高端|高档|奢侈|豪华|高价|价格高|档次高)",
        r"(?:价格(?:不要|别|不)(?:太|那么)?高|便宜|实惠|平价|低价|性价比高?|经济实惠|划算|廉价|价格低|亲民)",
    ),
    "year": (
        r"(?:(?:more )?(?:recent(?:ly released)?|modern|contemporary|new(?:er|est)|up[- ]to[- ]date"
        r"|latest|current)(?: (?:stuff|ones|items|things|products|films?|movies?|releases?))?)",
        r"(?:old(?:er|est)(?: (?:stuff|ones|items|things|films?|movies?))?|vintage|retro|less recent"
        r"|old[- ]school|golden oldies|oldies)",
        r"(?:新一?[点些]|更新|比较新|较新|新片|近期|最新|新上映)",
        r"(?:老一?[点些]|更老|旧一?[点些]|老片|老电影|怀旧|复古|经典老片)",
    ),
    "popularity": (
        r"(?:(?:more )?(?:popular|mainstream|well[- ]known|famous|best[- ]?sell(?:ing|ers?)|trending"
        r"|blockbusters?|hits|big hits|crowd[- ]pleasers?)(?: (?:stuff|ones|items|things|picks|films?"
        r"|movies?|products?))?)",
        r"(?:less (?:popular|mainstream|well[- ]known|famous|obvious)|(?:more )?(?:obscure|niche|unknown"
        r"|lesser[- ]known|hidden gems?|unpopular|rare|off the beaten track|underrated|long[- ]tail|indie"
        r"|non[- ]mainstream))(?: (?:stuff|ones|items|things|picks|films?|movies?|products?))?",
        r"(?:[买卖看]得最[多好]|销量[高好]|热门|流行|大众|爆款|畅销|火|知名|大片|主流|受欢迎)",
        r"(?:冷门|小众|不知名|非主流|没那么火|不热门|长尾)",
    ),
    "variety": (
        r"(?:(?:more )?(?:variety|varied|diverse|diversity|different kinds|mixed|a mix|mix it up"
        r"|all over the place|of a mix)|diversif(?:y|ied)|less (?:of the same|similar|repetitive"
        r"|monotonous)|broader|less alike|wider range)(?: (?:in|of) the list)?",
        r"(?!)",
        r"(?:(?:不要|别)(?:老是|总是|老|总)?(?:推荐?)?(?:同一类|同类|一样)的?|多样化?|丰富|多元|花样多"
        r"|不要?(?:太)?(?:单一|雷同|重复|千篇一律)|种类多|各种各样|分散)",
        r"(?!)",
    ),
    "novelty": (
        r"(?:something (?:new|different|completely different|unexpected)|surpris(?:e|es|ing)(?: (?:me|her"
        r"|him|them|us))?|(?:more )?(?:novel|novelty|unfamiliar|serendipit(?:y|ous)|unexpected)"
        r"|(?:things |something |items |anything )?(?:\w+ ){0,2}(?:has|have) never (?:bought|seen|watched"
        r"|tried|had) anything like|never tried|outside (?:her|his|their|the) (?:usual )?(?:bubble"
        r"|comfort zone|taste)|unlike (?:her|his|their) (?:history|past|usual)|out of (?:her|his"
        r"|their) (?:bubble|comfort zone))",
        r"(?!)",
        r"(?:没(?:有)?(?:接触|尝试|试)过的(?:新鲜)?|新鲜|意想不到|惊喜|新奇|没见过|与众不同|不一样"
        r"|跳出(?:舒适圈|信息茧房))",
        r"(?!)",
    ),
}
_TOLERATED = re.compile(
    r"^[^\w]*(?:也没关系|也没事|也行|也可以|无所谓|都行|也无妨|没关系|都可以|也能接受)|^\s*(?:is"
    r"|are)? ?(?:fine|ok(?:ay)?|no problem|acceptable|doesn'?t matter)"
)


def _lean_patterns() -> list[tuple[str, int, re.Pattern[str]]]:
    found = []
    for what, (up, down, up_chinese, down_chinese) in _LEANS.items():
        for sign, english, chinese in ((1, up, up_chinese), (-1, down, down_chinese)):
            found.append(
                (
                    what,
                    -sign,
                    re.compile(
                        rf"(?:(?:it|they|these|those|this|all)(?:'s|'re| is| are)? )?(?:way |much |far "
                        rf"|a bit )?too {english}(?![a-z])|(?:都)?太{chinese}了|{chinese}[的货]*(?:都|也|就)*(?:不要"
                        rf"|别要?|不看|去掉|不考虑)"
                    ),
                )
            )
            found.append((what, -sign, re.compile(rf"{_NOT_TOO}{english}(?![a-z])|{_NOT_CHINESE}{chinese}{_ABIT}")))
    for what, (up, down, up_chinese, down_chinese) in _LEANS.items():
        for sign, english, chinese in ((-1, down, down_chinese), (1, up, up_chinese)):
            pattern = (
                rf"(?:more |prefer |only |just )?{_DEGREE}(?<![a-z]){english}(?![a-z])(?: would be (?:nice"
                rf"|good|great)| please| only)*|(?:要|来|想要|想看|更|再|只|我|推|多|稍微?|尽量|希望|最好"
                rf"|多推?)*{chinese}{_ABIT}"
            )
            found.append((what, sign, re.compile(pattern)))
    return found


_LEAN = _lean_patterns()


def _leans(line: Spotted, names: Names) -> list[Part]:
    parts: list[Part] = []
    for what, sign, pattern in _LEAN:
        if (what == "year" and not names.dated) or (what == "price" and not names.priced):
            continue

        def rule(found: re.Match[str], what: str = what, sign: int = sign) -> list[Part] | None:
            if _TOLERATED.match(line.line[found.end() :]) or DONE in found[0].strip(DONE):
                return None
            if re.search(r"\bthan\s*$|^\s*than\b", line.line[found.end() : found.end() + 6]):
                return None
            if re.match(rf"\s*{T}", line.line[found.end() :]) and re.search("new|老|新", found[0]):
                return None
            return [Lean(what, sign)]

        parts += apply(line, pattern, rule)
    kept: dict[str, Part] = {}
    for part in parts:
        assert isinstance(part, Lean)
        kept.setdefault(part.what, part)
    return list(kept.values())


# ---------------------------------------------------------------------------------------------- what to do with names

_OPERATORS: tuple[tuple[str, str], ...] = (
    # The first that matches at a place is taken: longer ones stand before those that they begin with.
    ("only", r"nothing but|none other than"),
    ("more", r"not enough(?: of)?|too few|too little"),
    (
        "no",
        r"(?:anything|everything|all|whatever) (?:but|except|other than)|(?:things? |items? |products? "
        r"|brands? |makers? |films? |movies? )?other than|apart from|aside from|except(?:ing| for)?|besides",
    ),
    (
        "dislike",
        r"nothing like|not (?:at all )?like|unlike|less like|not (?:a (?:big )?)?fans? of|no fans? of|(?:does"
        r"|do|did|would)(?:n'?t| not)(?: really| much)? (?:like|enjoy|care for|love)|dislike[sd]?|hate[sd]?"
        r"|can'?t stand|detest(?:s|ed)?|not (?:that |really |very )?(?:interested in|keen on|into|fond of)"
        r"|不喜欢|讨厌|不爱看?|反感|不感兴趣的?|没兴趣|不像|受不了",
    ),
    ("no", r"rather than|instead of"),
    (
        "less",
        rf"over(?=\s*(?:the )?{E})|(?:there are |there is |way |far )*(?:too|so) (?:many|much)|(?:a (?:bit"
        rf"|little|lot|few) |much |somewhat |slightly |far )?(?:less|fewer)(?: of(?: the)?)?|not (?:so|too"
        rf"|that|as) (?:many|much)|(?:reduce|lower|halve|limit)(?: the)?(?: number| share"
        rf"| amount)?(?: of)?|had it with|tone down|cut (?:down|back)(?: on)?|(?:has |have |she'?s |he'?s "
        rf"|they'?ve |she |he |i'?ve )*(?:had |seen )?(?:quite )?enough(?: of)?|(?:tired|sick|bored) (?:of"
        rf"|with|by)|fed up with|go easy on|down-?weight|de-?prioriti[sz]e"
        r"|减少|不要太多|别太多|不要那么多|太多的?(?!了)|少一?[点些](?:儿)?|少推荐?[点些]?"
        r"|少来[点些]?|少给[点些]?|少看[点些]?|少放[点些]?|降低|没什么兴趣(?:买|看)?|不太(?:喜欢"
        r"|想看|想要)|看腻了?|买腻了?|不怎么(?:喜欢|想看|想要)",
    ),
    (
        "ban",
        r"(?:don'?t|do not|never|stop|no need to) (?:ever )?(?:show|recommend|suggest|list|give|display"
        r"|bring up|include)(?:ing)?(?: me| her| him| us| them)?(?: with)?(?: any(?: more)?(?: of)?)?"
        r"|stop (?:showing|recommending|suggesting)(?: me| her| him)?|再也不(?:想)?(?:看到?|要|买|推)"
        r"|别再(?:出现|推荐?|显示|给我|来)|不要再(?:出现|推荐?|显示|给我|来)|不想再?看到|别出现|屏蔽|拉黑",
    ),
    (
        "no",
        r"no more(?: of)?|no|not(?: any)?|none of|without(?: any)?|w/o|exclud(?:e|es|ing)|skip(?:ping)?"
        r"|drop(?:ping)?|remov(?:e|ing)|avoid(?:ing)?|leave out|leav(?:e|ing) off|omit|minus"
        r"|(?:we )?(?:don'?t|no longer) (?:sell|stock|carry|have|offer)|get rid of"
        r"|filter out|take out|hide|ban|block|nothing (?:from|by|in|with|about|to do with|related to)|nothing"
        r"|never|(?:i |we |she |he )?(?:don'?t|do not|doesn'?t) (?:want|need)(?: any| to see)?"
        r"|不要|不想要|不想看|不看|不买|不需要|别再|别老?推荐?|别要?|去掉|去除|排除|剔除|删掉|移除"
        r"|过滤掉?|不含|不包括|没有|拒绝|不考虑|避开|不推荐?|勿推|不来|禁止|除了?|不是",
    ),
    (
        "more",
        r"(?:a (?:bit|little|lot|few) |much |some |many |even |slightly |a little bit )?more(?: of(?: the)?)?"
        r"|additional|extra|(?:put |add |give |show )?(?:in )?(?:some|a few) (?:more|additional|extra)"
        r"|(?:increase|double|raise)(?: the)?(?: number| share| amount)?(?: of)?|boost|mostly|mainly"
        r"|primarily|largely|prefers?|preferably|preferring|favou?rs?|favou?ring"
        r"|up-?weight|prioriti[sz]e|emphasi[sz]e|focus(?:ing)? (?:more )?on|lean(?:ing)? towards?|ideally"
        r"|i'd rather(?: have| see)?|rather"
        r"|换成?|增加|重点(?:推荐?)?|主推|着重(?:推荐?)?|更多的?|多一?[点些](?:儿)?|多推荐?[点些]?"
        r"|多来[点些]?|多给[点些]?|多看[点些]?"
        r"|多放[点些]?|再加一?[点些]|再来[点些]|加一?[点些]|更?偏爱|更喜欢|偏好|优先(?:推荐|考虑)?"
        r"|更爱|侧重|最好是?|更想看|更想要",
    ),
    (
        "like",
        r"(?:something |anything |more |things |ones |items |films |movies |stuff |much |just "
        r"|other )*(?:like|similar to|comparable to|close to|resembling|along the lines of|in the (?:style"
        r"|vein|spirit|manner) of|reminiscent of|akin to|such as|as good as|in line with)|(?:really |also "
        r"|absolutely |still )*(?:likes|liked|(?:i|we|they|people|users) love|loves|loved|enjoys?|enjoyed"
        r"|adores?|adored)|(?:is |a |big |huge )*fans? of|(?:is |are )?(?:into|fond of|keen on|crazy about"
        r"|interested in)"
        r"|类似于?|跟(?=.*(?:类似|差不多|一样|相似|相近|同类|那种|那样))|像|很?喜欢|爱看?"
        r"|和(?=.*(?:类似|差不多|一样|相似|相近|同类))|与(?=.*(?:类似|差不多|一样|相似|相近))|参考"
        r"|感兴趣的是|(?:很|比较|非常)?感兴趣",
    ),
    (
        "only",
        r"(?:(?:show|give|find|get|recommend|suggest|list|display|bring)(?: me| us| her| him)?(?: only| just"
        r"| some| any| a few)?|only|just|exclusively|solely|(?:limit|restrict|narrow)(?:ed)?(?: it| the list"
        r"| down)* to|stick(?:ing)? to|(?:i|we|she|he|they)(?:(?:'d| would) (?:only |just )?(?:like|love)"
        r"| (?:only |just )?(?:wants?|needs?))(?: to (?:see|have|get|watch|buy))?|wants? to (?:see|have|get"
        r"|watch|buy)|(?:she|he|they)(?:'s| is|'re| are) looking for|i'?m looking for|looking for"
        r"|(?:in the )?mood for|we (?:want|need)|any(?:thing)?(?: (?:by|from|in|of|with))?|some|all|keep to"
        r"|must be|has to be|should be|make it|from|by|in|with)"
        r"|推荐?[点些](?:儿)?|只(?:要|看|推荐?|想要|想看|买|选|考虑|限)?|仅(?:看|要|限|推荐)?|就要"
        r"|我?要看?|我?想看|我?想要|给我(?:来|推荐?)?|来[点些个]?|找|推荐?|限定?(?:在|于)?|必须是",
    ),
)
_OPERATOR = re.compile(
    "|".join(f"(?P<o{number}>(?<![a-z'])(?:{words})(?![a-z']))" for number, (_, words) in enumerate(_OPERATORS))
)
_NAMES_OF = tuple(name for name, _ in _OPERATORS)
_FIRM = {"no", "less", "more", "dislike", "like", "ban"}
_CLAUSE = re.compile(
    r"[,;.!?:，。；！？：、\n()（）]+|(?<!anything )(?<!everything )(?<!nothing )(?<!all )\bbut\b|\bthen\b"
    r"|\bhowever\b|\bwhile\b|\bplus\b|\bso (?=stop|no\b|don|please|avoid|skip|show|give|drop|hide)|但是?"
    r"|不过|可是|而且|另外|并且|然后|同时|只是|(?<=[^\s])也(?=[不别要喜]"
    r"|没[^关事问])"
)
_AND = re.compile(
    r"\s*(?:,|、|，|\band\b|\bor\b|\bnor\b|&|/|和|或者?|与|跟|以及|还有|及|\+)\s*(?:any |the |some |no |also "
    r"|brand |brands |品牌)*"
)
_AFTER_NO = re.compile(
    r"(?:都|就|也|请|全部?|全都|这些|这类|一律|统统)*(?:不要|不想要|别要?推?荐?|不看|去掉|排除|除外|就算了"
    r"|算了|不行|不考虑|免了|不感兴趣|没兴趣|不需要|删掉|剔除|以外|之外|外)(?:了)?(?:的|其他|其它|别的)*"
)
_OUTSIDE = re.compile(r"(?:以外|之外|外)(?:的)?")
_AFTER_LESS = re.compile(
    r"(?:都)?(?:少[放推来给]?荐?一?[点些]|(?:的)?(?:占比|比例|比重|份额)(?:再)?[低小少]一?[点些]?|太多了?"
    r"|看腻了|腻了|买够了|看够了)"
)
_AFTER_MORE = re.compile(
    r"(?:多[放推来给]?荐?(?:一?[点些]|几个)|(?:的)?(?:占比|比例|比重|份额)(?:再)?[高大多]一?[点些]?|太少了?"
    r"|不够多?|优先)"
)
_AFTER_LIKE = re.compile(r"(?:那样|那种|这种|这样|一样|差不多|类似|相似|相近|同类|那类|之类|同款|风格)(?:的)?")
_TOLD = re.compile(
    rf"\s*(?:she|he|they|(?:the |this )?(?:user|customer))(?:'s| has| had| have)?(?: already| just| also| once"
    rf"| recently)* (?:bought|purchased|ordered|saw|seen|watched|viewed|rated|clicked|read|listened|played|got"
    rf"|owns|has)(?![a-z]).*{E}"
)
_LIMIT_OF_ONE = re.compile(
    rf"(?:at most|no more than|not more than|up to|max(?:imum)?(?: of)?|at least|最多|至多|不超过|别超过"
    rf"|至少)\s*{N}\s*(?:个|部|条|本|款|\w+ )?\s*{C}"
)
# What an unknown word narrows down ("no gaming laptops") is not all of its kind.
_NARROWER = re.compile(rf"^[\s{DONE}]*((?:[a-z][\w'-]* )+|[\u3400-\u9fff]+(?<!的))(?:[{C[1:-1]}])(?!\s*的)")
_YES_NO = re.compile(
    rf"(?P<a>{E})\s*[:=]?\s*(?:(?P<no>no|nope|out|never)|(?P<yes>yes))(?=\s*(?:$|[,;.!]|and\b))"
    rf"|(?<![\w\d])(?:(?P<minus>-)|(?P<plus>\+))\s?(?P<b>{E})"
)
_SWAP = re.compile(
    rf"(?:swap|replace|exchange|switch)\s+(?:the )?(?P<a>{E})\s+(?:for|with|by|to)\s+(?:the )?(?P<b>{E})|(?:把"
    rf"|将)(?P<c>{E})(?:都|全部)?(?:换|替换|改)(?:成|为)(?P<d>{E})"
)
_NON = re.compile(
    rf"(?:只要|只看)?非(?P<a>{E})(?:品牌)?(?:的)?(?P<kind>{C})?|non[- ](?P<b>{E})(?:\s+(?P<sort>{C}))?"
    rf"|(?:keep|leave) (?P<c>{E}) (?:out|off)(?: of)?(?: the| this)?(?: list)?"
)
_COLON = re.compile(r"((?:include|exclude|only|not?|without|want|like|more|less|不要|只要|只看|排除|去掉)\s*)[:：]")
_JUDGEMENT = re.compile(
    r"(?:was|is|were) (?:very |really |so |too |a |just )*(?:(?P<good>great|good|excellent|awesome|fun"
    r"|superb|brilliant|hit)"
    r"|(?P<bad>bad|boring|terrible|awful|dull|disappointing|rubbish|waste))(?![a-z])"
)
_PARTICLES = re.compile(rf"一些|一点|几个|[\s{DONE}外的了吧都全也就请啊呀哦]|其他|其它|别的|推荐")
_STORY = re.compile(
    rf"(?:(?:^|\s)(?:she|he|they|the user|the customer)(?:'s)? (?:has |have |had |already |just |also "
    rf"|once )*(?:{VERB}|is|are|was|were|lives?|works?|said|told|complain\w*)(?![a-z])|\b(?:yesterday"
    rf"|last (?:week|month|year|night|time)|ago|today|tomorrow|already|at least)\b|\d|{N}|{Y}|{D}|去年|昨天"
    rf"|前天|今天|明天|上次|刚刚|(?:is|are) (?:fine|ok(?:ay)?|no problem|allowed)|无所谓|没关系|随意|随便|也行"
    rf"|都行|可以\W*$)"
)


@dataclass
class _Piece:
    """Part of a clause: what one operator speaks of, `line[start:end]`."""

    operator: str
    start: int
    end: int


def understand(text: str, names: Names) -> Understood:
    """What a request asks for. Never fails: what it does not understand, it says."""
    line = spotted(text, names)
    line.line = _COLON.sub(lambda found: f"{found[1]} ", line.line)
    for name, pattern in _COMMAND:
        if pattern.match(line.line):
            return Understood(text, (Command(name),))
    told = _told(line)
    parts: list[Part] = [
        *histories.moments(line, names),
        *histories.what_ifs(line, names),
        *histories.doings(line, names),
        *histories.target(line, names),
        *histories.seen(line),
        *amounts.most(line),
    ]
    costs = amounts.price(line, names)
    dated = amounts.years(line) if names.dated else []
    parts += [*costs, *dated, *amounts.count(line), *_leans(line, names)]
    parts += _marked(line, names)
    limits = told + [line.span(*found.span()) for found in _LIMIT_OF_ONE.finditer(line.line)]
    apply(line, _LIMIT_OF_ONE, lambda _: [])
    rest, missed = _clauses(line, names)
    return Understood(text, tuple(dict.fromkeys([*parts, *rest])), tuple(sorted([*limits, *missed])))


def _told(line: Spotted) -> list[tuple[int, int]]:
    """Clauses that tell what the user did already and ask for nothing."""
    spans, at = [], 0
    for cut in [*_CLAUSE.finditer(line.line), None]:
        end = cut.start() if cut is not None else len(line.line)
        if _TOLD.match(line.line[at:end]):
            spans.append(line.span(at, end))
            line.use(at, end)
        at = cut.end() if cut is not None else end
    return spans


def _marked(line: Spotted, names: Names) -> list[Part]:
    """Names with a mark of their own: "horror: no", "+comedy", "replace this by that"."""

    def part(character: str, operator: str) -> Part:
        name = line.name(character)
        return _meant(name.kind, name.value, _how(name.kind, operator), names)

    def yes_no(found: re.Match[str]) -> list[Part]:
        operator = "no" if found["no"] or found["minus"] else "more" if found["plus"] else ""
        return [part(found["a"] or found["b"], operator)]

    def swap(found: re.Match[str]) -> list[Part]:
        return [part(found["a"] or found["c"], "no"), part(found["b"] or found["d"], "more")]

    def without(found: re.Match[str]) -> list[Part]:
        kept = found["kind"] or found["sort"]
        rest = [Category(line.name(kept).value, "only")] if kept else []
        return [part(found["a"] or found["b"] or found["c"], "no"), *rest]

    return apply(line, _YES_NO, yes_no) + apply(line, _SWAP, swap) + apply(line, _NON, without)


def _clauses(line: Spotted, names: Names) -> tuple[list[Part], list[tuple[int, int]]]:
    parts: list[Part] = []
    missed: list[tuple[int, int]] = []
    inherited, liking = "", False
    at = 0
    for cut in [*_CLAUSE.finditer(line.line), None]:
        end = cut.start() if cut is not None else len(line.line)
        pieces = _pieces(line, at, end, inherited)
        for piece in pieces:
            if piece.operator == "like":
                liking = True
            elif piece.operator == "no" and liking:
                piece.operator = "not like"  # "she likes this one, not that one"
            made, left = _read(line, piece, names)
            parts += made
            missed += left
        listed = cut is not None and re.fullmatch(r"[,、，]\s*", cut[0]) is not None
        if pieces:
            inherited = pieces[-1].operator if listed else ""
        elif not listed:
            inherited = ""
        at = cut.end() if cut is not None else end
    return parts, missed


def _pieces(line: Spotted, start: int, end: int, inherited: str) -> list[_Piece]:
    """A clause taken apart at its operators. One that begins with a name and has none goes on as the one before."""
    body = line.line[start:end]
    if not body.strip(DONE + " "):
        return []
    marks = list(_OPERATOR.finditer(body))
    pieces: list[_Piece] = []
    first = marks[0].start() if marks else len(body)
    head, goes_on = body[:first], False
    if head.strip(DONE + " "):
        bare = re.fullmatch(rf"[\s{DONE}]*(?:and |or |nor |the |any |brand |和|或)*{E}.*", head, re.S) is not None
        goes_on = bare and inherited in ("no", "only", "less", "more", "dislike", "like", "ban")
        pieces.append(_Piece(inherited if goes_on else "", start, start + first))
    for number, mark in enumerate(marks):
        until = marks[number + 1].start() if number + 1 < len(marks) else len(body)
        operator = _NAMES_OF[int(str(mark.lastgroup)[1:])]
        rest = _PARTICLES.sub("", body[mark.end() : until])
        before = pieces[-1] if pieces else None
        if before and operator == before.operator == "like" and _AFTER_LIKE.match(mark[0]):
            before.end = start + until  # "和…类似的"
        elif not rest and before and (before.operator in ("", "only") or goes_on) and mark[0][-1] >= "\u3400":
            before.operator = operator  # "太暴力的不要"
        elif rest or operator != "only" or number == 0:
            pieces.append(_Piece(operator, start + mark.end(), start + until))
    return _merged(line, pieces)


def _merged(line: Spotted, pieces: list[_Piece]) -> list[_Piece]:
    """A weak operator inside a firm one's reach is none: "no films from Disney", "more by Tessel", "show me less"."""
    kept: list[_Piece] = []
    for piece in pieces:
        before = kept[-1] if kept else None
        between = line.line[before.start : before.end] if before else ""
        empty = not re.search(E, between) and not content(between)
        if before and piece.operator == "only" and before.operator in _FIRM and empty:
            kept[-1] = _Piece(before.operator, before.start, piece.end)
        elif before and before.operator in ("only", "") and piece.operator in _FIRM and empty:
            kept[-1] = piece
        elif before and before.operator == "no" and piece.operator in ("more", "like") and empty:
            kept[-1] = _Piece("dislike" if piece.operator == "like" else "no", piece.start, piece.end)
        elif before and piece.operator == "only" and before.operator == "only" and empty:
            kept[-1] = piece
        else:
            kept.append(piece)
    return kept


def _read(line: Spotted, piece: _Piece, names: Names) -> tuple[list[Part], list[tuple[int, int]]]:
    """The parts that one piece of a clause makes, and what in it was not understood."""
    operator, body = piece.operator, line.line[piece.start : piece.end]
    turn = len(body)  # from where on names are what is left: "华为以外的手机"
    outside = _OUTSIDE.search(body) if operator in ("no", "not like") else None
    if outside:
        turn = outside.end()
        body = body[: outside.start()] + DONE * len(outside[0]) + body[outside.end() :]
    after = _AFTER_NO.search(body) or _AFTER_LESS.search(body) or _AFTER_MORE.search(body)
    if after and operator in ("", "only"):
        group = (("no", _AFTER_NO), ("less", _AFTER_LESS), ("more", _AFTER_MORE))
        operator = next(name for name, pattern in group if pattern.search(body))
        turn = after.end() if "外" in after[0] else turn
        body = body[: after.start()] + DONE * (after.end() - after.start()) + body[after.end() :]
    alike = _AFTER_LIKE.search(body)
    if alike and operator in ("", "only", "like"):
        operator = "like" if re.search(T, body) or operator == "like" else operator
        body = body[: alike.start()] + DONE * (alike.end() - alike.start()) + body[alike.end() :]
    judged = _JUDGEMENT.search(body)
    if judged and operator == "" and re.search(T, body):
        operator = "like" if judged["good"] else "dislike"
        body = body[: judged.start()] + DONE * (judged.end() - judged.start()) + body[judged.end() :]
    parts: list[Part] = []
    first_after = alike.end() if alike else len(body)
    if operator in ("like", "dislike", "ban") and not re.search(T, body):
        linked = _linked(line, piece, body, names, operator)
        if linked:
            return linked, []
    if operator in ("no", "less", "not like", "ban"):
        narrower = _NARROWER.search(body)
        if narrower and content(narrower[1]) and not re.search(E, body[: narrower.start()] + body[narrower.end() :]):
            return [Wish(_tidy(line.words(piece.start, piece.end)), -1.0)], []
    modified = re.search(rf"[\u3400-\u9fff]的\s*{C}[\s{DONE}]*$", body) if operator in ("no", "not like") else None
    for place in range(len(body)):
        kind = kind_of(body[place])
        if kind in ("category", "brand", "item"):
            name = line.name(body[place])
            told = kind == "category" and (place >= first_after or modified)
            how = "only" if told or place >= turn else _how(name.kind, operator)
            following = re.match(rf"{B}\s*的?\s*({C})", body[place:])
            if following and how in ("no", "less", "more"):
                parts.append(Brand(name.value, how, line.name(following[1]).value))
                body = body[:place] + DONE * following.end() + body[place + following.end() :]
                continue
            parts.append(_meant(name.kind, name.value, how, names))
            body = body[:place] + DONE + body[place + 1 :]
    free = body.replace(DONE, " ")
    more, missed = _wishes(line, piece, free, operator, bool(parts), names)
    return [*parts, *more], missed


_HOW_ITEM = {"no": "ban", "ban": "ban", "not like": "dislike", "less": "dislike", "dislike": "dislike"}
_HOW = {"no": "no", "ban": "no", "not like": "no", "less": "less", "dislike": "less", "more": "more", "like": "more"}


def _how(kind: str, operator: str) -> str:
    if kind == "item":
        return _HOW_ITEM.get(operator, "like")
    return _HOW.get(operator, "only")


def _meant(kind: str, value: str, how: str, names: Names) -> Part:
    if kind == "item":
        code = int(value)
        return Item(names.ids[code], names.titles[code], how)
    return Category(value, how) if kind == "category" else Brand(value, how)


def _linked(line: Spotted, piece: _Piece, body: str, names: Names, operator: str) -> list[Part]:
    """Items that free words after "like" or "hated" name by a piece of the title."""
    parts: list[Part] = []
    for start, end in _split_and(body):
        if re.search(E, body[start:end]) and not content(re.sub(E, " ", body[start:end])):
            return []
        words = "".join(
            " " if body[place] == DONE else line.words(piece.start + place, piece.start + place + 1)
            for place in range(start, end)
        )
        words = re.sub(
            r"^(?:the |a |an |that |this |her |his |some )+|(?:的)?(?:书|电影|片|商品|东西)?$|\s+(?:please"
            r"|too|again|either|anymore|though)$",
            "",
            words.strip(" .的"),
        ).strip()
        codes = (names.items_called(words) or names.items_called(words.replace("的", ""))) if words else []
        if len(codes) != 1:
            return []
        parts.append(Item(names.ids[codes[0]], names.titles[codes[0]], _how("item", operator)))
    return parts


def _split_and(body: str) -> list[tuple[int, int]]:
    cuts, at = [], 0
    for found in _AND.finditer(body):
        if found.end() > found.start():
            cuts.append((at, found.start()))
            at = found.end()
    return [(start, end) for start, end in [*cuts, (at, len(body))] if body[start:end].strip(DONE + " ")]


def _wishes(
    line: Spotted, piece: _Piece, body: str, operator: str, named: bool, names: Names
) -> tuple[list[Part], list[tuple[int, int]]]:
    """Free words as wishes; with figures in them, or as a story, they are not understood."""
    text = body
    said = content(re.sub(f"{N}|{Y}|{D}", " ", text))
    if not said and not re.search(rf"{N}|{Y}|{D}", text):
        return [], []
    start = piece.start + len(text) - len(text.lstrip())
    end = piece.start + len(text.rstrip())
    if _STORY.search(text):
        return [], [line.span(start, end)]
    if not named and operator in ("no", "only") and len(said) <= 2:
        meant = names.meant_category(" ".join(said))
        if meant:
            return [Category(meant, "no" if operator == "no" else "only")], []
    weight = -1.0 if operator in ("no", "not like", "less", "dislike", "ban") else 1.0
    words = _tidy(line.words(piece.start, piece.end) if not named else text)
    return [Wish(words, weight)], []


def _tidy(words: str) -> str:
    words = re.sub(r"\s+", " ", words).strip(" ,.;:!?，。；：！？、'\"")
    words = re.sub(r"^(?:films?|movies?|items?|products?)\s+(?=\w)", "", words)
    words = re.sub(
        r"^(?:(?:and|or|but|the|a|an|please|also|something|anything|things?|stuff|as|too|so|very|that|which"
        r"|is|are|to|of|for me|me|be|it)\s+)+",
        "",
        words,
    )
    words = re.sub(r"(?:\s+(?:please|too|and|or|the|a|as well|though|would be (?:nice|good|great)))+$", "", words)
    return re.sub(r"^(?:要|更|有|又|的|太|很|比较|最好)+|(?:一点儿?|一些|点|些|的|吧|了|也)+$", "", words).strip()
