"""The permanence track: agency decision, orders, matches, options explored, restricted records, prospective adopters."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .careers import Career, Period
from .chance import ISO, ON_OR_AFTER, ON_OR_BEFORE, YEAR, Choice, between, lag, long_tail
from .placements import Placement, stays
from .record import Record

REVERSED_REASONS = Choice({"RD1": 30, "RD2": 10, "RD3": 50, "RD4": 10})
RELATIONS = Choice(
    {
        "Maternal grandmother": 30,
        "Paternal grandparents": 18,
        "Maternal aunt": 20,
        "Paternal aunt and uncle": 10,
        "Family friend": 12,
        "Adult sister": 10,
    }
)
ORDER_TYPES = {"E11": "Adoption", "E12": "Adoption", "E45": "SGO", "E46": "SGO", "E47": "SGO", "E48": "SGO", "E41": "CAO"}
RATIFIERS = Choice({"PANEL": 55, "IRO": 45})
# The option that a route leads to, and the one beside it; none where another function has the first.
CONTINGENCIES = {
    "home": ("RETURN_HOME", "LTF"),
    "parents": ("RETURN_HOME", "LTF"),
    "short": ("RETURN_HOME", "LTF"),
    "fostering": ("LTF", "RETURN_HOME"),
    "kinship": ("", "LTF"),
    "guardianship": ("", "LTF"),
    "residential": ("RESIDENTIAL", "LTF"),
}
WITH_CONTINGENCY = 0.75
EARLY_CONSIDERED = 0.7  # children under three in proceedings for whom early permanence was considered
GOOD, SUITABLE = 0.6, 0.93  # assessments that come out well: of relatives and friends; of the other options
ADOPTERS_PER_1000 = 70
SEARCHED = 0.75  # children with no home that is to last, for whom carers are looked for
NOT_KEPT_UP = 0.14  # options that nobody looks at again
LOOKED_AT_AGAIN, DRAWN_DAYS = (190, 300), 1200  # days from one assessment of an option to the next; earlier ones are one row
# Long-term foster homes whose carers were matched; and of those matches, the ratified, by the panel or (from 14) by a review.
MATCHED, RATIFIED, RATIFIED_BY_REVIEW = 0.92, 0.98, 0.8


def add_permanence(record: Record, rng: Random, period: Period, cla: str) -> None:
    """The SSD's permanence row: for adoption from the agency decision on, for other orders once the order is made.

    The row holds the legacy identifier of the child, as LCS extracts do.
    """
    ordered = period.left if period.reason in ORDER_TYPES else 0
    if not (period.decided or ordered) or (period.left < record.oldest):
        return
    order = period.concluded if period.decided and period.issued else 0
    values = [record.identifier(), record.legacy, cla, *[""] * 11, "Y" if record.siblings else "N", "", ""]
    early = ON_OR_AFTER[period.entered + between(rng, 10, 40)] if period.early and period.decided else 0
    adopted = period.reason in ("E11", "E12")
    stages = [
        ("perm_adm_decision_date", period.decided, ISO[period.decided], lag(rng)),
        ("perm_ffa_cp_decision_date", early, ISO[early], lag(rng)),
        ("perm_placed_ffa_cp_date", early, ISO[early], lag(rng)),
        ("perm_placement_order_date", order, ISO[order], lag(rng)),
        ("perm_matched_date", period.matched, ISO[period.matched], lag(rng)),
        ("perm_placed_for_adoption_date", period.placed if adopted else 0, ISO[period.placed], lag(rng)),
        ("perm_decision_reversed_date", period.reversed, ISO[period.reversed], late := lag(rng)),
        ("perm_decision_reversed_reason", period.reversed, REVERSED_REASONS(rng), late),
        ("perm_permanence_order_date", ordered, ISO[ordered], late := lag(rng)),
        ("perm_permanence_order_type", ordered, ORDER_TYPES.get(period.reason, ""), late),
        ("perm_adopted_by_carer_flag", ordered if adopted else 0, "Y" if period.early else "N", late),
    ]
    record.stages("ssd_permanence", values, stages)


def add_matches(
    record: Record, rng: Random, career: Career, period: Period, homes: list[Placement], adopters: int
) -> list[tuple[int, int]]:
    """Matches with long-term, adoptive or special guardianship carers, from family finding to ratification.

    Gives the long-term matches that were ratified, as (day of ratification, day on which the match ends).
    """

    def match(kind: str, day: int, placement: str, by: str, ended: int, ratified: int, finding: int = 0) -> None:
        if ended and ended < record.oldest:
            return
        finding = finding or max(period.entered, ON_OR_BEFORE[day - long_tail(rng, 130, 0.6)])
        values = [record.identifier(), record.person, kind, *[""] * 7]
        pair = f"AD{1 + record.number % adopters:05d}" if kind == "ADOPTION" and adopters else ""
        record.stages(
            "local_carer_matches",
            values,
            [
                ("family_finding_start_date", finding, ISO[finding], lag(rng)),
                ("match_date", day, ISO[day], late := lag(rng)),
                ("placement_id", day, placement, late),
                ("adopter_id", day if pair else 0, pair, late),
                ("ratified_date", ratified, ISO[ratified], late := lag(rng)),
                ("ratified_by", ratified, by, late),
                ("ended_date", ended, ISO[ended], lag(rng)),
            ],
        )

    lasting = []
    for stay in stays(homes):
        settled = [home for home in stay if home.kind in ("U1", "U4")]
        if settled and rng.random() < MATCHED:
            first, ends = settled[0], settled[-1].end
            day = max(period.entered, ON_OR_BEFORE[first.start - between(rng, 0, 20)])
            share = RATIFIED if day < career.born + 14 * YEAR else RATIFIED_BY_REVIEW
            ratified = ON_OR_AFTER[first.start + between(rng, 0, 70)] if rng.random() < share else 0
            match("LTF", day, first.identifier, RATIFIERS(rng), ends, ratified if ratified < ends else 0)
            if ratified:
                lasting.append((ratified, ends))
    if period.matched and rng.random() < 0.93:
        placement = next((home.identifier for home in homes if home.kind[0] == "A"), "")
        ratified = ON_OR_AFTER[period.matched + 7]
        finding = max(period.entered, ON_OR_AFTER[min(period.decided + between(rng, -60, 25), period.matched)])
        match("ADOPTION", period.matched, placement, "ADM", 0 if period.left > record.as_at else period.left, ratified, finding)
    elif period.reversed and rng.random() < SEARCHED:
        match("ADOPTION", 0, "", "", period.reversed, 0, ON_OR_AFTER[period.decided + between(rng, -20, 25)])
    _search(rng, record, period, homes, match)
    if period.track == "guardianship" and rng.random() < 0.25:
        match("SGO", ON_OR_BEFORE[period.left - between(rng, 40, 120)], "", "PANEL", period.left, 0)
    return lasting


def _search(rng: Random, record: Record, period: Period, homes: list[Placement], match: Callable[..., None]) -> None:
    """Family finding for a child who is to be fostered for good and does not live, nor is going to live, in such a home."""
    if period.track not in ("fostering", "reversed"):
        return
    since = period.reversed or period.concluded or period.entered + 200
    since = next((home.end for home in reversed(homes) if home.kind in ("U1", "U4")), since)
    finding = ON_OR_AFTER[since + between(rng, 10, 60)]
    if finding < period.left and rng.random() < SEARCHED:
        match("LTF", 0, "", "", period.left if period.left <= record.as_at else 0, 0, finding)


def add_options(record: Record, rng: Random, career: Career, period: Period, matched: list[tuple[int, int]]) -> None:
    """Permanence options being explored, stage by stage, until an order, or until they are closed or no longer needed.

    ``matched``: (ratified, ended) of long-term matches, after which no contingency is needed.
    """
    if period.left < record.as_at - 900:
        return
    entered, as_at = period.entered, record.as_at
    over = period.reversed or next((ratified for ratified, ended in matched if ended == period.left), period.left)

    def explore(kind: str, start: int, primary: bool, carer: str, ordered: int = 0, ends: int = over, good: float = GOOD) -> None:
        start = ON_OR_AFTER[start]
        viable = ON_OR_AFTER[start + between(rng, 10, 45)]
        begun = ON_OR_AFTER[viable + between(rng, 5, 40)]
        done = ON_OR_AFTER[begun + between(rng, 50, 110)]
        panel = ON_OR_AFTER[done + 20]
        applied = ON_OR_BEFORE[ordered and ordered - 60]
        positive = bool(ordered) or rng.random() < good
        closed = 0 if positive else ON_OR_AFTER[done + between(rng, 2, 40)]
        reason = "Assessment negative" if closed else "Plan changed"
        closed = closed or (0 if ordered else ON_OR_AFTER[ends])
        values = [record.identifier(), record.person, kind, carer, "Y" if primary else "N", *[""] * 11]
        stages = [
            ("referral_date", start, ISO[start], lag(rng)),
            ("viability_date", viable, ISO[viable], late := lag(rng)),
            ("viability_outcome", viable, "Positive", late),
            ("assessment_start_date", begun, ISO[begun], lag(rng)),
            ("assessment_end_date", done, ISO[done], late := lag(rng)),
            ("assessment_outcome", done, "Positive" if positive else "Negative", late),
            ("panel_date", panel if positive else 0, ISO[panel], lag(rng)),
            ("court_application_date", applied, ISO[applied], lag(rng)),
            ("order_date", ordered, ISO[ordered], late := lag(rng)),
            ("closed_date", closed, ISO[closed], late := lag(rng)),
            ("closed_reason", closed, reason, late),
        ]
        if start < ends:
            shown = [stage for stage in stages if stage[1] < ends or stage[0] in ("order_date", "closed_date", "closed_reason")]
            record.stages("local_permanence_options", values, shown)

    ordered = period.left if period.reason in ORDER_TYPES else 0
    if period.track == "guardianship":
        kind = "CAO" if period.reason == "E41" else "SGO"
        explore(kind, entered + between(rng, 40, 160), True, RELATIONS(rng), ordered)
    elif period.track == "kinship":
        explore("CONNECTED_PERSON", entered + between(rng, 3, 30), True, RELATIONS(rng), ordered)
    elif period.issued and rng.random() < 0.45:
        kind = "CONNECTED_PERSON" if rng.random() < 0.6 else "SGO"
        explore(kind, entered + between(rng, 10, 90), False, RELATIONS(rng), ends=min(over, period.concluded))
    if period.decided:
        explore("ADOPTION", period.decided - between(rng, 60, 120), True, "")
    if period.early or (period.issued and entered - career.born < 3 * YEAR and rng.random() < EARLY_CONSIDERED):
        explore("EARLY_PERMANENCE", entered + between(rng, 3, 40), False, "", good=1 if period.early else 0.2)

    def explore_again(kind: str, start: int, primary: bool) -> None:
        """An option for as long as nothing is settled: assessed, then looked at again and again, save where that is forgotten."""
        carer = "Parent" if kind == "RETURN_HOME" else ""
        until = max(start + between(rng, *LOOKED_AT_AGAIN), as_at - DRAWN_DAYS - start % 200)
        again = False
        while True:
            forgotten = rng.random() < NOT_KEPT_UP or until >= min(over, as_at)
            ends = over if forgotten else until
            if again:
                _look_again(record, rng, [kind, carer, "Y" if primary else "N"], start, ends)
            else:
                explore(kind, start, primary, carer, ends=ends, good=SUITABLE)
            if forgotten:
                return
            start, until, again = until, until + between(rng, *LOOKED_AT_AGAIN), True

    _with_contingency(rng, period, explore_again)


def _look_again(record: Record, rng: Random, option: list[str], start: int, ends: int) -> None:
    """An option that is looked at again: what was found before stands, so no outcome is new. ``option``: type, carer, primary or not."""
    start = ON_OR_AFTER[start]
    viable = ON_OR_AFTER[start + between(rng, 10, 30)]
    done = ON_OR_AFTER[viable + between(rng, 20, 50)]
    panel = ON_OR_AFTER[done + between(rng, 20, 60)]
    closed = ON_OR_AFTER[ends]
    stages = [
        ("referral_date", start, ISO[start], lag(rng)),
        ("viability_date", viable, ISO[viable], late := lag(rng)),
        ("viability_outcome", viable, "Positive", late),
        ("assessment_start_date", viable, ISO[viable], late),
        ("assessment_end_date", done, ISO[done], lag(rng)),
        ("panel_date", panel, ISO[panel], lag(rng)),
        ("closed_date", closed, ISO[closed], late := lag(rng)),
        ("closed_reason", closed, "Plan changed", late),
    ]
    if start < ends:
        values = [record.identifier(), record.person, *option, *[""] * 11]
        shown = [stage for stage in stages if stage[1] < ends or stage[1] == closed]
        record.stages("local_permanence_options", values, shown)


def _with_contingency(rng: Random, period: Period, explore: Callable[[str, int, bool], None]) -> None:
    """The first option and the one beside it, of the routes that are not an order's: for most, and for as long as nothing is settled."""
    first, second = CONTINGENCIES.get(period.track, ("", ""))
    if not second:
        return
    start = period.entered + between(rng, 15, 80)
    if first and rng.random() < 0.85:
        explore(first, start, True)
    if rng.random() < WITH_CONTINGENCY:
        explore(second, start + between(rng, 0, 60), False)


def add_restriction(record: Record, rng: Random, period: Period) -> None:
    """Restricted records: some adoptions, and a few children of staff or in the public eye."""
    drawn = rng.random()
    kind = "STAFF_FAMILY" if drawn < 0.002 else "HIGH_PROFILE" if drawn < 0.003 else ""
    start = period.entered
    if period.placed and period.track == "adoption" and drawn > 0.7:
        kind, start = "ADOPTION", period.placed
    if kind and start <= record.as_at:
        roles = "adoption;service_manager" if kind == "ADOPTION" else "service_manager"
        values = [record.identifier(), record.person, kind, "", "", roles]
        record.spell("local_restrictions", values, start, 0, start + lag(rng), 0)


def number_of_adopters(children: int) -> int:
    """How many prospective adopters a county of so many children in care has."""
    return round(children * ADOPTERS_PER_1000 / 1000)


def adopters(seed: int, children: int, as_at: int) -> Record:
    """The county's prospective adopters: no child's record, so they stand in one of their own."""
    record = Record(0, "", "", as_at)
    for which in range(1, number_of_adopters(children) + 1):
        rng = Random(f"{seed}:adopters:{which}")
        days = [as_at - between(rng, 0, 1300)]
        for low, high in ((20, 60), (55, 90), (10, 60), (100, 150), (5, 30), (60, 500), (20, 50)):
            days.append(ON_OR_AFTER[days[-1] + between(rng, low, high)])
        left = ON_OR_AFTER[between(rng, days[2], days[6])] if rng.random() < 0.25 else 0
        names = (
            "enquiry_date",
            "stage1_start_date",
            "stage1_end_date",
            "stage2_start_date",
            "stage2_end_date",
            "approved_date",
            "matched_date",
            "placed_date",
        )
        stages = [(name, day, ISO[day], lag(rng)) for name, day in zip(names, days, strict=True) if not left or day < left]
        stages += [("left_date", left, ISO[left], late := lag(rng)), ("left_reason", left, "Withdrew", late)]
        values = [f"AD{which:05d}", *[""] * 10, "Y" if rng.random() < 0.3 else "N"]
        record.stages("local_prospective_adopters", values, stages)
    return record
