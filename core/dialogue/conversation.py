"""What was said, turn by turn, and what of it is in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from core.dialogue.structure import Command, Part, Understood, from_json, joined, of, to_json
from core.errors import SeqlensError

KIND = "conversation"  # of the documents that hold conversations (`core.saved`), one a user


@dataclass(frozen=True)
class Turn:
    """One step: something that was said, or, with no text, a part that was taken away by hand (`dropped`)."""

    said: Understood
    dropped: Part | None = None


@dataclass(frozen=True)
class Conversation:
    """The turns that hold. Every change gives a new conversation; what was undone is gone."""

    turns: tuple[Turn, ...] = ()

    def say(self, said: Understood) -> Conversation:
        """With one more request. A command to undo or to start over is carried out and leaves no turn."""
        for command in of(Command, said.parts):
            return self.undo() if command.name == "undo" else Conversation()
        return Conversation((*self.turns, Turn(said)))

    def drop(self, part: Part) -> Conversation:
        """Without a part that is in force."""
        return Conversation((*self.turns, Turn(Understood("", ()), part)))

    def undo(self) -> Conversation:
        """Without the last turn, if there is one."""
        return Conversation(self.turns[:-1])

    def take_back(self, place: int) -> Conversation:
        """Without the turn at `place`, as if it had never been said."""
        return Conversation((*self.turns[:place], *self.turns[place + 1 :]))

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is in force: later turns take the place of what they contradict."""
        held: tuple[Part, ...] = ()
        for turn in self.turns:
            held = joined(held, turn.said.parts)
            if turn.dropped is not None:
                held = tuple(part for part in held if part != turn.dropped)
        return held

    def to_dict(self) -> dict[str, object]:
        """Ready for JSON; `from_dict` reads it."""
        turns: list[object] = []
        for turn in self.turns:
            said = turn.said
            dropped = [] if turn.dropped is None else to_json([turn.dropped])
            turns.append(
                {"text": said.text, "parts": to_json(said.parts), "missed": list(said.missed), "dropped": dropped}
            )
        return {"turns": turns}

    @classmethod
    def from_dict(cls, body: Mapping[str, object]) -> Conversation:
        """The inverse of `to_dict`.

        Raises:
            SeqlensError: it is damaged, or of a newer version.
        """
        try:
            return cls(tuple(_turn(turn) for turn in cast("list[Mapping[str, object]]", body["turns"])))
        except (KeyError, TypeError, ValueError) as error:
            raise SeqlensError("This conversation cannot be read. It is of a newer Seqlens, or damaged.") from error


def _turn(body: Mapping[str, object]) -> Turn:
    missed = tuple((int(start), int(end)) for start, end in cast("list[tuple[int, int]]", body["missed"]))
    said = Understood(str(body["text"]), from_json(body["parts"]), missed)
    dropped = from_json(body["dropped"])
    turn = Turn(said)
    return replace(turn, dropped=dropped[0]) if dropped else turn
