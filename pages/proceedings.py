"""Proceedings: the tracker of pre-proceedings and of care proceedings."""

from ui import court_lists, teams
from ui.now import now

here = now()
chosen = teams.choose(here)
court_lists.show_before(here, chosen)
court_lists.show_court(here, chosen)
