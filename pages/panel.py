"""Permanence Panel: a panel's agenda from the lists, each child's discussion, what is to be chased, and the panel frozen for good."""

from ui import panel_agenda, panel_choice, panel_discussion, panel_making
from ui.headings import section
from ui.now import now
from ui.panel_meeting import PanelMeeting

here = now()
panel = panel_choice.choose(here)

if panel:
    meeting = PanelMeeting(here, panel)
    child_id = panel_discussion.chosen(meeting)
    if child_id:
        panel_discussion.show(meeting, child_id)
    else:
        panel_choice.show_state(panel)
        panel_agenda.show_progress(meeting)
        panel_agenda.open_next(meeting)
        section("Actions to chase")
        panel_agenda.show_to_chase(meeting)
        section("Agenda")
        panel_agenda.show(meeting)
        panel_making.show(meeting)
        section("Keep the panel")
        panel_making.show_downloads(meeting)
        panel_making.show_state_changes(meeting)
