"""Which settings of the models an analyst may change: what each is called, its limits, in English sources."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP

CONTEXT = "ModelSettings"  # of the translations
PRIVATE = "private_"  # how the settings of a private training begin


@dataclass(frozen=True)
class Setting:
    """One of a model's settings: a number unless it says otherwise.

    Attributes:
        model: whose it is.
        name: the field of the model's settings.
        label, hint: English sources of what is shown.
        low, high: limits.
        digits: decimals, 0 for a whole number.
        step: of the arrows.
        choices: values and the English sources of their names, where it is one of a few words.
        words: whether it is a line of text.
        none: English source of what the lowest value is called, where it stands for none.
    """

    model: str
    name: str
    label: str
    hint: str
    low: float = 0
    high: float = 0
    digits: int = 0
    step: float = 1
    choices: tuple[tuple[str, str], ...] = ()
    words: bool = False
    none: str = ""


SETTINGS = (
    Setting(
        "transformer",
        "encoder",
        QT_TRANSLATE_NOOP("ModelSettings", "Kind of layers"),
        QT_TRANSLATE_NOOP("ModelSettings", "How the events of a sequence are read."),
        choices=(
            ("gru", QT_TRANSLATE_NOOP("ModelSettings", "Recurrent, one event after the other")),
            ("attention", QT_TRANSLATE_NOOP("ModelSettings", "Attention, all events at once")),
            ("mixed", QT_TRANSLATE_NOOP("ModelSettings", "Both in turn")),
        ),
    ),
    Setting(
        "transformer",
        "members",
        QT_TRANSLATE_NOOP("ModelSettings", "Networks"),
        QT_TRANSLATE_NOOP("ModelSettings", "Trained one after the other; their scores are averaged."),
        1,
        32,
    ),
    Setting(
        "transformer",
        "distil",
        QT_TRANSLATE_NOOP("ModelSettings", "Small network"),
        QT_TRANSLATE_NOOP(
            "ModelSettings",
            "Width of one small network that the others teach and that alone is kept: much smaller and faster, and "
            "nearly as accurate. For slow machines.",
        ),
        0,
        256,
        0,
        8,
        none=QT_TRANSLATE_NOOP("ModelSettings", "none"),
    ),
    Setting(
        "transformer",
        "epochs",
        QT_TRANSLATE_NOOP("ModelSettings", "Most epochs"),
        QT_TRANSLATE_NOOP(
            "ModelSettings",
            "Passes of each network over the data; fewer when validation gets no better. Where you set it and not the "
            "networks, there is one.",
        ),
        1,
        1000,
    ),
    Setting(
        "transformer",
        "patience",
        QT_TRANSLATE_NOOP("ModelSettings", "Patience"),
        QT_TRANSLATE_NOOP("ModelSettings", "Epochs without a better validation figure after which training ends."),
        1,
        100,
    ),
    Setting(
        "transformer",
        "learning_rate",
        QT_TRANSLATE_NOOP("ModelSettings", "Learning rate"),
        QT_TRANSLATE_NOOP("ModelSettings", "Size of the steps. Lower it when the loss jumps about."),
        0.00001,
        1.0,
        5,
        0.0005,
    ),
    Setting(
        "transformer",
        "width",
        QT_TRANSLATE_NOOP("ModelSettings", "Width"),
        QT_TRANSLATE_NOOP("ModelSettings", "Length of an item's vector. Wider learns more and takes longer."),
        8,
        1024,
        0,
        8,
    ),
    Setting(
        "transformer",
        "blocks",
        QT_TRANSLATE_NOOP("ModelSettings", "Layers"),
        QT_TRANSLATE_NOOP("ModelSettings", "Layers, one on top of the other."),
        1,
        12,
    ),
    Setting(
        "transformer",
        "heads",
        QT_TRANSLATE_NOOP("ModelSettings", "Heads"),
        QT_TRANSLATE_NOOP("ModelSettings", "Attention heads of an attention layer. The width is divided among them."),
        1,
        16,
    ),
    Setting(
        "transformer",
        "longest",
        QT_TRANSLATE_NOOP("ModelSettings", "Events looked at"),
        QT_TRANSLATE_NOOP("ModelSettings", "The last events of a user that the model sees."),
        2,
        2048,
        0,
        16,
    ),
    Setting(
        "transformer",
        "known_by",
        QT_TRANSLATE_NOOP("ModelSettings", "Items are known by"),
        QT_TRANSLATE_NOOP(
            "ModelSettings",
            "By their texts alone, what is learned can be carried to the items of other data; here it is less "
            "accurate.",
        ),
        choices=(
            ("both", QT_TRANSLATE_NOOP("ModelSettings", "A vector of their own and their text")),
            ("text", QT_TRANSLATE_NOOP("ModelSettings", "Their text alone")),
        ),
    ),
    Setting(
        "transformer",
        "dropout",
        QT_TRANSLATE_NOOP("ModelSettings", "Dropout"),
        QT_TRANSLATE_NOOP("ModelSettings", "Share of values dropped while training, against learning by heart."),
        0.0,
        0.9,
        2,
        0.05,
    ),
    Setting(
        "transformer",
        "batch",
        QT_TRANSLATE_NOOP("ModelSettings", "Events in a step"),
        QT_TRANSLATE_NOOP("ModelSettings", "More is faster on a GPU and takes more memory."),
        64,
        262144,
        0,
        1024,
    ),
    Setting(
        "transformer",
        "private_epsilon",
        QT_TRANSLATE_NOOP("ModelSettings", "Privacy budget ε"),
        QT_TRANSLATE_NOOP(
            "ModelSettings",
            "Trains one small network of attention so that it can tell at most this of any one user; 8 is common, 1 is "
            "strict, and ranking gets worse. None is an ordinary training, which is not private; no other model is.",
        ),
        0,
        100,
        1,
        1,
        none=QT_TRANSLATE_NOOP("ModelSettings", "none"),
    ),
    Setting(
        "transformer",
        "private_users",
        QT_TRANSLATE_NOOP("ModelSettings", "Users in a private step"),
        QT_TRANSLATE_NOOP(
            "ModelSettings", "In the mean, of a private training. More let less noise through and take longer."
        ),
        1,
        100000,
        0,
        64,
    ),
    Setting(
        "transformer",
        "private_steps",
        QT_TRANSLATE_NOOP("ModelSettings", "Private steps"),
        QT_TRANSLATE_NOOP(
            "ModelSettings",
            "Of a private training; each one spends a part of the budget. Fixed before: to stop where validation is "
            "best would tell of the users.",
        ),
        1,
        10000,
        0,
        20,
    ),
    Setting(
        "bilinear",
        "decay",
        QT_TRANSLATE_NOOP("ModelSettings", "Decay of the past"),
        QT_TRANSLATE_NOOP("ModelSettings", "What each later event leaves of an event's weight."),
        0.01,
        1.0,
        2,
        0.05,
    ),
    Setting(
        "bilinear",
        "history",
        QT_TRANSLATE_NOOP("ModelSettings", "Events looked at"),
        QT_TRANSLATE_NOOP("ModelSettings", "The last events of a user that the model sees."),
        1,
        1000,
        0,
        10,
    ),
    Setting(
        "bilinear",
        "tags",
        QT_TRANSLATE_NOOP("ModelSettings", "Tags"),
        QT_TRANSLATE_NOOP("ModelSettings", "The most frequent categories that become features; 0 for none."),
        0,
        1000,
        0,
        8,
    ),
    Setting(
        "bilinear",
        "language",
        QT_TRANSLATE_NOOP("ModelSettings", "Language axes"),
        QT_TRANSLATE_NOOP(
            "ModelSettings", "Principal components of the items' texts that become features; 0 for none."
        ),
        0,
        1024,
        0,
        16,
    ),
    Setting(
        "bilinear",
        "dimensions",
        QT_TRANSLATE_NOOP("ModelSettings", "Axes of behaviour"),
        QT_TRANSLATE_NOOP("ModelSettings", "Principal components to which a user's features are reduced; 0 keeps all."),
        0,
        1024,
        0,
        8,
    ),
    Setting(
        "bilinear",
        "negatives",
        QT_TRANSLATE_NOOP("ModelSettings", "Weight of negatives"),
        QT_TRANSLATE_NOOP("ModelSettings", "How many drawn items weigh against one event that happened."),
        1,
        10000,
        0,
        10,
    ),
    Setting(
        "bilinear",
        "epochs",
        QT_TRANSLATE_NOOP("ModelSettings", "Epochs"),
        QT_TRANSLATE_NOOP("ModelSettings", "Passes over the data."),
        1,
        1000,
    ),
    Setting(
        "bilinear",
        "learning_rate",
        QT_TRANSLATE_NOOP("ModelSettings", "Learning rate"),
        QT_TRANSLATE_NOOP("ModelSettings", "Size of the steps. Lower it when the loss jumps about."),
        0.00001,
        1.0,
        5,
        0.001,
    ),
    Setting(
        "language-regression",
        "form",
        QT_TRANSLATE_NOOP("ModelSettings", "What is asked"),
        QT_TRANSLATE_NOOP(
            "ModelSettings",
            "The next item, by its text; or, as in the article, whether something strong such as a purchase follows.",
        ),
        choices=(
            ("ranking", QT_TRANSLATE_NOOP("ModelSettings", "Which item follows")),
            ("engagement", QT_TRANSLATE_NOOP("ModelSettings", "How engaged a user is")),
        ),
    ),
    Setting(
        "language-regression",
        "encoder",
        QT_TRANSLATE_NOOP("ModelSettings", "Language model"),
        QT_TRANSLATE_NOOP(
            "ModelSettings",
            "A folder or a name of Hugging Face. Automatic is the bundled model; the article's is bert-base-uncased.",
        ),
        words=True,
    ),
    Setting(
        "language-regression",
        "template",
        QT_TRANSLATE_NOOP("ModelSettings", "Text of an event"),
        QT_TRANSLATE_NOOP("ModelSettings", "Words with {behaviour}, {title} and {category}."),
        words=True,
    ),
    Setting(
        "language-regression",
        "tokens",
        QT_TRANSLATE_NOOP("ModelSettings", "Tokens read"),
        QT_TRANSLATE_NOOP("ModelSettings", "Of a user's text; the newest events are kept."),
        4,
        512,
        0,
        16,
    ),
    Setting(
        "language-regression",
        "trained",
        QT_TRANSLATE_NOOP("ModelSettings", "What is trained"),
        QT_TRANSLATE_NOOP(
            "ModelSettings", "The head alone takes minutes; the language model takes much longer, and a GPU helps."
        ),
        choices=(
            ("head", QT_TRANSLATE_NOOP("ModelSettings", "The head alone")),
            ("last", QT_TRANSLATE_NOOP("ModelSettings", "The last layers too")),
            ("all", QT_TRANSLATE_NOOP("ModelSettings", "The whole language model")),
        ),
    ),
    Setting(
        "language-regression",
        "layers",
        QT_TRANSLATE_NOOP("ModelSettings", "Last layers"),
        QT_TRANSLATE_NOOP("ModelSettings", "How many layers of the language model are trained with the head."),
        1,
        48,
    ),
    Setting(
        "language-regression",
        "cases",
        QT_TRANSLATE_NOOP("ModelSettings", "Sequences"),
        QT_TRANSLATE_NOOP("ModelSettings", "Moments that the head learns from, at most."),
        100,
        1000000,
        0,
        1000,
    ),
    Setting(
        "language-regression",
        "epochs",
        QT_TRANSLATE_NOOP("ModelSettings", "Epochs"),
        QT_TRANSLATE_NOOP("ModelSettings", "Passes over the data."),
        1,
        1000,
    ),
    Setting(
        "language-regression",
        "negatives",
        QT_TRANSLATE_NOOP("ModelSettings", "Negatives"),
        QT_TRANSLATE_NOOP("ModelSettings", "Drawn items for each that followed."),
        1,
        100,
    ),
    Setting(
        "language-regression",
        "threshold",
        QT_TRANSLATE_NOOP("ModelSettings", "Threshold"),
        QT_TRANSLATE_NOOP("ModelSettings", "The probability from which on the answer is yes."),
        0.01,
        0.99,
        2,
        0.05,
    ),
)


def suited(model: str) -> list[str]:
    """The models whose settings a training of `model` uses: a sum uses those of its parts."""
    return ["transitions", "content", "transformer"] if model == "hybrid" else [model]
