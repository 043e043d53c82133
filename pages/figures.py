"""How figures are made: every rule's wording, limit, source, file and terms, and the cases that its tests promise."""

from ui.context.page_context import page_context
from ui.lists import figure_explained, what_if

context = page_context()
rule = figure_explained.choose_rule(context)
figure_explained.show_rule(context, rule)
what_if.show(context, rule)
figure_explained.show_terms(rule)
figure_explained.show_worked_examples(rule)
