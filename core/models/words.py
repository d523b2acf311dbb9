"""What shares words with the things liked: the brand, the kind, the series that titles name."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, ClassVar, cast

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.models.attribution import Shares, linear
from core.models.base import Settings, Tensors
from core.models.histories import fading, profiles
from core.models.outside import lent_to_later
from core.models.parts import OneComponent
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog

if TYPE_CHECKING:
    import pyarrow as pa
    from scipy.sparse import csr_array

    from core.models.base import Recommender
    from core.models.growing import Newcomers

MESSAGE = "Comparing the words of titles"


@dataclass(frozen=True)
class WordsSettings:
    """Settings of words in common.

    Attributes:
        history_decay: what each later event leaves of an event's weight in a history.
        history: events of a history that are looked at, the last ones.
    """

    history_decay: float = 0.6
    history: int = 50

    def __post_init__(self) -> None:
        if not (0 < self.history_decay <= 1 and self.history >= 1):
            raise SeqlensError("A decay lies above 0 and at most at 1, and the history has at least one event.")


class Words(OneComponent):
    """Adds up the cosines between an item's title and category and those of a fading history, by their words.

    A language model knows what is alike in kind; that two titles name the same brand it mostly blurs. Words and pairs
    of neighbouring words, the rare ones counting more, tell that (Salton & Buckley 1988). An item says nothing of
    itself: what comes back is for `core.models.repeats`.
    """

    name: ClassVar[str] = "words"

    def __init__(self, settings: WordsSettings | None = None) -> None:
        self.settings = settings or WordsSettings()
        self._terms: csr_array | None = None  # float32 [different texts, terms], rows of length one, or of zeros
        self._place: NDArray[np.int32] = np.zeros(0, dtype=np.int32)  # [items], the row of each item's text
        self._items: tuple[csr_array, csr_array] | None = None  # see `_every`

    def fit(self, log: EventLog, catalogue: Catalogue, progress: Progress) -> None:
        """Count the words of titles and categories; nothing is learned from the events.

        Raises:
            SeqlensError: no item has a text with a word.
        """
        del log
        from core.language.terms import weighted_terms

        progress.step(0, 1, MESSAGE)
        texts = _texts(catalogue)
        if texts is None:
            raise SeqlensError("No item has a title or another text that could be compared. Choose another model.")
        coded = texts.dictionary_encode()
        self._terms, self._place = weighted_terms(coded.dictionary), coded.indices.to_numpy().astype(np.int32)
        self._items = None
        progress.step(1, 1, MESSAGE)

    @staticmethod
    def reads(catalogue: Catalogue) -> bool:
        """Whether any item has a text with a word: titles can be signs alone, which others read."""
        return _texts(catalogue) is not None

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        """Scores of every item for each history, float32 [users, items]."""
        every, across = self._every()
        weights = fading(histories, self.settings.history_decay, self.settings.history)
        scores = ((profiles(histories, weights) @ every) @ across).toarray()
        used = np.flatnonzero(weights)
        user, item = histories.user[used], histories.item[used]
        np.subtract.at(scores, (user, item), weights[used] * self._speaks(every)[item])
        return cast("NDArray[np.float32]", scores)

    def event_shares(self, history: EventLog, items: NDArray[np.int32]) -> Shares:
        """Each event gives its fading cosine."""
        (every, _), terms = self._every(), np.zeros((len(items), history.events))
        weights = fading(history, self.settings.history_decay, self.settings.history)
        used = np.flatnonzero(weights)
        near = (every[items] @ every[history.item[used]].T).toarray()
        terms[:, used] = np.where(history.item[used] == items[:, None], 0.0, near * weights[used])
        return linear(np.zeros(len(items)), terms)

    def grown(self, newcomers: Newcomers) -> Recommender:
        """The same; items that came in after the fit are lent the scores of those whose texts are like their own."""
        return lent_to_later(cast("Recommender", self), newcomers)

    def state(self) -> tuple[Tensors, Settings]:
        terms = self._fitted()
        parts = {"weights": terms.data, "columns": terms.indices, "rows": terms.indptr, "place": self._place}
        return parts, {**asdict(self.settings), "terms": int(terms.shape[1])}

    @classmethod
    def from_state(cls, tensors: Tensors, settings: Settings) -> Words:
        from scipy.sparse import csr_array

        try:
            given = dict(settings)
            shape = len(tensors["rows"]) - 1, int(cast(int, given.pop("terms")))
            model = cls(WordsSettings(**given))  # type: ignore[arg-type]
            model._terms = csr_array((tensors["weights"], tensors["columns"], tensors["rows"]), shape=shape)
            model._terms.check_format(full_check=True)
            model._place = cast("NDArray[np.int32]", tensors["place"])
            # Each term is in some text: of more, a stranger's file would have memory taken for nothing.
            if shape[1] > model._terms.nnz:
                raise ValueError
            if len(model._place) and not 0 <= model._place.min() <= model._place.max() < shape[0]:
                raise ValueError
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise SeqlensError("This model cannot be read. It is damaged or of a newer Seqlens.") from error
        return model

    def _every(self) -> tuple[csr_array, csr_array]:
        """The terms of all items, float32 [items, terms], and the items of all terms: turned round but once."""
        if self._items is None:
            every = self._fitted()[self._place]
            self._items = every, every.T.tocsr()
        return self._items

    @staticmethod
    def _speaks(every: csr_array) -> NDArray[np.float32]:
        """1 for each item that has a word in common with another, else 0; float32 [items]."""
        return (np.diff(every.indptr) > 0).astype(np.float32)

    def _fitted(self) -> csr_array:
        if self._terms is None:
            raise SeqlensError("The words of titles have not been counted yet.")
        return self._terms


def _texts(catalogue: Catalogue) -> pa.StringArray | None:
    """Title and category of each item, or the descriptions where no item has a word in either; None without any."""
    import pyarrow.compute as pc

    titles, categories, descriptions = (
        pc.fill_null(column, "") for column in (catalogue.titles, catalogue.categories, catalogue.descriptions)
    )
    for texts in (pc.binary_join_element_wise(titles, categories, ". "), descriptions):
        if pc.any(pc.match_substring_regex(texts, r"[\p{L}\p{N}]")).as_py():
            return texts
    return None
