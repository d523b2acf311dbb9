"""A recurrent network asked of many versions of one history at once, each with other events left out.

What the network remembers after an event depends on no later one. So versions that agree on their beginning share it:
along an order in which events join one after the other, the versions have `t + 1` different beginnings of `t` events,
and only those that see the next event take a step. That is half of the steps of reading each version for itself, and
what the first layer reads of an event is the same in all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from core.language.halving import in_halves
from core.models.network import Layer, Recurrence, Transformer


class SharedCoalitions:
    """A `core.models.attribution.Game` over the events of one history, for networks that are recurrent throughout.

    Attributes:
        events: how many there are.
        pair_reads: steps that an order and its reverse take.
    """

    def __init__(self, module: Transformer, shown: Tensor, wanted: Tensor, check: Callable[[], None]) -> None:
        """Args:
        shown: float [1 + events, d], what the network reads of the start and of each event.
        wanted: float [m, d], vectors of the items whose scores are asked for.
        check: called before each step; raises where the work is to stop.
        """
        self.events = len(shown) - 1
        self.pair_reads = self.events**2 / 2
        self._layers = [cast(Layer, layer) for layer in module.layers]
        self._norm, self._shown, self._wanted, self._check = module.norm, shown, wanted, check
        first = self._layers[0]
        self._read = F.linear(first.mixing_norm(shown), *_weights(first, "ih"))  # (1 + n, 3d)

    @staticmethod
    def possible(module: Transformer) -> bool:
        """Whether the network is recurrent throughout."""
        return all(isinstance(cast(Layer, layer).mixing, Recurrence) for layer in module.layers)

    def along(self, places: NDArray[np.int64]) -> NDArray[np.float32]:
        """Scores while the events join in several orders, float32 [orders, events + 1, m].

        Args:
            places: int64 [orders, events], the place of each event in each order.
        """
        return np.concatenate(in_halves(lambda orders: self._along(places[orders]), np.arange(len(places))))

    @torch.inference_mode()
    def _along(self, places: NDArray[np.int64]) -> NDArray[np.float32]:
        orders, width = len(places), self.events + 1
        states = [state.expand(orders * width, -1).clone() for state in self._begun()]  # (O (n + 1), d) each
        start = np.arange(orders)[:, None] * width
        for event in range(self.events):
            self._check()
            before = (places[:, :event] < places[:, event, None]).sum(1)  # of what is earlier, how much joins sooner
            row = (start + np.arange(event + 1))[np.arange(event + 1) >= before[:, None]]
            rows = torch.from_numpy(row).to(self._shown.device)
            stepped = self._step(event + 1, [state[rows] for state in states])
            for state, new in zip(states, stepped, strict=True):
                state[rows + 1] = new  # those that do not see the event move down by none, the others by one
        return self._scores(states).reshape(orders, width, -1)

    @torch.inference_mode()
    def every(self) -> NDArray[np.float32]:
        """Scores of all coalitions, float32 [2 ** events, m]; bit `e` of the row says whether event `e` is seen."""
        states = self._begun()
        for event in range(self.events):
            self._check()
            stepped = self._step(event + 1, states)
            states = [torch.cat(pair) for pair in zip(states, stepped, strict=True)]
        return self._scores(states)

    def value(self, seen: NDArray[np.bool_]) -> NDArray[np.float32]:
        """Scores of some coalitions, float32 [c, m], of bool [c, events]."""
        return np.concatenate(in_halves(lambda some: self._value(seen[some]), np.arange(len(seen))))

    @torch.inference_mode()
    def _value(self, seen: NDArray[np.bool_]) -> NDArray[np.float32]:
        states = [state.expand(len(seen), -1).clone() for state in self._begun()]  # (c, d) each
        for event in range(self.events):
            self._check()
            rows = torch.from_numpy(np.flatnonzero(seen[:, event])).to(self._shown.device)
            stepped = self._step(event + 1, [state[rows] for state in states])
            for state, new in zip(states, stepped, strict=True):
                state[rows] = new
        return self._scores(states)

    def _begun(self) -> list[Tensor]:
        return self._step(0, [self._shown.new_zeros(1, self._shown.shape[1]) for _ in range(len(self._layers) + 1)])

    def _step(self, column: int, states: list[Tensor]) -> list[Tensor]:
        """What the layers remember after reading one more column, and what the last of them was given; (R, d) each."""
        x, read = self._shown[column], self._read[column]
        remembered = []
        for number, layer in enumerate(self._layers):
            if number:
                read = F.linear(layer.mixing_norm(x), *_weights(layer, "ih"))  # (R, 3d)
            remembered.append(_cell(layer, read, states[number]))
            if layer is not self._layers[-1]:
                x = x + cast(Recurrence, layer.mixing).out(remembered[-1])
                x = x + layer.gated(layer.gated_norm(x))
        return [*remembered, x.expand_as(remembered[-1])]

    def _scores(self, states: list[Tensor]) -> NDArray[np.float32]:
        last = self._layers[-1]
        x = states[-1] + cast(Recurrence, last.mixing).out(states[-2])
        x = self._norm(x + last.gated(last.gated_norm(x)))
        return cast("NDArray[np.float32]", (x @ self._wanted.T).cpu().numpy())


def _weights(layer: Layer, which: str) -> tuple[Tensor, Tensor]:
    gru = cast(Recurrence, layer.mixing).gru
    return getattr(gru, f"weight_{which}_l0"), getattr(gru, f"bias_{which}_l0")


def _cell(layer: Layer, read: Tensor, state: Tensor) -> Tensor:
    """The step of `torch.nn.GRU`, whose input part `read` (3d) may be the same for all rows."""
    kept = F.linear(state, *_weights(layer, "hh"))  # (R, 3d)
    width = state.shape[1]
    gates = torch.sigmoid(read[..., : 2 * width] + kept[:, : 2 * width])
    fresh = torch.tanh(read[..., 2 * width :] + gates[:, :width] * kept[:, 2 * width :])
    return fresh + gates[:, width:] * (state - fresh)
