"""The outline of a life: when a child was born, entered care and left it, by which route to permanence.

The county is a steady stream of careers: people whose first entry to care is spread over 24 years, a little denser
towards the end. A child "in care" is drawn again and again until the career is open on the last night, one who "left" until
it closed within six years before. So the stock on earlier month ends follows from the same stream, and needs no story of
its own. Every rate here is invented, set so that the stock comes near the national mix (see ``tests/data/test_synthetic.py``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from .chance import ON_OR_AFTER, ON_OR_BEFORE, YEAR, Choice, between, birthday, long_tail

WINDOW_YEARS = 24
KEPT_YEARS = 6  # the SSD keeps six years of closed records
GROWTH = 0.02  # yearly growth of entries to care

AGE_BANDS = Choice({(0, 0.9): 17, (1, 5): 15, (5, 10): 15, (10, 16): 28, (16, 17.6): 12, "unaccompanied": 14})
# Upper age at entry, and the weights of the routes. Aim: of those who leave in a year a quarter return home, 9 % are adopted, 15 %
# have a special guardian or live under a child arrangements order, and nearly half turn 18 or move on to independence.
TRACKS = (
    (
        1,
        Choice(
            {
                "adoption": 48,
                "reversed": 2,
                "guardianship": 30,
                "kinship": 8,
                "short": 3,
                "home": 12,
                "parents": 15,
                "fostering": 5,
            }
        ),
    ),
    (
        5,
        Choice(
            {
                "adoption": 26,
                "reversed": 3,
                "guardianship": 25,
                "kinship": 12,
                "short": 6,
                "home": 14,
                "parents": 16,
                "fostering": 12,
            }
        ),
    ),
    (
        10,
        Choice(
            {
                "adoption": 1,
                "guardianship": 19,
                "kinship": 14,
                "short": 9,
                "home": 15,
                "parents": 15,
                "fostering": 23,
                "residential": 4,
            }
        ),
    ),
    (
        16,
        Choice(
            {
                "guardianship": 5,
                "kinship": 9,
                "short": 15,
                "home": 13,
                "fostering": 18,
                "residential": 15,
                "supported": 14,
                "parents": 8,
                "remand": 2,
                "other": 1,
            }
        ),
    ),
    (18, Choice({"supported": 68, "short": 10, "residential": 9, "home": 6, "fostering": 3, "remand": 3, "other": 3})),
)
TO_EIGHTEEN = ("reversed", "kinship", "fostering", "residential", "supported", "unaccompanied")
PROCEEDINGS = {  # share of the route's children with care proceedings
    "adoption": 0.97,
    "reversed": 1,
    "guardianship": 0.93,
    "kinship": 0.85,
    "home": 0.64,
    "parents": 1,
    "fostering": 0.94,
    "residential": 0.76,
    "short": 0.06,
    "supported": 0.25,
    "other": 0.3,
}
EXITS = {
    "adoption": Choice({"E12": 85, "E11": 15}),
    "guardianship": Choice({"E45": 42, "E47": 34, "E46": 6, "E48": 6, "E41": 12}),
    "home": Choice({"E4A": 86, "E4B": 14}),
    "parents": Choice({"E4A": 100}),
    "short": Choice({"E4A": 62, "E4B": 20, "E13": 8, "E8": 10}),
    "remand": Choice({"E14": 75, "E9": 25}),
    "other": Choice({"E3": 40, "E15": 20, "E16": 20, "E8": 20}),
    "eighteen": Choice({"E5": 42, "E6": 14, "E17": 24, "E8": 14, "E7": 6}),
}
RETURNS = {"home": 0.2, "short": 0.22, "guardianship": 0.05, "parents": 0.12}  # share who come into care again
DEATHS = 0.002
EMERGENCY_ENTRIES = 0.2  # of children accommodated by agreement: on whatever day it happens
UNPLANNED_EXITS = ("E4B", "E8", "E9", "E14")
OLDEST_ADOPTED, OLDEST_SIBLING = 6, 16  # years at entry
SOON_AFTER_BIRTH = 45  # proceedings issued within so many days of birth were prepared before it


@dataclass
class Period:
    """One period of care. Days are ordinals; 0 means never. ``left`` may lie after the last night (then it is not shown)."""

    entered: int
    track: str
    left: int = 0
    reason: str = ""
    entry_status: str = "V2"
    issued: int = 0
    concluded: int = 0
    decided: int = 0  # agency decision that the child should be placed for adoption
    matched: int = 0
    placed: int = 0  # placed for adoption, with parents, in residential care ...: the route's own placement
    reversed: int = 0
    early: bool = False  # early permanence placement
    related: bool = False  # the carers are relatives or friends

    @property
    def evidence(self) -> int:
        """The day by which the final evidence is to be filed: six weeks before the proceedings conclude."""
        return ON_OR_BEFORE[max(self.issued + 90, self.concluded - 42)]

    @property
    def resolution(self) -> int:
        """The day of the issues resolution hearing: two to four weeks before the proceedings conclude."""
        return ON_OR_BEFORE[max(self.issued + 100, self.concluded - 14 - self.issued % 15)]


@dataclass
class Career:
    born: int
    boy: bool
    unaccompanied: bool = False
    disabled: bool = False
    died: int = 0
    periods: list[Period] = field(default_factory=list)
    referred: int = 0  # the day on which the council learned of a child not yet born

    @property
    def known(self) -> int:
        """The first day on which the council may know of the child: that of the birth, where nobody spoke of it before."""
        return self.referred or self.born


def _entry(rng: Random, period: Period, born: int) -> None:
    """Legal status at entry, and issue and conclusion of care proceedings. All but an emergency begins on a working day."""
    brought = rng.random() < PROCEEDINGS.get(period.track, 0)
    if brought:
        first = rng.random()
        period.entry_status = "L1" if first < 0.1 else "L2" if first < 0.13 else "C1" if first < 0.6 else "V2"
    else:
        period.entry_status = "J1" if period.track == "remand" else "L1" if rng.random() < 0.06 else "V2"
    emergency = period.entry_status in ("L1", "L2", "J1") or (period.entry_status == "V2" and rng.random() < EMERGENCY_ENTRIES)
    if not emergency and period.track != "unaccompanied":
        period.entered = max(ON_OR_BEFORE[period.entered], born)
    if brought:
        wait = {"C1": between(rng, -6, 0), "V2": long_tail(rng, 50, 0.9)}.get(period.entry_status, between(rng, 2, 7))
        issued = (ON_OR_BEFORE if period.entry_status == "C1" else ON_OR_AFTER)[period.entered + wait]
        period.issued = max(issued, ON_OR_AFTER[born])
        period.concluded = ON_OR_AFTER[max(period.issued, period.entered) + min(long_tail(rng, 275, 0.38), 900)]


def _adoption(rng: Random, period: Period) -> None:
    start = period.concluded or ON_OR_AFTER[period.entered + between(rng, 150, 330)]
    period.concluded = start if period.issued else 0
    period.decided = ON_OR_AFTER[max(start - between(rng, 14, 45), period.entered + 30)]
    period.early = rng.random() < 0.2
    if period.track == "reversed":
        period.reversed = ON_OR_AFTER[start + between(rng, 220, 700)]
        return
    period.matched = ON_OR_AFTER[start + (between(rng, 15, 70) if period.early else long_tail(rng, 140, 0.95))]
    period.placed = ON_OR_AFTER[period.matched + between(rng, 8, 35)]
    period.left = period.placed + between(rng, 180, 420)


def make_period(rng: Random, born: int, entered: int, track: str) -> Period:
    """Draw one period of care of a route, to its end."""
    period = Period(entered, track)
    grown = birthday(born, 18)
    period.related = track == "kinship" or (track == "guardianship" and rng.random() < 0.75) or rng.random() < 0.1
    _entry(rng, period, born)
    entered, concluded = period.entered, period.concluded
    if track in ("adoption", "reversed"):
        _adoption(rng, period)
    elif track == "guardianship":
        period.left = concluded + between(rng, 0, 60) if concluded else entered + long_tail(rng, 420, 0.5)
    elif track == "home":
        period.left = entered + max(21, long_tail(rng, 240, 0.7))
    elif track == "short":
        period.left = entered + max(2, long_tail(rng, 34, 1.0))
    elif track == "remand":
        period.left = entered + max(5, long_tail(rng, 60, 0.7))
    elif track == "parents":
        period.placed = max(entered, ON_OR_AFTER[concluded - between(rng, -90, 160)])
        period.left = concluded + max(60, long_tail(rng, 640, 0.7))
    elif track == "kinship" and rng.random() < 0.55:
        period.left = (concluded or entered) + long_tail(rng, 900, 0.5)
        period.reason = "E45"
    elif track == "other":
        period.left = entered + long_tail(rng, 200, 0.8)
    if track == "residential":
        period.placed = entered if rng.random() < 0.3 else ON_OR_AFTER[entered + long_tail(rng, 130, 0.9)]
    _ends(rng, period, grown)
    return period


def _ends(rng: Random, period: Period, grown: int) -> None:
    """When and why the period ends: at 18 at the latest; before that on a working day, unless nobody planned it."""
    if not period.left or period.left >= grown:
        period.left, period.reason = grown, EXITS["eighteen"](rng)
    else:
        period.reason = period.reason or EXITS[period.track](rng)
        if period.reason not in UNPLANNED_EXITS:
            period.left = ON_OR_AFTER[period.left]
    period.left = max(period.left, period.entered + 1)
    if period.track == "home":
        period.concluded = min(period.concluded, ON_OR_BEFORE[period.left])
    if period.issued > period.left:
        period.issued = period.concluded = 0


def _referred(career: Career) -> Career:
    """The same career, known before birth if proceedings were issued within weeks of it: two to five months before."""
    first = career.periods[0]
    if first.issued and first.issued - career.born < SOON_AFTER_BIRTH:
        career.referred = career.born - 60 - career.born % 90
    return career


def _track(rng: Random, age: float) -> str:
    return next(tracks(rng) for upto, tracks in TRACKS if age < upto)


def draw_career(rng: Random, as_at: int) -> Career:
    """One career of the stream, followed until the day ``as_at`` (later periods of care are not drawn)."""
    years_ago = WINDOW_YEARS * rng.random()
    while rng.random() > (1 + GROWTH) ** -years_ago:
        years_ago = WINDOW_YEARS * rng.random()
    entered = as_at - int(years_ago * YEAR)
    band = AGE_BANDS(rng)
    if band == "unaccompanied":
        career = Career(entered - int(rng.uniform(14.6, 17.7) * YEAR), rng.random() < 0.94, unaccompanied=True)
        career.periods.append(make_period(rng, career.born, entered, "unaccompanied"))
        return career
    low, high = band
    age = low + (high - low) * (rng.random() ** 2.2 if low == 0 else rng.random())
    career = Career(entered - int(age * YEAR), rng.random() < 0.53, disabled=rng.random() < 0.035)
    track = _track(rng, age)
    while True:
        period = make_period(rng, career.born, entered, track)
        career.periods.append(period)
        if period.left > as_at or rng.random() >= RETURNS.get(period.track, 0):
            break
        entered = period.left + max(20, long_tail(rng, 200, 1.0))
        age = (entered - career.born) / YEAR
        if age >= 17.5 or entered > as_at:
            break
        track = _track(rng, age)
    last = career.periods[-1]
    if rng.random() < DEATHS:
        last.left = between(rng, last.entered + 1, last.left)
        last.reason, career.died = "E2", last.left
    return _referred(career)


def career_in_care(rng: Random, as_at: int) -> Career:
    """A career that is in care on the day ``as_at``."""
    while True:
        career = draw_career(rng, as_at)
        if career.periods[-1].left > as_at:
            return career


def career_that_left(rng: Random, as_at: int) -> Career:
    """A career whose last period of care ended within the six years that are kept."""
    earliest = as_at - int(KEPT_YEARS * YEAR)
    while True:
        career = draw_career(rng, as_at)
        if earliest < career.periods[-1].left <= as_at:
            return career


def sibling_career(rng: Random, first: Career, place: int, as_at: int) -> Career | None:
    """A sister or brother who came into care on the same day, or None where there can be none.

    ``place``: 1 to 3, one for each sister or brother of ``first``; about so many times two years younger, or else older. They follow
    the same route, save that one too old to be adopted is fostered.
    """
    shared = first.periods[-1]
    if first.unaccompanied or first.died or shared.track in ("remand", "supported", "other"):
        return None
    apart = between(rng, 1000 * place - 600, 1000 * place)
    born = first.born + apart
    if born > shared.entered or rng.random() < 0.3:
        born = first.born - apart
    age = (shared.entered - born) / YEAR
    if age >= OLDEST_SIBLING:
        return None
    track = "fostering" if shared.track in ("adoption", "reversed") and age > OLDEST_ADOPTED else shared.track
    period = make_period(rng, born, shared.entered, track)
    same = ("entered", "entry_status", "issued", "concluded", "related")
    for name in same if track != shared.track else (*same, "decided", "matched", "placed", "reversed", "early"):
        setattr(period, name, getattr(shared, name))
    grown = birthday(born, 18)
    if track == shared.track and (track not in TO_EIGHTEEN or shared.reason == "E45") and shared.left < grown:
        period.left, period.reason = shared.left, shared.reason
    if (period.left > as_at) != (shared.left > as_at) or period.left <= period.entered:
        return None
    return _referred(Career(born, rng.random() < 0.5, periods=[period]))
