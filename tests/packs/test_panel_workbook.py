"""The pack as a workbook: nothing hidden, nothing computed, ready to print."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime

from tests.packs.reading_back import list_headings, list_sheets, table
from words.labels import NO_PLAN, RESTRICTED_RECORD


def _cells(workbook):
    return [cell for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_no_cell_is_a_formula_or_an_error(pack):
    assert {cell.data_type for cell in _cells(pack)} == {"s", "n", "d"}


def test_the_sheets_are_in_order_and_none_is_hidden(pack, engine):
    names = pack.sheetnames
    rules = engine.policies["hertfordshire"].rules
    assert names[:6] == ["Front", "What moved", "Agenda", "Decisions due", "Actions overdue", "Coming next"]
    lists, annex = names[6 : 6 + len(rules)], names[6 + len(rules) :]
    assert [name.split(" ")[0] for name in lists] == [str(place) for place in range(1, len(rules) + 1)]
    assert annex == ["Figures", "By service", "By team", "Drift", "Joined and left", "Flows", "Decisions", "Actions", "Sources"]
    marked = [sheet.title for sheet in pack if sheet.oddHeader.right.text == "Annex: &A"]
    assert marked == annex and all(pack[name].sheet_properties.tabColor for name in annex)
    assert {sheet.sheet_state for sheet in pack} == {"visible"}
    assert all(len(name) <= 31 for name in names)
    assert not any(dimension.hidden for sheet in pack for dimension in sheet.column_dimensions.values())


def test_every_link_leads_to_a_sheet_and_every_list_is_linked_from_the_front(pack):
    linked = {
        sheet.title: {re.fullmatch(r"'(.+)'!A1", cell.hyperlink.location)[1] for row in sheet for cell in row if cell.hyperlink}
        for sheet in pack
    }
    assert set().union(*linked.values()) <= set(pack.sheetnames)
    assert linked["Front"] == set(pack.sheetnames) - {"Front"}
    assert linked["Drift"] == {sheet.title for sheet in list_sheets(pack)}
    assert linked["Figures"] == {sheet.title for sheet in list_sheets(pack)}


def test_every_sheet_prints_on_a4_landscape_as_wide_as_the_page_and_says_what_it_is(pack, engine):
    for sheet in pack:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToWidth == 1
        assert sheet.oddHeader.center.text == "OFFICIAL-SENSITIVE"
        assert engine.night.name in sheet.oddFooter.left.text and "31/10/2026" in sheet.oddFooter.left.text
        assert sheet.oddFooter.right.text == "Page &P of &N"
        assert sheet.print_area


def test_a_list_keeps_its_headings_in_sight_and_on_every_page_and_can_be_filtered(pack, engine):
    for rule, sheet in zip(engine.policies["hertfordshire"].rules, list_sheets(pack), strict=True):
        headings = list_headings(rule).values()
        assert [cell.value for cell in sheet[4]] == list(headings)
        assert sheet.freeze_panes == "A5" and sheet.print_title_rows == "$4:$4"
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.auto_filter.ref == f"A4:{'MN'[len(headings) - 13]}{sheet.max_row}"


def test_identifiers_are_text_and_dates_are_dates_that_fit_their_columns(pack, engine):
    identifiers = set()
    for sheet in list_sheets(pack):
        for row in sheet.iter_rows(min_row=5):
            for place in (0, 1):
                told = place == 0 or row[0].value != RESTRICTED_RECORD
                assert row[place].data_type == ("s" if told else "n") and row[place].number_format == "@"
                assert told or row[place].value is None
            identifiers.add(row[0].value)
            for place in (cell.column - 1 for cell in sheet[4] if cell.value in ("Since", "Last review")):
                assert row[place].value is None or isinstance(row[place].value, datetime)
                assert row[place].number_format == "dd/mm/yyyy"
                assert sheet.column_dimensions[row[place].column_letter].width >= 12
    assert any(identifier.startswith("0") for identifier in identifiers)


def test_who_has_no_plan_is_said_to_have_none_as_on_the_page(pack):
    [sheet] = [sheet for sheet in pack if sheet.title == "1 No current plan"]
    rows = [row for row in table(sheet, "Child ID") if row.get("Since")]
    assert rows and all((row["Plan"] == NO_PLAN) == (row["Child ID"] != RESTRICTED_RECORD) for row in rows)


def test_words_beside_a_figure_stand_clear_of_it(pack):
    """On paper "0" and "6 months" run together to 06 months."""
    front = pack["Front"]
    [head] = [cell for row in front for cell in row if cell.value == "Against target"]
    assert front.cell(head.row + 1, head.column).alignment.indent == 1


def test_every_font_is_named(pack):
    assert {cell.font.name for cell in _cells(pack)} == {"Arial"}


def test_rows_are_high_enough_for_their_longest_text(pack):
    sheet = pack["Sources"]
    for row in sheet.iter_rows(min_row=5):
        longest = max(len(str(cell.value or "")) / sheet.column_dimensions[cell.column_letter].width for cell in row)
        assert sheet.row_dimensions[row[0].row].height >= 11 * longest


def test_there_is_a_native_chart_for_each_figure_over_its_own_row(pack, pack_file):
    charts = pack["Figures"]._charts
    trend_row = next(cell.row for cell in pack["Figures"]["B"] if cell.value == "Children at the close of, as now known")
    for place, chart in enumerate(charts, start=trend_row + 1):
        assert chart.series[0].val.numRef.f == f"'Figures'!$C${place}:$O${place}"
        assert chart.series[0].cat.numRef.f == f"'Figures'!$C${trend_row}:$O${trend_row}"
    with zipfile.ZipFile(pack_file) as archive:
        drawn = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    lines = [text for text in drawn if "<lineChart>" in text]
    assert len(lines) == len(charts) == 8
    for text in lines:
        assert text.count('<delete val="0"') == 2 and '<delete val="1"' not in text
        assert '<smooth val="0"' in text and '<smooth val="1"' not in text
        assert "<legend>" not in text


def test_the_properties_name_the_pack_and_no_person(pack, engine):
    assert pack.properties.title == "Permanence Panel pack, 31/10/2026"
    assert pack.properties.creator == "Permanence Tracker" and pack.properties.lastModifiedBy is None
    about = {prop.name: prop.value for prop in pack.custom_doc_props.props}
    assert about == {"night": engine.night.name, "as_at": "2026-10-31", "policy": "hertfordshire"}
