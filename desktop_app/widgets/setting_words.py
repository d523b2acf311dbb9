"""The settings of a run, as nested names and plain values, in the words of the page that asks for them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop_app.widgets import readable
from desktop_app.widgets.model_options import CONTEXT, SETTINGS
from desktop_app.widgets.runs_table import model_name

OPTIONS = "options"  # of a training: what differs from the defaults of each model
BY_NAME = {(each.model, each.name): each for each in SETTINGS}


def setting_name(key: str) -> str:
    """What a setting ("seed", "options.transformer.blocks") is called; empty where it has no name on the screen."""
    *owners, name = key.split(".")
    if owners[:1] == [OPTIONS]:
        owners = owners[1:]
    if not owners:
        return _of_training().get(name, "")
    if owners == ["reading"]:
        return _of_reading().get(name, "")
    setting = BY_NAME.get((owners[-1], name))
    if setting is None:
        return ""
    label = QCoreApplication.translate(CONTEXT, setting.label)
    return QCoreApplication.translate("setting", "{0}: {1}").format(model_name(setting.model), label)


def setting_hint(key: str) -> str:
    """What an option of a model does; empty for others."""
    setting = BY_NAME.get(_owner_and_name(key))
    return "" if setting is None else QCoreApplication.translate(CONTEXT, setting.hint)


def setting_value(key: str, text: str) -> str:
    """A value, given as text or JSON, as the page says it."""
    setting = BY_NAME.get(_owner_and_name(key))
    choices = dict(_choices().get(key, {}))
    if setting is not None:
        choices |= {value: QCoreApplication.translate(CONTEXT, name) for value, name in setting.choices}
    if text in choices:
        return choices[text]
    if setting is not None and setting.none and text in (str(setting.low), str(float(setting.low))):
        return QCoreApplication.translate(CONTEXT, setting.none)
    if key == "cut" and text.lstrip("-").isdecimal():
        return readable.moment(int(text))
    if key == "fold" and text.isdecimal():  # which people count from 1
        return readable.count(int(text) + 1)
    plain = {
        "true": QCoreApplication.translate("setting", "yes"),
        "false": QCoreApplication.translate("setting", "no"),
        "null": QCoreApplication.translate("setting", "automatic"),
    }
    return plain.get(text, text)


def _owner_and_name(key: str) -> tuple[str, str]:
    owner, _, name = key.rpartition(".")
    return owner.rpartition(".")[2], name


def _of_training() -> dict[str, str]:
    return {
        "cut": QCoreApplication.translate("TrainingForm", "Test after (UTC)"),
        "last": QCoreApplication.translate("TrainingForm", "Events of each user"),
        "folds": QCoreApplication.translate("TrainingForm", "Parts of the users"),
        "fold": QCoreApplication.translate("TrainingForm", "Part to test"),
        "seed": QCoreApplication.translate("TrainingForm", "Seed"),
        "device": QCoreApplication.translate("TrainingForm", "Device"),
        "k": QCoreApplication.translate("TrainingForm", "List length"),
        "hide_seen": QCoreApplication.translate("TrainingForm", "Items already seen"),
        "budget": QCoreApplication.translate("TrainingForm", "Time"),
        "start_from": QCoreApplication.translate("TrainingForm", "Start from"),
        "zero_shot": QCoreApplication.translate("StartFrom", "Use it as it is, trained on nothing here"),
        "language_model": QCoreApplication.translate("setting", "Language model"),
        "leave_core": QCoreApplication.translate("setting", "One processor core left to the window"),
    }


def _of_reading() -> dict[str, str]:
    return {
        "model": QCoreApplication.translate("setting", "Language model"),
        "pooling": QCoreApplication.translate("ReadingForm", "A text's vector"),
        "prefix": QCoreApplication.translate("ReadingForm", "Before an item's text"),
        "query": QCoreApplication.translate("ReadingForm", "Before what is asked"),
        "tokens": QCoreApplication.translate("ReadingForm", "Tokens of a text"),
        "bits": QCoreApplication.translate("ReadingForm", "Weights"),
        "items": QCoreApplication.translate("ReadingForm", "Text of an item"),
        "sequence": QCoreApplication.translate("ReadingForm", "Text of an event"),
    }


def _choices() -> dict[str, dict[str, str]]:
    """Names of values that are words."""
    return {
        "device": {"auto": QCoreApplication.translate("TrainingForm", "Automatic")},
        "budget": {
            "quick": QCoreApplication.translate("TrainingForm", "Quick, about a minute"),
            "standard": QCoreApplication.translate("TrainingForm", "Standard, about 12 minutes"),
            "thorough": QCoreApplication.translate("TrainingForm", "Thorough, about an hour"),
        },
        "hide_seen": {
            "null": QCoreApplication.translate("TrainingForm", "As the data suggest"),
            "true": QCoreApplication.translate("TrainingForm", "Leave them out"),
            "false": QCoreApplication.translate("TrainingForm", "They may come again"),
        },
        "reading.pooling": {
            "mean": QCoreApplication.translate("ReadingForm", "the mean of its tokens"),
            "cls": QCoreApplication.translate("ReadingForm", "its first token, [CLS]"),
            "last": QCoreApplication.translate("ReadingForm", "its last token"),
        },
        "reading.bits": {
            "32": QCoreApplication.translate("ReadingForm", "32 bits, as they are"),
            "8": QCoreApplication.translate("ReadingForm", "8 bits: a quarter of the memory"),
            "4": QCoreApplication.translate("ReadingForm", "4 bits: an eighth of the memory"),
        },
    }
