"""Models of the Hugging Face hub: whether one is on this machine, how large it is, and fetching it when asked to.

Nothing else in the program touches the network, and this only when `size_of` or `fetch` is called.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import SeqlensError
from core.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS = (".json", ".txt", ".model", ".safetensors")  # what a model needs of its top folder
# What tells its languages, how its tokens become a vector, and how it wants to be spoken to.
BESIDE = ("README.md", "1_Pooling/config.json", "chat_template.jinja")


def fetched(name: str) -> Path | None:
    """The folder of a model of the hub on this machine, None where it was not fetched; the network is not touched."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError, ValueError):
        return None


def size_of(name: str) -> int:
    """Bytes that `fetch` would bring. This asks the hub, and tells it the name of the model and nothing else.

    Raises:
        SeqlensError: there is no such model, or the hub cannot be reached.
    """
    return sum(size for _, size in _wanted(name))


def fetch(name: str, progress: Progress) -> Path:
    """Bring a model of the hub to this machine, into the folder that Hugging Face's programs share.

    Raises:
        SeqlensError: there is no such model, it has no weights that are safe to read, or the network fails.
        Cancelled: the analyst pressed stop; the files that are there already are kept.
    """
    from huggingface_hub import hf_hub_download

    progress.step(0, 1, "Asking the hub for {model}", model=name)
    files = _wanted(name)
    if not any(file.endswith(".safetensors") for file, _ in files):
        raise SeqlensError(
            "The language model {model} has no weights in the safetensors format. Choose another model.", model=name
        )
    total, done = max(1, sum(size for _, size in files)), 0
    for file, size in files:
        progress.step(done, total, "Fetching {model}: {megabytes} MB", model=name, megabytes=total // 1_000_000)
        try:
            hf_hub_download(name, file)
        except Exception as error:  # the hub's library hands on whatever its client of the day raises
            raise _not_fetched(name, error) from error
        done += size
    progress.step(1, 1, "{model} is on this machine", model=name)
    folder = fetched(name)
    if folder is None:
        raise SeqlensError("The language model {model} is not where it was put. Fetch it again.", model=name)
    return folder


def _wanted(name: str) -> Sequence[tuple[str, int]]:
    """Names and bytes of the files that a model needs, the small ones first."""
    from huggingface_hub import HfApi

    try:
        files = HfApi().model_info(name, files_metadata=True, timeout=20).siblings or []
    except Exception as error:  # the hub's library hands on whatever its client of the day raises
        raise _not_fetched(name, error) from error
    wanted = [
        (file.rfilename, file.size or 0)
        for file in files
        if file.rfilename in BESIDE or ("/" not in file.rfilename and file.rfilename.endswith(KINDS))
    ]
    return sorted(wanted, key=lambda file: file[1])


def _not_fetched(name: str, error: Exception) -> SeqlensError:
    return SeqlensError(
        "The language model {model} could not be fetched: {error}. Check its name and the network, or choose a folder "
        "of this machine.",
        model=name,
        error=(str(error).strip() or type(error).__name__).splitlines()[0],
    )
