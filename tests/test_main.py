"""The set-up that `python main.py` does, with real virtual environments and a pip that installs one tiny package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

PROJECT = """\
[project]
name = "tiny"
dependencies = ["seqlens-probe{bound}"]
[project.optional-dependencies]
test = ["seqlens-probe-tools"]
"""


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two wheels, each of one module."""
    folder = tmp_path_factory.mktemp("wheels")
    for name, versions in (("seqlens_probe", ("1.0", "2.0")), ("seqlens_probe_tools", ("1.0",))):
        for version in versions:
            info = f"{name}-{version}.dist-info"
            with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
                wheel.writestr(f"{name}.py", f"version = {version!r}\n")
                wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
                wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
                wheel.writestr(f"{info}/RECORD", "")
    return folder


class Project:
    """A small copy of the project: the real main.py, with one tiny package to install and a command that shows it."""

    def __init__(self, folder: Path, wheels: Path) -> None:
        self.folder = folder
        text = (ROOT / "main.py").read_text(encoding="utf-8")
        start, end = text.index("MODULES = ["), text.index("# `python main.py test`")
        small = 'MODULES = ["seqlens_probe"]\nTEST_MODULES = ["seqlens_probe_tools"]\n'
        (folder / "main.py").write_text(text[:start] + small + text[end:], encoding="utf-8")
        (folder / "tests").mkdir()
        (folder / "core").mkdir()
        (folder / "core" / "__init__.py").touch()
        (folder / "core" / "cli.py").write_text(
            "import sys\n"
            "def run(words, decode):\n"
            "    import seqlens_probe\n"
            "    print('ran', seqlens_probe.version, sys.prefix, *words)\n"
            "    return 7\n",
            encoding="utf-8",
        )
        (folder / "constraints.txt").touch()
        self.ask("")
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "VIRTUAL_ENV"))}
        self.environment = clean | {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels), "PIP_CONFIG_FILE": os.devnull}

    def ask(self, bound: str) -> None:
        (self.folder / "pyproject.toml").write_text(PROJECT.format(bound=bound), encoding="utf-8")

    def run(self, python: str | Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(python), str(self.folder / "main.py"), *(words or ("info",))],
            capture_output=True,
            text=True,
            env=self.environment | environment,
            cwd=self.folder.parent,
            check=False,
        )

    @property
    def venv(self) -> Path:
        return self.folder / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _project(folder: Path, wheels: Path) -> Project:
    place = folder / "the project"  # with a blank, as folders of people have
    place.mkdir()
    return Project(place, wheels)


@pytest.fixture
def project(tmp_path: Path, wheels: Path) -> Project:
    return _project(tmp_path, wheels)


@pytest.fixture(scope="module")
def system_python() -> str:
    """A Python outside every virtual environment, as a new user's is."""
    return str(getattr(sys, "_base_executable", sys.executable))


Started = tuple[Project, subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory, wheels: Path, system_python: str) -> Started:
    """A project that was started once, and what it told: to make an environment takes seconds."""
    project = _project(tmp_path_factory.mktemp("started"), wheels)
    return project, project.run(system_python, "info", "--a b", "ü")


@pytest.fixture
def installed(project: Project, started: Started) -> Project:
    """Another one, whose environment is made already."""
    shutil.copytree(started[0].venv, project.venv, symlinks=True)
    return project


def test_first_start_makes_an_environment_and_the_second_is_silent(started: Started, system_python: str) -> None:
    project, first = started
    assert first.returncode == 7, first.stderr
    assert first.stdout.splitlines()[-1] == f"ran 2.0 {project.venv} info --a b ü"
    assert "makes itself a virtual environment" in first.stderr
    second = project.run(system_python)
    assert (second.returncode, second.stderr) == (7, "")
    assert second.stdout == f"ran 2.0 {project.venv} info\n"


def test_another_demand_is_met_without_a_word(installed: Project, system_python: str) -> None:
    installed.ask("<2")
    third = installed.run(system_python)
    assert third.stdout.splitlines()[-1].startswith(f"ran 1.0 {installed.venv}")


def test_what_was_cut_off_is_finished(project: Project, system_python: str) -> None:
    venv.create(project.venv, with_pip=False)  # killed while it made the environment
    (project.venv / "seqlens-installed.txt").write_text("an installation began", encoding="utf-8")
    cut = project.run(system_python, PIP_FIND_LINKS=os.devnull)  # then the network goes away
    assert cut.returncode == 1
    assert "The installation did not finish" in cut.stderr
    finished = project.run(system_python)
    assert finished.returncode == 7, finished.stderr
    assert "makes itself a virtual environment" not in finished.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows copies Python into the environment")
def test_an_environment_whose_python_is_gone_is_remade(installed: Project, system_python: str) -> None:
    assert installed.run(system_python).returncode == 7
    for link in (installed.venv / "bin").glob("python*"):
        link.unlink()
        link.symlink_to("/nowhere/python")
    assert installed.run(system_python).returncode == 7


def test_tools_for_tests_come_with_the_test_command(installed: Project, system_python: str) -> None:
    ran = installed.run(system_python, "test", "--version")
    assert "No module named pytest" in ran.stderr  # the tiny project has none: but its tools were installed
    code = "import seqlens_probe, seqlens_probe_tools"
    assert subprocess.run([installed.python, "-c", code], check=False).returncode == 0
    assert installed.run(system_python).stderr == ""  # serves the window as well


def test_an_own_environment_is_used_as_it_is(project: Project, tmp_path: Path) -> None:
    own = tmp_path / "own"
    venv.create(own, with_pip=False)
    python = own / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    lacking = project.run(python)
    assert f"{own} lacks seqlens_probe" in lacking.stderr
    assert f"ran 2.0 {project.venv}" in lacking.stdout

    site = subprocess.check_output(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True
    ).strip()
    (Path(site) / "seqlens_probe.py").write_text("version = 'mine'\n", encoding="utf-8")
    ran = project.run(python)
    assert (ran.stdout, ran.stderr) == (f"ran mine {own} info\n", "")


def test_a_strangers_venv_is_not_touched(project: Project, system_python: str) -> None:
    venv.create(project.venv, with_pip=False)
    before = sorted(str(path) for path in project.venv.rglob("*"))
    refused = project.run(system_python)
    assert refused.returncode == 1
    assert "was not made by Seqlens, and it lacks seqlens_probe" in refused.stderr
    assert sorted(str(path) for path in project.venv.rglob("*")) == before


def test_without_ensurepip_the_package_to_install_is_named(project: Project, system_python: str) -> None:
    (project.folder / "sitecustomize.py").write_text(
        "import importlib.util\n"
        "find = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, package=None: None if name == 'ensurepip' else find(name, package)\n",
        encoding="utf-8",
    )
    ran = project.run(system_python, PYTHONPATH=str(project.folder))
    assert ran.returncode == 1
    assert f"apt install python{sys.version_info.major}.{sys.version_info.minor}-venv" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_two_at_once_install_once(project: Project, system_python: str) -> None:
    command = [system_python, str(project.folder / "main.py"), "info"]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=project.environment)
        for _ in range(2)
    ]
    told = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [7, 7]
    assert sum("makes itself" in text for text in told) == 1
