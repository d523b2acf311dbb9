"""Parquet files: their columns have types, and everything that is told to be an id or a text becomes text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.data import datasets
from core.data.sql import identifier
from core.errors import SeqlensError

if TYPE_CHECKING:
    from core.data.reader import Source


def as_text(column: str, kind: str) -> str:
    """SQL for the text of a typed column.

    Whole numbers in a floating column (pandas makes ids so when some are missing) are written without a fraction;
    lists become words with blanks between, for lists of categories.
    """
    if kind in ("FLOAT", "DOUBLE"):
        whole = f"{column} = trunc({column}) AND abs({column}) < 9e15"
        return f"CASE WHEN {whole} THEN {column}::BIGINT::VARCHAR ELSE {column}::VARCHAR END"
    if kind.endswith("[]"):
        return f"array_to_string({column}, ' ')"
    if kind == "BLOB":
        return f"CASE WHEN {column} IS NOT NULL THEN try(decode({column})) END"
    return column if kind == "VARCHAR" else f"{column}::VARCHAR"


def is_temporal(kind: str) -> bool:
    """Whether a type is a date or a time with a date."""
    return kind.startswith(("TIMESTAMP", "DATE"))


def read_sample(source: Source, rows: int) -> Source:
    """The source with columns, types and the first `rows` rows of a Parquet file.

    Raises:
        SeqlensError: DuckDB cannot read it.
    """
    import duckdb

    from core.data.reader import check_width

    source = replace(source, format="parquet")
    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            datasets.connect(connection, source.parts)
            described = connection.execute(f"DESCRIBE SELECT * FROM {source.relation()}").fetchall()
            check_width(source.path, len(described))
            source = replace(
                source,
                columns=tuple(name for name, *_ in described),
                types=tuple(kind for _, kind, *_ in described),
            )
            texts = ", ".join(f"{source.column(name)} AS {identifier(name)}" for name in source.columns)
            sample = connection.execute(f"SELECT {texts} FROM {source.relation()} LIMIT {rows}").fetchall()
    except duckdb.Error as error:
        raise unreadable(source, error) from error
    return replace(source, rows=tuple(sample))


def count_rows(source: Source) -> list[int]:
    """How many rows a Parquet file says that it has, or each file of a data set.

    Raises:
        SeqlensError: DuckDB cannot read it.
    """
    import duckdb

    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            if not source.parts:
                return [int(connection.execute(f"SELECT count(*) FROM {source.relation()}").fetchall()[0][0])]
            datasets.connect(connection, source.parts)
            rows = connection.execute(
                f"SELECT num_rows FROM parquet_file_metadata({datasets.listed(source.parts)})"
            ).fetchall()
            return [int(many) for (many,) in rows]
    except duckdb.Error as error:
        raise unreadable(source, error) from error


def unreadable(source: Source, error: Exception) -> SeqlensError:
    """What an analyst is told of a Parquet file that DuckDB cannot read."""
    return SeqlensError(
        "{file} is a Parquet file that cannot be read: {error}. Write it again, or as CSV.",
        file=source.path.name,
        error=str(error).splitlines()[0],
    )
