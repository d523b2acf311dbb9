"""Small charts as SVG that stands in an HTML page: its text is the page's, its colours are the page's variables.

Series are told apart by colour (classes "s0" to "s7") and by the shape of their marks, so that no chart needs colour.
A chart knows nothing of what it shows; every text is escaped.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

SERIES = 8  # colours and marks there are; the ninth series looks like the first
WIDE, NARROW = 720.0, 530.0  # of a chart that stands alone, of one that has another beside it
LABEL = 170.0  # room for the texts at the left of a chart of ranges
RIGHT = 76.0  # room for figures at its right
ROW = 26.0
AXIS = 34.0
FITTING = 24  # characters that fit into LABEL; a wide one counts as two
PRINTED = {  # the light colours of the page
    "panel": "#f5f6f8", "text": "#1c2126", "muted": "#59636e", "grid": "#e3e7eb",
    "s0": "#0063a6", "s1": "#c04a00", "s2": "#00795a", "s3": "#a43b7c",
    "s4": "#7a6100", "s5": "#4b5bd6", "s6": "#8b4513", "s7": "#4d5761",
}  # fmt: skip
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # may stand in names, not in XML
MARKS = (
    "M-4.2 0A4.2 4.2 0 1 0 4.2 0A4.2 4.2 0 1 0-4.2 0Z",
    "M-3.8-3.8H3.8V3.8H-3.8Z",
    "M0-5.2L4.8 3.6H-4.8Z",
    "M0-5.4L5 0L0 5.4L-5 0Z",
    "M0 5.2L4.8-3.6H-4.8Z",
    "M-1.6-5H1.6V-1.6H5V1.6H1.6V5H-1.6V1.6H-5V-1.6H-1.6Z",
    "M-5-2.6L-2.6-5L0-2.4L2.6-5L5-2.6L2.4 0L5 2.6L2.6 5L0 2.4L-2.6 5L-5 2.6L-2.4 0Z",
    "M-5-2.4H5V2.4H-5Z",
)


@dataclass(frozen=True)
class Value:
    """A figure of one series, with its interval where it has one."""

    series: int
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Row:
    """One line of a chart of ranges: a text and a figure for each series."""

    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Line:
    """One line of a chart over a number."""

    series: int
    name: str
    points: tuple[tuple[float, float], ...]


def ranges(rows: Sequence[Row], title: str, width: float, bars: bool = False, digits: int = 3) -> str:
    """Figures as marks with whiskers on one scale, a row a text; as bars from 0 with the figure at the right.

    Args:
        title: what a screen reader says of the chart.
        digits: decimals of the figures.
    """
    reach = [number for row in rows for each in row.values for number in (each.value, each.low, each.high)]
    known = [number for number in reach if number is not None]
    steps = ticks(min([0.0, *known]), max([0.0, *known]))
    start, end = LABEL, width - (RIGHT if bars else 16.0)

    def across(value: float) -> float:
        return start + (end - start) * (value - steps[0]) / (steps[-1] - steps[0])

    tops = [0.0]
    for row in rows:
        tops.append(tops[-1] + max(ROW, 11.0 * len(row.values) + 8.0))
    bottom = tops[-1]
    svg = _svg(width, bottom + AXIS, title)
    for step in steps:
        _put(svg, "line", "grid", x1=across(step), x2=across(step), y1=0, y2=bottom)
        _text(svg, f"{step:g}", across(step), bottom + 18, "middle", "tick")
    for row, top, below in zip(rows, tops, tops[1:], strict=False):
        middle = (top + below) / 2
        _text(svg, row.label, LABEL - 12, middle + 4, "end", "label", FITTING)
        gap = (below - top - 8.0) / len(row.values)
        for place, each in enumerate(row.values):
            height = top + 4.0 + gap * (place + 0.5)
            told = _put(svg, "g", f"s{each.series % SERIES}")
            _tooltip(told, row.label, each, digits)
            if bars:
                left, right = sorted((across(0.0), across(each.value)))
                _put(told, "rect", "bar", x=left, y=height - 8, width=right - left, height=16, rx=2)
                _text(svg, f"{each.value:.{digits}f}", width - 4, height + 4, "end", "label")
            if each.low is not None and each.high is not None:
                _whisker(told, across(each.low), across(each.high), height)
            if not bars:
                _mark(told, each.series, across(each.value), height)
    return _string(svg)


def lines(series: Sequence[Line], title: str, x_title: str, even: bool = False) -> str:
    """Figures over a number, a line with marks for each series.

    Args:
        even: for few numbers that lie far apart, such as 1, 5, 10, 20, 50: at equal distances, over figures from 0.
    """
    numbers = sorted({x for line in series for x, _ in line.points})
    values = [y for line in series for _, y in line.points]
    up = ticks(min(values + [0.0] * even), max(values))
    along = [float(number) for number in numbers] if even else ticks(numbers[0], numbers[-1], whole=True)
    left, right, top, bottom = 52.0, NARROW - 14.0, 10.0, 250.0

    def across(x: float) -> float:
        if even:
            return left + (right - left) * (numbers.index(x) + 0.5) / len(numbers)
        return left + (right - left) * (x - along[0]) / (along[-1] - along[0])

    def height(y: float) -> float:
        return bottom - (bottom - top) * (y - up[0]) / (up[-1] - up[0])

    svg = _svg(NARROW, bottom + 42.0, title)
    for step in up:
        _put(svg, "line", "grid", x1=left, x2=right, y1=height(step), y2=height(step))
        _text(svg, f"{step:g}", left - 8, height(step) + 4, "end", "tick")
    for step in along:
        _text(svg, f"{step:g}", across(step), bottom + 18, "middle", "tick")
    _text(svg, x_title, (left + right) / 2, bottom + 36, "middle", "tick")
    few = all(len(line.points) <= 30 for line in series)
    for line in series:
        told = _put(svg, "g", f"s{line.series % SERIES}")
        Xml.SubElement(told, "title").text = line.name
        path = " ".join(f"{across(x):.1f},{height(y):.1f}" for x, y in line.points)
        _put(told, "polyline", "line", points=path)
        for x, y in line.points if few else line.points[-1:]:
            _mark(told, line.series, across(x), height(y))
    return _string(svg)


def key(series: int) -> str:
    """The mark of a series, to stand before its name."""
    svg = _svg(14, 14, "")
    svg.set("style", "width:14px;height:14px")
    _mark(_put(svg, "g", f"s{series % SERIES}"), series, 7, 7)
    return _string(svg)


def plain(svg: str, family: str) -> str:
    """A chart on its own, for a program that reads no style sheet: its colours and sizes stand with its parts.

    Args:
        family: of the letters.
    """
    root = Xml.fromstring(svg)
    root.set("xmlns", "http://www.w3.org/2000/svg")
    root.set("font-family", family)
    _dress(root, PRINTED["text"])
    return Xml.tostring(root, encoding="unicode")


def _dress(parent: Xml.Element, own: str) -> None:
    """Give all within `parent` their looks; `own` is the colour of the series that they belong to."""
    before = ""
    for each in parent:
        kind = each.get("class", "")
        if each.tag == "text":
            tick = kind == "tick"
            looks = {"fill": PRINTED["muted" if tick else "text"], "font-size": "11.5" if tick else "12.5"}
        else:
            looks = {
                "grid": {"stroke": PRINTED["grid"], "stroke-width": "1"},
                "line": {"fill": "none", "stroke": own, "stroke-width": "1.8", "stroke-linejoin": "round"},
                "mark": {"fill": own, "stroke": PRINTED["panel"], "stroke-width": "0.8"},
                "bar": {"fill": own, "fill-opacity": "0.55"},
                # Over a bar of the same colour it would not be seen.
                "whisker": {
                    "fill": "none",
                    "stroke": PRINTED["text"] if before == "bar" else own,
                    "stroke-width": "1.6",
                },
            }.get(kind, {})
        for name, value in looks.items():
            each.set(name, value)
        _dress(each, PRINTED.get(kind, own) if each.tag == "g" else own)
        before = kind if each.tag != "title" else before


def ticks(low: float, high: float, whole: bool = False, about: int = 5) -> list[float]:
    """Round numbers at equal steps, the first at or below `low` and the last at or above `high`; two at least.

    (Heckbert 1990, "Nice numbers for graph labels".)
    """
    if high - low < 1e-9 * max(1.0, abs(low)):
        high = low + max(1.0, abs(low))
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = power * next(nice for nice in (1, 2, 2.5, 5, 10) if nice * power >= rough * (1 - 1e-9))
    if whole:
        step = max(1.0, math.ceil(step))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(number * step, 12) for number in range(first, last + 1)]


def _svg(width: float, height: float, title: str) -> Xml.Element:
    svg = Xml.Element("svg", {"viewBox": f"0 0 {width:g} {height:g}", "class": "plot"})
    if title:
        svg.set("role", "img")
        svg.set("aria-label", title)
    else:
        svg.set("aria-hidden", "true")
    return svg


def _put(parent: Xml.Element, tag: str, kind: str, **numbers: float | str) -> Xml.Element:
    told = {name: value if isinstance(value, str) else f"{value:.1f}" for name, value in numbers.items()}
    return Xml.SubElement(parent, tag, {"class": kind, **told})


def _text(parent: Xml.Element, text: str, x: float, y: float, anchor: str, kind: str, fitting: int = 0) -> None:
    shown = shortened(text, fitting) if fitting else text
    element = _put(parent, "text", kind, x=x, y=y, **{"text-anchor": anchor})
    element.text = shown
    if shown != text:
        Xml.SubElement(element, "title").text = text


def shortened(text: str, fitting: int) -> str:
    """The text, or its beginning and an ellipsis where it is longer than `fitting` narrow characters."""
    room = fitting
    for place, character in enumerate(text):
        room -= 2 if ord(character) > 0x2E80 else 1
        if room < 0:
            return text[: max(place - 1, 0)] + "…"
    return text


def _whisker(parent: Xml.Element, low: float, high: float, y: float) -> None:
    _put(parent, "path", "whisker", d=f"M{low:.1f} {y:.1f}H{high:.1f}M{low:.1f} {y - 4:.1f}v8M{high:.1f} {y - 4:.1f}v8")


def _mark(parent: Xml.Element, series: int, x: float, y: float) -> None:
    _put(parent, "path", "mark", d=MARKS[series % SERIES], transform=f"translate({x:.1f} {y:.1f})")


def _tooltip(parent: Xml.Element, label: str, each: Value, digits: int) -> None:
    text = f"{label}: {each.value:.{digits}f}"
    if each.low is not None and each.high is not None:
        text += f" ({each.low:.{digits}f} – {each.high:.{digits}f})"
    Xml.SubElement(parent, "title").text = text


def _string(svg: Xml.Element) -> str:
    return NO_XML.sub("", Xml.tostring(svg, encoding="unicode", short_empty_elements=True))
