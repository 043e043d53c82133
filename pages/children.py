"""The children on one rule's list."""

from ui import lists
from ui.now import now

here = now()
rule = lists.choose_rule(here)
lists.show_rule(here, rule)
