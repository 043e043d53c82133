"""Small SSDA903 returns for tests: a test names only the columns that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import date
from pathlib import Path

from data.formats.reading import read_extracts
from data.reading.load_report import LoadReport
from data.settings import Settings
from tests.support.extracts import Row, csv_text
from tests.support.few_rows import connection_for_few_rows

COLUMNS = {
    "Header": "CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB",
    "Episodes": "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST URN",
    "Reviews": "CHILD DOB REVIEW REVIEW_CODE",
    "UASC": "CHILD SEX DOB DUC",
    "AD1": "CHILD DOB DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR",
    "PlacedAdoption": "CHILD DOB DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED",
    "SWEpisodes": "CHILD DOB SW_ID SW_DECOM SW_DEC SW_REASON",
    "OC2": "CHILD DOB SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK",
}
Return = Mapping[str, list[Row]]


def write_returns(folder: Path, returns: Mapping[int, Return]) -> Path:
    """{year: {table: rows}} as a file a table and year, under names that say nothing. Every child of Episodes is in that year's Header."""
    folder.mkdir(parents=True, exist_ok=True)
    for year, tables in returns.items():
        children = dict.fromkeys(row["CHILD"] for row in tables.get("Episodes", []))
        header = [{"CHILD": child, "SEX": "1", "DOB": "01/03/2015", "ETHNIC": "WBRI"} for child in children]
        for number, (table, rows) in enumerate({"Header": header, **tables}.items()):
            text = csv_text(COLUMNS[table].split(), rows)
            (folder / f"file {(year * 7 + number * 3) % 97}-{year}-{number}.csv").write_text(text, encoding="utf-8")
    return folder


def episode(start: str, reason: str, status: str = "C2", place: str = "U6", end: str = "", ceased: str = "", **more: str) -> Row:
    """A row of Episodes of child 1, at one address unless told otherwise."""
    row = {"CHILD": "1", "DECOM": start, "RNE": reason, "LS": status, "CIN": "N1", "PLACE": place, "PLACE_PROVIDER": "PR1"}
    return {**row, "DEC": end, "REC": ceased, "PL_POST": "ZZ1 1AA", "URN": "1", **more}


def as_one(children: Mapping[str, Mapping[int, Return]]) -> dict[int, Return]:
    """{child: that child's returns} as the returns of a council with all of them."""
    whole: dict[int, dict[str, list[Row]]] = {}
    for child, returns in children.items():
        for year, tables in returns.items():
            for table, rows in tables.items():
                whole.setdefault(year, {}).setdefault(table, []).extend({**row, "CHILD": child} for row in rows)
    return dict(sorted(whole.items()))


class Returns:
    """Returns that were loaded: the report, and the contract's tables. Asked of child 1 and of every flag, until ``of`` names a child."""

    child: str | None = None

    def __init__(self, folder: Path, as_at: date = date(2026, 3, 31), settings: Settings | None = None) -> None:
        self.con = connection_for_few_rows()
        self.report: LoadReport = read_extracts(self.con, folder, settings or Settings(quarantine_limit_percent=100), as_at)

    def of(self, child: str) -> Returns:
        """The same returns, asked of this child."""
        one = copy(self)
        one.child = child
        return one

    def rows(self, query: str) -> list[tuple]:
        return self.con.execute(query).fetchall()

    def episodes(self) -> list[tuple]:
        """(start, reason, ceased, reason ceased, entered care) of each episode, as text."""
        return self._texts("clae_cla_episode_start_date, clae_cla_episode_start_reason, clae_cla_episode_ceased_date, "
                           "clae_cla_episode_ceased_reason, clae_entered_care_date", "ssd_cla_episodes", "clae_person_id")  # fmt: skip

    def statuses(self) -> list[tuple]:
        """(status, start, end) of the child."""
        return self._texts("lega_legal_status, lega_legal_status_start_date, lega_legal_status_end_date", "ssd_legal_status",
                           "lega_person_id")  # fmt: skip

    def placements(self) -> list[tuple]:
        """(type, start, end) of the child."""
        return self._texts("clap_cla_placement_type, clap_cla_placement_start_date, clap_cla_placement_end_date", "ssd_cla_placement",
                           "clap_person_id")  # fmt: skip

    def _texts(self, columns: str, table: str, person: str) -> list[tuple]:
        texts, child = ", ".join(f"coalesce({name}::varchar, '')" for name in columns.split(", ")), self.child or "1"
        return self.rows(f"select {texts} from {table} where {person} = '{child}' order by source_row, rowid")

    def flags(self) -> list[str]:
        """The rules of every flag, or of those of the child."""
        where = f"where person_id = '{self.child}'" if self.child else ""
        return [rule for (rule,) in self.rows(f"select rule from flags {where} order by rule")]


def load(folder: Path, returns: Mapping[int, Return], **how) -> Returns:
    """Write returns and load them."""
    return Returns(write_returns(folder, returns), **how)
