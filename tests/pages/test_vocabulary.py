"""Pages, their files and packs take headings from one vocabulary, and call the whole council what the settings call it.

Every page is opened once and every pack made once, in a council whose area is a borough and that uses every policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas
import pytest
from openpyxl import Workbook
from openpyxl.cell import Cell

from casework.storage.opening import open_casework
from data.store.store import Store
from metrics.coverage.documents import read_documents
from metrics.engine.engine import Engine
from metrics.engine.policy import Rule
from metrics.strategic.dimensions import dimensions
from packs.child.summary import ask_child, child_workbook
from packs.excel.workbook import Pack
from packs.journeys.pack import ask_journeys, journeys_workbook
from packs.panel.answers import choose_panel
from packs.panel.pack import panel_workbook
from packs.panel.questions import ask_pack
from packs.team.pack import ask_team, team_workbook
from packs.weekly.pack import ask_weekly, weekly_workbook
from tests.pages.council import COUNCIL, discussed_child
from tests.pages.screen import Screen
from tests.support.once_a_run import greedy_patterns
from tests.support.scopes import asking
from ui.components import column_choice, downloads
from ui.shell import navigation
from words.columns import COLUMNS
from words.labels import AREAS, figure_title
from words.shown import Column

HERE = Path(__file__).parent.parent.parent
PAGES = sorted(path.stem for path in (HERE / "pages").glob("*.py"))
PERIOD = re.compile(r"\d{4}/\d\d( Q\d| to Q\d)?$")
DATED = re.compile(r" ?\d\d/\d\d/(\d{4}|\d\d)(, as (now known|reported))?$")


@dataclass(frozen=True)
class Offered:
    """A table as a page offers it to take away, with the columns of the table beside it."""

    page: str
    key: str
    frame: pandas.DataFrame
    columns: tuple[Column, ...]

    @property
    def headings(self) -> list[str]:
        """The first line of the file."""
        return list(downloads.headed(self.frame, self.columns).columns)


@dataclass(frozen=True)
class Council:
    """What a council's pages, files and packs show."""

    engine: Engine
    screens: dict[str, Screen]
    offered: tuple[Offered, ...]
    to_choose: frozenset[str]
    packs: dict[str, Workbook]


def _lists(engine: Engine) -> dict[tuple[str, str], str]:
    """Three lists with children on them, whose days mean something else: since the limit, on the list, since the due date."""
    figures = engine.figures("england", asking())
    counted = figures.loc[figures["children"] > 0, "rule"]
    milestone = next(rule for rule in counted if engine.rule("england", rule).measure.kind == "milestone")
    return {
        ("hertfordshire", "ltf_12m"): "Days over",
        ("hertfordshire", "no_current_plan"): "Days on the list",
        ("england", milestone): "Days overdue",
    }


def _open_pages(engine: Engine, child_id: str, monkeypatch: pytest.MonkeyPatch):
    """Every page, and some again with what they show only when asked; every table that is offered, and the word of every column that can
    be chosen for a list, is noted as it passes."""
    offered: list[Offered] = []
    to_choose: set[str] = set()
    offer, choose, name_of_page = downloads.offer, column_choice.choose, ""

    def note_choice(columns, more, key: str):
        to_choose.update(column.word for column in more)
        return choose(columns, more, key)

    monkeypatch.setattr(column_choice, "choose", note_choice)

    def note(
        frame: downloads.Taken,
        name: str,
        key: str,
        columns: tuple[Column, ...] = (),
        about=None,
        beside=None,
        **how,
    ) -> None:
        offered.append(Offered(name_of_page, key, frame() if callable(frame) else frame, tuple(columns)))
        offer(frame, name, key, columns, about, beside, **how)

    monkeypatch.setattr(downloads, "offer", note)
    group = engine.groups(asking()).iloc[0]
    asked = {page: (page, {}) for page in PAGES} | {
        "child": ("child", {"child": child_id}),
        "key_stages": ("key_stages", {"team": group["team"], "service": group["service"]}),
        "one child's key stages": ("key_stages", {"child": child_id}),
        "one child's action planning": ("action_planning", {"child": child_id}),
        "adoption after": ("adoption", {"show": "all"}),
        "actions done": ("actions", {"which": "done"}),
        "a team's drift": ("drift", {"team": group["team"]}),
        "late recording": ("drift", {"from": "2026-09-30", "as": "reported"}),
        "first reported": ("countywide", {"trend_as": "beside"}),
        "one child at a panel": ("panel", {"child": child_id}),
        **{f"{policy}.{rule}": ("children", {"policy": policy, "rule": rule}) for policy, rule in _lists(engine)},
    }
    screens = {}
    for name_of_page, (page, choices) in asked.items():
        screens[name_of_page] = Screen(page, **choices)
    return screens, tuple(offered), frozenset(to_choose)


def _packs(engine: Engine, store: Store, child_id: str) -> dict[str, Workbook]:
    casework = open_casework(engine.settings, store.path)
    panel = choose_panel(casework, "hertfordshire", engine.as_at, None)
    return {
        "panel": panel_workbook(ask_pack(engine, "hertfordshire", None, asking(), casework, panel), full=True),
        "tabled": panel_workbook(ask_pack(engine, "hertfordshire", None, asking(), casework, panel)),
        "england": panel_workbook(ask_pack(engine, "england", None, asking(), None, None), full=True),
        "team": team_workbook(ask_team(engine, "hertfordshire", asking(), None, casework), full=True),
        "weekly": weekly_workbook(ask_weekly(engine, "hertfordshire_service", asking())),
        "journeys": journeys_workbook(ask_journeys(engine, asking())),
        "child": child_workbook(ask_child(engine, child_id, asking(), None, casework)),
    }


@pytest.fixture(scope="module")
def council(borough: Store) -> Iterator[Council]:
    engine = Engine(borough.current(), borough.settings)
    child_id = discussed_child(engine)
    with pytest.MonkeyPatch.context() as monkeypatch, greedy_patterns():
        monkeypatch.setenv("TRACKER_STORE", str(borough.path))
        screens, offered, to_choose = _open_pages(engine, child_id, monkeypatch)
        yield Council(engine, screens, offered, to_choose, _packs(engine, borough, child_id))


def test_every_page_that_there_is_was_opened_whole(council: Council):
    assert {name: screen.text[-300:] for name, screen in council.screens.items() if screen.broken} == {}
    assert len(council.offered) > 30 and set(PAGES) <= set(council.screens)


def _rules(engine: Engine) -> list[Rule]:
    return [rule for policy in engine.policies.values() for rule in policy.rules]


def _data(council: Council) -> set[str]:
    """What stands above a column and is no heading of ours: a rule, a group of children, a step of a journey, a period."""
    engine = council.engine
    titles = {words for rule in _rules(engine) for words in (rule.title, figure_title(rule))}
    titles |= {title for title, _ in dimensions().values()}
    groups = {name for column in ("service", "team") for name in engine.groups(asking())[column]} | {AREAS["borough"].title}
    steps = {one for of in council.offered for column in of.columns for one in [column.given] if one}
    journey = {of_step.step.title for answer in ask_journeys(engine, asking()).routes for of_step in answer.steps}
    return titles | groups | steps | journey


def _unknown(headings: set[str], council: Council) -> set[str]:
    known = {entry.heading for entry in COLUMNS.values()} | _data(council)
    bare = {DATED.sub("", heading) for heading in headings}
    return {heading for heading in bare if heading and heading not in known and not PERIOD.match(heading)}


def test_every_heading_on_a_page_is_of_the_vocabulary(council: Council):
    headings = {
        (name, text) for name, screen in council.screens.items() for rows in screen.tables.values() for text, _ in rows[0]
    }
    unknown = _unknown({text for _, text in headings}, council)
    assert {pair for pair in headings if pair[1] in unknown} == set()


def _headings(workbook: Workbook) -> Iterator[Cell]:
    looks = {tuple(workbook.looks[name]) for name in workbook.looks if name.startswith("heading")}
    for sheet in workbook:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if isinstance(cell.value, str) and tuple(cell._style) in looks)


def test_every_heading_in_a_pack_is_of_the_vocabulary(council: Council):
    found = {(name, cell.value) for name, pack in council.packs.items() for cell in _headings(pack)}
    assert len(found) > 100 and all(isinstance(pack, Pack) for pack in council.packs.values())
    unknown = _unknown({text for _, text in found}, council)
    assert {pair for pair in found if pair[1] in unknown or DATED.sub("", pair[1]) in unknown} == set()


def test_a_file_is_headed_as_the_table_beside_it_and_no_heading_stands_twice(council: Council):
    for one in council.offered:
        assert len(set(one.headings)) == len(one.headings), (one.page, one.key, one.headings)
        shown = {column.heading for column in one.columns if column.name in one.frame.columns}
        assert shown <= set(one.headings), (one.page, one.key)


def test_a_column_has_one_heading_on_page_and_sheet(council: Council):
    """Every list has the same words on its page, in its file and on its sheet, where all three have the column."""
    for (policy, rule), days in _lists(council.engine).items():
        (one,) = [one for one in council.offered if one.page == f"{policy}.{rule}" and one.key == "children"]
        number = [entry.id for entry in council.engine.policies[policy].rules].index(rule) + 1
        pack = council.packs["panel" if policy == "hertfordshire" else policy]
        (sheet,) = [sheet for sheet in pack if sheet.title.startswith(f"{number} ")]
        on_sheet = {cell.value for cell in sheet[4]}
        on_page = {column.heading for column in one.columns} & set(one.headings)
        assert days in on_sheet & on_page
        assert on_page - on_sheet == {"Name", "Limit date"} and on_sheet <= on_page


def test_no_word_of_the_vocabulary_stands_for_nothing(council: Council):
    """The vocabulary has no column that no place shows: a word that is left over is taken out."""
    sources = [path for folder in ("ui", "packs", "commands", "metrics", "words") for path in (HERE / folder).rglob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources if path.name != "columns.py")
    in_files = {name.replace(" ", "_") for one in council.offered for name in one.frame.columns}
    in_files |= {column.word for one in council.offered for column in one.columns}
    shown = in_files | council.to_choose
    unused = {name for name in COLUMNS if not re.search(rf"[\"']{name}[\"']", text) and name not in shown}
    assert unused == set()


def _quoted(engine: Engine) -> list[str]:
    """What policies and measures say in their own words, or their document's; longest first."""
    policies = engine.policies.values()
    words = {COUNCIL, *(words for policy in policies for words in (policy.name, policy.document))}
    words |= {sentence.text for document in read_documents() for sentence in document.sentences}
    words |= {sentence.source for document in read_documents() for sentence in document.sentences}
    for rule in _rules(engine):
        words |= {
            rule.title,
            rule.wording,
            rule.reading,
            rule.source,
            rule.asks,
            rule.measure.why,
            rule.measure.text,
            rule.measure.source,
        }
    return sorted((" ".join(text.split()) for text in words if text), key=len, reverse=True)


def _county_in(text: str, quoted: list[str]) -> list[str]:
    text = " ".join(text.split())
    for words in quoted:
        text = text.replace(words, "")
    return re.findall(r"[^.]{0,60}\bcount(?:y|ies)[^.]{0,40}", text, flags=re.IGNORECASE) + re.findall("(?i)countywide", text)


def test_a_borough_is_called_a_borough_on_every_page(council: Council):
    quoted = _quoted(council.engine)
    for name, screen in council.screens.items():
        labels = [str(value) for part in screen.app.main for value in (getattr(part, "label", ""), getattr(part, "options", ""))]
        assert _county_in(" ".join([screen.text, *labels]), quoted) == [], name
    whole = [screen for screen in council.screens.values() if "Borough: " in screen.text or ", Borough" in screen.text]
    assert len(whole) > 5
    assert "still on the borough's list" in council.screens["a team's drift"].text
    titles = navigation.titles(AREAS["borough"])
    assert titles["countywide"] == "Boroughwide" and "County" not in str([*titles.values()])


def test_a_borough_is_called_a_borough_in_every_pack(council: Council):
    quoted = _quoted(council.engine)
    for name, pack in council.packs.items():
        cells = [str(cell.value) for sheet in pack for row in sheet.iter_rows() for cell in row if cell.value is not None]
        feet = [str(part) for sheet in pack for part in (sheet.oddFooter.left.text, sheet.oddFooter.center.text, sheet.title)]
        text = "\n".join([*cells, *feet, pack.properties.title, pack.properties.subject])
        assert _county_in(text, quoted) == [], name
        assert name == "child" or "Borough" in text.replace(COUNCIL, ""), name
