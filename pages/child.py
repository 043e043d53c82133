"""Child: one child's record on one day, and why the child is on a list."""

from ui import asking, child_record, reasons, timeline
from ui.headings import section
from ui.now import now

here = now()
child_id = child_record.chosen(here)

if child_id:
    answer = asking.child(here, child_id)
    child_record.show(here, answer)

    section("Why this child is on a list")
    reasons.show(here, child_id, answer)

    section("What each night showed of the plan")
    child_record.show_nights(here, child_id)

    section("Timeline")
    timeline.show(here, answer)
