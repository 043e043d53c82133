"""Child: who, where and with which plan on one day; lists, panel, timeline, brothers and sisters; and why the child is on each list."""

from ui import siblings
from ui.child import lists, notes, panel_words, reasons, record, timeline
from ui.components import pack_downloads
from ui.components.section_headings import section
from ui.context import cached_answers
from ui.context.page_context import page_context

context = page_context()
child_id = record.chosen(context)

if child_id:
    answer = cached_answers.child(context, child_id)
    record.show(context, answer)
    pack_downloads.offer_child(context, child_id)

    section("Lists")
    lists.show_lists(context, answer)

    section("Last panel decision, and open actions")
    panel_words.show(context, child_id)

    section("Notes")
    notes.show(context, child_id)

    section("Timeline")
    timeline.show(context, answer)

    section("Brothers and sisters")
    siblings.show_of_child(context, child_id)

    section("Why this child is on each list")
    reasons.show_evidence(context, child_id, answer)
    record.show_nights(context, child_id)
