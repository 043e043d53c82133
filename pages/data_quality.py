"""Data quality: what the load read, what it could not use, and the record to mend for each."""

from ui import asking, load
from ui.headings import section
from ui.now import now

here = now()
load.show_night(here)

section("Files read")
load.show_files(asking.load_report(here))

section("What moved since the last night")
load.show_moved(here, *asking.moved(here))

section("Rows not used")
load.show_rejects(here, asking.rejects(here))

section("Rows used, but to be checked")
load.show_flags(here, asking.flags(here))
