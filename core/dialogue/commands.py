"""What is said to the conversation itself: taking back the last request, starting over."""

from __future__ import annotations

from core.dialogue.courtesy import plainly
from core.dialogue.patterns import late
from core.dialogue.spotting import plain
from core.dialogue.structure import Command

_OF_IT = (
    r"(?: (?:all|of|two|three|few|couple|it|that|this|these|those|them|the|my|our|your|last|latest|previous|current"
    r"|so far|one|ones|thing"
    r"|things|everything|anything|what i(?: just)? (?:said|asked(?: for)?|wrote)|i(?: just)? (?:said|added|set"
    r"|asked(?: for)?|gave)|change|changes|request|requests|steps?|turns?|instruction|filter|filters|condition"
    r"|conditions|constraint|constraints|requirement|requirements|restriction|restrictions|criteria|settings?|wishes"
    r"|lot|whole|we|have|had|done|away|out|of it|bit|part|from before|again|conversation|talk|list|chips?|completely))*"
)
_SAID_CHINESE = (
    r"(?:面|一|的|那|这|个|条|步|次|句|轮|项|话|所有|全部|一切|说|提|加|条件|要求|限制|筛选|设置|操作|修改|请求|状态"
    r"|列表|结果|推荐|了)*"
)
# The last thing that was said or done, and what is done to it.
_LAST = (
    r"(?:(?:that one|that|this|it)(?! last)|(?:the|my|your|that|this) (?:very )?(?:last|latest|previous|most recent"
    r"|prior|final)"
    r"(?: (?:one|bit|part|step|change|request|filter|instruction|command|move|thing|edit|action|condition|constraint"
    r"|message|sentence|line|wish|rule|setting|entry|adjustment|tweak|turn))*(?: i (?:just )?(?:made|said|gave"
    r"|asked(?: for)?"
    r"|added|set|did|wrote|typed))?|what i(?:'ve)?(?: just)? (?:said|asked(?: for)?|wrote|typed|did|added))"
)
_BEFORE = (
    r"(?:(?:how|what|the way|where) (?:it|things|that|everything|we|the list) (?:was|were|looked"
    r"|had)(?: before(?: that| my (?:last|previous|latest) [a-z]+| i [a-z ]+)?"
    r"| previously| earlier| then)?|(?:the )?(?:previous|last|earlier|prior|former)(?: (?:list|one|step|state|version"
    r"|results?|recommendations?|selection|ranking|settings?))*|before(?: that)?|one(?: step)?|a step)"
)
_LAST_CHINESE = (
    r"(?:(?:刚才?|刚刚|方才)(?:的|那|这|说|加|提|设|添|改|做|上)*(?:一)?(?:[条个句步次轮项下]|操作|条件|要求|限制|话"
    r"|设置|修改|改动|筛选)*的?(?:条件|要求"
    r"|限制|话|设置|修改|改动|筛选|操作)?|(?:上|前|最后|最近)的?(?:面)?那?一?(?:[条个句步次轮项]|操作|条件|要求|限制"
    r"|设置|修改|改动)(?:的)?(?:操作|条件|要求"
    r"|限制|话|设置|修改|改动|筛选|请求)?|那(?:一)?[条句步](?:操作|条件|要求|限制|话)?)"
)
_WRONG_CHINESE = (
    r"(?:我)?(?:说|弄|搞|写|选|点|打|讲)错了?(?:[，, ]*(?:请|帮我|给我|麻烦)*(?:撤[回销掉]|取消|收回|忽略|不算))?"
)
_BACK_CHINESE = (
    r"(?:撤[销回掉了]?了?|取消|收回|作废|不算数?|不作数|不要|去掉|删[掉除了]|算了|拿掉|还原|恢复|退[掉回了]|忘[掉了]"
    r"|抹掉|当没[说有]过?|别管|别算|忽略|无视|免了|停掉|返回)"
)
_ALL_CHINESE = (
    r"(?:把|将)?(?:(?:所有|全部|一切|全|之前|前面|以前|以上|已有|现有)+的?(?:条件|筛选|限制|要求|设置|操作|过滤"
    r"|对话)*|(?:条件|筛选|限制|要求|设置|操作"
    r"|过滤|对话)+)(?:都|全部?|给我|统统|一律)*(?:(?:恢复|回|还原|重置|退)(?:成|到|为|至)?(?:默认|最初|初始|原始"
    r"|一开始|最开始|原来|原样|出厂)的?(?:列表|状态"
    r"|推荐|结果|样子|设置)?|清(?:空|除|掉|零|了|干净)|归零|取消|去掉|去除|不要|重置|撤销"
    r"|撤[了掉]|作废|删[掉除了光]|不算数?)"
    r"(?:了|掉|吧)*"
)
_COMMANDS = (
    (
        "reset",
        rf"(?:{_ALL_CHINESE}"
        r"|(?:a |with a |i want a )?(?:clean|blank|fresh|new) (?:slate|start|sheet)"
        r"|forget (?:that )?i (?:ever )?said (?:anything|all that)"
        r"|(?:throw|toss|chuck|bin|take|cut|strip|clear|rip) (?:all|everything|it all"
        r"|the (?:whole )?lot)(?: of)?(?: that| it| this| them)? (?:out|away|off|back)"
        r"|(?:start|begin)(?: (?:all|it|everything))? (?:over|again|afresh|anew|fresh|from (?:scratch|zero"
        r"|the (?:start|beginning|top)))(?: again| from (?:scratch|zero|the (?:start|beginning|top)))?"
        rf"|reset(?: (?:the )?(?:whole|entire|lot|slate|search|session|all))*{_OF_IT}|(?:scrap|bin|ditch|dump|discard"
        r"|toss(?: out)?|chuck(?: out)?|lose|throw (?:out|away)|get rid of|reverse|revert|nuke|trash|scratch|strike"
        r"|clear|wipe|erase|delete|drop"
        r"|remove|cancel|undo|lift|forget)(?= (?:all|everything"
        r"|it all|the (?:whole )?lot|the whole|the (?:filters|conditions|constraints|slate|list|conversation)"
        r"|my (?:filters|conditions"
        rf"|constraints|requests)|every|these|of)){_OF_IT}(?: slate)?(?: clean)?(?: filter)?|clear|from scratch"
        r"|from the (?:top|beginning|start)|(?:go )?back to (?:the )?(?:(?:original|first|initial|plain|normal"
        r"|default|unfiltered|standard) )+(?:list|recommendations?|results?|one)|(?:go )?back to (?:square one"
        r"|the (?:start|beginning))|重新(?:开始"
        r"|来过?|列|推荐?|推)|推倒重来|(?:全部?|都)(?:推翻|推倒)(?:重来)?|重新来(?:一遍|一次|过)|从头(?:再?来过?"
        rf"|开始|再来)|重来|重置{_SAID_CHINESE}|归零|(?:清空|清除|清掉"
        rf"|清零){_SAID_CHINESE}|(?:取消|去掉|删掉|撤销|撤回|忘掉|去除|移除)(?=所有|全部|一切){_SAID_CHINESE}"
        rf"|全部(?:重置|清除|清空|取消|重来|撤销|不算|作废)|(?:前面|之前|刚才|以上)(?=.*[都全]){_SAID_CHINESE}(?:都"
        r"|全)(?:不算|作废|取消|忘掉|清空|不要)(?:数)?|(?:恢复|回到|还原)(?:到|成)?(?:默认|最初|初始|原始|一开始"
        r"|最开始|原来|原样)(?:的)?(?:列表|状态|推荐|结果|样子)?)",
    ),
    (
        "undo",
        r"(?:(?:undo|revert|reverse|retract|withdraw|cancel|scrap|scratch|strike|forget|ignore|disregard|drop|delete"
        r"|remove|rescind"
        rf"|nix|kill|discard|take back|roll back|walk back|back out of|get rid of|not) {_LAST}|(?:take|roll|walk"
        rf"|pull) {_LAST} back"
        rf"|{_LAST} (?:was|is|were) (?:wrong|a mistake|an error|no good|a bad idea|not (?:what i (?:meant|wanted)"
        r"|right|good|it)"
        rf"|nonsense)|{_LAST},? (?:please )?(?:undo|drop|forget|cancel|scrap|delete|remove|ignore|lose|revert|reverse"
        rf"|strike) (?:it|that)|i (?:didn'?t|did not) (?:mean|want) {_LAST}|on second thoughts?(?: no)?|my (?:bad"
        r"|mistake)"
        r"|(?:take|bring|make|put|change|switch|turn|roll|set|go|get|step|move|jump|flip|rewind)(?: (?:it|that|this"
        r"|things"
        r"|everything|me"
        rf"|us|the list))? back(?: to {_BEFORE}| {_BEFORE})?|(?:go|return|revert|restore|back|bring back|show me"
        r"|give me)(?: (?:me )?to)?"
        rf" {_BEFORE}(?: again)?(?<!me)|(?:把|将)?{_LAST_CHINESE}(?:给我|都|给|就|先|还是|请|全"
        rf"|我)*(?:{_WRONG_CHINESE}|{_BACK_CHINESE})(?:掉"
        r"|数)?"
        rf"|{_BACK_CHINESE}(?:掉|到)?{_LAST_CHINESE}(?:之前)?|(?:undo|revert|reverse|retract|withdraw|roll back"
        rf"|back out|step back){_OF_IT}|(?:take"
        rf"|roll)(?= ){_OF_IT} back"
        r"|go (?:one |a )?(?:step )?back(?: (?:one|a)(?: step)?)?|(?:one|a) step back|back one(?: step)?"
        r"|never ?mind(?: that| the last one)?"
        r"|oops|(?:撤销|撤回|撤掉"
        rf"|收回)(?:到)?(?:上|刚才|刚刚|前|最后|这|那|了)?{_SAID_CHINESE}|(?:取消|去掉|删掉|还原|恢复|退回|返回|回退"
        rf"|后退|倒退|回到|退)(?:到|了)?(?:上|刚才|刚刚|前|最后|一步){_SAID_CHINESE}(?:之前)?|上一步"
        r"|退回|回到之前|还原"
        r"|(?:上一?句|刚才的?话?|前面的?)?当我?没说过?|后退"
        r"|取消)",
    ),
)
_POLITE = (
    r"(?:please|ok(?:ay)?|oh|no|nope|hmm|ah|ugh|hang on|hold on|actually|sorry|wait|well|right|now|just|then|let'?s"
    r"|let me|(?:can|could|would) (?:you|we)|请|帮我|麻烦"
    r"|那就?|我?改(?:变)?主意了?|我反悔了?|(?:这些|这个|这|结果)?(?:都|全)?(?:不对|不行|不满意)"
    r"|i(?:'ve)? changed my mind|算了|还是|我要|给我|把)"
)
_COMMAND = tuple(
    (
        name,
        late(
            rf"^\W*(?:{_POLITE}\W*)*{words}(?:\W*(?:and |then |just )*{words})?(?:\W*(?:please|thanks|now|then|一下"
            r"|吧|了|啊))*\W*$"
        ),
    )
    for name, words in _COMMANDS
)


def command(text: str) -> Command | None:
    """The command that a request is, None for one that asks for something."""
    lower = plainly(plain(text))
    return next((Command(name) for name, pattern in _COMMAND if pattern.match(lower)), None)
