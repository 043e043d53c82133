"""All that a panel's pack says, asked once: the figures and lists, what moved since the last panel, who comes next, and the records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.freezing.around import panels_around
from casework.records.records import Panel
from casework.storage.database import Casework
from metrics.answers.kinds.kinds import area_named
from metrics.answers.what_matters.what_matters import WhatMatters, what_matters
from metrics.answers.what_matters.words import LastPanel
from metrics.engine.engine import Engine
from metrics.engine.rows import ComingRow, typed_rows
from metrics.engine.scope import Scope
from packs.drift.answers import DriftAnswers, ask_drift
from packs.lists.answers import PanelAnswers, ask
from packs.panel.answers import PanelRecords, ask_panel, lists_before

DAYS_AHEAD = 28  # where no next panel is planned


@dataclass(frozen=True)
class PanelPack:
    """``matters``: the written summary. ``coming``: rows of ``Engine.coming_next`` within ``coming_days``."""

    answers: PanelAnswers
    drift: DriftAnswers
    records: PanelRecords
    matters: WhatMatters
    coming: tuple[ComingRow, ...]
    coming_days: int


def ask_pack(
    engine: Engine,
    policy_id: str,
    as_at: date | None,
    scope: Scope,
    casework: Casework | None = None,
    panel: Panel | None = None,
    last: LastPanel | None = None,
    full: bool = True,
) -> PanelPack:
    """Put the pack's questions, those of the annex where it is ``full``. ``panel`` is the one whose records are told; what moved is told
    since the panel before it, as its lists were frozen, unless ``last`` gives another. Of an area's panel the lists and figures are those
    of the area's children, and the records all of the panel's own. Raises QuestionError.
    """
    whose, scope = scope, scope.of_area(area_named(engine.settings, panel.area)) if panel else scope
    answers = ask(engine, policy_id, as_at, scope, full)
    records = ask_panel(casework, engine, policy_id, whose, answers.as_at, panel)
    before, next_panel = panels_around(casework, policy_id, answers.as_at, panel)
    last = last or before
    earlier = lists_before(casework, policy_id, last) if casework and last and last.reported else ()
    since = last.as_at if last else None
    drift = ask_drift(engine, policy_id, answers.as_at, scope, since, last.reported if last else None, earlier, full)
    matters = what_matters(engine, policy_id, scope, answers.as_at, last, next_panel)
    days = (next_panel - answers.as_at).days if next_panel else DAYS_AHEAD
    coming = tuple(typed_rows(engine.coming_next(policy_id, scope, answers.as_at, days), ComingRow))
    return PanelPack(answers, drift, records, matters, coming, days)
