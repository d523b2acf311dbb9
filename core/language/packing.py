"""Linear layers whose weights are kept in 8 or 4 bits, on any device: they are unpacked as they are used.

Each run of `GROUP` weights of a row has a scale and an offset of its own, in 16 bits, as Dettmers & Zettlemoyer (2023),
"The case for 4-bit precision", find that 4 bits need it. What goes in is not rounded. A layer takes a little more than
an eighth (4 bits) or a quarter (8 bits) of the memory, and about the time that it took before.

This is code of our own because neither torchao 0.18 nor bitsandbytes 0.50 did better on a processor: no faster, no
nearer to the full model in 8 bits, and in 4 bits torchao takes as much memory as in 8, while bitsandbytes (a cosine of
0.975, here 0.972) is 124 MB to install (`resources/docs/benchmarks.md`, "Fewer bits").
"""

from __future__ import annotations

from typing import Any

import torch

GROUP = 32  # weights that share a scale and an offset


class PackedLinear(torch.nn.Module):
    """In the place of a linear layer.

    Args:
        layer: whose weights [out, in] are taken over.
        bits: 8 or 4 of a weight.
    """

    kept: torch.Tensor  # uint8 [out, groups, GROUP], or half as wide with two of 4 bits in a byte
    scale: torch.Tensor  # float16 [out, groups, 1]
    low: torch.Tensor  # float16 [out, groups, 1]
    bias: torch.Tensor | None  # [out]

    def __init__(self, layer: torch.nn.Linear, bits: int) -> None:
        super().__init__()
        self.in_features, self.out_features, self.bits = layer.in_features, layer.out_features, bits
        weight = layer.weight.detach().float()
        rest = -weight.shape[1] % GROUP
        filled = torch.cat((weight, weight[:, -1:].expand(-1, rest)), dim=1)
        grouped = filled.view(weight.shape[0], -1, GROUP)  # (out, groups, GROUP)
        low, high = grouped.amin(-1, keepdim=True), grouped.amax(-1, keepdim=True)
        most = 2**bits - 1
        scale = ((high - low) / most).clamp(min=1e-8)
        kept = ((grouped - low) / scale).round().clamp(0, most).to(torch.uint8)
        if bits == 4:
            kept = kept[..., 0::2] | (kept[..., 1::2] << 4)  # two in a byte
        self.register_buffer("kept", kept)
        self.register_buffer("scale", scale.half())
        self.register_buffer("low", low.half())
        self.register_buffer("bias", None if layer.bias is None else layer.bias.detach().clone())

    @property
    def weight(self) -> torch.Tensor:
        """The weights as they are computed with, float32 [out, in]."""
        kept = self.kept
        if self.bits == 4:
            kept = torch.stack((kept & 15, kept >> 4), dim=-1).flatten(-2)
        weight = kept.float().mul_(self.scale.float()).add_(self.low.float())
        return weight.flatten(1)[:, : self.in_features]

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        """What the layer gives, [..., out] of [..., in]."""
        return torch.nn.functional.linear(given, self.weight.to(given.dtype), self.bias)


def pack(network: Any, bits: int) -> Any:
    """Put packed layers into the places of a network's linear ones; it is changed and handed back."""
    for name, part in list(network.named_children()):
        if type(part) is torch.nn.Linear:
            setattr(network, name, PackedLinear(part, bits))
        else:
            pack(part, bits)
    return network
