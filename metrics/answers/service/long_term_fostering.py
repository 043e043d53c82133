"""The long-term fostering tracking list: who waits for a match, who for its ratification, and for how long."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas

from data.contract.contract import code_sets
from metrics.answers.service.lists import by_detail, children_with
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope

MATCH, RATIFICATION = "match", "ratification"
# What a child waits for, by the measure whose list the child is on.
MEASURES = {
    "long_term_fostering_awaiting_match": MATCH,
    "long_term_fostering_awaiting_ratification": RATIFICATION,
}
# What the search for carers begins with, and goes on with.
PAPERS = ("family_finding_paper_missing", "profile_not_sent")


def awaiting(engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None) -> pandas.DataFrame:
    """The children on the tracking list, the longest wait first: the columns of ``Engine.children``, and

    waits_for (match, or ratification from the age at which a review can ratify),
    family_finding_date, match_date, placement_start, provider (the placement's, in words).
    """
    frame = children_with(engine, policy_id, "long_term_fostering", tuple(MEASURES), scope, as_at)
    waits_for = {engine.rule_over(policy_id, measure).id: what for measure, what in MEASURES.items()}
    providers = {code.code: code.label for code in code_sets()["placement_provider"].codes.values()}
    return frame.assign(
        provider=frame["provider"].map(lambda code: providers.get(code, code), na_action="ignore"),
        waits_for=frame["rule"].map(waits_for),
    )


def waiting(engine: Engine, policy_id: str, scope: Scope, dates: Iterable[date]) -> pandas.DataFrame:
    """How many wait on each date, restricted records among them: as_at, match, ratification, children (both)."""
    days = list(dates)
    lists = [
        by_detail(engine, engine.rule_over(policy_id, measure), scope, days).assign(waits_for=what)
        for measure, what in MEASURES.items()
    ]
    found = pandas.concat(lists, ignore_index=True)
    counts = found.pivot_table(index="as_at", columns="waits_for", values="children", aggfunc="sum")
    counts = counts.reindex(index=pandas.to_datetime(days), columns=[MATCH, RATIFICATION]).fillna(0).astype("int64")
    return counts.assign(children=counts.sum(axis=1)).rename_axis(index="as_at", columns=None).reset_index()
