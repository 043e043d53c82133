"""The engine's answers as plain values, for whoever lays them out cell by cell."""

from __future__ import annotations

import pandas


def plain_rows(frame: pandas.DataFrame) -> list[dict]:
    """The rows of a frame, each {column: value}: days as ``date``, whole numbers as ``int``, None for what is missing."""
    columns = [_plain(column) for _, column in frame.items()]
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain(column: pandas.Series) -> list:
    values = column.tolist()
    if column.dtype.kind == "M":
        return [None if value is pandas.NaT else value.date() for value in values]
    # Only a missing number is unlike itself.
    return [None if value is None or value is pandas.NA or value != value else value for value in values]
