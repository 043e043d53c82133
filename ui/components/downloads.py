"""Tables to take away: CSV that a spreadsheet opens as it stands and in which no cell can become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pandas
import streamlit

from data.file_names import file_name

FORMULA = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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


def offer(frame: pandas.DataFrame | Callable[[], pandas.DataFrame], name: str, key: str) -> None:
    """A button that downloads a table. The file is made when the button is pressed, not before."""

    def made() -> bytes:
        return as_csv(frame() if callable(frame) else frame)

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
