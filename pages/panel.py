"""Permanence Panel: a panel's agenda from the lists, each child's discussion, what is to be chased, and the panel frozen for good."""

from ui import panel_agenda, panel_choice, panel_discussion, panel_making
from ui.headings import section
from ui.now import now
from ui.panel_sitting import Sitting

here = now()
panel = panel_choice.choose(here)

if panel:
    sitting = Sitting(here, panel)
    child_id = panel_discussion.chosen(sitting)
    if child_id:
        panel_discussion.show(sitting, child_id)
    else:
        panel_choice.show_state(panel)
        panel_agenda.show_progress(sitting)
        panel_agenda.open_next(sitting)
        section("Actions to chase")
        panel_agenda.show_to_chase(sitting)
        section("Agenda")
        panel_agenda.show(sitting)
        panel_making.show(sitting)
        section("Keep the panel")
        panel_making.show_downloads(sitting)
        panel_making.show_state_changes(sitting)
