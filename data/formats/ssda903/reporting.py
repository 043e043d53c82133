"""What became of the returns: the report of each table of the contract that they fill, warnings with counts, and how they were read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import combinations

import duckdb

from data.contract.contract import Table
from data.formats.files.filled import Filled
from data.formats.ssda903.folder import ALWAYS_THERE, NOT_USED, SUPPLEMENT, ReturnFiles, return_tables
from data.parsed_sql import execute
from data.reading.likely_causes import FEWEST
from data.reading.load_report import FileReport
from data.sentences import counted
from data.sql_results import one_row, one_value

HEADER, EPISODES, SW_EPISODES = "ssda903_header", "ssda903_episodes", "ssda903_sw_episodes"
# The contract's table that each of the return's is read into, under which its rows at fault are shown.
FEEDS = {
    HEADER: "ssd_person",
    EPISODES: "ssd_cla_episodes",
    "ssda903_reviews": "ssd_cla_reviews",
    "ssda903_uasc": "ssd_immigration_status",
    "ssda903_ad1": "ssd_permanence",
    "ssda903_placed_adoption": "ssd_permanence",
    SW_EPISODES: "ssd_involvements",
    SUPPLEMENT: "ssd_cla_care_plan",
}
ALSO_FED = {EPISODES: ("ssd_legal_status", "ssd_cla_placement")}
MATCHES = (
    "the return has a match only for children who were adopted, and no decision without PlacedAdoption, so rules about matches wait: "
    "supply local_carer_matches. What the return has is shown on the child's page."
)


def fed_table(table: Table, filled: Filled, sources: list[FileReport]) -> FileReport:
    """The report of a table of the contract that the returns filled, or did not."""
    feeding = [name for name, fed in FEEDS.items() if table.name in (fed, *ALSO_FED.get(name, ()))]
    files = list(dict.fromkeys(source.file_name for source in sources if source.table_name in feeding))
    if not files or not filled.rows:
        return FileReport(table.name, absent_columns=", ".join(table.column_names))
    return FileReport(
        table_name=table.name,
        file_name=files[0] if len(files) == 1 else f"{files[0]} and {len(files) - 1} more",
        supplied=table.name != "ssd_permanence",
        encoding="SSDA903",
        rows_read=filled.rows + filled.rejected,
        rows_used=filled.rows,
        rows_quarantined=filled.rejected,
        extra_columns=", ".join(_extra_columns(table, sources)),
        absent_columns=", ".join(filled.absent_columns),
        note=MATCHES if table.name == "ssd_permanence" else "",
    )


def _extra_columns(table: Table, sources: list[FileReport]) -> list[str]:
    """The columns that nobody knows of the files from which a table is mostly made, each once."""
    extra = [source.extra_columns for source in sources if FEEDS[source.table_name] == table.name and source.extra_columns]
    return list(dict.fromkeys(name for names in extra for name in names.split(", ")))


def may_have_rows(sources: list[FileReport], beside: Mapping[str, FileReport]) -> set[str]:
    """The contract's tables that may have rows, from the returns or from the contract's own files ``beside`` them. Episodes alone say
    something of permanence."""
    names = [source.table_name for source in sources if source.rows_used]
    fed = {table for name in names for table in (FEEDS[name], *ALSO_FED.get(name, ()))}
    return fed | {"ssd_permanence"} | {name for name, report in beside.items() if report.rows_used}


# How many rows have a value in the columns that are always there, in the order of ``ALWAYS_THERE``: what ended has a reason; what began, a
# legal status and a placement.
OF_FILES = f"""
select
    file,
    return_year,
    episodes,
    [rne, ls, place, if(ended < $fewest, 1, rec)] as filled
from return_order
left join (
    select file, count(*) as episodes, count(rne) as rne, count(ls) as ls, count(place) as place, count(dec) as ended, count(rec) as rec
    from {EPISODES}
    group by file
) as of_file using (file)
order by file
"""
IN_COMMON = f"""
select exists (
    from (select child from {EPISODES} where file = $one) as one
    semi join (select child from {EPISODES} where file = $other) as other using (child)
)
"""


def _of_whole_files(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Warnings on what whole returns lack, and on two that cannot both be this council's."""
    files = execute(con, OF_FILES, {"fewest": FEWEST}).fetchall()
    of_year: dict[int, list[str]] = {}
    for file, year, episodes, _ in files:
        of_year.setdefault(year, []).extend([file] if episodes else [])
    said = [
        f"There is no return of the year to 31/03/{year}, between those before and after it: what happened in that year is missing. Add it."
        for year in range(min(of_year), max(of_year))
        if year not in of_year
    ]
    said += [
        f"{one} and {other} are both of the year to 31/03/{year} and have no child in common: if one is another council's, take it out, "
        "since the children of both are counted."
        for year, several in sorted(of_year.items())
        for one, other in combinations(several, 2)
        if not one_value(execute(con, IN_COMMON, {"one": one, "other": other}))
    ]
    without = {
        name.upper(): [file for file, _, episodes, filled in files if (episodes or 0) >= FEWEST and not filled[place]]
        for place, name in enumerate(ALWAYS_THERE[EPISODES])
    }
    return said + [
        f"{', '.join(empty)}: no row has a value in {name}. Export it with them: figures are made as if none had been recorded."
        for name, empty in sorted(without.items())
        if empty
    ]


def findings(con: duckdb.DuckDBPyConnection, as_at: date, redated: int) -> list[str]:
    """Warnings on what the returns leave open, with counts. ``redated``: the episodes that a newer return has under another first day."""
    last, began, unknown, undated = one_row(
        execute(
            con,
            f"""
            select
                (select max(greatest(decom, coalesce(dec, decom))) from {EPISODES}),
                count(distinct child) filter (not began and dec is null),
                count(*) filter (was_left_open and next_decom is null),
                (select count(*) from {SW_EPISODES} where sw_decom is null)
            from run_episode
            """,
        )
    )
    said = _of_whole_files(con)
    if undated:
        said.append(
            f"{counted(undated, 'row of a social worker has', 'rows of social workers have')} no first day (SW_DECOM): since when they are "
            "is not known, so none is used."
        )
    if (as_at - last).days > 92:
        said.append(
            f"The newest date in the returns is {last:%d/%m/%Y}, and the load is as at {as_at:%d/%m/%Y}: what happened since is "
            "missing. Give the day up to which they were made with --as-at."
        )
    if began:
        said.append(
            f"{counted(began, 'child in care has', 'children in care have')} no first episode (RNE S) in the returns: time in care is "
            "counted from the first day known, so it is at least what is shown. Add the older returns."
        )
    if redated:
        stand = counted(redated, "episode that an old return left open stands", "episodes that an old return left open stand")
        said.append(f"{stand} in a newer one under another first day: the newer is used.")
    if unknown:
        said.append(
            f"{counted(unknown, 'episode is', 'episodes are')} open in an old return and in no newer one: each is taken to end with its "
            "return, and flagged."
        )
    return said


def notes_on_returns(con: duckdb.DuckDBPyConnection, found: ReturnFiles) -> tuple[str, ...]:
    years = con.execute("select file, return_year from return_order order by return_number").fetchall()
    listed = ", ".join(f"{file} to 31/03/{year}" for file, year in years)
    unused = [f"{return_tables()[name].title} ({len(found.tables[name])})" for name in NOT_USED if name in found.tables]
    notes = [f"Read as SSDA903: {len(years)} returns, known by their dates: {listed}."]
    if unused:
        notes.append(f"Recognised and not used: {', '.join(unused)}.")
    return tuple(notes)
