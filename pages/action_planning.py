"""Action planning: every child in care for all, a team or a worker, with the present position and six questions answered."""

from ui import action_planning, action_planning_child
from ui.now import now

here = now()
child_id = action_planning.chosen_child(here)

if child_id:
    action_planning_child.show(here, child_id)
else:
    chosen = action_planning.choose(here)
    action_planning.show_questions(here, chosen)
    action_planning.show_children(here, chosen)
