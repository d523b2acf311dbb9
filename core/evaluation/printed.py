"""A comparison as a sheet that can be printed: what its page says, with the charts as pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from core.evaluation.comparison import Comparison
from core.evaluation.report import Chart, Words, content, duration, signed
from core.evaluation.sheet import Part, Sheet

# Draws charts two by two, the first two under a heading and the marks and names of the series: for each row of charts
# the bytes of a PNG and its width.
Draw = Callable[[str, Sequence[Chart], Sequence[tuple[str, str]]], Sequence[tuple[bytes, int]]]
Rows = tuple[tuple[str, ...], ...]


def sheet(comparison: Comparison, language: str, draw: Draw, words: Words | None = None) -> Sheet:
    """The comparison in the words of a language, "en" or "zh_CN"."""
    words = words or Words(language)
    told = content(comparison, words)
    legend = [(str(key), each.name) for key, each in zip(told["keys"], comparison.contenders, strict=True)]
    overall = Chart(words("NDCG@{k} with 95 % intervals", k=comparison.k), told["overall"])
    parts = [
        Part(note=" ".join((told["verdict"], told["protocol"], *_rules(comparison, words)))),
        _figures(comparison, words, told),
        *_differences(comparison, words),
        *_pictures(draw("", [overall], ())),
        *_pictures(draw(words("By the length of the list"), told["depths"], legend)),
    ]
    if told["slices"]:
        parts += _pictures(draw(words("Parts of the test"), told["slices"], legend))
        parts += [_parts(comparison, words, *each) for each in told["parts"]]
    if told["curves"]:
        parts += _pictures(draw(words("How the training went"), told["curves"], legend))
    if told["weights"]:
        parts += _pictures(draw(words("What the sums are made of"), told["weights"], ()))
    parts += [
        Part(words("What the figures mean"), rows=_rows(told["meanings"])),
        Part(words("The data"), rows=_rows(told["facts"])),
        Part(f"{words('Settings')}: {words('Common to all')}", rows=_rows(told["shared"])),
        *(Part(f"{words('Settings')}: {name}", rows=_rows(rows)) for name, rows in told["own"]),
        Part(words("Versions"), rows=_rows(told["versions"].items())),
    ]
    made = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    program = f"Seqlens {told['versions'].get('seqlens', '')}"
    subtitle = " · ".join((str(comparison.data["workspace"]), made, program))
    return Sheet(words("Comparison of models"), subtitle, tuple(parts), words.language.replace("_", "-"))


def _rules(comparison: Comparison, words: Words) -> tuple[str, str]:
    if comparison.hide_seen:
        seen = words("All items are ranked; those that a user already has are left out.")
    else:
        seen = words("All items are ranked; those that a user already has may come again.")
    users, cases = f"{comparison.users:,}", f"{comparison.cases:,}"
    return seen, words("{users} users are tested in {cases} cases.", users=users, cases=cases)


def _figures(comparison: Comparison, words: Words, told: dict[str, object]) -> Part:
    columns: list[tuple[str, list[str], frozenset[int]]] = told["columns"]  # type: ignore[assignment]
    name, several = f"ndcg@{comparison.k}", len(comparison.contenders) > 1
    rows = []
    for place, each in enumerate(comparison.contenders):
        ndcg = _best(f"{each.figures[name]:.4f}", several and place == 0)
        if name in each.intervals:
            ndcg += " ({:.4f} – {:.4f})".format(*each.intervals[name])
        others = (_best(texts[place], place in best) for _, texts, best in columns)
        rows.append((each.name, ndcg, *others, duration(each.seconds)))
    heads = (words("Model"), f"NDCG@{comparison.k}", *(head for head, _, _ in columns), words("Time taken"))
    left_out = (
        words("{model} was left out: {why}", model=model, why=why) for model, why in comparison.left_out.items()
    )
    return Part(words("Figures"), b"", 0, heads, tuple(rows), frozenset(range(1, len(heads))), " ".join(left_out))


def _differences(comparison: Comparison, words: Words) -> list[Part]:
    rows = []
    for each in comparison.contenders:
        if each.run != comparison.reference:
            one = each.difference
            wins = words("{wins} better, {losses} worse", wins=f"{one.wins:,}", losses=f"{one.losses:,}")
            rows.append((each.name, signed(one.difference), f"{signed(one.low)} … {signed(one.high)}", wins))
    if not rows:
        return []
    note = words(
        "Differences are to the first model that shows none, user by user. An interval that leaves out 0 tells a "
        "clear difference."
    )
    return [Part(words("Difference"), rows=tuple(rows), figures=frozenset({1, 2, 3}), note=note)]


def _parts(
    comparison: Comparison, words: Words, heading: str, rows: Sequence[tuple[str, int, list[tuple[str, str, str]]]]
) -> Part:
    columns = (heading, words("Cases"), *(each.name for each in comparison.contenders))
    texts = tuple(
        (name, f"{cases:,}", *(f"{value} ({interval}) {change}".rstrip() for value, interval, change in each))
        for name, cases, each in rows
    )
    return Part(columns=columns, rows=texts, figures=frozenset(range(1, len(columns))))


def _pictures(drawn: Sequence[tuple[bytes, int]]) -> list[Part]:
    return [Part(picture=picture, width=width) for picture, width in drawn]


def _rows(pairs: object) -> Rows:
    return tuple((str(name), str(value)) for name, value in pairs)  # type: ignore[attr-defined]


def _best(text: str, best: bool) -> str:
    return f"● {text}" if best else text
