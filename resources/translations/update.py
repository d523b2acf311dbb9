"""Brings the translation files up to date with the source: `python -m resources.translations.update`.

Texts of the window are found by Qt's lupdate. Texts of `core` (which must not know Qt) are found here: the templates
of its errors, notes and progress messages, and the sentences of its tables of names. New texts appear in the `.ts`
files as unfinished; write the translation there (or with Qt Linguist) and run this again to make the `.qm` files.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).resolve().parent
CALLS = {
    "SeqlensError": 0,
    "PassphraseNeeded": 0,
    "AlreadyOpen": 0,
    "KeyMissing": 0,
    "Damaged": 0,
    "Changed": 0,
    "Note": 0,
    "step": 2,
    "noted": 0,
    "_note": 0,
}  # which argument is the template
TABLES = {"RULES", "MALFORMED", "MODELS", "LEFT_OUT"}  # dictionaries whose values are shown


def core_texts(folder: Path = ROOT / "core") -> list[str]:
    """Every text of core that the window may show, each once."""
    found: dict[str, None] = {}
    for path in sorted(folder.rglob("*.py")):
        for text in _texts(ast.parse(path.read_text("utf-8"))):
            found[text] = None
    return list(found)


def _texts(tree: ast.Module) -> Iterator[str]:
    named = _named(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = CALLS.get(name)
            if place is not None and len(node.args) > place:
                template = node.args[place]
                for value in named.get(template.id, ()) if isinstance(template, ast.Name) else (template,):
                    yield from _constants(value)
        if isinstance(node, ast.AnnAssign | ast.Assign) and isinstance(node.value, ast.Dict):
            targets = [node.target] if isinstance(node, ast.AnnAssign) else node.targets
            if any(isinstance(target, ast.Name) and target.id in TABLES for target in targets):
                for value in node.value.values:
                    yield from _constants(value)


def _named(tree: ast.Module) -> dict[str, list[ast.expr]]:
    """What is given to each name in a module: a template may be told by its name."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
    return found


def _constants(node: ast.expr) -> Iterator[str]:
    """The text itself, or each of those between which an expression chooses."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)


def update() -> None:
    """Rewrite the `.ts` files from the source, and the `.qm` files from those."""
    with tempfile.TemporaryDirectory() as name:
        texts = Path(name) / "core.py"
        lines = [f'QCoreApplication.translate("core", {text!r})' for text in core_texts()]
        texts.write_text("\n".join(lines) + "\n", "utf-8")
        sources = [str(path) for path in sorted((ROOT / "desktop_app").rglob("*.py"))]
        common = ["-locations", "none", "-no-obsolete"]
        _run("lupdate", *common, *sources, str(texts), "-ts", str(FOLDER / "seqlens_zh_CN.ts"))
        # English is in the source; only its plurals need a file.
        _run("lupdate", *common, "-pluralonly", *sources, "-ts", str(FOLDER / "seqlens_en.ts"))
    for path in sorted(FOLDER.glob("*.ts")):
        _run("lrelease", "-silent", str(path), "-qm", str(path.with_suffix(".qm")))


def _run(tool: str, *arguments: str) -> None:
    """Run one of Qt's tools as PySide6 brings it."""
    code = f"from PySide6.scripts.pyside_tool import {tool}; {tool}()"
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, cwd=ROOT)


if __name__ == "__main__":
    update()
