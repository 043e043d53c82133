"""Find a child by what a reader knows of them: part of a name, either number, or the date of birth."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas

from metrics.engine.engine import Engine
from metrics.engine.scope import Scope

SQL = Path(__file__).with_suffix(".sql")
FEWEST_LETTERS = 2


def find_children(
    engine: Engine, text: str, scope: Scope, as_at: date | None = None, born: date | None = None
) -> pandas.DataFrame:
    """The children of the scope whom ``text`` finds; ``born``: the day that it says, where it is a date.

    A number is found whole, in either letter case. Of a name every word has to be there, in any order, without regard to capitals, accents,
    hyphens and apostrophes; one letter finds no name. Restricted records are not found.

    Columns: child_id, legacy_id, name, age (years on the day), dob, service, team, worker (missing for a child that nobody has on the
    day), in_care. Those found by number first, then those in care, by name.
    """
    day = as_at or engine.as_at
    by_name = born is None and sum(letter.isalpha() for letter in text) >= FEWEST_LETTERS
    asked = {"text": text, "as_at": day, "born": born, "by_name": by_name}
    with engine.view(scope, (day,), (), hidden_on=engine.as_at) as view:
        frame = view.execute(SQL.read_text(encoding="utf-8"), asked).df()
    frame["age"] = frame["age"].astype("Int64")
    return frame
