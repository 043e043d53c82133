"""The synthetic county's workbook, loaded back, tells of the same children on its day: care, dates, statuses, placements and lists."""

from __future__ import annotations

import re
import shutil

import pytest

from data.formats.annex_a.reporting import FED_BY
from data.formats.annex_a.writing import write_workbook
from data.settings import Settings
from data.synthetic import write_county
from tests.data.synthetic_files import AS_AT
from tests.support.loaded import Loaded

pytestmark = pytest.mark.slow

EVERY_POLICY = ("cheshire_east", "england", "hertfordshire", "hertfordshire_service", "salford", "slough", "south_east")
SETTINGS = Settings(policies=EVERY_POLICY)
SAME = ("legal_status", "placement_type", "placement_start", "placement_known", "placement_adoptive", "placement_early_permanence",
        "placement_long_term_foster", "placement_order_since", "last_review_date", "age", "entered_care", "age_at_entry", "team", "worker",
        "adoption_match_date", "pathway_plan_date")  # fmt: skip
OBSERVED = re.compile("option_clock|first_option_on_day")  # the clocks of plans begin at the first load
# Annex A's plan is one answer of seven: it has no parallel plan, and none for relatives and friends or support at home. Its placement is
# the latest: of a child who is away for some days it does not say from which home.
TOLD = """
select child_id from spine
where len(options) <= 1 and not list_has_any(options, ['relatives_or_friends', 'supported_at_home'])
    and not placement_interrupted
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    folder = write_county(tmp_path_factory.mktemp("county"), children=130, as_at=AS_AT)[0]
    return Loaded(folder, SETTINGS, (AS_AT,))


@pytest.fixture(scope="module")
def book(county, tmp_path_factory):
    folder = tmp_path_factory.mktemp("book")
    write_workbook(county.con, folder, AS_AT, SETTINGS)
    # Everything else that the county has stands beside the workbook, so that every rule that can be counted is compared.
    for path in county.folder.glob("*.csv"):
        if path.stem not in FED_BY and path.stem != "local_restrictions":
            shutil.copy(path, folder)
    return Loaded(folder, SETTINGS, (AS_AT,))


def test_the_same_children_are_in_care_with_the_same_dates_statuses_placements_teams_and_orders(county, book):
    everybody, away = (county.set(f"select child_id from spine{where}") for where in ("", " where placement_interrupted"))
    assert book.set("select child_id from spine") == everybody and len(everybody) > 100 and len(away) <= 5
    for column in SAME:
        query = f"select child_id, {column} from spine"
        differ = {child for child, _ in book.set(query) ^ county.set(query)}
        assert differ <= (away if column.startswith("placement_") else set()), column


def test_plans_are_the_same_where_annex_a_has_an_answer_and_their_start_is_not_supplied(county, book):
    query = "select child_id, options::varchar from spine"
    told = county.set(TOLD)
    assert {row for row in book.set(query) ^ county.set(query) if row[0] in told} == set() and len(told) > 60
    assert book.set("select distinct recorded_since, observed_since, since from option_clock") == {(None, None, AS_AT)}
    assert book.set("select distinct no_plan_since from spine where no_plan_since is not null") == {AS_AT}


def test_every_list_that_runs_is_the_same_and_those_that_look_back_wait(county, book):
    told, compared = county.set(TOLD), {}
    observed = {"no_current_plan"}
    for policy in county.policies.values():
        for rule in policy.rules:
            key = (policy.id, rule.id)
            if book.absences[key] or county.absences[key]:
                continue
            asked = {"policy": policy.id, "rule": rule.id}
            query = "select child_id from listed where policy = $policy and rule = $rule"
            whole = county.set(query, **asked)
            assert (book.set(query, **asked) ^ whole) & told == set(), key
            compared[key] = len(whole)
            if rule.measure.id not in observed and not OBSERVED.search(rule.measure.sql):
                query = "select child_id, since, limit_date from listed where policy = $policy and rule = $rule"
                assert {row for row in book.set(query, **asked) ^ county.set(query, **asked) if row[0] in told} == set(), key
    assert sum(bool(rows) for rows in compared.values()) >= 15, compared
    waiting = {key for key, absence in book.absences.items() if absence and "earlier_records" in absence.tables}
    assert {
        ("england", "three_placements_12m"),
        ("england", "same_placement_2y"),
        ("hertfordshire_service", "adopted"),
    } <= waiting
    untold = {key for key, absence in book.absences.items() if absence and "fostering_plans" in absence.tables}
    assert ("hertfordshire", "ltf_12m") in untold
    assert ("slough", "pre_proceedings_16w") in {k for k, v in book.absences.items() if v and "children_not_in_care" in v.tables}


def test_what_the_workbook_does_not_hold_is_not_supplied(book):
    supplied = dict(book.con.execute("select table_name, supplied from supplied").fetchall())
    lacking = {name for name, there in supplied.items() if not there}
    assert {"ssd_cla_reviews", "ssd_cla_visits", "earlier_records", "plan_starts", "parallel_plans", "fostering_plans"} <= lacking
