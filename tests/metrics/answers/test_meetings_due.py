"""Meetings due: which booking answers which rule, who is counted where, and who is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.settings import Settings
from data.store.store import Store
from metrics.answers.meetings_due.meetings_due import MEETINGS, counts, meetings_due, rules
from metrics.engine.engine import Engine, QuestionError
from metrics.engine.scope import Scope
from metrics.nightly import run_nightly
from tests.support.extracts import write_extracts
from tests.support.scopes import asking

AS_AT = date(2026, 10, 31)
EMPTY = ("local_approvals", "local_carer_matches", "local_care_proceedings", "ssd_cla_reviews")
POLICIES = 'policies = ["south_east"]\n'


def fostered(child: str, order: str, team: str = "North") -> dict[str, list[dict]]:
    """A child with foster carers under a care order: a first meeting is due four weeks after it, then every three months."""
    return {
        "ssd_person": [{"pers_person_id": child, "pers_forename": "Ann", "pers_surname": child, "pers_dob": "2016-02-01"}],
        "ssd_cla_episodes": [{"clae_person_id": child, "clae_cla_id": f"P{child}", "clae_cla_episode_start_date": order}],
        "ssd_legal_status": [{"lega_person_id": child, "lega_legal_status": "C2", "lega_legal_status_start_date": order}],
        "ssd_cla_placement": [
            {"clap_person_id": child, "clap_cla_placement_start_date": order, "clap_cla_placement_type": "U6"},
        ],
        "ssd_involvements": [
            {
                "invo_person_id": child,
                "invo_professional_role_id": "ALLOC",
                "invo_professional_team": team,
                "invo_involvement_start_date": order,
            }
        ],
    }


def meeting(child: str, day: str, status: str = "BOOKED", kind: str = "PPM") -> dict:
    return {"person_id": child, "meeting_type": kind, "meeting_date": day, "meeting_status": status, "chair": f"Chair of {child}"}


MEETINGS_RECORDED = [
    meeting("LATE", "2026-10-31"),
    meeting("LATE", "2026-11-20"),
    meeting("LATE", "2026-11-05"),
    meeting("LATE", "2026-11-02", "CANCELLED"),
    meeting("LATE", "2026-11-03", kind="PARP"),
    meeting("FAR", "2026-10-20", "HELD"),
    meeting("FAR", "2027-01-10"),
    meeting("HIDDEN", "2026-11-09"),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    records: dict[str, list[dict]] = {name: [] for name in EMPTY}
    children = (
        fostered("LATE", "2026-09-01"),
        fostered("TODAY", "2026-10-03"),
        fostered("SOON", "2026-10-31", "South"),
        fostered("AFTER", "2026-11-01", "South"),
        fostered("FAR", "2026-05-01"),
        fostered("HIDDEN", "2026-09-01"),
    )
    for child in children:
        for table, rows in child.items():
            records.setdefault(table, []).extend(rows)
    records["local_meetings"] = MEETINGS_RECORDED
    records["local_restrictions"] = [
        {"person_id": "HIDDEN", "restriction_type": "ADOPTION", "start_date": "2025-01-01", "allowed_roles": "adoption"},
    ]
    folder: Path = tmp_path_factory.mktemp("meetings")
    (folder / "store").mkdir()
    (folder / "store" / "settings.toml").write_text(POLICIES, encoding="utf-8")
    store = Store(folder / "store")
    run_nightly(store, write_extracts(folder / "extracts", records, someone_else=True), AS_AT)
    return Engine(store.current(), store.settings)


def rows(engine: Engine, scope: Scope | None = None, rule: str = "ppm_due") -> dict[str, dict]:
    frame = meetings_due(engine, "south_east", scope or asking(roles=frozenset({"adoption"})))
    return {row["child_id"]: row for row in frame[frame["rule"] == rule].to_dict("records")}


def test_the_next_meeting_booked_after_the_day_is_shown(engine: Engine):
    late = rows(engine)["LATE"]
    assert (late["state"], late["due_date"].date(), late["days_over"]) == ("overdue", date(2026, 9, 29), 32)
    assert (late["booked_date"].date(), late["booked_meeting"]) == (date(2026, 11, 5), "Permanency planning meeting")
    assert late["chair"] == "Chair of LATE"
    assert late["reason"] == "foster placement under a care order, not ratified: 4 weeks from the order"


def test_overdue_due_in_four_weeks_and_booked(engine: Engine):
    found = {child: (row["overdue"], row["soon"], row["booked"]) for child, row in rows(engine).items()}
    assert found == {
        "LATE": (True, False, True),
        "HIDDEN": (True, False, True),
        "TODAY": (True, False, False),
        "SOON": (False, True, False),
        "FAR": (False, False, True),
    }
    assert rows(engine)["SOON"]["due_date"].date() == date(2026, 11, 28)


def test_a_meeting_due_in_more_than_four_weeks_is_not_soon(engine: Engine):
    earlier = meetings_due(engine, "south_east", asking(roles=None), date(2026, 10, 30))
    assert "SOON" not in set(earlier["child_id"])
    later = meetings_due(engine, "south_east", asking(roles=None), date(2026, 10, 31)).set_index("child_id")
    assert later.loc["SOON", "days_over"] == -28


def test_the_counts_by_team_tell_what_is_not_booked_and_zero_for_a_team_with_none(engine: Engine):
    frame = meetings_due(engine, "south_east", asking())
    found = counts(frame[frame["rule"] == "ppm_due"], "team", ["East", "North", "South"])
    columns = ["team", "overdue", "overdue_not_booked", "soon", "soon_not_booked", "booked"]
    assert list(found.columns) == columns
    assert found.values.tolist() == [["East", 0, 0, 0, 0, 0], ["North", 3, 1, 0, 0, 3], ["South", 0, 0, 1, 1, 0]]


def test_only_the_teams_of_the_scope_are_seen_and_an_empty_scope_sees_none(engine: Engine):
    assert set(rows(engine, asking(teams=("South",)))) == {"SOON"}
    assert rows(engine, asking(teams=())) == {}


def test_a_restricted_record_is_counted_but_not_named(engine: Engine):
    hidden = rows(engine, asking())["Restricted record"]
    assert hidden["overdue"] and hidden["booked"]
    named = ("name", "legacy_id", "reason", "chair", "booked_meeting", "plan", "placement")
    assert not any(isinstance(hidden[column], str) for column in named)
    assert hidden["worker"] == "Restricted record"


def test_every_rule_that_ends_in_a_meeting_is_of_the_policy(engine: Engine):
    assert {rule.measure.id for rule in rules(engine, "south_east")} == set(MEETINGS)


def test_a_council_without_the_policy_is_told_so(engine: Engine):
    without = Engine(engine.night, Settings())
    with pytest.raises(QuestionError, match="policy 'south_east' is not in use"):
        meetings_due(without, "south_east", asking())
