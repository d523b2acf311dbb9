"""What the page of language models asks of core on worker threads; nothing here touches a widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core import trying
from core.chosen import chosen
from core.errors import SeqlensError
from core.language import hub
from core.language.cards import Card, card_of, generator_card
from core.language.generator import find_generator
from core.language.reading import Reading
from core.language.rendering import TEMPLATE
from core.language.scripts import chinese_share

if TYPE_CHECKING:
    from core.progress import Progress
    from core.trying import Tried
    from core.workspace import Workspace

SHOWN = 4  # items whose texts are shown as a model reads them
EVENTS = 200  # of the sequence that is shown
STRANGERS = ("red lamp", "garden chair", "a story of two cities", "green tea, 200 g")  # where there are no texts


@dataclass(frozen=True)
class Facts:
    """What the page shows of the models and of the open workspace.

    Attributes:
        cards: of the models that are on this machine, the bundled one first.
        missing: models that were added and why they cannot be used, by their names.
        choice: what the next training reads with; None where no workspace is open.
        items: of the workspace.
        texts: items that have a text.
        chinese: share of Han characters among the letters of the texts, 0 to 1.
        reads: share of the texts' tokens that each model knows, by its name.
    """

    cards: tuple[Card, ...]
    missing: dict[str, SeqlensError]
    choice: Reading | None = None
    items: int = 0
    texts: int = 0
    chinese: float = 0.0
    reads: dict[str, float] | None = None


@dataclass(frozen=True)
class Writers:
    """What the page shows of the generators.

    Attributes:
        cards: of those that are on this machine.
        missing: those that were added and why they cannot be used, by their names.
    """

    cards: tuple[Card, ...]
    missing: dict[str, SeqlensError]


@dataclass(frozen=True)
class Shown:
    """A text as a model gets it.

    Attributes:
        text: all of it.
        kept: characters of it that are read, from the start; -1 where the tokenizer does not tell.
        tokens: of all of it, special ones included.
    """

    text: str
    kept: int
    tokens: int


@dataclass(frozen=True)
class Preview:
    """Real rows by the templates.

    Attributes:
        items: a few items.
        longest: tokens that are read of each.
        sequence: the text of a user's events as far as they have room, the newest at the end; None without events.
        user: whose it is.
        shown, events: how many of the events have room, and how many there are.
    """

    items: tuple[Shown, ...]
    longest: int
    sequence: Shown | None
    user: str
    shown: int
    events: int


def facts(workspace: Workspace | None, added: Sequence[str], progress: Progress) -> Facts:
    """Look at every model's files, and whether it can read the open catalogue."""
    cards: list[Card] = []
    missing: dict[str, SeqlensError] = {}
    choice = None if workspace is None else chosen(workspace)
    names = ["", *added]
    if choice is not None and choice.model not in names:
        names.append(choice.model)  # chosen on another machine, or taken off the list
    for name in names:
        progress.check()
        try:
            cards.append(card_of(name))
        except SeqlensError as error:
            missing[name] = error
    if workspace is None:
        return Facts(tuple(cards), missing)
    assert choice is not None
    texts = [text for text in choice.texts(workspace.catalogue()) if text.strip()]
    reads: dict[str, float] = {}
    for card in cards:
        progress.check()
        try:
            reads[card.model] = trying.reads(card.guess, texts) if texts else 1.0
        except SeqlensError as error:
            missing[card.model] = error
    return Facts(
        tuple(card for card in cards if card.model not in missing),
        missing,
        choice,
        workspace.catalogue().items,
        len(texts),
        chinese_share(texts),
        reads,
    )


def preview(workspace: Workspace, reading: Reading, user: int, progress: Progress) -> Preview:
    """A few items and one user's sequence as the model gets them; `user` -1 for the first one who did something.

    Raises:
        SeqlensError: the model is not there.
    """
    import numpy as np

    from core.language.encoder import load_tokenizer, most_tokens
    from core.models.regression import RegressionSettings

    tokenizer = load_tokenizer(reading.model)
    card = card_of(reading.model)
    longest = min(reading.tokens, most_tokens({}, card.tokens))
    texts = reading.texts(workspace.catalogue())
    progress.check()
    rows = [row for row, text in enumerate(texts) if text.strip()]
    long = max(rows, key=lambda row: len(texts[row]), default=None)
    step = max(1, len(rows) // SHOWN)
    some = list(dict.fromkeys([*rows[::step][: SHOWN - 1], *([] if long is None else [long])]))
    items = tuple(_shown(tokenizer, reading.prefix + texts[row], longest) for row in some)
    log = workspace.log()
    active = np.flatnonzero(log.lengths > 0)
    if user < 0 or log.lengths[user] == 0:
        user = int(active[0]) if len(active) else -1
    if user < 0 or not rows:
        return Preview(items, longest, None, "", 0, 0)
    room = min(longest, RegressionSettings().tokens)
    sequence, shown = _sequence(workspace, reading, tokenizer, user, room)
    name = str(workspace.users().ids[user].as_py())
    return Preview(items, longest, sequence, name, shown, int(log.lengths[user]))


def _shown(tokenizer: object, text: str, longest: int) -> Shown:
    whole = tokenizer(text)["input_ids"]  # type: ignore[operator]
    if len(whole) <= longest:
        return Shown(text, len(text), len(whole))
    if not getattr(tokenizer, "is_fast", False):
        return Shown(text, -1, len(whole))
    cut = tokenizer(text, truncation=True, max_length=longest, return_offsets_mapping=True)  # type: ignore[operator]
    return Shown(text, max(end for _, end in cut["offset_mapping"]), len(whole))


def _sequence(workspace: Workspace, reading: Reading, tokenizer: object, user: int, longest: int) -> tuple[Shown, int]:
    import numpy as np

    from core.language.rendering import Renderer, item_names

    titles, categories = item_names(workspace.catalogue())
    log = workspace.log().select(np.array([user]))
    behaviours = [each.name for each in log.behaviours]
    renderer = Renderer(tokenizer, reading.sequence, behaviours, titles, categories, longest, reading.query)
    shown = np.flatnonzero(renderer.shown(log))
    told = [renderer.text(int(log.behaviour[event]), int(log.item[event])) for event in shown[-EVENTS:]]
    text = reading.query + " ".join(told)
    return Shown(text, len(text), int(np.diff(renderer.render(log).offsets)[0])), len(shown)


def key(reading: Reading) -> Reading:
    """The reading without what its items' vectors do not depend on: what was measured of one holds for all such."""
    return replace(reading, query="", sequence=TEMPLATE)


def looked_at(model: str, progress: Progress) -> None:
    """Whether a model can be used at all; a folder may be anything.

    Raises:
        SeqlensError: it cannot.
    """
    from core.language.encoder import load_tokenizer

    progress.check()
    card_of(model)
    load_tokenizer(model)


def speed(workspace: Workspace | None, reading: Reading, *, progress: Progress) -> float:
    """Texts of the open catalogue, or a few of ours, that the model reads in a second."""
    texts = [] if workspace is None else reading.texts(workspace.catalogue())
    return trying.speed(reading, texts if any(texts) else STRANGERS * 32, progress)


def try_out(workspace: Workspace, reading: Reading | None, *, progress: Progress) -> Tried:
    """What the model's vectors alone reach on the open data; None for the character n-grams."""
    return trying.try_out(workspace, reading, progress)


def closeness(workspace: Workspace | None, reading: Reading, *, progress: Progress) -> tuple[float, float]:
    """How near the vectors of fewer bits are to those of 32: mean and least cosine."""
    texts = [] if workspace is None else reading.texts(workspace.catalogue())
    return trying.closeness(reading, texts if any(texts) else STRANGERS, progress)


def fetch(name: str, look: Callable[[str, Progress], object], *, progress: Progress) -> None:
    """Bring a model of the hub to this machine, and look at it."""
    hub.fetch(name, progress)
    look(name, progress)


def writers(added: Sequence[str], progress: Progress) -> Writers:
    """Look at every generator's files."""
    cards: list[Card] = []
    missing: dict[str, SeqlensError] = {}
    for name in added:
        progress.check()
        try:
            cards.append(generator_card(name))
        except SeqlensError as error:
            missing[name] = error
    return Writers(tuple(cards), missing)


def looked_at_writer(model: str, progress: Progress) -> None:
    """Whether a model can be used as a generator; nothing of it is loaded.

    Raises:
        SeqlensError: it cannot, or packages that it needs are missing.
    """
    progress.check()
    find_generator(model)
    generator_card(model)
