"""Monitoring group: the counts by team and reason, the list with its weeks, and what must not be shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.store.store import Store
from metrics.answers.monitoring_group import REASONS, by_team, has_reason, weekly_list
from metrics.engine.engine import Engine
from tests.pages import odd_night
from tests.pages.council import council_of, publish, shown
from tests.pages.screen import Screen
from tests.support.extracts import write_extracts
from tests.support.scopes import asking
from words.labels import RESTRICTED_RECORD

PAGE = "monitoring_group"
POLICY = "slough"
LIST = "The Permanence Monitoring Group's list"
TEAMS = "Children on the group's list by team and reason"
SCOPE = asking(roles=frozenset())


@pytest.fixture(scope="module")
def slough_store(every_policy_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The shared county, for a council that follows Slough's policy too."""
    return council_of(tmp_path_factory.mktemp("slough") / "store", POLICY, every_policy_store)


@pytest.fixture
def council(slough_store: Store, monkeypatch: pytest.MonkeyPatch) -> Engine:
    return shown(slough_store, monkeypatch)


def _odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *left_out: str) -> None:
    """The odd night for this council, without these of the extracts that the list needs."""
    needed = {name: [] for name in ("local_events", "local_carer_matches") if name not in left_out}
    extracts = write_extracts(tmp_path / "extracts", odd_night.odd_records() | needed, someone_else=True)
    shown(publish(tmp_path / "store", POLICY, extracts), monkeypatch)


def test_the_list_is_the_engines_with_the_weeks_on_it(council: Engine):
    frame = weekly_list(council, "slough", SCOPE)
    rows = Screen(PAGE).rows(LIST)
    assert [row["Child ID"] for row in rows] == list(frame["child_id"])[:100]
    assert [row["Weeks on the list"] for row in rows] == [f"{weeks:,}" for weeks in frame["weeks"]][:100]
    assert frame["weeks"].equals(frame["days_over"] // 7)


def test_the_figure_is_the_lists_length_and_the_sum_of_the_teams(council: Engine):
    frame, teams = weekly_list(council, "slough", SCOPE), by_team(council, "slough", SCOPE)
    assert len(frame) == teams["children"].sum() > 50
    assert (frame["weeks"] == 0).sum() == teams["this_week"].sum()
    screen = Screen(PAGE)
    assert f"County: {len(frame)} children on the group's list on 31/10/2026" in screen.text
    total = screen.rows(TEAMS)[-1]
    assert (total["Team"], total["On the list"]) == ("County", str(len(frame)))


def test_every_reason_of_the_measure_is_counted(council: Engine):
    teams, frame = by_team(council, "slough", asking(roles=None)), weekly_list(council, "slough", asking(roles=None))
    given = frame["reasons"].str.split(" · ").str[0]
    assert set("; ".join(given).split("; ")) <= set(REASONS)
    assert frame["considered"].str.startswith(("last considered on ", "never considered")).all()
    assert set(frame["considered"][frame["considered_date"].isna()]) == {"never considered"}
    for reason in REASONS:
        assert teams[reason].sum() == has_reason(frame, reason).sum()
    assert teams["came into care"].sum() == len(frame[frame["placement"] != "not in care"])


def test_a_number_leads_to_its_children(council: Engine):
    heading, *rows = Screen(PAGE).tables[TEAMS]
    titles = [title for title, _ in heading]
    place = titles.index("Connected carers")
    team, text, link = next((row[0][0], *row[place]) for row in rows if row[place][1])
    screen = Screen.at(link)
    shown = [row for row in screen.rows(LIST) if row["Child ID"] != RESTRICTED_RECORD]
    assert len(shown) <= int(text) <= len(screen.rows(LIST))
    assert all("connected carers" in row["Reasons"] for row in shown)
    assert f"{team}: " in screen.text


def test_the_newest_can_stand_first(council: Engine):
    screen = Screen(PAGE)
    screen.app.selectbox(key="choose sort_monitoring_group").set_value("weeks").run()
    weeks = [int(row["Weeks on the list"].replace(",", "")) for row in screen.rows(LIST)]
    assert weeks == sorted(weeks)


def test_any_other_day_can_be_asked_for(council: Engine):
    screen = Screen(PAGE, date="2026-10-15")
    assert not screen.broken
    assert "on the group's list on 15/10/2026" in screen.text


def test_a_restricted_child_is_counted_and_tells_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    _odd(tmp_path, monkeypatch)
    screen = Screen(PAGE)
    assert "County: 2 children on the group's list" in screen.text
    assert sorted(row["Child ID"] for row in screen.rows(LIST)) == ["001", "Restricted record"]
    assert not any(name in screen.html for name in odd_night.RESTRICTED_NAME.split())
    filtered = Screen(PAGE, reason="final order")
    assert [row["Child ID"] for row in filtered.rows(LIST)] == ["001", RESTRICTED_RECORD]
    assert "Restricted records stay on the list (1): their details are hidden." in filtered.text
    # No reason is told of it, so it stays whichever is chosen.
    other = Screen(PAGE, reason="at home")
    assert [(row["Child ID"], row["Reasons"]) for row in other.rows(LIST)] == [(RESTRICTED_RECORD, "")]


def test_data_is_shown_as_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    _odd(tmp_path, monkeypatch)
    screen = Screen(PAGE)
    assert not screen.broken
    assert "<img" not in screen.html and "<b>" not in screen.html
    (row,) = [row for row in screen.rows(LIST) if row["Child ID"] == "001"]
    assert (row["Team"], row["Worker"]) == (odd_night.TEAM, odd_night.WORKER)


def test_without_the_events_the_list_is_not_supplied_and_says_what_would_bring_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    _odd(tmp_path, monkeypatch, "local_events")
    assert "Permanence Monitoring Group: not supplied. It needs the extract Events (local)." in Screen(PAGE).text


def test_the_page_is_only_there_for_a_council_that_uses_the_policy():
    assert "which this council does not use" in Screen(PAGE).text
