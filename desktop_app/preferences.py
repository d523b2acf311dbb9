"""What the application remembers between starts, apart from any workspace."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from core.data.datasets import address
from desktop_app.theme import Scheme

RECENT = 8
APART = "\n"  # between the paths of files that belong together


class Preferences:
    """Typed access to the application's settings file."""

    def __init__(self) -> None:
        self._settings = QSettings()

    @property
    def scheme(self) -> Scheme:
        value = str(self._settings.value("scheme", "system"))
        return "dark" if value == "dark" else "light" if value == "light" else "system"

    @scheme.setter
    def scheme(self, value: Scheme) -> None:
        self._settings.setValue("scheme", value)

    @property
    def language(self) -> str:
        """ "system", "en" or "zh_CN"."""
        return str(self._settings.value("language", "system"))

    @language.setter
    def language(self, value: str) -> None:
        self._settings.setValue("language", value)

    @property
    def geometry(self) -> QByteArray | None:
        value = self._settings.value("geometry")
        return value if isinstance(value, QByteArray) else None

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._settings.setValue("geometry", value)

    @property
    def page(self) -> str:
        return str(self._settings.value("page", "data"))

    @page.setter
    def page(self, value: str) -> None:
        self._settings.setValue("page", value)

    @property
    def recent(self) -> list[Path]:
        """Workspaces that were open, the last one first; those that are gone are left out."""
        return [path for (path,) in self._groups("recent")]

    def remember(self, path: Path) -> None:
        """Put a workspace first among the recent ones."""
        self._put_first("recent", [path])

    @property
    def recent_files(self) -> list[list[Path]]:
        """Files that were imported together, the last ones first; those of which one is gone are left out.

        Addresses are kept, but for those with a question mark, behind which a signature that opens them may stand.
        """
        return self._groups("recent_files")

    def remember_files(self, paths: list[Path]) -> None:
        """Put files that were imported together first among the recent ones."""
        if all(map(_can_be_opened, paths)):
            self._put_first("recent_files", paths)

    @property
    def recent_commands(self) -> list[str]:
        """Names of the actions that were run from the command palette, the last one first."""
        return self._names("recent_commands")

    def remember_command(self, name: str) -> None:
        """Put an action first among the recent ones."""
        names = [name, *(other for other in self.recent_commands if other != name)][:RECENT]
        self._settings.setValue("recent_commands", names)

    @property
    def encoders(self) -> list[str]:
        """Folders and names of the text encoders that were added, in their order."""
        return self._names("encoders")

    @encoders.setter
    def encoders(self, value: list[str]) -> None:
        self._settings.setValue("encoders", value)

    @property
    def generators(self) -> list[str]:
        """Folders, GGUF files and names of the generators that were added, in their order."""
        return self._names("generators")

    @generators.setter
    def generators(self, value: list[str]) -> None:
        self._settings.setValue("generators", value)

    @property
    def generator(self) -> str:
        """Folder, GGUF file or name of the generator that is used; empty for none."""
        return str(self._settings.value("generator", ""))

    @generator.setter
    def generator(self, value: str) -> None:
        self._settings.setValue("generator", value)

    @property
    def generator_reads(self) -> str:
        """Which requests it reads: "all", the "rest" that the grammar leaves, or none ("")."""
        value = str(self._settings.value("generator_reads", "rest"))
        return value if value in ("all", "rest", "") else "rest"

    @generator_reads.setter
    def generator_reads(self, value: str) -> None:
        self._settings.setValue("generator_reads", value)

    @property
    def generator_words(self) -> bool:
        """Whether it words what a list has become."""
        return str(self._settings.value("generator_words", "true")) == "true"

    @generator_words.setter
    def generator_words(self, value: bool) -> None:
        self._settings.setValue("generator_words", "true" if value else "false")

    @property
    def marks_features(self) -> bool:
        """Whether a table of users' features says in a last row of which data it is."""
        return str(self._settings.value("marks_features", "false")) == "true"

    @marks_features.setter
    def marks_features(self, value: bool) -> None:
        self._settings.setValue("marks_features", "true" if value else "false")

    @property
    def may_fetch(self) -> bool:
        """Whether models may be fetched from the hub, each after a question."""
        return str(self._settings.value("may_fetch", "true")) == "true"

    @may_fetch.setter
    def may_fetch(self, value: bool) -> None:
        self._settings.setValue("may_fetch", "true" if value else "false")

    @property
    def picture_model(self) -> str:
        """Folder of the vision model that looks at pictures of items; empty where none was chosen."""
        return str(self._settings.value("picture_model", ""))

    @picture_model.setter
    def picture_model(self, value: str) -> None:
        self._settings.setValue("picture_model", value)

    @property
    def toured(self) -> bool:
        """Whether the tour was taken or put away."""
        return str(self._settings.value("toured", "false")) == "true"

    @toured.setter
    def toured(self, value: bool) -> None:
        self._settings.setValue("toured", "true" if value else "false")

    def _names(self, key: str) -> list[str]:
        """A list of texts; Qt hands a list of one back as that one."""
        value = self._settings.value(key, [])
        return [value] if isinstance(value, str) else value if isinstance(value, list) else []

    def _groups(self, key: str) -> list[list[Path]]:
        groups = [[Path(part) for part in text.split(APART)] for text in self._names(key)]
        return [group for group in groups if all(map(_can_be_opened, group))]

    def _put_first(self, key: str, group: list[Path]) -> None:
        groups = [group, *(other for other in self._groups(key) if other != group)][:RECENT]
        self._settings.setValue(key, [APART.join(map(str, paths)) for paths in groups])


def _can_be_opened(path: Path) -> bool:
    return path.is_file() or (address(path) is not None and "?" not in str(path))
