"""What is known of items beside events and texts is added to a workspace: vectors, relations, pictures."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.data.taken import Taken
from core.errors import SeqlensError
from core.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from core.data.pictures import Named
    from core.language.pictures import Decode, PictureEncoder
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

    known = _known(workspace)
    with workspace.cursor() as cursor:
        codes, vectors, taken = read_vectors(cursor, path, ids, known, progress)
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

    known = _known(workspace)
    with workspace.cursor() as cursor:
        found, taken = read_triples(cursor, path, link, known, progress)
    progress.step(0.95, 1, "Saving")
    names = {"entities": kept_names(found.entities), "relations": kept_names(found.relations)}
    ends = {"head": found.head, "relation": found.relation, "tail": found.tail}
    workspace.beside.put("relations", {**ends, **names}, taken)
    return taken


def add_pictures(
    workspace: Workspace, path: Path | None, progress: Progress, model: Path, decode: Decode, device: str = "cpu"
) -> Taken:
    """Keep vectors of the items' pictures, which a table names, in the place of those that there were.

    What a vision model computed of a picture is kept by the picture's content: a stopped computation goes on where it
    was. No picture is fetched from the web.

    Args:
        path: a table with the columns item_id and picture; relative paths lie beside it. None: the last file whose
            import gave a column the role of pictures.
        model: folder of a CLIP or SigLIP model.
        decode: reads a picture file.

    Raises:
        SeqlensError: there are no items yet, no import named pictures, the table or the model cannot be used, or no
            picture can be read.
        Cancelled: the analyst pressed stop.
    """
    from core.data.pictures import read_places
    from core.language.pictures import identifier_of

    known, named = _known(workspace), named_pictures(workspace) if path is None else None
    if path is None:
        if named is None:
            raise SeqlensError(
                "No file was imported with a column of pictures. Name a table with the columns item_id and picture."
            )
        path = named.path
    with workspace.cursor() as cursor:
        places = read_places(cursor, path, known, progress.part(0.0, 0.05), named)
    seen = _Seen(workspace, identifier_of(model), model, decode, device)
    vectors, read = seen.vectors(places.files, progress.part(0.05, 0.95))
    left = dict(places.left)
    if not read.all():
        first = int(np.argmin(read))
        left["unreadable_picture"] = (int((~read).sum()), places.rows[first], places.cells[first])
    if not read.any():
        reason = max(left, key=lambda name: left[name][0], default="")
        _, row, cell = left.get(reason, (0, 0, ""))
        raise SeqlensError(
            "{file} leads to no picture of an item of this workspace: row {row} has {cell}. Paths are taken from the "
            "folder of the file; web addresses are not fetched.",
            file=path.name,
            row=row,
            cell=cell or "-",
        )
    taken = Taken(
        file=path.name,
        read=places.read,
        kept=int(read.sum()),
        items=int(read.sum()),
        left_out={reason: count for reason, (count, _, _) in left.items()},
        first={reason: (row, cell) for reason, (_, row, cell) in left.items()},
        figures={"dimensions": vectors.shape[1]},
    )
    progress.step(0.95, 1, "Saving")
    codes = np.array(places.codes, dtype=np.int32)[read]
    workspace.beside.put("pictures", {"codes": codes, "vectors": vectors[read]}, taken)
    return taken


def named_pictures(workspace: Workspace) -> Named | None:
    """The last imported file of which a column names pictures."""
    from core.data.pictures import named_by_import

    with workspace.cursor() as cursor:
        return named_by_import(cursor)


class _Seen:
    """Vectors of picture files: those that the workspace has, and those that are computed."""

    def __init__(self, workspace: Workspace, identifier: str, model: Path, decode: Decode, device: str) -> None:
        self._store, self._identifier, self._model = workspace.vectors, identifier, model
        self._decode, self._device = decode, device
        self._encoder: PictureEncoder | None = None

    def vectors(self, files: list[Path], progress: Progress) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """float32 [files, d], and which of the files could be read."""
        from core.language.pictures import BATCH

        hashes = []
        for file in files:
            progress.check()
            hashes.append(_content(file))
        distinct = list(dict.fromkeys(hashes))
        file_of = dict(zip(hashes, files, strict=True))
        known, found = self._store.get(self._identifier, distinct)
        rows = dict(zip((name for name, there in zip(distinct, known, strict=True) if there), found, strict=True))
        missing = [name for name, there in zip(distinct, known, strict=True) if not there]
        for start in range(0, len(missing), BATCH):
            progress.step(start, len(missing), "Looking at pictures: {ready} of {all}", ready=start, all=len(missing))
            self._look(missing[start : start + BATCH], file_of, rows)
        width = len(next(iter(rows.values()), np.zeros(0)))
        vectors = np.zeros((len(files), width), dtype=np.float32)
        read = np.array([name in rows for name in hashes], dtype=np.bool_)
        if read.any():
            vectors[read] = np.stack([rows[name] for name in hashes if name in rows])
        return vectors, read

    def _look(self, names: list[bytes], file_of: dict[bytes, Path], rows: dict[bytes, NDArray[np.float32]]) -> None:
        from core.language.pictures import DECODED, PictureEncoder

        pictures = {name: picture for name in names if (picture := self._decode(file_of[name], DECODED)) is not None}
        if not pictures:
            return
        if self._encoder is None:
            self._encoder = PictureEncoder.open(self._model, self._device)
        vectors = self._encoder.encode(list(pictures.values()))
        self._store.put(self._identifier, pictures, vectors)
        rows.update(zip(pictures, vectors, strict=True))


def _content(file: Path) -> bytes:
    """16 bytes of BLAKE2b of what a picture file holds."""
    digest = blake2b(digest_size=16)
    with file.open("rb") as open_file:
        while piece := open_file.read(1 << 20):
            digest.update(piece)
    return digest.digest()


def _known(workspace: Workspace) -> pa.StringArray:
    known = workspace.catalogue().ids
    if not len(known):
        raise SeqlensError("There are no items yet that the file could tell of. Import events first.")
    return known
