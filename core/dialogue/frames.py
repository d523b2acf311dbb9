"""What names stand in the middle of: "leave horror out", "Pixar over Disney", "war should rank lower", "把零食删了".

Such a frame is taken as a whole before clauses are read, so that no word of it is read by itself.
"""

from __future__ import annotations

import re

from core.dialogue import verbs
from core.dialogue.lexicon import WORKS
from core.dialogue.meanings import how_of, said_of
from core.dialogue.names import Names
from core.dialogue.operators import OPERATOR
from core.dialogue.patterns import late
from core.dialogue.rules import Rule, apply
from core.dialogue.spotting import DONE, B, C, E, N, Spotted, T
from core.dialogue.structure import Brand, Category, Part

YES_NO = late(
    rf"(?P<a>{E})\s*[:=?,]?\s*(?:(?P<no>no|nope|nah|nay|out|never|no thanks|no thank you|no way|hell no|god no"
    r"|not at all"
    r"|not really|not for (?:her|him|them|me|us)|absolutely not|please no|skip|(?:hard |i'?ll )?pass|ugh|yuck|meh"
    r"|bah)|(?P<yes>yes|yeah|yes please|sure|definitely)|(?P<maybe>maybe|perhaps|possibly|not sure))(?=\s*(?:$"
    r"|[,;.!]|and\b))"
    rf"|(?P<c>{E})[？?：:](?:(?P<never>不要?|不行|别|免了|算了|否|不用)|(?P<ever>要|可以|行|好的?|来))了?(?=\s*(?:$"
    rf"|[,;.!，；。！]))|(?<![\w\d])(?:(?P<minus>-)|(?P<plus>\+))\s?(?P<b>{E})"
)
NON = late(rf"(?:只要|只看)?非(?P<a>{E})(?:品牌)?(?:的)?(?P<kind>{C})?|non[- ](?P<b>{E})(?:\s+(?P<sort>{C}))?")
_SEP = r"(?:,|\s+and|\s+or|\s*&|,\s*and|\s+nor)\s+(?:the |all |any |also )?"
# Names of one kind, or of several that a word joins: "Coffee & Tea, Casa Brava before the others" are two matters.
_THINGS = (
    r"(?P<things>(?:the |all |any |some |those |these |this |that |more |of |my |her |his |their |every |each "
    rf"|both )*(?:{C}(?:{_SEP}{C})*|{B}(?:{_SEP}{B})*|{T}(?:{_SEP}{T})*"
    rf"|{E}(?:{_SEP}{E})*(?:,?\s+(?:and|or|nor)|\s*&)\s+(?:the |all |any |also )?{E}))"
)
_THINGS_CHINESE = rf"(?P<things>{E}(?:(?:[片类]?(?:、|和|与|跟|及|以及|还有)|的)?{E})*)"
_NEAR = 80  # characters that an operator and the blanks behind it take
_JOINED = late(r"\b(?:and|or|nor)\b|&")
_KIND_WORD = (
    rf"(?: (?:{WORKS}|items?|products?|stuff|things?|titles?|ones|brands?|genres?|categor(?:y|ies)|section|parts?"
    r"|bits?|side|portion|aisle|department|range|lot|crowd|category|row|shelf))?"
)
_MORE_OR_LESS = r"(?: (?:a (?:bit|notch|little|lot|touch)|the list|further|somewhat|slightly|please|considerably|way))*"
_PLACE = r"(?: of (?:the|my|her|his) (?:list|ranking|results?|recommendations?|pile|queue))?"
_BOTTOM = (
    rf"(?:down|last|lower|back|(?:right )?(?:to|at|towards?|near) the (?:very )?(?:bottom|back|end|rear|tail)"
    rf"(?: end)?{_PLACE}|on the back burner)"
)
_TOP = (
    r"(?:up|first|forward|higher|upfront|up front|ahead|on top|in front|(?:right )?(?:to|at|towards?"
    r"|near) the (?:very )?"
    rf"(?:top|front|head|fore){_PLACE}|centre stage|center stage|in the spotlight)"
)
_OUT_OF = (
    r"(?:(?: of| from)?(?: the| this| my| her| his| their)? (?:list|recommendations?|results?|mix|selection|picture"
    r"|ranking|feed))?"
)
_HERE = r"(?=\s*(?:$|[,;.!?]|and\b|but\b|please))"
_HAVE_TO = (
    r"(?:(?:can|could|should|shall|must|may|might|ought to|needs? to|has to|have to|had to|has got to|gotta"
    r"|deserves? to"
    r"|wants? to|could do with|would do well|is best|are best|is to|are to|is|are|be|being|been|get|gets|getting"
    r"|to be|all|both|also|please|just|now|completely"
    r"|totally|entirely|definitely|always|better|had better|'d better|'s|'re|better be|would|will|a bit|way|much"
    r"|rather)\s+)+"
)
# Two names of which one comes for the other ("no") or goes before it ("less": nothing is said against the other).
_SWAP = r"(?:swap|replace|exchange|switch|trade|change|turn|convert)(?:ing)?(?: out)?"
_A = rf"(?:some |the |more |all |any )*(?P<come>{E}){_KIND_WORD}"
_B = rf"(?:some |the |more |all |any )*(?P<gone>{E}){_KIND_WORD}"
_A_CHINESE, _B_CHINESE = rf"(?P<come>{E})[片类]?", rf"(?P<gone>{E})[片类]?"
PAIRS = tuple(
    (how, late(pattern))
    for how, pattern in (
        ("no", rf"{_SWAP} (?:it|them|that|those|these|this)(?: out)? (?:for|with|by|to|into) {_A}"),
        ("no", rf"{_SWAP} {_B}(?: out)? (?:for|with|by|to|into) {_A}"),
        ("no", rf"{_SWAP} {_B}(?: out)? (?:for|with) (?=something|anything|stuff|others?|{DONE})"),
        (
            "no",
            rf"(?:宁愿|宁可|宁肯|情愿)(?:要|看|买|推荐?|多看)*{_A_CHINESE}[，,]?(?:也|都|而)?不(?:想|愿意?"
            rf"|再)?[要看买推]?{_B_CHINESE}",
        ),
        ("no", rf"substitute {_A} for {_B}"),
        ("no", rf"{_A} (?:in place of|in lieu of) {_B}"),
        ("no", rf"substitute {_B} (?:with|by) {_A}"),
        ("no", rf"not {_B},? but (?:rather )?{_A}"),
        ("no", rf"{_B} ?(?:→|->|=>) ?{_A}"),
        ("no", rf"[用拿以]{_A_CHINESE}(?:来)?(?:代替|替换|取代|替代|换掉?|顶替?|替){_B_CHINESE}"),
        (
            "no",
            rf"(?:把|将)?{_B_CHINESE}(?:都|全部|给我)?(?:换|替换|改|换一换|替)(?:成|为|作|到"
            rf"|掉)?(?:一?[点些])?{_A_CHINESE}",
        ),
        (
            "less",
            r"(?:(?:would |'d |i'd |she'd |he'd )?(?:rather|prefer)(?:s|red)?(?: have| see| get| take)?|likes?|loves?"
            r"|favou?rs?"
            rf"|puts?|rank|place|list|want)(?: me)? {_A} (?:to|over|more than|better than|rather than|than|above"
            r"|before|ahead of"
            rf"|higher than) {_B}",
        ),
        (
            "less",
            rf"{_A} (?:over|above|before|ahead of|takes? precedence over|beats?|trumps?|preferred (?:to|over)) {_B}",
        ),
        ("less", rf"{_A} ?>{{1,2}} ?{_B}"),
        ("less", rf"{_A_CHINESE}(?:优先于|先于|高于|胜过|排在){_B_CHINESE}(?:之?前面?)?"),
        (
            "less",
            rf"比起{_B_CHINESE}[，,]?(?:她们?|他们?|我们?)?(?:更|还是|宁愿|宁可)*(?:喜欢|想要?|爱看?|倾向于?|偏好"
            rf"|愿意)(?:推荐?|看|要|买|卖|上)?{_A_CHINESE}",
        ),
    )
)
# A verb before the names and its particle behind them: "leave horror and war out", "tone the drama down".
_AROUND = (
    (
        "no",
        "keep|leave|take|cut|filter|kick|throw|rule|screen|weed|strip|cross|get|count|put|set|strike|drop|pull|toss"
        "|chuck|boot|push|drag|pluck|edit|write|scratch|sort|lock|shut|send|move|brush|sweep|wipe|crowd|flush",
        rf"(?:out|off|away|aside){_OUT_OF}|(?:from|off|out of) (?:the|this|my|her|his|their) (?:list|recommendations?"
        r"|results?|mix|selection|picture|ranking|feed)",
    ),
    (
        "no",
        "take|drop|remove|delete|exclude|strike|erase|cut|pull|ban|bar|filter|scrub|wipe|kick|purge|cross|eliminate",
        r"(?:from|off|out of) (?:the|this|my|her|his|their|it)(?: (?:recs?|suggestions?|feed|list|recommendations?"
        r"|results?|mix|selection"
        r"|picture|ranking|feed))?",
    ),
    (
        "no",
        "wants?|would like|'d like|needs?|prefers?|likes?|see|have|get|wish",
        r"(?:(?:to be|all|both) )?(?:gone|out|removed|dropped|hidden|excluded|banned|deleted|struck|erased|thrown out"
        r"|kept out|left out)",
    ),
    ("no", "leave", "alone|be|at home|behind|for another (?:day|time)|for (?:later|now)"),
    (
        "no",
        "give|show",
        r"a (?:miss|rest|break|pass|wide berth|skip)|the (?:boot|axe|ax|chop|push|elbow|heave-ho|sack|door|slip|chuck)",
    ),
    (
        "more",
        "give|grant|allow|lend",
        r"(?:(?:a|an|some|the|much|far|even) )?(?:(?:little|small|bit of a|big|slight|gentle|extra|strong) )?(?:more"
        r"|extra|additional|greater|higher|added|boost|lift|bump|leg up|push|nudge|priority|preference|edge|precedence"
        r"|prominence|bigger|larger|stronger|top billing|pride of place|front row)(?: (?:weight|room|space|priority"
        r"|prominence|love|attention"
        r"|exposure|visibility|emphasis|up|share|slice|portion|part|role|presence|chunk|say|place))?",
    ),
    (
        "less",
        "give|grant|allow",
        r"(?:a|the) (?:back ?seat|downgrade|demotion|lower place)|(?:less|lower|reduced) (?:weight|room|space|priority"
        r"|prominence|love|attention|exposure|visibility|emphasis)",
    ),
    (
        "less",
        "tone|dial|turn|scale|play|bring|cut|push|move|take|ease|keep|send|shove|drop|bump|rank|sort|list|place|put"
        "|shift"
        "|relegate|bury|demote|sink|slide|weight|weigh|nudge|knock|let|stick|hold|pare|trim|water|wind|step|rein",
        rf"(?:{_BOTTOM}|in)(?<! in){_MORE_OR_LESS}|(?:to|at) (?:a|the) (?:(?:bare|absolute|strict) )?minimum|in check"
        r"|to (?:just )?(?:a handful|a few|one or two)|in moderation",
    ),
    (
        "less",
        "cut|reduce|lower|trim|halve|slash|decrease|scale|shrink",
        "(?:back |down )?(?:by|in|to) (?:a )?(?:half|third|quarter|lot|bit|little|two|minimum)",
    ),
    (
        "more",
        "double|triple|raise|increase|boost|lift|bump",
        "(?:by|to) (?:a )?(?:half|third|quarter|lot|bit|little|two)",
    ),
    (
        "more",
        "turn|dial|bump|push|crank|bring|move|play|ramp|scale|put|rank|list|step|pump|sort|place|shift|pull|raise|lift"
        "|promote|nudge|send|weight|weigh|beef|amp|rev|feature|get|stick|let|want|like",
        rf"{_TOP}{_MORE_OR_LESS}",
    ),
)
_DUE = (
    r"(?:(?:should|must|could|can|may|ought to|has to|have to|will) )?(?:needs?|deserves?|gets?|wants?|takes?"
    r"|could use|can use"
    r"|could do with|has|have|is due|are due|merits?|warrants?|calls? for|be given|is given|receives?|be allowed|be)"
)
_SIZE = r"(?:(?:an?|some|the|much|far|even|way|slightly|somewhat|lot|bit|little|big|of|really) )*"
_SHARE = (
    r"(?: (?:share|slice|part|role|weight|presence|portion|say|place|placement|percentage|proportion|prominence|room"
    r"|space|love"
    r"|attention|exposure|visibility|emphasis|representation|number|amount|count|spot|slots?|of|the|list|this|here|in"
    r"|it|please|now))*"
)
# What is to happen to names, behind them: "horror should be dropped", "thrillers could feature more heavily".
_BEHIND = (
    (
        "no",
        rf"{_HAVE_TO}(?:(?:{verbs.PARTICIPLES['no']})(?: (?:out|off|away|aside))?{_OUT_OF}|go(?:ing)?(?: away)?"
        r"|disappear"
        r"|vanish"
        r"|leave|get lost|take a hike|step aside|stay (?:out|away|off|hidden)|get out|never (?:appear|show up"
        r"|come up|be"
        rf" shown|be listed)|not (?:be (?:here|there|on (?:it|the list)|in (?:it|the list)|shown|listed|included"
        rf"|recommended|part of it)|appear|show up|come up|feature)){_OUT_OF}(?: (?:entirely|completely|altogether"
        r"|please|now|for now|too|as well|again))*",
    ),
    (
        "no",
        r"(?:(?:should|must|may|can|needs?|do|does|will|would)(?:n'?t| not)|cannot|won'?t|never"
        r"|not)(?: ever)?(?: (?:need|have) to)? (?:apply|be (?:in there|around|here|there|on (?:it|the list)"
        r"|in (?:it|the list|here|there)|shown"
        r"|listed|included|recommended|part of it|seen)|appear|show up|come up|come back|feature|turn up|pop up"
        r"|crop up)(?: (?:here|there|again|at all|anymore|any more))*",
    ),
    (
        "less",
        rf"{_HAVE_TO}(?:(?:{verbs.PARTICIPLES['less']})(?: (?:down|back))?|(?:rank|appear|feature|come|figure"
        r"|show(?: up)?"
        r"|be|placed|ranked|listed|sit|weigh|pop up|turn up) (?:lower|less|less (?:often|frequently|heavily"
        r"|prominently)|further down|lower down|down|last)|(?:take|get|have) (?:a back ?seat|less (?:space|room|weight"
        r"|prominence)))",
    ),
    (
        "more",
        rf"{_HAVE_TO}(?:(?:{verbs.PARTICIPLES['more']})(?: up)?|(?:rank|appear|feature|come|figure|show(?: up)?|be"
        r"|placed"
        r"|ranked|listed|sit|weigh|pop up|turn up) (?:higher|more|more (?:often|frequently|heavily|prominently)"
        r"|further up|higher up|up|first|on top|at the top)|lead|dominate|(?:take|get|have) (?:the lead|more (?:space"
        r"|room|weight|prominence|love)|priority|preference|precedence)|come first)(?: the (?:list|way))?",
    ),
    ("less", rf"(?:down|lower|further down|to the (?:very )?(?:back|bottom|end){_PLACE}){_MORE_OR_LESS}{_HERE}"),
    (
        "more",
        rf"(?:up|higher|further up|to the (?:very )?(?:top|front){_PLACE}|front and cent(?:er"
        rf"|re)){_MORE_OR_LESS}{_HERE}",
    ),
    (
        "more",
        r"(?:is |are |seems? |'s |were |was )(?:missing|absent|nowhere(?: to be (?:seen|found))?|lacking|scarce"
        r"|hard to find|too few|underrepresented)",
    ),
    (
        "less",
        rf"{_DUE} {_SIZE}(?:smaller|lower|less|lesser|reduced|fewer|cut|trim|demotion|downgrade|back ?seat){_SHARE}",
    ),
    (
        "more",
        rf"{_DUE} {_SIZE}(?:bigger|larger|greater|higher|stronger|better|wider|more|extra|additional|added|boost|bump"
        r"|lift|push|leg up"
        rf"|promotion|step up|fair|decent|proper|prominent){_SHARE}",
    ),
    (
        "no",
        rf"(?:{_HAVE_TO})?(?:do(?:es)?(?:n'?t| not)|have no|has no|did(?:n'?t| not)) (?:really )?(?:belong|fit|place"
        r"|business|work|make sense)"
        r"(?: (?:here|in here|there|in (?:it|this|the list|here)|on (?:it|the list)|being here|anymore|any more"
        r"|at all))*|(?:aren'?t|isn'?t"
        r"|are not|is not|'re not|'s not|no longer) (?:there|here|in (?:there|it|here)|on (?:it|there|the list)"
        r"|included|shown|listed"
        r"|an option|options|on the menu|on the cards|part of (?:it|this"
        r"|the plan)|relevant|suitable"
        r"|appropriate|wanted|needed|for sale|in the range|allowed|in play|happening|on)|gets? the (?:chop|boot|axe"
        r"|ax|push|sack|elbow|shove|bullet)",
    ),
    (
        "less",
        rf"(?:{_HAVE_TO})?(?:(?:tak(?:e|es|ing)|us(?:e|es|ing)) up|gets?|getting|has|have|tak(?:e|es|ing)|eat(?:s"
        r"|ing)? up|occup(?:y|ies|ying)) (?:far |way )?(?:too"
        r" much|so much|too many|half|most of)(?: of)?(?: the)? (?:room|space|of the list|of it|list|attention"
        r"|prominence|slots|places|positions|weight|love|screen)"
        r"|(?:is |are |'s |'re )?(?:hogging|crowding(?: out)?|swamping|flooding|dominating|overrunning|cluttering"
        r"|clogging(?: up)?|drowning|overwhelming"
        r"|monopoli[sz]ing|taking over|filling(?: up)?)(?: (?:the|her|his|their|my)? ?(?:list|results?"
        r"|recommendations?|screen|page|feed|everything|it|others?"
        r"|the rest))*|(?:is|are) (?:way |far |a bit |really |so |getting )*(?:overdone|overrepresented"
        r"|over-represented|excessive|over the top|too much|everywhere"
        r"|all over the (?:place|list))|dominates? (?:too much|the list|it|everything)",
    ),
    (
        "more",
        r"(?:(?:should |must |to )?(?:come|go|be|rank|get|put|show|list)s? )?(?:before|ahead of|above|in front of"
        r"|over) (?:(?:all|any|the|every) )*(?:others?|rest|competition"
        r"|anything else|everything else|everyone else|anybody else|other (?:brands?|makers?|categories|genres?"
        r"|things|ones|items|films?))",
    ),
    ("more", r"(?:heavy|centric|focus(?:s)?ed|led|dominated|leaning|forward)"),
    ("more", rf"(?:first|up ?front|on top|at the top){_HERE}"),
    ("less", rf"(?:last|at the (?:end|bottom)){_HERE}"),
)
_NOTHING = rf"{_THINGS}{_KIND_WORD},? (?:please )?(?:nothing|none)(?: please| at all)?(?=\s*(?:$|[,;.!?]))"
_ALWAYS = (
    r"(?:(?:really|just|always|usually|often|simply|also|totally|completely|absolutely|which|that|,|and|but|only"
    r"|generally|frankly|sometimes|again|tend to|tends to|never fails to|has|have|had|did|does)\s+)*"
)
# Names with a sign behind them: "零食× 图书√", "drama ↓".
_SIGNS = (("no", "[×✗✘❌👎🚫✕]|x(?![a-z])"), ("", "[√✓✔✅]"), ("less", "[↓⬇👇📉]"), ("more", "[↑⬆👆📈👍]"))
_PRONOUNS = tuple(
    (
        late(
            rf"(?<![a-z])(?:{before})(?:p|t|n|d|m|k)?(?:ing)? (?:them|it|those|these|that|this)(?: (?:all|both|{N}))?"
            rf" (?:{behind})(?![a-z])"
        ),
        f"{how} it",
    )
    for how, before, behind in _AROUND
)
FRAMES = (
    ("like", late(rf"(?:她|他|用户)?给(?P<things>{T})(?:打|评)?(?:了|过|的是?)?(?:很?高分|好评|满分|五星)")),
    ("dislike", late(rf"(?:她|他|用户)?给(?P<things>{T})(?:打|评)?(?:了|过|的是?)?(?:很?低分|差评|一星)")),
    *((how, late(rf"(?P<things>{E})[:：]?\s?(?:{sign})\ufe0f?")) for how, sign in _SIGNS),
    (
        "more",
        late(
            rf"(?P<things>{B}(?:(?:,| and| or|,? &) (?:the )?{B})*),? (?:if (?:at all )?possible|for preference"
            r"|preferably|ideally|by preference|where possible|if (?:you|we) can"
            r"|if available|for choice)(?![a-z])"
        ),
    ),
    ("no", late(rf"(?:(?:from|of|by|with|in) )?{_NOTHING}")),
    (
        "less",
        late(
            r"(?:(?:is|are|it'?s|this is|that'?s|the list is|still|a bit|way|far|much|rather|so) )*(?:too"
            rf"|overly) {_THINGS}[ -](?:heavy|centric|focus(?:s)?ed|led|dominated|laden)(?![a-z])"
        ),
    ),
    (
        "no",
        late(
            r"(?:we|i|she|he|they) (?:don'?t|do not|doesn'?t|does not|never|no longer|stopped|quit) (?:do|doing|does"
            rf"|deal in|handle|touch|go near) {_THINGS}(?=\s*(?:$|[,;.!?]))"
        ),
    ),
    *(
        (how, late(rf"(?:(?:{before})(?:p|t|n|d|m|k)?(?:ing)?) {_THINGS}{_KIND_WORD} (?:{behind})(?![a-z])"))
        for how, before, behind in _AROUND
    ),
    *(
        (
            how,
            late(rf"(?:(?:make|be) sure (?:that )?|ensure (?:that )?)?{_THINGS}{_KIND_WORD}[ -](?:{behind})(?![a-z])"),
        )
        for how, behind in _BEHIND
    ),
    *(
        (how, late(rf"{_THINGS}{_KIND_WORD},? {_ALWAYS}(?:{words})(?![a-z])"))
        for how, words in (("dislike", verbs.REPELS), ("like", verbs.PLEASES))
    ),
)
_PERSON_CHINESE = r"(?:她们?|他们?|我们?|咱们?|大家|这个?用户|用户|该?客户|顾客)"
# "she's only into westerns", "我只对科幻感兴趣"
_ONLY_LIKES = late(
    r"(?:only|just|exclusively|solely)(?: really| ever| truly)? (?:interested in|into|likes?|loves?|enjoys?"
    r"|watch(?:es)?"
    rf"|buys?|reads?|cares? (?:about|for)|wants?|fond of|here for|keen on|shops? for|after) {_THINGS}(?![a-z])"
)
_ONLY_LIKES_CHINESE = late(
    r"(?:只|就|光|仅|单|唯独)(?:是|会|肯)?(?:对|喜欢|爱(?:看|买|吃|用|听|玩|读)?|中意|钟意|偏爱|迷|认(?:准)?)"
    rf"{_THINGS_CHINESE}[片类]?(?:感兴趣|有兴趣|感冒|这一?[口类种]|有感觉)?"
)
# "非喜剧不看"
_NONE_BUT = late(rf"非{_THINGS_CHINESE}[片类]?(?:的)?(?:一律|都|就|绝)?不(?:看|要|买|考虑|选)")
_BUT_THESE = late(  # "西部片、纪录片以外都成"
    rf"(?:除了?)?(?P<things>{E}[片类]?(?:(?:、|和|与|跟|及|以及){E}[片类]?)*)"
    r"(?:(?:以外|之外)[,，]?|(?<=.)(?:[,，]?(?:其他|其它|别的|其余|剩下)))(?:其他|其它|别的|其余|的)*(?:都|全)(?:成|行"
    r"|可以|好|没问题|要得)"
)
FRAMES_CHINESE = tuple(
    (
        how,
        late(
            rf"(?:(?:{_PERSON_CHINESE})?(?:对于?|关于)|把|将|让|给|为"
            rf"|请)?{_THINGS_CHINESE}(?:(?:太|有点|过于|很)[\u3400-\u9fff]{{1,3}}了?(?=[，,她他我]))?"
            rf"{verbs.BETWEEN_CHINESE}(?:给)?(?:{words})"
            rf"(?:了|吧|啦|的|啊|呗)*(?!\s*{E})"
        ),
    )
    for how, words in (
        ("no", verbs.GONE_CHINESE),
        ("no", rf"{verbs.NOT_CHINESE}(?:了|啦|吧|$|(?=[,，。；;!！、\s]))"),
        ("dislike", verbs.HATES_CHINESE),
        (
            "dislike",
            r"(?:实在|真的|都|也|有点儿?)?(?:太|过于)(?![好棒赞美妙少多精贵老旧])[\u3400-\u9fff]{1,3}了?(?=\s*(?:$"
            r"|[,，。；;！!]))",
        ),
        ("less", verbs.LESS_CHINESE),
        ("more", verbs.MORE_CHINESE),
        ("like", rf"(?<!不){verbs.LOVES_CHINESE}"),
    )
)
# "除了喜剧都不要", "drop everything except comedies"
EXCEPT_ALL = late(
    rf"除了?{_THINGS_CHINESE}片?(?:以外|之外|外)?(?:的)?[，,]?\s*(?:其他|其它|别的|其余|什么)?(?:的)?(?:都|全|一律|一概"
    r"|统统)+(?:不要|不看|不推荐?|别推荐?|去掉|排除|不考虑)|(?:drop|remove|hide|exclude|skip|omit|ditch|leave out"
    r"|filter out|get rid of|no|nothing|(?:don'?t|do not|never) (?:show|recommend|list)(?: me| her"
    r"| him)?)\s+(?:anything|everything|all|any|other|else|films?|movies?|items?|products?|genres?|categor(?:y|ies)"
    r"|brands?|things|stuff|\s)*(?:but|except(?: for)?|other than|besides"
    rf"|apart from)\s+{_THINGS.replace('(?P<things>', '(?P<those>')}"
)


def shortened(line: Spotted) -> None:
    """Write "leave them out" and "tone it down" as an operator before the pronoun."""
    for pattern, word in _PRONOUNS:
        while (found := pattern.search(line.line)) is not None:
            line.line = line.line[: found.start()] + word.ljust(found.end() - found.start()) + line.line[found.end() :]


def marked(line: Spotted, names: Names) -> list[Part]:
    """Names with a mark of their own: "horror: no", "+comedy", "replace this by that"."""

    def part(character: str, operator: str) -> Part:
        name = line.name(character)
        return said_of(name.kind, name.value, how_of(name.kind, operator), names)

    def yes_no(found: re.Match[str]) -> list[Part]:
        if found["maybe"]:
            line.missed.append(line.span(*found.span()))
            return []
        operator = "no" if found["no"] or found["minus"] or found["never"] else "more" if found["plus"] else ""
        made: list[Part] = [part(found["a"] or found["b"] or found["c"], operator)]
        line.ways.append((*found.span(), operator, made))
        return made

    def pair(how: str) -> Rule:
        def rule(found: re.Match[str]) -> list[Part] | None:
            gone = found.groupdict().get("gone")
            come = found.groupdict().get("come")
            return [*([part(gone, how)] if gone else []), *([part(come, "more")] if come else [])]

        return rule

    def without(found: re.Match[str]) -> list[Part]:
        kept = found["kind"] or found["sort"]
        rest = [Category(line.name(kept).value, "only")] if kept else []
        return [part(found["a"] or found["b"], "no"), *rest]

    none_but = [
        part
        for pattern in (_NONE_BUT, _ONLY_LIKES, _ONLY_LIKES_CHINESE)
        for part in _framed(line, names, "only", pattern)
    ]
    but_these = _framed(line, names, "only", EXCEPT_ALL)  # before "这些都不要" is read in it
    outside = _framed(line, names, "no", _BUT_THESE)
    framed = [_framed(line, names, how, pattern) for how, pattern in (*FRAMES, *FRAMES_CHINESE)]
    return [
        *none_but,
        *but_these,
        *outside,
        *apply(line, YES_NO, yes_no),
        *(each for how, pattern in PAIRS for each in apply(line, pattern, pair(how))),
        *apply(line, NON, without),
        *(each for parts in framed for each in parts),
    ]


def _framed(line: Spotted, names: Names, operator: str, pattern: re.Pattern[str]) -> list[Part]:
    """Names between a verb and its particle: "leave horror and war out"."""

    def rule(found: re.Match[str]) -> list[Part] | None:
        things = next(words for words in found.groupdict().values() if words)
        near = line.line[max(0, found.start() - _NEAR) : found.start()]
        before = list(OPERATOR.finditer(near))
        told = bool(before) and not near[before[-1].end() :].strip()
        if told and re.search(rf"{E},\s", things) and not _JOINED.search(things):
            return None  # "hide Disney, dramas are great" says two things
        made: list[Part] = []
        line.ways.append((*found.span(), operator, made))
        for brand, of, other in re.findall(f"({B})\\s*的?\\s*({C})|({E})", things):
            name = line.name(brand or other)
            how = how_of(name.kind, operator)
            made.append(
                Brand(name.value, how, line.name(of).value) if brand else said_of(name.kind, name.value, how, names)
            )
        return made

    return apply(line, pattern, rule)
