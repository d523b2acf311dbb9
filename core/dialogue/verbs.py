"""Verbs by what they do to a list, in all their forms: what is dropped, lowered, raised, shown, liked and disliked.

The lists are wide, as a verb that is missing is one that the analyst has to say otherwise; they are parts of patterns
(`operators`, `predicates`), where the words around them say that the verb is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.dialogue.patterns import late

_DROP = """
    drop remove exclude eliminate delete discard ditch dump scrap axe nix kill lose chuck toss trash bin junk purge veto
    banish shun reject obliterate nuke erase expunge excise cull scrub wipe zap yank eject expel evict oust boot dismiss
    decline refuse bar forbid prohibit disallow blacklist blocklist suppress censor mute silence snub scratch bypass
    forgo omit skip avoid hide block ban cut forget ignore disregard decimate annihilate exterminate eradicate vaporize
    torch jettison unlist delist withhold cancel squash quash chop lop hold stop quit ax strike shed dodge conceal
    sack fire retire shelve bench park mothball offload outlaw erase deselect untick uncheck subtract deduct
    detach
"""
_LOWER = """
    reduce decrease lower lessen diminish minimize minimise downplay soften shrink demote deprioritize deprioritise
    downweight downrank downgrade downvote de-emphasize bury sink trim curb curtail throttle dampen temper moderate
    restrain thin halve dilute relegate sideline taper weaken limit slash ration shorten penalize penalise discount
    dim
"""
_RAISE = """
    boost raise increase promote favour favor prioritize prioritise amplify strengthen highlight emphasize emphasise
    upweight uprank upvote upgrade elevate lift bump hike double triple quadruple enhance heighten maximize maximise
    feature foreground spotlight champion push pump expand enrich accentuate up stress multiply
"""
_SHOW = """
    show give find get recommend suggest list display present pull fetch surface grab hunt track scout deliver pick
    choose select offer serve bring hand pop sling feed send rustle scrape
"""
_IRREGULAR = {
    "cut": "cut", "forget": "forgotten", "hide": "hidden", "hold": "held", "lose": "lost", "quit": "quit",
    "strike": "struck", "shed": "shed", "forgo": "forgone", "forbid": "forbidden", "sink": "sunk",
    "withhold": "withheld", "give": "given", "find": "found", "get": "got", "show": "shown", "choose": "chosen",
    "take": "taken", "leave": "left", "throw": "thrown", "keep": "kept", "put": "put", "bring": "brought",
    "feed": "fed", "send": "sent", "set": "set", "write": "written",
}  # fmt: skip
_DOUBLED = late(
    r"^[^aeiou]*[aeiou](?:[bdgkmnprt])$|(?:drop|skip|trim|strip|scrub|ship|chop|lop|swap|slip|zap|omit|expel|forbid"
    r"|cancel)$"
)


def inflected(verb: str, ending: str) -> str:
    """A verb with "ing" or "ed" behind it."""
    if _DOUBLED.search(verb) and verb not in ("ax",):
        return verb + verb[-1] + ending
    if verb.endswith("e") and not verb.endswith(("ee", "oe")):
        return verb[:-1] + ending
    if ending == "ed" and re.search("[^aeiou]y$", verb):
        return f"{verb[:-1]}ied"
    return verb + ending


def _choice(words: Iterable[str]) -> str:
    return "|".join(sorted(dict.fromkeys(words), key=len, reverse=True))


def _asked(verbs: str) -> str:
    """The forms in which something is asked for: "drop", "dropping"."""
    return _choice(form for verb in verbs.split() for form in (verb, inflected(verb, "ing")))


def _done(verbs: str) -> str:
    """Participles: "dropped"."""
    return _choice(_IRREGULAR.get(verb, inflected(verb, "ed")) for verb in verbs.split())


ASKED = {"no": _asked(_DROP), "less": _asked(_LOWER), "more": _asked(_RAISE)}
PARTICIPLES = {
    "no": _done(f"{_DROP} take leave throw keep") + "|gone",
    "less": _done(_LOWER),
    "more": _done(_RAISE),
}

KNOWN = frozenset("|".join((*ASKED.values(), *PARTICIPLES.values())).split("|"))  # and no slips of the pen
# Verbs of a sentence that says something of what stands before them.
FINITE = (
    r"(?:'s|'re|is|are|was|were|isn't|aren't|can|can't|could|should|shouldn't|must|may|might|will|won't|would"
    r"|wouldn't|has|have"
    r"|had|does|doesn't|do|don't|did|didn't|needs?|wants?|gives?|gave|makes?|made|gets?|got|puts?|goes|go|went|keeps?"
    r"|kept|leaves?"
    r"|left|seems?|looks?|feels?|felt|deserves?|belongs?|remains?|stays?|takes?|took|comes?|came|drives?|drove|causes?"
    r"|runs?|ran|shows?|showed|turns?|turned|crops?|pops?|popped|creeps?|crept|sneaks?|falls?|fell|rises?|rose|tends?"
    r"|starts?|started|stops?"
    r"|stopped|happens?|happened|becomes?|became|brings?|brought|gave|hits?|hurts?|helps?|kills?|saves?|wins?|won"
    r"|loses?|lost|works?|worked"
    r"|plays?|played|sits?|sat|stands?|stood|suits?|fits?|appears?|appeared|clutters?|fills?|floods?|dominates?)"
)

# Verbs with a particle or preposition, before what they speak of.
_AWAY = (
    "take|leave|cut|throw|kick|weed|screen|filter|rule|strip|count|cross|sift|strike|toss|chuck|boot|pull|drop|drag"
    "|pluck|edit|phase|block|write|scratch|swear|shut|root|flush|sort|wash|turf|rinse|cull|crowd|edge|black|chop|lop"
    "|clean|clear|bin|knock|leav|tak|writ|strik|pull"
)
PHRASES = {
    "no": (
        rf"(?:leave|leaving|set|setting|put|putting|push|brush) aside|never mind|(?:{_AWAY})(?:ing|ping|ting|bing"
        r"|ning)? (?:out|off|away)(?: of)?|(?:get|be|rid (?:me|her|him|us|them)"
        r"|getting) (?:rid |shot )?of|(?:do|be|have) (?:away|done) with|(?:steer|stay|keep|stand|stick) (?:well |far "
        r"|completely )?(?:clear of|off|out of)|(?:stay|keep|stand) (?:well |far )?away from|spare (?:me|her|him|us"
        r"|them)|say (?:no|goodbye|bye|bye-bye"
        r"|adieu) to|wave goodbye to|bid farewell to|put (?:an end|a stop) to|pull the plug on|give up on|turn down|opt"
        r" out of|draw the line at|(?:can |could |would |will |rather |'d |'ll )*(?:do|go|live|manage|cope|survive)"
        r" without|lay off|back off(?: from)?|move (?:on|away) from|part with|purge the list of|clear the list of|free"
        r" (?:me|her|him|us) (?:of|from)|give (?:\w+ )?up on|wean (?:me|her|him|us|them) off|cut ties with|take a pass"
        r" on|i'?ll pass on|close the door on|swear off|lock out|shut the door on|stop it with|knock off|cool it with"
        r" all|(?:(?:i|we|she|he|they) ?)?(?:'m|am|is|are|'re|'s|isn'?t|aren'?t|wasn'?t|weren'?t)(?: not"
        r"| never)?(?<=t) (?:really )?(?:asking for|after|looking for"
        r"|in the mood for|searching for|hunting for|in need of|hoping for|shopping for)|quit it with"
        r"|cut it out with|over my dead body|to hell with|down with"
        r"|screw|(?:won'?t|will not|not going to) be (?:needing|wanting|buying|watching"
        r"|having)"
        r"|(?:nobody|no ?one)(?: here| else)? (?:wants|needs|likes|asked for|watches|buys|reads|cares (?:for"
        r"|about))(?: any)?"
    ),
    "less": (
        r"(?:go|be|take it|going|keep it) (?:a (?:bit|little) )?(?:easy|easier|light|lighter|lightly|slow|steady"
        r"|gently|sparing|sparingly) (?:on|with)|(?:cut|scale|dial|pull|hold|ease|back|cool|slow|wind|pare|step|draw)"
        r"(?:ting|ling|ing)? (?:down|back|off|up|it down|it back)(?: a (?:bit|little|notch))? (?:on|with|from)"
        r"|(?:cut|scale|dial|tone|turn|pare|water|wind|trim|play|damp|tamp|calm|quieten|step|bring|whittle|narrow"
        r"|thin|slim)(?:ting|ing|ming|ning)? (?:down|back|out)|rein(?:ing)? in|lean(?:ing)? away from|tilt away from"
        r"|put less (?:weight|emphasis|stress) on|give less (?:weight|room|space|priority) to"
        r"|pump the brakes on|put the brakes on"
    ),
    "more": (
        r"(?:crank|bump|ramp|dial|turn|beef|step|pump|scale|amp|rev|play|push|move|bring|jack|juice|pep|top|tune)"
        r"(?:ing|ping)? up(?: on)?|(?:double|triple) (?:down on|up on)|(?:go|be|going) (?:a (?:bit|little) )?"
        r"(?:heavy|heavier|big|bigger|hard|harder|strong) on|load(?:ing)? up (?:on|with)|pile on|lay on"
        r"|(?:put|place|lay) (?:more |extra |greater |the )?(?:weight|emphasis|stress|focus|accent) on|give (?:more "
        r"|extra |greater )(?:weight|room|space|priority|prominence) to|move further towards?|go for more"
        r"|stock up on|sprinkle in|throw in|mix in|squeeze in|slip in|work in|weave in|pad it out with"
    ),
}

# What a person does: the names that follow are liked or disliked.
_ADVERB = (
    r"(?:(?:really|just|absolutely|also|simply|totally|completely|genuinely|truly|positively|utterly|still|always"
    r"|generally|usually|clearly|obviously|actually|secretly|deeply|strongly|so|very|quite|rather|pretty|super|a bit"
    r"|a little|kind of|sort of|kinda|such|all|now|already|apparently|personally|particularly|especially|particular"
    r"|much|too|well and truly|seriously|properly)\s+){0,5}"
)
_CANNOT = r"(?:can'?t|cannot|can not|could(?:n'?t| not| never)|can never|won'?t|will not|would(?:n'?t| not| never))"
_NOT_DO = (
    r"(?:does(?:n'?t| not)|do(?:n'?t| not)|did(?:n'?t| not)|would(?:n'?t| not)|never|has never|won'?t|isn'?t going to"
    r"|is not going to)"
)
_NOT_BE = r"(?:isn'?t|is not|aren'?t|are not|wasn'?t|was not|weren'?t|am not|'m not|'s not|'re not|not|never)"
_BE = r"(?:(?:is|are|was|were|am|'s|'re|'m|gets?|got|feels?|grew|grown|growing|has been|have been|'s been)\s+)?"
HATES = (
    rf"{_ADVERB}(?:dislik(?:e[sd]?|ing)|hat(?:e[sd]?|ing)|loath(?:e[sd]?|ing)|despis(?:e[sd]?|ing)"
    r"|detest(?:s|ed|ing)?|abhor(?:s|red)?|resent(?:s|ed)?|outgrew|outgrown)"
    rf"|{_CANNOT} {_ADVERB}(?:stand|bear|abide|stomach|tolerate|take|handle|face|endure|suffer|get into|get on with"
    r"|get along with|warm to|be doing with|be bothered with|be having|deal with|sit through|put up with|get behind)"
    rf"(?: any(?: more)?| another| all(?: this| that| these| those)?| much(?: more)?)*"
    rf"|{_NOT_DO} {_ADVERB}(?:like|liked|enjoy|enjoyed|love|loved|fancy|appreciate|care (?:much |a lot |at all )?for"
    r"|care about|go for|go in for|dig|get on with|get into|warm to|take to|feel like|do well with|think much"
    r" of|have (?:much |any |a lot of )?(?:time|patience|love|use|interest|taste|stomach|appetite) (?:for|in))(?: any)?"
    rf"|(?:{_BE}|{_NOT_BE} ){_ADVERB}(?:sick(?: (?:to death|and tired))?|tired|bored(?: (?:stiff|to tears|to death"
    r"|silly))?|weary|had it|fed up(?: to the back teeth)?|burnt out|burned out"
    r"|annoyed|disappointed|unimpressed|put off|turned off|exhausted|irritated|disgusted|disturbed|scared|frightened"
    r"|terrified|spooked|creeped out|grossed out|afraid|wary|allergic|averse|opposed|hostile|indifferent|saturated"
    r"|overloaded|bombarded|inundated|swamped|flooded|spammed|(?:over and )?done(?= with)|finished(?= with)"
    r"|through(?= with)) (?:of|with|by|from|to|at)"
    rf"|{_NOT_BE} {_ADVERB}(?:that |at all |exactly |much of |too |any |one |the biggest )*(?:an? )?(?:(?:big|huge"
    r"|great"
    r"|massive|much of an?) )*(?:interested in|keen on|into|fond of|taken with|crazy about|wild about|mad about|mad on"
    r"|big on|sold on|fussed about|bothered about|thrilled (?:by|about|with)|excited (?:by|about)|impressed (?:by|with)"
    r"|fans? of|lovers? of|one for|a friend of|convinced by|enthusiastic about|hot on|partial to|happy with|up for)"
    rf"|{_BE}{_ADVERB}(?:gone|went|going|goes) (?:right |completely |totally )?off"
    r"|(?:(?:has|have|had|'s|'ve|'d|seen|got|watched|bought) )+(?:(?:more than |quite |about )*(?:(?:her|his"
    r"|their|my"
    r"|our) (?:fill|share)|enough|plenty|too (?:much|many))(?: already| now)?(?: of)|too (?:much|many))"
    r"|(?:has |have |had |with |there is |there'?s )*(?:no|zero|little|not much|hardly any"
    r"|not the slightest) (?:more )?"
    r"(?:interest in|time for|love for|liking for|patience (?:for|with)|appetite for|taste for|stomach for|desire for"
    r"|use for|affinity (?:for|with|to)|enthusiasm for)(?: any)?"
    r"|(?:has |have |had )?(?:lost|losing) (?:all |any )?(?:her |his |their )?(?:interest in|taste for|appetite for)"
    r"|(?:has |have )?(?:cooled on|grown out of|moved on from|broken up with)"
)
LOVES = (
    rf"{_ADVERB}(?:lik(?:es|ed|ing)|lov(?:es|ed|ing)|enjoy(?:s|ed|ing)?|ador(?:e[sd]?|ing)|appreciat(?:es|ed)"
    r"|cherish(?:es|ed)?|treasur(?:es|ed)|digs|relish(?:es|ed)?|devour(?:s|ed)|lapped up|laps up"
    r"|(?:can'?t|cannot|could(?:n'?t| not)|can never|could never) (?:get|have) enough(?: of)?"
    r"|raves? about|raved about|fell (?:in love with|for)|falls for|warmed to|clicked with|got a kick out of"
    r"|gets a kick out of|couldn'?t put down|swore by)"
    rf"|{_BE}{_ADVERB}(?:(?:a |an )?(?:big |huge |great |massive |true |real |die-?hard )*(?:fans? of|lovers? of"
    r"|suckers? for|devotees? of|admirers? of)|into|fond of|keen on|crazy about|mad about|nuts about|wild about"
    r"|delighted (?:by|with)|impressed (?:by|with)|taken with|hooked on|obsessed with|addicted to|interested in"
    r"|blown away by|moved by|charmed by|smitten (?:by|with)|thrilled (?:by|with)|captivated by|in love with"
    r"|enthusiastic about|excited about|sold on|passionate about|(?:very )?(?:happy|pleased) with)"
    r"|(?:has |have |had |with )?(?:a |an )?(?:real |big |huge |special |great |secret )*(?:soft spot for|weakness for"
    r"|thing for|passion for|love of|love for|liking for|taste for|penchant for|fondness for|interest in|crush on)"
)

# What names do to a person: "horror gives her nightmares", "Titanic won her over".
PERSON = r"(?:her|him|them|me|us|the (?:user|customer|client|kids|children)|this (?:user|customer)|everyone)"
_HERS = r"(?:her|his|their|my|our|this (?:user|customer)'?s?)"
REPELS = (
    rf"(?:bor(?:e[sd]?|ing)|annoy(?:s|ed)?|irritat(?:e[sd]?)|scar(?:e[sd]?)|frighten(?:s|ed)?|disgust(?:s|ed)?"
    r"|upset(?:s)?|depress(?:es|ed)?|tir(?:e[sd]?)|repel(?:s|led)?|terrif(?:y|ies|ied)|disappoint(?:s|ed)?|exhaust(?:s"
    r"|ed)?|confus(?:e[sd]?)|shock(?:s|ed)?|disturb(?:s|ed)?|bug(?:s|ged)?|spook(?:s|ed)?|sadden(?:s|ed)?"
    r"|infuriat(?:e[sd]?)"
    rf"|nauseat(?:e[sd]?)|unsettl(?:e[sd]?)) {PERSON}(?: (?:off|away|stiff|to tears|to death|silly|rigid))?"
    rf"|(?:put|puts|turn|turns|turned|freak|freaks|freaked|creep|creeps|creeped|weird|weirds|weirded|gross|grosses"
    rf"|grossed|wear|wears|wore|drag|drags|dragged|bring|brings|brought|let|lets|tick|ticks|ticked|piss|pisses|pissed"
    rf"|stress|stresses|stressed) {PERSON} (?:right )?(?:off|out|down|to sleep)"
    rf"|(?:gave|gives?) {PERSON} (?:nightmares|a headache|headaches|the creeps|bad dreams|anxiety|the ick|the shivers"
    r"|sleepless nights)"
    rf"|(?:made|makes?) {PERSON} (?:(?:feel|so|very|too|really|a bit|fall) )*(?:sleepy|sad|sick|ill|angry|anxious"
    r"|nervous|uneasy|depressed|yawn|asleep|cringe|uncomfortable|queasy|miserable|tired|switch off|roll \w+ eyes|gag)"
    rf"|(?:leaves?|left) {PERSON} (?:cold|unmoved|bored|indifferent|flat|underwhelmed|disappointed|confused)"
    rf"|(?:gets?|got|grates?|grated) on {_HERS} nerves|(?:does|did|do) (?:nothing|little|not much|zilch) for {PERSON}"
    rf"|(?:does|do|did)(?:n'?t| not) (?:really )?(?:do (?:it|much|anything) for|work for|interest|appeal to|suit|grab"
    rf"|excite|click with|speak to|convince|impress|move|thrill|sit well with|go down well with|land with) {PERSON}"
    rf"|(?:is|are|was|were|'s|'re) (?:just |really |simply )?(?:a (?:total |complete |big )?(?:turn-?off|no-?go|no-?no"
    r"|bore|snooze(?:fest)?|drag|let-?down|disappointment|flop|waste of time|deal-?breaker|dud|miss)|overrated|awful"
    r"|terrible|dreadful|boring|dull|tedious|rubbish|garbage|trash|crap|lame|horrible|unbearable|unwatchable|cringe"
    r"|disgusting|annoying|a chore)(?: (?:for|to|with) \w+)?|(?:sucks?|sucked|stinks?|bombed|flopped)(?: with \w+)?"
    rf"|(?:is|are|was|were)(?: really| just)?(?:n'?t| not| never)(?: really| just)? (?:for|{_HERS} (?:thing|cup of tea"
    r"|style|taste|bag|jam|scene|genre|kind of thing)|up (?:her|his|their|my) (?:street|alley)|a hit|a success)"
    rf"(?: {PERSON})?"
)
PLEASES = (
    rf"(?:thrill(?:s|ed)?|delight(?:s|ed)?|impress(?:es|ed)?|mov(?:es|ed)|charm(?:s|ed)?|pleas(?:es|ed)|amus(?:es|ed)"
    r"|excit(?:es|ed)|captivat(?:es|ed)|grip(?:s|ped)?|fascinat(?:es|ed)|hook(?:s|ed)?|wow(?:s|ed)?|enchant(?:s|ed)?"
    r"|touch(?:es|ed)|entertain(?:s|ed)?|inspir(?:es|ed)|tickl(?:es|ed)|grabb?(?:s|ed)?|relax(?:es|ed)|cheer(?:s|ed)?"
    rf"|interest(?:s|ed)|appeal(?:s|ed)? to|speak(?:s)? to|work(?:s|ed) for) {PERSON}(?: up)?(?! cold| off)"
    rf"|(?:blew|blows) {PERSON} away|(?:won|wins) {PERSON} over|(?:cracks?|cracked|cheers?|cheered) {PERSON} up"
    rf"|(?:made|makes?) {PERSON} (?:laugh|smile|happy|cry with laughter|day)|(?:made|makes?) {_HERS} day"
    rf"|(?:does|did) it for {PERSON}|knocked {_HERS} socks off"
    rf"|(?:went|goes|go|going) down (?:(?:really |very )?well|a treat|a storm)(?: with {PERSON})?"
    rf"|(?:is|are|was|were|'s) (?:right |just |exactly |totally |really |very much )*(?:up {_HERS} (?:street|alley)"
    rf"|{_HERS} (?:thing|cup of tea|style|jam|bag|favou?rites?(?: genre| brand)?|passion|kind of thing|guilty pleasure)"
    rf"|a (?:(?:big|huge|real) )?(?:hit|success|winner|favou?rite)|brilliant|fantastic|wonderful|amazing|gorgeous"
    r"|outstanding|marvellous|terrific|superb|excellent|awesome|great|lovely|spot on)(?: (?:for|with) \w+)?"
)

# ------------------------------------------------------------------------------------------------ Chinese

# A verb of one character needs what it comes to ("砍掉", "踢出去"), longer ones do not.
_ENDED = "(?:掉|除|走|开|光|完|去|下去|下来|下|出去|出局|到一边|一边去|一边|干净|飞)"
_DROP_ONE = (
    "[删去砍踢剔撤干灭丢扔甩拿摘滤筛清抹划剪免省拦挡藏撇抛赶轰请挪移弄搞拔铲扫抠剃掐毙挖裁除减刷撵踹卡关下停戒忘排]"
)
_DROP_MANY = (
    "排除|剔除|删除|去除|移除|清除|清理|过滤|屏蔽|拉黑|封锁|封杀|避雷|避坑|拔草|劝退|踩雷|封禁|封掉|禁止|禁掉|禁用"
    "|忽略|无视|舍弃|放弃|抛弃|摒弃"
    "|丢弃|跳过|略过"
    "|绕过|绕开|躲开|避开|回避|谢绝|拒绝|拒收|杜绝|取消|剥离|撤下|撤走|下架|下线|隐藏|淘汰|免除|剪除|根除|清空|划去"
    "|撤销|关闭"
)
DROP_CHINESE = rf"(?:(?:{_DROP_ONE}(?:{_ENDED}))|(?:{_DROP_MANY})(?:掉|出去|在外)?)(?:了)?"
# Behind a name that "把" or "都" leads to, one character is enough: "都撤了", "把零食删了".
GONE_CHINESE = (
    rf"(?:{DROP_CHINESE}|{_DROP_ONE}了|(?:先)?(?:放一放|缓一缓|搁一搁|搁置|靠边站?|靠边儿站|一边儿?去|滚蛋|滚开|滚"
    r"|走开|退下|退散|退出|(?:放|搁|扔|丢|撂)(?:在|到)?一[边旁]|停一停|停一下|停停|停推|暂停|歇一歇|先停|放放|冷处理"
    r"|出局|拜拜|再见|没戏|打住|免谈|免了|就免(?=\s*(?:$|[,，。；;！!]))|作罢|就此打住|统统走人|走人|让位|歇歇|歇了"
    r"|打入冷宫|敬谢不敏|(?:没有?"
    r"|无)必要(?:再)?(?:出现|推荐?|看|买|列|放|显示|要|有|了)*|敬而远之"
    r"|退避三舍"
    r"|一边儿?待着)(?:吧|了)*)"
)
_WANT_NOT = (
    "(?:太|予以?|怎么|要|再|[向对跟为给让][我她]|大|想|愿意?|打算|准备|需要|必|用|准|许|能|可以?|该|会|肯|敢|希望)*"
)
_CONSUME = (
    "(?:要|看|买|吃|喝|用|穿|戴|读|听|玩|碰|沾|收|接受|考虑|推荐?|列|出现|显示|展示|来|放|给|上|需要|养|做|逛|选|挑"
    "|缺|打算买)"
)
NOT_CHINESE = rf"不{_WANT_NOT}{_CONSUME}(?:到|了|再)*"
HATES_CHINESE = (
    r"(?:很|最|特别?|非常|超级?|真的?|有点儿?|比较|太|相当|极其?|一向|从来|向来|一直|就){0,5}(?:不(?:太|怎么|大|是很"
    r"|是太"
    r"|咋|很|爱|算)*(?:喜欢|爱(?:看|吃|买|听|玩"
    r"|用|喝|读)?|待见|感冒|感兴趣|欣赏|中意|来电|满意|好(?=这口)|吃这一?套)|(?:讨厌|厌恶|厌烦|厌倦|反感|嫌弃|排斥"
    r"|抵触|抗拒|憎恶|痛恨|鄙视"
    r"|看不上|瞧不上|看不惯|看不进去?|看不下去|看不懂|听不下去|受不了|忍不了|吃不消|无法忍受|怕看?|害怕|腻烦|腻味"
    r"|烦透了?|烦死了?|恨|怵|无感"
    r"|没(?:什么|啥|有|多大|太大|多少|半点|一点)*(?:兴趣|感觉|好感|想法|需求|耐心|胃口))"
    r"|看(?:着看着)?(?:就)?睡(?:着|过去)?了?|看到一半就?(?:关|弃|走|放弃|没看)了?|不合(?:她|他|用户|我)?的?(?:胃口"
    r"|口味|心意|眼缘)|不是(?:她|他|我)的菜|吐槽|给了?差评|弃剧|看走眼|大失所望|很?失望"
    r"|(?:看|买|吃|听|玩|用|喝|读)(?:腻|够|烦|厌|伤|吐)(?:了)?|(?<![麻劳不])烦(?![恼躁心请您你]))"
)
LOVES_CHINESE = (
    r"(?:很|最|特别?|非常|超级?|真的?|有点儿?|比较|太|相当|极其?|一向|从来|向来|一直|就|还挺|挺|蛮|更|都|可(?!爱)"
    r"|贼){0,5}(?:喜欢|喜爱|(?<![可恋相博友亲关恩母父疼])爱(?:看|吃|买|听|玩|用|喝|读|死|上)?"
    r"|钟爱|热爱|酷爱|迷恋|痴迷|沉迷|着迷|迷(?:上)?|好(?=这口)|中意|青睐|偏爱|感兴趣|有好感|情有独钟|欲罢不能|入迷"
    r"|上头|念念不忘|赞不绝口"
    r"|爱不释手|是(?:她|他|用户|我)的?(?:心头好|最爱|心头肉|白月光|本命|菜|最爱的)|(?:看|刷|读|听|玩|用|买)了?(?:好几"
    r"|很多|许多|无数|几|两|三|四|五|多|[\ue300-\ue3ff])(?:遍|次|回)|种草|长草|推崇|欣赏|看好|称赞)(?:了|得很|极了"
    r"|得不行|得要命|不已)?"
)
_ABIT = "(?:一?[点些](?:儿)?|[几两][个部款本件样家门间])"
LESS_CHINESE = (
    r"(?:(?:要|得|应该?|最好)?少(?=\s*(?:$|[,，。；;！!]))|少(?:推荐?|来|给|放|整|搞|弄|出|上|看|列|买|安排"
    rf"|出现)*{_ABIT}|(?:往后|向后|朝后|靠后)(?:面)?(?:排|放|挪|靠"
    r"|移|稍|调|推)?"
    rf"(?:一[排放挪靠移稍调推]|{_ABIT})?|(?:排|放|挪|靠|压|沉|垫|摆)(?:在|到)?(?:最?后面?|最?末尾|末位|底部?"
    rf"|最?下面?)(?:去)?|沉底|垫底|[降减](?:一?[点些]|低)?(?:权重?|分|曝光|比重|戏份)|降权|降级|降?降温|悠着{_ABIT}"
    rf"|克制{_ABIT}"
    r"|收敛(?:一?[点些])?|(?:别|不要|不用|不必|不需要)(?:再)?(?:那么|这么|太)[多密]|(?:有点儿?|有些|偏|过|略)多了?"
    r"|太多了?|泛滥了?"
    r"|(?:多得|太)(?:离谱|过分)了?"
    r"|刷屏了?|(?:太|过于|偏|有点)[高大重]了?|多了(?=\s*(?:$|[,，。；;！]))|(?:往下|向下|朝下)(?:压|降|调|减|放|拉"
    r"|挪)(?:一?[压降调减放拉挪点些])?|(?:减|砍|降|压)(?:一半|半|少)|减半|调低|下调|调小|缩减|压缩|削减"
    r"|(?:降|压|减|收|控|缩|调)(?:一[降压减收控缩]|一下|低|少|小|下来|下去|一?[点些])+)"
)
MORE_CHINESE = (
    r"(?:(?:要|得|应该?|最好)?(?<!差不)多(?=\s*(?:$|[,，。；;！!]))|多(?:推荐?|来|给|放|整|搞|弄|出|上|看|列|买|安排|加"
    rf"|补)*{_ABIT}|(?:往前|向前|朝前|靠前|往上"
    r"|向上)(?:面)?(?:排|放|挪|靠|移|调|提|推|拉)?"
    rf"(?:一[排放挪靠移提推拉调]|{_ABIT})?|(?:排|放|挪|提|顶|摆|置)(?:在|到)?(?:最?前面?|最?上面?|前头|首位|第一位?"
    r"|顶部?)(?:去|来)?|置顶|加权|打头阵?|多(?:露露?脸|露个?脸|露面|曝光|亮相|出镜)|加[点些]?(?:权重?|分|量|曝光|戏份"
    r"|比重)|提权|升权"
    r"|(?:占|当|作|做|唱)(?:大头|主力|主角|主打|重点|多数|主要)|为主(?:打|力)?|(?:是|作为)(?:主力|重点|主角|首选)"
    r"|优先(?!于)|管够|多多益善|越多越好|大力推荐?|主推|不够(?:多|看)?"
    r"|(?:有点儿?|有些|偏|过|略)少了?|太少了?|翻倍|翻番|加倍|加码|加量|调高|上调|调大|(?:提|拉|抬|升|加|补|增"
    r"|调)(?:一[提拉抬升加补]|一下|高|上来"
    r"|上去|大|多|强)+(?:一?[点些])?"
    r"|(?:的)?(?:分量|比重|占比|比例|权重|份额|数量)(?:再)?(?:加重|加大|提高|提升|拉高|调高|上调|加|提|大一?[点些]"
    r"|高一?[点些]|多一?[点些]))"
)
# What may stand between a name and such words.
BETWEEN_CHINESE = (
    r"(?:片|类|的|这[一]?[块类种]儿?|那[一]?[块类种]儿?|之类|系列|产品|商品|东西|题材|(?:她们?|他们?|用户|客户|我们?"
    r"|大家)(?:家里?)?|[，, ]"
    r"|能不能|可不可以|能否|可否|倒是|倒|不妨|尽管|照样|这阵子|这段时间|这几天|这会儿|最近|近期|目前|眼下|这次|本次"
    r"|今天|推得|推荐得|来得|给得"
    r"|占比|比例|比重|的货"
    r"|请|麻烦|都|全部?|也|就|先|再|给我|统统|通通|一律|一概|直接|暂时|现在|已经|早就?|真的|其实|可以|可|能|应该|必须"
    r"|得|得要|还是|到底|根本|完全|从来|一向|好像|似乎|感觉|看起来|貌似|略|稍微|适当|确实|实在){0,12}"
)
TAIL_CHINESE = (
    rf"{BETWEEN_CHINESE}(?:{GONE_CHINESE}|{LESS_CHINESE}|{MORE_CHINESE}|{HATES_CHINESE}|{LOVES_CHINESE}|{NOT_CHINESE}"
    r"|专场|走起|安排|来一[波批]|为限|除外|以外|之外|算了|不行|不作?考虑|免谈|靠边|别)"
)
