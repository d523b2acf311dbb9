"""What every test may need: real data, where it is at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no failure; benchmarks measure speed. CI tries the same examples each time, a developer others.
settings.register_profile("seqlens", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("seqlens")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data sets, named by SEQLENS_DATA or lying beside the project."""
    folder = Path(os.environ.get("SEQLENS_DATA", Path(__file__).parents[2] / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the real data sets are not here ({folder}); set SEQLENS_DATA to their folder")
    return folder
