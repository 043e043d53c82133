"""Brothers and sisters: the groups of children in care, together or apart, each opened to its children."""

from ui import siblings
from ui.components import teams
from ui.context.page_context import page_context

context = page_context()
siblings.show(context, teams.choose(context))
