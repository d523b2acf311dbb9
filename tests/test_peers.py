"""What the benchmarks lay before the recommenders of others; the peers themselves need an environment of their own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.evaluation.split import leave_one_out
from tests.benchmarks.peers import environment
from tests.logs import log_of


def test_peer_sees_the_split_that_ours_sees() -> None:
    split = leave_one_out(log_of([[3, 1, 2, 0], [1], [2, 0, 3]], items=4))
    told = environment.columns(split)
    assert (told["users"], told["items"]) == (3, 4)
    assert list(zip(told["train_user"].tolist(), told["train_item"].tolist(), strict=True)) == [
        (0, 3),
        (0, 1),
        (1, 1),
        (2, 2),
    ]
    assert told["train_position"].tolist() == [0, 1, 0, 0]
    assert told["validation_users"].tolist() == told["test_users"].tolist() == [0, 2]
    assert told["validation_truth"].tolist() == [2, 0]
    assert told["test_truth"].tolist() == [0, 3]
    assert list(zip(told["test_user"].tolist(), told["test_item"].tolist(), strict=True)) == [
        (0, 3),
        (0, 1),
        (0, 2),
        (2, 2),
        (2, 0),
    ]
    assert all(isinstance(column, np.ndarray) for column in told.values())


@pytest.mark.parametrize("given", [None, Path("no/such/python")])
def test_missing_peer_is_told_with_the_commands_that_make_one(
    given: Path | None, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        environment.interpreter(given)
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert "pip install -r tests/benchmarks/peers/requirements.txt" in told
    assert (Path(__file__).parent / "benchmarks/peers/requirements.txt").is_file()
