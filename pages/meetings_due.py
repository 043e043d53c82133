"""Meetings due: overdue, due in 4 weeks and booked, by team, with the reason for each due date."""

from ui import meetings_due, teams
from ui.now import now

here = now()
chosen = teams.choose(here)
meeting = meetings_due.choose_meeting(here)
meetings_due.show(here, meeting, chosen)
