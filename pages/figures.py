"""How figures are made: every rule's wording, limit, source and file, and the cases that its tests promise."""

from ui import making
from ui.now import now

here = now()
rule = making.choose_rule(here)
making.show_rule(here, rule)
making.show_promises(rule)
