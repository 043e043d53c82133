"""A policy's file, and the council's own limits and targets, are checked when they are read."""

from __future__ import annotations

from datetime import date

import pytest

from data.errors import TrackerError
from data.settings import Settings
from metrics.policy import FOLDER, PolicyError, policies_in_use, read_policy
from tests.product import product_lists

RULE = """
[[rule]]
id = "home"
title = "Home"
measure = "option_in_plan"
parameters = { option = "return_home" }
limit = { months = 6 }
level = "countywide"
wording = "Home for six months"
source = "2.2"
"""
GOOD = '[policy]\nid = "here"\nname = "Here"\ndocument = "A document"\n' + RULE


def _read(tmp_path, text: str):
    path = tmp_path / "here.toml"
    path.write_text(text)
    return read_policy(path)


def test_hertfordshires_countywide_tracker_has_its_eight_rules_in_the_documents_order():
    policy = read_policy(FOLDER / "hertfordshire.toml")
    assert [rule.id for rule in policy.rules] == [
        "no_current_plan",
        "return_home_6m",
        "placement_order_12m",
        "adoption_no_placement",
        "plan_other",
        "adoption_not_placed",
        "ltf_12m",
        "plan_residential",
    ]
    limits = [rule.limit_on(date(2026, 1, 1)) for rule in policy.rules]
    assert [limit.words if limit else None for limit in limits] == [
        None,
        "6 months",
        "12 months",
        None,
        None,
        None,
        "12 months",
        None,
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('id = "home"', ""), "the key 'id' is missing"),
        (('measure = "option_in_plan"', 'measure = "option_in_plans"'), "no measure 'option_in_plans'"),
        (("months = 6", "monthss = 6"), "months, weeks or days"),
        (("months = 6", "months = 6.5"), "not a whole number"),
        (("months = 6", "months = true"), "not a whole number"),
        (('level = "countywide"', 'level = "county"'), "'county' is not one of"),
        (("option =", "options ="), "takes ['option'], not ['options']"),
        (('wording = "Home for six months"', 'words = "x"'), "the key 'words' is not known"),
        (('document = "A document"', ""), "[policy] has no 'document'"),
        (("[[rule]]", "[rule"), "not a valid TOML file"),
    ],
)
def test_a_wrong_policy_is_refused_with_file_rule_and_reason(tmp_path, change, says):
    with pytest.raises(PolicyError) as refused:
        _read(tmp_path, GOOD.replace(*change))
    assert "here.toml" in str(refused.value)
    assert says in str(refused.value)


def test_two_rules_of_one_id_are_refused(tmp_path):
    with pytest.raises(PolicyError, match="two rules have the id 'home'"):
        _read(tmp_path, GOOD + RULE)


def test_a_council_overrides_a_limit_from_a_date_and_it_holds_from_that_very_day():
    settings = Settings(
        limits={"hertfordshire": {"return_home_6m": {"months": 4, "from": date(2026, 6, 1), "agreed_by": "Panel"}}}
    )
    rule = policies_in_use(settings)["hertfordshire"].rule("return_home_6m")
    assert rule.limit_on(date(2026, 5, 31)).words == "6 months"
    assert rule.limit_on(date(2026, 6, 1)).words == "4 months"
    assert rule.limit_on(date(2026, 6, 1)).agreed_by == "Panel"


def test_a_setting_that_names_no_rule_or_no_policy_is_refused():
    with pytest.raises(PolicyError, match="has no rule 'return_home'"):
        policies_in_use(Settings(limits={"hertfordshire": {"return_home": {"months": 4}}}))
    with pytest.raises(PolicyError, match="there is no policy 'herts'"):
        policies_in_use(Settings(policies=("herts",)))


def test_a_target_belongs_to_its_rule():
    settings = Settings(
        targets={"hertfordshire": {"no_current_plan": {"target_percent": 5, "tolerance_percent": 1, "agreed_by": "CPP"}}}
    )
    rule = policies_in_use(settings)["hertfordshire"].rule("no_current_plan")
    assert (rule.target.percent, rule.target.tolerance, rule.target.agreed_by) == (5, 1, "CPP")


OWN_MEASURE = """-- title: Not seen by a reviewing officer
-- asks: Which children have had no review in this period of care?
-- why: A worked example of the analyst's page.
-- kind: measure
-- parameters: under_age
-- needs: ssd_cla_reviews
-- source: Our own
select
    spine.as_at,
    spine.child_number,
    spine.entered_care as clock_start,
    'no review held' as detail
from spine
where spine.last_review_date is null
    and spine.age < $under_age
"""
OWN_POLICY = """[policy]
id = "ours"
name = "Our own"
document = "Panel, November 2026"

[[rule]]
id = "never_reviewed"
title = "Under 5 with no review for 3 months"
measure = "no_review"
parameters = { under_age = 5 }
limit = { months = 3 }
level = "service"
wording = "No child under five goes three months without a review"
source = "Panel, 18 November 2026"
"""


def _own(tmp_path, policy: str = OWN_POLICY, measure: str = OWN_MEASURE, name: str = "no_review") -> Settings:
    for folder in ("policies", "measures"):
        (tmp_path / folder).mkdir()
    (tmp_path / "policies" / "ours.toml").write_text(policy)
    (tmp_path / "measures" / f"{name}.sql").write_text(measure)
    return Settings(policies=("hertfordshire", "ours"), folder=tmp_path)


def test_a_council_adds_a_rule_and_a_measure_of_its_own_without_touching_python(tmp_path):
    records = {
        "ssd_person": [{"pers_person_id": "1", "pers_dob": date(2023, 1, 1)}],
        "ssd_cla_episodes": [
            {"clae_cla_episode_id": "1", "clae_person_id": "1", "clae_cla_episode_start_date": date(2026, 1, 31)}
        ],
    }
    settings = _own(tmp_path)
    lists = product_lists(records, [date(2026, 4, 29), date(2026, 4, 30)], settings)
    assert lists["never_reviewed", date(2026, 4, 29)] == {}
    assert lists["never_reviewed", date(2026, 4, 30)] == {"1": (date(2026, 1, 31), date(2026, 4, 30), 0, "no review held")}


def test_a_councils_wrong_files_are_refused_by_name(tmp_path):
    with pytest.raises(TrackerError, match="there is a measure 'option_in_plan' already"):
        policies_in_use(_own(tmp_path, name="option_in_plan"))
    (tmp_path / "again").mkdir()
    with pytest.raises(TrackerError, match="ours.toml, rule 'never_reviewed': there is no measure 'no_reviews'"):
        policies_in_use(_own(tmp_path / "again", policy=OWN_POLICY.replace('"no_review"', '"no_reviews"')))
