"""The table of the ASVS is whole: every requirement of levels 1 and 2 once, in one of three states, and the tests that it names exist."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "reference" / "asvs.md"
# ASVS 5.0: of each section the level of its first requirement, its second and so on. A section of level 3 alone is there too.
LEVELS = """
1.1:22 1.2:1111122223 1.3:112222222223 1.4:222 1.5:123 2.1:122 2.2:112 2.3:12223 2.4:23
3.1:3 3.2:113 3.3:12223 3.4:11222233 3.5:11122333 3.6:3 3.7:22333 4.1:12233 4.2:23333 4.3:22 4.4:1222
5.1:2 5.2:112333 5.3:113 5.4:222 6.1:122 6.2:111111112222 6.3:11223333 6.4:112233 6.5:22222333 6.6:2223 6.7:33 6.8:2222
7.1:222 7.2:1111 7.3:22 7.4:11222 7.5:223 7.6:22 8.1:1233 8.2:1123 8.3:133 8.4:23 9.1:111 9.2:1222
10.1:22 10.2:223 10.3:22223 10.4:1111122222233333 10.5:22222 10.6:22 10.7:222
11.1:2233 11.2:22233 11.3:11233 11.4:1222 11.5:23 11.6:23 11.7:33 12.1:12233 12.2:11 12.3:22223
13.1:2333 13.2:222223 13.3:2233 13.4:1222233 14.1:22 14.2:12223333 14.3:122
15.1:12233 15.2:12233 15.3:1222222 15.4:3333 16.1:2 16.2:22222 16.3:2222 16.4:222 16.5:2223 17.1:23 17.2:22223333 17.3:22
"""
ASKED = {
    f"{section}.{place}": level
    for section, _, levels in (part.partition(":") for part in LEVELS.split())
    for place, level in enumerate(levels, start=1)
    if level != "3"
}
MET, NOT_MET, NOT_OURS = "met", "**not met**", "does not apply"
ROW = re.compile(r"^\| (?P<number>\d+\.\d+\.\d+) \|(?P<rest>.*)\|$", flags=re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
READ = "read"


class Row(NamedTuple):
    number: str
    level: str
    asks: str
    state: str
    how: str
    tests: str


def _rows_of(text: str) -> list[Row]:
    return [Row(found["number"], *(cell.strip() for cell in found["rest"].split("|"))) for found in ROW.finditer(text)]


@cache
def _tests_in(path: str) -> frozenset[str]:
    """The tests of a file; none where it is not there."""
    file = ROOT / path
    return (
        frozenset(re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE))
        if file.exists()
        else frozenset()
    )


def faults_in(text: str) -> list[str]:
    """What is wrong with the page."""
    rows = _rows_of(text)
    left_out = {
        found[1] for found in re.finditer(r"^## Chapter (\d+)[^\n]*\n\nDoes not apply, the whole chapter: \w", text, re.MULTILINE)
    }
    counted = Counter(row.number for row in rows)
    asked = {number for number in ASKED if number.partition(".")[0] not in left_out}
    faults = [f"{number} is missing" for number in asked - set(counted)]
    faults += [f"{number} is none of levels 1 and 2, or of a chapter that does not apply" for number in set(counted) - asked]
    faults += [f"{number} is there {times} times" for number, times in counted.items() if times > 1]
    for chapter in re.split(r"^## Chapter ", text, flags=re.MULTILINE)[1:]:
        own = chapter.partition(":")[0]
        faults += [f"{row.number} is not in its chapter" for row in _rows_of(chapter) if row.number.partition(".")[0] != own]
    for row in rows:
        if row.level != ASKED.get(row.number):
            faults.append(f"{row.number}: level {row.level}")
        if not row.asks:
            faults.append(f"{row.number}: does not say what it asks for")
        if not row.how and row.tests != READ:
            faults.append(f"{row.number}: does not say how or why")
        if row.state not in (MET, NOT_MET, NOT_OURS):
            faults.append(f"{row.number}: {row.state} is no state")
        named = TEST.findall(row.tests)
        if (row.state == MET) != bool(named or row.tests == READ):
            faults.append(f"{row.number}: {row.state}, tests {row.tests!r}")
        if TEST.sub("", row.tests).strip(", ") not in ("", READ):
            faults.append(f"{row.number}: {row.tests} is no list of tests")
        if row.state == NOT_MET and not re.search(r"\bLeft: \w", row.how):
            faults.append(f"{row.number}: does not say what is left")
        faults += [f"{row.number}: no test {path}::{name}" for path, name in named if name not in _tests_in(path)]
    return faults


def test_the_table_is_whole_and_true_of_the_tests():
    assert len(ASKED) == 253
    assert faults_in(PAGE.read_text(encoding="utf-8")) == []


def test_the_numbers_at_the_top_are_those_of_the_table():
    text = PAGE.read_text(encoding="utf-8")
    states = Counter(row.state for row in _rows_of(text))
    whole = len(ASKED) - sum(states.values())
    said = re.search(r"Of (\d+), (\d+) are met, (\d+) are not met and (\d+) do not apply", " ".join(text.split()))
    assert said and [int(number) for number in said.groups()] == [
        len(ASKED),
        states[MET],
        states[NOT_MET],
        states[NOT_OURS] + whole,
    ]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (r"^\| 3\.4\.6 .*\n", "", "3.4.6 is missing"),
        (r"^(\| 3\.4\.6 .*\n)", r"\1\1", "3.4.6 is there 2 times"),
        (r"^\| 3\.4\.6 ", "| 3.4.7 ", "3.4.7 is none of levels 1 and 2"),
        (r"^\| 3\.4\.6 \| 2", "| 3.4.6 | 1", "3.4.6: level 1"),
        (r"^(\| 3\.4\.6 .*)\| met \|", r"\1| nearly |", "3.4.6: nearly is no state"),
        (r"^(\| 3\.4\.6 .*)::test_\w+", r"\1::test_nothing", "3.4.6: no test tests/ui/outer/test_layer.py::test_nothing"),
        (r"^(\| 3\.4\.6 .*\| )`\S+` \|$", r"\1 |", "3.4.6: met, tests ''"),
        (r"^(\| 16\.4\.3 .*)Left: ", r"\1", "16.4.3: does not say what is left"),
        (r"^Does not apply, the whole chapter: .*", "", "17.1.1 is missing"),
        (
            r"^(## Chapter 3: .*\n)((.*\n)*?)(\| 3\.7\.2 .*\n)(\n## Chapter 4: .*\n\n.*\n.*\n)",
            r"\1\2\5\4",
            "3.7.2 is not in its chapter",
        ),
    ],
)
def test_the_test_would_notice(old: str, new: str, says: str):
    text, changed = re.subn(old, new, PAGE.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    assert changed and any(fault.startswith(says) for fault in faults_in(text))
