"""Slough's planning: a family group conference before the first plan and in pre-proceedings, early permanence for the youngest."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.kinds import on, rule_case
from tests.metrics.cases.national_child import national

SETTINGS = {"policies": ("slough",)}
conference = partial(rule_case, "fgc_before_plan", settings=SETTINGS)
offered = partial(rule_case, "fgc_in_pre_proceedings", settings=SETTINGS)
considered = partial(rule_case, "adoption_considered", settings=SETTINGS)
early = partial(rule_case, "early_permanence_considered", settings=SETTINGS)
PLANNED = on("2025-03-10", "2025-03-10", 20)


def in_care(born="2015-05-10"):
    return national(born=born).in_care("2025-01-31")


def planned():
    return in_care().plan("ADOPTION", "2025-03-10")


def small():
    return in_care(born="2022-06-01").placement("U6", "2025-01-31")


def again():
    """In care for a second time, with a plan of long-term fostering."""
    one = national().in_care("2023-01-01", "2024-01-01", period="ONE")
    return one.in_care("2025-01-31").plan("LTFOST18", "2025-03-10")


def before_court(born="2015-05-10", ended=None):
    return national(born=born).before_court("2025-02-03", ended)


CONFERENCE = (
    conference("With no conference at all, the child is on the list since the first plan.", planned(), "2025-03-30", PLANNED,
               detail="none"),
    conference("A conference the day before the first plan comes before it.", planned().meeting("FGC", "2025-03-09"), "2025-03-30"),
    conference("On the very day it counts.", planned().meeting("FGC", "2025-03-10"), "2025-03-30"),
    conference("The day after it is too late.", planned().meeting("FGC", "2025-03-11"), "2025-03-30", PLANNED,
               detail="first on 11/03/2025, after the first plan"),
    conference("A family network meeting will do.", planned().meeting("FNM", "2025-03-01"), "2025-03-30"),
    conference("A family that was offered one had the right to it.", planned().meeting("FGC", "2025-03-01", "OFFERED"), "2025-03-30"),
    conference("So had one that declined it.", planned().meeting("FGC", "2025-03-01", "DECLINED"), "2025-03-30"),
    conference("One that was booked or cancelled does not count.",
               planned().meeting("FGC", "2025-03-01", "BOOKED").meeting("FGC", "2025-03-02", "CANCELLED"), "2025-03-30", PLANNED,
               detail="none"),
    conference("A meeting without a status counts as held.", planned().meeting("FGC", "2025-03-01", None), "2025-03-30"),
    conference("A year before entry to care, it counts.", planned().meeting("FGC", "2024-02-02"), "2025-03-30"),
    conference("A day earlier it does not, and the list says so.", planned().meeting("FGC", "2024-02-01"), "2025-03-30", PLANNED,
               detail="last on 01/02/2024, long before this period of care"),
    conference("A plan that is typed again does not start the breach anew.",
               planned().plan("ADOPTION", "2025-03-20"), "2025-03-30", PLANNED),
    conference("Nor does it mend it: a conference between the two plans comes after the first.",
               planned().meeting("FGC", "2025-03-15").plan("LTFOST18", "2025-03-20"), "2025-03-30", PLANNED),
    conference("A conference before the first plan holds for the later ones.",
               planned().meeting("FGC", "2025-03-01").plan("LTFOST18", "2025-03-20"), "2025-03-30"),
    conference("A plan with no option ticked is no first plan.",
               in_care().plan("", "2025-02-10").meeting("FGC", "2025-03-01").plan("ADOPTION", "2025-03-10"), "2025-03-30"),
    conference("A child without a plan is not on this list.", in_care(), "2025-03-30"),
    conference("A plan of an earlier period of care is not this one's first.",
               national().in_care("2023-01-01", "2024-01-01", period="ONE").plan("ADOPTION", "2023-02-01", "2024-01-01")
               .in_care("2025-01-31", period="TWO").meeting("FGC", "2025-03-01").plan("ADOPTION", "2025-03-10"), "2025-03-30"),
)  # fmt: skip
OFFERED = (
    offered("In pre-proceedings with none offered, the child is on the list since the decision.", before_court(), "2025-03-01",
            on("2025-02-03", "2025-02-03", 26), detail="not in care"),
    offered("Offered that day, the child is not.", before_court().meeting("FGC", "2025-03-01", "OFFERED"), "2025-03-01"),
    offered("Offered tomorrow, the child is.", before_court().meeting("FGC", "2025-03-02", "OFFERED"), "2025-03-01",
            on("2025-02-03", "2025-02-03", 26)),
    offered("Declined is offered.", before_court().meeting("FGC", "2025-02-10", "DECLINED"), "2025-03-01"),
    offered("A year before the decision still counts.", before_court().meeting("FGC", "2024-02-05"), "2025-03-01"),
    offered("A day earlier does not.", before_court().meeting("FGC", "2024-02-04"), "2025-03-01", on("2025-02-03", "2025-02-03", 26)),
    offered("A family network meeting is no family group conference.", before_court().meeting("FNM", "2025-02-10"), "2025-03-01",
            on("2025-02-03", "2025-02-03", 26)),
    offered("Once proceedings are issued, the pre-proceedings have ended.", before_court().proceedings("2025-03-01"), "2025-03-01"),
)  # fmt: skip
EARLY = (
    early("A child under three in care with no early permanence option is on the list since entry, in court or not.", small(),
          "2025-03-01", on("2025-01-31", "2025-01-31", 29), detail="in care"),
    early("The day before the third birthday the child is under three.", small(), "2025-05-31", on("2025-01-31", "2025-01-31", 120)),
    early("On the third birthday the child is not.", small(), "2025-06-01"),
    early("A child in pre-proceedings is on it since the decision.", before_court(born="2024-06-01"), "2025-03-01",
          on("2025-02-03", "2025-02-03", 26), detail="in pre-proceedings"),
    early("A child neither in care nor in pre-proceedings is not.",
          before_court(born="2024-06-01", ended="2025-03-01"), "2025-03-01"),
    early("A child at home in care proceedings is on it since their issue.",
          national(born="2024-06-01").proceedings("2025-02-03"), "2025-03-01",
          on("2025-02-03", "2025-02-03", 26), detail="in proceedings"),
    early("So is one whose pre-proceedings led to them, from the day of issue on.",
          before_court(born="2024-06-01").proceedings("2025-03-01"), "2025-03-01", on("2025-03-01", "2025-03-01", 0),
          detail="in proceedings"),
    early("The day before, the child is in pre-proceedings.",
          before_court(born="2024-06-01").proceedings("2025-03-01"), "2025-02-28", on("2025-02-03", "2025-02-03", 25),
          detail="in pre-proceedings"),
    early("When proceedings have concluded at home, nothing is asked.",
          national(born="2024-06-01").proceedings("2025-02-03", "2025-03-01"), "2025-03-01"),
    early("A child not born yet is under three.", before_court(born=None).expected("2025-04-20"), "2025-03-01",
          on("2025-02-03", "2025-02-03", 26), detail="in pre-proceedings; expected on 20/04/2025"),
    early("A child in an early permanence placement has been considered.",
          in_care(born="2022-06-01").placement("U5", "2025-01-31"), "2025-03-01"),
    early("So has one whose early permanence carers have become the adopters.",
          in_care(born="2022-06-01").placement("U5", "2025-01-31", "2025-02-20").placement("A5", "2025-02-20"), "2025-03-01"),
    early("So has one who has left such a placement, and one of an earlier period of care.",
          national(born="2022-06-01").in_care("2023-01-01", "2024-01-01", period="ONE").placement("U2", "2023-01-01", "2023-06-01")
          .in_care("2025-01-31").placement("U6", "2025-01-31"), "2025-03-01"),
    early("An early permanence placement of tomorrow has not begun.",
          small().placement("U5", "2025-03-02"), "2025-03-01", on("2025-01-31", "2025-01-31", 29)),
    early("One that ended on the day on which it began was none.",
          small().placement("U5", "2025-02-20", "2025-02-20"), "2025-03-01", on("2025-01-31", "2025-01-31", 29)),
    early("A child placed for adoption, with neither an option nor such a placement before, is on it.",
          in_care(born="2022-06-01").placement("A5", "2025-01-31"), "2025-03-01", on("2025-01-31", "2025-01-31", 29)),
    early("An option that was referred that day has been considered, also when it is closed.",
          small().option("EARLY_PERMANENCE", referred="2025-03-01", closed="2025-03-01"), "2025-03-01"),
    early("An option to be referred tomorrow has not.", small().option("EARLY_PERMANENCE", referred="2025-03-02"), "2025-03-01",
          on("2025-01-31", "2025-01-31", 29)),
    early("An option referred before birth and before entry to care counts.",
          small().option("EARLY_PERMANENCE", referred="2022-04-01"), "2025-03-01"),
    early("Another option is no early permanence option.", small().option("ADOPTION", referred="2025-02-10"), "2025-03-01",
          on("2025-01-31", "2025-01-31", 29)),
    early("Where no placement is recorded, the list says so.", in_care(born="2022-06-01"), "2025-03-01",
          on("2025-01-31", "2025-01-31", 29), detail="in care; placement not known"),
    early("A child whose date of birth is missing, and who is not expected, is left out.", in_care(born=None), "2025-03-01"),
)  # fmt: skip
ADOPTION = (
    considered("A plan away from home, and adoption never considered: on the list since the plan.",
               in_care().plan("LTFOST18", "2025-03-10"), "2025-03-10", on("2025-03-10", "2025-03-10", 0), detail="long term fostering"),
    considered("The day before the plan the child is not.", in_care().plan("LTFOST18", "2025-03-10"), "2025-03-09"),
    considered("Adoption among the options of the plan has been considered.", planned(), "2025-03-30"),
    considered("So it has where an earlier plan of this period of care had it.",
               in_care().plan("ADOPTION", "2025-02-10").plan("LTFOST18", "2025-03-10"), "2025-03-30"),
    considered("A plan of an earlier period of care was about another time.",
               national().in_care("2023-01-01", "2024-01-01", period="ONE").plan("ADOPTION", "2023-02-01", "2024-01-01")
               .in_care("2025-01-31").plan("LTFOST18", "2025-03-10"), "2025-03-30", PLANNED),
    considered("Explored on the form that day, it has been considered.",
               in_care().plan("LTFOST18", "2025-03-10").option("ADOPTION", referred="2025-03-30"), "2025-03-30"),
    considered("Explored the day after, it has not yet.",
               in_care().plan("LTFOST18", "2025-03-10").option("ADOPTION", referred="2025-03-31"), "2025-03-30", PLANNED),
    considered("An option that came to nothing was considered all the same.",
               in_care().plan("LTFOST18", "2025-03-10").option("ADOPTION", referred="2024-03-01", closed="2024-06-01"), "2025-03-30"),
    considered("Another option is not adoption.",
               in_care().plan("LTFOST18", "2025-03-10").option("SGO", referred="2025-03-01"), "2025-03-30", PLANNED),
    considered("Decided by the agency decision maker that day, it has been considered.",
               in_care().plan("LTFOST18", "2025-03-10").permanence_record(adm_decision_date="2025-03-30"), "2025-03-30"),
    considered("Explored in an earlier period of care, it was about another plan.",
               again().option("ADOPTION", referred="2024-01-01"), "2025-03-30", PLANNED),
    considered("Explored since that ended, before this one, it has been considered.",
               again().option("ADOPTION", referred="2024-01-02"), "2025-03-30"),
    considered("A decision of the day on which the earlier period ended was about that one.",
               again().permanence_record(adm_decision_date="2024-01-01"), "2025-03-30", PLANNED),
    considered("One of the day after counts.", again().permanence_record(adm_decision_date="2024-01-02"), "2025-03-30"),
    considered("A plan to return home asks for nothing.", in_care().plan("RETURN6M", "2025-03-10"), "2025-03-30"),
    considered("Nor does a child with no plan.", in_care(), "2025-03-30"),
)  # fmt: skip
CASES = (*CONFERENCE, *OFFERED, *EARLY, *ADOPTION)
