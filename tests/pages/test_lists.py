"""Every list of every page: sorted by any heading, filtered, its columns chosen; and its files have the rows that are on the screen."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from pathlib import Path

import pandas
import pytest
import streamlit
from openpyxl import load_workbook

from access.roles import Right
from casework.agenda.actions import save_action
from casework.panels import plan_panel
from casework.records.records import Action
from casework.storage.opening import open_casework
from data.store.store import Store
from metrics.answers.kinds.kinds import kinds
from metrics.engine.engine import Engine
from tests.deep import some
from tests.pages import odd_night
from tests.pages.screen import Screen
from tests.support.scopes import asking
from ui.components import downloads
from ui.components.markup import Markup
from ui.components.sorting import slug
from ui.context import browser
from words.labels import RESTRICTED_RECORD

# Every page with a list, with the choices that make it show one.
PAGES: dict[str, dict[str, str]] = {
    "children": {"rule": "ltf_12m"},
    "team": {},
    "calendar": {"week": "all"},
    "drift": {"from": "2026-09-30", "rule": "ltf_12m", "moved": "all"},
    "journeys": {},
    "data_quality": {},
    "coverage": {},
    "figures": {},
    "panel": {},
    "actions": {"which": "done"},
    "action_planning": {},
    "key_stages": {"team": ""},
    "meetings_due": {},
    "weekly": {},
    "papers": {},
    "adoption": {"show": "all"},
    "long_term_fostering": {},
    "connected_persons": {},
    "proceedings": {},
    "monitoring_group": {},
    "siblings": {},
    "england": {},
}
# Pages whose lists are not of children.
OF_OTHERS = ("data_quality", "coverage", "figures")
HEADING_ROW = 4
DAY = re.compile(r"\d\d/\d\d/\d{4}")
LTF = "Children on the list: Long-term fostering plan for 12 months or more"


@dataclass
class Listed:
    """What a page offered to take away as a list."""

    frame: pandas.DataFrame
    columns: tuple
    about: downloads.About


@pytest.fixture(autouse=True)
def usual_columns() -> None:
    """Here lists have the columns that readers usually have."""


class Files(dict):
    """Files by the key of their button. One is made when it is asked for: after the page, where its address cannot be asked any more."""

    def __getitem__(self, key: str) -> bytes:
        with pytest.MonkeyPatch.context() as outside:
            outside.setattr(streamlit, "query_params", None)
            outside.setattr(streamlit, "session_state", None)
            return super().__getitem__(key)()


@pytest.fixture
def lists(monkeypatch: pytest.MonkeyPatch) -> dict[str, Listed]:
    """Every list of the page that is opened next, by its key."""
    found: dict[str, Listed] = {}
    offer = downloads.offer

    def note(
        frame: downloads.Taken,
        name: str,
        key: str,
        columns=(),
        about: downloads.About | None = None,
        beside: Markup | None = None,
        **how,
    ) -> None:
        # A list has its buttons; what has links below it is a table.
        if about is not None and not how:
            found[key] = Listed(frame() if callable(frame) else frame, tuple(columns), about)
        offer(frame, name, key, columns, about, beside, **how)

    monkeypatch.setattr(downloads, "offer", note)
    return found


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Files:
    """The files of the page that is opened next, by the keys of their buttons."""
    found = Files()
    button = downloads._button

    def pressed(label, make, name: str, mime: str, key: str, right: Right, *how) -> None:
        if label.startswith("Download as"):
            found[key] = make
        button(label, make, name, mime, key, right, *how)

    monkeypatch.setattr(downloads, "_button", pressed)
    return found


@pytest.fixture(scope="module")
def engine(borough: Store) -> Engine:
    return Engine(borough.current(), borough.settings)


@pytest.fixture
def county(borough: Store, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setenv("TRACKER_STORE", str(borough.path))
    return engine


def _choices(page: str, engine: Engine) -> dict[str, str]:
    team = engine.groups(asking()).sort_values("children").iloc[-1]["team"]
    return {name: value or team for name, value in PAGES[page].items()}


def _plain(value: object) -> str:
    """A cell of either file as the same text."""
    if value is None or value == "":
        return ""
    if isinstance(value, (date, datetime)):
        return value.isoformat()[:10]
    text = str(value)
    return text.removeprefix("'").removesuffix(".0")


def _iso(text: str) -> str:
    """A day of the screen as a file has it; any other text as it is."""
    return "-".join(reversed(text.split("/"))) if DAY.fullmatch(text) else text


def _csv(content: bytes) -> list[list[str]]:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [[_plain(cell) for cell in row] for row in rows]


def _excel(content: bytes) -> list[list[str]]:
    """The heading and the rows of the sheet."""
    (sheet,) = load_workbook(io.BytesIO(content)).worksheets
    return [[_plain(cell) for cell in row] for row in sheet.iter_rows(min_row=HEADING_ROW, values_only=True)]


def _is_sorted(values: Iterator[object], downwards: bool) -> bool:
    known = [value.casefold() if isinstance(value, str) else value for value in values]
    return known == sorted(known, reverse=downwards)


@pytest.mark.parametrize("page", PAGES)
def test_every_list_is_sorted_filtered_and_taken_away_as_it_is_shown(page: str, county: Engine, lists, made):
    choices = _choices(page, county)
    screen = Screen(page, **choices)
    assert not screen.broken and lists, page
    before = dict(lists)
    for key in before:
        heads = re.findall(rf'id="list-{re.escape(slug(key))}".*?</thead>', screen.html, flags=re.DOTALL)[0]
        sorts = re.findall(r'<a href="([^"]*)">', heads)
        assert len(sorts) == len(re.findall("<th[ >]", heads)), "every heading sorts"
        assert all(f"sort_{slug(key)}=" in unescape(address) for address in sorts)
    # Every list by its second column, downwards, with all its columns; the children of one sex.
    for key, one in before.items():
        shown = [column.name for column in one.columns if column.name in one.frame.columns]
        choices |= {f"sort_{slug(key)}": f"-{shown[1]}", f"columns_{slug(key)}": "full"}
    of_children = page not in OF_OTHERS
    if of_children:
        choices["sex"] = "Female"
    lists.clear()
    made.clear()
    screen = Screen(page, **choices)
    assert not screen.broken, screen.alerts
    female = set(kinds(county, asking(roles=frozenset()), county.as_at).query("sex == 'Female'")["child_id"])
    assert len(lists) >= (0 if of_children else len(before))
    for key, one in lists.items():
        name = choices[f"sort_{slug(key)}"].removeprefix("-")
        if of_children and "child_id" in one.frame:
            assert set(one.frame["child_id"]) <= female | {RESTRICTED_RECORD}
            assert f"Filtered by sex: Female. {len(one.frame):,} of " in screen.text
        column = next(column for column in one.columns if column.name == name)
        values = [value for value in one.frame[name] if not pandas.isna(value) and value not in ("", RESTRICTED_RECORD)]
        assert _is_sorted(values, downwards=True), (page, key, name)
        table = screen.tables[one.about.title]
        assert len(table) - 1 == min(len(one.frame), 100)
        listed = [column for column in one.columns if column.name in one.frame][: len(table[0])]
        assert [text for text, _ in table[0]][: len(listed)] == [column.heading for column in listed]
        assert table[0][1][0] == column.heading and 'aria-sort="descending"' in screen.html
        rows = _csv(made[key])
        assert len(rows) - 1 == len(one.frame)
        if of_children:
            assert _excel(made[f"{key} excel"]) == rows, (page, key)
            first = listed[0].heading
            on_screen = [_iso(row[0][0]).casefold() for row in table[1:]]
            assert [row[rows[0].index(first)].casefold() for row in rows[1:101]] == on_screen


def test_a_list_is_short_unless_asked_and_full_has_every_column(county: Engine):
    short = [text for text, _ in Screen("children", rule="ltf_12m").tables[LTF][0]]
    full = [text for text, _ in Screen("children", rule="ltf_12m", columns_children="full").tables[LTF][0]]
    assert short == ["Child ID", "Name", "Age", "Team", "Worker", "Plan", "Since", "Days over", "Detail"]
    assert set(short) < set(full) and {"Legacy ID", "Legal status", "Placement", "Last review", "Limit date"} <= set(full)


def test_chosen_columns_are_on_the_screen_and_in_both_files(county: Engine, lists, made):
    screen = Screen("children", rule="ltf_12m", columns_children="child_id,birth_date,days_over,sex")
    wanted = ["Child ID", "Days over"]
    assert [text for text, _ in screen.tables[LTF][0]][:2] == wanted
    assert [text for text, _ in screen.tables[LTF][0]] == _csv(made["children"])[0] == _excel(made["children excel"])[0]
    assert list(lists["children"].frame.columns)[:2] == ["child_id", "days_over"]


def test_the_address_says_the_columns_so_that_a_copied_link_shows_the_same(county: Engine):
    screen = Screen("children", rule="ltf_12m")
    # What a page adds to its address by itself is one more press of Back.
    assert "columns_children" not in screen.app.query_params
    screen.app.segmented_control(key="view children").set_value("full").run()
    assert screen.app.query_params["columns_children"] == "full"
    assert "Legal status" in screen.rows(LTF)[0]
    screen.app.segmented_control(key="view children").set_value("chosen").run()
    screen.app.multiselect(key="pick children").set_value(["child_id", "age"]).run()
    assert screen.app.query_params["columns_children"] == "child_id,age"
    assert list(screen.rows(LTF)[0]) == ["Child ID", "Age"]
    screen.app.segmented_control(key="view children").set_value("short").run()
    assert "columns_children" not in screen.app.query_params and "Legal status" not in screen.rows(LTF)[0]


def test_a_readers_columns_are_remembered_and_an_address_that_says_others_wins(county: Engine, tmp_path: Path, monkeypatch):
    file = tmp_path / "drafts" / "reader.json"
    monkeypatch.setattr(browser, "choices", lambda: browser.Memory(file))
    Screen("children", rule="ltf_12m").app.segmented_control(key="view children").set_value("full").run()
    again = Screen("children", rule="ltf_12m")
    assert "Legal status" in again.rows(LTF)[0] and again.app.query_params["columns_children"] == "full"
    other = Screen("children", rule="ltf_12m", columns_children="short")
    assert "Legal status" not in other.rows(LTF)[0] and other.app.query_params["columns_children"] == "short"
    assert "Last visit" not in file.read_text(encoding="utf-8") and county.settings.council not in file.read_text(
        encoding="utf-8"
    )


def _ages(screen: Screen) -> list[int]:
    return [int(row["Age"]) for row in screen.rows(LTF) if row["Age"]]


def test_a_readers_order_is_remembered_until_they_choose_the_usual_one(county: Engine, tmp_path: Path, monkeypatch):
    file = tmp_path / "drafts" / "reader.json"
    monkeypatch.setattr(browser, "choices", lambda: browser.Memory(file))
    usual = Screen("children", rule="ltf_12m")
    assert "sort_children" not in usual.app.query_params and _ages(usual) != sorted(_ages(usual))
    # By a heading, which is a link; and by the box.
    Screen("children", rule="ltf_12m", sort_children="age")
    again = Screen("children", rule="ltf_12m")
    # What a page adds to its address by itself is one more press of Back.
    assert _ages(again) == sorted(_ages(usual)) and "sort_children" not in again.app.query_params
    other = Screen("children", rule="ltf_12m", sort_children="-age")
    assert _ages(other) == sorted(_ages(usual), reverse=True)
    again.app.selectbox(key="choose sort_children").set_value("").run()
    assert again.rows(LTF) == usual.rows(LTF) and "sort_children" not in again.app.query_params
    assert Screen("children", rule="ltf_12m").rows(LTF) == usual.rows(LTF)


def test_an_order_that_a_list_does_not_have_is_remembered_for_the_lists_that_do(county: Engine, tmp_path: Path, monkeypatch):
    memory = browser.Memory(tmp_path / "drafts" / "reader.json")
    memory.remember("orders of lists", {"children": "assessed_date"})
    monkeypatch.setattr(browser, "choices", lambda: memory)
    screen = Screen("children", rule="ltf_12m")
    assert not screen.broken and "sort_children" not in screen.app.query_params and "not available here" not in screen.text
    assert memory.lasting["orders of lists"] == {"children": "assessed_date"}


def test_the_last_filters_are_offered_again_and_never_set_by_themselves(county: Engine, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(browser, "choices", lambda: browser.Memory(tmp_path / "drafts" / "reader.json"))
    every = Screen("children", rule="ltf_12m").rows(LTF)
    worker = next(row["Worker"] for row in every if row["Worker"] not in ("", RESTRICTED_RECORD))
    narrowed = Screen("children", rule="ltf_12m", sex="Male", plan="A plan of long ago")
    assert narrowed.broken or narrowed.alerts
    narrowed = Screen("children", rule="ltf_12m", sex="Male").rows(LTF)
    assert len(narrowed) < len(every)
    # Another list of another page: all its rows, and the way to the filters in the fold.
    screen = Screen("children", rule="ltf_12m")
    assert screen.rows(LTF) == every and "The last filters" not in screen.text
    folded = _with_the_fold_open(monkeypatch, "children", rule="ltf_12m")
    assert folded.rows(LTF) == every and "The last filters: sex: Male. Filter by these again" in folded.text
    (link,) = re.findall(r'href="([^"]*)">Filter by these again', folded.html)
    assert Screen.at(unescape(link)).rows(LTF) == narrowed
    # A worker who has nobody any more, and a kind that is no more, are not offered.
    browser.choices().remember("filters of lists", {"sex": "Male", "age_group": "of long ago", "worker": "Nobody"})
    assert "The last filters: sex: Male. " in _with_the_fold_open(monkeypatch, "children", rule="ltf_12m").text
    browser.choices().remember("filters of lists", {"worker": worker})
    assert f"The last filters: worker: {worker}. " in _with_the_fold_open(monkeypatch, "weekly").text


def _with_the_fold_open(monkeypatch: pytest.MonkeyPatch, page: str, **choices: str) -> Screen:
    """A page whose fold of filters the reader has opened; a test's own browser cannot open one."""
    expander = streamlit.expander

    def opened(label: str, **how):
        return expander(label, **{**how, "expanded": True} if label == "Filter lists" else how)

    with monkeypatch.context() as patch:
        patch.setattr(streamlit, "expander", opened)
        return Screen(page, **choices)


def test_an_order_can_be_chosen_by_a_column_out_of_sight_and_a_column_that_is_not_there_changes_nothing(county: Engine):
    usual = Screen("children", rule="ltf_12m").rows(LTF)
    hidden = Screen("children", rule="ltf_12m", sort_children="last_review_date")
    assert sorted(map(str, hidden.rows(LTF))) == sorted(map(str, usual)) and hidden.rows(LTF) != usual
    other = Screen("children", rule="ltf_12m", sort_children="-assessed_date")
    assert other.rows(LTF) == usual and "sort_children" not in other.app.query_params


def test_a_pressed_heading_sorts_the_other_way_the_second_time(county: Engine):
    def press(screen: Screen, heading: str) -> Screen:
        return Screen.at(next(link for text, link in screen.tables[LTF][0] if text == heading))

    first = press(Screen("children", rule="ltf_12m"), "Age")
    second = press(first, "Age")
    # A restricted record, whose age is not told, comes last either way.
    ages = [[int(row["Age"]) for row in screen.rows(LTF) if row["Age"]] for screen in (first, second)]
    assert ages == [sorted(ages[0], reverse=True), sorted(ages[1])]
    assert first.app.query_params["sort_children"] == "-age" and second.app.query_params["sort_children"] == "age"


def test_one_worker_can_be_asked_for_where_the_page_offers_no_worker(county: Engine):
    every = Screen("weekly").rows("No planning meeting, Borough")
    worker = every[0]["Worker"]
    screen = Screen("weekly", worker=worker)
    mine = screen.rows("No planning meeting, Borough")
    assert set(map(str, mine)) == {str(row) for row in every if row["Worker"] in (worker, RESTRICTED_RECORD)}
    assert f"Filtered by worker: {worker}. {len(mine)} of " in screen.text


@pytest.fixture(scope="module")
def odd_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return odd_night.publish_odd_night(tmp_path_factory, tmp_path_factory.mktemp("odd"))


def test_restricted_records_stay_on_a_filtered_list_and_come_last_in_any_order(odd_store: Store, monkeypatch, made):
    monkeypatch.setenv("TRACKER_STORE", str(odd_store.path))
    engine = Engine(odd_store.current(), odd_store.settings)
    rule = next(
        rule.id
        for rule in engine.policies["hertfordshire"].rules
        if not engine.absence(rule, engine.as_at)
        and RESTRICTED_RECORD in set(engine.children("hertfordshire", [rule.id], asking(roles=frozenset()))["child_id"])
    )
    caption = f"Children on the list: {engine.rule('hertfordshire', rule).title}"
    every = Screen("children", rule=rule).rows(caption)
    restricted = [row for row in every if row["Child ID"] == RESTRICTED_RECORD]
    for sex in ("Female", "Male"):
        for order in ("child_id", "-child_id", "days_over", "-team"):
            made.clear()
            screen = Screen("children", rule=rule, sex=sex, sort_children=order)
            rows = screen.rows(caption)
            assert rows[-len(restricted) :] == restricted, "whatever is asked for, and at the end"
            assert f"Restricted records stay on the list ({len(restricted)})" in screen.text
            assert odd_night.RESTRICTED_NAME not in screen.html + made["children"].decode("utf-8-sig")


def _restricted_rows(screen: Screen) -> int:
    """How many rows of restricted records the lists of a page have."""
    rows = (row for table in screen.tables.values() for row in table[1:])
    return sum(any(text == RESTRICTED_RECORD for text, _ in row[:3]) for row in rows)


# Choices about what is hidden of a restricted record, on every page that has one.
ABOUT_HIDDEN: list[tuple[str, dict[str, str], dict[str, str]]] = [
    ("children", {"rule": "ltf_12m"}, {"worker": odd_night.WORKER}),
    ("children", {"rule": "ltf_12m"}, {"age_group": "1 to 4"}),
    ("children", {"rule": "ltf_12m"}, {"team": odd_night.TEAM, "service": odd_night.SERVICE}),
    ("team", {}, {"worker": odd_night.WORKER}),
    ("team", {}, {"sex": "Male"}),
    ("team", {}, {"within": "30"}),
    ("actions", {}, {"owner": "Ann"}),
    ("actions", {}, {"team": odd_night.TEAM}),
    ("actions", {}, {"service": odd_night.SERVICE}),
]


@pytest.fixture(scope="module")
def odd_panel(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The odd night with a panel that gave both children an action before the second one's record was restricted."""
    store = odd_night.publish_odd_night(tmp_path_factory, tmp_path_factory.mktemp("odd panel"))
    casework = open_casework(store.settings, store.path)
    panel = plan_panel(casework, "hertfordshire", odd_night.AS_AT, "Pat")
    for child in ("001", "002"):
        save_action(casework, Action(panel.id, child, "Ask the court", "Ann", odd_night.AS_AT), "Pat")
    casework.close()
    return store


@pytest.mark.parametrize(("page", "choices", "narrowed"), ABOUT_HIDDEN)
def test_no_choice_drops_a_restricted_record_without_a_word(page, choices, narrowed, odd_panel: Store, monkeypatch):
    monkeypatch.setenv("TRACKER_STORE", str(odd_panel.path))
    every = _restricted_rows(Screen(page, **choices))
    screen = Screen(page, **choices, **narrowed)
    assert not screen.broken, screen.alerts
    assert every and _restricted_rows(screen) == every
    assert odd_night.RESTRICTED_NAME not in screen.html


def test_the_list_of_one_worker_is_as_long_as_the_figure_that_leads_to_it(odd_store: Store, monkeypatch):
    monkeypatch.setenv("TRACKER_STORE", str(odd_store.path))
    table = Screen("team", team=odd_night.TEAM).tables["Children on each list by worker"]
    links = [(int(text), link) for row in table[1:] for text, link in row[1:] if link and text.isdigit()]
    of_worker = [(number, link) for number, link in links if "worker=" in link]
    assert any(number == 2 for number, _ in of_worker), "the restricted child is in the figure"
    for number, link in of_worker:
        screen = Screen.at(link)
        assert f": {number} child" in screen.text and _restricted_rows(screen) == number - 1, link


def test_an_excel_file_says_what_it_is_of_and_is_ready_to_filter_and_print(county: Engine, made):
    Screen("children", rule="ltf_12m", sex="Male", sort_children="-age")
    (sheet,) = load_workbook(io.BytesIO(made["children excel"])).worksheets
    front = sheet["A2"].value
    for words in (
        "OFFICIAL-SENSITIVE: store this as securely as the case record",
        "SYNTHETIC",
        "As at 31/10/2026, Borough. Data load ",
        "Filter: sex: Male. Sorted by: Age, highest first.",
    ):
        assert words in front, words
    rule = county.rule("hertfordshire", "ltf_12m")
    assert sheet["A1"].value == LTF and rule.wording in sheet["A3"].value and rule.source in sheet["A3"].value
    last = sheet.max_row
    assert sheet.auto_filter.ref.startswith("A4:") and sheet.auto_filter.ref.endswith(str(last)) and sheet.freeze_panes == "A5"
    assert sheet.print_title_rows == "$4:$4" and sheet.oddFooter.right.text == "Page &P of &N"
    assert "OFFICIAL-SENSITIVE" in sheet.oddHeader.center.text and "Data load" not in (sheet.oddFooter.left.text or "")
    column = {cell.value: cell.column_letter for cell in sheet[HEADING_ROW]}
    first = {name: sheet[f"{letter}5"] for name, letter in column.items()}
    assert first["Child ID"].data_type == "s" and first["Child ID"].number_format == "@"
    assert isinstance(first["Since"].value, datetime) and first["Since"].number_format == "dd/mm/yyyy"
    assert first["Age"].data_type == first["Days over"].data_type == "n"


def test_the_file_of_a_list_of_movements_says_between_which_days(county: Engine, lists, made):
    screen = Screen("drift", rule="ltf_12m", moved="all", **{"from": "2026-10-15"})
    assert not screen.broken
    (sheet,) = load_workbook(io.BytesIO(made["drift children excel"])).worksheets
    assert "From 15/10/2026, as now known, to 31/10/2026." in sheet["A3"].value


def _in_folds(block, folds: int = 0) -> Iterator[tuple[int, object]]:
    """Every part of a page, with the number of folds that it is in."""
    for part in block.children.values():
        within = folds + (part.type == "expander")
        yield within, part
        if hasattr(part, "children"):
            yield from _in_folds(part, within)


@pytest.mark.parametrize("page", dict.fromkeys(["panel", "team", *some(sorted(set(PAGES) - set(OF_OTHERS)), 5)]))
def test_what_a_page_is_filtered_by_stands_outside_any_fold_and_can_be_cleared(page: str, county: Engine, lists):
    screen = Screen(page, **_choices(page, county), sex="Female")
    assert not screen.broken
    parts = list(_in_folds(screen.app.main))
    lines = [folds for folds, part in parts if part.type == "html" and 'class="filtered"' in part.proto.body]
    choices = [folds for folds, part in parts if part.type == "selectbox" and part.key == "choose sex"]
    assert (lines, choices) == ([0], [1])
    cleared = Screen.at(unescape(re.search(r'class="filtered">.*?href="([^"]*)"', screen.html)[1]))
    assert "sex" not in cleared.app.query_params and "filtered by" not in cleared.text


# A choice of the page itself that leaves rows out, and how the file says it.
NARROWED: list[tuple[str, dict[str, str], str, str]] = [
    ("calendar", {"week": "all", "kind": "review"}, "calendar", "Kind: "),
    ("team", {"within": "60"}, "coming next", "Reaching a limit within: 60 days"),
    ("team", {"sex": "Female", "columns_all_children": "name,list"}, "all children", "sex: Female"),
    ("action_planning", {"question": "secured_legally"}, "action_planning", "Show: No to"),
    ("key_stages", {"team": "", "show": "overdue"}, "stages", "Show: Something overdue"),
    ("adoption", {"show": "legal"}, "before decision", "Show: Legal planning meeting only"),
    ("monitoring_group", {"reason": "final order"}, "monitoring group", "Reason: Final order"),
    ("coverage", {"standing": "tracked"}, "what the documents ask for", "Tracked or not: Tracked"),
]


@pytest.mark.parametrize(("page", "choices", "key", "said"), some(NARROWED, 3))
def test_the_files_of_a_narrowed_list_say_by_what_whatever_their_columns(page, choices, key, said, county: Engine, lists, made):
    team = county.groups(asking()).sort_values("children").iloc[-1]["team"]
    choices = {name: value or team for name, value in choices.items()}
    screen = Screen(page, **choices)
    assert not screen.broken, screen.alerts
    assert said in lists[key].about.narrowed
    (sheet,) = load_workbook(io.BytesIO(made[f"{key} excel"])).worksheets
    assert f"Filter: {lists[key].about.narrowed}." in sheet["A2"].value
    assert len(_csv(made[key])) - 1 == len(lists[key].frame)


def test_every_table_that_can_be_taken_away_as_csv_can_be_as_excel(county: Engine, made):
    for page, choices in (("countywide", {}), ("weekly", {}), ("journeys", {}), ("papers", {})):
        made.clear()
        Screen(page, **choices)
        plain = {key for key in made if not key.endswith(" excel")}
        assert plain and {f"{key} excel" for key in plain} == set(made) - plain
        for key in plain:
            assert len(_excel(made[f"{key} excel"])) == len(_csv(made[key])), (page, key)
