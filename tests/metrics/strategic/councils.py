"""Small councils for the scorecard: an engine over records in memory that uses a panel's policy and England's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from random import Random

from data.settings import Settings
from tests.support.builder import Records
from tests.support.reference_engine import RecordsEngine

SETTINGS = Settings(policies=("hertfordshire", "england"), population_under_18=10_000)
SEXES = ("F", "M", "U", None)
ETHNICITIES = ("WBRI", " wbri", "BAFR", "MOTH", "CHNE", "OOTH", "REFU", "NOBT", "", None)
NEEDS = ("N1", "N4", "N5", "N8", None)


def describe(random: Random, records: Records) -> Records:
    """The records with a sex, an ethnicity and a need for everybody, or none."""
    for person in records["ssd_person"]:
        person |= {"pers_sex": random.choice(SEXES), "pers_ethnicity": random.choice(ETHNICITIES)}
    for episode in records["ssd_cla_episodes"]:
        episode["clae_cla_primary_need_code"] = random.choice(NEEDS)
    return records


def council(records: Records, days: Iterable[date], settings: Settings = SETTINGS, absent: str = "") -> RecordsEngine:
    """The engine; ``absent`` are the columns that the episodes and the people came without."""
    engine = RecordsEngine(records, days, settings)
    engine._connection.execute("create or replace table load_files (table_name varchar, absent_columns varchar)")
    rows = [["ssd_cla_episodes", absent], ["ssd_person", absent]]
    engine._connection.executemany("insert into load_files values (?, ?)", rows)
    return engine
