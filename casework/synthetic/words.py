"""The words of the invented panels: what holds children up, in the voice of a panel's minutes. No real child or person is in them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Barrier:
    """A barrier of the coded list as a panel talks about it: what is said, what is asked for, of whom."""

    theme: str
    kind: str
    summaries: tuple[str, ...]
    actions: tuple[str, ...]
    owners: tuple[str, ...]


CLOSING = "The child is off the lists since the last panel; nothing is left for the panel to do."
DECISIONS = (
    "The plan stands; family finding goes on alongside the parallel plan.",
    "Head of service to review the plan before the next panel.",
    "Panel supports a change of plan if no family is found by the next review.",
    "Panel agrees the current plan and asks for the timetable in writing.",
    "Team manager to bring the parallel plan forward.",
)
OUTCOMES = (
    "Timetable agreed with the team.",
    "Escalated to the head of service.",
    "Plan confirmed; return to panel with the assessment.",
    "Progress made; the panel will look again.",
)
BARRIERS = (
    Barrier(
        "court_delay",
        "court",
        (
            "The final hearing has moved twice; a new date is awaited.",
            "Proceedings have passed 26 weeks and the last expert report is late.",
        ),
        (
            "Ask the court for the earliest listing and tell the panel the date.",
            "Legal services to write to the other parties about the late report.",
        ),
        ("Legal services", "Court manager"),
    ),
    Barrier(
        "assessment_outstanding",
        "assessment",
        (
            "The assessment of the paternal grandparents is not finished.",
            "A parenting assessment is outstanding and holds up the plan.",
        ),
        ("Finish the assessment and file it.", "Give a date for the assessment, and a second worker if it cannot be met."),
        ("Connected Persons team manager", "Team manager"),
    ),
    Barrier(
        "no_match_found",
        "family_finding",
        (
            "The profile has been shared nationally without an expression of interest.",
            "Two enquiries came in and neither went further.",
        ),
        (
            "Renew the profile with a new photograph and share it again.",
            "Book an activity day and an exchange event.",
            "Discuss an interagency search.",
        ),
        ("Family finder", "Adoption team manager"),
    ),
    Barrier(
        "sibling_decision",
        "meeting",
        (
            "Whether the brothers and sisters are to be placed together is not decided.",
            "The together-or-apart assessment is drafted, not signed off.",
        ),
        (
            "Hold the together-or-apart meeting and record the decision.",
            "Service manager to sign the decision about brothers and sisters.",
        ),
        ("Service manager", "Team manager"),
    ),
    Barrier(
        "immigration_status",
        "identity",
        ("Settled status has not been applied for, and adopters ask about it.", "The passport application was returned."),
        ("Apply for settled status and record the reference.", "Send the passport application again with the court order."),
        ("Social worker", "Team manager"),
    ),
    Barrier(
        "health",
        "meeting",
        ("The adoption medical is out of date.", "Genetic testing is awaited before the medical adviser can write."),
        ("Book the adoption medical.", "Ask the medical adviser for an interim letter."),
        ("Nurse for children looked after", "Medical adviser"),
    ),
    Barrier(
        "placement_breakdown",
        "support",
        ("The placement ended early and the plan has to be looked at again.", "Introductions stopped after the second week."),
        ("Hold the disruption meeting.", "Put respite and therapeutic support in place."),
        ("Fostering team manager", "Service manager"),
    ),
    Barrier(
        "support_package",
        "support",
        (
            "The carers wish to go on, and the support package is not agreed.",
            "The allowance offered is less than the carers have now.",
        ),
        ("Take the support package to the resource panel.", "Finance to confirm the allowance in writing."),
        ("Fostering team manager", "Finance"),
    ),
    Barrier(
        "contact",
        "contact",
        (
            "How often the child will see the birth family is not settled, and holds up the match.",
            "Contact takes two days a week and unsettles introductions.",
        ),
        ("Write the contact plan with the family.", "Review how often contact happens, and why."),
        ("Social worker", "Independent reviewing officer"),
    ),
    Barrier(
        "matching_not_ratified",
        "family_finding",
        (
            "The family is identified; the matching panel has no date before next month.",
            "The permanence report is not ready for the matching panel.",
        ),
        ("Ask for an extra place on the matching panel.", "Send the permanence report to the panel adviser."),
        ("Panel adviser", "Social worker"),
    ),
)
