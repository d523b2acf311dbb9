"""Speed of the map: `python -m tests.benchmarks.map [--json FILE]`.

A frame of 100,000 points while panning, from all in view to few, at one and at two device pixels for each; idle, and
again while a sequence model is trained in the same process. Exits with 1 where the median of a frame is over 33 ms.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from core.progress import Progress
from desktop_app.app import make_way
from desktop_app.background import Background
from desktop_app.widgets.map_panels import class_colour, class_shape
from desktop_app.widgets.scatter import Label, Scatter
from tests.benchmarks.figures import Figure, finish, measure
from tests.logs import NO_CATALOGUE, random_log

POINTS, GROUPS = 100_000, 8
SIZE = (1100, 760)
GOAL = 33.0
MAGNIFIED = (1, 4, 16, 64)


def filled() -> Scatter:
    """A map of eight clouds with their names, colours and shapes."""
    rng = np.random.default_rng(0)
    group = rng.integers(0, GROUPS, POINTS)
    places = (rng.normal(size=(GROUPS, 2))[group] + 0.25 * rng.normal(size=(POINTS, 2))).astype(np.float32)
    scatter = Scatter()
    scatter.resize(*SIZE)
    scatter.set_points(places, str)
    shapes = np.array([class_shape(one) for one in range(GROUPS)], dtype=np.uint8)
    scatter.set_colours(group.astype(np.uint8), [class_colour(one) for one in range(GROUPS)], shapes[group])
    middles = [places[group == one].mean(0).tolist() for one in range(GROUPS)]
    scatter.set_labels([Label(f"Group {number}", x, y) for number, (x, y) in enumerate(middles)])
    return scatter


def frames(scatter: Scatter, when: str, ratios: tuple[int, ...] = (1, 2)) -> Iterator[Figure]:
    """Times of a frame at each magnification."""
    turn = 1
    for ratio in ratios:
        image = QImage(SIZE[0] * ratio, SIZE[1] * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)

        def frame(image: QImage = image) -> None:
            nonlocal turn
            turn = -turn
            scatter.pan(7.0 * turn, 5.0 * turn)
            scatter.render(image)

        for factor in MAGNIFIED:
            scatter.fit()
            scatter.zoom(factor)
            yield measure(f"map of 100,000 points, {ratio}x pixels, magnified {factor} times, {when}", GOAL, frame, 30)


@contextmanager
def training() -> Iterator[Background]:
    """A sequence model is trained while inside, by what also answers the window's questions meanwhile."""
    import torch

    from core.models.network import TransformerSettings
    from core.models.transformer import SequenceTransformer

    torch.set_num_threads(max(1, (os.cpu_count() or 2) - 1))  # one core is the window's, as in a training there
    begun: list[str] = []

    def fit(progress: Progress) -> None:
        SequenceTransformer(TransformerSettings(epochs=500, patience=500), None, "cpu").fit(
            random_log(users=4000, items=3000, longest=60), NO_CATALOGUE, progress
        )

    background = Background()
    job = background.start(fit, title="Training", failed=print)
    job.progressed.connect(lambda _fraction, message, _figures: begun.append(message))
    while not any(message.startswith("Training") for message in begun):
        QApplication.processEvents()
    yield background
    if background.job is None:
        raise RuntimeError("the training ended before the measurement")
    background.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    make_way()
    application = QApplication([])
    scatter = filled()
    figures = list(frames(scatter, "idle"))
    with training():
        figures += frames(scatter, "while a training runs")
    application.processEvents()
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(figure) for figure in figures], indent=1), "utf-8")
    finish(figures)


if __name__ == "__main__":
    main()
