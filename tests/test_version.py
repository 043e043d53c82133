"""The version is said in one place, and shown on the screen, in the packs and by the package."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

from openpyxl import Workbook

import tracker
from data.version import PRODUCT, VERSION
from packs.excel.printing import set_up_page
from packs.excel.workbook import new_workbook
from packs.word import new_document
from tests.pages.screen import Screen

ROOT = Path(__file__).parent.parent


def test_the_package_takes_its_version_from_the_one_place():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" in settings["project"]["dynamic"] and "version" not in settings["project"]
    assert settings["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "data.version.VERSION"}


def test_the_newest_version_of_the_changelog_is_this_one():
    headings = [line for line in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines() if line.startswith("## ")]
    assert headings[0].removeprefix("## ").split(":")[0] == VERSION


def test_packs_and_minutes_say_which_version_made_them():
    sheet = Workbook().active
    set_up_page(sheet, "OFFICIAL-SENSITIVE", "Foot")
    assert sheet.oddFooter.left.text == f"Foot · {PRODUCT}"
    assert new_workbook("Title", "Subject", {}).properties.version == VERSION
    assert new_document("Title", "Subject", "OFFICIAL-SENSITIVE", "Foot").core_properties.version == VERSION


def test_every_page_says_which_version_it_is(county_store, monkeypatch):
    monkeypatch.setenv("TRACKER_STORE", str(county_store.path))
    assert PRODUCT in Screen("countywide").text


def test_the_command_line_says_its_version_and_a_command_imports_what_it_needs_alone():
    """A command that reads no workbook and no database does not wait for the libraries that do."""
    script = (
        "import sys, tracker\n"
        "assert tracker.main(['--version']) == 0 and 'duckdb' not in sys.modules\n"
        "tracker.command_line('nights')\n"
        "print(sorted({'openpyxl', 'sqlalchemy', 'streamlit', 'plotly', 'docx'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [PRODUCT, "[]"]


def test_every_command_is_found_in_its_module():
    for room, names in tracker.ROOMS.items():
        parser = argparse.ArgumentParser()
        commands = parser.add_subparsers()
        import_module(f"commands.{room}").add(commands)
        assert tuple(commands.choices) == names
