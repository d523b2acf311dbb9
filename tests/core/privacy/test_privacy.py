"""Other people's data: encrypted, pseudonymous, forgotten; each is proved by the raw bytes on the disk."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core import cli, keeping, listing, migrations, workflow
from core.commands import importing
from core.commands.console import stoppable
from core.data.database import is_encrypted
from core.data.settings import ImportSettings
from core.data.tables import REWRITE_DUE
from core.data.watching import Watch
from core.errors import SeqlensError
from core.fitting import TrainSettings
from core.privacy import passphrase, pseudonyms
from core.progress import Progress
from core.recommend.feedback import Entry
from core.sequences.annotations import Annotation
from core.workspace import Workspace
from tests.shop import read_before

WORDS, OTHER = "long green boats", "seven quiet rivers"
PEOPLE = [f"person-{number:03d}@example.org" for number in range(40)]
SECRETS = ("person-007@example.org", "Copper lamp", "very private search")
START = 1_700_000_000


def make(path: Path, words: str | None = None, key: bytes | None = None) -> Path:
    """A workspace of 40 people, with a training, feedback, notes and segments about them."""
    events, items = path.with_suffix(".csv"), path.with_name("items.csv")
    rows = [
        f"{person},item-{(place + number) % 12},view,{START + place * 86_400},"
        for number, person in enumerate(PEOPLE)
        for place in range(8)
    ]
    rows.append(f"{PEOPLE[7]},,search,{START + 900_000},very private search")
    rows.append(f"{PEOPLE[8]},,search,{START + 900_000},shared search")
    rows.append(f"{PEOPLE[7]},,search,{START + 900_001},shared search")
    rows.append(f"{PEOPLE[7]},item-1,view,not a time,")
    events.write_text("user,item,behavior,timestamp,query\n" + "\n".join(rows) + "\n")
    items.write_text("item,title\n" + "".join(f"item-{n},Copper lamp {n}\n" for n in range(12)))
    with Workspace.create(path, words) as workspace:
        settings = ImportSettings(files=(events,), items_files=(items,), pseudonym_key=key)
        workflow.import_files(workspace, settings, Progress())
        read_before(workspace)
        workflow.train(workspace, TrainSettings(model="transitions"), Progress())
        if key is None:
            workspace.feedback.put([Entry(PEOPLE[7], "item-1", "up", "told me"), Entry(PEOPLE[9], "item-2", "up")])
            note = Annotation(PEOPLE[7], 0, "", "", "moved house")
            workspace.saved.put("annotation", note.name, note.body())
            chosen = {"kind": "chosen", "codes": [6, 7, 8]}
            named = {"kind": "ids", "ids": PEOPLE[6:9]}
            group = {"kind": "any", "conditions": [{"kind": "none", "conditions": [chosen, named]}, chosen]}
            workspace.saved.put("segment", "some", {"conditions": [chosen, named, group]})
            workspace.saved.put("clusters", "map", {"a": [7, 39], "b": [0]})
            workspace.set_setting("user", 7)
    events.unlink()
    items.unlink()
    return path


def holding(folder: Path, secret: str) -> list[str]:
    """The files under a folder whose raw bytes have a text, as UTF-8 or UTF-16."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            if secret.encode() in data or secret.encode("utf-16-le") in data:
                found.append(path.name)
    return sorted(found)


def test_nothing_of_an_encrypted_workspace_can_be_read_on_the_disk(tmp_path: Path) -> None:
    path = make(tmp_path / "w.seqlens")
    shutil.copy(path, migrations.backup(path, 1))
    assert all(holding(tmp_path, secret) for secret in SECRETS)  # or the search would prove nothing
    keeping.encrypt(path, WORDS, Progress())
    with Workspace.open(path, WORDS) as workspace, workspace.cursor() as cursor:
        cursor.execute("SET memory_limit = '25MB'; SET threads = 1")
        query = f"SELECT '{SECRETS[0]}' || (hash(range) % 1000003) AS text, range FROM range(1000000) ORDER BY text"
        cursor.execute(f"CREATE TEMP TABLE large AS {query}")
        spilled = list((tmp_path / "w.seqlens.tmp").iterdir())
        assert spilled
        workspace.set_setting("x", SECRETS[1])
        assert not any(holding(tmp_path, secret) for secret in SECRETS)  # neither in the spill nor in the log
    assert not any(holding(tmp_path, secret) for secret in SECRETS)
    names = {one.name for one in tmp_path.iterdir()}
    assert names == {"w.seqlens", "w.seqlens.key", "w.seqlens.version1", "w.seqlens.version1.key"}


def test_a_wrong_passphrase_says_so_and_a_new_one_takes_its_place(tmp_path: Path) -> None:
    path = make(tmp_path / "w.seqlens", WORDS)
    passphrase.tell(path, None)
    with pytest.raises(passphrase.PassphraseNeeded, match="is needed"):
        Workspace.open(path)
    with pytest.raises(passphrase.PassphraseNeeded, match="does not open"):
        Workspace.open(path, OTHER)
    with Workspace.open(path, WORDS):
        pass
    before = path.read_bytes()
    keeping.encrypt(path, OTHER, Progress())
    assert path.read_bytes() != before
    passphrase.tell(path, None)
    with pytest.raises(passphrase.PassphraseNeeded):
        Workspace.open(path, WORDS)
    with Workspace.open(path, OTHER) as workspace:
        assert workspace.counts().users == 40
        assert [run.status for run in workspace.runs.all()] == ["done"]
        workspace.save_as(tmp_path / "copy.seqlens")
    assert not holding(tmp_path, SECRETS[0])
    with Workspace.open(tmp_path / "copy.seqlens", OTHER) as copy:
        assert copy.counts().users == 40
    keeping.decrypt(path, Progress())
    with Workspace.open(path) as workspace:
        assert not workspace.encrypted
        assert [one.action for one in keeping.stored(workspace).records] == ["decrypt", "encrypt"]
    with pytest.raises(SeqlensError, match="too easy"):
        keeping.encrypt(path, "aaaaaaaaa", Progress())
    (tmp_path / "copy.seqlens.key").unlink()
    with pytest.raises(SeqlensError, match="is missing"):
        Workspace.open(tmp_path / "copy.seqlens", OTHER)


@pytest.mark.parametrize("words", [None, WORDS])
def test_of_a_forgotten_user_no_byte_is_left(tmp_path: Path, words: str | None) -> None:
    path = make(tmp_path / "w.seqlens", words)
    shutil.copy(path, migrations.backup(path, 1))
    if words:
        shutil.copy(passphrase.salt_file(path), passphrase.salt_file(migrations.backup(path, 1)))
    with Workspace.open(path) as workspace:
        former = workspace.fingerprint
        log = workspace.log()
        others = {name: log.block(code, code + 1).item.tolist() for code, name in enumerate(PEOPLE) if code != 7}
        vectors = workspace.cursor().execute("SELECT count(*) FROM vectors").fetchall()[0][0]
    gone = keeping.forget_users(path, [PEOPLE[7]], Progress())
    assert (gone.users, gone.events, gone.feedback, gone.documents) == (1, 10, 1, 1)
    if words:
        for place in (path, migrations.backup(path, 1)):
            keeping.rewriting.decrypt(place, Progress())  # so that the bytes can be searched
    for secret in (PEOPLE[7], "very private search", "told me", "moved house"):
        assert holding(tmp_path, secret) == [], secret
    assert holding(tmp_path, PEOPLE[6]) == ["w.seqlens", "w.seqlens.version1"]
    with Workspace.open(path) as workspace:
        log, ids = workspace.log(), workspace.users().ids.to_pylist()
        assert {name: log.block(code, code + 1).item.tolist() for code, name in enumerate(ids)} == others
        assert workspace.fingerprint != former
        assert workspace.user_codes([PEOPLE[8]]).tolist() == [7]
        left = [{"kind": "chosen", "codes": [6, 7]}, {"kind": "ids", "ids": [PEOPLE[6], PEOPLE[8]]}]
        segment = workspace.saved.get("segment", "some")
        assert segment == {
            "conditions": [*left, {"kind": "any", "conditions": [{"kind": "none", "conditions": left}, left[0]]}]
        }
        assert workspace.saved.get("clusters", "map") == {"a": [38], "b": [0]}
        assert workspace.setting("user", 0) == -1
        assert workspace.runs.all()[0].forgotten == 1
        assert len(listing.recommend(workspace, 3, Progress()).items)
        assert "shared search" in workspace.event_texts()
        assert workspace.cursor().execute("SELECT count(*) FROM vectors").fetchall()[0][0] <= vectors
        assert [one.facts for one in keeping.stored(workspace).records] == [{"users": 1, "events": 10}]
        workflow.train(workspace, TrainSettings(model="transitions"), Progress())
    with pytest.raises(SeqlensError, match="no user"):
        keeping.forget_users(path, [PEOPLE[7]], Progress())


def test_a_process_killed_while_it_forgets_leaves_the_rest_to_the_next_opening(tmp_path: Path) -> None:
    from core.privacy import forgetting

    path = make(tmp_path / "w.seqlens")
    keeping._erase_in(path, lambda cursor: forgetting.forget(cursor, [PEOPLE[7]]))
    with Workspace.open(path) as workspace:
        assert workspace.setting(REWRITE_DUE, False) is False
    assert holding(tmp_path, PEOPLE[7]) == []


def test_old_events_are_forgotten_with_users_who_have_no_others(tmp_path: Path) -> None:
    path = make(tmp_path / "w.seqlens")
    with Workspace.open(path) as workspace:
        latest = workspace.counts().end
    assert latest is not None
    gone = keeping.retain(path, (START + 3 * 86_400) * 1_000_000, Progress())
    assert (gone.users, gone.events) == (0, 120)
    with Workspace.open(path) as workspace:
        assert workspace.counts().start == (START + 3 * 86_400) * 1_000_000
    gone = keeping.retain(path, (START + 8 * 86_400) * 1_000_000, Progress())
    assert gone.users == 38
    assert holding(tmp_path, PEOPLE[20]) == []
    with pytest.raises(SeqlensError, match="All events"):
        keeping.retain(path, latest + 1, Progress())


def test_pseudonyms_are_the_same_in_later_files_and_only_the_key_turns_them_back(tmp_path: Path) -> None:
    key = bytes(range(32))
    path = make(tmp_path / "w.seqlens", key=key)
    assert holding(tmp_path, "person-") == []
    with Workspace.open(path) as workspace:
        ids = workspace.users().ids.to_pylist()
        later = tmp_path / "later.csv"
        later.write_text(f"user,item,timestamp\n{PEOPLE[7]},item-3,{START + 999_999}\nnew@example.org,item-3,{START}\n")
        workflow.import_files(workspace, ImportSettings(files=(later,), pseudonym_key=key), Progress())
        later.unlink()
        assert workspace.counts().users == 41
        assert set(ids) < set(workspace.users().ids.to_pylist())
        found = keeping.reidentify(workspace, ids, key, "a complaint of theirs")
        assert sorted(found.values()) == sorted(PEOPLE)
        with pytest.raises(SeqlensError, match="not the key"):
            keeping.reidentify(workspace, ids[:1], bytes(32), "curious")
        with pytest.raises(SeqlensError, match="why"):
            keeping.reidentify(workspace, ids[:1], key, " ")
        record = keeping.stored(workspace).records[0]
        assert (record.action, record.facts) == ("reidentify", {"users": 40, "reason": "a complaint of theirs"})
    keeping.forget_users(path, ids[:1], Progress())
    with Workspace.open(path) as workspace, pytest.raises(SeqlensError, match="no id behind"):
        keeping.reidentify(workspace, ids[:1], key, "again")


def test_the_key_of_pseudonyms_is_kept_by_the_system_or_in_a_file(tmp_path: Path) -> None:
    import keyring
    from keyring.backend import KeyringBackend
    from keyring.backends.fail import Keyring

    class Memory(KeyringBackend):
        priority = 1.0  # type: ignore[assignment]
        kept: dict[tuple[str, str], str] = {}  # noqa: RUF012

        def get_password(self, service: str, username: str) -> str | None:
            return self.kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            self.kept[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            del self.kept[service, username]

    former = keyring.get_keyring()
    try:
        keyring.set_keyring(Memory())
        assert pseudonyms.has_keyring()
        key = pseudonyms.keyring_key("shop")
        assert len(key) == 32
        assert pseudonyms.keyring_key("shop", create=False) == key
        with pytest.raises(SeqlensError, match="no key named other"):
            pseudonyms.keyring_key("other", create=False)
        keyring.set_keyring(Keyring())
        assert not pseudonyms.has_keyring()
        with pytest.raises(SeqlensError, match="Name a file"):
            pseudonyms.keyring_key("shop")
    finally:
        keyring.set_keyring(former)
    key, made = pseudonyms.file_key(tmp_path / "key")
    assert made
    assert pseudonyms.file_key(tmp_path / "key") == (key, False)
    assert (tmp_path / "key").stat().st_mode & 0o77 == 0 or os.name == "nt"


def test_the_commands_do_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(make(tmp_path / "w.seqlens"))
    monkeypatch.setenv("SEQLENS_NEW_PASSPHRASE", WORDS)
    monkeypatch.delenv("SEQLENS_PASSPHRASE", raising=False)
    assert cli.run(["encrypt", "--workspace", path]) == 0
    passphrase.tell(Path(path), None)
    assert cli.run(["info", "--workspace", path]) == 1
    assert "passphrase is needed" in capsys.readouterr().err
    monkeypatch.setenv("SEQLENS_PASSPHRASE", WORDS)
    assert cli.run(["forget", "--workspace", path, "--users", PEOPLE[7]]) == 0
    assert "1 users, 10 events" in capsys.readouterr().out
    assert cli.run(["retain", "--workspace", path, "--since", "2023-11-17"]) == 0
    assert cli.run(["privacy", "--workspace", path, "--json", "-"]) == 0
    out = capsys.readouterr().out
    told = json.loads(out[out.index("{") :])
    assert [one["action"] for one in told["records"]] == ["retain", "forget", "encrypt"]
    assert told["encrypted"] is True
    assert cli.run(["decrypt", "--workspace", path]) == 0
    assert cli.run(["rescue", path, str(tmp_path / "rescued.seqlens")]) == 0
    with Workspace.open(tmp_path / "rescued.seqlens") as rescued, Workspace.open(Path(path)) as workspace:
        assert rescued.counts() == workspace.counts()


def test_an_import_makes_an_encrypted_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    events, path = tmp_path / "events.csv", tmp_path / "w.seqlens"
    events.write_text(f"user,item,timestamp\n{PEOPLE[7]},i1,{START}\n", "utf-8")
    words = ["import", str(events), "--workspace", str(path)]
    for name in ("SEQLENS_PASSPHRASE", "SEQLENS_NEW_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    assert cli.run([*words, "--encrypt"]) == 1
    assert "Nobody can be asked" in capsys.readouterr().err
    monkeypatch.setenv("SEQLENS_PASSPHRASE", WORDS)
    assert cli.run(words) == 1  # the passphrase would not be used, and the file be plain
    assert "--encrypt" in capsys.readouterr().err
    events.write_text("", "utf-8")
    assert cli.run([*words, "--encrypt"]) == 1
    assert list(tmp_path.iterdir()) == [events]
    events.write_text(f"user,item,timestamp\n{PEOPLE[7]},i1,{START}\n", "utf-8")
    assert cli.run([*words, "--encrypt"]) == 0
    passphrase.tell(path, None)
    assert is_encrypted(path)
    assert PEOPLE[7].encode() not in b"".join(one.read_bytes() for one in tmp_path.iterdir() if one != events)
    events.write_text(f"user,item,timestamp\n{PEOPLE[8]},i1,{START}\n", "utf-8")
    assert cli.run(words) == 0  # into what is there, with its passphrase
    with Workspace.open(path) as workspace:
        assert (workspace.encrypted, workspace.counts().users) == (True, 2)
    plain = make(tmp_path / "plain.seqlens")
    assert cli.run(["import", str(events), "--workspace", str(plain), "--encrypt"]) == 1
    assert "Encrypt it first" in capsys.readouterr().err


def test_who_watches_a_folder_gives_the_passphrase_of_a_new_workspace_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, files = tmp_path / "w.seqlens", [tmp_path / "first.csv", tmp_path / "second.csv"]
    for number, file in enumerate(files):
        file.write_text(f"user,item,timestamp\n{PEOPLE[number]},i1,{START}\n", "utf-8")
    monkeypatch.delenv("SEQLENS_PASSPHRASE", raising=False)
    monkeypatch.setenv("SEQLENS_NEW_PASSPHRASE", WORDS)
    words = ["import", str(tmp_path), "--watch", "--workspace", str(path), "--encrypt"]
    arguments = cli.parser().parse_args(words)
    with stoppable() as progress:
        for file in files:
            assert importing._take_in(arguments, [file], Watch(tmp_path), progress) == []
    with Workspace.open(path) as workspace:
        assert (workspace.encrypted, workspace.counts().users) == (True, 2)


def test_the_salt_of_a_workspace_that_was_moved_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, away = tmp_path / "w.seqlens", tmp_path / "away.seqlens"
    Workspace.create(path, WORDS).close()
    salt = passphrase.salt_file(path).read_bytes()
    path.rename(away)
    with pytest.raises(SeqlensError, match="moved or renamed"):
        Workspace.create(path, OTHER)
    events = tmp_path / "events.csv"
    events.write_text("", "utf-8")
    assert cli.run(["import", str(events), "--workspace", str(path)]) == 1
    assert "moved or renamed" in capsys.readouterr().err
    assert passphrase.salt_file(path).read_bytes() == salt
    passphrase.salt_file(path).rename(passphrase.salt_file(away))
    Workspace.open(away, WORDS).close()


OFFLINE = """
import socket, sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.bind"):
        raise RuntimeError(f"{event} {arguments}")
sys.addaudithook(refuse)
sys.modules["llguidance"] = None  # no generator either
from core import cli
path, events, out, graph = sys.argv[1:]
for words in (
    ["import", "--encrypt", "--workspace", path, events],
    ["relations", graph, "--workspace", path],
    ["train", "--workspace", path, "--budget", "quick", "--device", "cpu",
     "--set", "transformer.epochs=1", "transformer.width=16", "transformer.members=1"],
    ["evaluate", "--workspace", path],
    ["recommend", "--workspace", path, "--all", "--out", out],
    ["recommend", "--workspace", path, "--likes", "i1,i3", "--out", out],
    ["features", "--workspace", path, "--out", out],
    ["encrypt", "--workspace", path],
    ["privacy", "--workspace", path],
):
    assert cli.run(words) == 0, words
from pathlib import Path
from core import listing, seeking
from core.progress import Progress
from core.workspace import Workspace
with Workspace.open(Path(path)) as workspace:
    said = listing.understand(workspace, "five items, more like i3, something warm", Progress())
    assert said.parts, said
    assert len(listing.recommend(workspace, 0, Progress(), listing.ListRequest(parts=said.parts)).items)
    sought = seeking.understood(workspace, "users with at least 3 events", Progress())
    assert len(seeking.seek(workspace, sought.conditions, sought.wishes, Progress()).codes)
    seeking.near_items(workspace, "i3", 5, Progress())
print("done")
"""


def test_the_whole_job_sends_nothing_anywhere(tmp_path: Path) -> None:
    """Python's sockets raise; where the system permits it, there is no network at all, for DuckDB and torch either."""
    events = tmp_path / "events.csv"
    rows = [f"u{user},i{(user + place) % 9},{START + place}" for user in range(30) for place in range(6)]
    events.write_text("user,item,timestamp\n" + "\n".join(rows) + "\n")
    graph = tmp_path / "graph.csv"
    graph.write_text("head,relation,tail\ni1,beside,i2\ni2,beside,i3\n")
    paths = (tmp_path / "w.seqlens", events, tmp_path / "out.csv", graph)
    command = [sys.executable, "-c", OFFLINE, *map(str, paths)]
    unshare = shutil.which("unshare")
    if unshare and subprocess.run([unshare, "-rn", "true"], capture_output=True).returncode == 0:
        command = [unshare, "-rn", *command]
    environment = {**os.environ, "SEQLENS_NEW_PASSPHRASE": WORDS, "SEQLENS_PASSPHRASE": WORDS}
    root = Path(__file__).parents[3]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("done\n")
    assert not holding(tmp_path, "u29,") or holding(tmp_path, "u29,") == ["events.csv"]


def test_an_export_says_where_it_came_from_and_when_it_speaks_of_few(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(make(tmp_path / "w.seqlens"))
    out = tmp_path / "lists.csv"
    assert cli.run(["recommend", "--workspace", path, "--user", *PEOPLE[:2], "--out", str(out), "--watermark"]) == 0
    told = capsys.readouterr().err
    assert "8 rows written" in told  # four items of twelve are left for each
    assert told.index("of 2 users: each can be recognised") < told.index("8 rows written")
    *_, last = out.read_text("utf-8-sig").splitlines()
    with Workspace.open(Path(path)) as workspace:
        assert workspace.fingerprint.strip('"')[:16] in last
        assert workspace.runs.all()[0].id in last
    assert cli.run(["recommend", "--workspace", path, "--all", "--out", str(out)]) == 0
    assert "recognised" not in capsys.readouterr().err
    assert "Seqlens" not in out.read_text("utf-8-sig")
