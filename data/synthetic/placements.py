"""Where a child lives: placements of one period of care, by its route, with moves and temporary interruptions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random
from zlib import crc32

from .careers import Career, Period
from .chance import ON_OR_AFTER, YEAR, Choice, between, birthday, long_tail

# Codes change by year: supported accommodation is K3 since April 2024 (before: H5, P2), "other" is Z11-Z14 since April 2025.
SUPPORTED_SINCE = date(2024, 4, 1).toordinal()
OTHERS_SINCE = date(2025, 4, 1).toordinal()
OLD_SUPPORTED = Choice({"H5": 75, "P2": 25})
NEW_OTHER = Choice({"Z11": 40, "Z12": 20, "Z13": 20, "Z14": 20})

# Invented rates, near the national mix.
RESIDENTIAL = Choice({"K2": 82, "S1": 8, "R1": 6, "R3": 2, "R2": 2})
SHORT = Choice({"U6": 55, "U3": 28, "K2": 9, "P1": 2, "R2": 3, "R3": 3})
REMAND = Choice({"K1": 40, "R5": 30, "U6": 30})
TEMPORARY = Choice({"T4": 45, "T1": 25, "T3": 15, "T2": 10, "T0": 5})
REASONS = Choice(
    {"CARPL": 34, "CREQB": 17, "CREQO": 12, "CHILD": 7, "LAREQ": 9, "CLOSE": 6, "STAND": 3, "ALLEG": 3, "APPRR": 2, "OTHER": 7}
)
PROVIDERS = {
    "U": Choice({"PR1": 55, "PR4": 39, "PR5": 6}),
    "K": Choice({"PR4": 76, "PR1": 17, "PR5": 7}),
    "A": Choice({"PR1": 80, "PR5": 20}),
    "P": Choice({"PR0": 1}),
    "R": Choice({"PR3": 60, "PR4": 40}),
    "S": Choice({"PR4": 60, "PR5": 40}),
    "Z": Choice({"": 1}),
    "T": Choice({"": 1}),
    "H": Choice({"PR4": 1}),
}
# Unplanned moves. Aim: one child in ten has three or more placements in a year.
MOVES_A_YEAR = {"U6": 0.57, "U3": 0.24, "U5": 0.06, "U4": 0.1, "U1": 0.06, "K2": 0.55, "K3": 0.45, "S1": 0.1}
# Days until a foster home is to last, from the final order or from a move out of one that was: typical and spread; and for how many.
SETTLES, SETTLES_WITH_RELATIVES, SETTLES_AGAIN, SETTLED = (95, 0.7), (35, 0.6), (90, 0.6), 0.96
EMERGENCY_MOVES = 0.2  # moves on whatever day it happens; the others are on working days
INTERRUPTIONS_A_YEAR = 0.1
ONES_OWN = ("K3", "H5", "P2", "Z", "R", "T", "K1")  # how the kinds of home begin into which a sister or brother does not follow
# No authority has such a code: the county's own, two neighbours', and one far away.
OWN_AUTHORITY, NEIGHBOURS, DISTANT_AUTHORITY = "ZZ01", ("ZZ02", "ZZ03"), "ZZ09"


@dataclass
class Placement:
    start: int
    end: int
    kind: str
    provider: str = ""
    urn: str = ""
    postcode: str = ""
    distance: str = ""
    reason: str = ""
    same_carer: bool = False
    identifier: str = ""

    @property
    def authority(self) -> str:
        """The invented authority that the home lies in: the further away, the less likely the county's own; one in fifty is not known."""
        drawn = crc32(f"{self.postcode}{self.urn}".encode()) / 2**32
        if not self.distance or self.distance == "999.9" or drawn < 0.02:
            return ""
        miles = float(self.distance)
        if miles < 12 or (miles < 30 and drawn < 0.6):
            return OWN_AUTHORITY
        return DISTANT_AUTHORITY if miles > 45 else NEIGHBOURS[int(drawn * 1000) % len(NEIGHBOURS)]


def _home(rng: Random, start: int, kind: str, postcode: str = "") -> Placement:
    """A new placement, open so far, with its provider, number, postcode (ZZ: no such area) and distance."""
    residential = kind in ("K1", "K2", "K3", "R1", "S1", "H5")
    miles = 0.0 if kind == "P1" else min(rng.lognormvariate(3.0 if residential else 2.0, 0.8), 240)
    family = kind in ("U1", "U2", "U3")
    provider = "PR1" if family else PROVIDERS[kind[0]](rng)
    number = f"SC{between(rng, 100000, 999999)}" if residential or (provider in ("PR4", "PR5") and kind[0] == "U") else ""
    return Placement(
        start,
        0,
        kind,
        provider,
        number,
        postcode or f"ZZ{between(rng, 1, 48)} {between(rng, 1, 9)}{rng.choice('ABDEFGHJLN')}{rng.choice('PQRSTUWXYZ')}",
        "999.9" if rng.random() < 0.01 else f"{miles:.1f}",
        REASONS(rng),
    )


def _legs(rng: Random, career: Career, period: Period) -> list[tuple[int, str]]:
    """The placements that the route itself asks for: (start, kind), before any unplanned move."""
    entered, left, track = period.entered, period.left, period.track
    first = "U3" if period.related else "U6"
    sixteen = birthday(career.born, 16)
    legs = [(entered, first)]
    if track == "adoption":
        if period.early:
            legs.append((entered + between(rng, 0, 45), "U2" if period.related else "U5"))
        consent = not period.issued
        legs.append((period.placed, ("A3" if consent else "A5") if period.early else ("A4" if consent else "A6")))
    elif track in ("fostering", "kinship", "reversed"):
        settled = (period.reversed or period.concluded or entered + 230) + long_tail(
            rng, *(SETTLES_WITH_RELATIVES if period.related else SETTLES)
        )
        if rng.random() < SETTLED:
            legs.append((settled, "U1" if period.related else "U4"))
        if track == "fostering" and rng.random() < 0.36:
            legs.append((sixteen + between(rng, 60, 500), "K3"))
    elif track == "guardianship" and period.related and rng.random() < 0.4:
        legs = [(entered, "U6"), (entered + between(rng, 5, 120), "U3")]
    elif track == "residential":
        legs.append((period.placed, RESIDENTIAL(rng)))
        if rng.random() < 0.4:
            legs.append((sixteen + between(rng, 120, 600), "K3"))
    elif track in ("supported", "unaccompanied"):
        grown = entered >= sixteen
        if grown and rng.random() < (0.9 if track == "supported" else 0.72):
            legs = [(entered, "K3")]
        elif rng.random() < 0.85:
            legs.append((max(sixteen, entered) + between(rng, 10, 300), "K3"))
    elif track == "parents":
        legs.append((period.placed, "P1"))
    elif track == "home" and period.issued and rng.random() < 0.4 and left - entered > 200:
        legs.append((left - between(rng, 20, 170), "P1"))
    elif track == "short":
        legs = [(entered, SHORT(rng))]
    elif track == "remand":
        legs = [(entered, REMAND(rng))]
    # A child who left on the very day of entry still had the first placement.
    legs = [(ON_OR_AFTER[start] if start > entered else entered, kind) for start, kind in legs]
    return sorted((start, kind) for start, kind in legs if start < max(left, entered + 1))


def _moves(rng: Random, legs: list[tuple[int, str]], period: Period, career: Career) -> list[tuple[int, str]]:
    """The legs with unplanned moves between them; a move out of a long-term placement is to one that is to last only after some months."""
    moved = []
    for place, (start, kind) in enumerate(legs):
        upto = legs[place + 1][0] if place + 1 < len(legs) else period.left
        moved.append((start, kind))
        day = start
        lasting, again = kind in ("U1", "U4"), 0
        while rate := MOVES_A_YEAR.get(kind):
            rate *= 1.7 if day < period.entered + 300 else 1
            rate *= 1.6 if day - career.born > 12 * YEAR else 0.8
            moves = day + 3 + int(rng.expovariate(rate) * YEAR)
            if 0 < again < min(moves, upto - 3):
                day, kind, again = again, "U4", 0
                moved.append((day, kind))
                continue
            day = moves
            if rng.random() >= EMERGENCY_MOVES:
                day = ON_OR_AFTER[day]
            if day >= upto - 3:
                break
            if kind in ("U6", "K2") and day - career.born > 13 * YEAR and rng.random() < 0.1:
                moved.append((day, "Z1"))
                day = ON_OR_AFTER[day + between(rng, 8, 75)]
                kind = "K2"
            else:
                kind = {"U4": "U6", "U1": "U6", "U5": "U6"}.get(kind, kind)
                if kind == "U6" and day - career.born > 11 * YEAR and rng.random() < 0.3:
                    kind = "K2"
            if day >= upto - 3:
                break
            moved.append((day, kind))
            again = ON_OR_AFTER[day + long_tail(rng, *SETTLES_AGAIN)] if lasting and kind == "U6" else 0
    return moved


def _by_year(placement: Placement, rng: Random) -> list[Placement]:
    """The code that the collection of the day had: one placement may become two when its code changes."""
    if placement.kind == "Z1" and placement.start >= OTHERS_SINCE:
        return [replace(placement, kind=NEW_OTHER(rng))]
    if placement.kind != "K3" or placement.start >= SUPPORTED_SINCE:
        return [placement]
    old = replace(placement, kind=OLD_SUPPORTED(rng))
    if placement.end <= SUPPORTED_SINCE:
        return [old]
    old.end = SUPPORTED_SINCE
    return [old, replace(placement, start=SUPPORTED_SINCE, same_carer=True, reason="PLACE")]


def _interrupted(rng: Random, placement: Placement) -> list[Placement]:
    """A placement with its temporary interruptions: away for some days, then back to the same one."""
    parts = [placement]
    while True:
        last = parts[-1]
        away = last.start + 10 + int(rng.expovariate(INTERRUPTIONS_A_YEAR) * YEAR)
        back = away + between(rng, 2, 7 if rng.random() < 0.8 else 24)
        if placement.kind[0] == "Z" or back >= last.end - 5:
            return parts
        parts[-1] = replace(last, end=away)
        kind = TEMPORARY(rng)
        parts.append(Placement(away, back, kind, "", "", "", "", ""))
        parts.append(replace(last, start=back))


def draw_placements(rng: Random, career: Career, period: Period, postcode: str) -> list[Placement]:
    """Every placement of a period of care, in order, each ending where the next begins. ``postcode``: the first one's."""
    homes: list[Placement] = []
    for start, kind in _moves(rng, _legs(rng, career, period), period, career):
        last = homes[-1] if homes else None
        if last and last.start >= start:
            homes.pop()
            last = homes[-1] if homes else None
        if last and (last.kind, kind) in (("U6", "U4"), ("U3", "U1"), ("U5", "A5"), ("U2", "A5"), ("U5", "A3")):
            homes.append(replace(last, start=start, kind=kind, same_carer=True, reason="PLACE"))
        else:
            homes.append(_home(rng, start, kind, "" if last else postcode))
        if last:
            last.end = start
    homes[-1].end = period.left
    return [part for home in homes for dated in _by_year(home, rng) for part in _interrupted(rng, dated)]


def shared_placements(homes: list[Placement], period: Period) -> list[Placement]:
    """The homes of a sister or brother for a child who lives with them, until one moves where the other does not follow.

    ``homes``: the other's, in order; ``period``: the child's own period of care, which begins on the same day.
    """
    shared: list[Placement] = []
    for home in homes:
        if home.start >= period.left or (shared and home.kind.startswith(ONES_OWN)):
            break
        shared.append(replace(home))
    shared[-1].end = period.left
    return shared


def stays(homes: list[Placement]) -> list[list[Placement]]:
    """The placements of each home, temporary ones left out: a new home begins where the child moves to another address."""
    found: list[list[Placement]] = []
    for home in homes:
        if home.kind[0] == "T":
            continue
        if found and (found[-1][-1].postcode, found[-1][-1].urn) == (home.postcode, home.urn):
            found[-1].append(home)
        else:
            found.append([home])
    return found


def notice_day(period: Period, home: Placement) -> int:
    """The day on which the carers before this home gave notice, or 0 where they did not: ten days to seven weeks before the move."""
    if home.start == period.entered or home.reason not in ("CREQB", "CREQO", "STAND"):
        return 0
    return max(period.entered, home.start - 10 - home.start * 7 % 41)
