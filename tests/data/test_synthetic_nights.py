"""The synthetic county's nights: each shows what had been recorded by then, and they all tell of one county."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from data.synthetic import write_county
from data.synthetic.county import make_county
from data.synthetic.lives import live, numbers
from data.synthetic.nights import night_dates
from data.synthetic.writing import new_lines, show
from tests.data.synthetic_files import AS_AT, by_id, contents, half_year, rows

CHILDREN = 1000


@pytest.fixture(scope="module")
def month_ends(tmp_path_factory) -> list[Path]:
    """Four month ends of a county too small to have faults."""
    return write_county(tmp_path_factory.mktemp("nights"), children=55, nights=4, step="month", as_at=AS_AT)


def test_a_night_written_alone_is_the_last_night_of_several(tmp_path, month_ends):
    alone = write_county(tmp_path, children=55, as_at=AS_AT)
    assert alone == [tmp_path]
    assert contents(alone) == contents(month_ends[-1:])


def test_every_identifier_carries_the_childs_last_team_and_no_childs_name_does(month_ends):
    made = make_county(1, 55)
    teams = {team.number: team for team in made.every_team()}
    for person in rows(month_ends[-1], "ssd_person"):
        assert person["pers_legacy_id"].endswith(teams[person["pers_person_id"][:3]].number)
        assert not any(team.marker in person["pers_surname"] for team in teams.values())
    assert any(person["pers_person_id"].startswith("0") for person in rows(month_ends[-1], "ssd_person"))


def test_some_facts_are_recorded_weeks_after_they_happened(month_ends):
    before, after = (by_id(folder, "ssd_cla_placement") for folder in month_ends[-2:])
    night = month_ends[-2].name
    late = [key for key, row in after.items() if key not in before and row["clap_cla_placement_start_date"] <= night]
    ended = [
        key
        for key, row in before.items()
        if not row["clap_cla_placement_end_date"] and "" < after[key]["clap_cla_placement_end_date"] <= night
    ]
    assert late
    assert ended
    assert len(after) > len(before)


def test_a_plan_typed_again_takes_the_place_of_the_old_one_with_a_later_start(tmp_path_factory):
    first, *_, last = half_year(tmp_path_factory)
    before, after = by_id(first, "ssd_cla_care_plan"), by_id(last, "ssd_cla_care_plan")
    gone = [row for key, row in before.items() if key not in after]
    hidden = [
        (old, new)
        for old in gone
        for key, new in after.items()
        if key not in before
        and new["lacp_person_id"] == old["lacp_person_id"]
        and new["lacp_cla_care_plan_json"] == old["lacp_cla_care_plan_json"]
        and new["lacp_cla_care_plan_start_date"] > old["lacp_cla_care_plan_start_date"]
    ]
    assert hidden


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("ssd_cla_episodes", ("clae_cla_episode_start_date", "clae_cla_episode_ceased_date")),
        ("ssd_cla_placement", ("clap_cla_placement_start_date", "clap_cla_placement_end_date")),
        ("ssd_legal_status", ("lega_legal_status_start_date", "lega_legal_status_end_date")),
        ("ssd_permanence", ("perm_placement_order_date", "perm_matched_date", "perm_permanence_order_date")),
        ("ssd_cla_reviews", ("clar_cla_review_date",)),
        ("local_care_proceedings", ("issued_date", "concluded_date")),
        ("local_events", ("event_date",)),
    ],
)
def test_nothing_that_happens_after_a_night_is_shown_on_it(month_ends, table, columns):
    for folder in month_ends:
        for row in rows(folder, table):
            assert all(row[column][:10] <= folder.name for column in columns), row


def test_a_night_shows_what_was_recorded_by_then_and_nothing_else():
    made, upto = make_county(1, CHILDREN), numbers(CHILDREN)
    days = [(AS_AT - timedelta(days=back)).toordinal() for back in (300, 200, 100, 0)]
    for number in range(1, 200):
        record = live(made, 1, number, upto, days[-1])
        lines = new_lines(days)
        show(record, days, lines)
        for day, night in zip(days, lines, strict=True):
            shown = [row for row in record.rows if row.recorded <= day and not 0 < row.removed <= day]
            assert sum(map(len, night.values())) == len(shown)


def test_open_ends_are_filled_only_on_the_night_after_they_were_recorded():
    made, upto = make_county(1, CHILDREN), numbers(CHILDREN)
    days = [(AS_AT - timedelta(days=back)).toordinal() for back in (400, 200, 0)]
    checked = 0
    for number in range(CHILDREN + 1, CHILDREN + 150):
        record = live(made, 1, number, upto, days[-1])
        record.rows = [row for row in record.rows if row.table == "ssd_cla_placement" and row.changes]
        for row in record.rows:
            alone, lines = [row], new_lines(days)
            record.rows = alone
            show(record, days, lines)
            for day, night in zip(days, lines, strict=True):
                for text in night["ssd_cla_placement"]:
                    ended = text.split(",")[4]
                    assert bool(ended) == (row.changes[0][0] <= day)
                    checked += 1
    assert checked > 100


def test_half_months_are_never_28_days_apart():
    days = night_dates(date(2024, 3, 1), 30, "half-month")
    assert days[-3:] == [date(2024, 2, 15), date(2024, 2, 29), date(2024, 3, 1)]
    assert max(after - before for before, after in zip(days, days[1:], strict=False)) == timedelta(days=16)


@pytest.mark.parametrize(
    ("step", "nights", "expected"),
    [
        ("day", 3, ["2026-10-29", "2026-10-30", "2026-10-31"]),
        ("month", 3, ["2026-08-31", "2026-09-30", "2026-10-31"]),
        ("month", 1, ["2026-10-31"]),
        ("half-month", 4, ["2026-09-15", "2026-09-30", "2026-10-15", "2026-10-31"]),
    ],
)
def test_nights_are_successive_days_half_months_or_month_ends(step, nights, expected):
    assert [day.isoformat() for day in night_dates(AS_AT, nights, step)] == expected
