"""The softmax over a catalogue, whole where it is small and sampled where it is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

CELLS = 1_000_000  # logits that are held at once: few enough to stay in the cache and to stop between two pieces


class _FullSoftmax(torch.autograd.Function):
    """Mean of `logsumexp(h·V') - h·v_target` with its gradients, a piece of the rows at a time.

    The logits of a batch would fill memory and be walked over five times; here each piece is made, turned into its
    gradient in place, and used up, so that next to nothing but three matrix products remains.
    """

    @staticmethod
    def forward(ctx: Any, hidden: Tensor, items: Tensor, target: Tensor, check: Callable[[], None]) -> Tensor:
        rows = max(1, CELLS // len(items))
        hidden_gradient, items_gradient = torch.empty_like(hidden), torch.zeros_like(items)
        total = hidden.new_zeros(())
        for start in range(0, len(hidden), rows):
            check()
            piece, truth = hidden[start : start + rows], target[start : start + rows, None]  # (R, d), (R, 1)
            logits = piece @ items.T  # (R, V)
            top = logits.amax(1, keepdim=True)  # (R, 1)
            right = logits.gather(1, truth)  # (R, 1)
            weights = logits.sub_(top).exp_()  # (R, V), the probabilities but for their sum
            mass = weights.sum(1, keepdim=True)  # (R, 1)
            total += (mass.log() + top - right).sum()
            torch.mm(weights, items, out=hidden_gradient[start : start + rows])
            hidden_gradient[start : start + rows].div_(mass)
            items_gradient.addmm_(weights.T, piece / mass)
        hidden_gradient.sub_(items[target])
        items_gradient.index_add_(0, target, hidden, alpha=-1)
        ctx.save_for_backward(hidden_gradient, items_gradient)
        ctx.rows = len(hidden)
        return total / len(hidden)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, Tensor, None, None]:
        hidden_gradient, items_gradient = ctx.saved_tensors
        scale = gradient / ctx.rows
        return hidden_gradient * scale, items_gradient * scale, None, None


def full_softmax(hidden: Tensor, items: Tensor, target: Tensor, check: Callable[[], None]) -> Tensor:
    """Mean cross entropy of the next item over the whole catalogue.

    Args:
        hidden: float [targets, d], what the model says of each moment.
        items: float [items, d].
        target: int64 [targets], the item that came next.
        check: called between pieces of the work; may raise to stop it.
    """
    loss: Tensor = _FullSoftmax.apply(hidden, items, target, check)  # type: ignore[no-untyped-call]
    return loss


class _SampledSoftmax(torch.autograd.Function):
    """Mean of `log(e^(h·v_target) + sum over negatives of e^(h·v - log expected)) - h·v_target` with its gradients."""

    @staticmethod
    def forward(
        ctx: Any,
        hidden: Tensor,
        positives: Tensor,
        negatives: Tensor,
        target: Tensor,
        sampled: Tensor,
        log_expected: Tensor,
    ) -> Tensor:
        right = (hidden * positives).sum(1, keepdim=True)  # (N, 1)
        logits = torch.addmm(-log_expected, hidden, negatives.T)  # (N, K)
        rows, columns = (target[:, None] == sampled).nonzero(as_tuple=True)
        logits[rows, columns] = float("-inf")  # the target itself is no negative
        top = torch.maximum(logits.amax(1, keepdim=True), right)  # (N, 1)
        weights = logits.sub_(top).exp_()  # (N, K)
        own = (right - top).exp_()  # (N, 1)
        mass = weights.sum(1, keepdim=True) + own  # (N, 1)
        pull = own / mass - 1.0  # (N, 1), how far the target is from being certain
        hidden_gradient = (weights @ negatives).div_(mass).addcmul_(pull, positives)
        ctx.save_for_backward(hidden_gradient, pull * hidden, weights.T @ (hidden / mass))
        return (mass.log() + top - right).mean()

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, Tensor, Tensor, None, None, None]:
        hidden, positives, negatives = ctx.saved_tensors
        scale = gradient / len(hidden)
        return hidden * scale, positives * scale, negatives * scale, None, None, None


def sampled_softmax(
    hidden: Tensor, positives: Tensor, negatives: Tensor, target: Tensor, sampled: Tensor, log_expected: Tensor
) -> Tensor:
    """Mean cross entropy against negatives that all targets of the batch share.

    A negative stands for all the items that were not drawn: its logit is lowered by the log of the number of times that
    it was expected among the negatives, which makes the sum over them an unbiased estimate of the sum over the
    catalogue. (The positive is always there and stands for itself alone.)

    Args:
        hidden: float [targets, d].
        positives: float [targets, d], vectors of the targets.
        negatives: float [negatives, d], vectors of the sampled items.
        target: int64 [targets].
        sampled: int64 [negatives], the sampled items, repeats allowed.
        log_expected: float [negatives], log of the expected number of draws of each sampled item.
    """
    loss: Tensor = _SampledSoftmax.apply(hidden, positives, negatives, target, sampled, log_expected)  # type: ignore[no-untyped-call]
    return loss
