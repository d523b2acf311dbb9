"""The words that say what is to be done with the names and wishes around them, and where clauses end."""

from __future__ import annotations

from core.dialogue import verbs
from core.dialogue.lexicon import VERB, WORKS
from core.dialogue.patterns import late
from core.dialogue.spotting import DONE, B, C, D, E, N, T, Y

# Where a verb asks for something: at the beginning of a clause, or behind such words.
_ASKED = "|".join(
    f"(?<={word} )"
    for word in (
        *(
            "please",
            "just",
            "kindly",
            "also",
            "to",
            "then",
            "you",
            "and",
            "or",
            "but",
            "now",
            "should",
            "must",
            "could",
        ),
        *("can", "let's", "lets", "completely", "totally", "entirely", "simply", "we", "better", "rather", "maybe"),
    )
)
_NAMED_NEXT = (
    rf"(?= (?:(?:all|any|every|each|both|the|this|that|those|these|of|my|her|his|their|other|such|more)\s+)*{E})"
)
# "拍照要好": what a thing is to be like, and nothing that is wanted beside it.
_QUALITY = (
    r"(?:好|久|大|高|强|快|轻|薄|长|稳|静音?|亮|新|耐用|清晰|流畅|结实|舒服|舒适|方便|简单)(?:一?[点些])?的?\s*(?:$"
    r"|[,，。；;])"
)
# "颜色要素一点": the same of any quality, where a noun stands before it.
_QUALITY_OF = (
    r"(?<=[\u3400-\u9fff][\u3400-\u9fff]要)(?<![我她他它们人户客想还只就也都不需主重必首总是先再]要)"
    r"[\u3400-\u9fff]{1,2}一[点些]的?\s*(?:$|[,，。；;])"
    r"|(?<=(?:剧情|情节|故事|结局|画面|节奏|配乐|演技|氛围|颜色|味道|口感|质量|做工|外观|款式|风格|尺寸|容量|性能"
    r"|材质|面料|手感"
    r"|屏幕|电池|功能|设计|包装)要)(?=[\u3400-\u9fff])"
)
OPERATORS: tuple[tuple[str, str], ...] = (
    # The first that matches at a place is taken: longer ones stand before those that they begin with.
    *((how, rf"(?:(?<![a-z] )|{_ASKED})(?:{words}){_NAMED_NEXT}") for how, words in verbs.ASKED.items()),
    (
        "more",
        r"(?:wouldn'?t|would not|never|don'?t) say no to(?: (?:some|a few|more))*|where(?:'s| is"
        r"| are)(?: all)?(?: the| my| her)?"
        r"|(?:i |we |she |he |i'?m |we'?re |she'?s |he'?s )?(?:miss(?:es|ing)?(?: out on)?|(?:don'?t|do not|can'?t"
        r"|cannot|couldn'?t|hardly|barely) (?:see|find)"
        r"|see no|find no|there (?:are|is) no"
        r"|there'?s no|there (?:aren'?t|isn'?t)(?: any| enough)?)(?: any| enough)?(?= (?:[a-z]+ )?"
        rf"{E})|(?:twice|three times|double|thrice) (?:as (?:many|much)|the(?: number of| amount of)?)",
    ),
    (
        "less",
        r"half (?:as (?:many|much)|the|of the)(?! list)|(?:the list|this list|this|it|these)(?: is|'s| are"
        r"|'re)(?: (?:almost|nearly|basically|practically))?"
        r" (?:all|full of|packed with|stuffed with|nothing but|overrun by|dominated by|swamped with|only)"
        r"|(?:there(?:'s| is) )?(?:an? )?(?:glut|surplus|overload|surfeit|excess|overdose|flood|avalanche) of"
        r"|drowning in|(?:lean(?:s|ing)?|weighted|skewed|tilted) (?:far |way |a bit )?too (?:much|heavily|far) (?:on"
        r"|to|towards?)",
    ),
    *verbs.PHRASES.items(),
    ("dislike", f"{verbs.HATES}|{verbs.HATES_CHINESE}"),
    # what somebody "who loves building things" loves is no name of the catalogue
    (
        "like",
        rf"(?:(?<!who )(?<!that )(?<!would )(?<!will )(?<!might )(?<!could )|(?=[a-z ]+ (?:the |a )?{E}))"
        rf"(?:{verbs.LOVES})|{verbs.LOVES_CHINESE}",
    ),
    (
        "no",
        rf"(?<![\u3400-\u9fff])[去删减砍剔除踢撤](?={E})|"
        rf"{verbs.NOT_CHINESE}|{verbs.DROP_CHINESE}|zero|nil|zilch|(?:filter|cut|remove|exclude|drop|skip|hide|delete"
        "|ban)掉|neither|not one|nary an?|!==?|<>|≠|∉",
    ),
    (
        "more",
        r"(?:(?:don'?t|do not|never|not to) )(?:forget(?: about)?|miss(?: out)?(?: on)?|leave out|skip|exclude|drop"
        r"|omit|ignore|neglect"
        r"|overlook|hide|remove)|(?:do |also |please )*includ(?:e|ing)(?: also)?|(?:make"
        r"|be) sure (?:that )?(?:to (?:add|include|show|have|put in)"
        r"|there(?:'s| is| are| will be)|(?:it|the list) (?:has|contains|includes))(?: some| a few| any)?"
        r"|there (?:should|must|has to|have to|needs to) be"
        r"(?: some| a few)?|most of (?:them|it|the list|these|those)(?: (?:should|must|to|be|being|from|of|are))*"
        r"|(?:别|不要|不能|千万别)(?:忘了?|漏了?|落下|错过|忽略了?)"
        r"(?:掉|了)?",
    ),
    (
        "less",
        r"(?<!nothing )(?<!not )(?<!no )(?<!n't )(?<!never )(?<!anything )"
        rf"(?<!{T} was )(?<!{T} is )(?<!{T} were )"
        r"(?:(?:it|they|these|those|this|that|all)(?:'s|'re| is| are| was| were)? )?(?:(?:way|much|far|a bit|all|just"
        r"|still|a little) )*too(?= (?!much|many|few|little|and|but|or|with|for|please|in|on|as|when|if|so|the|a|an)"
        rf"[a-z]{{3,}})(?! [a-z]+ to )(?<!{E} too)",
    ),
    ("less", r"(?:怎么|为什么|为啥|咋)(?:又|还)?(?:都|全|净|尽)*是"),
    ("more", r"(?:怎么|为什么|为啥|咋)(?:都|一个|一本|一部|一件|也)*(?:没有?|不见|看不到|少了|不推荐?)"),
    ("only", rf"我?(?:想|要|打算|准备|该|得)(?:换|买|入手|添|购置|置办)(?:一)?[个部台款双件套把张条]?(?=\s*{E})"),
    ("less", rf"(?<![至多不老很减])少(?={E})"),  # "少零食多图书"
    ("more", rf"(?<![至不很差太好许最更众])多(?={E})"),
    ("more", rf"[再更](?={E}一?[点些])"),
    ("less", verbs.LESS_CHINESE),
    ("less", r"[没不](?:有)?[那这]么(?=[\u3400-\u9fff])"),
    ("more", verbs.MORE_CHINESE),
    (
        "more",
        r"(?:with |plus )?(?:a|an) (?:(?:little|small|big|good|healthy) )?(?:sprinkle|sprinkling|dash|touch|pinch|hint"
        r"|dose|dollop|splash|smattering|helping|bit|bunch|load|pile|stack) (?:more )?of",
    ),
    ("only", r"nothing (?:else )?(?:but|except|other than|besides)|none (?:but|other than)|no(?:thing)? other than"),
    ("more", r"as (?:many|much)(?= .*as possible)"),
    ("less", r"as (?:few|little)(?= .*as possible)|尽量少[推看来给放]?荐?|尽可能少[推看来给放]?荐?"),
    (
        "more",
        r"尽量多[推看来给放]?荐?|尽可能多[推看来给放]?荐?|not (?:nearly )?enough(?: of)?|too few|too little|(?:could"
        r"|can) (?:use|do with)(?: (?:some|a (?:few|bit|little)))?(?: more)?(?: of)?|lack(?:s|ing)?(?: in)?",
    ),
    (
        "no",
        r"(?:anything|everything|all|whatever) (?:but|except|other than)|(?:things? |items? |products? |brands? "
        r"|makers? |films? |movies? )?other than|apart from|aside from|except(?:ing| for)?|besides|save for|barring"
        r"|outside of|with the exception of",
    ),
    (
        "dislike",
        r"nothing like|not (?:at all )?like|unlike|less like|(?:not|never|isn'?t|wasn'?t|aren'?t)(?: exactly"
        r"| really)? (?:an? )?(?:(?:big|huge|great) )?fans? of|no (?:great )?fans? of|(?:does|do|did|would)(?:n'?t"
        r"| not)(?: really| much| particularly)? (?:like|enjoy|care (?:much )?for|love|fancy|go for|appreciate)"
        r"|(?:really |absolutely )?(?:dislike[sd]?|hate[sd]?|loathe[sd]?|despise[sd]?|disliking|hating)|(?:can'?t"
        r"|cannot|could(?:n'?t| not)) (?:stand|bear|abide|stomach)|detest(?:s|ed)?|(?:is |was |are )?(?:put off"
        r"|turned off|annoyed|bored|disappointed|unimpressed) (?:by|with)|(?:not|isn'?t|wasn'?t|aren'?t) (?:that "
        r"|really |very |at all |too |much )*(?:interested in|keen on|into|fond of|taken with)|(?:has "
        r"|have )?no (?:interest in|time for|love for|liking for)|(?:很|最|特别|非常|超|真的)?(?:不(?:太|怎么"
        r"|大)?喜欢|讨厌|不爱看?|反感|不感兴趣的?|没兴趣|不像|受不了|厌烦|厌恶|嫌弃|不待见|看不惯|看不下去|无感"
        r"|不感冒|不欣赏|(?<![麻劳])烦(?![恼躁心请您你]))",
    ),
    (
        "no",
        r"(?<=any )(?:genre|category|kind|type|brand|maker|film|movie|item|product|thing|one)s? (?:but|except)"
        r"|rather than|instead of",
    ),
    (
        "less",
        rf"over(?=\s*(?:the )?{E})|(?:there are |there is |way |far )*(?:too|so) (?:many|much)|(?:a (?:bit|little"
        r"|lot|few) |much |somewhat |slightly |far )?(?:less|fewer)(?: of(?: the)?)?|not (?:so|too|that|as) (?:many"
        r"|much)|(?:reduce|lower|halve|limit(?! (?:[a-z]+ )*to ))(?: the)?(?: number| share| amount)?(?: of)?"
        r"|had it with|(?:tone|dial|turn|scale|play|water|bring|cut|pare|trim|wind|keep|ease|ratchet|hold"
        r"|push)(?: it| things)? (?:down|back|off)(?: on| with)?(?: the (?:amount|number|share) of)?|(?:ease"
        r"|let) up on|downplay|soften|shrink|decrease|diminish|minimi[sz]e|rein in|(?:go |a bit |much |somewhat "
        r"|be )*lighter (?:on|with)|(?:go )?light(?:ly)? on|hardly any|barely any|(?:a )?(?:smaller|lower) (?:share"
        r"|amount|number|proportion|dose)(?: of)?|(?:too|so|very|rather) (?:heavy on|dominated by|full of)"
        r"|(?:(?:steer|lean|move|shift|tilt|turn)(?:ing)? )?(?:it |the list |things )?away from|(?:over)?(?:loaded"
        r"|flooded|crowded|swamped|stuffed) with|drowning in|not quite so (?:many|much)|(?:(?:has |have "
        r"|she'?s |he'?s |they'?ve |she |he |i'?ve )+(?:had |seen )?|had |seen )(?:quite )?enough(?: of)?"
        rf"|enough (?:of|with)|enough(?= (?:the |this |that )?{E})|(?:tired|sick|bored) (?:of"
        r"|with|by)|fed up with|go easy on|down-?weight|de-?prioriti[sz]e|减少|减掉?一?[点些]|不要太多|别太多"
        r"|不要那么多|太多的?(?!了)|(?<![至多不])少一?[点些](?:儿)?"
        r"|(?<![至多不])少[推来给看放出上列]荐?(?:一?[点些])?|降低|压低|压缩|调低|弱化|淡化|缩减|削减|控制一下"
        r"|[压降减收](?:一[压降减收]|一下|[点些])|没什么兴趣(?:买|看)?|不太(?:喜欢|想看|想要)|看腻了?|买腻了?"
        r"|不怎么(?:喜欢|想看|想要)",
    ),
    (
        "ban",
        r"(?:(?:i|we|she|he|they)(?:'d| would)? )?(?:(?:would |'d )?(?:rather|prefer) not(?: to)?|don'?t|do not"
        r"|doesn'?t|wouldn'?t|shouldn'?t|couldn'?t|needn'?t|won'?t|would not|should not|never|no need to"
        r"|not) (?:ever |really |even )?(?:(?:want|need|wish|care|like) to )?(?:see|show|recommend|suggest|list|give"
        r"|display|offer|be shown|be offered|watch|look at|bring up|include)(?: me| her| him| us"
        r"| them)?(?: with)?(?: any(?: more)?(?: of)?)?|(?:stop|quit|cease|no more|refrain from"
        r"|enough with) (?:showing|recommending|suggesting|listing|giving|pushing|offering|including"
        r"|displaying)(?: me| her| him| us| them)?(?: with)?(?: any(?: more)?(?: of)?)?|再也(?:不要?|别|不许"
        r"|不准)(?:再)?(?:想)?(?:让她|让我|给我|给她)?(?:看到?|买|推荐?|出现|显示)?"
        r"|(?<![特区类级性个分告])别(?![的人家处名墅])再(?:出现|推荐?|显示|给我|来)|(?:永远|以后"
        r"|今后)?(?:都)?(?:不要|不许|不准|别)再?(?:出现|显示|给我)|不要再(?:出现|推荐?|显示|给我|来)"
        r"|不想再?看[到见]?|屏蔽|拉黑",
    ),
    (
        "no",
        r"refus(?:es?|ing|ed)(?: to (?:see|watch|buy|read|have|get))?|rid (?:me|her|him|us|them|the list) of"
        r"|under no circumstances|on no account|by no means|no longer(?: (?:wants?|needs?|likes?|buys?|uses?|eats?"
        r"|reads?|watch(?:es)?))?|not (?:a single|one|even one)|no more(?: of)?|(?:has |have |there'?s "
        r"|there is )?no need (?:for|of)|no|not(?: any)?|none(?: (?:of|by|from|with|in|that(?:'s| is| are)))?"
        r"|without(?: any)?|w/o|exclud(?:e"
        r"|es|ing)"
        r"|skip(?:ping)?|(?:(?<![a-z] )|(?<=and )|(?<=please )|(?<=just ))(?:ditch(?:ing)?|hold(?: off on)?(?= the)"
        r"|scrap|axe|nix|kill|lose|chuck(?: out)?|toss(?: out)?|discard|purge|veto|banish|shun|reject)|eliminate"
        r"|(?:that |which |who )?(?:isn'?t|aren'?t|is not|are not|ain'?t|wasn'?t|weren'?t)(?: an?)?(?: set in| about"
        r"| in)?|forgo|dispense with|do away with|away with|(?:strip|weed|rule|screen|throw|kick|cut|cross|sort"
        r"|count|sift|strike) (?:out|off|away)|cut (?:all|any|every|the)|(?:steer|stay|keep"
        r"|stand) (?:well )?(?:clear of|away from|off)|lay off|(?:can |could |rather )?(?:do|go|live) without"
        r"|spare (?:me|her|him|us|them)|pass on|forget(?: about)?|ignor(?:e|ing)|(?:give"
        r"|giving) (?:\w+ )??a miss(?! )|have no use for|drop(?:ping)?|remov(?:e|ing)|avoid(?:ing)?|leave out"
        r"|leav(?:e|ing) off|omit|minus|(?:we )?(?:don'?t|no longer) (?:sell|stock|carry|have|offer)|get rid of"
        r"|(?:we(?:'ve| have)? )?stopped (?:selling|stocking|carrying|offering)|filter out|take out|hide|ban|block"
        r"|nothing (?:from|by|in|with|about|to do with|related to)|nothing|never"
        r"|(?:i |we |she |he |they )?(?:don'?t|do not|doesn'?t|does not) (?:want|need|wish)(?: any(?:thing)?"
        r"| to (?:see|have|get|buy|watch))*(?: (?:from|by|in|with|of|about))?|不要|不想要|不想看|不看|不买|不需要"
        r"|不用[再推看给]?荐?|不必|无需|(?<![特区类级性个分告])别(?![的人家处名墅])(?:再|(?:给|让)[我她他]?|总|老|碰"
        r"|放|列|上|出|来|有|看|推荐?|要)*|去掉|去除|排除|剔除|剔掉|删掉|删除|移除|过滤掉?|筛掉|滤掉|砍掉|拿掉|撤掉"
        r"|踢掉|划掉|扔掉|撇开|抛开|避免|回避|杜绝|舍弃|谢绝|远离|不碰|不提|免去|不含|不包括|不带|(?<!有)没有|拒绝"
        r"|不接受|不能有|不准有|不许有|不考虑|避开|不推荐?|勿推?|不来|禁止|除了?|不是",
    ),
    (
        "more",
        r"(?:a (?:bit|little|lot|few) |much |some |many |even |slightly |a little bit )?more(?: of(?: the)?)?"
        r"|additional|extra|(?:put |add |give |show )?(?:in )?(?:some|a few) (?:more|additional|extra)|(?:increase"
        r"|double|raise)(?: the)?(?: number| share| amount)?(?: of)?|boost|mostly|mainly|primarily|largely|prefers?"
        r"|preferably|preferring|favou?rs?|favou?ring|in favou?r of|loyal to|partial to|swears? by|devoted to|(?:a "
        r"|an |her |his |with a |with an )*(?:focus|emphasis|stress|preference|priority|accent|bias|bent|tilt|lean"
        r"|slant) (?:on|for|to|towards?)|(?:push|bump|crank|dial|turn|ramp|step|pump|beef|scale|bring|move|top"
        r"|ratchet|play|pep|up)(?:ping|ing)? (?:up|forward)(?: on| the (?:amount|number|share) of| the)?"
        r"|add(?:ing)?(?: in)?(?: (?:some|a few|a bit of))?|push|promote|highlight|amplify|strengthen|heavy on"
        r"|(?:go |a bit |much |somewhat |be )*heavier (?:on|with)|(?:go )?big on|load up on|(?:bring|pile|lay) on"
        r"|(?:plenty|lots|loads|tons|heaps|bags|a lot|a heap|a ton|an abundance) of|lots more|(?:a )?(?:bigger"
        r"|larger|higher|greater) (?:portion|slice|helping|chunk|share|amount|number|proportion|dose|part)(?: of)?"
        r"|(?:mix|sprinkle|throw|slip"
        r"|work|squeeze) in(?: (?:some|a few|a bit of|more))*|(?:lean|tilt|skew|weigh?t|gear|steer|tip|veer)(?:ed"
        r"|ing)?(?: it| the list| things)?(?: (?:more|further|a bit|a little))* (?:towards?|into|to)|(?:i|she|he|we"
        r"|they)(?:'d| would) (?:welcome|appreciate|be happy (?:with|to see))|(?:wouldn'?t mind|up for|open to)"
        r"|up-?weight|prioriti[sz]e|emphasi[sz]e|focus(?:ing)? (?:more )?on|lean(?:ing)? towards?|ideally"
        r"|i'd rather(?: have| see)?|rather|换[成点些]?|增加|加入|加上|添加|加大|加强|提高|拉高|调高|抬高|增大|强化"
        r"|突出"
        r"|补(?:[点些充]|一[点些])|加码|重点(?:推荐?)?|主推|着重(?:推荐?)?|更多的?|多一?[点些](?:儿)?"
        r"|多[推来给看放出上加列]荐?(?:一?[点些]|几[个部款本件])?|再加一?[点些]|再来[点些]|加一?[点些]|更?偏爱"
        r"|更喜欢|偏好|优先(?:推荐|考虑)?|更爱|侧重|最好是?|更想看|更想要|首选|偏向于?|倾向于?|偏重|认准|钟情于?",
    ),
    (
        "like",
        r"(?:can'?t|cannot|could(?:n'?t| not)|can never|could never) (?:get|have) enough(?: of)?|(?:something "
        r"|anything |more |things |ones |items |films |movies |stuff |much |just |other )*(?:an? )?(?:(?:cross|blend"
        r"|mix|mixture|hybrid|combination|mash-?up) (?:between|of)|like|resembl(?:e|es|ed"
        r"|ing)|similar to"
        r"|comparable to|close to|resembl(?:e|es|ed|ing)|(?:in|along) (?:that|this|the same|those|these"
        r"|a similar) (?:vein|lines?|spirit|style|mould|mood|manner|direction)|of (?:that|this|the same) (?:kind|sort"
        r"|type|ilk)|along the lines of|in (?:the|a similar) (?:style|vein|spirit|manner"
        r"|mould|mold|mood|league|line) (?:of|as|to)|(?:with )?(?:the |a )?(?:same|similar) (?:\w+ )?(?:as|to)"
        r"|(?:that |which )?(?:feels?|looks?|sounds?|tastes?) (?:like|similar to)|(?:that |which )?reminds? (?:me"
        r"|her|him|one|us|people)? ?of|à la|a la|similar (?:\w+ ){0,3}to|on a par with|in keeping with"
        r"|reminiscent of|akin to|such as|as good as|in line with)|(?:really |also |absolutely |still )*"
        r"(?<!would )(?<!will )(?<!might )(?:likes"
        r"|liked|(?:i|we|they|people|users) love|loves|loved|enjoys?|enjoyed|adores?|adored|adoring|liking|loving"
        r"|appreciates?|appreciated)|(?:is |was |a |big |huge |great )*fans? of|(?:is |are |was |were )?(?:(?:really"
        r"|very|quite|so|big) )*(?:into|fond of|keen on|crazy about|mad about|delighted (?:by|with)|impressed (?:by"
        r"|with)|taken with|hooked on|obsessed with|interested in)|类似于?|"
        r"跟(?=.{0,60}(?:类似|差不多|一样|相似|相近|同类"
        r"|那种|那样|风格|路数|感觉|味道))|像|(?:很|最|特别|非常|超|真的|一直)?(?:喜欢|钟爱|热爱|酷爱|迷恋"
        r"|(?<![可恋相博友亲关恩母父疼])爱看?"
        r"|迷上?)了?|和(?=.{0,60}(?:类似|差不多|一样|相似|相近|同类|一个风格|同风格))|与(?=.{0,60}(?:类似|差不多|一样"
        r"|相似"
        r"|相近|风格))|参考|仿照|照着|感兴趣的是|(?:很|比较|非常)?感兴趣",
    ),
    (
        "only",
        r"(?:(?:show|give|find|get|recommend|suggest|list|display|bring|pick|choose|select|try|hand|fetch|surface"
        r"|offer|serve|pull up|bring up|dig up|line up|search for|browse|explore|go (?:for|with)|let'?s (?:see|have"
        r"|try)|how about|what about|fancy|fancies|feel like|craves?|after|want(?:ing)?)(?: me| us| her| him"
        r"| them)?(?: only| just| some| any| a few)*|only|just|exclusively|solely|strictly|purely|entirely|(?:limit"
        r"|restrict|narrow|confine|reduce|keep|hold|filter|stick|focus)(?:ed|s)?(?: it| the list| (?:the |my |her "
        r"|his )?(?:results?|recommendations?|choices?|selection)| this| yourself| things| everything| only| solely"
        r"| down)* (?:to|on|by|for|within)|(?:stick|keep|stay|remain)(?:ing)? (?:to|with(?:in)?|in(?:side)?)|(?:i|we"
        r"|she|he|they)(?:(?:'d| would) (?:only |just )?(?:like|love)| (?:only |just )?(?:wants?"
        r"|needs?))(?: to (?:see|have|get|watch|buy))?|wants? to (?:see|have|get|watch|buy)|(?:she|he|they)(?:'s| is"
        r"|'re| are) looking for|(?:i|we|she|he|they)(?:'m|'re|'s| am| are| is) (?:really |only |just "
        r"|actually )?(?:after|asking for|hoping for|craving|looking for|in the mood for|hunting for|searching for"
        r"|shopping for)|i'?m looking for"
        r"|(?:(?:in|on) the )?(?:market|search|lookout|hunt|shopping|searching"
        r"|hunting|browsing|in search) (?:for|of)|(?:(?<![a-z] )|(?<=and )|(?<=also )"
        r"|(?<=really )|(?<=just ))(?:needs?|wants?)|looking for|(?:in the )?mood for|we (?:want|need)"
        r"|any(?:thing)?(?: (?:by|from|in|of|with))?|some|(?<!are )(?<!is )all|keep to|must be|has to be|should be"
        r"|make it|from|by|in|with)|推荐?[点些](?:儿)?|(?:(?:光|单|就)(?=[要看想推出买])|只)(?:认准?|要|看|推荐?"
        r"|想要|想看"
        r"|买|选|挑|出|给|留|保留|考虑|限)?|(?:帮我|给我|替我|让我|我?想|先|再|请|麻烦)*(?:看|瞅|瞧|找|查|搜|推荐|挑"
        r"|选|逛|列|弄|搞|整|(?<![早晚网线路身床车手脚头])上|来|拿|筛选?|给)(?:一下|出|一看|看|瞅|瞧|一?[点些]"
        r"|几[个部款本件样])儿?"
        rf"|有[啥什](?:么)?|有[没木]有|安利(?:一?[点些个])?|(?:跪|急|在线)?求(?:推荐|安利)?(?:一?[点些个款])?"
        rf"|蹲一?[个款]?|想入手?|全是|全要|净要|专门要?|仅(?:看|要|限|推荐)?|就要|有没有|有无|我?要(?!{_QUALITY}"
        rf"|{_QUALITY_OF})看?"
        r"|我?想看|我?想要"
        r"|给我(?:来"
        r"|推荐?)?|(?<![未原本从将近往回])来[点些个]?|找|推荐?(?!得?太多)|限定?(?:在|于)?|必须是",
    ),
)
_CHINESE = "[\u3400-\u9fff]"  # what follows or precedes Latin letters without a gap: "brand不要"
OPERATOR = late(
    "|".join(
        rf"(?P<o{number}>(?:(?<![a-z'])|(?<=[a-z'])(?={_CHINESE}))(?:{words})(?:(?![a-z']|-[a-z])|(?<={_CHINESE})))"
        for number, (_, words) in enumerate(OPERATORS)
    )
)
NAMES_OF = tuple(name for name, _ in OPERATORS)
FIRM = {"no", "less", "more", "dislike", "like", "ban"}
# Between names that "and" or "or" joins a comma ends nothing: "horror, war and crime are out".
_LISTED = rf"(?:(?<!{E},)|(?!\s*{E}(?:,\s*{E})*,?\s+(?:and|or)\s+(?:the )?{E}))"
CLAUSE = late(
    rf"(?:[,，]|(?<![{E[1:-1]}的])(?<!{E}[片类剧书])、|(?<!的)、(?!{E})){_LISTED}[,;.!?:，。；！？：、\n()（）]*"
    r"|[;.!?:。；！？：\n()（）][,;.!?:，。；！？：、\n()（）]*"
    r"|(?<!anything )(?<!everything )(?<!nothing )(?<!all )(?<!genre )(?<!category )(?<!brand )(?<!kind )(?<!maker"
    r" )\bbut\b|\bthen\b|\bhowever\b|\bwhile\b|\bplus\b|\bso (?=stop|no\b|don|please|avoid|skip|show|give|drop"
    rf"|hide)|(?<={C})(?:类|片)?(?:里面?|当中|之中|中)(?=把|将|去掉|不要|排除|剔除|别)|但是?|不过|可是|而且|另外"
    rf"|并且|然后|同时|只是|(?<=[^\s再的])(?<!{E})也(?=[不别喜]|要(?!{_QUALITY})|没[^关事问])"
)
# A clause that does with its names what the one before did.
ALSO = late(
    r"\s*(?:and |but )?(?:so (?:are|is|do|does|did|have|has|should)|(?:the )?same (?:goes |holds |applies )?(?:for"
    r"|with|to)|ditto(?: for)?|likewise(?: for)?|neither(?!.*\bnor\b)|nor|as well as|along with)(?: any| the"
    r"| all)?(?![a-z])"
)
AND = late(
    r"\s*(?:,|、|，|\band\b|\bor\b|\bnor\b|&|/|和|或者?|与|跟|以及|还有|及|\+)\s*(?:any |the |some |no |also |brand "
    r"|brands |品牌)*"
)
# A word that begins nothing of its own behind "and", so that the operator before goes on.
WEAK = late(r"any(?:thing|one)?(?: (?:by|from|in|of|with))?|all|from|by|in|with")
ON_WITH = late(
    rf"{E}\s*,?\s+(?:and|or|nor)\s+(?:any(?:thing)?|everything|all|most|the|{WORKS}|items?|things?|stuff|products?"
    r"|\s)*$"
)
OUTSIDE = late(r"(?:以外|之外|(?<![意国海户野室郊格])外(?=的|其|别|都|$|[\s,，。；]))(?:的)?")
# Neither a day itself nor the beginning of what else may stand there, so that there is one way to read it.
_BEFORE_DAY = r"(?:(?![天她他我俺用客家手上最刚已早])[\u3400-\u9fff])"
TOLD = late(
    rf"\A(?!.*(?:enough|found|bor|disappoint|great|awful|terrible|good|bad|dull|{verbs.HATES}|{verbs.LOVES}))"
    r"(?!.*(?:to spend|budget))\s*(?:she|he"
    r"|they|(?:the |this )?(?:user|customer))(?:'s| has| had| have)?(?: already| just| also| once"
    r"| recently)* (?:bought|purchased|ordered|saw|seen|watched|viewed|rated|clicked|read|listened|played|got|owns"
    rf"|has)(?![a-z]).*{E}"
    rf"|(?:她|他|我|俺|用户|客户|家里|家|手头|手上|{_BEFORE_DAY}{{0,2}}天|上周|最近|\s)*+(?:刚刚?|已经?|早就?)(?:买"
    rf"|换|有|看|入手|收到?|下单|拥有)(?:了|过|的)*[^{E[1:-1]},，。]{{0,3}}{E}了?\s*$"
    rf"|\s*(?:她|他|我|用户)(?:最近|一直|正|现在|目前)*在{E}\s*$"
    rf"|\s*(?:(?:and|but|so) )?(?:the |that |her |his )?{E}(?: and (?:the )?{E})*,? (?:she|he|they|we|i)(?:'s|'ve"
    r"| has| have)?(?: already| just| got)*"
    r"(?: (?:owns?|has|have|got|bought|had|ordered|watched|seen|saw|read))+(?: it| them| one| already| at home"
    r"| last (?:week|month|year))*\s*$"
    rf"|\s*(?:(?:and|but|so) )?(?:the |that )?{E}(?: and (?:the )?{E})* (?:has|have|is|are|was|were|got|'s)(?: been"
    r"| just| now| currently| temporarily)* (?:recalled|discontinued"
    r"|sold out|out of stock|unavailable|withdrawn|faulty|defective|delisted|no longer (?:available|sold|made)"
    r"|on back ?order)\s*$"
    rf"|\s*{E}(?:她|他|我|俺)?(?:刚刚?|已经?|早就?)(?:买|换|有|看|入手)(?:了|过)?的?\s*$"
    rf"|\s*(?:{E}(?:和|、|跟|与)?)+(?:她|他|我|用户|家里|手里)?(?:们)?(?:都|也|全|早就?|已经?)*(?:有|买|看|入手|读"
    r"|听)(?:了|过)了?\s*$"
)
LIMIT_OF_ONE = late(
    # questions about one item, and what does not matter
    r"(?:would|will|does|do|could) (?:she|he|they)(?: still| also| even| really)? (?:like|enjoy|watch|buy|rate|want"
    r"|see|view"
    rf"|love) (?:the )?{T}(?=\s*\?)|(?:她|他|用户)?(?:还|就|也|又)?会(?:不会)?(?:再|想|去|给|对|喜欢|看"
    rf"|买)*{T}[^,，。；?？]{{0,6}}吗"
    r"|(?:the )?(?:price|cost|money|budget)(?:'s| is|s)?(?:n'?t| not)? (?:(?:an?|really|any|no) )*(?:issue|problem"
    r"|concern|important)"
    r"(?![a-z])|(?:the )?(?:price|cost) (?:doesn'?t|does not) matter|"
    # a share or a least number of a kind, and what is not all that is wanted: nothing says so either
    rf"{N} {C}(?:,| and| or| &) {N} {C}|(?:(?:at least |about |at most |roughly |up to )?(?:half|a (?:third|quarter"
    rf"|few)|two thirds|{N}(?: ?%"
    r"| percent)?|some) (?:of (?:them|those|which|it"
    r"|the list|these)|%|percent)(?: (?:should|must|to|be|being|from|of|are))*|not (?:only|just|necessarily"
    rf"|exclusively|solely|merely)) (?:the )?{E}|"
    # "no phones except Halden" leaves out all but a part, and nothing says so
    rf"(?:no|not any|without|exclude|skip|drop|hide)\s+(?:any |all |the )*{E}(?: \w+)?\s+(?:except|other than|besides"
    r"|apart from|unless)(?: for| they are"
    rf"| it's)?\s+(?:the )?{E}|"
    r"(?:at most|(?:(?:don'?t|do not|never|not|no) (?:[a-z]+ ){0,3})?(?:more|fewer|less) than|up to"
    rf"|max(?:imum)?(?: of)?|at least|最多|至多|不超过|别超过|至少)\s*{N}\s*(?:个|部|条|本|款|\w+ )?\s*{C}"
    rf"|一半(?:是|要)?{E}片?(?:[，,、]?(?:另)?一半(?:是|要)?{E}片?)?"
    rf"|{C}片?(?:的|类)?(?:每[次回页])?(?:少于|多于|大于|小于|不少于|不低于|起码|至少|别超过|不超过|不要超过|最多"
    rf"|至多|限"
    rf"|顶多)(?:出现|显示|推荐?|列|放|出|来|给)?\s*{N}\s*[个部条本款件]"
)
# What an unknown word narrows down ("no gaming laptops") is not all of its kind.
NARROWER = late(rf"^[\s{DONE}]*((?:[a-z][\w'-]* )+|[\u3400-\u9fff]+(?<!的))(?:[{C[1:-1]}])(?!\s*的)")
# Makers that narrow a category down: "no kitchenware from Ardente or Oakridge".
MADE_BY = late(
    rf"{C}(?: (?:items?|products?|stuff|things?|{WORKS}))?\s+(?:(?:that (?:is|are) )?(?:made |produced "
    rf"|published )?(?:from|by|of|with))(?: the| brand| brands)*\s+{B}(?:(?:,|\s+and|\s+or|\s*&|\s+nor)\s*{B})*"
)
_HEAD = (
    r"(?:\s*(?:brands?|makers?|labels?|categor(?:y|ies)|genres?|types?|items?|products?|things|stuff|list|品牌|牌子"
    r"|类目|类别|品类|类型|商品|名单|列表"
    r"|项|的))*\s*"
)
COLON = late(
    rf"((?:{'|'.join(verbs.ASKED.values())}|{'|'.join(verbs.PHRASES.values())}|{verbs.DROP_CHINESE}|类似|"
    rf"include|exclude|only|not?|without|want|like|more|less|不要|只要|只看|排除|去掉|屏蔽|剔除){_HEAD})[:：]"
)
# A heading with a participle or a noun: "not wanted: this, that", "黑名单：".
HEADINGS = tuple(
    (operator, late(rf"(?:^|(?<=[,;.，；。] )|(?<=[，；。]))(?:(?:[a-z]+|{N}) ){{0,3}}?(?:{words}){_HEAD}[:：]"))
    for operator, words in (
        (
            "no",
            r"(?:that |which )?(?:i|we|she|he|they) (?:don'?t|do not|doesn'?t|never)(?: want| like"
            rf"| need)?(?: to (?:see|have|buy|show))?|不[想要]?[看要买推]的?(?:有)?{N}?个?"
            rf"|{verbs.PARTICIPLES['no']}|not wanted|unwanted|undesired|off[- ]limits|no[- ]?gos?|blacklist|blocklist"
            r"|ban list|never show|taboo"
            r"|黑名单|屏蔽名单|避雷|忌讳?|禁推|不想要|不需要|不推",
        ),
        ("more", r"preferred|priority|priorities|promoted|boosted|优先|偏好|主推|重点"),
        (
            "only",
            r"(?:that |which )?(?:i|we|she|he|they) (?:do |only )?(?:want|like|need)s?(?: to (?:see|have|buy|show))?"
            rf"|(?<!不)(?:想[看要买推]|只[看要推])的?(?:牌子|品牌|类目|类别)?(?:有)?{N}?个?",
        ),
        ("less", r"demoted|lowered|de-?prioriti[sz]ed|less of|降权|少推"),
    )
)
# What stands for the names of the clause before: "Titanic bored her, never show it again".
PRONOUN = late(
    rf"[\s{DONE},]*(?:of |like |by |from |for )?(?:it|them|(?:those|these|that|this)(?: (?:whole )?(?:ones?|{N}|labels?"
    r"|brands?|makers?|genres?"
    r"|categor(?:y|ies)|kinds?|types?|line|title|items?|products?|things?|stuff|lot|films?|movies?|books?|names?))?"
    r"|such (?:films?"
    rf"|movies?|items?|things?|stuff))(?: again| anymore| any more| please| either| then| at all)*[\s{DONE}]*"
    rf"|[\s{DONE}]*(?:给我|看|推荐?|买)?(?:它们?|这[个些种类部款本]|那[个些种类部款本]|[这那](?:{N}"
    rf"|几)[个些种类部款本件样位条双台瓶]?|[这那]俩)(?:了|的)?[\s{DONE}]*"
)
AGAIN = late(r"\b(?:again|any ?more|ever)\b|[别不](?:要|想|许|准|用)?再|再也")
PARTICLES = late(rf"一些|一点|几个|[\s{DONE}外的了吧都全也就请啊呀哦]|其他|其它|别的|推荐")
# What is told of somebody or something, and of no wish.
TOLD_OF = late(
    r"^\W*(?:i|we|she|he|they|you|it|there|nobody|everyone)(?:'s|'re|'ve|'m|'ll|'d)? [a-z]"
    r"|^\W*[a-z]+ed\b|\b(?:yesterday|last (?:week|month|year|night|time)|ago|today|tomorrow)\b"
    r"|^\W*(?:broke|broken|fell|came|went|kept|got|had|has|have|was|were|is|are|does|did|do|can|will)(?![a-z])"
)
STORY = late(
    r"^\W*[^,，。的]{1,8}(?:她|他|我|家里)(?:已经|早就?|都|刚)*有(?:了|过)*\W*$|"
    r"^\W*(?:他|她|用户|客户|顾客)(?:们)?(?:刚刚?|已经|最近|正在?)(?!想|要|喜欢|爱)[^,，。]{2,}$|截至|截止"
    r"|^\W*(?:他|她|用户|客户|顾客|我)(?:已经|刚|又|都)*[\u3400-\u9fff]{1,3}了[^,，。的了]{1,8}$|"
    r"^\W*(?:咱们?|我们?|俺)?(?:这|本)?(?:单|批|次|边|里|家|店|期|场)?是[^,，。]{1,8}$|^\W*who(?:ever)?\b|"
    r"^\W*(?:这个?|那个?|这位)?(?:用户|客户|顾客|她|他|女士|先生)(?:们)?(?:是|属于)个?[^,，。]{1,8}$"
    r"|^\W*[^,，。的]{1,8}(?:她|他|用户)?(?:们)?(?:已经|早就?|都|刚)+(?:有|买|看)(?:了|过)*\W*$|"
    r"^\W*(?:她|他|用户)(?:们)?(?:家里?)?有[^,，。的]{1,6}了?\W*$|^\W*(?:客户|用户|顾客|她"
    r"|他)(?:们)?[^,，。]{0,3}(?:投诉|抱怨|吐槽|反映)[^,，。]*$|"
    r"\b(?:customer|user|shopper|client|buyer|patron|visitor|member)s?\b|"
    r"\b(?:of|from|in) (?:her|his|their) (?:[a-z]+ )?(?:history|data|records?|events?|log)\b|"
    r"^\W*(?:(?:and|but|because|since|as|so|for|though|although|also) )*(?:we|it|i|you|there|they|she|he|nobody"
    r"|everyone"
    r"|these|those|(?:my|our|her|his|their|the) [a-z]+)(?:'s|'re|'ve|'m|'ll| (?:is|are|was|were|has|have|had|does|do"
    r"|did|don't"
    r"|doesn't"
    r"|didn't|isn't|aren't|wasn't|can|can't|will|won't|must|should|could|said|says|think|thinks|know|knows|keep|keeps"
    r"|got"
    r"|get|gets|came|comes|went|goes|lives?|works?|turns?|turned|called|asked|told|found|ran|run|sold))(?![a-z])|"
    r"(?:(?:^|\s)(?:she|he|they|the user|the customer)(?:'s)? (?:has |have |had |already |just |also "
    rf"|once )*(?:{VERB}|is|are|was|were|lives?|works?|said|told|complain\w*)(?![a-z])|\b(?:yesterday|last (?:week"
    rf"|month|year|night|time)|ago|today|tomorrow|already|at least)\b|\d|{N}|{Y}|{D}|这个?(?:星期|周|月)|本[周月年]"
    rf"|今年|\d月|[他她我俺娃].{{0,8}}(?:了|过)\s*$|^\s*(?:马上|快要?|已经|刚刚?|我又)[^的]{{1,8}}了\s*$|去年|昨天"
    rf"|前天|今天"
    r"|明天|上次"
    r"|刚刚|(?:is|are) (?:fine|ok(?:ay)?|no problem|allowed)|无所谓|没关系|随意|随便|也行|都行|可以\W*$)"
)
