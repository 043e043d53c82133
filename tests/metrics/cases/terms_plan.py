"""Terms: the plan and its clocks, placement orders, matches."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.kinds import term_case
from tests.support.builder import child

plan = partial(term_case, "Plan")
clock = partial(term_case, "Since when an option has been the plan")
no_plan = partial(term_case, "Since when there is no plan")
order = partial(term_case, "Placement order")
match = partial(term_case, "Matches")
NOT_SUBJECT = {"placement_order_since": None, "placement_order_source": None}


def in_care():
    return child().in_care("2025-01-10")


def matched_home(left: str, **same):
    """Placed since entry, matched and ratified with these carers on 1 May; the placement ends on a day."""
    one = in_care().placement("U4", "2025-01-10", left, id="HOME", **same)
    return one.match("LTF", "2025-05-01", ratified="2025-05-01", placement="HOME")


CASES = (
    plan("Several ticks are parallel planning: all of them are the plan, in the order of the form.",
         in_care().plan("ADOPTION RETURN6M", "2025-02-01"), "2025-06-10",
         options=("return_home", "adoption"), plan_shown="parallel: return home, adoption"),
    plan("Two ticks for one option are one option.",
         in_care().plan("RETURN1M RETURNEV", "2025-02-01"), "2025-06-10", options=("return_home",), plan_shown="return home"),
    plan("A plan supersedes the one before from its start, though the one before has no end.",
         in_care().plan("RETURN6M", "2025-02-01").plan("ADOPTION", "2025-06-10"), "2025-06-10", options=("adoption",)),
    plan("A plan that starts tomorrow does not count today.",
         in_care().plan("RETURN6M", "2025-02-01").plan("ADOPTION", "2025-06-11"), "2025-06-10", options=("return_home",)),
    plan("A plan once superseded does not come back when the later one ends.",
         in_care().plan("RETURN6M", "2025-02-01").plan("ADOPTION", "2025-05-01", "2025-06-10"), "2025-06-10", options=()),
    plan("A plan in force for less than a day still supersedes the one before.",
         in_care().plan("RETURN6M", "2025-02-01").plan("ADOPTION", "2025-06-10", "2025-06-10"), "2025-06-10", options=()),
    plan("Of two plans that start on one day, the higher identifier supersedes, and 10 is higher than 9.",
         in_care().plan("RETURN6M", "2025-02-01", id="10").plan("ADOPTION", "2025-02-01", id="9"), "2025-06-10",
         options=("return_home",)),
    plan("A plan from 28 days before entry counts.", in_care().plan("RETURN6M", "2024-12-13"), "2025-06-10",
         options=("return_home",), option_since={"return_home": "2025-01-10"}),
    plan("A plan from 29 days before entry does not.", in_care().plan("RETURN6M", "2024-12-12"), "2025-06-10", options=()),
    clock("Each option of a parallel plan has its own clock.",
          in_care().plan("RETURN6M", "2025-02-01").plan("RETURN6M ADOPTION", "2025-04-01"), "2025-06-10",
          option_since={"return_home": "2025-02-01", "adoption": "2025-04-01"}),
    clock("An option that was dropped for a while and comes back has a new clock; the one that stayed keeps its own.",
          in_care().plan("RETURN6M ADOPTION", "2025-02-01").plan("ADOPTION", "2025-04-01")
          .plan("RETURN6M ADOPTION", "2025-04-02"),
          "2025-06-10", option_since={"return_home": "2025-04-02", "adoption": "2025-02-01"}),
    clock("A gap of 28 days does not break a run.",
          in_care().plan("ADOPTION", "2025-02-01", "2025-03-01").plan("ADOPTION", "2025-03-29"), "2025-06-10",
          option_since={"adoption": "2025-02-01"}),
    clock("A gap of 29 days breaks it.",
          in_care().plan("ADOPTION", "2025-02-01", "2025-03-01").plan("ADOPTION", "2025-03-30"), "2025-06-10",
          option_since={"adoption": "2025-03-30"}),
    clock("Two gaps of 20 days, with the plan in force for a day between them, do not add up.",
          in_care().plan("ADOPTION", "2025-02-01", "2025-03-01").plan("ADOPTION", "2025-03-21", "2025-03-22")
          .plan("ADOPTION", "2025-04-11"), "2025-06-10", option_since={"adoption": "2025-02-01"}),
    clock("Two gaps of 20 days, with a plan in force for less than a day between them, are one gap of 40.",
          in_care().plan("ADOPTION", "2025-02-01", "2025-03-01").plan("ADOPTION", "2025-03-21", "2025-03-21")
          .plan("ADOPTION", "2025-04-10"), "2025-06-10", option_since={"adoption": "2025-04-10"}),
    clock("A leap day is a day of the gap: from 1 February 2024 to 29 February is 28 days.",
          child().in_care("2024-01-01").plan("ADOPTION", "2024-01-10", "2024-02-01").plan("ADOPTION", "2024-02-29"), "2024-06-10",
          option_since={"adoption": "2024-01-10"}),
    no_plan("The last plan with an option ended: no plan since that day.",
            in_care().plan("ADOPTION", "2025-02-01", "2025-05-01"), "2025-06-10", no_plan_since="2025-05-01"),
    no_plan("It was superseded by a blank plan: no plan since the blank plan's start, whatever end date the old plan has.",
            in_care().plan("ADOPTION", "2025-02-01", "2025-05-01").plan("", "2025-04-01"),
            "2025-06-10", no_plan_since="2025-04-01"),
    no_plan("There has never been a plan: no plan since entry to care.", in_care(), "2025-06-10", no_plan_since="2025-01-10"),
    no_plan("A child with a plan has no such clock.", in_care().plan("ADOPTION", "2025-02-01"), "2025-06-10", no_plan_since=None),
    order("A placement order in force is read from the legal statuses.",
          in_care().legal("E1", "2025-05-01").permanence(order="2025-04-20"), "2025-06-10",
          placement_order_since="2025-05-01", placement_order_source="legal status"),
    order("Without one, the date in the permanence record is used, and the answer says so.",
          in_care().permanence(order="2025-04-20"), "2025-06-10",
          placement_order_since="2025-04-20", placement_order_source="permanence record"),
    order("A recorded order from the day of entry counts.", in_care().permanence(order="2025-01-10"), "2025-06-10",
          placement_order_since="2025-01-10"),
    order("A recorded order dated tomorrow does not count today.",
          in_care().permanence(order="2025-06-11"), "2025-06-10", **NOT_SUBJECT),
    order("A placement order that has ended, with no other record, does not count.",
          in_care().legal("E1", "2025-02-01", "2025-06-10"), "2025-06-10", **NOT_SUBJECT),
    order("A placement order row that has run out, with the order on the permanence record and no later legal status, counts.",
          in_care().legal("E1", "2025-02-01", "2025-06-10").permanence(order="2025-02-01"), "2025-06-10",
          placement_order_since="2025-02-01", placement_order_source="permanence record"),
    match("Matched with adopters today: matched.",
          in_care().permanence(matched="2025-06-10"), "2025-06-10", matched_for_adoption=True),
    match("To be matched tomorrow: not matched.",
          in_care().permanence(matched="2025-06-11"), "2025-06-10", matched_for_adoption=False),
    match("A match reversed on the day of the match does not count.",
          in_care().permanence(matched="2025-06-01", reversed="2025-06-01"), "2025-06-10", matched_for_adoption=False),
    match("A reversal on another row does not undo a match.",
          in_care().permanence(matched="2025-06-01").permanence(reversed="2025-06-05"), "2025-06-10", matched_for_adoption=True),
    match("A reversal on the permanence record does not undo a match in the local matches.",
          in_care().permanence(matched="2025-06-01", reversed="2025-06-05").match("ADOPTION", "2025-06-01"), "2025-06-10",
          matched_for_adoption=True),
    match("A long-term match ratified tomorrow is a match, and not ratified.",
          in_care().match("LTF", "2025-06-01", ratified="2025-06-11"),
          "2025-06-10", long_term_match=True, long_term_ratified=False),
    match("A long-term match ratified today is ratified.",
          in_care().match("LTF", "2025-06-01", ratified="2025-06-10"),
          "2025-06-10", long_term_match=True, long_term_ratified=True),
    match("A long-term match that ended today does not count, ratified or not.",
          in_care().match("LTF", "2025-05-01", ratified="2025-05-01", ended="2025-06-10"), "2025-06-10",
          long_term_match=False, long_term_ratified=False),
    match("A long-term match is with the carers of the placement that it names: on the day the child leaves them it is over, though its "
          "record was left open.",
          matched_home("2025-06-10").placement("U6", "2025-06-10"), "2025-06-10", long_term_match=False, long_term_ratified=False),
    match("The day before, it stands.",
          matched_home("2025-06-11").placement("U6", "2025-06-11"), "2025-06-10", long_term_match=True, long_term_ratified=True),
    match("Another code of the placement in the same home does not end it.",
          matched_home("2025-06-01", postcode="ZZ1 1AA").placement("U6", "2025-06-01", postcode="ZZ1 1AA"), "2025-06-10",
          long_term_match=True, long_term_ratified=True),
    match("A stay in hospital does not end it.",
          matched_home("2025-06-01").placement("T1", "2025-06-01"), "2025-06-10", long_term_match=True, long_term_ratified=True),
    match("A match with carers to whom the child has not moved yet stands.",
          in_care().placement("U6", "2025-01-10", "2025-06-20").placement("U4", "2025-06-20", id="NEW")
          .match("LTF", "2025-05-01", placement="NEW"), "2025-06-10", long_term_match=True),
    match("So does one with carers with whom the child lived before the match.",
          in_care().placement("U6", "2025-01-10", "2025-03-01", id="HOME").placement("K2", "2025-03-01")
          .match("LTF", "2025-05-01", placement="HOME"), "2025-06-10", long_term_match=True),
)  # fmt: skip
