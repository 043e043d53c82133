"""Team: the figures, workers and lists of one team or service, and who comes next."""

from __future__ import annotations

import pytest

from metrics.answers.headlines import headlines
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope
from tests.pages.screen import Screen
from tests.support.scopes import asking

NOBODY = frozenset()


@pytest.fixture(scope="module")
def team(engine: Engine) -> tuple[str, str]:
    """The service and team with the most children."""
    row = engine.groups(asking()).sort_values("children").iloc[-1]
    return row["service"], row["team"]


@pytest.fixture(scope="module")
def scope(team) -> Scope:
    return asking(services=(team[0],), teams=(team[1],), roles=NOBODY)


@pytest.fixture
def screen(team) -> Screen:
    return Screen("team", service=team[0], team=team[1])


def test_a_link_to_a_team_shows_that_team(screen: Screen, engine: Engine, scope: Scope, team):
    for figure in headlines(engine, "hertfordshire", scope):
        assert f"{figure.rule.title} {figure.children:,} " in screen.text
    assert f"{team[1]}: {headlines(engine, 'hertfordshire', scope)[0].in_care} children in care on 31/10/2026" in screen.text


def test_the_workers_add_up_to_the_team(screen: Screen, team):
    heading, *rows = screen.tables["Children on each list by worker"]
    *workers, total = rows
    assert total[0][0] == team[1]
    for place in range(1, len(heading)):
        assert sum(int(row[place][0].split()[0]) for row in workers) == int(total[place][0].split()[0])


def test_a_workers_number_leads_to_that_workers_children(screen: Screen):
    _, *rows = screen.tables["Children on each list by worker"]
    text, link = next(cell for row in rows[:-1] for cell in row[2:] if cell[1])
    worker = next(row[0][0] for row in rows if (text, link) in row)
    table = next(rows for caption, rows in Screen.at(link).tables.items() if caption.startswith("Children on the list"))
    heading, *children = [[cell for cell, _ in row] for row in table]
    assert len(children) == int(text.split()[0])
    assert {row[heading.index("Worker")] for row in children} == {worker}


def test_the_children_are_sorted_by_days_over_or_by_worker(screen: Screen, team):
    caption = f"Children on the lists, {team[1]}"
    days = [int(row["Days over"].replace(",", "")) for row in screen.rows(caption)]
    assert days == sorted(days, reverse=True) and len(days) > 5
    screen.app.selectbox(key="sort all children").set_value("Worker").run()
    workers = [row["Worker"] for row in screen.rows(caption)]
    assert workers == sorted(workers)


def test_coming_next_is_the_engines_answer_for_30_60_and_90_days(screen: Screen, engine: Engine, scope: Scope, team):
    coming = engine.coming_next("hertfordshire", scope)
    counts = ", ".join(f"{(coming['due_in'] <= days).sum()} within {days} days" for days in (30, 60, 90))
    assert f"Children who will reach a limit if nothing changes: {counts}." in screen.text
    caption = f"Coming next, {team[1]}"
    assert [row["Child ID"] for row in screen.rows(caption)] == list(coming["child_id"])
    assert "Days left" in screen.rows(caption)[0]


def test_fewer_days_show_fewer_children(engine: Engine):
    coming = engine.coming_next("hertfordshire", asking(roles=NOBODY))
    soon = coming[coming["due_in"] <= 60]
    assert 0 < len(soon) < len(coming)
    assert len(Screen("team", within="60").rows("Coming next, County")) == len(soon)


def test_a_service_alone_shows_all_its_teams(engine: Engine, team):
    screen = Screen("team", service=team[0])
    population = engine.groups(asking()).query("service == @team[0]")["children"].sum()
    assert f"{team[0]}: {population} children in care" in screen.text
    assert "Team" in screen.rows(f"Children on the lists, {team[0]}")[0]


def test_what_stands_below_is_a_services_teams_and_the_countys_services(engine: Engine, team):
    groups = engine.groups(asking())
    _, *teams, total = Screen("team", service=team[0]).tables["Children on each list by team"]
    assert {row[0][0] for row in teams} == set(groups[groups["service"] == team[0]]["team"])
    assert total[0][0] == team[0]
    _, *services, _ = Screen("team").tables["Children on each list by service"]
    assert {row[0][0] for row in services} == set(groups["service"])
    assert f"{services[0][0][0]}: " in Screen.at(services[0][0][1]).text


def test_choosing_a_team_puts_it_into_the_address(team):
    screen = Screen("team")
    screen.app.selectbox(key="choose service").set_value(team[0]).run()
    screen.app.selectbox(key="choose team").set_value(team[1]).run()
    assert screen.app.query_params["service"] == team[0]
    assert screen.app.query_params["team"] == team[1]


def test_the_month_is_offered_as_a_pack(screen: Screen):
    labels = [button.proto.label for button in screen.app.get("download_button")]
    assert "Download the month as a pack (Excel)" in labels


def test_a_workers_name_leads_to_all_of_that_workers_children(screen: Screen, engine: Engine, scope: Scope):
    _, *rows = screen.tables["Children on each list by worker"]
    name, link = max(rows[:-1], key=lambda row: int(row[1][0]))[0]
    there = Screen.at(link)
    mine = scope.narrowed(worker=name)
    rules = [rule.id for rule in engine.policies["hertfordshire"].rules]
    frame = engine.children("hertfordshire", rules, mine)
    assert f"{name}: {headlines(engine, 'hertfordshire', mine)[0].in_care} children in care on 31/10/2026" in there.text
    assert [row["Child ID"] for row in there.rows(f"Children on the lists, {name}")] == list(frame["child_id"])[:100]
    assert "Children on each list by worker" not in there.tables
    for figure in headlines(engine, "hertfordshire", mine):
        assert f"{figure.rule.title} {figure.children:,} " in there.text
