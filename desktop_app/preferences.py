"""What the application remembers between starts, apart from any workspace."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from desktop_app.theme import Scheme

RECENT = 8


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
        value = self._settings.value("recent", [])
        paths = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return [Path(path) for path in paths if Path(path).is_file()]

    def remember(self, path: Path) -> None:
        """Put a workspace first among the recent ones."""
        others = [other for other in self.recent if other != path]
        self._settings.setValue("recent", [str(path), *(str(other) for other in others[: RECENT - 1])])
