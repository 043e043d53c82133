"""Corporate parenting: the councillors' scorecard, with nothing in it by which a child could be known; commentary, pack, publication."""

from ui.context.page_context import page_context
from ui.corporate import published

published.show(page_context())
