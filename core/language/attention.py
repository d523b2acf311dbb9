"""Attention among a few tokens: titles have about ten, for which the fused kernels of torch are not made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

SHORT = 16  # tokens up to which two products of small matrices are faster than the fused kernel on the CPU
NAME = "seqlens-short"


def register() -> str:
    """Make the attention known to transformers; gives the name by which a model is asked to use it."""
    from transformers import AttentionInterface, AttentionMaskInterface
    from transformers.masking_utils import sdpa_mask

    AttentionInterface.register(NAME, attend)
    AttentionMaskInterface.register(NAME, sdpa_mask)
    return NAME


def attend(
    module: Any, query: Tensor, key: Tensor, value: Tensor, attention_mask: Tensor | None, **options: Any
) -> tuple[Tensor, Tensor | None]:
    """What transformers asks of an attention: from (B, H, T, d) to (B, T, H, d), and no weights.

    Each token looks at all others. Where that is not so (a mask, a causal model), where heads share keys, on a GPU and
    in training torch's own kernel answers.
    """
    import torch

    rows, heads, length, width = query.shape
    plain = attention_mask is None and key.shape == query.shape and not getattr(module, "is_causal", False)
    if not plain or length > SHORT or query.device.type != "cpu" or query.requires_grad or options.get("dropout"):
        from transformers.integrations.sdpa_attention import sdpa_attention_forward

        answer: tuple[Tensor, None] = sdpa_attention_forward(module, query, key, value, attention_mask, **options)
        return answer
    scale = options.get("scaling") or width**-0.5
    flat = rows * heads, length, width
    weights = torch.bmm(query.reshape(flat), key.reshape(flat).transpose(1, 2)).mul_(scale).softmax(-1)  # (B·H, T, T)
    mixed = torch.bmm(weights, value.reshape(flat)).view(rows, heads, length, width)
    return mixed.transpose(1, 2).contiguous(), None
