"""Who came into care and who left it over a period, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from data.contract import code_sets
from metrics.engine import Engine
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


def flows(engine: Engine, periods: Iterable[Period], as_at: date) -> Counter[tuple[str, str, str]]:
    """{(entered or left, the period's id, "all", the need or the reason): times}, for the county."""
    statuses = code_sets()["legal_status"].codes.values()
    parameters = {
        "until": as_at,
        "legal_statuses": [code.code for code in statuses],
        "short_breaks": [code.code for code in statuses if "short_breaks" in code.groups],
    }
    with engine.cursor((engine.as_at,), ()) as cursor:
        runs = cursor.execute((HERE / "flow.sql").read_text(encoding="utf-8"), parameters).fetchall()
    counted: Counter[tuple[str, str, str]] = Counter()
    for period in periods:
        for start, end, need, reason, short_at_start, short_at_end in runs:
            if period.first_date <= start <= period.last_date and not short_at_start:
                counted[(ENTERED, period.id, "all")] += 1
                counted[(ENTERED, period.id, need if need in needs() else NEED_NOT_RECORDED)] += 1
            if period.first_date <= end <= period.last_date and not short_at_end:
                counted[(LEFT, period.id, "all")] += 1
                counted[(LEFT, period.id, reason_of(reason))] += 1
    return counted


def reaches_back_to(engine: Engine) -> date | None:
    """How far back the extracts hold those who have left care: before the first of them, earlier figures would lack children."""
    with engine.cursor((engine.as_at,), ()) as cursor:
        return cursor.execute(EARLIEST).fetchone()[0]
