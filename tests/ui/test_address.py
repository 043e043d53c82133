"""Addresses: what they carry, and what they do not."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from ui.context import address


def test_a_link_carries_its_choices_and_leaves_out_what_is_not_chosen():
    link = address.link(address.CHILDREN, date(2026, 9, 30), rule="ltf_12m", team="A & B", worker=None)
    assert link == "children?rule=ltf_12m&team=A+%26+B&date=2026-09-30"


def test_a_choice_may_be_called_as_anything():
    """Anyone can write ?page=1 into an address; a link from that page to itself carries it on."""
    made = {"page": "1", "as_at": "2", "name": "3", "date": "4"}
    assert address.link(address.CHILDREN, None, **made) == "children?page=1&as_at=2&name=3&date=4"


def test_the_first_page_is_at_the_root():
    assert address.link(address.COUNTYWIDE) == "./"
    assert address.link(address.COUNTYWIDE, by="team") == "./?by=team"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/10/2026", date(2026, 10, 31)),
        (" 2026-10-31 ", date(2026, 10, 31)),
        ("31/02/2026", None),
        ("10/31/2026", None),
        ("", None),
        (None, None),
    ],
)
def test_a_day_is_read_as_people_and_addresses_write_it(text, day):
    assert address.read_day(text) == day


def test_a_service_a_team_and_a_worker_are_chosen_in_one_way_on_every_page():
    chosen = re.compile(r'address\.(choose|switch)\(\s*(name|"(Service|Team|Worker)"|"(service|team|worker)")', re.IGNORECASE)
    ui = Path(__file__).parent.parent.parent / "ui"
    assert [file.name for file in ui.rglob("*.py") if chosen.search(file.read_text(encoding="utf-8"))] == ["teams.py"]
