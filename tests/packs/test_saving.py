"""A pack is written whole, or the file that was there stays."""

from __future__ import annotations

import os
import stat
import sys

import pytest
from openpyxl import Workbook, load_workbook

from data.night import durable
from packs.saving import PackError, save, save_bytes


def _workbook(text="new"):
    workbook = Workbook()
    workbook.active["A1"] = text
    return workbook


def test_a_pack_replaces_the_one_that_was_there(tmp_path):
    save(_workbook("old"), tmp_path / "p.xlsx")
    assert save(_workbook("new"), tmp_path / "p.xlsx") == tmp_path / "p.xlsx"
    assert load_workbook(tmp_path / "p.xlsx").active["A1"].value == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["p.xlsx"]


def test_a_finished_pack_is_written_byte_for_byte_for_this_account_only_and_under_a_name_of_its_kind(tmp_path):
    kept = save_bytes(b"as it was frozen", tmp_path / "p.xlsx")
    assert kept.read_bytes() == b"as it was frozen"
    assert sys.platform == "win32" or stat.S_IMODE(os.stat(kept).st_mode) == 0o600
    with pytest.raises(PackError, match="must end in .xlsx"):
        save_bytes(b"as it was frozen", tmp_path / "p.txt")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_only_this_account_may_read_a_pack(tmp_path):
    assert stat.S_IMODE(os.stat(save(_workbook(), tmp_path / "p.xlsx")).st_mode) == 0o600


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(PackError, match="nowhere does not exist"):
        save(_workbook(), tmp_path / "nowhere" / "p.xlsx")


def test_a_folder_is_not_a_file(tmp_path):
    (tmp_path / "p.xlsx").mkdir()
    with pytest.raises(PackError, match="is a folder"):
        save(_workbook(), tmp_path / "p.xlsx")


def test_a_name_that_excel_would_not_open_is_refused(tmp_path):
    with pytest.raises(PackError, match="must end in .xlsx"):
        save(_workbook(), tmp_path / "p.csv")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "says"),
    [(PermissionError(13, "denied"), "open in Excel"), (OSError(28, "No space left on device"), "No space left")],
)
def test_a_pack_that_cannot_be_put_in_place_leaves_the_old_one_and_nothing_else(tmp_path, monkeypatch, error, says):
    save(_workbook("old"), tmp_path / "p.xlsx")

    def refuse(source, target):
        raise error

    monkeypatch.setattr(durable, "replace", refuse)
    with pytest.raises(PackError, match=says):
        save(_workbook("new"), tmp_path / "p.xlsx")
    assert load_workbook(tmp_path / "p.xlsx").active["A1"].value == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["p.xlsx"]
