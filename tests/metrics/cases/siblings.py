"""Brothers and sisters in care: apart and not assessed, an assessment to be reviewed, adoption with nothing decided."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from tests.metrics.cases.kinds import RuleCase, on, rule_case
from tests.metrics.cases.recorded_child import RecordedChild
from tests.support.builder import records

DAY = "2025-06-10"
SINCE = on("2025-04-01", "2025-04-01", 70)


def child(name, born="2018-05-10"):
    return RecordedChild(name, born, None)


def in_care(name="A", postcode="ZZ1", family="F1", mother=None, since="2025-03-01", **home):
    return child(name).in_care("2025-03-01").placement("U6", since, postcode=postcode, **home).family(family, mother=mother)


def other(postcode="ZZ2", **same):
    """The brother or sister, who moved on 1 April."""
    return in_care("B", postcode, since="2025-04-01", **same)


def of_two(rule, sentence, one, two, as_at=DAY, expected=None, *, both=False, detail=None) -> RuleCase:
    """A case of two children, the first of whom is on the list as ``expected``; or both."""
    case = rule_case(rule, sentence, one, as_at, expected, detail=detail)
    listed = {} if expected is None else dict.fromkeys(("A", "B") if both else ("A",), expected)
    return replace(case, records=records(one, two), expected=listed)


apart = partial(of_two, "siblings_apart_unassessed")
together = partial(of_two, "siblings_to_live_together")
due = partial(of_two, "sibling_assessment_due")
meeting = partial(of_two, "siblings_apart_meeting")
undecided = partial(of_two, "adoption_siblings_undecided")


def planned():
    return in_care().plan("ADOPTION", "2025-04-01")


APART_CASES = (
    apart("Two of one family in two homes are on the list since the later move.", in_care(), other(), DAY, SINCE, both=True,
          detail="apart from 1 of 1 brother or sister in care"),
    apart("On the day of the move they are.", in_care(), other(), "2025-04-01", on("2025-04-01", "2025-04-01", 0), both=True),
    apart("The day before it was not known where the other lived.", in_care(), other(), "2025-03-31"),
    apart("In one home, at the same provider, URN and postcode, they are not.", in_care(), other("ZZ1"), DAY),
    apart("Another provider at the same postcode is another home.", in_care(provider="PR1"), other("ZZ1", provider="PR4"), DAY, SINCE,
          both=True),
    apart("Where a postcode is not known, nobody is said to be apart.", in_care(), other(None), DAY),
    apart("Children of two families are no brothers and sisters.", in_care(), other(family="F2"), DAY),
    apart("In no family, children of one mother are.", in_care(family=None, mother="M1"), other(family=None, mother="M1"), DAY, SINCE,
          both=True),
    apart("A child in no family belongs to that of the mother's other children.", in_care(mother="M1"), other(family=None, mother="M1"),
          DAY, SINCE, both=True),
    apart("The family goes before the mother: two families of one mother are two.", in_care(mother="M1"), other(family="F2", mother="M1"),
          DAY),
    apart("A child assessed that day is off the list; the other is not.", in_care().sibling_assessment("2025-06-11"),
          other().sibling_assessment(DAY), DAY, SINCE),
    apart("An assessment of before this period of care does not count.", in_care().sibling_assessment("2025-02-28"),
          other().sibling_assessment("2025-03-01"), DAY, SINCE),
    apart("A brother or sister who left care that day is not in care.", in_care(), child("B").in_care("2025-03-01", DAY)
          .placement("U6", "2025-04-01", postcode="ZZ2").family("F1"), DAY),
)  # fmt: skip
TOGETHER_CASES = (
    together("Assessed to live together, and apart: on the list that day.", in_care().sibling_assessment("2025-05-01", "TOGETHER"), other(),
             "2025-05-01", on("2025-05-01", "2025-05-01", 0),
             detail="assessed on 01/05/2025: together; apart from 1 of 1 brother or sister in care"),
    together("The day before the assessment the child is not.", in_care().sibling_assessment("2025-05-01", "TOGETHER"), other(),
             "2025-04-30"),
    together("Parted after the assessment, the child is on the list since the move.",
             in_care().sibling_assessment("2025-03-10", "TOGETHER"), other(), DAY, SINCE),
    together("The day before the move it was not known where the other lived.",
             in_care().sibling_assessment("2025-03-10", "TOGETHER"), other(), "2025-03-31"),
    together("In one home they are together.", in_care().sibling_assessment("2025-05-01", "TOGETHER"), other("ZZ1"), DAY),
    together("Assessed to live apart since, the child is off the list that day.",
             in_care().sibling_assessment("2025-05-01", "TOGETHER").sibling_assessment(DAY, "APART"), other(), DAY),
    together("An assessment of tomorrow changes nothing today.",
             in_care().sibling_assessment("2025-05-01", "TOGETHER").sibling_assessment("2025-06-11", "APART"), other(), DAY,
             on("2025-05-01", "2025-05-01", 40)),
    together("One that is still open changes nothing either.",
             in_care().sibling_assessment("2025-05-01", "TOGETHER").sibling_assessment(DAY, "OPEN"), other(), DAY,
             on("2025-05-01", "2025-05-01", 40)),
    together("An assessment of before this period of care does not count.", in_care().sibling_assessment("2025-02-28", "TOGETHER"), other(),
             DAY),
    together("Where a postcode is not known, nobody is said to be apart.", in_care().sibling_assessment("2025-05-01", "TOGETHER"),
             other(None), DAY),
    together("A child who was assessed with nobody left in care is not on it.",
             in_care().sibling_assessment("2025-05-01", "TOGETHER"), other(family="F2"), DAY),
)  # fmt: skip
MEETING_CASES = (
    meeting("Assessed to live apart, with no meeting, the child is on the list that day.",
            in_care().sibling_assessment("2025-05-01"), other(), "2025-05-01", on("2025-05-01", "2025-05-01", 0),
            detail="assessed on 01/05/2025: apart; no meeting since"),
    meeting("The day before the assessment the child is not.", in_care().sibling_assessment("2025-05-01"), other(), "2025-04-30"),
    meeting("A meeting on the day of the assessment is about it.",
            in_care().sibling_assessment("2025-05-01").meeting("CARE_PLANNING", "2025-05-01"), other(), DAY),
    meeting("A meeting the day before was not.",
            in_care().sibling_assessment(DAY).meeting("CARE_PLANNING", "2025-06-09"), other(), DAY, on(DAY, DAY, 0)),
    meeting("A meeting of tomorrow has not been held.",
            in_care().sibling_assessment(DAY).meeting("CARE_PLANNING", "2025-06-11"), other(), DAY, on(DAY, DAY, 0)),
    meeting("Another meeting does not do.",
            in_care().sibling_assessment(DAY).meeting("SIBLING_MEETING", DAY), other(), DAY, on(DAY, DAY, 0)),
    meeting("Assessed to live together, no meeting is asked for.", in_care().sibling_assessment(DAY, "TOGETHER"), other(), DAY),
    meeting("A later assessment that says together goes before it.",
            in_care().sibling_assessment("2025-05-01").sibling_assessment(DAY, "TOGETHER"), other(), DAY),
    meeting("One that is still open does not.",
            in_care().sibling_assessment("2025-05-01").sibling_assessment("2025-06-01", "OPEN"), other(), DAY,
            on("2025-05-01", "2025-05-01", 40)),
)  # fmt: skip
DUE_CASES = (
    due("On the day by which it is to be reviewed, the child is on the list.",
        in_care().sibling_assessment("2025-04-10", review_by=DAY), other(), DAY, on(DAY, DAY, 0), detail="assessed on 10/04/2025: apart"),
    due("The day before, the child is not.", in_care().sibling_assessment("2025-04-10", review_by=DAY), other(), "2025-06-09"),
    due("A later assessment takes its place.",
        in_care().sibling_assessment("2025-04-10", review_by=DAY).sibling_assessment(DAY, review_by="2026-06-10"), other(), DAY),
    due("One of tomorrow does not yet.",
        in_care().sibling_assessment("2025-04-10", review_by=DAY).sibling_assessment("2025-06-11"), other(), DAY, on(DAY, DAY, 0)),
    due("One that names no day is not on the list.", in_care().sibling_assessment("2025-04-10"), other(), DAY),
    due("A child with no brother or sister in care is not asked about.",
        in_care().sibling_assessment("2025-04-10", review_by=DAY), other(family="F2"), DAY),
    due("An outcome that is open is not decided.", in_care().sibling_assessment("2025-04-10", "OPEN", review_by=DAY), other(), DAY,
        on(DAY, DAY, 0), detail="assessed on 10/04/2025: not decided"),
)  # fmt: skip
UNDECIDED_CASES = (
    undecided("Adoption in the plan, a sister in care, and nothing assessed: since adoption was the plan.", planned(), other(), DAY, SINCE,
              detail="1 in care, 0 adopted; not assessed"),
    undecided("Decided and countersigned that day by the service manager, the child is not.",
              planned().sibling_assessment("2025-05-01", by="Service Manager", signed=DAY), other(), DAY),
    undecided("Countersigned tomorrow, the child is.",
              planned().sibling_assessment("2025-05-01", by="Service Manager", signed="2025-06-11"), other(), DAY, SINCE,
              detail="1 in care, 0 adopted; assessed, no countersigned decision"),
    undecided("Countersigned by anyone else, the child is.",
              planned().sibling_assessment("2025-05-01", by="Team Manager", signed=DAY), other(), DAY, SINCE,
              detail="1 in care, 0 adopted; decided, not countersigned by the service manager"),
    undecided("An open outcome is no decision, whoever signed it.",
              planned().sibling_assessment("2025-05-01", "OPEN", by="Service Manager", signed=DAY), other(), DAY, SINCE),
    undecided("A brother who was adopted counts, long after he left care.", planned(),
              child("B", "2014-01-01").in_care("2018-01-01", "2020-01-01", ceased="E12").family("F1"), DAY, SINCE,
              detail="0 in care, 1 adopted; not assessed"),
    undecided("One who left care for another reason does not.", planned(),
              child("B", "2014-01-01").in_care("2018-01-01", "2020-01-01", ceased="E4A").family("F1"), DAY),
    undecided("Another plan does not ask for it.", in_care().plan("LTFOST18", "2025-04-01"), other(), DAY),
)  # fmt: skip
CASES = (*APART_CASES, *MEETING_CASES, *DUE_CASES, *UNDECIDED_CASES)
