"""The Action Planning Tracker: the present position, the six answers, and that it counts what the lists count."""

from __future__ import annotations

from datetime import date

import pytest

from data.settings import Settings
from data.store.store import Store
from metrics.answers.action_planning.action_planning import (
    NO,
    NOT_ASKED,
    NOT_SUPPLIED,
    QUESTIONS,
    YES,
    counts,
    legal_track,
    options,
    tracker,
)
from metrics.engine.engine import Engine, QuestionError
from metrics.engine.plain import plain_rows
from metrics.engine.scope import Scope
from tests.metrics.cases.cheshire_east_child import cheshire_child
from tests.support.builder import Child, department, records
from tests.support.reference_engine import RecordsEngine
from tests.support.scopes import asking
from words.labels import RESTRICTED_RECORD

AS_AT = date(2025, 6, 10)
EVERYBODY, NO_ROLES = asking(roles=None), asking()
LOCAL = ("local_case_notes", "local_permanence_options", "local_carer_matches", "local_meetings", "local_care_proceedings",
         "ssd_cla_visits", "ssd_pre_proceedings", "ssd_permanence")  # fmt: skip


def engine_of(*children: Child, without: tuple[str, ...] = (), **more: list[dict]) -> Engine:
    """An engine over a night of these children; every table that the tracker reads is supplied but those named."""
    night = records(*children, departments=(department("T1", "Alpha Team", "S1", "North"),)) | more
    supplied = {table: rows for table, rows in night.items() if (rows or table in LOCAL) and table not in without}
    return RecordsEngine(supplied, (AS_AT,), Settings(policies=("cheshire_east",)))


def the_child(identifier: str = "A"):
    """In care since 1 November 2024 with foster carers, long-term fostering the plan since 1 March 2025."""
    one = cheshire_child(identifier=identifier).in_care("2024-11-01")
    one.placement("U6", "2025-02-01", id=f"{identifier}HOME").plan("LTFOST18", "2025-03-01").legal("C2", "2025-01-01")
    return one.worker("T1", "2024-11-01", name="W1")


def row_of(engine: Engine, child_id: str = "A", scope: Scope = EVERYBODY, as_at: date | None = None) -> dict:
    (row,) = plain_rows(tracker(engine, "cheshire_east", scope, as_at, child_id))
    return row


def test_the_latest_note_of_each_kind_is_shown_with_its_day_and_its_age():
    one = (
        the_child()
        .note("CARE_PLAN_SUMMARY", "2025-05-01", "Older", id="9")
        .note("CARE_PLAN_SUMMARY", "2025-06-01", "Newer", id="1")
    )
    one.note("SUPERVISION", "2025-06-10", "Today", author="Mo").note("SUPERVISION", "2025-06-11", "Tomorrow")
    row = row_of(engine_of(one))
    assert (row["summary"], row["summary_date"], row["summary_days"]) == ("Newer", date(2025, 6, 1), 9)
    assert (row["supervision"], row["supervision_author"], row["supervision_days"]) == ("Today", "Mo", 0)
    assert (row["decision"], row["decision_date"], row["decision_days"]) == (None, None, None)


def test_of_two_notes_of_one_day_the_higher_identifier_is_shown_and_10_is_higher_than_9():
    one = the_child().note("SUPERVISION", "2025-06-01", "Ten", id="10").note("SUPERVISION", "2025-06-01", "Nine", id="9")
    assert row_of(engine_of(one))["supervision"] == "Ten"


def test_an_option_is_told_by_how_far_it_has_come_and_what_came_of_it():
    one = the_child().explored(
        "SGO", referred="2025-03-01", viable="2025-04-01", viability="Positive", carer="Aunt", primary=True
    )
    one.explored("RETURN_HOME", referred="2025-03-05", assessed="2025-04-01", done="2025-06-01", outcome="Negative")
    one.explored("CAO", referred="2025-06-11")
    engine = engine_of(one)
    assert row_of(engine)["options"] == (
        "special guardianship (Aunt), primary: viability assessed 01/04/2025, outcome positive; "
        "return home: assessed 01/06/2025, outcome negative"
    )
    found = plain_rows(options(engine, "cheshire_east", "A", EVERYBODY))
    assert [(row["option"], row["stage"], row["outcome"]) for row in found] == [
        ("special guardianship", "viability assessed", "Positive"),
        ("return home", "assessed", "Negative"),
    ]


def test_what_came_of_an_option_later_is_not_told_of_an_earlier_day():
    one = the_child().explored("RETURN_HOME", referred="2025-03-05", assessed="2025-04-01", done="2025-06-01", outcome="Negative")
    row = row_of(engine_of(one), as_at=date(2025, 5, 31))
    assert row["options"] == "return home: being assessed 01/04/2025"
    assert row["assessments_complete"] == NO


def test_the_legal_track_is_the_step_in_force_else_the_last():
    one = (
        the_child()
        .meeting("LEGAL_PLANNING", "2025-06-01", outcome="Issue")
        .meeting("LEGAL_PLANNING", "2025-06-20", status="BOOKED")
    )
    one.proceedings("2025-01-06", "2025-06-10").meeting("LEGAL_PLANNING", "2025-06-05", status="CANCELLED")
    engine = engine_of(one)
    assert row_of(engine, as_at=date(2025, 6, 9))["legal_track"] == "care proceedings since 06/01/2025 (week 22)"
    assert row_of(engine)["legal_track"] == "legal planning meeting on 01/06/2025: issue"
    assert [row["step"] for row in plain_rows(legal_track(engine, "cheshire_east", "A", EVERYBODY))] == [
        "legal planning meeting",
        "care proceedings",
    ]
    assert row_of(engine)["legal_meeting_date"] == date(2025, 6, 1)


@pytest.mark.parametrize(
    ("seen", "alone", "said"),
    [
        (True, True, "seen alone"),
        (True, False, "seen, not alone"),
        (True, None, "seen; alone not recorded"),
        (False, None, "not seen"),
    ],
)
def test_the_last_visit_says_whether_the_child_was_seen_alone(seen, alone, said):
    one = the_child().visit("2025-05-01").visit("2025-06-01", seen=seen, alone=alone).visit("2025-06-11")
    row = row_of(engine_of(one))
    assert (row["last_visit_date"], row["last_visit_days"], row["last_visit_seen"]) == (date(2025, 6, 1), 9, said)


def test_the_six_answers_with_their_reasons():
    one = the_child().visit("2025-06-01").explored("SGO", referred="2025-03-01", carer="Aunt")
    row = row_of(engine_of(one))
    assert {question.id: (row[question.id], row[f"{question.id}_reason"]) for question in QUESTIONS} == {
        "assessments_complete": (NO, "special guardianship (Aunt): referred 01/03/2025"),
        "with_long_term_carer": (NO, "the plan is long term fostering"),
        "secured_legally": (NOT_ASKED, "does not live with the long-term carer yet: see the next question"),
        "next_step_under_way": (YES, "first: a long-term match; under way: special guardianship being explored"),
        "visited_in_time_and_alone": (YES, "in time, next due by 13/07/2025; last visit 01/06/2025"),
        "entries_consistent": (YES, "plan, placement, legal status and options agree"),
    }
    assert row["next_visit_due"] == date(2025, 7, 13)


def test_a_question_without_its_extract_is_not_supplied_for_everybody():
    engine = engine_of(the_child(), the_child("B"), without=("local_permanence_options", "ssd_cla_visits", "local_case_notes"))
    row = row_of(engine)
    assert row["assessments_complete"] == row["secured_legally"] == row["visited_in_time_and_alone"] == NOT_SUPPLIED
    assert row["assessments_complete_reason"] == "needs the extract Permanence options being explored (local)"
    assert row["with_long_term_carer"] == NO
    assert row["summary"] == row["options"] == row["last_visit_seen"] == NOT_SUPPLIED
    actual = {
        row["question"]: (row["yes"], row["no"], row["not_supplied"], row["listed"])
        for row in plain_rows(counts(engine, "cheshire_east", EVERYBODY))
    }
    assert actual["assessments_complete"] == (0, 0, 2, None)
    assert actual["with_long_term_carer"] == (0, 2, 0, 2)


def test_a_restricted_record_is_counted_and_is_a_row_without_particulars():
    hidden = the_child("B").note("SUPERVISION", "2025-06-01", "Confidential")
    restriction = {"person_id": "B", "restriction_type": "ADOPTION", "start_date": "2025-01-01", "allowed_roles": "adoption"}
    engine = engine_of(the_child(), hidden, local_restrictions=[restriction])
    first, last = plain_rows(tracker(engine, "cheshire_east", NO_ROLES))
    assert (first["child_id"], last["child_id"], last["worker"]) == ("A", RESTRICTED_RECORD, RESTRICTED_RECORD)
    assert {name for name, value in last.items() if value is not None} == {"as_at", "child_id", "service", "team", "worker"}
    (question, *_) = plain_rows(counts(engine, "cheshire_east", NO_ROLES))
    assert question["yes"] + question["no"] == 2
    with pytest.raises(QuestionError, match="no child with the identifier B"):
        options(engine, "cheshire_east", "B", NO_ROLES)
    assert row_of(engine, "B", asking(roles=frozenset({"adoption"})))["supervision"] == "Confidential"


def test_the_scope_is_all_a_service_a_team_or_a_worker():
    other = cheshire_child(identifier="C").in_care("2024-11-01").worker("T9", "2024-11-01", name="W2")
    engine = engine_of(the_child(), other)
    asked = {
        "A": (
            asking(roles=None, services=("North",)),
            asking(roles=None, teams=("Alpha Team",)),
            asking(roles=None, workers=("W1",)),
        ),
        "C": (asking(roles=None, teams=("T9",)), asking(roles=None, workers=("W2",))),
    }
    for child, scopes in asked.items():
        for scope in scopes:
            assert list(tracker(engine, "cheshire_east", scope)["child_id"]) == [child]
            assert counts(engine, "cheshire_east", scope)[["yes", "no", "not_asked"]].sum(axis=1).tolist() == [1] * len(QUESTIONS)
    assert len(tracker(engine, "cheshire_east", EVERYBODY)) == 2
    assert tracker(engine, "cheshire_east", asking(roles=None, teams=())).empty


@pytest.fixture(scope="module")
def cheshire_engine(every_policy_store: Store) -> Engine:
    """The engine over the shared county's last night, with this policy in use beside the others."""
    return Engine(every_policy_store.current(), every_policy_store.settings)


def test_the_counts_are_those_of_the_rows_and_of_the_lists(cheshire_engine: Engine):
    for as_at in (cheshire_engine.as_at, date(2026, 9, 30), date(2026, 10, 15)):
        rows = tracker(cheshire_engine, "cheshire_east", EVERYBODY, as_at)
        for actual in plain_rows(counts(cheshire_engine, "cheshire_east", EVERYBODY, as_at)):
            answers = rows[actual["question"]].value_counts()
            assert (answers.get(YES, 0), answers.get(NO, 0)) == (actual["yes"], actual["no"])
            listed = cheshire_engine.children("cheshire_east", [actual["rule"]], EVERYBODY, as_at)
            assert actual["listed"] == len(listed)
            assert set(listed["child_id"]) <= set(rows.loc[rows[actual["question"]] == NO, "child_id"])


def test_every_answer_has_a_reason(cheshire_engine: Engine):
    rows = tracker(cheshire_engine, "cheshire_east", EVERYBODY)
    for question in QUESTIONS:
        assert rows[question.id].isin([YES, NO, *([NOT_ASKED] if question.of else [])]).all()
        assert (rows[f"{question.id}_reason"].str.len() > 0).all()
