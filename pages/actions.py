"""Actions: what the panels have asked for, what is overdue, and what came of it."""

from ui.components import teams
from ui.context.page_context import page_context
from ui.panel import action_list

context = page_context()
action_list.show(context, teams.choose(context))
