"""Data quality: what the load read, what it could not use, and the record to correct for each."""

from ui import data_quality
from ui.components.section_headings import section
from ui.context import cached_answers
from ui.context.page_context import page_context

context = page_context()
data_quality.show_night(context)

section("Files read")
data_quality.show_files(cached_answers.load_report(context))

section("What changed since the last data load")
data_quality.show_moved(context, *cached_answers.moved(context))

rejects, flags = cached_answers.rejects(context), cached_answers.flags(context)
team = data_quality.choose_team(rejects, flags)

section("Rows not used")
data_quality.show_rejects(context, rejects, team)

section("Rows used, but worth checking")
data_quality.show_flags(context, flags, team)
