"""Notes on events come back, on the same event even where others were added before it."""

from __future__ import annotations

import json
from pathlib import Path

from core.sequences.annotations import KIND, Annotation, read
from core.workspace import Workspace
from tests.filled import sequence


def test_a_note_finds_its_event_again_among_new_ones() -> None:
    events = sequence([10, 20, 20, 30], [0, 0, 1, 0])
    note = Annotation.on_event(events, 2, "why?")
    assert note == Annotation("user 7", 20, "item-2", "purchase", "why?")
    assert note.event(events) == 2
    assert note.event(sequence([1, 2, 10, 20, 30])) == -1  # at its time stands another event
    moment = Annotation("user 7", 25, "", "", "nothing happens")
    assert moment.event(events) == -1
    assert len({note.name, moment.name, Annotation.on_event(events, 1, "").name}) == 3


def test_notes_are_kept_in_the_workspace(tmp_path: Path) -> None:
    path, events = tmp_path / "w.seqlens", sequence([10, 20])
    notes = [Annotation.on_event(events, 1, "第二 =1+1\n"), Annotation("user 7", 5, "", "", "before")]
    other = Annotation("user 8", 1, "", "", "someone else's")
    with Workspace.create(path) as workspace:
        for note in [*notes, other]:
            workspace.saved.put(KIND, note.name, note.body())
        workspace.saved.put(KIND, "odd", {"user": "user 7", "time": "late", "text": 3})
    with Workspace.open(path) as workspace:
        found = read(workspace.saved.all(KIND).values(), "user 7")
        assert found == notes[::-1]
        assert json.loads(found[0].name) == ["user 7", 5, "", ""]
        assert read(workspace.saved.all(KIND).values()) == [other, *found]
        workspace.saved.remove(KIND, found[0].name)
        assert read(workspace.saved.all(KIND).values(), "user 7") == notes[:1]
