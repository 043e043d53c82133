"""Every term of a child in care on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.reference import homes, orders, placements, plans, teams
from tests.reference.days import Records, by_day, by_start_then_identifier, in_force, rows_of, whole_years

SHORT_BREAKS = ("V3", "V4")


@dataclass(frozen=True)
class ChildOnDay:
    """One child in care at the close of one day. ``option_since`` has a key for each option on the day."""

    child_id: str
    as_at: date
    entered_care: date
    age: int | None
    age_at_entry: int | None
    weeks_in_care: int
    legal_status: str | None
    legal_statuses: tuple[str, ...]
    placement_id: str | None
    placement_type: str | None
    placement_start: date | None
    options: tuple[str, ...]
    option_since: dict[str, date]
    plan_shown: str | None
    no_plan_since: date | None
    placement_order_since: date | None
    placement_order_source: str | None
    matched_for_adoption: bool
    long_term_match: bool
    long_term_ratified: bool
    last_review_date: date | None
    in_proceedings: bool
    team: str
    service: str
    worker: str
    placement_moves: int


def _episode_order(row: dict) -> tuple:
    return by_start_then_identifier(row["clae_cla_episode_start_date"], row["clae_cla_episode_id"])


def episode_on(records: Records, child: str, day: date) -> dict | None:
    """The child's episode in force on the day; of two, the later start."""
    rows = [
        row
        for row in rows_of(records, "ssd_cla_episodes")
        if row["clae_person_id"] == child
        and in_force(row["clae_cla_episode_start_date"], row["clae_cla_episode_ceased_date"], day)
    ]
    return max(rows, key=_episode_order) if rows else None


def is_in_care(records: Records, person: dict, day: date) -> bool:
    """Has an episode in force, is not 18 or over, has not died, and is not on short breaks only."""
    child = person["pers_person_id"]
    if episode_on(records, child, day) is None or by_day(person["pers_death_date"], day):
        return False
    age = whole_years(person["pers_dob"], day)
    if age is not None and age >= 18:
        return False
    statuses = orders.legal_statuses_on(records, child, day)
    return not statuses or any(status not in SHORT_BREAKS for status in statuses)


def entered_care_date(records: Records, episode: dict, day: date) -> date:
    """The day the child entered care in the period of care that the episode belongs to."""
    if episode["clae_entered_care_date"] is not None:
        return episode["clae_entered_care_date"]
    same_period = [
        row
        for row in rows_of(records, "ssd_cla_episodes")
        if episode["clae_cla_id"] is not None
        and row["clae_cla_id"] == episode["clae_cla_id"]
        and row["clae_person_id"] == episode["clae_person_id"]
        and row["clae_cla_episode_start_date"] <= day
    ]
    for row in sorted(same_period, key=_episode_order, reverse=True):
        if row["clae_entered_care_date"] is not None:
            return row["clae_entered_care_date"]
    return min((row["clae_cla_episode_start_date"] for row in same_period), default=episode["clae_cla_episode_start_date"])


def last_review(records: Records, period_of_care: str | None, day: date) -> date | None:
    """The latest review held by the day in the period of care."""
    dates = [
        row["clar_cla_review_date"]
        for row in rows_of(records, "ssd_cla_reviews")
        if period_of_care is not None
        and row["clar_cla_id"] == period_of_care
        and not row["clar_cla_review_cancelled"]
        and by_day(row["clar_cla_review_date"], day)
    ]
    return max(dates, default=None)


def shown_plan(options: tuple[str, ...]) -> str | None:
    """The option in words, or for several, ``parallel:`` and all of them; None where there is none."""
    words = [option.replace("_", " ") for option in options]
    return f"parallel: {', '.join(words)}" if len(words) > 1 else next(iter(words), None)


def child_on_day(records: Records, person: dict, day: date, settings) -> ChildOnDay:
    """Every term of one child who is in care on the day."""
    child = person["pers_person_id"]
    episode = episode_on(records, child, day)
    entered = entered_care_date(records, episode, day)
    statuses = orders.legal_statuses_on(records, child, day)
    placement = placements.placement_on(records, child, day) or {}
    plans_in_force = plans.spans(plans.plans_that_count(records, child, entered, day))
    options = plans.options_on(plans_in_force, day)
    order_since, order_source = orders.placement_order(records, child, entered, day)
    matched, ratified = orders.long_term_match(records, child, entered, day, placement.get("clap_cla_placement_id"))
    involvement = teams.involvement_on(records, child, day, settings)
    team, service = teams.team_and_service(records, involvement)
    return ChildOnDay(
        child_id=child,
        as_at=day,
        entered_care=entered,
        age=whole_years(person["pers_dob"], day),
        age_at_entry=whole_years(person["pers_dob"], entered),
        weeks_in_care=(day - entered).days // 7,
        legal_status=statuses[0] if statuses else None,
        legal_statuses=statuses,
        placement_id=placement.get("clap_cla_placement_id"),
        placement_type=placement.get("clap_cla_placement_type"),
        placement_start=placement.get("clap_cla_placement_start_date"),
        options=options,
        option_since={option: plans.option_since(plans_in_force, option, entered) for option in options},
        plan_shown=shown_plan(options),
        no_plan_since=None if options else plans.no_plan_since(plans_in_force, entered),
        placement_order_since=order_since,
        placement_order_source=order_source,
        matched_for_adoption=orders.matched_for_adoption(records, child, entered, day),
        long_term_match=matched,
        long_term_ratified=ratified,
        last_review_date=last_review(records, episode["clae_cla_id"], day),
        in_proceedings=orders.in_proceedings(records, child, day),
        team=team,
        service=service,
        worker=teams.worker_name(records, involvement),
        placement_moves=len(homes.move_dates(records, child, episode["clae_cla_id"], entered, day)),
    )


def spine(records: Records, as_at: date, settings) -> dict[str, ChildOnDay]:
    """Every child in care at the close of the day, by identifier."""
    return {
        person["pers_person_id"]: child_on_day(records, person, as_at, settings)
        for person in rows_of(records, "ssd_person")
        if is_in_care(records, person, as_at)
    }
