"""The commands of the record of access: who looked at a child or what somebody saw, is the record whole, retention, sign-out."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

import pandas

from commands.answering import print_frame
from commands.arguments import add_store, day, head, whole
from commands.recording import record_of, visitor
from data.errors import TrackerError
from data.settings import read_settings
from data.store.store import Store
from metrics.engine.engine import Engine
from metrics.engine.scope import NO_ROLES, Scope

MOST = 500
COLUMNS = ["at", "identity", "from_place", "accessed", "subject", "choices", "night", "as_at", "children", "sha256"]


class RecordDamaged(TrackerError):
    """The record of access is not whole."""


def add(commands) -> None:
    """Add access to the command line's ``commands``."""
    parser: ArgumentParser = commands.add_parser(
        "access", help="the record of access: who saw which child, list or file, and when"
    )
    ways = parser.add_subparsers(required=True, metavar="WHAT")

    way = ways.add_parser("child", help="print who looked at a child")
    way.add_argument("--child", metavar="ID", required=True, help="either of the child's identifiers")
    _narrowed(way)
    way.set_defaults(run=child)

    way = ways.add_parser("list", help="print the entries, the newest first")
    way.add_argument("--who", metavar="IDENTITY", help="only of this person, by the name that they sign in with")
    _narrowed(way)
    way.set_defaults(run=entries)

    way = ways.add_parser("verify", help="verify that no entry was altered, removed or cut off")
    way.add_argument("--noted", type=head, metavar="ENTRY", help="the newest entry that an earlier verify printed")
    way.set_defaults(run=verify)

    way = ways.add_parser("backup", help="copy the record to a new file; people can go on working")
    way.add_argument("--out", type=Path, required=True, help="the new file")
    way.set_defaults(run=backup)

    way = ways.add_parser("prune", help="remove the entries that are older than keep_access_days in settings.toml")
    way.set_defaults(run=prune)

    way = ways.add_parser("sign-out", help="end every browser session of a person that began before now")
    way.add_argument("--who", metavar="IDENTITY", required=True, help="the name that they sign in with")
    way.set_defaults(run=sign_out)
    for way in ways.choices.values():
        add_store(way)


def _narrowed(way: ArgumentParser) -> None:
    way.add_argument("--since", type=day, metavar="DATE", help="from this day on, as 2026-10-31")
    way.add_argument("--until", type=day, metavar="DATE", help="up to and with this day, as 2026-10-31")
    way.add_argument("--most", type=whole, default=MOST, help=f"at most so many entries (default {MOST})")
    way.add_argument("--format", choices=("table", "csv", "json"), default="table", help="the format (default table)")


def child(args: Namespace) -> None:
    """Print who looked at a child."""
    _print(args, child_ids=both_identifiers(Store(args.store), args.child))


def entries(args: Namespace) -> None:
    """Print the entries."""
    _print(args, identity=args.who or "")


def _print(args: Namespace, **asked) -> None:
    from access.record.record import Asked

    record = record_of(args)
    found = record.entries(Asked(first=args.since, last=args.until, most=args.most, **asked))
    if not found:
        print("No entry of the record of access answers this.", file=sys.stderr)
    if len(found) == args.most:
        print(f"The newest {args.most} entries; ask for more with --most, or for fewer days.", file=sys.stderr)
    if found or args.format != "table":
        print_frame(as_frame(found), args.format)


def as_frame(found) -> pandas.DataFrame:
    """Entries as rows: moments in UTC."""
    from access.record.entries import as_rows

    rows = as_rows(found, "{:%Y-%m-%d %H:%M:%S}".format, lambda day: day.isoformat() if day else "")
    return pandas.DataFrame(rows, columns=COLUMNS)


def both_identifiers(store: Store, identifier: str) -> tuple[str, ...]:
    """A child's identifiers: the one asked for, and the other where the newest data load has the child."""
    from metrics.answers.child.identifiers import identifiers, of_the_same_child

    night = store.current()
    if night is None:
        return (identifier,)
    return of_the_same_child(identifiers(Engine(night, store.settings), Scope.whole_council(roles=NO_ROLES)), identifier)


def verify(args: Namespace) -> None:
    """Say whether the record is whole."""
    from access.record.verifying import newest_entry, problems

    record = record_of(args)
    found = problems(record, args.noted)
    for problem in found:
        print(problem)
    if found:
        raise RecordDamaged(f"{record.begins}: {len(found)} {'fault' if len(found) == 1 else 'faults'}.")
    print(f"Newest entry of the chain of hashes. Write it down outside the tracker: {newest_entry(record)}")
    print(f"{record.begins}: whole")


def backup(args: Namespace) -> None:
    """Copy the record to a file."""
    from access.record.backup import backup

    print(f"Written to {backup(record_of(args), args.out)}")


def prune(args: Namespace) -> None:
    """Remove old entries."""
    from access.record.retention import remove_old

    settings = read_settings(args.store)
    gone = remove_old(record_of(args), settings, visitor())
    print(f"{gone} {'entry' if gone == 1 else 'entries'} older than {settings.keep_access_days} days removed")


def sign_out(args: Namespace) -> None:
    """End every browser session of a person."""
    from access.record.entries import Kind, Shown
    from access.record.record import Asked

    record = record_of(args)
    known = record.entries(Asked(identity=args.who, most=1))
    record.add(visitor(), Shown(Kind.SIGNED_OUT, args.who))
    if known:
        print(f"Signed out everywhere: {args.who}. What they press next shows nothing.")
    else:
        print(f"Nobody called {args.who} has opened the tracker. Look at the spelling: access list gives the newest entries.")
