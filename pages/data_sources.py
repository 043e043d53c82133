"""Data sources: which extracts came and from where, which rules run, and which wait for what and whom."""

from ui import data_sources
from ui.context.page_context import page_context

data_sources.show(page_context())
