"""Adoption tracker: before and after the agency decision, the days between the stages, and prospective adopters by stage."""

from ui import adoption_tracker, teams
from ui.now import now

here = now()
chosen = teams.choose(here)
adoption_tracker.show_before(here, chosen)
adoption_tracker.show_after(here, chosen)
adoption_tracker.show_days(here, chosen)
adoption_tracker.show_adopters(here)
