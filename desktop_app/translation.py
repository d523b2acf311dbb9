"""The language of the screen, and how templates of `core` come into it."""

from __future__ import annotations

import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from core.errors import SeqlensError, lost_contact

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "translations"
LANGUAGES = {"en": "English", "zh_CN": "简体中文"}

_installed: list[QTranslator] = []


class _Figures(string.Formatter):
    """Sets the thousands of whole numbers apart, as everywhere on the screen."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, int) and not isinstance(value, bool) and not format_spec:
            return QLocale().toString(value)
        return str(super().format_field(value, format_spec))


_figures = _Figures()


def choose(language: str) -> str:
    """Speak "en", "zh_CN" or what the "system" speaks from now on; windows built before keep their words.

    Returns:
        The language spoken.
    """
    application = QCoreApplication.instance()
    assert application is not None
    while _installed:
        application.removeTranslator(_installed.pop())
    spoken = _system() if language == "system" else language
    QLocale.setDefault(QLocale(spoken))
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    # The English file holds the plurals alone.
    for name, folder in ((f"qtbase_{spoken}", qt), (f"seqlens_{spoken}", str(FOLDER))):
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)
            _installed.append(translator)
    return spoken


def translate_core(template: str, values: Mapping[str, object] | None = None) -> str:
    """A template of `core` in the language of the screen, filled in."""
    text = QCoreApplication.translate("core", template)
    return _figures.vformat(text, (), values) if values else text


def error_text(error: Exception) -> str:
    """What to tell the analyst about an exception."""
    told = error if isinstance(error, SeqlensError) else lost_contact(error)
    if told is not None:
        return translate_core(told.template, told.values)
    return f"{type(error).__name__}: {error}"


def _system() -> str:
    return "zh_CN" if QLocale.system().language() == QLocale.Language.Chinese else "en"
