"""Cases of adopted children, for the adoption indicators."""

from __future__ import annotations

from datetime import date
from random import Random

from tests.generated.strategies import a_day, add_legal_statuses, add_placements, make_timeline, maybe_a_day
from tests.metrics.cases.national_child import national
from tests.support.builder import records


def adopted_case(random: Random) -> tuple[dict, date]:
    """A few children, most of them adopted, with placements, orders, matches and records strewn over some days."""
    timeline = make_timeline(random)
    children = []
    for name in ("1", "B", "007"):
        one = national(name, born="2020-01-01")
        add_placements(random, one, timeline)
        add_legal_statuses(random, one, timeline)
        homes = [row["clap_cla_placement_id"] for row in one.rows.get("ssd_cla_placement", [])]
        for row in one.rows.get("ssd_cla_placement", []):
            row["clap_cla_placement_type"] = random.choice(
                ("A3", "A5", "A6", "A6", "U5", "U6", "T1", row["clap_cla_placement_type"])
            )
        for number in range(random.choice((0, 1, 2))):
            start = a_day(random, timeline)
            placement, reason = random.choice((*homes, None)), random.choice(("T", "U", "P", "L", None))
            one.in_care(start, max(start, a_day(random, timeline)), placement=placement, reason=reason, id=f"{name}E{number}")
        start = random.choice((timeline[0], a_day(random, timeline)))
        entered = random.choice((None, start, timeline[0]))
        reason, end = (
            random.choice(("E11", "E12", "E12", "E4A")),
            max(start, random.choice((timeline[-1], a_day(random, timeline)))),
        )
        one.adopted(start, end, reason, entered=entered and min(entered, start), id=f"{name}LAST")
        for _ in range(random.choice((0, 1, 2))):
            flag = random.choice((True, False, None))
            names = (
                "placed_ffa_cp_date",
                "placed_for_adoption_date",
                "placement_order_date",
                "matched_date",
                "decision_reversed_date",
            )
            dates = {name: maybe_a_day(random, timeline) for name in names}
            one.permanence_record(**dates)
            one.rows["ssd_permanence"][-1]["perm_adopted_by_carer_flag"] = flag
        if random.random() < 0.5:
            one.match("ADOPTION", maybe_a_day(random, timeline), ended=maybe_a_day(random, timeline))
        children.append(one)
    return records(*children), random.choice(timeline[-2:])
