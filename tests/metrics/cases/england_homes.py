"""England's stability of placements, and the operational clocks of children who wait for adoption."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.kinds import on, rule_case
from tests.metrics.cases.national_child import national

SETTINGS = {"policies": ("england",)}
three = partial(rule_case, "three_placements_12m", settings=SETTINGS)
settled = partial(rule_case, "same_placement_2y", settings=SETTINGS)
moved = partial(rule_case, "not_same_placement_2y", settings=SETTINGS)
family = partial(rule_case, "waiting_adoptive_family_14m", settings=SETTINGS)
match = partial(rule_case, "waiting_match_4m", settings=SETTINGS)
THIRD = on("2025-05-01", "2025-05-01", 0)
SETTLED = on("2023-03-15", "2025-03-15", 0)


def in_care():
    return national().in_care("2024-01-31", placement="H1")


def two_homes():
    return in_care().placement("U6", "2024-01-31", "2025-03-01", id="H1").placement("U6", "2025-03-01", "2025-05-01", id="H2")


def three_homes():
    return two_homes().placement("U6", "2025-05-01", id="H3")


def long_in_care(born="2015-05-10"):
    return national(born=born).in_care("2022-06-30", placement="H1")


def settled_home():
    return long_in_care().placement("U6", "2022-06-30", "2023-03-15", id="H1").placement("U6", "2023-03-15", id="H2")


def with_order():
    return in_care().legal("E1", "2024-10-31")


CASES = (
    three("Two placements are not three.", two_homes(), "2025-04-30"),
    three("On the day of the move into the third within twelve months, the child is on the list.", three_homes(), "2025-05-01", THIRD,
          detail="3 placements"),
    three("On 27 February 2026 the first of them, left on 1 March 2025, was still lived in within twelve months.", three_homes(),
          "2026-02-27", on("2025-05-01", "2025-05-01", 302)),
    three("On 28 February 2026, twelve months after its last day, it is left behind.", three_homes(), "2026-02-28"),
    three("A temporary placement is looked through: to hospital and back to the same home is one placement.",
          in_care().placement("U6", "2024-01-31", "2025-03-01", id="H1", postcode="ZZ1").placement("T1", "2025-03-01", "2025-03-09")
          .placement("U6", "2025-03-09", "2025-05-01", postcode="ZZ1").placement("K2", "2025-05-01"), "2025-05-01"),
    three("From hospital to another home is a move.",
          in_care().placement("U6", "2024-01-31", "2025-03-01", id="H1", postcode="ZZ1").placement("T1", "2025-03-01", "2025-03-09")
          .placement("U6", "2025-03-09", "2025-05-01", postcode="ZZ2").placement("K2", "2025-05-01"), "2025-05-01", THIRD),
    three("A placement that goes on with the same carer under another name (start reason T) is one.",
          two_homes().placement("U4", "2025-05-01", id="H3").in_care("2025-05-01", reason="T", placement="H3"), "2025-05-01"),
    three("Placed for adoption with the current foster carer is no new placement.", two_homes().placement("A5", "2025-05-01"),
          "2025-05-01"),
    three("Placed for adoption with others is.", two_homes().placement("A6", "2025-05-01"), "2025-05-01", THIRD),
    three("A placement that begins tomorrow is none yet.", three_homes(), "2025-04-30"),
    settled("Two years in the same placement to the day: settled.", settled_home(), "2025-03-15", SETTLED, detail="same placement"),
    settled("The day before, not yet.", settled_home(), "2025-03-14"),
    settled("Looked after for less than two and a half years, the child is not asked about.",
            national().in_care("2022-09-16").placement("U6", "2022-09-16"), "2025-03-15"),
    settled("Two and a half years to the day is enough.",
            national().in_care("2022-09-15").placement("U6", "2022-09-15"), "2025-03-15", on("2022-09-15", "2024-09-15", 181)),
    settled("On the 16th birthday, a young person is no longer asked about.",
            long_in_care("2009-03-15").placement("U6", "2022-06-30", id="H1"), "2025-03-15"),
    settled("Placed for adoption counts with the placement before.",
            long_in_care().placement("U6", "2022-06-30", "2024-12-01", id="H1").placement("A6", "2024-12-01"), "2025-03-15",
            on("2022-06-30", "2024-06-30", 258), detail="placed for adoption"),
    settled("A stay in hospital that lasts is looked through.",
            long_in_care().placement("U6", "2022-06-30", "2025-03-01", id="H1").placement("T1", "2025-03-01"), "2025-03-15",
            on("2022-06-30", "2024-06-30", 258)),
    moved("The day before two years in the same placement are up, the child is among those who moved.", settled_home(), "2025-03-14",
          on("2023-03-15", "2023-03-15", 730), detail="moved on 15/03/2023"),
    moved("From that day on, the child is not.", settled_home(), "2025-03-15"),
    moved("Placed for adoption after a short placement: both together are not two years.",
          long_in_care().placement("U6", "2022-06-30", "2024-01-01", id="H1").placement("U6", "2024-01-01", "2024-12-01")
          .placement("A6", "2024-12-01"), "2025-03-15", on("2024-01-01", "2024-01-01", 439), detail="placed for adoption"),
    moved("A placement that is not known is no settled one, and is marked.", long_in_care(), "2025-03-15",
          on("2022-06-30", "2022-06-30", 989), detail="placement not known"),
    moved("A temporary placement that interrupts nothing is no settled one.", long_in_care().placement("T0", "2025-03-01"), "2025-03-15",
          on("2022-06-30", "2022-06-30", 989), detail="temporary placement"),
    family("Fourteen months after entry on 31 January 2024 are up on 31 March 2025: the day before, the child is not on the list.",
           in_care().plan("ADOPTION", "2024-06-01"), "2025-03-30"),
    family("On 31 March the child is.", in_care().plan("ADOPTION", "2024-06-01"), "2025-03-31", on("2024-01-31", "2025-03-31", 0),
           detail="no placement order; not matched; placement not known"),
    family("A placement order says so too, whatever the plan.", with_order().placement("U6", "2024-01-31"), "2025-03-31",
           on("2024-01-31", "2025-03-31", 0), detail="placement order; not matched"),
    family("A child with early permanence carers has moved in.", with_order().placement("U5", "2024-01-31"), "2025-03-31"),
    family("So has a child with adopters; one who moves tomorrow has not.",
           with_order().placement("U6", "2024-01-31").placement("A6", "2025-04-01"), "2025-03-31", on("2024-01-31", "2025-03-31", 0)),
    match("Four months after an order of 31 October are up on 28 February: the day before, the child is not on the list.",
          with_order(), "2025-02-27"),
    match("On 28 February the child is.", with_order(), "2025-02-28", on("2024-10-31", "2025-02-28", 0),
          detail="no placement with adopters; placement not known"),
    match("A match of that day takes the child off.", with_order().permanence(matched="2025-02-28"), "2025-02-28"),
    match("A match of the day after does not.", with_order().permanence(matched="2025-03-01"), "2025-02-28",
          on("2024-10-31", "2025-02-28", 0)),
    match("A child who lives with adopters is matched, recorded or not.", with_order().placement("A6", "2025-02-01"), "2025-02-28"),
    match("With neither source of matches, nothing is said.", with_order(), "2025-02-28",
          without=("ssd_permanence", "local_carer_matches")),
)  # fmt: skip
