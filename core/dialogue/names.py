"""What a catalogue calls things: categories, brands, years and titles, and finding them by what people write."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from core.dialogue.describing import brands_of, years_of
from core.dialogue.lexicon import KINDS, MAKERS, STOP
from core.dialogue.numerals import NUMBER_WORDS
from core.dialogue.own_nouns import goods, nouns, short_forms
from core.dialogue.patterns import late
from core.dialogue.script import PLAINER, SIMPLER
from core.dialogue.spellings import spellings
from core.dialogue.verbs import KNOWN
from core.language.english import ranks
from core.language.item_features import tags_of

if TYPE_CHECKING:
    from core.sequences.log import Catalogue

Encode = Callable[[Sequence[str]], NDArray[np.float32]]

_TOKEN = late(r"[a-z]+(?:['’][a-z]+)*|[0-9]+|[\u3400-\u9fff]")  # "Mate60" is "Mate 60"
_ARTICLE = late(r"^(.*), (the|a|an)$", re.IGNORECASE)
_MANY = 50  # items that one phrase may name, for a change of the history
_SOME_TITLES = 1000  # that tell which words most titles have
_RARE = 8000  # from this place on in a vocabulary a word is no everyday word
_FUZZY = 88  # of 100, how alike a title must be to what was written
_ALIKE, _APART = 0.6, 0.08  # cosine from which the encoder takes a phrase for a category, and how far the next one is


@dataclass(frozen=True)
class Name:
    """A name and what it names: `kind` is "category", "brand" or "item" (`value` then its code, as text).

    A `weak` one is also an everyday word, and is meant only where the sentence asks for such a name.
    """

    kind: str
    value: str
    weak: bool = False


def tokens(text: str) -> list[tuple[str, int, int]]:
    """Words and figures, Chinese ones character by character, each with its start and end; in lower case, simplified
    and without accents."""
    return [
        (found[0].replace("’", "'"), found.start(), found.end())
        for found in _TOKEN.finditer(text.lower().translate(SIMPLER).translate(PLAINER))
    ]


def stem(word: str) -> str:
    """A word without its plural."""
    word = word.removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _key(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word, _, _ in tokens(text))


class Names:
    """The names in a catalogue.

    Args:
        catalogue: its items.
        behaviours: names of the log's behaviours.
        encode: makes vectors of length one of texts (float32 [n, d]); None where no encoder reads them.
    """

    def __init__(self, catalogue: Catalogue, behaviours: Sequence[str], encode: Encode | None = None) -> None:
        self.behaviours = tuple(behaviours)
        self._encode = encode
        self.ids: list[str] = catalogue.ids.to_pylist()
        self.titles: list[str] = [
            title or name for title, name in zip(catalogue.titles.to_pylist(), self.ids, strict=True)
        ]
        self.prices = catalogue.prices
        encoded = catalogue.categories.dictionary_encode()
        self._category = np.asarray(encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int64)
        self.whole_categories: list[str] = encoded.dictionary.to_pylist()
        self._tags = tags_of(self.whole_categories)
        self.categories = tuple(sorted({tag for tags in self._tags for tag in tags}))
        descriptions = catalogue.descriptions.to_pylist()
        self.years = years_of(self.titles, descriptions)
        self._branded = brands_of(self.titles, descriptions, set(self.categories))
        self.brands = tuple(sorted(self._branded))
        self.found: dict[tuple[str, ...], Name] = {}
        begun = self._name_items()
        self._name_brands()
        self._name_categories()
        self._forget_kinds(begun)
        self._name_categories_shortly()
        self.longest = max(map(len, self.found), default=0)
        self.firsts = {key[0] for key in self.found}

    # ------------------------------------------------------------------------------------------------ who has what

    @property
    def priced(self) -> bool:
        """Whether items have prices."""
        return bool(np.isfinite(self.prices).any())

    @property
    def dated(self) -> bool:
        """Whether items have years."""
        return bool((self.years > 0).any())

    def categories_with(self, tag: str) -> tuple[str, ...]:
        """The catalogue's categories that have a tag; a category's own name is one."""
        return tuple(
            whole for whole, tags in zip(self.whole_categories, self._tags, strict=True) if tag in (*tags, whole)
        )

    def in_category(self, tag: str) -> NDArray[np.bool_]:
        """bool [items], which items have the tag."""
        has = np.array(
            [tag in (*tags, whole) for whole, tags in zip(self.whole_categories, self._tags, strict=True)] + [False],
            dtype=np.bool_,
        )
        return has[self._category]

    def of_brand(self, brand: str) -> NDArray[np.bool_]:
        """bool [items], which items are of the brand."""
        found = np.zeros(len(self.ids), dtype=np.bool_)
        found[self._branded.get(brand, [])] = True
        return found

    @cached_property
    def brand_codes(self) -> NDArray[np.int32]:
        """int32 [items], a number for each item's brand; -1 where unknown."""
        codes = np.full(len(self.ids), -1, dtype=np.int32)
        for number, brand in enumerate(self.brands):
            codes[self._branded[brand]] = number
        return codes

    # ------------------------------------------------------------------------------------------------ finding

    def items_called(self, words: str) -> list[int]:
        """Codes of the items that words name: the one with such a title, or those whose titles have the words in a
        row, or all of them, or one whose title is spelled nearly so."""
        key = tuple(word for word, _, _ in tokens(words))
        while key and key[0] in ("the", "a", "an", "that", "this", "some", "her", "his"):
            key = key[1:]
        if not key:
            return []
        for spelled in (key, tuple(map(stem, key))):
            name = self.found.get(spelled)
            if name is not None and name.kind == "item":
                return [int(name.value)]
        if all(word in STOP for word in key):
            return []
        import pyarrow.compute as pc

        wanted = [stem(word) for word in key]
        hits = pc.match_substring(self._spelled, f" {' '.join(wanted)} ").to_numpy(zero_copy_only=False)
        if not hits.any() and len(wanted) > 1:
            hits = np.ones(len(self.ids), dtype=np.bool_)
            for word in wanted:
                hits &= pc.match_substring(self._spelled, f" {word} ").to_numpy(zero_copy_only=False)
        codes = np.flatnonzero(hits)[: _MANY + 1].tolist()
        return codes if codes else self._nearly_called(wanted)

    def only_called(self, words: str) -> int | None:
        """The code of the one item whose title has the words in a row; None for none and for several."""
        import pyarrow.compute as pc

        wanted = f" {' '.join(_key(words))} "
        codes = np.flatnonzero(pc.match_substring(self._spelled, wanted).to_numpy(zero_copy_only=False))
        if not len(codes) and words.isascii() and len(words.split()) > 1:  # "the trail shoes" are "trail running shoes"
            codes = np.array(self.items_called(words), dtype=np.int64)
        return int(codes[0]) if len(codes) == 1 else None

    def noun_of_one(self, words: str) -> bool:
        """Whether words are what one product is called behind its brand ("辣条" in "卫龙 辣条 大礼包"), no other."""
        if not self.branded_titles or len(words) < 2:
            return False
        code = self.only_called(words)
        if code is None:
            return False
        title = self.titles[code].lower()
        if words[0] >= "\u3400":
            return title.split()[1:2] == [words]
        return len(words.split()) > 1 and f" {' '.join(_key(words))} " in f" {' '.join(_key(title.split(',')[0]))} "

    def is_own_noun(self, word: str, behind: bool = False) -> bool:
        """Whether a word is what the shop calls its things, or what it calls them `behind` a category's name."""
        return stem(word) in (self._goods if behind else self._nouns)

    def only_modelled(self, joined: str) -> int | None:
        """The code of the one item whose title has words and figures that are `joined` when written without blanks."""
        import pyarrow as pa
        import pyarrow.compute as pc

        close = pc.replace_substring(cast("pa.StringArray", self._spelled), " ", "")
        codes = np.flatnonzero(pc.match_substring(close, joined).to_numpy(zero_copy_only=False))[:_MANY]
        hits = [code for code in codes.tolist() if _joins([word for word, _, _ in tokens(self.titles[code])], joined)]
        return hits[0] if len(hits) == 1 else None

    @cached_property
    def branded_titles(self) -> bool:
        """Whether most titles begin with a brand, as those of products do and those of works do not."""
        branded = [(brand.lower(), code) for brand, codes in self._branded.items() for code in codes]
        begun = sum(self.titles[code].lower().startswith(brand) for brand, code in branded)
        return begun > 0.5 * len(self.titles)

    @cached_property
    def _spelled(self) -> object:
        import pyarrow as pa

        return pa.array([f" {' '.join(_key(title))} " for title in self.titles])

    @cached_property
    def title_words(self) -> frozenset[str]:
        """The words of all titles, which are therefore no slips of the pen."""
        return frozenset(word for title in self.titles for word, _, _ in tokens(title))

    def _nearly_called(self, wanted: list[str]) -> list[int]:
        from rapidfuzz import fuzz, process

        words = " ".join(wanted)
        if len(words) < 5:
            return []
        choices = self._spelled.to_pylist()  # type: ignore[attr-defined]
        found = process.extractOne(words, choices, scorer=fuzz.ratio, score_cutoff=_FUZZY, processor=str.strip)
        return [] if found is None else [int(found[2])]

    def nearly(self, words: list[str]) -> tuple[int, Name | None]:
        """How many of the first of `words` are a category or brand but for a slip of the pen, and which (1, None)."""
        if words[0] >= "\u3400":
            return self._nearly_chinese(words)
        name = self._nearly_word(words[0])
        if name is None and len(words) > 1 and len(words[0]) + len(words[1]) > 8:
            name = self._nearly_two(words[:2])
            if name is not None:
                return 2, name
        return 1, name

    def _nearly_chinese(self, words: list[str]) -> tuple[int, Name | None]:
        """One wrong character in a name of four and more."""
        for key in self._chinese:
            run = words[: len(key)]
            wrong = sum(said != meant for said, meant in zip(run, key, strict=False))
            if len(run) == len(key) and wrong == 1 and all(word >= "\u3400" for word in run):
                return len(key), self.found[key]
        return 1, None

    @cached_property
    def _chinese(self) -> list[tuple[str, ...]]:
        return [
            key
            for key, name in self.found.items()
            if len(key) >= 4 and name.kind != "item" and all(word >= "\u3400" for word in key)
        ]

    def _nearly_two(self, words: list[str]) -> Name | None:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        if any(word in STOP for word in words):
            return None
        choices = [each for each in self._double if each[0] == words[0][0]]
        for spelled in dict.fromkeys((" ".join(words), " ".join(map(stem, words)))):
            found = process.extractOne(spelled, choices, scorer=OSA.distance, score_cutoff=1)
            if found is not None:
                return self.found[tuple(found[0].split(" "))]
        return None

    @cached_property
    def _double(self) -> list[str]:
        return [
            " ".join(key)
            for key, name in self.found.items()
            if len(key) == 2 and name.kind != "item" and " ".join(key).isascii()
        ]

    def _nearly_word(self, word: str) -> Name | None:
        if (
            len(word) < 4
            or word in STOP
            or stem(word) in self.title_words
            or word in self.title_words
            or word in KNOWN
            or word in ranks()
        ):
            return None
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        slips = 1 if len(word) < 8 else 2
        choices = [each for each in self._single if each[0] == word[0] and (len(word) > 4 or len(each) > len(word))]
        for spelled in dict.fromkeys((word, stem(word))):
            found = process.extractOne(spelled, choices, scorer=OSA.distance, score_cutoff=slips)
            if found is not None and not spelled.startswith(found[0]):
                return self.found[(found[0],)]
        return None

    @cached_property
    def _single(self) -> list[str]:
        """Single words of five letters and more that name a category or a brand."""
        return [key[0] for key, name in self.found.items() if len(key) == 1 and len(key[0]) > 4 and name.kind != "item"]

    def meant_category(self, words: str) -> str:
        """The category that a phrase is closest to in the language space; "" where none is close, or two are."""
        if self._encode is None or not self.categories:
            return ""
        likeness = self._category_vectors @ self._encode([words])[0]
        best = int(likeness.argmax())
        others = np.delete(likeness, best)
        clear = likeness[best] >= max(_ALIKE, float(others.max(initial=-1.0)) + _APART)
        return self.categories[best] if clear else ""

    @property
    def reads(self) -> bool:
        """Whether an encoder links words to categories."""
        return self._encode is not None

    def link(self, encode: Encode) -> None:
        """Have an encoder, which gives vectors of length one, link words that name no category to one they mean."""
        self._encode = encode
        self.__dict__.pop("_category_vectors", None)

    @cached_property
    def _category_vectors(self) -> NDArray[np.float32]:
        assert self._encode is not None
        return self._encode(self.categories)

    # ------------------------------------------------------------------------------------------------ making

    def _put(self, words: Iterable[str], name: Name) -> None:
        key = tuple(words)
        if key and key not in self.found:
            self.found[key] = name

    def _name_items(self) -> list[tuple[str, ...]]:
        """Name items; the beginnings of titles by which some are called."""
        begun: list[tuple[str, ...]] = []
        starts: Counter[tuple[str, ...]] = Counter()
        ways = [_ways(title) for title in self.titles]
        for _, beginnings in ways:
            starts.update(beginnings)
        brands = {tuple(word for word, _, _ in tokens(brand)) for brand in self.brands}
        for code, (whole, _) in enumerate(ways):
            for key in whole:
                if key not in brands:
                    self._put(
                        key, Name("item", str(code), weak=len(key) == 1 and (key[0] in ranks() or not key[0].isascii()))
                    )
        for code, (_, beginnings) in enumerate(ways):  # "Young Guns" is the film of that name, and not its sequel
            for key in beginnings:
                if starts[key] == 1 and key not in brands:
                    self._put(key, Name("item", str(code)))
                    begun.append(key)
        return begun

    def _name_categories_shortly(self) -> None:
        keys = [_key(category) for category in self.categories]
        self.short: dict[tuple[str, ...], Name] = {}
        for key, place in short_forms(keys).items():
            taken = self.found.get(key)
            if taken is None or (taken.kind == "item" and taken.weak):
                self.short[key] = self.found[key] = Name("category", self.categories[place], weak=True)
        some = self.titles[:: max(1, len(self.titles) // _SOME_TITLES)]
        self._nouns = nouns(keys, [_key(title) for title in some])
        called = {key[0] for key, name in self.found.items() if len(key) == 1 and name.kind == "category"}
        self._goods = self._nouns | goods(keys, called)

    def _forget_kinds(self, begun: Iterable[tuple[str, ...]]) -> None:
        """Titles are not called by a beginning that is a brand and a category: "Norvik phones" are not one case."""
        for key in begun:
            for cut in range(1, len(key)):
                brand, kind = self.found.get(key[:cut]), self.found.get(tuple(map(stem, key[cut:])))
                if brand is not None and kind is not None and (brand.kind, kind.kind) == ("brand", "category"):
                    del self.found[key]
                    break

    def _name_brands(self) -> None:
        for brand in self.brands:
            words = [word for word, _, _ in tokens(brand)]
            everyday = len(words) == 1 and words[0] in STOP
            if not everyday:
                name = Name("brand", brand)
                self.found[tuple(words)] = name  # a brand goes before an item of that title
                if "&" in brand:
                    self._put([word for word, _, _ in tokens(brand.replace("&", " and "))], name)
        self._name_brands_shortly()

    def _name_brands_shortly(self) -> None:
        """What brands are called beside their full names: "青山" and "Qingshan" for "青山 Qingshan", "Terra" for "Terra
        Firma" where no other title has the word, and the name in the other script of those that are known."""
        said = Counter(word for title in self.titles for word, _, _ in set(tokens(title)))
        known = {tuple(word for word, _, _ in tokens(each)): makers for makers in MAKERS for each in makers}
        ends = Counter(word for brand in self.brands for word in {tokens(brand)[place][0] for place in (0, -1)})
        for brand, codes in self._branded.items():
            name = Name("brand", brand)
            scripts = re.findall(r"[\u3400-\u9fff]+|[^\u3400-\u9fff\s][^\u3400-\u9fff]*", brand)
            for script in scripts if len(scripts) > 1 else ():
                self._put([word for word, _, _ in tokens(script)], name)
            words = [word for word, _, _ in tokens(brand)]
            for other in known.get(tuple(words), ()):
                self._put([word for word, _, _ in tokens(other)], name)
            for word in (words[:1], words[-1:]) if len(words) > 1 else ():
                own = said[word[0]] <= len(codes) and ends[word[0]] == 1 and not word[0].isdigit()
                own &= word == words[:1] or ranks().get(word[0], _RARE) >= _RARE  # "Works" and "Press" name no maker
                if len(word[0]) > 3 and word[0] not in STOP and word[0] not in NUMBER_WORDS.split("|") and own:
                    self._put(word, Name("brand", brand, weak=True))

    def _name_categories(self) -> None:
        for category in self.categories:
            key = _key(category)
            name = Name("category", category, weak=key in _EVERYDAY)
            taken = self.found.get(key)
            if taken is None or taken.kind == "item":
                self.found[key] = name
            self._put([word for word, _, _ in tokens(category)], name)
            self._put(_key(category.replace("&", " and ")), name)
            if len(key) == 2 and category.isascii():  # "accessories for the phone"
                for article in ((), ("the",), ("her",), ("his",), ("a",), ("my",)):
                    self._put((key[1], "for", *article, key[0]), name)
            if "-" in category:
                self._put(["".join(key)], name)
        own = {_key(category): category for category in self.categories}
        pieces: dict[tuple[str, ...], str] = {}
        for category in self.categories:  # "Coffee & Tea" is called "coffee" and "tea" too
            parts = re.split(r"\s*(?:&|/|,|、|\band\b|和|与)\s*", category)
            pieces |= {_key(part): category for part in parts if len(parts) > 1}
        for kind in KINDS:
            keys = [_key(word) for word in kind]
            whole = next((own[key] for key in keys if key in own), "")
            meant = whole or next((pieces[key] for key in keys if key in pieces), "")
            spelled = [tuple(word for word, _, _ in tokens(each)) for each in kind]
            for key in dict.fromkeys([*keys, *spelled]) if meant else ():
                taken = self.found.get(key)
                if taken is None or (
                    taken.kind == "item" and taken.weak
                ):  # "no kids' stuff" is not about a film "Kids"
                    self.found[key] = Name("category", meant, weak=not whole or key in _EVERYDAY)
        for key, category in pieces.items():
            self._put(key, Name("category", category, weak=True))
        for key, name in list(self.found.items()):
            for other in spellings(key) if name.kind != "item" else ():
                self._put(other, name)


# Kinds that are everyday words too, and are meant only where a sentence asks for a kind.
_EVERYDAY_WORDS = """
    home light family watch game tool art language bag health running outdoor outdoors history new news car kid kids
    romantic political 搞笑 浪漫 音乐 旅行 健康 包 茶 书 鞋 孩子 宝宝 历史
"""
_EVERYDAY = {_key(word) for word in _EVERYDAY_WORDS.split()}


def _ways(title: str) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """How a title is called: in full, and by its beginning (of two words that say something, or more)."""
    plain = re.sub(r"\s*\((?:1[89]|20)\d\d\)\s*$", "", title)
    turned = _ARTICLE.match(plain)
    if turned:
        plain = f"{turned[2]} {turned[1]}"
    words = [word for word, _, _ in tokens(plain)]
    whole = [tuple(words)]
    if words and words[0] in ("the", "a", "an") and len(words) > 1:
        whole.append(tuple(words[1:]))
    beginnings, said = [], 0
    reached: list[str] = []
    for number, piece in enumerate(re.split(r"[\s,:;(（]+", plain.lower())):
        fresh = [word for word, _, _ in tokens(piece)]
        reached += fresh
        said += bool(fresh) and not (fresh[0] in STOP and len(fresh) == 1)
        chinese = bool(fresh) and fresh[0] >= "\u3400"
        if (said >= 2 and len(reached) < len(words)) or (chinese and number == 0 and len(fresh) >= 2):
            beginnings.append(tuple(reached))
    return whole, [each for each in dict.fromkeys(beginnings) if each not in whole]


def _joins(words: list[str], joined: str) -> bool:
    """Whether some words in a row are `joined`."""
    starts = range(len(words))
    return any("".join(words[start:end]) == joined for start in starts for end in range(start + 1, len(words) + 1))
