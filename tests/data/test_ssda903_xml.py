"""The return as XML gives what the same return as CSV gives."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from data.errors import NightRefused
from data.formats.reading import own_date, recognise
from data.formats.ssda903 import xml_files
from data.settings import Settings
from tests.support.returns import Returns, episode, write_returns

TABLES = (
    "ssd_person",
    "ssd_cla_episodes",
    "ssd_legal_status",
    "ssd_cla_placement",
    "ssd_cla_reviews",
    "ssd_immigration_status",
    "ssd_permanence",
)
REVIEWS = [{"CHILD": "2", "REVIEW": day, "REVIEW_CODE": "PN1"} for day in ("01/06/2025", "01/09/2025")]
RETURNS = {
    2025: {"Episodes": [episode("01/05/2024", "S", "C1", end="10/09/2024", ceased="X1"), episode("10/09/2024", "L", "E1")]},
    2026: {
        "Header": [
            {"CHILD": "1", "SEX": "F", "DOB": "01/03/2015", "ETHNIC": "WBRI"},
            {"CHILD": "2", "SEX": "U", "DOB": "02/03/2010", "ETHNIC": "O&<'\u00e9"},
        ],
        "Episodes": [
            episode("10/09/2024", "L", "E1", end="01/08/2025", ceased="X1"),
            episode("01/08/2025", "P", "E1", "A6", end="01/03/2026", ceased="E11", PL_POST="ZZ2 2BB"),
            episode("02/05/2025", "S", CHILD="2"),
        ],
        "Reviews": REVIEWS,
        "PlacedAdoption": [{"CHILD": "1", "DATE_PLACED": "15/06/2024"}],
        "AD1": [{"CHILD": "1", "DATE_INT": "15/06/2024", "DATE_MATCH": "20/07/2025", "FOSTER_CARE": "1"}],
        "UASC": [{"CHILD": "2", "DUC": "02/03/2028"}],
    },
}
WITHIN = {"Reviews": "AREVIEW", "PlacedAdoption": "AD_PLACED"}


def add(parent, name: str, values: dict[str, str]):
    part = ElementTree.SubElement(parent, name)
    for key, text in values.items():
        ElementTree.SubElement(part, {"CHILD": "CHILDID", "PLACE": "PL"}.get(key, key)).text = text or None
    return part


def write_xml(folder, returns):
    """The same returns as an XML file a year, written apart from the product: headers with all that is of the child, then episodes."""
    folder.mkdir()
    for year, tables in returns.items():
        root = ElementTree.Element("EXPSSDA903")
        header = tables.get("Header") or [{"CHILD": "1", "SEX": "1", "DOB": "01/03/2015", "ETHNIC": "WBRI"}]
        for row in header:
            child = ElementTree.SubElement(root, "CHILD")
            own = add(child, "HEADER", row)
            for table, rows in tables.items():
                for one in rows:
                    if one["CHILD"] == row["CHILD"] and table not in ("Header", "Episodes"):
                        values = {key: text for key, text in one.items() if key != "CHILD"}
                        if table in WITHIN:
                            add(own, WITHIN[table], values)
                        else:
                            for key, text in values.items():
                                ElementTree.SubElement(own, key).text = text
            for one in tables["Episodes"]:
                if one["CHILD"] == row["CHILD"]:
                    add(child, "EPISODE", {key: text for key, text in one.items() if key != "CHILD"})
        ElementTree.ElementTree(root).write(folder / f"export of {year}.xml", encoding="utf-8", xml_declaration=True)
    return folder


def test_the_xml_gives_the_tables_of_the_csv(tmp_path):
    csv_files = Returns(write_returns(tmp_path / "csv", RETURNS))
    folder = write_xml(tmp_path / "xml", RETURNS)
    assert recognise(folder) == "ssda903" and own_date(folder) == own_date(tmp_path / "csv")
    xml = Returns(folder)
    for table in TABLES:
        query = f"select * exclude (source_row) from {table} order by all"
        assert xml.rows(query) == csv_files.rows(query) and xml.rows(query), table
    assert xml.flags() == csv_files.flags()


def test_an_element_that_cannot_be_used_is_named_by_its_number_in_the_xml(tmp_path):
    folder = write_xml(tmp_path / "xml", {2026: {"Episodes": [episode("01/05/2025", "S"), episode("31/02/2026", "P")]}})
    ((reason, column),) = Returns(folder).rows("select reason, column_name from rejects")
    assert reason.startswith("export of 2026.xml, EPISODE number 2: decom") and column == "DECOM"


def test_a_refusal_names_the_xml_and_the_number_of_the_element(tmp_path):
    """Not the file that is made of it on the way."""
    good = [episode(f"01/0{month}/2025", "P") for month in (5, 6, 7)]
    bad = [episode(day, "P") for day in ("30/02/2026", "31/02/2026", "32/03/2026")]
    folder = write_xml(tmp_path / "xml", {2026: {"Episodes": [*good, *bad]}})
    with pytest.raises(NightRefused) as refused:
        Returns(folder, settings=Settings())
    message = str(refused.value)
    assert message.startswith("export of 2026.xml has 3 of 6 rows") and "the first is EPISODE number 4: " in message
    assert "(EPISODE number 4, 5, 6)" in message and "ssda903_" not in message


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text[: len(text) // 2], r"export of 2026.xml cannot be read to its end \(line \d+, column \d+"),
        (lambda text: text.replace("?>", "?><!DOCTYPE a [<!ENTITY b 'c'>]>", 1), "declares a document type"),
    ],
)
def test_xml_that_is_cut_short_or_declares_entities_is_refused(tmp_path, change, said):
    folder = write_xml(tmp_path / "xml", {2026: {"Episodes": [episode("01/05/2025", "S")]}})
    path = folder / "export of 2026.xml"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(NightRefused, match=said):
        Returns(folder)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("before", ["", f"<!--{'x' * 70_000}-->"])
def test_a_document_type_is_found_in_any_encoding_and_however_late(tmp_path, encoding, before):
    path = tmp_path / "return.xml"
    path.write_text(f"{before}<!DOCTYPE a [<!ENTITY b 'c'>]><EXPSSDA903>&b;</EXPSSDA903>", encoding=encoding)
    with pytest.raises(NightRefused, match="declares a document type"):
        xml_files.unpack(path, tmp_path)


def test_xml_and_csv_in_one_folder_are_refused(tmp_path):
    folder = write_returns(
        write_xml(tmp_path / "both", {2026: {"Episodes": [episode("01/05/2025", "S")]}}),
        {2025: {"Episodes": [episode("01/05/2024", "S")]}},
    )
    with pytest.raises(NightRefused, match="leave one of the two"):
        Returns(folder)
