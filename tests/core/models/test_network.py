"""The network's parts against what they are meant to do."""

from __future__ import annotations

import numpy as np
import torch

from core.models.network import Attention, principal_components, rotate, rotations


def test_principal_components_keep_who_is_near_whom() -> None:
    vectors = np.random.default_rng(1).normal(size=(40, 24)).astype(np.float32)
    found = principal_components(vectors, 24)
    centred = vectors - vectors.mean(0)
    distance = torch.pdist(torch.from_numpy(centred)).numpy()
    shrunk = torch.pdist(torch.from_numpy(found)).numpy()
    np.testing.assert_allclose(shrunk / distance, found.std() / centred.std(), rtol=1e-3)
    assert not principal_components(vectors[:, :8], 24)[:, 8:].any()


def test_rotated_queries_and_keys_know_only_how_far_they_are_apart() -> None:
    torch.manual_seed(0)
    query, key = torch.randn(2, 8)
    turns = rotations(torch.arange(20)[None], 8)

    def product(at: int, other: int) -> float:
        one, two = (rotate(x.expand(1, 20, 1, 1, 8), turns)[0, n, 0, 0] for x, n in ((query, at), (key, other)))
        return float(one @ two)

    assert abs(product(3, 1) - product(17, 15)) < 1e-5
    assert abs(product(3, 1) - product(3, 2)) > 1e-3


def test_nobody_looks_ahead() -> None:
    torch.manual_seed(0)
    attention = Attention(8, 2, 0.0)
    x, turns = torch.randn(3, 5, 8), rotations(torch.arange(5).expand(3, 5), 4)
    changed = x.clone()
    changed[:, 3] = 0.0
    before, after = attention(x, turns, None), attention(changed, turns, None)
    torch.testing.assert_close(before[:, :3], after[:, :3])
    assert not torch.allclose(before[:, 3:], after[:, 3:])
    at = torch.tensor([4, 0, 2])
    torch.testing.assert_close(attention(x, turns, at)[:, 0], before[torch.arange(3), at])
