"""What a request says out of politeness, which is left out of a line before it is read."""

from __future__ import annotations

import re

from core.dialogue.patterns import late
from core.dialogue.spotting import B, N, Spotted, T

_THANKS = (
    r"(?:(?:many thanks|thank|thanks|thx)"
    r"(?: you| a lot| so much| very much| in advance| a bunch)*|much appreciated|cheers"
    r"|(?:i'd|i would) (?:really )?(?:appreciate (?:it|that)|be (?:very |most |really )?grateful)|appreciate it)"
)
_MILDLY = (
    r"(?:(?:perhaps|possibly|please|just|kindly|maybe|quickly|at all|very|most|so|really|ever|be able to"
    r"|be so kind as to) )*"
)
_GLAD = r"(?:grateful|obliged|curious|interested|happy|glad|delighted|pleased|thankful)"
_ENGLISH = (
    rf"{_THANKS}(?: ever so much)?(?: for [a-z ]+)?|(?:i'?m )?(?:so |very |terribly )?sorry(?: to (?:bother|trouble"
    r"|disturb|be)(?: you| a [a-z]+)?"
    r"| for the [a-z]+)?|excuse me|pardon me|forgive me|apologies|hi(?: there| all| team)?|hello(?: there| again)?"
    r"|hey(?: there)?"
    r"|good (?:morning|afternoon|evening)|dear (?:team|all|colleagues?)|if (?:it|that)(?:'s| is| isn'?t| is not"
    r"|'s not)? (?:not )?(?:at all )?(?:possible"
    r"|convenient|(?:not )?too (?:much|big)(?: of)?(?: an?)? (?:trouble|to ask|bother|hassle|imposition|request)"
    r"|ok(?:ay)? with you|alright)|if possible"
    r"|if you (?:don'?t mind|please|can|could|would)(?=\s*(?:$|[,;.?!]))|when(?:ever)? you (?:get|have) (?:a chance"
    r"|a moment|time)"
    rf"|(?:would|could|can|will) you (?:mind )?{_MILDLY}|(?:could|can|may|might|shall|would) (?:i"
    rf"|we) {_MILDLY}(?:(?:have|see|get)(?: (?:it|them|the list))?"
    r"|ask(?: you)?(?: (?:for|to))?|request|(?:trouble|bother) you (?:for|to))|(?:i was |i'?m |just )*wondering (?:if"
    r"|whether) (?:you|we|i|it)"
    rf" (?:could|can|might|would) ?{_MILDLY}(?:be possible to)?|(?:would|is) it (?:be )?(?:possible|ok(?:ay)?|alright"
    r"|fine) (?:to|if (?:you|we)(?: could)?)"
    r"|(?:is there )?any (?:chance|way) (?:of|that|you could|we could|to)|(?:i|we)(?:'d"
    rf"| would) be {_MILDLY}{_GLAD} (?:for|if (?:you|we|i)(?: could| would| can)?"
    r"|to (?:know|see|have|hear|learn))|what(?:'s| is| would be| remains?)(?: left)?"
    r" (?:if|when|once|after) (?:you|we|i)"
    r"|it would be (?:lovely|nice|great|good|kind|helpful|wonderful"
    r"|ideal) (?:to (?:have|see|get)|if (?:you|we) could)"
    r"|(?:my |the |our |her )?(?:boss|manager|client|customer|team|colleagues?|buyer|marketing|merchandising|legal"
    r"|compliance|sales|category manager|store|shop|support|she|he|they|product owner|director|lead)(?: team| people"
    r"| department"
    r"| manager)? (?:just |has |have )?(?:says?|said|told (?:me|us)|reckons?|thinks?|insists?|points out|reports?"
    r"|mentioned|tells (?:me|us)|told (?:support|the \w+|our \w+|customer (?:service|care))|(?:wrote|complained"
    r"|said) to (?:us|me|support))(?: that)?(?=[ ,:])|(?:hmm+,? )?i(?:'ve)? changed my mind|(?:cats?|categor(?:y|ies)"
    r"|genres?|brands?|types?)(?= ?[:=])[:= ]+|do me a favou?r(?: and)?|feel free to|(?:so|as) long as(?: (?:it|they"
    r"|there)(?:'s|'re| is| are)?)?"
    r"|provided(?: that)?(?: (?:it|they|there)(?:'s|'re| is| are))?|(?:i|we)(?:'d| would) be (?:happy|glad|delighted"
    r"|pleased|grateful) if there (?:were|was|are)|let us|for (?:me|us) please|(?:i"
    r"|we)(?:'d| would) appreciate(?: it if you (?:could"
    r"|would))?"
)
_THANKS_CHINESE = (
    "(?:非常|十分|万分|特别|太|实在|先)?(?:感谢|谢谢|多谢|感激)(?:您|你|啦|了|不尽|各位)*|谢[啦了]|拜托(?:您|你|了"
    "|啦)*|辛苦(?:您|你|了|啦|各位)*"
    "|麻烦(?:您|你)?了"
)
_CHINESE = (
    rf"{_THANKS_CHINESE}|不好意思|(?:非常|很|十分)?(?:抱歉|对不起)|(?:多有)?打扰(?:一下|您|你|了)*|劳驾(?:您|你)?"
    r"|劳烦(?:您|你)?|烦请|恳请|敬请|有劳(?:您|你)?"
    r"|麻烦(?:您|你)(?:了)?(?:帮忙)?|(?:如果?|要是|假如|若是?)?(?:您|你)?(?:觉得)?(?:方便|可以|可能|行|不麻烦|有空"
    r"|允许)的话|若(?:您|你)?(?:方便|可以|不麻烦|可能|允许)"
    r"|如果?(?:方便|不麻烦)|请问(?:一下)?|请教(?:一下|您)*|我?想(?:请问|问|请教)(?:一下|问|您)*|我?想(?:请|麻烦"
    r"|劳烦)(?:您|你)?|不知道?(?=能|可|是|有没有)"
    r"|能不能|能否|可否|可不可以|是否(?:可以|能够?)|(?:是不是)可以|我个人(?:而言|来说)?|(?:我)?(?:个人)?(?:觉得|认为"
    r"|感觉)|希望(?:您|你|能|可以|能够)*|我?想(?:了解|知道)(?:一下)?"
    r"|(?:我的)?(?:要求|需求|条件)[:：]|第[一二三四五六](?:点|条)?(?=[，,、:：]|不|只|价)|其[一二三](?=[，,])|首先"
    r"|其次(?=[，,])|我?(?:寻思|琢磨|合计)着?|亲爱?的?(?=[，,])|(?:我)?想了想(?:还是)?|您好|你好|哈喽|嗨"
    r"|(?:我的)?(?:要求|需求|条件)(?:可能)?(?:有点|比较"
    r"|稍微)?多(?:了)?(?:点|些)?|请(?=[^，,。])|(?:她|他|ta)(?:自己|就|老|总)?(?:说|觉得|表示|讲|反馈)(?:过"
    r"|了)?[，,：:]?|(?:我们?|咱们?)?(?:老板|领导|经理|主管|客户|顾客|用户|运营|采购|同事"
    r"|市场部?|产品|店长|财务|品控)(?:那?边|们|部门)?(?:那边)?(?:刚|又|也|都|最近|今天)?(?:说了?|讲|反馈|觉得|表示"
    r"|吩咐|交代|交待|提出|提到|提醒|认为|指示|强调|反映)(?:说|过|了|道)?[，,：:]?"
)
_HEAD = late(
    rf"(?P<head>(?:^|(?<=[,;.!?，。；！？、：:~…\n]))[ ]*(?:(?:(?:but|and|so) )?(?:{_ENGLISH})(?:(?<= )|(?![a-z']))"
    rf"|{_CHINESE})[\s,，!！~…]*)",
    re.IGNORECASE,
)
_TAIL = late(
    rf"(?P<tail>(?:(?<![{B[1:-1]}])(?<![{B[1:-1]}] )(?<![{B[1:-1]}],)(?<![{B[1:-1]}], )(?=,? ?if )"
    rf"|(?!,? ?if ))[\s,，]{{0,4}}(?:{_THANKS}|if (?:at all )?possible|if you (?:can"
    r"|could|please|don'?t mind)|for me"
    rf"|{_THANKS_CHINESE}|二选一(?:都行|都可以|就行|即可|均可)?|可以吗|好吗|行吗|好不好|行不行"
    r"|可不可以|成不成|好嘛|行嘛|呢|呀|哈|哦|喔|呗)(?=\s*(?:$|[,;.!?，。；！？~…])))"
)
_QUOTES = late("[《》「」『』]")
# "the film Titanic" in Chinese: a title and what it is.
_APPOSITION = late(
    rf"(?<={T})(?:这|那)(?:一)?[本部款个件首张台双](?:[\ue000-\ue0ff]|书|电影|影片|片子|剧|歌|商品|东西"
    rf"|产品)(?![\u3400-\u9fff]{{2,}}的)"
)

# Blanks beside names and numbers among Chinese: "他给 Titanic 打了一星".
_BLANK = late(r"(?<=[\u3400-\u9fff]) +(?=[\ue000-\ue5ff])|(?<=[\ue000-\ue5ff]) +(?=[\u3400-\u9fff])")
_FILLER = late(
    rf"(?<![a-z])(?<!thing )(?<!things )(?<!stuff )(?<!more )(?<!'d )(?<!would )like (?={N})"
)  # "give me like fifteen"

_NUMBERED = late(rf"(?:^|(?<=[\s。；;，,]))[{N[1:-1]}][.、)）]\s*(?=\S)")  # "1. no horror 2. no war"


_ANNOUNCED = late(  # "two things:", "两个要求："
    rf"^\W*(?:(?:just|only|i have|i've got|here are|we have) )*(?:{N}|a few|several|some|a couple of)(?: (?:more"
    r"|quick|small|simple|other))* (?:things?|points?|requests?"
    r"|wishes|conditions?|asks?|notes?|requirements?|changes?|tweaks?|adjustments?|rules?|constraints?)(?: please"
    r"| for you| here| from me| today)?\s*[:.,–—-]\s*"
    rf"|^\W*(?:我|就|有|提|这里)*(?:{N}|几)(?:个|点|条|件)?(?:要求|条件|事儿?|需求|点|问题|改动|调整)?[:：]\s*"
)


def polite(line: Spotted) -> None:
    """Take out of a line what is said out of politeness, quotation marks of titles, and what titles are said to be."""
    numbered = _NUMBERED.match(line.line) is not None  # "1. no horror 2. no war", and not "under 80. No toys"
    for pattern in (_QUOTES, _BLANK, _APPOSITION, _FILLER, *([_NUMBERED] if numbered else [])):
        _remove(line, pattern)
    _remove(line, _ANNOUNCED)
    before = None
    while before != line.line:  # one is said behind another
        before = line.line
        _remove(line, _HEAD)
    _remove(line, _TAIL)


def _remove(line: Spotted, pattern: re.Pattern[str]) -> None:
    for found in reversed(list(pattern.finditer(line.line))):
        start, end = found.span()
        line.line = line.line[:start] + line.line[end:]
        del line.places[start:end]


def plainly(text: str) -> str:
    """A text in lower case without what is said out of politeness."""
    before = None
    while before != text:
        before = text
        text = _HEAD.sub("", text)
    return _TAIL.sub("", text)
