"""What each item is like in figures with names: the tags of its category and the axes of its language vector."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.language.features import principal

if TYPE_CHECKING:
    import pyarrow as pa

SEPARATORS = re.compile(r"\s*[|;,/>]\s*")


@dataclass(frozen=True)
class ItemFeatures:
    """One row an item, one named column a figure.

    Attributes:
        names: of the columns, q of them.
        values: float32 [items, q].
    """

    names: tuple[str, ...]
    values: NDArray[np.float32]


def item_features(
    categories: pa.StringArray, vectors: NDArray[np.float32] | None, tags: int, language: int
) -> ItemFeatures:
    """Tags, 1 where an item has one and else 0, beside the principal components of language vectors.

    Args:
        categories: of the items, null where unknown; one may name several tags, as "Animation|Comedy".
        vectors: float32 [items, d]; None where no item has a text.
        tags: of the most frequent ones, at most.
        language: principal components, at most.
    """
    names, values = tag_columns(categories, tags)
    if language and vectors is not None and vectors.any():
        axes = principal(vectors, language)
        names = (*names, *(f"language {number}" for number in range(1, axes.shape[1] + 1)))
        values = np.concatenate((values, axes), axis=1)
    return ItemFeatures(names, values)


def tag_columns(categories: pa.StringArray, most: int) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    """Names of the `most` frequent tags and which item has which, float32 [items, tags] of 0 and 1."""
    encoded = categories.dictionary_encode()
    words = [str(word) for word in encoded.dictionary.to_pylist()]
    code = encoded.indices.fill_null(len(words)).to_numpy(zero_copy_only=False)
    count = np.bincount(code, minlength=len(words) + 1)
    split = tags_of(words)
    found: Counter[str] = Counter()
    for parts, items in zip(split, count, strict=False):
        found.update(dict.fromkeys(parts, int(items)))
    names = tuple(name for name, _ in sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))[:most])
    place = {name: column for column, name in enumerate(names)}
    has = np.zeros((len(words) + 1, len(names)), dtype=np.float32)  # of a word, and of none
    for row, parts in enumerate(split):
        has[row, [place[part] for part in parts if part in place]] = 1.0
    return names, has[code]


def tags_of(words: list[str]) -> list[list[str]]:
    """The tags of each category name. Blanks part them where few words make up many categories, as genres do."""
    parted = [[part for part in SEPARATORS.split(word) if part] for word in words]
    blanks = [[piece for part in parts for piece in part.split()] for parts in parted]
    whole, pieces = ({tag for parts in each for tag in parts} for each in (parted, blanks))
    return blanks if len(pieces) <= len(whole) // 2 else parted


def shared_tags(words: list[str]) -> list[list[str]]:
    """The tags of each category name where fewer tags than names make up all of them, as genres do; else the name."""
    tags = [parts or [word] for parts, word in zip(tags_of(words), words, strict=True)]
    return tags if len({tag for parts in tags for tag in parts}) < len(words) else [[word] for word in words]
