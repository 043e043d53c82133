"""A file that a spreadsheet opens holds the table's values, and nothing in it can be worked out."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.engine.engine import Engine
from tests.support.scopes import asking
from ui.components.downloads import FORMULA, as_csv
from ui.components.heat import _to_take_away


def rows(frame: pandas.DataFrame) -> list[list[str]]:
    return list(csv.reader(io.StringIO(as_csv(frame).decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://elsewhere.example")'])
def test_text_that_begins_like_a_formula_has_an_apostrophe_before_it(text: str):
    assert rows(pandas.DataFrame({"name": [text]})) == [["name"], ["'" + text]]


@given(st.lists(st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00")), min_size=1))
def test_no_cell_is_a_formula_and_no_text_is_lost(texts: list[str]):
    read = rows(pandas.DataFrame({"a": range(len(texts)), "name": texts}))[1:]
    for text, (_, cell) in zip(texts, read, strict=True):
        assert not cell.startswith(FORMULA)
        assert cell in (text, "'" + text)


def test_a_heading_cannot_be_a_formula_either():
    assert rows(pandas.DataFrame({"=cmd": ["a"]}))[0] == ["'=cmd"]


def test_dates_are_iso_numbers_plain_and_what_is_missing_empty():
    frame = pandas.DataFrame(
        {
            "day": pandas.to_datetime(["2026-10-31", None]),
            "days_over": pandas.array([-3, None], dtype="Int64"),
            "name": ["Zoë", None],
        }
    )
    assert rows(frame)[1:] == [["2026-10-31", "-3", "Zoë"], ["", "", ""]]


def test_a_spreadsheet_is_told_that_it_is_unicode():
    assert as_csv(pandas.DataFrame({"a": ["é"]})).startswith(b"\xef\xbb\xbf")


def test_a_figure_that_was_not_supplied_says_so_in_the_file(engine: Engine):
    figures = engine.figure_rows("hertfordshire", asking(), "county", (engine.as_at,))[:2]
    said = [figure._replace(children=children) for figure, children in zip(figures, (0, None), strict=True)]
    context = SimpleNamespace(engine=engine, policy_id="hertfordshire")
    heading, *lines = rows(_to_take_away(context, said, "county"))
    assert [line[heading.index("children")] for line in lines] == ["0", "not supplied"]
