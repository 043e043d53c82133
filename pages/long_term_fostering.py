"""Long-term fostering: the tracking list of children waiting for a match or for its ratification."""

from ui.components import teams
from ui.context.page_context import page_context
from ui.service import long_term_fostering

context = page_context()
chosen = teams.choose(context)
long_term_fostering.show(context, chosen)
