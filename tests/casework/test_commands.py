"""The panel's commands, as a clerk or a scheduler runs them."""

from __future__ import annotations

import hashlib
import io

import openpyxl
import pytest

import tracker
from casework.changes.restricted import NOBODY
from casework.freezing.frozen import frozen_children
from casework.panels import find_panel
from casework.storage.opening import open_casework
from data.settings import Settings
from metrics.engine.people import restricted_children
from tests.support.scopes import asking

DATE = "2026-11-02"


@pytest.fixture
def store(county_store, tmp_path):
    """A store of its own that shows the shared night."""
    for name in ("nights", "current", "settings.toml"):
        source = county_store.path / name
        if source.exists():
            (tmp_path / name).symlink_to(source)
    return tmp_path


@pytest.fixture
def run(capsys, store):
    """Run one command on the store: (exit status, standard output, standard error)."""

    def command(*words: object) -> tuple[int, str, str]:
        status = tracker.main([str(word) for word in (*words, "--store", store)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


def test_freezing_keeps_lists_figures_and_pack_and_says_so(run, store, engine, tmp_path):
    status, out, _ = run("panel", "freeze", "--panel-date", DATE, "--by", "Pat Clerk")
    rows = len(engine.children("hertfordshire", [rule.id for rule in engine.policies["hertfordshire"].rules], asking(roles=None)))
    assert (status, out.split(":")[0]) == (0, "Frozen for the panel of 02/11/2026")
    assert f"{rows:,} rows of its lists as at 31/10/2026" in out
    casework = open_casework(Settings(folder=store))
    panel = find_panel(casework, "hertfordshire", engine.as_at.replace(month=11, day=2))
    assert len(frozen_children(casework, panel.id, NOBODY)) == rows

    status, out, err = run("panel", "freeze", "--panel-date", DATE)
    assert (status, out) == (1, "")
    assert "was frozen by Pat Clerk" in err

    assert run("panel", "list")[1].startswith("2026-11-02  hertfordshire  open  frozen by Pat Clerk over 2026-10-31-")
    assert "return_home_6m" in run("panel", "show", "--panel-date", DATE, "--by", "service")[1]

    out_file = tmp_path / "pack.xlsx"
    status, out, _ = run("panel", "pack", "--panel-date", DATE, "--out", out_file)
    content = out_file.read_bytes()
    assert hashlib.sha256(content).hexdigest() in out
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    words = {str(cell) for sheet in workbook for row in sheet.iter_rows(values_only=True) for cell in row}
    assert not words & restricted_children(engine, asking())


def test_two_areas_freeze_their_panels_of_one_day_and_each_is_asked_for_by_its_area(run, store, engine, tmp_path):
    (store / "settings.toml").unlink(missing_ok=True)
    areas = 'panel_areas = { East = ["Family Safeguarding East"], West = ["Family Safeguarding West"] }\n'
    (store / "settings.toml").write_text(areas, encoding="utf-8")
    for area in ("East", "West"):
        out = run("panel", "freeze", "--panel-date", DATE, "--area", area, "--by", "Pat")[1]
        assert out.startswith(f"Frozen for the panel of 02/11/2026 ({area}): ")
    assert [line.split()[:3] for line in run("panel", "list")[1].splitlines()] == [
        ["2026-11-02", area, "hertfordshire"] for area in ("East", "West")
    ]
    groups = engine.groups(asking()).set_index("service")["children"]
    for area in ("East", "West"):
        shown = run("panel", "show", "--panel-date", DATE, "--area", area)[1]
        assert f" {area} " in shown and f" {groups[f'Family Safeguarding {area}']} " in shown
        assert run("panel", "pack", "--panel-date", DATE, "--area", area, "--out", tmp_path / "x.xlsx")[0] == 0
        assert openpyxl.load_workbook(tmp_path / "x.xlsx")["Front"]["A1"].value
        said = run("pack", "minutes", "--panel-date", DATE, "--area", area, "--out", tmp_path / f"{area}.docx")
        assert said[0] == 0, said
    status, _, err = run("panel", "show", "--panel-date", DATE)
    assert (status, "there are panels on: 02/11/2026 (East), 02/11/2026 (West)." in err) == (1, True)
    assert "is not an area of panel_areas" in run("panel", "freeze", "--panel-date", DATE, "--area", "North")[2]
    assert run("casework", "check")[1].strip().endswith("casework.db: whole")


def test_asking_for_a_panel_that_is_not_there_says_so(run):
    status, _, err = run("panel", "show", "--panel-date", DATE)
    assert (status, err.strip()) == (
        1,
        "tracker: There is no panel of hertfordshire on 02/11/2026; there are panels on: none yet.",
    )
    assert "There is no panel yet" in run("panel", "list")[1]


def test_records_are_backed_up_checked_and_restored(run, store, engine, tmp_path):
    run("panel", "freeze", "--panel-date", DATE, "--by", "Pat")
    kept = tmp_path / "kept.db"
    assert run("casework", "backup", "--out", kept)[0] == 0
    for path in store.glob("casework.db*"):
        path.unlink()
    assert run("casework", "restore", "--from", kept)[0] == 0
    assert run("casework", "check")[1].strip().endswith("casework.db: whole")
    assert "version 0006 already" in run("casework", "upgrade")[1]
    assert "frozen by Pat" in run("panel", "list")[1]


def test_a_fault_in_the_records_is_named_and_fails(run, store, engine):
    run("panel", "freeze", "--panel-date", DATE, "--by", "Pat")
    casework = open_casework(Settings(folder=store))
    with casework.engine.begin() as connection:
        connection.exec_driver_sql("update panel set notes = 'changed by hand'")
    status, out, err = run("casework", "check")
    assert status == 1
    assert "The history of panel 1 does not end in what it says now" in out
    assert "1 fault;" in err
