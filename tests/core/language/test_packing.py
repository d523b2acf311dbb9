"""Weights in few bits: near to what they were, small, and in the place of every linear layer."""

from __future__ import annotations

import pytest
import torch

from core.language.packing import GROUP, PackedLinear, pack


@pytest.mark.parametrize(("bits", "share"), [(8, 0.32), (4, 0.20)])
@pytest.mark.parametrize("width", [GROUP, 50])
def test_a_layer_is_small_and_near_to_what_it_was(bits: int, share: float, width: int) -> None:
    torch.manual_seed(0)
    layer = torch.nn.Linear(width, 64)
    packed = PackedLinear(layer, bits)
    step = (layer.weight.max() - layer.weight.min()) / (2**bits - 1)
    assert packed.weight.shape == layer.weight.shape
    assert torch.all((packed.weight - layer.weight).abs() <= 0.6 * step + 1e-3)
    given = torch.randn(5, 3, width)
    assert torch.cosine_similarity(packed(given).flatten(), layer(given).flatten(), dim=0) > 0.99
    if width == GROUP:
        kept = sum(each.nbytes for name, each in packed.named_buffers() if name != "bias")
        assert kept <= share * layer.weight.nbytes


def test_layers_of_equal_weights_and_without_bias_are_kept_as_they_are() -> None:
    layer = torch.nn.Linear(8, 4, bias=False)
    torch.nn.init.constant_(layer.weight, 0.5)
    torch.testing.assert_close(PackedLinear(layer, 4)(torch.ones(1, 8)), torch.full((1, 4), 4.0))


def test_all_linear_layers_of_a_network_are_packed_and_nothing_else() -> None:
    network = torch.nn.Sequential(
        torch.nn.Linear(8, 8), torch.nn.ModuleDict({"in": torch.nn.Linear(8, 2)}), torch.nn.LayerNorm(2)
    )
    kinds = {type(part).__name__ for part in pack(network, 4).modules()}
    assert "Linear" not in kinds
    assert {"PackedLinear", "LayerNorm"} <= kinds
