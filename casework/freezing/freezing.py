"""Freezing a panel: its lists, figures and pack as they were, kept permanently with the seal of their night.

The whole truth is frozen, restricted children with it; anyone who reads it (``casework.freezing.frozen``) is shown what they may
see. The database
itself refuses to change, remove or add to what is frozen (the triggers of casework/migrations).
"""

from __future__ import annotations

from datetime import date

import pandas
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from casework.changes.saving import allowed, save_in
from casework.freezing.frozen import AREA, COUNCIL_KINDS, FIGURE_COLUMNS, GROUP_KINDS, LIST_COLUMNS, Pack, content_hash
from casework.panels import panel
from casework.records.errors import CaseworkError
from casework.records.kept_models import FrozenFigureRow, FrozenListRow, FrozenPackRow, FrozenPanelRow, FrozenRuleRow
from casework.records.models import PanelRow
from casework.records.records import Panel
from casework.storage.database import Casework
from metrics.answers.kinds.kinds import area_named
from metrics.engine.engine import Engine
from metrics.engine.scope import PanelArea, Scope
from words.dates import british


def freeze(
    casework: Casework,
    engine: Engine,
    policy_id: str,
    panel_date: date,
    who: str,
    pack: Pack,
    as_at: date | None = None,
    area: str = "",
) -> Panel:
    """Freeze the panel of a policy on a date: the lists and figures as at ``as_at`` (the night's own date unless given), and its pack.

    ``area``: of an area's panel. The lists are the whole council's then too, since a child may move to another area's panel, and the area's
    own figures are kept beside them. The panel is made when it was not planned. Raises CaseworkError for a panel that is frozen already
    or that is held before the day of its lists, QuestionError for a policy, date or area that cannot be asked about.
    """
    name = allowed(casework, who, Panel)
    day = as_at or engine.as_at
    if day > panel_date:
        raise CaseworkError(
            f"The lists are as at {british(day)}, after the panel of {Panel(policy_id, panel_date, area).when}; give an earlier day with "
            "--as-at."
        )
    engine.rule(policy_id, engine.policies[policy_id].rules[0].id if policy_id in engine.policies else "")
    parts = {FrozenRuleRow: _rules(engine, policy_id, day), FrozenListRow: _lists(engine, policy_id, day)}
    parts[FrozenFigureRow] = _figures(engine, policy_id, day, area_named(engine.settings, area))
    with casework.writing() as session:
        panel_id = _panel_to_freeze(session, Panel(policy_id, panel_date, area), name)
        for table, rows in parts.items():
            if rows:
                session.execute(insert(table), [{"panel_id": panel_id, **row} for row in rows])
        session.add(FrozenPackRow(panel_id=panel_id, file_name=pack.file_name, content=pack.content, sha256=pack.sha256))
        session.flush()
        session.add(
            FrozenPanelRow(
                panel_id=panel_id,
                as_at=day,
                night_name=engine.night.name,
                night_hash=engine.night.manifest["seal"],
                frozen_at=session.info["clock"](),
                frozen_by=name,
                content_hash=content_hash(session, panel_id),
            )
        )
    return panel(casework, panel_id)


def _panel_to_freeze(session: Session, wanted: Panel, who: str) -> int:
    """The number of the panel, held so that two people cannot freeze it at once."""
    same = [getattr(PanelRow, name) == getattr(wanted, name) for name in ("policy_id", "panel_date", "area")]
    panel_id = session.scalar(select(PanelRow.id).where(*same).with_for_update())
    if panel_id is None:
        panel_id = save_in(session, wanted, who)[0].id
    frozen = session.get(FrozenPanelRow, panel_id)
    if frozen:
        raise CaseworkError(
            f"The panel of {wanted.when} was frozen by {frozen.frozen_by} on {british(frozen.frozen_at)} "
            f"with the lists of {british(frozen.as_at)}; a frozen panel cannot be changed."
        )
    return panel_id


def _rules(engine: Engine, policy_id: str, day: date) -> list[dict]:
    return [
        {
            "rule": rule.id,
            "place": place,
            "title": rule.title,
            "wording": rule.wording,
            "limit_words": limit.words if (limit := rule.limit_on(day)) else "",
            "missing": absence.stored if (absence := engine.absence(rule, day)) else "",
            "out_of": rule.population_words(day),
        }
        for place, rule in enumerate(engine.policies[policy_id].rules, start=1)
    ]


def _lists(engine: Engine, policy_id: str, day: date) -> list[dict]:
    frame = engine.children(
        policy_id, [rule.id for rule in engine.policies[policy_id].rules], Scope.whole_council_with_names(), day
    )
    frame["in_care"] = frame["placement"].ne("not in care")
    frame["place"] = range(1, len(frame) + 1)
    return [{name: _plain(row.get(name)) for name in LIST_COLUMNS} for row in frame.to_dict("records")]


def _figures(engine: Engine, policy_id: str, day: date, area: PanelArea | None) -> list[dict]:
    rows = []
    every = Scope.whole_council_with_names()
    for kind in GROUP_KINDS if area else COUNCIL_KINDS:
        # An area's figures are those of all its children together.
        asked, by = (every.of_area(area), "county") if area and kind == AREA else (every, kind)
        frame = engine.figures(policy_id, asked, by, (day,)).rename(columns={by: "group_name"})
        frame["group_kind"] = kind
        if area and kind == AREA:
            frame["group_name"] = area.name
        rows += [{name: _plain(row[name]) for name in FIGURE_COLUMNS} for row in frame.to_dict("records")]
    return rows


def _plain(value: object) -> object:
    """A value of a frame as a database takes it."""
    if value is None or value is pandas.NaT or value is pandas.NA or value != value:
        return None
    if isinstance(value, pandas.Timestamp):
        return value.date()
    return value.item() if hasattr(value, "item") else value
