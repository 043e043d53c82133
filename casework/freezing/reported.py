"""A frozen panel's lists as the question of drift takes them: what was reported to that panel."""

from __future__ import annotations

from datetime import date

from casework.changes.restricted import NOBODY
from casework.freezing.frozen import frozen_children, frozen_rules
from casework.panels import panel, panels
from casework.records.records import Panel
from casework.storage.database import Casework
from metrics.answers.reported import PANEL, ROW_COLUMNS, Reported
from metrics.engine.absence import from_stored
from words.dates import british


def frozen_panels(casework: Casework, policy_id: str) -> dict[date, Panel]:
    """The frozen panels of a policy by the day of their lists, oldest first; of several of one day the first that was frozen."""
    frozen = [held for held in panels(casework, policy_id) if held.freeze is not None]
    by_day: dict[date, Panel] = {}
    for held in sorted(frozen, key=lambda held: (held.frozen.as_at, held.frozen.frozen_at, held.id)):
        by_day.setdefault(held.frozen.as_at, held)
    return by_day


def frozen_lists(casework: Casework, panel_id: int) -> Reported:
    """The lists that a panel froze, every child named: for ``metrics.answers.drift.drift``, which masks, and for no page.

    Raises CaseworkError."""
    held = panel(casework, panel_id)
    rows = frozen_children(casework, panel_id, NOBODY)
    rules = frozen_rules(casework, panel_id)
    missing = rules["missing"].ne("")
    said = rules.loc[missing, ["rule", "missing"]].itertuples(index=False)
    return Reported(
        as_at=held.frozen.as_at,
        policy_id=held.policy_id,
        night_name=held.frozen.night_name,
        source=PANEL,
        label=f"the panel of {held.when}, as it was frozen on {british(held.frozen.frozen_at)}",
        rows=rows[ROW_COLUMNS],
        counted=tuple(rules.loc[~missing, "rule"]),
        absences={rule: absence for rule, text in said if (absence := from_stored(text))},
    )
