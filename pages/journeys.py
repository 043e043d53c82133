"""Journeys to permanence: how long each step takes by year of entry, with those who still wait, and the ten longest."""

from ui import journeys
from ui.now import now

here = now()
asked = journeys.choose(here)
journeys.show_steps(asked)
journeys.show_step(here, asked)
