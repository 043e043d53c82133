"""What Mosaic leaves out of its episodes is worked out from its other rows; of other systems nothing is changed."""

from __future__ import annotations

from datetime import date

import pytest

from data.contract.systems import systems
from data.reading.system_ways import complete_episodes
from tests.support.product import product_connection


def episode(
    number: int, start: date, ceased: date | None, reason: str | None = "X1", care: str = "P1", placement: str | None = "H1"
) -> dict:
    return {
        "clae_cla_episode_id": f"E{number}",
        "clae_person_id": "C1",
        "clae_cla_id": care,
        "clae_cla_episode_start_date": start,
        "clae_cla_episode_ceased_date": ceased,
        "clae_cla_episode_ceased_reason": reason,
        "clae_cla_placement_id": placement,
    }


def completed(system: str, episodes: list[dict], placements: list[dict]) -> list[tuple]:
    """The day on which each episode ended, and its placement, as the system's rows are read."""
    with product_connection({"ssd_cla_episodes": episodes, "ssd_cla_placement": placements}) as connection:
        complete_episodes(connection, systems()[system])
        return connection.execute(
            "select clae_cla_episode_ceased_date, clae_cla_placement_id from ssd_cla_episodes order by clae_cla_episode_id"
        ).fetchall()


@pytest.mark.parametrize(
    ("ceased", "reason", "care", "read_as"),
    [
        (date(2024, 2, 28), "X1", "P1", date(2024, 2, 28)),  # two days before, in a leap year: a gap
        (date(2024, 2, 29), "X1", "P1", date(2024, 3, 1)),  # the day before
        (date(2024, 3, 1), "X1", "P1", date(2024, 3, 1)),  # the day itself
        (date(2024, 3, 2), "X1", "P1", date(2024, 3, 2)),  # the day after: the two overlap
        (date(2024, 2, 29), "E4A", "P1", date(2024, 2, 29)),  # care ended
        (date(2024, 2, 29), "X1", "P0", date(2024, 2, 29)),  # of an earlier period of care
        (None, None, "P1", None),
    ],
)
def test_an_episode_that_goes_on_and_ends_the_day_before_the_next_ends_on_its_day(ceased, reason, care, read_as):
    rows = [episode(1, date(2023, 5, 1), ceased, reason, care), episode(2, date(2024, 3, 1), None, None)]
    assert [ended for ended, _ in completed("mosaic", rows, [])] == [read_as, None]
    assert [ended for ended, _ in completed("lcs", rows, [])] == [ceased, None]


def test_an_episode_without_a_placement_has_the_one_of_its_first_day():
    stays = (
        ("H1", date(2024, 1, 1), date(2024, 3, 1)),
        ("H2", date(2024, 3, 1), date(2024, 4, 1)),
        ("H3", date(2024, 3, 31), None),
    )
    placements = [
        {
            "clap_person_id": "C1",
            "clap_cla_placement_id": home,
            "clap_cla_placement_start_date": start,
            "clap_cla_placement_end_date": end,
        }
        for home, start, end in stays
    ]
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 31)]
    rows = [episode(number, day, None, None, placement=None) for number, day in enumerate(days)]
    found = [None, "H1", "H1", "H2", "H3"]
    assert [placement for _, placement in completed("mosaic", rows, placements)] == found
    rows[0]["clae_cla_placement_id"] = "H9"
    assert completed("mosaic", rows, placements)[0][1] == "H9"
    assert [placement for _, placement in completed("lcs", rows, placements)] == ["H9", None, None, None, None]
