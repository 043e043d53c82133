"""Adoption tracker: before and after the agency decision, the days between the stages, and prospective adopters by stage."""

from ui.components import teams
from ui.context.page_context import page_context
from ui.service import adoption

context = page_context()
chosen = teams.choose(context)
adoption.show_before(context, chosen)
adoption.show_after(context, chosen)
adoption.show_days(context, chosen)
adoption.show_adopters(context)
