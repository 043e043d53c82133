"""Drift under a placement order, moves, and the wait for long-term carers."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.hertfordshire_child import served
from tests.metrics.cases.kinds import on, rule_case

reviewed = partial(rule_case, "placement_order_review_3m")
unmatched = partial(rule_case, "placement_order_6m")
considered = partial(rule_case, "adoption_not_considered")
moves = partial(rule_case, "three_moves_under_12")
awaiting = partial(rule_case, "ltf_awaiting_match")
ratification = partial(rule_case, "ltf_awaiting_ratification")
SINCE_ORDER, SINCE_REVIEW = "not reviewed since the order", "reviewed since the order"
ON_31_MAY = on("2024-11-30", "2025-05-30", 1)


def ordered():
    return served().in_care("2024-01-10").legal("E1", "2024-11-30")


def fostered():
    return ordered().placement("U6", "2024-01-10")


def moved(*days, born="2018-05-10"):
    """A child who moves to another home on each of these days."""
    one = served(born).in_care("2024-01-10", days[0], placement="H0").placement("U6", "2024-01-10", days[0], id="H0")
    for number, start in enumerate(days, start=1):
        end = days[number] if number < len(days) else None
        one.in_care(start, end, reason="P", placement=f"H{number}").placement("U6", start, end, id=f"H{number}", urn=str(number))
    return one


def recoded(postcode):
    """A child who moved twice, and whose last foster placement was given another code."""
    one = served().in_care("2024-01-10", "2024-03-01", placement="H0").placement("U6", "2024-01-10", "2024-03-01", id="H0")
    one.in_care("2024-03-01", "2024-06-01", reason="P", placement="H1").placement("K2", "2024-03-01", "2024-06-01", id="H1")
    one.in_care("2024-06-01", "2024-09-01", reason="P", placement="H2")
    one.placement("U6", "2024-06-01", "2024-09-01", id="H2", postcode="ZZ1 1AA")
    return one.in_care("2024-09-01", reason="P", placement="H3").placement("U4", "2024-09-01", id="H3", postcode=postcode)


def long_term(born="2016-05-10"):
    return served(born).in_care("2024-01-10").plan("LTFOST18", "2024-11-30")


def settled(born="2011-01-31", home="U4"):
    """With long-term fostering as the plan, in a long-term placement since 10 December 2024."""
    return long_term(born).placement(home, "2024-12-10")


CONSIDERED = (
    considered("Under ten, with a plan for long-term fostering and no agency decision: since the plan.", long_term(), "2025-03-01",
               on("2024-11-30", "2024-11-30", 91), detail="long term fostering"),
    considered("On the tenth birthday the child is not asked about any more.", long_term("2015-03-01"), "2025-03-01"),
    considered("The day before, the child is.", long_term("2015-03-02"), "2025-03-01", on("2024-11-30", "2024-11-30", 91)),
    considered("An agency decision of that day takes the child off.", long_term().decided("2025-03-01"), "2025-03-01"),
    considered("One that was reversed was a decision all the same.",
               long_term().decided("2025-01-10", reversed="2025-02-01"), "2025-03-01"),
    considered("One of tomorrow is none yet.", long_term().decided("2025-03-02"), "2025-03-01", on("2024-11-30", "2024-11-30", 91)),
    considered("A plan to return home is not asked about.", served().in_care("2024-01-10").plan("RETURN6M", "2024-11-30"), "2025-03-01"),
    considered("Nor is a child with no plan.", served().in_care("2024-01-10"), "2025-03-01"),
)  # fmt: skip
CASES = (
    *CONSIDERED,
    moves("A change of placement code in the same home is no move, whatever the reason says.", recoded("ZZ1 1AA"), "2025-03-01"),
    moves(
        "In another postcode it is one.", recoded("ZZ2 2BB"), "2025-03-01", on("2024-09-01", "2024-09-01", 181),
        detail="3 moves; nobody alerted since the move",
    ),
    reviewed("Three months after an order on 30 November is 28 February: on the 27th not yet.", ordered(), "2025-02-27"),
    reviewed(
        "On 28 February the child is on the list.",
        ordered(), "2025-02-28", on("2024-11-30", "2025-02-28", 0), detail=SINCE_ORDER,
    ),
    reviewed("The day after, it is a day over.", ordered(), "2025-03-01", on("2024-11-30", "2025-02-28", 1)),
    reviewed(
        "A review before the order does not set the clock.",
        ordered().review("2024-11-29"), "2025-02-28", on("2024-11-30", "2025-02-28", 0), detail=SINCE_ORDER,
    ),
    reviewed("A review since then does.", ordered().review("2024-12-31"), "2025-03-30"),
    reviewed(
        "Three months after 31 December is 31 March.",
        ordered().review("2024-12-31"), "2025-03-31", on("2024-12-31", "2025-03-31", 0), detail=SINCE_REVIEW,
    ),
    reviewed(
        "A review that was cancelled does not.",
        ordered().review("2024-12-31", cancelled=True), "2025-02-28", on("2024-11-30", "2025-02-28", 0),
    ),
    reviewed(
        "A review to come does not.", ordered().review("2025-03-01"), "2025-02-28", on("2024-11-30", "2025-02-28", 0),
    ),
    reviewed(
        "An order that ended today is none.",
        served().in_care("2024-01-10").legal("E1", "2024-11-30", "2025-02-28"), "2025-02-28",
    ),
    unmatched("Six months after an order on 30 November is 30 May: on the 29th not yet.", fostered(), "2025-05-29"),
    unmatched(
        "On 30 May the child is on the list.",
        fostered(), "2025-05-30", on("2024-11-30", "2025-05-30", 0), detail="not matched; not referred",
    ),
    unmatched("The day after, it is a day over.", fostered(), "2025-05-31", ON_31_MAY),
    unmatched("Six months after 31 August is 28 February.", served().in_care("2024-01-10").placement("U6", "2024-01-10")
              .legal("E1", "2024-08-31"), "2025-02-28", on("2024-08-31", "2025-02-28", 0)),
    unmatched("A match today takes the child off.", fostered().permanence(matched="2025-05-31"), "2025-05-31"),
    unmatched("A match tomorrow does not.", fostered().permanence(matched="2025-06-01"), "2025-05-31", ON_31_MAY),
    unmatched(
        "A match reversed today puts the child back.",
        fostered().permanence(matched="2025-03-01", reversed="2025-05-31"), "2025-05-31", ON_31_MAY,
    ),
    unmatched("A child living with adopters is not on it.", ordered().placement("A5", "2025-01-10"), "2025-05-31"),
    unmatched("A child in early permanence is, and is told.", ordered().placement("U5", "2025-01-10"), "2025-05-31", ON_31_MAY,
              detail="early permanence; not referred"),
    unmatched(
        "With no placement row it is marked.",
        ordered(), "2025-05-31", ON_31_MAY, detail="not matched; placement not known; not referred",
    ),
    unmatched(
        "A review by the head of service on the day of the order is a referral.",
        fostered().meeting("HOS_REVIEW", "2024-11-30"), "2025-05-31", ON_31_MAY,
        detail="not matched; referred to the head of service on 30/11/2024",
    ),
    unmatched(
        "The last referral since the order is shown.",
        fostered().meeting("HOS_REVIEW", "2025-02-01").meeting("PLACEMENT_ORDER_REFERRAL", "2025-05-31"), "2025-05-31", ON_31_MAY,
        detail="not matched; referred to the head of service on 31/05/2025",
    ),
    unmatched(
        "One of before the order is none.",
        fostered().meeting("HOS_REVIEW", "2024-11-29"), "2025-05-31", ON_31_MAY, detail="not matched; not referred",
    ),
    unmatched(
        "One that is booked is none yet.",
        fostered().meeting("HOS_REVIEW", "2025-06-01", "BOOKED"), "2025-05-31", ON_31_MAY, detail="not matched; not referred",
    ),
    unmatched(
        "With the local matches alone, they say who is matched.",
        fostered().match("ADOPTION", "2025-05-01"), "2025-05-31", without=("ssd_permanence",),
    ),
    moves("Two moves are not three.", moved("2024-03-01", "2024-05-01"), "2025-01-10"),
    moves(
        "The day before the third move the child is not on the list.",
        moved("2024-03-01", "2024-05-01", "2025-01-10"), "2025-01-09",
    ),
    moves("On the day of the third the child is.", moved("2024-03-01", "2024-05-01", "2025-01-10"), "2025-01-10",
          on("2025-01-10", "2025-01-10", 0), detail="3 moves; nobody alerted since the move"),
    moves(
        "Who was alerted on the day of the third move, and who was not, is told.",
        moved("2024-03-01", "2024-05-01", "2025-01-10").document("ALERT", "2025-01-10", to="IRO")
        .document("ALERT", "2025-01-12", to="SERVICE_MANAGER"),
        "2025-01-12", on("2025-01-10", "2025-01-10", 2),
        detail="3 moves; alerted: service manager, independent reviewing officer; "
        "not alerted: head of adoption and fostering, head of children looked after",
    ),
    moves(
        "With all four alerted, that is told; an alert to somebody else adds nothing.",
        moved("2024-03-01", "2024-05-01", "2025-01-10").document("ALERT", "2025-01-11", to="IRO")
        .document("ALERT", "2025-01-11", to="SERVICE_MANAGER").document("ALERT", "2025-01-11", to="HEAD_CLA")
        .document("ALERT", "2025-01-11", to="HEAD_ADOPTION_FOSTERING").document("ALERT", "2025-01-11", to="OTHER"),
        "2025-01-12", on("2025-01-10", "2025-01-10", 2),
        detail="3 moves; all alerted: service manager, head of adoption and fostering, head of children looked after, "
        "independent reviewing officer",
    ),
    moves(
        "An alert of before the third move, and one of tomorrow, are none.",
        moved("2024-03-01", "2024-05-01", "2025-01-10").document("ALERT", "2025-01-09", to="IRO")
        .document("ALERT", "2025-01-13", to="HEAD_CLA"),
        "2025-01-12", on("2025-01-10", "2025-01-10", 2), detail="3 moves; nobody alerted since the move",
    ),
    moves(
        "Where the extract of documents is not supplied, the list stands and says so.",
        moved("2024-03-01", "2024-05-01", "2025-01-10"), "2025-01-12", on("2025-01-10", "2025-01-10", 2),
        detail="3 moves; alerts not supplied", without=("local_documents",),
    ),
    moves(
        "A fourth leaves the clock at the third.",
        moved("2024-03-01", "2024-05-01", "2025-01-10", "2025-01-20"), "2025-01-31", on("2025-01-10", "2025-01-10",
        21), detail="4 moves; nobody alerted since the move",
    ),
    moves(
        "On the twelfth birthday the child is off it.",
        moved("2024-03-01", "2024-05-01", "2025-01-10", born="2013-01-31"), "2025-01-31",
    ),
    moves("The day before, on it.", moved("2024-03-01", "2024-05-01", "2025-01-10", born="2013-02-01"), "2025-01-31",
          on("2025-01-10", "2025-01-10", 21)),
    moves(
        "A child whose date of birth is missing is left out.",
        moved("2024-03-01", "2024-05-01", "2025-01-10", born=None), "2025-01-31",
    ),
    moves(
        "A stay in hospital and back is no move.",
        served().in_care("2024-01-10", "2024-03-01", placement="H1").placement("U6", "2024-01-10", "2024-03-01", id="H1")
        .in_care("2024-03-01", "2024-03-05", reason="P", placement="T").placement("T1", "2024-03-01", "2024-03-05", id="T")
        .in_care("2024-03-05", "2024-05-01", reason="P", placement="H2").placement("U6", "2024-03-05", "2024-05-01", id="H2")
        .in_care("2024-05-01", "2024-06-01", reason="P", placement="H3")
        .placement("U6", "2024-05-01", "2024-06-01", id="H3", urn="3")
        .in_care("2024-06-01", reason="P", placement="H4").placement("U6", "2024-06-01", id="H4", urn="4"),
        "2025-01-10",
    ),
    awaiting("The day before it is the plan the child is not on the list.", long_term(), "2024-11-29"),
    awaiting("On the day it becomes the plan the child is.", long_term(), "2024-11-30", on("2024-11-30", "2024-11-30", 0),
             detail="family finding not started"),
    awaiting("The day after, for a day.", long_term(), "2024-12-01", on("2024-11-30", "2024-11-30", 1)),
    awaiting(
        "Beside adoption as a parallel plan counts too.",
        long_term().plan("ADOPTION LTFOST18", "2025-01-10"), "2025-01-31", on("2024-11-30", "2024-11-30", 62),
    ),
    awaiting(
        "A match today takes the child off.",
        long_term().family_finding("2024-12-10", matched="2025-01-31"), "2025-01-31",
    ),
    awaiting("A match tomorrow does not.", long_term().family_finding("2024-12-10", matched="2025-02-01"), "2025-01-31",
             on("2024-11-30", "2024-11-30", 62)),
    awaiting("Family finding that began before is the earlier clock.", long_term().family_finding("2024-10-31"), "2024-11-30",
             on("2024-10-31", "2024-10-31", 30), detail="family finding under way"),
    awaiting("Family finding of before entry is not.", long_term().family_finding("2024-01-09"), "2024-11-30",
             on("2024-11-30", "2024-11-30", 0)),
    awaiting("Once the child has left the home of the match, the wait begins again with the plan, though the match was left open.",
             long_term().placement("U6", "2024-10-31", "2025-01-15", id="HOME").placement("U6", "2025-01-15")
             .family_finding("2024-10-31", matched="2024-12-20", placement="HOME"), "2025-01-31", on("2024-11-30", "2024-11-30", 62),
             detail="family finding not started"),
    awaiting("Nor is one that came to an end.", long_term().family_finding("2024-10-31", ended="2024-11-30"), "2024-11-30",
             on("2024-11-30", "2024-11-30", 0)),
    awaiting(
        "A match that ended today puts the child back.",
        long_term().match("LTF", "2024-12-10", ended="2025-01-31"), "2025-01-31", on("2024-11-30", "2024-11-30", 62),
    ),
    awaiting(
        "A match that is not ratified is one.",
        long_term("2011-02-01").match("LTF", "2024-12-10"), "2025-01-31",
    ),
    awaiting(
        "At 14, with neither a match nor a long-term placement, the child is waiting for a match.",
        long_term("2011-01-31"), "2025-01-31", on("2024-11-30", "2024-11-30", 62),
    ),
    awaiting("At 14 in a long-term placement, the child waits for ratification only.", settled(), "2025-01-31"),
    awaiting(
        "The day before the fourteenth birthday, the child in a long-term placement is waiting for a match.",
        settled(), "2025-01-30", on("2024-11-30", "2024-11-30", 61),
    ),
    ratification("The day before the fourteenth birthday the child is not on this list.", settled(), "2025-01-30"),
    ratification(
        "On the birthday the child is, from that day.",
        settled(), "2025-01-31", on("2025-01-31", "2025-01-31", 0), detail="in a long-term placement, not matched",
    ),
    ratification(
        "At 14 already, the placement is the clock.",
        settled("2010-05-10"), "2025-01-31", on("2024-12-10", "2024-12-10", 52),
    ),
    ratification(
        "Another record of the placement in the same home does not start it again.",
        long_term("2010-05-10").placement("U4", "2024-12-10", "2025-01-20", postcode="ZZ1 1AA")
        .placement("U4", "2025-01-20", postcode="ZZ1 1AA"), "2025-01-31", on("2024-12-10", "2024-12-10", 52),
    ),
    ratification(
        "Matched later than placed, the match is.",
        settled("2010-05-10").match("LTF", "2025-01-10"), "2025-01-31", on("2025-01-10", "2025-01-10", 21),
        detail="in a long-term placement, matched",
    ),
    ratification(
        "Matched with carers in a placement of another type counts too.",
        settled("2010-05-10", "U6").match("LTF", "2025-01-10"), "2025-01-31", on("2025-01-10", "2025-01-10", 21),
        detail="matched, not in a long-term placement",
    ),
    ratification("With neither, the child is not on this list.", settled("2010-05-10", "U6"), "2025-01-31"),
    ratification(
        "Ratified today, no longer.",
        settled("2010-05-10").match("LTF", "2024-12-10", ratified="2025-01-31"), "2025-01-31",
    ),
    ratification(
        "Ratified tomorrow, still.",
        settled("2010-05-10").match("LTF", "2024-12-10", ratified="2025-02-01"), "2025-01-31",
        on("2024-12-10", "2024-12-10", 52),
    ),
    ratification(
        "Somebody born on 29 February is 14 on 1 March.",
        settled("2012-02-29"), "2026-03-01", on("2026-03-01", "2026-03-01", 0),
    ),
    ratification("And not on 28 February.", settled("2012-02-29"), "2026-02-28"),
    ratification("A child whose date of birth is missing is left out.", settled(None), "2025-01-31"),
)  # fmt: skip
