"""A panel is frozen once, whole, with the seal of its night, and nothing can change it afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pandas
import pytest
from sqlalchemy import text

from casework.changes.restricted import NOBODY
from casework.freezing.around import panels_around
from casework.freezing.freezing import freeze
from casework.freezing.frozen import Pack, check_frozen, frozen_children, frozen_figures, frozen_pack, frozen_rules
from casework.freezing.reported import frozen_lists, frozen_panels
from casework.panels import panel as read_panel
from casework.panels import plan_panel
from casework.records.errors import CaseworkError
from casework.records.records import RESTRICTED_RECORD
from metrics.answers.drift.drift import movements
from metrics.engine.engine import QuestionError
from tests.support.scopes import asking

PACK = Pack("pack.xlsx", b"the panel's workbook")
PANEL_DATE = date(2026, 11, 2)
EVERYONE = asking(roles=None)
TABLES = ("frozen_panel", "frozen_rule", "frozen_list", "frozen_figure", "frozen_pack", "revision")


@pytest.fixture
def frozen(casework, engine):
    return freeze(casework, engine, "hertfordshire", PANEL_DATE, "Pat Clerk", PACK)


def _ids(engine):
    return [rule.id for rule in engine.policies["hertfordshire"].rules]


def test_the_lists_are_frozen_as_the_engine_gives_them(casework, engine, frozen):
    now = engine.children("hertfordshire", _ids(engine), EVERYONE)
    kept = frozen_children(casework, frozen.id, NOBODY)
    columns = [name for name in kept.columns if name != "in_care"]
    assert len(kept) > 50
    pandas.testing.assert_frame_equal(kept[columns], now[columns], check_dtype=False)
    assert (kept["in_care"] == now["placement"].ne("not in care")).all()


def test_the_panel_before_brings_its_lists_and_their_day(casework, engine, frozen):
    assert panels_around(casework, "hertfordshire", engine.as_at) == (None, PANEL_DATE)
    # Its lists are frozen, but it is still to come.
    assert panels_around(casework, "hertfordshire", PANEL_DATE - timedelta(days=1)) == (None, PANEL_DATE)
    last, _ = panels_around(casework, "hertfordshire", PANEL_DATE)
    assert last is not None and (last.panel_date, last.as_at) == (PANEL_DATE, engine.as_at)
    assert last.reported is not None and len(last.reported.rows) == len(frozen_children(casework, frozen.id, NOBODY))


def test_the_figures_are_frozen_as_the_engine_gives_them(casework, engine, frozen):
    for by in ("county", "service", "team"):
        now = engine.figures("hertfordshire", EVERYONE, by).sort_values(by, kind="stable", ignore_index=True)
        kept = frozen_figures(casework, frozen.id, by)
        pandas.testing.assert_frame_equal(kept, now[list(kept)], check_dtype=False)


def test_the_rules_are_frozen_as_they_were_worded(casework, engine, frozen):
    kept = frozen_rules(casework, frozen.id)
    assert list(kept["rule"]) == _ids(engine)
    assert list(kept["title"]) == [rule.title for rule in engine.policies["hertfordshire"].rules]
    assert kept.set_index("rule").loc["return_home_6m", "limit_words"] == "6 months"
    assert kept.set_index("rule").loc["placement_order_12m", "out_of"] == "children subject to a placement order"


def test_a_figure_keeps_whom_it_is_a_share_of(casework, frozen):
    kept = frozen_figures(casework, frozen.id).set_index("rule")
    of_order, of_all = kept.loc["placement_order_12m"], kept.loc["no_current_plan"]
    assert 0 < of_order["children"] <= of_order["population"] < of_order["in_care"]
    assert of_all["population"] == of_all["in_care"]


def test_the_panel_says_which_night_who_and_when(casework, engine, frozen):
    assert read_panel(casework, frozen.id) == frozen
    assert (frozen.freeze.night_name, frozen.freeze.night_hash) == (engine.night.name, engine.night.manifest["seal"])
    assert (frozen.freeze.as_at, frozen.freeze.frozen_by) == (engine.as_at, "Pat Clerk")


def test_the_pack_comes_back_byte_for_byte(casework, frozen):
    assert frozen_pack(casework, frozen.id) == PACK


def test_a_planned_panel_is_frozen_under_its_own_number(casework, engine):
    planned = plan_panel(casework, "hertfordshire", PANEL_DATE, "Pat Clerk")
    assert planned.freeze is None
    assert freeze(casework, engine, "hertfordshire", PANEL_DATE, "Pat Clerk", PACK).id == planned.id


def test_freezing_twice_is_refused_and_changes_nothing(casework, engine, frozen):
    with pytest.raises(CaseworkError, match="02/11/2026 was frozen by Pat Clerk"):
        freeze(casework, engine, "hertfordshire", PANEL_DATE, "Sam", Pack("other.xlsx", b"other"))
    assert read_panel(casework, frozen.id) == frozen
    assert frozen_pack(casework, frozen.id) == PACK


def test_the_database_itself_refuses_to_change_or_remove_what_is_kept(casework, frozen):
    for table, change in product(TABLES, ("update {} set {} = {}", "delete from {}")):
        column = {"revision": "id"}.get(table, "panel_id")
        with pytest.raises(CaseworkError, match="kept for good"):
            with casework.writing() as session:
                session.execute(text(change.format(table, column, column)))
        assert check_frozen(casework, frozen.id) is None, (table, change)


def test_nothing_joins_a_frozen_panel(casework, frozen):
    with pytest.raises(CaseworkError, match="kept for good"):
        with casework.writing() as session:
            session.execute(
                text(
                    "insert into frozen_rule (panel_id, rule, place, title, wording, limit_words, missing) "
                    "values (:panel_id, 'new', 99, '', '', '', '')"
                ),
                {"panel_id": frozen.id},
            )


def test_a_change_past_the_triggers_is_noticed(casework, frozen):
    with casework.writing() as session:
        names = session.execute(text(
            "select name from sqlite_master where type = 'trigger'" if casework.path
            else "select tgname from pg_trigger where tgrelid = 'frozen_list'::regclass and not tgisinternal"
        )).scalars()  # fmt: skip
        for name in [name for name in names if name.startswith("frozen_list")]:
            session.execute(text(f"drop trigger {name}" + ("" if casework.path else " on frozen_list")))
        session.execute(text("update frozen_list set days_over = days_over + 1 where place = 1"))
    assert "have been changed" in check_frozen(casework, frozen.id)
    with pytest.raises(CaseworkError, match="have been changed"):
        frozen_pack(casework, frozen.id)


def test_restricted_children_are_frozen_and_counted_and_never_named_to_those_without_the_role(casework, frozen):
    whole = frozen_children(casework, frozen.id, NOBODY)
    hidden = frozenset(whole["child_id"].iloc[:2])
    seen = frozen_children(casework, frozen.id, hidden)
    masked = whole["child_id"].isin(hidden)
    assert masked.sum() > 0
    assert len(seen) == len(whole)
    assert (seen.loc[masked, ["child_id", "worker"]] == RESTRICTED_RECORD).all(axis=None)
    assert seen.loc[masked, ["age", "detail"]].isna().all(axis=None)
    assert not set(seen["child_id"]) & hidden
    pandas.testing.assert_frame_equal(seen[~masked], whole[~masked])


def test_lists_after_the_day_of_the_panel_are_refused(casework, engine):
    with pytest.raises(CaseworkError, match="after the panel of 30/10/2026"):
        freeze(casework, engine, "hertfordshire", date(2026, 10, 30), "Pat", PACK)
    assert freeze(casework, engine, "hertfordshire", engine.as_at, "Pat", PACK).panel_date == engine.as_at


def test_a_policy_that_is_not_in_use_is_refused(casework, engine):
    with pytest.raises(QuestionError, match="not in use"):
        freeze(casework, engine, "atlantis", PANEL_DATE, "Pat", PACK)


def test_a_panel_that_is_not_frozen_has_no_lists_to_show(casework, panel):
    with pytest.raises(CaseworkError, match="has not been frozen yet"):
        frozen_children(casework, panel.id, NOBODY)


def test_of_several_panels_with_the_lists_of_one_day_the_first_frozen_is_what_was_reported(casework, engine, frozen):
    freeze(casework, engine, "hertfordshire", date(2026, 11, 9), "Pat Clerk", PACK)
    earlier = freeze(casework, engine, "hertfordshire", date(2026, 10, 5), "Pat Clerk", PACK, as_at=date(2026, 9, 30))
    plan_panel(casework, "hertfordshire", date(2026, 12, 7), "Pat Clerk")
    assert frozen_panels(casework, "hertfordshire") == {date(2026, 9, 30): earlier, engine.as_at: frozen}
    assert list(frozen_panels(casework, "hertfordshire")) == [date(2026, 9, 30), engine.as_at]
    assert frozen_panels(casework, "salford") == {}


def test_the_lists_of_a_panel_are_what_drift_asks_for(casework, engine, frozen):
    reported = frozen_lists(casework, frozen.id)
    answer = movements(engine, "hertfordshire", EVERYONE, engine.as_at, engine.as_at, reported=reported)
    assert answer.late.empty and set(answer.children["movement"]) == {"still"}
    assert [one.opening for one in answer.rules] == [reported.figures(EVERYONE)[rule] for rule in _ids(engine)]
