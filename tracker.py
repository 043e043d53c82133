"""The command line of the Permanence Tracker. ``python tracker.py --help`` lists the commands; docs/analyst.md explains them."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from commands import answering, loading
from data.errors import TrackerError

DONE, REFUSED = 0, 1


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date; write it as 2026-10-31") from error


def _whole(text: str) -> int:
    try:
        number = int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number") from error
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is not 1 or more")
    return number


def _store(command: argparse.ArgumentParser) -> None:
    named = os.environ.get("TRACKER_STORE")
    command.add_argument(
        "--store", type=Path, required=named is None, default=named and Path(named), help="the store (or set TRACKER_STORE)"
    )


def _as_at(command: argparse.ArgumentParser, means: str) -> None:
    command.add_argument("--as-at", type=_day, metavar="DATE", help=f"{means}, as 2026-10-31")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tracker.py", description="Which children in care are drifting without a permanent home."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    demo = commands.add_parser("demo", help="write the extracts of a synthetic county (invented children)")
    demo.add_argument("--out", type=Path, required=True)
    demo.add_argument("--children", type=_whole, default=1000, help="children in care on the last night (default 1000)")
    demo.add_argument("--seed", type=int, default=1)
    demo.add_argument(
        "--nights", type=_whole, default=1, help="successive nights, a folder each (default 1: the files in OUT itself)"
    )
    demo.add_argument("--step", choices=("day", "month"), default="day", help="nights a day or a month end apart (default day)")
    _as_at(demo, "the last night (default today)")
    demo.set_defaults(run=loading.demo)

    check = commands.add_parser("check", help="what tonight's files would do; changes nothing")
    check.add_argument("--extracts", type=Path, required=True)
    check.add_argument("--store", type=Path, default=os.environ.get("TRACKER_STORE") and Path(os.environ["TRACKER_STORE"]))
    _as_at(check, "the day the extracts are as at the close of")
    check.set_defaults(run=loading.check)

    nightly = commands.add_parser("nightly", help="load and publish a night")
    nightly.add_argument("--extracts", type=Path, required=True)
    _store(nightly)
    _as_at(nightly, "the day the extracts are as at the close of (default: the date the folder is named by, else today)")
    nightly.add_argument(
        "--accept-change", action="store_true", help="accept a leap in the number of children in care, this once"
    )
    nightly.set_defaults(run=loading.nightly)

    nights = commands.add_parser("nights", help="list and verify the published nights")
    _store(nights)
    nights.add_argument("--prune", action="store_true", help="remove the nights that settings.toml need not keep")
    nights.add_argument("--show", metavar="NIGHT", help="show an older night, or a newer one again")
    nights.set_defaults(run=loading.nights)

    measures = commands.add_parser("measures", help="the figures, or the children behind them")
    _store(measures)
    _as_at(measures, "the reporting date (default: the night's own)")
    measures.add_argument("--policy", help="a policy in use (default: the first in settings.toml)")
    measures.add_argument("--rule", action="append", metavar="ID", help="only this rule (may be given again)")
    measures.add_argument("--by", choices=("child", "worker", "team", "service", "county"), default="county")
    measures.add_argument("--format", choices=("table", "csv", "json"), default="table")
    measures.set_defaults(run=answering.measures)

    pack = commands.add_parser("pack", help="an Excel pack: the panel's, or a team manager's Monday pack")
    pack.add_argument("kind", choices=("panel", "weekly"))
    _store(pack)
    pack.add_argument("--out", type=Path, required=True, help="the file; for weekly also a folder, for a pack of every team")
    pack.add_argument("--policy", help="panel: a policy in use (default: the first in settings.toml)")
    pack.add_argument("--service", help="only this service")
    pack.add_argument("--team", help="only this team")
    _as_at(pack, "the reporting date (default: the night's own)")
    pack.set_defaults(run=answering.pack)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns 0 when done and 1 when the input was refused; wrong usage exits with 2."""
    asked = _parser().parse_args(arguments)
    try:
        asked.run(asked)
    except TrackerError as error:
        print(f"tracker: {error}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # The reader of our output (head, less) has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return DONE


if __name__ == "__main__":
    sys.exit(main())
