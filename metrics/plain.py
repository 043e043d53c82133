"""The engine's answers as plain values, for whoever lays them out cell by cell."""

from __future__ import annotations

import pandas


def plain_rows(frame: pandas.DataFrame) -> list[dict]:
    """The rows of a frame, each {column: value}: days as ``date``, whole numbers as ``int``, None for what is missing."""
    columns = [_plain(column) for _, column in frame.items()]
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain(column: pandas.Series) -> list:
    if column.dtype.kind == "M":
        return column.to_numpy().astype("datetime64[D]").astype(object).tolist()
    return column.to_numpy(dtype=object, na_value=None).tolist()
