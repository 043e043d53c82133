"""Patterns: what holds children up, by list, service, age and month; days from a decision to permanence; what actions came to."""

from ui import patterns
from ui.now import now

patterns.show(now())
