"""The long-term fostering tracking list: who waits for a match, who for its ratification, and for how long."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas

from data.contract.contract import code_sets
from metrics.answers.service.lists import by_detail, children_with
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope

MEASURE = "long_term_fostering_awaiting_match"
MATCH, RATIFICATION = "match", "ratification"


def awaiting(engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None) -> pandas.DataFrame:
    """The children on the tracking list, the longest wait first: the columns of ``Engine.children``, and

    waits_for (match, or ratification from the age at which a review can ratify; missing for a restricted record),
    family_finding_date, match_date, placement_start, provider (the placement's, in words).
    """
    frame = children_with(engine, policy_id, "long_term_fostering", (MEASURE,), scope, as_at)
    providers = {code.code: code.label for code in code_sets()["placement_provider"].codes.values()}
    return frame.assign(
        provider=frame["provider"].map(lambda code: providers.get(code, code), na_action="ignore"),
        waits_for=frame["detail"].map(_waits_for, na_action="ignore"),
    )


def _waits_for(detail: str) -> str:
    return RATIFICATION if RATIFICATION in detail else MATCH


def waiting(engine: Engine, policy_id: str, scope: Scope, dates: Iterable[date]) -> pandas.DataFrame:
    """How many wait on each date, restricted records among them: as_at, match, ratification, children (both)."""
    days = list(dates)
    found = by_detail(engine, engine.rule_over(policy_id, MEASURE), scope, days)
    found = found.assign(waits_for=found["detail"].map(_waits_for))
    counts = found.pivot_table(index="as_at", columns="waits_for", values="children", aggfunc="sum")
    counts = counts.reindex(index=pandas.to_datetime(days), columns=[MATCH, RATIFICATION]).fillna(0).astype("int64")
    return counts.assign(children=counts.sum(axis=1)).rename_axis(index="as_at", columns=None).reset_index()
