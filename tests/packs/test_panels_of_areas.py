"""Panels of areas: two on one day, one beside the whole council's, a child who moves, and an area that is none (any more)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from casework.agenda.actions import save_action
from casework.agenda.agenda import agenda, build_agenda
from casework.agenda.agenda_facts import last_decisions
from casework.agenda.discussions import save_discussion
from casework.changes.restricted import NOBODY
from casework.checking import check
from casework.freezing.around import panels_around
from casework.freezing.freezing import freeze
from casework.freezing.frozen import Pack, frozen_children, frozen_figures, frozen_pack
from casework.panels import find_panel, panels, plan_panel, previous_panel
from casework.records.errors import CaseworkError
from casework.records.records import CARRIED, FROM_LIST, OFF_LIST, Action, Discussion, Panel
from casework.storage.database import Casework
from casework.storage.opening import open_casework
from metrics.engine.engine import Engine, QuestionError
from packs.calendar.events import events
from packs.calendar.file import calendar_file
from packs.minutes.answers import ask_minutes
from packs.minutes.document import minutes
from packs.panel.answers import ask_panel, choose_panel
from packs.panel.freezing import freeze_panel
from packs.panel.pack import panel_pack
from packs.panel.questions import ask_pack
from tests.packs.nights import AS_AT, engine_of, night
from tests.support.scopes import asking

POLICY, RULE, PAT = "hertfordshire", "plan_residential", "Pat Clerk"
BEFORE, DAY = date(2026, 9, 30), date(2026, 11, 4)
MOVED = date(2026, 10, 20)
AREAS = (("East", ("North",)), ("West", ("South",)))
TEAMS = {"T1": "North", "T2": "South", "T3": "Harbour"}
# 005 moved from North to South; Harbour is in no area.
OF_AREA = {"East": {"001", "002"}, "West": {"003", "005"}, "": {"001", "002", "003", "004", "005"}}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    teams = {"001": "T1", "002": "T1", "003": "T2", "004": "T3", "005": "T1"}
    records = night({child: (team, "RESPLMT", "W1") for child, team in teams.items()}, TEAMS)
    stayed = next(row for row in records["ssd_involvements"] if row["invo_person_id"] == "005")
    records["ssd_involvements"].append(
        stayed | {"invo_professional_team": "T2", "invo_involvement_start_date": MOVED.isoformat()}
    )
    stayed["invo_involvement_end_date"] = MOVED.isoformat()
    made = engine_of(tmp_path_factory.mktemp("areas"), records)
    made.settings = replace(made.settings, panel_areas=AREAS)
    return made


@pytest.fixture
def casework(engine: Engine, tmp_path) -> Casework:
    opened = open_casework(engine.settings, tmp_path)
    yield opened
    opened.close()


def _plan(casework: Casework, area: str = "", day: date = DAY) -> Panel:
    return plan_panel(casework, POLICY, day, PAT, area=area)


def _build(casework: Casework, engine: Engine, panel: Panel) -> dict[str, str]:
    """Whom a panel's agenda has, and why."""
    return {item.child_id: item.source for item in build_agenda(casework, panel.id, engine, [RULE], PAT)}


def _discuss(casework: Casework, panel: Panel, child: str, **said) -> None:
    save_discussion(casework, Discussion(panel.id, child, **said), PAT)


def test_two_areas_and_the_whole_council_hold_their_panels_on_one_day(casework: Casework, engine: Engine):
    held = {area: _plan(casework, area) for area in OF_AREA}
    assert len({panel.id for panel in held.values()}) == 3 and _plan(casework, "East") == held["East"]
    assert [panel.when for panel in panels(casework)] == ["04/11/2026", "04/11/2026 (East)", "04/11/2026 (West)"]
    assert {area: find_panel(casework, POLICY, DAY, area) for area in held} == held
    for area, children in OF_AREA.items():
        assert _build(casework, engine, held[area]) == dict.fromkeys(sorted(children), FROM_LIST)
    # What one of them said of a child is not said by the other.
    _discuss(casework, held[""], "001", summary="The council's.", next_panel_date=date(2026, 12, 2))
    _discuss(casework, held["East"], "001", summary="The East's.")
    assert [agenda(casework, panel.id, NOBODY) != () for panel in held.values()] == [True] * 3
    assert check(casework) == []


def test_panels_of_one_day_take_nothing_up_of_each_other(casework: Casework, engine: Engine):
    east, council = _plan(casework, "East"), _plan(casework)
    _build(casework, engine, east)
    _discuss(casework, east, "001", decision="Decided today.")
    assert set(_build(casework, engine, council).values()) == {FROM_LIST}
    assert last_decisions(casework, council, NOBODY) == {}
    assert previous_panel(casework, council.id) is None


def test_a_child_who_moved_is_taken_up_by_the_area_where_the_child_is_now(casework: Casework, engine: Engine):
    before = freeze(casework, engine, POLICY, BEFORE, PAT, Pack("p.xlsx", b"p"), BEFORE, "East")
    _build(casework, engine, before)
    for child in ("001", "005"):
        _discuss(casework, before, child, decision=f"Look at {child}.")
        save_action(casework, Action(before.id, child, f"Ask about {child}", due_date=date(2026, 10, 5)), PAT)
    east, west = _plan(casework, "East"), _plan(casework, "West")
    assert _build(casework, engine, east) == {"001": CARRIED, "002": CARRIED}
    assert _build(casework, engine, west) == {"005": CARRIED, "003": FROM_LIST}
    for panel, child in ((east, "001"), (west, "005")):
        papers = ask_panel(casework, engine, POLICY, asking(), panel=panel)
        assert [row["action"] for row in papers.overdue] == [f"Ask about {child}"]
        assert {row["child_id"]: row["last_decision"] for row in papers.agenda if row["last_decision"]} == {
            child: f"30/09/2026 (East): Look at {child}."
        }
        assert [row["held_for"] for row in papers.agenda if row["child_id"] == child] == ["East"]
    # The lists are those of the day of the freeze, on which the child was in the East; the West's own panel before it is none.
    assert previous_panel(casework, east.id).id == before.id and previous_panel(casework, west.id) is None


@pytest.mark.parametrize(
    "wanted", [date(2026, 11, 3), DAY, date(2026, 11, 5)]
)  # the day before, the day of the panel, the day after
def test_who_is_wanted_again_is_due_at_the_panel_of_the_area_where_the_child_is_now(casework, engine, wanted: date):
    before = _plan(casework, "East", BEFORE)
    _discuss(casework, before, "005", outcome="Wait.", next_panel_date=wanted)
    due = {
        area: [row["child_id"] for row in ask_panel(casework, engine, POLICY, asking(), panel=_plan(casework, area)).due]
        for area in ("East", "West", "")
    }
    assert due == {"East": [], "West": ["005"] if wanted <= DAY else [], "": []}


def test_what_the_councils_panel_left_is_the_areas_only_while_no_later_one_of_the_council_is_prepared(casework, engine):
    council = _plan(casework, day=BEFORE)
    _build(casework, engine, council)
    _discuss(casework, council, "001", decision="Wait.")
    east = _plan(casework, "East")
    assert _build(casework, engine, east)["001"] == CARRIED
    later = _plan(casework, day=date(2026, 11, 5))
    assert _build(casework, engine, east)["001"] == FROM_LIST
    assert _build(casework, engine, later)["001"] == CARRIED


def test_what_an_areas_panel_left_is_the_councils_only_while_no_later_one_of_the_area_is_prepared(casework, engine):
    west = _plan(casework, "West", BEFORE)
    for child in ("003", "GONE1"):
        _discuss(casework, west, child, decision="Wait.")
    council = _plan(casework)
    found = _build(casework, engine, council)
    # A child whom nobody has any more stays with the area that had the child.
    assert (found["003"], found["GONE1"]) == (CARRIED, OFF_LIST)
    again = _plan(casework, "West", date(2026, 11, 5))
    found = _build(casework, engine, council)
    assert found["003"] == FROM_LIST and "GONE1" not in found
    found = _build(casework, engine, again)
    assert (found["003"], found["GONE1"]) == (CARRIED, OFF_LIST)


def test_each_areas_freeze_keeps_its_own_figures_and_pack_and_the_lists_of_all(casework: Casework, engine: Engine):
    frozen = {area: freeze_panel(casework, engine, POLICY, DAY, PAT, area=area) for area in OF_AREA}
    in_care = {"East": 2, "West": 2, "": 5}
    for area, panel in frozen.items():
        assert set(frozen_children(casework, panel.id, NOBODY, [RULE])["child_id"]) == OF_AREA[""]
        row = frozen_figures(casework, panel.id, "area" if area else "county").set_index("rule").loc[RULE]
        assert (row["children"], row["in_care"], row["population"]) == (in_care[area],) * 3
        assert frozen_figures(casework, panel.id).set_index("rule").loc[RULE, "children"] == 5
        kept = frozen_pack(casework, panel.id)
        assert kept.file_name == f"permanence-panel-hertfordshire-2026-11-04{f'-{area}' if area else ''}.xlsx"
        listed = {row[0] for row in load_workbook(BytesIO(kept.content))["1 No current plan"].iter_rows(values_only=True)}
        assert not listed & (OF_AREA[""] - OF_AREA[area])
        said = ask_minutes(casework, engine, POLICY, DAY, asking(), area)
        assert (said.in_care, {title: count for title, count, *_ in said.figures}["Residential plan"]) == (
            in_care[area],
            in_care[area],
        )
    with pytest.raises(CaseworkError, match="is the whole council's; its figures are by county, service, team"):
        frozen_figures(casework, frozen[""].id, "area")
    with pytest.raises(CaseworkError, match=r"The panel of 04/11/2026 \(West\) was frozen by Pat Clerk"):
        freeze_panel(casework, engine, POLICY, DAY, "Sam", area="West")
    assert check(casework) == []


@pytest.mark.parametrize("area", ["East", "West"])
def test_the_papers_and_minutes_are_of_the_areas_children_and_say_so(casework: Casework, engine: Engine, area: str):
    panel = _plan(casework, area)
    _build(casework, engine, panel)
    _plan(casework)
    pack = ask_pack(engine, POLICY, None, asking(), casework, panel)
    (headline,) = [one for one in pack.answers.headlines if one.rule.id == RULE]
    assert (headline.children, headline.in_care, headline.population) == (2, 2, 2)
    assert pack.answers.scope_words == area
    book = load_workbook(BytesIO(panel_pack(engine, POLICY, None, asking(), casework, DAY, area=area)))
    assert f"The panel of 04/11/2026 ({area}): {area}. 2 to discuss." in str(book["Agenda"]["A2"].value)
    document = Document(BytesIO(minutes(engine, POLICY, DAY, casework, asking(), area)))
    text = "\n".join(one.text for one in document.paragraphs)
    assert f"Permanence Panel, 04/11/2026 ({area})" in text and f"2 children in care in {area} on 31/10/2026." in text
    assert "2 children on the agenda were not discussed." in text


def test_the_barriers_of_the_minutes_are_those_of_the_areas_own_panel(casework: Casework, engine: Engine):
    for area, barrier in (("East", "health"), ("West", "court_delay"), ("", "housing")):
        child = min(OF_AREA[area])
        _discuss(casework, _plan(casework, area), child, themes=frozenset({barrier}) if area else frozenset())
    said = {area: ask_minutes(casework, engine, POLICY, DAY, asking(), area).themes for area in OF_AREA}
    assert said == {"East": (("Health or disability", 1),), "West": (("Court delay", 1),), "": ()}


def test_the_next_panel_and_the_one_before_are_those_of_the_area(casework: Casework, engine: Engine):
    held = {(area, day): _plan(casework, area, day) for area in ("East", "") for day in (BEFORE, DAY)}
    day = date(2026, 10, 31)
    assert choose_panel(casework, POLICY, day, area="East") == held["East", DAY]
    assert choose_panel(casework, POLICY, day) == held["", DAY]
    assert choose_panel(casework, POLICY, day, area="West") is None
    assert choose_panel(casework, POLICY, day, BEFORE, "East") == held["East", BEFORE]
    with pytest.raises(
        QuestionError, match=r"no panel of hertfordshire on 04/11/2026 \(West\); .* 04/11/2026, 04/11/2026 \(East\), "
    ):
        choose_panel(casework, POLICY, day, DAY, "West")
    assert ask_panel(casework, engine, POLICY, asking(), panel=held["East", DAY]).previous == held["East", BEFORE]
    assert ask_panel(casework, engine, POLICY, asking(), panel=held["", DAY]).previous == held["", BEFORE]
    # A team's pack tells of the last panel of its area or of the council, whichever was later, and never of another area's.
    west = _plan(casework, "West", date(2026, 10, 14))
    assert ask_panel(casework, engine, POLICY, asking(teams=("North",))).previous == held["", BEFORE]
    assert ask_panel(casework, engine, POLICY, asking(teams=("South",))).previous == west


def test_where_panels_are_held_by_area_alone_what_moved_is_told_from_the_last_of_them(casework: Casework):
    _plan(casework, "East", BEFORE)
    _plan(casework, "West", DAY)
    last, after = panels_around(casework, POLICY, date(2026, 10, 31))
    assert (last.panel_date, after) == (BEFORE, DAY)
    _plan(casework, day=date(2026, 9, 1))
    last, after = panels_around(casework, POLICY, date(2026, 10, 31))
    assert (last.panel_date, after) == (date(2026, 9, 1), None)


@pytest.mark.parametrize("area", ["Harbour", "east", "North"])  # a team, another way of writing it, a team of an area
def test_a_name_that_is_no_area_is_refused(casework: Casework, engine: Engine, area: str):
    says = f"'{area}' is not an area of panel_areas in settings.toml.*there: East, West"
    for ask in (
        lambda: freeze_panel(casework, engine, POLICY, DAY, PAT, area=area),
        lambda: freeze(casework, engine, POLICY, DAY, PAT, Pack("p.xlsx", b"p"), area=area),
        lambda: panel_pack(engine, POLICY, None, asking(), casework, None, area=area),
    ):
        with pytest.raises(QuestionError, match=says):
            ask()
    assert panels(casework) == ()


def test_a_panel_of_an_area_that_the_settings_no_longer_have_can_be_read_and_its_children_go_on(casework, engine, monkeypatch):
    west = freeze_panel(casework, engine, POLICY, DAY, PAT, area="West")
    _build(casework, engine, west)
    _discuss(casework, west, "003", decision="Wait.")
    monkeypatch.setattr(engine, "settings", replace(engine.settings, panel_areas=()))
    assert ask_minutes(casework, engine, POLICY, DAY, asking(), "West").in_care == 2
    assert len(agenda(casework, west.id, NOBODY)) == 2 and frozen_pack(casework, west.id).content
    with pytest.raises(QuestionError, match="'West' is not an area of panel_areas .*there: no area"):
        build_agenda(casework, west.id, engine, [RULE], PAT)
    assert _build(casework, engine, _plan(casework, day=date(2026, 12, 2)))["003"] == CARRIED


def test_two_panels_of_a_day_are_two_events_of_the_calendar(casework: Casework, engine: Engine):
    for area in ("East", "West", ""):
        _plan(casework, area)
    frame = events(engine, asking(), casework=casework)
    planned = frame[frame["kind"] == "panel"]
    assert planned["what"].tolist() == [
        "Permanence Panel, Hertfordshire",
        "Permanence Panel, East, Hertfordshire",
        "Permanence Panel, West, Hertfordshire",
    ]
    assert planned["panel_area"].fillna("").tolist() == ["", "East", "West"]
    before = calendar_file(engine, asking(), casework=casework).decode()
    assert before.count("Permanence Panel") == 3
    # The council's own event keeps its number whether or not areas hold theirs.
    uids = {line for line in before.splitlines() if line.startswith("UID")}
    assert len(uids) == before.count("BEGIN:VEVENT")
    assert engine.as_at == AS_AT
