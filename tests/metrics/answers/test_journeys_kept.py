"""The steps that a night keeps: the same as those made on demand, used only under the definitions that made them."""

from __future__ import annotations

from datetime import date

import pytest
from pandas.testing import assert_frame_equal

from data.settings import Settings
from metrics.answers.journeys import ROUTES, children, journeys, kept
from metrics.engine.engine import Engine, QuestionError
from tests.metrics.cases.national_child import national
from tests.support.builder import records
from tests.support.reference_engine import RecordsEngine
from tests.support.scopes import asking

EVERYBODY = asking(roles=None)


def count_makings(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The days of which steps are made on demand from now on."""
    made: list[date] = []
    make = kept.make_steps

    def counted(connection, day: date, settings: Settings, keep: bool = False) -> None:
        made.append(day)
        make(connection, day, settings, keep)

    monkeypatch.setattr(kept, "make_steps", counted)
    return made


def test_the_night_s_own_day_is_read_and_not_made(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    made = count_makings(monkeypatch)
    assert len(children(engine, "all", EVERYBODY)) > 100
    assert made == []


def test_steps_by_other_definitions_are_not_used_and_those_made_on_demand_are_the_same(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    stored = {route.id: children(engine, route.id, EVERYBODY) for route in ROUTES}
    made = count_makings(monkeypatch)
    monkeypatch.setattr(kept, "fingerprint", lambda settings: "older")
    for route in ROUTES:
        assert_frame_equal(children(engine, route.id, EVERYBODY), stored[route.id])
    assert made == [engine.as_at]


def test_another_day_is_made_once_whether_the_night_keeps_its_lists_or_not(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    made = count_makings(monkeypatch)
    for day in (engine.reporting_dates[-2], date(2026, 9, 13)):
        for route in ROUTES:
            journeys(engine, route.id, EVERYBODY, day)
        assert made.pop() == day and made == []


def test_a_day_made_on_demand_says_how_things_stood_then():
    night = records(national("A").in_care("2026-01-31").plan("RETURN6M", "2026-03-01"))
    generated = RecordsEngine(night, [date(2026, 6, 30)], Settings())
    found = {
        day: children(generated, "all", EVERYBODY, day).set_index("step").loc["entry_to_plan", ["state", "days"]].tolist()
        for day in (date(2026, 2, 28), date(2026, 3, 1))
    }
    assert found == {date(2026, 2, 28): ["waiting", 28], date(2026, 3, 1): ["reached", 29]}


def test_a_day_after_the_night_is_refused(engine: Engine):
    with pytest.raises(QuestionError, match="later than the load"):
        journeys(engine, "all", EVERYBODY, date(2027, 1, 1))
