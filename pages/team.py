"""Team: one service or team, its figures, its children by worker, and who comes next."""

from ui import changes
from ui.components import heat, kinds, pack_downloads, teams, tiles
from ui.components.section_headings import children_in_care, section
from ui.context import cached_answers
from ui.context.page_context import page_context
from ui.lists import backlog, children
from ui.shell import first_page

context = page_context()
chosen = teams.choose(context)
scope = context.within(**chosen)
headlines = cached_answers.headlines(context, scope)

children_in_care(context, headlines, teams.name_of(context, chosen))
first_page.offer(chosen)
changes.offer(context, chosen)
tiles.show(context, headlines, "team", **chosen)
pack_downloads.offer_team(context, scope, teams.name_of(context, chosen))

section(f"{heat.below(chosen).capitalize()}s")
heat.show_below(context, headlines, teams.name_of(context, chosen), chosen)

backlog.show(context, **chosen)

section("Children on the lists")
kinds.choose()
children.show_all(context, cached_answers.children(context, scope=scope), chosen, teams.name_of(context, chosen))

section("Coming next")
children.show_coming(context, cached_answers.coming_next(context, scope), chosen, teams.name_of(context, chosen))
