"""Monitoring group: the Permanence Monitoring Group's weekly list, by reason and team, with the weeks on it."""

from ui import monitoring_group
from ui.components import teams
from ui.context.page_context import page_context

context = page_context()
chosen = teams.choose(context)
monitoring_group.show(context, chosen)
