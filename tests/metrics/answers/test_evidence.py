"""The rows of the extract behind a child's place on a list: those that the rule itself looked at."""

from __future__ import annotations

from datetime import date

from metrics.answers.child.child import evidence
from tests.metrics.answers.test_siblings import EVERYBODY, engine_of
from tests.metrics.cases.recorded_child import RecordedChild


def test_a_child_who_left_care_is_shown_the_review_that_was_held_or_came_too_late():
    one = (
        RecordedChild("A", "2012-05-10", None)
        .in_care("2024-03-01", "2025-05-30", ceased="E4A")
        .legal("V2", "2024-03-01", "2025-05-30")
    )
    engine = engine_of(one.review("2024-06-01", period="A-CARE").worker("T1", "2024-03-01"), policy="salford")
    (row,) = engine.children("salford", ["review_before_ceasing"], EVERYBODY).to_dict("records")
    says = evidence(engine, row["child_id"], "salford", "review_before_ceasing", EVERYBODY)
    assert says.loc[says["table_name"] == "ssd_cla_reviews", "from_date"].dt.date.tolist() == [date(2024, 6, 1)]


def test_a_form_that_was_not_started_is_shown_with_the_meeting_that_asks_for_it():
    one = (
        RecordedChild("A", "2012-05-10", None)
        .in_care("2025-03-01")
        .meeting("LEGAL_GATEWAY", "2025-04-01")
        .worker("T1", "2025-03-01")
    )
    started = {"option_id": "1", "person_id": "B", "option_type": "LTF", "referral_date": "2025-04-01"}
    other = RecordedChild("B", "2012-05-10", None).in_care("2025-03-01")
    engine = engine_of(one, other, policy="cheshire_east", local_permanence_options=[started])
    (row,) = engine.children("cheshire_east", ["ppp_not_started"], EVERYBODY).to_dict("records")
    says = evidence(engine, row["child_id"], "cheshire_east", "ppp_not_started", EVERYBODY)
    assert any("Legal gateway meeting" in text for text in says["says"])


def test_an_urgent_legal_meeting_is_shown_as_the_reason_although_nothing_is_due_by_it():
    one = (
        RecordedChild("A", "2012-05-10", None)
        .in_care("2025-03-01")
        .meeting("URGENT_LEGAL", "2025-04-01")
        .worker("T1", "2025-03-01")
    )
    engine = engine_of(one, policy="slough")
    says = evidence(engine, "A", "slough", "urgent_meeting_referred", EVERYBODY)
    assert any("Urgent legal" in text for text in says["says"]) and (says["source_row"] >= 2).all()


def test_a_letter_that_was_not_sent_is_shown_with_the_decision_that_asks_for_it():
    one = RecordedChild("A", "2012-05-10", None).before_court("2025-02-03").worker("T1", "2025-02-03")
    engine = engine_of(one, policy="slough")
    assert list(engine.children("slough", ["pre_proceedings_letter"], EVERYBODY)["child_id"]) == ["A"]
    says = evidence(engine, "A", "slough", "pre_proceedings_letter", EVERYBODY)
    assert date(2025, 2, 3) in says.loc[says["table_name"] == "ssd_pre_proceedings", "from_date"].dt.date.tolist()
    assert says["says"].notna().all() and (says["source_row"] >= 2).all()
