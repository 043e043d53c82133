"""Tables to take away: CSV that a spreadsheet opens as it is and in which no cell can become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

import pandas
import streamlit

from data.file_names import file_name
from words.shown import Column, heading_of

FORMULA = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
ICS = "text/calendar"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _cell(value: object) -> object:
    if value is None or (not isinstance(value, str) and pandas.isna(value)):
        return ""
    if isinstance(value, pandas.Timestamp):
        return value.date().isoformat()
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return value


def as_csv(frame: pandas.DataFrame) -> bytes:
    """A frame as CSV: UTF-8 with its mark for Excel, ISO dates, text that begins like a formula with ' before it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_cell(str(name)) for name in frame.columns])
    writer.writerows([_cell(value) for value in row] for row in frame.itertuples(index=False, name=None))
    return text.getvalue().encode("utf-8-sig")


def headed(frame: pandas.DataFrame, columns: Sequence[Column] = ()) -> pandas.DataFrame:
    """A frame with the headings of the table beside it (``columns``), and of the vocabulary where a column is not in that table."""
    return frame.set_axis([heading_of(name, columns) for name in frame.columns], axis="columns")


def offer(frame: pandas.DataFrame, name: str, key: str, columns: Sequence[Column] = ()) -> None:
    """A button that downloads a table, headed as the one on the screen (``columns``). The file is made when the button is pressed."""

    def made() -> bytes:
        return as_csv(headed(frame, columns))

    streamlit.download_button(
        "Download as CSV",
        made,
        file_name=file_name(name, ".csv"),
        mime="text/csv",
        key=f"download {key}",
        on_click="ignore",
    )


def offer_file(label: str, made: Callable[[], bytes], name: str, mime: str, key: str) -> None:
    """A button that downloads a pack. It is made when the button is pressed, for the person who presses it, and kept nowhere."""
    stem, _, suffix = name.rpartition(".")
    streamlit.download_button(
        label,
        made,
        file_name=file_name(stem, f".{suffix}"),
        mime=mime,
        key=f"download {key}",
        on_click="ignore",
    )
