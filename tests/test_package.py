"""The installable package: everything that the program reads is in it, and its one command runs from anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("access", "casework", "commands", "data", "metrics", "packs", "pages", "policies", "ui", "words")


def _run(*words: object, cwd: Path, **env: str) -> str:
    done = subprocess.run([str(word) for word in words], cwd=cwd, env=os.environ | env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built from a copy of what git lists, as a release is."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    listed = _run("git", "ls-files", "-co", "--exclude-standard", cwd=ROOT).splitlines()
    for name in listed:
        if not name.startswith("tests/") and (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    _run(
        sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", out, ".", cwd=source
    )
    (built,) = out.glob("*.whl")
    return built


@pytest.mark.slow
def test_everything_that_the_program_reads_is_in_the_package(wheel: Path):
    listed = _run("git", "ls-files", "-co", "--exclude-standard", *PACKAGES, cwd=ROOT).splitlines()
    wanted = {name for name in listed if (ROOT / name).is_file()}
    assert {
        "metrics/measures/plans/no_current_plan.sql",
        "policies/hertfordshire.toml",
        "policies/coverage/slough.toml",
        "words/columns.py",
    } <= wanted
    assert wanted - set(zipfile.ZipFile(wheel).namelist()) == set()


@pytest.mark.slow
def test_its_command_runs_from_anywhere(wheel: Path, tmp_path: Path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    here = tmp_path / "elsewhere"
    here.mkdir()
    (script,) = (tmp_path / "installed").glob("*.dist-info/entry_points.txt")
    assert "tracker = tracker:run" in script.read_text(encoding="utf-8")
    command = (sys.executable, "-c", "import tracker; tracker.run()")
    path = str(tmp_path / "installed")
    _run(*command, "demo", "--out", "extracts", "--children", 5, "--as-at", "2026-10-31", cwd=here, PYTHONPATH=path)
    folder = here / "extracts"
    night = next((one for one in folder.iterdir() if one.is_dir()), folder)
    report = _run(*command, "check", "--extracts", night, cwd=here, PYTHONPATH=path)
    assert "ssd_person" in report
