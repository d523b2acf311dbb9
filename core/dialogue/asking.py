"""Understanding a request with a generator: it fills in a form, and what the request does not bear is left out.

The form is a JSON schema of the parts of `structure`, in which the catalogue's own names are the only ones that can be
written, so that whatever a small model answers can be used as it stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from core.dialogue.names import Name, Names, tokens
from core.dialogue.numerals import numbers
from core.dialogue.spotting import spotted
from core.dialogue.structure import (
    HOW,
    LEANS,
    LIKINGS,
    Count,
    Edit,
    Most,
    Part,
    Price,
    Understood,
    Wish,
    Years,
    from_json,
)

if TYPE_CHECKING:
    from core.language.generator import Generator
    from core.progress import Progress

SECONDS = 60.0  # that a request may take
MOST_PARTS = 6
MOST_TOKENS = 300
CATEGORIES, BRANDS, TITLES = 60, 10, 8  # names of a kind that may be written
LIKE = 80  # of 100, how alike a name must be to a piece of the request
TASK = (
    "Turn a request about a list of recommendations into JSON. Categories: {categories}. Use only what the request "
    "says. Leave out what it does not say."
)


@dataclass(frozen=True)
class Candidates:
    """The names that may be written."""

    categories: tuple[str, ...]
    brands: tuple[str, ...]
    titles: dict[str, str]  # to the ids of items
    behaviours: tuple[str, ...]


def candidates(text: str, names: Names, wide: bool = True) -> Candidates:
    """What a request may speak of: names that stand in it, names like a piece of it, and where `wide` all categories.

    A model that chats finds a category by another word for it ("scary" is Horror); one that does not takes any.
    """
    from rapidfuzz import fuzz, process

    found = [value for value in spotted(text, names).values.values() if isinstance(value, Name)]
    own = {kind: [name.value for name in found if name.kind == kind] for kind in ("category", "brand", "item")}
    low = text.lower()

    def near(choices: Sequence[str], most: int) -> list[str]:
        hits = process.extract(
            low, choices, scorer=fuzz.partial_ratio, limit=most, score_cutoff=LIKE, processor=str.lower
        )
        return [str(hit[0]) for hit in hits]

    few = names.categories if wide and len(names.categories) <= CATEGORIES else near(names.categories, BRANDS)
    codes = [int(code) for code in own["item"]] + [names.titles.index(title) for title in near(names.titles, TITLES)]
    titles = {names.titles[code]: names.ids[code] for code in codes[: 2 * TITLES]}
    return Candidates(
        tuple(dict.fromkeys([*own["category"], *few])),
        tuple(dict.fromkeys([*own["brand"], *near(names.brands, BRANDS)])),
        titles,
        names.behaviours,
    )


def schema(names: Candidates, priced: bool = True, dated: bool = True) -> dict[str, object]:
    """The form: a list of parts, each of which is one of those that these names allow."""
    number, sign = {"type": ["number", "null"]}, {"enum": [1, -1]}
    kinds = [
        _kind("count", number={"type": "integer", "minimum": 1, "maximum": 1000}),
        _kind("most", number={"type": "integer", "minimum": 1, "maximum": 100}, by={"enum": ["category", "brand"]}),
        _kind("seen", hide={"type": "boolean"}),
        _kind("lean", what={"enum": list(LEANS)}, direction=sign),
        _kind("wish", text={"type": "string", "maxLength": 60}, weight=sign),
        _kind("command", name={"enum": ["undo", "reset"]}),
        _kind("history", do={"enum": ["latest", "latest days"]}, number={"type": "integer", "minimum": 1}),
        _kind("history", do={"enum": ["until", "since"]}, day={"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}),
    ]
    if priced:
        kinds.append(_kind("price", low=number, high=number))
    if dated:
        year = {"type": ["integer", "null"]}
        kinds.append(_kind("years", low=year, high=year, out={"type": "boolean"}))
    if names.categories:
        own = {"enum": list(names.categories)}
        kinds.append(_kind("category", name=own, how={"enum": list(HOW)}))
        kinds.append(_kind("history", do={"enum": ["remove", "add"]}, category=own))
    if names.brands:
        kinds.append(_kind("brand", name={"enum": list(names.brands)}, how={"enum": list(HOW)}))
    if names.titles:
        own = {"enum": list(names.titles)}
        kinds.append(_kind("item", title=own, how={"enum": list(LIKINGS)}))
        kinds.append(_kind("history", do={"enum": ["remove", "add"]}, item=own))
    if names.behaviours:
        own = {"enum": list(names.behaviours)}
        kinds.append(_kind("target", behaviour=own))
        kinds.append(_kind("history", do={"enum": ["only", "remove"]}, behaviour=own))
    return {"type": "array", "maxItems": MOST_PARTS, "items": {"anyOf": kinds}}


def _kind(kind: str, **fields: object) -> dict[str, object]:
    properties: dict[str, object] = {"kind": {"const": kind}, **fields}
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def examples(names: Names) -> list[tuple[str, str]]:
    """Requests with their answers, about the names of this catalogue."""
    first, *others = [*names.categories[:2], *(["books", "films"] if len(names.categories) < 2 else [])][:2]
    other = others[0] if others else first
    behaviour = names.behaviours[-1] if names.behaviours else "purchase"
    # What is asked most comes last: small models lean towards the examples that they have read last.
    told: list[tuple[str, list[dict[str, object]]]] = [
        ("undo that", [_part("command", name="undo")]),
        ("only look at the last 20 events", [_part("history", do="latest", number=20)]),
        (f"what would make her {behaviour} next", [_part("target", behaviour=behaviour)]),
        ("不要看过的", [_part("seen", hide=True)]),
        ("cheaper and newer", [_part("lean", what="price", direction=-1), _part("lean", what="year", direction=1)]),
        ("from the eighties", [_part("years", low=1980, high=1989, out=False)]),
        ("预算100到200，每类最多两个", [_part("price", low=100, high=200), _part("most", number=2, by="category")]),
        ("something cosy, nothing sad", [_part("wish", text="cosy", weight=1), _part("wish", text="sad", weight=-1)]),
        (f"多来点{other}", [_part("category", name=other, how="more")]),
        (
            f"only {other.lower()}, under 40, show 5",
            [
                _part("category", name=other, how="only"),
                _part("price", low=None, high=40),
                _part("count", number=5),
            ],
        ),
        (f"no {first.lower()} please", [_part("category", name=first, how="no")]),
    ]
    return [(asked, json.dumps(parts, ensure_ascii=False)) for asked, parts in told]


def _part(kind: str, **fields: object) -> dict[str, object]:
    return {"kind": kind, **fields}


def heard(text: str, names: Names, generator: Generator, progress: Progress, seconds: float = SECONDS) -> Understood:
    """What a generator understands of a request.

    Raises:
        SeqlensError: it did not come to an end in time.
        Cancelled: the analyst pressed stop.
    """
    allowed = candidates(text, names, generator.chats)
    form = schema(allowed, names.priced, names.dated)
    task = TASK.format(categories=", ".join(names.categories[:CATEGORIES]))
    prompt = generator.prompt(task, examples(names), text)
    answer = "".join(generator.write(prompt, progress, seconds, MOST_TOKENS, form))
    parts = tuple(dict.fromkeys(part for part in parsed(answer, allowed) if borne(part, text)))
    return Understood(text, parts, () if parts else ((0, len(text)),))


def parsed(answer: str, names: Candidates) -> Iterator[Part]:
    """The parts that a filled-in form means.

    Raises:
        SeqlensError: it is none.
    """
    for body in cast("list[dict[str, Any]]", json.loads(answer)):
        if body["kind"] == "item":
            body = {**body, "id": names.titles[body["title"]]}
        elif body["kind"] == "history":
            named = str(body.get("item") or body.get("category") or body.get("behaviour") or "")
            body = {**body, "name": named, **({"item": names.titles[body["item"]]} if "item" in body else {})}
        elif body["kind"] == "wish":
            body = {**body, "weight": float(body["weight"])}
        yield from from_json([body])


def borne(part: Part, text: str) -> bool:
    """Whether the figures and free words of a part stand in the request; a model may make them up."""
    told = {number.value for number in numbers(text.lower())} | {
        float(found[0]) for found in re.finditer(r"\d+(?:\.\d+)?", text)
    }
    match part:
        case Price(low, high):
            bounds = [bound for bound in (low, high) if bound is not None]
            near = {round(value * share, 6) for value in told for share in (0.8, 1.0, 1.2)}  # "around 100"
            return bool(bounds) and all(round(bound, 6) in near for bound in bounds)
        case Count(number) | Most(number, _):
            return number in told
        case Years(low, high, _):
            years = [year for year in (low, high) if year is not None]
            return bool(years) and (bool(told) or re.search(r"ties|年代|year|recent|近", text.lower()) is not None)
        case Wish(words, _):
            said = {word for word, _, _ in tokens(text)}
            wished = [word for word, _, _ in tokens(words)]
            return bool(wished) and all(word in said for word in wished)
        case Edit():
            return (not part.number or part.number in told) and (not part.day or part.day[:4] in text)
    return True
