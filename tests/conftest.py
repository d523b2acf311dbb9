"""What every test may need: real data, where it is at hand."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from core.privacy.passphrase import Salt

# A busy machine is no failure; benchmarks measure speed. CI tries the same examples each time, a developer others.
settings.register_profile("seqlens", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("seqlens")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Long modules of few tests. They come first: at the end one worker would be at them while the other has nothing to do.
LONG = (
    *("tests/faults/", "tests/fuzz/", "tests/test_main.py", "tests/core/data/test_importer_properties.py"),
    *("tests/core/test_cli.py", "tests/core/privacy/", "tests/core/dialogue/test_patterns_end.py"),
)

# What all tests and libraries are made of stays, by the million objects: no collection goes through it.
gc.disable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(
        key=lambda item: next((place for place, name in enumerate(LONG) if item.nodeid.startswith(name)), len(LONG))
    )


def pytest_collection_finish() -> None:
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Collect garbage in the window's thread alone, as the application does (`desktop_app.collector`).

    A timer or widget that the collector finds in the thread of a worker would be destroyed there, and Qt crashes.
    """
    with_qt = "qapp" in getattr(item, "fixturenames", ())
    (gc.disable if with_qt else gc.enable)()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    gc.disable()  # a worker may still be at something
    due = [generation for generation in range(3) if gc.get_count()[generation] > gc.get_threshold()[generation]]
    if due:
        gc.collect(max(due))


@pytest.fixture(scope="session", autouse=True)
def _keys_are_cheap() -> Iterator[None]:
    """New keys are made in no time here; tests/core/privacy/test_passphrase.py looks at what they cost elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        salt, *_ = Salt.__init__.__defaults__ or ()
        patch.setattr(Salt.__init__, "__defaults__", (salt, 1, 32, 4))  # passes, kibibytes, lanes
        yield


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data sets, named by SEQLENS_DATA or lying beside the project."""
    folder = Path(os.environ.get("SEQLENS_DATA", Path(__file__).parents[2] / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the real data sets are not here ({folder}); set SEQLENS_DATA to their folder")
    return folder
