"""The column of the area whose panel discusses a child."""

from __future__ import annotations

from data.settings import Settings
from metrics.answers.kinds.kinds import PANEL_AREA
from ui.components.tables import Column


def of_panel_area(settings: Settings) -> list[Column]:
    """The column, where the council's panels are of areas."""
    return [Column(PANEL_AREA, where_rows_differ=True)] if settings.panel_areas else []
