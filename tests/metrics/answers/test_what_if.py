"""What a rule would list under another limit: the same engine as for a limit that is set, and nothing is changed by asking."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.settings import Settings, read_settings
from metrics.answers.what_if import TO_BE_AGREED, changed_rule, drafted_line, names, usual, what_if
from metrics.engine.engine import GROUPS, Engine, QuestionError
from metrics.engine.own_limits import own_limits
from metrics.engine.policies import policies_in_use
from metrics.engine.policy import Rule
from tests.support.scopes import asking

POLICY, RULE = "hertfordshire", "return_home_6m"
STARTS = date(2026, 11, 1)
EVERY = ("hertfordshire", "hertfordshire_service", "salford", "south_east", "slough", "england")


def _set(engine: Engine, entry: dict) -> Engine:
    """The same night under settings that have the limit."""
    return Engine(engine.night, Settings(limits={POLICY: {RULE: entry}}, folder=engine.settings.folder))


@pytest.mark.parametrize("scope", [asking(), asking(roles=None)], ids=["anybody", "everything"])
def test_the_counts_are_those_that_the_limit_would_give_if_it_were_set(engine, scope):
    answer = what_if(engine, POLICY, RULE, "months", 3, scope, engine.as_at)
    for column, told in {"today": engine, "what_if": _set(engine, {"months": 3})}.items():
        figures = told.figures(POLICY, scope, "county", engine.trend_dates(engine.as_at)).query("rule == @RULE")
        assert answer.trend[column].tolist() == figures["children"].tolist()
        by_team = told.figures(POLICY, scope, "team").query("rule == @RULE and children > 0").set_index("team")["children"]
        counted = answer.by_team.groupby("team")[column].sum()
        assert counted[counted > 0].sort_index().to_dict() == by_team.sort_index().to_dict()
    assert answer.trend["what_if"].iloc[-1] > answer.trend["today"].iloc[-1] > 0


def test_a_team_sees_its_own_children_only(engine):
    team = engine.groups(asking())["team"].iloc[0]
    answer = what_if(engine, POLICY, RULE, "months", 0, asking(teams=(team,)), engine.as_at)
    assert set(answer.by_team["team"]) <= {team}


def test_asking_changes_nothing(engine):
    before = engine.figures(POLICY, asking())
    what_if(engine, POLICY, RULE, "months", 1, asking(), engine.as_at)
    assert engine.figures(POLICY, asking()).equals(before)
    assert engine.rule(POLICY, RULE).limit_on(engine.as_at).words == "6 months"


def test_it_holds_on_every_date_whatever_was_set_before(engine):
    dated = _set(engine, {"months": 1, "from": date(2026, 9, 1)})
    answer = what_if(dated, POLICY, RULE, "months", 6, asking(), engine.as_at)
    plain = engine.figures(POLICY, asking(), "county", engine.trend_dates(engine.as_at)).query("rule == @RULE")
    assert answer.trend["what_if"].tolist() == plain["children"].tolist()
    assert answer.trend["today"].iloc[-1] > answer.trend["what_if"].iloc[-1]


def test_a_day_that_the_load_does_not_keep_can_be_asked_about(engine):
    answer = what_if(engine, POLICY, RULE, "weeks", 4, asking(), date(2026, 10, 12))
    assert answer.trend["as_at"].iloc[-1].date() == date(2026, 10, 12)


def test_what_is_tried_on_a_day_that_the_load_does_not_keep_is_in_nobody_elses_answers(engine):
    day, fresh = date(2026, 10, 7), Engine(engine.night, engine.settings)
    what_if(engine, POLICY, RULE, "months", 2, asking(), day)
    for by in GROUPS:
        assert engine.figures(POLICY, asking(), by, (day,)).equals(fresh.figures(POLICY, asking(), by, (day,)))
    with engine.view(asking(), (day,), engine.policies[POLICY].rules) as view:
        for table in ("listed", "figure", "rule_state", "rule_population"):
            found = view.execute(f"select distinct rule from {table} where policy = $policy", {"policy": POLICY}).fetchall()
            assert {rule for (rule,) in found} <= {rule.id for rule in engine.policies[POLICY].rules}


@pytest.mark.parametrize(
    ("name", "value", "says"), [("month", 3, "'month' is not a period"), ("months", 9_000, "from 0 to 7300")]
)
def test_what_the_rule_cannot_have_is_refused(engine, name, value, says):
    with pytest.raises(QuestionError, match=says):
        what_if(engine, POLICY, RULE, name, value, asking(), engine.as_at)


def _rules() -> list[Rule]:
    return [rule for policy in policies_in_use(Settings(policies=EVERY)).values() for rule in policy.rules]


def test_the_drafted_line_of_every_period_of_every_rule_is_a_setting_that_holds_from_its_day(tmp_path: Path):
    drafted = []
    for rule in _rules():
        for name in names(rule)[:3]:
            value = "2 months" if "." in name else 7
            text = drafted_line(rule, name, value, STARTS, Settings())
            (entry,) = [tomllib.loads(text)["limits"][rule.policy][rule.id]]
            assert entry == {name: value, "from": STARTS, "agreed_by": TO_BE_AGREED}
            (tmp_path / "settings.toml").write_text(f"policies = {list(EVERY)}\n\n{text}", encoding="utf-8")
            limits, changes = own_limits(rule, read_settings(tmp_path))
            assert usual(replace(rule, limits=limits, changes=changes), name, STARTS) == value, text
            drafted.append(name)
    assert len(set(drafted)) > 20


def test_a_rule_that_has_a_dated_limit_already_is_given_both():
    settings = Settings(limits={POLICY: {RULE: {"months": 5, "from": date(2026, 4, 1), "agreed_by": "Panel"}}})
    rule = policies_in_use(settings)[POLICY].rule(RULE)
    first, second = tomllib.loads(drafted_line(rule, "months", 4, STARTS, settings))["limits"][POLICY][RULE]
    assert (first["months"], first["agreed_by"], second["months"], second["from"]) == (5, "Panel", 4, STARTS)
    with pytest.raises(QuestionError, match="two limits from 01/04/2026"):
        drafted_line(rule, "months", 4, date(2026, 4, 1), settings)


def test_a_limit_tried_out_on_the_weekly_tool_has_its_share_out_of_the_children_over_it():
    rule = policies_in_use(Settings(policies=("hertfordshire_service",)))["hertfordshire_service"].rule("weekly_no_ppm")
    for name in ("months", "over_months"):
        changed = changed_rule(rule, name, 6)
        day = date(2026, 10, 31)
        assert (changed.limit_on(day).words, changed.number("over_months", day)) == ("more than 6 months", 6)
