"""Statutory timescales: England's reviews, visits and proceedings, adoption indicators, and the stability of placements."""

from ui import asking, england, england_adoption, teams
from ui.headings import children_in_care
from ui.now import now

here = now()
chosen = teams.choose(here)

children_in_care(here, asking.headlines(here, here.within(**chosen)), teams.name_of(chosen))
england.show_timescales(here, chosen)
england_adoption.show(here, chosen)
england.show_waiting(here, chosen)
england.show_stability(here, chosen)
