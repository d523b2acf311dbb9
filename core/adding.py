"""What is known of items beside events and texts is added to a workspace: vectors made elsewhere, relations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import SeqlensError
from core.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from core.data.taken import Taken
    from core.workspace import Workspace


def add_vectors(workspace: Workspace, path: Path, progress: Progress, ids: Path | None = None) -> Taken:
    """Keep vectors of items from a file in the place of those that there were; the next training reads them.

    Args:
        ids: file of the ids that belong to a `.npy` file; None: one of the same name lies beside it.

    Raises:
        SeqlensError: there are no items yet, or the file cannot be used.
        Cancelled: the analyst pressed stop.
    """
    from core.data.outside import read_vectors

    codes, vectors, taken = read_vectors(path, ids, _known(workspace), progress)
    progress.step(0.95, 1, "Saving")
    workspace.beside.put("vectors", {"codes": codes, "vectors": vectors}, taken)
    return taken


def add_relations(workspace: Workspace, path: Path, progress: Progress, link: Path | None = None) -> Taken:
    """Keep relations of items from a file of triples in the place of those that there were.

    Args:
        link: file that says which entities are items; None: one of the same name with the ending `.link`, if there is.

    Raises:
        SeqlensError: there are no items yet, or the file cannot be used.
        Cancelled: the analyst pressed stop.
    """
    from core.data.triples import read_triples
    from core.models.beside import kept_names

    found, taken = read_triples(path, link, _known(workspace), progress)
    progress.step(0.95, 1, "Saving")
    names = {"entities": kept_names(found.entities), "relations": kept_names(found.relations)}
    ends = {"head": found.head, "relation": found.relation, "tail": found.tail}
    workspace.beside.put("relations", {**ends, **names}, taken)
    return taken


def _known(workspace: Workspace) -> pa.StringArray:
    known = workspace.catalogue().ids
    if not len(known):
        raise SeqlensError("There are no items yet that the file could tell of. Import events first.")
    return known
