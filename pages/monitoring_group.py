"""Monitoring group: the Permanence Monitoring Group's weekly list, by reason and team, with the weeks on it."""

from ui import monitoring_group, teams
from ui.now import now

here = now()
monitoring_group.show(here, teams.choose(here))
