"""DuckDB's extensions, which lie in Python packages: no network is used to load one."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from core.data.sql import text

if TYPE_CHECKING:
    import duckdb


def load(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Load an extension out of the package `duckdb_extension_{name}`, or where DuckDB itself keeps it.

    Raises:
        duckdb.Error: it is not here, or is of another version of DuckDB.
    """
    package = importlib.util.find_spec(f"duckdb_extension_{name}")
    folders = [Path(folder) for folder in (package.submodule_search_locations or ())] if package else []
    found = [file for folder in folders for file in sorted(folder.glob(f"extensions/*/{name}.duckdb_extension"))]
    connection.execute(f"LOAD {text(found[-1].as_posix())}" if found else f"LOAD {name}")
