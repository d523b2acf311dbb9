"""Work that nothing can interrupt, in a process of its own that can be ended at once.

scikit-learn's t-SNE and HDBSCAN are single calls of minutes; in the window's process neither Stop nor a frame would get
through. Arrays go there and back in safetensors files, which hold numbers and no code.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.files import scratch_folder

if TYPE_CHECKING:
    from core.progress import Progress

ROOT = Path(__file__).resolve().parents[2]
ITERATION = re.compile(r"Iteration (\d+)")  # in what scikit-learn says while it works
NICE = 10  # as the threads that work beside the window
LAST_WORDS = 400  # characters of what a failed process said

Arrays = dict[str, NDArray[Any]]


def run(
    task: str,
    arrays: Arrays,
    settings: dict[str, float],
    progress: Progress,
    tell: Callable[[float, float], object],
) -> Arrays:
    """What the function of this name in `TASKS` makes of `arrays` and `settings`.

    `tell` is called with how much is done, and of how much.

    Raises:
        SeqlensError: the process could not be started, or it failed.
        Cancelled: the analyst pressed stop; the process is gone by then.
    """
    from safetensors.numpy import load_file, save_file

    total = max(settings.get("iterations", 0), 1)
    tell(0, 1)
    with scratch_folder() as folder:
        save_file({key: np.ascontiguousarray(array) for key, array in arrays.items()}, folder / "in.safetensors")
        command = [sys.executable, "-u", "-m", "core.analysis.apart", task, str(folder), json.dumps(settings)]
        said: list[str] = []
        with _started(command) as process, progress.interrupting(process.kill):
            assert process.stdout is not None
            for line in process.stdout:
                said.append(line)
                if found := ITERATION.search(line):
                    tell(min(int(found[1]), total), total + 1)
            code = process.wait()
        progress.check()
        if code:
            raise SeqlensError("This could not be computed: {why}", why="".join(said)[-LAST_WORDS:].strip())
        return load_file(folder / "out.safetensors")


def _started(command: list[str]) -> subprocess.Popen[str]:
    spare = str(max(1, (os.cpu_count() or 2) - 1))  # one core is the window's
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": spare, "OPENBLAS_NUM_THREADS": spare}
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise SeqlensError("This could not be computed: {why}", why=error) from error


def _tsne(arrays: Arrays, settings: dict[str, float]) -> Arrays:
    from sklearn.manifold import TSNE

    vectors = arrays["vectors"]
    model = TSNE(
        2,
        perplexity=min(settings["perplexity"], max(1.0, (len(vectors) - 1) / 3)),
        init="pca",
        max_iter=int(settings["iterations"]),
        random_state=int(settings["seed"]),
        verbose=2,
    )
    return {"places": model.fit_transform(vectors).astype(np.float32)}


def _hdbscan(arrays: Arrays, settings: dict[str, float]) -> Arrays:
    from sklearn.cluster import HDBSCAN

    model = HDBSCAN(min_cluster_size=int(settings["smallest"]), algorithm="kd_tree", copy=False)
    return {"labels": model.fit_predict(arrays["places"]).astype(np.int32)}


TASKS = {"tsne": _tsne, "hdbscan": _hdbscan}


def main(task: str, folder: str, settings: str) -> None:
    """The process: reads what `run` wrote, computes, writes the answer."""
    from safetensors.numpy import load_file, save_file

    if hasattr(os, "nice"):
        os.nice(max(0, NICE - os.nice(0)))
    found = TASKS[task](load_file(Path(folder) / "in.safetensors"), json.loads(settings))
    save_file(found, Path(folder) / "out.safetensors")


if __name__ == "__main__":
    main(*sys.argv[1:])
