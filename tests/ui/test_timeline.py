"""The timeline's shape: spans that overlap stand under one another, and nothing goes past the day."""

from __future__ import annotations

from datetime import date

import pandas

from metrics.answers.child.child import ChildAnswer
from ui.child.timeline import figure

COLUMNS = ["lane", "label", "from_date", "to_date", "table_name", "source_row", "record_id"]
DAY = 86_400_000


def drawn(*rows: tuple[str, str, str, str | None]) -> dict:
    """The figure of a child who entered care on 1 January 2026, on 31 October 2026: (lane, label, from, to)."""
    timeline = pandas.DataFrame([(*row, "table", 2, "1") for row in rows], columns=COLUMNS)
    for name in ("from_date", "to_date"):
        timeline[name] = pandas.to_datetime(timeline[name])
    nothing = pandas.DataFrame()
    answer = ChildAnswer(
        as_at=date(2026, 10, 31),
        person={"child_id": "1"},
        terms={"entered_care": pandas.Timestamp("2026-01-01")},
        rules=nothing,
        options=nothing,
        visits=nothing,
        timeline=timeline,
    )
    return figure(answer)


def test_spans_that_overlap_stand_under_one_another():
    (bars,) = drawn(
        ("Legal status", "C1", "2026-01-01", "2026-06-01"),
        ("Legal status", "E1", "2026-05-01", None),
        ("Legal status", "C2", "2026-06-01", None),
    )["data"]
    assert [name.strip() for name in bars["y"]] == ["Legal status"] * 3
    assert bars["y"][0] == bars["y"][2] != bars["y"][1]


def test_a_span_that_runs_ends_on_the_day():
    (bars,) = drawn(("Plan", "adoption", "2026-10-01", None), ("Plan", "other", "2026-09-01", "2027-01-01"))["data"]
    assert list(bars["x"]) == [30 * DAY, 60 * DAY]
    assert bars["hovertext"][0].endswith("01/10/2026, still running")
    assert bars["hovertext"][1].endswith("01/09/2026 to 01/01/2027")


def test_what_began_before_the_first_day_in_sight_has_its_label_in_sight():
    figure = drawn(("Allocated team", "Family Safeguarding East 2", "2025-01-01", "2026-06-01"))
    (bars,), (first, _) = figure["data"], figure["layout"]["xaxis"]["range"]
    assert list(bars["base"]) == ["2025-01-01T00:00:00", first]
    assert list(bars["text"]) == ["Family Safeguarding East 2"] * 2
    assert sum(bars["x"]) == 516 * DAY
    assert set(bars["hovertext"]) == {"Family Safeguarding East 2<br>01/01/2025 to 01/06/2026"}


def test_a_label_is_shown_as_far_as_there_is_room():
    (bars,) = drawn(
        ("Placement", "U6 Foster other not LT/FFA", "2026-01-01", "2026-06-01"),
        ("Placement", "A6 Placed for adoption, placement order, not current carer", "2026-06-01", "2026-06-20"),
        ("Placement", "U1 Foster", "2026-06-20", "2026-06-21"),
    )["data"]
    # A code alone is no word: the bar is left without one, and its hover has the words.
    assert list(bars["text"]) == ["U6 Foster other not LT/FFA", "", ""]
    assert bars["hovertext"][1].startswith("A6 Placed for adoption, placement order")


def test_days_are_marks_and_a_cancelled_review_is_an_empty_one():
    (marks,) = drawn(("Review", "review held", "2026-05-01", None), ("Review", "review cancelled", "2026-06-01", None))["data"]
    assert marks["mode"] == "markers"
    assert marks["marker"]["symbol"] == ["circle", "circle-open"]
    assert not marks["hovertext"][0].endswith("still running")


def test_a_label_cannot_be_code():
    (bars,) = drawn(("Allocated team", '<a href="http://elsewhere.example">N</a>', "2026-01-01", None))["data"]
    assert "<a" not in bars["text"][0] + bars["hovertext"][0]


def test_the_chart_begins_at_entry_to_care():
    layout = drawn(("Plan", "adoption", "2020-10-01", None))["layout"]
    assert layout["xaxis"]["range"][0].startswith("2025-12")
