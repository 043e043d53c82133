"""Extracts as LCS, Mosaic and Eclipse write them load, and give the figures of the same county in the contract's own form."""

from __future__ import annotations

import copy

import duckdb
import pytest

from data.contract.systems import systems
from data.errors import NightRefused
from data.reading.comparison import check_tables, count_tables
from data.reading.reading import read_night
from data.settings import Settings
from data.synthetic import write_county as write_synthetic
from metrics.engine.counting import list_children
from metrics.engine.policies import policies_and_problems
from metrics.spine import build_spine
from tests.data.synthetic_files import AS_AT
from tests.deep import examples
from tests.support import case_systems
from tests.support.few_rows import connection_for_few_rows

pytestmark = pytest.mark.slow

POLICIES = ("hertfordshire", "south_east", "cheshire_east")
CHILDREN = examples(90, 150)


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    folder = write_synthetic(tmp_path_factory.mktemp("county"), children=CHILDREN, as_at=AS_AT)[0]
    return case_systems.read_county(folder)


class Loaded:
    """A folder of extracts loaded and counted as at its date: the lists' children and clocks, the absences, the report."""

    def __init__(self, folder, system: str) -> None:
        self.settings = Settings(system=system, policies=POLICIES)
        self.con = connection_for_few_rows()
        report = read_night(self.con, folder, self.settings, AS_AT)
        self.report, _ = check_tables(count_tables(self.con, AS_AT), report, (), self.settings, accept=False)
        build_spine(self.con, (AS_AT,), self.settings)
        in_use = policies_and_problems(self.settings)
        assert in_use.problems == ()
        found = list_children(self.con, in_use.policies.values(), (AS_AT,), self.settings)
        self.absences = {rule: absence.stored if absence else "" for rule, absence in found.items()}

    def lists(self) -> list[tuple]:
        return self.con.execute(
            "select policy, rule, child_id, service, team, worker, since, limit_date, detail from listed order by all"
        ).fetchall()

    def spine(self) -> list[tuple]:
        return self.con.execute("select * exclude (episode_row, placement_row, plan_row) from spine order by child_id").fetchall()

    def supplied(self) -> set[str]:
        return {table for (table,) in self.con.execute("select table_name from supplied where supplied").fetchall()}


@pytest.fixture(scope="module", params=case_systems.SYSTEMS)
def pair(request, county, tmp_path_factory):
    """The system, the county without what the system lacks, and the same as the system writes it."""
    losing, written_by = case_systems.SYSTEMS[request.param]
    folder, changed = tmp_path_factory.mktemp(request.param), copy.deepcopy(county)
    losing(changed)
    plain = Loaded(case_systems.write_county(folder / "plain", changed), request.param)
    written_by(changed)
    return request.param, plain, Loaded(case_systems.write_county(folder / "written", changed), request.param)


def test_every_list_is_that_of_the_same_county_in_the_contracts_own_form(pair):
    system, plain, written = pair
    assert len(plain.spine()) > CHILDREN * 2 / 3 and len(plain.lists()) > CHILDREN * 2 / 3
    planned = plain.con.execute("select count(*) filter (len(options) > 0), count(distinct options) from spine").fetchone()
    assert planned == (0, 1) if system == "eclipse" else planned[0] > CHILDREN / 2 and planned[1] > 4
    assert written.spine() == plain.spine()
    assert written.lists() == plain.lists()
    assert written.absences == plain.absences


LACKING = {
    "lcs": set(),
    "mosaic": {"ssd_involvements", "ssd_department"},
    "eclipse": {"ssd_cla_care_plan", "ssd_permanence"},
}


def test_what_the_system_lacks_is_not_supplied_and_never_nobody(pair):
    system, _, written = pair
    assert written.supplied() & {"ssd_involvements", "ssd_department", "ssd_cla_care_plan", "ssd_permanence"} == (
        {"ssd_involvements", "ssd_department", "ssd_cla_care_plan", "ssd_permanence"} - LACKING[system]
    )
    waiting = {rule for rule, absence in written.absences.items() if "ssd_cla_care_plan" in absence}
    assert bool(waiting) == (system == "eclipse")
    for table in LACKING[system]:
        assert next(file for file in written.report.files if file.table_name == table).note.startswith("not supplied: ")


def test_the_report_says_how_the_system_is_read(pair):
    system, _, written = pair
    assert written.report.notes == systems()[system].notes and written.report.notes
    assert written.report.proposal == ""


def test_without_the_setting_the_system_is_proposed_and_not_assumed(county, tmp_path):
    for system, (losing, written_by) in case_systems.SYSTEMS.items():
        changed = copy.deepcopy(county)
        losing(changed)
        written_by(changed)
        if system == "lcs":
            changed["ssd_cla_placement"] = [row for row in changed["ssd_cla_placement"] if row["clap_cla_placement_id"][0] != "M"]
        folder = case_systems.write_county(tmp_path / system, changed)
        with duckdb.connect() as con:
            if system == "mosaic":
                with pytest.raises(NightRefused, match='set system = "mosaic"'):
                    read_night(con, folder, Settings(), AS_AT)
                continue
            report = read_night(con, folder, Settings(), AS_AT)
            assert f'set system = "{system}" in settings.toml' in report.proposal
            if system == "eclipse":
                with pytest.raises(NightRefused, match='set system = "eclipse"'):
                    check_tables(count_tables(con, AS_AT), report, (), Settings(), accept=False)


def test_the_plain_county_is_no_systems(county, tmp_path):
    with duckdb.connect() as con:
        report = read_night(con, case_systems.write_county(tmp_path / "plain", copy.deepcopy(county)), Settings(), AS_AT)
    assert report.proposal == "" and report.notes == ()
