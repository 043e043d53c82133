"""Team: one service or team, its figures, its children by worker, and who comes next."""

from ui import asking, heat, lists, pack_downloads, teams, tiles
from ui.headings import children_in_care, section
from ui.now import now

here = now()
chosen = teams.choose(here)
scope = here.within(**chosen)
headlines = asking.headlines(here, scope)

children_in_care(here, headlines, teams.name_of(chosen))
tiles.show(here, headlines, "team", **chosen)
pack_downloads.offer_team(here, scope, teams.name_of(chosen))

section(f"{heat.below(chosen).capitalize()}s")
heat.show_below(here, headlines, teams.name_of(chosen), chosen)

section("Children on the lists")
lists.show_all(here, asking.children(here, scope=scope), chosen, teams.name_of(chosen))

section("Coming next")
lists.show_coming(here, asking.coming_next(here, scope), chosen, teams.name_of(chosen))
