"""The command that reads the council's own workbooks: map. It drafts mapping.toml, or shows what mapping.toml gives."""

from __future__ import annotations

import csv
import json
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from pathlib import Path

import duckdb

from commands.arguments import add_as_at, add_store
from commands.loading import add_format, extracts_unpacked, night_date, progress
from data.contract.contract import Table, tables
from data.errors import NightRefused
from data.formats.gathering import Gathered, gathered
from data.formats.workbooks.drafting import Draft, draft_sheets, draft_text
from data.formats.workbooks.mapping import FILE_NAME, LEGACY, PERSON
from data.night import durable
from data.reading.load_report import LoadReport
from data.reading.own_tables import OwnTable
from data.reading.unknown_codes import CodedFile, find_unknown_codes
from data.settings import Settings, read_settings
from metrics.answers.data_quality.rules_that_wait import RuleCoverage, coverage_of, rule_lines
from metrics.engine.counting import list_children, questions_of
from metrics.engine.policies import policies_and_problems
from metrics.nightly import SPELLINGS
from metrics.spine import build_spine

ROWS_SHOWN = 10
WIDEST = 28
REASONS = """
select any_value(reason), count(*)
from rejects
where table_name = $table and rule <> 'unknown_code'
group by rule
order by rule
"""


def add(commands) -> None:
    """Add map to the command line's ``commands``."""
    parser: ArgumentParser = commands.add_parser(
        "map",
        help=f"draft {FILE_NAME} for a workbook of the council's own, or show what {FILE_NAME} gives; loads nothing",
    )
    add_store(parser)
    parser.add_argument(
        "--from", type=Path, dest="workbook", metavar="FILE", help="the workbook or CSV file to draft a mapping of"
    )
    parser.add_argument(
        "--table", choices=[name for name, table in tables().items() if not table.required], help="draft this table only"
    )
    parser.add_argument("--out", type=Path, help=f"where to write the draft (default: {FILE_NAME} in the store)")
    parser.add_argument(
        "--extracts",
        type=Path,
        help="the extracts that say who is known (left out: the database that settings.toml names, if any)",
    )
    add_format(parser)
    add_as_at(parser, "the date of the extracts (default: as check takes it)")
    parser.set_defaults(run=map_workbooks)


def map_workbooks(args: Namespace) -> None:
    """Draft a mapping of a workbook (``--from``), or show ten rows of each table that the store's mapping gives, the values without a
    code, and the rules that get a figure by it. Raises NightRefused."""
    settings = read_settings(args.store)
    with extracts_unpacked(args) as unpacked_args:
        if args.workbook:
            _draft(unpacked_args, settings)
        else:
            _try_out(unpacked_args, settings)


def _draft(args: Namespace, settings: Settings) -> None:
    out = args.out or args.store / FILE_NAME
    if out.exists():
        raise NightRefused(
            f"{out} is already there; give another file with --out, and copy the tables that you want into {FILE_NAME}."
        )
    people = _people(args, settings)
    drafts, others = draft_sheets(args.workbook, people, args.table)
    if not any(people.values()):
        print("Without --extracts or a database nobody is known: children's numbers are looked for by the headings alone.")
    for draft in drafts:
        _show_draft(draft)
    for name in others:
        print(f"{args.workbook.name}{f', sheet {name}' if name else ''} is like no table of the contract.")
    if not drafts:
        raise NightRefused(f"Nothing in {args.workbook.name} is like a table of the contract; name one with --table.")
    durable.make_folder(out.parent)
    durable.write_text(out, draft_text(args.workbook, drafts, others, args.store))
    print(
        f'Draft written to {out}. Check every line and replace each "?"; then see what it gives: tracker.py map --store {args.store}'
    )


def _show_draft(draft: Draft) -> None:
    table = draft.table
    where = f"sheet {draft.sheet}, " if draft.sheet else ""
    print(f"\n{where}headings in row {draft.header_row}: {table.title} ({table.name})")
    for column, heading in draft.columns.items():
        print(f"  {column} <- {heading}")
    if table.person in draft.columns:
        print(f"  children are named by {draft.person}")
    lacking = [one.name for one in table.columns if one.required and one.name not in draft.columns and one.name != table.key]
    if lacking:
        print(f"  not found, and needed: {', '.join(lacking)}")
    _print_rows(list(draft.columns), [[row.get(name, "") for name in draft.columns] for row in draft.sample])


def _print_rows(names: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    cells = [[_cell(cell) for cell in row] for row in (names, *rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(names))]
    for row in cells:
        print("  " + "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())


def _cell(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= WIDEST else text[: WIDEST - 3] + "..."


def _people(args: Namespace, settings: Settings) -> Mapping[str, frozenset[str]]:
    """The identifiers of everybody in the extracts, by either number; nobody's where there are no extracts to ask."""
    if args.extracts is None and not settings.database.url:
        return {PERSON: frozenset(), LEGACY: frozenset()}
    # Without the store, so that a mapping in it is not read yet.
    alone = replace(settings, folder=None)
    with gathered(args.extracts, alone, args.format, progress) as came, duckdb.connect() as connection:
        came.read(connection, alone, night_date(args), progress, spellings=args.store / SPELLINGS)
        return {
            number: frozenset(str(row[0]) for row in connection.execute(f"select {number} from ssd_person").fetchall() if row[0])
            for number in (PERSON, LEGACY)
        }


def _try_out(args: Namespace, settings: Settings) -> None:
    with gathered(args.extracts, settings, args.format, progress) as came, ExitStack() as opened:
        if not came.own:
            raise NightRefused(
                f"There is no {FILE_NAME} in {args.store}; draft one with: tracker.py map --store {args.store} --from FILE"
            )
        _, before = _counted(opened.enter_context(duckdb.connect()), replace(came, own={}), args, settings)
        connection = opened.enter_context(duckdb.connect())
        report, after = _counted(connection, came, args, settings)
        for name, own in came.own.items():
            _show_table(connection, name, own, report, settings, args.store / SPELLINGS)
    woken = [rule for rule in after.counted if rule not in before.counted]
    print()
    if woken:
        print(f"Rules that get a figure by these workbooks: {', '.join(f'{policy}.{rule}' for policy, rule in woken)}.")
    else:
        print("No rule gets a figure by these workbooks.")
    print("\n".join(rule_lines(after)))


def _counted(
    connection: duckdb.DuckDBPyConnection, came: Gathered, args: Namespace, settings: Settings
) -> tuple[LoadReport, RuleCoverage]:
    as_at = night_date(args)
    report = came.read(connection, settings, as_at, progress, spellings=args.store / SPELLINGS)
    policies = policies_and_problems(settings).policies.values()
    rules = [rule for policy in policies for rule in policy.rules]
    build_spine(connection, (as_at,), settings, questions=questions_of(rules))
    list_children(connection, policies, (as_at,), settings)
    return report, coverage_of(connection)


def _show_table(
    connection: duckdb.DuckDBPyConnection, name: str, own: OwnTable, report: LoadReport, settings: Settings, spellings: Path
) -> None:
    file = next(file for file in report.files if file.table_name == name)
    print(f"\n{tables()[name].title} ({name}) from {'; '.join(sheet.place for sheet in own.sheets) or own.path.name}")
    repeated = f", {file.rows_repeated:,} the same as an earlier one" if file.rows_repeated else ""
    print(f"  {file.rows_read:,} rows read, {file.rows_used:,} used, {file.rows_quarantined:,} not used{repeated}")
    for warning in report.warnings:
        if name in warning or own.path.name in warning:
            print(f"  Warning: {warning}")
    if own.rows_left_out:
        print(f"  {own.rows_left_out}")
    if own.fault:
        return
    _show_rows(tables()[name], own)
    if own.unlisted:
        print(f"  Texts that are neither kept nor left out; add each to keep or leave_out of [{name}.rows] in {FILE_NAME}:")
        for text, rows in own.texts_unlisted.items():
            print(f"  {json.dumps(text, ensure_ascii=False)},  # {rows:,} {'row' if rows == 1 else 'rows'}")
    for reason, count in connection.execute(REASONS, {"table": name}).fetchall():
        print(f"  {count:,} not used; for example {reason}")
    with duckdb.connect() as apart:
        unknown = find_unknown_codes(apart, [CodedFile(tables()[name], own.path, own.path.name)], settings, spellings)
    for column in dict.fromkeys(one.column for one in unknown):
        print(f"  Values with no code; give their codes in {FILE_NAME}:\n  [{name}.values.{column}]")
        for one in unknown:
            if one.column == column:
                print(f'  {json.dumps(one.text, ensure_ascii=False)} = "?"  # {one.rows:,} {"row" if one.rows == 1 else "rows"}')


def _show_rows(table: Table, own: OwnTable) -> None:
    """The first rows as they are mapped: the columns that have a value in any of them."""
    with own.path.open(encoding="utf-8", newline="") as file:
        rows = list(islice((row for row in csv.DictReader(file) if any(row.values())), ROWS_SHOWN))
    shown = [column for column in table.column_names if any(row[column] for row in rows)]
    _print_rows(shown, [[row[column] for column in shown] for row in rows])
