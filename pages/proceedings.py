"""Proceedings: the tracker of pre-proceedings and of care proceedings."""

from ui.components import teams
from ui.context.page_context import page_context
from ui.service import proceedings

context = page_context()
chosen = teams.choose(context)
proceedings.show_before(context, chosen)
proceedings.show_court(context, chosen)
