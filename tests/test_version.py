"""The version is said in one place, and shown on the screen, in the packs and by the package."""

from __future__ import annotations

import tomllib
from pathlib import Path

from openpyxl import Workbook

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
    assert sheet.oddFooter.center.text == PRODUCT
    assert new_workbook("Title", "Subject", {}).properties.version == VERSION
    assert new_document("Title", "Subject", "OFFICIAL-SENSITIVE", "Foot").core_properties.version == VERSION


def test_every_page_says_which_version_it_is(county_store, monkeypatch):
    monkeypatch.setenv("TRACKER_STORE", str(county_store.path))
    assert PRODUCT in Screen("countywide").text
