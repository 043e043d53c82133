"""A policy's file, and the council's own limits and targets, are checked when they are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from data.settings import Settings
from metrics.engine.policies import policies_and_problems, policies_in_use
from metrics.engine.policy import FOLDER, PolicyError
from metrics.engine.policy_files import read_policy
from tests.support.product import product_lists

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
        (('id = "home"', ""), "line 6, rule '?': the key 'id' is missing"),
        (
            ('measure = "option_in_plan"', 'measure = "option_in_plans"'),
            "line 9, rule 'home', key 'measure': there is no measure 'option_in_plans'; did you mean \"option_in_plan\"?",
        ),
        (
            ("months = 6", "monthss = 6"),
            "line 11, rule 'home', key 'limit': a limit is one of months, weeks, days or working_days",
        ),
        (("months = 6", "monthss = 6"), 'did you mean "months"?'),
        (("{ months = 6 }", "6"), "a limit is one of months"),
        (("months = 6", "months = 6, weeks = 2"), "a limit is one of months"),
        (("months = 6", "months = 6.5"), "not a whole number"),
        (("months = 6", "months = true"), "not a whole number"),
        (("months = 6", "months = -1"), "not a whole number of months from 0"),
        (('level = "countywide"', 'level = "county"'), "line 12, rule 'home', key 'level': 'county' is not a level"),
        (('title = "Home"', "title = 3"), "line 8, rule 'home', key 'title': 3 is not text"),
        (
            ("option =", "options ="),
            "line 10, rule 'home', key 'parameters': 'options' is not a parameter of option_in_plan; did you",
        ),
        (('{ option = "return_home" }', "{}"), "the parameter 'option' is missing; the measure option_in_plan takes option"),
        (('"return_home"', "6"), "option is 6; it must be text, such as '"),
        (('"return_home"', '["return_home"]'), "option is ['return_home']; it must be text"),
        (('wording = "Home for six months"', 'wordin = "x"'), "the key 'wordin' is not known"[4:]),
        (('source = "2.2"', ""), "the key 'source' is missing; add source ="),
        (('source = "2.2"', 'source = ""'), "line 14, rule 'home', key 'source': '' is not text"),
        (('source = "2.2"', 'source = "2.2"\ntarget = 3'), "a target has the keys percent and tolerance"),
        (('source = "2.2"', 'source = "2.2"\ntarget = { percent = 130 }'), "the percent 130 is not a number from 0 to 100"),
    ],
)
def test_a_mistake_in_a_rule_costs_that_rule_and_names_file_line_and_remedy(tmp_path, change, says):
    assert change[0] in GOOD
    other = RULE.replace('id = "home"', 'id = "other"')
    policy = _read(tmp_path, GOOD.replace(*change) + other)
    home, sound = policy.rules
    assert "here.toml, line" in home.problem
    assert says in home.problem
    assert (sound.id, sound.problem) == ("other", "")
    assert policy.problems == (home.problem,)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('document = "A document"', ""), "line 1: [policy] has no 'document'"),
        (('document = "A document"', 'documents = "A document"'), "line 4: 'documents' is not a key of [policy]; did you mean"),
        (("[[rule]]", "[rule"), ", line 6: cannot be read as TOML: "),
        (("[[rule]]", "[[rules]]"), "line 6: 'rules' is not known; did you mean \"rule\"?"),
        (("[[rule]]", "[rule]"), "line 6: write each rule as a table of its own, beginning with [[rule]]"),
        (('id = "here"', 'id = "there"'), "line 2: the id is 'there' and the file is here.toml; give both the same name"),
    ],
)
def test_a_mistake_in_the_file_itself_is_refused_with_its_line(tmp_path, change, says):
    with pytest.raises(PolicyError) as refused:
        _read(tmp_path, GOOD.replace(*change))
    assert "here.toml" in str(refused.value)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("heading", "says"),
    [
        ('pages = ["weekley"]', "line 5, key 'pages' of [policy]: 'weekley' is not one of them; did you mean \"weekly\"?"),
        ('pages = "weekly"', "line 5, key 'pages' of [policy]: 'weekly' is not a list; write it as pages = ["),
        ("pages = [3]", "line 5, key 'pages' of [policy]: '3' is not one of them"),
        ('pages = ["weekly", "weekly"]', "'weekly' is named twice"),
        ('provides = ["statutory"]', "key 'provides' of [policy]: 'statutory' is not one of them"),
        ('page = ["weekly"]', "line 5: 'page' is not a key of [policy]; did you mean \"pages\"?"),
        ('owner = ""', "line 5, key 'owner' of [policy]: '' is not text"),
    ],
)
def test_a_mistake_in_what_a_policy_brings_is_told_with_its_line(tmp_path, heading, says):
    with pytest.raises(PolicyError) as refused:
        _read(tmp_path, GOOD.replace('document = "A document"\n', f'document = "A document"\n{heading}\n'))
    assert "here.toml" in str(refused.value)
    assert says in str(refused.value)


def test_two_rules_of_one_id_are_not_available_since_nobody_can_tell_which_is_meant(tmp_path):
    policy = _read(tmp_path, GOOD + RULE)
    assert [rule.id for rule in policy.rules] == ["home"]
    assert "line 16, rule 'home': two rules have the id 'home'" in policy.rules[0].problem


def test_a_parameter_of_the_wrong_type_is_told_with_the_line_that_uses_it(tmp_path):
    settings = _own(tmp_path, policy=OWN_POLICY.replace("under_age = 5", 'under_age = "five"'))
    problem = policies_in_use(settings)["ours"].rules[0].problem
    assert "policies/ours.toml, line 10, rule 'never_reviewed'" in problem
    assert "under_age is 'five', which the measure cannot use (measures/no_review.sql, line 15)" in problem


def test_a_council_overrides_a_limit_from_a_date_and_it_holds_from_that_very_day():
    settings = Settings(
        limits={"hertfordshire": {"return_home_6m": {"months": 4, "from": date(2026, 6, 1), "agreed_by": "Panel"}}}
    )
    rule = policies_in_use(settings)["hertfordshire"].rule("return_home_6m")
    assert rule.limit_on(date(2026, 5, 31)).words == "6 months"
    assert rule.limit_on(date(2026, 6, 1)).words == "4 months"
    assert rule.limit_on(date(2026, 6, 1)).agreed_by == "Panel"


@pytest.mark.parametrize(
    ("section", "policy", "rule", "says"),
    [
        (
            "limits",
            "hertfordshire",
            "return_home",
            "has no effect: the policy hertfordshire has no rule 'return_home'; did you mean",
        ),
        ("targets", "hertfordshire", "return_home", "has no effect: the policy hertfordshire has no rule 'return_home'"),
        ("limits", "hertfordshir", "return_home_6m", "has no effect: the policy 'hertfordshir' is not in use; did you mean"),
        ("targets", "salford", "legal_discussion_10d", "has no effect: the policy 'salford' is not in use"),
    ],
)
def test_a_limit_or_target_of_something_that_is_not_in_use_is_refused(section, policy, rule, says):
    entry = {"months": 4} if section == "limits" else {"target_percent": 4}
    with pytest.raises(PolicyError, match=f"settings.toml, {section}.{policy}") as refused:
        policies_in_use(Settings(**{section: {policy: {rule: entry}}}))
    assert says in str(refused.value)


def test_a_policy_that_there_is_not_or_that_is_named_twice_is_refused():
    with pytest.raises(PolicyError, match="there is no policy 'herts'; did you mean|there is no policy 'herts'; use one of"):
        policies_in_use(Settings(policies=("herts",)))
    with pytest.raises(PolicyError, match="'salford' is named twice"):
        policies_in_use(Settings(policies=("salford", "salford")))


def test_several_limits_hold_each_from_its_own_day_in_whatever_order_they_are_written():
    steps = (
        {"months": 3, "from": date(2026, 9, 1)},
        {"weeks": 10, "from": date(2026, 6, 1)},
        {"days": 1, "from": date(2027, 1, 1)},
    )
    rule = policies_in_use(Settings(limits={"hertfordshire": {"return_home_6m": steps}}))["hertfordshire"].rule("return_home_6m")
    days = (date(2026, 5, 31), date(2026, 6, 1), date(2026, 8, 31), date(2026, 9, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [rule.limit_on(day).words for day in days] == ["6 months", "10 weeks", "10 weeks", "3 months", "3 months", "1 day"]


def test_a_dated_limit_that_another_of_its_day_hides_costs_its_rule():
    twice = ({"months": 3, "from": date(2026, 9, 1)}, {"months": 2, "from": date(2026, 9, 1)})
    policy = policies_in_use(Settings(limits={"hertfordshire": {"return_home_6m": twice}}))["hertfordshire"]
    assert "two limits from 01/09/2026, one of which would have no effect" in policy.rule("return_home_6m").problem
    assert [rule.id for rule in policy.rules if rule.problem] == ["return_home_6m"]


def test_a_limit_without_a_name_is_refused_for_a_milestone_of_several_periods():
    limits = {"england": {"visit_interval": {"weeks": 4}, "first_review_20d": {"working_days": 15}}}
    policy = policies_in_use(Settings(policies=("england",), limits=limits))["england"]
    assert (
        "It can have first_year_months, first_year_weeks, lasting_months, other_weeks." in policy.rule("visit_interval").problem
    )
    assert policy.rule("first_review_20d").problem == ""


def test_a_lower_figure_is_better_of_children_over_a_limit_of_pre_proceedings_and_neither_is_of_all_in_it():
    limits = {"hertfordshire_service": {"pre_proceedings": {"weeks": 16, "from": date(2026, 4, 1)}}}
    service = policies_in_use(Settings(policies=("hertfordshire_service", "slough", "salford")))
    assert service["slough"].rule("pre_proceedings_16w").low_is_good is True
    assert service["hertfordshire_service"].rule("pre_proceedings").low_is_good is None
    # A limit of the council's own makes it a list of children who have been there for too long.
    own = policies_in_use(Settings(policies=("hertfordshire_service",), limits=limits))
    assert own["hertfordshire_service"].rule("pre_proceedings").low_is_good is True
    # That a review could be simpler after a year is nothing that has to be done.
    assert service["salford"].rule("consultation_review_possible").low_is_good is None


def test_a_rule_says_how_its_wording_is_read(tmp_path):
    said = 'reading = "The day counts."\nsource'
    assert _read(tmp_path, GOOD.replace("source", said)).rules[0].reading == "The day counts."
    assert _read(tmp_path, GOOD).rules[0].reading == ""
    assert (
        "line 14, rule 'home', key 'reading': 7 is not text"
        in _read(tmp_path, GOOD.replace("source", "reading = 7\nsource")).rules[0].problem
    )


def test_a_limit_and_its_own_number_that_differ_are_refused(tmp_path):
    text = (FOLDER / "hertfordshire_service.toml").read_text(encoding="utf-8")
    path = tmp_path / "hertfordshire_service.toml"
    for wrong in ("limit = { months = 5 }", "limit = { weeks = 4 }", ""):
        path.write_text(text.replace("limit = { months = 4 }", wrong, 1), encoding="utf-8")
        problem = read_policy(path).rule("weekly_no_ppm").problem
        assert wrong == "" or "over_months is 4, and it is the rule's limit; write limit = { months = 4 }" in problem
        assert problem


def test_a_target_belongs_to_its_rule():
    settings = Settings(
        targets={"hertfordshire": {"no_current_plan": {"target_percent": 5, "tolerance_percent": 1, "agreed_by": "CPP"}}}
    )
    rule = policies_in_use(settings)["hertfordshire"].rule("no_current_plan")
    assert (rule.target.percent, rule.target.tolerance, rule.target.agreed_by) == (5, 1, "CPP")


def test_words_of_a_role_that_no_policy_names_are_refused():
    roles = (*Settings().roles, ("assistant_directr", ("AD",)))
    with pytest.raises(
        PolicyError, match="no policy asks for the approval of 'assistant_directr'; did you mean \"assistant_director\""
    ):
        policies_in_use(Settings(roles=roles))


def test_the_roles_that_policies_ask_for_are_named_in_the_order_of_their_files():
    asked = "service_manager, assistant_director, strategic_director, director_of_operations, nominated_senior_manager, permanence_panel"
    with pytest.raises(PolicyError, match=f"'zzzz'; use one of {asked}."):
        policies_in_use(Settings(roles=(*Settings().roles, ("zzzz", ("Z",)))))


def test_a_rule_over_an_approval_by_a_role_without_words_is_not_available():
    roles = tuple(role for role in Settings().roles if role[0] != "strategic_director")
    rules = policies_in_use(Settings(policies=("salford",), roles=roles))["salford"]
    assert "the settings have no words for the role 'strategic_director'" in rules.rule("distant_approval").problem
    assert not rules.rule("out_of_borough_approval").problem


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


def test_a_councils_wrong_files_cost_their_own_rules_and_are_named(tmp_path):
    clash = OWN_POLICY.replace('"no_review"', '"option_in_plan"')
    in_use = policies_and_problems(_own(tmp_path, policy=clash, name="option_in_plan"))
    assert "measures/option_in_plan.sql: there is a measure 'option_in_plan' already" in in_use.problems[0]
    assert "there is a measure 'option_in_plan' already" in in_use.policies["ours"].rules[0].problem
    assert not any(rule.problem for rule in in_use.policies["hertfordshire"].rules)

    (tmp_path / "again").mkdir()
    in_use = policies_and_problems(_own(tmp_path / "again", policy=OWN_POLICY.replace('"no_review"', '"no_reviews"')))
    assert in_use.problems == (
        "policies/ours.toml, line 9, rule 'never_reviewed', key 'measure': there is no measure 'no_reviews'; did you mean \"no_review\"?",
    )


def test_a_policy_file_that_cannot_be_read_costs_that_policy_only(tmp_path):
    in_use = policies_and_problems(_own(tmp_path, policy=OWN_POLICY.replace("[[rule]]", "[[rule")))
    assert list(in_use.policies) == ["hertfordshire"]
    assert "policies/ours.toml, line 6: cannot be read as TOML" in in_use.problems[0]
    with pytest.raises(PolicyError, match="ours.toml, line 6: cannot be read as TOML"):
        policies_in_use(replace(_own_again(tmp_path), policies=("ours",)))


def _own_again(tmp_path) -> Settings:
    return Settings(policies=("hertfordshire", "ours"), folder=tmp_path)
