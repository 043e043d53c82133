"""Salford's key stages about the home a child lives in: planning it, approving it, keeping it, visiting it."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.milestones import milestone_case
from tests.metrics.cases.salford_child import salford

planning = partial(milestone_case, "placement_planning_72h")
stability = partial(milestone_case, "stability_meeting_10d")
emergency = partial(milestone_case, "emergency_meeting_5d")
tracking = partial(milestone_case, "placement_tracking_panel")
far_meeting = partial(milestone_case, "far_placement_meeting")
visit = partial(milestone_case, "statutory_visit")


def placed(kind="U6", end=None, **home):
    """In care, and in the first home, from 1 March 2025."""
    return salford().in_care("2025-03-01").home(kind, "2025-03-01", end, id="P1", **home)


def moved(**home):
    """Moved to a second home on 10 June 2025."""
    return placed(end="2025-06-10").meeting("PLACEMENT_PLANNING", "2025-03-02").home("U6", "2025-06-10", id="P2", **home)


def doubted():
    """A concern on Monday 15 December 2025: ten working days on, over Christmas, is Wednesday 31 December."""
    return placed().event("STABILITY_CONCERN", "2025-12-15")


def found_in_a_night(end=None):
    """An emergency placement on Thursday 1 May 2025: five days on, over the weekend and the bank holiday, is Tuesday 6 May."""
    one = salford().in_care("2025-03-01").home("U6", "2025-05-01", end, id="P1")
    return one.approval("EMERGENCY", "P1", asked="2025-05-01")


def unnamed(asked):
    """Moved on 1 May 2025, with an approval of an emergency that does not say of which placement."""
    one = salford().in_care("2025-03-01").home("U6", "2025-03-01", "2025-05-01", id="P0", postcode="ZZ9 9ZZ")
    return one.home("U6", "2025-05-01", id="P1", postcode="ZZ1 1AA").approval("EMERGENCY", asked=asked)


def visited_home(born="2015-05-10"):
    return salford(born).in_care("2025-01-01").home("U6", "2025-01-01")


def settled(born):
    return salford(born).in_care("2023-01-01").home("U4", "2023-01-01")


PLANNING = (
    planning("Seventy-two hours are three days: two days after the move it is due.", placed(), "2025-03-03", "due", "2025-03-04"),
    planning("At the close of the third day it is overdue.", placed(), "2025-03-04", "overdue", "2025-03-04"),
    planning("Held on the third day is in time.", placed().meeting("PLACEMENT_PLANNING", "2025-03-04"),
             "2025-03-10", "done in time", "2025-03-04", "2025-03-04"),
    planning("Held on the fourth day is late.", placed().meeting("PLACEMENT_PLANNING", "2025-03-05"),
             "2025-03-10", "done late", "2025-03-04", "2025-03-05"),
    planning("Before the first placement, a meeting sixteen weeks before entry counts.",
             placed().meeting("PLACEMENT_PLANNING", "2024-11-09"), "2025-03-04", "done in time", "2025-03-04", "2024-11-09"),
    planning("A day earlier does not.", placed().meeting("PLACEMENT_PLANNING", "2024-11-08"), "2025-03-04", "overdue", "2025-03-04"),
    planning("After a move, the meeting for the first home does not count for the second.", moved(),
             "2025-06-13", "overdue", "2025-06-13"),
    planning("A pre-placement planning meeting four weeks before the move counts.",
             moved().meeting("PLACEMENT_PLANNING", "2025-05-13"), "2025-06-13", "done in time", "2025-06-13", "2025-05-13"),
    planning("A day earlier than four weeks it was not about the move.",
             moved().meeting("PLACEMENT_PLANNING", "2025-05-12"), "2025-06-13", "overdue", "2025-06-13"),
    planning("In the first three days of a home, a meeting is about that home and not about the next.",
             placed(end="2025-03-03").meeting("PLACEMENT_PLANNING", "2025-03-02").home("U6", "2025-03-03", id="P2"),
             "2025-03-06", "overdue", "2025-03-06"),
    planning("Going back from hospital to the same home does not start a placement.",
             placed(end="2025-04-01").meeting("PLACEMENT_PLANNING", "2025-03-02").home("T1", "2025-04-01", "2025-04-08", id="P2")
             .home("U6", "2025-04-08", id="P3"),
             "2025-05-01", "done in time", "2025-03-04", "2025-03-02"),
    planning("From hospital to another home is a move.",
             placed(end="2025-04-01").meeting("PLACEMENT_PLANNING", "2025-03-02").home("T1", "2025-04-01", "2025-04-08", id="P2")
             .home("U6", "2025-04-08", id="P3", postcode="ZZ2 2BB"),
             "2025-05-01", "overdue", "2025-04-11"),
    planning("When the foster home becomes the long-term one, the child has not moved.",
             placed(end="2025-06-10", postcode="ZZ1 1AA").meeting("PLACEMENT_PLANNING", "2025-03-02")
             .home("U4", "2025-06-10", id="P2", postcode="ZZ1 1AA"),
             "2025-06-13", "done in time", "2025-03-04", "2025-03-02"),
    planning("A placement with no postcode is not known to be the same home.",
             placed(end="2025-06-10").meeting("PLACEMENT_PLANNING", "2025-03-02").home("U4", "2025-06-10", id="P2"),
             "2025-06-13", "overdue", "2025-06-13"),
    planning("Where no placement is recorded, there is no due date.", salford().in_care("2025-03-01"), "2025-03-04", "no date",
             detail="placement not known"),
)  # fmt: skip
STABILITY = (
    stability("Ten working days over Christmas from 15 December 2025 end on the 31st: the day before, it is due.",
              doubted(), "2025-12-30", "due", "2025-12-31"),
    stability("On 31 December it is overdue.", doubted(), "2025-12-31", "overdue", "2025-12-31"),
    stability("Held on the last day is in time.", doubted().meeting("CARE_PLANNING", "2025-12-31"),
              "2026-01-05", "done in time", "2025-12-31", "2025-12-31"),
    stability("Held on the next working day is late.", doubted().meeting("CARE_PLANNING", "2026-01-02"),
              "2026-01-05", "done late", "2025-12-31", "2026-01-02"),
    stability("A meeting the day before the concern does not answer it.", doubted().meeting("CARE_PLANNING", "2025-12-14"),
              "2025-12-31", "overdue", "2025-12-31"),
    stability("A stability meeting is not a care planning meeting.", doubted().meeting("STABILITY", "2025-12-16"),
              "2025-12-31", "overdue", "2025-12-31"),
    stability("Once the concern is resolved, no meeting is asked for.", doubted().event("STABILITY_RESOLVED", "2025-12-20"),
              "2025-12-31"),
    stability("Resolved tomorrow is not resolved.", doubted().event("STABILITY_RESOLVED", "2026-01-01"),
              "2025-12-31", "overdue", "2025-12-31"),
    stability("A meeting that came before the end of the concern stays done.",
              doubted().meeting("CARE_PLANNING", "2025-12-18").event("STABILITY_RESOLVED", "2025-12-20"),
              "2025-12-31", "done in time", "2025-12-31", "2025-12-18"),
    stability("A second concern asks for a meeting of its own.",
              doubted().meeting("CARE_PLANNING", "2025-12-18").event("STABILITY_CONCERN", "2026-02-02"),
              "2026-02-03", "due", "2026-02-16"),
    stability("A concern of before entry to care is not meant.", placed().event("STABILITY_CONCERN", "2025-02-28"), "2025-12-31"),
)  # fmt: skip
EMERGENCY = (
    emergency("Five days, weekend and bank holiday among them, from Thursday 1 May 2025 end on the 6th: the day before, it is due.",
              found_in_a_night(), "2025-05-05", "due", "2025-05-06"),
    emergency("On 6 May it is overdue.", found_in_a_night(), "2025-05-06", "overdue", "2025-05-06"),
    emergency("Held on 6 May is in time.", found_in_a_night().meeting("CARE_PLANNING", "2025-05-06"),
              "2025-05-06", "done in time", "2025-05-06", "2025-05-06"),
    emergency("Held on 9 May, the fifth working day, is late.", found_in_a_night().meeting("CARE_PLANNING", "2025-05-09"),
              "2025-05-09", "done late", "2025-05-06", "2025-05-09"),
    emergency("A booked meeting is not held.", found_in_a_night().meeting("CARE_PLANNING", "2025-05-06", "BOOKED"),
              "2025-05-06", "overdue", "2025-05-06"),
    emergency("A placement that nobody called an emergency asks for none.",
              salford().in_care("2025-03-01").home("U6", "2025-05-01"), "2025-05-09"),
    emergency("An approval of tomorrow is not known today.",
              salford().in_care("2025-03-01").home("U6", "2025-05-01", id="P1").approval("EMERGENCY", "P1", asked="2025-05-03"),
              "2025-05-02"),
    emergency("An approval that names no placement, asked for a week after the move, is about it.", unnamed("2025-05-08"),
              "2025-05-08", "overdue", "2025-05-06"),
    emergency("Eight days after the move it is not.", unnamed("2025-05-09"), "2025-05-09"),
    emergency("Asked for a week before the move, it is about that home, and not about the one before.", unnamed("2025-04-24"),
              "2025-05-01", "due", "2025-05-06"),
    emergency("Eight days before the move it is not.", unnamed("2025-04-23"), "2025-05-01"),
    emergency("An approval that names another placement is about that one.",
              salford().in_care("2025-03-01").home("U6", "2025-03-01", "2025-05-01", id="P0").home("U6", "2025-05-01", id="P1")
              .approval("EMERGENCY", "P0", asked="2025-05-01"), "2025-05-09"),
    emergency("When the child has moved on, the meeting is no longer needed.",
              found_in_a_night("2025-05-20").home("U6", "2025-05-20", id="P2"), "2025-05-20"),
)  # fmt: skip
TRACKING = (
    tracking("A request asks for the first available panel: on its day it is overdue.", found_in_a_night(), "2025-05-01", "overdue",
             "2025-05-01", detail="emergency placement"),
    tracking("A panel the day before the request was not about it.",
             found_in_a_night().meeting("PLACEMENT_TRACKING_PANEL", "2025-04-30"), "2025-05-02", "overdue", "2025-05-01"),
    tracking("A panel on the day of the request answers it.", found_in_a_night().meeting("PLACEMENT_TRACKING_PANEL", "2025-05-01"),
             "2025-05-02", "done in time", "2025-05-01", "2025-05-01"),
    tracking("The first panel that looked at it was the first available one.",
             found_in_a_night().meeting("PLACEMENT_TRACKING_PANEL", "2025-05-08").meeting("PLACEMENT_TRACKING_PANEL", "2025-05-15"),
             "2025-05-20", "done in time", "2025-05-08", "2025-05-08"),
    tracking("A panel of tomorrow has not been held.", found_in_a_night().meeting("PLACEMENT_TRACKING_PANEL", "2025-05-08"),
             "2025-05-07", "overdue", "2025-05-01"),
    tracking("A request that names no placement asks for one too.", placed().approval("DISTANT", asked="2025-05-01"),
             "2025-05-02", "overdue", "2025-05-01", detail="distant placement"),
    tracking("A request about a home that the child has left does not.",
             found_in_a_night("2025-05-20").home("U6", "2025-05-20", id="P2"), "2025-05-20"),
    tracking("A child for whom nothing was asked is not on the list.", placed(), "2025-05-02"),
)  # fmt: skip
FAR_MEETING = (
    far_meeting("A request with no meeting before it is overdue on its day.", placed().approval("DISTANT", asked="2025-05-01"),
                "2025-05-01", "overdue", "2025-05-01", detail="distant placement"),
    far_meeting("A meeting on the day of the request is in time.",
                placed().approval("DISTANT", asked="2025-05-01").meeting("CARE_PLANNING", "2025-05-01"),
                "2025-05-02", "done in time", "2025-05-01", "2025-05-01"),
    far_meeting("Six weeks before the request it counts.",
                placed().approval("OUT_OF_BOROUGH", "P1", asked="2025-05-01").meeting("CARE_PLANNING", "2025-03-20"),
                "2025-05-02", "done in time", "2025-05-01", "2025-03-20"),
    far_meeting("A day earlier it was about something else.",
                placed().approval("OUT_OF_BOROUGH", "P1", asked="2025-05-01").meeting("CARE_PLANNING", "2025-03-19"),
                "2025-05-02", "overdue", "2025-05-01"),
    far_meeting("The day after the request is late.",
                placed().approval("DISTANT", asked="2025-05-01").meeting("CARE_PLANNING", "2025-05-02"),
                "2025-05-02", "done late", "2025-05-01", "2025-05-02"),
    far_meeting("An emergency placement is another matter.", found_in_a_night(), "2025-05-02"),
    far_meeting("Another meeting does not do.",
                placed().approval("DISTANT", asked="2025-05-01").meeting("PLACEMENT_TRACKING_PANEL", "2025-05-01"),
                "2025-05-02", "overdue", "2025-05-01"),
)  # fmt: skip
VISIT = (
    visit("In the first week the first visit is due.", visited_home(), "2025-01-07", "due", "2025-01-08",
          detail="not visited since the placement began"),
    visit("At the close of the seventh day it is overdue.", visited_home(), "2025-01-08", "overdue", "2025-01-08"),
    visit("After a visit, the next is due in six weeks.", visited_home().visit("2025-01-08"), "2025-02-18", "due", "2025-02-19",
          detail="last visit on 08/01/2025"),
    visit("At the close of six weeks it is overdue.", visited_home().visit("2025-01-08"), "2025-02-19", "overdue", "2025-02-19"),
    visit("A visit on the last day of the first year asks for the next in six weeks.",
          visited_home().visit("2025-12-31"), "2026-01-31", "due", "2026-02-11"),
    visit("A visit on the first day of the second year asks for the next in six months.",
          visited_home().visit("2026-01-01"), "2026-06-30", "due", "2026-07-01"),
    visit("Six months after 31 August is the last of February.", settled("2015-05-10").visit("2025-08-31"),
          "2026-02-27", "due", "2026-02-28"),
    visit("A visit at which the child was not seen does not count.", visited_home().visit("2025-01-05", seen=False),
          "2025-01-08", "overdue", "2025-01-08"),
    visit("A visit that says nothing of the child's being seen counts.", visited_home().visit("2025-01-05", seen=None),
          "2025-01-08", "due", "2025-02-16"),
    visit("A visit of tomorrow has not been made.", visited_home().visit("2025-01-09"), "2025-01-08", "overdue", "2025-01-08"),
    visit("A move begins the visits anew.", moved().visit("2025-06-09"), "2025-06-17", "overdue", "2025-06-17"),
    visit("At sixteen a visit three months ago is too long ago: the next is due on the birthday.",
          settled("2009-06-01").visit("2025-03-01"), "2025-05-31", "due", "2025-06-01"),
    visit("At sixteen the next is due eight weeks after the last.",
          settled("2009-06-01").visit("2025-05-01"), "2025-06-26", "overdue", "2025-06-26"),
    visit("Without a date of birth, nobody is taken to be sixteen.", settled(None).visit("2025-05-01"),
          "2025-06-26", "due", "2025-11-01"),
    visit("From the sixteenth birthday on, eight weeks are the longest, never six months.",
          settled("2008-06-01").visit("2025-05-01"), "2025-06-25", "due", "2025-06-26"),
    visit("A foster home that becomes the long-term one is the same home: the visits go on.",
          salford().in_care("2024-01-01").home("U6", "2024-01-01", "2025-03-01", postcode="ZZ1 1AA")
          .home("U4", "2025-03-01", postcode="ZZ1 1AA").visit("2025-02-20"), "2025-05-01", "due", "2025-08-20"),
    visit("A child with relatives who foster is in a foster placement.", salford().in_care("2025-01-01").home("U3", "2025-01-01"),
          "2025-01-08", "overdue", "2025-01-08"),
    visit("A child in a children's home is not.", salford().in_care("2025-01-01").home("K2", "2025-01-01"), "2025-01-08"),
    visit("Nor is a child placed with parents.", salford().in_care("2025-01-01").home("P1", "2025-01-01"), "2025-01-08"),
    visit("Where no placement is recorded, it is not known to be a foster placement.", salford().in_care("2025-01-01"), "2025-01-08"),
)  # fmt: skip
CASES = (*FAR_MEETING, *PLANNING, *STABILITY, *EMERGENCY, *TRACKING, *VISIT)
