"""A request with its names, numbers and dates found, each written as one character that patterns can speak of.

A text such as "no horror under $10" becomes "no ⟨category⟩ under ⟨number⟩": one private character stands for each,
so that one pattern serves a name of one word and one of seven, English and Chinese.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from core.dialogue.dates import Period, periods
from core.dialogue.lexicon import STOP, VERB, WORKS
from core.dialogue.names import Name, Names, stem, tokens
from core.dialogue.numerals import NUMBER_WORDS, Number, numbers
from core.dialogue.own_nouns import stands_alone
from core.dialogue.patterns import late
from core.dialogue.script import SIMPLER
from core.dialogue.shortened import model, of_brand, pointed_at, told_of
from core.dialogue.structure import Part
from core.dialogue.verbs import ASKED, FINITE, PLEASES, REPELS, TAIL_CHINESE

_BLOCK = 256
_FIRST = {"category": 0xE000, "brand": 0xE100, "item": 0xE200, "number": 0xE300, "year": 0xE400, "day": 0xE500}
_KINDS = {first: kind for kind, first in _FIRST.items()}


def _class(*kinds: str) -> str:
    return "[" + "".join(f"{chr(_FIRST[kind])}-{chr(_FIRST[kind] + _BLOCK - 1)}" for kind in kinds) + "]"


C, B, T, N, Y, D = (_class(kind) for kind in ("category", "brand", "item", "number", "year", "day"))
E = _class("category", "brand", "item")
DONE = "\uf8ff"  # what a rule has used up

Value = Name | Number | Period

_JUDGED = late(
    r" (?:was|is|were) (?:very |really |so |too |a |just )*(?:great|good|excellent|awesome|fun|superb|brilliant|hit"
    r"|bad|boring|terrible|awful|dull|disappointing|rubbish|waste)| (?:bored|annoyed|disappointed|delighted|thrilled"
    r"|impressed|moved|charmed|pleased|amused|upset) (?:her|him|them|me|us)\b"
    rf"| (?:was|is|were) (?:far |way |much |a bit |just |simply )*too | (?:{REPELS}|{PLEASES})(?![a-z])"
)
# What follows a title with which a request begins: "Titanic and Alien were great".
_NAMED_FIRST = late(
    r" (?:and|or|but|yes|yeah|no|nope|meets|again|was|were|is|are|had|has|should|must|never|please|pls)\b|[,.!?]|$"
    r"|-(?:like|esque|style|type)\b"
    rf"| {FINITE}(?![a-z])"
)
_WANTS_ITEM = late(
    r"(?:like|similar to|than|to|of|(?:dis)?likes?|liked|loved?|loves|enjoyed|hate[sd]?|fan of|again|without|not|no"
    rf"|and|or|,|{VERB}|{'|'.join(ASKED.values())}|像|跟|和|与|类似于?|比|喜欢|讨厌|没|过|了|出现|不要|别推"
    r"|、)\s*(?:the |a )?$"
)
_ASKS = late(
    r"(?:^|[,;.:，。；、+&/]|\b(?:no|not|more|less|fewer|only|just|some|any|all|few|without|exclude|excluding|skip"
    r"|drop|and|or|hide|ditch|avoid|remove|omit|than|over|of|by|in|on|within|into|towards?|(?:shop(?:s|ping)?"
    r"|look(?:ing|s)?|search(?:ing|es)?|ask(?:s|ed|ing)?|hunt(?:s|ing)?|wish(?:es)?|care[sd]?|stuff|things?|items?"
    r"|products?|something|anything|gifts?|presents?) for|(?:bored|fed up"
    r"|tired|sick|done|happy|fine|enough) (?:with|of|by)|about|but|except|instead|likes?|loves?|prefers?|hates?"
    r"|dislikes?|interested in|into|show|give|get|see|find|bring|pick|list|me|us|her|him|them|wants?|needs?"
    r"|recommend|suggest|best|cheap|cheaper|cheapest|new|newer|good|nice|different|affordable|premium|pricey|other"
    rf"|{'|'.join(ASKED.values())}|yes|(?<!for )(?<!at )(?<!in )(?<!around )(?<!from )the|these|those|many|much|out"
    rf"|off|up|down|{NUMBER_WORDS})|\d"
    r"|[换改变]成|[换改]为|还是|[多少]一?[点些]|不要|只[看要推]?|别推?|和|或|及|与|跟|除了?|的|去掉|想看|想要|来点|推荐?|找|买|看|给我|来"
    r"|[个件款部双本条种样过了])\s*$"
)
_ENDS = late(
    rf"\s*(?:$|[,;.:!?，。；、！？]|(?:stuff|things?|items?|products?|(?:{WORKS})(?![a-z])|songs?|albums?"
    r"|music|articles?|stories|news|videos?|games?|courses?|categor|genre|only|please|and\b|or\b|gear|equipment"
    r"|goods|supplies|section|department|priced|costing|costs?\b|that\b|which\b|at\b|in\b|of\b|by\b|around|about"
    r"|made|worth|not\b|no\b|less|more|instead|too\b|again|then\b|per\b|each|first|is\b|are\b|out\b|off\b|up\b"
    r"|down\b|aside|excluded|should|can\b|must|don't|she\b|he\b|they\b|her\b|him\b|on\b|to\b|if\b|without|except"
    r"|cheaper|up to|max|as well|either|also|last|this\b|here\b|today|now\b|anymore|any more|entirely|completely"
    r"|altogether|right\b|just\b|at all|when\b|while\b|before|after|since|until|next\b|who\b|so\b|should|would|could"
    r"|would|['’/&+\d$€£¥])"
    r"|(?:课|房|菜|餐|班)(?=[的都也就少多不别，。]|$)|[类片的吧了和或跟与及都也不别少多要就还再占给价在，装用相方书剧曲歌店区会呢吗时到及于为是等])"
)


# A Chinese word that goes on with other than these is another word: "手机壳" is no phone.
_GOES_ON = late(
    rf"(?!{TAIL_CHINESE})"
    r"(?!(?:课程?|房子?|房间|屋|菜|餐|班|番|刊|路线|民宿|项目)(?:$|[^\u3400-\u9fff]"
    r"|[的都也就少多不别可再要]))(?!二选一|任选|随便|皆可|均可|然后|接着|随后|同时|但是|可是|因为|所以|如果|假如|除非"
    r"|[三四五六七八九十百千半\d])"
    r"(?![其剩减翻绝却而才会是时于等及想的了吧呢吗啊和或跟与及以都也就还再并又而且但只要不别没最太很更比较多少一两几去除外免砍"
    r"撤踢筛滤压降加"
    r"补调权往向升先统通请让得居排隐藏删剔移屏拒跳避留选仅唯限重优增上下挺样请把被用这那呗啦咯嘞哈喽买送找搜查换改代替取同打类片"
    r"里中在从到价便贵来推看买给我她他控限预每全各可感有占、。，]|题材|产品|用品|装备|设备|器材|器具|商品|频道|数量"
    r"|份额|为先|打头|板块|品类|类目|专区|系列|电影|书|剧|区|方面|什么|那|这|优先|为主)"
    # what tells more of it stands behind it too: "手机拍照好的"
    r"(?![^壳套膜包架线盒绳盖座托扣圈链带袋柜桌椅垫罩布贴纸卡器棒杆筒杯盘馆店城厂社员室支][\u3400-\u9fff]{0,6}[好大强高快多轻薄长小低久稳谱用美亮清新省准静硬软实](?:一?[点些])?的\s*(?:$|[,，。；]))"
    r"[\u3400-\u9fff]"
)


@dataclass
class Spotted:
    """A request with what was found in it.

    Attributes:
        text: what was written.
        line: the same in lower case, a character for each that was found, `DONE` for what rules have used up.
        places: where each character of `line` stands in `text`, as (start, end).
        values: what each found character stands for.
        ways: what was said of names where, as (start, end, operator, parts), by rules that have used them up.
        missed: where in `text` stands what rules have used up and could make nothing of, as (start, end).
    """

    text: str
    line: str
    places: list[tuple[int, int]]
    values: dict[str, Value]
    ways: list[tuple[int, int, str, list[Part]]] = field(default_factory=list)
    missed: list[tuple[int, int]] = field(default_factory=list)

    def use(self, start: int, end: int) -> None:
        """Mark `line[start:end]` as used up."""
        self.line = self.line[:start] + DONE * (end - start) + self.line[end:]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `line[start:end]` stands in the text, whose order corrections change."""
        own = self.places[start : max(end, start + 1)]
        return min(first for first, _ in own), max(last for _, last in own)

    def put(self, start: int, end: int, kind: str, value: Value) -> None:
        """Let `line[start:end]` be one character that stands for a value of a kind, unless the line has too many."""
        free = (chr(_FIRST[kind] + number) for number in range(_BLOCK))
        character = next((each for each in free if each not in self.values), "")
        if character:
            self.values[character] = value
            self.places[start:end] = [(self.places[start][0], self.places[end - 1][1])]
            self.line = self.line[:start] + character + self.line[end:]

    def close_up(self) -> None:
        """Leave one of several blanks, the end of a line if there is one: patterns try each way of splitting them."""
        for found in reversed(list(re.finditer(r"\s{2,}", self.line))):
            start, end = found.span()
            kept = start + max(found[0].find("\n"), 0)
            self.line = self.line[:start] + self.line[kept] + self.line[end:]
            self.places[start:end] = [self.places[kept]]

    def settle(self) -> None:
        """Leave three of what is said many times in a row, as in "the the the ...": patterns try each part of a run."""
        for found in reversed(list(_AGAIN.finditer(self.line))):
            start = found.start() + 3 * len(found[1])
            self.line = self.line[:start] + self.line[found.end() :]
            del self.places[start : found.end()]

    def words(self, start: int, end: int, left: str = "") -> str:
        """What was written at `line[start:end]`, without what was used up, and what is blank in `left` (if given)."""
        pieces: list[str] = []
        for place in range(start, end):
            own = self.places[place]
            if place == start or own != self.places[place - 1]:  # a word that was respelled is written once
                used = self.line[place] == DONE or (left != "" and left[place - start] == " ")
                pieces.append(" " if used else self.text[slice(*own)])
        return "".join(pieces)

    def name(self, character: str) -> Name:
        """The name that a character stands for."""
        value = self.values[character]
        assert isinstance(value, Name)
        return value

    def number(self, character: str) -> Number:
        """The number that a character stands for."""
        value = self.values[character]
        assert isinstance(value, Number)
        return value

    def period(self, character: str) -> Period:
        """The period that a character stands for."""
        value = self.values[character]
        assert isinstance(value, Period)
        return value


def kind_of(character: str) -> str:
    """What a character of a line stands for; "" for itself."""
    return _KINDS.get(ord(character) & ~(_BLOCK - 1), "")


def plain(text: str) -> str:
    """The text in lower case, half width and simplified Chinese, as long as before."""
    half = (chr(ord(char) - 0xFEE0) if "！" <= char <= "～" and char not in "，；：！？" else char for char in text)
    own = (" " if "\ue000" <= char <= "\uf8ff" else char for char in half)  # such signs stand for names here
    lower = (char.lower().translate(SIMPLER) if len(char.lower()) == 1 else char for char in own)
    return "".join({"\u3000": " ", "\t": " ", "“": '"', "”": '"', "’": "'", "‘": "'"}.get(char, char) for char in lower)


def spotted(text: str, names: Names) -> Spotted:
    """Find the names, numbers and dates of a request."""
    lower = plain(text)
    found: list[tuple[int, int, str, Value]] = []
    for start, end, name in _named(text, lower, names):
        found.append((start, end, name.kind, name))
    taken = [False] * len(lower)
    for start, end, _, _ in found:
        taken[start:end] = [True] * (end - start)

    def add(start: int, end: int, kind: str, value: Value) -> None:
        if not any(taken[start:end]):
            taken[start:end] = [True] * (end - start)
            found.append((start, end, kind, value))

    ages = [found.span() for found in AGE.finditer(lower)]
    amounts = [each for each in numbers(lower) if not any(low < each.end and each.start < high for low, high in ages)]
    for number in amounts:
        if number.money:
            add(number.start, number.end, "number", number)
    for period in periods(lower):
        if not period.fine and _amount(lower, period, amounts, names.dated):
            continue
        add(period.start, period.end, "day" if period.fine else "year", period)
    for number in amounts:
        add(number.start, number.end, "number", number)
    line = encoded(text, lower, sorted(found, key=lambda each: each[0]))
    line.close_up()
    line.settle()
    return line


_AGAIN = late(rf"([^\d{N[1:-1]}]{{1,12}}?)\1{{7,}}")
AGE = late(  # of a person, and no number of anything
    r"(?<![a-z0-9-])[a-z0-9-]+(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?[- ]years?[- ]olds?\b"
    r"|[\d一二两三四五六七八九十]+岁"
)
_DATING = late(
    r"(?:since|before|after|until|till|in|from|of|during|by|than|year|between|截至|截止|从|自|到|在)\s*(?:the\s+)?$"
)
_PRICING = late(
    r"(?:price[sd]?|budget|cost[s]?|预算|价格|价位|价)(?: range)?(?: is| of|:|：)?\s*(?:between |from |从|在)?$"
)
_RANGE_BEFORE = late(r"(\d[\d,.]*)\s*(?:-|–|~|to|到|至)\s*$")


def _amount(lower: str, period: Period, amounts: list[Number], dated: bool) -> bool:
    """Whether four figures that could be a year are an amount."""
    if not lower[period.start : period.end].isdigit():
        return False
    before = lower[: period.start]
    partner = _RANGE_BEFORE.search(before)
    if partner and not re.fullmatch(r"(?:1[89]|20)\d\d", partner[1]):
        return True
    if partner and _PRICING.search(before[: partner.start()]):
        return True
    if _PRICING.search(before):
        return True
    return not dated and _DATING.search(before) is None and any(each.start == period.start for each in amounts)


def encoded(text: str, lower: str, found: list[tuple[int, int, str, Value]]) -> Spotted:
    line, places, values, counts, at = [], [], {}, dict.fromkeys(_FIRST, 0), 0
    for start, end, kind, value in found:
        line += list(lower[at:start])
        places += [(place, place + 1) for place in range(at, start)]
        if counts[kind] < _BLOCK:
            character = chr(_FIRST[kind] + counts[kind])
            counts[kind] += 1
            values[character] = value
            line.append(character)
            places.append((start, end))
            at = end
        else:
            at = start
    line += list(lower[at:])
    places += [(place, place + 1) for place in range(at, len(lower))]
    return Spotted(text, "".join(line), places, values)


def _named(text: str, lower: str, names: Names) -> list[tuple[int, int, Name]]:
    """Names from left to right, the longest first; then words that are names but for a slip of the pen."""
    words = tokens(lower)
    found: list[tuple[int, int, Name]] = []
    place = 0
    while place < len(words):
        hit = _longest(text, lower, words, place, names)
        hit = _shortened(lower, words, place, hit, names) or hit
        if hit is None:
            length, slip = names.nearly([word for word, _, _ in words[place : place + 8]])
            if slip is not None:
                found.append((words[place][1], words[place + length - 1][2], slip))
            place += length
        else:
            length, name = hit
            length = told_of(lower, words, place, length, name, names)
            found.append((words[place][1], words[place + length - 1][2], name))
            place += length
    return found


def _shortened(
    lower: str, words: list[tuple[str, int, int]], place: int, hit: tuple[int, Name] | None, names: Names
) -> tuple[int, Name] | None:
    """An item that is called by a part of its title, where no title as such is written."""
    if hit is None:
        return pointed_at(lower, words, place, names) or model(lower, words, place, names)
    return of_brand(lower, words, place, hit, names) if hit[1].kind == "brand" else None


def _longest(
    text: str, lower: str, words: list[tuple[str, int, int]], place: int, names: Names
) -> tuple[int, Name] | None:
    joined = _joined(lower, words, place, names)
    if joined is not None:
        return joined
    first = words[place][0]
    if first not in names.firsts and stem(first) not in names.firsts:
        return None
    for length in range(min(names.longest, len(words) - place), 0, -1):
        run = words[place : place + length]
        start, end = run[0][1], run[-1][2]
        key = tuple(word for word, _, _ in run)
        for spelled in dict.fromkeys((key, tuple(map(stem, key)))):
            name = names.found.get(spelled)
            crossed = name is not None and name.kind != "item" and re.search("[,;.，、；。]", lower[start:end])
            own = name is not None and name.kind == "category" and _own_noun(lower, words[place + length :], end, names)
            if name is not None and own and not crossed:
                return length + 1, name
            if name is not None and name.kind == "category" and _modifies(lower, start, end, name.value):
                continue
            if spelled in names.short and name is names.short[spelled]:
                if run[0][0] != spelled[0] or stands_alone(lower, start, end, _ENDS):
                    return length, name
                continue
            if name is not None and not crossed and _meant(text, lower, start, end, name, names):
                return length, name
    return None


def _own_noun(lower: str, following: list[tuple[str, int, int]], end: int, names: Names) -> bool:
    """Whether what the shop calls its things stands right behind a category, and begins no other: "skate shoes"."""
    if not following or lower[end : following[0][1]] != " " or not names.is_own_noun(following[0][0], behind=True):
        return False
    return tuple(stem(word) for word, _, _ in following[:2]) not in names.found


def _joined(lower: str, words: list[tuple[str, int, int]], place: int, names: Names) -> tuple[int, Name] | None:
    """A category or brand of one word that is written as two: "co-operative", "board games" for "Boardgames"."""
    if place + 1 >= len(words):
        return None
    (one, _, middle), (other, after, _) = words[place : place + 2]
    whole = one + other
    if not (whole.isascii() and whole.isalpha()) or len(whole) < _TWO_AS_ONE or lower[middle:after] not in (" ", "-"):
        return None
    if (one, other) in names.found or one in STOP or (one,) in names.found:
        return None
    name = names.found.get((whole,)) or names.found.get((stem(whole),))
    return (2, name) if name is not None and name.kind != "item" else None


def _meant(text: str, lower: str, start: int, end: int, name: Name, names: Names) -> bool:
    """Whether a name that is an everyday word too is meant as the name."""
    word = lower[start:end]
    if (
        name.kind == "category"
        and word[-1] >= "\u3400"
        and _GOES_ON.match(lower, end)
        and not lower.endswith(("把", "将"), 0, start)
        and not _named_next(lower, end, names)
    ):
        return False
    if lower[max(0, start - 1) : start + 1] in _ACROSS:
        return False
    if word in ("吃的", "喝的") and re.search("(?:给|适合|专供)[^,，。；]{1,6}$", _just_before(lower, start)):
        return False  # "给狗狗吃的"
    if word == "剧情" and _PLOT.match(lower, end):
        return False
    if len(word) == 1 and word >= "\u3400":
        return _ENDS.match(lower, end) is not None and not word.isspace()
    if not name.weak:
        return True
    if word in ("light", "short", "heavy") and lower.startswith(" on ", end):
        return False
    if name.kind == "item":
        if word.isascii() and lower.startswith(" of ", end):
            return False  # "a fan of" is no film "The Fan"
        if word in STOP or word[0] >= "\u3400":
            return word[0] >= "\u3400"  # Chinese titles are no everyday words but for their length
        if _JUDGED.match(lower, end):
            return True
        capital = text[start].isupper() and not text[:end].isupper() and bool(text[:start].strip())
        capital = capital or (text[start].isupper() and _NAMED_FIRST.match(lower, end) is not None)
        capital = capital or re.search("[\u3400-\u9fff]", text) is not None  # among Chinese a Latin word is a name
        wanted = _WANTS_ITEM.search(_just_before(lower, start)) is not None and not word.isdigit() and not _number(word)
        return capital or wanted
    return _ASKS.search(_just_before(lower, start)) is not None and _ENDS.match(lower, end) is not None


def _just_before(lower: str, start: int) -> str:
    """As much before a place as patterns look back at; of a whole line they would look at each place."""
    return lower[max(0, start - _LOOKED_BACK) : start]


# What is said of the plot, and of no kind of film: "剧情要紧凑".
_PLOT = late(
    "要(?=[^看推])|得(?=[^看推])|很|太|更|够|比较|特别|别太|不要太|不能太|不(?=[拖老俗烂落复])|[紧老俗烂精曲反有感合]"
)
_ACROSS = ("声音",)  # words that reach over the beginning of a name: "声音响" is no "音响"
_LOOKED_BACK = 60  # characters before a name that say whether it is meant
_TWO_AS_ONE = 7  # letters of two words that are one name
_NEXT_WORD = late(r" ([a-z]{3,})")
_PREPOSITIONS = """
    under over below above around between less cheaper without except instead similar because during within until since
    after before costing priced starting made released who whose where hide exclude remove
    purchases purchase views view orders order events event history activity records data
    last yesterday today recently already again too ago next this
"""
_FUNCTION = STOP | frozenset(_PREPOSITIONS.split())


def _named_next(lower: str, end: int, names: Names) -> bool:
    """Whether another category is named right behind: "零食饮料"."""
    following = [word for word, _, _ in tokens(lower[end : end + 8])]
    found = (names.found.get(tuple(following[:length])) for length in range(2, len(following) + 1))
    return any(name is not None and name.kind == "category" for name in found)


def _modifies(lower: str, start: int, end: int, category: str) -> bool:
    """Whether a plural category's name in the singular only tells the next word's kind: "phone cases", "book shelf"."""
    following, word = _NEXT_WORD.match(lower, end), lower[start:end]
    plural = category.isascii() and category.lower().endswith("s") and not word.endswith("s")
    return plural and following is not None and following[1] not in _FUNCTION and " " not in category


def _number(word: str) -> bool:
    return next(numbers(word), None) is not None
