"""Weekly tracking: the share of children with a planning meeting, the children without, teams, and drift to watch."""

from ui import teams, weekly_tracking
from ui.now import now

here = now()
weekly_tracking.show(here, teams.choose(here))
