"""Clauses that are told by the words that they are made of, in whatever order: which behaviour is asked for, which
counts, and whether what the user has is listed.

The rules of `aims` and `doings` know turns of phrase. Here a clause is taken that is made of nothing but a behaviour,
words of one such subject, and words that say nothing: "her next purchase", "throw the views away", "already bought is
fine". One other word, and the clause is left to other rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core.dialogue.lexicon import OWN_PLURAL, VERB, WORKS, behaviour_of
from core.dialogue.names import Names
from core.dialogue.operators import CLAUSE
from core.dialogue.patterns import late
from core.dialogue.people import WHO, WHO_CHINESE
from core.dialogue.spotting import DONE, Spotted
from core.dialogue.structure import Edit, Part, Seen, Target

PASSED = (
    r"(?:the|an?|her|his|their|hers|its|it|them|they|she|he|that|this|these|those|which|of|to|in|into|on|onto|at|by|for"
    r"|from|as|with|and|or|so|is|are|be|been|being|was|were|do|does|did|has|have|had|'s|'ve|'d|'re|get|gets|got"
    r"|getting|gotten|me|us|we|i|you|please|just|really|actually|then|now|here|also|too|again|already|before|ever"
    r"|once|previously|earlier|yet|still|any|all|every|everything|anything|whatever|things?|stuff|items?|products?"
    r"|ones?|titles?|pages?|events?|data|records?|record|histor(?:y|ies)|activity|behaviou?rs?|actions?|logs?"
    r"|signals?|interactions?|both|only just|simply|completely|altogether|entirely|purposes?|recommendations?|list"
    r"|ranking|go|goes|going|put|puts"
    rf"|{WORKS}|{WHO})(?![a-z])"
)
_ASKING = (
    r"(?:watch-?list|wish-?list|sells?|what'?s?|which|predict(?:ed|ion)?|forecast|guess|next|likely|likeliest"
    r"|likelihood|probably|probable"
    r"|probability"
    r"|chances?|odds|propensity|anticipated?|expected|upcoming|future|will|would|'ll|gonna|about|might|may|could|can"
    r"|should|end|ends|up|wind|winds|land|lands|add|adds|added|adding|place|placed"
    r"|scor(?:e|es|ed|ing)|rank(?:s|ed|ing)?|sort(?:s|ed|ing)?|order(?:s|ed|ing)?|goals?|targets?|aim(?:s|ing)?"
    r"|objectives?|optimi[sz]\w+|maximi[sz]\w+|focus(?:ing)?|make|use|set|switch|want|need|how|intent|success|metric"
    r"|kpi|outcome|instead|by|on|it|conversions?|adds?|rate|rates|most|best|top|candidates?|most|tell|show|see|think"
    r"|wonder|know|curious|actually|otherwise|instead|today|tonight"
    r"|tomorrow|soon|later|first|there|new|more|else|another|let'?s|happen)(?![a-z])"
)
_SOUGHT = late(
    r"\b(?:predict\w*|forecast|guess|next|likel\w+|probab\w+|chances?|odds|propensity|anticipated?|expected|upcoming)\b"
    r"|\b(?:what'?s?|which)\b.*\b(?:will|would|'ll|gonna|going|might|may|could|goes|ends?|winds?|lands?|gets|does"
    r"|next)\b"
    r"|\b(?:what|which)'ll\b|\b(?:she|he|they)'ll\b"
)
_FOR = late(
    r"^\s*(?:(?:please|just|now|so|and|then|let'?s|can|you|re) |re-?)*(?:scor\w+|rank\w*|sort\w*|order\w*"
    r"|optimi[sz]\w+|maximi[sz]\w+|focus\w*"
    r"|make it about)\b.*\b(?:by|on|for|with|towards?|about|maximi\w+|optimi\w+)?\b|\bwhat'?s?\b.*\branking\b"
    r"|\b(?:goals?|targets?|aim"
    r"|objectives?|kpi|metric)\b|^\s*(?:we|i) (?:want|need)\b"
)
_UNSOUGHT = late(r"\b(?:most|best)\b(?! likely| probable)|\b(?:already|before|ever|previously|earlier|yet)\b")
_ASKING_CHINESE = (
    "作为|当作|排名|排行|榜|按照?|以|为准|打分|评分|排序?|促成|提升|冲|转化率?|优化|来打|重新|"
    "预测|预估|猜猜看?|猜|估计|估摸|哪些|哪个|哪[几一]?[款件部本个样种家门间处份道]|什么|啥|会|将|要|想|可能|大概率?"
    "|多半|最"
    "|接下来|接着"
    "|下一步|下一?[单次个件部本款]|之后|以后|然后|下面|看看|看一下|的话|东西|商品|产品|电影|把|往|里|进|放|多|去|来"
    "|有|被|给"
    "|概率|几率|机会|倾向|目标|再|还|又|就|到|入|那|那么|现在|今天|明天|一下|出|呢|吗|些|个|的|是"
)
_SOUGHT_CHINESE = late(
    "看.*排名|按.*(?:打分|评分|排)|以.*(?:为准|打分|排)|优化|"
    "预测|预估|猜|接下来|下一步|下一?[单次个件部本款]|(?:会|将|要|想|可能|估计|多半).*(?:什么|啥|哪)"
    "|(?:什么|啥|哪).*(?:会|将|要|想|可能)|最(?:可能|想|要)|目标"
)
WHOSE_CHINESE = rf"(?:{WHO_CHINESE}|用户|客户|顾客|的|这位|这个|那位)"
LEAVE = (
    r"(?:ignor(?:e|ing|ed)|disregard(?:ing|ed)?|forget(?:ting)?(?: about)?|discount(?:ing|ed)?|discard(?:ing|ed)?"
    r"|drop(?:ping|ped)?|exclud(?:e|ing|ed)|remov(?:e|ing|ed)|delet(?:e|ing|ed)|strip(?:ping|ped)?|throw(?:ing|n)?"
    r"|leav(?:e|ing)|left|tak(?:e|ing|en)|wip(?:e|ing|ed)|eras(?:e|ing|ed)|clear(?:ing|ed)?|purg(?:e|ing|ed)"
    r"|filter(?:ing"
    r"|ed)?|cut(?:ting)?|kick(?:ing|ed)?|skip(?:ping|ped)?|scrap(?:ping|ped)?|ditch(?:ing|ed)?|omit(?:ting|ted)?"
    r"|without|minus|not|never|no|nothing|don'?t|doesn'?t|shouldn'?t|mustn'?t|won'?t|needn'?t|isn'?t|aren'?t"
    r"|irrelevant|worthless|meaningless|noise|useless|unimportant)(?![a-z])"
)
COUNT = (
    r"(?:count(?:s|ed|ing)?|us(?:e|es|ed|ing)|consider(?:ed|ing)?|matter(?:s|ed)?|account|consideration|look(?:ed|ing)?"
    r"|go(?:ing|es)?|bas(?:e|ed|ing)|rely(?:ing)?|judg(?:e|ed|ing)|weigh(?:t|ing)?|tak(?:e|en|ing)|keep(?:ing)?|kept"
    r"|out|off|away|aside|down|model|picture|equation|if|when|happened|relevant"
    r"|learn(?:ing)?|build(?:ing)?|built|treat|interested|care|about|what|trust|good|as|valid|valuable"
    r"|stick(?:ing)?|restrict(?:ed)?|limit(?:ed)?|confine(?:d)?|reduce(?:d)?|narrow(?:ed)?|focus(?:ed)?"
    r"|solely|pretend|evidence|signal|there|were|never)(?![a-z])"
)
_SOLELY = late(
    r"\b(?:only|just|solely|exclusively|purely|strictly|alone|nothing but|nothing except|nothing else|stick\w*"
    r"|restrict\w*"
    r"|limit\w*|confine\w*|reduce\w*|narrow\w*)\b"
)
_ONLY = r"(?:only|just|solely|exclusively|purely|strictly|alone|nothing but|nothing except|nothing else)(?![a-z])"
_LEFT = late(rf"(?<![a-z'])(?:{LEAVE})")
_AS_EVENTS = late(
    r"\b(?:histor(?:y|ies)|events?|data|records?|logs?|activity|behaviou?rs?|actions?|signals?|interactions?|count\w*"
    r"|consider\w*|matters?|account|ignor\w*|disregard\w*|forget\w*|discount\w*|discard\w*|weigh\w*|base\w*|rely\w*"
    r"|judge|use[sd]?|using|noise|irrelevant|meaningless|pretend|learn\w*|trust|evidence|signal)\b"
)
_NOUNS = late(
    r"\b(?:(?:page )?views|clicks|browsing|ratings|purchases|orders|favou?rites|listens|plays|skips)\b|" + OWN_PLURAL
)
# What speaks of events, and not of the items that they were about.
_SURELY = late(r"\b(?:histor(?:y|ies)|events?|data|records?|logs?|activity|behaviou?rs?|actions?|count\w*|matters?)\b")
# On what alone a list is to be based: "只根据收藏来推荐".
_BASED_CHINESE = late("(?:只|仅|光|单)(?:要|能|需|用|请)?(?:根据|依据|参照|基于|按照?|照|凭|靠|以)")
LEAVE_CHINESE = (
    "抹掉|抹去|砍掉|删|刨除|刨去|忽略|无视|忽视|抛开|抛掉|撇开|排除|去掉|去除|剔除|剔掉|删除|删掉|删了|清除|清掉|移除"
    "|拿掉|扔掉|不要|不用|不看"
    "|不管|不算|不考虑"
    "|不参考|不作数|不作为?|不当|不计|别要|别用|别看|别管|别算|别考虑|别参考|别计|别把|别拿|没用|没意义|无效|不认"
    "|不可信|不重要"
    "|当没有?|当作没有?|当不存在|视为没有"
)
_SURELY_CHINESE = "数据|记录|纪录|行为|历史|事件|操作|日志|算|计|参考|考虑|忽略|无视|作数"
COUNT_CHINESE = (
    "数据|记录|纪录|行为|历史|事件|操作|日志|动作|信号|足迹|过的|过|了|的|都|全部?|所有|一律|统统|请|先|掉|什么|啥"
    "|哪些|就|也|和|与|跟|及|、|还有|以及|统统|通通|那部分|这部分|部分|那块|这块|那些|里面?的?|把|将|拿"
    "|给我|来|进去|进来|在内|算|计|计入|当|作|作为|参考|依据|推荐|推|排|为准|够了?|可以了?|就行|行|吧|啊|呢|按|用|看"
    "|要|考虑|这些|那些"
    "|这类|那类|一切|东西|商品|为主|根据|依据|参照|基于|照|靠|凭|[只仅光单]以|为依据|认|保留|留|留下|剩下?|信"
)
_SOLELY_CHINESE = late("只|仅|光|单(?!子)|就(?:看|用|算|按|要|够|行)|够了|为准")
_LISTING = (
    r"(?:hid(?:e|es|ing|den)|show(?:s|ing|n)?|list(?:s|ed|ing)?|includ(?:e|es|ing|ed)|allow(?:s|ed|ing)?|repeat(?:s"
    r"|ed|ing)?"
    r"|recommend(?:s|ed|ing)?|suggest(?:s|ed|ing)?|appear(?:s|ing)?|reappear(?:s)?|come|comes|coming|back|pop|pops|turn"
    r"|turns|crop|up|resurface|see|fine|ok|okay|good|welcome|alright|all right|allowed|permitted|acceptable|mind"
    r"|may|can|could|should|must|might|need(?:s)?|want(?:s)?|keep(?:s|ing)?|stay|stays|problem|harm|avoid(?:s|ing)?"
    r"|duplicates?|return(?:s)?|bring|offer(?:ed)?|feel|free|possible|again|out|off|away|anymore|more|twice|let"
    r"|her|him|own|owned|owns|knows?|known|familiar|new|what|if|even|though|list|past|visible|on|display|view|in"
    r"|there|don'?t|doesn'?t"
    r"|mind)(?![a-z])"
)
_HAD = late(r"\b(?:already|before|ever|once|previously|earlier|has|have|had|owns|owned)\b|'s |'ve |'d |\byet\b")
_AGAIN = late(r"\b(?:see|seeing|watch|watching|read|reading|rewatch\w*)\b.*\bagain\b|\b(?:past|own) \w+s\b")
_HIDE = late(
    r"\b(?:hid\w+|exclud\w+|remov\w+|drop\w*|delet\w+|skip\w*|omit\w*|avoid\w*|filter\w*|cut\w*|leav\w+|left|without"
    r"|no|nothing|take\w*|kick\w*|strip\w*|scrap\w*|ditch\w*|throw\w*|clear\w*|discard\w*|erase\w*)\b"
)
_NOT = late(r"\b(?:not|never|\w+n'?t|no need)\b")
_MINDING = late(r"\b(?:mind|problem|harm)\b")
_SHOWN = late(
    r"\b(?:show\w*|includ\w+|allow\w*|repeat\w*|recommend\w*|suggest\w*|appear\w*|reappear\w*|come\w*|pop|turn"
    r"|resurface"
    r"|fine|ok|okay|good|welcome|alright|permitted|acceptable|keep\w*|stay\w*|back|list\w*|offer\w*|let|there|see)\b"
)
_HAS_CHINESE = (
    r"(?:已经?|早就?|以前|之前|曾经?|从前|先前|过去|原来|重复)+[^,，。]*|.*[过完]的?.*|.*(?<![没未])(?:有|买|看"
    r"|购)了的.*"
)
_LISTING_CHINESE = (
    "掉|占位置?|占地方|占着?|位置|看完|读完|听完|"
    "已经|早就|早已|已|以前|之前|曾经|从前|先前|过去|原来|有|过|了|的|那些|这些|商品|东西|电影|片子|书|课程?|菜|房子?"
    "|店|都|全部?|所有"
    "|也|就|还|仍然?|照样"
    "|照旧|依然|一样|可以|能|行|好|没关系|无所谓|没问题|不要紧|没事|无妨|不介意|允许|接受|保留|留着?|留下|算上|带上"
    "|加上|包括|包含|在内"
    "|列出?|列|推荐?|出现|出来|出|上|放进来?|放|给|看到|看见|显示|露面|再|又|不要|不用|不必|不想|不许|不准|不能|不该"
    "|不应该?|别|甭|不"
    "|隐藏|藏起来?|藏|去掉|去除|排除|剔除|删掉|过滤掉?|筛掉|滤掉|跳过|避开|屏蔽|去重|免了|算了|拿掉|收起来|重复|去重"
    "|历史|一律|把|将"
    "|让|请|来|进来|进|吧|啊"
    "|呀|一次|一遍|到|列表|里|名单|结果|给我|我|说|买"
)
_AWAY_CHINESE = late("隐藏|藏|去掉|去除|排除|剔除|删掉|过滤|筛掉|滤掉|跳过|避开|屏蔽|去重|免了|算了|拿掉|收起来")
_NOT_CHINESE = late("不要(?!紧)|不用|不必|不想|不许|不准|不能|不该|不应|别|甭|不(?=再|推|出|显|列|放|给|重)")
_FINE_CHINESE = late(
    "可以|能|行|好|没关系|无所谓|没问题|不要紧|没事|无妨|不介意|允许|接受|保留|留|算上|带上|加上|包括|包含|照样|照旧"
    "|依然|出现|列|推|显示|出"
)


@dataclass(frozen=True)
class _Clause:
    """A clause that has a behaviour: where it stands, what it says, and the behaviours that it names."""

    start: int
    end: int
    said: str
    verbs: tuple[str, ...]


def made_of(*words: str) -> re.Pattern[str]:
    """Such words, one at a time, for `only_of`."""
    return late(rf"\s|{DONE}|[.?!]|'(?:s|ve|d|re|ll)(?![a-z])|(?<![a-z])(?:{'|'.join(words)})")


_CLAUSE = 200  # characters of a clause that says one thing; a longer one says something else too
_LONGEST = 40  # characters of a word, or of several that are one
_TOKEN = late(r"[a-z]+|.", re.DOTALL)


def only_of(pattern: re.Pattern[str], said: str) -> bool:
    """Whether a text is made of the words of a pattern alone.

    Many words are in several of its lists: to have the pattern repeat them would try each way of taking each of them.
    """
    if len(said) > _CLAUSE:
        return False
    ends = [found.end() for found in _TOKEN.finditer(said)]
    reached = {0}
    for start in [0, *ends]:
        if start not in reached:
            continue
        if first := pattern.match(said, start):  # it sees what follows, as in "sold her"
            reached.add(first.end())
        reached.update(end for end in ends if 0 < end - start <= _LONGEST and pattern.fullmatch(said, start, end))
        if start < len(said) and max(reached) == start:
            return False
    return len(said) in reached


_TARGET = made_of(f"(?:{VERB})(?![a-z])", _ASKING, PASSED)
_TARGET_CHINESE = made_of(VERB, _ASKING_CHINESE, WHOSE_CHINESE)
_EVENTS = made_of(f"(?:{VERB})(?![a-z])", LEAVE, COUNT, _ONLY, PASSED)
_EVENTS_CHINESE = made_of(VERB, LEAVE_CHINESE, COUNT_CHINESE, WHOSE_CHINESE, "只|仅|光|单")
_SEEN = made_of(f"(?:{VERB})(?![a-z])", LEAVE, _LISTING, PASSED)
_SEEN_CHINESE = made_of(VERB, _LISTING_CHINESE, WHOSE_CHINESE)


def _clauses(line: Spotted, names: Names, pattern: re.Pattern[str]) -> Iterator[_Clause]:
    """The clauses that are made of the words of a pattern alone, with the behaviours of the log in them."""
    at = 0
    for cut in [*CLAUSE.finditer(line.line), None]:
        end = cut.start() if cut is not None else len(line.line)
        said = line.line[at:end]
        if said.strip(DONE + " ") and only_of(pattern, said):
            verbs = tuple(dict.fromkeys(_behaviours(said, names)))
            if verbs or (pattern is _SEEN_CHINESE and re.search("[看读听买用]完", said)):
                yield _Clause(at, end, said, verbs)
        at = cut.end() if cut is not None else end


_VERB = late(rf"(?<![a-z])(?:{VERB})(?![a-z])")
_NO_VERB = late(
    r"看看|看一下|看来|想看看|\b(?:see|look at|looks? like|orders?|list|saved?|like|likes|play)(?= (?:what|which"
    r"|the list|me"
    r"|likely))|\bshow\b|\bin order\b"
)


def _behaviours(said: str, names: Names) -> Iterator[str]:
    for found in _VERB.finditer(_NO_VERB.sub(lambda no: DONE * len(no[0]), said)):
        name = behaviour_of(re.sub("过$", "", found[0]), names.behaviours) or behaviour_of(found[0], names.behaviours)
        if name:
            yield name


_Rule = Callable[[_Clause], list[Part]]


def _apply(line: Spotted, names: Names, *rules: tuple[re.Pattern[str], _Rule]) -> list[Part]:
    parts: list[Part] = []
    for pattern, rule in rules:
        for clause in list(_clauses(line, names, pattern)):
            made = rule(clause)
            if made:
                parts += made
                line.use(clause.start, clause.end)
    return parts


def aiming(line: Spotted, names: Names) -> list[Part]:
    """The behaviour that the list is to bring about."""
    return _apply(line, names, (_TARGET, _target), (_TARGET_CHINESE, _target_chinese))


def counting(line: Spotted, names: Names) -> list[Part]:
    """Which behaviours of the history count."""
    return _apply(line, names, (_EVENTS, _events), (_EVENTS_CHINESE, _events_chinese))


def listing(line: Spotted, names: Names) -> list[Part]:
    """Whether what the user has may be listed."""
    return _apply(line, names, (_SEEN, _seen), (_SEEN_CHINESE, _seen_chinese))


def _target(clause: _Clause) -> list[Part]:
    sought = (
        (_SOUGHT.search(clause.said) or _FOR.search(clause.said))
        and not _UNSOUGHT.search(clause.said)
        and len(clause.verbs) == 1
    )
    return [Target(clause.verbs[0])] if sought else []


def _target_chinese(clause: _Clause) -> list[Part]:
    sought = _SOUGHT_CHINESE.search(clause.said) and not re.search("过|没|不", clause.said) and len(clause.verbs) == 1
    return [Target(clause.verbs[0])] if sought else []


def _events(clause: _Clause) -> list[Part]:
    had = _HAD.search(clause.said) is not None
    if not _AS_EVENTS.search(clause.said) and (had or not _NOUNS.search(clause.said)):
        return []
    if had and not _SURELY.search(clause.said):
        return []
    solely = _SOLELY.search(clause.said) is not None
    left = _LEFT.search(_SOLELY.sub(" ", clause.said)) is not None
    if solely == left:
        return []
    return [Edit("only" if solely else "remove", behaviour=verb) for verb in clause.verbs]


def _events_chinese(clause: _Clause) -> list[Part]:
    left = re.search(LEAVE_CHINESE, clause.said) is not None
    if left and re.search("[过了]的", clause.said) and not re.search(_SURELY_CHINESE, clause.said):
        return []  # what the user has
    solely = _SOLELY_CHINESE.search(clause.said) is not None and not re.search("就(?:不|别|当)", clause.said)
    based = _BASED_CHINESE.search(clause.said) is not None and "排" not in clause.said
    if solely == left or not (
        based
        or re.search(
            "数据|记录|纪录|行为|历史|事件|操作|日志|算|计|参考|考虑|管|忽略|无视|抛|撇|当没|作数|看|用|认|信|为准|够|删"
            "|抹|刨|砍|剔|去掉|去除|[留剩](?!.*[过了])",
            clause.said,
        )
    ):
        return []
    return [Edit("only" if solely else "remove", behaviour=verb) for verb in clause.verbs]


def _seen(clause: _Clause) -> list[Part]:
    if not _HAD.search(clause.said) and not _AGAIN.search(clause.said):
        return []
    hide = _HIDE.search(clause.said) is not None
    denied = _NOT.search(clause.said) is not None
    if _MINDING.search(clause.said):
        return [Seen(False)]
    if not hide and not _SHOWN.search(clause.said):
        return []
    return [Seen(hide != denied)]


def _seen_chinese(clause: _Clause) -> list[Part]:
    if not re.search(_HAS_CHINESE, clause.said):
        return []
    away = _AWAY_CHINESE.search(clause.said) is not None
    denied = _NOT_CHINESE.search(clause.said) is not None
    if not away and not denied and not _FINE_CHINESE.search(clause.said):
        return []
    return [Seen(away != denied)]
