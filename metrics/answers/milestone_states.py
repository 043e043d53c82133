"""How many children are in each state of a rule, with what is not counted told apart from nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from metrics.engine.policy import Rule
from words.labels import OF_DONE

# How many children are in each state; None where it is not counted.
Counted = dict[str, int | None]


def counted_in(rule: Rule, states: Iterable[str], found: Mapping[tuple[str, str], int]) -> Counted:
    """The children of a rule by state. ``found``: those of any rule, by its id and the state.

    What is done of a rule whose clock starts again then is not counted: nobody stays done.
    """
    uncounted = OF_DONE if rule.measure.starts_again else ()
    return {state: None if state in uncounted else found.get((rule.id, state), 0) for state in states}
