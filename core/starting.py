"""A run of another workspace, from which a training starts: what its networks learned is carried over by the texts."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import SeqlensError
from core.files import typed

if TYPE_CHECKING:
    from core.models.transfer import Begin
    from core.runs import Run
    from core.workspace import Workspace

NETWORKS = "transformer"  # the model, and the part of a hybrid, that can be carried over
NAMED = re.compile(r"(?P<path>.*\.seqlens)(?::(?P<run>[^:/\\]+))?", re.IGNORECASE)


@dataclass(frozen=True)
class Origin:
    """A run that a training can start from.

    Attributes:
        id, name, model: of the run.
        k, ndcg: its NDCG@k on its own test events; None where it was not tested.
        active: whether it makes the lists of its workspace.
    """

    id: str
    name: str
    model: str
    k: int
    ndcg: float | None
    active: bool


def origins(workspace: Workspace, text: str) -> tuple[Origin, ...]:
    """The runs of another workspace that `workspace` can start from: the active one first, then the newest.

    Args:
        text: path of the other workspace; a run behind a colon changes nothing.

    Raises:
        SeqlensError: there is no such workspace, it has the same data, or no finished run with a sequence model.
    """
    path, _ = parted(text)
    with closing(_other(workspace, path)) as other:
        active = other.active_run()
        found = [
            Origin(
                run.id,
                run.name,
                run.model,
                run.k,
                run.metrics.get(f"ndcg@{run.k}"),
                run.id == getattr(active, "id", ""),
            )
            for run in other.runs.all()
            if run.status == "done" and (run.model == NETWORKS or NETWORKS in run.weights)
        ]
    if not found:
        raise SeqlensError(
            "{file} has no finished run with a sequence model that could be carried over. Train a hybrid or a sequence "
            "model there.",
            file=path.name,
        )
    return tuple(sorted(found, key=lambda origin: not origin.active))


def begins_of(workspace: Workspace, text: str, identifier: str, learn: bool) -> tuple[Begin, ...]:
    """Where the sequence networks of another workspace's run lead those of `workspace` to begin.

    Args:
        text: path of the other workspace, and behind a colon the id of a run; without one, its active run.
        identifier: of the language model that read the items of `workspace`.
        learn: whether the networks are to be trained further.

    Raises:
        SeqlensError: there is no such workspace or run, it has no sequence model, other texts were read by another
            language model, or both workspaces have the same data, whose test events the run would have seen.
    """
    from core.models.available import rebuild
    from core.models.ensemble import TransformerEnsemble
    from core.models.hybrid import Hybrid
    from core.models.transfer import begins

    path, name = parted(text)
    with closing(_other(workspace, path)) as other:
        run = _run(other, name)
        read = language_of(run)
        if read != identifier:
            raise SeqlensError(
                "Run {run} of {file} read its items by {theirs}, and these are read by {ours}. Train one of the two "
                "with the language model of the other.",
                run=run.id,
                file=path.name,
                theirs=read or "-",
                ours=identifier,
            )
        model = rebuild(run.model, *other.runs.model(run.id, "serving"))
        parts = model.models.values() if isinstance(model, Hybrid) else (model,)
        networks = next((part for part in parts if isinstance(part, TransformerEnsemble)), None)
        if networks is None:
            raise SeqlensError(
                "Run {run} of {file} has no sequence model that could be carried over. Train a hybrid or a sequence "
                "model there.",
                run=run.id,
                file=path.name,
            )
        return begins(networks, [behaviour.name for behaviour in other.log().behaviours], learn)


def _other(workspace: Workspace, path: Path) -> Workspace:
    """The workspace at `path`, opened, if its data are others."""
    from core.workspace import Workspace as Other

    if path.exists() and path.resolve() == workspace.path.resolve():
        raise _the_same(path)
    other = Other.open(path)
    if other.fingerprint == workspace.fingerprint:
        other.close()
        raise _the_same(path)
    return other


def parted(text: str) -> tuple[Path, str | None]:
    """The workspace and the run that a text names."""
    found = NAMED.fullmatch(text.strip())
    return (typed(text), None) if found is None else (typed(found["path"]), found["run"])


def language_of(run: Run) -> str:
    """What read the items of a run, by its log; empty where nothing did."""
    told = [line.values["model"] for line in run.log if "language vectors by {model}" in line.text]
    return str(told[-1]) if told else ""


def _run(other: Workspace, name: str | None) -> Run:
    run = other.active_run() if name is None else other.runs.get(name)
    if run is None or run.status != "done":
        raise SeqlensError("{file} has no finished run to start from. Train one there.", file=other.path.name)
    return run


def _the_same(path: Path) -> SeqlensError:
    return SeqlensError(
        "{file} has the same data, and its runs have seen the events that would be tested. Start from other data.",
        file=path.name,
    )
