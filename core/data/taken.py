"""What came of a file that tells something of items: vectors made elsewhere, relations, pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

# Why a row is left out, by a short name; English sources, so that a window can translate them.
LEFT_OUT: dict[str, str] = {
    "missing_item": "The item id is missing",
    "unknown_item": "There is no such item in the workspace",
    "other_length": "The vector is of another length than most",
    "not_finite": "The vector has a cell that is no number",
    "no_direction": "The vector is all zeros",
    "superseded": "A later row of the file is about the same item",
    "incomplete": "The head, the relation or the tail is missing",
    "no_item": "Neither end is an item of the workspace",
    "itself": "The head and the tail are the same item",
    "repeated": "The row repeats an earlier one",
    "no_picture": "No picture is named",
    "no_file": "There is no such picture file",
    "web_address": "The picture is a web address, and nothing is fetched from the web",
    "unreadable_picture": "The file is no picture that can be read",
}


@dataclass(frozen=True)
class Taken:
    """What was read, kept and left out.

    Attributes:
        file: name of the file.
        read: rows that were read; always `kept` + the sum of `left_out`.
        kept: rows that came through.
        items: items of the workspace that something is known of now.
        left_out: rows by reason, a key of `LEFT_OUT`.
        first: of each reason, the number of the first such row (from 1, without a header) and what stands there.
        figures: what else there is to tell, by name: "dimensions", "relations", "kinds", "entities".
    """

    file: str
    read: int
    kept: int
    items: int
    left_out: Mapping[str, int] = field(default_factory=dict)
    first: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    figures: Mapping[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, object]:
        """Ready for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The inverse of `to_dict`."""
        first = {reason: (int(row), str(value)) for reason, (row, value) in values["first"].items()}
        return cls(**{**values, "first": first})
