"""Cases of journeys: ``strategies.py`` with ways out of care, adoption records, re-entries, short breaks, guardianship."""

from __future__ import annotations

from datetime import date
from random import Random

from hypothesis import strategies as st

from tests.generated.strategies import DEPARTMENTS, Timeline, a_day, add_life, birth, make_timeline, maybe_a_day
from tests.metrics.cases.national_child import NationalChild, national
from tests.support.builder import Records, records

GeneratedCase = tuple[Records, date]
OPTIONAL_TABLES = ("ssd_permanence", "local_carer_matches", "local_permanence_options")
REASONS = ("E11", "E12", "E12", "E4A", "E4B", "E45", "E41", "X1", "E6", None)
ADOPTIVE = ("A3", "A5", "A6", "A6", "U5", "U6", "U4", "T1")
DATES = ("adm_decision_date", "placed_ffa_cp_date", "placed_for_adoption_date", "placement_order_date", "matched_date",
         "decision_reversed_date")  # fmt: skip


def add_adoption_records(random: Random, one: NationalChild, timeline: Timeline) -> None:
    """Rows of the permanence record, each with the days it happens to have."""
    for _ in range(random.choice((0, 0, 1, 1, 2))):
        one.permanence_record(**{name: random.choice((None, maybe_a_day(random, timeline))) for name in DATES})
        one.rows["ssd_permanence"][-1]["perm_adopted_by_carer_flag"] = random.choice((True, True, False, None))


def make_child(random: Random, identifier: str, timeline: Timeline) -> NationalChild:
    """A child with all that a journey is read from; half of them on the way to adoption."""
    died = a_day(random, timeline) if random.random() < 0.1 else None
    one = national(identifier, birth(random, timeline), died)
    add_life(random, one, timeline)
    add_adoption_records(random, one, timeline)
    for row in one.rows.get("ssd_cla_episodes", []):
        row["clae_cla_episode_ceased_reason"] = random.choice(REASONS) if row["clae_cla_episode_ceased_date"] else None
    if random.random() < 0.5:
        for row in one.rows.get("ssd_cla_placement", []):
            row["clap_cla_placement_type"] = random.choice((*ADOPTIVE, row["clap_cla_placement_type"]))
    for _ in range(random.choice((0, 0, 1))):
        one.match(random.choice(("LTF", "ADOPTION")), a_day(random, timeline), ratified=maybe_a_day(random, timeline))
    return one


def make_case(random: Random, *, all_files: bool = True) -> GeneratedCase:
    """A night's records and the reporting date, which may lie before the last of them."""
    timeline = make_timeline(random)
    names = random.choice((("1",), ("9", "10"), ("A", "b", "C")))
    night = records(*(make_child(random, name, timeline) for name in names), departments=DEPARTMENTS)
    if not all_files:
        for table in random.sample(OPTIONAL_TABLES, random.choice((0, 0, 1, 2))):
            del night[table]
    return night, a_day(random, timeline[-2:])


def generated_cases() -> st.SearchStrategy[GeneratedCase]:
    """Generated cases for hypothesis, now and then without a file or two."""
    return st.randoms(use_true_random=False).map(lambda random: make_case(random, all_files=False))
