"""What the command line says of a mistake in a council's own files: each by file, line and remedy, and never a traceback."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import tracker
from tests.metrics.engine.test_rule_mistakes import _store, extracts_of

NIGHT = "2026-10-31"


@pytest.fixture
def run(capsys):
    """Run one command in this process: (exit status, standard output, standard error)."""

    def command(*arguments: object) -> tuple[int, str, str]:
        status = tracker.main([str(word) for word in arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


def test_a_misspelt_column_is_named_by_check_and_nightly_and_measures_and_stops_none_of_them(run, tmp_path):
    store, extracts = _store(tmp_path, wrong="plan_shwn"), extracts_of(tmp_path / "extracts")
    says = 'measures/wrong.sql, line 12: Referenced column "plan_shwn" not found in FROM clause; did you mean "plan_shown".'

    status, out, err = run("check", "--extracts", extracts, "--store", store.path, "--as-at", NIGHT)
    assert status == 1
    assert f"tracker: {says}" in err
    assert "1 mistake in measures, policies or settings" in err
    assert "ssd_person.csv" in out

    status, out, err = run("nightly", "--extracts", extracts, "--store", store.path, "--as-at", NIGHT)
    assert status == 0
    assert f"tracker: {says}" in err
    assert "Published the load of 31/10/2026" in out

    status, out, err = run("measures", "--store", store.path, "--policy", "ours", "--format", "csv")
    assert status == 0
    rows = [line.split(",")[2:5:2] for line in out.splitlines()[1:]]
    assert rows == [["wrong", "not available"], ["right", "2"]]
    assert f"wrong: not available ({says})" in err

    # A list of nobody is not the list of a rule that is not available: the reason is beside it.
    status, out, err = run("measures", "--store", store.path, "--policy", "ours", "--rule", "wrong", "--by", "child")
    assert (status, f"wrong: not available ({says})" in err) == (0, True)

    status, out, err = run("measures", "--store", store.path, "--policy", "hertfordshire", "--format", "csv")
    assert status == 0 and "not available" not in out

    status, out, err = run("drift", "--store", store.path, "--policy", "ours", "--from", "2026-09-30", "--format", "csv")
    assert status == 0
    assert [line.split(",")[3:5] for line in out.splitlines()[1:]] == [["wrong", "not available"], ["right", "2"]]

    status, out, err = run("pack", "panel", "--store", store.path, "--policy", "ours", "--out", tmp_path / "panel.xlsx")
    assert status == 0
    words = _words(tmp_path / "panel.xlsx")
    assert "not available" in words
    assert any("Not available on 31/10/2026" in text and says.rstrip(".") in text for text in words)
    assert "not supplied" not in {text for text in words if "plan_shwn" in text}


def test_a_rule_that_fails_on_tonights_rows_is_found_by_check(run, tmp_path):
    store, extracts = _store(tmp_path, wrong="(1 // (age - age))::varchar"), extracts_of(tmp_path / "extracts")
    status, _, err = run("check", "--extracts", extracts, "--store", store.path, "--as-at", NIGHT)
    assert status == 1
    assert "ours.wrong is not available: measures/wrong.sql" in err and "divides by zero" in err
    assert "SECRET" not in err and "Traceback" not in err
    assert not (store.path / "nights").exists()


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("settings.toml", "polices = []", 'settings.toml, line 1: "polices" is not a setting; did you mean "policies"'),
        (
            "settings.toml",
            "month_ends = 3\nmonth_ends = 4",
            "settings.toml, line 2: cannot be read as TOML: month_ends is given on line 1",
        ),
        (
            "settings.toml",
            'policies = ["ours", "salfrod"]',
            "line 1, key 'policies': there is no policy 'salfrod'; did you mean \"salford\"?",
        ),
        ("settings.toml", "[limits.salford.legal_discussion_10d]\nworking_days = 5", "line 1, limits.salford has no effect"),
        ("settings.toml", "[limits.hertfordshire.ltf_12]\nmonths = 5", "line 1, limits.hertfordshire.ltf_12 has no effect"),
        ("settings.toml", "[targets.scorecard.first_reviews]\ntarget_percent = 5", 'did you mean "first_review"?'),
        ("settings.toml", "[targets.scorecard.first_review]\ntarget_percent = 5", "has no effect: it needs the policy 'england'"),
        ("comparators.csv", "measure,area,value,year,source\nx,England,71,2026,DfE\n", "comparators.csv, row 2, column measure"),
    ],
)
def test_a_setting_that_would_change_nothing_or_cannot_be_read_is_refused_with_its_line(run, tmp_path, file, text, says):
    store, extracts = _store(tmp_path, wrong="'here'"), extracts_of(tmp_path / "extracts")
    (store.path / file).write_text(text)
    status, _, err = run("check", "--extracts", extracts, "--store", store.path, "--as-at", NIGHT)
    assert status == 1
    assert says in err and "Traceback" not in err


def test_a_mistake_in_a_rules_own_limit_costs_that_rule_and_is_named(run, tmp_path):
    store, extracts = _store(tmp_path, wrong="'here'"), extracts_of(tmp_path / "extracts")
    settings = store.path / "settings.toml"
    settings.write_text(settings.read_text() + '\n[limits.hertfordshire.ltf_12m]\nmonths = "twelve"\n')
    says = "settings.toml, line 5: limits.hertfordshire.ltf_12m.months is 'twelve'; give a whole number from 0 to 240."
    assert says in run("check", "--extracts", extracts, "--store", store.path, "--as-at", NIGHT)[2]
    status, out, err = run("nightly", "--extracts", extracts, "--store", store.path, "--as-at", NIGHT)
    assert (status, says in err, "Published" in out) == (0, True, True)
    _, out, _ = run("measures", "--store", store.path, "--format", "csv")
    assert [line.split(",")[2] for line in out.splitlines() if "not available" in line] == ["ltf_12m"]


def test_files_that_nothing_uses_are_named_by_check_and_are_no_mistake(run, tmp_path):
    store, extracts = _store(tmp_path, wrong="'here'"), extracts_of(tmp_path / "extracts")
    (store.path / "settings.toml").write_text('policies = ["hertfordshire"]\n')
    status, _, err = run("check", "--extracts", extracts, "--store", store.path, "--as-at", NIGHT)
    assert status == 0
    assert "policies/ours.toml is not used; name it in 'policies' of settings.toml to use it." in err
    assert "measures/wrong.sql is not used by any rule in use." in err


def _words(path: Path) -> set[str]:
    book = openpyxl.load_workbook(path)
    return {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
