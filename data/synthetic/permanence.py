"""The permanence track: agency decision, orders, matches, options explored, restricted records, prospective adopters."""

from __future__ import annotations

from random import Random

from .careers import Period
from .chance import ISO, Choice, between, lag, long_tail
from .placements import Placement
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
ADOPTERS_PER_1000 = 70


def add_permanence(record: Record, rng: Random, period: Period, cla: str) -> None:
    """The SSD's permanence row: for adoption from the agency decision on, for other orders once the order is made.

    The row holds the legacy identifier of the child, as LCS extracts do.
    """
    ordered = period.left if period.reason in ORDER_TYPES else 0
    if not (period.decided or ordered) or (period.left < record.oldest):
        return
    order = period.concluded if period.decided and period.issued else 0
    values = [record.identifier(), record.legacy, cla, *[""] * 11, "Y" if record.siblings else "N", "", ""]
    early = period.entered + between(rng, 10, 40) if period.early and period.decided else 0
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


def add_matches(record: Record, rng: Random, period: Period, homes: list[Placement], adopters: int) -> None:
    """Matches with long-term, adoptive or special guardianship carers, from family finding to ratification."""

    def match(kind: str, day: int, placement: str, by: str, ended: int, ratified: int) -> None:
        if ended and ended < record.oldest:
            return
        finding = max(period.entered, day - long_tail(rng, 130, 0.6))
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

    for home in homes:
        if home.kind in ("U1", "U4") and home.end != home.start and home.same_carer:
            ratified = home.start + between(rng, 0, 60) if rng.random() < 0.85 else 0
            match("LTF", home.start - between(rng, 0, 10), home.identifier, RATIFIERS(rng), home.end, ratified)
    if period.matched and rng.random() < 0.93:
        placement = next((home.identifier for home in homes if home.kind[0] == "A"), "")
        match("ADOPTION", period.matched, placement, "ADM", 0 if period.left > record.as_at else period.left, period.matched + 7)
    if period.track == "guardianship" and rng.random() < 0.25:
        match("SGO", period.left - between(rng, 40, 120), "", "PANEL", period.left, 0)


def add_options(record: Record, rng: Random, period: Period) -> None:
    """Permanence options being explored, stage by stage, until an order or until they are closed."""
    if period.left < record.as_at - 900:
        return

    ends = period.reversed or period.left

    def explore(kind: str, start: int, primary: bool, carer: str, ordered: int = 0) -> None:
        viable = start + between(rng, 10, 45)
        begun = viable + between(rng, 5, 60)
        done = begun + between(rng, 60, 130)
        good = bool(ordered) or rng.random() < 0.6
        closed = 0 if good else done + between(rng, 2, 40)
        values = [record.identifier(), record.person, kind, carer, "Y" if primary else "N", *[""] * 11]
        stages = [
            ("referral_date", start, ISO[start], lag(rng)),
            ("viability_date", viable, ISO[viable], late := lag(rng)),
            ("viability_outcome", viable, "Positive", late),
            ("assessment_start_date", begun, ISO[begun], lag(rng)),
            ("assessment_end_date", done, ISO[done], late := lag(rng)),
            ("assessment_outcome", done, "Positive" if good else "Negative", late),
            ("panel_date", done + 20 if good else 0, ISO[done + 20], lag(rng)),
            ("court_application_date", ordered and ordered - 60, ISO[ordered and ordered - 60], lag(rng)),
            ("order_date", ordered, ISO[ordered], late := lag(rng)),
            ("closed_date", closed or (ends if not ordered else 0), ISO[closed or ends], late := lag(rng)),
            ("closed_reason", closed or (ends if not ordered else 0), "Assessment negative" if closed else "Plan changed", late),
        ]
        shown = [stage for stage in stages if stage[1] < ends or stage[0] in ("order_date", "closed_date", "closed_reason")]
        record.stages("local_permanence_options", values, shown)

    ordered = period.left if period.reason in ORDER_TYPES else 0
    if period.track == "guardianship":
        kind = "CAO" if period.reason == "E41" else "SGO"
        explore(kind, period.entered + between(rng, 40, 160), True, RELATIONS(rng), ordered)
    elif period.track == "kinship":
        explore("CONNECTED_PERSON", period.entered + between(rng, 3, 30), True, RELATIONS(rng), ordered)
    elif period.issued and rng.random() < 0.45:
        kind = "CONNECTED_PERSON" if rng.random() < 0.6 else "SGO"
        explore(kind, period.entered + between(rng, 10, 90), False, RELATIONS(rng))
    if period.decided:
        explore("ADOPTION", period.decided - between(rng, 60, 120), True, "")
        if period.early:
            explore("EARLY_PERMANENCE", period.entered + 5, False, "")
    if period.track in ("home", "parents") and rng.random() < 0.5:
        explore("RETURN_HOME", period.entered + between(rng, 20, 80), True, "Parent")
    if period.track in ("fostering", "residential") and rng.random() < 0.4:
        kind = "LTF" if period.track == "fostering" else "RESIDENTIAL"
        explore(kind, max(period.entered, period.concluded - 90), True, "")


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
            days.append(days[-1] + between(rng, low, high))
        left = between(rng, days[2], days[6]) if rng.random() < 0.25 else 0
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
