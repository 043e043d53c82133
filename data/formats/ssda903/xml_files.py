"""A return as XML: one CHILD for each child, with a HEADER and then its EPISODEs, into the same tables as the CSV files have.

Read an element at a time, so that a large return needs no more memory than a small one.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from data.errors import NightRefused

ROOT = "SSDA903"
# Each table's element, and its columns: the column of the CSV table, and the element that holds it.
EPISODE = {
    "CHILD": "CHILDID", "DECOM": "DECOM", "RNE": "RNE", "LS": "LS", "CIN": "CIN", "PLACE": "PL", "PLACE_PROVIDER": "PLACE_PROVIDER",
    "DEC": "DEC", "REC": "REC", "REASON_PLACE_CHANGE": "REASON_PLACE_CHANGE", "HOME_POST": "HOME_POST", "PL_POST": "PL_POST", "URN": "URN",
}  # fmt: skip
HEADER = {"CHILD": "CHILDID", "SEX": "SEX", "DOB": "DOB", "ETHNIC": "ETHNIC"}
WITHIN_HEADER = {
    "ssda903_reviews": ("AREVIEW", {"CHILD": "CHILDID", "REVIEW": "REVIEW", "REVIEW_CODE": "REVIEW_CODE"}),
    "ssda903_placed_adoption": (
        "AD_PLACED",
        {
            "CHILD": "CHILDID", "DATE_PLACED": "DATE_PLACED", "DATE_PLACED_CEASED": "DATE_PLACED_CEASED",
            "REASON_PLACED_CEASED": "REASON_PLACED_CEASED",
        },
    ),
}  # fmt: skip
# Tables of at most one row a child, which is there where one of the named elements has a value other than no.
OF_CHILD = {
    "ssda903_uasc": (("DUC", "UASC"), {"CHILD": "CHILDID", "DUC": "DUC"}),
    "ssda903_ad1": (
        ("DATE_MATCH",),
        {"CHILD": "CHILDID", "DATE_INT": "DATE_INT", "DATE_MATCH": "DATE_MATCH", "FOSTER_CARE": "FOSTER_CARE"},
    ),
}
NO = ("0", "n", "no", "false")
COLUMNS = {
    "ssda903_header": HEADER, "ssda903_episodes": EPISODE,
    **{name: columns for name, (_, columns) in {**WITHIN_HEADER, **OF_CHILD}.items()},
}  # fmt: skip
# What else a return has, and nothing is made of.
NOT_USED = (
    "UPN", "UASC", "MOTHER", "MC_DOB", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR", "IN_TOUCH", "ACTIV", "ACCOM", "AMISSING", "MISSING",
    "MIS_START", "MIS_END", "PERMANENCE", "PREV_PERM", "LA_PERM", "DATE_PERM", "OC2", "SDQ_SCORE", "SDQ_REASON", "CONVICTED",
    "HEALTH_CHECK", "IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED",
    "INTERVENTION_OFFERED",
)  # fmt: skip
# The elements within each part of a child that are known; any other is named.
KNOWN = {
    "HEADER": {
        "HEADER", *HEADER.values(), *NOT_USED, *(element for element, _ in WITHIN_HEADER.values()),
        *(tag for _, columns in (*WITHIN_HEADER.values(), *OF_CHILD.values()) for tag in columns.values()),
    },
    "EPISODE": {"EPISODE", *EPISODE.values()},
}  # fmt: skip
# The element that a row of each table was, for whoever looks for it in the file.
ELEMENTS = {
    "ssda903_header": "HEADER", "ssda903_episodes": "EPISODE", "ssda903_uasc": "HEADER with DUC", "ssda903_ad1": "HEADER with DATE_MATCH",
    **{name: element for name, (element, _) in WITHIN_HEADER.items()},
}  # fmt: skip


def is_return(path: Path) -> bool:
    """Whether an XML file is an SSDA903 return, by the name of its first element."""
    try:
        _, root = next(iter(ElementTree.iterparse(path, events=("start",))))
    except (ElementTree.ParseError, StopIteration, OSError):
        return False
    return ROOT in _tag(root)


def unpack(path: Path, folder: Path) -> tuple[dict[str, Path], dict[str, list[str]]]:
    """Write an XML return as CSV files into ``folder``, a file for each table that has rows: {table: file}; and {table: the elements beside
    it that nobody knows}, for those of an episode and those of anything else.

    Raises NightRefused for a file that cannot be read to its end, or that declares entities of its own.
    """
    if _declares_a_type(path):
        raise NightRefused(f"{path.name} declares a document type, which no return has; export it again.")
    written: dict[str, Path] = {}
    seen: dict[str, set[str]] = {}
    with ExitStack() as files:
        writers: dict[str, csv.DictWriter] = {}
        try:
            for table, row in _rows(path, seen):
                if table not in writers:
                    written[table] = folder / f"{path.stem}.{table}.csv"
                    opened = files.enter_context(written[table].open("w", encoding="utf-8", newline=""))
                    writers[table] = csv.DictWriter(opened, list(COLUMNS[table]), lineterminator="\n")
                    writers[table].writeheader()
                writers[table].writerow(row)
        except ElementTree.ParseError as fault:
            line, column = fault.position
            raise NightRefused(
                f"{path.name} cannot be read to its end (line {line}, column {column + 1}: {fault.msg.split(':')[0]}); export it again."
            ) from None
    return written, _not_read(seen)


def _not_read(seen: dict[str, set[str]]) -> dict[str, list[str]]:
    """{table: elements that nobody knows} of {part of a child: the elements within it}."""
    found: dict[str, list[str]] = {"ssda903_header": [], "ssda903_episodes": []}
    for part, tags in seen.items():
        # A part that nobody knows is named, and not what is within it.
        unknown = {_name(tag) for tag in tags} - KNOWN[part] if part in KNOWN else {part}
        found["ssda903_episodes" if part == "EPISODE" else "ssda903_header"] += sorted(unknown)
    return found


def _declares_a_type(path: Path) -> bool:
    """Whether an XML file declares a document type, in any encoding and however late: with one come entities, which grow without end."""
    found: list[bool] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: found.append(True)
    parser.StartElementHandler = lambda *_: found.append(False)
    try:
        with path.open("rb") as file:
            while not found and (block := file.read(1 << 14)):
                parser.Parse(block)
    except expat.ExpatError:
        pass  # whoever reads the file to its end says where it is damaged
    return found[:1] == [True]


def write_xml(path: Path, rows: dict[str, list[dict[str, str | None]]]) -> None:
    """Write a return as XML: {table: its rows, by the column of the CSV table}. Its ``CHILD`` says whose each row is."""
    of_child: dict[str, dict[str, list[dict]]] = {}
    for table, found in rows.items():
        for row in found:
            of_child.setdefault(str(row["CHILD"]), {}).setdefault(table, []).append(row)
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="utf-8"?>\n<EXPSSDA903>\n')
        for tables in of_child.values():
            child = ElementTree.Element("CHILD")
            header = _element(child, "HEADER", HEADER, tables["ssda903_header"][0])
            for table, (_, columns) in OF_CHILD.items():
                for row in tables.get(table, []):
                    _fill(header, {name: element for name, element in columns.items() if name != "CHILD"}, row)
                    if table == "ssda903_uasc":
                        ElementTree.SubElement(header, "UASC").text = "1"
            for table, (element, columns) in WITHIN_HEADER.items():
                for row in tables.get(table, []):
                    _element(header, element, {name: tag for name, tag in columns.items() if name != "CHILD"}, row)
            for row in tables.get("ssda903_episodes", []):
                _element(child, "EPISODE", {name: tag for name, tag in EPISODE.items() if name != "CHILD"}, row)
            file.write(ElementTree.tostring(child, encoding="unicode") + "\n")
        file.write("</EXPSSDA903>\n")


def _element(parent: ElementTree.Element, name: str, columns: dict[str, str], row: dict) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name)
    _fill(element, columns, row)
    return element


def _fill(element: ElementTree.Element, columns: dict[str, str], row: dict) -> None:
    for column, tag in columns.items():
        value = row.get(column)
        ElementTree.SubElement(element, tag).text = "" if value is None else str(value)


def _rows(path: Path, seen: dict[str, set[str]]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row with its table. ``seen`` gets {part of a child: the elements within it}."""
    for _, element in ElementTree.iterparse(path, events=("end",)):
        if _tag(element) != "CHILD":
            continue
        for part in element:
            seen.setdefault(_tag(part), set()).update(inner.tag for inner in part.iter())
        header = next((part for part in element if _tag(part) == "HEADER"), None)
        if header is not None:
            values = _values(header)
            yield "ssda903_header", _row(HEADER, values)
            for table, (name, columns) in WITHIN_HEADER.items():
                for part in header.iter():
                    if _tag(part) == name:
                        yield table, _row(columns, {**_values(part), "CHILDID": values.get("CHILDID", "")})
            for table, (names, columns) in OF_CHILD.items():
                if any(values.get(name, "0").lower() not in NO for name in names):
                    yield table, _row(columns, values)
            for part in element:
                if _tag(part) == "EPISODE":
                    yield "ssda903_episodes", _row(EPISODE, {**_values(part), "CHILDID": values.get("CHILDID", "")})
        element.clear()


def _values(element: ElementTree.Element) -> dict[str, str]:
    """The texts of the elements within, by name; of two with one name the first that has a text."""
    found: dict[str, str] = {}
    for part in element.iter():
        text = (part.text or "").strip()
        if text:
            found.setdefault(_tag(part), text)
    return found


def _row(columns: dict[str, str], values: dict[str, str]) -> dict[str, str]:
    return {column: values.get(name, "") for column, name in columns.items()}


def _tag(element: ElementTree.Element) -> str:
    return _name(element.tag)


def _name(tag: str) -> str:
    return tag.rpartition("}")[2].upper()
