"""A comparison as one HTML page that needs nothing else: no network, no script, its charts inside it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from typing import Any

from core.evaluation import plots
from core.evaluation.comparison import Comparison, Contender, common
from core.evaluation.intervals import Paired
from core.evaluation.metrics import DEPTHS
from core.evaluation.setting_names import OF_MODELS, OF_READING, OF_SPLIT, OF_TRAINING
from core.evaluation.slices import Slice

LANGUAGES = ("en", "zh_CN")
MODEL_NAMES = {
    "popularity": "Popularity",
    "trend": "Trend",
    "eras": "Eras",
    "transitions": "Item transitions",
    "words": "Words in common",
    "content": "Content",
    "transformer": "Sequence model",
    "ease": "EASE",
    "repeats": "Repeat consumption",
    "bilinear": "Bilinear",
    "language-regression": "Language-model regression",
    "hybrid": "Hybrid",
    "vectors": "Outside vectors",
    "relations": "Relations",
    "pictures": "Pictures",
}
FIGURES = {
    "ndcg": "NDCG",
    "hit": "Hit rate",
    "mrr": "MRR",
    "coverage": "Coverage",
    "novelty": "Novelty",
    "diversity": "Diversity",
    "popularity_lift": "Popularity lift",
    "gini": "Gini",
}
MEANINGS = {
    "NDCG": "mean of 1 / log2(rank + 1) of what really followed, 0 where it is not in the list (Järvelin & Kekäläinen "
    "2002); the difference is between the same users, with its 95 % interval by the paired bootstrap (Koehn 2004)",
    "Hit rate": "share of the cases whose list holds what really followed (Deshpande & Karypis 2004)",
    "MRR": "mean of 1 / rank, 0 where it is not in the list (Voorhees 1999)",
    "Coverage": "share of all items that stand in anybody's list (Ge et al. 2010)",
    "Novelty": "mean of -log2 of the share of training users who have the item, in bits (Zhou et al. 2010)",
    "Diversity": "1 - cosine of the language vectors, over the pairs of a list (Smyth & McClave 2001)",
    "Popularity lift": "how much more popular the items of the lists are than those of the users' own histories; "
    "above 0 the model leans to what is popular (Abdollahpouri et al. 2020)",
    "Gini": "how unevenly items are shown, from 0 for all alike to 1 (Shani & Gunawardana 2011)",
}
KINDS = {
    "history": "By the length of the history (events)",
    "popularity": "By the popularity of what followed",
    "behaviour": "By the behaviour of what followed",
    "return": "By whether the user had the item before",
    "segment": "By segment (a user may be in several)",
}
PARTS = {
    "head": "Popular items",
    "middle": "Items between",
    "tail": "Rare items",
    "first": "First time",
    "returning": "Returning",
}
FACTS = {
    "workspace": "Workspace",
    "fingerprint": "Fingerprint of the data",
    "users": "Users",
    "items": "Items",
    "events": "Events",
    "behaviors": "Behaviours",
    "start": "First event",
    "end": "Last event",
    "training_events": "Training events",
    "validation_users": "Users who validate",
    "users_skipped": "Users who are not tested",
}


class Words:
    """English sentences in the language of the report.

    Attributes:
        missing: sentences that were asked for and have no translation.
    """

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        self.missing: set[str] = set()
        self._known: dict[str, str] = {}
        if self.language != LANGUAGES[0]:
            file = resources.files("resources").joinpath("report", f"{self.language}.json")
            self._known = json.loads(file.read_text("utf-8"))

    def __call__(self, text: str, **values: object) -> str:
        if self.language != LANGUAGES[0] and text not in self._known:
            self.missing.add(text)
        shown = self._known.get(text, text)
        return shown.format(**values) if values else shown


@dataclass(frozen=True)
class Chart:
    """One chart with its heading; `svg` is safe to stand in the page as it is."""

    heading: str
    svg: Any


def page(comparison: Comparison, language: str = "en", words: Words | None = None) -> str:
    """The whole HTML text. Names and ids come from the analyst's data; all of them are escaped."""
    from jinja2 import DictLoader, Environment, StrictUndefined

    words = words or Words(language)
    source = resources.files("resources").joinpath("report", "report.html").read_text("utf-8")
    environment = Environment(
        loader=DictLoader({"report": source}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"signed": signed, "duration": duration, "count": _count}
    return environment.get_template("report").render(
        _=words,
        language=words.language.replace("_", "-"),
        made=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        comparison=comparison,
        **content(comparison, words),
    )


def content(comparison: Comparison, words: Words) -> dict[str, Any]:
    """What the page says of a comparison, by the names that its template has for it."""
    shared, own = common([each.settings for each in comparison.contenders])
    return {
        "best": comparison.best,
        "verdict": _verdict(comparison, words),
        "protocol": _protocol(comparison, words),
        "titles": {each.run: f"{_model(each.model, words)}" for each in comparison.contenders},
        "keys": [_safe(plots.key(place)) for place in range(len(comparison.contenders))],
        "columns": _columns(comparison, words),
        "overall": _overall(comparison, words),
        "depths": _by_depth(comparison, words),
        "slices": _slices(comparison, words),
        "parts": [(words(KINDS[kind]), _part_rows(comparison, kind, words)) for kind in _kinds(comparison)],
        "curves": _curves(comparison, words),
        "weights": _weights(comparison, words),
        "meanings": [(words(name), words(text)) for name, text in MEANINGS.items()],
        "facts": [(words(FACTS[name]), _told(value)) for name, value in comparison.data.items() if value is not None],
        "shared": [(name, text) for name, text in _asked(shared, comparison, words) if text],
        "own": _own(comparison, own, words),
        "versions": comparison.best.versions,
    }


def _columns(comparison: Comparison, words: Words) -> list[tuple[str, list[str], frozenset[int]]]:
    """Heading, texts and the places of the best of each column of figures; what nobody has is left out."""
    found = []
    for name, title in FIGURES.items():
        key = f"{name}@{comparison.k}"
        values = [each.figures.get(key) for each in comparison.contenders]
        known = [value for value in values if value is not None]
        if not known or name == "ndcg":  # NDCG stands before them, with its interval
            continue
        wanted = max(known) if name in ("hit", "mrr", "coverage") else None  # of the others, more is not better
        best = frozenset(place for place, value in enumerate(values) if value == wanted and len(set(known)) > 1)
        digits = 2 if name in ("novelty", "popularity_lift") else 4
        texts = ["–" if value is None else f"{value:.{digits}f}".replace("-", "\u2212") for value in values]
        found.append((f"{words(title)}@{comparison.k}", texts, best))
    return found


def _verdict(comparison: Comparison, words: Words) -> str:
    """One sentence: who is best, and from whom that cannot be told."""
    best, k = comparison.best, comparison.k
    if len(comparison.contenders) == 1:
        return words("{name} reaches an NDCG@{k} of {value}.", name=best.name, k=k, value=_ndcg(best, k))
    values = {"name": best.name, "k": k, "value": _ndcg(best, k)}
    if comparison.reference != best.run:
        return words("{name} is best, with an NDCG@{k} of {value}.", **values)
    near = [each.name for each in comparison.contenders[1:] if not each.difference.clear]
    if not near:
        return words("{name} is best, with an NDCG@{k} of {value}; its lead over every other is clear.", **values)
    return words(
        "{name} is best, with an NDCG@{k} of {value}; its lead over {others} may be chance.",
        **values,
        others=words(", ").join(near),
    )


def _ndcg(contender: Contender, k: int) -> str:
    return f"{contender.figures[f'ndcg@{k}']:.4f}"


def _protocol(comparison: Comparison, words: Words) -> str:
    parts = comparison.parts
    if comparison.protocol == "time" and comparison.cut is not None:
        moment = datetime.fromtimestamp(comparison.cut / 1e6, UTC).strftime("%Y-%m-%d %H:%M UTC")
        return words(
            "What came before {cut} is for training; each user's first event from then on is the test.", cut=moment
        )
    if comparison.protocol == "leave-last-n":
        return words(
            "Each user's last {last} events are tested, each predicted from all before it; as many before them are for "
            "validation.",
            last=parts["last"],
        )
    if comparison.protocol == "users":
        return words(
            "The users of fold {fold} of {folds} (from 0) were held out whole; the last event of each is the test.",
            fold=parts["fold"],
            folds=parts["folds"],
        )
    return words("Each user's last event is the test; the one before it is for validation.")


def _overall(comparison: Comparison, words: Words) -> Any:
    name = f"ndcg@{comparison.k}"
    rows = [
        plots.Row(each.name, (plots.Value(place, each.figures[name], *each.intervals.get(name, (None, None))),))
        for place, each in enumerate(comparison.contenders)
    ]
    return _safe(
        plots.ranges(rows, words("NDCG@{k} with 95 % intervals", k=comparison.k), plots.WIDE, bars=True, digits=4)
    )


def _by_depth(comparison: Comparison, words: Words) -> list[Chart]:
    charts = []
    for name in ("ndcg", "hit", "mrr", "coverage"):
        lines = [
            plots.Line(
                place,
                each.name,
                tuple((float(k), each.figures[f"{name}@{k}"]) for k in DEPTHS if f"{name}@{k}" in each.figures),
            )
            for place, each in enumerate(comparison.contenders)
        ]
        heading = words(FIGURES[name])
        charts.append(Chart(heading, _safe(plots.lines(lines, heading, words("length of the list"), even=True))))
    return charts


def _kinds(comparison: Comparison) -> list[str]:
    """Kinds of slices that divide the cases into more than one part, and segments, of which one tells something."""
    parts = {(part.kind, part.value) for part in comparison.best.slices}
    return [kind for kind in KINDS if sum(each == kind for each, _ in parts) > (kind != "segment")]


def _slices(comparison: Comparison, words: Words) -> list[Chart]:
    name, charts = f"ndcg@{comparison.k}", []
    for kind in _kinds(comparison):
        rows = []
        for place, part in _parts(comparison, kind):
            values = [(each.slices[place], number) for number, each in enumerate(comparison.contenders)]
            told = (plots.Value(number, one.metrics[name], *one.intervals[name]) for one, number in values)
            rows.append(plots.Row(f"{_part(part, words)} ({_count(part.cases)})", tuple(told)))
        charts.append(Chart(words(KINDS[kind]), _safe(plots.ranges(rows, words(KINDS[kind]), plots.NARROW))))
    return charts


def _parts(comparison: Comparison, kind: str) -> Iterable[tuple[int, Slice]]:
    """The slices of one kind with their places among all; they are the same for every contender."""
    return ((place, part) for place, part in enumerate(comparison.best.slices) if part.kind == kind)


def _part_rows(comparison: Comparison, kind: str, words: Words) -> list[tuple[str, int, list[tuple[str, str, str]]]]:
    """Name, cases, and NDCG with its interval and difference for each contender, of each part of one kind."""
    name, rows = f"ndcg@{comparison.k}", []
    for place, part in _parts(comparison, kind):
        texts = []
        for each in comparison.contenders:
            one = each.slices[place]
            change = "" if each.run == comparison.reference else _difference(each.part_differences[place])
            texts.append((f"{one.metrics[name]:.4f}", "{:.4f} – {:.4f}".format(*one.intervals[name]), change))
        rows.append((_part(part, words), part.cases, texts))
    return rows


def _difference(one: Paired) -> str:
    """A difference with its interval, and a mark where the interval leaves out 0."""
    sign = ("▲ " if one.low > 0 else "▼ ") if one.clear else ""
    return f"{sign}{signed(one.difference)} ({signed(one.low)} … {signed(one.high)})"


def _part(part: Slice, words: Words) -> str:
    if part.kind in ("popularity", "return"):
        return words(PARTS[part.value])
    return part.value.replace("-", "–") if part.kind == "history" else part.value


def _curves(comparison: Comparison, words: Words) -> list[Chart]:
    charts = []
    for name, heading in (("ndcg", "NDCG on validation"), ("loss", "Loss")):
        lines = [
            plots.Line(place, each.name, piece)
            for place, each in enumerate(comparison.contenders)
            for piece in rising([(one["epoch"], one[name]) for one in each.curve if "epoch" in one and name in one])
        ]
        if lines:
            charts.append(Chart(words(heading), _safe(plots.lines(lines, words(heading), words("epoch")))))
    return charts


def rising(points: Sequence[tuple[float, float]]) -> list[tuple[tuple[float, float], ...]]:
    """The points of one training after another: a sum of models has the epochs of each of them."""
    pieces: list[list[tuple[float, float]]] = []
    for point in (point for point in points if math.isfinite(point[1])):
        if not pieces or point[0] <= pieces[-1][-1][0]:
            pieces.append([])
        pieces[-1].append(point)
    return [tuple(piece) for piece in pieces]


def _weights(comparison: Comparison, words: Words) -> list[Chart]:
    charts = []
    for place, each in enumerate(comparison.contenders):
        if each.weights:
            rows = [
                plots.Row(
                    _model(name, words), (plots.Value(place, value, *each.weight_intervals.get(name, (None, None))),)
                )
                for name, value in sorted(each.weights.items(), key=lambda item: -item[1])
            ]
            title = words("Weights in {name}", name=each.name)
            charts.append(Chart(title, _safe(plots.ranges(rows, title, plots.NARROW, bars=True, digits=2))))
    return charts


def _own(
    comparison: Comparison, own: Sequence[Mapping[str, object]], words: Words
) -> list[tuple[str, list[tuple[str, str]]]]:
    """The settings that are not common to all, of each contender that has some."""
    rows = [_asked({name: each[name] for name in each if name != "name"}, comparison, words) for each in own]
    return [(each.name, some) for each, some in zip(comparison.contenders, rows, strict=True) if some]


def _asked(settings: Mapping[str, object], comparison: Comparison, words: Words) -> list[tuple[str, str]]:
    """Names and values of flattened settings, without those of other splits; each once, sorted."""
    split = comparison.protocol
    kept = {key: value for key, value in settings.items() if OF_SPLIT.get(key, split) == split}
    return sorted({(setting_name(key, words), _told(value)) for key, value in kept.items()})


def setting_name(key: str, words: Words) -> str:
    """What a setting ("seed", "options.transformer.blocks") is called; the key of one that has no name, or has it."""
    owner, _, name = key.removeprefix("options.").rpartition(".")
    model = owner.rpartition(".")[2]
    if label := OF_MODELS.get(model, {}).get(name):
        return words("{model}: {setting}", model=_model(model, words), setting=words(label))
    label = {"": OF_TRAINING, "reading": OF_READING}.get(owner, {}).get(name)
    return words(label) if label else key


def _model(model: str, words: Words) -> str:
    return words(MODEL_NAMES[model]) if model in MODEL_NAMES else model


def _safe(svg: str) -> Any:
    """An SVG text as what the template need not escape: the XML writer has escaped every text in it."""
    from markupsafe import Markup

    return Markup(svg)


def _told(value: object) -> str:
    if isinstance(value, bool | Mapping | list | tuple):
        return json.dumps(value, ensure_ascii=False)
    return _count(value) if isinstance(value, int) else "" if value is None else str(value)


def _count(number: int) -> str:
    return f"{number:,}"


def signed(value: float) -> str:
    """A difference with its sign."""
    return f"{value:+.4f}".replace("-", "\u2212")


def duration(seconds: Mapping[str, float]) -> str:
    """How long all parts of the work took together."""
    total = sum(seconds.values())
    if total < 60:
        return f"{total:.1f} s"
    return f"{total / 60:.1f} min" if total < 3600 else f"{total / 3600:.1f} h"
