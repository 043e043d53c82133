"""The panel's pack: writing it, questions and all, against openpyxl writing the same cells with the same styles and no thinking."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook
from openpyxl.cell import Cell

from benchmarks.machine import BUILD, Figure, ratios, turn_about
from benchmarks.published import published_store
from metrics.engine.engine import Engine
from metrics.engine.scope import NO_ROLES, Scope
from metrics.strategic.declared import panel_policy
from packs.excel.workbook import Pack
from packs.panel.pack import panel_workbook, write_panel_pack
from packs.panel.questions import ask_pack

BAR = 1.3
EVERYBODY = Scope.whole_council(roles=NO_ROLES)

# A sheet's name, the widths of its columns, its merged ranges, and its cells: row, column, value, style, type.
PlainSheet = tuple[str, dict[str, float], list[str], list[tuple]]


def plain_sheets(workbook: Workbook) -> list[PlainSheet]:
    """Every cell of a finished workbook, ready to be written again without a thought."""
    return [
        (
            sheet.title,
            {letter: dimension.width for letter, dimension in sheet.column_dimensions.items()},
            [str(merged) for merged in sheet.merged_cells.ranges],
            [
                (cell.row, cell.column, cell.value, cell.style.removeprefix("Pack "), cell.data_type)
                for row in sheet.iter_rows()
                for cell in row
                if isinstance(cell, Cell) and cell.has_style
            ],
        )
        for sheet in workbook.worksheets
    ]


def write_plain(sheets: list[PlainSheet], out: Path) -> None:
    """The same cells, styles, widths and merged ranges as a workbook: no charts, links, filters or page set-up."""
    workbook = Pack()
    workbook.remove(workbook.active)
    for title, widths, merged, cells in sheets:
        sheet = workbook.create_sheet(title)
        for letter, width in widths.items():
            sheet.column_dimensions[letter].width = width
        for row, column, value, style, data_type in cells:
            cell = sheet.cell(row, column)
            cell._style = workbook.looks[style]
            if value is not None:
                cell.value = value
                cell.data_type = data_type
        for cell_range in merged:
            sheet.merge_cells(cell_range)
    workbook.save(out)


def run(children: int, runs: int, progress: Callable[[str], None]) -> list[Figure]:
    """The ratio, for a county of so many children in care."""
    with published_store(children, progress) as store, TemporaryDirectory(dir=BUILD) as folder:
        engine = Engine(store.current(), store.settings)
        sheets = plain_sheets(panel_workbook(ask_pack(engine, panel_policy(engine), None, EVERYBODY), full=True))
        out = Path(folder)
        progress(f"writing both in turns, {runs} times")
        ours, plain = turn_about(
            lambda: write_panel_pack(engine, out / "pack.xlsx", panel_policy(engine), scope=EVERYBODY, full=True),
            lambda: write_plain(sheets, out / "plain.xlsx"),
            runs,
        )
        ratio, spread = ratios(ours, plain)
        measured = {
            "ours": f"{ours}, {(out / 'pack.xlsx').stat().st_size / 1e6:.1f} MB",
            "the same cells": f"{plain}; {sum(len(cells) for *_, cells in sheets):,} cells on {len(sheets)} sheets",
            "ratios": spread,
        }
    return [Figure(f"panel pack over the same cells, {children:,} children in care", ratio, BAR, " times", measured)]
