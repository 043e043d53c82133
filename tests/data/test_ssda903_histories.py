"""Histories drawn at random, cut into nine returns as a council would, load back as the histories: a second, plain reading of the returns.

The expectation is worked out from the history, day by day, and never from the returns or the SQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import pytest

from tests.support.returns import Returns, write_returns

CHILDREN = 150
FIRST, LAST = date(2017, 5, 1), date(2026, 3, 31)
YEARS = range(2018, 2027)
STATUSES = ("V2", "C1", "C2", "E1", "L2")
PLACES = ("U6", "U4", "K2", "A6", "P1")


@dataclass(frozen=True)
class Change:
    """What is so of a child from a day on: legal status, placement type and address; no status: not in care."""

    day: date
    status: str | None
    place: str = ""
    address: str = ""


def draw(rng: Random) -> list[Change]:
    """A child's history: one to three periods of care, each with changes of status, of placement, of both, or of neither."""
    day = FIRST + timedelta(days=rng.randrange(2000))
    history: list[Change] = []
    for _ in range(rng.randint(1, 3)):
        now = Change(day, rng.choice(STATUSES), rng.choice(PLACES), f"ZZ{rng.randint(1, 4)} 1AA")
        history.append(now)
        for _ in range(rng.randint(0, 6)):
            day += timedelta(days=rng.choice((1, 5, 30, 90, 200, 365)))
            status = rng.choice(STATUSES) if rng.random() < 0.6 else now.status
            moved = rng.random() < 0.6
            place, address = (rng.choice(PLACES), f"ZZ{rng.randint(1, 4)} 1AA") if moved else (now.place, now.address)
            if (status, place, address) != (now.status, now.place, now.address):
                now = Change(day, status, place, address)
                history.append(now)
        if rng.random() < 0.4:
            break
        day += timedelta(days=rng.choice((1, 40, 300)))
        history.append(Change(day, None))
        day += timedelta(days=rng.choice((1, 20, 150)))
    return [change for change in history if change.day <= LAST]


def reason(before: Change | None, now: Change) -> str:
    if before is None or before.status is None:
        return "S"
    moved = (before.place, before.address) != (now.place, now.address)
    return ("B" if before.status != now.status else "P") if moved else "L"


def british(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def episodes(child: str, history: list[Change], year: int) -> list[dict]:
    """The rows that the return of a year has of a child: every episode that touches the year, and no end after it."""
    first, last = date(year - 1, 4, 1), date(year, 3, 31)
    rows = []
    for at, now in enumerate(history):
        following = history[at + 1] if at + 1 < len(history) else None
        if now.status is None or now.day > last or (following and following.day < first):
            continue
        known = following if following and following.day <= last else None
        rows.append(
            {
                "CHILD": child, "DECOM": british(now.day), "RNE": reason(history[at - 1] if at else None, now), "LS": now.status,
                "CIN": "N1", "PLACE": now.place, "PLACE_PROVIDER": "PR1", "DEC": british(known.day if known else None),
                "REC": ("X1" if known.status else "E4A") if known else "", "PL_POST": now.address, "URN": "1",
            }
        )  # fmt: skip
    return rows


def spans(history: list[Change], of) -> list[tuple]:
    """(what, start, end) of each stretch of a period of care over which ``of`` a change stays the same."""
    found: list[list] = []
    for at, now in enumerate(history):
        end = history[at + 1].day if at + 1 < len(history) else None
        if now.status is None:
            continue
        goes_on = at and history[at - 1].status is not None and of(history[at - 1]) == of(now)
        if goes_on:
            found[-1][2] = end
        else:
            found.append([of(now), now.day, end])
    return [tuple(one) for one in found]


def entries(history: list[Change]) -> list[tuple[date, date]]:
    """(first day of an episode, entry to care) of each episode."""
    found, entered = [], FIRST
    for at, now in enumerate(history):
        if at == 0 or history[at - 1].status is None:
            entered = now.day
        if now.status is not None:
            found.append((now.day, entered))
    return found


@pytest.fixture(scope="module")
def histories():
    rng = Random(903)
    return {f"0{number:03d}": draw(rng) for number in range(CHILDREN)}


@pytest.fixture(scope="module")
def loaded(histories, tmp_path_factory):
    returns = {
        year: {"Episodes": [row for child, history in histories.items() for row in episodes(child, history, year)]}
        for year in YEARS
    }
    return Returns(write_returns(tmp_path_factory.mktemp("returns"), returns), LAST)


def by_child(rows: list[tuple]) -> dict[str, list[tuple]]:
    found: dict[str, list[tuple]] = {}
    for child, *rest in rows:
        found.setdefault(child, []).append(tuple(rest))
    return found


def test_the_histories_have_what_makes_returns_hard(histories):
    changes = [history for history in histories.values() if len(history) > 4]
    again = [history for history in histories.values() if any(change.status is None for change in history[:-1])]
    assert len(changes) > 40 and len(again) > 30


def test_each_legal_status_runs_as_in_the_history(histories, loaded):
    rows = by_child(
        loaded.rows(
            "select lega_person_id, lega_legal_status, lega_legal_status_start_date, lega_legal_status_end_date "
            "from ssd_legal_status order by 1, 3"
        )
    )
    assert rows == {child: spans(history, lambda now: now.status) for child, history in histories.items() if history}


def test_each_placement_runs_as_in_the_history(histories, loaded):
    rows = by_child(
        loaded.rows(
            "select clap_person_id, clap_cla_placement_type, clap_cla_placement_postcode, clap_cla_placement_start_date, "
            "clap_cla_placement_end_date from ssd_cla_placement order by 1, 4"
        )
    )
    wanted = {child: spans(history, lambda now: (now.place, now.address)) for child, history in histories.items() if history}
    assert rows == {child: [(*what, start, end) for what, start, end in runs] for child, runs in wanted.items()}


def test_each_episode_and_entry_to_care_is_that_of_the_history(histories, loaded):
    rows = by_child(
        loaded.rows(
            "select clae_person_id, clae_cla_episode_start_date, clae_entered_care_date from ssd_cla_episodes order by 1, 2"
        )
    )
    assert rows == {child: entries(history) for child, history in histories.items() if history}


@pytest.mark.parametrize("day", [date(2019, 9, 30), date(2023, 3, 31), date(2026, 3, 31)])
def test_the_children_in_care_on_a_day_are_those_of_the_history(histories, loaded, day):
    wanted = set()
    for child, history in histories.items():
        so_far = [change for change in history if change.day <= day]
        if so_far and so_far[-1].status is not None:
            wanted.add(child)
    found = loaded.con.execute(
        "select distinct clae_person_id from ssd_cla_episodes where clae_cla_episode_start_date <= $day "
        "and (clae_cla_episode_ceased_date is null or clae_cla_episode_ceased_date > $day)",
        {"day": day},
    ).fetchall()
    assert {child for (child,) in found} == wanted and wanted


def test_nothing_is_flagged_or_quarantined(loaded):
    assert loaded.rows("select rule from rejects") == []
    assert loaded.flags() == []
