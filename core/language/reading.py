"""How a language model is to read: which one, what stands around each text, and what becomes of its token vectors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from hashlib import blake2b
from typing import TYPE_CHECKING, Self, cast

from core.errors import SeqlensError
from core.language.rendering import TEMPLATE, check_template
from core.language.wording import check_wording, worded

if TYPE_CHECKING:
    from core.sequences.log import Catalogue

# The bundled model was trained on at most 256 tokens; what stands further back in a description says little.
MAX_TOKENS = 256
LEAST_TOKENS = 8
POOLINGS = ("mean", "cls", "last")
BITS = (32, 8, 4)


@dataclass(frozen=True)
class Reading:
    """A language model with the settings that its vectors depend on.

    Attributes:
        model: folder or name of the Hugging Face hub; empty for the bundled one.
        pooling: what stands for a text: the "mean" of its token vectors, that of the first token ("cls"), or of the
            "last" one, which alone has seen the whole text where a model reads from left to right.
        prefix: words before each text of an item, such as "passage: ".
        query: words before what is asked and before a user's sequence, such as "query: ".
        tokens: of a text that are read, special ones included.
        bits: of a weight of the linear layers: 32, 8 or 4.
        items: template of an item's text (`core.language.wording`); empty for title, category and description.
        sequence: template of an event in a sequence's text (`core.language.rendering`).
    """

    model: str = ""
    pooling: str = "mean"
    prefix: str = ""
    query: str = ""
    tokens: int = MAX_TOKENS
    bits: int = 32
    items: str = ""
    sequence: str = TEMPLATE

    def __post_init__(self) -> None:
        if self.pooling not in POOLINGS or self.bits not in BITS:
            raise SeqlensError("A text's vector is the mean, cls or last of its tokens, by weights of 32, 8 or 4 bits.")
        if self.tokens < LEAST_TOKENS:
            raise SeqlensError("A language model must be given at least {least} tokens of a text.", least=LEAST_TOKENS)
        if self.items:
            check_wording(self.items)
        check_template(self.sequence)

    @classmethod
    def of(cls, settings: Mapping[str, object]) -> Self:
        """What a run was trained with; an older one has the name of a language model alone."""
        own = settings.get("reading")
        if isinstance(own, Mapping):
            return cls.from_dict(own)
        return cls(model=str(settings.get("language_model", "")))

    @classmethod
    def from_dict(cls, body: Mapping[str, object]) -> Self:
        """The inverse of `to_dict`; what it does not know is left out.

        Raises:
            SeqlensError: a value is none that it can have.
        """
        known = {entry.name: type(entry.default) for entry in fields(cls)}
        values = {name: value for name, value in body.items() if name in known}
        if any(not isinstance(value, known[name]) or isinstance(value, bool) for name, value in values.items()):
            raise SeqlensError("The choice of the language model cannot be read. Choose it again.")
        return cls(**cast("dict[str, str]", values))  # type: ignore[arg-type]

    def to_dict(self) -> dict[str, object]:
        """Ready for JSON."""
        return asdict(self)

    @property
    def mark(self) -> str:
        """What tells its vectors from those that the model gives by itself; empty where they are the same."""
        plain = Reading()
        own = {name: getattr(self, name) for name in ("pooling", "prefix", "tokens", "bits")}
        differs = {name: value for name, value in own.items() if value != getattr(plain, name)}
        if not differs:
            return ""
        return "+" + blake2b(json.dumps(differs, sort_keys=True).encode(), digest_size=6).hexdigest()

    def texts(self, catalogue: Catalogue) -> list[str]:
        """One text an item as this model reads it, without the prefix; empty where nothing is known of an item."""
        return worded(catalogue, self.items) if self.items else catalogue.texts


Model = str | Reading


def reading(model: Model) -> Reading:
    """A model that is given by its name alone reads plainly."""
    return model if isinstance(model, Reading) else Reading(model=model)
