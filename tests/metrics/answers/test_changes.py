"""What changed for some children since a day: the day before, the day, the day after; what is no change; whom it is not told."""

from __future__ import annotations

from datetime import date

import pandas
import pytest

from metrics.answers.changes.changes import changes
from tests.metrics.answers.test_siblings import AS_AT, EVERYBODY, engine_of, restricted
from tests.metrics.cases.recorded_child import RecordedChild
from tests.support.scopes import asking

SINCE = date(2025, 5, 10)


def child(name: str = "A", team: str = "T1") -> RecordedChild:
    return RecordedChild(name, "2015-05-10", None).in_care("2025-03-01").worker(team, "2025-03-01")


def said(frame: pandas.DataFrame) -> list[tuple]:
    return [(row["child_id"], row["what"], row["says"]) for row in frame.to_dict("records")]


@pytest.mark.parametrize(
    ("day", "is_told"), [("2025-05-10", False), ("2025-05-11", True), ("2025-06-10", True), ("2025-06-11", False)]
)
def test_a_change_is_of_the_days_after_the_first_up_to_the_last(day: str, is_told: bool):
    one = child().placement("U6", day).plan("ADOPTION", day).review(day)
    every = changes(engine_of(one), EVERYBODY, SINCE)
    expected = {("A", "New placement"), ("A", "New plan"), ("A", "Review held")} if is_told else set()
    assert {(who, what) for who, what, _ in said(every)} == expected


def test_the_placement_and_the_plan_are_said_in_words_newest_first():
    one = child().placement("U6", "2025-05-20").plan("ADOPTION", "2025-05-30")
    assert said(changes(engine_of(one), EVERYBODY, SINCE)) == [
        ("A", "New plan", "adoption"),
        ("A", "New placement", "U6 Foster placement, not long-term"),
    ]


def test_a_plan_entered_again_is_no_new_plan_and_another_is():
    again = child().plan("ADOPTION", "2025-04-01", "2025-05-20").plan("ADOPTION", "2025-05-20")
    other = child("B").plan("ADOPTION", "2025-04-01", "2025-05-20").plan("RETURN6M", "2025-05-20")
    assert [row[:2] for row in said(changes(engine_of(again, other), EVERYBODY, SINCE))] == [("B", "New plan")]


def test_only_the_children_of_the_scope_who_may_be_seen_are_told_of():
    some = (child(name, team).placement("U6", "2025-05-20") for name, team in (("A", "T1"), ("B", "T2"), ("C", "T1")))
    engine = engine_of(*some, local_restrictions=[restricted("C")])
    assert {who for who, _, _ in said(changes(engine, asking(), SINCE))} == {"A", "B"}
    assert {who for who, _, _ in said(changes(engine, asking(teams=("Alpha Team",)), SINCE))} == {"A"}
    assert {who for who, _, _ in said(changes(engine, EVERYBODY, SINCE))} == {"A", "B", "C"}


def test_a_child_who_is_not_in_care_on_the_day_is_nobodys_change():
    gone = RecordedChild("A", "2015-05-10", None).in_care("2025-03-01", "2025-06-01").placement("U6", "2025-05-20")
    assert changes(engine_of(gone, child("B")), EVERYBODY, SINCE, AS_AT).empty
