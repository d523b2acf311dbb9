"""What matters to a model, as bytes that are kept beside its run: JSON, which a stranger's workspace cannot abuse."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, cast, get_args

from core.analysis.importance import BehaviourShare, ComponentShare, Importance, Kind, Need
from core.analysis.pairs import Feature
from core.analysis.surrogate import Condition, Node, Rule, Surrogate

DEEPEST = 20  # nodes of a tree from the top to a leaf; ours have four
KINDS, FEATURES = get_args(Kind), get_args(Feature)


@dataclass(frozen=True)
class Measured:
    """What was measured of a run.

    Attributes:
        at: when, ISO 8601 in UTC.
        timed: whether the rules count time in days; otherwise in events.
        surrogate: None where there was too little to fit it to.
    """

    at: str
    timed: bool
    importance: Importance
    surrogate: Surrogate | None

    def to_bytes(self) -> bytes:
        """Every attribute by its name; what is not a number is null."""
        return json.dumps(_plain(asdict(self)), ensure_ascii=False, allow_nan=False).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Measured | None:
        """The inverse of `to_bytes`; None for what is damaged or of another version."""
        try:
            body = json.loads(data)
            rules = body["surrogate"]
            return cls(
                at=_text(body["at"]),
                timed=bool(body["timed"]),
                importance=_importance(body["importance"]),
                surrogate=None if rules is None else _surrogate(rules),
            )
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return None


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object) -> float:
    return math.nan if value is None else float(cast(float, value))


def _one_of(value: object, names: tuple[str, ...]) -> Any:
    if value not in names:
        raise ValueError(value)
    return value


def _importance(body: Mapping[str, Any]) -> Importance:
    return Importance(
        components=tuple(ComponentShare(_text(one["name"]), _number(one["share"])) for one in body["components"]),
        behaviours=tuple(
            BehaviourShare(_text(one["name"]), _number(one["share"]), _number(one["events"]))
            for one in body["behaviours"]
        ),
        ndcg=_number(body["ndcg"]),
        needs=tuple(
            Need(
                _one_of(one["kind"], KINDS),
                _text(one["behaviour"]),
                _number(one["drop"]),
                _number(one["low"]),
                _number(one["high"]),
            )
            for one in body["needs"]
        ),
        users=int(body["users"]),
        explained=int(body["explained"]),
        asked=int(body["asked"]),
    )


def _surrogate(body: Mapping[str, Any]) -> Surrogate:
    return Surrogate(
        tree=_node(body["tree"], DEEPEST),
        rules=tuple(
            Rule(
                tuple(_condition(one) for one in rule["conditions"]),
                bool(rule["listed"]),
                _number(rule["pairs"]),
                _number(rule["right"]),
            )
            for rule in body["rules"]
        ),
        tree_fidelity=_number(body["tree_fidelity"]),
        rules_fidelity=_number(body["rules_fidelity"]),
        majority=_number(body["majority"]),
        pairs=int(body["pairs"]),
        users=int(body["users"]),
    )


def _node(body: Mapping[str, Any], left: int) -> Node:
    if not left:
        raise ValueError(body)
    condition = body["condition"]
    return Node(
        condition=None if condition is None else _condition(condition),
        listed=_number(body["listed"]),
        pairs=_number(body["pairs"]),
        says=bool(body["says"]),
        below=tuple(_node(one, left - 1) for one in body["below"]),
    )


def _condition(body: Mapping[str, Any]) -> Condition:
    return Condition(_one_of(body["feature"], FEATURES), bool(body["below"]), _number(body["value"]))
