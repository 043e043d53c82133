"""Weekly tracking: the share of children with a planning meeting, the children without, teams, and drift to watch."""

from ui.components import teams
from ui.context.page_context import page_context
from ui.service import weekly

context = page_context()
chosen = teams.choose(context)
weekly.show(context, chosen)
