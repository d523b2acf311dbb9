"""The one kind of failure that an analyst can mend, told in words that can be translated."""

from __future__ import annotations


class SeqlensError(Exception):
    """Something that the analyst can put right.

    The message is a template in English, so that the window can translate the template and fill in the values
    afterwards: ``SeqlensError("{file}: line {line} has no user id. Fill it in or ...", file="a.csv", line=7)``.
    It says what is wrong, where, and what to do.

    Attributes:
        template: the English sentence with named fields.
        values: what fills the fields.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values) if values else template)
        self.template = template
        self.values = values


_GONE = (
    "database has been invalidated",
    "input/output error",
    "no such file",
    "no such device",
    "stale file handle",
    # as macOS and Windows say it
    "device not configured",
    "host is down",
    "not ready",
    "cannot find the",
)


def lost_contact(error: BaseException) -> SeqlensError | None:
    """What to tell where the file of a workspace cannot be reached or read any more; None for anything else.

    DuckDB names its failures by their kind, and after one that it cannot mend refuses all that follows.
    """
    named, text = type(error).__name__, str(error)
    if type(error).__module__.partition(".")[0] not in ("duckdb", "_duckdb"):
        return None
    if "corrupt database file" in text.lower():
        return SeqlensError(
            "A part of the workspace's file is damaged: {why}. What can be read of it can be written into a new "
            "workspace: File, Rescue, or `main.py rescue`.",
            why=text.strip().splitlines()[0],
        )
    if named != "FatalException" and not any(words in text.lower() for words in _GONE):
        return None
    return SeqlensError(
        "The file of the workspace cannot be reached: {why}. If its drive was removed, connect it again, then open the "
        "workspace anew; what was saved before is kept.",
        why=text.strip().splitlines()[0] if text.strip() else named,
    )
