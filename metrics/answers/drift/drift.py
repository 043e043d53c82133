"""Drift between two dates: who came onto each rule's list, who stayed, who left it, and why; and the flows over many months.

Opening, and those who joined, less those who left, is closing: for every rule, pair of dates and scope, always. The same SQL
gives the children and the counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any, cast

import pandas

from metrics.answers.drift.question import (
    JOINED,
    LEFT,
    LEFT_CARE,
    MOVED_IN,
    MOVED_OUT,
    MOVEMENTS,
    RE_ENTERED,
    STILL,
    Question,
    with_whole_numbers,
)
from metrics.answers.drift.rows import FlowRow, LateRow, MovedRow
from metrics.answers.reported import Reported
from metrics.engine.absence import NOT_COUNTED, NOT_SUPPLIED, Absence
from metrics.engine.engine import Engine, QuestionError
from metrics.engine.policy import Rule
from metrics.engine.scope import Scope
from words.labels import RESTRICTED_RECORD, Area

# Whose team a child was of on a date on which the reader may not see the child.
NOT_YOURS_THEN, NOT_YOURS_NOW = "not one of yours on the first date", "not one of yours on the second date"
COUNTS = ("opening", "new", "re_entered", "moved_in", "joined", "still", "resolved", "left_care", "moved_out", "left", "closing")


@dataclass(frozen=True)
class RuleMovements:
    """One rule's movements between two dates: counts of children, None where there is no figure.

    ``absence`` says why there are no figures, or None. ``moved_in`` and ``moved_out``: children who stayed on the list and came into, or
    left, the service, team or worker that is asked about; and, whatever became of them on the other date, those whom the reader may not
    see on it.
    """

    rule: Rule
    absence: Absence | None
    opening: int | None
    new: int | None
    re_entered: int | None
    moved_in: int | None
    joined: int | None
    still: int | None
    resolved: int | None
    left_care: int | None
    moved_out: int | None
    left: int | None
    closing: int | None


@dataclass(frozen=True)
class Movements:
    """How a policy's lists moved from the close of ``first`` to the close of ``second``.

    ``reported``: the first list as it was reported; None when both dates are as now known. ``looked_at``: the earlier dates that
    tell a child who re-entered from one who is new. ``children``: a row for every child on either list, by rule and movement:
    rule, movement, child_id, legacy_id, name, age (on the second date), service, team, worker (on the list that brings the child
    here), first_service, first_team, second_service, second_team, since, limit_date, days_over (of the second list, else of the
    first), left_date and left_reason (of those who left care), earlier_date (of those who re-entered: the last of the dates looked
    at with the child on the list), recorded_late (new, and on the first list as now known).

    ``late``, with ``reported``: a row for every child by whom the first list as now known differs from it: rule, difference
    (*recorded late*: would have been on it had the record been entered in time; *taken off since*: was on it, and as now known would
    not have been), child_id, legacy_id, name, age, service, team, worker, since, limit_date, days_over, other_team (where the other
    of the two lists has the child). Restricted records are rows without a name unless the scope's roles allow them.
    """

    policy_id: str
    scope: Scope
    first: date
    second: date
    reported: Reported | None
    looked_at: tuple[date, ...]
    rules: tuple[RuleMovements, ...]
    children: pandas.DataFrame = field(compare=False, repr=False)
    late: pandas.DataFrame | None = field(compare=False, repr=False)

    @property
    def absence(self) -> Absence | None:
        """Why no rule has movements; None where one has."""
        return self.rules[0].absence if self.rules and all(one.absence for one in self.rules) else None

    def without_reported_rows(self) -> Movements:
        """The same, without the county's reported lists, which name every child: what a shared memory may keep."""
        return self if self.reported is None else replace(self, reported=replace(self.reported, rows=self.reported.rows.head(0)))


def movements(
    engine: Engine,
    policy_id: str,
    scope: Scope,
    first: date,
    second: date,
    rules: Iterable[str] | None = None,
    reported: Reported | None = None,
    earlier: Iterable[Reported] = (),
) -> Movements:
    """The movements of the rules (all of the policy's unless given) between two dates, with the children.

    With ``reported`` the first list is the one reported on that day, and ``earlier`` are further lists reported before it, to tell
    who re-entered. Of a load that shows one day the movements since an earlier one are *not supplied*. Raises
    QuestionError for dates in the wrong order or after the night, and for a list of another policy or day.
    """
    asked = _rules(engine, policy_id, rules)
    if first > second:
        raise QuestionError(
            f"The first date, {first:%d/%m/%Y}, is after the second, {second:%d/%m/%Y}; give the earlier one first."
        )
    if reported is not None and (reported.policy_id, reported.as_at) != (policy_id, first):
        raise QuestionError(
            f"The list reported is that of '{reported.policy_id}' on {reported.as_at:%d/%m/%Y}, not of '{policy_id}' on {first:%d/%m/%Y}."
        )
    if first < engine.records_from == engine.as_at == second:
        return _not_supplied(engine, policy_id, scope, first, asked, reported)
    question = Question(
        engine, policy_id, scope, ((first, second),), _comparable(engine, asked, second, reported), reported, tuple(earlier)
    )
    children, late = question.children(), question.late_recording()
    counts = Counter(zip(children["rule"].tolist(), children["movement"].tolist(), strict=True))
    return Movements(
        policy_id=policy_id,
        scope=scope,
        first=first,
        second=second,
        reported=reported,
        looked_at=question.looked_at,
        rules=tuple(_of_rule(engine, rule, second, counts, reported) for rule in asked),
        children=children,
        late=late,
    )


def _not_supplied(
    engine: Engine, policy_id: str, scope: Scope, first: date, rules: Sequence[Rule], reported: Reported | None
) -> Movements:
    """Movements up to a load that shows its own day alone."""
    shown = f"{engine.as_at:%d/%m/%Y}"
    absence = Absence(
        NOT_SUPPLIED, reason=f"The load of {shown} shows that day only, so it does not say who was in care on {first:%d/%m/%Y}."
    )
    nobody = [None] * len(MOVEMENTS)
    return Movements(
        policy_id=policy_id,
        scope=scope,
        first=first,
        second=engine.as_at,
        reported=reported,
        looked_at=(),
        rules=tuple(RuleMovements(rule, engine.absence(rule, engine.as_at) or absence, **_figures(*nobody)) for rule in rules),
        children=with_whole_numbers(pandas.DataFrame(columns=list(MovedRow.__annotations__))),
        late=with_whole_numbers(pandas.DataFrame(columns=list(LateRow.__annotations__))) if reported else None,
    )


def flows(
    engine: Engine, policy_id: str, scope: Scope, dates: Iterable[date], rules: Iterable[str] | None = None
) -> pandas.DataFrame:
    """The rows of ``flow_rows`` as a frame."""
    frame = pandas.DataFrame(
        flow_rows(engine, policy_id, scope, dates, rules), columns=["first_date", "second_date", "rule", *COUNTS]
    )
    frame = frame.astype(dict.fromkeys(COUNTS, "Int64"))
    return frame.assign(**{name: pandas.to_datetime(frame[name]) for name in ("first_date", "second_date")})


def flow_rows(
    engine: Engine, policy_id: str, scope: Scope, dates: Iterable[date], rules: Iterable[str] | None = None
) -> list[FlowRow]:
    """How many children moved between each of the dates and the next, as now known.

    A row for every rule and pair of dates, oldest first, in the policy's order. The counts are missing where the rule has no figures
    (``Engine.absence``). Raises QuestionError for fewer than two dates, and for a date after the night.
    """
    asked = _rules(engine, policy_id, rules)
    days = sorted(set(dates))
    if len(days) < 2:
        raise QuestionError("A flow runs from one date to another; give two dates or more.")
    pairs = tuple(pairwise(days))
    found = Question(engine, policy_id, scope, pairs, _comparable(engine, asked, days[-1], None)).counts()
    rows: list[FlowRow] = []
    absent = {rule.id for rule in asked if engine.absence(rule, days[-1])}
    for first, second in pairs:
        for rule in asked:
            counts = [None if rule.id in absent else found.get((first, second, rule.id, movement), 0) for movement in MOVEMENTS]
            row = {"first_date": first, "second_date": second, "rule": rule.id, **_figures(*counts)}
            rows.append(cast("FlowRow", row))
    return rows


def moved_words(scope: Scope, area: Area) -> str:
    """What *moved in* and *moved out* mean in a scope of an area; "" for the whole council, where nobody moves in or out."""
    if scope.reach is not None:
        return (
            "Moved in and moved out: still on the list, with another team of yours; or not one of your children on the other date, "
            "whatever list the child was on."
        )
    return "" if scope.is_whole else f"Moved in and moved out: still on the {area.name}'s list, with another team."


def late_words(scope: Scope) -> str:
    """What else late recording may be in a part of the council; "" for the whole of it."""
    return "" if scope.is_whole else "If a team was recorded late, a child may be in one of the two lists as another team's."


def why_or_where(row: Mapping[str, Any]) -> str:
    """What a row of ``Movements.children`` says beside its movement: why and when care was left, from or to which team (unless the reader
    may not see the child on that date), or since when."""
    if row["movement"] == LEFT_CARE and isinstance(row["left_reason"], str):
        return row["left_reason"] + ("" if pandas.isna(row["left_date"]) else f", {row['left_date']:%d/%m/%Y}")
    if row["movement"] == RE_ENTERED and not pandas.isna(row["earlier_date"]):
        return f"on the list on {row['earlier_date']:%d/%m/%Y}"
    if row["movement"] == MOVED_IN and row["child_id"] != RESTRICTED_RECORD:
        return f"from {row['first_team']}" if isinstance(row["first_team"], str) else NOT_YOURS_THEN
    if row["movement"] == MOVED_OUT and row["child_id"] != RESTRICTED_RECORD:
        return f"to {row['second_team']}" if isinstance(row["second_team"], str) else NOT_YOURS_NOW
    return "recorded late: on the first list as now known" if row["recorded_late"] else ""


def _rules(engine: Engine, policy_id: str, rules: Iterable[str] | None) -> tuple[Rule, ...]:
    if policy_id not in engine.policies:
        engine.rule(policy_id, "")
    every = engine.policies[policy_id].rules
    return every if rules is None else tuple(engine.rule(policy_id, rule_id) for rule_id in rules)


def _comparable(engine: Engine, rules: Sequence[Rule], second: date, reported: Reported | None) -> list[Rule]:
    """The rules that have a list on both dates."""
    return [rule for rule in rules if not engine.absence(rule, second) and (reported is None or rule.id in reported.counted)]


def _figures(*counts: int | None) -> dict[str, int | None]:
    """From a rule's count of each movement, in the order of MOVEMENTS, to all its figures."""
    known = [count for count in counts if count is not None]
    if len(known) < len(counts):
        return dict.fromkeys(COUNTS)
    by: dict[str, int] = dict(zip(MOVEMENTS, known, strict=True))
    joined, left = (sum(by[movement] for movement in side) for side in (JOINED, LEFT))
    named = {movement.replace("-", "_").replace(" ", "_"): count for movement, count in by.items()}
    whole = named | {"opening": by[STILL] + left, "closing": by[STILL] + joined, "joined": joined, "left": left}
    return {name: whole[name] for name in COUNTS}


def _of_rule(
    engine: Engine, rule: Rule, second: date, counts: Mapping[tuple[str, str], int], reported: Reported | None
) -> RuleMovements:
    absence = engine.absence(rule, second)
    if not absence and reported is not None and rule.id not in reported.counted:
        day = f"{reported.as_at:%d/%m/%Y}"
        absence = Absence(f"{NOT_COUNTED} on {day}", reason=f"It was not counted on {day}.")
    found = [None if absence else counts.get((rule.id, movement), 0) for movement in MOVEMENTS]
    return RuleMovements(rule, absence, **_figures(*found))
