"""The table of situations in a policy file: checked when the policy is read, so that a slip of the pen is told at once."""

from __future__ import annotations

import re

# The situations whose conditions stand in metrics/measures/meetings/planning_meeting_by_situation.sql.
KNOWN = (
    "secure",
    "remanded",
    "unregistered",
    "placement_order",
    "with_parents",
    "residential",
    "residential_section_20",
    "foster_ratified",
    "foster",
    "foster_section_20",
    "proceedings",
    "accommodated",
    "other",
)
KEYS = ("id", "words", "first", "after", "review")
PERIOD = re.compile(r"[0-9]{1,3} (day|working day|week|month)s?")


def problem_with_situations(situations: object) -> str | None:
    """What is wrong with a table of situations, as half a sentence; None when it can be used.

    A situation may be left out (its children then have the next that applies), or stand in another place; the one for any other
    child is the last.
    """
    if not isinstance(situations, list) or not situations:
        return "is not a list of situations"
    for number, situation in enumerate(situations, start=1):
        if problem := _problem_with_one(situation):
            return f"situation {number}: {problem}"
    ids = [situation["id"] for situation in situations]
    repeated = [name for name in ids if ids.count(name) > 1]
    if repeated:
        return f"the situation '{repeated[0]}' is there twice"
    return None if ids[-1] == "other" else "the last situation must be 'other', which every child falls under"


def _problem_with_one(situation: object) -> str | None:
    if not isinstance(situation, dict) or set(situation) != set(KEYS):
        return f"it has the keys {', '.join(KEYS)}, all of them and no other"
    if not all(isinstance(value, str) for value in situation.values()):
        return "its values are texts, in quotes"
    if situation["id"] not in KNOWN:
        return f"there is no situation '{situation['id']}'; the situations are {', '.join(KNOWN)}"
    for key in ("first", "review"):
        if situation[key] and not PERIOD.fullmatch(situation[key]):
            return f"its {key} period '{situation[key]}' is not so many days, working days, weeks or months, such as \"4 weeks\""
    return None
