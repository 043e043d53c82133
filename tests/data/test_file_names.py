"""A file's name is one that Windows takes too, whatever a team is called, and no two teams share one."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.file_names import LONGEST, dated_name, file_name, why_refused

DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("team pack North: A/B? 2026-10-31", "team pack North_ A_B_ 2026-10-31.xlsx"),
        ('children ../<b>"North"</b> 2026-10-31', "children ____b__North___b_ 2026-10-31.xlsx"),
        ("CON", "_CON.xlsx"),
        ("nul ", "_nul.xlsx"),
        ("com1", "_com1.xlsx"),
        ("LPT\u00b2", "_LPT\u00b2.xlsx"),
        ("Connected", "Connected.xlsx"),
        ("North...", "North___.xlsx"),
        ("  North  ", "North.xlsx"),
        ("", "tracker.xlsx"),
        ("Ysgol M\u00f4n e\u0301", "Ysgol M\u00f4n \u00e9.xlsx"),
        ("x" * 400, "x" * LONGEST + ".xlsx"),
    ],
)
def test_a_name_is_what_every_system_takes(words: str, name: str):
    assert file_name(words, ".xlsx") == name
    assert why_refused(name) is None


@given(words=st.text(), suffix=st.sampled_from([".xlsx", ".csv", ".docx"]))
def test_no_words_make_a_name_that_windows_refuses(words: str, suffix: str):
    name = file_name(words, suffix)
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name) and not DEVICE.fullmatch(name)
    assert name.endswith(suffix) and name[0] != " " and name.removesuffix(suffix)[-1] not in ". "
    assert len(name.encode()) <= 255 and why_refused(name) is None


@given(st.lists(st.text(max_size=6), max_size=8))
def test_no_two_names_are_one(words: list[str]):
    names: list[str] = []
    for one in words:
        names.append(file_name(one, ".xlsx", names))
    assert len({name.casefold() for name in names}) == len(words)


@pytest.mark.parametrize(
    "name", ["a:b.xlsx", "a?.xlsx", "CON.xlsx", "con .xlsx", "pack.xlsx.", "pack.xlsx ", "x" * 300, "a\tb.xlsx"]
)
def test_a_name_that_windows_refuses_is_told_why(name: str):
    assert why_refused(name)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Long-term fostering plan for 12 months or more", "long-term-fostering-plan-for-12-months-or-more-2026-11-27"),
        ("First review: overdue / North & South", "first-review-overdue-north-south-2026-11-27"),
        ("drift North 2026-09-30 to 2026-10-31", "drift-north-2026-09-30-to-2026-10-31"),
        ("week from 02/11/2026", "week-from-02-11-2026-2026-11-27"),
        ("../..", "tracker-2026-11-27"),
        ("x" * 400, "x" * (LONGEST - 11) + "-2026-11-27"),
    ],
)
def test_a_table_is_named_by_its_words_and_a_day(words: str, name: str):
    assert dated_name(words, date(2026, 11, 27)) == name


@given(words=st.text(), suffix=st.sampled_from([".xlsx", ".csv"]))
def test_every_table_has_a_day_in_a_name_that_windows_takes(words: str, suffix: str):
    name = file_name(dated_name(words, date(2026, 11, 27)), suffix)
    assert re.search(r"\d{4}-\d\d-\d\d", name) and why_refused(name) is None
