"""Key stages: a grid of a team's children against the stages, how each stage stands, and one child's stages with their days."""

from ui.components import teams
from ui.components.child_choice import chosen_child
from ui.context.page_context import page_context
from ui.key_stages import child, grid, stages

context = page_context()
stages.look()
child_id = chosen_child(context, stages.NAMES)

if child_id:
    child.show(context, child_id)
else:
    chosen = teams.choose(context)
    grid.show(context, chosen)
    stages.show_standing(context, chosen)
