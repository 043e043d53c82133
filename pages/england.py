"""Statutory timescales: England's reviews, visits and proceedings, adoption indicators, and the stability of placements."""

from ui.components import teams
from ui.components.section_headings import children_in_care
from ui.context import cached_answers
from ui.context.page_context import page_context
from ui.england import adoption_indicators, statutory_timescales

context = page_context()
chosen = teams.choose(context)

children_in_care(context, cached_answers.headlines(context, context.within(**chosen)), teams.name_of(context, chosen))
statutory_timescales.show_timescales(context, chosen)
adoption_indicators.show(context, chosen)
statutory_timescales.show_waiting(context, chosen)
statutory_timescales.show_stability(context, chosen)
