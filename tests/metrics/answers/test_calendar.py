"""The calendar: which dates stand in it, what still has to be done before a court's date, and who is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas
import pytest

from data.store.store import Store
from metrics.answers.calendar.calendar import by_week, calendar, last_day, not_supplied, week_of
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope
from metrics.nightly import run_nightly
from tests.support.extracts import write_extracts
from tests.support.scopes import asking
from words.labels import RESTRICTED_RECORD

AS_AT = date(2026, 10, 31)  # a Saturday
LAST = date(2027, 1, 24)
POLICIES = 'policies = ["hertfordshire", "england"]\n'


def in_care(child: str, team: str = "North", plan: str = "") -> dict[str, list[dict]]:
    entered = "2026-05-01"
    made: dict[str, list[dict]] = {
        "ssd_person": [{"pers_person_id": child, "pers_forename": "Ann", "pers_surname": child, "pers_dob": "2016-02-01"}],
        "ssd_cla_episodes": [{"clae_person_id": child, "clae_cla_id": f"P{child}", "clae_cla_episode_start_date": entered}],
        "ssd_legal_status": [{"lega_person_id": child, "lega_legal_status": "C1", "lega_legal_status_start_date": entered}],
        "ssd_cla_placement": [
            {"clap_person_id": child, "clap_cla_placement_start_date": entered, "clap_cla_placement_type": "U6"}
        ],
        "ssd_involvements": [
            {
                "invo_person_id": child,
                "invo_professional_role_id": "ALLOC",
                "invo_professional_team": team,
                "invo_involvement_start_date": entered,
            }
        ],
    }
    if plan:
        made["ssd_cla_care_plan"] = [
            {
                "lacp_person_id": child,
                "lacp_cla_care_plan_start_date": entered,
                "lacp_cla_care_plan_json": f'{{"{plan}": "Y"}}',
            }
        ]
    return made


def court(child: str, **dates: str) -> dict:
    return {"person_id": child, "issued_date": "2026-05-01", **dates}


def meeting(child: str, kind: str, day: str, status: str = "HELD") -> dict:
    return {"person_id": child, "meeting_type": kind, "meeting_date": day, "meeting_status": status, "chair": "Mx Chair"}


RECORDS: dict[str, list[dict]] = {
    "local_care_proceedings": [
        court("TODAY", first_hearing_date="2026-10-31", final_evidence_due_date="2026-10-31"),
        court("PAST", first_hearing_date="2026-10-30", final_evidence_due_date="2026-10-30"),
        court("OVER", final_hearing_date="2026-11-20", concluded_date="2026-10-31"),
        court("LAST", final_hearing_date=LAST.isoformat()),
        court("BEYOND", final_hearing_date="2027-01-25"),
        court("TWICE", next_hearing_date="2026-11-20", next_hearing_type="Final hearing of Ann", final_hearing_date="2026-11-20"),
        court("STEPS", issues_resolution_hearing_date="2026-12-10", final_evidence_due_date="2026-12-01"),
        court("DONE", issues_resolution_hearing_date="2026-12-10", final_evidence_due_date="2026-12-01"),
        court("EARLY", issues_resolution_hearing_date="2026-12-10", final_evidence_due_date="2026-12-01"),
        court("HIDDEN", next_hearing_date="2026-11-20", next_hearing_type="Re Ann: contact"),
        court("REVERSED", issues_resolution_hearing_date="2026-12-10"),
    ],
    "local_meetings": [
        meeting("DONE", "FINAL_CARE_PLANNING", "2026-05-01"),
        meeting("EARLY", "FINAL_CARE_PLANNING", "2026-04-30"),
        meeting("STEPS", "FINAL_CARE_PLANNING", "2026-11-25", "BOOKED"),
        meeting("STEPS", "FINAL_CARE_PLANNING", "2026-11-20", "CANCELLED"),
        meeting("STEPS", "ADM_DECISION", "2026-12-03", "BOOKED"),
        meeting("STEPS", "ADM_DECISION", "2026-12-02", "CANCELLED"),
        meeting("STEPS", "MATCHING_PANEL", "2026-12-15", "BOOKED"),
        meeting("DONE", "IRH_REVIEW", "2026-10-29"),
        meeting("EARLY", "IRH_REVIEW", "2026-10-28"),
        meeting("MINUTES", "PPM", "2026-10-20"),
        meeting("SENT", "PPM", "2026-10-20"),
        meeting("UNSENT", "PPM", "2026-10-20"),
        meeting("BEFORE", "PPM", "2026-04-30"),
        meeting("WEEKEND", "PPM", "2026-10-20"),
        meeting("HASTY", "PPM", "2026-10-20"),
    ],
    "ssd_permanence": [
        {"perm_person_id": "DONE", "perm_cla_id": "PDONE", "perm_adm_decision_date": "2026-10-31"},
        {
            "perm_person_id": "REVERSED",
            "perm_cla_id": "PREVERSED",
            "perm_adm_decision_date": "2026-09-01",
            "perm_decision_reversed_date": "2026-10-31",
        },
    ],
    "ssd_cla_reviews": [
        {"clar_cla_id": f"P{child}", "clar_cla_review_date": "2026-05-28", "clar_cla_review_cancelled": "N"}
        for child in ("MINUTES", "SENT", "UNSENT", "LATE", "EARLY", "BEFORE", "WEEKEND", "HASTY")
    ]
    + [
        {"clar_cla_id": f"P{child}", "clar_cla_review_due_date": "2026-11-20", "clar_cla_review_cancelled": "N"}
        for child in ("MINUTES", "SENT", "UNSENT", "BEFORE")
    ]
    # The same review typed twice is one; and this one is due on a Sunday.
    + [{"clar_cla_id": "PMINUTES", "clar_cla_review_date": "2026-05-28", "clar_cla_review_cancelled": "N"}]
    + [
        {"clar_cla_id": "PWEEKEND", "clar_cla_review_due_date": "2026-11-22", "clar_cla_review_cancelled": "N"},
        {"clar_cla_id": "PHASTY", "clar_cla_review_due_date": "2026-11-05", "clar_cla_review_cancelled": "N"},
        {"clar_cla_id": "PLATE", "clar_cla_review_due_date": "2026-08-28", "clar_cla_review_cancelled": "N"},
        {"clar_cla_id": "PLAST", "clar_cla_review_due_date": "2026-11-12", "clar_cla_review_cancelled": "Y"},
    ],
    "ssd_cla_visits": [{"clav_person_id": "TODAY", "clav_cla_id": "PTODAY", "clav_cla_visit_date": "2026-10-30"}],
    "local_documents": [
        {"person_id": "SENT", "document_type": "PPM_MINUTES", "sent_date": "2026-10-20", "sent_to": "IRO"},
        {"person_id": "UNSENT", "document_type": "PPM_MINUTES", "sent_date": "2026-10-19", "sent_to": "IRO"},
        {"person_id": "MINUTES", "document_type": "PPM_MINUTES", "sent_date": "2026-10-25", "sent_to": "PARENTS"},
    ],
    "local_restrictions": [
        {"person_id": "HIDDEN", "restriction_type": "ADOPTION", "start_date": "2025-01-01", "allowed_roles": "adoption"}
    ],
}
CHILDREN = (
    "TODAY",
    "PAST",
    "OVER",
    "LAST",
    "BEYOND",
    "TWICE",
    "MINUTES",
    "HASTY",
    "SENT",
    "UNSENT",
    "LATE",
    "HIDDEN",
    "BEFORE",
    "WEEKEND",
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return publish(tmp_path_factory.mktemp("calendar"))


def publish(folder: Path) -> Engine:
    records = {name: list(rows) for name, rows in RECORDS.items()}
    children = [in_care(child) for child in CHILDREN]
    children += [in_care(child, "South", "ADOPTION") for child in ("STEPS", "DONE", "EARLY", "REVERSED")]
    for child in children:
        for table, rows in child.items():
            records.setdefault(table, []).extend(rows)
    records["ssd_person"] += [
        {"pers_person_id": "UNBORN", "pers_expected_dob": "2026-12-24"},
        {"pers_person_id": "BORN", "pers_expected_dob": "2026-12-24", "pers_dob": "2026-10-30"},
    ]
    records["ssd_pre_proceedings"] = [
        {"prep_person_id": "UNBORN", "prep_pre_pro_decision_date": "2026-09-01", "prep_table_id": "1"}
    ]
    (folder / "store").mkdir()
    (folder / "store" / "settings.toml").write_text(POLICIES, encoding="utf-8")
    store = Store(folder / "store")
    run_nightly(store, write_extracts(folder / "extracts", records, someone_else=True), AS_AT)
    return Engine(store.current(), store.settings)


def found(engine: Engine, *kinds: str, scope: Scope | None = None) -> list[tuple]:
    """(child, day, what) of some kinds of events."""
    frame = calendar(engine, scope or asking(roles=None), AS_AT)
    rows = frame[frame["kind"].isin(kinds)]
    return sorted(zip(rows["child_id"], rows["event_date"].dt.date, rows["what"], strict=True))


def test_the_weeks_begin_on_a_monday_and_end_on_a_sunday():
    assert week_of(date(2026, 10, 26)) == week_of(AS_AT) == week_of(date(2026, 11, 1)) == date(2026, 10, 26)
    assert last_day(AS_AT) == LAST and LAST.isoweekday() == 7


def test_a_hearing_counts_from_the_day_itself_to_the_last_sunday_and_only_in_proceedings_that_go_on(engine: Engine):
    assert found(engine, "hearing") == [
        ("DONE", date(2026, 12, 10), "Issues resolution hearing"),
        ("EARLY", date(2026, 12, 10), "Issues resolution hearing"),
        ("HIDDEN", date(2026, 11, 20), "Next hearing"),
        ("LAST", LAST, "Final hearing"),
        ("REVERSED", date(2026, 12, 10), "Issues resolution hearing"),
        ("STEPS", date(2026, 12, 10), "Issues resolution hearing"),
        ("TODAY", AS_AT, "First hearing"),
        ("TWICE", date(2026, 11, 20), "Final hearing"),
    ]
    assert [child for child, _, _ in found(engine, "evidence")] == ["DONE", "EARLY", "STEPS", "TODAY"]


def test_what_has_to_be_done_before_a_courts_date_stands_until_it_is_done(engine: Engine):
    evidence, hearing = date(2026, 12, 1), date(2026, 12, 9)
    steps = [row for row in found(engine, "court_step") if row[0] in ("STEPS", "DONE", "EARLY", "TODAY")]
    # The meeting before issue is not this court's, and the review six weeks and a day before the hearing is too early.
    wanted = [
        (evidence, "Final care planning meeting"),
        (hearing, "Agency decision"),
        (hearing, "Review of the final care plan"),
    ]
    assert steps == [
        *(("EARLY", *step) for step in wanted),
        *(("STEPS", *step) for step in wanted),
        ("TODAY", AS_AT, "Final care planning meeting"),
    ]
    frame = calendar(engine, asking(roles=None), AS_AT)
    step = frame[(frame["kind"] == "court_step") & (frame["child_id"] == "STEPS")].iloc[0]
    assert (step["what"], step["state"], step["booked_date"].date()) == (wanted[0][1], "booked", date(2026, 11, 25))
    assert step["detail"] == "before the final evidence is filed on 01/12/2026"
    decisions = frame[(frame["kind"] == "court_step") & (frame["what"] == "Agency decision")].set_index("child_id")
    assert decisions.loc["STEPS", "state"] == "booked" and decisions.loc["STEPS", "booked_date"].date() == date(2026, 12, 3)
    assert decisions.loc["EARLY", "state"] == "to come" and pandas.isna(decisions.loc["EARLY", "booked_date"])


def test_the_minutes_are_due_five_working_days_before_the_second_review_until_they_are_sent(engine: Engine):
    day = date(2026, 11, 13)  # a Friday, as the review is
    what = "Minutes of the planning meeting to the reviewing officer"
    assert [row for row in found(engine, "court_step") if row[2] == what] == [
        ("HASTY", date(2026, 10, 29), what),
        ("MINUTES", day, what),
        ("UNSENT", day, what),
        # Before a Sunday the fifth working day back is the Monday.
        ("WEEKEND", date(2026, 11, 16), what),
    ]


def test_what_should_have_been_done_by_now_is_overdue_and_nothing_past_is_to_come(engine: Engine):
    frame = calendar(engine, asking(roles=None), AS_AT)
    steps = frame[frame["kind"] == "court_step"].set_index(["child_id", "what"])["state"]
    assert steps["HASTY", "Minutes of the planning meeting to the reviewing officer"] == "overdue"
    assert steps["TODAY", "Final care planning meeting"] == "overdue"
    still = frame[frame["state"] != "overdue"]
    assert (still["event_date"] >= pandas.Timestamp(AS_AT)).all() and len(still) > 20


def test_a_decision_that_was_reversed_is_none(engine: Engine):
    assert ("REVERSED", date(2026, 12, 9), "Agency decision") in found(engine, "court_step")


def test_where_a_rule_asks_for_the_step_its_own_rows_are_the_step_and_stand_once(engine: Engine):
    policies = ("hertfordshire_service", "south_east", "slough")
    with_rules = Engine(engine.night, replace(engine.settings, policies=policies))
    steps = calendar(with_rules, asking(roles=None), AS_AT)
    steps = steps[steps["kind"] == "court_step"]
    asked = {"final_care_planning", "review_before_irh", "ppm_minutes_to_iro_5wd"}
    titles = {rule.id: rule.title for policy in with_rules.policies.values() for rule in policy.rules if rule.id in asked}
    for child, title in (("STEPS", "final_care_planning"), ("STEPS", "review_before_irh"), ("UNSENT", "ppm_minutes_to_iro_5wd")):
        mine = steps[(steps["child_id"] == child) & (steps["what"] == titles[title])]
        assert len(mine) == 1 and mine["policy"].item()
    assert set(steps.loc[steps["policy"] == "", "what"]) == {"Agency decision"}
    assert not (steps["kind"] == "paper").any()


def test_a_review_that_is_due_and_not_held_stands_on_its_day_and_a_late_one_is_overdue(engine: Engine):
    assert found(engine, "review") == [
        ("BEFORE", date(2026, 11, 20), "Review due"),
        ("HASTY", date(2026, 11, 5), "Review due"),
        ("LATE", date(2026, 8, 28), "Review due"),
        ("MINUTES", date(2026, 11, 20), "Review due"),
        ("SENT", date(2026, 11, 20), "Review due"),
        ("UNSENT", date(2026, 11, 20), "Review due"),
        ("WEEKEND", date(2026, 11, 22), "Review due"),
    ]
    frame = calendar(engine, asking(roles=None), AS_AT)
    states = frame[frame["kind"] == "review"].set_index("child_id")["state"]
    assert (states["LATE"], states["SENT"]) == ("overdue", "to come")


def test_meetings_that_are_booked_stand_there_and_cancelled_ones_do_not(engine: Engine):
    assert found(engine, "booked") == [
        ("STEPS", date(2026, 11, 25), "Final care planning meeting"),
        ("STEPS", date(2026, 12, 3), "Agency decision"),
        ("STEPS", date(2026, 12, 15), "Matching panel"),
    ]


def test_a_birth_is_expected_until_the_child_is_born(engine: Engine):
    assert found(engine, "birth") == [("UNBORN", date(2026, 12, 24), "Expected date of birth")]


def test_what_a_rule_asks_for_is_there_with_its_due_date_and_policy(engine: Engine):
    frame = calendar(engine, asking(roles=None), AS_AT)
    visits = frame[(frame["kind"] == "visit") & (frame["policy"] == "england")]
    states = visits.groupby("child_id")["state"].agg(set)
    assert states["LATE"] == {"overdue"}, "no visit was ever made"
    # Six weeks from the visit of 30 October.
    coming = visits[(visits["child_id"] == "TODAY") & (visits["state"] == "to come")]
    assert coming["event_date"].dt.date.tolist() == [date(2026, 12, 11)]


def test_a_restricted_child_has_a_day_and_no_name(engine: Engine):
    frame = calendar(engine, asking(), AS_AT)
    hidden = frame[(frame["kind"] == "hearing") & (frame["child_id"] == RESTRICTED_RECORD)]
    assert hidden["event_date"].dt.date.tolist() == [date(2026, 11, 20)]
    assert hidden[["name", "legacy_id", "detail", "record_id"]].isna().all(axis=None)
    assert "HIDDEN" not in frame.to_csv() and "Re Ann" not in frame.to_csv()
    assert "Re Ann: contact" in calendar(engine, asking(roles=None), AS_AT)["detail"].to_list()


def test_only_the_scope_is_seen(engine: Engine):
    frame = calendar(engine, asking(teams=("South",)), AS_AT)
    assert set(frame["child_id"]) == {"STEPS", "DONE", "EARLY", "REVERSED"}
    assert calendar(engine, asking(teams=()), AS_AT).empty


def test_the_weeks_add_up_to_the_events_that_are_to_come(engine: Engine):
    frame = calendar(engine, asking(), AS_AT)
    weeks = by_week(frame, AS_AT)
    assert len(weeks) == 13 and weeks["week"].iloc[0].date() == date(2026, 10, 26)
    assert weeks["all"].sum() == (frame["state"] != "overdue").sum() > 0
    assert weeks["hearing"].sum() == (frame["kind"] == "hearing").sum()


def test_fewer_weeks_end_sooner_and_say_so(engine: Engine):
    frame = calendar(engine, asking(), AS_AT, weeks=1)
    assert frame["event_date"].max().date() <= date(2026, 11, 1)


def test_it_says_which_of_its_tables_are_missing(engine: Engine):
    assert not_supplied(engine) == ()
