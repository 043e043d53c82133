"""One home: all the time a child lives with the same carer in the same place, whatever the placement is called; and moves between homes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tests.reference.days import Records, by_start_then_identifier, rows_of
from tests.reference.placements import ADOPTIVE, is_temporary

WITH_CURRENT_CARER = ("A3", "A5")
FOSTER = ("U1", "U2", "U3", "U4", "U5", "U6")
SAME_PLACE = ("clap_cla_placement_provider", "clap_cla_placement_urn", "clap_cla_placement_postcode")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Home:
    """The placements of one home, earliest first, with the temporary ones that interrupt it; or one that interrupts nothing."""

    placements: tuple[dict, ...]

    @property
    def lasting(self) -> tuple[dict, ...]:
        return tuple(row for row in self.placements if not is_temporary(row))

    @property
    def start(self) -> date:
        return min(row["clap_cla_placement_start_date"] for row in self.placements)

    @property
    def end(self) -> date | None:
        """None while one of its own placements has no end; a temporary one that outlasts them does not prolong the home."""
        ends = [row["clap_cla_placement_end_date"] for row in self.lasting or self.placements]
        return None if None in ends else max(ends)

    @property
    def types(self) -> tuple[str | None, ...]:
        return tuple(row["clap_cla_placement_type"] for row in self.lasting)

    @property
    def only_adoptive(self) -> bool:
        return all(kind in ADOPTIVE for kind in self.types)

    def has(self, placement_id: str | None) -> bool:
        return any(row["clap_cla_placement_id"] == placement_id for row in self.placements)


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


def same_place(placement: dict, lasting_before: dict, directly_before: dict) -> bool:
    """Whether a placement is in the place of the lasting one before it: another provider, URN or postcode is another home.

    Where the postcode is not known, only the way back from a temporary placement to the same type is the same place.
    """
    if any(placement[column] != lasting_before[column] for column in SAME_PLACE):
        return False
    same_type = placement["clap_cla_placement_type"] == lasting_before["clap_cla_placement_type"]
    return placement["clap_cla_placement_postcode"] is not None or (is_temporary(directly_before) and same_type)


def every_home(records: Records, child: str) -> list[Home]:
    """The child's homes in their order, those of a temporary placement that interrupts nothing among them."""
    rows = [row for row in rows_of(records, "ssd_cla_placement") if row["clap_person_id"] == child]
    rows.sort(key=lambda row: by_start_then_identifier(row["clap_cla_placement_start_date"], row["clap_cla_placement_id"]))
    homes: list[list[dict]] = []
    lasting: dict | None = None  # the lasting placement before, its home, and whether no day has been uncovered since it
    home: list[dict] = []
    unbroken = False
    covered: date | None = date.min
    for place, row in enumerate(rows):
        start, end = row["clap_cla_placement_start_date"], row["clap_cla_placement_end_date"]
        unbroken = unbroken and (covered is None or covered >= start)
        if is_temporary(row):
            goes_on = lasting is not None and unbroken
        else:
            with_the_carer = row["clap_cla_placement_type"] in WITH_CURRENT_CARER or first_reason(records, child, row) in (
                "T",
                "U",
            )
            goes_on = lasting is not None and (with_the_carer or (unbroken and same_place(row, lasting, rows[place - 1])))
        if goes_on:
            home.append(row)
        else:
            homes.append([row])
        if not is_temporary(row):
            lasting, unbroken = row, True
            home = home if goes_on else homes[-1]
        covered = None if end is None or covered is None else max(covered, end)
    return [Home(tuple(placements)) for placements in homes]


def homes_of(records: Records, child: str) -> list[Home]:
    """The child's homes in their order; a temporary placement that interrupts nothing is none of them."""
    return [home for home in every_home(records, child) if home.lasting]


def home_with(homes: list[Home], placement_id: str | None) -> int | None:
    """The place among the homes of the one that a placement belongs to."""
    return next((place for place, home in enumerate(homes) if home.has(placement_id)), None)


def move_dates(records: Records, child: str, period: str | None, entered_care: date, day: date) -> list[date]:
    """The days on which the child moved in this period of care: to another home, and not into a temporary placement.

    An episode is of the period that its ``clae_cla_id`` names; where episodes name none, those that name none go together.
    What kind of placement an episode leads to is what its placement's row says, even where that row starts later by mistake.
    """
    homes = every_home(records, child)
    temporary = {
        row["clap_cla_placement_id"]
        for row in rows_of(records, "ssd_cla_placement")
        if row["clap_person_id"] == child and is_temporary(row)
    }
    episodes = [
        row
        for row in rows_of(records, "ssd_cla_episodes")
        if row["clae_person_id"] == child and row["clae_cla_episode_start_date"] <= day
    ]
    episodes.sort(key=lambda row: by_start_then_identifier(row["clae_cla_episode_start_date"], row["clae_cla_episode_id"]))
    days = []
    home_before: int | None = None
    for episode in episodes:
        goes_to = episode["clae_cla_placement_id"]
        home = None if goes_to is None else home_with(homes, goes_to)
        in_period = episode["clae_cla_id"] == period and episode["clae_cla_episode_start_date"] > entered_care
        moved = episode["clae_cla_episode_start_reason"] in ("P", "B") and goes_to not in temporary
        if in_period and moved and (home is None or home != home_before):
            days.append(episode["clae_cla_episode_start_date"])
        home_before = home
    return days
