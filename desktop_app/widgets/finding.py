"""Looking for items in the catalogue on a worker thread; nothing here touches a widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from core.progress import Progress
    from core.workspace import Workspace

FOUND = 20  # items that a search offers
NEAR = 8  # items more that come near to what was typed
LEAST = 3  # letters from which that is looked for; Chinese ones count twice


def find_items(
    workspace: Workspace, text: str, progress: Progress, among: NDArray[np.int32] | None = None
) -> list[tuple[str, int]]:
    """(title or id, code) of the first items whose title or id contains `text`; the shortest, which it fills most.

    Only items whose codes are `among` these, where it is given.
    """
    import numpy as np
    import pyarrow.compute as pc

    progress.check()
    catalogue = workspace.catalogue()
    wanted, found = text.lower(), np.zeros(catalogue.items, dtype=np.bool_)
    for column in (catalogue.titles, catalogue.ids):
        held = pc.match_substring(pc.utf8_lower(column), wanted)
        found |= pc.fill_null(held, False).to_numpy(zero_copy_only=False)
        progress.check()
    codes = np.flatnonzero(found)
    if among is not None:
        codes = np.intersect1d(codes, among, assume_unique=True)
    lengths = pc.fill_null(pc.utf8_length(catalogue.titles.take(codes)), 0).to_numpy(zero_copy_only=False)
    best = codes[np.argsort(lengths, kind="stable")[:FOUND]]
    return _named(workspace, best)


def find_near(workspace: Workspace, text: str, progress: Progress) -> list[tuple[str, int]]:
    """(title or id, code) of items that come near to `text` by meaning or letters and do not contain it."""
    from core.seeking import near_items

    if sum(1 + (letter >= "\u3400") for letter in text) < LEAST:
        return []
    literal = {code for _, code in find_items(workspace, text, progress)}
    near = [code for code in near_items(workspace, text, NEAR + FOUND, progress).tolist() if code not in literal]
    return _named(workspace, near[:NEAR])


def _named(workspace: Workspace, codes: object) -> list[tuple[str, int]]:
    import numpy as np

    catalogue, wanted = workspace.catalogue(), np.asarray(codes, dtype=np.int64)
    titles, ids = (column.take(wanted).to_pylist() for column in (catalogue.titles, catalogue.ids))
    return [
        (f"{title}  ·  {name}" if title else name, int(code))
        for title, name, code in zip(titles, ids, wanted, strict=True)
    ]
