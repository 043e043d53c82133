"""Brothers and sisters: the groups, whether they live together, whom a reader's scope and a restriction leave out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas
import pytest

from data.settings import Settings
from metrics.answers.child.child import evidence
from metrics.answers.siblings import children, groups, is_supplied
from metrics.engine.engine import Engine
from tests.metrics.cases.national_child import national
from tests.metrics.cases.recorded_child import RecordedChild
from tests.support.builder import Child, department, records
from tests.support.reference_engine import RecordsEngine
from tests.support.scopes import asking
from words.labels import RESTRICTED_RECORD

AS_AT = date(2025, 6, 10)
EVERYBODY = asking(roles=None)
SUPPLIED = ("local_meetings", "local_care_proceedings", "local_sibling_assessments", "ssd_pre_proceedings", "ssd_family")


def engine_of(
    *some: Child, policy: str = "slough", without: tuple[str, ...] = (), settings: Settings | None = None, **more: list[dict]
) -> Engine:
    """An engine over a night of these children; every table that siblings are told from is supplied but those named."""
    teams = (department("T1", "Alpha Team", "S1", "North"), department("T2", "Beta Team", "S1", "North"))
    night = records(*some, departments=teams) | more
    supplied = {table: rows for table, rows in night.items() if (rows or table in SUPPLIED) and table not in without}
    return RecordsEngine(supplied, (AS_AT,), replace(settings or Settings(), policies=(policy,)))


def child(name: str, postcode: str | None, team: str = "T1", born: str = "2015-05-10") -> RecordedChild:
    one = RecordedChild(name, born, None).in_care("2025-03-01").worker(team, "2025-03-01")
    return one.placement("U6", "2025-03-01", postcode=postcode).family("F1")


def test_a_group_is_apart_together_or_not_known():
    for postcodes, living, homes in (
        (("ZZ1", "ZZ1"), "together", 1),
        (("ZZ1", "ZZ2"), "apart", 2),
        (("ZZ1", None), "not known", 1),
    ):
        frame = children(
            engine_of(*(child(name, place) for name, place in zip("AB", postcodes, strict=True))), "slough", EVERYBODY
        )
        (row,) = groups(frame).to_dict("records")
        assert (row["family"], row["children"], row["living"], row["homes"]) == ("family F1", 2, living, homes)


def test_a_child_has_its_plan_court_assessment_and_lists():
    one = child("A", "ZZ1", born="2013-01-01").plan("LTFOST18", "2025-04-01").proceedings("2025-05-01")
    one.rows["local_care_proceedings"][-1]["court"] = "Family Court at Northford"
    engine = engine_of(one, child("B", "ZZ2", "T2").sibling_assessment("2025-06-10"), child("C", "ZZ3").in_care("2025-03-02"))
    first, second, _ = children(engine, "slough", EVERYBODY).to_dict("records")
    assert (first["child_id"], first["plan"], first["court_name"]) == ("A", "long term fostering", "Family Court at Northford")
    assert "Brothers and sisters apart, not assessed" in first["lists"].split("; ")
    assert "Brothers and sisters apart, not assessed" not in second["lists"].split("; ")
    assert (second["outcome"], second["assessed_date"].date()) == ("apart", AS_AT)
    (group,) = groups(children(engine, "slough", EVERYBODY)).to_dict("records")
    assert (group["children"], group["not_assessed"], group["teams"]) == (3, 2, "Alpha Team; Beta Team")


def test_the_courts_of_a_child_are_in_the_order_of_their_names():
    courts = ["Northford", "Eastham", "Westbury", "Southwick", "Ashby", "Midhurst"]
    one = child("A", "ZZ1")
    for court in courts:
        one.proceedings("2025-05-01").rows["local_care_proceedings"][-1]["court"] = court
    first, _ = children(engine_of(one, child("B", "ZZ2")), "slough", EVERYBODY).to_dict("records")
    assert first["court_name"] == ", ".join(sorted(courts))


def test_the_lists_of_a_child_are_those_on_which_the_engine_has_it():
    # In proceedings for 26 weeks to the day, which is not yet more; and of what began before the policy nothing is overdue.
    on_the_day = child("A", "ZZ1", born="2013-01-01").proceedings("2024-12-10").meeting("LEGAL_GATEWAY", "2025-03-01")
    applies = Settings(applies_from={"slough": date(2025, 4, 1)})
    engine = engine_of(on_the_day, child("B", "ZZ2").proceedings("2024-12-09"), settings=applies)
    rules = engine.policy("slough").rules
    listed = engine.children("slough", [rule.id for rule in rules], EVERYBODY)
    titles = {rule.id: rule.title for rule in rules}
    for row in children(engine, "slough", EVERYBODY).to_dict("records"):
        mine = listed.loc[listed["child_id"] == row["child_id"], "rule"]
        assert row["lists"].split("; ") == sorted(titles[rule] for rule in mine)
        assert ("In proceedings for more than 26 weeks" in row["lists"]) == (row["child_id"] == "B")


def test_an_only_child_in_care_is_no_group_and_neither_are_those_outside_a_readers_scope():
    engine = engine_of(child("A", "ZZ1"), child("B", "ZZ2", "T2"), RecordedChild("C", "2015-05-10", None).in_care("2025-03-01"))
    assert list(children(engine, "slough", EVERYBODY)["child_id"]) == ["A", "B"]
    assert children(engine, "slough", asking(roles=None, teams=("Alpha Team",))).empty


def restricted(name: str) -> dict:
    return {"person_id": name, "restriction_type": "ADOPTION", "start_date": "2025-01-01", "allowed_roles": "adoption"}


def test_a_restricted_child_is_counted_in_its_group_and_nothing_more_is_said():
    three = (child("A", "ZZ1"), child("B", "ZZ2", "T2").plan("ADOPTION", "2025-04-01"), child("C", "ZZ1"))
    engine = engine_of(*three, local_restrictions=[restricted("B")])
    frame = children(engine, "slough", asking())
    assert list(frame["child_id"]) == ["A", "C", RESTRICTED_RECORD]
    said = frame.iloc[2].drop(["as_at", "family", "child_id"])
    assert not [value for value in said if not pandas.isna(value) and value != ""]
    (group,) = groups(frame).to_dict("records")
    # B lives elsewhere and with another team: neither is told.
    assert (group["children"], group["living"], group["homes"], group["teams"]) == (3, "together", 1, "Alpha Team")
    (whole,) = groups(children(engine, "slough", asking(roles=frozenset({"adoption"})))).to_dict("records")
    assert (whole["children"], whole["living"], whole["teams"]) == (3, "apart", "Alpha Team; Beta Team")
    assert len(children(engine, "slough", EVERYBODY)) == 3


def test_a_group_of_two_does_not_vanish_with_a_restricted_child_and_neither_with_two():
    for hidden, named in ((["B"], ["A"]), (["A", "B"], [])):
        rows = [restricted(one) for one in hidden]
        frame = children(engine_of(child("A", "ZZ1"), child("B", "ZZ1"), local_restrictions=rows), "slough", asking())
        assert list(frame["child_id"]) == [*named, *[RESTRICTED_RECORD] * len(hidden)]
        (group,) = groups(frame).to_dict("records")
        assert (group["children"], group["living"], group["not_assessed"]) == (2, "not known", len(named))


def test_a_restricted_child_outside_a_readers_scope_is_not_counted():
    engine = engine_of(child("A", "ZZ1"), child("B", "ZZ1", "T2"), local_restrictions=[restricted("B")])
    assert children(engine, "slough", asking(teams=("Alpha Team",))).empty


def test_without_families_and_mothers_nobody_is_anybodys_brother():
    engine = engine_of(child("A", "ZZ1"), child("B", "ZZ2"), without=("ssd_family",))
    assert not is_supplied(engine)
    assert engine.absence(engine.rule_over("slough", "siblings_apart_unassessed"), AS_AT).word == "not supplied"


@pytest.mark.parametrize("rule", ["unborn_gateway_2w", "gateway_review_6w"])
def test_an_unborn_child_on_a_list_has_rows_that_say_why(rule):
    engine = engine_of(
        national(born=None).expected("2025-06-20").meeting("LEGAL_GATEWAY", "2025-04-01").worker("T1", "2025-04-01")
    )
    (row,) = engine.children("slough", [rule], EVERYBODY).to_dict("records")
    assert (row["child_id"], row["team"]) == ("A", "Alpha Team") and "expected on 20/06/2025" in row["detail"]
    assert not evidence(engine, "A", "slough", rule, EVERYBODY).empty
