"""Training of which a stated bound says how little it can tell of any one user: DP-SGD with Opacus.

Abadi et al. 2016, "Deep Learning with Differential Privacy"; the user is the unit (McMahan et al. 2018). At each step
every user is drawn by a coin of their own (Poisson sampling), the gradient of each one is clipped to a length, the
clipped ones are added up, and Gaussian noise is added before the optimiser sees the sum. Opacus' optimiser clips and
adds the noise, its accountant says which (epsilon, delta) the steps come to; the gradients of single users are ours,
as no layer needs hooks for them then.

Two neighbouring sets of data differ by one user with all that the user did. The number of users is taken as known.
Coins and noise are drawn from the system's randomness and never kept, so no seed gives such a training again: whoever
knew the noise could take it away. Attacks by the rounding of floating-point noise (Mironov 2012) are not defended.
"""

from __future__ import annotations

import functools
import importlib.util
import math
import secrets
import time
import warnings
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.errors import SeqlensError
from core.progress import Progress
from core.training.checkpoints import CheckpointStore, Settings, Tensors

if TYPE_CHECKING:
    from opacus.optimizers import DPOptimizer

POINTS = 20  # of the curve, at each of which a checkpoint is kept
WARM_UP = 0.1  # share of the steps in which the learning rate rises, and over which weights are averaged
LARGEST_DELTA = 1e-5


class Gradients(Protocol):
    """A model as this training sees it: parameters, and what each user alone would change in them."""

    learned: list[nn.Parameter]

    def of(self, users: NDArray[np.int64], rng: np.random.Generator) -> Iterator[tuple[list[Tensor], Tensor]]:
        """For a few users at a time the gradient of each one's loss, [users, *parameter] for each of `learned`, and the
        losses, float [users]. The gradient of a user must hang on nothing that another one did.
        """


@dataclass(frozen=True)
class PrivateSettings:
    """How to train.

    Attributes:
        epsilon: the bound to stay below, above 0.
        delta: the chance that the bound does not hold; None: 1e-5, or a tenth of one in the number of users.
        clip: length to which the gradient of each user is cut.
        drawn: users that a step draws in the mean; half of all at most.
        steps: fixed before; there is no stopping early, as choosing on users' events would have to be accounted.
        learning_rate: of Adam at its peak.
        noisy: false for the same training without noise, which promises nothing: what the noise costs.
    """

    epsilon: float
    delta: float | None = None
    clip: float = 1.0
    drawn: int = 256
    steps: int = 200
    learning_rate: float = 4e-3
    noisy: bool = True


@dataclass(frozen=True)
class Budget:
    """What is promised, and what was done for it.

    Attributes:
        epsilon, delta: by Opacus' accountant (Rényi differential privacy), for all `steps`.
        noise: standard deviation of the noise, in lengths of a clipped gradient.
        rate: chance of a user to be drawn for a step.
        steps: how many.
        clip: length of a clipped gradient.
        users: of the data.
    """

    epsilon: float
    delta: float
    noise: float
    rate: float
    steps: int
    clip: float
    users: int

    def figures(self) -> dict[str, float]:
        """Every attribute by its name."""
        return {name: float(value) for name, value in asdict(self).items()}


@dataclass
class Learned:
    """What a private training came to.

    Attributes:
        budget: spent on the steps that were made.
        weights: the averaged weights of `Gradients.learned`.
        curve: some of the steps: epoch (their number), loss, events_per_second (users), seconds.
    """

    budget: Budget
    weights: list[Tensor] = field(default_factory=list)
    curve: list[dict[str, float]] = field(default_factory=list)


def available() -> bool:
    """Whether Opacus is installed."""
    return importlib.util.find_spec("opacus") is not None


def planned(users: int, settings: PrivateSettings) -> Budget:
    """The least noise with which all steps stay within the budget.

    Raises:
        SeqlensError: Opacus is not installed, or so small an epsilon is out of reach.
    """
    if not available():
        raise SeqlensError(
            "Private training needs Opacus. Install it with: pip install -c constraints.txt -e .[private]"
        )
    delta = settings.delta or min(LARGEST_DELTA, 0.1 / max(users, 1))
    rate = min(0.5, settings.drawn / max(users, 1))
    shape = {"delta": delta, "rate": rate, "steps": settings.steps, "clip": settings.clip, "users": users}
    if not settings.noisy:
        return Budget(epsilon=math.inf, noise=0.0, **shape)  # type: ignore[arg-type]
    noise = _least_noise(settings.epsilon, delta, rate, settings.steps)
    return Budget(epsilon=spent(noise, rate, settings.steps, delta), noise=noise, **shape)  # type: ignore[arg-type]


@functools.cache
def _least_noise(epsilon: float, delta: float, rate: float, steps: int) -> float:
    from opacus.accountants.utils import get_noise_multiplier

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that an order of the bound is the last one of Opacus' list
            return float(
                get_noise_multiplier(
                    target_epsilon=epsilon,
                    target_delta=delta,
                    sample_rate=rate,
                    steps=steps,
                    epsilon_tolerance=min(0.01, epsilon / 100),
                    accountant="rdp",
                )
            )
    except ValueError as error:
        raise SeqlensError(
            "No noise is enough for an epsilon of {epsilon}. Take a larger one.", epsilon=epsilon
        ) from error


def spent(noise: float, rate: float, steps: int, delta: float) -> float:
    """The epsilon that so many steps come to."""
    from opacus.accountants import RDPAccountant

    if steps == 0:
        return 0.0
    accountant = RDPAccountant()
    accountant.history = [(noise, rate, steps)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return float(accountant.get_epsilon(delta))


def train_privately(
    model: Gradients,
    users: int,
    settings: PrivateSettings,
    progress: Progress,
    checkpoints: CheckpointStore | None = None,
    finish: bool = False,
) -> Learned:
    """Train the parameters `learned` of a model on `users` users and give their averaged values.

    Stopped and gone on with, it draws new noise for what is left of the steps; what was thrown away nobody saw.

    Args:
        checkpoints: where the state is kept now and then, and found again.
        finish: take the state of the checkpoint and train no further; fewer steps were made, so less was spent.

    Raises:
        Cancelled: the analyst pressed stop.
        SeqlensError: Opacus is not installed, the loss is no number, or `finish` finds nothing learned.
    """
    state = _State(model, planned(users, settings), settings, checkpoints)
    if finish and state.steps == 0:
        raise SeqlensError("This training was stopped before it had learned anything. Resume it, or start a new one.")
    rng, every = np.random.default_rng(), max(1, settings.steps // POINTS)  # no seed: see above
    began, drawn, loss = time.perf_counter(), 0, 0.0
    while not finish and state.steps < settings.steps:
        count, total = state.step(rng, progress)
        drawn, loss = drawn + count, loss + total
        seconds = time.perf_counter() - began
        figures = {"loss": loss / max(drawn, 1), "events_per_second": drawn / max(seconds, 1e-9), "seconds": seconds}
        if state.steps % every == 0 or state.steps == settings.steps:
            state.curve.append({"epoch": float(len(state.curve) + 1), **figures})
            if checkpoints:
                checkpoints.save(state.tensors(), state.facts())
            began, drawn, loss = time.perf_counter(), 0, 0.0
        told = {"step": state.steps, "steps": settings.steps, **figures}
        progress.step(state.steps, settings.steps, "Private training, step {step} of {steps}", **told)
    return Learned(state.budget, state.average, state.curve)


class _State:
    """All that changes while training."""

    def __init__(
        self, model: Gradients, budget: Budget, settings: PrivateSettings, checkpoints: CheckpointStore | None
    ) -> None:
        self._model, self._planned, self._settings = model, budget, settings
        self.average = [value.detach().clone() for value in model.learned]
        self.curve: list[dict[str, float]] = []
        self.steps = 0
        self._adam = torch.optim.Adam(model.learned, lr=settings.learning_rate)
        self._optimiser = _private(self._adam, budget, model.learned[0].device)
        kept = checkpoints.load() if checkpoints else None
        if kept is not None:
            self._restore(*kept)

    @property
    def budget(self) -> Budget:
        """What the steps so far come to."""
        plan = self._planned
        epsilon = spent(plan.noise, plan.rate, self.steps, plan.delta) if self._settings.noisy else math.inf
        return Budget(**{**asdict(plan), "epsilon": epsilon, "steps": self.steps})

    def step(self, rng: np.random.Generator, progress: Progress) -> tuple[int, float]:
        """One step; how many users were drawn, and the sum of their losses."""
        for group in self._adam.param_groups:
            group["lr"] = self._settings.learning_rate * _slope(self.steps, self._settings.steps)
        users, loss = np.flatnonzero(rng.random(self._planned.users) < self._planned.rate), 0.0
        self._optimiser.zero_grad(set_to_none=True)
        for gradients, losses in self._model.of(users, rng):
            progress.check()
            loss += float(losses.sum())
            self._clip(gradients, more=True)
        if not math.isfinite(loss):
            raise SeqlensError("The training left the numbers (loss {loss}). Lower the learning rate.", loss=loss)
        self._clip([value.new_zeros((0, *value.shape)) for value in self._model.learned], more=False)
        self.steps += 1
        keep = 1.0 - 1.0 / max(1.0, WARM_UP * self._settings.steps)
        keep = min(keep, self.steps / (self.steps + 10))  # so that the first average is not the random start
        with torch.no_grad():
            torch._foreach_lerp_(self.average, [value.detach() for value in self._model.learned], 1.0 - keep)
        return len(users), loss

    def _clip(self, gradients: list[Tensor], more: bool) -> None:
        """Add the clipped gradients of some users to the sum; with no `more` to come, add noise and make the step."""
        for value, each in zip(self._model.learned, gradients, strict=True):
            value.grad_sample = each  # type: ignore[attr-defined]
        self._optimiser.signal_skip_step(do_skip=more)
        self._optimiser.step()
        if more:
            self._optimiser.zero_grad(set_to_none=True)  # the sum of the clipped ones stays

    def tensors(self) -> Tensors:
        kept: dict[str, Tensor] = {f"weights/{place}": value for place, value in enumerate(self._model.learned)}
        kept |= {f"average/{place}": value for place, value in enumerate(self.average)}
        for place, moments in self._adam.state_dict()["state"].items():
            kept |= {f"optimiser/{place}/{name}": value for name, value in moments.items()}
        return {name: value.detach().cpu().numpy() for name, value in kept.items()}

    def facts(self) -> Settings:
        return {"steps": self.steps, "curve": list(self.curve), "noise": self._planned.noise, "private": True}

    def _restore(self, tensors: Tensors, facts: Settings) -> None:
        try:
            moments: dict[int, dict[str, Tensor]] = {}
            with torch.no_grad():
                for place, value in enumerate(self._model.learned):
                    value.copy_(torch.from_numpy(tensors[f"weights/{place}"]))
                    self.average[place].copy_(torch.from_numpy(tensors[f"average/{place}"]))
                    found = {
                        name: torch.from_numpy(tensors[f"optimiser/{place}/{name}"])
                        for name in ("exp_avg", "exp_avg_sq")
                    }
                    moments[place] = {**found, "step": torch.tensor(float(cast(int, facts["steps"])))}
            self._adam.load_state_dict({**self._adam.state_dict(), "state": moments})
            self.steps, self.curve = int(cast(int, facts["steps"])), cast("list[dict[str, float]]", facts["curve"])
            same = math.isclose(float(cast(float, facts["noise"])), self._planned.noise)
        except (KeyError, ValueError, RuntimeError, TypeError) as error:
            raise SeqlensError("The checkpoint belongs to another model. Start a new training.") from error
        if not same:  # the promise is for one noise in all steps
            raise SeqlensError("The checkpoint belongs to another model. Start a new training.")


def _private(adam: torch.optim.Adam, budget: Budget, device: torch.device) -> DPOptimizer:
    from opacus.optimizers import DPOptimizer

    generator = torch.Generator(device)
    generator.manual_seed(secrets.randbits(63))
    return DPOptimizer(
        adam,
        noise_multiplier=budget.noise,
        max_grad_norm=budget.clip,
        expected_batch_size=max(1.0, budget.rate * budget.users),
        generator=generator,
    )


def _slope(step: int, steps: int) -> float:
    """Share of the peak learning rate: a straight rise, then half a cosine down to a twentieth."""
    rise = max(1, int(WARM_UP * steps))
    return min(1.0, (step + 1) / rise) * max(0.05, 0.5 * (1.0 + math.cos(math.pi * step / max(steps, 1))))
