"""The children who go to one area's panel: the gate, rows that were kept elsewhere and the settings say the same of every team."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metrics.answers.kinds.kinds import area_named
from metrics.engine.engine import Engine, QuestionError
from metrics.engine.gate import rows_within
from metrics.engine.people import people
from metrics.engine.scope import PanelArea
from tests.support.scopes import asking

AREAS = (
    # In other letters than the extracts', and a team whose service is the other area's.
    ("East", ("CHILDREN LOOKED AFTER", " family safeguarding west 1 ")),
    ("West", ("Family Safeguarding West", "Care leavers and 16+")),
)


@pytest.mark.parametrize("area", ["East", "West"])
def test_an_areas_figures_lists_and_people_are_those_of_its_teams(engine: Engine, area: str):
    settings = replace(engine.settings, panel_areas=AREAS)
    scope = asking(panel_area=area_named(settings, area))

    def ours(service: str, team: str) -> bool:
        return settings.panel_area(service, team) == area

    groups = engine.groups(asking()).to_dict("records")
    expected = [row for row in groups if ours(row["service"], row["team"])]
    assert engine.groups(scope).to_dict("records") == expected and 0 < len(expected) < len(groups)
    rules = [rule.id for rule in engine.policies["hertfordshire"].rules]
    every = engine.children("hertfordshire", rules, asking())
    kept = every[[ours(*pair) for pair in zip(every["service"], every["team"], strict=True)]]
    found = engine.children("hertfordshire", rules, scope)
    assert found[["rule", "child_id", "team"]].values.tolist() == kept[["rule", "child_id", "team"]].values.tolist()
    assert every[rows_within(every, scope)].index.tolist() == kept.index.tolist() and len(kept)
    figures = engine.figures("hertfordshire", scope, "county")
    assert figures["in_care"].iloc[0] == sum(row["children"] for row in expected)
    named = set(people(engine, set(every["child_id"]), scope)["child_id"])
    assert named == set(kept["child_id"]) & set(people(engine, set(every["child_id"]), asking())["child_id"])


def test_a_team_or_service_that_is_missing_is_in_no_area():
    area = PanelArea("East", (("East", ("Safeguarding",)),))
    assert area.has("safeguarding", None) and not area.has(None, None) and not area.has("", "")


def test_the_whole_council_is_no_area_and_another_name_is_refused(engine: Engine):
    assert area_named(engine.settings, "") is None
    with pytest.raises(QuestionError, match="'North' is not an area of panel_areas in settings.toml"):
        area_named(engine.settings, "North")
