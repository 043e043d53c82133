"""Patterns: what holds children up, by list, service, age and month; days from a decision to permanence; results of actions."""

from ui.context.page_context import page_context
from ui.panel import patterns

patterns.show(page_context())
