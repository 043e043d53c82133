"""The commands that bring nights in: demo, check, nightly, nights."""

from __future__ import annotations

import re
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from commands.alerts import told_of_failure
from commands.arguments import add_as_at, add_store, named_store, whole
from commands.corporate import prepare_draft
from data.errors import NightRefused, TrackerError
from data.formats.files.archive import unpacked
from data.formats.gathering import DATABASE, EVERY_FORMAT, Gathered, gathered
from data.formats.reading import FORMATS, SSD, SSDA903, find_unknown_values, own_date
from data.formats.ssda903.writing import write_returns
from data.invented import list_files
from data.reading.comparison import check_tables, count_before, count_tables, unchanged_files
from data.reading.reading import read_night
from data.reading.unknown_codes import write_spellings
from data.settings import Settings, read_settings, write_default_settings
from data.store.rights import open_to_others
from data.store.store import Store
from data.synthetic import begin_folder, write_county
from data.synthetic.nights import STEPS
from metrics.answers.data_quality.moved import table_lines
from metrics.answers.data_quality.rules_that_wait import coverage_of, rule_lines
from metrics.engine.counting import list_children, questions_of
from metrics.engine.policies import policies_and_problems, unused_files
from metrics.nightly import SPELLINGS, mistakes, nights_to_compare, run_nightly
from metrics.quality import add_flags
from metrics.quality.allocation import warn_of_few_allocated
from metrics.quality.many_flags import warn_of_many_flags
from metrics.reviews import review_remarks
from metrics.spine import build_spine
from metrics.strategic.comparators import read_comparators
from metrics.strategic.declared import check_targets, measure_ids
from words.dates import british


class MistakesFound(TrackerError):
    """``check`` found mistakes in the council's own files; the message says how many, and each was named before."""


def add(commands) -> None:
    """Add demo, check, nightly and nights to the command line's ``commands``."""
    parser: ArgumentParser = commands.add_parser("demo", help="write the extracts of a synthetic county (invented children)")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    parser.add_argument("--children", type=whole, default=1000, help="children in care in the last data load (default 1000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same children (default 1)")
    parser.add_argument(
        "--nights", type=whole, default=1, help="how many data loads, a folder each (default 1, written to OUT itself)"
    )
    parser.add_argument("--step", choices=STEPS, default="day", help="how far apart the data loads are (default day)")
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default=SSD,
        help="the form of the extracts (default ssd); ssda903 writes the last nine returns, annex-a a workbook for each data load",
    )
    parser.add_argument("--xml", action="store_true", help="with --format ssda903: XML in place of CSV, a file for each return")
    add_as_at(parser, "the date of the last data load (default today)")
    parser.set_defaults(run=demo)

    parser = commands.add_parser(
        "check", help="show what loading these files would do, and check your settings, policies and measures; changes nothing"
    )
    parser.add_argument(
        "--extracts",
        type=Path,
        help="the extracts: a folder, a zip of one, or an Annex A workbook (left out: the database that settings.toml names)",
    )
    parser.add_argument(
        "--store",
        type=Path,
        default=named_store(),
        help="the store with your settings and earlier loads (default: TRACKER_STORE)",
    )
    add_as_at(parser, "the date of the extracts (default: the date in the folder's name, the end of the newest return, or today)")
    add_format(parser)
    parser.add_argument(
        "--write-spellings",
        type=Path,
        metavar="FILE",
        help="write the values that are in no list of codes to a new FILE, to give their codes and add to spellings.csv",
    )
    parser.set_defaults(run=check)

    parser = commands.add_parser("nightly", help="load the extracts and publish them")
    parser.add_argument(
        "--extracts",
        type=Path,
        help="the extracts: a folder, a zip of one, or an Annex A workbook (left out: the database that settings.toml names)",
    )
    add_store(parser)
    add_as_at(parser, "the date of the extracts (default: the date in the folder's name, the end of the newest return, or today)")
    add_format(parser)
    parser.add_argument(
        "--accept-change",
        action="store_true",
        help="for this load only, accept a large change in the number of children in care, or tables that lost many or all rows",
    )
    parser.add_argument(
        "--lift-restrictions",
        action="store_true",
        help="for this load only, lift the restrictions that local_restrictions no longer holds",
    )
    parser.add_argument(
        "--correct-date",
        action="store_true",
        help="with --as-at: the load shown has these extracts under a wrong date; load them again under the date given",
    )
    parser.add_argument(
        "--no-draft",
        action="store_true",
        help="do not make the corporate parenting draft (useful for many data loads in a row)",
    )
    parser.set_defaults(run=nightly)

    parser = commands.add_parser("nights", help="list and verify the published data loads")
    add_store(parser)
    parser.add_argument("--prune", action="store_true", help="remove the data loads that settings.toml says need not be kept")
    parser.add_argument("--show", metavar="NIGHT", help="show an older data load, or go forward to a newer one")
    parser.set_defaults(run=nights)


def add_format(parser: ArgumentParser) -> None:
    """``--format``: the form of the extracts."""
    parser.add_argument(
        "--format",
        choices=EVERY_FORMAT,
        help="the form of the extracts: ssd (Standard Safeguarding Dataset), ssda903 or annex-a (recognised when left out), or database "
        "(the Standard Safeguarding Dataset straight from the database that settings.toml names)",
    )


def progress(text: str) -> None:
    """Say how far a command is, on standard error."""
    print(f"  {text}", file=sys.stderr, flush=True)


@contextmanager
def extracts_unpacked(args: Namespace) -> Iterator[Namespace]:
    """The same arguments, with the folder of the files where ``--extracts`` names a zip. Raises NightRefused."""
    if args.extracts is None:
        yield args
        return
    with unpacked(args.extracts) as extracts:
        yield Namespace(**(vars(args) | {"extracts": extracts}))


def night_date(args: Namespace) -> date:
    """The day given, else the date that the extracts are named by, else the last day of the newest return, else today."""
    if args.as_at:
        return args.as_at
    if args.extracts is None or args.format == DATABASE:
        return date.today()
    named = re.search(r"\d{4}-\d{2}-\d{2}", args.extracts.absolute().name)
    try:
        return date.fromisoformat(named.group()) if named else own_date(args.extracts, args.format) or date.today()
    except ValueError as error:
        raise NightRefused(f"{args.extracts.name} has no valid date in its name; give the date with --as-at.") from error


def demo(args: Namespace) -> None:
    """Write the extracts of the synthetic county, or the returns or workbooks that it would have made."""
    if args.xml and args.format != SSDA903:
        raise NightRefused("--xml goes with --format ssda903.")
    if args.format != SSD:
        (_demo_returns if args.format == SSDA903 else _demo_workbooks)(args)
        return
    folders = write_county(
        args.out,
        children=args.children,
        seed=args.seed,
        nights=args.nights,
        as_at=args.as_at,
        step=args.step,
        progress=progress,
    )
    print(f"{len(folders)} {'data load' if len(folders) == 1 else 'data loads'} of invented extracts written to {args.out}")


def _demo_returns(args: Namespace) -> None:
    if args.nights > 1:
        raise NightRefused("--nights goes with --format ssd or annex-a: returns are of years, and nine are written.")
    as_at = args.as_at or date.today()
    begin_folder(args.out)
    with tempfile.TemporaryDirectory(prefix="synthetic-") as folder, duckdb.connect() as connection:
        (county,) = write_county(Path(folder), children=args.children, seed=args.seed, as_at=as_at, progress=progress)
        read_night(connection, county, Settings(), as_at)
        written = write_returns(connection, args.out, as_at, Settings(), xml=args.xml)
    list_files(args.out)
    print(f"{len(written)} files of invented SSDA903 returns written to {args.out}")


def _demo_workbooks(args: Namespace) -> None:
    from data.formats.annex_a.writing import write_workbook

    as_at = args.as_at or date.today()
    with tempfile.TemporaryDirectory(prefix="synthetic-") as folder:
        counties = write_county(
            Path(folder),
            children=args.children,
            seed=args.seed,
            nights=args.nights,
            as_at=as_at,
            step=args.step,
            progress=progress,
        )
        for county in counties:
            day, out = (as_at, args.out) if args.nights == 1 else (date.fromisoformat(county.name), args.out / county.name)
            begin_folder(out)
            with duckdb.connect() as connection:
                read_night(connection, county, Settings(), day)
                write_workbook(connection, out, day, Settings())
            list_files(out)
    print(f"{len(counties)} invented Annex A {'workbook' if len(counties) == 1 else 'workbooks'} written to {args.out}")


def check(args: Namespace) -> None:
    """Say what tonight's files would do, and what is wrong with the council's own files.

    Nothing is written but the file of spellings, and that only where it is asked for.

    Raises MistakesFound where a measure, a policy or a setting has a mistake, after the report.
    """
    with extracts_unpacked(args) as unpacked_args:
        _check(unpacked_args)


def _check(args: Namespace) -> None:
    settings = read_settings(args.store) if args.store else Settings()
    if args.write_spellings and args.write_spellings.exists():
        raise NightRefused(f"{args.write_spellings} is already there; give the name of a new file.")
    in_use, as_at = policies_and_problems(settings), night_date(args)
    rights = open_to_others(args.store) if args.store else ()
    remarks = (*rights, *unused_files(settings), *review_remarks(in_use.policies, settings, as_at))
    for problem in (*in_use.problems, *remarks):
        print(f"tracker: {problem}", file=sys.stderr)
    read_comparators(settings.folder, measure_ids(in_use.policies))
    check_targets(settings)
    with gathered(args.extracts, settings, args.format, progress) as came, duckdb.connect() as connection:
        spellings = args.store / SPELLINGS if args.store else None
        if args.write_spellings:
            # Before the load is read, which values without a code may refuse.
            _write_spellings(args.write_spellings, came, settings, spellings)
        report = came.read(connection, settings, as_at, progress, spellings=spellings)
        nights = nights_to_compare(Store(args.store)) if args.store else ()
        before = [count_before(connection, night) for night in nights]
        tonight = count_tables(connection, as_at)
        moved = table_lines(tonight, before[0]) if before else ()
        old_files = unchanged_files(came.fingerprint(settings), as_at, Store(args.store).dated_nights()) if args.store else ()
        print(replace(report, moved=moved, warnings=(*report.warnings, *old_files)).text())
        check_tables(tonight, report, before, settings, accept=False)
        rules = [rule for policy in in_use.policies.values() for rule in policy.rules]
        build_spine(connection, (as_at,), settings, questions=questions_of(rules))
        add_flags(connection)
        for warning in (*warn_of_few_allocated(connection, settings), *warn_of_many_flags(connection)):
            print(f"Warning: {warning}")
        absences = list_children(connection, in_use.policies.values(), (as_at,), settings)
        print("\n".join(rule_lines(coverage_of(connection))))
    found = mistakes(in_use.problems, absences)
    for failed in found[len(in_use.problems) :]:
        print(f"tracker: {failed}", file=sys.stderr)
    if found:
        raise MistakesFound(
            f"{len(found)} {'mistake' if len(found) == 1 else 'mistakes'} in measures, policies or settings, named above; what they "
            "affect would be not available, and everything else would be published."
        )


def _write_spellings(out: Path, came: Gathered, settings: Settings, own: Path | None) -> None:
    with duckdb.connect() as connection:
        unknown = find_unknown_values(connection, came.folder, settings, own, progress, form=came.read_as)
    if not unknown:
        print("Every value is in its list of codes: no spellings to write.")
        return
    count = write_spellings(out, unknown)
    print(
        f"{count:,} {'value is' if count == 1 else 'values are'} in no list of codes, and now in {out}: give their codes, "
        f"and add the lines to {SPELLINGS} in the store."
    )


def nightly(args: Namespace) -> None:
    """Load a night and publish it, and print its load report; then make the corporate parenting draft where there is none.

    If that fails, those whom the settings name are told.
    """
    with told_of_failure(args.store):
        _nightly(args)


def _nightly(args: Namespace) -> None:
    began = time.perf_counter()
    if args.correct_date and not args.as_at:
        raise NightRefused("--correct-date goes with --as-at: give the correct date.")
    write_default_settings(args.store)
    for warning in open_to_others(args.store):
        print(f"tracker: {warning}", file=sys.stderr)
    with extracts_unpacked(args) as unpacked_args:
        as_at = night_date(unpacked_args)
        result = run_nightly(
            Store(args.store),
            unpacked_args.extracts,
            as_at,
            args.accept_change,
            args.lift_restrictions,
            progress,
            args.format,
            date_given=args.as_at is not None,
            correct_date=args.correct_date,
        )
    if result.report:
        print(result.report.text())
    for problem in result.not_available:
        print(f"tracker: {problem}", file=sys.stderr)
    if result.message:
        print(result.message)
    if result.published:
        seconds = time.perf_counter() - began
        print(
            f"Published the load of {british(result.night.as_at)} ({result.night.name}): "
            f"{result.children_in_care:,} children in care, in {seconds:.1f} seconds."
        )
        for paper in _papers_of(result.night.corrects, args.store):
            print(
                f"tracker: Made from the load with the wrong date: {paper}. It keeps that date; tell those who have it.",
                file=sys.stderr,
            )
    if not args.no_draft:
        prepare_draft(Store(args.store))


def _papers_of(nights: tuple[str, ...], store: Path) -> list[str]:
    """The papers that were made from loads, in words."""
    if not nights:
        return []
    from casework.freezing.made_from import papers_made_from  # SQLAlchemy is slow to import, and no other load needs it
    from casework.storage.opening import records_if_any

    casework = records_if_any(read_settings(store), store)
    return papers_made_from(casework, nights) if casework else []


def nights(args: Namespace) -> None:
    """List the nights and verify each by its hashes; apply the retention, or show another night, when asked."""
    store = Store(args.store)
    if args.show:
        with store.lock():
            store.rollback(args.show)
    if args.prune:
        with store.lock():
            removed = store.prune(date.today())
        print(
            f"{len(removed)} {'data load' if len(removed) == 1 else 'data loads'} removed"
            + "".join(f"\n  {name}" for name in removed)
        )
    current = store.current()
    found, dated = store.nights(), store.dated_nights()
    if not found:
        print(f"There is no data load in {Path(args.store)} yet.")
    damaged = 0
    for night in found:
        problems = store.verify(night)
        damaged += bool(problems)
        state = "; ".join(problems) or "whole"
        shown = "  (shown)" if current and night.name == current.name else ""
        shown += "  (its date was wrong)" if night not in dated else ""
        print(f"{night.name}  {british(night.as_at)}  {night.manifest['children_in_care']:>7,} children in care  {state}{shown}")
    for folder in store.not_nights():
        print(f"{folder}  is not a data load (its manifest is missing or damaged): remove the folder by hand.", file=sys.stderr)
    for problem in store.problems:
        print(problem, file=sys.stderr)
    if damaged:
        raise NightRefused(
            f"{damaged} of {len(found)} data loads {'is' if damaged == 1 else 'are'} damaged; restore from the backup."
        )
    if store.restrictions().withheld:
        raise NightRefused("It is not known whose records are restricted; see docs/how-to/when-names-are-withheld.md.")
