"""How a rule's list moved between two days, child by child, and when and why a child left care."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from data.contract.contract import code_sets
from tests.reference.days import Records, in_force, rows_of, whole_years
from tests.reference.rules import rule_list
from tests.reference.terms import ChildOnDay, is_in_care, spine

FIRST_DAY_OF_ALL = date(2000, 1, 1)


def movements(
    records: Records,
    rule: str,
    first: date,
    second: date,
    earlier: list[date],
    settings,
    here: Callable[[ChildOnDay], bool] = lambda child: True,
) -> dict[str, str]:
    """{child: movement} of the children on the list of either day in the team, service or county that ``here`` tells."""
    before, after = spine(records, first, settings), spine(records, second, settings)
    first_list, second_list = (set(rule_list(records, rule, day, settings)) for day in (first, second))
    listed_earlier = {child for day in earlier for child in rule_list(records, rule, day, settings)}
    found = {}
    for child in first_list | second_list:
        on_first_here = child in first_list and here(before[child])
        on_second_here = child in second_list and here(after[child])
        if on_first_here and on_second_here:
            found[child] = "still"
        elif on_second_here and child in first_list:
            found[child] = "moved in"
        elif on_second_here:
            found[child] = "re-entered" if child in listed_earlier else "new"
        elif on_first_here and child in second_list:
            found[child] = "moved out"
        elif on_first_here:
            found[child] = "resolved" if child in after else "left care"
    return found


def left_care(records: Records, child: str, second: date) -> tuple[date | None, str]:
    """When and why a child who is not in care on the day is not: the first of the days up to it out of care."""
    person = next(row for row in rows_of(records, "ssd_person") if row["pers_person_id"] == child)
    day = second
    while not is_in_care(records, person, day - timedelta(days=1)):
        day -= timedelta(days=1)
        if day < FIRST_DAY_OF_ALL:
            return None, "not recorded"
    return day, _reason(records, person, day)


def _reason(records: Records, person: dict, day: date) -> str:
    episodes = [row for row in rows_of(records, "ssd_cla_episodes") if row["clae_person_id"] == person["pers_person_id"]]
    lasting = any(in_force(row["clae_cla_episode_start_date"], row["clae_cla_episode_ceased_date"], day) for row in episodes)
    if not lasting:
        ended = [row for row in episodes if row["clae_cla_episode_ceased_date"] and row["clae_cla_episode_ceased_date"] <= day]
        last = max(ended, key=_end_order)
        if last["clae_cla_episode_ceased_reason"]:
            code = code_sets()["episode_ceased_reason"].codes[last["clae_cla_episode_ceased_reason"]]
            return "not recorded" if code.code == "X1" else code.label
    if person["pers_death_date"] and person["pers_death_date"] <= day:
        return "died"
    if person["pers_dob"] and whole_years(person["pers_dob"], day) >= 18:
        return "turned 18"
    return "short breaks only" if lasting else "not recorded"


def _end_order(row: dict) -> tuple:
    identifier = row["clae_cla_episode_id"]
    return row["clae_cla_episode_ceased_date"], row["clae_cla_episode_start_date"], len(identifier), identifier
