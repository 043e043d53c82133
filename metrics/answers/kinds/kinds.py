"""Of which kind each child in care is, by the groups by which every list can be filtered; and to which area's panel a child goes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas

from data.settings import Settings
from metrics.engine.engine import Engine, QuestionError
from metrics.engine.scope import PanelArea, Scope
from metrics.spine import definition
from metrics.strategic.dimensions import dimensions

SQL = Path(__file__).with_suffix(".sql")
YES, NO = "Yes", "No"
PANEL_AREA = "panel_area"


def categories() -> dict[str, tuple[str, ...]]:
    """Each kind -> its categories, in the order in which they are read."""
    every = dimensions()
    same = {name: every[name][1] for name in ("legal_status", "placement", "plan")}
    return {"age_group": every["age"][1], "sex": every["sex"][1], "unaccompanied": (YES, NO), **same}


def kinds(engine: Engine, scope: Scope, as_at: date) -> pandas.DataFrame:
    """The children in care of the scope whose records may be seen: child_id, the kinds of ``categories``, worker, service, team, and the
    panel's area where the council has areas."""
    unaccompanied = definition("26_guidance.sql", "unaccompanied_on_day")
    sql = SQL.read_text(encoding="utf-8").replace("{unaccompanied_on_day}", unaccompanied)
    with engine.view(scope, (as_at,), ()) as view:
        return with_panel_area(view.execute(sql, {"as_at": as_at}).df(), engine.settings)


def areas(settings: Settings) -> tuple[str, ...]:
    """The areas that have a panel of their own; none where panels are the whole council's."""
    return tuple(area for area, _ in settings.panel_areas)


def area_named(settings: Settings, name: str) -> PanelArea | None:
    """The area of a name, whose children an answer is to be about; None for "", the whole council. Raises QuestionError for a name that is
    no area (any more)."""
    if name and name not in areas(settings):
        known = ", ".join(areas(settings)) or "no area"
        raise QuestionError(
            f"'{name}' is not an area of panel_areas in settings.toml, so it is not known whose children go to its panel; there: {known}."
        )
    return PanelArea(name, settings.panel_areas) if name else None


def with_panel_area(frame: pandas.DataFrame, settings: Settings) -> pandas.DataFrame:
    """The frame (with service and team) with the area whose panel each child goes to, where the council has areas."""
    if not settings.panel_areas:
        return frame
    known = {pair: settings.panel_area(*pair) for pair in {*zip(frame["service"], frame["team"], strict=True)}}
    return frame.assign(**{PANEL_AREA: [known[pair] for pair in zip(frame["service"], frame["team"], strict=True)]})
