"""A council's settings are read strictly, and every refusal says what to write instead."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from data.invented import is_invented
from data.settings import (
    TEMPLATE,
    Settings,
    SettingsError,
    check_records_reach,
    of_reading,
    read_settings,
    write_default_settings,
)

ROOT = Path(__file__).parents[2]


def read(folder: Path, text: str) -> Settings:
    (folder / "settings.toml").write_text(text, encoding="utf-8")
    return read_settings(folder)


def test_a_store_without_settings_has_the_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == Settings()
    assert Settings().council == "Synthetic County (not real children)"


def test_the_template_reads_back_as_the_defaults_and_names_every_setting(tmp_path: Path) -> None:
    path = write_default_settings(tmp_path / "new" / "store")
    assert read_settings(path.parent) == Settings()
    lines = TEMPLATE.read_text(encoding="utf-8").splitlines()
    named = {line.split(" = ")[0].split(".")[0] for line in lines if " = " in line and not line.startswith("#")}
    # The folder is where the settings stand, not one of them; nor is what is wrong with them.
    assert named | {"targets", "limits", "applies_from", "folder", "rule_faults"} == {
        setting.name for setting in dataclasses.fields(Settings)
    }


def test_the_templates_examples_of_targets_and_limits_can_be_used_as_they_stand(tmp_path: Path) -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    example = [line[2:] for line in text.splitlines() if line.startswith("# [") or (line.startswith("# ") and " = " in line)]
    settings = read(tmp_path, "\n".join(example))
    assert settings.targets == {
        "hertfordshire": {
            "no_current_plan": {
                "target_percent": 5.0,
                "tolerance_percent": 2.0,
                "agreed_by": "Corporate Parenting Panel",
                "agreed_on": date(2026, 4, 1),
            }
        },
        "scorecard": {"first_review": {"target_percent": 95.0, "tolerance_percent": 5.0}},
    }
    assert settings.limits["hertfordshire"]["return_home_6m"]["months"] == 5
    assert settings.limits["hertfordshire"]["return_home_6m"]["from"] == date(2026, 4, 1)


def test_a_policy_and_a_rule_apply_from_a_day_written_with_or_without_quotes(tmp_path: Path) -> None:
    quoted = read(tmp_path, '[applies_from]\nsalford = 2026-04-01\n"england.visit_1w" = 2026-06-01')
    assert quoted.applies_from == {"salford": date(2026, 4, 1), "england.visit_1w": date(2026, 6, 1)}
    assert read(tmp_path, "[applies_from]\nengland.visit_1w = 2026-06-01").applies_from == {"england.visit_1w": date(2026, 6, 1)}


@pytest.mark.parametrize(("night", "first"), [(date(2026, 11, 28), date(2020, 11, 28)), (date(2024, 2, 29), date(2018, 2, 28))])
def test_the_records_reach_back_six_years_from_the_load_unless_the_council_says_otherwise(night: date, first: date) -> None:
    assert Settings().records_reach(night) == first
    assert Settings(records_from=date(2022, 4, 1)).records_reach(night) == date(2022, 4, 1)


def test_records_that_reach_back_less_than_the_months_compared_are_refused() -> None:
    night = date(2026, 11, 28)
    check_records_reach(Settings(records_from=date(2025, 10, 24)), night)
    with pytest.raises(SettingsError, match="records_from is 2025-10-25, less than 400 days before the data load of 2026-11-28"):
        check_records_reach(Settings(records_from=date(2025, 10, 25)), night)


def test_settings_that_are_there_are_never_written_over(tmp_path: Path) -> None:
    read(tmp_path, 'council = "Northshire"')
    write_default_settings(tmp_path)
    assert read_settings(tmp_path).council == "Northshire"


@pytest.mark.parametrize("area", ["county", "borough", "city"])
def test_the_whole_council_is_a_county_a_borough_or_a_city(tmp_path: Path, area: str) -> None:
    assert read(tmp_path, f'area = "{area}"').area == area


def test_another_name_for_the_whole_council_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r'settings.toml, line 1: area is .shire.; give one of "county", "borough", "city"\.'):
        read(tmp_path, 'area = "shire"')


def test_what_the_file_leaves_out_has_its_default(tmp_path: Path) -> None:
    settings = read(tmp_path, 'policies = ["salford", "england"]\nchange_limit_percent = 5')
    assert settings == Settings(policies=("salford", "england"), change_limit_percent=5.0)


def test_a_role_that_is_given_other_words_leaves_the_other_roles_as_they_are(tmp_path: Path) -> None:
    roles = dict(read(tmp_path, 'roles.assistant_director = ["Service Director"]').roles)
    assert roles == dict(Settings().roles) | {"assistant_director": ("Service Director",)}


def test_a_byte_order_mark_from_a_windows_editor_is_no_fault(tmp_path: Path) -> None:
    assert read(tmp_path, '\ufeffcouncil = "Northshire"').council == "Northshire"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("polices = []", '"polices" is not a setting; did you mean "policies"'),
        ("x = 1", '"x" is not a setting; use one of council'),
        ("council = 3", "council is 3; give text in quotes"),
        ('council = " "', "council is ' '; give text"),
        ("policies = []", "with at least one"),
        ('policies = "hertfordshire"', "policies is 'hertfordshire'; give a list of texts"),
        ("policies = [1]", "give a list of texts"),
        ('fallback_encoding = "latin-1"', 'give one of "", "cp1252"'),
        ("keep_month_ends = 1", "give true or false"),
        ("month_ends = true", "give a whole number from 1 to 120"),
        ("month_ends = 12.0", "give a whole number"),
        ("month_ends = 0", "give a whole number from 1"),
        ("quarantine_limit_percent = 101", "give a number from 0 to 100"),
        ("quarantine_limit_percent = nan", "give a number from 0 to 100"),
        ('quarantine_limit_percent = "2"', "give a number"),
        ("council = ", "cannot be read as TOML"),
        ("month_ends = 1\nmonth_ends = 2", "line 2: cannot be read as TOML: month_ends is given on line 1 already"),
        ("targets = 3", "line 1: targets is 3; write it as a table"),
        ("[targets]\nhertfordshire = 3", "line 2: targets.hertfordshire is 3; write it as a table"),
        (
            "[targets.scorecard.first_review]\ntarget = 3",
            r'line 2: "target" is not a setting of \[targets.scorecard.first_review\]',
        ),
        ('council = "A"\n\nmonth_end = 3', 'line 3: "month_end" is not a setting; did you mean "month_ends"'),
        ("# one\n# two\nmonth_ends = 300", "line 3: month_ends is 300; give a whole number from 1 to 120"),
        ("disclosure_range = 3", "line 1: disclosure_range is 3 and has no effect"),
        ("disclosure_threshold = 10\ndisclosure_range = 9", "line 2: disclosure_range is 9 and has no effect.*give 10 or more"),
        ('population_source = "ONS"', "line 1: population_source has no effect without population_under_18"),
        ('population_source = "ONS"\npopulation_under_18 = 0', "line 1: population_source has no effect"),
        ('authority_code = "ZZ01"', "line 1: authority_code has no effect without neighbouring_authorities; give both"),
        ('neighbouring_authorities = ["ZZ02"]', "line 1: neighbouring_authorities has no effect without authority_code"),
        ("panel_areas.East = []", "line 1: panel_areas is .*; give a table of lists of services or teams"),
        (
            'panel_areas.East = ["A"]\npanel_areas.West = ["B", " a"]',
            'panel_areas has " a" in East and in West; its children go to one panel',
        ),
        (
            'authority_code = "ZZ01"\nneighbouring_authorities = ["ZZ02", "zz01"]',
            'line 2: neighbouring_authorities has "ZZ01", which is authority_code, the council itself',
        ),
        ('roles = "AD"', "line 1: roles is 'AD'; give a table of lists of texts"),
        ("roles.assistant_director = []", "give a table of lists of texts"),
        ('policies = ["salford", "salford"]', 'line 1: policies has "salford" twice, of which one has no effect'),
        ('allocated_worker_equals = ["CW", "cw"]', 'allocated_worker_equals has "CW" twice'),
    ],
)
def test_a_mistake_names_the_file_the_key_and_what_is_allowed(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(SettingsError, match=sentence) as mistake:
        read(tmp_path, text)
    assert str(mistake.value).startswith(str(tmp_path / "settings.toml"))
    assert "\n" not in str(mistake.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[targets.h]\nr = 3", "settings.toml, line 2: targets.h.r is 3; write it as a table"),
        (
            "[targets.h.r]\ntarget = 3",
            'settings.toml, line 2: "target" is not a setting of [targets.h.r]; did you mean "target_percent"',
        ),
        ('[targets.h.r]\nagreed_by = "x"', "settings.toml, line 1: targets.h.r has no target_percent"),
        (
            '[targets.h.r]\ntarget_percent = 1\nagreed_on = "2026-04-01"',
            "line 3: targets.h.r.agreed_on is '2026-04-01'; give a date without",
        ),
        ("[targets.h.r]\ntarget_percent = 1\nagreed_on = 2026-04-01T00:00:00", "give a date without quotes"),
        ("[targets.h.r]\ntarget_percent = 101", "line 2: targets.h.r.target_percent is 101; give a number from 0 to 100"),
        ("[limits.h.r]\nmonths = 1\nweeks = 2", "line 1: limits.h.r needs exactly one of months, weeks, days, working_days"),
        ("[limits.h.r]\nfrom = 2026-04-01", "needs exactly one of months, weeks, days, working_days"),
        ('[limits.h.r]\nmonths = "six"', "line 2: limits.h.r.months is 'six'; give a whole number from 0 to 240"),
        ('[limits.h.r]\nagreedby = "us"', 'line 2: "agreedby" is not a setting of [limits.h.r]; did you mean "agreed_by"'),
        ("[[limits.h.r]]\nmonths = 6\n\n[[limits.h.r]]\nmonths = 7.5", "line 5: limits.h.r.months is 7.5; give a whole number"),
    ],
)
def test_a_mistake_in_a_rules_limit_or_target_costs_that_rule_only(tmp_path: Path, text: str, sentence: str) -> None:
    settings = read(tmp_path, f"{text}\n\n[limits.h.other]\nweeks = 3\n")
    assert sentence in settings.rule_faults["h", "r"]
    assert list(settings.rule_faults) == [("h", "r")]
    assert settings.limits == {"h": {"other": {"weeks": 3}}}


def test_a_rule_may_have_several_limits_each_from_its_own_day(tmp_path: Path) -> None:
    settings = read(
        tmp_path, "[[limits.h.r]]\nmonths = 5\nfrom = 2026-04-01\n[[limits.h.r]]\nworking_days = 20\nfrom = 2026-12-01\n"
    )
    assert settings.limits == {
        "h": {"r": ({"months": 5, "from": date(2026, 4, 1)}, {"working_days": 20, "from": date(2026, 12, 1)})}
    }


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes('council = "Grün"'.encode("cp1252"))
    with pytest.raises(SettingsError, match="not UTF-8"):
        read_settings(tmp_path)


def test_settings_can_be_a_key(tmp_path: Path) -> None:
    assert len({Settings(), read_settings(tmp_path), Settings(month_ends=12)}) == 2


@pytest.mark.parametrize(
    ("council", "invented"),
    [
        ("Synthetic County (not real children)", True),
        ("A SYNTHETIC county", True),
        ("Training (Not real children)", True),
        ("Hertfordshire", False),
    ],
)
def test_a_council_says_by_its_name_that_its_children_are_invented(council, invented):
    assert is_invented(council) is invented


@pytest.mark.parametrize(
    ("service", "team", "area"),
    [
        ("Safeguarding", "Team 1", "East"),
        ("safeguarding", "Team 9", "East"),
        ("Safeguarding", "Team 2", "West"),
        ("Leaving Care", "Team 2", "West"),
        ("Leaving Care", "Team 3", ""),
        (None, None, ""),
    ],
)
def test_a_teams_own_line_decides_its_panels_area_before_its_service(tmp_path, service, team, area):
    (tmp_path / "settings.toml").write_text('panel_areas = { East = ["Safeguarding"], West = ["team 2"] }', encoding="utf-8")
    assert read_settings(tmp_path).panel_area(service, team) == area


def test_every_setting_by_which_files_are_read_is_of_the_fingerprint():
    """A setting that is used in reading, and is none of those that refuse or warn of a whole load or say where the extracts are, is
    marked."""
    folders = [ROOT / "data" / name for name in ("reading", "formats", "restrictions", "contract")]
    text = "".join(path.read_text(encoding="utf-8") for folder in folders for path in folder.rglob("*.py"))
    used = {name for name in re.findall(r"settings\.([a-z_]+)", text) if name in {entry.name for entry in fields(Settings)}}
    assert used - {"council", "database", "folder", "table_fall_limit_percent", "table_fall_least"} == set(of_reading(Settings()))


@pytest.mark.parametrize("address", ["https://tracker.council.gov.uk", "http://10.1.2.3:8080", "http://tracker"])
def test_the_apps_addresses_are_as_a_browser_shows_them(tmp_path, address):
    (tmp_path / "settings.toml").write_text(f'web_addresses = ["{address}"]\n', encoding="utf-8")
    assert read_settings(tmp_path).web_addresses == (address,)


@pytest.mark.parametrize(
    "address", ["tracker.council.gov.uk", "https://tracker/", "https://Tracker", "*", "https://*.gov.uk", "ftp://a", ""]
)
def test_an_address_with_a_path_or_a_star_is_refused(tmp_path, address):
    (tmp_path / "settings.toml").write_text(f'web_addresses = ["{address}"]\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="line 1: web_addresses is .*; give a list of addresses without a path"):
        read_settings(tmp_path)


@pytest.mark.parametrize("written", ["careDirector", "care_director", "CareDirector"])
def test_a_system_may_be_written_as_one_word_with_capitals(tmp_path, written):
    (tmp_path / "settings.toml").write_text(f'system = "{written}"\n', encoding="utf-8")
    assert read_settings(tmp_path).system == "care_director"
