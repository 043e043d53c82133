"""Proceedings: the tracker of pre-proceedings and of care proceedings."""

from ui.components import kinds, teams
from ui.context.page_context import page_context
from ui.service import proceedings

context = page_context()
chosen = teams.choose(context)
kinds.choose()
proceedings.show_before(context, chosen)
proceedings.show_court(context, chosen)
