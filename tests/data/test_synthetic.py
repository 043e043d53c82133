"""The synthetic county is reproducible, near the national mix, full of the faults of real extracts, and lives by night."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from data.calendar import bank_holidays
from data.contract.contract import code_sets, tables
from data.reading.reading import read_night
from data.settings import Settings, read_settings
from data.synthetic import SETTINGS, write_county
from data.synthetic.county import make_county
from data.synthetic.faults import FAULTS, faults_of, spoil
from data.synthetic.lives import live, numbers
from data.synthetic.nights import night_dates
from data.synthetic.proceedings import STATUS_TEXTS
from data.synthetic.writing import EXTRA_COLUMNS
from tests.data.synthetic_files import AS_AT, CHILDREN, contents, rows, thousand

pytestmark = pytest.mark.slow

IN_CARE = """
create view in_care as
select distinct episode.clae_person_id as person, episode.clae_entered_care_date as entered
from ssd_cla_episodes as episode
where episode.clae_cla_episode_ceased_date is null
    and episode.clae_person_id not in (
        select lega_person_id from ssd_legal_status where lega_legal_status in ('V3', 'V4') and lega_legal_status_end_date is null
    )
"""
STOCK = """
select count(distinct clae_person_id) from ssd_cla_episodes
where clae_cla_episode_start_date <= $day and (clae_cla_episode_ceased_date is null or clae_cla_episode_ceased_date > $day)
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory) -> Path:
    return thousand(tmp_path_factory)


@pytest.fixture(scope="module")
def read(county):
    """That night as the tracker reads it, and its load report."""
    con = duckdb.connect()
    report = read_night(con, county, Settings(), AS_AT)
    con.execute(IN_CARE)
    return con, report


def share(read, condition: str) -> float:
    """Children in care for whom the condition holds, in a thousand."""
    con, _ = read
    return con.execute(f"select 1000 * avg(({condition})::int) from in_care").fetchone()[0]


def status(*codes: str) -> str:
    listed = ", ".join(f"'{code}'" for code in codes)
    return f"""exists (select 1 from ssd_legal_status where lega_person_id = person and lega_legal_status in ({listed})
        and lega_legal_status_end_date is null)"""


def placed(group: str) -> str:
    listed = ", ".join(f"'{code}'" for code in code_sets()["placement_type"].in_group(group))
    return f"""exists (select 1 from ssd_cla_placement where clap_person_id = person and clap_cla_placement_type in ({listed})
        and clap_cla_placement_end_date is null)"""


def planned(tick: str) -> str:
    return f"""exists (select 1 from ssd_cla_care_plan where lacp_person_id = person and list_contains(lacp_ticks, '{tick}')
        and (lacp_cla_care_plan_end_date is null))"""


def test_the_same_arguments_give_the_same_files_and_another_seed_gives_others(tmp_path):
    written = [
        write_county(tmp_path / name, children=20, seed=seed, nights=2, as_at=AS_AT)
        for name, seed in (("first", 1), ("again", 1), ("other", 2))
    ]
    assert contents(written[0]) == contents(written[1])
    assert contents(written[0]) != contents(written[2])


def test_every_table_of_the_contract_is_written_under_its_columns_in_its_order(county):
    assert {path.stem for path in county.glob("*.csv")} == set(tables())
    for name, table in tables().items():
        found = rows(county, name)
        assert tuple(found[0]) == (*table.column_names, *EXTRA_COLUMNS.get(name, ())), name
        assert all(None not in row and None not in row.values() for row in found), name


def test_the_folder_says_that_the_data_is_invented(county):
    assert "All data in this folder is invented" in (county / "SYNTHETIC.txt").read_text(encoding="utf-8")


def test_the_number_in_care_is_the_number_asked_for_within_two_percent(read):
    con, _ = read
    assert con.execute("select count(*) from in_care").fetchone()[0] == pytest.approx(CHILDREN, rel=0.02)


def test_the_number_in_care_grew_slowly_over_36_month_ends(read):
    con, _ = read
    stock = [con.execute(STOCK, {"day": day}).fetchone()[0] for day in night_dates(AS_AT, 37, "month")]
    assert all(0.84 * CHILDREN < children < 1.08 * CHILDREN for children in stock), stock


@pytest.mark.parametrize(
    ("what", "condition", "least", "most"),
    [
        ("fostered", placed("foster"), 640, 710),
        ("residential", placed("residential"), 100, 160),
        ("supported accommodation on record", placed("supported"), 70, 100),
        ("with parents", placed("with_parents"), 45, 90),
        ("placed for adoption", placed("adoptive"), 10, 40),
        ("interim care orders", status("C1"), 150, 220),
        ("care or interim care orders", status("C1", "C2"), 690, 810),
        ("placement orders", status("E1"), 30, 70),
        ("accommodated", status("V2"), 180, 270),
        ("plan: long-term fostering", planned("LTFOST18"), 270, 410),
        ("plan: adoption", planned("ADOPTION"), 35, 90),
        ("plan: residential", planned("RESPLMT"), 70, 130),
        ("plan: other", planned("OTHERPLN"), 40, 120),
        ("entered in the last four months", "entered > date '2026-06-30'", 60, 150),
    ],
)
def test_the_mix_is_near_the_national_one(read, what, condition, least, most):
    assert least <= share(read, condition) <= most, what


LEFT = """
select clae_cla_episode_ceased_reason from ssd_cla_episodes
where clae_cla_episode_ceased_date > date '2024-10-31' and clae_cla_episode_ceased_reason != 'X1'
"""


@pytest.mark.parametrize(
    ("what", "reasons", "least", "most"),
    [
        ("returned home", ("E4A", "E4B"), 210, 310),
        ("adopted", ("E11", "E12"), 60, 130),
        ("special guardianship or child arrangements", ("E41", "E43", "E44", "E45", "E46", "E47", "E48"), 110, 210),
        ("to independence, or on at 18", ("E5", "E6", "E7", "E8", "E17"), 330, 500),
    ],
)
def test_those_who_left_in_two_years_left_as_england_s_do(read, what, reasons, least, most):
    con, _ = read
    left = [reason for (reason,) in con.execute(LEFT).fetchall()]
    assert len(left) > 400
    assert least <= 1000 * sum(reason in reasons for reason in left) / len(left) <= most, what


GROUPS = """
with home as (
    select in_care.person, family.fami_family_id as family, placement.clap_cla_placement_postcode as postcode
    from in_care
    join ssd_family as family on family.fami_person_id = in_care.person
    join ssd_cla_placement as placement
        on placement.clap_person_id = in_care.person
        and placement.clap_cla_placement_end_date is null
        and placement.clap_cla_placement_postcode is not null
)

select family, count(distinct person), count(distinct person) - count(distinct person) filter (
    where not exists (
        from home as other
        where other.family = home.family and other.postcode = home.postcode and other.person != home.person
    )
)
from home
group by family
having count(distinct person) > 1
"""


def test_two_thirds_of_brothers_and_sisters_live_with_one_and_some_are_three_or_four(read):
    con, _ = read
    groups = con.execute(GROUPS).fetchall()
    sizes = {size for _, size, _ in groups}
    assert sizes == {2, 3, 4}
    children = sum(size for _, size, _ in groups)
    assert 250 <= children <= 550
    assert 0.58 <= sum(together for _, _, together in groups) / children <= 0.78


CONFERENCE = """exists (
    select 1 from local_meetings
    where person_id = person and meeting_type in ('FGC', 'FNM') and meeting_status in ('HELD', 'OFFERED', 'DECLINED')
        and meeting_date between entered - 365 and entered + 60
)"""
PARALLEL = """exists (
    select 1 from ssd_cla_care_plan
    where lacp_person_id = person and len(lacp_ticks) > 1 and lacp_cla_care_plan_end_date is null
) or (
    select count(distinct is_primary) from local_permanence_options
    where person_id = person and closed_date is null and order_date is null
) > 1"""


@pytest.mark.parametrize(
    ("what", "condition", "least", "most"),
    [("conference held or offered", CONFERENCE, 720, 900), ("parallel plan", PARALLEL, 600, 880)],
)
def test_most_of_the_last_years_children_have_a_conference_and_a_parallel_plan(read, what, condition, least, most):
    con, _ = read
    recent = con.execute(
        f"select 1000 * avg(({condition})::int) from in_care where entered between '2025-10-31' and '2026-08-31'"
    )
    assert least <= recent.fetchone()[0] <= most, what


BOOKED = {  # what is booked, or written by somebody at a desk: none of it on a weekend or a bank holiday
    "ssd_cla_reviews": ("clar_cla_review_date",),
    "ssd_cla_care_plan": ("lacp_cla_care_plan_start_date",),
    "ssd_care_leavers": ("clea_pathway_plan_review_date",),
    "ssd_permanence": ("perm_adm_decision_date", "perm_matched_date", "perm_placement_order_date", "perm_permanence_order_date"),
    "ssd_pre_proceedings": ("prep_pre_pro_decision_date", "prep_initial_pre_pro_meeting_date"),
    "local_meetings": ("meeting_date",),
    "local_care_proceedings": (
        "issued_date",
        "first_hearing_date",
        "final_evidence_due_date",
        "issues_resolution_hearing_date",
        "next_hearing_date",
        "final_hearing_date",
    ),
    "local_approvals": ("requested_date", "decided_date"),
    "local_carer_matches": ("match_date", "ratified_date"),
    "local_permanence_options": ("referral_date", "assessment_start_date", "panel_date", "order_date"),
    "local_sibling_assessments": ("assessed_date", "countersigned_date"),
    "local_documents": ("sent_date",),
    "local_case_notes": ("note_date",),
}
CLOSED = "isodow({column}) > 5 or {column} in (select day from bank_holiday)"


def closed_share(con, table: str, column: str, where: str = "true") -> float:
    closed = CLOSED.format(column=column)
    con.execute("create table if not exists bank_holiday as select unnest($days::date[]) as day", {"days": list(bank_holidays())})
    return con.execute(f"select avg(({closed})::int) from {table} where {column} is not null and {where}").fetchone()[0]


@pytest.mark.parametrize(("table", "column"), [(table, column) for table, columns in BOOKED.items() for column in columns])
def test_what_is_booked_falls_on_a_working_day(read, table, column):
    assert closed_share(read[0], table, column) <= 0.002, "but for a date that a fault has spoiled"


@pytest.mark.parametrize(
    ("what", "table", "column", "where", "least", "most"),
    [
        ("visits", "ssd_cla_visits", "clav_cla_visit_date", "true", 0.005, 0.05),
        ("police protection", "local_events", "event_date", "event_type = 'POLICE_PROTECTION'", 0.2, 0.42),
        ("moves", "ssd_cla_placement", "clap_cla_placement_start_date", "true", 0.04, 0.2),
        ("entries", "ssd_cla_episodes", "clae_entered_care_date", "true", 0.05, 0.2),
    ],
)
def test_emergencies_fall_on_any_day(read, what, table, column, where, least, most):
    assert least <= closed_share(read[0], table, column, where) <= most, what


def test_a_caseload_is_one_that_a_manager_would_recognise(county):
    caseloads: dict[str, int] = {}
    for row in rows(county, "ssd_involvements"):
        if row["invo_professional_role_id"].startswith(("ALLOC", "CW")) and not row["invo_involvement_end_date"]:
            worker = row["invo_professional_id"]
            caseloads[worker] = caseloads.get(worker, 0) + 1
    full = [count for count in caseloads.values() if count > 3]
    assert 12 <= sum(full) / len(full) <= 18
    assert max(full) <= 36


def test_every_legal_status_text_is_read_back_to_its_code():
    spellings = code_sets()["legal_status"].spellings
    for code, texts in STATUS_TEXTS.items():
        for text in texts.values:
            first = text.split()[0].rstrip(":-")
            assert first == code or spellings[text.lower()] == code, text


def test_every_kind_of_fault_is_present():
    made, upto = make_county(1, CHILDREN), numbers(CHILDREN)
    names = {team.number: team.name for team in made.every_team()}
    done: set[str] = set()
    for number in range(1, upto.left + 1):
        if faults_of(1, number, CHILDREN):
            done.update(spoil(live(made, 1, number, upto, AS_AT.toordinal()), 1, CHILDREN, names))
    assert done >= {fault.name for fault in FAULTS} | {"team_by_name"}


def test_the_reader_accepts_the_night_and_finds_every_kind_of_bad_row(read):
    con, report = read
    rules = {rule for (rule,) in con.execute("select distinct rule from rejects").fetchall()}
    assert rules == {
        "unreadable_date",
        "unreadable_flag",
        "missing_identifier",
        "missing_value",
        "duplicate",
        "ends_before_it_starts",
        "unknown_code",
        "unknown_person",
        "unreadable_plan",
    }
    flags = {rule for (rule,) in con.execute("select distinct rule from flags").fetchall()}
    assert flags >= {
        "future_start",
        "missing_date_of_birth",
        "overlapping_episodes",
        "look_alike",
        "ends_before_it_starts",
        "plan_recovered",
        "review_without_period_of_care",
        "value_not_read",
    }
    assert all(file.rows_quarantined <= 0.0125 * file.rows_read for file in report.files)


@pytest.mark.parametrize("children", [1, 59, 60, 90])
def test_a_county_of_any_size_is_accepted(tmp_path, children):
    (folder,) = write_county(tmp_path, children=children, as_at=AS_AT)
    report = read_night(duckdb.connect(), folder, Settings(), AS_AT)
    quarantined = sum(file.rows_quarantined for file in report.files)
    assert quarantined == 0 if children < 60 else quarantined > 0


def test_no_teams_marker_is_part_of_anothers():
    markers = [f"-{team.marker}" for team in make_county(1, 30_000).every_team()]
    assert len(set(markers)) == len(markers)
    assert not [(one, other) for one in markers for other in markers if one != other and one in other]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"nights": 0}, "nights is 0"),
        ({"children": 0}, "children is 0"),
        ({"nights": 2, "step": "week"}, "use one of day, half-month"),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_sentence(tmp_path, arguments, says):
    with pytest.raises(ValueError, match=says):
        write_county(tmp_path, as_at=AS_AT, **arguments)


@pytest.mark.parametrize("children", [150, 1000])
def test_every_team_that_has_children_is_of_a_panels_area(children):
    settings = read_settings(SETTINGS)
    teams = [team for area in make_county(seed=1, children=children).areas for service in area.values() for team in service]
    areas = [settings.panel_area(team.service_name, team.name) for team in teams]
    assert len(teams) >= 7 and set(areas) == {"East", "West"}
