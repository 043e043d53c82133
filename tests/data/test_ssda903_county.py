"""The synthetic county's nine returns, loaded back, tell of the same children: care, dates, statuses, placements and lists."""

from __future__ import annotations

from datetime import date

import pytest

from data.formats.ssda903.writing import write_returns
from data.settings import Settings
from data.synthetic import write_county
from tests.data.synthetic_files import AS_AT
from tests.support.loaded import Loaded

pytestmark = pytest.mark.slow

DATES = (AS_AT, date(2025, 3, 31), date(2023, 9, 30))
SETTINGS = Settings(policies=("hertfordshire", "slough", "england"))
# What the returns cannot tell of a child: it changed within an episode, or its first episodes are older than the six years of the extracts.
WITHIN_AN_EPISODE = """
select distinct {person}
from {table}
anti join ssd_cla_episodes on clae_person_id = {person} and clae_cla_episode_start_date = {start}
where {start} <= $as_at
"""
NO_FIRST_EPISODE = """
select clae_person_id
from ssd_cla_episodes
group by clae_person_id, clae_cla_id
having min(clae_cla_episode_start_date) > min(clae_entered_care_date)
    or arg_min(clae_cla_episode_start_reason, clae_cla_episode_start_date) is distinct from 'S'
"""
STATUS_ENDED_WITHIN = """
select distinct lega_person_id
from ssd_legal_status
anti join ssd_cla_episodes
    on clae_person_id = lega_person_id
    and lega_legal_status_end_date in (clae_cla_episode_start_date, clae_cla_episode_ceased_date)
where lega_legal_status_end_date <= $as_at
"""
# A placement order that only the permanence record has.
ORDER_WITHOUT_STATUS = """
select perm_person_id
from ssd_permanence
where perm_placement_order_date is not null
    and perm_person_id not in (select lega_person_id from ssd_legal_status where lega_legal_status = 'E1')
"""
PLACEMENT_NOT_RECORDED = """
select clae_person_id
from ssd_cla_episodes
anti join ssd_cla_placement on clap_cla_placement_id = clae_cla_placement_id and clap_person_id = clae_person_id
"""
# What every row of the two spines must agree on.
SAME = ("legal_status", "placement_type", "placement_start", "placement_known", "placement_adoptive", "placement_early_permanence",
        "placement_long_term_foster", "placement_interrupted", "placement_order_since", "last_review_date", "age", "entered_care",
        "age_at_entry", "placement_moves")  # fmt: skip


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    return Loaded(write_county(tmp_path_factory.mktemp("county"), children=130, as_at=AS_AT)[0], SETTINGS, DATES)


@pytest.fixture(scope="module")
def returned(county, tmp_path_factory):
    folder = tmp_path_factory.mktemp("returns")
    write_returns(county.con, folder, AS_AT, SETTINGS)
    return Loaded(folder, SETTINGS, DATES)


@pytest.fixture(scope="module")
def telling(county):
    """The children of whom the returns can tell everything that they carry."""
    status = {"person": "lega_person_id", "table": "ssd_legal_status", "start": "lega_legal_status_start_date"}
    placement = {"person": "clap_person_id", "table": "ssd_cla_placement", "start": "clap_cla_placement_start_date"}
    renewed = county.set(WITHIN_AN_EPISODE.format(**status) + STATUS_CHANGED, as_at=AS_AT)
    moved = county.set(WITHIN_AN_EPISODE.format(**placement), as_at=AS_AT)
    ended = county.set(STATUS_ENDED_WITHIN, as_at=AS_AT) | county.set(ORDER_WITHOUT_STATUS)
    others = renewed | moved | ended | county.set(NO_FIRST_EPISODE) | county.set(PLACEMENT_NOT_RECORDED)
    return county.set("select distinct child_id from spine") - others


# A status that is renewed row by row goes on; one that the row before it does not have is a change.
STATUS_CHANGED = """
    and not exists (
        from ssd_legal_status as before
        where before.lega_person_id = ssd_legal_status.lega_person_id
            and before.lega_legal_status = ssd_legal_status.lega_legal_status
            and before.lega_legal_status_end_date = ssd_legal_status.lega_legal_status_start_date
    )
"""


def test_the_same_children_are_in_care_on_every_date(county, returned):
    query = "select as_at, child_id from spine"
    assert len(county.set(query)) > 300
    assert returned.set(query) == county.set(query)


def test_entry_to_care_is_never_earlier_and_the_same_where_the_first_episode_is_there(county, returned):
    query = "select as_at, child_id, entered_care from spine"
    whole = {(day, child): entered for day, child, entered in county.set(query)}
    back = {(day, child): entered for day, child, entered in returned.set(query)}
    later = {child for (day, child), entered in back.items() if entered != whole[day, child]}
    assert all(entered >= whole[key] for key, entered in back.items())
    assert later <= county.set(NO_FIRST_EPISODE) and later


def test_statuses_placements_orders_and_reviews_are_the_same(county, returned, telling):
    assert len(telling) > 90
    for column in SAME:
        query = f"select as_at, child_id, {column} from spine"
        differ = {row for row in returned.set(query) ^ county.set(query) if row[1] in telling}
        assert differ == set(), column


def test_placement_orders_and_adoptive_placements_are_the_same_whatever_else_is_not_told(county, returned):
    query = "select as_at, child_id, placement_order_since, placement_adoptive from spine where placement_order_since is not null"
    not_told = county.set(STATUS_ENDED_WITHIN, as_at=AS_AT) | county.set(ORDER_WITHOUT_STATUS)
    assert {row for row in returned.set(query) ^ county.set(query) if row[1] not in not_told} == set()
    assert len([row for row in county.set(query) if row[1] not in not_told]) > 10


def test_every_list_that_runs_is_the_same(county, returned, telling):
    compared = {}
    for policy in county.policies.values():
        for rule in policy.rules:
            key = (policy.id, rule.id)
            if returned.absences[key] or county.absences[key]:
                continue
            query = "select as_at, child_id, since, limit_date from listed where policy = $policy and rule = $rule"
            asked = {"policy": policy.id, "rule": rule.id}
            whole = county.set(query, **asked)
            assert {row for row in returned.set(query, **asked) ^ whole if row[1] in telling} == set(), key
            compared[key] = len(whole)
    assert sum(bool(rows) for rows in compared.values()) >= 5, compared


def test_what_the_returns_do_not_hold_waits_and_is_never_nobody(returned):
    waiting = [absence for absence in returned.absences.values() if absence and "ssd_cla_care_plan" in absence.tables]
    assert len(waiting) > 5
    assert set(returned.report.lacks) == {"ssd_cla_care_plan", "ssd_involvements", "ssd_department"}
    matched = {
        key for key, absence in returned.absences.items() if absence and any("ssd_permanence" in name for name in absence.tables)
    }
    assert matched


def test_the_same_returns_as_xml_are_the_same_tables(county, returned, tmp_path):
    write_returns(county.con, tmp_path, AS_AT, SETTINGS, xml=True)
    assert {path.suffix for path in tmp_path.iterdir()} == {".xml"}
    xml = Loaded(tmp_path, SETTINGS, (AS_AT,))
    for table in ("ssd_person", "ssd_cla_episodes", "ssd_legal_status", "ssd_cla_placement", "ssd_cla_reviews", "ssd_permanence",
                  "ssd_immigration_status"):  # fmt: skip
        columns = f"select * exclude (source_row) from {table}"
        assert xml.set(columns) == returned.set(columns) != set(), table
    assert "ssd_involvements" in {file.table_name for file in xml.report.files if not file.supplied}
