"""What a pack says about drift: the movements since a date, and the flows of thirteen months, asked of the engine once each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from metrics.answers.drift.drift import Movements, flow_rows, movements
from metrics.answers.drift.question import JOINED, LEFT
from metrics.answers.drift.rows import FlowRow, LateRow, MovedRow
from metrics.answers.reported import Reported
from metrics.engine.engine import Engine
from metrics.engine.rows import typed_rows
from metrics.engine.scope import Scope

FLOW_DATES = 14  # thirteen flows


@dataclass(frozen=True)
class DriftAnswers:
    """``changed`` are the children who joined or left a list, ``late`` those recorded late (None unless the first list is as
    reported), ``flows`` the rows of ``metrics.answers.drift.drift.flow_rows``; each row {column: value}, None where a value is missing.
    """

    movements: Movements
    changed: tuple[MovedRow, ...]
    late: tuple[LateRow, ...] | None
    flows: tuple[FlowRow, ...]

    @property
    def of_a_part(self) -> bool:
        """Whether a service, team or worker is asked about, so that children can move in and out."""
        return not self.movements.scope.is_whole


def ask_drift(
    engine: Engine,
    policy_id: str,
    as_at: date | None,
    scope: Scope,
    first: date | None = None,
    reported: Reported | None = None,
    earlier: Iterable[Reported] = (),
    annex: bool = True,
) -> DriftAnswers:
    """Put the questions about drift to the engine: from ``first`` (the month end before unless given) to ``as_at``.

    ``reported`` is the list that the last panel was given, ``earlier`` those of panels before it. Without ``annex`` the flows, which
    stand in it alone, are not asked for. Raises QuestionError as ``metrics.answers.drift.drift.movements`` does.
    """
    day = as_at or engine.as_at
    since = first or (reported.as_at if reported else engine.trend_dates(day, 2)[0])
    answer = movements(engine, policy_id, scope, since, day, reported=reported, earlier=earlier)
    changed = answer.children[answer.children["movement"].isin((*JOINED, *LEFT))]
    return DriftAnswers(
        movements=answer.without_reported_rows(),
        changed=tuple(typed_rows(changed, MovedRow)),
        late=None if answer.late is None else tuple(typed_rows(answer.late, LateRow)),
        flows=ask_flows(engine, policy_id, day, scope) if annex else (),
    )


def ask_flows(engine: Engine, policy_id: str, as_at: date, scope: Scope) -> tuple[FlowRow, ...]:
    """Ask for the flows of ``DriftAnswers`` alone."""
    dates = engine.trend_dates(as_at, FLOW_DATES)
    # A load that shows one day has no flow.
    return tuple(flow_rows(engine, policy_id, scope, dates)) if len(dates) > 1 else ()
