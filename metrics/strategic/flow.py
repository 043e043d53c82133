"""Who came into care and who left it over a period, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from data.contract.contract import code_sets
from data.sql_results import one_value
from metrics.engine.engine import Engine
from metrics.engine.whole_council import Why
from metrics.strategic.periods import Period

HERE = Path(__file__).parent
ENTERED, LEFT = "entered", "left"
REASONS = {
    "adoption": "Adopted",
    "special_guardianship": "Special guardianship",
    "child_arrangements": "Child arrangements order",
    "return_home": "Returned home",
    "turned_18": "Turned 18, with no other reason recorded",
    "other": "Other reasons",
    "not_recorded": "Reason not recorded",
}
NEED_NOT_RECORDED = "not_recorded"
NEED_COLUMN = ("ssd_cla_episodes", "clae_cla_primary_need_code")
EARLIEST = "select min(clae_cla_episode_ceased_date) from ssd_cla_episodes"


@cache
def needs() -> dict[str, str]:
    """The category of need with which a child came into care -> its title (SSDA903 category of need)."""
    codes = code_sets()["primary_need"].codes.values()
    return {**{code.code: code.label for code in codes}, NEED_NOT_RECORDED: "Need not recorded"}


def reason_of(code: str) -> str:
    """The key of REASONS for a reason as recorded; one that says only that care went on elsewhere is no reason for leaving."""
    known = code_sets()["episode_ceased_reason"].codes.get(code)
    if code == "turned 18":
        return "turned_18"
    if known is None or "continues" in known.groups:
        return "not_recorded"
    return next((reason for reason in REASONS if reason in known.groups), "other")


@dataclass(frozen=True)
class Moves:
    """When a child came into care, with which need, and when and why the child left; None where it is not to be counted."""

    child_id: str
    entered: date | None
    need: str
    left: date | None
    reason: str


def moves(engine: Engine, as_at: date) -> tuple[Moves, ...]:
    """Every run of care that began by the day. One that begins, or ends, on short breaks only is not counted as coming, or leaving."""
    statuses = code_sets()["legal_status"].codes.values()
    parameters = {
        "until": as_at,
        "legal_statuses": [code.code for code in statuses],
        "short_breaks": [code.code for code in statuses if "short_breaks" in code.groups],
    }
    with engine.whole_council(Why.PUBLISHED_FIGURES, (engine.as_at,), ()) as cursor:
        runs = cursor.execute((HERE / "flow.sql").read_text(encoding="utf-8"), parameters).fetchall()
    return tuple(
        Moves(
            child,
            None if short_at_start else start,
            need if need in needs() else NEED_NOT_RECORDED,
            None if short_at_end else end,
            reason_of(reason),
        )
        for child, start, end, need, reason, short_at_start, short_at_end in runs
    )


def flows(engine: Engine, periods: Iterable[Period], as_at: date) -> Counter[tuple[str, str, str]]:
    """{(entered or left, the period's id, "all", the need or the reason): times}, for the county."""
    counted: Counter[tuple[str, str, str]] = Counter()
    every = moves(engine, as_at)
    for period in periods:
        for one in every:
            for what, day, category in ((ENTERED, one.entered, one.need), (LEFT, one.left, one.reason)):
                if day and period.first_date <= day <= period.last_date:
                    counted[(what, period.id, "all")] += 1
                    counted[(what, period.id, category)] += 1
    return counted


def reaches_back_to(engine: Engine) -> date | None:
    """How far back the extracts hold those who have left care: before the first of them, earlier figures would lack children."""
    with engine.whole_council(Why.PUBLISHED_FIGURES, (engine.as_at,), ()) as cursor:
        return one_value(cursor.execute(EARLIEST))
