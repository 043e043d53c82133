"""What the documents ask for: every sentence that a tracker could track, and how it stands."""

from ui import coverage
from ui.context.page_context import page_context

coverage.show(page_context())
