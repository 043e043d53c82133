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
from casework.freezing.frozen import FIGURE_COLUMNS, GROUP_KINDS, LIST_COLUMNS, Pack, content_hash
from casework.panels import panel
from casework.records.errors import CaseworkError
from casework.records.kept_models import FrozenFigureRow, FrozenListRow, FrozenPackRow, FrozenPanelRow, FrozenRuleRow
from casework.records.models import PanelRow
from casework.records.records import Panel
from casework.storage.database import Casework
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope
from words.dates import british


def freeze(
    casework: Casework, engine: Engine, policy_id: str, panel_date: date, who: str, pack: Pack, as_at: date | None = None
) -> Panel:
    """Freeze the panel of a policy on a date: the lists and figures as at ``as_at`` (the night's own date unless given), and its pack.

    The panel is made when it was not planned. Raises CaseworkError for a panel that is frozen already or that is held before the
    day of its lists, QuestionError for a policy or date that cannot be asked about.
    """
    name = allowed(casework, who, Panel)
    day = as_at or engine.as_at
    if day > panel_date:
        raise CaseworkError(
            f"The lists are as at {british(day)}, after the panel of {british(panel_date)}; give an earlier day with --as-at."
        )
    engine.rule(policy_id, engine.policies[policy_id].rules[0].id if policy_id in engine.policies else "")
    parts = {FrozenRuleRow: _rules(engine, policy_id, day), FrozenListRow: _lists(engine, policy_id, day)}
    parts[FrozenFigureRow] = _figures(engine, policy_id, day)
    with casework.writing() as session:
        panel_id = _panel_to_freeze(session, policy_id, panel_date, name)
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


def _panel_to_freeze(session: Session, policy_id: str, panel_date: date, who: str) -> int:
    """The number of the panel, held so that two people cannot freeze it at once."""
    found = select(PanelRow.id).where(PanelRow.policy_id == policy_id, PanelRow.panel_date == panel_date).with_for_update()
    panel_id = session.scalar(found)
    if panel_id is None:
        panel_id = save_in(session, Panel(policy_id, panel_date), who)[0].id
    frozen = session.get(FrozenPanelRow, panel_id)
    if frozen:
        raise CaseworkError(
            f"The panel of {british(panel_date)} was frozen by {frozen.frozen_by} on {british(frozen.frozen_at)} "
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


def _figures(engine: Engine, policy_id: str, day: date) -> list[dict]:
    rows = []
    for kind in GROUP_KINDS:
        frame = engine.figures(policy_id, Scope.whole_council_with_names(), kind, (day,)).rename(columns={kind: "group_name"})
        # What is kept beside a figure is how many children in care the group had.
        frame["population"] = frame["in_care"]
        frame["group_kind"] = kind
        rows += [{name: _plain(row[name]) for name in FIGURE_COLUMNS} for row in frame.to_dict("records")]
    return rows


def _plain(value: object) -> object:
    """A value of a frame as a database takes it."""
    if value is None or value is pandas.NaT or value is pandas.NA or value != value:
        return None
    if isinstance(value, pandas.Timestamp):
        return value.date()
    return value.item() if hasattr(value, "item") else value
