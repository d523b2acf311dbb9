"""A report of pictures and tables as one HTML page that needs nothing else, plain enough to be printed by Qt."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class Part:
    """A picture, a table, or both, under a heading.

    Attributes:
        picture: bytes of a PNG; `width` is its width on the page in pixels.
        columns: names of the columns; empty for a table of names and values.
        rows: of the table, each a text for every column.
        figures: places of the columns that hold figures, which stand at the right.
        note: a sentence below.
    """

    heading: str = ""
    picture: bytes = b""
    width: int = 0
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    figures: frozenset[int] = frozenset()
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    """A report in the words of the screen; `language` as HTML names it, such as "zh-CN"."""

    title: str
    subtitle: str
    parts: tuple[Part, ...]
    language: str = "en"


def html(sheet: Sheet) -> str:
    """The whole HTML text. Every text is escaped: names and titles come from the analyst's data."""
    from jinja2 import DictLoader, Environment, StrictUndefined

    source = resources.files("resources").joinpath("report", "sheet.html").read_text("utf-8")
    environment = Environment(
        loader=DictLoader({"sheet": source}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["data"] = _data
    return environment.get_template("sheet").render(sheet=sheet)


def _data(picture: bytes) -> Any:
    from markupsafe import Markup

    return Markup("data:image/png;base64," + base64.b64encode(picture).decode("ascii"))
