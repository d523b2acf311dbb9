"""The printed comparison says what the page says, in both languages, with its charts as pictures."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as Xml

import numpy as np
import pytest

from core.evaluation import plots
from core.evaluation.printed import sheet
from core.evaluation.report import Chart, Words, page
from tests.comparisons import comparison, contender

NUMBER = "{http://www.w3.org/2000/svg}"


class Drawn:
    """Remembers what was to be drawn."""

    def __init__(self) -> None:
        self.headings: list[str] = []
        self.charts: list[Chart] = []
        self.names: set[str] = set()

    def __call__(
        self, heading: str, charts: Sequence[Chart], legend: Sequence[tuple[str, str]]
    ) -> list[tuple[bytes, int]]:
        self.headings.append(heading)
        self.charts += charts
        self.names |= {name for _, name in legend}
        return [(b"\x89PNG", 10)]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_it_says_what_the_page_says(language: str) -> None:
    found, drawn, words = comparison(), Drawn(), Words(language)
    told, text = sheet(found, language, drawn, words), page(found, language)
    assert words.missing == set()
    cells = [cell for part in told.parts for row in part.rows for cell in row]
    for each in found.contenders:
        assert each.name in drawn.names
        assert each.name in cells
        ndcg = f"{each.figures['ndcg@10']:.4f}"
        assert ndcg in text
        assert any(ndcg in cell for cell in cells)
    assert [chart.heading for chart in drawn.charts if chart.heading not in text] == []
    assert text.count("<figure") == len(drawn.charts)
    assert sum(bool(part.picture) for part in told.parts) == len(drawn.headings)


def test_one_run_alone_has_no_differences() -> None:
    rng = np.random.default_rng(0)
    told = sheet(comparison([contender("alone", rng.random(20))]), "en", Drawn())
    assert "Difference" not in [part.heading for part in told.parts]


def test_a_chart_on_its_own_carries_its_colours() -> None:
    rows = [plots.Row("<a&b>", (plots.Value(0, 0.5, 0.4, 0.6), plots.Value(9, 0.2)))]
    bars, marks = (
        Xml.fromstring(plots.plain(plots.ranges(rows, "", 500, bars=bars), "Sans")) for bars in (True, False)
    )
    assert [one.get("fill") for one in bars.iter(f"{NUMBER}rect")] == ["#0063a6", "#c04a00"]
    assert [one.get("stroke") for one in bars.iter(f"{NUMBER}path")] == [plots.PRINTED["text"]]  # seen on its bar
    whisker, first, second = marks.iter(f"{NUMBER}path")
    assert whisker.get("stroke") == first.get("fill") == "#0063a6"
    assert second.get("fill") == "#c04a00"
    assert {one.text for one in bars.iter(f"{NUMBER}text")} >= {"<a&b>", "0.500"}
    line = Xml.fromstring(plots.plain(plots.lines([plots.Line(2, "x", ((1, 0.1), (2, 0.2)))], "", "k"), "Sans"))
    assert [one.get("stroke") for one in line.iter(f"{NUMBER}polyline")] == [plots.PRINTED["s2"]]
