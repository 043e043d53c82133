"""Permanence Panel: a panel's agenda from the lists, each child's discussion, what is to be chased, and the panel frozen permanently."""

from ui.components.section_headings import section
from ui.context.page_context import page_context
from ui.panel import agenda, choice, discussion, group, making, steps
from ui.panel.meeting import PanelMeeting

context = page_context()
panel = choice.choose(context)

if panel:
    meeting = PanelMeeting(context, panel)
    if steps.in_meeting():
        steps.show_bar(meeting)
    steps.run_scripts()
    child_id = discussion.chosen(meeting)
    brothers_and_sisters = meeting.group(child_id) if child_id and discussion.in_group() else ()
    if child_id and brothers_and_sisters:
        group.show(meeting, brothers_and_sisters, child_id)
    elif child_id:
        discussion.show(meeting, child_id)
    else:
        choice.show_state(panel)
        agenda.open_next(meeting)
        agenda.show_to_chase(meeting)
        section("Agenda")
        agenda.show(meeting)
        making.show(meeting)
        making.show_downloads(meeting)
        making.show_state_changes(meeting)
