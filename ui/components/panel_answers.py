"""What the panels' records answer on a page that stands without them."""

from __future__ import annotations

from collections.abc import Callable

from casework.storage.database import Casework
from data.errors import TrackerError
from ui.components.markup import element, write
from ui.context.page_context import PageContext
from ui.context.panel_records import Answer, answer

SAID = "said that the panels' records cannot be read"


def with_records(context: PageContext, ask: Callable[[Casework | None], Answer], otherwise: Answer) -> Answer:
    """What the panels' records answer (``ask`` is given None where no panel has kept any); where they cannot be opened or read,
    ``otherwise``, after a sentence that says so once on the page."""
    try:
        return answer(context.key, ask)
    except TrackerError as error:
        if not context.once.get(SAID):
            context.once[SAID] = True
            write(element("p", f"The panels' records cannot be read now. {error}", class_="notice"))
        return otherwise
