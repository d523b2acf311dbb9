"""The bench of 200 requests: reading it, and whether a request was understood exactly as it is meant."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from core.dialogue.grammar import understand
from core.dialogue.lexicon import content
from core.dialogue.names import Encode, Names
from core.dialogue.structure import (
    Brand,
    Category,
    Command,
    Count,
    Edit,
    Item,
    Lean,
    Most,
    Part,
    Price,
    Seen,
    Target,
    Understood,
    Wish,
    Years,
)
from core.sequences.log import Catalogue

FOLDER = Path(__file__).parent / "requests"

Meaning = dict[str, object]


@dataclass(frozen=True)
class Request:
    """One request of the bench."""

    id: str
    domain: str
    text: str
    means: Meaning
    not_understood: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """How a request was understood.

    Attributes:
        exact: everything is as meant, free wishes word for word (but for words without a meaning of their own).
        constraints: everything but the free wishes is as meant.
        said: nothing was to be reported as not understood, or it was.
    """

    request: Request
    understood: Understood
    got: Meaning
    exact: bool
    constraints: bool
    said: bool


def requests() -> list[Request]:
    """All requests of the bench."""
    lines = (FOLDER / "requests.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [
        Request(row["id"], row["domain"], row["text"], row["means"], tuple(row.get("not_understood", ())))
        for row in rows
    ]


def shops(encode: Encode | None = None) -> dict[str, Names]:
    """What the invented shops call things, by domain."""
    body = json.loads((FOLDER / "catalogues.json").read_text("utf-8"))
    return {domain: Names(_catalogue(shop["items"]), shop["behaviours"], encode) for domain, shop in body.items()}


def _catalogue(items: list[dict[str, object]]) -> Catalogue:
    def column(values: Sequence[object]) -> pa.StringArray:
        return pa.array(values, pa.string())

    described = [", ".join(str(item[name]) for name in ("year", "brand") if item[name]) or None for item in items]
    return Catalogue(
        column([f"p{number}" for number in range(len(items))]),
        column([item["title"] for item in items]),
        column([item["category"] for item in items]),
        column(described),
        np.array([item["price"] for item in items], dtype=np.float32),
    )


def answer(request: Request, names: Names) -> Answer:
    """Understand one request by the grammar and compare."""
    return judged(request, understand(request.text, names))


def judged(request: Request, understood: Understood) -> Answer:
    """Compare what was understood of a request with what it means."""
    got = meaning(understood.parts)
    wanted = {key: value for key, value in request.means.items() if key != "wish"}
    constraints = _comparable({key: value for key, value in got.items() if key != "wish"}) == _comparable(wanted)
    wishes = _wishes(got) == _wishes(request.means)
    said = not request.not_understood or bool(understood.missed)
    return Answer(request, understood, got, constraints and wishes, constraints, said)


def meaning(parts: Sequence[Part]) -> Meaning:
    """Parts in the words of the bench (its README says which)."""
    made: dict[str, list[object]] = {}
    whole: Meaning = {}
    for part in parts:
        match part:
            case Category(name, how):
                made.setdefault(how, []).append(name)
            case Brand(name, how):
                made.setdefault(f"{how}_brands", []).append(name)
            case Item(_, title, how):
                made.setdefault(how, []).append(title)
            case Price(low, high):
                whole["price"] = [low, high]
            case Years(low, high, out):
                whole["no_years" if out else "years"] = [low, high]
            case Count(number):
                whole["count"] = number
            case Most(number, by):
                whole.setdefault("most", {})[by] = number  # type: ignore[index]
            case Seen(hide):
                whole["seen"] = "hide" if hide else "show"
            case Target(behaviour):
                whole["target"] = behaviour
            case Lean(what, direction):
                whole.setdefault("lean", {})[what] = direction  # type: ignore[index]
            case Wish(text, weight):
                made.setdefault("wish", []).append([text, 1 if weight > 0 else -1])
            case Edit():
                made.setdefault("history", []).append(_edit(part))
            case Command(name):
                whole["command"] = name
    return {**whole, **made}


def _edit(edit: Edit) -> dict[str, object]:
    found: dict[str, object] = {"do": edit.do}
    if edit.item:
        found["item"] = edit.name
    pairs = (("category", edit.category), ("brand", edit.brand), ("words", edit.words), ("behaviour", edit.behaviour))
    found |= {name: value for name, value in (*pairs, ("date", edit.day), ("n", edit.number)) if value}
    return found


def _comparable(means: Meaning) -> dict[str, object]:
    def ordered(value: object) -> object:
        return sorted(json.dumps(each, sort_keys=True) for each in value) if isinstance(value, list) else value

    bounds = ("price", "years", "no_years")
    return {key: value if key in bounds else ordered(value) for key, value in means.items()}


def _wishes(means: Meaning) -> tuple[frozenset[str], frozenset[str]]:
    """The words that are wished for and those that are not."""
    wishes = means.get("wish", [])
    assert isinstance(wishes, list)
    for_, against = (
        frozenset(word for text, sign in wishes if (sign > 0) == up for word in content(text)) for up in (True, False)
    )
    return for_, against
