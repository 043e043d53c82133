"""Meetings due: the counts, the lists behind them, their links, and what the page does with odd or missing data."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.store.store import Store
from metrics.answers.meetings_due.meetings_due import meetings_due
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope
from tests.pages import odd_night
from tests.pages.council import council_of, publish, shown
from tests.pages.screen import Screen
from tests.support.extracts import write_extracts
from tests.support.scopes import asking

PAGE = "meetings_due"
POLICY = "south_east"
ALL = "Permanency planning meeting due, all, County"
NEEDED = ("local_approvals", "local_carer_matches", "local_care_proceedings", "ssd_cla_reviews")


@pytest.fixture(scope="module")
def guided_store(every_policy_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The shared county, for a council that follows the guidance too."""
    return council_of(tmp_path_factory.mktemp("guided") / "store", POLICY, every_policy_store)


@pytest.fixture
def guided(guided_store: Store, monkeypatch: pytest.MonkeyPatch) -> Engine:
    return shown(guided_store, monkeypatch)


def _publish(folder: Path, *left_out: str) -> Store:
    """The odd night for this council, with meetings whose chair tries to be more than text, and without these extracts."""
    records = odd_night.odd_records() | {name: [] for name in NEEDED if name not in left_out}
    records["local_meetings"] = [
        {
            "person_id": child,
            "meeting_type": "PPM",
            "meeting_date": "2026-11-09",
            "meeting_status": "BOOKED",
            "chair": "=HYPERLINK(1) <b>Chair</b>",
        }
        for child in ("001", "002")
    ]
    return publish(folder / "store", POLICY, write_extracts(folder / "extracts", records, someone_else=True))


@pytest.fixture(scope="module")
def odd_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return _publish(tmp_path_factory.mktemp("odd"))


@pytest.fixture
def odd(odd_store: Store, monkeypatch: pytest.MonkeyPatch) -> Screen:
    monkeypatch.setenv("TRACKER_STORE", str(odd_store.path))
    return Screen(PAGE)


def _of(engine: Engine, scope: Scope | None = None):
    frame = meetings_due(engine, "south_east", scope or asking())
    return frame[frame["rule"] == "ppm_due"]


def test_the_page_says_how_many_are_overdue_due_and_booked(guided: Engine):
    frame, screen = _of(guided), Screen(PAGE)
    assert not screen.broken
    assert "policy: Practice guidance (South East)" in screen.text
    assert frame["overdue"].sum() > 20 and frame["soon"].sum() > 3 and frame["booked"].sum() > 3
    assert f"{frame['overdue'].sum()} overdue , {(frame['overdue'] & frame['booked']).sum()} of them" in screen.text
    assert f"{frame['soon'].sum()} due by 28/11/2026 ," in screen.text
    assert f"{frame['booked'].sum()} booked in all." in screen.text


def test_the_teams_add_up_to_the_county(guided: Engine):
    frame, rows = _of(guided), Screen(PAGE).rows("Meetings by team")
    assert sum(int(row["Overdue"]) for row in rows) == frame["overdue"].sum()
    assert sum(int(row["Due in 4 weeks"]) for row in rows) == frame["soon"].sum()
    assert sum(int(row["Booked"]) for row in rows) == frame["booked"].sum()
    assert sum(int(row["Overdue, none booked"]) for row in rows) == (frame["overdue"] & ~frame["booked"]).sum()
    assert {row["Team"] for row in rows} == set(guided.groups(asking())["team"])


def test_a_teams_number_leads_to_its_children_with_the_reason(guided: Engine):
    _, *rows = Screen(PAGE).tables["Meetings by team"]
    team, (count, link) = next((row[0][0], row[1]) for row in rows if row[1][1])
    screen = Screen.at(link)
    caption = f"Permanency planning meeting due, overdue, {team}"
    children = screen.rows(caption)
    assert len(children) == int(count)
    frame = _of(guided, asking(teams=(team,)))
    overdue = frame[frame["overdue"]]
    assert [row["Child ID"] for row in children] == list(overdue["child_id"])
    assert [row["Reason for the date"] for row in children] == list(overdue["reason"].fillna(""))
    assert all("overdue" in row["Standing"] for row in children)
    assert sum(int(row["Overdue"]) for row in screen.rows("Meetings by worker")) == len(children)


def test_the_identifier_leads_to_the_child(guided: Engine):
    heading, first, *_ = Screen(PAGE, show="soon").tables["Permanency planning meeting due, due in 4 weeks, County"]
    identifier, link = first[0]
    assert f"{identifier} · " in Screen.at(link).text


def test_choosing_what_is_shown_puts_it_into_the_address(guided: Engine):
    screen = Screen(PAGE)
    screen.app.selectbox(key="choose meeting").set_value("final_care_planning").run()
    assert screen.app.query_params["meeting"] in ("final_care_planning", ["final_care_planning"])
    assert "Final care planning meeting before the final evidence: County, 31/10/2026" in screen.text


def test_another_day_can_be_asked_for(guided: Engine):
    screen = Screen(PAGE, date="2026-10-15")
    assert not screen.broken
    frame = meetings_due(guided, "south_east", asking(), odd_night.AS_AT.replace(day=15))
    assert f"{frame[frame['rule'] == 'ppm_due']['overdue'].sum()} overdue ," in screen.text


def test_the_page_is_there_only_for_a_council_that_follows_the_guidance():
    assert "which this council does not use" in Screen(PAGE).text


def test_data_is_shown_as_text(odd: Screen):
    assert not odd.broken
    assert "<b>" not in odd.html and "<img" not in odd.html
    row = next(row for row in odd.rows(ALL) if row["Child ID"] == "001")
    assert (row["Team"], row["Chair"]) == (odd_night.TEAM, "=HYPERLINK(1) <b>Chair</b>")


def test_a_restricted_record_is_counted_and_not_named(odd: Screen):
    (hidden,) = [row for row in odd.rows(ALL) if row["Child ID"] == "Restricted record"]
    assert (hidden["Name"], hidden["Chair"], hidden["Reason for the date"]) == ("", "", "")
    assert not any(name in odd.html for name in odd_night.RESTRICTED_NAME.split())
    assert "2 overdue" in odd.text


def test_what_was_not_supplied_is_said_and_never_zero(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TRACKER_STORE", str(_publish(tmp_path, "local_approvals").path))
    screen = Screen(PAGE)
    assert "Permanency planning meeting due: not supplied. It needs the extract Approvals (local)." in screen.text
    assert "0 overdue" not in screen.text
