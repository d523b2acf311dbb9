"""The bench of searches for users: reading it, and whether a search was understood exactly as it is meant."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from core.analysis.conditions import (
    ActiveWhen,
    Amount,
    CategoryShare,
    Condition,
    EventCount,
    FirstSeen,
    LastOn,
    LastSeen,
)
from core.dialogue.lexicon import content
from core.dialogue.names import Names
from core.dialogue.searching import SoughtUsers, understand_search
from core.sequences.log import Catalogue

FOLDER = Path(__file__).parent / "searches"
END = date(2024, 9, 30)

Meaning = dict[str, list[object]]


@dataclass(frozen=True)
class Searched:
    """How a search was understood, and whether that is what was meant: conditions, wishes, and what cannot be told."""

    id: str
    text: str
    means: Meaning
    got: Meaning
    found: SoughtUsers
    exact: bool


def searches() -> list[Searched]:
    """All searches of the bench, understood."""
    names = services()
    rows = [json.loads(line) for line in (FOLDER / "searches.jsonl").read_text("utf-8").splitlines()]
    return [_searched(row, names[row["domain"]]) for row in rows]


def services() -> dict[str, Names]:
    """What the invented services call things, by name."""
    body = json.loads((FOLDER / "services.json").read_text("utf-8"))
    return {domain: _names(service) for domain, service in body.items()}


def _searched(row: dict[str, object], names: Names) -> Searched:
    text, means = str(row["text"]), row["means"]
    assert isinstance(means, dict)
    found = understand_search(text, names, END)
    got = meaning(found.conditions, found.wishes)
    told = bool(row.get("not_understood")) == bool(found.missed)
    missed = " ".join(text[start:end] for start, end in found.missed)
    wanted = row.get("not_understood", [])
    assert isinstance(wanted, list)
    told = told and all(each in missed for each in wanted)
    return Searched(str(row["id"]), text, means, got, found, _comparable(got) == _comparable(means) and told)


def _names(service: dict[str, list[str]]) -> Names:
    """A service with three items of each category, and prices."""
    categories = [category for category in service["categories"] for _ in range(3)]
    numbers = range(len(categories))

    def column(values: Sequence[str | None]) -> pa.StringArray:
        return pa.array(values, pa.string())

    catalogue = Catalogue(
        column([f"p{number}" for number in numbers]),
        column([f"Item {number}" for number in numbers]),
        column(categories),
        column([None] * len(categories)),
        np.arange(len(categories), dtype=np.float32),
    )
    return Names(catalogue, service["behaviours"])


def meaning(conditions: Sequence[Condition], wishes: Sequence[str]) -> Meaning:
    """Conditions in the words of the bench (its README says which)."""
    made: Meaning = {}
    for one in conditions:
        match one:
            case EventCount(behaviour, category, low, high):
                made.setdefault("events", []).append([behaviour, category, low, high])
            case CategoryShare(category, low):
                made.setdefault("share", []).append([category, low])
            case ActiveWhen(hours, days):
                number = int(days) if days is not None and days.isdigit() else days
                made.setdefault("when", []).append([hours, number])
            case LastSeen(low, high):
                made["last_days"] = [low, high]
            case LastOn(low, high):
                made["last"] = [low, high]
            case FirstSeen(low, high):
                made["first"] = [low, high]
            case Amount(_, figure, behaviour, low, high):
                made.setdefault("amount", []).append([figure, behaviour, _number(low), _number(high)])
    if wishes:
        made["wish"] = list(wishes)
    return made


def _number(limit: float | None) -> float | None:
    """A limit as JSON reads it: 80 and not 80.0."""
    return int(limit) if limit is not None and limit == int(limit) else limit


def _comparable(means: Meaning) -> dict[str, object]:
    spans = ("last_days", "last", "first")
    found: dict[str, object] = {name: means[name] for name in spans if name in means}
    for name, values in means.items():
        if name == "wish":
            found[name] = sorted(word for text in values for word in content(str(text)))
        elif name not in spans:
            found[name] = sorted(json.dumps(value) for value in values)
    return found
