"""Key stages: a grid of a team's children against the stages, how each stage stands, and one child's stages with their days."""

from ui import key_stages, key_stages_child, key_stages_grid, teams
from ui.now import now

here = now()
key_stages.look()
child_id = key_stages.chosen_child(here)

if child_id:
    key_stages_child.show(here, child_id)
else:
    chosen = teams.choose(here)
    key_stages_grid.show(here, chosen)
    key_stages.show_standing(here, chosen)
