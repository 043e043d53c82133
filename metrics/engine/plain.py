"""The engine's answers as plain values, for anyone who lays them out cell by cell."""

from __future__ import annotations

import pandas


def plain_columns(frame: pandas.DataFrame) -> dict[str, list]:
    """The columns of a frame by name: days as ``date``, whole numbers as ``int``, None for what is missing."""
    return {name: _plain(column) for name, column in frame.items()}


def plain_rows(frame: pandas.DataFrame) -> list[dict]:
    """The rows of a frame, each {column: value}, with values as in ``plain_columns``."""
    columns = plain_columns(frame)
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _plain(column: pandas.Series) -> list:
    if column.dtype.kind == "M":
        return column.to_numpy().astype("datetime64[D]").astype(object).tolist()
    return column.to_numpy(dtype=object, na_value=None).tolist()
