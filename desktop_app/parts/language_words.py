"""What the page of language models says of the open data: what reads them, and whether it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from core.language.scripts import CHINESE
from core.language.vectors import READABLE
from desktop_app.translation import error_text
from desktop_app.widgets import readable

if TYPE_CHECKING:
    from desktop_app.parts.language_work import Facts


def told(facts: Facts, name: str) -> str:
    """One or two sentences; `name` is that of the chosen model."""
    choice = facts.choice
    if choice is None:
        return QCoreApplication.translate(
            "LanguagePage", "Open data to choose what reads them, and to try models on them."
        )
    if choice.model in facts.missing:
        return error_text(facts.missing[choice.model])
    if not facts.texts:
        return QCoreApplication.translate(
            "LanguagePage", "No item of the open data has a text, so no language model is needed."
        )
    reads = QCoreApplication.translate("LanguagePage", "The next training reads with {0}.").format(name)
    return f"{reads} {_of_script(facts, name, (facts.reads or {}).get(choice.model, 1.0))}".strip()


def _of_script(facts: Facts, name: str, known: float) -> str:
    chinese = facts.chinese >= CHINESE
    if known >= READABLE:
        text = QCoreApplication.translate("LanguagePage", "These texts are Chinese, and it knows the characters.")
        return text if chinese else ""
    text = (
        QCoreApplication.translate(
            "LanguagePage",
            "These texts are Chinese, and {0} cannot read them: it knows {1} of their tokens, the others are "
            "[UNK]. Character n-grams stand in for it. Add a model that reads Chinese.",
        )
        if chinese
        else QCoreApplication.translate(
            "LanguagePage",
            "{0} cannot read these texts: it knows {1} of their tokens, the others are [UNK]. Character "
            "n-grams stand in for it.",
        )
    )
    return text.format(name, readable.percent(known))
