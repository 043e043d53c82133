"""Terms: placement, placement moves, team and service."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.kinds import term_case
from tests.support.builder import child, department

placement = partial(term_case, "Placement")
moves = partial(term_case, "Placement moves")
DEPARTMENTS = (
    department("T1", "Alpha Team", "S1", "North"),
    department("T2", "Beta Team"),
    department("9", "Gamma Team", "S1", "North"),
    department("10", "Gamma Team", "S2", "South"),
)
team = partial(term_case, "Team and service", departments=DEPARTMENTS)


def in_care():
    return child().in_care("2025-03-01")


def fostered_until(end: str):
    return in_care().placement("U6", "2025-03-01", end, id="HOME")


def moving(*steps: tuple[str, str, str, str | None]):
    """Placements that follow one another, each with its episode: (type, start, reason, URN)."""
    one = child()
    ends = [*(start for _, start, _, _ in steps[1:]), None]
    for number, ((kind, start, reason, urn), end) in enumerate(zip(steps, ends, strict=True), start=1):
        one.placement(kind, start, end, id=f"P{number}", urn=urn).in_care(start, end, reason=reason, placement=f"P{number}")
    return one


START = ("U6", "2025-03-01", "S", "SC1")

CASES = (
    placement("A placement that ends today is over; the one that starts today is the placement.",
              fostered_until("2025-06-10").placement("K2", "2025-06-10", id="NEXT"), "2025-06-10",
              placement_id="NEXT", placement_type="K2", placement_start="2025-06-10"),
    placement("Of two open placements, the later start is the placement.",
              in_care().placement("K2", "2025-05-01", id="LATER").placement("U6", "2025-03-01", id="EARLIER"), "2025-06-10",
              placement_id="LATER"),
    placement("Of two placements that start on one day, the higher identifier is the placement, and 10 is higher than 9.",
              in_care().placement("K2", "2025-05-01", id="10").placement("U6", "2025-05-01", id="9"), "2025-06-10",
              placement_id="10"),
    placement("A child in hospital is counted in the placement before the stay.",
              in_care().placement("U6", "2025-03-01", id="HOME").placement("T1", "2025-06-08"), "2025-06-10",
              placement_id="HOME", placement_type="U6", placement_start="2025-03-01"),
    placement("A placement that ended on the day the hospital stay began is interrupted by it.",
              fostered_until("2025-06-08").placement("T1", "2025-06-08"), "2025-06-10", placement_id="HOME"),
    placement("A placement that ended the day before the hospital stay began is not: the stay itself is the placement.",
              fostered_until("2025-06-07").placement("T1", "2025-06-08", id="STAY"), "2025-06-10",
              placement_id="STAY", placement_type="T1"),
    placement("Temporary placements that follow one another are one interruption.",
              fostered_until("2025-06-01").placement("T1", "2025-06-01", "2025-06-05").placement("T3", "2025-06-05"),
              "2025-06-10",
              placement_id="HOME"),
    placement("Temporary placements with a day between them are two: the second interrupts nothing.",
              fostered_until("2025-06-01").placement("T1", "2025-06-01", "2025-06-05").placement("T3", "2025-06-06", id="STAY"),
              "2025-06-10", placement_id="STAY"),
    placement("A temporary placement that interrupts nothing is itself the placement.",
              in_care().placement("T4", "2025-03-01", id="STAY"), "2025-06-10", placement_id="STAY", placement_type="T4"),
    placement("A child with no placement row: the placement is not known.",
              in_care(), "2025-06-10", placement_id=None, placement_type=None, placement_start=None),
    placement("A placement that starts tomorrow does not count today.",
              in_care().placement("U6", "2025-03-01", id="HOME").placement("A5", "2025-06-11"),
              "2025-06-10", placement_id="HOME"),
    moves("The first placement is not a move.", moving(START), "2025-06-10", placement_moves=0),
    moves("A move to another home counts on the day that it happens.",
          moving(START, ("K2", "2025-06-10", "P", "SC2")), "2025-06-10", placement_moves=1),
    moves("A move tomorrow does not count today.",
          moving(START, ("K2", "2025-06-11", "P", "SC2")), "2025-06-10", placement_moves=0),
    moves("A new legal status and a new home on one day are a move; a new legal status alone is not.",
          moving(START, ("K2", "2025-04-01", "B", "SC2"), ("K2", "2025-05-01", "L", "SC2")), "2025-06-10", placement_moves=1),
    moves("Into hospital and back to the same home is not a move.",
          moving(START, ("T1", "2025-04-01", "P", None), ("U6", "2025-04-09", "P", "SC1")), "2025-06-10", placement_moves=0),
    moves("Into hospital and on to another home is one move.",
          moving(START, ("T1", "2025-04-01", "P", None), ("U6", "2025-04-09", "P", "SC2")), "2025-06-10", placement_moves=1),
    moves("Two temporary placements in a row and back to the same home is not a move.",
          moving(START, ("T1", "2025-04-01", "P", None), ("T3", "2025-04-05", "P", None), ("U6", "2025-04-09", "P", "SC1")),
          "2025-06-10", placement_moves=0),
    moves("Away to another home and back again is two moves.",
          moving(START, ("U6", "2025-04-01", "P", "SC2"), ("U6", "2025-04-09", "P", "SC1")), "2025-06-10", placement_moves=2),
    moves("A move in an earlier period of care does not count.",
          child().in_care("2024-01-10", "2024-03-01", period="FIRST")
          .in_care("2024-03-01", "2024-09-01", period="FIRST", reason="P").in_care("2025-03-01"),
          "2025-06-10", placement_moves=0),
    moves("An episode of another period of care, within the days of this one, does not count.",
          child().in_care("2025-03-01").in_care("2025-04-01", "2025-04-09", reason="P", period="ANOTHER"), "2025-06-10",
          placement_moves=0),
    moves("Where episodes name no period of care, the date of entry shows which belong together.",
          child().in_care("2025-03-01", "2025-04-01", period=None, entered="2025-03-01")
          .in_care("2025-04-01", period=None, entered="2025-03-01", reason="P"), "2025-06-10", placement_moves=1),
    team("A team given by its identifier is shown by its name, and its service by the parent's.",
         in_care().worker("T1", "2025-03-01"), "2025-06-10", team="Alpha Team", service="North"),
    team("A team given by its name is found whatever its capitals and spaces.",
         in_care().worker(" alpha TEAM ", "2025-03-01"), "2025-06-10", team="Alpha Team", service="North"),
    team("A team without a parent is its own service.",
         in_care().worker("T2", "2025-03-01"), "2025-06-10", team="Beta Team", service="Beta Team"),
    team("A team that is not in the list of departments is shown as it is recorded.",
         in_care().worker("Nobody's Team", "2025-03-01"), "2025-06-10", team="Nobody's Team", service="Nobody's Team"),
    team("Of two departments of one name, the higher identifier is the team, and 10 is higher than 9.",
         in_care().worker("Gamma Team", "2025-03-01"), "2025-06-10", team="Gamma Team", service="South"),
    team("A child with no allocated worker has no team recorded.",
         in_care(), "2025-06-10", team="No team recorded", service="No service recorded"),
    team("A worker whose team is empty gives no team, though an earlier worker had one.",
         in_care().worker("T1", "2025-03-01").worker(None, "2025-05-01"), "2025-06-10",
         team="No team recorded", service="No service recorded"),
    team("The latest worker's team counts from the day that worker starts.",
         in_care().worker("T1", "2025-03-01").worker("T2", "2025-06-10"), "2025-06-10", team="Beta Team"),
    team("A worker who starts tomorrow does not count today.",
         in_care().worker("T1", "2025-03-01").worker("T2", "2025-06-11"), "2025-06-10", team="Alpha Team"),
    team("A worker whose involvement ends today does not count.",
         in_care().worker("T1", "2025-03-01", "2025-06-10"), "2025-06-10", team="No team recorded"),
    team("The role CW is an allocated worker's, in capitals or small letters.",
         in_care().worker("T1", "2025-03-01", role="cw"), "2025-06-10", team="Alpha Team"),
    team("A role that only contains CW is not.",
         in_care().worker("T1", "2025-03-01", role="SUPCW"), "2025-06-10", team="No team recorded"),
    team("A role that contains ALLOC is, in capitals or small letters.",
         in_care().worker("T1", "2025-03-01", role="Jointly allocated"), "2025-06-10", team="Alpha Team"),
    team("Which roles are an allocated worker's is the council's setting.",
         in_care().worker("T1", "2025-03-01", role="KEYWORKER"), "2025-06-10",
         settings={"allocated_worker_equals": ("keyworker",)}, team="Alpha Team"),
)  # fmt: skip
