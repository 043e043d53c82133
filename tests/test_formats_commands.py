"""Returns on the command line: written by demo, checked, loaded, counted; what they lack is said and not counted as nobody."""

from __future__ import annotations

import shutil

import openpyxl
import pytest

import tracker
from casework.publishing.publications import ledger, publish
from casework.records.records import Publication
from casework.storage.opening import open_casework
from data.settings import read_settings
from data.store.store import Store
from metrics.engine.engine import Engine
from packs.corporate.drafts import KIND


@pytest.fixture
def run(capsys):
    """Run one command in this process: (exit status, standard output, standard error)."""

    def command(*arguments: object) -> tuple[int, str, str]:
        status = tracker.main([str(word) for word in arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


def test_demo_check_nightly_and_nightly_again_with_returns(run, tmp_path):
    returns, store = tmp_path / "returns", tmp_path / "store"
    status, out, _ = run("demo", "--out", returns, "--children", 40, "--as-at", "2026-03-31", "--format", "ssda903")
    assert status == 0 and "files of invented SSDA903 returns" in out and (returns / "SYNTHETIC.txt").exists()

    status, out, err = run("check", "--extracts", returns)
    assert status == 0, err
    assert "Read as SSDA903: 9 returns" in out and "Rules with a figure: 1 of 8." in out
    assert "  5 wait for Care plans (ssd_cla_care_plan): hertfordshire.return_home_6m" in out
    assert "  1 waits for Care plans (ssd_cla_care_plan), Care leavers and pathway plans" in out

    status, out, err = run("nightly", "--extracts", returns, "--store", store, "--no-draft")
    assert status == 0, err
    assert "Published the load of 31/03/2026" in out  # the end of the newest return, which nobody gave
    assert "Rules with a figure: 1 of 8." in out
    engine = Engine(Store(store).shown(), Store(store).settings)
    assert engine.supplied["ssd_cla_episodes"] and not engine.supplied["ssd_cla_care_plan"]

    status, out, _ = run("nightly", "--extracts", returns, "--store", store, "--no-draft", "--format", "ssda903")
    assert status == 0 and "nothing new was published" in out


def test_a_load_under_the_wrong_date_is_corrected(run, tmp_path):
    extracts, store = tmp_path / "extracts", tmp_path / "store"
    run("demo", "--out", extracts, "--children", 10, "--as-at", "2026-10-31")
    load = ("nightly", "--extracts", extracts, "--store", store, "--no-draft")
    assert run(*load, "--as-at", "2026-11-30")[0] == 0
    # A panel is frozen and a pack published before anybody notices.
    status, _, err = run("panel", "freeze", "--store", store, "--panel-date", "2026-12-08", "--by", "Pat Clerk")
    assert status == 0, err
    casework = open_casework(read_settings(store), store)
    mistaken = Store(store).current()
    for night in (mistaken.name, "another load"):
        pack = Publication(KIND, "2026-11-30", mistaken.published_at, "Jo Clerk", night, "{}", "{}", night)
        publish(casework, pack, ledger(casework, KIND).state)
    status, _, err = run(*load, "--correct-date")
    assert status == 1 and "--correct-date goes with --as-at: give the correct date." in err
    status, _, err = run(*load, "--as-at", "2026-10-31")
    assert status == 1 and "if its date is wrong, give --correct-date too" in err
    status, out, err = run(*load, "--as-at", "2026-10-31", "--correct-date")
    assert status == 0 and "Published the load of 31/10/2026" in out, err
    assert [line for line in err.splitlines() if "wrong date" in line] == [
        f"tracker: Made from the load with the wrong date: {paper}. It keeps that date; tell those who have it."
        for paper in (
            "the panel of 08/12/2026, frozen as at 30/11/2026",
            "the pack as at 30/11/2026, published by Jo Clerk",
        )
    ]
    right, wrong = run("nights", "--store", store)[1].splitlines()
    assert right.endswith("whole  (shown)") and "30/11/2026" in wrong and wrong.endswith("whole  (its date was wrong)")


def test_unknown_values_of_returns_and_workbooks_are_written_to_fill_in(run, tmp_path):
    returns, books = tmp_path / "returns", tmp_path / "books"
    run("demo", "--out", returns, "--children", 10, "--as-at", "2026-03-31", "--format", "ssda903")
    (episodes,) = returns.glob("*2026_episodes.csv")
    episodes.write_text(episodes.read_text(encoding="utf-8").replace(",U6,", ",Foster home,"), encoding="utf-8")
    status, out, err = run("check", "--extracts", returns, "--write-spellings", tmp_path / "returns.csv")
    assert status == 0, err
    written = (tmp_path / "returns.csv").read_text(encoding="utf-8")
    assert "placement_type,Foster home,?,place," in written and written.count("\n") == 2

    run("demo", "--out", books, "--children", 10, "--as-at", "2026-03-31", "--format", "annex-a")
    book = openpyxl.load_workbook(books / "Annex_A.xlsx")
    sheet = book["List 8"]
    plan = next(cell.column for cell in sheet[1] if "permanence plan" in cell.value)
    sheet.cell(2, plan).value = sheet.cell(3, plan).value = "Staying put for good"
    book.save(books / "Annex_A.xlsx")
    status, out, err = run("check", "--extracts", books, "--write-spellings", tmp_path / "books.csv", "--as-at", "2026-03-31")
    assert status == 0, err
    assert "plan_option,Staying put for good,?,plan,2," in (tmp_path / "books.csv").read_text(encoding="utf-8")
    assert "2 permanence plans of List 8 are words in no list" in out


def test_a_zip_and_a_workbook_by_itself_are_the_load_that_the_folder_is(run, tmp_path):
    books, store = tmp_path / "2026-03-31", tmp_path / "store"
    run("demo", "--out", books, "--children", 10, "--as-at", "2026-03-31", "--format", "annex-a")
    archive = shutil.make_archive(str(tmp_path / "sent 2026-03-31"), "zip", tmp_path, "2026-03-31")
    status, out, err = run("nightly", "--extracts", archive, "--store", store, "--no-draft")
    assert status == 0, err
    assert "Published the load of 31/03/2026" in out and "Read as Annex A: Annex_A.xlsx" in out
    for same in (books, books / "Annex_A.xlsx"):
        status, out, _ = run("nightly", "--extracts", same, "--store", store, "--no-draft", "--as-at", "2026-03-31")
        assert status == 0 and "nothing new was published" in out


def test_what_does_not_go_together_is_refused_in_a_sentence(run, tmp_path):
    status, _, err = run("demo", "--out", tmp_path, "--format", "ssda903", "--nights", 2)
    assert status == 1 and "--nights goes with --format ssd" in err
    status, _, err = run("demo", "--out", tmp_path, "--format", "annex-a", "--xml")
    assert status == 1 and "--xml goes with --format ssda903" in err
    run("demo", "--out", tmp_path / "returns", "--children", 10, "--as-at", "2026-03-31", "--format", "ssda903")
    status, _, err = run("check", "--extracts", tmp_path / "returns", "--format", "ssd")
    assert status == 1 and "holds an SSDA903 return" in err
