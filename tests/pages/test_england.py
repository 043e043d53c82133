"""Statutory timescales: states, adoption indicators and stability are the engine's answers, each with the way to its children."""

from __future__ import annotations

from pathlib import Path

import pandas
import pytest

from data.store.store import Store
from metrics.answers.england.adoption_indicators import adoption_indicators
from metrics.answers.england.statutory_timescales import STATES, standings
from metrics.engine.engine import Engine
from tests.pages import odd_night
from tests.pages.council import council_of, shown
from tests.pages.screen import Screen
from tests.support.scopes import asking
from words.few import FEWEST_IN_CARE
from words.labels import OF_DONE, TOO_FEW
from words.numbers import children

PAGE = "england"
POLICY = "england"
STANDING = "Children in care against each timescale"
SCOPE = asking(roles=frozenset())


@pytest.fixture(scope="module")
def england_store(every_policy_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The shared county, for a council that follows England's timescales too."""
    return council_of(tmp_path_factory.mktemp("england") / "store", POLICY, every_policy_store)


@pytest.fixture
def council(england_store: Store, monkeypatch: pytest.MonkeyPatch) -> Engine:
    return shown(england_store, monkeypatch)


@pytest.fixture
def odd(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Screen:
    """The odd night for this council: no reviews, no visits, no proceedings, no matches."""
    shown(odd_night.publish_odd_night(tmp_path_factory, tmp_path, POLICY), monkeypatch)
    return Screen(PAGE)


def test_overdue_in_the_states_is_the_rules_own_figure(council: Engine):
    states = standings(council, "england", SCOPE).set_index("rule")
    figures = council.figures("england", SCOPE).set_index("rule")["children"]
    assert len(states) == 5
    for rule in states.index:
        assert states.loc[rule, "overdue"] == figures[rule]


def test_every_child_has_one_state_on_the_first_review(council: Engine):
    states = standings(council, "england", SCOPE).set_index("rule")
    assert sum(states.loc["first_review_20d", state] for state in STATES) == council.groups(asking())["children"].sum()


def test_the_share_done_in_time_leaves_out_what_is_not_due_yet(council: Engine):
    row = standings(council, "england", SCOPE).set_index("rule").loc["visit_1w"]
    counted = row["done in time"] + row["done late"] + row["overdue"]
    assert row["in_time_percent"] == pytest.approx(row["done in time"] * 100 / counted)


def test_what_starts_again_when_it_is_done_is_not_counted_as_done_by_nobody(council: Engine):
    rows = {row["Timescale"]: row for row in Screen(PAGE).rows(STANDING)}
    for title in ("Review every 6 months", "Visits every 6 weeks, or every 3 months"):
        assert rows[title]["Done in time"] == rows[title]["Done late"] == "not counted" and rows[title]["Done in time, %"] == ""
        assert int(rows[title]["Due"]) > 0
    states = standings(council, "england", SCOPE).set_index("rule")
    for rule in council.policies["england"].rules:
        if rule.measure.is_milestone:
            # A rule counts who has done it, or its clock starts again.
            assert rule.measure.starts_again == states.loc[rule.id, list(OF_DONE)].isna().all()
            assert rule.measure.starts_again or states.loc[rule.id, "done in time"] > 0


def test_the_states_of_the_teams_add_up(council: Engine):
    teams = [asking(teams=(team,), roles=frozenset()) for team in council.groups(asking())["team"].unique()]
    overdue = [standings(council, "england", team).set_index("rule").loc["later_review_6m", "overdue"] for team in teams]
    assert sum(overdue) == standings(council, "england", SCOPE).set_index("rule").loc["later_review_6m", "overdue"]
    workers = council.children("england", ["later_review_6m"], SCOPE)["worker"].value_counts()
    named = next(worker for worker in workers.index if worker != "Restricted record")
    by_worker = standings(council, "england", asking(workers=(named,), roles=frozenset())).set_index("rule")
    assert by_worker.loc["later_review_6m", "overdue"] >= workers[named]


def test_the_page_shows_the_states_and_leads_from_overdue_to_the_children(council: Engine):
    states = standings(council, "england", SCOPE)
    screen = Screen(PAGE)
    assert not screen.broken
    assert [row["Overdue"] for row in screen.rows(STANDING)] == [f"{value:,}" for value in states["overdue"]]
    link = next(cell[1] for row in screen.tables[STANDING] for cell in row if cell[1] and "later_review_6m" in cell[1])
    overdue = states.set_index("rule").loc["later_review_6m", "overdue"]
    assert f"Review every 6 months: {overdue} children overdue on 31/10/2026" in Screen.at(link).text
    # Of a tile's number too: nine of them have not had their review, and not the other way round.
    assert "Review every 6 months: overdue" in screen.text


def test_whose_child_an_adopted_one_was_is_known_where_the_spine_is_worked_out_again(council: Engine, monkeypatch):
    """Else a team, and a head of service, would see no child adopted from an upgrade to the next load."""
    before = adoption_indicators(council, "england", SCOPE)
    monkeypatch.setattr("metrics.engine.engine.spine_fingerprint", lambda settings: "of another version")
    again = adoption_indicators(Engine(council.night, council.settings), "england", SCOPE)
    for one, other in zip(before, again, strict=True):
        assert one.behind["team"].ne("Not known").any()
        pandas.testing.assert_frame_equal(one.behind, other.behind)


def test_the_adoption_indicators_are_said_with_numerator_denominator_and_average(council: Engine):
    text = Screen(PAGE).text
    answers = adoption_indicators(council, "england", SCOPE)
    assert [answer.children > 3 for answer in answers] == [True, True]
    for answer in answers:
        assert f"{answer.average:,.0f} days {answer.total_days:,} days over {answer.children} children adopted" in text
        assert f"{answer.in_time} of {answer.children} within the national threshold of" in text


def test_the_children_behind_an_indicator_are_listed(council: Engine):
    first, second = adoption_indicators(council, "england", SCOPE)
    rows = Screen(PAGE).rows(f"Children behind {first.indicator.title}")
    assert [row["Child ID"] for row in rows] == list(first.behind["child_id"])
    rows = Screen(PAGE, indicator="order_to_match").rows(f"Children behind {second.indicator.title}")
    assert [row["Days"] for row in rows] == ["" if pandas.isna(days) else f"{days:,}" for days in second.behind["days"]]


def test_stability_is_the_settled_over_all_who_are_asked_about(council: Engine):
    figures = council.figures("england", SCOPE).set_index("rule")["children"]
    settled, moved = figures["same_placement_2y"], figures["not_same_placement_2y"]
    assert settled > 0 and moved > 0
    text = Screen(PAGE).text
    assert f"({settled:,} of {settled + moved:,})" in text
    assert f"{settled * 100 / (settled + moved):.1f}% of the {settled + moved} children under 16" in text


def test_the_waiting_are_called_operational(council: Engine):
    text = Screen(PAGE).text
    assert "Children still waiting (not part of the averages)" in text
    assert "Placement order for 4 months or more, no match" in text


def test_a_teams_page_is_about_the_team(council: Engine):
    row = council.groups(asking()).sort_values("children").iloc[-1]
    screen = Screen(PAGE, service=row["service"], team=row["team"])
    scope = asking(services=(row["service"],), teams=(row["team"],), roles=frozenset())
    assert f"{row['team']}: {row['children']} children in care" in screen.text
    expected = standings(council, "england", scope)
    assert [shown["Overdue"] for shown in screen.rows(STANDING)] == [f"{value:,}" for value in expected["overdue"]]


def test_no_share_is_said_of_a_team_with_too_few_children(council: Engine):
    row = council.groups(asking()).sort_values("children").iloc[0]
    scope = asking(services=(row["service"],), teams=(row["team"],), roles=frozenset())
    screen = Screen(PAGE, service=row["service"], team=row["team"])
    said = [shown["Done in time, %"] for shown in screen.rows(STANDING)]
    known = standings(council, "england", scope)["in_time_percent"].notna()
    assert row["children"] < FEWEST_IN_CARE and known.any()
    assert said == [TOO_FEW if told else "" for told in known]
    figures = council.figures("england", scope).set_index("rule")["children"]
    settled, moved = figures["same_placement_2y"], figures["not_same_placement_2y"]
    if settled + moved:
        assert (
            f"{settled} of the {children(settled + moved)} under 16" in screen.text and f"two years ({TOO_FEW})." in screen.text
        )


def test_any_other_day_can_be_asked_for(council: Engine):
    screen = Screen(PAGE, date="2026-10-15")
    assert not screen.broken
    assert "As at 15/10/2026" in screen.text


def test_what_was_not_supplied_is_never_zero(odd: Screen):
    assert not odd.broken
    assert {row["Overdue"] for row in odd.rows(STANDING)} == {"not supplied"}
    assert "A2: placement order to match not supplied needs the extract" in odd.text
    assert "A1: entry to care to moving in with the adoptive family no children to count" in odd.text
    assert not any(name in odd.html for name in odd_night.RESTRICTED_NAME.split())
    assert "<img" not in odd.html and "<b>" not in odd.html


def test_the_page_is_only_there_for_a_council_that_uses_the_policy():
    assert "which this council does not use" in Screen(PAGE).text
