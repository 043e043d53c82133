"""Words that are to be published must name no child: the identifiers and the full names of every person in the night."""

from __future__ import annotations

import re

from data.errors import TrackerError
from data.sql_results import one_value
from metrics.engine.engine import Engine
from metrics.engine.whole_council import Why

NAMED = """
select count(*)
from ssd_person
where list_contains($words::varchar[], lower(pers_person_id))
    or list_contains($words::varchar[], lower(pers_legacy_id))
    or contains($text, lower(' ' || trim(pers_forename) || ' ' || trim(pers_surname) || ' '))
    or contains($text, lower(' ' || trim(pers_surname) || ' ' || trim(pers_forename) || ' '))
"""


class CommentaryError(TrackerError):
    """The words cannot be published; the message says what to do, without naming anybody."""


def refuse_identities(engine: Engine, text: str) -> None:
    """Raises CommentaryError when the text holds a child's identifier or full name, in any letter case."""
    words = re.findall(r"[^\s,.;:()\"]+", text.casefold())
    spaced = f" {' '.join(re.sub(r'[,.;:()]', ' ', text.casefold()).split())} "
    with engine.whole_council(Why.IDENTITIES, (engine.as_at,), ()) as cursor:
        found = one_value(cursor.execute(NAMED, {"words": words, "text": spaced}))
    if found:
        raise CommentaryError("The commentary contains a child's name or identifier; remove it before the pack is made.")
