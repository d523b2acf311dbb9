"""What is said of recommendations is kept, can be taken back, counts at once, and is learned without being a truth."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import listing, workflow
from core.cli import run
from core.errors import SeqlensError
from core.evaluation.split import leave_one_out
from core.fitting import TrainSettings
from core.listing import ListRequest
from core.progress import Progress
from core.recommend.agreement import agreement
from core.recommend.feedback import DAY, Entry, Said, joined
from core.recommend.feedback_columns import look
from core.trained import split_of
from core.workspace import Workspace
from tests.logs import logs
from tests.shop import START, open_shop

LATE = START + 100 * DAY


def entry(user: int, item: int, verdict: str, time: int = LATE, **more: object) -> Entry:
    return Entry(f"user {user:02d}", f"i{item}", verdict, time=time, **more)  # type: ignore[arg-type]


def trained(workspace: Workspace, model: str = "transitions") -> str:
    return workflow.train(workspace, TrainSettings(model=model), Progress()).id


def listed(workspace: Workspace, user: int = 0, k: int = 24, **more: object) -> list[int]:
    request = ListRequest(k=k, hide_seen=False, **more)  # type: ignore[arg-type]
    found = listing.recommend(workspace, user, Progress(), request)
    return [int(item) for item in found.items]


def test_feedback_is_kept_replaced_and_taken_back(tmp_path: Path) -> None:
    with open_shop(tmp_path / "a.seqlens") as workspace:
        store = workspace.feedback
        store.put([entry(0, 1, "up", note="it's 好", run="r", rank=2, score=0.5)])
        store.put([entry(0, 1, "down"), entry(1, 2, "later", until=LATE + DAY)])
        assert store.of("user 00")["i1"].verdict == "down"
        assert store.undo()
        assert store.of("user 00")["i1"] == entry(0, 1, "up", note="it's 好", run="r", rank=2, score=0.5)
        assert store.of("user 01") == {}
        store.remove("user 00", "i1")
        assert store.all() == []
        assert store.undo()
        assert store.undo()
        assert not store.undo()
        assert store.all() == []
        store.put([entry(0, 1, "up")])
    with Workspace.open(tmp_path / "a.seqlens") as workspace:
        assert [one.verdict for one in workspace.feedback.all()] == ["up"]
        assert not workspace.feedback.undoable
    with pytest.raises(SeqlensError, match="no verdict"):
        entry(0, 1, "maybe")


def test_what_was_in_force_before_can_be_asked(tmp_path: Path) -> None:
    with open_shop(tmp_path / "a.seqlens") as workspace:
        workspace.feedback.put([entry(0, 1, "up")])
        then = workspace.feedback.last()
        workspace.feedback.put([entry(0, 1, "down")])
        assert workspace.said(then).is_verdict("up").tolist() == [True]
        assert workspace.said().is_verdict("up").tolist() == [False]


@given(logs(timed=True), st.data())
def test_thumbs_stand_behind_what_was_done_until_then(log, data: st.DataObject) -> None:  # type: ignore[no-untyped-def]
    count = data.draw(st.integers(0, 8))
    users = [data.draw(st.integers(0, log.users - 1)) for _ in range(count)]
    said = Said(
        number=np.arange(1, count + 1),
        users=np.array(users, dtype=np.int32),
        items=np.array([data.draw(st.integers(0, log.items - 1)) for _ in users], dtype=np.int32),
        verdicts=np.array([data.draw(st.integers(0, 3)) for _ in users], dtype=np.uint8),
        times=np.array([data.draw(st.integers(0, 41)) for _ in users], dtype=np.int64),
        until=np.zeros(count, dtype=np.int64),
        ranks=np.zeros(count, dtype=np.int32),
        runs=("",) * count,
    )
    whole = joined(log, said)
    own = whole.take(~whole.told)
    for name in ("item", "behaviour", "time", "text", "offsets"):
        assert getattr(own, name).tolist() == getattr(log, name).tolist()
    thumbs = said.take(said.is_verdict("up", "down"))
    assert whole.told.sum() == len(thumbs)
    told = sorted(zip(whole.user[whole.told], whole.time[whole.told], whole.item[whole.told], strict=True))
    assert told == sorted(zip(thumbs.users, thumbs.times, thumbs.items, strict=True))
    within = np.diff(whole.user) == 0
    assert (np.diff(whole.time)[within] >= 0).all()
    untimed = joined(replace(log, timed=False), said)
    assert not (np.diff(untimed.told.astype(int))[np.diff(untimed.user) == 0] < 0).any()  # all at the end


@given(logs(timed=True))
def test_feedback_is_never_a_truth(log) -> None:  # type: ignore[no-untyped-def]
    users = np.repeat(np.arange(log.users, dtype=np.int32), 2)
    count = len(users)
    said = Said(
        np.arange(1, count + 1),
        users,
        np.tile(np.array([0, 1], dtype=np.int32), log.users),
        np.zeros(count, dtype=np.uint8),
        np.tile(np.array([20, 99]), log.users),
        np.zeros(count, dtype=np.int64),
        np.zeros(count, dtype=np.int32),
        ("",) * count,
    )
    plain, heard = leave_one_out(log), leave_one_out(joined(log, said))
    for one, other in ((plain.test, heard.test), (plain.validation, heard.validation)):
        assert one.users.tolist() == other.users.tolist()
        assert one.truth.tolist() == other.truth.tolist()
    assert not heard.train.select(plain.test.users).take(heard.train.select(plain.test.users).time == 99).events


def test_a_list_heeds_feedback_at_once(tmp_path: Path) -> None:
    with open_shop(tmp_path / "a.seqlens") as workspace:
        trained(workspace)
        before = listed(workspace)
        worst, best = before[-1], before[0]
        workspace.feedback.put([entry(0, best, "down")])
        assert best not in listed(workspace)
        workspace.feedback.put([entry(0, before[1], "later", until=10**17)])
        assert before[1] not in listed(workspace)
        workspace.feedback.put([entry(0, before[1], "later", until=1)])  # has come back
        assert before[1] in listed(workspace)
        workspace.feedback.put([entry(0, worst, "up")])
        after = listed(workspace)
        follower = (worst + 1) % 24  # what most users take next
        assert after.index(follower) < [item for item in before if item != best].index(follower)
        tested = listed(workspace, 0, fit="evaluation")
        assert best in tested  # which feedback leaves alone


def test_a_thumb_down_pushes_similar_items_away_and_every_breakdown_sums(tmp_path: Path) -> None:
    with open_shop(tmp_path / "a.seqlens") as workspace:
        trained(workspace)
        before = listing.recommend(workspace, 0, Progress(), ListRequest(k=24, hide_seen=False))
        down = int(before.items[0])
        workspace.feedback.put([entry(0, down, "down"), entry(0, int(before.items[9]), "up")])
        after = listing.recommend(workspace, 0, Progress(), ListRequest(k=24, hide_seen=False))
        assert after.components[-1] == "feedback"
        pushed = after.shares[:, -1]
        assert (pushed <= 0).all()
        assert pushed.min() < 0
        np.testing.assert_allclose(after.base + after.shares.sum(1), after.scores, atol=1e-4)
        found = listing.explain(workspace, 0, after.items, Progress())
        items, up = listing.thumbs(workspace, 0, Progress())
        assert sorted(items.tolist()) == sorted([down, int(before.items[9])])
        assert up.sum() == 1
        assert found.event_shares.shape[1] == workspace.log().lengths[0] + 2
        np.testing.assert_allclose(found.scores, after.scores, atol=1e-4)
        np.testing.assert_allclose(found.event_base + found.event_shares.sum(1), after.scores, atol=1e-4)
        np.testing.assert_allclose(found.component_base + found.component_shares.sum(1), after.scores, atol=1e-4)
        column = workspace.log().lengths[0] + items.tolist().index(down)
        np.testing.assert_allclose(found.event_shares[:, column], pushed, atol=1e-4)


def test_export_heeds_feedback_of_each_user(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    with open_shop(tmp_path / "a.seqlens") as workspace:
        trained(workspace)
        down, other = listed(workspace)[0], listed(workspace, 1)
        workspace.feedback.put([entry(0, down, "down")])
        out = tmp_path / "lists.parquet"
        listing.export(workspace, out, Progress(), k=24, hide_seen=False, breakdown=True)
        rows = pq.read_table(out).to_pylist()
        own = [int(row["item_id"][1:]) for row in rows if row["user_id"] == "user 00"]
        assert own == listed(workspace)
        assert [int(row["item_id"][1:]) for row in rows if row["user_id"] == "user 01"] == other
        assert all(row["feedback"] == 0 for row in rows if row["user_id"] == "user 01")


def test_the_next_training_learns_from_thumbs_and_tests_the_same_truths(tmp_path: Path) -> None:
    with open_shop(tmp_path / "a.seqlens") as workspace:
        plain = workflow.train(workspace, TrainSettings(model="transitions"), Progress())
        thumbs = [
            entry(user, (user * 5) % 24, "up" if user % 3 else "down", START + user * DAY // 7) for user in range(50)
        ]
        workspace.feedback.put(thumbs)
        heard = workflow.train(workspace, TrainSettings(model="transitions"), Progress())
        assert (plain.feedback, heard.feedback) == (0, 50)
        assert heard.behaviours == plain.behaviours == 2
        assert any("thumbs" in str(line) for line in heard.log)
        one, other = split_of(workspace, plain), split_of(workspace, heard)
        assert one.test.truth.tolist() == other.test.truth.tolist()
        assert {each.name for each in other.train.behaviours} >= {"feedback-up", "feedback-down"}
        assert other.train.told.sum() > 0
        workspace.feedback.put([entry(0, 3, "up")])  # said after the training: the test stays as it was
        assert workflow.evaluate(workspace, heard.id, Progress()).figures["ndcg@10"] == pytest.approx(
            heard.metrics["ndcg@10"]
        )
        for user in range(5):
            made = listing.recommend(workspace, user, Progress(), ListRequest(heard.id, hide_seen=False))
            found = listing.explain(workspace, user, made.items, Progress(), ListRequest(heard.id))
            np.testing.assert_allclose(found.event_base + found.event_shares.sum(1), made.scores, atol=1e-4)
            asked = ListRequest(heard.id, "evaluation", hide_seen=False)
            tested = listing.recommend(workspace, user, Progress(), asked)
            found = listing.explain(workspace, user, tested.items, Progress(), asked)
            np.testing.assert_allclose(found.event_base + found.event_shares.sum(1), tested.scores, atol=1e-4)
        judged = {each.run.id: each for each in workflow.agreements(workspace, Progress())}
        assert judged[heard.id].learned == 50
        assert judged[heard.id].agreement.up == 1
        assert judged[plain.id].agreement.up + judged[plain.id].agreement.down == 51


def test_a_network_trains_and_serves_with_feedback(tmp_path: Path) -> None:
    options: dict[str, dict[str, object]] = {"transformer": {"epochs": 1, "width": 16, "blocks": 1, "members": 1}}
    with open_shop(tmp_path / "a.seqlens") as workspace:
        settings = TrainSettings(model="transformer", budget="quick", options=options)
        before = workflow.train(workspace, settings, Progress())
        workspace.feedback.put([entry(user, user % 24, "down" if user % 2 else "up") for user in range(20)])
        after = workflow.train(workspace, settings, Progress())
        for record in (before, after):  # one that knows the behaviours of feedback, and one that does not
            made = listing.recommend(workspace, 0, Progress(), ListRequest(record.id, hide_seen=False))
            np.testing.assert_allclose(made.base + made.shares.sum(1), made.scores, atol=1e-3)


# ------------------------------------------------------------------------------------------------ files


def test_files_come_in_with_a_report_of_what_did_not(tmp_path: Path) -> None:
    path = tmp_path / "said.csv"
    path.write_text(
        "user,item,verdict,time,note\n"
        "user 00,i1,up,2024-11-01 10:00:00,good\n"
        "user 00,i1,down,2024-11-02 10:00:00,changed my mind\n"
        "user 01,i2,not now,2024-11-02 10:00:00,\n"
        "user 01,i3,perhaps,2024-11-02 10:00:00,\n"
        "nobody,i3,up,2024-11-02 10:00:00,\n"
        "user 02,i99,up,2024-11-02 10:00:00,\n"
        ",i3,up,2024-11-02 10:00:00,\n"
        "user 03,,up,2024-11-02 10:00:00,\n"
        "user 03,i4,up,soon,\n"
        "user 03,i5,up,,'=1+1\n"
        "user 03,i5,up,2024-11-02 10:00:00,a,b,c\n",
        encoding="utf-8",
    )
    with open_shop(tmp_path / "a.seqlens") as workspace:
        report = workflow.import_feedback(workspace, path, Progress())
        assert (report.read, report.kept, report.rejected) == (11, 3, 8)
        assert report.rules == {
            "malformed_row": 1,
            "missing_user": 1,
            "missing_item": 1,
            "unreadable_time": 1,
            "unknown_user": 1,
            "unknown_item": 1,
            "unknown_verdict": 1,
            "superseded": 1,
        }
        assert len(report.rejections) == 8
        assert {one.value for one in report.rejections if one.rule == "unknown_verdict"} == {"perhaps"}
        kept = {(one.user, one.item): one for one in workspace.feedback.all()}
        assert kept["user 00", "i1"].verdict == "down"
        assert kept["user 00", "i1"].source == "said.csv"
        later = kept["user 01", "i2"]
        assert later.until == later.time + 14 * DAY
        assert kept["user 03", "i5"].note == "=1+1"
        assert workspace.feedback.undo()  # the whole file is one change
        assert workspace.feedback.all() == []


def test_what_is_exported_comes_back_the_same(tmp_path: Path) -> None:
    said = [
        entry(0, 1, "up", START, note='=危险, "quoted"\nline'),
        entry(1, 2, "down", START + DAY, run="r1", rank=3, score=0.25),
        entry(2, 3, "note", START, note="only a note"),
    ]
    for suffix in ("csv", "parquet", "json"):
        out = tmp_path / f"said.{suffix}"
        with open_shop(tmp_path / f"{suffix}.seqlens") as workspace:
            workspace.feedback.put(said)
            assert workflow.export_feedback(workspace, out, Progress()) == 3
        with open_shop(tmp_path / f"{suffix}2.seqlens") as workspace:
            report = workflow.import_feedback(workspace, out, Progress())
            assert (report.kept, report.rejected) == (3, 0)
            found = {one.item: (one.verdict, one.note, one.time) for one in workspace.feedback.all()}
            assert found == {one.item: (one.verdict, one.note, one.time) for one in said}


def test_columns_of_any_name_are_taken_where_they_are_told(tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("who;what;said;when\nuser 00;i1;up;2024-05-01\nuser 01;i2;down;2024-05-02\n", encoding="utf-8")
    seen = look(file)
    assert seen.columns == ("who", "what", "said", "when")
    assert seen.missing == ("user", "item", "verdict")
    assert not seen.sure
    told = {"user": "who", "item": "what", "verdict": "said", "time": "when"}
    with open_shop(tmp_path / "a.seqlens") as workspace:
        with pytest.raises(SeqlensError, match="no column for the user"):
            workflow.import_feedback(workspace, file, Progress())
        with pytest.raises(SeqlensError, match="no column for the verdict"):
            workflow.import_feedback(workspace, file, Progress(), {"user": "who", "item": "what"})
        with pytest.raises(SeqlensError, match="no column other"):
            workflow.import_feedback(workspace, file, Progress(), {**told, "note": "other"})
        report = workflow.import_feedback(workspace, file, Progress(), told)
        assert (report.kept, report.rejected) == (2, 0)
        assert report.files[0].columns == {"who": "user", "what": "item", "said": "verdict", "when": "time"}
        kept = {(one.user, one.item): one for one in workspace.feedback.all()}
        assert kept["user 01", "i2"].verdict == "down"
        assert kept["user 01", "i2"].time == 1_714_608_000_000_000


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", "[1]", "[{}, {}]", '[{"user": 1}, 2]', "[" * 100_000, '["user"]'],
)
def test_json_that_is_no_list_of_objects_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "said.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SeqlensError, match="list of objects"):
        look(file)


def test_json_of_others_is_read_as_far_as_it_is_feedback(tmp_path: Path) -> None:
    file = tmp_path / "said.json"
    rows = [
        {"user": "user 00", "item": "i1", "verdict": 1},
        {"item": "i2", "user": "user 01", "verdict": "no", "x": {}},
    ]
    file.write_text(json.dumps(rows), encoding="utf-8")
    with open_shop(tmp_path / "a.seqlens") as workspace:
        report = workflow.import_feedback(workspace, file, Progress())
        assert (report.read, report.kept, report.rules) == (2, 1, {"unknown_verdict": 1})
        assert report.files[0].format == "json"
        assert workspace.feedback.all()[0].verdict == "up"


def test_json_with_halves_of_characters_is_read(tmp_path: Path) -> None:
    file = tmp_path / "said.json"
    file.write_text(r'[{"user": "user 00", "item": "i1", "verdict": "up", "note": "a \ud800 b", "\udfff": 1}]', "utf-8")
    with open_shop(tmp_path / "a.seqlens") as workspace:
        assert look(file).columns == ("user", "item", "verdict", "note", "\ufffd")
        assert workflow.import_feedback(workspace, file, Progress()).kept == 1
        assert workspace.feedback.all()[0].note == "a \ufffd b"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{f"c{number}": 1 for number in range(20_000)}], "at most 10000"),
        ([{f"c{number}": 1} for number in range(9_000)], "too large"),  # 81 million cells, of 120 kB
    ],
)
def test_json_of_more_names_than_any_table_has_is_refused(tmp_path: Path, rows: list[object], told: str) -> None:
    file = tmp_path / "said.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    with pytest.raises(SeqlensError, match=told):
        look(file)


def test_a_file_that_duckdb_cannot_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / "said.csv"
    file.write_bytes(b"user,item,verdict\nuser 00,i1,up\n\ruser 01,i2,up\n")
    with open_shop(tmp_path / "a.seqlens") as workspace:
        with pytest.raises(SeqlensError, match=r"said\.csv cannot be read"):
            workflow.import_feedback(workspace, file, Progress())
        assert not workspace.feedback.all()
        file.write_text("user,item,verdict\nuser 00,i1,up\n", "utf-8")
        assert workflow.import_feedback(workspace, file, Progress()).kept == 1


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("user,item,verdict\na,b,up\na,c,down\n", True),
        ("用户,商品,评价\na,b,赞\na,c,踩\n", True),
        ("user,item,verdict\na,b,guilty\na,c,innocent\n", False),  # verdicts, but none of these
        ("user,item,behavior,feedback\na,b,view,1\na,c,buy,0\n", False),  # events
        ("user,item,rating\na,b,1\na,c,0\n", False),
    ],
)
def test_feedback_is_told_from_events(tmp_path: Path, text: str, sure: bool) -> None:
    file = tmp_path / "f.csv"
    file.write_text(text, encoding="utf-8")
    assert look(file).sure is sure


def test_the_command_line_reads_and_writes_feedback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, place = tmp_path / "said.csv", str(tmp_path / "a.seqlens")
    file.write_text("用户id,商品id,评价\nuser 00,i1,赞\nuser 01,i2,什么\n", encoding="gb18030")
    open_shop(tmp_path / "a.seqlens").close()
    assert run(["feedback", "--workspace", place, "import", str(file)]) == 0
    told = capsys.readouterr().out
    assert "2 rows read, 1 kept, 1 rejected" in told
    assert run(["feedback", "--workspace", place, "export", str(tmp_path / "out.csv")]) == 0
    assert "user 00,i1" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig").replace('"', "")
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    assert run(["feedback", "--workspace", place, "import", str(file)]) == 1
    assert "no column for the user" in capsys.readouterr().err


# ------------------------------------------------------------------------------------------------ agreement


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.booleans()), min_size=1, max_size=30))
def test_agreement_counts_pairs(thumbs: list[tuple[int, int, bool]]) -> None:
    place = np.array([place for place, _, _ in thumbs], dtype=np.float64)
    users = np.array([user for _, user, _ in thumbs], dtype=np.int32)
    up = np.array([up for _, _, up in thumbs])
    found = agreement(place, up, users)
    wins = np.sign(place[up][:, None] - place[~up]) / 2 + 0.5
    if wins.size:
        assert found.auc == pytest.approx(wins.mean())
        assert found.low <= found.high
    else:
        assert np.isnan(found.auc)
    same = users[up][:, None] == users[~up]
    assert found.pairs == same.sum()
    if same.any():
        assert found.above == pytest.approx(wins[same].mean())
    else:
        assert np.isnan(found.above)
