"""The command line, as a person or a scheduler runs it: what it prints, and its exit status."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

import tracker
from commands.reference import commands_of
from tests.support.copies import copy_of
from tests.support.extracts import write_extracts
from tests.support.scopes import asking
from tests.support.tiny_nights import flip_a_byte
from tracker import command_line

ROOT = Path(__file__).parent.parent
HEADER = "as_at,policy,rule,child_id,service,team,worker,since,limit_date,days_over,detail"


@pytest.fixture
def run(capsys):
    """Run one command in this process: (exit status, standard output, standard error)."""

    def command(*arguments: object) -> tuple[int, str, str]:
        try:
            status = tracker.main([str(word) for word in arguments])
        except SystemExit as ended:
            status = ended.code
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


def _rows(text: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO(text)))


def test_measures_by_child_has_exactly_the_columns_and_a_row_for_every_child(run, county_store, engine):
    status, out, _ = run("measures", "--store", county_store.path, "--by", "child", "--format", "csv")
    assert status == 0
    assert out.splitlines()[0] == HEADER
    rules = [rule.id for rule in engine.policies["hertfordshire"].rules]
    assert len(_rows(out)) == len(engine.children("hertfordshire", rules, asking(roles=None)))
    assert all(int(row["days_over"]) >= 0 for row in _rows(out))
    assert {row["as_at"] for row in _rows(out)} == {"2026-10-31"}


def test_a_table_has_the_headings_of_the_pages_and_a_file_the_names_that_programs_read(run, county_store):
    _, table, _ = run("measures", "--store", county_store.path, "--by", "child", "--rule", "ltf_12m")
    assert " ".join(table.split("\n")[0].split()) == (
        "As at Policy Rule Child ID Service Team Worker Since Limit date Days over Detail"
    )
    _, figures, _ = run("measures", "--store", county_store.path, "--rule", "ltf_12m")
    assert " ".join(figures.split("\n")[0].split()) == "As at Policy Rule Council Children Out of"
    _, moved, _ = run("drift", "--store", county_store.path, "--from", "2026-09-30", "--rule", "ltf_12m")
    assert " ".join(moved.split("\n")[0].split()).startswith("From To Policy Rule Opening New Re-entered Moved in Joined")


@pytest.mark.parametrize("by", ["county", "service", "team", "worker"])
def test_measures_by_group_counts_the_children_of_measures_by_child(run, county_store, by):
    _, listed, _ = run("measures", "--store", county_store.path, "--by", "child", "--format", "csv", "--rule", "ltf_12m")
    status, out, _ = run("measures", "--store", county_store.path, "--by", by, "--format", "csv", "--rule", "ltf_12m")
    assert status == 0
    assert out.splitlines()[0] == f"as_at,policy,rule,{by},children,population"
    assert sum(int(row["children"]) for row in _rows(out)) == len(_rows(listed))


def test_coverage_counts_the_sentences_that_it_lists(run, county_store):
    status, out, _ = run("coverage", "--store", county_store.path, "--format", "csv")
    assert status == 0
    counted = {row["document"]: row for row in _rows(out)}
    assert set(counted) == {"Cheshire East", "Hertfordshire", "Salford", "Slough", "Practice guidance (South East)"}
    _, out, _ = run("coverage", "--store", county_store.path, "--document", "hertfordshire", "--format", "csv")
    listed = [row["tracked_or_not"] for row in _rows(out)]
    assert len(listed) == int(counted["Hertfordshire"]["sentences"])
    assert listed.count("tracked") == int(counted["Hertfordshire"]["sentences_tracked"]) > 10
    assert listed.count("not tracked") == int(counted["Hertfordshire"]["sentences_not_tracked"]) > 10


def test_coverage_of_a_document_that_is_not_there_is_refused(run, county_store):
    status, _, said = run("coverage", "--store", county_store.path, "--document", "slouhg")
    assert (status, said) == (1, "tracker: There is no document 'slouhg'; did you mean \"slough\"?\n")


def test_measures_as_json_holds_what_the_csv_holds(run, county_store):
    _, text, _ = run("measures", "--store", county_store.path, "--format", "json")
    _, out, _ = run("measures", "--store", county_store.path, "--format", "csv")
    assert [str(row["children"]) for row in json.loads(text)] == [row["children"] for row in _rows(out)]


def test_another_day_is_answered_from_tonights_extracts(run, county_store):
    status, out, _ = run("measures", "--store", county_store.path, "--as-at", "2026-09-15", "--format", "csv")
    assert status == 0
    assert {row["as_at"] for row in _rows(out)} == {"2026-09-15"}


def test_not_supplied_stands_where_the_number_would_be(run, tmp_path):
    extracts = write_extracts(
        tmp_path / "2026-10-31",
        {
            "ssd_person": [{"pers_person_id": "1", "pers_dob": "2015-01-01"}],
            "ssd_cla_episodes": [
                {"clae_person_id": "1", "clae_cla_episode_start_date": "2026-01-01", "clae_cla_episode_start_reason": "S"}
            ],
        },
        someone_else=True,
    )
    status, out, _ = run("nightly", "--extracts", extracts, "--store", tmp_path / "store")
    assert status == 0
    assert "Published the load of 31/10/2026" in out  # by the folder's name
    _, out, _ = run("measures", "--store", tmp_path / "store", "--format", "csv")
    figures = {row["rule"]: row["children"] for row in _rows(out)}
    assert figures["no_current_plan"] == figures["adoption_no_placement"] == "not supplied"
    assert figures["ltf_12m"] == "0"
    _, _, err = run("measures", "--store", tmp_path / "store", "--by", "child")
    assert "no_current_plan: not supplied (needs ssd_care_leavers)" in err


def test_check_says_what_a_night_would_do_and_changes_nothing(run, county_nights, tmp_path):
    status, out, _ = run("check", "--extracts", county_nights[0])
    assert status == 0
    assert "ssd_person.csv" in out
    assert not list(tmp_path.iterdir())


def test_a_refused_input_exits_1_with_one_sentence_and_no_traceback(run, tmp_path, monkeypatch):
    (tmp_path / "extracts").mkdir()
    command = ["check", "--extracts", "extracts"]
    ended = subprocess.run([sys.executable, str(ROOT / "tracker.py"), *command], cwd=tmp_path, capture_output=True, text=True)
    monkeypatch.chdir(tmp_path)
    others = (["measures", "--store", "nowhere"], ["nights", "--store", "s", "--show", "x"])
    for status, _, said in ((ended.returncode, ended.stdout, ended.stderr), *(run(*words) for words in others)):
        assert status == 1, said
        assert said.strip().splitlines()[-1].startswith("tracker: ")
        assert "Traceback" not in said


@pytest.mark.parametrize(
    "words",
    [
        ["measures", "--store", "s", "--as-at", "31/10/2026"],
        ["measures", "--store", "s", "--by", "office"],
        ["demo", "--out", "o", "--children", "0"],
        ["nightly", "--extracts", "extracts"],
        [],
    ],
)
def test_wrong_usage_exits_2(run, words, monkeypatch):
    monkeypatch.delenv("TRACKER_STORE", raising=False)
    assert run(*words)[0] == 2


def test_demo_nightly_measures_and_pack_one_after_the_other(run, tmp_path):
    assert run("demo", "--out", tmp_path / "extracts", "--children", 40, "--as-at", "2026-10-31")[0] == 0
    load = ("nightly", "--extracts", tmp_path / "extracts", "--store", tmp_path / "store", "--no-draft")
    assert run(*load, "--as-at", "2026-10-31")[0] == 0
    assert run("pack", "panel", "--store", tmp_path / "store", "--out", tmp_path / "panel.xlsx")[0] == 0
    assert len(openpyxl.load_workbook(tmp_path / "panel.xlsx").sheetnames) > 8
    status, out, _ = run("nights", "--store", tmp_path / "store")
    assert status == 0
    assert "whole  (shown)" in out


@pytest.mark.parametrize(("form", "nights"), [("ssd", 1), ("ssd", 2), ("annex-a", 1), ("ssda903", 1)])
def test_demo_writes_over_nothing_but_invented_files(run, tmp_path, form, nights):
    folder = tmp_path / "extracts"
    theirs = (folder if nights == 1 else folder / "2026-10-31") / "ssd_person.csv"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("a council's own")
    words = ("demo", "--out", folder, "--children", 5, "--nights", nights, "--as-at", "2026-10-31", "--format", form)
    status, _, err = run(*words)
    assert status == 1 and f"{theirs.parent} holds files that are not invented" in err
    assert theirs.read_text() == "a council's own" and [*theirs.parent.iterdir()] == [theirs]
    theirs.unlink()
    assert run(*words)[0] == 0 and run(*words)[0] == 0


def test_the_calendar_of_a_worker_who_is_not_there_is_refused_and_not_empty(run, county_store, engine, tmp_path):
    words = ("calendar", "--store", county_store.path, "--worker")
    for more in ((), ("--out", tmp_path / "nobody.ics")):
        status, _, err = run(*words, "Nobody", *more)
        assert status == 1 and "There is no worker 'Nobody' with children in care" in err
    assert not (tmp_path / "nobody.ics").exists()
    worker = engine.workers("hertfordshire", asking(roles=None))[0]
    assert run(*words, worker)[0] == 0


def test_a_panels_pack_may_be_a_workbook_or_a_pdf_and_the_refusal_names_both(run, county_store, tmp_path):
    status, _, err = run("pack", "panel", "--store", county_store.path, "--out", tmp_path / "panel.docx")
    assert status == 1 and "must end in .xlsx or .pdf; 'panel.docx' does not" in err


def test_a_pack_for_a_team_that_is_not_there_is_refused_with_those_that_are(run, county_store, tmp_path):
    status, _, err = run("pack", "panel", "--store", county_store.path, "--out", tmp_path / "p.xlsx", "--team", "Nobody")
    assert status == 1
    assert "There is no team 'Nobody'" in err


PACKS = {
    name: {action.dest for action in kind._actions} for name, kind, _ in commands_of(command_line()) if name.startswith("pack ")
}
NARROWING = {
    "service": "--service",
    "team": "--team",
    "child": "--child",
    "area": "--area",
    "pdf": "--pdf",
    "publish": "--publish",
}


@pytest.mark.parametrize(("kind", "option"), [(kind, one) for kind, its in PACKS.items() for one in NARROWING if one not in its])
def test_a_pack_takes_no_option_that_it_would_not_follow(kind, option, tmp_path, capsys):
    """Or the minutes of the whole council would be handed on as a team's."""
    needed = ["--child", "1"] if "child" in PACKS[kind] else ["--panel-date", "2026-10-31"] if kind == "pack minutes" else []
    asked = [*kind.split(), "--store", "x", "--out", "y", *needed]
    assert command_line().parse_args(asked).out == Path("y")
    with pytest.raises(SystemExit, match="2"):
        command_line().parse_args([*asked, NARROWING[option], *([] if option == "publish" else ["North"])])
    assert f"unrecognized arguments: {NARROWING[option]}" in capsys.readouterr().err


def test_a_damaged_night_is_told_by_nights(run, tmp_path, county_store):
    store = copy_of(county_store, tmp_path / "store")
    store.current().database.chmod(0o600)
    flip_a_byte(store.current().database)
    status, out, err = run("nights", "--store", store.path)
    assert status == 1
    assert "tracker.duckdb" in out
    assert "damaged" in err


def test_drift_by_rule_adds_up_and_has_the_figures_of_the_two_dates(run, county_store, engine):
    status, out, err = run("drift", "--store", county_store.path, "--from", "2026-09-30", "--format", "csv")
    assert status == 0
    header = (
        "from_date,to_date,policy,rule,opening,new,re_entered,moved_in,joined,still,resolved,left_care,moved_out,left,closing"
    )
    assert out.splitlines()[0] == header
    figures = engine.figures("hertfordshire", asking(roles=None), dates=(engine.as_at,)).set_index("rule")["children"]
    assert len(_rows(out)) == len(figures)
    for row in _rows(out):
        assert int(row["opening"]) + int(row["joined"]) - int(row["left"]) == int(row["closing"]) == figures[row["rule"]]
    assert "re-entered: on the list at a month end from 31/10/2023 to 31/08/2026" in err


def test_drift_by_child_has_a_row_for_every_movement(run, county_store):
    asked = ("drift", "--store", county_store.path, "--from", "2026-09-12", "--to", "2026-10-31", "--rule", "no_current_plan")
    _, out, _ = run(*asked, "--format", "json")
    (rule,) = json.loads(out)
    _, out, _ = run(*asked, "--by", "child", "--format", "csv")
    assert len(_rows(out)) == rule["opening"] + rule["joined"]
    assert {row["movement"] for row in _rows(out)} <= {"new", "re-entered", "still", "resolved", "left care"}


def test_drift_as_reported_tells_its_night_and_refuses_a_day_whose_night_is_not_kept(run, county_store):
    asked = ("drift", "--store", county_store.path, "--as-reported", "--from")
    status, _, err = run(*asked, "2026-10-31")
    assert status == 0 and "31/10/2026 as reported: the load of 31/10/2026, as it was published on" in err
    status, _, err = run(*asked, "2026-09-30")
    assert status == 1 and "so its list as reported is not known; lists are available for 31/10/2026." in err


def test_drift_of_a_team_that_is_not_there_or_of_dates_in_the_wrong_order_is_refused(run, county_store):
    status, _, err = run("drift", "--store", county_store.path, "--from", "2026-09-30", "--team", "Nobody")
    assert status == 1 and "There is no team 'Nobody'" in err
    status, _, err = run("drift", "--store", county_store.path, "--from", "2026-10-31", "--to", "2026-09-30")
    assert status == 1 and "is after the second" in err


def test_drift_as_reported_takes_the_list_that_a_panel_froze(run, county_store, tmp_path):
    store = copy_of(county_store, tmp_path / "store").path
    frozen = ("panel", "freeze", "--store", store, "--panel-date", "2026-10-12", "--as-at", "2026-10-01", "--by", "Pat Clerk")
    assert run(*frozen)[0] == 0
    status, out, err = run("drift", "--store", store, "--from", "2026-10-01", "--as-reported", "--format", "csv")
    assert status == 0 and "2026 as reported: the panel of 12/10/2026, as it was frozen on" in err
    _, known, _ = run("drift", "--store", store, "--from", "2026-10-01", "--format", "csv")
    assert out == known
