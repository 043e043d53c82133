"""What changed: for the children of a team or worker, since this person last looked."""

from ui import changes
from ui.context.page_context import page_context

changes.show(page_context())
