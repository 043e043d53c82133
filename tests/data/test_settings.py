"""A council's settings are read strictly, and every refusal says what to write instead."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from data.settings import TEMPLATE, Settings, SettingsError, is_invented, read_settings, write_default_settings


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
    named = {line.split(" = ")[0] for line in lines if " = " in line and not line.startswith("#")}
    # The folder is where the settings stand, not one of them.
    assert named | {"targets", "limits", "folder"} == {setting.name for setting in dataclasses.fields(Settings)}


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


def test_settings_that_are_there_are_never_written_over(tmp_path: Path) -> None:
    read(tmp_path, 'council = "Northshire"')
    write_default_settings(tmp_path)
    assert read_settings(tmp_path).council == "Northshire"


def test_what_the_file_leaves_out_has_its_default(tmp_path: Path) -> None:
    settings = read(tmp_path, 'policies = ["salford", "england"]\nchange_limit_percent = 5')
    assert settings == Settings(policies=("salford", "england"), change_limit_percent=5.0)


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
        ("month_ends = 1\nmonth_ends = 2", "cannot be read as TOML"),
        ("targets = 3", "targets is 3; give tables"),
        ("[targets.hertfordshire]\nltf_12m = 3", r"targets.hertfordshire.ltf_12m is 3; write it as a table"),
        ("[targets.hertfordshire.ltf_12m]\ntarget = 3", r'"target" is not a setting of \[targets.hertfordshire.ltf_12m\]'),
        ('[targets.hertfordshire.ltf_12m]\nagreed_by = "x"', "has no target_percent"),
        ('[targets.h.r]\ntarget_percent = 1\nagreed_on = "2026-04-01"', "a date without quotes"),
        ("[targets.h.r]\ntarget_percent = 1\nagreed_on = 2026-04-01T00:00:00", "a date without quotes"),
        ("[limits.h.r]\nmonths = 1\nweeks = 2", "exactly one of months, weeks, days"),
        ("[limits.h.r]\nfrom = 2026-04-01", "exactly one of months, weeks, days"),
    ],
)
def test_a_mistake_names_the_file_the_key_and_what_is_allowed(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(SettingsError, match=sentence) as mistake:
        read(tmp_path, text)
    assert str(mistake.value).startswith(str(tmp_path / "settings.toml"))
    assert "\n" not in str(mistake.value)


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
