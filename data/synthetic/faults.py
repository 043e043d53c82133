"""Every fault that real extracts have, put into a few rows of the synthetic county on purpose.

A fault falls on so many people in every thousand numbers, spread evenly, if the person has a row for it. A person has at
least one row of a file in which they bear its fault, so the share of a file's rows at fault stays under the sum of its
faults' rates: well under the 2 % that refuses a night. Small files have no faults (see ``LEAST_ROWS``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .chance import ISO, between
from .plans import plan_json
from .record import PERIODS, Record, Row

LEAST_ROWS = 400
# Rows for each child in care, roughly: below LEAST_ROWS of them a file has no faults.
ROWS_PER_CHILD = {
    "ssd_person": 3,
    "ssd_cla_episodes": 8,
    "ssd_legal_status": 6,
    "ssd_cla_placement": 6,
    "ssd_cla_care_plan": 9,
    "ssd_involvements": 12,
    "ssd_permanence": 0.6,
    "ssd_cla_reviews": 12,
    "ssd_cla_visits": 30,
    "local_meetings": 18,
}
NOBODY = "9990000000"


@dataclass(frozen=True)
class Fault:
    """One kind of fault: its file, how many in a thousand people bear it, and what it does to a row."""

    name: str
    table: str
    per_thousand: int
    spoil: Callable[[Record, Row, Random], None]
    fits: Callable[[Row], bool] = lambda row: True


def _set(column: str, *texts: str) -> Callable[[Record, Row, Random], None]:
    return lambda record, row, rng: row.set(column, rng.choice(texts))


def _untidy(column: str) -> Callable[[Record, Row, Random], None]:
    def spoil(record: Record, row: Row, rng: Random) -> None:
        text = row.get(column)
        row.set(column, rng.choice((text.lower(), f"{text} ", f" {text.lower()} ")))

    return spoil


def _backwards(record: Record, row: Row, rng: Random) -> None:
    """End the row before it starts."""
    start_place, end_place = PERIODS[row.table]
    start = date.fromisoformat(row.values[start_place][:10])
    row.changes = [change for change in row.changes if change[1] != end_place]
    row.values[end_place] = (start - timedelta(days=between(rng, 1, 40))).isoformat()


def _twice(record: Record, row: Row, rng: Random) -> None:
    """The same row again, to the letter."""
    record.rows.append(row.copy())


def _same_key(column: str, *texts: str) -> Callable[[Record, Row, Random], None]:
    """Another row under the same identifier."""

    def spoil(record: Record, row: Row, rng: Random) -> None:
        again = row.copy()
        again.set(column, rng.choice(texts))
        record.rows.append(again)

    return spoil


def _look_alike(record: Record, row: Row, rng: Random) -> None:
    """The person a second time, under another identifier."""
    again = row.copy()
    again.values[0], again.values[1] = f"{row.values[0]}9", "-1"
    record.rows.append(again)


def _sex_by_number(record: Record, row: Row, rng: Random) -> None:
    row.set("pers_sex", "1" if row.get("pers_sex") == "M" else "2")


def _no_legacy(record: Record, row: Row, rng: Random) -> None:
    """No other number; but never for a child whose permanence row has only that number."""
    if not any(one.table == "ssd_permanence" for one in record.rows):
        row.set("pers_legacy_id", "-1")


def _overlap(record: Record, row: Row, rng: Random) -> None:
    """The episode before the present one runs on for some days after the present one began."""
    days = sorted((one for one in record.rows if one.table == row.table and one is not row), key=lambda one: one.values[4])
    before = [one for one in days if one.values[4] < row.values[4]]
    if before:
        start = date.fromisoformat(row.values[4])
        before[-1].set("clae_cla_episode_ceased_date", (start + timedelta(days=between(rng, 1, 12))).isoformat())


def _cut_plan(record: Record, row: Row, rng: Random) -> None:
    """A long answer, and the text cut at 1,000 characters: the ticks before the cut can be read."""
    answer = "Y - " + "the family time plan, health needs and views of the child are set out in the minutes; " * 14
    text = plan_json(("RETURNEV", "OTHERPLN"), {"OTHERPLN": answer})
    row.set("lacp_cla_care_plan_json", text[:1000])


def _quoted_plan(record: Record, row: Row, rng: Random) -> None:
    """An answer with a quotation mark that was not escaped."""
    text = plan_json(("LTFOST18",), {"LTFOST18": "Y QUOTE"})
    row.set("lacp_cla_care_plan_json", text.replace("QUOTE", 'child says "stay here" please'))


def _no_placement_order(record: Record, row: Row, rng: Random) -> None:
    """The legal status was never recorded, though the permanence row has the order's date."""
    record.rows = [one for one in record.rows if one.table != "ssd_legal_status" or not _placement_order(one)]


def _placement_order(row: Row) -> bool:
    text = row.values[2].lower()
    return text.startswith("e1") or "placement order" in text


def _future(record: Record, row: Row, rng: Random) -> None:
    row.set("invo_involvement_start_date", ISO[record.as_at + between(rng, 3, 30)])
    row.set("invo_involvement_end_date", "")


def _open(column: str) -> Callable[[Row], bool]:
    return lambda row: not row.get(column)


def _in_care(row: Row) -> bool:
    return not row.get("clae_cla_episode_ceased_date")


PLAN, TYPE, INVOLVED_UNTIL = "lacp_cla_care_plan_json", "clap_cla_placement_type", "invo_involvement_end_date"
FAULTS = (
    # what the reader must live with
    Fault("sentinel_end", "ssd_involvements", 30, _set(INVOLVED_UNTIL, "1900-01-01"), _open(INVOLVED_UNTIL)),
    Fault("sentinel_death", "ssd_person", 20, _set("pers_death_date", "1900-01-01"), _open("pers_death_date")),
    Fault("no_worker", "ssd_involvements", 6, _set("invo_professional_id", "-1")),
    Fault("no_legacy", "ssd_person", 8, _no_legacy),
    Fault("sex_by_number", "ssd_person", 40, _sex_by_number),
    Fault("untidy_placement", "ssd_cla_placement", 12, _untidy(TYPE)),
    Fault("untidy_reason", "ssd_cla_episodes", 8, _untidy("clae_cla_episode_start_reason")),
    Fault("team_without_number", "ssd_involvements", 2, _set("invo_professional_team", "-1"), _open(INVOLVED_UNTIL)),
    Fault("unknown_team", "ssd_involvements", 2, _set("invo_professional_team", "Fieldwork Team 7 (closed)")),
    Fault("plan_cut", "ssd_cla_care_plan", 3, _cut_plan),
    Fault("plan_with_quote", "ssd_cla_care_plan", 3, _quoted_plan),
    Fault("plan_in_words", "ssd_cla_care_plan", 5, _set(PLAN, "F) Long-Term Fostering", "E) Long-term residential placement")),
    Fault("plan_bare_code", "ssd_cla_care_plan", 4, _set(PLAN, "LTFOST18", "RETURN6M")),
    # kept and flagged
    Fault("plan_contradicts", "ssd_cla_care_plan", 4, _set(PLAN, plan_json(("RESPLMT",))), _open("lacp_cla_care_plan_end_date")),
    Fault("no_placement_order", "ssd_legal_status", 35, _no_placement_order, _placement_order),
    Fault("look_alike", "ssd_person", 2, _look_alike),
    Fault("missing_birth", "ssd_person", 2, _set("pers_dob", "")),
    Fault("overlapping_episodes", "ssd_cla_episodes", 4, _overlap, _in_care),
    Fault("future_start", "ssd_involvements", 2, _future),
    Fault("review_without_care", "ssd_cla_reviews", 2, _set("clar_cla_id", "CLA9999999")),
    Fault("backwards_status", "ssd_legal_status", 2, _backwards),
    # quarantined
    Fault("unreadable_visit", "ssd_cla_visits", 2, _set("clav_cla_visit_date", "31/02/2026", "00/00/0000")),
    Fault("unreadable_review", "ssd_cla_reviews", 1, _set("clar_cla_review_due_date", "see diary")),
    Fault("two_digit_year", "local_meetings", 2, _set("meeting_date", "3/4/26", "14/09/25")),
    Fault("two_digit_status", "ssd_legal_status", 1, _set("lega_legal_status_start_date", "03/04/24")),
    Fault("unreadable_number", "ssd_cla_placement", 2, _set("clap_cla_placement_distance", "far", "12 miles")),
    Fault("unreadable_flag", "ssd_cla_visits", 2, _set("clav_cla_visit_seen_alone", "maybe")),
    Fault("unreadable_plan", "ssd_cla_care_plan", 2, _set(PLAN, "See minutes of the last review")),
    Fault("missing_person", "ssd_cla_visits", 1, _set("clav_person_id", "", "-1")),
    Fault("missing_start", "ssd_legal_status", 1, _set("lega_legal_status_start_date", "", "1900-01-01")),
    Fault("repeated_episode", "ssd_cla_episodes", 1, _twice),  # these two are left out, and not quarantined
    Fault("repeated_visit", "ssd_cla_visits", 2, _twice),
    Fault("same_key_placement", "ssd_cla_placement", 1, _same_key("clap_cla_placement_distance", "4.0")),
    Fault("same_key_person", "ssd_person", 1, _same_key("pers_forename", "Test")),
    Fault("backwards_episode", "ssd_cla_episodes", 1, _backwards),
    Fault("backwards_plan", "ssd_cla_care_plan", 1, _backwards),
    Fault("backwards_placement", "ssd_cla_placement", 1, _backwards),
    Fault("unknown_placement", "ssd_cla_placement", 1, _set(TYPE, "Q9", "FOSTER")),
    Fault("unknown_status", "ssd_legal_status", 1, _set("lega_legal_status", "Awaiting legal advice")),
    Fault("unknown_meeting", "local_meetings", 2, _set("meeting_type", "Core group")),
    Fault("unknown_person", "ssd_involvements", 2, _set("invo_person_id", NOBODY)),
    Fault("unmatched_permanence", "ssd_permanence", 5, _set("perm_person_id", NOBODY)),
)
TEAM_BY_NAME = 12  # people in a thousand, one of whose rows has the team's name in place of its identifier


def faults_of(seed: int, number: int, children: int) -> list[Fault]:
    """The faults that fall on a person: decided by the number alone."""
    if children < 60:
        return []
    return [
        fault
        for place, fault in enumerate(FAULTS)
        if (number * 617 + place * 211 + seed * 97) % 1000 < fault.per_thousand
        and ROWS_PER_CHILD[fault.table] * children >= LEAST_ROWS
    ]


def spoil(record: Record, seed: int, children: int, team_names: dict[str, str]) -> list[str]:
    """Put a person's faults into the record; gives their names. ``team_names``: a team's identifier to its name."""
    done = []
    rng = Random(f"{seed}:{record.number}:faults")
    for fault in faults_of(seed, record.number, children):
        rows = [row for row in record.rows if row.table == fault.table and fault.fits(row)]
        if rows:
            fault.spoil(record, rng.choice(rows), rng)
            done.append(fault.name)
    if children >= 60 and (record.number * 617 + seed * 31) % 1000 < TEAM_BY_NAME:
        rows = [row for row in record.rows if row.table == "ssd_involvements" and row.get("invo_professional_team") in team_names]
        if rows:
            row = rng.choice(rows)
            row.set("invo_professional_team", f"{team_names[row.get('invo_professional_team')]} ")
            done.append("team_by_name")
    return done
