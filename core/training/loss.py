"""The softmax over a catalogue, whole where it is small and sampled where it is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

CELLS = 1_000_000  # logits that are held at once: few enough to stay in the cache and to stop between two pieces


class _FullSoftmax(torch.autograd.Function):
    """Mean of `logsumexp(h·V') - h·own` with its gradients, a piece of the rows at a time.

    The logits of a batch would fill memory and be walked over five times; here each piece is made, turned into its
    gradient in place, and used up, so that next to nothing but three matrix products remains.
    """

    @staticmethod
    def forward(ctx: Any, hidden: Tensor, items: Tensor, own: Tensor, check: Callable[[], None]) -> Tensor:
        rows = max(1, CELLS // len(items))
        hidden_gradient, items_gradient = torch.empty_like(hidden), torch.zeros_like(items)
        total = -(hidden * own).sum()
        for start in range(0, len(hidden), rows):
            check()
            piece = hidden[start : start + rows]  # (R, d)
            logits = piece @ items.T  # (R, V)
            top = logits.amax(1, keepdim=True)  # (R, 1)
            weights = logits.sub_(top).exp_()  # (R, V), the probabilities but for their sum
            mass = weights.sum(1, keepdim=True)  # (R, 1)
            total += (mass.log() + top).sum()
            torch.mm(weights, items, out=hidden_gradient[start : start + rows])
            hidden_gradient[start : start + rows].div_(mass)
            items_gradient.addmm_(weights.T, piece / mass)
        ctx.save_for_backward(hidden_gradient.sub_(own), items_gradient, hidden)
        return total / len(hidden)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, Tensor, Tensor, None]:
        hidden_gradient, items_gradient, hidden = ctx.saved_tensors
        scale = gradient / len(hidden)
        return hidden_gradient * scale, items_gradient * scale, hidden * -scale, None


def full_softmax(hidden: Tensor, items: Tensor, own: Tensor, check: Callable[[], None]) -> Tensor:
    """Mean cross entropy of what came next over the whole catalogue.

    Args:
        hidden: float [targets, d], what the model says of each moment.
        items: float [items, d].
        own: float [targets, d], the vector of the item that came next.
        check: called between pieces of the work; may raise to stop it.
    """
    loss: Tensor = _FullSoftmax.apply(hidden, items, own, check)  # type: ignore[no-untyped-call]
    return loss


class _SampledSoftmax(torch.autograd.Function):
    """Mean of `log(e^(h·own) + sum over negatives of e^(h·v - log expected)) - h·own` with its gradients."""

    @staticmethod
    def forward(ctx: Any, hidden: Tensor, own: Tensor, negatives: Tensor, hits: Tensor, log_expected: Tensor) -> Tensor:
        right = (hidden * own).sum(1, keepdim=True)  # (N, 1)
        logits = torch.addmm(-log_expected, hidden, negatives.T)  # (N, K)
        logits[hits[:, 0], hits[:, 1]] = float("-inf")
        top = torch.maximum(logits.amax(1, keepdim=True), right)  # (N, 1)
        weights = logits.sub_(top).exp_()  # (N, K)
        share = (right - top).exp_()  # (N, 1)
        mass = weights.sum(1, keepdim=True) + share  # (N, 1)
        pull = share / mass - 1.0  # (N, 1), how far the model is from being certain of the right item
        hidden_gradient = (weights @ negatives).div_(mass).addcmul_(pull, own)
        ctx.save_for_backward(hidden_gradient, pull * hidden, weights.T @ (hidden / mass))
        return (mass.log() + top - right).mean()

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, Tensor, Tensor, None, None]:
        hidden, own, negatives = ctx.saved_tensors
        scale = gradient / len(hidden)
        return hidden * scale, own * scale, negatives * scale, None, None


def sampled_softmax(hidden: Tensor, own: Tensor, negatives: Tensor, hits: Tensor, log_expected: Tensor) -> Tensor:
    """Mean cross entropy against negatives that all moments of the batch share.

    A negative stands for all the items that were not drawn: its logit is lowered by the log of the number of times that
    it was expected among the negatives, which makes the sum over them an unbiased estimate of the sum over the
    catalogue. (The item that came next is always there and stands for itself alone.)

    Args:
        hidden: float [targets, d], what the model says of each moment.
        own: float [targets, d], the vector of the item that came next.
        negatives: float [negatives, d], vectors of the sampled items, repeats allowed.
        hits: int64 [n, 2], row and negative where an item that came next was drawn as its own negative.
        log_expected: float [negatives], log of the expected number of draws of each sampled item.
    """
    loss: Tensor = _SampledSoftmax.apply(hidden, own, negatives, hits, log_expected)  # type: ignore[no-untyped-call]
    return loss
