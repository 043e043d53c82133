"""Returns on the command line: written by demo, checked, loaded, counted; what they lack is said and not counted as nobody."""

from __future__ import annotations

import pytest

import tracker
from data.store.store import Store
from metrics.engine.engine import Engine


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
    assert "wait for Care plans (ssd_cla_care_plan): hertfordshire.return_home_6m" in out

    status, out, err = run("nightly", "--extracts", returns, "--store", store, "--no-draft")
    assert status == 0, err
    assert "Published the load of 31/03/2026" in out  # the end of the newest return, which nobody gave
    assert "Rules with a figure: 1 of 8." in out
    engine = Engine(Store(store).shown(), Store(store).settings)
    assert engine.supplied["ssd_cla_episodes"] and not engine.supplied["ssd_cla_care_plan"]

    status, out, _ = run("nightly", "--extracts", returns, "--store", store, "--no-draft", "--format", "ssda903")
    assert status == 0 and "nothing new was published" in out


def test_what_does_not_go_together_is_refused_in_a_sentence(run, tmp_path):
    status, _, err = run("demo", "--out", tmp_path, "--format", "ssda903", "--nights", 2)
    assert status == 1 and "--nights goes with --format ssd" in err
    run("demo", "--out", tmp_path / "returns", "--children", 10, "--as-at", "2026-03-31", "--format", "ssda903")
    status, _, err = run("check", "--extracts", tmp_path / "returns", "--write-spellings", tmp_path / "new.csv")
    assert status == 1 and "--write-spellings goes with --format ssd" in err
    status, _, err = run("check", "--extracts", tmp_path / "returns", "--format", "ssd")
    assert status == 1 and "holds an SSDA903 return" in err
