"""The headless commands as a person or a script types them: the whole way, stops and terminals in real processes."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

import main
from core import cli
from core.commands import training
from core.commands.console import FORMATS
from core.workspace import Workspace
from tests.shop import open_shop, read_before

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ran:
    returncode: int
    stdout: str
    stderr: str


def run_apart(*words: str | Path) -> Ran:
    """A command in a process of its own, from main.py on."""
    ran = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        check=False,
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def run(*words: str | Path) -> Ran:
    """The same in this process, which has imported everything already."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main.main([str(word) for word in words])
    return Ran(code, out.getvalue(), err.getvalue())


def done(*words: str | Path, run: Callable[..., Ran] = run) -> str:
    """Standard output of a command that succeeds; nobody is at a terminal, so no progress bar is drawn."""
    ran = run(*words)
    assert ran.returncode == 0, ran.stderr
    assert "%" not in ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with events and a trained run."""
    path = tmp_path_factory.mktemp("shop") / "shop.seqlens"
    open_shop(path).close()
    assert "ndcg@10" in done("train", "--workspace", path, "--model", "transitions")
    return path


# ---------------------------------------------------------------- the whole way on real files


def test_from_files_to_explained_lists(shared_data: Path, tmp_path: Path) -> None:
    data, work = shared_data / "ml-100k", tmp_path / "ml.seqlens"
    report = tmp_path / "report.json"
    ran = run_apart(
        "import", data / "ml-100k.inter", "--items", data / "ml-100k.item", "--workspace", work, "--report", report
    )
    assert ran.returncode == 0, ran.stderr
    assert "user = user_id" in ran.stderr
    assert "title = movie_title" in ran.stderr
    assert json.loads(report.read_text("utf-8"))["kept"] == 100_000
    info = json.loads(done("info", "--workspace", work, "--json", "-", run=run_apart))
    assert (info["users"], info["items"], info["events"]) == (943, 1682, 100_000)

    trained = done("train", "--workspace", work, "--model", "transitions", run=run_apart).split()
    figures, lists, out = tmp_path / "figures.json", tmp_path / "lists.csv", tmp_path / "out.csv"
    done("evaluate", "--workspace", work, "--json", figures, "--lists", lists, run=run_apart)
    facts = json.loads(figures.read_text("utf-8"))
    assert facts["run"] == trained[1]
    check_lists(facts, lists)
    words = ("--user", "1", "22", "-k", "5", "--explain", "--out", out)
    done("recommend", "--workspace", work, *words, run=run_apart)
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["user_id"] for row in rows] == ["1"] * 5 + ["22"] * 5
    for row in rows:
        assert float(row["base"]) + float(row["transitions"]) == pytest.approx(float(row["score"]), abs=1e-4)


def check_lists(facts: dict[str, object], lists: Path) -> None:
    """The figures follow from the lists that were written."""
    with lists.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["user_id", "rank", "item_id", "score", "truth", "truth_rank"]
    users = {row["user_id"]: row for row in rows}
    assert len(users) == facts["users"]
    hits = [int(row["rank"]) for row in rows if row["item_id"] == row["truth"]]
    metrics = facts["metrics"]
    assert isinstance(metrics, dict)
    assert metrics["hit@10"] == pytest.approx(len(hits) / len(users))
    assert metrics["ndcg@10"] == pytest.approx(sum(1 / np.log2(1 + rank) for rank in hits) / len(users))
    assert all(int(row["truth_rank"]) == int(row["rank"]) for row in rows if row["item_id"] == row["truth"])


def test_import_takes_what_it_is_told(tmp_path: Path) -> None:
    events, work = tmp_path / "e.csv", tmp_path / "w.seqlens"
    events.write_text(
        "who,what,deed,note,day\n007,a,look,x,2024-01-01\n007,b,drop,x,2024-01-02\n8,a,?,x,2024-01-03\n", "utf-8"
    )
    words = ["import", events, "--workspace", work, "--map", "user=who", "item=what", "behavior=deed", "time=day"]
    out = done(*words, "--negative", "drop", "--invalid", "?", "--drop", "note", "--pseudonyms", tmp_path / "key")
    assert "3 rows read, 2 kept, 1 rejected" in out
    with Workspace.open(work) as workspace:
        log = workspace.log()
        assert {behaviour.name: behaviour.negative for behaviour in log.behaviours} == {"look": False, "drop": True}
        assert workspace.users().ids.to_pylist() != ["007"]
    assert len(bytes.fromhex((tmp_path / "key").read_text("ascii"))) == 32


def test_a_failed_import_leaves_nothing_behind(tmp_path: Path) -> None:
    events, work = tmp_path / "e.csv", tmp_path / "w.seqlens"
    events.write_text("", encoding="utf-8")
    ran = run_apart("import", events, "--workspace", work)
    assert ran.returncode == 1
    assert "e.csv" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert list(tmp_path.iterdir()) == [events]


# ---------------------------------------------------------------- train, evaluate, recommend, info


def test_evaluate_writes_these_keys(shop: Path, tmp_path: Path) -> None:
    """The first nine, and the first seven figures, are a promise to scripts; others may join them."""
    lists = tmp_path / "lists.csv"
    facts = json.loads(done("evaluate", "--workspace", shop, "--json", "-", "--lists", lists))
    assert list(facts) == [
        *("protocol", "hide_seen", "k", "users", "users_skipped", "items", "run", "model", "metrics"),
        *("intervals", "slices"),
    ]
    figures = facts["metrics"]
    assert list(figures)[:7] == [*("ndcg@10", "hit@10", "mrr@10", "recall@10", "precision@10", "f1@10", "coverage@10")]
    at_every_depth = {f"{name}@{k}" for name in ("ndcg", "hit", "mrr", "f1", "coverage") for k in (1, 5, 10, 20, 50)}
    assert at_every_depth | {"gini@10", "novelty@10", "popularity@10", "popularity_lift@10"} <= set(figures)
    for name, (low, high) in facts["intervals"].items():
        assert low <= figures[name] <= high
    assert {part["kind"] for part in facts["slices"]} == {"history", "popularity", "behaviour", "return"}
    check_lists(facts, lists)


def test_lists_of_several_cases_a_user_tell_them_apart(shop: Path, tmp_path: Path) -> None:
    words = ("--protocol", "leave-last-n", "--last", "2")
    run = done("train", "--workspace", shop, "--model", "popularity", *words).split()[1]
    lists, figures = tmp_path / "lists.csv", tmp_path / "figures.json"
    done("evaluate", "--workspace", shop, "--run", run, "--lists", lists, "--json", figures)
    facts = json.loads(figures.read_text("utf-8"))
    with lists.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    cases = {row["case"] for row in rows}
    assert (facts["users"], len(cases)) == (60, 120)
    hits = sum(row["item_id"] == row["truth"] for row in rows)
    assert facts["metrics"]["hit@10"] == pytest.approx(hits / len(cases))


def test_the_protocol_by_time_has_a_cut_and_a_seed(shop: Path) -> None:
    done(
        "train",
        "--workspace",
        shop,
        "--model",
        "popularity",
        "--protocol",
        "time",
        "--cut",
        "2024-10-12",
        "--seed",
        "3",
    )
    with Workspace.open(shop) as workspace:
        newest = workspace.runs.all()[0]
    assert (newest.model, newest.protocol, newest.cut) == ("popularity", "time", 1_728_691_200_000_000)
    assert newest.settings["seed"] == 3


def test_compare_prints_a_table_and_writes_a_report(shop: Path, tmp_path: Path) -> None:
    html, figures = tmp_path / "report.html", tmp_path / "figures.json"
    words = ("--models", "popularity", "transitions", "--html", html, "--language", "en", "--json", figures)
    ran = run("compare", "--workspace", shop, *words)
    assert ran.returncode == 0, ran.stderr
    assert f"The report is written to {html}" in ran.stderr
    first, head, *rows = ran.stdout.splitlines()
    assert first == "60 users, 24 items, leave-one-out"
    assert head.split()[:3] == ["run", "model", "ndcg@10"]
    assert [row.split()[1] for row in rows] == ["transitions", "popularity"]
    assert html.read_text("utf-8").startswith("<!DOCTYPE html>")
    facts = json.loads(figures.read_text("utf-8"))
    assert [each["run"] for each in facts["contenders"]] == [row.split()[0] for row in rows]
    named = done("compare", "--workspace", shop, "--run", rows[1].split()[0], "--json", "-")
    assert [each["model"] for each in json.loads(named)["contenders"]] == ["popularity"]


def test_compare_calls_settings_by_their_names(shop: Path, tmp_path: Path) -> None:
    words = ("train", "--workspace", shop, "--model", "bilinear", "--set", "bilinear.epochs=1")
    runs = [done(*words, f"bilinear.learning_rate={rate}").split()[1] for rate in ("0.02", "0.01")]
    for language, names in (("en", ("Bilinear: Learning rate", "Seed")), ("zh_CN", ("双线性模型：学习率", "随机种子"))):
        html = tmp_path / f"{language}.html"
        done("compare", "--workspace", shop, "--run", *runs, "--html", html, "--language", language)
        told = re.findall(r'<tr><th scope="row">(.+?)</th>', html.read_text("utf-8"))
        assert [told.count(name) for name in names] == [2, 1], "one's own twice, what is common once"
        assert [name for name in told if re.search("[a-z][._][a-z]", name)] == []


@pytest.mark.parametrize("suffix", FORMATS)
def test_recommend_writes_every_format_for_all(shop: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"lists{suffix}"
    ran = run("recommend", "--workspace", shop, "--all", "-k", "3", "--out", out)
    assert ran.returncode == 0, ran.stderr
    assert "180 rows" in ran.stderr  # 60 users
    assert out.stat().st_size > 1000


def test_recommend_for_a_segment(shop: Path, tmp_path: Path) -> None:
    from core.analysis.conditions import Chosen, Segment

    with Workspace.open(shop) as workspace:
        workspace.saved.put("segment", "三位 users", Segment((Chosen((4, 2, 9)),)).to_dict())
    out = tmp_path / "lists.csv"
    ran = run("recommend", "--workspace", shop, "--segment", "三位 users", "-k", "2", "--out", out)
    assert ran.returncode == 0, ran.stderr
    warned, written = ran.stderr.index("each can be recognised"), ran.stderr.index("rows written")
    assert warned < written
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert [row["user_id"] for row in csv.DictReader(file)] == [
            *("user 02",) * 2,
            *("user 04",) * 2,
            *("user 09",) * 2,
        ]
    assert "segment      3 users  三位 users\n" in done("info", "--workspace", shop)
    assert json.loads(done("info", "--workspace", shop, "--json", "-"))["segments"] == {"三位 users": 3}
    none = tmp_path / "none.csv"
    ran = run("recommend", "--workspace", shop, "--segment", "三位 users", "--out", none, "--suppress-small")
    assert (ran.returncode, "each could be recognised" in ran.stderr, none.exists()) == (1, True, False)
    ran = run("recommend", "--workspace", shop, "--segment", "nobody", "--out", out)
    assert (ran.returncode, "no segment nobody" in ran.stderr) == (1, True)


def test_somebody_new_gets_a_list_from_a_few_likes(shop: Path, tmp_path: Path) -> None:
    printed = done("recommend", "--workspace", shop, "--likes", "i3, i4,第 5 号 lamp NUMBER 5", "-k", "4", "--explain")
    lines = printed.splitlines()
    assert len(lines) == 8
    names = [line.split()[2] for line in lines[::2]]
    assert len(set(names)) == 4
    assert not {"i3", "i4", "i5"} & set(names)
    out = tmp_path / "new.csv"
    ran = run("recommend", "--workspace", shop, "--likes", "i3,i4,i5", "-k", "4", "--out", out)
    assert ran.returncode == 0, ran.stderr
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert [(row["user_id"], row["item_id"]) for row in csv.DictReader(file)] == [("new user", n) for n in names]
    ran = run("recommend", "--workspace", shop, "--likes", "i3,nothing")
    assert (ran.returncode, "No item has the id or the title nothing" in ran.stderr) == (1, True)
    ran = run("recommend", "--workspace", shop, "--all")
    assert (ran.returncode, "--out FILE" in ran.stderr) == (1, True)


def test_info_for_people_and_for_programs(shop: Path, tmp_path: Path) -> None:
    told = done("info", "--workspace", shop)
    assert "users        60" in told
    assert "transitions" in told
    file = tmp_path / "info.json"
    done("info", "--workspace", shop, "--json", file)
    facts = json.loads(file.read_text("utf-8"))
    assert {"users", "items", "events", "behaviors", "start", "end", "runs"} <= set(facts)
    assert facts["start"].startswith("2024-10-04")


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals in Python there")
def test_a_terminal_is_shown_a_progress_bar_that_goes(shop: Path) -> None:
    import pty
    import termios

    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    words = [sys.executable, str(ROOT / "main.py"), "evaluate", "--workspace", str(shop)]
    ran = subprocess.run(words, stdout=subprocess.PIPE, stderr=theirs, text=True, check=True)
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "Ranking items" in shown
    assert "%" in shown
    assert shown.rstrip("\r\n")[-80:].strip() == ""  # wiped away in the end
    assert "ndcg@10" in ran.stdout


# ---------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize(
    "words",
    [
        ("train",),
        ("train", "--workspace", "w", "--model", "oracle"),
        ("train", "--workspace", "w", "--cut", "yesterday"),
        ("train", "--workspace", "w", "--cut", "2026-05-01"),
        ("train", "--workspace", "w", "--protocol", "time", "--cut", "inf"),
        ("retain", "--workspace", "w", "--since", "1e300"),
        ("train", "--workspace", "w", "--last", "2"),
        ("train", "--workspace", "w", "--protocol", "users", "--folds", "0"),
        ("train", "--workspace", "w", "--protocol", "time", "--fold", "0"),
        ("train", "--workspace", "w", "--finish"),
        ("compare", "--workspace", "w", "--models", "oracle"),
        ("compare", "--workspace", "w", "--run", "a", "--protocol", "time"),
        ("compare", "--workspace", "w", "--fold", "1"),
        ("train", "--workspace", "w", "--seed", "-1"),
        ("train", "--workspace", "w", "--set", "transformer=3"),
        ("recommend", "--workspace", "w", "--all", "--out", "lists.doc"),
        ("recommend", "--workspace", "w", "--all", "-k", "0", "--out", "lists.csv"),
        ("recommend", "--workspace", "w", "--out", "lists.csv"),
        ("recommend", "--workspace", "w", "--likes", "a", "--out", "lists.csv", "--watermark"),
        ("recommend", "--workspace", "w", "--likes", "a", "--suppress-small"),
        ("import", "--workspace", "w"),
        ("import", "f.csv", "--workspace", "w", "--map", "colour=x"),
        ("info", "--work", "w"),
    ],
)
def test_wrong_arguments_are_told_with_2(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "usage:" in told.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("info", "--workspace", "{folder}/none.seqlens"), "There is no workspace at"),
        (("evaluate", "--workspace", "{shop}", "--run", "nope"), "There is no run nope"),
        (("compare", "--workspace", "{shop}", "--run", "nope"), "There is no run nope"),
        (("recommend", "--workspace", "{shop}", "--user", "nobody", "--out", "{folder}/o.csv"), "no user nobody"),
        (("recommend", "--workspace", "{shop}", "--all", "--out", "{folder}/no/o.csv"), "cannot be written"),
        (("info", "--workspace", "{shop}", "--json", "{folder}/no/i.json"), "No such file"),
        (
            ("train", "--workspace", "{shop}", "--model", "transitions", "--set", "transitions.colour=red"),
            "has no setting colour",
        ),
        (
            ("train", "--workspace", "{shop}", "--model", "trend", "--set", "trend.half_life=NaN"),
            "A setting of trend cannot be used",
        ),
    ],
)
def test_a_failure_is_told_with_1(
    words: tuple[str, ...], message: str, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([word.format(folder=tmp_path, shop=shop) for word in words]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert message in told.err
    assert list(tmp_path.iterdir()) == []


def test_a_workspace_in_use_is_told_kindly(shop: Path) -> None:
    with Workspace.open(shop):
        ran = run_apart("info", "--workspace", shop)
    assert ran.returncode == 1
    assert "is open in another window or program" in ran.stderr


def test_features_of_too_few_users_are_told_or_suppressed(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "features.csv"
    words = ["features", "--workspace", str(shop), "--out", str(out)]
    for together in ([], ["--together", "4"]):
        assert cli.run([*words, *together, "--suppress-small"]) == 1
        assert "Nothing was written" in capsys.readouterr().err
        assert not out.exists()
    assert cli.run([*words, "--together", "4"]) == 0
    assert "each can be recognised" in capsys.readouterr().err
    assert cli.run([*words, "--together", "5", "--suppress-small", "--watermark"]) == 0
    told = capsys.readouterr().err
    assert "recognised" not in told
    with out.open(encoding="utf-8-sig", newline="") as file:
        *rows, last = list(csv.DictReader(file))
    assert f"{len(rows)} groups of users" in told
    assert min(int(row["users"]) for row in rows) >= 5
    assert last["source"].startswith("Seqlens ")
    assert "run" not in last["source"]


def test_features_are_written_and_explained(shop: Path, tmp_path: Path) -> None:
    out = tmp_path / "features.json"
    told = done("features", "--workspace", shop, "--out", out, "--dimensions", "2")
    assert told.count("of the variance") == 2
    rows = json.loads(out.read_text("utf-8"))
    assert len(rows) == 60
    assert {"user_id", "purchase: days since", "component 2"} <= set(rows[0])


def test_the_words_for_models_are_those_that_exist() -> None:
    from core.models.available import MODELS

    assert tuple(MODELS) == training.MODELS


# ---------------------------------------------------------------- stopping


@pytest.mark.skipif(os.name == "nt", reason="a process cannot send Ctrl-C to another one there")
def test_stopped_training_goes_on_where_it_was(tmp_path: Path) -> None:
    work = tmp_path / "shop.seqlens"
    with open_shop(work) as workspace:
        read_before(workspace)
    words = ["train", "--workspace", str(work), "--model", "transformer", "--set", "transformer.epochs=2000"]
    words += ["transformer.patience=2000"]
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *words],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )
    deadline, epoch = time.monotonic() + 120, 1_000_000  # bytes: nothing but what an epoch leaves is as large
    while (not (log := Path(f"{work}.wal")).exists() or log.stat().st_size < epoch) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "Stopped." in told
    assert "best state so far is kept" in told
    assert "Traceback" not in told
    with Workspace.open(work) as workspace:
        assert workspace.runs.all()[0].status == "stopped"
    assert "ndcg@10" in done("train", "--workspace", work, "--resume", "--finish")
    with Workspace.open(work) as workspace:
        (only,) = workspace.runs.all()
        assert only.status == "done"
