"""What the recommendations page asks of core on worker threads; nothing here touches a widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core import listing
from core.answering import Line
from core.dialogue.structure import Edit
from core.recommend.decisive import decisive
from core.recommend.feedback import DOWN, UP
from core.recommend.rerank import CANDIDATES
from core.recommend.sentence import Statement, statement
from desktop_app.widgets import readable
from desktop_app.widgets.attention_map import Attention, attention
from desktop_app.widgets.event_shares import EventShare, order
from desktop_app.widgets.feedback_table import verdict_name
from desktop_app.widgets.recommendation_table import RankedItem, ranked_items
from desktop_app.widgets.why_panel import Evidence, SimilarLine

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.dialogue.structure import Part
    from core.models.base import Breakdown
    from core.models.relations import Path, Step
    from core.progress import Progress
    from core.recommend.explanation import Explanation
    from core.recommend.policy import Policy
    from core.recommend.why import Why
    from core.runs import Run
    from core.sequences.log import EventLog
    from core.workspace import Workspace

Weights = tuple[tuple[str, float], ...]  # by the names of components

FOUND = 20  # users that a search offers
LOOKED_AT = 40  # events, the last ones, of which attention is told one by one
MOST_SORTED = 10_000  # of those found; beyond, the analyst will type more of the id


@dataclass(frozen=True)
class Choice:
    """Whose list is asked for, and which (`core.listing.ListRequest`), so that it can be told from other choices.

    Attributes:
        version: number of the changed history that it is made from; 0 for the user's own.
        weights: of a hybrid's components, where thumbs have taught others than the trained ones.
    """

    user: int
    run: str
    fit: str
    k: int
    hide_seen: bool
    category: str | None
    version: int = 0
    history: EventLog | None = field(default=None, compare=False, repr=False)
    policy: Policy | None = None
    parts: tuple[Part, ...] = ()
    weights: Weights = ()

    @property
    def request(self) -> listing.ListRequest:
        left, weights = (self.hide_seen, self.category), dict(self.weights) or None
        return listing.ListRequest(self.run, self.fit, self.k, *left, self.history, self.policy, self.parts, weights)


@dataclass(frozen=True)
class Question:
    """Which item of whose list is to be explained; `version`, `history`, `parts` and `weights` as in `Choice`."""

    user: int
    item: int
    run: str
    fit: str
    version: int = 0
    history: EventLog | None = field(default=None, compare=False, repr=False)
    parts: tuple[Part, ...] = ()
    weights: Weights = ()


@dataclass(frozen=True)
class Listed:
    """A list that is ready to be shown."""

    choice: Choice
    rows: list[RankedItem]
    components: tuple[str, ...]


def lines(listed: Listed) -> list[Line]:
    """A list as a generator is told of it."""
    return [
        Line(row.title or row.id, row.category, row.price, dict(zip(listed.components, row.shares, strict=True)))
        for row in listed.rows
    ]


@dataclass(frozen=True)
class Setting:
    """What the page needs before it can ask for a list.

    Attributes:
        users: number of users.
        run: the run that makes the lists, None where nothing is trained.
        stale: whether the data changed since that run.
        categories: names of the categories, sorted; an item may have several of them.
    """

    users: int
    run: Run | None
    stale: bool
    categories: tuple[str, ...]


@dataclass(frozen=True)
class Subject:
    """The user who is looked at: number of events and the time of the last one ("" without times)."""

    user: int
    id: str
    events: int
    last: str


@dataclass(frozen=True)
class Truth:
    """What a user did next in the test; `rank` 0 where the item was left out as already seen."""

    code: int
    title: str
    rank: int
    candidates: int


def setting(workspace: Workspace, progress: Progress) -> Setting:
    """Read what the page needs; the catalogue stays in memory for the lists."""
    from core.telling import item_tags

    run = workspace.active_run()
    progress.check()
    stale = run is not None and run.fingerprint != workspace.fingerprint
    return Setting(workspace.counts().users, run, stale, item_tags(workspace).names)


def subject(workspace: Workspace, user: int, progress: Progress) -> Subject:
    """Who the user is."""
    progress.check()
    table = workspace.users()
    last = readable.moment(int(table.last[user])) if table.timed and table.events[user] else ""
    return Subject(user, table.ids[user].as_py(), int(table.events[user]), last)


def neighbour(workspace: Workspace, segment: str | None, user: int, step: int, progress: Progress) -> int:
    """The user `step` places after `user` in the order of ids, among those of the segment; -1 past the ends.

    The first one if `user` is -1 or is none of them.
    """
    progress.check()
    order = workspace.users().arrange(among=_among(workspace, segment))
    found = np.flatnonzero(order == user)
    place = int(found[0]) + step if len(found) else 0
    return int(order[place]) if 0 <= place < len(order) else -1


def find_users(workspace: Workspace, segment: str | None, text: str, progress: Progress) -> list[tuple[str, int]]:
    """(id, code) of the segment's first users whose id contains `text`; the shortest, which it fills most, first."""
    progress.check()
    table = workspace.users()
    found = table.arrange(text, among=_among(workspace, segment))[:MOST_SORTED]
    names = table.ids.take(found).to_pylist()
    pairs = sorted(zip(names, found.tolist(), strict=True), key=lambda pair: len(pair[0]))
    return pairs[:FOUND]


def _among(workspace: Workspace, segment: str | None) -> NDArray[np.int32] | None:
    return None if segment is None else workspace.segment(segment)


def ranked(workspace: Workspace, choice: Choice, progress: Progress) -> Listed:
    """The list with the parts of each score."""
    made = listing.recommend(workspace, choice.user, progress, choice.request)
    former = None if choice.history is None else former_ranks(workspace, choice, progress)[made.items]
    rows = ranked_items(workspace.catalogue(), made.items, made.scores, made.base, made.shares, former, made.fresh)
    said = workspace.feedback.of(workspace.users().ids[choice.user].as_py())
    chances = np.full(len(rows), np.nan) if made.probability is None else made.probability
    for place, row in enumerate(rows):
        entry = said.get(row.id)
        verdict, note = ("", "") if entry is None else (entry.verdict, entry.note)
        rows[place] = replace(row, chance=float(chances[place]), verdict=verdict, note=note)
    return Listed(choice, rows, made.components)


def former_ranks(workspace: Workspace, choice: Choice, progress: Progress) -> NDArray[np.int32]:
    """The rank of every item in the list of the user's own history, from 1; 0 for what is not in it. int32 [items]."""

    def rank() -> NDArray[np.int32]:
        items = workspace.catalogue().items
        ranks = np.zeros(items, dtype=np.int32)
        depth = items if choice.policy is None else min(items, CANDIDATES)
        own = replace(choice.request, k=depth, history=None)
        listed = listing.recommend(workspace, choice.user, progress, own).items
        ranks[listed] = np.arange(1, len(listed) + 1)
        return ranks

    same = replace(choice, k=0, version=0)
    return workspace.keep("former ranks", f"{workspace.fingerprint} {workspace.feedback.last()} {same}", rank)


@dataclass(frozen=True)
class Explained:
    """What the past events gave an item.

    Attributes:
        lines: the events that gave it most, then the sums of the rest and of the base. They sum to the score.
        explanation: what can be asked to be surer; None where it is as sure as it gets.
        origin: where what was asked in words changed the history, which of its events before each event is, or -1.
        told: what may be said of it in words.
        named: what the events that it names were about.
        breakdown: the answer itself.
        first: whether none came before it.
    """

    question: Question
    lines: list[EventShare]
    explanation: Explanation | None
    history: EventLog
    origin: NDArray[np.int32] | None = None
    told: Statement | None = None
    named: tuple[str, ...] = ()
    breakdown: Breakdown | None = field(default=None, compare=False, repr=False)
    first: bool = True


@dataclass(frozen=True)
class Hanging:
    """The events without which, all together, the score would move most: what they were about, and both scores."""

    named: tuple[str, ...]
    score: float
    without: float


def explained(workspace: Workspace, question: Question, words: tuple[str, str], progress: Progress) -> Explained:
    """The first answer to a question. `words` names the sum of the other events, and the base."""
    item = np.array([question.item], np.int32)
    history = question.history
    if history is None:
        history = listing.history_of(workspace, question.user, progress, question.run, question.fit)
    origin = None
    if any(isinstance(part, Edit) for part in question.parts):
        after = listing.history_asked(workspace, history, question.parts)
        history, origin = after.log, after.origin
        question = replace(question, history=history)
    weights = dict(question.weights) or None
    request = listing.ListRequest(question.run, question.fit, history=history, parts=question.parts, weights=weights)
    explanation = listing.explanation(workspace, question.user, item, progress, request)
    shown = _with_thumbs(workspace, question, history, progress)
    return _surer(workspace, Explained(question, [], explanation, shown, origin), words, progress)


def _with_thumbs(workspace: Workspace, question: Question, history: EventLog, progress: Progress) -> EventLog:
    """The events that the columns of a breakdown are of: the user's own, then the thumbs that are heeded."""
    items, up = listing.thumbs(workspace, question.user, progress, question.run, question.fit)
    own = history.take(~history.told)
    if len(items) == 0:
        return history
    whole = workspace.log().block(question.user, question.user + 1)
    own = whole if question.history is None and whole.events > own.events else own
    count, kinds = len(items), [each for each in own.behaviours if not each.told]
    return replace(
        own,
        item=np.concatenate((own.item, items)),
        behaviour=np.concatenate((own.behaviour, (len(kinds) + ~up).astype(np.uint8))),
        time=np.concatenate((own.time, np.zeros(count, dtype=np.int64))),
        value=np.concatenate((own.value, np.full(count, np.nan, dtype=np.float32))),
        text=np.concatenate((own.text, np.full(count, -1, dtype=np.int32))),
        offsets=np.array([0, own.events + count], dtype=np.int64),
        behaviours=(*kinds, UP, DOWN),
    )


def refined(workspace: Workspace, so_far: Explained, words: tuple[str, str], progress: Progress) -> Explained:
    """A surer answer; the same where there is none."""
    return replace(_surer(workspace, so_far, words, progress), first=False)


def _surer(workspace: Workspace, so_far: Explained, words: tuple[str, str], progress: Progress) -> Explained:
    assert so_far.explanation is not None
    breakdown = so_far.explanation.next(progress)
    if breakdown is None:
        return replace(so_far, explanation=None)
    lines = _lines(workspace, so_far.history, breakdown, words)
    origin = so_far.origin
    if origin is not None:  # what was asked in words changed the history
        lines = [replace(line, event=int(origin[line.event]) if line.event >= 0 else -1) for line in lines]
    sure = not breakdown.event_errors.any()
    told = statement(
        breakdown.components, breakdown.component_shares[0], breakdown.event_shares[0], breakdown.event_errors[0]
    )
    return replace(
        so_far,
        lines=lines,
        explanation=None if sure else so_far.explanation,
        told=told,
        named=tuple(label(workspace, so_far.history, event) for event in told.events),
        breakdown=breakdown,
    )


def hanging(workspace: Workspace, so_far: Explained, progress: Progress) -> Hanging | None:
    """What the score hangs on; None where there are too few events to ask."""
    progress.check()
    found = None if so_far.breakdown is None else decisive(so_far.breakdown)
    if found is None or so_far.breakdown is None:
        return None
    score = float(so_far.breakdown.scores[0])
    named = tuple(label(workspace, so_far.history, event) for event in found.events)
    return Hanging(named, score, score + found.moves)


def evidence(workspace: Workspace, question: Question, earlier: str, progress: Progress) -> Evidence:
    """What else speaks for an item: similar past items, users alike, attention, the cells of a matrix.

    `earlier` names the events before the last ones, which alone are told apart where there are many.
    """
    request = listing.ListRequest(question.run, question.fit, history=question.history)
    found = listing.why(workspace, question.user, question.item, progress, request)
    catalogue, ids = workspace.catalogue(), workspace.users().ids

    def title(item: int) -> str:
        return str(catalogue.titles[item].as_py() or catalogue.ids[item].as_py())

    return Evidence(
        similar=tuple(SimilarLine(title(e.item), e.together, e.language, e.model) for e in found.similar),
        took=found.peers.took,
        alike=found.peers.alike,
        nearest=tuple((peer.user, str(ids[peer.user].as_py()), peer.shared) for peer in found.peers.nearest),
        attends=found.attends,
        attention=_attention(workspace, found, earlier),
        cells=tuple((cell.row, cell.column, cell.given) for cell in found.cells),
        paths=tuple((_walked(path, title, question.item), path.share) for path in found.paths),
    )


def _attention(workspace: Workspace, found: Why, earlier: str) -> Attention | None:
    """Where the heads look, at the last events one by one; None without heads or events."""
    events = found.history.events
    if not found.heads or not events:
        return None
    shown = range(max(0, events - LOOKED_AT), events)
    named = tuple(label(workspace, found.history, event) for event in shown)
    heads = [(head.network + 1, head.layer + 1, head.head + 1) for head in found.heads]
    places = found.numbers[shown.start :].tolist()
    return attention(heads, named, places, np.array([head.weights for head in found.heads]), earlier)


def _walked(path: Path, title: Callable[[int], str], end: int) -> str:
    """A path in words: Alien –directed by→ Ridley Scott ←directed by– Blade Runner."""
    words = [title(path.start), _arrow(path.first)]
    if path.via is not None and path.second is not None:
        words += [path.via if isinstance(path.via, str) else title(path.via), _arrow(path.second)]
    return " ".join([*words, title(end)])


def _arrow(step: Step) -> str:
    return f"–{step.relation}→" if step.forward else f"←{step.relation}–"


def _lines(workspace: Workspace, history: EventLog, breakdown: Breakdown, words: tuple[str, str]) -> list[EventShare]:
    shares, errors = breakdown.event_shares[0], breakdown.event_errors[0]
    shown, rest = order(shares.tolist())
    lines = [
        EventShare(
            event=-1 if history.told[event] else event,
            label=label(workspace, history, event),
            behaviour=_behaviour(history, event),
            when=readable.moment(int(history.time[event])) if history.timed and not history.told[event] else "",
            share=float(shares[event]),
            error=float(errors[event]),
        )
        for event in shown
    ]
    if len(shown) < np.count_nonzero(shares):
        lines.append(EventShare(-1, words[0], "", "", rest, 0.0))
    lines.append(EventShare(-1, words[1], "", "", float(breakdown.event_base[0]), 0.0))
    return lines


def _behaviour(history: EventLog, event: int) -> str:
    """What was done; nothing where there is but one behaviour."""
    behaviour = history.behaviours[history.behaviour[event]]
    if behaviour.told:
        return verdict_name("down" if behaviour.negative else "up")
    return behaviour.name if sum(not each.told for each in history.behaviours) > 1 else ""


def label(workspace: Workspace, history: EventLog, event: int) -> str:
    """What an event was about: the item's title, or its id, or the event's own text."""
    item, text = int(history.item[event]), int(history.text[event])
    if item >= 0:
        catalogue = workspace.catalogue()
        return str(catalogue.titles[item].as_py() or catalogue.ids[item].as_py())
    return workspace.event_texts()[text] if text >= 0 else ""


def truth(workspace: Workspace, user: int, run: str, progress: Progress) -> Truth | None:
    """What the test of the evaluation fit held out for the user, and where it ranked."""
    held = listing.held_out(workspace, user, progress, run)
    if held is None:
        return None
    catalogue = workspace.catalogue()
    title = catalogue.titles[held.item].as_py() or catalogue.ids[held.item].as_py()
    return Truth(held.item, title, held.rank, held.candidates)
