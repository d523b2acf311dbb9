"""The recommenders there are, and how one is made from its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.models.base import Recommender, Settings, Tensors, Validated
from core.models.beside import NOTHING, Beside
from core.models.stored import plausible

if TYPE_CHECKING:
    from core.models.hybrid import Hybrid
    from core.models.transfer import Begin

MODELS: dict[str, str] = {
    "popularity": "Ranks what most users choose now; the yardstick that every other model has to beat, "
    "and the one for users who have no past.",
    "trend": "Ranks what comes late in sequences rather than early, the same for all users; for seeing what is on the "
    "rise, and as a part of the hybrid.",
    "eras": "Ranks items of the time that tends to follow the time of the last one, by first events or, without times, "
    "by the order of ids; as a part of the hybrid.",
    "transitions": "Ranks what others chose near the same items; fitted in seconds and hard to beat "
    "where much is known of each item.",
    "ease": "Weighs which items of a past foretell each item, all at once; strong where a few thousand items "
    "have many events each, and too large a sum for big catalogues.",
    "repeats": "Ranks what a user had before, by how lately and how often; for news, groceries and music, "
    "where people come back, and useless where seen items are hidden.",
    "words": "Ranks what shares rare words with the titles of a user's past: a brand, a kind, a series; fitted in a "
    "moment, and each match can be read off the titles.",
    "content": "Ranks what reads like the items of a user's past; for new items that nobody has chosen yet, "
    "and useless without titles.",
    "transformer": "Learns from the order of whole sequences, by recurrent layers or by a transformer's attention; the "
    "most accurate single model where there are thousands of sequences, and it takes minutes to train.",
    "hybrid": "Adds up counts, texts and the sequence model with weights fitted on held-out events; the most accurate "
    "in general, and each score can be read in its parts.",
    "bilinear": "Learns which features of items suit which features of a past, in one matrix that can be read; "
    "for understanding more than for accuracy, and useless without categories or texts.",
    "language-regression": "Reads a whole sequence as text with a language model and judges items by their titles; "
    "the article's second model, slow and seldom the most accurate, for texts that say much.",
}
# Classes of the models and of their settings, those included that a hybrid has where a file tells of the items.
CLASSES: dict[str, tuple[str, str]] = {
    "popularity": ("popularity.Popularity", "popularity.PopularitySettings"),
    "trend": ("trend.Trend", "trend.TrendSettings"),
    "eras": ("eras.Eras", "eras.ErasSettings"),
    "transitions": ("transitions.Transitions", "transitions.TransitionsSettings"),
    "ease": ("ease.Ease", "ease.EaseSettings"),
    "repeats": ("repeats.Repeats", "repeats.RepeatsSettings"),
    "words": ("words.Words", "words.WordsSettings"),
    "content": ("content.Content", "content.ContentSettings"),
    "transformer": ("ensemble.TransformerEnsemble", "network.TransformerSettings"),
    "hybrid": ("hybrid.Hybrid", "hybrid.HybridSettings"),
    "bilinear": ("bilinear.Bilinear", "bilinear.BilinearSettings"),
    "language-regression": ("regression.LanguageRegression", "regression.RegressionSettings"),
    "vectors": ("outside.OutsideVectors", "content.ContentSettings"),
    "pictures": ("outside.Pictures", "content.ContentSettings"),
    "relations": ("relations.Relations", "relations.RelationsSettings"),
}
WITH_VECTORS = ("content", "transformer", "bilinear", "language-regression", "hybrid")

# What a hybrid adds up unless told.
IN_HYBRID = ("popularity", "trend", "eras", "transitions", "repeats", "words", "content", "transformer")
OF_TEXTS = ("words", "content")  # parts of it that need items with texts

Options = Mapping[str, Mapping[str, object]]


def uses_vectors(name: str) -> bool:
    """Whether the model reads language vectors of the items' texts."""
    return name in WITH_VECTORS


def create(
    name: str,
    vectors: NDArray[np.float32] | None = None,
    seed: int = 0,
    device: str = "auto",
    options: Options | None = None,
    texts: NDArray[np.float32] | None = None,
    beside: Beside = NOTHING,
    begins: tuple[Begin, ...] = (),
) -> Recommender:
    """A recommender that is not fitted yet.

    Args:
        vectors: float32 [items, d], language vectors of the items; None, or d = 0, where no item has a text.
        seed: of every random choice.
        device: for the models that torch computes.
        options: settings that differ from the defaults, by the name of the model and of the setting. Those of
            "hybrid" are the sum's own and may name its "components".
        texts: float32 [texts, d], language vectors of what events say that have a text in the place of an item.
        beside: what else is known of the items; a hybrid has a component for each kind, unless told its components.
        begins: where sequence networks begin that were trained on other data.

    Raises:
        SeqlensError: there is no such model or setting, or a setting has a value that it cannot have.
    """
    if vectors is not None and not vectors.any():
        vectors = None
    given = dict((options or {}).get(name, {}))
    if name == "hybrid":
        return _hybrid(vectors, seed, device, options or {}, texts, beside, begins)
    if name == "transformer":
        return _networks(vectors, {"seed": seed, **given}, device, texts, begins)
    kind, settings = _classes(name)
    if any(entry.name == "seed" for entry in fields(settings)):
        given = {"seed": seed, **given}
    known: dict[str, tuple[object, ...]] = {
        "content": (vectors, texts),
        "bilinear": (vectors,),
        "language-regression": (vectors, device),
        "vectors": (beside.vectors,),
        "pictures": (beside.pictures,),
        "relations": (beside.relations,),
    }
    return cast(Recommender, kind(_settings(settings, name, given), *known.get(name, ())))


def rebuild(name: str, tensors: Tensors, settings: Settings) -> Recommender:
    """The fitted recommender whose `state` this is.

    Raises:
        SeqlensError: there is no such model, or the state is damaged or of a newer program.
    """
    if plausible(tensors, settings):
        try:
            return cast(Recommender, _classes(name)[0].from_state(tensors, settings))
        except (KeyError, ValueError, TypeError, IndexError, AttributeError, RuntimeError) as error:
            raise _unreadable() from error
    raise _unreadable()


def _unreadable() -> SeqlensError:
    return SeqlensError("This model is damaged or of a newer Seqlens, and cannot be read. Train it again.")


def again(model: Recommender) -> Recommender:
    """A model of the same settings and choices as `model`, to be fitted on other events."""
    settings: Any = getattr(model, "settings", None)
    if getattr(settings, "private_epsilon", 0):
        from core.models.private import PrivateTransformer

        return cast(Recommender, PrivateTransformer.like(cast(Any, model)))
    if isinstance(model, Validated):
        return model.unfitted()
    kind: Any = type(model)
    read = [array for name in ("vectors", "texts") if (array := getattr(model, name, None)) is not None]
    return cast(Recommender, kind(settings, *read))


def _hybrid(
    vectors: NDArray[np.float32] | None,
    seed: int,
    device: str,
    options: Options,
    texts: NDArray[np.float32] | None,
    beside: Beside,
    begins: tuple[Begin, ...],
) -> Hybrid:
    from core.models.hybrid import Hybrid, HybridSettings

    given = dict(options.get("hybrid", {}))
    names = list(cast("list[str]", given.pop("components", (*IN_HYBRID, *beside.names))))
    if vectors is None:
        names = [name for name in names if name not in OF_TEXTS]
    settings = _settings(HybridSettings, "hybrid", {"seed": seed, **given})
    if options.get("transformer", {}).get("private_epsilon"):
        raise SeqlensError("A hybrid counts events, which is not private. Train the sequence model alone.")
    given_all = vectors, seed, device, options, texts, beside, begins
    parts = [create(name, *given_all) for name in names if name != "hybrid"]
    return Hybrid(parts, settings)


def _networks(
    vectors: NDArray[np.float32] | None,
    given: Mapping[str, object],
    device: str,
    texts: NDArray[np.float32] | None,
    begins: tuple[Begin, ...],
) -> Recommender:
    from core.models.ensemble import TransformerEnsemble
    from core.models.network import TransformerSettings

    chosen = _settings(TransformerSettings, "transformer", given)
    if not chosen.private_epsilon:
        return TransformerEnsemble(chosen, vectors, device, texts, begins)
    from core.models.private import PrivateTransformer

    if begins:
        raise SeqlensError("A private training starts from nothing: what others taught is not accounted.")
    return cast(Recommender, PrivateTransformer(chosen, vectors, device))


def _classes(name: str) -> tuple[Any, Any]:
    """The classes of a model and of its settings; only what is asked for is imported.

    Raises:
        SeqlensError: there is no such model.
    """
    if name not in CLASSES:
        raise SeqlensError("There is no model {model}. Choose one of: {names}.", model=name, names=", ".join(MODELS))
    kind, settings = (path.split(".") for path in CLASSES[name])
    return _found(*kind), _found(*settings)


def _found(module: str, name: str) -> Any:
    return getattr(import_module(f"core.models.{module}"), name)


def _settings(kind: Any, model: str, given: Mapping[str, object]) -> Any:
    known = {entry.name for entry in fields(kind)}
    for setting in given:
        if setting not in known:
            raise SeqlensError(
                "The model {model} has no setting {setting}. It has: {names}.",
                model=model,
                setting=setting,
                names=", ".join(sorted(known)),
            )
    try:
        return replace(kind(), **given)
    except (TypeError, ValueError) as error:
        raise SeqlensError("A setting of {model} cannot be used: {why}", model=model, why=error) from error
