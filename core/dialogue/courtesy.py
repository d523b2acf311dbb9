"""What a request says out of politeness, which is left out of a line before it is read."""

from __future__ import annotations

import re

from core.dialogue.spotting import N, Spotted, T

_THANKS = (
    r"(?:(?:many thanks|thank|thanks|thx)"
    r"(?: you| a lot| so much| very much| in advance| a bunch)*|much appreciated|cheers"
    r"|(?:i'd|i would) (?:really )?(?:appreciate (?:it|that)|be (?:very |most |really )?grateful)|appreciate it)"
)
_ENGLISH = (
    rf"{_THANKS}|(?:i'?m )?(?:so |very |terribly )?sorry(?: to (?:bother|trouble|disturb)(?: you)?"
    r"| for the (?:trouble|bother))?"
    r"|excuse me|pardon me|apologies|hi(?: there| all| team)?|hello(?: there| again)?|hey(?: there)?|good (?:morning"
    r"|afternoon"
    r"|evening)|dear (?:team|all|colleagues?)|if (?:it'?s |that'?s |it is )?(?:at all )?(?:possible|convenient"
    r"|not too much (?:trouble"
    r"|to ask|bother)|ok(?:ay)? with you|alright)|if you (?:don'?t mind|please|can|could|would)(?=\s*(?:$|[,;.?!]))"
    r"|when(?:ever)? you (?:get|have) (?:a chance|a moment|time)|(?:would|could|can|will) you (?:(?:be so kind as to"
    r"|be able to|mind"
    r"|please|possibly|maybe|perhaps|kindly|just|quickly) ?)+|(?:i was |i'?m |just )*wondering (?:if|whether) (?:you"
    r"|we|i|it) (?:could|can|might"
    r"|would)(?: be able to| be possible to)?|(?:would|is) it (?:be )?(?:possible|ok(?:ay)?|alright|fine) (?:to"
    r"|if (?:you|we) (?:could )?)"
    r"|(?:is there )?any (?:chance|way) (?:of|that|you could|we could|to)|(?:i'd|i would) be (?:grateful|happy"
    r"|delighted) if you (?:could|would)"
    r"|(?:could|can|may|might|shall) (?:i|we) (?:please )?(?:just )?(?:see|have|get)|be so kind as to"
    r"|do me a favou?r(?: and)?|for (?:me|us) please"
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
    r"|我?(?:寻思|琢磨|合计)着?|您好|你好|哈喽|嗨|(?:我的)?(?:要求|需求|条件)(?:可能)?(?:有点|比较"
    r"|稍微)?多(?:了)?(?:点|些)?|请(?=[^，,。])"
)
_HEAD = re.compile(
    rf"(?P<head>(?:^|(?<=[,;.!?，。；！？、：:~…\n]))[ ]*(?:(?:{_ENGLISH})(?![a-z'])"
    rf"|{_CHINESE})[\s,，!！~…]*)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    rf"(?P<tail>[\s,，]*(?:{_THANKS}|if (?:at all )?possible|if you (?:can|could|please|don'?t mind)|for me"
    rf"|{_THANKS_CHINESE}|可以吗|好吗|行吗|好不好|行不行"
    r"|可不可以|成不成|好嘛|行嘛|呢|呀|哈|哦|喔|呗)(?=\s*(?:$|[,;.!?，。；！？~…])))"
)
_QUOTES = re.compile("[《》「」『』]")
# "the film Titanic" in Chinese: a title and what it is.
_APPOSITION = re.compile(
    rf"(?<={T})(?:这|那)(?:一)?[本部款个件首张台双](?:[\ue000-\ue0ff]|书|电影|影片|片子|剧|歌|商品|东西"
    rf"|产品)(?![\u3400-\u9fff]{{2,}}的)"
)

_FILLER = re.compile(rf"(?<![a-z])(?<!thing )(?<!things )(?<!stuff )(?<!more )like (?={N})")  # "give me like fifteen"


def polite(line: Spotted) -> None:
    """Take out of a line what is said out of politeness, quotation marks of titles, and what titles are said to be."""
    for pattern in (_QUOTES, _APPOSITION, _FILLER):
        _remove(line, pattern)
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
