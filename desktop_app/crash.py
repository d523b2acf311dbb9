"""What goes into the log when something fails: where, never what about. The data are other people's."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import traceback
from pathlib import Path

from core import __version__
from core.errors import SeqlensError

SIZE, FORMER = 1 << 20, 3  # bytes of a log, and how many former ones are kept

# Not one of those that `logging` knows: a library that configures logging would silence it with all others.
log = logging.Logger("seqlens", logging.INFO)


def outline(error: BaseException) -> str:
    """The kinds of errors and the places in the program, without messages, which may hold ids, titles or paths.

    Of an error that the analyst can mend, the template is told: it is constant.
    """
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        told = f": {current.template}" if isinstance(current, SeqlensError) else ""
        parts.append(f"{type(current).__module__}.{type(current).__name__}{told}")
        frames = traceback.extract_tb(current.__traceback__)
        parts += [f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames]
        current = current.__cause__ or current.__context__
    return "\n".join(parts)


def report(error: BaseException) -> str:
    """What may be sent to whoever mends the program: versions, and where it failed; it holds nothing of the data."""
    from desktop_app.dialogs.about import versions_text

    return f"{versions_text()}\n\n{outline(error)}"


def keep_log(folder: Path) -> None:
    """Write the log into rotating files in `folder`, and the program's own crashes beside them; none if it cannot."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / "seqlens.log", maxBytes=SIZE, backupCount=FORMER, encoding="utf-8"
        )
        crashes = folder / "crash.log"
        if crashes.exists() and crashes.stat().st_size > SIZE:
            crashes.replace(folder / "crash.log.1")
        faulthandler.enable(crashes.open("a", encoding="utf-8"))  # names of functions and numbers of lines
    except OSError:
        return  # a full or read-only disk must not keep the window from working
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.info("Seqlens %s started", __version__)
