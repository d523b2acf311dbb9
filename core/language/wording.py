"""The text of an item by a template of the analyst's: "{title}. Category: {category}. {description}"."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

import numpy as np

from core.errors import SeqlensError

if TYPE_CHECKING:
    from core.sequences.log import Catalogue

FIELDS = ("title", "category", "description", "price")
SIGNS = " .,;:|/-—，。；：、"


def check_wording(template: str) -> None:
    """Refuse a template that is not made of text and the `FIELDS`.

    Raises:
        SeqlensError: it has another field, none at all, or a brace that closes nothing.
    """
    _pieces(template)


def worded(catalogue: Catalogue, template: str) -> list[str]:
    """One text an item. Words in front of a field go with it where the item has nothing for it.

    Raises:
        SeqlensError: the template cannot be used.
    """
    pieces, after = _pieces(template)
    named = {field for _, field in pieces}
    columns: dict[str, list[str]] = {}
    for name, column in zip(FIELDS[:3], (catalogue.titles, catalogue.categories, catalogue.descriptions), strict=True):
        if name in named:
            columns[name] = [text or "" for text in column.to_pylist()]
    if "price" in named:
        columns["price"] = ["" if np.isnan(price) else _amount(price) for price in catalogue.prices]
    rows = zip(*(columns[field] for _, field in pieces), strict=True)
    before = [words for words, _ in pieces]
    return [_put(before, row, after) for row in rows]


def _amount(price: np.float32) -> str:
    """The shortest digits that tell a price, written out: "12.99", "1234567"."""
    return np.format_float_positional(price, trim="-")


def _put(before: list[str], values: tuple[str, ...], after: str) -> str:
    told = "".join(words + value for words, value in zip(before, values, strict=True) if value)
    whole = (told + after).strip() if told else ""
    return whole if values[0] else whole.lstrip(SIGNS)  # that parted a first field which is not there


def _pieces(template: str) -> tuple[list[tuple[str, str]], str]:
    """The fields, each with the words before it, and the words behind the last one."""
    try:
        parsed = list(Formatter().parse(template))
    except ValueError:
        parsed = []
    pieces = [(words, field) for words, field, _, _ in parsed if field is not None]
    odd = any(form or conversion for _, _, form, conversion in parsed)
    if not pieces or odd or any(field not in FIELDS for _, field in pieces):
        raise SeqlensError(
            "The text of an item, {text}, must be made of words and {fields}.",
            text=template,
            fields=", ".join(f"{{{field}}}" for field in FIELDS),
        )
    return pieces, parsed[-1][0] if parsed[-1][1] is None else ""
