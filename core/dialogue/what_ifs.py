"""Rules of a request about events that the history is to be without, or with: "if she had not bought the phone"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from core.dialogue.lexicon import PLACED, VERB, behaviour_of
from core.dialogue.names import Names
from core.dialogue.patterns import late
from core.dialogue.people import IF, WHO, WHO_CHINESE
from core.dialogue.rules import apply
from core.dialogue.spotting import E, N, Spotted, T, kind_of
from core.dialogue.structure import Edit, Part
from core.dialogue.supposing import DID, DID_NOT, WHEN_CHINESE, Event, next_event

_IN_LIST = rf"(?:,\s*(?=(?:and |or )?(?:the )?{E}))"
# Another matter that is joined: "if she had not seen Titanic and no Disney".
_OTHER = (
    r"\s(?:and|but)\s+(?:please )?(?:no|only|just|more|less|fewer|hide|show|under|over|below|above|at most|at least"
    r"|up to"
    rf"|something|nothing|newer|older|cheaper|rank|sort|give|exclude|skip|drop|without|limit|keep|{N})(?![a-z])"
)
_REST = rf"(?:(?!{_OTHER})[^,;.?!，。；？！\n]|{_IN_LIST})+"
_WHOLE = late(rf"(?:(?!的话|呢(?:[,，。？?]|$))[^,;.?!，。；？！\n会]|{_IN_LIST})*")
_INSTEAD = late(rf"\s*(?:instead of|rather than|and not|but not|,? not) (?P<what>(?:the |a |that )?{E})")
_IN_ITS_PLACE = late(r"(?<![a-z])instead(?! of)(?![a-z])")
_IF_NO_RECORD = late(  # "假设没有那次口红的购买"
    r"(?:如果|要是|假如|假设|倘若|当)(?P<no>没有?)(?:过)?(?:[那这]?一?[次笔单条个])?(?P<what>[^,，。；;？?！!\n]+?)的"
    rf"(?P<verb>{VERB})(?:行为|记录)?(?:的话|呢)?(?=\s*(?:$|[,，。；;？?！!]))"
)
_ARTICLE = r"(?:(?:the|an?|that|this|those|these|any|her|his|their|one|some)\s+)?"

_THAT_CHINESE = r"(?:[那这某]?(?:一)?[台件款双部本瓶盒条张支只把套个盏辆袋包块])"


_IF_ENGLISH = late(
    rf"(?:what (?:else )?(?:would|will|might|could) happen )?{IF}\s*+(?:{WHO}|we|i|you|nobody)?\s*+(?:(?P<no>{DID_NOT})"
    rf"|{DID})?\s*+(?:also |ever |already |really |just |instead |once "
    rf"|only )*(?P<verb>{VERB}|missed|passed on|avoided|turned down)(?![a-z])\s*(?P<what>{_REST})"
)
_MISSED = late("skip|miss|pass|avoid|turn")
_IF_PASSIVE = late(
    rf"{IF}\s++(?!{WHO} |i |we |you |(?:never|not|also|ever|already|{VERB}) )(?:the |that )?(?P<what>[^,;.?!]*?{E}"
    rf"|[^,;.?!]{{1,80}}?)\s+(?:had|was|were|has"
    rf"|have|'d)(?P<no>\s*not|n'?t| never)?(?: also| ever| already)*(?: been)? (?P<verb>{VERB})(?![a-z])"
)
_IF_THERE = late(
    rf"{IF}\s++(?:the |that )?(?P<what>[^,;.?!]*?{E}|[^,;.?!]{{1,80}}?)\s+(?:had|was|were|has|have|is|'d)(?P<no>\s*not"
    r"|n'?t| never)?(?: also"
    r"| ever| already)*(?: been)? (?:(?:in|on|part of|among) (?:the |her |his |their )(?:history|list|past|records?"
    rf"|profile|log)|(?P<verb>{PLACED}))(?![a-z])"
)
_IF_NONE = late(
    rf"{IF}\s+there (?:was|were|had been|is|are|'d been)(?P<no> no|n'?t any| not any) (?P<what>[^,;.?!]+?) (?:in|on"
    r"|among) (?:the |her |his |their )?(?:history|past|records?"
    r"|profile|log)"
)
_IF_THERE_CHINESE = late(
    rf"(?:如果|要是|假如|假设|假使|假装|倘若|若是?|设想|就当|当)(?:说)?{WHO_CHINESE}?(?:的)?(?:历史|行为|购物|观看"
    r"|购买|浏览)?(?:记录|历史|数据)(?:里面?"
    r"|中|上)?(?P<no>没有过?|没|不含|不存在|少了)?(?:有过?|包含|存在|多了)?(?P<what>[^,，。；;？?！!\n]+?)(?=的话|呢"
    r"|,|，|。|；|;|？|\?|！|!|\n|会|$)(?:的话)?"
)
_IF_CART = late(
    rf"{IF}\s*+{WHO}?\s*+(?:(?P<no>{DID_NOT})|{DID})?\s*+(?:also |ever |already )*(?:put|add(?:ed)?"
    rf"|place[d]?|save[d]?)\s++(?P<what>.+?)\s+(?P<verb>{PLACED})(?![a-z])"
)
_IF_CHINESE = late(
    r"(?:如果|要是|(?:假如|假设|假定|设想|想象|试想|模拟)(?:一下)?|假使|假装|倘若|若是?|万一|就当|权当|当作|当成"
    r"|当(?=[她他]|用户|ta)|忘掉|忘记"
    rf"|假定|如果说)(?:说)?{WHEN_CHINESE}*{WHO_CHINESE}?{WHEN_CHINESE}*(?:既|也)?(?P<no>没有|没|未曾|未|从没有?"
    r"|从来没有?|从未"
    rf"|并没有?|不)?(?:曾经?|还|也|再|又|已经?|把|有|去|先|另外)*(?P<verb>{VERB})(?:过|了)?(?:[也又还]?(?:没有?"
    rf"|未)(?P<second>{VERB})过?)?(?P<what>(?:[^,，。；;？?！!\n]|[,，](?=而是|反而|却|改[买看选下]"
    r"|[却但可也]?没))*?)(?=的话|呢"
    r"|[,，](?!而是|反而|却|改[买看选下]|[却但可也]?没)|。|；|;|？|\?|！|!|\n|会"
    r"|$)(?:的话)?呢?"
)
_IF_BARE_CHINESE = late(  # "她没买过手机的话"
    rf"{WHO_CHINESE}(?:从来)?(?P<no>没有?|未曾|未)?(?:曾经?|也|已经?)?(?P<verb>{VERB})(?:过|了)?"
    r"(?P<what>[^,，。；;？?！!\n]+?)的话(?=\s*(?:$|[,，。；;？?！!]))"
)
_IF_TAKEN = late(  # "把Jaws当作没看过"
    r"(?:把|将)(?P<what>[^,，。；;？?！!\n]+?)(?:当作|当成|视为|算作|当)(?:(?P<no>没有?|未"
    rf"|从未)|已经?|早就?|是)*(?P<verb>{VERB})[过了]?(?:的)?(?![\u3400-\u9fff])"
)
_IF_GIVEN = late(  # the verb behind its object: "没给Titanic打过分"
    rf"(?:如果|要是|假如|假设|假使|假装|倘若|若是?|就当|权当|当(?=[她他]|用户))(?:说)?{WHEN_CHINESE}*{WHO_CHINESE}?"
    rf"{WHEN_CHINESE}*(?:既|也)?(?P<no>没有|没|未曾|未|从没有?|从未|并没有?)?(?:也|还|曾经?)?(?:给|对|把"
    r"|将)(?P<what>[^,，。；;？?！!\n]+?)(?P<verb>打[过了]?分|评过?[分价]|点过?赞|加过?购|(?:加"
    r"|放)[了过进到入]*购物车(?:里)?"
    rf"|{VERB})(?:过|了)?(?:的话|呢)?"
)
_WITHOUT_DOING = late(  # "without her rating of Jaws"
    r"(?:without|minus|ignor(?:e|ing)|forget(?: about)?|disregard|remove|drop|delete) (?:the |her |his "
    rf"|their )(?P<verb>{VERB})s? (?:of|for|from) (?P<what>{_REST})"
)
_PUT = late(
    r"(?:add|put|insert|append|include)\s++(?P<what>.{1,80}?)\s+(?:to|in|into) (?:the |her |his |their )?(?:user'?s "
    r"|customer'?s )?(?:history|sequence|records?|past|log|profile)|(?:把|将)?(?P<put>[^,，。；;？?！!\n]{1,40}?)(?:加"
    r"|放|补|添)(?:到|进|入)(?:去)?(?:她的?|他的?|用户的?)?(?:历史记录|历史|记录|序列|行为)(?:里面?|中)?"
)
_FORGET_DONE = late(  # "忽略她买的苹果产品"
    rf"(?:忽略|不算|别算|不考虑|去掉|抛开|忘掉|剔除|删掉){WHO_CHINESE}(?:曾经?|之前|以前)?(?P<verb>{VERB})(?:过"
    r"|了)?的(?P<what>[^,，。；;？?！!\n]+)"
)
_HISTORY_WITHOUT = late(
    r"(?:(?:her|his|their|the|user'?s) )?(?:history|past|record|log|profile)s? (?:without|w/o|minus|less|excluding"
    r"|except(?: for)?|with no|but not)\s+"
    rf"(?P<what>{_REST})|(?:历史|记录|历史记录|行为)(?:里面?|中)?(?:不含|去掉|除去|没有|减去|不算"
    r"|排除)(?P<put>[^,，。；;？?！!\n]+)"
)
_FORGET_DOING = late(  # "去掉购买九阳破壁机"
    r"(?:忽略|不算|别算|不考虑|去掉|抛开|忘掉|剔除|删掉|删除|移除"
    rf"|去除){WHO_CHINESE}?(?:的)?(?P<verb>{VERB})(?:了)?的?(?P<what>{T})"
)
_FORGET_THEIRS = late(  # "ignore the scooter she bought"
    r"(?:forget(?: about)?|disregard|ignor(?:e|ing)|leave (?:out|aside)|leaving (?:out|aside)|without|minus|drop"
    r"|remove|discount|exclude|don'?t"
    r" count|not counting|take away|strip out)\s+(?P<what>(?:the|that|those|these|this|her|his|all"
    rf"|any) [^,;.?!]+?) (?:that |which )?{WHO}(?:'s|'d| has| had"
    rf"| have)?(?: already| once| just| ever)? (?P<verb>{VERB})(?![a-z])(?: (?:last|yesterday|before|already|once"
    r"|earlier|back then)[a-z ]*)?"
)
_FORGET = late(
    r"(?:forget(?: about)?|disregard|take(?: out)?|remove|delete|drop|ignore|without|exclude|skip|erase|strip|cut"
    r"|wipe|pull|scrub|leave(?: out)?)\s+(?P<what>.+?)\s+(?:from|in|out of) (?:the |her |his |their )?(?:user'?s "
    r"|customer'?s )?(?:history|sequence|records?|past|events|log|profile)|(?:(?:if it (?:weren'?t|wasn'?t|were not"
    r"|was not|hadn'?t been|had not been)|were it not|had it not been"
    rf"|but) for|leaving aside)\s+(?P<also>{_REST})|(?:把|将)(?P<put>[^,，。；;？?！!\n]+?)从(?:她的?|他的?"
    r"|用户的?)?(?:历史记录|历史|记录|序列|行为)(?:里面?|中)?(?:删|去|移|拿|剔)(?:除|掉|走|去)?|(?:去掉|删掉|删除"
    r"|移除|忽略|去除|剔除)(?:她的?|他的?|用户的?)?(?:历史记录|历史|记录|序列)(?:里面?"
    r"|中)?的?(?P<gone>[^,，。；;？?！!\n]+)|从(?:她的?|他的?|用户的?)?(?:历史记录|历史|记录|序列|行为)(?:里面?"
    r"|中)?(?:删|去|移|拿|剔)(?:除|掉|走|去)?(?P<out>[^,，。；;？?！!\n]+)"
)
_WONDERING = late(r"(?<![a-z])(?:what|which|would|if)(?![a-z])")
_EVENTS_OF = late(rf"(?:(?:the|her|his|their|all|any) )*(?P<verb>{VERB}) (?:of|on|for|from|with) ")
_ANOTHER = late(rf"(?:having )?(?P<verb>{VERB})(?![a-z])\s*")
_OF_HISTORY = (
    r"(?:the |her |his |their )(?:user'?s |customer'?s )?(?:\w+ )?(?:history|sequence|records?|past|log|profile)"
)
_WITH_ADDED = late(  # "with the shoes added to his purchases"
    r"with (?P<what>[^,;.?!]+?) (?:(?:being|been|also|now) )*(?P<do>added|put|placed|included|inserted|removed|taken"
    r"|deleted|gone|missing)(?: out)? (?:to|in|into|from|of|among)"
    rf" (?:the |her |his |their )(?:(?P<verb>{VERB})|history|record|records|past|log)(?![a-z])"
)
_GONE_FROM = late(  # "with Jaws and Alien taken out of his history"
    rf"(?:(?:with|if|as if|as though) (?P<what>[^,;.?!]+?)|(?P<also>(?:the |that )?{E}"
    rf"(?:(?:,|\s+and|\s+or|\s*&|,\s*and)\s+(?:the )?{E})*))(?: (?:is|are|was|were|be|being|been|gets?"
    r"|should|must|to|had|has|all|both))* (?:taken|removed|deleted|erased|gone|dropped|cut|struck|stripped|wiped"
    r"|scrubbed|pulled|excluded|left|missing"
    rf"|absent|omitted)(?: out| away)?(?: of| from| in) {_OF_HISTORY}"
)
_EVENTS_ON = late(  # "ignore all her activity on shoes", "forget everything she did with the yoga mat"
    r"(?:forget(?: about)?|disregard|ignor(?:e|ing)|drop|remove|delete|erase|discount|exclude|don'?t count|wipe|leave"
    r" out) (?:(?:all|any|the|of|every|each|everything|anything) )*(?:(?:her|his|their|the user'?s) (?:past |previous"
    r" |earlier )*(?:events?|actions?|behaviou?rs?|interactions?|activity|history|data|records?) (?:of|on|with|for"
    rf"|around|towards?|about|involving|regarding)|(?:that )?{WHO}(?: ever| has| had)* (?:did|done) (?:with|to|on"
    rf"|around)) (?P<what>{_REST})"
)
GONE_CHINESE = (
    r"(?:忽略|不算|别算|不计|不考虑|别考虑|去掉|抛开|忘掉|剔除|删[掉除去了]|移除|去除|清除|清掉|拿掉|抹[掉去]|无视|排除"
    r"|不要算)"
)
_AND_GONE = rf"(?:都|全部?|给我|一律|统统|请|也)*{GONE_CHINESE}"
_DONE_GONE = late(  # "她买的那顶帐篷不算"
    rf"(?:把|将)?{WHO_CHINESE}(?:曾经?|之前|以前|当初|上次)?(?P<verb>{VERB})(?:过"
    rf"|了)?的(?P<what>[^,，。；;？?！!\n]{{1,20}}?)"
    rf"(?:都|全部?|先|就|也|给我|请)*(?:{GONE_CHINESE}|算不得数?|当没有?|作废)(?:了|掉|吧)*(?=\s*(?:$|[,，。；;！!]))"
)
_RECORDS_CHINESE = r"(?:历史)?(?:行为|记录|纪录|事件|数据|操作|动作|足迹|互动)"
_RECORDS_OF = late(  # "把她买猫粮的记录删掉", "忽略她对女装的所有行为"
    rf"(?P<before>{GONE_CHINESE})?(?:掉|了|把|将)?{WHO_CHINESE}?(?:的|曾经|之前|以前|所有"
    rf"|全部)*(?:(?P<verb>{VERB})(?:过"
    r"|了)?(?P<what>[^,，。；;？?！!\n的]{1,40}?)的?|(?:对于?|关于|在|跟)(?P<on>[^,，。；;？?！!\n]{1,40}?)(?:上"
    r"|里面?|那里"
    r"|方面|身上)?的"
    rf"|(?P<of>{E}(?:(?:和|与|跟|及|、){E})*|(?<=[把将])[\u3400-\u9fff]{{2,8}}?)的)(?:所有|全部|那些|这些|那条|一切"
    rf"|任何)*(?:(?P<done>{VERB})?(?:过?的)?{_RECORDS_CHINESE}|(?P<doing>{VERB})(?={_AND_GONE}|\s*(?:$"
    r"|[,，。；;？?！!\n])))"
    rf"(?P<after>{_AND_GONE})?"
)


def what_ifs(line: Spotted, names: Names) -> list[Part]:
    """Events that the history is to be without, or with."""

    ends: list[int] = []  # where suppositions end, which may go on behind

    def rule(found: re.Match[str]) -> list[Part] | None:
        further = next_event(line.line, *found.span("what"))
        if further is None:
            parts = one(found, *found.span("what"))
        else:
            parts = one(found, found.start("what"), further.start) or []
            verb = found.groupdict().get("verb") or ""
            skipped = _MISSED.match(verb) and not behaviour_of(verb, names.behaviours)  # "skipped this and saw that"
            parts += on(further, found.end("what"), bool(parts) and _denied(parts) and not skipped)
        ends.extend([found.end()] if parts else [])
        return parts or None

    def on(event: Event | None, stop: int, denied: bool) -> list[Part]:
        """The events from one on that goes on with a supposition; what cannot be supposed is said."""
        parts: list[Part] = []
        while event is not None:
            further = next_event(line.line, event.end, stop)
            end = further.start if further is not None else stop
            swapped = denied and _IN_ITS_PLACE.search(
                line.line, event.end, end
            )  # "never saw this and saw that instead"
            denied = not swapped and denied if event.denied is None else event.denied
            doing = behaviour_of(_plain(_cart(event.verb)), names.behaviours)
            things = list(named(line, names, *(event.thing or (event.end, end))))
            made = [Edit("remove" if denied else "add", behaviour=doing, **thing) for thing in things]  # type: ignore[arg-type]
            if things and (denied or all(edit.item for edit in made)):
                parts += made
            else:
                line.missed.append(line.span(event.start, end))
            event = further
        return parts

    def onwards(made: list[Part]) -> list[Part]:
        """What suppositions that were made go on with behind their end."""
        parts: list[Part] = []
        for end in sorted(ends):
            denied = _denied(made)
            if other := _INSTEAD.match(line.line, end):  # "had put this in her cart instead of that"
                last = [part for part in made if isinstance(part, Edit)][-1]
                things = named(line, names, *other.span("what"))
                parts += [Edit("remove", behaviour=last.behaviour, **thing) for thing in things]  # type: ignore[arg-type]
                line.use(*other.span())
                end = other.end()
            while (event := next_event(line.line, end, len(line.line), at_once=True)) is not None:
                stop = _WHOLE.match(line.line, event.end)
                end = stop.end() if stop is not None else event.end
                parts += on(event, end, denied)
                line.use(event.start, end)
        return parts

    def one(found: re.Match[str], start: int, end: int) -> list[Part] | None:
        said = {name: value for name, value in found.groupdict().items() if value}
        no = said.get("no") or re.match(r"\s*neither\b", line.line[start:end])
        words = line.line[start:end]
        verbs = [said[group] for group in ("verb", "second") if group in said]
        doings = list(dict.fromkeys(behaviour_of(_plain(_cart(words)), names.behaviours) for words in verbs)) or [""]
        if doings == [""] and any(re.fullmatch("lik\\w*|lov\\w*|喜欢|爱", verb) for verb in verbs):
            return None  # "if you like Alien"
        swapped = re.search(r"\s(?:instead of|rather than|(?:and|but) not)\s|而不是|而没有?", words)
        if swapped and not no:
            other = _ANOTHER.match(words[swapped.end() :])  # "... rather than bought it"
            cut = swapped.end() + (other.end() if other else 0)
            doing = behaviour_of(other["verb"], names.behaviours) if other else doings[0]
            added = named(line, names, start, start + swapped.start())
            gone = named(line, names, start + cut, end)
            pairs = [("add", doings[0], thing) for thing in added] + [("remove", doing, thing) for thing in gone]
            return [Edit(do, behaviour=name, **thing) for do, name, thing in pairs]  # type: ignore[arg-type]
        things = list(named(line, names, start, end))
        do = (
            "remove"
            if no
            or re.match(r"forget|disregard|ignore|leave aside|忘", found[0].strip())
            or (doings == [""] and _MISSED.match(verbs[0] if verbs else ""))
            else "add"
        )
        if not things or (do == "add" and not all("item" in thing for thing in things)):
            return None
        return [Edit(do, behaviour=doing, **thing) for thing in things for doing in doings]  # type: ignore[arg-type]

    def forget(found: re.Match[str]) -> list[Part] | None:
        group = next(group for group in ("what", "also", "put", "gone", "out") if found.groupdict().get(group))
        words = found[group]
        if re.search(r"(?:n't|not|never|[不别])\s*$", line.line[: found.start()]):
            return None
        if found[0].startswith("but for") and not _WONDERING.search(line.line):
            return None  # "something like this but for kids"
        doing = _doing(words, names)
        if doing:
            return [Edit("remove", behaviour=doing)]
        start, end = found.span(group)
        told = _EVENTS_OF.match(words)  # "his purchases of books"
        doing = behaviour_of(told["verb"], names.behaviours) if told else ""
        things = list(named(line, names, start + (told.end() if told and doing else 0), end))
        return [Edit("remove", behaviour=doing, **thing) for thing in things] or None  # type: ignore[arg-type]

    def rule_gone(found: re.Match[str]) -> list[Part] | None:
        doing = behaviour_of(_plain(found["verb"]), names.behaviours)
        things = named(line, names, *found.span("what"))
        return [Edit("remove", behaviour=doing, **thing) for thing in things] or None  # type: ignore[arg-type]

    def records(found: re.Match[str]) -> list[Part] | None:
        said = {name: value for name, value in found.groupdict().items() if value}
        if "before" not in said and "after" not in said:
            return None
        verb = next((said[group] for group in ("verb", "done", "doing") if group in said), "")
        doing = behaviour_of(_plain(verb), names.behaviours) if verb else ""
        things = list(named(line, names, *found.span(next(group for group in ("what", "on", "of") if group in said))))
        return [Edit("remove", behaviour=doing, **thing) for thing in things] or None  # type: ignore[arg-type]

    def with_added(found: re.Match[str]) -> list[Part] | None:
        doing = behaviour_of(found["verb"], names.behaviours) if found["verb"] else ""
        do = "add" if re.match("add|put|pla|ins|inc", found["do"]) else "remove"
        things = [thing for thing in named(line, names, *found.span("what")) if "item" in thing or do == "remove"]
        return [Edit(do, behaviour=doing, **thing) for thing in things] or None  # type: ignore[arg-type]

    def put(found: re.Match[str]) -> list[Part] | None:
        group = "what" if found["what"] else "put"
        things = [thing for thing in named(line, names, *found.span(group)) if "item" in thing]
        return [Edit("add", **thing) for thing in things] or None  # type: ignore[arg-type]

    made = [
        *apply(line, _WITH_ADDED, with_added),
        *apply(line, _PUT, put),
        *apply(line, _GONE_FROM, forget),
        *apply(line, _EVENTS_ON, forget),
        *apply(line, _RECORDS_OF, records),
        *apply(line, _IF_TAKEN, rule),
        *apply(line, _IF_NO_RECORD, rule),
        *apply(line, _IF_GIVEN, rule),
        *apply(line, _IF_CART, rule),
        *apply(line, _IF_PASSIVE, rule),
        *apply(line, _IF_NONE, rule),
        *apply(line, _IF_THERE, rule),
        *apply(line, _IF_THERE_CHINESE, rule),
        *apply(line, _IF_ENGLISH, rule),
        *apply(line, _IF_CHINESE, rule),
        *apply(line, _IF_BARE_CHINESE, rule),
        *apply(line, _DONE_GONE, rule_gone),
        *apply(line, _FORGET_DONE, rule_gone),
        *apply(line, _FORGET_THEIRS, rule_gone),
        *apply(line, _FORGET_DOING, rule_gone),
        *apply(line, _HISTORY_WITHOUT, forget),
        *apply(line, _WITHOUT_DOING, rule_gone),
        *apply(line, _FORGET, forget),
    ]
    return made + onwards(made)


def _denied(parts: Sequence[Part]) -> bool:
    """Whether the last event of a supposition is supposed not to have happened."""
    return isinstance(parts[-1], Edit) and parts[-1].do == "remove"


def _cart(words: str) -> str:
    return "cart" if re.search(r"(?:cart|basket|bag)$", words) else words


def _plain(words: str) -> str:
    """A Chinese verb without the mark of the past within it: "打过分" is "打分"."""
    return re.sub(r"(?<=[打评点加进入到])[过了](?=.)", "", words)


def _doing(words: str, names: Names) -> str:
    """The behaviour that words like "the things in her cart" or "views" speak of."""
    plain = re.sub(
        r"^(?:all |the |her |his |their |any |things |items |events |of |what |she |he |they |in |everything |has "
        r"|had )+",
        "",
        words.strip(),
    )
    plain = re.sub(
        r"\s*(?:events?|actions?|behaviou?rs?|interactions?|data|的?行为|的?记录|的?事件|的?数据)$", "", plain
    )
    return behaviour_of(plain, names.behaviours)


def named(line: Spotted, names: Names, start: int, end: int) -> Iterator[dict[str, str]]:
    """What `line[start:end]` names, as fields of an `Edit`: items, categories, brands, or words of titles."""
    whole = line.line[start:end]
    found = [place for place in range(start, end) if re.match(E, line.line[place])]
    bare = re.sub(rf"{_ARTICLE}|{_THAT_CHINESE}|[\s的了过呢]|anything|things?|products?", "", re.sub(E, "", whole))
    if not found or (len(found) == 1 and kind_of(line.line[found[0]]) != "item" and bare):
        written = re.sub(
            rf"^\s*{_ARTICLE}|^\s*{_THAT_CHINESE}|\s+(?:yet|already|before|ever|at all|instead|then"
            r"|yesterday)$",
            "",
            line.words(start, end),
        ).strip(" 的了过")
        codes = names.items_called(written) or names.items_called(written.replace("的", ""))
        if codes:
            yield _item(names, codes[0]) if len(codes) == 1 else {"words": written.lower(), "name": written}
            return
        several = [
            names.items_called(each)
            for each in re.split(r",|、|\band\b|\bor\b|&|和|与|跟|以及", written)
            if each.strip()
        ]
        if len(several) > 1 and all(len(codes) == 1 for codes in several):
            yield from (_item(names, codes[0]) for codes in several)
            return
    for number, place in enumerate(found):
        name = line.name(line.line[place])
        after = line.name(line.line[found[number + 1]]) if number + 1 < len(found) else None
        if (
            name.kind == "brand"
            and after
            and after.kind == "category"
            and not line.line[place + 1 : found[number + 1]].strip(" 的")
        ):
            yield {"brand": name.value, "category": after.value, "name": f"{name.value} {after.value}"}
            return
        yield _item(names, int(name.value)) if name.kind == "item" else {name.kind: name.value, "name": name.value}


def _item(names: Names, code: int) -> dict[str, str]:
    return {"item": names.ids[code], "name": names.titles[code]}
