"""Tables to take away: CSV that a spreadsheet opens as it is and in which no cell can become a formula, and Excel ready to print."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import pandas
import streamlit

from access.roles import Right
from data.errors import TrackerError
from data.file_names import dated_name, file_name
from metrics.engine.plain import is_missing, plain_rows
from metrics.engine.policy import Rule
from ui.components.markup import Markup, write
from ui.context import access_record, made_files
from ui.context.narrowing import scope_words
from ui.context.page_context import PageContext, page_context
from ui.context.readers import same_reader
from words.numbers import counted
from words.shown import Column, column_of, heading_of

FORMULA = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
ICS = "text/calendar"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# A table to take away, or what makes it when its button is pressed.
Taken: TypeAlias = pandas.DataFrame | Callable[[], pandas.DataFrame]


class Look(StrEnum):
    """How the buttons of a table look: as buttons below a list, as links below a table, and below a table that is folded (they are in sight
    while it is open: ``style.css``)."""

    BUTTONS = "buttons"
    LINKS = "files"
    FOLDED = "files-folded"


def _cell(value: object) -> object:
    if is_missing(value):
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


@dataclass(frozen=True)
class About:
    """What an Excel file says of its table: the title, what its rows are, how many there are without a filter, their order, what puts a row
    on the list, and by what the list is narrowed, which the file's own name says too."""

    title: str = ""
    one: str = "row"
    many: str | None = None
    of: int | None = None
    order: str = ""
    definition: str = ""
    narrowed: str = ""


def _excel_maker(
    taken: Callable[[], pandas.DataFrame], columns: Sequence[Column], about: About, name: str
) -> Callable[[], bytes]:
    """How to make the same rows and columns as a workbook: what it is of on top, text identifiers, real dates, ready to filter and print.

    A button's file is made outside the page, where its address cannot be asked: what the page says is settled here.
    """
    context = page_context()
    scope = scope_words(context.area, to_keep=True)

    def made() -> bytes:
        from packs.excel.table_file import TableFile, table_file  # openpyxl is slow to import, and only this button needs it

        frame = taken()
        total = f"{len(frame):,} of " if about.of not in (None, len(frame)) else ""
        said = (
            f"{total}{counted(about.of or len(frame), about.one, about.many)}.",
            f"Filter: {about.narrowed}." if about.narrowed else "",
            f"Sorted by: {about.order}." if about.order else "",
        )
        shown = tuple(column_of(column, columns) for column in frame.columns)
        title = about.title or f"{name[:1].upper()}{name[1:]}"
        table = TableFile(title, shown, plain_rows(frame), " ".join(part for part in said if part), about.definition)
        return table_file(context.engine, context.as_at, context.scope, scope, table)

    return made


def defined(context: PageContext, rule: Rule) -> str:
    """What puts a child on a rule's list, for the top of a file: the policy wording and its source."""
    limit = rule.limit_on(context.as_at)
    words = f" Limit: {limit.words}." if limit else ""
    return f"{rule.wording}.{words} Source: {context.engine.policies[rule.policy].document}, {rule.source}."


def offer(
    frame: Taken,
    name: str,
    key: str,
    columns: Sequence[Column] = (),
    about: About | None = None,
    beside: Markup | None = None,
    look: Look = Look.BUTTONS,
    of: str = "",
) -> None:
    """Buttons that download a table, headed as the one on the screen (``columns``). A file is made when its button is pressed.

    What makes a table then must not ask the page. ``name``: the table's words; the file's name has them and the reporting date. ``beside``:
    what stands to the right of the buttons, also where there are none. ``of``: which of several tables of the page with this ``key``.
    """
    context = page_context()
    if not context.person.may(Right.TAKE_LISTS):
        write(beside)
        return

    def taken() -> pandas.DataFrame:
        return frame() if callable(frame) else frame

    def made() -> bytes:
        return as_csv(headed(taken(), columns))

    about = about or About()
    stem = dated_name(f"{name} {about.narrowed}", context.as_at)
    place = f"{key} {of}".strip()
    small = look is not Look.BUTTONS
    with streamlit.container(
        horizontal=True, vertical_alignment="center", gap="xsmall", key=f"{look} {place}" if small else None
    ):
        _button("Download as CSV", made, file_name(stem, ".csv"), "text/csv", key, Right.TAKE_LISTS, of, small)
        made_excel = _excel_maker(taken, columns, about, name)
        _button("Download as Excel", made_excel, file_name(stem, ".xlsx"), XLSX, f"{key} excel", Right.TAKE_LISTS, of, small)
        write(beside)


def offer_file(label: str, made: Callable[[], bytes], name: str, mime: str, key: str, right: Right) -> None:
    """A button that downloads a pack. It is made when the button is pressed, for the person who presses it, and kept nowhere.

    There is none for a reader without the ``right``.
    """
    stem, _, suffix = name.rpartition(".")
    if page_context().person.may(right):
        _button(label, made, file_name(stem, f".{suffix}"), mime, key, right)


def _button(
    label: str, made: Callable[[], bytes], name: str, mime: str, key: str, right: Right, of: str = "", small: bool = False
) -> None:
    """A file is made when its button is pressed, outside the page: who asks, and of what, is settled here."""
    shown_to, again = page_context().person, same_reader()
    recorder, app_session = access_record.now(), made_files.this_app_session()
    # Our own words, since a file's name may have a worker's.
    recorded = f"{key}.{name.rpartition('.')[2]}"

    def made_for_the_reader() -> bytes:
        # A page that is still open may have been drawn for somebody who has lost a role since.
        if again() != shown_to or not shown_to.may(right):
            raise TrackerError("Not downloaded: what you may see has changed. Reload the page.")
        access_record.before_making(recorder)
        return access_record.before_file(recorded, made(), recorder, app_session)

    streamlit.download_button(
        label,
        made_for_the_reader,
        file_name=name,
        mime=mime,
        key=f"download {key} {of}".strip(),
        on_click="ignore",
        type="tertiary" if small else "secondary",
    )
