"""Long-term fostering: the tracking list of children waiting for a match or for its ratification."""

from ui import fostering_list, teams
from ui.now import now

here = now()
fostering_list.show(here, teams.choose(here))
