"""Drift between panels: who joined and who left each list between two dates, as now known or as reported, and the flows."""

from ui.components.section_headings import section
from ui.context.page_context import page_context
from ui.drift import answers, children, flows, movements

context = page_context()
asked = movements.choose(context)
answer = answers.movements(context, asked)
movements.show_rules(context, asked, answer)

section("The children of one figure")
rule = children.choose_rule(context)
children.show_children(context, asked, answer, rule)
children.show_late(context, asked, answer, rule)
flows.show(context, asked, rule)
