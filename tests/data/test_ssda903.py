"""SSDA903 returns of several years into one history: runs, open ends, corrections, and what cannot be used."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from data.errors import NightRefused
from data.formats.files import parts
from data.formats.reading import fingerprint, own_date, read_extracts, recognise
from data.reading.together import Together
from data.settings import Settings
from tests.data.small_night import SMALL
from tests.support.extracts import csv_text, write_extracts
from tests.support.returns import Return, Returns, as_one, episode, load, write_returns

pytestmark = pytest.mark.slow

PERMANENCE = """
select
    perm_adm_decision_date::varchar, perm_placement_order_date::varchar, perm_matched_date::varchar,
    perm_placed_for_adoption_date::varchar, perm_permanence_order_date::varchar, perm_permanence_order_type,
    perm_adopted_by_carer_flag, perm_decision_reversed_date::varchar, perm_decision_reversed_reason
from ssd_permanence
where perm_person_id = '{}'
"""
PLANS = """
select lacp_cla_care_plan_start_date::varchar, lacp_cla_care_plan_end_date::varchar, lacp_options from ssd_cla_care_plan order by 1
"""
# Children of one council, in one load: each is written down above the test that asks about it. Its newest return is that of 2026.
CHILDREN: dict[str, dict[int, Return]] = {}


def a_child(returns: dict[int, Return]) -> str:
    """Have the council return this of a child; gives the child's identifier."""
    child = str(101 + len(CHILDREN))
    CHILDREN[child] = returns
    return child


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Returns:
    """The returns with every one of the children."""
    return load(tmp_path_factory.mktemp("council"), as_one(CHILDREN))


MOVED = a_child(
    {
        2025: {
            "Episodes": [
                episode("01/05/2024", "S", "C1", end="10/09/2024", ceased="X1"),
                episode("10/09/2024", "L", "E1", end="20/12/2024", ceased="X1"),
                episode("20/12/2024", "P", "E1", "A6", PL_POST="ZZ2 2BB"),
            ]
        },
        2026: {
            "Episodes": [
                episode("20/12/2024", "P", "E1", "A6", end="04/06/2025", ceased="X1", PL_POST="ZZ2 2BB"),
                episode("04/06/2025", "P", "E1", "A6", PL_POST="ZZ3 3CC"),
            ]
        },
    }
)


def test_a_new_placement_does_not_restart_the_placement_order(council):
    loaded = council.of(MOVED)
    assert loaded.statuses() == [("C1", "2024-05-01", "2024-09-10"), ("E1", "2024-09-10", "")]
    assert loaded.placements() == [
        ("U6", "2024-05-01", "2024-12-20"),
        ("A6", "2024-12-20", "2025-06-04"),
        ("A6", "2025-06-04", ""),
    ]
    assert {row[-1] for row in loaded.episodes()} == {"2024-05-01"}


def test_a_placement_runs_on_where_only_the_legal_status_changed(tmp_path):
    cases = (
        ("L", {}, 1),
        ("L", {"PL_POST": "ZZ9 9ZZ"}, 2),
        ("L", {"PLACE": "U4"}, 2),
        ("P", {}, 2),
        ("T", {}, 2),
        ("B", {}, 2),
        ("U", {}, 2),
        ("", {}, 1),
    )
    episodes = [
        one | {"CHILD": str(child)}
        for child, (reason, change, _) in enumerate(cases)
        for one in (episode("01/05/2025", "S", end="01/09/2025", ceased="X1"), episode("01/09/2025", reason, "C1") | change)
    ]
    loaded = load(tmp_path, {2026: {"Episodes": episodes}})
    actual = [(*case[:2], len(loaded.of(str(child)).placements())) for child, case in enumerate(cases)]
    assert actual == list(cases)


BACK_UNDER_AN_ORDER = a_child(
    {
        2026: {
            "Episodes": [
                episode("01/05/2025", "S", "C2", end="01/06/2025", ceased="X1"),
                episode("01/06/2025", "L", "V2", end="01/07/2025", ceased="X1"),
                episode("01/07/2025", "L", "C2", end="01/08/2025", ceased="E4A"),
                episode("01/09/2025", "S", "C2"),
            ]
        }
    }
)


def test_a_status_that_comes_back_and_one_of_another_period_are_runs_of_their_own(council):
    loaded = council.of(BACK_UNDER_AN_ORDER)
    assert [start for _, start, _ in loaded.statuses()] == ["2025-05-01", "2025-06-01", "2025-07-01", "2025-09-01"]
    assert [entered for *_, entered in loaded.episodes()] == ["2025-05-01"] * 3 + ["2025-09-01"]


CORRECTED = a_child(
    {
        2024: {"Episodes": [episode("01/05/2023", "S", "C1", "U6")]},
        2025: {"Episodes": [episode("01/05/2023", "S", "V2", "U4", end="02/09/2024", ceased="E4A")]},
    }
)


def test_the_newest_return_says_what_an_episode_is(council):
    loaded = council.of(CORRECTED)
    assert loaded.episodes() == [("2023-05-01", "S", "2024-09-02", "E4A", "2023-05-01")]
    assert loaded.statuses() == [("V2", "2023-05-01", "2024-09-02")] and loaded.flags() == []


LEFT_OPEN = {
    reason: a_child(
        {
            2025: {"Episodes": [episode("01/05/2024", "S")]},
            2026: {"Episodes": [episode("01/06/2025", reason, "V2", PL_POST="ZZ2 2BB")]},
        }
    )
    for reason in ("P", "S")
}


@pytest.mark.parametrize(("next_reason", "ceased", "entered"), [("P", "X1", "2024-05-01"), ("S", "E8", "2025-06-01")])
def test_an_episode_left_open_in_an_old_return_ends_where_the_next_starts(council, next_reason, ceased, entered):
    loaded = council.of(LEFT_OPEN[next_reason])
    first, second = loaded.episodes()
    assert first[2:4] == ("2025-06-01", ceased) and second[-1] == entered
    assert loaded.flags() == ["left_open_in_a_return"]


def test_an_episode_left_open_and_in_no_later_return_ends_with_its_return_and_is_said(tmp_path):
    loaded = load(
        tmp_path, {2024: {"Episodes": [episode("01/05/2023", "S")]}, 2025: {"Episodes": [episode("01/05/2024", "S", CHILD="2")]}}
    )
    assert loaded.episodes() == [("2023-05-01", "S", "2024-03-31", "", "2023-05-01")]
    assert loaded.flags() == ["left_open_in_a_return"]
    assert any("1 episode is open in an old return and in no newer one" in one for one in loaded.report.warnings)


STAYED = a_child({year: {"Episodes": [episode("01/05/2024", "S")]} for year in (2025, 2026)})


def test_an_episode_that_is_open_in_the_newest_return_stays_open(council):
    loaded = council.of(STAYED)
    assert loaded.episodes() == [("2024-05-01", "S", "", "", "2024-05-01")] and loaded.flags() == []


ANOTHER_FIRST_DAY = a_child(
    {year: {"Episodes": [episode(start, "S")]} for year, start in {2025: "01/05/2024", 2026: "03/05/2024"}.items()}
)


def test_an_episode_that_a_later_return_gives_another_first_day_is_that_one(council):
    assert council.of(ANOTHER_FIRST_DAY).episodes() == [("2024-05-03", "S", "", "", "2024-05-03")]


TWO_ON_ONE_DAY = a_child(
    {
        2026: {
            "Episodes": [
                episode("01/05/2025", "L", "C1", place="U6"),
                episode("01/05/2025", "S", "L2", place="U6", end="01/05/2025", ceased="X1"),
            ]
        }
    }
)


def test_two_episodes_of_one_day_stand_in_the_order_in_which_they_ended(council):
    loaded = council.of(TWO_ON_ONE_DAY)
    of_child = f"from ssd_cla_episodes where clae_person_id = '{TWO_ON_ONE_DAY}'"
    assert loaded.rows(f"select clae_cla_episode_start_reason {of_child} order by clae_cla_episode_id") == [("S",), ("L",)]
    assert [status for status, _, end in loaded.statuses() if not end] == ["C1"]
    assert len(loaded.placements()) == 1 and loaded.flags() == ["same_day_episodes"]


GAP_AND_OVERLAP = a_child(
    {
        2026: {
            "Episodes": [
                episode("01/05/2025", "S", end="01/06/2025", ceased="X1"),
                episode("03/06/2025", "P", end="09/09/2025", ceased="X1", PL_POST="ZZ2 2BB"),
                episode("01/09/2025", "P", PL_POST="ZZ3 3CC"),
            ]
        }
    }
)


def test_a_gap_and_an_overlap_are_flagged_and_the_rows_used(council):
    loaded = council.of(GAP_AND_OVERLAP)
    assert loaded.flags() == ["gap_between_episodes", "overlapping_episodes"] and len(loaded.episodes()) == 3
    assert {row[-1] for row in loaded.episodes()} == {"2025-05-01"}


def test_codes_of_every_year_are_read(tmp_path):
    loaded = load(
        tmp_path,
        {
            2018: {"Episodes": [episode("01/05/2017", "S", end="01/06/2017", ceased="E43")]},
            2024: {"Episodes": [episode("01/05/2023", "S", place="H5")]},
            2026: {
                "Episodes": [
                    episode("01/05/2023", "S", place="K3", end="09/05/2025", ceased="X1"),
                    episode("09/05/2025", "P", place="Z11"),
                ],
                "Header": [{"CHILD": "1", "SEX": "F", "DOB": "01/03/2015", "ETHNIC": "WBRI"}],
            },
        },
    )
    assert [kind for kind, _, _ in loaded.placements()] == ["U6", "K3", "Z11"]
    assert loaded.rows("select pers_sex, pers_dob::varchar from ssd_person") == [("F", "2015-03-01")]


def test_a_review_belongs_to_the_period_of_care_that_it_falls_in(tmp_path):
    """A child a day on which the review was held."""
    held = {"30/04/2025": None, "01/05/2025": 1, "01/08/2025": 1, "02/08/2025": None, "01/09/2025": 2}
    children = {str(number): day for number, day in enumerate(held, start=1)}
    care = (episode("01/05/2025", "S", end="01/08/2025", ceased="E4A"), episode("01/09/2025", "S"))
    returns = {
        2026: {
            "Episodes": [one | {"CHILD": child} for child in children for one in care],
            "Reviews": [{"CHILD": child, "REVIEW": day, "REVIEW_CODE": "PN1"} for child, day in children.items()],
        }
    }
    loaded = load(tmp_path, returns)
    reviews = "select clar_cla_id, clar_cla_person_id, clar_cla_review_date is not null from ssd_cla_reviews order by 2"
    within = [(f"{child}-{held[day]}", child, True) for child, day in children.items() if held[day]]
    assert loaded.rows(reviews) == within
    flagged = loaded.rows("select rule, person_id from flags order by person_id")
    assert flagged == [("review_outside_care", child) for child, day in children.items() if not held[day]]


ADOPTED = a_child(
    {
        2026: {
            "Episodes": [
                episode("01/05/2025", "S", "C2", end="01/07/2025", ceased="X1"),
                episode("01/07/2025", "L", "E1", end="01/08/2025", ceased="X1"),
                episode("01/08/2025", "P", "E1", "A6", end="01/03/2026", ceased="E11", PL_POST="ZZ2 2BB"),
            ],
            "PlacedAdoption": [{"DATE_PLACED": "15/06/2025"}],
            "AD1": [{"DATE_INT": "15/06/2025", "DATE_MATCH": "20/07/2025", "FOSTER_CARE": "0"}],
            "UASC": [{"SEX": "1", "DUC": "09/09/2025"}],
        }
    }
)


def test_decision_match_order_move_and_adoption_make_the_permanence_record(council):
    assert council.rows(PERMANENCE.format(ADOPTED)) == [
        ("2025-06-15", "2025-07-01", "2025-07-20", "2025-08-01", "2026-03-01", "Adoption", False, None, None)
    ]
    assert council.rows("select immi_person_id, immi_immigration_status_end_date::varchar from ssd_immigration_status") == [
        (ADOPTED, "2025-09-09")
    ]
    # A match is in the return only once the child is adopted, so nobody may be counted as not matched by it.
    assert council.rows("select supplied from supplied where table_name = 'ssd_permanence'") == [(False,)]


PLACED = {"DATE_PLACED": "15/06/2024"}
DECISION_REVERSED = a_child(
    {
        2025: {"Episodes": [episode("01/05/2024", "S")], "PlacedAdoption": [PLACED]},
        2026: {
            "Episodes": [episode("01/05/2024", "S")],
            "PlacedAdoption": [{**PLACED, "DATE_PLACED_CEASED": "02/02/2026", "REASON_PLACED_CEASED": "RD3"}],
        },
    }
)


def test_a_reversed_decision_is_the_newest_returns(council):
    assert council.rows(PERMANENCE.format(DECISION_REVERSED)) == [("2024-06-15", *[None] * 6, "2026-02-02", "RD3")]


TWO_WORKERS = a_child(
    {
        2026: {
            "Episodes": [episode("01/05/2025", "S")],
            "SWEpisodes": [
                {"SW_ID": "W1", "SW_DECOM": "01/05/2025", "SW_DEC": "01/07/2025"},
                {"SW_ID": "W2", "SW_DECOM": "01/07/2025"},
            ],
        }
    }
)


def test_social_workers_without_a_first_day_are_counted_in_a_warning(tmp_path):
    workers = [{"CHILD": "1", "SW_ID": "W1", "SW_DECOM": ""}, {"CHILD": "1", "SW_ID": "W2", "SW_DECOM": "01/06/2025"}]
    folder = write_returns(tmp_path, {2026: {"Episodes": [episode("01/05/2025", "S")], "SWEpisodes": workers}})
    warnings = Returns(folder).report.warnings
    assert any(one.startswith("1 row of a social worker has no first day (SW_DECOM)") for one in warnings)


def test_social_workers_are_allocated_workers_without_a_team(council):
    assert council.rows(
        "select invo_person_id, invo_professional_id, invo_professional_role_id, invo_involvement_end_date::varchar, "
        "invo_professional_team from ssd_involvements order by 2"
    ) == [(TWO_WORKERS, "W1", "ALLOC", "2025-07-01", None), (TWO_WORKERS, "W2", "ALLOC", None, None)]


@pytest.fixture(scope="module")
def with_tables_beside(tmp_path_factory: pytest.TempPathFactory) -> Returns:
    """Returns of one child, beside which lie tables of care plans, of meetings and of restricted records."""
    folder = write_returns(tmp_path_factory.mktemp("beside"), {2026: {"Episodes": [episode("01/05/2025", "S")]}})
    plans = [
        {"person": "1", "option": "Return to family", "start": "01/06/2025", "end": "01/09/2025"},
        {"person": "1", "option": "ADOPTION", "start": "01/08/2025", "end": "01/12/2025"},
        {"person": "9", "option": "ADOPTION", "start": "01/08/2025", "end": ""},
    ]
    meeting = {
        "meeting_id": "M1",
        "person_id": "1",
        "meeting_type": "PPM",
        "meeting_date": "2025-06-01",
        "meeting_status": "held",
    }
    restriction = {
        "restriction_id": "R1",
        "person_id": "1",
        "restriction_type": "ADOPTION",
        "start_date": "2025-06-01",
        "end_date": "",
        "allowed_roles": "",
    }
    for name, rows in {"care_plan": plans, "meetings": [meeting], "restrictions": [restriction]}.items():
        (folder / f"local_{name}.csv").write_text(csv_text(rows[0], rows))
    return Returns(folder)


def test_a_supplement_makes_plans_and_options_side_by_side_are_one(with_tables_beside):
    loaded = with_tables_beside
    assert loaded.rows(PLANS) == [
        ("2025-06-01", "2025-08-01", ["return_home"]),
        ("2025-08-01", "2025-09-01", ["return_home", "adoption"]),
        ("2025-09-01", "2025-12-01", ["adoption"]),
    ]
    assert loaded.rows("select supplied from supplied where table_name = 'ssd_cla_care_plan'") == [(True,)]
    ((reason, person),) = loaded.rows("select reason, person_id from rejects")
    assert person == "9" and reason.startswith("local_care_plan.csv, row 4: person_id 9 is not in any Header table")


def test_without_a_supplement_plans_are_not_supplied(tmp_path):
    loaded = load(tmp_path, {2026: {"Episodes": [episode("01/05/2025", "S")]}})
    supplied = {table for (table,) in loaded.rows("select table_name from supplied where supplied")}
    assert supplied == {"ssd_person", "ssd_cla_episodes", "ssd_legal_status", "ssd_cla_placement"}
    assert "ssd_cla_care_plan" in loaded.report.lacks


def test_a_row_that_cannot_be_used_names_the_returns_file_row_column_and_value(tmp_path):
    episodes = [
        episode("01/05/2025", "S"),
        episode("31/02/2025", "S", CHILD="2"),
        episode("02/05/2025", "S", CHILD="3", end="01/05/2025"),
    ]
    loaded = load(tmp_path, {2026: {"Episodes": episodes}})
    found = loaded.rows("select table_name, source_row, person_id, column_name, value, reason from rejects order by source_row")
    file = next(source.file_name for source in loaded.report.sources if source.table_name == "ssda903_episodes")
    assert [row[:5] for row in found] == [
        ("ssd_cla_episodes", 3, "2", "DECOM", "31/02/2025"),
        ("ssd_cla_episodes", 4, "3", "DEC", "01/05/2025"),
    ]
    assert all(row[5].startswith(f"{file}, row {row[1]}: ") for row in found)


def test_an_unknown_code_costs_no_child(tmp_path):
    loaded = load(tmp_path, {2026: {"Episodes": [episode("01/05/2025", "S", "Q9", "ZZ9")]}})
    assert loaded.episodes() == [("2025-05-01", "S", "", "", "2025-05-01")]
    assert loaded.statuses() == [] and loaded.placements() == []
    assert loaded.flags() == ["value_not_read", "value_not_read"]
    assert all(", row 2: " in message for (message,) in loaded.rows("select message from flags"))


def test_a_return_is_recognised_by_its_columns_and_its_year_by_its_dates(tmp_path):
    folder = write_returns(tmp_path / "any name", {2025: {"Episodes": [episode("31/03/2025", "S")], "OC2": [{"CHILD": "1"}]}})
    assert recognise(folder) == "ssda903" and own_date(folder) == date(2025, 3, 31)
    loaded = Returns(folder)
    assert "to 31/03/2025." in loaded.report.notes[0] and "Recognised and not used: OC2 (1)." in loaded.report.notes
    assert len(fingerprint(folder, Settings())) == 3
    write_returns(folder, {2025: {"Episodes": [episode("01/04/2025", "S", CHILD="7")]}})
    assert own_date(folder) == date(2026, 3, 31)


def test_the_dataset_is_not_taken_for_a_return_and_both_at_once_are_refused(tmp_path):
    assert recognise(write_extracts(tmp_path / "ssd", SMALL)) == "ssd"
    both = write_returns(
        write_extracts(tmp_path / "both", {"ssd_person": SMALL["ssd_person"]}), {2026: {"Episodes": [episode("01/05/2025", "S")]}}
    )
    assert recognise(both) == "ssd"
    with pytest.raises(NightRefused, match="ssd_person.csv beside an SSDA903 return"):
        read_extracts(Returns.__new__(Returns), both, Settings(), date(2026, 3, 31), form="ssda903")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("table", "lacking", "columns"),
    [("Header", "Episodes", "CHILD, DECOM, DEC, RNE, LS, PLACE, REC"), ("Episodes", "Header", "CHILD, DOB, ETHNIC")],
)
def test_a_folder_without_a_needed_table_is_refused_with_its_columns_in_their_order(tmp_path, table, lacking, columns):
    rows = {"Header": [{"CHILD": "1"}], "Episodes": [episode("01/05/2025", "S")]}
    folder = write_returns(tmp_path, {2026: {table: rows[table]}})
    for path in folder.iterdir():
        if table == "Episodes" and "ETHNIC" in path.read_text(encoding="utf-8"):
            path.unlink()  # the Header that is written with every return
    with pytest.raises(NightRefused, match=rf"has no {lacking} table .* all its columns \({columns}\)\."):
        Returns(folder)


@pytest.mark.parametrize("episodes", [[], [episode("31/02/2025", "S")]], ids=["a header only", "no row that can be used"])
def test_returns_without_an_episode_are_refused_in_a_sentence(tmp_path, episodes):
    folder = write_returns(tmp_path, {2026: {"Header": [{"CHILD": "1", "DOB": "01/03/2015"}], "Episodes": episodes}})
    with pytest.raises(NightRefused, match="No row of the Episodes table of the returns can be used"):
        Returns(folder)


def test_local_tables_beside_the_returns_are_read_as_they_are(with_tables_beside):
    assert with_tables_beside.rows("select person_id from local_meetings") == [("1",)]
    assert with_tables_beside.rows("select supplied from supplied where table_name = 'local_meetings'") == [(True,)]


def test_children_who_were_in_care_before_the_oldest_return_are_said(tmp_path):
    loaded = load(tmp_path, {2026: {"Episodes": [episode("01/05/2025", "P")]}})
    assert any("1 child in care has no first episode (RNE S)" in one for one in loaded.report.warnings)


def test_returns_older_than_the_day_of_the_load_are_said(tmp_path):
    folder = write_returns(tmp_path, {2026: {"Episodes": [episode("31/12/2025", "S")]}})
    assert not any("newest date" in one for one in Returns(folder, date(2026, 4, 2)).report.warnings)
    assert any("The newest date in the returns is 31/12/2025" in one for one in Returns(folder, date(2026, 4, 3)).report.warnings)


def test_a_return_given_as_the_dataset_is_refused_and_called_what_it_is(tmp_path):
    folder = write_returns(tmp_path, {2026: {"Episodes": [episode("01/05/2025", "S")]}})
    with duckdb.connect() as con, pytest.raises(NightRefused, match="holds an SSDA903 return; leave --format out"):
        read_extracts(con, folder, Settings(), date(2026, 3, 31), form="ssd")


def test_a_restricted_childs_record_is_restricted_in_a_return_too(with_tables_beside):
    assert with_tables_beside.rows("select distinct person_id from restricted_records") == [("1",)]


def test_a_file_in_another_encoding_is_still_known_and_says_what_does_not_decode(tmp_path):
    folder = write_returns(tmp_path, {2026: {"Episodes": [episode("01/05/2025", "S", URN="Caf\u00e9")]}})
    path = next(path for path in folder.iterdir() if "DECOM" in path.read_text(encoding="utf-8"))
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))
    with pytest.raises(NightRefused, match=r"is not utf-8: row 2 .* fallback_encoding"):
        Returns(folder)
    path.write_bytes(path.read_bytes().decode("cp1252").encode("utf-16"))
    assert Returns(folder).rows("select clap_cla_placement_urn from ssd_cla_placement") == [("Caf\u00e9",)]


def _short_stays(year: int) -> list[dict]:
    return [
        episode(f"{day:02}/05/{year - 1}", "S", end=f"{day + 1:02}/06/{year - 1}", ceased="E8", CHILD=str(day))
        for day in range(1, 5)
    ]


def _reviews(year: int) -> list[dict]:
    return [
        {"CHILD": str(day), "DOB": "01/03/2015", "REVIEW": f"{day:02}/06/{year - 1}", "REVIEW_CODE": "PN1"} for day in range(1, 4)
    ]


def _everything(loaded: Returns) -> list:
    tables = (
        "raw.ssda903_header",
        "raw.ssda903_episodes",
        "raw.ssda903_reviews",
        "rejects",
        "ssd_cla_episodes",
        "ssd_cla_reviews",
    )
    return [loaded.report, *(loaded.rows(f"select * from {table}") for table in tables), loaded.rows("from flags order by all")]


def test_files_that_are_read_together_give_what_each_gives_by_itself(tmp_path, monkeypatch):
    """A file with a fault among them is read by itself, and the rows keep their order; so do those of a file with other columns."""
    returns = {year: {"Episodes": _short_stays(year), "Reviews": _reviews(year)} for year in range(2020, 2027)}
    returns[2023]["Episodes"][1]["LS"] = "ZZ9"
    returns[2024]["Reviews"].append({"CHILD": "9", "REVIEW": "01/06/2023", "REVIEW_CODE": "PN1"})
    returns[2021]["Reviews"].append(returns[2021]["Reviews"][0])
    # The same child and day, but another row.
    returns[2022]["Reviews"].append(returns[2022]["Reviews"][0] | {"REVIEW_CODE": "PN2"})
    folder = write_returns(tmp_path / "returns", returns)
    other = next(path for path in folder.glob("*-2025-2.csv"))
    other.write_text("".join(f"{line},\n" for line in other.read_text(encoding="utf-8").splitlines()), encoding="utf-8")
    asked: list[int] = []
    real = parts.read_together

    def seen(*how):
        found = real(*how)
        asked.append(len(found.reports))
        return found

    monkeypatch.setattr(parts, "read_together", seen)
    together = _everything(Returns(folder))
    assert sorted(asked) == [4, 6, 7]
    monkeypatch.setattr(parts, "read_together", lambda *how: Together({}, 0))
    assert together == _everything(Returns(folder)) and len(together[4]) == 1


def test_a_code_in_another_word_is_the_same_in_files_read_together_and_by_itself(tmp_path, monkeypatch):
    """Spellings in one word (1, 2, boy) are replaced as the rows of all files are read, others afterwards. Each year's file but the last
    has one of these, of a child that no other file has."""
    returns = {}
    for year, odd in zip(range(2019, 2026), ["7", " 1", "Male", "m", "unknown", "", None], strict=True):
        sexes = dict(enumerate(["1", "2", "M", "F", "boy", "9"], start=1))
        more = {} if odd is None else {year: odd}
        returns[year] = {
            "Header": [
                {"CHILD": f"{child}", "SEX": sex, "DOB": "01/03/2015", "ETHNIC": "WBRI"} for child, sex in (sexes | more).items()
            ],
            "Episodes": [episode(f"01/05/{year - 1}", "S", CHILD=f"{child}") for child in sexes],
        }
    folder = write_returns(tmp_path / "returns", returns)
    people = "select pers_person_id, pers_sex from ssd_person order by all"
    together = Returns(folder)
    found = dict(together.rows(people))
    assert [found[child] for child in "1234"] == ["M", "F", "M", "F"] and len(found) == 12
    monkeypatch.setattr(parts, "read_together", lambda *how: Together({}, 0))
    alone = Returns(folder)
    assert _everything(together) == _everything(alone) and together.rows(people) == alone.rows(people)


ODD_LINES = {
    "lines end as on Windows": b"1,01/03/2015,05/06/2023,PN1\r\n2,01/03/2015,06/06/2023,PN1\r\n",
    "lines end in two ways": b"1,01/03/2015,05/06/2023,PN1\r\n2,01/03/2015,06/06/2023,PN1\n",
    "fields stand in quotation marks": b'"1","01/03/2015","05/06/2023","PN1"\n"2","01/03/2015","06/06/2023","PN1"\n',
    "a field has a line break": b'1,01/03/2015,05/06/2023,"PN\n1"\n2,01/03/2015,06/06/2023,PN1\n',
    "a row takes in the next": b'1,01/03/2015,05/06/2023,"PN1\n2,01/03/2015,06/06/2023,PN1"\n3,01/03/2015,07/06/2023,PN1\n',
    "a line is blank": b"1,01/03/2015,05/06/2023,PN1\n\n2,01/03/2015,06/06/2023,PN1\n",
    "a row has a field too few": b"1,01/03/2015,05/06/2023\n2,01/03/2015,06/06/2023,PN1\n",
    "a row has a field too many": b"1,01/03/2015,05/06/2023,PN1,\n2,01/03/2015,06/06/2023,PN1\n",
    "the field too many is another file's number": b"1,01/03/2015,05/06/2023,PN1,1\n2,01/03/2015,06/06/2023,PN1\n",
    "the last field is a control character": b"1,01/03/2015,05/06/2023,\x01\n2,01/03/2015,06/06/2023,PN1\n",
    "the last line has no ending": b"1,01/03/2015,05/06/2023,PN1\n2,01/03/2015,06/06/2023,PN1",
    "a row stands twice": b"1,01/03/2015,05/06/2023,PN1\n1,01/03/2015,05/06/2023,PN1\n",
    "a row stands twice, in two ways": b"1,01/03/2015,05/06/2023,PN1\n1,01/03/2015,2023-06-05,PN1\n",
    "a child has two reviews on one day": b"1,01/03/2015,05/06/2023,PN1\n1,01/03/2015,05/06/2023,PN2\n",
    "a row is of somebody unknown": b"77,01/03/2015,05/06/2023,PN1\n2,01/03/2015,06/06/2023,PN1\n",
}


# The year of a file, and its first line.
HEADERS = {2023: b"CHILD,DOB,REVIEW,REVIEW_CODE\n", 2022: b'\xef\xbb\xbfCHILD,DOB,REVIEW,"REVIEW_CODE"\n'}


def _with_odd_lines(folder: Path, lines: bytes, years: Iterable[int]) -> Path:
    """Returns of which the reviews of these years have the lines, with that year's header."""
    returns = {year: {"Episodes": _short_stays(year), "Reviews": _reviews(year)} for year in (2021, 2022, 2023, 2024)}
    write_returns(folder, returns)
    for year in years:
        odd = next(path for path in folder.glob(f"*-{year}-*") if b"REVIEW_CODE" in path.read_bytes())
        odd.write_bytes(HEADERS[year] + lines.replace(b"2023", f"{year}".encode()))
    return folder


@pytest.mark.parametrize("lines", ODD_LINES.values(), ids=ODD_LINES)
def test_a_file_with_odd_lines_among_others_gives_what_it_gives_by_itself(tmp_path, monkeypatch, lines):
    def outcome(folder: Path) -> list:
        settings = Settings(final_line_ending_required=False, quarantine_limit_percent=100)
        try:
            return _everything(Returns(folder, settings=settings))
        except NightRefused as refused:
            return [str(refused)]

    folders = [_with_odd_lines(tmp_path / "both", lines, HEADERS)]
    together = [outcome(folders[0])]
    if len(together[0]) == 1:  # refused for the first of the files, so each is asked without the other too
        folders += [_with_odd_lines(tmp_path / f"{year}", lines, [year]) for year in HEADERS]
        together += [outcome(folder) for folder in folders[1:]]
    monkeypatch.setattr(parts, "read_together", lambda *how: Together({}, 0))
    assert together == [outcome(folder) for folder in folders]
