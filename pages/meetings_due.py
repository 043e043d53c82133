"""Meetings due: overdue, due in 4 weeks and booked, by team, with the reason for each due date."""

from ui import meetings_due
from ui.components import teams
from ui.context.page_context import page_context

context = page_context()
chosen = teams.choose(context)
meeting = meetings_due.choose_meeting(context)
meetings_due.show(context, meeting, chosen)
