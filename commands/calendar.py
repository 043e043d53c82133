"""The command that tells what is coming: calendar."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from commands.answering import check_scope, open_engine, print_frame
from commands.arguments import add_as_at, add_store, whole
from commands.recording import record_children, record_files
from metrics.answers.calendar.calendar import WEEKS
from metrics.engine.engine import Engine, QuestionError
from metrics.engine.scope import NO_ROLES, Scope
from words.dates import iso

COLUMNS = ["event_date", "state", "kind", "what", "child_id", "service", "team", "worker", "booked_date", "policy", "detail"]


def add(commands) -> None:
    """Add calendar to the command line's ``commands``."""
    parser: ArgumentParser = commands.add_parser(
        "calendar", help="print hearings, reviews, meetings, visits and births to come, or write them as a calendar file"
    )
    add_store(parser)
    add_as_at(parser, "the reporting date (default: the date of the data load)")
    parser.add_argument("--weeks", type=whole, default=WEEKS, help=f"how many weeks, with the present one (default {WEEKS})")
    parser.add_argument("--service", help="only this service")
    parser.add_argument("--team", help="only this team")
    parser.add_argument("--worker", help="only this worker's children")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write a calendar file (.ics) instead: no names in it")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table", help="the format (default table)")
    parser.set_defaults(run=calendar)


def calendar(args: Namespace) -> None:
    """Print what is coming as a table, CSV or JSON, what is overdue first; or write it as a calendar file."""
    from casework.storage.opening import records_if_any  # SQLAlchemy is slow to import, and only this question needs it
    from packs.calendar.events import events
    from packs.calendar.file import write_calendar

    engine = open_engine(args)
    check_scope(engine, args, args.as_at)
    # Whoever subscribes to the file sees it, so it is made for somebody without a role; the list is the analyst's own.
    asking = Scope.whole_council(roles=NO_ROLES) if args.out else Scope.whole_council_with_names()
    scope = asking.narrowed(args.service or None, args.team or None, args.worker or None)
    records = records_if_any(engine.settings, args.store)
    try:
        # A name that is misspelt must not be taken for a worker with nothing to do.
        found = not args.worker or _is_known(engine, asking, args)
        if not found and not events(engine, scope, args.as_at, records, args.weeks)["worker"].eq(args.worker).any():
            raise QuestionError(f"There is no worker '{args.worker}' with children in care; give the name as the lists have it.")
        if args.out:
            written = write_calendar(engine, args.out, scope, args.as_at, records, args.weeks)
            record_files(args, "calendar", engine, [written])
            print(f"Written to {written}")
        else:
            frame = iso(events(engine, scope, args.as_at, records, args.weeks)[COLUMNS])
            record_children(args, "calendar", engine, frame["child_id"])
            print_frame(frame, args.format)
    finally:
        if records is not None:
            records.close()


def _is_known(engine: Engine, asking: Scope, args: Namespace) -> bool:
    """Whether a worker has a child in care, or on a list of any policy, on the day."""
    return any(args.worker in engine.workers(policy, asking, args.as_at) for policy in engine.policies)
