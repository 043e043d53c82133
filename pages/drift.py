"""Drift between panels: who joined and who left each list between two dates, as now known or as reported, and the flows."""

from ui import drift, drift_answers, drift_children, drift_flows
from ui.headings import section
from ui.now import now

here = now()
asked = drift.choose(here)
answer = drift_answers.movements(here, asked)
drift.show_rules(here, asked, answer)

section("The children of one figure")
rule = drift_children.choose_rule(here)
drift_children.show_children(here, asked, answer, rule)
drift_children.show_late(here, asked, answer, rule)
drift_flows.show(here, asked, rule)
