"""One training from the split to the published run: the evaluation fit, its figures, then the serving fit."""

from __future__ import annotations

import importlib.metadata
import platform
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self, cast

import numpy as np

from core import __version__
from core.errors import SeqlensError
from core.progress import Cancelled, Progress
from core.runs import TESTED, Run, pack

if TYPE_CHECKING:
    from core.evaluation.held_out import HeldOut
    from core.evaluation.split import Split
    from core.language.reading import Reading
    from core.language.vectors import ItemVectors
    from core.models.base import Recommender
    from core.models.transfer import Begin
    from core.sequences.log import EventLog
    from core.workspace import Workspace

WITH_NETWORKS = ("hybrid", "transformer")
REGRESSION = "language-regression"  # the model that reads users' sequences as text
LIBRARIES = ("torch", "transformers", "duckdb", "numpy", "scipy", "scikit-learn")


@dataclass(frozen=True)
class TrainSettings:
    """What the analyst asks of a training.

    Attributes:
        model: name of a recommender (`core.models.available`).
        protocol: "leave-one-out", "leave-last-n", "time" or "users" (`core.evaluation.split`).
        cut: for "time", the time that splits, microseconds since 1970 UTC; None for the 90 % quantile.
        last: for "leave-last-n", how many events of each user are tested.
        folds: for "users", how many parts the users are dealt to.
        fold: for "users", which part is tested, from 0.
        seed: of every random choice.
        device: "auto", "cpu", "cuda:0", "mps" ...
        name: what to call the run; empty for the model's name and a number.
        k: length of the lists that the metrics speak of.
        hide_seen: leave items out of a user's list that the user already has; None: measured from the training events.
        language_model: folder or name of the text encoder; empty for the one that was chosen for the workspace.
        reading: how it reads (`core.language.reading.Reading.to_dict`); None until the training begins.
        options: settings that differ from a model's defaults, by the model's name.
        budget: time that the networks may take: "quick", "standard" or "thorough" (`TransformerSettings.effort`).
        leave_core: leave one processor core to the window.
        start_from: path of another workspace, and behind a colon the id of a run, from whose sequence networks the
            training starts (`core.models.transfer`); empty: from nothing.
        zero_shot: use them as they are, without training them on these data.
    """

    model: str = "hybrid"
    protocol: str = "leave-one-out"
    cut: int | None = None
    last: int = 3
    folds: int = 5
    fold: int = 0
    seed: int = 0
    device: str = "auto"
    name: str = ""
    k: int = 10
    hide_seen: bool | None = None
    language_model: str = ""
    reading: dict[str, object] | None = None
    options: dict[str, dict[str, object]] = field(default_factory=dict)
    budget: str = "standard"
    leave_core: bool = False
    start_from: str = ""
    zero_shot: bool = False

    @property
    def parts(self) -> dict[str, int]:
        """The numbers that the protocol needs (`Run.parts`)."""
        if self.protocol == "leave-last-n":
            return {"last": self.last}
        return {"folds": self.folds, "fold": self.fold} if self.protocol == "users" else {}


def split_log(log: EventLog, protocol: str, cut: int | None = None, parts: Mapping[str, int] | None = None) -> Split:
    """Divide a log into training, validation and test events as the protocol says; `parts` are its numbers.

    Raises:
        SeqlensError: the protocol is unknown, does not suit the log, or leaves nobody to test.
    """
    from core.evaluation.split import PROTOCOLS, leave_last_n, leave_one_out, time_split, user_folds

    if protocol == "leave-one-out":
        return leave_one_out(log)
    if protocol == "leave-last-n":
        return leave_last_n(log, **(parts or {}))
    if protocol == "time":
        return time_split(log, cut)
    if protocol == "users":
        return user_folds(log, **(parts or {}))
    names = ", ".join(PROTOCOLS)
    raise SeqlensError("There is no protocol {protocol}. Choose one of: {names}.", protocol=protocol, names=names)


def settled(workspace: Workspace, settings: TrainSettings) -> TrainSettings:
    """The settings with the language model that they leave open: the one that was chosen for the workspace.

    Raises:
        SeqlensError: the language model that they name is not there.
    """
    if settings.reading is not None:
        return settings
    from core.chosen import chosen
    from core.language.cards import guessed

    reading = guessed(settings.language_model) if settings.language_model else chosen(workspace)
    return replace(settings, language_model=reading.model, reading=reading.to_dict())


class Training:
    """A training under way, and the run that records it.

    Attributes:
        run: the record; saved whenever its status changes.
    """

    def __init__(self, workspace: Workspace, settings: TrainSettings, run: Run, finish: bool = False) -> None:
        self.run = run
        self._workspace = workspace
        self._settings = settings
        self._finish = finish
        self._seconds: dict[str, float] = dict(run.seconds)

    @classmethod
    def begun(cls, workspace: Workspace, settings: TrainSettings) -> Self:
        """A new training, recorded as running."""
        from core.models.available import MODELS

        if settings.model not in MODELS:
            names = ", ".join(MODELS)
            raise SeqlensError("There is no model {model}. Choose one of: {names}.", model=settings.model, names=names)
        settings = settled(workspace, settings)
        number = 1 + sum(run.model == settings.model for run in workspace.runs.all())
        run = Run(
            id=uuid.uuid4().hex[:8],
            name=settings.name or f"{settings.model} {number}",
            model=settings.model,
            created=datetime.now(UTC).isoformat(timespec="milliseconds"),
            settings=asdict(settings),
            protocol=settings.protocol,
            parts=settings.parts,
            k=settings.k,
            fingerprint=workspace.fingerprint,
            feedback=_heard(workspace),
            versions=_versions(),
        )
        return cls(workspace, settings, run)

    @classmethod
    def resumed(cls, workspace: Workspace, run: str, finish: bool = False) -> Self:
        """A stopped training that goes on; with `finish`, it learns nothing more before the serving fit.

        Raises:
            SeqlensError: the run is not stopped, or the data changed since it began.
        """
        stored = workspace.runs.get(run)
        if stored.status not in ("stopped", "failed"):
            raise SeqlensError("Run {run} is {status}; only a stopped run can go on.", run=run, status=stored.status)
        if stored.fingerprint != workspace.fingerprint:
            raise SeqlensError("The data changed since run {run} began. Start a new training.", run=run)
        return cls(workspace, TrainSettings(**stored.settings), stored, finish)  # type: ignore[arg-type]

    def execute(self, progress: Progress) -> Run:
        """Do the whole work and publish the run; a stopped or failed one is recorded as such.

        Raises:
            SeqlensError: the data do not suit the split, or the disk is full.
        """
        from core.data.failures import full_disk_told

        with full_disk_told():
            return self._recorded(progress)

    def _recorded(self, progress: Progress) -> Run:
        from core.training.devices import memory_told

        self._note("Training begins" if not self.run.seconds else "Training goes on", status="running", error="")
        try:
            with memory_told():
                return self._work(progress)
        except Cancelled:
            self._note("Stopped; the best state so far is kept", status="stopped", curve=self._curve_so_far())
            raise
        except Exception as error:
            self._note("Failed: {error}", {"error": str(error)}, status="failed", error=str(error))
            raise

    def _work(self, progress: Progress) -> Run:
        from core.evaluation.ranking import hides_seen
        from core.training.devices import torch_threads

        data, feedback = self._workspace.log(), self.run.feedback
        if data.events == 0:
            raise SeqlensError("There are no events to learn from. Import files first.")
        log = self._workspace.told_log(feedback) if feedback else data
        split = split_log(log, self._settings.protocol, self._settings.cut, self._settings.parts)
        if len(split.test.users) == 0:
            raise SeqlensError(
                "No user has enough events to hold {number} out for the test. Each needs {least} events with an item.",
                number=self._settings.parts.get("last", 1),
                least=2 * self._settings.parts.get("last", 1) + 1,
            )
        hide = hides_seen(split.train) if self._settings.hide_seen is None else self._settings.hide_seen
        validated, tested = (len(np.unique(cases.users)) for cases in (split.validation, split.test))
        self.run = self.run.noted(
            "{events} training events, {validated} users to validate, {tested} to test, {skipped} with too few events",
            {"events": split.train.events, "validated": validated, "tested": tested, "skipped": split.skipped},
            hide_seen=hide,
            cut=split.cut,
            users=tested,
            users_skipped=split.skipped,
            basis=self._workspace.basis(),
            items=data.items,
            behaviours=len(data.behaviours),
        )
        if feedback:
            self._note(
                "{count} thumbs up and down are among the events, and none is held out",
                {"count": log.events - data.events},
            )
        with torch_threads(leave_one=self._settings.leave_core):
            vectors = self._item_vectors(progress.part(0.0, 0.08))
            model = self._evaluation_fit(split, hide, vectors, progress.part(0.08, 0.55))
            ranks = self._test(model, split, hide, progress.part(0.55, 0.6))
            self._account(model, split, hide, progress.part(0.6, 0.98))
            serving = self._serving_fit(model, log, vectors, progress.part(0.6, 0.99))
        progress.step(0.99, 1, "Saving the run")
        self._publish(model, serving, ranks)
        progress.step(1, 1, "The run is ready")
        return self.run

    def _item_vectors(self, progress: Progress) -> ItemVectors | None:
        """Language vectors of the items and, after them, of the texts that events have in the place of an item."""
        from core.chosen import texts
        from core.language.vectors import item_vectors
        from core.models.available import uses_vectors
        from core.training.devices import choose

        if not uses_vectors(self._settings.model):
            return None
        items, reading = self._workspace.catalogue().items, self._reading
        with self._timed("language vectors"):
            device = str(choose(self._settings.device))
            read = texts(self._workspace, reading)
            vectors = item_vectors(read, reading, self._workspace.vectors, progress, device)
        self._note(
            "{items} items have language vectors by {model}",
            {"items": items, "model": vectors.identifier},
        )
        if vectors.stand_in:
            self._note("The language model cannot read these texts, so counts of their characters stand in for it")
        return vectors

    @property
    def _reading(self) -> Reading:
        """What reads the items: the model that the regression names for users, as both must be of one kind."""
        from core.language.reading import Reading

        asked = Reading.of(asdict(self._settings))
        if self._settings.model != REGRESSION:
            return asked
        own = self._settings.options.get(REGRESSION, {}).get("encoder")
        return Reading(model=str(own)) if own else replace(asked, bits=32)  # its layers may go on learning

    def _create(self, vectors: ItemVectors | None) -> Recommender:
        from core.models.available import create
        from core.models.beside import NOTHING

        settings = self._settings
        count = len(self._workspace.catalogue().ids)
        items, texts = (None, None) if vectors is None else (vectors.vectors[:count], vectors.vectors[count:])
        reading = self._reading
        own = {
            "template": reading.sequence,
            **settings.options.get(REGRESSION, {}),
            "encoder": reading.model,
            "pooling": reading.pooling,
            "query": reading.query,
        }
        network = {"effort": settings.budget, **settings.options.get("transformer", {})}
        options = {**settings.options, "transformer": network, REGRESSION: own}
        beside = self._workspace.beside.load(count) if settings.model == "hybrid" else NOTHING
        begins = self._begins(vectors)
        return create(settings.model, items, settings.seed, settings.device, options, texts, beside, begins)

    def _begins(self, vectors: ItemVectors | None) -> tuple[Begin, ...]:
        """Where sequence networks begin, if they start from another workspace's run."""
        asked = self._settings
        if not asked.start_from:
            return ()
        from core.starting import begins_of

        if asked.model not in WITH_NETWORKS or vectors is None:
            raise SeqlensError("Only a hybrid or a sequence model can start from another run. Choose one of them.")
        found = begins_of(self._workspace, asked.start_from, vectors.identifier, not asked.zero_shot)
        self._note("It starts from {count} networks of {origin}", {"count": len(found), "origin": asked.start_from})
        return found

    def _evaluation_fit(self, split: Split, hide: bool, vectors: ItemVectors | None, progress: Progress) -> Recommender:
        from core.models.base import Validated

        model = self._create(vectors)
        catalogue = self._workspace.catalogue()
        with self._timed("evaluation fit"):
            if isinstance(model, Validated):
                place = self._workspace.runs.checkpoint(self.run.id, "evaluation")
                model.fit_validated(split.train, catalogue, split.validation, hide, progress, place, self._finish)
            else:
                model.fit(split.train, catalogue, progress)
        self._note("The evaluation fit is done")
        if parts := max((point.get("parts", 1) for point in getattr(model, "curve", ())), default=1) - 1:
            self._note("Memory was short, so that each step was done in up to {parts} parts", {"parts": int(parts) + 1})
        if figures := getattr(model, "decisions", None):
            self._note(
                "Yes from {threshold} on, for held back moments: accuracy {accuracy}, precision {precision}, "
                "recall {recall}, F1 {f1}",
                {name: f"{figure:.4g}" for name, figure in figures.items()},
            )
        return model

    def _test(self, model: Recommender, split: Split, hide: bool, progress: Progress) -> HeldOut:
        from core.evaluation.evaluate import evaluate, sure
        from core.evaluation.held_out import HeldOut

        with self._timed("evaluation"):
            validation = evaluate(model, split.validation, hide, self.run.k, progress.part(0.0, 0.5))
            test = evaluate(model, split.test, hide, self.run.k, progress.part(0.5, 1.0))
        name = f"ndcg@{self.run.k}"
        self._note(
            "NDCG@{k} {validation} on validation, {test} on test",
            {"k": self.run.k, "validation": f"{validation.metrics[name]:.4f}", "test": f"{test.metrics[name]:.4f}"},
            metrics=test.metrics,
            intervals=sure(test, split.test),
            validation=validation.metrics,
        )
        return HeldOut.of(split.test, test)

    def _account(self, model: Recommender, split: Split, hide: bool, progress: Progress) -> None:
        """Record what a private training spent, and how the same without noise ranks: what its noise costs."""
        if getattr(model, "budget", None) is None:
            return
        from core.evaluation.evaluate import evaluate
        from core.models.private import PrivateTransformer
        from core.training.private import Budget

        private = cast(PrivateTransformer, model)
        budget = cast(Budget, private.budget)
        with self._timed("without noise"):
            plain = private.afresh(noisy=False)
            plain.fit(split.train, self._workspace.catalogue(), progress.part(0.0, 0.9))
            tested = evaluate(plain, split.test, hide, self.run.k, progress.part(0.9, 1.0))
        figure = tested.metrics[f"ndcg@{self.run.k}"]
        self._note(
            "Private: epsilon {epsilon} at delta {delta}. NDCG@{k} of the same training without noise: {without}",
            {
                "epsilon": f"{budget.epsilon:.2f}",
                "delta": f"{budget.delta:.2g}",
                "k": self.run.k,
                "without": f"{figure:.4f}",
            },
            private={**budget.figures(), "ndcg_without": figure},
            versions={**self.run.versions, "opacus": importlib.metadata.version("opacus")},
        )

    def _serving_fit(
        self, model: Recommender, log: EventLog, vectors: ItemVectors | None, progress: Progress
    ) -> Recommender:
        from core.models.base import Validated

        serving = model.unfitted() if isinstance(model, Validated) else self._create(vectors)
        with self._timed("serving fit"):
            serving.fit(log, self._workspace.catalogue(), progress)
        self._note("The serving fit on all events is done")
        return serving

    def _publish(self, model: Recommender, serving: Recommender, tested: HeldOut) -> None:
        done = self.run.noted(
            "The run is ready",
            status="done",
            seconds=self._seconds,
            curve=tuple(getattr(model, "curve", ())),
            weights=dict(getattr(model, "weights", {})),
            weight_intervals=dict(getattr(model, "weight_intervals", {})),
        )
        fits = {"evaluation": pack(*model.state()), "serving": pack(*serving.state())}
        self.run = self._workspace.runs.save(done, {**fits, TESTED: pack(tested.arrays, {})})

    def _curve_so_far(self) -> tuple[dict[str, float], ...]:
        """The figures of the epochs of the evaluation fit that are in its checkpoint."""
        kept = self._workspace.runs.checkpoint(self.run.id, "evaluation").load()
        return self.run.curve if kept is None else tuple(cast("list[dict[str, float]]", kept[1].get("curve", [])))

    def _note(self, text: str, values: dict[str, str | int | float] | None = None, **changes: object) -> None:
        self.run = self._workspace.runs.save(self.run.noted(text, values, **changes))

    @contextmanager
    def _timed(self, part: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self._seconds[part] = self._seconds.get(part, 0.0) + time.perf_counter() - start


def _heard(workspace: Workspace) -> int:
    """The number of the newest feedback; 0 where no thumb is up or down."""
    said = workspace.said()
    return workspace.feedback.last() if said.is_verdict("up", "down").any() else 0


def _versions() -> dict[str, str]:
    versions = {"seqlens": __version__, "python": platform.python_version()}
    for library in LIBRARIES:
        versions[library] = importlib.metadata.version(library)
    return versions
