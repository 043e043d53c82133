"""Connected persons, the adoption tracker, and the way to court."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.hertfordshire_child import served
from tests.metrics.cases.kinds import on, rule_case

connected = partial(rule_case, "connected_assessment_open")
before = partial(rule_case, "pre_adm")
after = partial(rule_case, "post_adm")
adopted = partial(rule_case, "adopted")
pre_proceedings = partial(rule_case, "pre_proceedings")
proceedings = partial(rule_case, "proceedings")
SINCE_MARCH = on("2025-03-03", "2025-03-03", 59)
ASSESSED, PLANNED, LEGAL = "adoption option being assessed", "adoption in the plan", "legal planning meeting held"


def in_care(born="2018-05-10"):
    return served(born).in_care("2025-01-31")


def again():
    return served().in_care("2024-01-10", "2024-06-01", period="ONE").in_care("2025-01-31", period="TWO")


def referred(**dates):
    return in_care().explored("SGO", "2025-03-03", **dates)


def decided(**dates):
    return in_care().decided("2025-03-03", **dates)


CASES = (
    connected("The day before the referral the child is not on the list.", referred(), "2025-03-02"),
    connected(
        "On the day of the referral the child is.",
        referred(), "2025-03-03", on("2025-03-03", "2025-03-03", 0), detail="referral",
    ),
    connected("The day after, for a day.", referred(), "2025-03-04", on("2025-03-03", "2025-03-03", 1)),
    connected("A viability assessment today is the next stage.", referred(viability="2025-05-01"), "2025-05-01", SINCE_MARCH,
              detail="viability"),
    connected("One tomorrow is not.", referred(viability="2025-05-02"), "2025-05-01", SINCE_MARCH, detail="referral"),
    connected("The full assessment is the stage after.", referred(viability="2025-04-01", assessed="2025-05-01"), "2025-05-01",
              SINCE_MARCH, detail="assessment"),
    connected(
        "Then comes the panel.",
        referred(assessed="2025-04-01", panel="2025-05-01"), "2025-05-01", SINCE_MARCH, detail="panel",
    ),
    connected(
        "Six months to the day after the last step, nothing is said.",
        referred(viability="2025-05-01"), "2025-11-01", on("2025-03-03", "2025-03-03", 243), detail="viability",
    ),
    connected(
        "The day after, it is a delay, or a record to close.",
        referred(viability="2025-05-01"), "2025-11-02", on("2025-03-03", "2025-03-03", 244),
        detail="viability; no step for more than 6 months: delay, or a record to close",
    ),
    connected(
        "The end of an assessment is a step.",
        in_care().explored("SGO", "2025-03-03", assessed="2025-04-01").assessment_ended("2025-05-02"), "2025-11-02",
        on("2025-03-03", "2025-03-03", 244), detail="assessment",
    ),
    connected(
        "A step of tomorrow is none yet.",
        referred(viability="2025-05-01", court="2025-11-03"), "2025-11-02", on("2025-03-03", "2025-03-03", 244),
        detail="viability; no step for more than 6 months: delay, or a record to close",
    ),
    connected(
        "Of two, one with no step is enough.",
        referred(viability="2025-05-01").explored("CAO", "2025-10-01", assessed="2025-10-20"), "2025-11-02",
        on("2025-03-03", "2025-03-03", 244), detail="assessment; no step for more than 6 months: delay, or a record to close",
    ),
    connected("Then the court.", referred(panel="2025-04-20", court="2025-05-01"), "2025-05-01", SINCE_MARCH, detail="court"),
    connected("An order today concludes it.", referred(order="2025-05-01"), "2025-05-01"),
    connected("Closed today, it is over.", referred(closed="2025-05-01"), "2025-05-01"),
    connected("Closed tomorrow, it is open.", referred(closed="2025-05-02"), "2025-05-01", SINCE_MARCH),
    connected(
        "Of two, the first referral is the clock and the one furthest on the stage.",
        referred().explored("CONNECTED_PERSON", "2025-04-01", assessed="2025-04-20"), "2025-05-01", SINCE_MARCH,
        detail="assessment",
    ),
    connected("Adoption is no connected person's option.", in_care().explored("ADOPTION", "2025-03-03"), "2025-05-01"),
    connected("A referral before entry to care counts.", in_care().explored("CAO", "2025-01-10"), "2025-05-01",
              on("2025-01-10", "2025-01-10", 111)),
    connected("A child in pre-proceedings who is not in care is followed too.",
              served().before_court("2025-02-03").explored("SGO", "2025-03-03"), "2025-05-01", SINCE_MARCH),
    connected("A child who is neither is not.", served().explored("SGO", "2025-03-03"), "2025-05-01"),
    before(
        "The day before adoption is explored the child is not on the list.",
        in_care().explored("ADOPTION", "2025-03-03"), "2025-03-02",
    ),
    before("On the day of the referral the child is.", in_care().explored("ADOPTION", "2025-03-03"), "2025-03-03",
           on("2025-03-03", "2025-03-03", 0), detail=ASSESSED),
    before("Closed today, no longer.", in_care().explored("ADOPTION", "2025-03-03", closed="2025-05-01"), "2025-05-01"),
    before(
        "Adoption in the plan puts a child on it.",
        in_care().plan("RETURN6M ADOPTION", "2025-03-03"), "2025-05-01", SINCE_MARCH, detail=PLANNED,
    ),
    before(
        "So does a legal planning meeting of a child under 8.",
        in_care().meeting("LEGAL_PLANNING", "2025-03-03"), "2025-05-01", SINCE_MARCH, detail=LEGAL,
    ),
    before("On the eighth birthday it does not.", in_care("2017-05-01").meeting("LEGAL_PLANNING", "2025-03-03"), "2025-05-01"),
    before("One that was cancelled does not.", in_care().meeting("LEGAL_PLANNING", "2025-03-03", "CANCELLED"), "2025-05-01"),
    before("One of before entry to care does too: a child does not go off the list by coming into care.",
           in_care().meeting("LEGAL_PLANNING", "2025-01-30"), "2025-05-01", on("2025-01-30", "2025-01-30", 91), detail=LEGAL),
    before("One of the day on which an earlier period of care ended was about that time.",
           again().meeting("LEGAL_PLANNING", "2024-06-01"), "2025-05-01"),
    before("One of the day after is about this one.",
           again().meeting("LEGAL_PLANNING", "2024-06-02"), "2025-05-01", on("2024-06-02", "2024-06-02", 333), detail=LEGAL),
    before("For a child in pre-proceedings who is not in care it does.",
           served().before_court("2025-02-03").meeting("LEGAL_PLANNING", "2025-01-30"), "2025-05-01",
           on("2025-01-30", "2025-01-30", 91),
           detail=LEGAL),
    before("The clock is the first of the reasons, and the detail the first that applies.",
           in_care().plan("ADOPTION", "2025-03-03").explored("ADOPTION", "2025-04-01"), "2025-05-01", SINCE_MARCH,
           detail=ASSESSED),
    before(
        "An agency decision today takes the child off.",
        in_care().plan("ADOPTION", "2025-03-03").decided("2025-05-01"), "2025-05-01",
    ),
    before("One tomorrow does not.", in_care().plan("ADOPTION", "2025-03-03").decided("2025-05-02"), "2025-05-01", SINCE_MARCH),
    before(
        "One of an earlier period of care does not.",
        in_care().plan("ADOPTION", "2025-03-03").decided("2024-06-03"), "2025-05-01", SINCE_MARCH,
    ),
    before(
        "One reversed today puts the child back.",
        in_care().plan("ADOPTION", "2025-03-03").decided("2025-04-01", reversed="2025-05-01"), "2025-05-01", SINCE_MARCH,
    ),
    after("The day before the decision the child is not on the list.", decided(), "2025-03-02"),
    after("On the day of the decision the child is.", decided(), "2025-03-03", on("2025-03-03", "2025-03-03", 0),
          detail="no placement order yet"),
    after("Under a placement order a family is looked for.", decided(order="2025-04-01"), "2025-05-01", SINCE_MARCH,
          detail="placement order, family finding"),
    after("In early permanence the carers are there.", decided().placement("U2", "2025-02-10"), "2025-05-01", SINCE_MARCH,
          detail="early permanence, not matched"),
    after("Matched today, the move is awaited.", decided(matched="2025-05-01"), "2025-05-01", SINCE_MARCH,
          detail="matched, awaiting the move"),
    after(
        "With adopters, the child is placed.",
        decided(matched="2025-04-01").placement("A6", "2025-05-01"), "2025-05-01", SINCE_MARCH, detail="placed for adoption",
    ),
    after("A decision reversed today is none.", decided(reversed="2025-05-01"), "2025-05-01"),
    after("Reversed tomorrow, it stands.", decided(reversed="2025-05-02"), "2025-05-01", SINCE_MARCH),
    after("A decision of an earlier period of care is none.", in_care().decided("2025-01-30"), "2025-05-01"),
    after("Of two decisions the later is the clock.", decided(id="P1").decided("2025-04-01", id="P2"), "2025-05-01",
          on("2025-04-01", "2025-04-01", 30)),
    after("Adopted today, though the episode goes on, the child is off.", decided(ordered="2025-05-01"), "2025-05-01"),
    after("Another order is no adoption.", decided(ordered="2025-05-01", kind="SGO"), "2025-05-01", SINCE_MARCH),
    adopted(
        "The day before the adoption the child is not on the list.",
        served().left("2024-01-10", "2025-01-31", "E11"), "2025-01-30",
    ),
    adopted("On the day of the adoption the child is.", served().left("2024-01-10", "2025-01-31", "E12"), "2025-01-31",
            on("2025-01-31", "2025-01-31", 0), detail="adopted"),
    adopted("Six months later, still.", served().left("2024-01-10", "2025-01-31", "E11"), "2025-07-31",
            on("2025-01-31", "2025-01-31", 181)),
    adopted("The day before twelve months have passed, still.", served().left("2024-01-10", "2025-01-31", "E11"), "2026-01-30",
            on("2025-01-31", "2025-01-31", 364)),
    adopted("On 31 January of the next year no longer.", served().left("2024-01-10", "2025-01-31", "E11"), "2026-01-31"),
    adopted("Special guardianship is counted apart.", served().left("2024-01-10", "2025-01-31", "E47"), "2025-01-31",
            on("2025-01-31", "2025-01-31", 0), detail="special guardianship"),
    adopted("And so is a child arrangements order.", served().left("2024-01-10", "2025-01-31", "E41"), "2025-01-31",
            on("2025-01-31", "2025-01-31", 0), detail="child arrangements"),
    adopted("A child in care again is not.", served().left("2024-01-10", "2025-01-31", "E47").in_care("2025-03-01", period="AGAIN"),
            "2025-03-01"),
    adopted("A return home is none of these.", served().left("2024-01-10", "2025-01-31", "E4A"), "2025-01-31"),
    pre_proceedings(
        "The day before the decision the child is not on the list.",
        served().before_court("2025-03-03"), "2025-03-02",
    ),
    pre_proceedings("On the day of the decision the child is.", served().before_court("2025-03-03"), "2025-03-03",
                    on("2025-03-03", "2025-03-03", 0), detail="not in care"),
    pre_proceedings(
        "A child in care is told to be so.",
        in_care().before_court("2025-03-03"), "2025-05-01", SINCE_MARCH, detail="in care",
    ),
    pre_proceedings("Stepped down today, it is over.", served().before_court("2025-03-03", "2025-05-01"), "2025-05-01"),
    pre_proceedings(
        "Stepped down tomorrow, it is not.",
        served().before_court("2025-03-03", "2025-05-02"), "2025-05-01", SINCE_MARCH,
    ),
    pre_proceedings("On the eighteenth birthday it is over.", served("2007-05-01").before_court("2025-03-03"), "2025-05-01"),
    proceedings("The day before the issue the child is not on the list.", served().proceedings("2025-03-03"), "2025-03-02"),
    proceedings(
        "On the day of the issue the child is.",
        served().proceedings("2025-03-03"), "2025-03-03", on("2025-03-03", "2025-03-03", 0), detail="not in care",
    ),
    proceedings(
        "Of two in force the earlier issue is the clock.",
        in_care().proceedings("2025-04-01").proceedings("2025-03-03"), "2025-05-01", SINCE_MARCH, detail="in care",
    ),
    proceedings("Concluded today, they are over.", served().proceedings("2025-03-03", "2025-05-01"), "2025-05-01"),
    proceedings(
        "Concluded tomorrow, they are not.",
        served().proceedings("2025-03-03", "2025-05-02"), "2025-05-01", SINCE_MARCH,
    ),
)  # fmt: skip
