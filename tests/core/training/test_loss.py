"""The losses against the plain formulas."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional as F

from core.progress import Cancelled, Progress
from core.training import loss as losses
from core.training.loss import full_softmax, sampled_softmax


def test_full_softmax_is_cross_entropy_with_its_gradients(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(losses, "CELLS", 130)  # several pieces, the last one shorter
    torch.manual_seed(0)
    hidden, items = torch.randn(23, 8, requires_grad=True), torch.randn(50, 8, requires_grad=True)
    target = torch.randint(50, (23,))
    expected = F.cross_entropy(hidden @ items.T, target)
    gradients = torch.autograd.grad(expected * 3, (hidden, items))
    found = full_softmax(hidden, items, items[target], lambda: None)
    torch.testing.assert_close(found, expected)
    for one, other in zip(torch.autograd.grad(found * 3, (hidden, items)), gradients, strict=True):
        torch.testing.assert_close(one, other)


def test_full_softmax_can_be_stopped_between_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(losses, "CELLS", 50)
    progress = Progress()
    calls = []

    def check() -> None:
        calls.append(1)
        if len(calls) == 3:
            progress.cancel()
        progress.check()

    with pytest.raises(Cancelled):
        full_softmax(torch.randn(23, 8), torch.randn(50, 8), torch.randn(23, 8), check)
    assert len(calls) == 3


def test_sampled_softmax_is_the_formula_with_its_gradients() -> None:
    torch.manual_seed(0)
    given = [torch.randn(rows, 8, requires_grad=True) for rows in (23, 23, 30)]
    hidden, own, negatives = given
    target, sampled, log_expected = torch.randint(12, (23,)), torch.randint(12, (30,)), torch.randn(30)
    hit = target[:, None] == sampled
    logits = (hidden @ negatives.T - log_expected).masked_fill(hit, float("-inf"))
    right = (hidden * own).sum(1, keepdim=True)
    expected = F.cross_entropy(torch.cat((right, logits), 1), torch.zeros(23, dtype=torch.int64))
    gradients = torch.autograd.grad(expected * 3, given)
    found = sampled_softmax(hidden, own, negatives, hit.nonzero(), log_expected)
    torch.testing.assert_close(found, expected)
    for one, other in zip(torch.autograd.grad(found * 3, given), gradients, strict=True):
        torch.testing.assert_close(one, other)


def test_sampled_softmax_estimates_the_full_one() -> None:
    torch.manual_seed(0)
    hidden, items = torch.randn(40, 8), torch.randn(200, 8)
    target = torch.randint(200, (40,))
    share = torch.rand(200) + 0.1
    share /= share.sum()
    draws = 20_000
    sampled = torch.multinomial(share, draws, replacement=True)
    hits = (target[:, None] == sampled).nonzero()
    found = sampled_softmax(hidden, items[target], items[sampled], hits, (share * draws).log()[sampled])
    torch.testing.assert_close(found, F.cross_entropy(hidden @ items.T, target), atol=0.02, rtol=0)
