"""Key stages: how each stands, the grid of a team, one child's stages, and the links between them."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from data.store.store import Store
from metrics.answers.key_stages import key_stages
from metrics.engine.engine import Engine
from tests.pages import odd_night
from tests.pages.council import council_of
from tests.pages.screen import Screen
from tests.support.scopes import asking

AS_AT = date(2026, 10, 31)
NOBODY = frozenset()
WORDS = {"done in time": "in time", "done late": "late"}


@pytest.fixture(scope="module")
def salford_store(every_policy_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    return council_of(tmp_path_factory.mktemp("salford") / "store", "salford", every_policy_store)


AGAIN = ("progress_meeting_12m", "statutory_visit")


@pytest.fixture(scope="module")
def salford(salford_store: Store) -> Engine:
    return Engine(salford_store.current(), salford_store.settings)


@pytest.fixture(scope="module")
def team(salford: Engine) -> tuple[str, str]:
    """The service and team with the most children."""
    row = salford.groups(asking()).sort_values("children").iloc[-1]
    return row["service"], row["team"]


@pytest.fixture
def show(salford_store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TRACKER_STORE", str(salford_store.path))
    return lambda **choices: Screen("key_stages", **choices)


def test_the_county_counts_every_stage(show, salford: Engine):
    screen = show()
    assert not screen.broken
    rows = {row["Stage"]: row for row in screen.rows("Key stages, County")}
    for rule, counted in key_stages.counts(salford, "salford", asking(roles=NOBODY)):
        if rule.measure.kind == "milestone":
            assert [rows[rule.title][title] for title in ("Overdue", "Due", "Done in time", "Done late", "Done", "No date")] == [
                "not counted" if counted[state] is None else f"{counted[state]:,}"
                for state in ("overdue", "due", "done in time", "done late", "done", "no date")
            ]
            # The next visit and the next progress meeting are due again at once: that nobody has done them would be wrong.
            again = rule.id in AGAIN
            assert [counted[state] is None for state in ("overdue", "due", "done in time", "done late", "done")] == [
                *(False, False),
                *(again, again, again),
            ]


def test_the_services_add_up_to_the_county(show, salford: Engine):
    heading, *rows = show().tables["Key stages, County"]
    services = sorted(salford.groups(asking())["service"].unique())
    assert [title for title, _ in heading[7:]] == services
    for row in rows:
        assert int(row[1][0]) == sum(int(count) for count, _ in row[7:])


def test_a_count_leads_to_its_children(show):
    rows = show().tables["Key stages, County"]
    stage = next(row for row in rows if row[0][0] == "Placement planning meeting")
    count, link = stage[1]
    listed = Screen.at(link)
    assert not listed.broken
    assert f"Placement planning meeting: {count} children" in listed.text


def test_a_team_has_a_cell_for_each_child_and_stage(show, salford: Engine, team):
    service, name = team
    screen = show(service=service, team=name)
    assert not screen.broken
    rows = {row["Child ID"]: row for row in screen.rows(f"Children in care of {name} and the key stages")}
    frame = key_stages.stages(salford, "salford", asking(services=(service,), teams=(name,), roles=NOBODY))
    named = frame[frame["in_care"] & frame["name"].notna()]
    titles = {rule.id: rule.title for rule in salford.policies["salford"].rules}
    assert set(rows) >= set(named["child_id"])
    for row in named.to_dict("records"):
        if isinstance(row["rule"], str):
            assert WORDS.get(row["state"], row["state"]) in rows[row["child_id"]][titles[row["rule"]]]


def test_no_state_is_told_by_colour_alone(show, team):
    _, *rows = show(service=team[0], team=team[1]).tables[f"Children in care of {team[1]} and the key stages"]
    assert all(any(letter.isalpha() for letter in text) for row in rows for text, _ in row[6:])


def test_a_child_leads_to_its_stages_and_back(show, salford: Engine, team):
    rows = show(service=team[0], team=team[1]).tables[f"Children in care of {team[1]} and the key stages"]
    child, link = next(cell for cell in (row[0] for row in rows[1:]) if cell[1])
    screen = Screen.at(link)
    assert not screen.broken
    stages = screen.rows(f"The key stages of child {child}")
    assert [row["Stage"] for row in stages] == [rule.title for rule in salford.policies["salford"].rules]
    back = unescape(re.search(r'href="(key_stages\?[^"]*)"', screen.html)[1])
    assert f"Children in care of {team[1]} and the key stages" in Screen.at(back).tables


def test_the_childs_days_are_those_of_the_record(show, salford: Engine, team):
    frame = key_stages.stages(salford, "salford", asking(teams=(team[1],), roles=NOBODY))
    late = frame[(frame["state"] == "overdue") & frame["name"].notna()].iloc[0]
    titles = {rule.id: rule.title for rule in salford.policies["salford"].rules}
    stages = {row["Stage"]: row for row in show(child=late["child_id"]).rows(f"The key stages of child {late['child_id']}")}
    mine = stages[titles[late["rule"]]]
    assert mine["Due"] == f"{late['due_date']:%d/%m/%Y}" and mine["Days over"].startswith(f"{late['days_over']:,} day")
    assert mine["State"].endswith("overdue") and mine["Done"] == ""


def test_only_children_with_something_overdue_are_shown_when_asked(show, team):
    _, *rows = show(service=team[0], team=team[1], show="overdue").tables[f"Children in care of {team[1]} and the key stages"]
    assert rows and all(any("overdue" in text for text, _ in row) for row in rows)


def test_an_order_by_a_stage_that_this_team_has_not_leaves_the_page_whole(show, salford: Engine, team):
    caption = f"Children in care of {team[1]} and the key stages"
    usual = show(service=team[0], team=team[1])
    asked = {text for text, _ in usual.tables[caption][0]}
    other = next(rule.id for rule in salford.policies["salford"].rules if rule.title not in asked)
    screen = show(service=team[0], team=team[1], sort_stages=other)
    assert not screen.broken and screen.rows(caption) == usual.rows(caption)
    assert f"asks for the order '{other}', which is not available here. The list is in its usual order." in screen.text


def test_an_identifier_that_is_nobodys_is_told(show):
    assert "is not the identifier of a child" in " ".join(show(child="nobody").alerts)


def test_the_page_is_there_only_where_the_policy_is_in_use(shared_store: Store):
    assert "which this council does not use" in Screen("key_stages").text


def test_data_is_shown_as_text_and_restricted_children_are_not_named(tmp_path_factory, tmp_path, monkeypatch):
    store = odd_night.publish_odd_night(tmp_path_factory, tmp_path, "salford")
    monkeypatch.setenv("TRACKER_STORE", str(store.path))
    screen = Screen("key_stages", service=odd_night.SERVICE, team=odd_night.TEAM)
    assert not screen.broken
    assert odd_night.CHILD in screen.text and odd_night.CHILD not in screen.html
    assert odd_night.RESTRICTED_NAME not in screen.html and "Restricted record" in screen.text
    restricted, seen = (
        next(
            row
            for row in screen.rows(f"Children in care of {odd_night.TEAM} and the key stages")
            if (row["Name"] == "") == hidden
        )
        for hidden in (True, False)
    )
    assert restricted["Stages overdue"] == seen["Stages overdue"], "the two children have the same records"
    told = {stage: text for stage, text in restricted.items() if "overdue" in text and stage != "Stages overdue"}
    assert len(told) == int(restricted["Stages overdue"] or 0), "the cells say what the number counts"
    assert "Final care planning meeting needs the extract Meetings (local) not supplied" in screen.text
    assert "is not the identifier of a child" in " ".join(Screen("key_stages", child="002").alerts)
