"""The canaries: nine children in ten of a county are restricted, and no page, download or pack names one of them.

Half of them are restricted by a good row, half by a row that is quarantined. The night before restricted nobody: its panel was frozen with
everybody's names, and words were written about them. Anyone who is not restricted shows that the search finds what is there.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdf
import pytest
import streamlit
from streamlit.delta_generator import DeltaGenerator

import tracker
from casework.agenda.actions import save_action
from casework.agenda.agenda import build_agenda
from casework.agenda.discussions import save_discussion
from casework.panels import plan_panel
from casework.records.records import Action, Discussion
from casework.storage.opening import open_casework
from data.store.store import Store
from data.synthetic import write_county
from metrics.engine.engine import Engine
from metrics.nightly import run_nightly
from packs.panel.freezing import freeze_panel
from tests.deep import DEEP, some
from tests.pages.screen import Screen
from tests.support.copies import copy_of
from tests.support.scopes import asking
from ui.shell.navigation import titles

pytestmark = pytest.mark.usefixtures("greedy")

POLICIES = ("hertfordshire", "hertfordshire_service", "south_east", "salford", "cheshire_east", "slough", "england")
POLICY_LINE = f"policies = {list(POLICIES)}".replace("'", '"')
ONE_POLICY = 'policies = ["hertfordshire"]'
SETTINGS = "{policies}\nquarantine_limit_percent = 100\nmonth_ends = 13\nfiles_an_hour = 10000\n"
PAGES = tuple(titles())
BEFORE, NIGHT, SEPTEMBER = date(2026, 10, 30), date(2026, 10, 31), date(2026, 9, 30)
SECRET = "Quillfeather"
CHILDREN = 60
RULES = ["no_current_plan", "ltf_12m", "plan_residential", "adoption_not_placed"]


@dataclass(frozen=True)
class County:
    """The store; what may not be read anywhere; and what may (``named``), of children on the lists."""

    store: Store
    restricted: frozenset[str]
    named: frozenset[str]
    good: str
    quarantined: str
    legacy: dict[str, str] = field(repr=False)


def _people(extracts: Path) -> list[dict]:
    with (extracts / "ssd_person.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _marks(person: dict) -> set[str]:
    """What a child is known by."""
    name = " ".join(f"{person['pers_forename']} {person['pers_surname']}".split())
    return {mark for mark in (person["pers_person_id"], person["pers_legacy_id"], name) if mark.strip()}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    folder = tmp_path_factory.mktemp("canaries")
    write_county(folder / "county", children=CHILDREN, seed=7, nights=2, as_at=NIGHT)
    (folder / "store").mkdir()
    settings = folder / "store" / "settings.toml"
    settings.write_text(SETTINGS.format(policies=ONE_POLICY), encoding="utf-8")  # the panel is of this one alone
    first, second = sorted(path for path in (folder / "county").iterdir() if path.is_dir())
    (first / "local_restrictions.csv").unlink()
    store = Store(folder / "store")
    run_nightly(store, first, BEFORE)
    _hold_a_panel(store)
    settings.write_text(SETTINGS.format(policies=POLICY_LINE), encoding="utf-8")
    people = _people(second)
    lines = ["restriction_id,person_id,restriction_type,start_date,end_date,allowed_roles"]
    free, restricted = [], []
    for place, person in enumerate(people):
        if place % 10 == 0:
            free.append(person)
            continue
        restricted.append(person)
        end = "31/02/2027" if place % 2 else ""
        lines.append(f"R{place},{person['pers_person_id']},ADOPTION,2026-10-31,{end},adoption")
    (second / "local_restrictions.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    run_nightly(store, second, NIGHT)
    marks = set().union(*map(_marks, restricted)) - set().union(*map(_marks, free))
    in_care = _on_lists(store)
    return County(
        store,
        frozenset(marks),
        frozenset().union(*(_marks(person) for person in free if person["pers_person_id"] in in_care)),
        good=next(
            p["pers_person_id"] for at, p in enumerate(people) if at % 10 and not at % 2 and p["pers_person_id"] in in_care
        ),
        quarantined=next(p["pers_person_id"] for at, p in enumerate(people) if at % 2 and p["pers_person_id"] in in_care),
        legacy={person["pers_person_id"]: person["pers_legacy_id"] for person in people},
    )


def _on_lists(store: Store) -> set[str]:
    engine = Engine(store.current(), store.settings)
    return set(engine.children("hertfordshire", RULES, asking(roles=None))["child_id"])


def _hold_a_panel(store: Store) -> None:
    """A panel of the night before, with its agenda, words and actions about every child on it, frozen; and the next one planned."""
    engine, casework = Engine(store.current(), store.settings), open_casework(store.settings, store.path)
    panel = plan_panel(casework, "hertfordshire", BEFORE, "Jo Clerk")
    for item in build_agenda(casework, panel.id, engine, RULES, "Jo Clerk"):
        said = Discussion(panel.id, item.child_id, summary=SECRET, decision=SECRET, next_panel_date=NIGHT)
        save_discussion(casework, said, "Jo Clerk")
        save_action(casework, Action(panel.id, item.child_id, SECRET, SECRET, BEFORE - timedelta(9)), "Jo Clerk")
    freeze_panel(casework, engine, "hertfordshire", BEFORE, "Jo Clerk")
    following = plan_panel(casework, "hertfordshire", NIGHT, "Jo Clerk")
    build_agenda(casework, following.id, engine, RULES, "Jo Clerk")
    casework.close()


@dataclass
class Downloads:
    """Every download that pages offered: its name, and how it is made."""

    offered: list[tuple[str, object]]

    def text(self) -> str:
        return "\n".join(f"{name}\n{_words(made() if callable(made) else made)}" for name, made in self.offered)


def _words(content: object) -> str:
    """A download's words: those of every part of a workbook or document, of a PDF's pages, or of the text itself."""
    data = content.encode() if isinstance(content, str) else bytes(content)
    if data[:2] == b"PK":
        with ZipFile(BytesIO(data)) as parts:
            return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    if data[:4] == b"%PDF":
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages)
    return data.decode("utf-8-sig")


@pytest.fixture
def downloads(county: County, monkeypatch: pytest.MonkeyPatch) -> Downloads:
    """The county is shown, and what is offered for download is kept."""
    monkeypatch.setenv("TRACKER_STORE", str(county.store.path))
    kept, button = Downloads([]), DeltaGenerator.download_button

    def offered(self, label: str, data: object, file_name: str = "", **how) -> bool:
        kept.offered.append((file_name, data))
        return button(self, label, data, file_name=file_name, **how)

    monkeypatch.setattr(DeltaGenerator, "download_button", offered)
    monkeypatch.setattr(streamlit, "download_button", lambda *words, **how: offered(streamlit._main, *words, **how))
    return kept


def _everything(screen: Screen) -> str:
    """All that a page sends to the browser: our own words, and every widget, option and chart."""
    return "\n".join([screen.html, *(str(node.proto) for part in (screen.app.main, screen.app.sidebar) for node in _nodes(part))])


def _nodes(block) -> list:
    children = getattr(block, "children", {})
    return ([block] if getattr(block, "proto", None) is not None else []) + [
        n for child in children.values() for n in _nodes(child)
    ]


@cache
def _words_of(mark: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", mark))


def found(text: str, marks: frozenset[str]) -> set[str]:
    """Which of the marks, each a word or words of its own, stand in a text."""
    words = re.findall(r"\w+", text)
    follow = {
        number: set(zip(*(words[first:] for first in range(number)), strict=False))
        for number in set(map(len, map(_words_of, marks)))
    }
    return {
        mark
        for mark in marks
        if (said := _words_of(mark)) in follow[len(said)] and re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", text)
    }


# The pages that look for a child in their address.
OF_A_CHILD = ("action_planning", "key_stages")


def visits(county: County, page: str) -> list[dict[str, str]]:
    """The ways in which a page is asked for: as it is, and in another way by turns; in ``make test-deep`` in every way."""
    if page == "corporate_parenting":
        return [{}]  # numbers only, and its pack takes a while to make
    days = [{"date": day.isoformat()} for day in (SEPTEMBER, BEFORE)]
    children = [{"child": child} for child in (county.good, county.quarantined, county.legacy[county.quarantined])]
    place = PAGES.index(page)
    if DEEP:
        asked = [{}, *days, *children]
    elif page == "child":
        asked = [{}, *children]
    else:
        asked = [{}, children[place % 3] if page in OF_A_CHILD else (days + children)[place % 5]]
    asked += {
        "children": [{"rule": rule} for rule in RULES],
        "drift": [
            {"from": BEFORE.isoformat(), "as": "reported", "rule": "ltf_12m", "moved": "still"},
            {"from": SEPTEMBER.isoformat(), "rule": "ltf_12m", "moved": "left"},
        ],
        "panel": [
            {"panel": BEFORE.isoformat()},
            {"panel": BEFORE.isoformat(), "child": county.quarantined},
            {"panel": NIGHT.isoformat(), "child": county.good},
        ],
        "actions": [{"which": "overdue"}],
    }.get(page, [])
    return asked


@pytest.fixture(scope="module")
def of_one_policy(county: County, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The county's store where it uses Hertfordshire's policy alone: for all seven, finding which of the councillors' figures to hide
    takes longer than all else here. In ``make test-deep`` the store as it is."""
    if DEEP:
        return county.store.path
    store = copy_of(county.store, tmp_path_factory.mktemp("one policy") / "store", with_casework=True)
    settings = store.path / "settings.toml"
    settings.write_text(SETTINGS.format(policies=ONE_POLICY), encoding="utf-8")
    assert store.settings.policies == ("hertfordshire",)
    return store.path


@pytest.mark.parametrize("page", PAGES)
def test_no_page_and_no_download_names_a_restricted_child(
    county: County, downloads: Downloads, of_one_policy: Path, monkeypatch: pytest.MonkeyPatch, page: str
):
    if page == "corporate_parenting":
        monkeypatch.setenv("TRACKER_STORE", str(of_one_policy))
    for choices in visits(county, page):
        screen = Screen(page, **choices)
        assert not screen.broken, choices
        # What the reader typed stands in the box and in the sentence that nobody is found by it.
        typed = {value for value in choices.values() if value in county.restricted}
        assert found(_everything(screen), county.restricted) <= typed, choices
        assert not found(screen.html, frozenset({county.good, county.quarantined})) - typed, choices
    assert not found(downloads.text(), county.restricted)


@pytest.mark.parametrize("page", ["countywide", "figures"])
def test_the_box_that_finds_a_child_finds_no_restricted_one(county: County, downloads: Downloads, page: str):
    for child in (county.good, county.quarantined):
        for identifier in (child, county.legacy[child]):
            screen = Screen(page)
            screen.app.text_input(key="find a child").set_value(identifier).run()
            assert found(_everything(screen), county.restricted) <= {identifier}


# Each kind of pack, and after them the same for another day.
PACKS: list[list] = [
    ["panel"],
    ["panel", "--panel-date", BEFORE],
    ["minutes", "--panel-date", BEFORE],
    ["weekly"],
    ["team"],
    ["journeys"],
    ["corporate"],
]
OF_OTHER_DAYS: list[list] = [
    ["panel", "--as-at", SEPTEMBER],
    ["weekly", "--as-at", SEPTEMBER],
    ["minutes", "--panel-date", NIGHT],
]


@pytest.mark.parametrize("kind", [*PACKS, *some(OF_OTHER_DAYS, 3)], ids=lambda kind: " ".join(map(str, kind)))
def test_no_pack_of_the_command_line_names_a_restricted_child(county: County, of_one_policy: Path, tmp_path: Path, kind: list):
    suffix = ".docx" if kind[0] == "minutes" else ".xlsx"
    out = tmp_path if kind[0] in ("team", "weekly") else tmp_path / f"pack{suffix}"
    said = ["pack", *kind, "--store", of_one_policy if kind == ["corporate"] else county.store.path, "--out", out]
    assert tracker.main([str(word) for word in said]) == 0
    made = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert made
    text = "\n".join(f"{path.name}\n{_words(path.read_bytes())}" for path in made)
    assert not found(text, county.restricted)


@pytest.mark.parametrize("which", ["good", "quarantined"])
def test_there_is_no_summary_of_a_restricted_child(county: County, tmp_path: Path, capsys, which: str):
    child = getattr(county, which)
    said = ["pack", "child", "--store", county.store.path, "--child", child, "--out", tmp_path / "one.xlsx"]
    assert tracker.main([str(word) for word in said]) == 1
    assert "you do not have access" in capsys.readouterr().err and not list(tmp_path.iterdir())


def test_whoever_is_not_restricted_is_found_by_the_same_search(county: County, downloads: Downloads, tmp_path: Path):
    def seen(made: Callable[[], str]) -> bool:
        return bool(found(made(), county.named))

    assert seen(lambda: _everything(Screen("children", rule="ltf_12m")))
    assert seen(
        lambda: _everything(Screen("drift", rule="ltf_12m", moved="still", **{"from": BEFORE.isoformat(), "as": "reported"}))
    )
    assert seen(lambda: _everything(Screen("panel", panel=BEFORE.isoformat())))
    assert SECRET in _everything(Screen("actions"))
    assert seen(downloads.text)
    assert tracker.main(["pack", "panel", "--store", str(county.store.path), "--out", str(tmp_path / "pack.xlsx")]) == 0
    assert seen(lambda: _words((tmp_path / "pack.xlsx").read_bytes()))


def test_the_pack_that_was_frozen_with_names_that_are_restricted_now_is_not_given_out(county: County, downloads: Downloads):
    screen = Screen("panel", panel=BEFORE.isoformat())
    assert any("names a child whose record has been restricted since" in alert for alert in screen.alerts)
    assert f"permanence panel {BEFORE.isoformat()}.xlsx" not in [name for name, _ in downloads.offered]
