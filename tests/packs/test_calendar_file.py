"""The calendar file: whole days, the same UID from load to load, and the name of nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from casework.panels import plan_panel
from casework.storage.opening import open_casework
from data.store.store import Store
from metrics.answers.calendar.calendar import calendar
from metrics.engine.engine import Engine
from metrics.nightly import run_nightly
from packs.calendar.events import events
from packs.calendar.file import calendar_file, write_calendar
from packs.saving import PackError
from tests.metrics.answers.test_calendar import AS_AT, POLICIES, RECORDS, in_care
from tests.support.copies import copy_of
from tests.support.extracts import write_extracts
from tests.support.scopes import asking

NAMES = ("Ann", "Chair", "WORKER9")


def records(hearing: str = "2026-11-20") -> dict[str, list[dict]]:
    made = {name: list(rows) for name, rows in RECORDS.items()}
    for child in ("TODAY", "LAST", "HIDDEN", "TWICE"):
        for table, rows in in_care(child).items():
            made.setdefault(table, []).extend(rows)
    typed = {
        "person_id": "LAST",
        "proceedings_id": "moving",
        "issued_date": "2026-05-01",
        "next_hearing_date": hearing,
        "next_hearing_type": "Re Ann: contact",
        "court": "Family Court of Ann",
    }
    made["local_care_proceedings"] = [row for row in made["local_care_proceedings"] if row["person_id"] != "LAST"] + [typed]
    for table, column in (
        ("local_care_proceedings", "person_id"),
        ("local_meetings", "person_id"),
        ("local_documents", "person_id"),
    ):
        made[table] = [row for row in made[table] if row[column] in ("TODAY", "LAST", "HIDDEN", "TWICE")]
    made["local_meetings"].append(
        {"person_id": "TODAY", "meeting_type": "PPM", "meeting_date": "2026-11-05", "meeting_status": "BOOKED", "chair": "Chair"}
    )
    made["ssd_cla_reviews"], made["ssd_permanence"] = [], []
    made["ssd_involvements"] = [{**row, "invo_professional_id": "WORKER9"} for row in made["ssd_involvements"]]
    return made


def engine_over(folder: Path, **given: str) -> Engine:
    (folder / "store").mkdir(parents=True)
    (folder / "store" / "settings.toml").write_text(POLICIES, encoding="utf-8")
    store = Store(folder / "store")
    run_nightly(store, write_extracts(folder / "extracts", records(**given), someone_else=True), AS_AT)
    return Engine(store.current(), store.settings)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return engine_over(tmp_path_factory.mktemp("one"))


def read(content: bytes) -> list:
    return Calendar.from_ical(content).walk("VEVENT")


def test_every_event_to_come_is_a_whole_day_in_the_file_and_nothing_overdue_is(engine: Engine):
    content = calendar_file(engine, asking())
    frame = calendar(engine, asking())
    coming = frame[frame["state"] != "overdue"]
    assert len(read(content)) == len(coming) >= 4
    days = sorted(event.decoded("dtstart") for event in read(content))
    assert days == sorted(coming["event_date"].dt.date)
    assert all(event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1) for event in read(content))
    assert len({str(event["uid"]) for event in read(content)}) == len(coming)


def test_no_text_of_the_file_names_anybody_or_repeats_what_somebody_typed(engine: Engine):
    workers = tuple(calendar(engine, asking(roles=None))["worker"].unique())
    assert "WORKER9" in workers
    for scope in (asking(), asking(roles=None), asking(roles=None, workers=workers)):
        text = calendar_file(engine, scope).decode().replace("\r\n ", "")
        assert [name for name in (*NAMES, "contact", "Court of") if name in text] == []
        assert "Next hearing: child LAST" in text
    hidden = calendar_file(engine, asking()).decode().replace("\r\n ", "")
    assert "HIDDEN" not in hidden and "Next hearing: restricted record" in hidden


def test_an_event_that_moves_keeps_its_uid(engine: Engine, tmp_path: Path):
    later = engine_over(tmp_path / "later", hearing="2026-11-27")

    def hearing(of: Engine) -> tuple[str, date]:
        event = next(event for event in read(calendar_file(of, asking())) if event["summary"] == "Next hearing: child LAST")
        return str(event["uid"]), event.decoded("dtstart")

    (first, before), (second, after) = hearing(engine), hearing(later)
    assert first == second and (before, after) == (date(2026, 11, 20), date(2026, 11, 27))


def test_a_panel_that_is_planned_is_in_it_for_every_team(engine: Engine, tmp_path: Path):
    store = copy_of(Store(engine.settings.folder), tmp_path / "panel")
    with_panel, casework = Engine(store.current(), store.settings), open_casework(store.settings)
    for day in (AS_AT - timedelta(days=1), AS_AT, date(2026, 11, 12)):
        plan_panel(casework, "hertfordshire", day, "Clerk")
    frame = events(with_panel, asking(teams=("North",)), casework=casework)
    panels = frame[frame["kind"] == "panel"]
    assert panels["event_date"].dt.date.tolist() == [AS_AT, date(2026, 11, 12)]
    said = [str(event["summary"]) for event in read(calendar_file(with_panel, asking(), casework=casework))]
    assert said.count("Permanence Panel, Hertfordshire") == 2
    casework.close()


def test_it_is_written_whole_under_a_name_that_says_what_it_is(engine: Engine, tmp_path: Path):
    written = write_calendar(engine, tmp_path / "team.ics", asking())
    assert read(written.read_bytes())
    with pytest.raises(PackError, match="calendar file, so its name must end in .ics"):
        write_calendar(engine, tmp_path / "team.txt", asking())


def test_an_event_says_which_areas_panel_the_child_goes_to_where_there_are_areas(engine: Engine, monkeypatch):
    assert "Panel area" not in "".join(str(event["description"]) for event in read(calendar_file(engine, asking())))
    teams = tuple(calendar(engine, asking())["team"].dropna().unique())
    monkeypatch.setattr(engine, "settings", replace(engine.settings, panel_areas=(("East", teams),)))
    assert any("Panel area: East" in str(event["description"]) for event in read(calendar_file(engine, asking())))
