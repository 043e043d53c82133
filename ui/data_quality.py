"""The load as the analyst and the teams read it: the files, the rows that were not used, the rows to be checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas
import streamlit

from metrics.engine.plain import plain_columns
from ui.components.child_link import child_link
from ui.components.markup import element, write
from ui.components.tables import Column, facts, named, paged, show_table
from ui.context import address
from ui.context.page_context import PageContext
from words.dates import british, british_time
from words.labels import NOT_SUPPLIED, figure_title
from words.numbers import counted, number

ALL, TEAM = "", "rows_team"
FILES = named(
    "extract",
    "file_name",
    "rows_read",
    "rows_used",
    "rows_quarantined",
    "rows_repeated",
    "encoding",
    "extra_columns",
    "absent_columns",
    "note",
)
MOVED = named("extract", "rows_before", "rows_tonight", "people_before", "people_tonight")
MOVED_FIGURES = (
    Column("title"),
    Column("last_night_figure", of="before"),
    *named("tonight", "most_before"),
)
WHERE = named("extract", "source_row", "record_id")
WHOSE = (Column("service"), Column("team"), Column("worker"))


def show_night(context: PageContext) -> None:
    """The night, its warnings, and a change that somebody accepted."""
    night = context.night
    write(
        facts(
            [
                ("Data load", night.name),
                ("As at", british(night.as_at)),
                ("Published", british_time(night.published_at)),
                ("Children in care", number(night.manifest.get("children_in_care"))),
            ]
        ),
        *(element("p", warning, class_="notice") for warning in night.manifest.get("warnings") or ()),
        *(element("p", text, class_="notice") for text in [night.manifest.get("accepted_change")] if text),
    )


def show_files(frame: pandas.DataFrame) -> None:
    """What was read, file by file; what was not supplied is said to be so."""
    shown = frame.assign(
        file_name=frame["file_name"].where(frame["supplied"].astype(bool), NOT_SUPPLIED),
        **{
            name: frame[name].where(frame["supplied"].astype(bool))
            for name in ("rows_read", "rows_used", "rows_quarantined", "rows_repeated")
        },
    )
    paged(shown, FILES, "The files of this data load", "files", "load report", "No files were read.", "extract")


def show_moved(context: PageContext, frame: pandas.DataFrame, figures: pandas.DataFrame) -> None:
    """Every table's rows against the last night's, and the figures that moved by more than ever before between two nights."""
    if frame.empty:
        write(element("p", "There is no earlier data load to compare with.", class_="empty"))
        return
    paged(frame, MOVED, "Rows of every table, last data load and this one", "moved", "what moved", "No table.", "extract")
    if figures.empty:
        write(element("p", "No figure changed by more than between any two earlier data loads.", class_="empty"))
        return
    words = "These figures changed by more than between any two earlier data loads (blank: no earlier change is known yet):"
    write(element("p", words))
    titles = {(policy.id, rule.id): figure_title(rule) for policy in context.engine.policies.values() for rule in policy.rules}
    names = [titles.get(key, key[1]) for key in zip(figures["policy"], figures["rule"], strict=True)]
    caption = "Figures that changed by more than between any two earlier data loads"
    show_table(figures.assign(title=names), MOVED_FIGURES, caption, "moved figures", name="figures that changed", one="figure")


def choose_team(*frames: pandas.DataFrame) -> str:
    """The team whose rows the lists show; empty for all. One choice for all the lists: each has rows of teams that others have none of."""
    teams = sorted({team for frame in frames for team in frame["team"].dropna().tolist()})
    return address.choose("Team of the rows", [ALL, *teams], TEAM, (TEAM,), lambda value: value or "All teams") if teams else ALL


def show_rejects(context: PageContext, frame: pandas.DataFrame, team: str) -> None:
    """The rows that no figure uses, of a team of ``choose_team``."""
    columns = [
        Column("kind_of_fault", of="rule"),
        *WHERE,
        Column("child_id", of="person_id", leads_to=child_link(context, "person_id")),
        Column("what_is_wrong", of="reason"),
        *WHOSE,
    ]
    _show(frame, team, columns, "rejects", "Rows not used", "All rows of all files were used.")


def show_flags(context: PageContext, frame: pandas.DataFrame, team: str) -> None:
    """The rows that are used and look wrong, of a team of ``choose_team``."""
    columns = [
        Column("kind_of_fault", of="rule"),
        *WHERE,
        Column("child_id", of="person_id", leads_to=child_link(context, "person_id")),
        *named("message", "mend"),
        *WHOSE,
    ]
    _show(frame, team, columns, "flags", "Rows to be checked", "No problems found in the rows that were used.")


def _show(frame: pandas.DataFrame, team: str, columns: Sequence[Column], what: str, title: str, empty: str) -> None:
    names = tuple(f"{what}_{name}" for name in ("rule", "extract"))
    if not frame.empty:
        frame = frame.assign(rule=frame["rule"].map(lambda rule: str(rule).replace("_", " ").capitalize()))
        _show_counts(frame, title, what)
        empty = f"None of the {counted(len(frame), 'record')} matches these filters."
        with streamlit.container(horizontal=True, vertical_alignment="bottom"):
            for name, label in zip(names, ("kind", "extract"), strict=True):
                frame = _filtered(frame, name.removeprefix(f"{what}_"), name, names, f"{title}: {label}")
        frame = frame if team == ALL else frame[frame["team"] == team]
    narrowed_by = (*names, TEAM)
    paged(frame, columns, title, what, title, empty, "record", usual="Kind of fault, then extract", narrowed_by=narrowed_by)


def _filtered(frame: pandas.DataFrame, column: str, name: str, names: Sequence[str], label: str) -> pandas.DataFrame:
    options = [ALL, *sorted(frame[column].dropna().unique())]
    chosen = address.choose(label, options, name, names, lambda value: value or "All")
    return frame if chosen == ALL else frame[frame[column] == chosen]


def _sizes(frame: pandas.DataFrame, *names: str) -> pandas.DataFrame:
    """How many rows there are of each group that has all its names, in the order of the names."""
    groups = zip(*plain_columns(frame[list(names)]).values(), strict=True)
    sizes = Counter(group for group in groups if None not in group)
    return pandas.DataFrame([(*group, size) for group, size in sorted(sizes.items())], columns=[*names, "size"])


def _show_counts(frame: pandas.DataFrame, title: str, what: str) -> None:
    """How many of each kind, by extract."""
    counts = _sizes(frame, "rule", "extract")
    columns = (Column("kind_of_fault", of="rule"), Column("extract"), Column("records", of="size"))
    with streamlit.expander(f"{title} by kind and extract: {counted(len(frame), 'record')}"):
        show_table(counts, columns, f"{title} by kind and extract", f"{what} by kind")
    by_team = _sizes(frame, "service", "team").sort_values("size", ascending=False, kind="stable")
    team_columns = (Column("team"), Column("service"), Column("records", of="size"))
    with streamlit.expander(f"{title} by team"):
        show_table(by_team, team_columns, f"{title} by team", f"{what} by team", one="team")
