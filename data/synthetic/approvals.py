"""A row of the extract of approvals: asked for on one day and decided on another, each recorded with a delay of its own."""

from __future__ import annotations

from random import Random

from .chance import ISO, lag
from .record import Record


def add_approval(
    record: Record,
    rng: Random,
    kind: str,
    asked: int,
    decided: int,
    by: str,
    placement: str = "",
    decision: str = "APPROVED",
    review: int = 0,
) -> None:
    """Add one approval. ``asked``, ``decided``: days; ``by``: the role that decided; ``placement``: its row's identifier, if any;
    ``review``: the day by which it is to be reviewed, if that is given."""
    values = [record.identifier(), record.person, placement, kind, "", "", "", by, ISO[review]]
    stages = [
        ("requested_date", asked, ISO[asked], lag(rng)),
        ("decided_date", decided, ISO[decided], recorded := lag(rng)),
        ("decision", decided, decision, recorded),
    ]
    record.stages("local_approvals", values, stages)
