"""Items like one that is named, but cheaper or dearer than it: "比澜青抗皱精华便宜点的，要类似的"."""

from __future__ import annotations

from core.dialogue.names import Names
from core.dialogue.patterns import late
from core.dialogue.rules import apply
from core.dialogue.spotting import Spotted, T
from core.dialogue.structure import Item, Lean, Part

_CHEAPER = r"(?P<cheap>便宜|实惠|低价)|贵|高档|高端"
_SOME = r"(?:一?[点些]儿?)?"
_THAN = rf"比(?:这款|那款|这个|那个)?(?P<item>{T})(?:再|更|还|要|稍微?|略){{0,2}}(?:{_CHEAPER}){_SOME}的?"
_ALIKE = r"(?:类似|相似|相近|差不多|同类|同款|一类|接近)(?:型|款)?的?(?:商品|产品|东西|款式?|替代品?)?"
_JOIN = (
    r"[,，]?\s?(?:但|但是|而且|并且|又|也|还|不过)?(?:请|给我|帮我|想|要|找|推荐?|来|得|是|最好|尽量){0,3}(?:[些点个])?"
)
_IT = r"(?:[跟和与同](?:它|这款|那款|这个|那个|之))?"
_PATTERNS = (
    late(rf"(?:要|想要|找|来|推荐?)?(?:[点些个])?{_THAN}{_JOIN}{_IT}{_ALIKE}(?![\u3400-\u9fff])"),
    late(
        rf"(?:要|想要|找|来|推荐?)?(?:[点些个])?(?:[跟和与同像](?P<item>{T})|类似于?(?P<other>{T}))(?:{_ALIKE})?的?{_JOIN}"
        rf"比(?:它|这款|那款|这个|那个)(?:再|更|还|要|稍微?|略){{0,2}}(?:{_CHEAPER}){_SOME}的?(?![\u3400-\u9fff])"
    ),
)


def compared(line: Spotted, names: Names) -> list[Part]:
    """What is to be like an item and to cost less or more than it; nothing where a shop has no prices."""
    parts: list[Part] = []
    for pattern in _PATTERNS if names.priced else ():
        parts += apply(line, pattern, lambda found: _alike(line, names, found.groupdict()))
    return parts


def _alike(line: Spotted, names: Names, found: dict[str, str | None]) -> list[Part]:
    code = int(line.name(found["item"] or found.get("other") or "").value)
    return [Item(names.ids[code], names.titles[code], "like"), Lean("price", -1 if found["cheap"] else 1)]
