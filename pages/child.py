"""Child: one child's record on one day, and why the child is on a list."""

from ui.child import reasons, record, timeline
from ui.components.section_headings import section
from ui.context import cached_answers
from ui.context.page_context import page_context

context = page_context()
child_id = record.chosen(context)

if child_id:
    answer = cached_answers.child(context, child_id)
    record.show(context, answer)

    section("Why this child is on a list")
    reasons.show(context, child_id, answer)

    section("The plan in each data load")
    record.show_nights(context, child_id)

    section("Timeline")
    timeline.show(context, answer)
