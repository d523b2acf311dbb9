"""Who a request speaks of and how it names events: words that several rules about the history share."""

from __future__ import annotations

from core.dialogue.lexicon import VERB

WHO = (
    r"(?:she|he|they|(?:the|this|that|our) (?:user|customer|client|shopper|viewer|person|reader|member|guy|woman|man"
    r"|lady)|someone)"
)
WHO_CHINESE = r"(?:她们?|他们?|ta|这个?(?:用户|客户|顾客|人)|该?(?:用户|客户|顾客)|此人)"
IF = (
    r"(?:(?:and |but |so )?(?:what if|if|suppos(?:e|ing)|assum(?:e|ing)|pretend(?:ing)?|imagin(?:e|ing)"
    r"|let'?s (?:say|pretend|assume|suppose|imagine)|say|as if|as though|had|forget(?:ting)?(?= (?:that|how) )"
    r"|disregard(?:ing)?(?= that )|ignore(?= that )|leave aside(?= that ))(?: that| how| the fact that)?)"
)
EVENTS = r"(?:\s*(?:events?|actions?|behaviou?rs?|interactions?|signals?|history|data|records?))"
EVENTS_CHINESE = (
    r"(?:的|过的?|了的)?(?:那些|这些|所有)?(?:(?:历史)?(?:行为|记录|纪录|事件|数据|资料|操作|动作|日志)|历史)"
)
LIST_OF = rf"(?:{VERB})(?:\s*(?:,|and|or|&|和|或者?|与|跟|及|、|还有)\s*(?!skip )(?:{VERB}))*"
ENDING = r"(?=\s*(?:$|[,;.?!，。；？！、]|for (?:this|now)|please|的?$))"
