"""Action planning: every child in care for all, a team or a worker, with the present position and six questions answered."""

from ui.action_planning import child, tracker
from ui.components.child_choice import chosen_child
from ui.context.page_context import page_context

context = page_context()
child_id = chosen_child(context, tracker.NAMES)

if child_id:
    child.show(context, child_id)
else:
    chosen = tracker.choose(context)
    tracker.show_questions(context, chosen)
    tracker.show_children(context, chosen)
