"""Files of a return that are not whole: nearly a table, without a column or its values, another council's, or a year that is missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from data.errors import NightRefused
from data.formats.reading import recognise
from tests.support.returns import Returns, episode, load, write_returns

TWO_YEARS = {
    2025: {"Episodes": [episode("01/05/2024", "S")]},
    2026: {"Episodes": [episode("01/05/2024", "S"), episode("01/05/2025", "S", CHILD="2")]},
}


def path_of(folder: Path, year: int, table: str) -> Path:
    """The file of a table: the names of the files say nothing."""
    mark = {"Episodes": "DECOM", "Reviews": "REVIEW_CODE", "Header": "ETHNIC"}[table]
    return next(path for path in folder.iterdir() if f"-{year}-" in path.name and mark in path.read_text(encoding="utf-8"))


def without(*names: str) -> Callable[[str], str]:
    """A change of a file's text: these columns have other names."""

    def change(text: str) -> str:
        header, _, rest = text.partition("\n")
        columns = [f"OTHER {name}" if name in names else name for name in header.split(",")]
        return ",".join(columns) + "\n" + rest

    return change


CHANGES: dict[str, tuple[Callable[[str], str], str]] = {
    "semicolons": (lambda text: text.replace(",", ";"), "its columns are not separated by commas"),
    "tabs": (lambda text: text.replace(",", "\t"), "its columns are not separated by commas"),
    "a title": (lambda text: f"SSDA903 2025-26\n\n{text}", "its columns are named on line 3, and must be on the first"),
    "a title and tabs": (
        lambda text: "SSDA903\n" + text.replace(",", "\t"),
        "its columns are not separated by commas; its columns are named on line 2, and must be on the first",
    ),
    "no first day": (without("DECOM"), "it has no column DECOM"),
    "no status and placement": (without("LS", "PLACE"), "it has no column LS, PLACE"),
    "no reasons": (without("RNE", "REC"), "it has no column RNE, REC"),
}


@pytest.mark.parametrize(("change", "wrong"), CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("years", [(2025,), (2026,), (2025, 2026)])
def test_episodes_that_cannot_be_read_refuse_the_load_whatever_other_returns_there_are(tmp_path, change, wrong, years):
    folder = write_returns(tmp_path, TWO_YEARS)
    for year in years:
        path = path_of(folder, year, "Episodes")
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert recognise(folder) == "ssda903"
    with pytest.raises(NightRefused) as refused:
        Returns(folder)
    assert f"seems to be the Episodes table of the SSDA903 return, but {wrong}. Export it again" in str(refused.value)


def test_another_table_that_cannot_be_read_is_left_with_a_warning_that_says_why(tmp_path):
    reviews = [{"CHILD": "1", "REVIEW": "01/06/2025", "REVIEW_CODE": "PN1"}]
    folder = write_returns(tmp_path, TWO_YEARS | {2026: {**TWO_YEARS[2026], "Reviews": reviews}})
    path = path_of(folder, 2026, "Reviews")
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    (folder / "notes.csv").write_text("CHILD,what\n1,hello\n", encoding="utf-8")
    said = Returns(folder).report.warnings
    wrong = "it seems to be the Reviews table of the SSDA903 return, but its columns are not separated by commas."
    assert f"{path.name} was not read: {wrong}" in said
    assert "notes.csv is neither a table of the return nor of the contract, and was not read." in said


def test_a_second_byte_order_mark_is_no_part_of_a_column_s_name(tmp_path):
    folder = write_returns(tmp_path, TWO_YEARS)
    for path in folder.iterdir():
        path.write_text("\ufeff" + path.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert len(Returns(folder).report.sources) == 4


def test_a_year_without_a_return_between_two_others_is_named(tmp_path):
    returns = {year: {"Episodes": [episode(f"01/05/{year - 1}", "S")]} for year in (2022, 2024, 2026)}
    said = " ".join(load(tmp_path / "gaps", returns).report.warnings)
    assert "no return of the year to 31/03/2023" in said and "no return of the year to 31/03/2025" in said
    assert "no return" not in " ".join(load(tmp_path / "whole", TWO_YEARS).report.warnings)


@pytest.mark.parametrize(("child", "said"), [("1", False), ("X1", True)])
def test_two_returns_of_one_year_without_a_child_in_common_are_named(tmp_path, child, said):
    folder = write_returns(tmp_path, {2026: {"Episodes": [episode("01/05/2025", "S")]}})
    other = write_returns(tmp_path / "other", {2026: {"Episodes": [episode("01/06/2025", "S", CHILD=child)]}})
    for path in other.iterdir():
        path.rename(folder / f"second {path.name}")
    other.rmdir()
    assert any("have no child in common" in one for one in Returns(folder).report.warnings) == said


@pytest.mark.parametrize("column", ["RNE", "LS", "PLACE", "REC"])
@pytest.mark.parametrize(("children", "said"), [(19, False), (20, True)])
def test_a_column_without_a_value_in_a_whole_return_is_named(tmp_path, column, children, said):
    ended = {"end": "01/09/2025", "ceased": "E4A"}
    rows = [episode("01/05/2025", "S", CHILD=str(at), **ended) | {column: ""} for at in range(children)]
    warnings = load(tmp_path, {2026: {"Episodes": rows}}).report.warnings
    assert any(f": no row has a value in {column}." in one for one in warnings) == said


def test_no_reason_for_an_end_is_asked_of_a_return_in_which_few_episodes_ended(tmp_path):
    rows = [episode("01/05/2025", "S", CHILD=str(at)) for at in range(40)]
    assert not any("no row has" in one for one in load(tmp_path, {2026: {"Episodes": rows}}).report.warnings)
