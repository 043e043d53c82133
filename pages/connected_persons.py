"""Connected persons: every option open, by stage, and each month's activity from referral to conclusion."""

from ui import connected_list, teams
from ui.now import now

here = now()
connected_list.show(here, teams.choose(here))
