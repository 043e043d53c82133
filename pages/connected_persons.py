"""Connected persons: every option open, by stage, and each month's activity from referral to conclusion."""

from ui.components import teams
from ui.context.page_context import page_context
from ui.service import connected_persons

context = page_context()
chosen = teams.choose(context)
connected_persons.show(context, chosen)
