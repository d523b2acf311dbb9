"""What a page of lists says in a report beside its picture: what made the list, and why the chosen item is in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QWidget

from core.evaluation.sheet import Part
from core.recommend.policy import ANYTHING, Policy
from desktop_app.widgets import readable
from desktop_app.widgets.breakdown_panel import BreakdownPanel
from desktop_app.widgets.dialogue_panel import DialoguePanel
from desktop_app.widgets.dialogue_words import words
from desktop_app.widgets.list_choices import ListChoices
from desktop_app.widgets.policy_panel import PolicyPanel

MOST_IDS = 20  # of a rule about single items; the others are counted
Kind = TypeVar("Kind", bound=QWidget)


def made_by(page: QWidget) -> Iterator[Part]:
    """Length, filters, fit, policy and what was asked in words, of the list that is in view on a page."""
    choices = _in_view(page, ListChoices)
    if choices is None:
        return
    translate = QCoreApplication.translate
    hidden = translate("report", "left out") if choices.hide_seen.isChecked() else translate("report", "listed too")
    rows = [
        (translate("report", "Length of the list"), readable.count(choices.k.value())),
        (translate("report", "Category"), choices.category.currentText()),
        (translate("report", "Fit"), choices.fit.currentText()),
        (translate("report", "What the user already has"), hidden),
    ]
    panel = _in_view(page, PolicyPanel)
    policy = Policy() if panel is None else panel.policy
    rows += [(translate("report", "Policy"), translate("report", "none"))] if policy.plain else policy_rows(policy)
    talk = _in_view(page, DialoguePanel)
    asked = [] if talk is None else [words(part) for part in talk.conversation.parts]
    rows += [(translate("report", "Asked in words"), text) for text in asked]
    maker = page.findChild(QLabel, "maker")
    note = maker.text() if maker is not None and maker.isVisibleTo(page) else ""
    yield Part(translate("report", "What the list is made by"), rows=tuple(rows), note=note)


def policy_rows(policy: Policy) -> list[tuple[str, str]]:
    """What a policy asks for, each thing with its value; what it leaves as it is has no row."""
    translate = QCoreApplication.translate
    names = {
        "target": translate("report", "Policy: target"),
        "diversity": translate("report", "Policy: diversity"),
        "novelty": translate("report", "Policy: novelty"),
        "popularity": translate("report", "Policy: popularity"),
        "tastes": translate("report", "Policy: mix of tastes"),
        "excluded": translate("report", "Policy: categories left out"),
        "cheapest": translate("report", "Policy: lowest price"),
        "dearest": translate("report", "Policy: highest price"),
        "stock": translate("report", "Policy: in stock"),
        "most": translate("report", "Policy: most of a category"),
        "pinned": translate("report", "Policy: pinned"),
        "banned": translate("report", "Policy: banned"),
    }
    plain, found = Policy(), []
    for entry in fields(policy):
        value = getattr(policy, entry.name)
        if value != getattr(plain, entry.name):
            found.append((names[entry.name], _policy_value(entry.name, value)))
    return found


def _policy_value(name: str, value: object) -> str:
    if value == ANYTHING:
        return QCoreApplication.translate("report", "anything next, with its chance")
    if isinstance(value, tuple):
        if name != "stock" and len(value) <= MOST_IDS:
            return ", ".join(value)
        return QCoreApplication.translate("report", "{0} items").format(readable.count(len(value)))
    if isinstance(value, float):
        return readable.signed(value, 2) if name == "popularity" else readable.decimal(value, 2)
    return str(value)


def why(page: QWidget) -> Iterator[Part]:
    """Why the chosen item has its score: the sentence, the components, and the evidence beside the score."""
    panel = _in_view(page, BreakdownPanel)
    if panel is None or not panel.shown:
        return
    heading = QCoreApplication.translate("report", "Why “{0}”").format(panel.title.text())
    figures = tuple(panel.components.figures.items())
    yield Part(heading, rows=figures, figures=frozenset({1}), note=panel.sentence.text())
    for part in panel.why.parts:
        if part.rows:
            yield part


def _in_view(page: QWidget, kind: type[Kind]) -> Kind | None:
    return next((each for each in page.findChildren(kind) if each.isVisibleTo(page)), None)
