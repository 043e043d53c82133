"""Every table of every page can be taken away as CSV and as Excel, with the rows and columns of the screen: no page draws one without."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import openpyxl
import pytest
import streamlit

from data.file_names import why_refused
from data.store.store import Store
from metrics.answers import siblings
from metrics.engine.engine import Engine
from tests.pages.council import FIRST_PANEL, borough_of, discussed_child
from tests.pages.screen import Screen
from tests.support.scopes import asking
from ui.shell.navigation import OF_EVERY_POLICY, OF_POLICIES, PAGES
from words.columns import COLUMNS
from words.labels import RESTRICTED_RECORD

# The tables without files of their own, by the beginning of the caption, and why.
WITHOUT = {
    "Children found": "the matches of a search lead to a child, and what is searched for is kept nowhere",
    "Extract rows behind: ": "one file below them has the records of all of a child's lists, each by its list",
    "Columns of ": "what the terms of a definition mean: text beside its SQL, the same for every council",
    "Other columns of ": "what the terms of a definition mean",
    "Worked examples of the term ": "a list of all worked examples of terms, with its files, is on the same page",
}
# The councillors' tables are the sheets of the pack's workbook, which its page offers, and are taken with that:
# ``test_corporate_parenting.py`` compares the two.
IN_THE_PACK = "corporate_parenting"
# Tables that cross two things: their files have a row a figure, to filter and to add to one's own. By the beginning of the caption: the
# headings of the file for the row and the column of the screen, and for the number.
CROSSED = {
    "Children on each list by ": (None, "Figure", "Children"),
    "Children on each list at each month end": ("Figure", "As at", "Children"),
    "Children for whom each barrier was recorded": ("Barrier", "Group", "Children"),
}
# Tables that say of some rows elsewhere on the page what their files have as rows.
MORE_IN_THE_FILE = {"Key stages, ": "a stage that is optional is a sentence below the table"}
IDENTIFIERS = {COLUMNS[name].heading for name in ("child_id", "legacy_id", "code", "record_id")}
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass
class Taken:
    """The two files of a table, as they are read back."""

    names: tuple[str, str]
    text: list[list[str]]
    sheet: list[list[object]]
    formats: list[list[str]]


@pytest.fixture(scope="module")
def store(every_policy_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A borough with every policy and a panel that has met; a visit of the panel's pages may write."""
    return borough_of(tmp_path_factory, tmp_path_factory.mktemp("every table") / "store", every_policy_store)


@pytest.fixture(scope="module")
def engine(store: Store) -> Engine:
    return Engine(store.current(), store.settings)


@pytest.fixture
def offered(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Callable[[], bytes]]]:
    """What the pages offer: the name of each file, and what makes it."""
    monkeypatch.setenv("TRACKER_STORE", str(store.path))
    kept: list[tuple[str, Callable[[], bytes]]] = []
    monkeypatch.setattr(streamlit, "download_button", lambda label, made, file_name, **how: kept.append((file_name, made)))
    return kept


def visits(page: str, engine: Engine) -> list[dict[str, str]]:
    """The ways to ask for a page that between them bring all its tables out."""
    child = discussed_child(engine)
    policies = engine.policies_with_page(page) or (("hertfordshire",) if page in OF_EVERY_POLICY else tuple(engine.policies))
    every = [{"policy": policy} for policy in policies]
    team = next(iter(engine.children("hertfordshire", ["ltf_12m"], asking())["team"]))
    more = {
        "child": [{"child": child}, {"child": child, "policy": "england"}],
        "team": [{"policy": policy, "team": team} for policy in engine.policies],
        "children": [
            {"policy": policy, "rule": rule.id} for policy in engine.policies for rule in engine.policies[policy].rules[:3]
        ],
        "countywide": [{"by": "team"}, {"trend_as": "beside"}],
        "drift": [{"from": "2026-09-30", "rule": "ltf_12m", "moved": "still"}],
        "panel": [
            {"panel": FIRST_PANEL.isoformat()},
            {"panel": FIRST_PANEL.isoformat(), "child": child},
            {"panel": "2026-10-31"},
            {"panel": "2026-10-31", "child": child},
        ],
        "actions": [{"which": which} for which in ("overdue", "open", "done")],
        "patterns": [{"by": "service", "actions_by": "theme"}, {"by": "month"}],
        "action_planning": [{"child": child}, {"policy": "cheshire_east", "team": team}],
        "key_stages": [{"team": team}, {"child": child}],
        "weekly": [{"team": team}],
        "meetings_due": [{"team": team}],
        "siblings": [{"policy": policy, "family": "family 1"} for policy in engine.policies_with_page("siblings")],
    }
    return [*every, *more.get(page, [])]


def files_of(offered: list[tuple[str, Callable[[], bytes]]]) -> dict[str, list[Taken]]:
    """The files that a page offers for its tables, by the title that the Excel file has."""
    found: dict[str, list[Taken]] = {}
    for (name, text), (beside, excel) in zip(offered, offered[1:], strict=False):
        if not (name.endswith(".csv") and beside.endswith(".xlsx")):
            continue
        sheet = openpyxl.load_workbook(io.BytesIO(excel())).worksheets[0]
        cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
        formats = [[cell.number_format for cell in row] for row in sheet.iter_rows(min_row=4)]
        lines = list(csv.reader(io.StringIO(text().decode("utf-8-sig"), newline="")))
        found.setdefault(str(sheet["A1"].value), []).append(Taken((name, beside), lines, cells, formats))
    return found


def plain(text: object) -> str:
    """What a cell of the screen, of a CSV file or of a sheet says, the same for all three."""
    if isinstance(text, (date, datetime)):
        return text.strftime("%Y-%m-%d")
    said = re.sub(r"\s+", " ", "" if text is None else str(text)).strip()
    said = re.sub(r"(\d{2})/(\d{2})/(\d{4})", r"\3-\2-\1", said.removeprefix("'"))
    said = re.sub(r"(?<=\d),(?=\d{3})", "", said)
    try:
        return f"{float(said.removesuffix('%')):.0f}"
    except ValueError:
        return said.casefold()


def agrees(shown: str, kept: str) -> bool:
    """Whether a file says what the screen says, which may say it with a word or two more."""
    if re.fullmatch(r"-\d+", kept) and shown.endswith("left"):
        kept = kept.removeprefix("-")
    return plain(shown) == plain(kept) or (plain(kept) != "" and plain(kept) in plain(shown)) or plain(shown).startswith("–")


def check_two_files_agree(caption: str, taken: Taken) -> None:
    """The sheet has what the CSV file has: dates as dates, identifiers as text."""
    heading, *lines = taken.text
    assert [str(name) for name in taken.sheet[0]] == heading, caption
    if not lines:
        return
    assert len(taken.sheet) == len(taken.text), caption
    for place, name in enumerate(heading):
        texts = [line[place] for line in lines]
        values = [row[place] for row in taken.sheet[1:]]
        given = [(text, value) for text, value in zip(texts, values, strict=True) if text != ""]
        if given and all(ISO.fullmatch(text) for text, _ in given):
            assert all(isinstance(value, date) for _, value in given), (caption, name)
        elif name in IDENTIFIERS:
            assert all(value is None or isinstance(value, str) for value in values), (caption, name)
            assert {row[place] for row, value in zip(taken.formats[1:], values, strict=True) if value} <= {"@", "General"}
        for text, value in given:
            share = isinstance(value, float) and value * 100
            assert plain(text) in (plain(value), plain(share)) or f"{float(text):.4f}" == f"{share:.4f}", (
                caption,
                name,
                text,
                value,
            )


def check_as_on_screen(caption: str, rows: list[list[tuple[str, str | None]]], taken: Taken) -> None:
    """The files have the columns of the screen, and its rows in its order."""
    (heading, *shown), (named, *lines) = rows, taken.text
    titles = [title for title, _ in heading]
    assert not (lost := [title for title in titles if title not in named]), (caption, lost, named)
    if any(caption.startswith(start) for start in MORE_IN_THE_FILE):
        first = {row[0][0] for row in shown}
        lines = [line for line in lines if line[named.index(titles[0])] in first]
    if len(shown) < 100:
        assert len(lines) == len(shown), (caption, len(lines), len(shown))
    places = Counter(titles)
    for row, line in zip(shown, lines, strict=False):
        for title, (text, _) in zip(titles, row, strict=True):
            if places[title] == 1:
                kept = line[named.index(title)]
                assert agrees(text, kept), (caption, title, text, kept)


def check_crossed(caption: str, rows: list[list[tuple[str, str | None]]], taken: Taken) -> None:
    """Each row of the files is a number of the screen, and none is missing."""
    by, across, number = next(names for start, names in CROSSED.items() if caption.startswith(start))
    heading, *shown = rows
    titles = [plain(title) for title, _ in heading]
    screen = {
        (plain(row[0][0]), titles[place]): row[place][0]
        for row in shown
        if len(row) == len(titles)
        for place in range(1, len(row))
    }
    named, *lines = taken.text
    by = by or heading[0][0]
    for line in lines:
        key = plain(line[named.index(by)]), plain(line[named.index(across)])
        first = re.match(r"[\d,]+|\D*", screen[key])
        assert first and plain(first[0]) == plain(line[named.index(number)]), (caption, key)
    given = {(plain(line[named.index(by)]), plain(line[named.index(across)])) for line in lines}
    missing = [key for key, said in screen.items() if key not in given and said not in ("", "0")]
    assert not [key for key in missing if key[0] not in _totals(shown) and key[1] != "children in care"], caption


def _totals(shown: list[list[tuple[str, str | None]]]) -> set[str]:
    return {plain(shown[-1][0][0])}


def check_page(screen: Screen, offered: list, about: object) -> int:
    """Every table of a page against its files; gives how many there are."""
    assert not screen.broken, about
    files, seen = files_of(offered), 0
    for caption, rows in screen.tables.items():
        if caption.startswith(tuple(WITHOUT)):
            continue
        assert caption in files, (about, caption, list(files))
        taken = files[caption][-1]
        check_two_files_agree(caption, taken)
        (check_crossed if caption.startswith(tuple(CROSSED)) else check_as_on_screen)(caption, rows, taken)
        for name in taken.names:
            assert re.fullmatch(r"[\w-]+-\d{4}-\d{2}-\d{2}[\w-]*\.(csv|xlsx)", name) and name == name.lower(), name
            assert why_refused(name) is None
        seen += 1
    return seen


@pytest.mark.parametrize(
    "page", [stem for pages in (*PAGES.values(), *OF_POLICIES.values()) for stem in pages if stem != IN_THE_PACK]
)
def test_every_table_has_two_files_with_what_it_shows(engine: Engine, offered: list, page: str):
    seen = 0
    for choices in visits(page, engine):
        offered.clear()
        seen += check_page(Screen(page, **choices), offered, choices)
    assert seen or page == "access_record"


def test_what_another_limit_would_list_can_be_taken_away(offered: list):
    screen = Screen("figures", rule="ltf_12m")
    offered.clear()
    screen.app.number_input(key="what if value hertfordshire ltf_12m months").set_value(6).run()
    assert {"What if, by team: Long-term fostering plan for 12 months or more"} <= set(screen.tables)
    assert check_page(screen, offered, "what if") >= 3


def test_a_childs_brothers_and_sisters_can_be_taken_away(engine: Engine, offered: list):
    every = siblings.children(engine, "hertfordshire_service", asking(), engine.as_at)
    named = every[every["child_id"] != RESTRICTED_RECORD]
    family = named["family"].value_counts().index[0]
    screen = Screen("child", child=named.loc[named["family"] == family, "child_id"].iloc[0], policy="hertfordshire_service")
    assert "Brothers and sisters in care" in screen.tables
    check_page(screen, offered, "brothers and sisters")
