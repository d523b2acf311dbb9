"""Who a request speaks of and how it names events: words that several rules about the history share."""

from __future__ import annotations

from core.dialogue.lexicon import VERB

WHO = (
    r"(?:she|he|they|(?:the|this|that|our) (?:user|customer|client|shopper|viewer|person|reader|member|guy|woman|man"
    r"|lady)|someone)"
)
WHO_CHINESE = (
    r"(?:她们?|他们?|ta|[这那该][位个名]?(?:女士|先生|小姐|用户|客户|顾客|会员|买家|读者|观众|朋友|人|姑娘|同学|老师)"
    r"|该?(?:用户|客户|顾客)|此人)"
)
IF = (
    r"(?:(?:and |but |so )?(?:what if|if|suppos(?:e|ing)|assum(?:e|ing)|pretend(?:ing)?|imagin(?:e|ing)"
    r"|let'?s (?:say|pretend|assume|suppose|imagine)|say|as if|as though|had|forget(?:ting)?(?= (?:that |how )?(?:she"
    r"|he|they|the user) )"
    r"|disregard(?:ing)?(?= that )|ignore(?= that )|leave aside(?= that ))(?: that| how| the fact that)?)"
)
EVENTS = r"(?:\s*(?:events?|actions?|behaviou?rs?|interactions?|signals?|history|data|records?))"
EVENTS_CHINESE = (
    r"(?:的|过的?|了的)?(?:那些|这些|所有)?(?:(?:历史)?(?:行为|记录|纪录|事件|数据|资料|操作|动作|日志)|历史)"
)
LIST_OF = rf"(?:{VERB})(?:\s*(?:,|and|or|&|和|或者?|与|跟|及|、|还有)\s*(?!skip )(?:{VERB}))*"
ENDING = r"(?=\s*(?:$|[,;.?!，。；？！、]|for (?:this|now)|please|的?$))"
# "只依据她在...的记录来推荐"
USING_CHINESE = (
    r"(?:[只仅就光]?(?:需?要)?(?:看|算|用|考虑|要|取|参考|统计|保留|认|依据|根据|基于|按照?|参照|以|将"
    rf"|把))?(?:{WHO_CHINESE}的?)?"
)
DATA_CHINESE = (
    r"(?:的|所有|全部)*(?:行为|记录|纪录|数据|资料|历史|事件|操作|日志|发生(?:过|了)?的?(?:事情?|一切)?"
    r"|那些)*(?:(?:来?(?:作为?|当作?|为)(?:参考|依据|准"
    r"|基础))|来推荐"
    r"|为准)*"
)
