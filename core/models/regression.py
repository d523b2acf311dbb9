"""The article's regression by a language model: the sequence as text through a transformer, a linear head, a sigmoid.

A history is rendered as text ("viewed Red lamp; bought Teapot"), encoded and pooled to u. In the ranking form the head
reads [u∘v, |u−v|] with the vector v of an item's text, so that a user is encoded once for the whole catalogue; y is 1
for the item that followed and 0 for items drawn from the catalogue. In the article's form the head reads u alone; y
says whether a strong event followed (`core.models.regression_fit.strong_events`).

What `score` gives, and what is taken apart, is the logit, the sum before the sigmoid: there parts add up exactly, and
as the sigmoid is monotone, the ranking is the same. `probabilities` and decisions are after it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, ClassVar, cast

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.evaluation.decisions import decisions
from core.language.rendering import TEMPLATE, Renderer, check_template, item_names
from core.models.attribution import Shares, shapley
from core.models.base import Breakdown, Scored, Settings, Tensors
from core.models.popularity import log_share
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog

if TYPE_CHECKING:
    from core.language.encoder import TextEncoder
    from core.models.regression_fit import Questions

Floats = NDArray[np.float32]

FORMS = ("ranking", "engagement")
TRAINED = ("head", "last", "all")
HEAD = ("product", "difference", "bias")
PREFIX = "encoder/"
JUDGED = 0.1  # share of the questions that are held back to judge decisions by
TIE = 1e-6  # of popularity, by which items stand in some order where the head reads u alone
TOGETHER = 64  # versions of a history that are read between two looks whether the work is to stop
GATHERED = 1 << 24  # floats of [u∘v, |u−v|] that are held at once


@dataclass(frozen=True)
class RegressionSettings:
    """Settings of language-model regression.

    Attributes:
        seed: of the moments that are asked about, the negatives and dropout.
        form: "ranking" (the head reads u and v) or "engagement" (it reads u alone).
        encoder: folder or Hugging Face name of the language model; empty for the bundled one.
        pooling, query: how it makes one vector, and the words before a sequence (`core.language.reading.Reading`).
        template: the text of an event, with {behaviour}, {title} and {category}.
        tokens: of a history's text, at most; the newest events are kept.
        trained: "head" alone, the "last" `layers` of the encoder too, or "all" of it.
        layers: for "last".
        cases: moments that the head learns from, at most; a tenth of them is held back to judge decisions.
        epochs: passes of the head over them.
        learning_rate: of the head.
        negatives: drawn items for each that followed.
        encoder_cases, encoder_epochs, encoder_rate: the same for the encoder, where it is trained.
        threshold: from which probability on the answer is yes.
    """

    seed: int = 0
    form: str = "ranking"
    encoder: str = ""
    pooling: str = "mean"
    query: str = ""
    template: str = TEMPLATE
    tokens: int = 48
    trained: str = "head"
    layers: int = 1
    cases: int = 4_000
    epochs: int = 30
    learning_rate: float = 0.003
    negatives: int = 1
    encoder_cases: int = 1_000
    encoder_epochs: int = 1
    encoder_rate: float = 2e-5
    threshold: float = 0.5

    def __post_init__(self) -> None:
        check_template(self.template)
        if self.form not in FORMS or self.trained not in TRAINED:
            raise SeqlensError("The form is ranking or engagement; what is trained is head, last or all.")
        counts = (self.tokens - 3, self.layers, self.cases, self.epochs, self.negatives)
        if min(*counts, self.encoder_cases, self.encoder_epochs) < 1 or min(self.learning_rate, self.encoder_rate) <= 0:
            raise SeqlensError("The numbers of a regression are at least 1 (tokens 4), and its rates above 0.")
        if not 0 < self.threshold < 1:
            raise SeqlensError("The threshold of a decision lies between 0 and 1.")


class LanguageRegression:
    """A `core.models.base.Recommender`.

    Attributes:
        settings: as asked.
        vectors: float32 [items, d], language vectors of the items by the same encoder.
        curve: figures of each epoch of the last fit, the head's and then the encoder's.
        at_once: how many histories `score` is best given.
        decisions: accuracy, precision, recall and F1 at the threshold on moments that were held back from the fit.
    """

    name: ClassVar[str] = "language-regression"
    at_once: ClassVar[int] = 64  # users who are scored between two looks at whether to stop: each is read anew

    def __init__(
        self, settings: RegressionSettings | None = None, vectors: Floats | None = None, device: str = "auto"
    ) -> None:
        self.settings = settings or RegressionSettings()
        # As they are stored: what is fitted and what is read again must score alike.
        self.vectors = None if vectors is None else vectors.astype(np.float16).astype(np.float32)
        self.curve: list[dict[str, float]] = []
        self.decisions: dict[str, float] = {}
        self._device = device
        self._encoder: TextEncoder | None = None
        self._identifier = ""  # of the encoder that it was fitted with
        self._tuned: Tensors = {}  # parameters of the encoder that are its own
        self._renderer: Renderer | None = None
        self._behaviours: tuple[str, ...] = ()
        self._titles: list[str] = []
        self._categories: list[str] = []
        self._popularity = np.zeros(0, dtype=np.float32)
        self._scaled: list[tuple[np.float32, NDArray[np.int64], Floats]] = []
        self._head: tuple[Floats, Floats, Floats] | None = None  # weights of u∘v (or u), of |u−v|, bias

    def fit(self, log: EventLog, catalogue: Catalogue, progress: Progress) -> None:
        """Learn the head from moments of the log, and then the encoder where the settings say so.

        Raises:
            SeqlensError: items have no text, the encoder cannot read it, or there is nothing to foretell.
        """
        from core.models.regression_fit import Head, Steps, fine_tune, fit_head, questions, read, strong_events

        settings = self.settings
        progress.step(0, 1, "Loading the language model")
        self._titles, self._categories = item_names(catalogue)
        self._behaviours = tuple(behaviour.name for behaviour in log.behaviours)
        strong = None if self._ranking else strong_events(log)
        self._tuned, self._encoder, self._renderer, self._identifier = {}, None, None, ""
        encoder, renderer = self._opened()
        self._identifier = encoder.identifier
        items = self._item_vectors() if self._ranking else np.zeros((1, encoder.dimensions), dtype=np.float32)
        self._popularity = log_share(np.bincount(log.item[log.positive], minlength=log.items).astype(np.float64))
        asked = questions(log, strong, settings.tokens, settings.cases, settings.seed)
        if len(asked.item) < 2:
            raise SeqlensError("No user has two events, so there is nothing to learn from. Import more events.")
        held = max(1, round(JUDGED * len(asked.item)))
        learned, judged = (asked.select(rows) for rows in np.split(np.arange(len(asked.item)), [-held]))
        tuned = settings.trained != "head"
        share = 0.3 if tuned else 0.9
        vectors = read(encoder, renderer.render(learned.histories), progress.part(0.02, share * 0.9))
        head = Head(encoder.dimensions, self._ranking)
        steps = Steps(settings.seed, settings.epochs, 512, settings.negatives, settings.learning_rate)
        self.curve = fit_head(head, vectors, learned, items, steps, progress.part(share * 0.9, share))
        if tuned:
            fewer = learned.select(np.arange(min(len(learned.item), settings.encoder_cases)))
            layers = settings.layers if settings.trained == "last" else 0
            steps = Steps(settings.seed, settings.encoder_epochs, 32, settings.negatives, settings.encoder_rate)
            part = progress.part(share, 0.9)
            later = fine_tune(head, encoder, renderer, fewer, items, layers, steps, part)
            self.curve += [{**figures, "epoch": figures["epoch"] + settings.epochs} for figures in later]
            self._tuned = {
                name: value.detach().cpu().numpy().copy()
                for name, value in encoder.network.named_parameters()
                if value.requires_grad
            }
        self._head, self._scaled = head.weights(), []
        self._judge(judged, progress.part(0.9, 1.0))

    def score(self, histories: EventLog) -> Floats:
        """Logits of every item for each history, float32 [users, items]."""
        return self._scores(self._read(histories))

    def scored(self, histories: EventLog) -> Scored:
        """As `core.models.base.Recommender` says: each history is read once."""
        u = self._read(histories)
        return Scored(self._scores(u), lambda items: self._parts(u, items))

    def _scores(self, u: Floats) -> Floats:
        weights, difference, bias = self._fitted()
        if not self._ranking:
            return cast("Floats", (u @ weights + bias)[:, None] + np.float32(TIE) * self._popularity)
        items = self._item_vectors()
        scores = (u * weights) @ items.T + bias
        for sign, some, scaled in self._scaled_items(difference):
            scores += sign * _distances(u[:, some] * np.abs(difference[some]), scaled)
        return cast("Floats", scores)

    def parts(
        self, histories: EventLog, items: NDArray[np.int32]
    ) -> tuple[tuple[str, ...], Floats, NDArray[np.float32]]:
        """As `core.models.base.Recommender` says, of logits; the base is what the head adds whatever it reads."""
        return self._parts(self._read(histories), items)

    def components(
        self, history: EventLog, items: NDArray[np.int32]
    ) -> tuple[tuple[str, ...], Floats, NDArray[np.float32]]:
        """`parts` of `items` (int32 [m]) for one user."""
        names, base, shares = self.parts(history, items[None])
        return names, base[0], shares[0]

    def probabilities(self, histories: EventLog, items: NDArray[np.int32]) -> Floats:
        """σ of the logits of `items` (int32 [users, m]), float32 [users, m]."""
        _, base, shares = self.parts(histories, items)
        return np.asarray(1.0 / (1.0 + np.exp(-(base + shares.sum(2)))), dtype=np.float32)

    def explain(self, history: EventLog, items: NDArray[np.int32]) -> Breakdown:
        """Take apart the logits of `items` for a log of exactly one user; a masked event is left out of the text."""
        return next(self.refine(history, items, lambda: None))

    def refine(self, history: EventLog, items: NDArray[np.int32], check: Callable[[], None]) -> Iterator[Breakdown]:
        """As `core.models.base.Recommender` says, once: to read thousands more texts would take minutes."""
        names, base, shares = self.components(history, items)
        events = self.event_shares(history, items, check)
        yield Breakdown(
            items=items,
            scores=base + shares.sum(1),
            components=names,
            component_base=base,
            component_shares=shares,
            event_base=events.base.astype(np.float32),
            event_shares=events.shares.astype(np.float32),
            event_errors=events.errors.astype(np.float32),
            masked=events.masked,
        )

    def event_shares(
        self, history: EventLog, items: NDArray[np.int32], check: Callable[[], None] = lambda: None
    ) -> Shares:
        """Shapley values of the events that have room in the text; the others have no share."""
        shown = np.flatnonzero(self._opened()[1].shown(history))

        def value(some: NDArray[np.bool_]) -> Floats:
            pieces = [block(some[start : start + TOGETHER]) for start in range(0, len(some), TOGETHER)]
            return np.concatenate(pieces)

        def block(some: NDArray[np.bool_]) -> Floats:
            check()
            seen = np.zeros((len(some), history.events), dtype=np.bool_)
            seen[:, shown] = some
            texts = history.select(np.zeros(len(some), dtype=np.int64)).take(seen.ravel())
            _, base, shares = self._parts(self._read(texts), np.tile(items, (len(some), 1)))
            return np.asarray(base + shares.sum(2), dtype=np.float32)

        found = shapley(value, len(shown))
        shares, errors = np.zeros((2, len(items), history.events))
        shares[:, shown], errors[:, shown] = found.shares, found.errors
        return Shares(found.base, shares, errors, lambda seen: found.masked(seen[:, shown]))

    def state(self) -> tuple[Tensors, Settings]:
        """The head, what it reads of items, and those parameters of the encoder that are the model's own."""
        product, difference, bias = self._fitted()
        words = json.dumps([self._titles, self._categories], ensure_ascii=False).encode("utf-8", "surrogatepass")
        tensors: Tensors = {
            "product": product,
            "difference": difference,
            "bias": bias,
            "popularity": self._popularity,
            "words": np.frombuffer(words, dtype=np.uint8),
        }
        if self._ranking:
            tensors["items"] = self._item_vectors().astype(np.float16)
        tensors |= {PREFIX + name: value for name, value in self._tuned.items()}
        return tensors, {
            "settings": asdict(self.settings),
            "behaviours": list(self._behaviours),
            "identifier": self._identifier,
            "curve": self.curve,
            "decisions": self.decisions,
        }

    @classmethod
    def from_state(cls, tensors: Tensors, settings: Settings, device: str = "auto") -> LanguageRegression:
        try:
            chosen = RegressionSettings(**cast("dict[str, object]", settings["settings"]))  # type: ignore[arg-type]
            vectors = tensors["items"].astype(np.float32) if chosen.form == "ranking" else None
            model = cls(chosen, vectors, device)
            model._head = cast("tuple[Floats, Floats, Floats]", tuple(tensors[name] for name in HEAD))
            model._popularity = cast("Floats", tensors["popularity"])
            words = bytes(tensors["words"].astype(np.uint8)).decode("utf-8", "surrogatepass")
            model._titles, model._categories = json.loads(words)
            model._behaviours = tuple(cast("list[str]", settings["behaviours"]))
            model._identifier = str(settings["identifier"])
            model.curve = list(cast("list[dict[str, float]]", settings["curve"]))
            model.decisions = dict(cast("dict[str, float]", settings["decisions"]))
            start = len(PREFIX)
            model._tuned = {name[start:]: value for name, value in tensors.items() if name.startswith(PREFIX)}
            if len(model._titles) != len(model._popularity) or len(model._titles) != len(model._categories):
                raise ValueError("the parts are of different models")
        except (KeyError, TypeError, ValueError) as error:
            raise SeqlensError("This model cannot be read. It is damaged or of a newer Seqlens.") from error
        return model

    # ------------------------------------------------------------------------------------------------ inside

    @property
    def _ranking(self) -> bool:
        return self.settings.form == "ranking"

    def _opened(self) -> tuple[TextEncoder, Renderer]:
        """The encoder, with its own parameters in place, and what renders for it; loaded when first needed.

        Raises:
            SeqlensError: it is not there, or not the one that the head was fitted with.
        """
        if self._encoder is None or self._renderer is None:
            from core.language.encoder import TextEncoder
            from core.language.reading import Reading

            settings = self.settings
            encoder = TextEncoder.open(Reading(settings.encoder, settings.pooling), self._device)
            if self._identifier and encoder.identifier != self._identifier:
                raise SeqlensError(
                    "This model was trained with the language model {wanted}, and {found} is in its place. "
                    "Bring it back, or train again.",
                    wanted=self._identifier,
                    found=encoder.identifier,
                )
            _put(encoder, self._tuned)
            longest = min(settings.tokens, encoder.longest)
            words = (self._behaviours, self._titles, self._categories)
            self._renderer = Renderer(encoder.tokenizer, settings.template, *words, longest, settings.query)
            self._encoder = encoder
        return self._encoder, self._renderer

    def _read(self, histories: EventLog) -> Floats:
        """The vector u of each history, float32 [users, d]."""
        from core.models.regression_fit import read

        self._fitted()
        encoder, renderer = self._opened()
        return read(encoder, renderer.render(histories), Progress())

    def _item_vectors(self) -> Floats:
        """v of every item as it is stored, float32 [items, d].

        Raises:
            SeqlensError: there are none, or they are not of the encoder.
        """
        if self.vectors is None or not self.vectors.any():
            raise SeqlensError("No item has a title or another text that could be read. Choose another model.")
        if self._encoder is not None and self.vectors.shape[1] != self._encoder.dimensions:
            raise SeqlensError(
                "The vectors of items are not by the language model {model}, which may be unable to read these texts. "
                "Choose a language model of their language.",
                model=self._encoder.identifier,
            )
        return self.vectors

    def _scaled_items(self, difference: Floats) -> list[tuple[np.float32, NDArray[np.int64], Floats]]:
        """For Σ c|u−v|, a distance of scaled vectors: sign, axes and items of the positive c, then of the others."""
        if not self._scaled:
            items = self._item_vectors()
            for sign in (np.float32(1.0), np.float32(-1.0)):
                some = np.flatnonzero(difference * sign > 0)
                self._scaled.append((sign, some, items[:, some] * np.abs(difference[some])))
        return self._scaled

    def _parts(self, u: Floats, items: NDArray[np.int32]) -> tuple[tuple[str, ...], Floats, NDArray[np.float32]]:
        weights, difference, bias = self._fitted()
        if not self._ranking:
            base = bias + np.float32(TIE) * self._popularity[items]
            shares = np.broadcast_to((u @ weights)[:, None, None], (*items.shape, 1))
            return ("sequence",), base.astype(np.float32), shares.astype(np.float32)
        vectors = self._item_vectors()
        shares = np.zeros((*items.shape, 2), dtype=np.float32)
        size = max(1, GATHERED // max(1, items.shape[1] * u.shape[1]))
        for start in range(0, len(u), size):
            own, v = u[start : start + size, None], vectors[items[start : start + size]]
            shares[start : start + size, :, 0] = (own * v) @ weights
            shares[start : start + size, :, 1] = np.abs(own - v) @ difference
        return ("product", "difference"), np.full(items.shape, bias[0], dtype=np.float32), shares

    def _judge(self, judged: Questions, progress: Progress) -> None:
        """Decide on moments that the head has not learned from, each beside a drawn item."""
        progress.step(0, 1, "Judging decisions")
        drawn = np.random.default_rng(self.settings.seed).integers(0, len(self._titles), len(judged.item))
        if judged.label is None:
            items = np.stack((judged.item, drawn), axis=1).astype(np.int32)
            labels = np.broadcast_to([True, False], items.shape)
        else:
            items, labels = drawn[:, None].astype(np.int32), judged.label[:, None] > 0
        found = self.probabilities(judged.histories, items)
        self.decisions = decisions(found.ravel(), labels.ravel(), self.settings.threshold)
        progress.step(1, 1, "Judging decisions")

    def _fitted(self) -> tuple[Floats, Floats, Floats]:
        if self._head is None:
            raise SeqlensError("The regression has not been trained yet.")
        return self._head


def _distances(u: Floats, v: Floats) -> Floats:
    """Σ |u − v| of all pairs, float32 [n, m]; u [n, d], v [m, d]."""
    import torch

    return cast("Floats", torch.cdist(torch.from_numpy(u), torch.from_numpy(v), p=1.0).numpy())


def _put(encoder: TextEncoder, tuned: Tensors) -> None:
    """Put parameters in the place of the encoder's own.

    Raises:
        SeqlensError: the encoder has no such parameter.
    """
    import torch

    own = dict(encoder.network.named_parameters())
    with torch.no_grad():
        for name, value in tuned.items():
            if name not in own or own[name].shape != value.shape:
                raise SeqlensError("This model cannot be read. It is damaged or of a newer Seqlens.")
            own[name].copy_(torch.from_numpy(np.array(value)))
