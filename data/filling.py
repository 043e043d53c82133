"""How far a store has got that is being filled with a synthetic county's history, kept in the store itself until it is full.

The county is drawn up to one day, so a filling that was stopped goes on with the same day, whenever that is.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from data.errors import TrackerError
from data.night import durable

FILE = "filling.json"
LOADS, PANELS, PACKS = "loads", "panels", "packs"  # the order of the steps
STOPPED_AFTER = timedelta(minutes=10)  # longer than the longest step on a busy machine


class FillingUnreadable(TrackerError):
    """The file that says how far the store has got is damaged."""


@dataclass(frozen=True)
class Filling:
    """A synthetic county of so many ``children``, up to the day ``as_at``: of ``nights`` data loads, ``done`` are in the store."""

    as_at: date
    children: int
    nights: int
    done: int = 0
    step: str = LOADS
    moment: datetime | None = None

    def sentence(self, now: datetime) -> str:
        """What a page says of it: that it goes on, or that it was stopped."""
        count = f"{self.done} of {self.nights} data loads"
        if self.moment is None or now - self.moment > STOPPED_AFTER:
            return f"Adding the invented history stopped after {count}. To finish it, stop the tracker and start it again with make run."
        if self.step == LOADS:
            return (
                f"The invented history is still being added: {count} so far, the oldest first. Reload a page to see the newest."
            )
        what = "panels" if self.step == PANELS else "packs"
        return f"The invented history is still being added: all {self.nights} data loads are in, and {what} are being added now."


def read_filling(store: Path) -> Filling | None:
    """How far a store has got; None for one that is not being filled. Raises FillingUnreadable."""
    try:
        kept = json.loads((store / FILE).read_text(encoding="utf-8"))
        moment = datetime.fromisoformat(kept["moment"])
        return Filling(**kept | {"as_at": date.fromisoformat(kept["as_at"]), "moment": moment})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise FillingUnreadable(
            f"{store / FILE} cannot be read, so it is not known how far the invented history has got; remove the store and make it again."
        ) from error


def words_on_filling(store: Path, now: datetime) -> tuple[str, ...]:
    """What every page says while a store is being filled: one sentence, or none."""
    try:
        filling = read_filling(store)
    except FillingUnreadable as error:
        return (str(error),)
    return (filling.sentence(now),) if filling else ()


def write_filling(store: Path, filling: Filling, now: datetime | None = None) -> None:
    """Say how far the store has got, as at this moment."""
    kept = replace(filling, moment=now or datetime.now(UTC))
    durable.write_text(store / FILE, json.dumps(asdict(kept), default=lambda value: value.isoformat()))


def end_filling(store: Path) -> None:
    """The store is full."""
    durable.remove(store / FILE)
