"""England's two adoption indicators, read off every child who was adopted."""

from __future__ import annotations

from datetime import date, timedelta

from tests.reference.days import Records, add_months, begun_by, by_start_then_identifier, rows_of, within
from tests.reference.homes import FOSTER, ONE_DAY, homes_of
from tests.reference.placements import ADOPTIVE
from tests.reference.terms import entered_care_date

ADOPTED = ("E11", "E12")
# (from, to, days or None, why it is left out or a remark).
Step = tuple[date | None, date | None, int | None, str | None]


def last_episodes(records: Records, day: date, years: int = 3) -> dict[str, dict]:
    """{child: the episode that the adoption ended}, for those adopted in the years up to the day."""
    found: dict[str, dict] = {}
    for row in rows_of(records, "ssd_cla_episodes"):
        ended = row["clae_cla_episode_ceased_date"]
        if (
            row["clae_cla_episode_ceased_reason"] not in ADOPTED
            or ended is None
            or ended > day
            or add_months(ended, 12 * years) <= day
        ):
            continue
        before = found.get(row["clae_person_id"])
        if before is None or _end_order(row) > _end_order(before):
            found[row["clae_person_id"]] = row
    return found


def _end_order(row: dict) -> tuple:
    return by_start_then_identifier(row["clae_cla_episode_ceased_date"], row["clae_cla_episode_id"])


def permanence_rows(records: Records, child: str) -> list[dict]:
    return [row for row in rows_of(records, "ssd_permanence") if row["perm_person_id"] == child]


def latest(rows: list[dict], column: str, entered: date, adopted: date) -> date | None:
    return max((row[column] for row in rows if within(entered, row[column], adopted)), default=None)


def moved_in(records: Records, child: str, entered: date, adopted: date) -> date | None:
    """When the child moved in with the family that adopted."""
    lived_in = [
        row
        for row in rows_of(records, "ssd_cla_placement")
        if row["clap_cla_placement_start_date"] < adopted
        and (row["clap_cla_placement_end_date"] is None or row["clap_cla_placement_end_date"] > entered)
    ]
    homes = homes_of(records | {"ssd_cla_placement": lived_in}, child)
    recorded = permanence_rows(records, child)
    by_carer = any(row["perm_adopted_by_carer_flag"] for row in recorded)
    adoptive = [place for place, home in enumerate(homes) if set(home.types) & set(ADOPTIVE)]
    if adoptive:
        home = homes[adoptive[-1]]
        if by_carer and home.only_adoptive and adoptive[-1] > 0:
            before = homes[adoptive[-1] - 1]
            if set(before.types) & set(FOSTER) and (before.end is None or before.end >= home.start):
                return before.start
        return home.start
    early = latest(recorded, "perm_placed_ffa_cp_date", entered, adopted)
    if by_carer and early is not None:
        return early
    return latest(recorded, "perm_placed_for_adoption_date", entered, adopted)


def placement_order(records: Records, child: str, entered: date, adopted: date) -> date | None:
    """The start of the latest run of placement orders that began in this period of care; else the recorded order."""
    rows = [
        row
        for row in rows_of(records, "ssd_legal_status")
        if row["lega_person_id"] == child
        and row["lega_legal_status"] == "E1"
        and (
            row["lega_legal_status_end_date"] is None or row["lega_legal_status_end_date"] >= row["lega_legal_status_start_date"]
        )
    ]
    rows.sort(key=lambda row: row["lega_legal_status_start_date"])
    starts, covered = [], None
    for row in rows:
        start, end = row["lega_legal_status_start_date"], row["lega_legal_status_end_date"] or date.max - timedelta(days=1)
        if covered is None or start > covered + ONE_DAY:
            starts.append(start)
        covered = end if covered is None else max(covered, end)
    of_this_period = [start for start in starts if entered <= start <= adopted]
    if of_this_period:
        return max(of_this_period)
    return latest(permanence_rows(records, child), "perm_placement_order_date", entered, adopted)


def match(records: Records, child: str, entered: date, adopted: date) -> date | None:
    """The last match that was not undone before the adoption."""
    found = [
        row["perm_matched_date"]
        for row in permanence_rows(records, child)
        if within(entered, row["perm_matched_date"], adopted)
        and not within(row["perm_matched_date"], row["perm_decision_reversed_date"], adopted - ONE_DAY)
    ] + [
        row["match_date"]
        for row in rows_of(records, "local_carer_matches")
        if row["person_id"] == child
        and row["match_type"] == "ADOPTION"
        and within(entered, row["match_date"], adopted)
        and (row["ended_date"] is None or row["ended_date"] >= adopted)
    ]
    return max(found, default=None)


def steps(records: Records, indicator: str, day: date) -> dict[str, Step]:
    """{child: (from, to, days, remark)} for every child adopted in the three years up to the day."""
    found = {}
    records = begun_by(records, "ssd_cla_episodes", "clae_cla_episode_start_date", day)
    for child, episode in last_episodes(records, day).items():
        adopted = episode["clae_cla_episode_ceased_date"]
        entered = entered_care_date(records, episode, adopted - ONE_DAY)
        if indicator == "entry_to_adoptive_family":
            moved = moved_in(records, child, entered, adopted)
            days = None if moved is None else max(0, (moved - entered).days)
            found[child] = (entered, moved, days, "no day of moving in recorded" if moved is None else None)
            continue
        ordered, matched = placement_order(records, child, entered, adopted), match(records, child, entered, adopted)
        if ordered is None or matched is None:
            found[child] = (ordered, matched, None, "no placement order" if ordered is None else "no match recorded")
        else:
            first = "the match came first" if matched < ordered else None
            found[child] = (ordered, matched, max(0, (matched - ordered).days), first)
    return found
