"""The commands that keep the panel's records: backup, restore, upgrade, check."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from commands.arguments import add_store, head
from data.errors import TrackerError
from data.sentences import begins
from data.settings import read_settings


class RecordsDamaged(TrackerError):
    """The panel's records are not whole."""


def add(commands) -> None:
    """Add casework to the command line's ``commands``."""
    parser: ArgumentParser = commands.add_parser("casework", help="the panel's records: back up, restore, upgrade, check")
    ways = parser.add_subparsers(required=True, metavar="WHAT")

    way = ways.add_parser("backup", help="copy the records to a new file; people can go on working")
    way.add_argument("--out", type=Path, required=True, help="the new file")
    way.set_defaults(run=backup)

    way = ways.add_parser("restore", help="replace the records with a backup; the current records are kept in a file")
    way.add_argument("--from", type=Path, required=True, dest="source", metavar="FILE", help="the backup")
    way.set_defaults(run=restore)

    way = ways.add_parser("upgrade", help="upgrade the records to this program's version (opening them does this too)")
    way.set_defaults(run=upgrade)

    way = ways.add_parser(
        "check", help="verify what is frozen or published, the history behind every record, and the chain of hashes"
    )
    way.add_argument("--noted", type=head, metavar="ENTRY", help="the newest entry that an earlier check printed")
    way.set_defaults(run=check)
    for way in ways.choices.values():
        add_store(way)


def backup(args: Namespace) -> None:
    """Copy the records to a file."""
    from casework.storage.backup import backup
    from casework.storage.database import connect

    print(f"Written to {backup(connect(read_settings(args.store), args.store), args.out)}")


def restore(args: Namespace) -> None:
    """Put the records back from a file."""
    from casework.storage.backup import restore
    from casework.storage.database import connect

    casework = connect(read_settings(args.store), args.store)
    kept = restore(casework, args.source)
    print(f"Restored {casework.words} from {args.source}" + (f"; the earlier records are in {kept}" if kept else ""))


def upgrade(args: Namespace) -> None:
    """Bring the records up to this program's version."""
    from casework.storage.database import connect
    from casework.storage.upgrading import newest_version, upgrade

    casework = connect(read_settings(args.store), args.store)
    had = upgrade(casework)
    print(f"{begins(casework.words)}: version {newest_version()}" + (f", from {had}" if had else " already"))


def check(args: Namespace) -> None:
    """Say whether the records are whole."""
    from casework.checking import check, newest_entry
    from casework.storage.opening import open_casework

    casework = open_casework(read_settings(args.store), args.store)
    problems = check(casework, args.noted)
    for problem in problems:
        print(problem)
    if problems:
        faults = f"{len(problems)} {'fault' if len(problems) == 1 else 'faults'}"
        raise RecordsDamaged(f"{begins(casework.words)}: {faults}; restore from the backup.")
    print(f"Newest entry of the chain of hashes. Write it down outside the tracker: {newest_entry(casework)}")
    print(f"{begins(casework.words)}: whole")
