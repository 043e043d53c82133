"""Codes as systems write them: what is understood, what is kept without a code, and what is quarantined."""

from __future__ import annotations

import duckdb
import pytest

from data.contract import code_matching
from data.contract.contract import code_sets, tables
from data.reading import parsing
from data.settings import Settings
from tests.data.small_night import SMALL, Reading, read, small
from tests.support.extracts import write_extracts


def legal(text: str) -> dict:
    return {**SMALL["ssd_legal_status"][0], "lega_legal_status": text}


def read_legal(tmp_path, *texts: str) -> Reading:
    return read(tmp_path, small(ssd_legal_status=[legal(text) for text in texts]), Settings(quarantine_limit_percent=100))


LEGAL_STATUSES = {
    "C2": "C2",
    " c2 ": "C2",
    "C2 Full care order": "C2",
    "C2: Full care order": "C2",
    "C2- full care order": "C2",
    "C2 - Full care order": "C2",
    "C2:Care Orders:-Full care order": "C2",
    "E1 - Placement order granted AND C2 - Full Care Order": "E1",
    "Placement order granted": "E1",
    "PLACEMENT  ORDER\u00a0GRANTED": "E1",
    "Full care order": "C2",
    "Single period of accommodation under section 20": "V2",
    "V1 - Accomm under an agreed series of short term breaks": "V3",
    "Special Guardianship Order": None,
    "Private fostering": None,
    "Care leaver": None,
}


def test_a_legal_status_is_a_code_a_code_and_text_or_text_alone(tmp_path):
    reading = read_legal(tmp_path, *LEGAL_STATUSES)
    assert reading.rejects() == []
    rows = reading.rows("select lega_legal_status_text, lega_legal_status from ssd_legal_status order by source_row")
    assert rows == [(text.strip(" "), code) for text, code in LEGAL_STATUSES.items()]


def test_every_spelling_of_ours_gives_its_code(tmp_path):
    spellings = code_sets()["legal_status"].spellings
    reading = read_legal(tmp_path, *spellings)
    assert reading.rejects() == []
    found = dict(reading.rows("select lega_legal_status_text, lega_legal_status from ssd_legal_status"))
    by_first_word = {text: text.split()[0].rstrip(":-").upper() for text in spellings}
    listed = code_sets()["legal_status"].codes
    assert found == {
        text: by_first_word[text] if by_first_word[text] in listed else code or None for text, code in spellings.items()
    }


def test_a_status_that_nobody_knows_is_quarantined(tmp_path):
    reading = read_legal(tmp_path, "C2", "Order of the Garter")
    assert reading.rejects() == [("ssd_legal_status", 3, "unknown_code")]
    assert "is 'Order of the Garter', which is not in the list legal_status" in reading.values("select reason from rejects")[0]


def test_a_council_may_add_spellings_of_its_own(tmp_path):
    spellings = tmp_path / "spellings.csv"
    spellings.write_text("codes,text,code\nlegal_status,Order of  the Garter,c2\nlegal_status,PO,\n", encoding="utf-8")
    folder = write_extracts(tmp_path / "night", small(ssd_legal_status=[legal("order of the garter"), legal("PO")]))
    reading = Reading(folder, spellings=spellings)
    assert reading.values("select lega_legal_status from ssd_legal_status order by source_row") == ["C2", None]


def test_codes_have_any_letter_case_and_stray_spaces(tmp_path):
    cases = [
        ("ssd_cla_placement", "clap_cla_placement_type", "k3", "K3"),
        ("ssd_cla_placement", "clap_cla_placement_type", "Z14", "Z14"),
        ("ssd_cla_placement", "clap_cla_placement_type", "H5", "H5"),
        ("ssd_cla_placement", "clap_cla_placement_change_reason", "carpl ", "CARPL"),
        ("ssd_cla_placement", "clap_cla_placement_provider", "PR4: private", "PR4"),
        ("ssd_cla_episodes", "clae_cla_episode_start_reason", "s", "S"),
        ("ssd_cla_episodes", "clae_cla_episode_ceased_reason", "E4a", "E4A"),
        ("ssd_person", "pers_sex", "1", "M"),
        ("ssd_person", "pers_sex", "2", "F"),
        ("ssd_person", "pers_sex", "female", "F"),
        ("ssd_person", "pers_sex", "u", "U"),
    ]
    night = small()
    for number, (table, column, text, _) in enumerate(cases):
        night[table].append({**SMALL[table][0], tables()[table].key: f"Z{number}", column: text})
    reading = read(tmp_path, night)
    assert reading.rejects() == []
    for number, (table, column, text, code) in enumerate(cases):
        assert reading.values(f"select {column} from {table} where {tables()[table].key} = 'Z{number}'") == [code], text


def test_a_local_code_may_be_given_by_its_label(tmp_path):
    meetings = [
        {"person_id": "001", "meeting_type": text, "meeting_date": "2026-01-01", "meeting_status": status}
        for text, status in (("Permanency planning meeting", "Held"), ("ppm", "booked"), ("Family group conference", ""))
    ]
    reading = read(tmp_path, small(local_meetings=meetings))
    assert reading.rows("select meeting_type, meeting_status from local_meetings order by source_row") == [
        ("PPM", "HELD"),
        ("PPM", "BOOKED"),
        ("FGC", None),
    ]


def test_the_lists_are_made_only_where_a_text_has_to_be_looked_up():
    column, lists = tables()["ssd_legal_status"].column("lega_legal_status"), code_matching.read_code_lists(None)
    with duckdb.connect() as con, con.cursor() as other:
        for one, texts, made in (
            (con, ["C2", "E1"], 0),
            (con, ["Full care order"], 1),
            (con, ["Placement order granted"], 1),
            (other, ["C2"], 0),
        ):
            parsing.define_macros(one)
            one.execute("create or replace temp table stage as select unnest($texts) as lega_legal_status", {"texts": texts})
            assert not code_matching.match_codes(one, lists, [column])[column.name].unknown
            assert one.execute("select count(*) from duckdb_tables() where table_name = 'code_list'").fetchone() == (made,)


def test_a_code_of_another_collection_year_is_used_and_flagged(tmp_path):
    cases = [
        ("K3", "2024-04-01", False),
        ("K3", "2024-03-31", True),
        ("H5", "2024-03-31", False),
        ("H5", "2024-04-01", True),
        ("Z11", "2025-03-31", True),
        ("Z11", "2025-04-01", False),
    ]
    placement = SMALL["ssd_cla_placement"][0]
    placements = [
        {**placement, "clap_cla_placement_type": code, "clap_cla_placement_start_date": start} for code, start, _ in cases
    ]
    reading = read(tmp_path, small(ssd_cla_placement=placements))
    read_as = reading.values("select clap_cla_placement_type from ssd_cla_placement order by source_row")
    assert read_as == [code for code, *_ in cases]
    retired = [row for row, (*_, flagged) in enumerate(cases, start=2) if flagged]
    assert reading.flags() == [("retired_code", "ssd_cla_placement", row) for row in retired]


def spelt(name: str) -> list[tuple[str, str]]:
    """Every shipped text of a list with the code that it is to give: a first word that is a code wins."""
    listed = code_sets()[name].codes
    words = {text: text.split()[0].rstrip(":-").upper() for text in code_sets()[name].spellings}
    return [(text, words[text] if words[text] in listed else code) for text, code in code_sets()[name].spellings.items()]


SPELT = {
    "episode_start_reason": ("ssd_cla_episodes", "clae_cla_episode_start_reason"),
    "episode_ceased_reason": ("ssd_cla_episodes", "clae_cla_episode_ceased_reason"),
    "placement_type": ("ssd_cla_placement", "clap_cla_placement_type"),
    "placement_provider": ("ssd_cla_placement", "clap_cla_placement_provider"),
    "placement_change_reason": ("ssd_cla_placement", "clap_cla_placement_change_reason"),
    "primary_need": ("ssd_cla_episodes", "clae_cla_primary_need_code"),
    "sex": ("ssd_person", "pers_sex"),
}
# Hyphens, curly quotes, letter case and a last full stop are as each system pleases.
AS_PLEASES = {
    "as shipped": str,
    "in capitals": str.upper,
    "with other marks": lambda text: text.replace("-", " \u2013 ").replace("'", "\u2019") + ".",
}


def words_of(name: str, how: str) -> list[tuple[str, str]]:
    """The shipped texts of a list as a system writes them, each with its code; a code by itself is never written otherwise."""
    return [(AS_PLEASES[how](text), code) for text, code in spelt(name) if how == "as shipped" or len(text) > 3]


@pytest.fixture(scope="module")
def every_word(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reading]:
    """{how they are written: a night with the words of every list, a row a word}; those of a list stand one after another."""
    nights = {}
    for how in AS_PLEASES:
        night = small(ssd_person=[*SMALL["ssd_person"]], ssd_cla_episodes=[], ssd_cla_placement=[])
        for name, (table, column) in SPELT.items():
            first = {"pers_dob": "2015-03-01"} if table == "ssd_person" else SMALL[table][0]
            rows = [
                {**first, column: text, tables()[table].key: f"{name}-{at}"} for at, (text, _) in enumerate(words_of(name, how))
            ]
            night[table].extend(rows)
        nights[how] = read(tmp_path_factory.mktemp("words"), night, Settings(quarantine_limit_percent=100))
    return nights


@pytest.mark.parametrize("name", SPELT)
def test_every_shipped_word_for_a_code_is_read_without_a_fault(every_word, name):
    table, column = SPELT[name]
    for how, reading in every_word.items():
        assert reading.rejects() == [] and "value_not_read" not in {rule for rule, _, _ in reading.flags()}
        found = reading.values(f"select {column} from {table} where {tables()[table].key} like '{name}-%' order by source_row")
        assert found == [code or None for _, code in words_of(name, how)]


def test_a_code_behind_a_letter_or_in_brackets_is_read(tmp_path):
    cases = [
        ("clap_cla_placement_type", "f) U6: Foster placement with other foster carer", "U6"),
        ("clap_cla_placement_provider", "e) PR4 - Private provision", "PR4"),
        ("clap_cla_placement_type", "Long term fostering (U4)", "U4"),
        ("clap_cla_placement_type", "Foster placement with other foster carer(s) \u2013 long term fostering", "U4"),
    ]
    placements = [{**SMALL["ssd_cla_placement"][0], column: text} for column, text, _ in cases]
    reading = read(tmp_path, small(ssd_cla_placement=placements))
    assert reading.rejects() == []
    for row, (column, text, code) in enumerate(cases, start=2):
        assert reading.values(f"select {column} from ssd_cla_placement where source_row = {row}") == [code], text
