"""The engine's answers as plain values, for anyone who lays them out cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy
import pandas
from pandas.api.extensions import ExtensionArray

from data.contract.contract import in_words
from words.dates import LONDON
from words.labels import plan_words

# The columns of a list that hold codes, by their list of codes.
CODED = {"legal_status": "legal_status", "placement": "placement_type"}
# The kinds of columns: as objects, since pandas looks a kind up by its name for as long as it fills a short column.
TEXT, COUNT, COUNT_OR_NONE = pandas.StringDtype(na_value=numpy.nan), numpy.dtype("int64"), pandas.Int64Dtype()
DAY, YES_OR_NO = numpy.dtype("datetime64[us]"), numpy.dtype("bool")
Kind: TypeAlias = pandas.StringDtype | pandas.Int64Dtype | numpy.dtype


def typed_frame(columns: Mapping[str, Sequence], kinds: Mapping[str, Kind]) -> pandas.DataFrame:
    """A frame of the columns that ``kinds`` names, each of its kind; missing is None."""
    return pandas.DataFrame({name: pandas.array(columns[name], dtype=kind) for name, kind in kinds.items()})


def frame_of(answer: Mapping[str, numpy.ndarray], kinds: Mapping[str, Kind]) -> pandas.DataFrame:
    """A frame of what a question gave (``Answer.fetchnumpy``), each column of its kind: else pandas looks at every value for one."""
    return pandas.DataFrame({name: _of_kind(answer[name], kind) for name, kind in kinds.items()}, copy=False)


def _of_kind(column: numpy.ndarray, kind: Kind) -> ExtensionArray:
    """A column of a question's answer; what is masked is missing."""
    missing = numpy.ma.getmaskarray(column)
    values = numpy.ma.getdata(column)
    if isinstance(kind, pandas.Int64Dtype):
        return pandas.arrays.IntegerArray(values.astype("int64"), missing)
    if missing.any():
        values = values.copy()
        values[missing] = numpy.datetime64("NaT") if values.dtype.kind == "M" else None
    return pandas.array(values, dtype=kind)


def plain_columns(frame: pandas.DataFrame) -> dict[str, list]:
    """The columns of a frame by name: days as ``date``, whole numbers as ``int``, None for what is missing.

    A moment that knows its time zone, such as when a panel's list was frozen, is the day that it was in England.
    """
    return {name: _plain(column) for name, column in frame.items()}


def plain_rows(frame: pandas.DataFrame) -> list[dict]:
    """The rows of a frame, each {column: value}, with values as in ``plain_columns``."""
    columns = plain_columns(frame)
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def boxed_rows(frame: pandas.DataFrame) -> list[dict]:
    """The rows of a frame, each {column: value}, with pandas' own values (Timestamp, NaT); None for a whole number that is missing.

    As ``DataFrame.to_dict("records")``, which looks each column up in the frame anew.
    """
    columns = {name: _boxed(column) for name, column in frame.items()}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def is_missing(value: object) -> bool:
    """Whether a cell of a frame holds nothing."""
    return value is None or (not isinstance(value, str) and bool(pandas.isna(value)))


def codes_in_words(frame: pandas.DataFrame) -> pandas.DataFrame:
    """A list of children with its codes in words: legal_status *E1 Placement order; C2 Full care order*, placement *U4 Foster placement,
    long-term*. What is no code (*not known*) stays as it is."""
    return frame.assign(**{column: pandas.array(said, dtype=TEXT) for column, said in coded_in_words(frame).items()})


def coded_in_words(answer: Mapping[str, numpy.ndarray | pandas.Series]) -> dict[str, numpy.ndarray]:
    """The columns of a list of children that hold codes, in words; None where there is none."""
    found = {}
    for column, codes in CODED.items():
        values = answer[column].tolist()
        words = {value: in_words(codes, value) for value in set(values) if isinstance(value, str)}
        found[column] = numpy.array([words.get(value) for value in values], dtype=object)
    return found


def plans_in_words(frame: pandas.DataFrame) -> pandas.DataFrame:
    """A list of children with its plans as a list says them (``words.labels.plan_words``)."""
    known = plain_columns(frame[["plan", "child_id"]])
    return frame.assign(plan=list(map(plan_words, known["plan"], known["child_id"])))


def _plain(column: pandas.Series) -> list:
    if column.dtype.kind == "M":
        if column.dt.tz is not None:
            column = column.dt.tz_convert(LONDON).dt.tz_localize(None)
        return column.to_numpy().astype("datetime64[D]").astype(object).tolist()
    if isinstance(column.dtype, pandas.StringDtype):
        return _texts(column)
    return column.to_numpy(dtype=object, na_value=None).tolist()


def _boxed(column: pandas.Series) -> list:
    missing = getattr(column.dtype, "na_value", None)
    if isinstance(column.dtype, pandas.StringDtype):
        said = None if missing is pandas.NA else missing
        return [said if text is None else text for text in _texts(column)]
    values = column.tolist()
    return [None if value is pandas.NA else value for value in values] if missing is pandas.NA else values


def _texts(column: pandas.Series) -> list[str | None]:
    """A column of text. Most columns of a list are text, and by way of numpy it takes eight times as long."""
    return column.array.__arrow_array__().to_pylist()
