"""What the SQL of a measure reads, it says that it needs or uses: else a figure would stand that the load cannot give."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from data.contract.contract import CHILDREN_NOT_IN_CARE, EARLIER_RECORDS, tables
from metrics.engine.catalogue import measures
from metrics.engine.sql_terms import spoken
from metrics.spine import _statements

# Whoever is asked about stands in these; what they hold besides is not what a measure asks of them.
WHO = ("spine", "child", "not_in_care_on_day", "followed_on_day")
LEFT = {"left_care", "left_care_on_day", "left_care_in_year"}
# Read for what the measure does not use: the meetings before a hearing; the stage before proceedings.
BESIDE = {"final_evidence_reviewed": {"local_meetings"}, "planning_meeting_in_proceedings": {"ssd_pre_proceedings"}}


def _words(sql: str) -> set[str]:
    return set(re.findall(r"[a-z_0-9]+", re.sub(r"--[^\n]*|'[^']*'", " ", sql)))


def _made_of() -> dict[str, set[str]]:
    """{table or view of the spine: what its statement names}."""
    found: dict[str, set[str]] = {}
    for _, name, statement in _statements():
        found.setdefault(name, set()).update(_words(statement) - {name})
    return found


MADE_OF = _made_of()


def _read(sql: str) -> set[str]:
    """The tables and views that a measure reads, through others too."""
    named = spoken(sql)
    todo = [*named.tables, *named.macros, *(_words(sql) & set(tables()))]
    found: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            known: Iterable[str] = () if name in WHO else MADE_OF.get(name, ())
            todo += [other for other in known if other in MADE_OF or other in tables()]
    return found


@pytest.mark.parametrize("measure", measures().values(), ids=lambda measure: measure.id)
def test_a_measure_says_what_it_reads(measure):
    read, said = _read(measure.sql), {*measure.needs, *measure.needs_any, *measure.uses}
    optional = {name for name in read if name in tables() and not tables()[name].required}
    assert optional - BESIDE.get(measure.id, set()) <= said
    if read & LEFT:
        assert EARLIER_RECORDS in measure.needs, "who left care is not in a load that shows one day"
    if "not_in_care_on_day" in read and "spine" not in spoken(measure.sql).tables:
        assert CHILDREN_NOT_IN_CARE in measure.needs, "children who are not in care are not in a load of those who are"


def test_a_measure_that_reads_more_than_it_says_would_be_noticed():
    assert {"left_care_on_day", "ssd_cla_reviews"} <= _read("select 1 from left_care_on_day, held_review")
    assert "local_meetings" in _read("select 1 from held_meeting") and "local_meetings" not in _read("select 1 from spine")
