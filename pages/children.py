"""The children on one rule's list."""

from ui.context.page_context import page_context
from ui.lists import children

context = page_context()
rule = children.choose_rule(context)
children.show_rule(context, rule)
