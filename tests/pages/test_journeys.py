"""Journeys to permanence: the tables are the answer, the choices stand in the address, the ten longest lead to their children."""

from __future__ import annotations

import pytest

from metrics.answers.journeys import ALL_YEARS, journeys, longest
from metrics.answers.journeys.words import median_words, quarter_words, sentence
from metrics.engine.engine import Engine
from tests.pages.screen import Screen
from tests.support.scopes import asking

NOBODY = asking(roles=frozenset())


@pytest.fixture(scope="module")
def answer(engine: Engine):
    return journeys(engine, "all", NOBODY)


def cells_of(figures) -> list[str]:
    counts = [f"{count:,}" for count in (figures.started, figures.reached, figures.waiting, figures.ended)]
    return [*counts, *(quarter_words(figures, place) for place in range(3)), median_words(figures)]


def test_the_steps_the_years_and_the_headline_are_the_answer(answer):
    screen = Screen("journeys")
    assert not screen.broken
    steps = screen.rows("All children: the steps")
    assert [list(row.values()) for row in steps] == [[of.step.title, *cells_of(of.figures())] for of in answer.steps]
    first = answer.steps[0]
    assert first.figures().reached > 10
    years = screen.rows("Entry to a plan by year of entry")
    assert [list(row.values()) for row in years] == [[figures.year, *cells_of(figures)] for figures in first.years]
    assert sentence(answer, first) in screen.text


def test_the_curve_has_its_table(answer):
    rows = Screen("journeys").rows("Entry to a plan: the share still waiting")
    months = answer.steps[0].figures().waits.curve().by_month()
    assert [row["Still waiting"] for row in rows] == [f"{100 * share:.0f}%" for share in months["waiting"]]
    assert rows[0]["Months"] == "0"


def test_the_ten_longest_lead_to_the_children_and_restricted_ones_do_not(engine: Engine):
    heading, *rows = Screen("journeys", step="entry_to_permanence").tables["The ten longest: Entry to permanence"]
    expected = longest(engine, "all", "entry_to_permanence", NOBODY)
    assert [row[0][0] for row in rows] == list(expected["child_id"])
    assert len(rows) == 10
    for row, restricted in zip(rows, expected["name"].isna(), strict=True):
        assert (row[0][1] is None) == restricted


def test_a_link_brings_the_route_the_year_and_the_step(engine: Engine):
    year = journeys(engine, "adoption", NOBODY).years[2]
    screen = Screen("journeys", route="adoption", year=year, step="order_to_match")
    found = journeys(engine, "adoption", NOBODY)
    assert sentence(found, found.step("order_to_match"), year) in screen.text
    assert [list(row.values())[0] for row in screen.rows("Adoption: the steps")] == [of.step.title for of in found.steps]


def test_a_team_sees_its_own_children(engine: Engine):
    group = engine.groups(asking()).iloc[0]
    scope = asking(services=(group["service"],), teams=(group["team"],), roles=frozenset())
    own = journeys(engine, "all", scope)
    rows = Screen("journeys", service=group["service"], team=group["team"]).rows("All children: the steps")
    assert [rows[0]["Children"], rows[1]["Children"]] == [f"{of.figures(ALL_YEARS).started:,}" for of in own.steps]
    assert own.steps[0].figures().started < journeys(engine, "all", NOBODY).steps[0].figures().started
