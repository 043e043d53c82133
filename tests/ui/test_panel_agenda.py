"""The agenda on the page says of each child what the pack's agenda says."""

from __future__ import annotations

from datetime import date

import pytest

from access.person import on_this_machine
from casework.agenda.agenda import add_to_agenda, agenda
from casework.agenda.agenda_facts import last_decisions
from casework.agenda.discussions import save_discussion
from casework.panels import panel, plan_panel
from casework.records.records import BY_HAND, RESTRICTED_RECORD, Discussion, Panel
from packs.panel.answers import ask_panel
from tests.packs.panel_month import PAT, RESTRICTED, Month, make_month
from tests.support.scopes import asking
from ui.context.page_context import PageContext
from ui.panel.agenda import table_of
from ui.panel.meeting import PanelMeeting

pytestmark = pytest.mark.slow

POLICY = "hertfordshire"
THIRD = date(2026, 12, 2)


@pytest.fixture
def month(tmp_path, tmp_path_factory, monkeypatch) -> Month:
    made = make_month(tmp_path, tmp_path_factory)
    monkeypatch.setenv("TRACKER_STORE", str(made.store))
    yield made
    made.casework.close()


def _page(month: Month, of: Panel) -> dict[str, dict]:
    here = PageContext(
        (str(month.store), month.engine.night.name, 0, 0),
        month.engine,
        month.engine.as_at,
        POLICY,
        on_this_machine(),
        asking(),
        (),
    )
    meeting = PanelMeeting(here, of)
    return {row["child_id"]: row for row in table_of(meeting, meeting.items).to_dict("records")}


def _pack(month: Month, of: Panel) -> dict[str, dict]:
    return {row["child_id"]: row for row in ask_panel(month.casework, month.engine, POLICY, asking(), panel=of).agenda}


def _fresh(month: Month, of: Panel) -> Panel:
    return panel(month.casework, of.id)


@pytest.mark.parametrize("which", ["first", "second"])
def test_page_and_pack_give_the_same_lists_days_and_decisions_frozen_or_not(month: Month, which: str):
    of = _fresh(month, getattr(month, which))
    page, pack = _page(month, of), _pack(month, of)
    assert set(page) == set(pack) == {"001", "002", "004", RESTRICTED_RECORD}
    for child in ("001", "002", "004"):
        days = pack[child]["days_over"]
        assert page[child]["lists"] == f"{pack[child]['lists']} ({days:,} days)"
        assert page[child]["before"] == pack[child]["last_decision"]
    assert page[RESTRICTED_RECORD]["lists"] == pack[RESTRICTED_RECORD]["lists"] == ""
    assert bool(of.freeze) is (which == "first")


def test_a_frozen_panels_days_are_not_tonights(month: Month):
    frozen, tonight = _page(month, _fresh(month, month.first)), _page(month, _fresh(month, month.second))
    assert frozen["001"]["lists"] != tonight["001"]["lists"]


def test_a_decision_stays_known_when_a_later_panel_had_the_child_and_decided_nothing(month: Month):
    third = plan_panel(month.casework, POLICY, THIRD, PAT)
    save_discussion(month.casework, Discussion(month.second.id, "001", summary="Talked"), PAT)
    add_to_agenda(month.casework, third.id, "001", "The worker asks", PAT, frozenset())
    (item,) = agenda(month.casework, third.id, frozenset())
    assert item.source == BY_HAND
    for row, decision in ((_page(month, third)["001"], "before"), (_pack(month, third)["001"], "last_decision")):
        assert row[decision] == "30/09/2026: Wait for court"
        assert row["lists"].startswith("Residential plan")
        assert row["why"].casefold() == "added by hand: the worker asks"


def test_a_restricted_childs_decision_is_not_there_to_be_shown(month: Month):
    assert RESTRICTED in last_decisions(month.casework, month.second, frozenset())
    assert RESTRICTED not in last_decisions(month.casework, month.second, frozenset({RESTRICTED}))
