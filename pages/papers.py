"""Papers and reports: what has to be written or sent round reviews, court, family finding and adoption."""

from ui.components import teams
from ui.context.page_context import page_context
from ui.service import papers

context = page_context()
chosen = teams.choose(context)
papers.show(context, papers.choose_paper(context, chosen), chosen)
