"""The address of a page that none of the reader's roles opens: nothing of the page is made, and the record of access says who asked."""

from __future__ import annotations

from access.person import Person
from data.errors import TrackerError
from ui.components.markup import element, write
from ui.context import access_record, address
from ui.context.readers import settings


class NotYours(TrackerError):
    """A page is for other roles than the reader's."""


def check(stem: str, title: str, person: Person, first: str) -> None:
    """Raises NotYours for a page that a person may not open, once that is recorded; AccessRecordError where it cannot be. ``first``: the
    page with which this person's visits begin."""
    if person.may_open(stem):
        return
    # Somebody who may open one page alone has no menu.
    write(
        element("h1", "A page for other roles"), element("p", element("a", "Go to your own first page", href=address.link(first)))
    )
    access_record.refuse(stem, settings(), person)
    roles = ", ".join(sorted(role.value for role in person.roles))
    raise NotYours(
        f"{title} is a page for other roles, and yours ({roles}) does not open it. If you need it, ask "
        "the person who runs the tracker. That you asked for it is in the record of access."
    )
