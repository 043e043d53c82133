"""Journeys to permanence: how long each step takes by year of entry, with those who still wait, and the ten longest."""

from ui.context.page_context import page_context
from ui.journeys import routes

context = page_context()
asked = routes.choose(context)
routes.show_steps(context, asked)
routes.show_step(context, asked)
