"""Actions: what the panels have asked for, what is overdue, and what came of it."""

from ui import action_list, teams
from ui.now import now

here = now()
action_list.show(here, teams.choose(here))
