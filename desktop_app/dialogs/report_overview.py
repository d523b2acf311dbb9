"""What matters to a training, for the report of it: what was measured by *What matters* before, and is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from core import workflow
from core.evaluation.sheet import Part
from desktop_app.widgets import overview_words, readable
from desktop_app.widgets.runs_table import model_name

if TYPE_CHECKING:
    from core.analysis.importance import Importance
    from core.analysis.surrogate import Surrogate
    from core.progress import Progress
    from core.runs import Run
    from core.workspace import Workspace


def overview_parts(workspace: Workspace, run: Run, progress: Progress) -> Iterator[Part]:
    """Shares, needs and rules; nothing where they were not measured."""
    found = workflow.kept_overview(workspace, run.id, progress)
    if found is not None:
        yield from _shares(found.importance, readable.started(found.at))
        yield _needs(found.importance)
        if found.surrogate is not None:
            yield _rules(found.surrogate, found.timed)


def _shares(found: Importance, at: str) -> Iterator[Part]:
    note = QCoreApplication.translate(
        "report", "Over {0} users, by the evaluation fit, on its validation events. Measured on {1}."
    )
    yield Part(
        QCoreApplication.translate("report", "What scores are made of"),
        columns=(
            QCoreApplication.translate("report", "Component"),
            QCoreApplication.translate("report", "Share of the scores"),
        ),
        rows=tuple((model_name(each.name), readable.percent(each.share)) for each in found.components),
        figures=frozenset({1}),
        note=note.format(readable.count(found.users), at),
    )
    if found.behaviours:
        yield Part(
            columns=(
                QCoreApplication.translate("report", "Behaviour"),
                QCoreApplication.translate("report", "Share of what events gave"),
                QCoreApplication.translate("report", "Share of the events"),
            ),
            rows=tuple(
                (each.name, readable.percent(each.share), readable.percent(each.events)) for each in found.behaviours
            ),
            figures=frozenset({1, 2}),
        )


def _needs(found: Importance) -> Part:
    note = QCoreApplication.translate(
        "report", "NDCG@10 is {0} on {1} validation events; each line tells how it changes without one input."
    )
    ends = QCoreApplication.translate("report", "{0} to {1}")
    return Part(
        QCoreApplication.translate("report", "What the model needs"),
        columns=(
            QCoreApplication.translate("report", "Without"),
            QCoreApplication.translate("report", "Change of NDCG@10"),
            QCoreApplication.translate("report", "95 % interval"),
        ),
        rows=tuple(
            (
                overview_words.need(each),
                readable.signed(-each.drop, 4),
                ends.format(readable.signed(-each.high, 4), readable.signed(-each.low, 4)),
            )
            for each in found.needs
        ),
        figures=frozenset({1, 2}),
        note=note.format(readable.decimal(found.ndcg, 4), readable.count(found.asked)),
    )


def _rules(found: Surrogate, timed: bool) -> Part:
    note = QCoreApplication.translate(
        "report",
        "The first rule that fits counts. On {0} pairs of {1} other users they agree with the model in {2}; always "
        "saying the same would in {3}.",
    ).format(
        readable.count(found.pairs),
        readable.count(found.users),
        *map(readable.percent, (found.rules_fidelity, found.majority)),
    )
    return Part(
        QCoreApplication.translate("report", "In rules"),
        columns=(
            QCoreApplication.translate("report", "An item is"),
            QCoreApplication.translate("report", "The rule says"),
            QCoreApplication.translate("report", "Pairs"),
            QCoreApplication.translate("report", "Right in"),
        ),
        rows=tuple(
            (
                overview_words.conditions(rule.conditions, timed),
                overview_words.verdict(rule.listed),
                readable.percent(rule.pairs),
                readable.percent(rule.right) or "–",
            )
            for rule in found.rules
        ),
        figures=frozenset({2, 3}),
        note=note,
    )
