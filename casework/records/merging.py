"""Three versions of one record into one: what both began from, what the other saved, what this person wrote. Pure; no database."""

from __future__ import annotations

from casework.records.errors import Conflict


def merge(base: dict, theirs: dict, mine: dict) -> tuple[dict, tuple[Conflict, ...]]:
    """The record with both persons' changes, and the fields that both changed differently.

    A field that one side changed takes that side's value. A set takes both sides' additions and removals, so it never conflicts.
    Where there are conflicts the merged record has their values.
    """
    merged, conflicts = {}, []
    for field in theirs:
        was, other, own = base[field], theirs[field], mine[field]
        if isinstance(was, frozenset):
            merged[field] = (other | (own - was)) - (was - own)
        elif own in (was, other):
            merged[field] = other
        elif other == was:
            merged[field] = own
        else:
            merged[field] = other
            conflicts.append(Conflict(field, was, other, own))
    return merged, tuple(conflicts)
