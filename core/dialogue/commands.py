"""What is said to the conversation itself: taking back the last request, starting over."""

from __future__ import annotations

import re

from core.dialogue.spotting import plain
from core.dialogue.structure import Command

_OF_IT = (
    r"(?: (?:all|of|two|three|few|couple|it|that|this|these|those|them|the|my|our|your|last|latest|previous|current"
    r"|so far|one|ones|thing"
    r"|things|everything|anything|what i(?: just)? (?:said|asked(?: for)?|wrote)|i(?: just)? (?:said|added|set"
    r"|asked(?: for)?|gave)|change|changes|request|requests|steps?|turns?|instruction|filter|filters|condition"
    r"|conditions|constraint|constraints|requirement|requirements|restriction|restrictions|criteria|settings?|wishes"
    r"|bit|part|from before|again|conversation|talk|list|chips?|completely))*"
)
_SAID_CHINESE = (
    r"(?:面|一|的|那|这|个|条|步|次|句|轮|项|话|所有|全部|一切|说|提|加|条件|要求|限制|筛选|设置|操作|修改|请求|状态"
    r"|列表|结果|推荐|了)*"
)
_COMMANDS = (
    (
        "reset",
        r"(?:(?:start|begin)(?: (?:all|it|everything))? (?:over|again|afresh|anew|fresh|from (?:scratch|zero"
        r"|the (?:start|beginning|top)))(?: again| from (?:scratch|zero|the (?:start|beginning|top)))?"
        rf"|reset{_OF_IT}|(?:clear|wipe|erase|delete|drop|remove|cancel|undo|lift|forget)(?= (?:all|everything"
        r"|it all|the (?:filters|conditions|constraints|slate|list|conversation)|my (?:filters|conditions"
        rf"|constraints|requests)|every|these|of)){_OF_IT}(?: slate)?(?: clean)?(?: filter)?|clear|from scratch"
        r"|from the (?:top|beginning|start)|(?:go )?back to (?:the )?(?:(?:original|first|initial|plain|normal"
        r"|default|unfiltered|standard) )+(?:list|recommendations?|results?|one)|(?:go )?back to (?:square one"
        r"|the (?:start|beginning))|重新(?:开始"
        rf"|来过?|列|推荐?|推)|从头(?:再?来过?|开始|再来)|重来|重置{_SAID_CHINESE}|归零|(?:清空|清除|清掉"
        rf"|清零){_SAID_CHINESE}|(?:取消|去掉|删掉|撤销|撤回|忘掉|去除|移除)(?=所有|全部|一切){_SAID_CHINESE}"
        rf"|全部(?:重置|清除|清空|取消|重来|撤销|不算|作废)|(?:前面|之前|刚才|以上)(?=.*[都全]){_SAID_CHINESE}(?:都"
        r"|全)(?:不算|作废|取消|忘掉|清空|不要)(?:数)?|(?:恢复|回到|还原)(?:到|成)?(?:默认|最初|初始|原始|一开始"
        r"|最开始|原来|原样)(?:的)?(?:列表|状态|推荐|结果|样子)?)",
    ),
    (
        "undo",
        rf"(?:(?:undo|revert|reverse|retract|withdraw|roll back|back out|step back){_OF_IT}|(?:take"
        rf"|roll)(?= ){_OF_IT} back|(?:scrap|scratch|cancel|forget|drop|remove|delete)"
        r"(?= (?:it|that|this|(?:the|my) (?:last|latest|previous)|what i)(?![a-z]))" + rf"{_OF_IT}"
        r"|go (?:one |a )?(?:step )?back(?: (?:one|a)(?: step)?)?|(?:one|a) step back|back one(?: step)?"
        r"|never ?mind(?: that| the last one)?|(?:back|return|revert|restore|go back)(?: to)? (?:the )?(?:last"
        r"|previous) (?:list|one|step|state|version)|that was (?:wrong|a mistake|an error)|oops|(?:撤销|撤回|撤掉"
        rf"|收回)(?:到)?(?:上|刚才|刚刚|前|最后|这|那|了)?{_SAID_CHINESE}|(?:取消|去掉|删掉|还原|恢复|退回|返回|回退"
        rf"|后退|倒退|回到|退)(?:到|了)?(?:上|刚才|刚刚|前|最后|一步){_SAID_CHINESE}(?:之前)?|上一步|(?:刚才|刚刚"
        rf"|上一?[条个句步次]|前一?[条个句步次]){_SAID_CHINESE}(?:都)?(?:不算|取消|作废|收回|撤销|撤回|不要|去掉"
        r"|算了)(?:数)?|把?(?:刚才?|刚刚|上一?[条个句步次]|最后)(?:加|说|提|设|添)?(?:上)?的?(?:那)?(?:一)?(?:个"
        r"|条)?(?:条件|要求|限制|话|设置|修改)(?:给)?(?:去掉|删掉|取消|撤销|撤回|撤掉|拿掉|收回|作废)|退回"
        r"|当我没说过?|后退"
        r"|取消)",
    ),
)
_POLITE = (
    r"(?:please|ok(?:ay)?|oh|no|hmm|actually|sorry|wait|well|let'?s|(?:can|could|would) (?:you|we)|请|帮我|麻烦"
    r"|那就?|我?改(?:变)?主意了?|我反悔了?|i(?:'ve)? changed my mind|算了|还是|我要|给我|把)"
)
_COMMAND = tuple(
    (
        name,
        re.compile(
            rf"^\W*(?:{_POLITE}\W*)*{words}(?:\W*(?:and |then |just )*{words})?(?:\W*(?:please|thanks|now|then|一下"
            r"|吧|了|啊))*\W*$"
        ),
    )
    for name, words in _COMMANDS
)


def command(text: str) -> Command | None:
    """The command that a request is, None for one that asks for something."""
    lower = plain(text)
    return next((Command(name) for name, pattern in _COMMAND if pattern.match(lower)), None)
