"""Homes: all the time a child lives with the same carer, whatever the placement is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tests.reference.days import Records, by_start_then_identifier, rows_of
from tests.reference.placements import ADOPTIVE, SAME_HOME, is_temporary

WITH_CURRENT_CARER = ("A3", "A5")
FOSTER = ("U1", "U2", "U3", "U4", "U5", "U6")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Home:
    """The placements of one home, earliest first; ``end`` is None while one of them has none."""

    placements: tuple[dict, ...]

    @property
    def start(self) -> date:
        return min(row["clap_cla_placement_start_date"] for row in self.placements)

    @property
    def end(self) -> date | None:
        ends = [row["clap_cla_placement_end_date"] for row in self.placements]
        return None if None in ends else max(ends)

    @property
    def types(self) -> tuple[str | None, ...]:
        return tuple(row["clap_cla_placement_type"] for row in self.placements)

    @property
    def only_adoptive(self) -> bool:
        return all(kind in ADOPTIVE for kind in self.types)


def first_reason(records: Records, child: str, placement: dict) -> str | None:
    """The start reason of the placement's first episode."""
    episodes = [
        row
        for row in rows_of(records, "ssd_cla_episodes")
        if row["clae_person_id"] == child
        and row["clae_cla_placement_id"] is not None
        and row["clae_cla_placement_id"] == placement["clap_cla_placement_id"]
    ]
    episodes.sort(key=lambda row: by_start_then_identifier(row["clae_cla_episode_start_date"], row["clae_cla_episode_id"]))
    return episodes[0]["clae_cla_episode_start_reason"] if episodes else None


def goes_on(records: Records, child: str, placement: dict, lasting_before: dict, directly_before: dict) -> bool:
    """Whether a placement goes on with the home of the lasting one before it."""
    if placement["clap_cla_placement_type"] in WITH_CURRENT_CARER:
        return True
    if first_reason(records, child, placement) in ("T", "U"):
        return True
    if not is_temporary(directly_before):
        return False
    ended = directly_before["clap_cla_placement_end_date"]
    back = ended is None or ended >= placement["clap_cla_placement_start_date"]
    return back and all(placement[column] == lasting_before[column] for column in SAME_HOME)


def homes_of(records: Records, child: str) -> list[Home]:
    """The child's homes in their order; temporary placements are looked through."""
    rows = [row for row in rows_of(records, "ssd_cla_placement") if row["clap_person_id"] == child]
    rows.sort(key=lambda row: by_start_then_identifier(row["clap_cla_placement_start_date"], row["clap_cla_placement_id"]))
    homes: list[list[dict]] = []
    for place, row in enumerate(rows):
        if is_temporary(row):
            continue
        if homes and goes_on(records, child, row, homes[-1][-1], rows[place - 1]):
            homes[-1].append(row)
        else:
            homes.append([row])
    return [Home(tuple(placements)) for placements in homes]


def home_with(homes: list[Home], placement_id: str | None) -> int | None:
    """The place among the homes of the one that a placement belongs to."""
    for place, home in enumerate(homes):
        if any(row["clap_cla_placement_id"] == placement_id for row in home.placements):
            return place
    return None
