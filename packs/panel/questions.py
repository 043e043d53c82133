"""All that a panel's pack says, asked once: the figures and lists, what moved since the last panel, who comes next, and the records."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date

from casework.freezing.around import panels_around
from casework.records.records import Panel
from casework.storage.database import Casework
from metrics.answers.kinds.kinds import area_named
from metrics.answers.what_matters.what_matters import WhatMatters, what_matters
from metrics.answers.what_matters.words import LastPanel
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope
from packs.drift.answers import DriftAnswers, ask_drift, ask_flows
from packs.lists.answers import COMING_DAYS, PanelAnswers, ask
from packs.panel.answers import PanelRecords, ask_panel, lists_before

QUESTIONS_AT_A_TIME = 2


@dataclass(frozen=True)
class PanelPack:
    """``matters``: the written summary."""

    answers: PanelAnswers
    drift: DriftAnswers
    records: PanelRecords
    matters: WhatMatters


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
    day = as_at or engine.as_at
    engine.policy(policy_id)
    before, next_panel = panels_around(casework, policy_id, day, panel)
    last = last or before
    earlier = lists_before(casework, policy_id, last) if casework and last and last.reported else ()
    since, reported = (last.as_at, last.reported) if last else (None, None)
    days = (next_panel - day).days if next_panel else COMING_DAYS
    # The database lets other threads run, so two questions at a time use both cores; those that take longest come first.
    with ThreadPoolExecutor(QUESTIONS_AT_A_TIME) as threads:
        drift = threads.submit(ask_drift, engine, policy_id, day, scope, since, reported, earlier, annex=False)
        flows = threads.submit(ask_flows, engine, policy_id, day, scope) if full else None
        answers = threads.submit(ask, engine, policy_id, day, scope, full, days)
        matters = threads.submit(what_matters, engine, policy_id, scope, day, last, next_panel)
        records = ask_panel(casework, engine, policy_id, whose, day, panel)
        drifted = replace(drift.result(), flows=flows.result() if flows else ())
        return PanelPack(answers.result(), drifted, records, matters.result())
