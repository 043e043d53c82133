"""Barriers: the coded list of what holds children up, which the council keeps."""

from ui.context.page_context import page_context
from ui.panel import barriers

barriers.show(page_context())
