"""The child whose own view an address asks for, on a page of many children."""

from __future__ import annotations

from collections.abc import Iterable

from ui.components.markup import element, write
from ui.context import access_record, address, cached_answers
from ui.context.page_context import PageContext


def chosen_child(context: PageContext, names: Iterable[str]) -> str | None:
    """The child that the address names by either identifier; None (after a sentence, if need be) for the page of all.

    ``names`` are the choices in the page's address.
    """
    identifier = address.given("child", names)
    found = cached_answers.find(context, identifier) if identifier else []
    child_id = identifier if identifier in found else found[0] if len(found) == 1 else None
    address.keep("child", identifier if child_id else None)
    if identifier and child_id is None:
        if not found:
            access_record.not_found("child", identifier)
        words = "is an identifier of several children" if found else "is not the identifier of a child that you may see"
        write(element("p", f"{identifier} {words} in this data load. Restricted records are not found.", class_="notice"))
    return child_id
