"""What reports are made of, gathered and written on worker threads; nothing here touches a widget."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QFont, QGuiApplication, QImage, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from core import __version__, listing
from core.errors import SeqlensError
from core.evaluation.setting_names import OF_SPLIT
from core.evaluation.sheet import Part, Sheet, html
from core.files import draft
from core.sequences.annotations import KIND, read
from core.telling import portrait
from core.trained import record_of
from desktop_app.dialogs.report_overview import overview_parts
from desktop_app.dialogs.report_why import why_parts
from desktop_app.widgets import readable
from desktop_app.widgets.profile_words import sentences
from desktop_app.widgets.report_parts import Pictured, png, whole
from desktop_app.widgets.run_comparison import TOLD, flatten
from desktop_app.widgets.runs_table import metric_name, model_name, protocol_name
from desktop_app.widgets.setting_words import setting_name, setting_value
from desktop_app.widgets.timeline_file import paint_picture
from desktop_app.widgets.timeline_lanes import Lanes
from desktop_app.widgets.timeline_overlay import Dress
from desktop_app.widgets.timeline_scale import show_time
from desktop_app.widgets.turn_words import turn_lines, turn_name

if TYPE_CHECKING:
    from core.evaluation.comparison import Comparison
    from core.progress import Progress
    from core.runs import Run
    from core.sequences.annotations import Annotation
    from core.sequences.store import UserEvents
    from core.workspace import Workspace

EVENTS = 300  # of a user's events, the last ones
LISTED = 10
TIMELINE = QSizeF(900, 260)
MARGIN = 14.0  # millimetres of a printed page
DOTS = 96  # for an inch of a printed page: the pixels that the page is written in

Gather = Callable[["Progress"], Sheet]


def page_sheet(workspace: Workspace, title: str, parts: tuple[Part | Pictured, ...], progress: Progress) -> Sheet:
    """The report of a page: its picture and tables with what they are of."""
    progress.check()
    run = workspace.active_run()
    about = () if run is None else (_run_facts(run),)
    return _sheet(workspace, title, (*whole(parts), *about))


def user_sheet(workspace: Workspace, user: int, progress: Progress) -> Sheet:
    """The report of a user: the timeline, what is recommended and why, and the events."""
    events = workspace.user_events(user)
    progress.check()
    lanes = Lanes(events)
    parts = []
    if events.events:
        told = portrait(workspace, events, progress)
        found, source = told.turns.found, told.turns.source
        notes = tuple((note, note.event(events)) for note in read(workspace.saved.all(KIND).values(), events.user_id))
        dress = Dress(notes=notes, turns=tuple((turn.event, turn_name(turn, events)) for turn in found))
        font = QFont(QGuiApplication.font())
        picture = paint_picture(".png", events, lanes, lanes.bounds, TIMELINE, font, dress=dress)
        parts.append(
            Part(QCoreApplication.translate("report", "Profile"), note=readable.sentences(sentences(told, events)))
        )
        for turn in found:
            name, *facts = turn_lines(turn, source, events)
            parts.append(Part(name, note=" · ".join(facts)))
        assert isinstance(picture, QImage)
        parts.append(Part(QCoreApplication.translate("report", "Timeline"), png(picture), round(TIMELINE.width())))
        if notes:
            parts.append(_notes(events, notes))
    run = workspace.active_run()
    if run is not None:
        progress.check()
        parts += _list(workspace, run, events, progress)
    parts.append(_events(events))
    if run is not None:
        parts.append(_run_facts(run))
    return _sheet(workspace, QCoreApplication.translate("report", "User {0}").format(events.user_id), tuple(parts))


def run_sheet(workspace: Workspace, run: str | None, progress: Progress) -> Sheet:
    """The report of a run: figures with intervals, weights, epochs, settings, versions; `run` None is the active one.

    Raises:
        SeqlensError: nothing is trained yet.
    """
    record = record_of(workspace, run)
    progress.check()
    figures = []
    for name, value in record.metrics.items():
        low, high = record.intervals.get(name, (np.nan, np.nan))
        known = np.isfinite(low)
        ends = f"{readable.decimal(low, 4)} … {readable.decimal(high, 4)}" if known else "–"
        figures.append((metric_name(name), readable.decimal(value, 4), ends))
    right = frozenset({1, 2})
    parts = [
        _run_facts(record),
        Part(
            QCoreApplication.translate("report", "Figures on the test"),
            columns=(
                QCoreApplication.translate("report", "Figure"),
                QCoreApplication.translate("report", "Value"),
                QCoreApplication.translate("report", "95 % interval"),
            ),
            rows=tuple(figures),
            figures=right,
        ),
        *_figures(record),
    ]
    if record.weights:
        weights = tuple((model_name(name), readable.decimal(value, 3)) for name, value in record.weights.items())
        parts.append(
            Part(QCoreApplication.translate("report", "Weights in the sum"), rows=weights, figures=frozenset({1}))
        )
    if record.curve:
        names = [name for name in ("epoch", "loss", "ndcg", "seconds") if name in record.curve[0]]
        digits = {"epoch": 0, "loss": 4, "ndcg": 4, "seconds": 1}
        rows = tuple(
            tuple(readable.decimal(at.get(name, float("nan")), digits[name]) for name in names) for at in record.curve
        )
        titles = {
            "epoch": QCoreApplication.translate("report", "Epoch"),
            "loss": QCoreApplication.translate("report", "Loss"),
            "ndcg": QCoreApplication.translate("report", "NDCG on validation"),
            "seconds": QCoreApplication.translate("report", "Seconds"),
        }
        columns = tuple(titles[name] for name in names)
        parts.append(
            Part(
                QCoreApplication.translate("report", "Training"),
                columns=columns,
                rows=rows,
                figures=frozenset(range(len(names))),
            )
        )
    parts += _curves(record)
    parts += overview_parts(workspace, record, progress)
    parts.append(Part(QCoreApplication.translate("report", "Settings"), rows=tuple(asked(record.settings))))
    parts.append(Part(QCoreApplication.translate("report", "Versions"), rows=tuple(sorted(record.versions.items()))))
    return _sheet(workspace, QCoreApplication.translate("report", "Training “{0}”").format(record.name), tuple(parts))


def asked(settings: dict[str, object]) -> list[tuple[str, str]]:
    """Names and values of what a training was asked for, as the page of trainings says them.

    What was left empty, what other splits ask for, and what the facts of the run tell is left out.
    """
    split, rows = settings.get("protocol"), dict[tuple[str, str], None]()
    for key, text in flatten(settings).items():
        if text and key not in TOLD and OF_SPLIT.get(key, split) == split:
            rows[setting_name(key) or key, setting_value(key, text)] = None  # the model of the reading is told twice
    return list(rows)


def _figures(run: Run) -> list[Part]:
    """A picture of what came out."""
    from core.evaluation import plots
    from core.evaluation.report import Chart
    from desktop_app.widgets.chart_picture import draw

    rows = [
        plots.Row(metric_name(name), (plots.Value(0, value, *run.intervals.get(name, (None, None))),))
        for name, value in run.metrics.items()
    ]
    heading = QCoreApplication.translate("report", "Figures on the test")
    charts = [Chart(heading, plots.ranges(rows, heading, plots.NARROW, bars=True, digits=4))] if rows else []
    return [Part(picture=picture, width=width) for picture, width in draw("", charts, ())]


def _curves(run: Run) -> list[Part]:
    """Pictures of how the training went, epoch by epoch."""
    from core.evaluation import plots
    from core.evaluation.report import Chart, rising
    from desktop_app.widgets.chart_picture import draw

    epoch, charts = QCoreApplication.translate("report", "Epoch"), []
    for name, title in (
        ("ndcg", QCoreApplication.translate("report", "NDCG on validation")),
        ("loss", QCoreApplication.translate("report", "Loss")),
    ):
        points = [(at["epoch"], at[name]) for at in run.curve if "epoch" in at and name in at]
        lines = [plots.Line(0, run.name, piece) for piece in rising(points)]
        if lines:
            charts.append(Chart(title, plots.lines(lines, title, epoch)))
    return [Part(picture=picture, width=width) for picture, width in draw("", charts, ())]


def write(gather: Gather, language: str, path: Path, progress: Progress) -> None:
    """Gather a report and write it, as PDF or HTML by the suffix. The file is whole or not there.

    Raises:
        SeqlensError: the file cannot be written, or what the report is of is not there.
    """
    text = html(replace(gather(progress), language=language))
    progress.check()
    with draft(path) as beside:
        if path.suffix.lower() == ".pdf":
            beside.write_bytes(_pdf(text))
        else:
            beside.write_text(text, encoding="utf-8")


def write_comparison(found: Comparison, language: str, path: Path) -> None:
    """Write a comparison of runs, as PDF or HTML by the suffix, with settings called as the page of trainings has them.

    The file is whole or not there.

    Raises:
        SeqlensError: the file cannot be written.
    """
    from core import workflow
    from core.evaluation.printed import sheet
    from desktop_app.widgets.chart_picture import draw

    named = (replace(each, settings=dict(asked(each.settings))) for each in found.contenders)
    found = replace(found, contenders=tuple(named))
    if path.suffix.lower() != ".pdf":
        workflow.write_report(found, path, language)
        return
    printed = _pdf(html(sheet(found, language, draw)))
    with draft(path) as beside:
        beside.write_bytes(printed)


def _sheet(workspace: Workspace, title: str, parts: tuple[Part, ...]) -> Sheet:
    counts = workspace.counts()
    rows = [
        (QCoreApplication.translate("report", "Workspace"), workspace.path.name),
        (QCoreApplication.translate("report", "Fingerprint of the data"), workspace.fingerprint.strip('"') or "–"),
        (QCoreApplication.translate("report", "Users"), readable.count(counts.users)),
        (QCoreApplication.translate("report", "Items"), readable.count(counts.items)),
        (QCoreApplication.translate("report", "Events"), readable.count(counts.events)),
    ]
    if counts.start is not None and counts.end is not None:
        rows.append(
            (
                QCoreApplication.translate("report", "Span"),
                f"{readable.moment(counts.start)} – {readable.moment(counts.end)} UTC",
            )
        )
    made = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    subtitle = f"{workspace.path.stem} · {made} · Seqlens {__version__}"
    return Sheet(title, subtitle, (*parts, Part(QCoreApplication.translate("report", "Data"), rows=tuple(rows))))


def _run_facts(run: Run) -> Part:
    ndcg = f"ndcg@{run.k}"
    rows = [
        (QCoreApplication.translate("report", "Name"), run.name),
        (QCoreApplication.translate("report", "Model"), model_name(run.model)),
        (QCoreApplication.translate("report", "Run"), run.id),
        (QCoreApplication.translate("report", "Started"), readable.started(run.created)),
        (QCoreApplication.translate("report", "Split"), protocol_name(run)),
        (QCoreApplication.translate("report", "Seed"), _told(run.settings.get("seed"))),
        (metric_name(ndcg), readable.decimal(run.metrics.get(ndcg, float("nan")), 4)),
        (QCoreApplication.translate("report", "Fingerprint of its data"), run.fingerprint.strip('"') or "–"),
    ]
    return Part(
        QCoreApplication.translate("report", "Model that makes the lists")
        if run.status == "done"
        else QCoreApplication.translate("report", "Training"),
        rows=tuple(rows),
    )


def _list(workspace: Workspace, run: Run, events: UserEvents, progress: Progress) -> list[Part]:
    """What the run recommends, each score with its parts, and why."""
    import pyarrow.compute as pc

    found = listing.recommend(workspace, events.user, progress, listing.ListRequest(run.id, k=LISTED))
    catalogue = workspace.catalogue()
    titles = pc.coalesce(catalogue.titles, catalogue.ids).take(found.items).to_pylist()
    parts = np.concatenate((found.scores[:, None], found.shares, found.base[:, None]), axis=1)
    rows = tuple(
        (str(place), title, *(readable.decimal(float(value), 3) for value in values))
        for place, (title, values) in enumerate(zip(titles, parts, strict=True), 1)
    )
    names = (
        QCoreApplication.translate("report", "Score"),
        *map(model_name, found.components),
        QCoreApplication.translate("report", "Base"),
    )
    note = QCoreApplication.translate(
        "report", "The parts and the base add up to the score. By “{0}”, serving fit."
    ).format(run.name)
    right = frozenset({0, *range(2, 2 + len(names))})
    columns = (QCoreApplication.translate("report", "Rank"), QCoreApplication.translate("report", "Item"), *names)
    heading = QCoreApplication.translate("report", "Recommendations")
    listed = Part(heading, columns=columns, rows=rows, figures=right, note=note)
    return [listed, *why_parts(workspace, run, events, found.items, titles, progress)]


def _events(events: UserEvents) -> Part:
    first = max(0, events.events - EVENTS)
    titles, ids, texts = (each[first:].to_pylist() for each in (events.titles, events.ids, events.texts))
    categories = events.categories[first:].to_pylist()
    rows = []
    for place in range(first, events.events):
        at = place - first
        when = readable.moment(int(events.time[place])) if events.timed else str(place + 1)
        named = titles[at] or ids[at] or texts[at] or ""
        behaviour = events.behaviours[events.behaviour[place]].name
        rows.append((when, behaviour, named, categories[at] or "", readable.price(float(events.price[place]))))
    columns = (
        QCoreApplication.translate("report", "Time") if events.timed else QCoreApplication.translate("report", "Step"),
        QCoreApplication.translate("report", "Behaviour"),
        QCoreApplication.translate("report", "Item"),
        QCoreApplication.translate("report", "Category"),
        QCoreApplication.translate("report", "Price"),
    )
    note = QCoreApplication.translate("report", "The last {0} of {1} events").format(
        *map(readable.count, (EVENTS, events.events))
    )
    heading = QCoreApplication.translate("report", "Events")
    return Part(heading, columns=columns, rows=tuple(rows), figures=frozenset({4}), note=note if first else "")


def _notes(events: UserEvents, notes: Iterable[tuple[Annotation, int]]) -> Part:
    """What was noted, each with when and on what."""
    moment = QCoreApplication.translate("report", "a moment")
    rows = tuple(
        (show_time(note.time, events.timed), events.label(event) if event >= 0 else note.item or moment, note.text)
        for note, event in notes
    )
    columns = (
        QCoreApplication.translate("report", "Time") if events.timed else QCoreApplication.translate("report", "Step"),
        QCoreApplication.translate("report", "On"),
        QCoreApplication.translate("report", "Note"),
    )
    return Part(QCoreApplication.translate("report", "Notes"), columns=columns, rows=rows)


def _told(value: object) -> str:
    if isinstance(value, bool | Mapping | list | tuple):
        return json.dumps(value, ensure_ascii=False)
    return "–" if value is None or value == "" else str(value)


def _pdf(text: str) -> bytes:
    """The HTML as A4 pages, broad ones for the tables; Qt takes of the styles what it knows."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Landscape,
            QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN),
            QPageLayout.Unit.Millimeter,
        )
    )
    writer.setCreator("Seqlens")
    document = QTextDocument()
    document.setDocumentMargin(0)
    room = writer.pageLayout().paintRectPixels(DOTS)
    document.setHtml(_fitted(text, room.width()))
    document.setPageSize(QSizeF(room.size()))
    document.print_(writer)
    del writer  # which writes the end of the file
    if not buffer.data().size():
        raise SeqlensError("The report could not be printed. Save it as HTML instead.")
    return bytes(buffer.data().data())


def _fitted(text: str, width: int) -> str:
    """The page as it is printed: no margin of its own, smaller letters, and pictures no wider than the paper."""
    text = text.replace("margin: 24px; ", "margin: 0; ").replace("font-size: 14px", "font-size: 12px")
    return re.sub(r'width="(\d+)"', lambda found: f'width="{min(int(found[1]), width)}"', text)
