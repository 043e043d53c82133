"""`monitoring_group`: the Permanence Monitoring Group's weekly list, until permanence is achieved."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.kinds import on, rule_case
from tests.metrics.cases.national_child import national

case = partial(rule_case, "monitoring_group", settings={"policies": ("slough",)})
never = partial(rule_case, "pmg_not_considered", settings={"policies": ("slough",)})
DAY = "2025-06-01"
NEVER = " · never considered"
SINCE_ENTRY = on("2025-01-31", "2025-01-31", 121)


def unborn():
    return national(born=None).relinquished("2025-01-25")


def in_care():
    return national().in_care("2025-01-31")


def matched(on="2025-03-01", ended=None):
    return in_care().match("LTF", on, ended=ended)


CASES = (
    case("A child is on the list from the day of entering care.", in_care(), "2025-01-31", on("2025-01-31", "2025-01-31", 0),
         detail=f"came into care{NEVER}"),
    case("The day before, the child is not.", in_care(), "2025-01-30"),
    case("Under section 20, that is a reason too.", in_care().legal("V2", "2025-01-31"), DAY, SINCE_ENTRY,
         detail=f"came into care; section 20{NEVER}"),
    case("An interim care order is no final order.",
         in_care().legal("C1", "2025-01-31"), DAY, SINCE_ENTRY, detail=f"came into care{NEVER}"),
    case("A full care order is.", in_care().legal("C2", DAY), DAY, SINCE_ENTRY,
         detail=f"came into care; final order{NEVER}"),
    case("So is a placement order; one that ends that day is no longer.",
         in_care().legal("E1", "2025-03-01").legal("C2", "2025-02-01", DAY), DAY, SINCE_ENTRY,
         detail=f"came into care; final order{NEVER}"),
    case("Every reason that holds is given: relatives or friends as carers.",
         in_care().legal("C2", "2025-03-01").placement("U3", "2025-01-31"), DAY, SINCE_ENTRY,
         detail=f"came into care; final order; connected carers{NEVER}"),
    case("A child at home with parents while looked after is watched.",
         in_care().legal("C2", "2025-03-01").placement("P1", "2025-04-01"), DAY, SINCE_ENTRY,
         detail=f"came into care; final order; at home{NEVER}"),
    case("On the day of a long-term match, ratified or not, the child comes off the list.", matched(DAY), DAY),
    case("The day before, the child is on it.", matched("2025-06-02"), DAY, SINCE_ENTRY),
    case("On leaving the home of the match the child comes back, though the match was left open.",
         in_care().placement("U4", "2025-01-31", "2025-05-30", id="HOME").placement("U6", "2025-05-30")
         .match("LTF", "2025-03-01", placement="HOME"), DAY, on("2025-05-30", "2025-05-30", 2)),
    case("A match that ended that day puts the child back on the list, with a new clock.", matched(ended=DAY), DAY, on(DAY, DAY, 0)),
    case("A match that will end tomorrow still stands.", matched(ended="2025-06-02"), DAY),
    case("A match that ended on the day on which it was made was never permanence: the clock runs on.",
         matched(ended="2025-03-01"), DAY, SINCE_ENTRY),
    case("A special guardianship order in this period of care is permanence, also while the episode is still open.",
         in_care().option("SGO", referred="2025-02-10", order=DAY), DAY),
    case("An order made before this period of care is not.", in_care().option("SGO", order="2025-01-30"), DAY, SINCE_ENTRY),
    case("A permanence order of the permanence record is.",
         in_care().permanence_record(permanence_order_date="2025-05-01"), DAY),
    case("A baby whose parents relinquish is watched from that day, before coming into care.",
         national(born="2025-01-20").relinquished("2025-01-25"), "2025-01-25", on("2025-01-25", "2025-01-25", 0),
         detail=f"relinquished{NEVER}"),
    case("So is an unborn child.", national(born=None).relinquished("2025-01-25"), "2025-01-30", on("2025-01-25", "2025-01-25", 5)),
    case("The day before the parents say so, nobody is watched.", national(born=None).relinquished("2025-01-25"), "2025-01-24"),
    case("On the day that the parents take it back, nobody is watched.",
         unborn().relinquished("2025-01-30", "RELINQUISHMENT_WITHDRAWN"), "2025-01-30"),
    case("The day before, the child is.", unborn().relinquished("2025-01-31", "RELINQUISHMENT_WITHDRAWN"), "2025-01-30",
         on("2025-01-25", "2025-01-25", 5)),
    case("What was taken back before they said so again says nothing.",
         unborn().relinquished("2025-01-24", "RELINQUISHMENT_WITHDRAWN"), "2025-01-30", on("2025-01-25", "2025-01-25", 5)),
    case("Said again after it was taken back, it starts again.",
         unborn().relinquished("2025-01-27", "RELINQUISHMENT_WITHDRAWN").relinquished("2025-01-28"), "2025-01-30",
         on("2025-01-28", "2025-01-28", 2)),
    case("A child in care stays on the list for the other reasons.",
         in_care().relinquished("2025-01-25").relinquished("2025-02-10", "RELINQUISHMENT_WITHDRAWN"), DAY, SINCE_ENTRY,
         detail=f"came into care{NEVER}"),
    case("When the baby comes into care the clock goes on.", in_care().relinquished("2025-01-25"), DAY,
         on("2025-01-25", "2025-01-25", 127), detail=f"came into care; relinquished{NEVER}"),
    case("A relinquishment more than forty weeks before entry to care belongs to an earlier time.",
         in_care().relinquished("2024-04-25"), DAY, SINCE_ENTRY, detail=f"came into care{NEVER}"),
    case("Exactly forty weeks before entry, it counts.", in_care().relinquished("2024-04-26"), DAY,
         on("2024-04-26", "2024-04-26", 401)),
    case("A relinquished baby who came into care and left it, adopted, is watched no longer.",
         national(born="2025-01-20").relinquished("2025-01-25").adopted("2025-01-31", "2025-05-31"), DAY),
    case("Coming back into care begins a new clock.",
         national().in_care("2024-01-01", "2024-06-01", period="FIRST").in_care("2025-01-31", period="SECOND"), DAY, SINCE_ENTRY),
    case("The list says when the group last considered the child.",
         in_care().meeting("PMG", "2025-03-01").meeting("PMG", DAY).meeting("PMG", "2025-06-02"), DAY, SINCE_ENTRY,
         detail="came into care · last considered on 01/06/2025"),
    case("An unborn child's expected date is shown.", national(born=None).expected("2025-06-20").relinquished(DAY), DAY, on(DAY, DAY, 0),
         detail=f"relinquished · expected on 20/06/2025{NEVER}"),
    never("Never considered since entry to care, the child is on that list too.", in_care(), DAY, SINCE_ENTRY, detail="came into care"),
    never("Considered that day, the child is not.", in_care().meeting("PMG", DAY), DAY),
    never("To be considered tomorrow, the child is.", in_care().meeting("PMG", "2025-06-02"), DAY, SINCE_ENTRY),
    never("A meeting of the day before entry to care was about another time.", in_care().meeting("PMG", "2025-01-30"), DAY, SINCE_ENTRY),
    never("A cancelled meeting considered nobody.", in_care().meeting("PMG", "2025-03-01", "CANCELLED"), DAY, SINCE_ENTRY),
    never("Off the group's list, the child is not asked about.", matched(), DAY),
)  # fmt: skip
