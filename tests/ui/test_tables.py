"""Tables: what is missing is empty, numbers stand to the right, and a cell leads where it should."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pandas
import pytest

from tests.pages.screen import drawn
from ui.components import style
from ui.components.markup import element
from ui.components.tables import NOT_COME, ROWS_IN_SIGHT, Column, bare_table, facts, in_a_file, named
from ui.context.access_record import CHILD
from words.columns import SCREENS

FRAME = pandas.DataFrame(
    {
        "name": ["<i>Ann</i>", None],
        "since": pandas.to_datetime(["2026-10-31", None]),
        "days": pandas.array([1204, None], dtype="Int64"),
        "children": pandas.array([0, None], dtype="Int64"),
    }
)
COLUMNS = [
    Column("name", leads_to=lambda row: "child?child=1" if row["days"] == 1204 else None),
    *named("since", "days", "children"),
]


def test_a_row_is_named_by_its_first_cell_and_read_as_text():
    assert '<th class="some" scope="row"><a href="child?child=1">&lt;i&gt;Ann&lt;/i&gt;</a></th>' in bare_table(
        FRAME, COLUMNS, "Children"
    )


def test_days_are_british_and_numbers_stand_to_the_right():
    html = bare_table(FRAME, COLUMNS, "Children")
    assert '<td class="day">31/10/2026</td><td class="num">1,204</td><td class="num">0</td>' in html


def test_what_is_missing_is_empty_but_a_figure_says_so():
    assert '<td class="day"></td><td class="num"></td><td class="num">not supplied</td>' in bare_table(FRAME, COLUMNS, "Children")


def test_a_table_has_a_name_and_can_be_reached_by_keyboard():
    html = bare_table(FRAME, COLUMNS, 'Children of "North"')
    assert '<caption class="unseen">Children of &quot;North&quot;</caption>' in html
    assert 'role="region" tabindex="0" aria-label="Children of &quot;North&quot;"' in html


def test_a_fact_that_is_missing_is_said_to_be_so():
    assert facts([("Sex", None), ("Age", 0)]) == (
        '<dl class="facts"><div><dt>Sex</dt><dd>not recorded</dd></div><div><dt>Age</dt><dd>0</dd></div></dl>'
    )


def test_one_table_is_never_given_for_another():
    """What is kept goes by all that is shown: one value, address, heading or caption that differs makes another table."""
    first = bare_table(FRAME, COLUMNS, "Children")
    assert bare_table(FRAME, COLUMNS, "Children") == first
    others = (
        bare_table(FRAME.assign(name=["<i>Ann</i>", "Bea"]), COLUMNS, "Children"),
        bare_table(FRAME, [Column("name", leads_to=lambda row: "child?child=2"), *COLUMNS[1:]], "Children"),
        bare_table(FRAME, [Column("worker", of="name"), *COLUMNS[1:]], "Children"),
        bare_table(FRAME, COLUMNS, "Young people"),
        bare_table(FRAME, COLUMNS, "Children", tall=True),
        bare_table(FRAME.iloc[::-1], COLUMNS, "Children"),
    )
    assert len({first, *others}) == len(others) + 1
    assert ">Bea</th>" in others[0] and ">Bea</th>" not in first


def test_a_cell_may_say_more_than_its_value():
    columns = [Column("name"), Column("list", of="days", says=lambda row: f"{row['days']} since {row['since']}")]
    assert '<td class="list">1204 since 2026-10-31</td>' in bare_table(FRAME, columns, "Children")


def test_text_that_looks_like_our_own_html_is_never_given_its_table():
    frame = pandas.DataFrame({"name": ["Ann"], "said": ["<strong>no</strong>"]})
    ours = [Column("name"), Column("lane", of="said", says=lambda row: element("strong", "no"))]
    theirs = [Column("name"), Column("lane", of="said")]
    assert "<td><strong>no</strong></td>" in bare_table(frame, ours, "Answers")
    assert "<td>&lt;strong&gt;no&lt;/strong&gt;</td>" in bare_table(frame, theirs, "Answers")


def test_the_rows_of_a_long_table_come_as_data_each_value_once():
    """What the script makes of it is what a short table has: words, looks and addresses; and the record of access reads the addresses."""
    long = pandas.concat([FRAME] * ROWS_IN_SIGHT, ignore_index=True)
    html = bare_table(long, COLUMNS, "Children", sight=slice(4, 8))
    assert html.count("<tr>") == 2 and NOT_COME in html
    data = json.loads(unescape(re.search('data-rows="([^"]*)"', html)[1]))
    assert (data["first"], data["last"]) == (4, 8)
    assert [column["words"]["each"] for column in data["columns"]] == [
        ["&lt;i&gt;Ann&lt;/i&gt;", ""], ["31/10/2026", ""], ["1,204", ""], ["0", "not supplied"]
    ]  # fmt: skip
    assert data["columns"][0]["addresses"] == {"each": ["child?child=1", None], "of": [0, 1] * ROWS_IN_SIGHT}
    short = bare_table(FRAME, COLUMNS, "Children")
    row = re.search("<tbody><tr>(.*?)</tr>", short)[1]
    assert re.search("<tbody><tr>(.*?)</tr>", drawn(html))[1] == row.replace(
        '<th class="some" scope="row">', '<td class="some">'
    ).replace("</th>", "</td>")
    assert CHILD.findall(html) == ["1"]


@pytest.mark.parametrize(("rows", "as_data"), [(ROWS_IN_SIGHT, False), (ROWS_IN_SIGHT + 1, True)])
def test_a_short_table_has_its_rows_in_its_html(rows, as_data):
    html = bare_table(pandas.DataFrame({"name": ["Ann"] * rows}), [Column("name")], "Children")
    assert ("data-rows" in html) is as_data and html.count(">Ann<") == (0 if as_data else rows)


def test_a_heading_says_what_its_column_means_where_that_needs_saying():
    html = bare_table(FRAME, COLUMNS, "Children")
    assert '<th class="day" title="The day that the clock of this list started" scope="col">Since</th>' in html
    assert '<th class="some" scope="col">Name</th>' in html


def test_every_width_of_a_column_has_its_look():
    """A class that no rule of the stylesheet knows leaves a panel's words without their lines, a letter or two wide."""
    sheet = Path(style.__file__).with_suffix(".css").read_text(encoding="utf-8")
    assert [name for name in SCREENS if name and not re.search(rf"table\.data [^{{]*\.{name}\b", sheet)] == []


# Who draws a table by itself, without the function that draws its files too, and where its files are.
DRAWN_BY_HAND = {
    "ui/components/tables.py": "draws every other table, with its files",
    "ui/components/heat.py": "numbers of groups by rule; files with a row a figure",
    "ui/lists/trend.py": "numbers of month ends by rule; files with a row a figure",
    "ui/panel/patterns.py": "numbers of barriers by group; files with a row a figure",
    "ui/key_stages/stages.py": "its headings are links; files with its columns",
    "ui/corporate/figures.py": "the sheets of the councillors' workbook, which is offered above them",
    "ui/child/reasons.py": "records behind each list; one pair of files has them all",
    "ui/lists/figure_terms.py": "what terms mean, and their worked examples; these have their files below, all in one",
    "ui/shell/child_search.py": "the matches of a search: what is searched for is kept nowhere",
}


def test_only_these_draw_a_table_without_its_files():
    """``tests/pages/test_every_table.py`` reads the files of all tables back."""
    root = Path(__file__).parent.parent.parent
    files = [*(root / "ui").rglob("*.py"), *(root / "pages").glob("*.py")]
    by_hand = {path for path in files if re.search(r"\b(bare_table|scrolling)\(|\"table\",", path.read_text(encoding="utf-8"))}
    assert {path.relative_to(root).as_posix() for path in by_hand} == set(DRAWN_BY_HAND)
    elsewhere = {"ui/shell/child_search.py", "ui/corporate/figures.py", "ui/lists/figure_terms.py"}
    for name in sorted(set(DRAWN_BY_HAND) - elsewhere):
        assert "downloads.offer(" in (root / name).read_text(encoding="utf-8"), name


def test_a_file_has_the_values_and_the_words_of_a_cell_that_has_none():
    frame = pandas.DataFrame(
        {"child_id": ["0012", "7"], "children": pandas.array([None, 3], "Int64"), "since": ["2026-10-31"] * 2}
    )
    frame["since"] = pandas.to_datetime(frame["since"])
    columns = [
        Column("child_id", leads_to=lambda row: "child?child=1"),
        Column("children", says=lambda row: element("a", "not supplied", href="x") if row["children"] is None else "three"),
        Column("since"),
    ]
    kept = in_a_file(frame.assign(plan="not shown"), columns)
    assert list(kept) == ["child_id", "children", "since"]
    assert kept["child_id"].tolist() == ["0012", "7"] and kept["children"].tolist() == ["not supplied", 3]
    assert kept["since"].dtype == frame["since"].dtype
    assert in_a_file(frame, [Column("children")])["children"].tolist() == ["not supplied", 3]
