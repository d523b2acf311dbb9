"""Numbers of things in words: `1 event`, `2,700 events`."""

from __future__ import annotations

from PySide6.QtCore import QObject


class _Words(QObject):
    """An object only because Qt's translation tool finds plurals in `self.tr` and nowhere else."""

    def events(self, count: int) -> str:
        return self.tr("%Ln event(s)", "", count)

    def sessions(self, count: int) -> str:
        return self.tr("%Ln session(s)", "", count)

    def users(self, count: int) -> str:
        return self.tr("%Ln user(s)", "", count)

    def items(self, count: int) -> str:
        return self.tr("%Ln item(s)", "", count)

    def notes(self, count: int) -> str:
        return self.tr("%Ln note(s)", "", count)

    def days(self, count: int) -> str:
        return self.tr("%Ln day(s)", "", count)


_words = _Words()


def events(count: int) -> str:
    """So many events."""
    return _words.events(count)


def sessions(count: int) -> str:
    """So many sessions."""
    return _words.sessions(count)


def users(count: int) -> str:
    """So many users."""
    return _words.users(count)


def items(count: int) -> str:
    """So many items."""
    return _words.items(count)


def notes(count: int) -> str:
    """So many notes."""
    return _words.notes(count)


def days(count: int) -> str:
    """So many days."""
    return _words.days(count)
