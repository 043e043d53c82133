"""The typed tables of a data load as the SSDA903 returns that a council would have made of them: CSV files of each year, or an XML.

For the synthetic county. A return has only what the return asks for: one legal status and placement an episode, and no plan.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import duckdb

from data.contract.contract import code_sets
from data.formats.ssda903.xml_files import write_xml
from data.settings import Settings

RETURNS = 9
SW_EPISODES_FROM, LETTERS_FOR_SEX_FROM = 2024, 2025
DAY = "strftime({day}, '%d/%m/%Y')"
# The status that is shown where several are in force is the first of the list.
EPISODES = """
create or replace temp table written_episode as
with status as (
    select lega_person_id, lega_legal_status as code, lega_legal_status_start_date as began, lega_legal_status_end_date as ended, place
    from ssd_legal_status
    join (select unnest($codes) as code, unnest(range(len($codes))) as place) as listed on listed.code = lega_legal_status
)

select
    episode.*,
    (
        select arg_min(code, place) from status
        where status.lega_person_id = episode.clae_person_id
            and status.began <= episode.clae_cla_episode_start_date
            and (status.ended is null or status.ended > episode.clae_cla_episode_start_date)
    ) as ls,
    placement.clap_cla_placement_type as place,
    placement.clap_cla_placement_provider as place_provider,
    placement.clap_cla_placement_change_reason as reason_place_change,
    placement.clap_cla_placement_postcode as pl_post,
    placement.clap_cla_placement_urn as urn,
    placement.clap_cla_placement_end_date = episode.clae_cla_episode_ceased_date as placement_ends
from ssd_cla_episodes as episode
left join ssd_cla_placement as placement
    on placement.clap_person_id = episode.clae_person_id
    and placement.clap_cla_placement_start_date <= episode.clae_cla_episode_start_date
    and (
        placement.clap_cla_placement_end_date is null
        or placement.clap_cla_placement_end_date > episode.clae_cla_episode_start_date
    )
where episode.clae_cla_episode_start_date <= $as_at
qualify row_number() over (
    partition by episode.rowid
    order by
        placement.clap_cla_placement_id is not distinct from episode.clae_cla_placement_id desc,
        placement.clap_cla_placement_start_date desc,
        placement.clap_cla_placement_id
) = 1
"""
OF_YEAR = """
create or replace temp table episode_of_year as
select * from written_episode
where clae_cla_episode_start_date <= $last and (clae_cla_episode_ceased_date is null or clae_cla_episode_ceased_date >= $first)
"""
# {column of the file: SQL}, and where the rows come from. ``$first`` and ``$last`` are the days of the return's year.
TABLES: dict[str, tuple[dict[str, str], str]] = {
    "header": (
        {
            "CHILD": "pers_person_id", "SEX": "{sex}", "DOB": DAY.format(day="pers_dob"), "ETHNIC": "pers_ethnicity", "UPN": "null",
            "MOTHER": "null", "MC_DOB": "null",
        },
        "ssd_person where pers_person_id in (select clae_person_id from episode_of_year) order by 1",
    ),
    "episodes": (
        {
            "CHILD": "clae_person_id", "DECOM": DAY.format(day="clae_cla_episode_start_date"), "RNE": "clae_cla_episode_start_reason",
            "LS": "ls", "CIN": "clae_cla_primary_need_code", "PLACE": "place", "PLACE_PROVIDER": "place_provider",
            "DEC": "case when clae_cla_episode_ceased_date <= $last then strftime(clae_cla_episode_ceased_date, '%d/%m/%Y') end",
            "REC": "case when clae_cla_episode_ceased_date <= $last then clae_cla_episode_ceased_reason end",
            "REASON_PLACE_CHANGE": "case when clae_cla_episode_ceased_date <= $last and placement_ends then reason_place_change end",
            "HOME_POST": "null", "PL_POST": "pl_post", "URN": "urn",
        },
        "episode_of_year order by clae_person_id, clae_cla_episode_start_date, clae_cla_episode_ceased_date nulls last",
    ),
    "reviews": (
        {"CHILD": "pers_person_id", "DOB": DAY.format(day="pers_dob"), "REVIEW": DAY.format(day="clar_cla_review_date"),
         "REVIEW_CODE": "coalesce(clar_cla_review_participation, 'PN1')"},
        "(select distinct clae_person_id, clae_cla_id from episode_of_year) as care "
        "join ssd_person on pers_person_id = clae_person_id join ssd_cla_reviews on clar_cla_id = clae_cla_id "
        "where clar_cla_review_date between $first and $last and not coalesce(clar_cla_review_cancelled, false) order by 1, "
        "clar_cla_review_date",
    ),
    "uasc": (
        {"CHILD": "pers_person_id", "SEX": "{sex}", "DOB": DAY.format(day="pers_dob"),
         "DUC": DAY.format(day="immi_immigration_status_end_date")},
        "ssd_immigration_status join ssd_person on pers_person_id = immi_person_id "
        "where pers_person_id in (select clae_person_id from episode_of_year) order by 1",
    ),
    "placed_adoption": (
        {
            "CHILD": "pers_person_id", "DOB": DAY.format(day="pers_dob"), "DATE_PLACED": DAY.format(day="perm_adm_decision_date"),
            "DATE_PLACED_CEASED": DAY.format(day="perm_decision_reversed_date"),
            "REASON_PLACED_CEASED": "perm_decision_reversed_reason",
        },
        "ssd_permanence join ssd_person on pers_person_id = perm_person_id "
        "where perm_adm_decision_date <= $last and pers_person_id in (select clae_person_id from episode_of_year) order by 1",
    ),
    "ad1": (
        {
            "CHILD": "pers_person_id", "DOB": DAY.format(day="pers_dob"), "DATE_INT": DAY.format(day="perm_adm_decision_date"),
            "DATE_MATCH": DAY.format(day="perm_matched_date"), "FOSTER_CARE": "coalesce(perm_adopted_by_carer_flag, false)::integer",
            "NB_ADOPTR": "null", "SEX_ADOPTR": "null", "LS_ADOPTR": "null",
        },
        "ssd_permanence join ssd_person on pers_person_id = perm_person_id "
        "where pers_person_id in (select clae_person_id from episode_of_year where clae_cla_episode_ceased_reason in ('E11', 'E12') "
        "and clae_cla_episode_ceased_date between $first and $last) order by 1",
    ),
    "sw_episodes": (
        {
            "CHILD": "pers_person_id", "DOB": DAY.format(day="pers_dob"), "SW_ID": "invo_professional_id",
            "SW_DECOM": DAY.format(day="invo_involvement_start_date"),
            "SW_DEC": "case when invo_involvement_end_date <= $last then strftime(invo_involvement_end_date, '%d/%m/%Y') end",
            "SW_REASON": "null",
        },
        "ssd_involvements join ssd_person on pers_person_id = invo_person_id "
        "where invo_professional_id is not null and invo_involvement_start_date <= $last "
        "and (invo_involvement_end_date is null or invo_involvement_end_date >= $first) "
        "and (len(list_filter($contains, lambda text: contains(upper(invo_professional_role_id), text))) > 0 "
        "or list_contains($equals, upper(trim(invo_professional_role_id)))) "
        "and pers_person_id in (select clae_person_id from episode_of_year) order by 1, invo_involvement_start_date",
    ),
}  # fmt: skip
SEX = {False: "case pers_sex when 'M' then '1' when 'F' then '2' end", True: "pers_sex"}


def write_returns(
    con: duckdb.DuckDBPyConnection, out: Path, as_at: date, settings: Settings, returns: int = RETURNS, xml: bool = False
) -> list[Path]:
    """Write the returns of the last years up to ``as_at`` (the last one to that day) from the typed tables of ``con``; gives the files.

    A table without rows in a year is not written. ``xml``: a file for each year, without SWEpisodes, which have no known place in it.
    """
    out.mkdir(parents=True, exist_ok=True)
    con.execute(EPISODES, {"codes": list(code_sets()["legal_status"].codes), "as_at": as_at})
    roles = {
        "contains": [text.upper() for text in settings.allocated_worker_contains],
        "equals": [text.upper() for text in settings.allocated_worker_equals],
    }
    last_year = as_at.year + (as_at.month > 3)
    written = []
    for year in range(last_year - returns + 1, last_year + 1):
        days = {"first": date(year - 1, 4, 1), "last": min(date(year, 3, 31), as_at)}
        con.execute(OF_YEAR, days)
        rows: dict[str, list[tuple]] = {}
        for name, (columns, source) in TABLES.items():
            if name == "sw_episodes" and (xml or year < SW_EPISODES_FROM):
                continue
            rows[name] = _rows(con, columns, source, year, {**days, **roles})
        if xml:
            path = out / f"ssda903_{year}.xml"
            write_xml(
                path,
                {
                    f"ssda903_{name}": [dict(zip(TABLES[name][0], row, strict=True)) for row in found]
                    for name, found in rows.items()
                },
            )
            written.append(path)
            continue
        for name, found in rows.items():
            if found:
                written.append(_write(out / f"ssda903_{year}_{name}.csv", TABLES[name][0], found))
    return written


def _rows(con: duckdb.DuckDBPyConnection, columns: dict[str, str], source: str, year: int, asked: dict) -> list[tuple]:
    sql = f"select {', '.join(f'{value} as {name}' for name, value in columns.items())} from {source}"
    sql = sql.replace("{sex}", SEX[year >= LETTERS_FOR_SEX_FROM])
    return con.execute(sql, {name: value for name, value in asked.items() if f"${name}" in sql}).fetchall()


def _write(path: Path, columns: Iterable[str], rows: list[tuple]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    return path
