"""The words that say what is to be done with the names and wishes around them, and where clauses end."""

from __future__ import annotations

import re

from core.dialogue.lexicon import VERB
from core.dialogue.spotting import DONE, C, D, E, N, Y

OPERATORS: tuple[tuple[str, str], ...] = (
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
OPERATOR = re.compile(
    "|".join(f"(?P<o{number}>(?<![a-z'])(?:{words})(?![a-z']))" for number, (_, words) in enumerate(OPERATORS))
)
NAMES_OF = tuple(name for name, _ in OPERATORS)
FIRM = {"no", "less", "more", "dislike", "like", "ban"}
CLAUSE = re.compile(
    r"[,;.!?:，。；！？：、\n()（）]+|(?<!anything )(?<!everything )(?<!nothing )(?<!all )\bbut\b|\bthen\b"
    r"|\bhowever\b|\bwhile\b|\bplus\b|\bso (?=stop|no\b|don|please|avoid|skip|show|give|drop|hide)|但是?"
    r"|不过|可是|而且|另外|并且|然后|同时|只是|(?<=[^\s])也(?=[不别要喜]"
    r"|没[^关事问])"
)
AND = re.compile(
    r"\s*(?:,|、|，|\band\b|\bor\b|\bnor\b|&|/|和|或者?|与|跟|以及|还有|及|\+)\s*(?:any |the |some |no |also "
    r"|brand |brands |品牌)*"
)
AFTER_NO = re.compile(
    r"(?:都|就|也|请|全部?|全都|这些|这类|一律|统统)*(?:不要|不想要|别要?推?荐?|不看|去掉|排除|除外|就算了"
    r"|算了|不行|不考虑|免了|不感兴趣|没兴趣|不需要|删掉|剔除|以外|之外|外)(?:了)?(?:的|其他|其它|别的)*"
)
OUTSIDE = re.compile(r"(?:以外|之外|外)(?:的)?")
AFTER_LESS = re.compile(
    r"(?:都)?(?:少[放推来给]?荐?一?[点些]|(?:的)?(?:占比|比例|比重|份额)(?:再)?[低小少]一?[点些]?|太多了?"
    r"|看腻了|腻了|买够了|看够了)"
)
AFTER_MORE = re.compile(
    r"(?:多[放推来给]?荐?(?:一?[点些]|几个)|(?:的)?(?:占比|比例|比重|份额)(?:再)?[高大多]一?[点些]?|太少了?"
    r"|不够多?|优先)"
)
AFTER_LIKE = re.compile(r"(?:那样|那种|这种|这样|一样|差不多|类似|相似|相近|同类|那类|之类|同款|风格)(?:的)?")
TOLD = re.compile(
    rf"\s*(?:she|he|they|(?:the |this )?(?:user|customer))(?:'s| has| had| have)?(?: already| just| also| once"
    rf"| recently)* (?:bought|purchased|ordered|saw|seen|watched|viewed|rated|clicked|read|listened|played|got"
    rf"|owns|has)(?![a-z]).*{E}"
)
LIMIT_OF_ONE = re.compile(
    rf"(?:at most|no more than|not more than|up to|max(?:imum)?(?: of)?|at least|最多|至多|不超过|别超过"
    rf"|至少)\s*{N}\s*(?:个|部|条|本|款|\w+ )?\s*{C}"
)
# What an unknown word narrows down ("no gaming laptops") is not all of its kind.
NARROWER = re.compile(rf"^[\s{DONE}]*((?:[a-z][\w'-]* )+|[\u3400-\u9fff]+(?<!的))(?:[{C[1:-1]}])(?!\s*的)")
YES_NO = re.compile(
    rf"(?P<a>{E})\s*[:=]?\s*(?:(?P<no>no|nope|out|never)|(?P<yes>yes))(?=\s*(?:$|[,;.!]|and\b))"
    rf"|(?<![\w\d])(?:(?P<minus>-)|(?P<plus>\+))\s?(?P<b>{E})"
)
SWAP = re.compile(
    rf"(?:swap|replace|exchange|switch)\s+(?:the )?(?P<a>{E})\s+(?:for|with|by|to)\s+(?:the )?(?P<b>{E})|(?:把"
    rf"|将)(?P<c>{E})(?:都|全部)?(?:换|替换|改)(?:成|为)(?P<d>{E})"
)
NON = re.compile(
    rf"(?:只要|只看)?非(?P<a>{E})(?:品牌)?(?:的)?(?P<kind>{C})?|non[- ](?P<b>{E})(?:\s+(?P<sort>{C}))?"
    rf"|(?:keep|leave) (?P<c>{E}) (?:out|off)(?: of)?(?: the| this)?(?: list)?"
)
COLON = re.compile(r"((?:include|exclude|only|not?|without|want|like|more|less|不要|只要|只看|排除|去掉)\s*)[:：]")
JUDGEMENT = re.compile(
    r"(?:was|is|were) (?:very |really |so |too |a |just )*(?:(?P<good>great|good|excellent|awesome|fun"
    r"|superb|brilliant|hit)"
    r"|(?P<bad>bad|boring|terrible|awful|dull|disappointing|rubbish|waste))(?![a-z])"
)
PARTICLES = re.compile(rf"一些|一点|几个|[\s{DONE}外的了吧都全也就请啊呀哦]|其他|其它|别的|推荐")
STORY = re.compile(
    rf"(?:(?:^|\s)(?:she|he|they|the user|the customer)(?:'s)? (?:has |have |had |already |just |also "
    rf"|once )*(?:{VERB}|is|are|was|were|lives?|works?|said|told|complain\w*)(?![a-z])|\b(?:yesterday"
    rf"|last (?:week|month|year|night|time)|ago|today|tomorrow|already|at least)\b|\d|{N}|{Y}|{D}|去年|昨天"
    rf"|前天|今天|明天|上次|刚刚|(?:is|are) (?:fine|ok(?:ay)?|no problem|allowed)|无所谓|没关系|随意|随便|也行"
    rf"|都行|可以\W*$)"
)
