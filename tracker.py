"""The command line of the Permanence Tracker. docs/reference/commands.md lists every command and option."""

from __future__ import annotations

import argparse
import os
import sys

from commands import (
    access,
    alerts,
    answering,
    calendar,
    casework,
    coverage,
    drift,
    filling,
    loading,
    mapping,
    packing,
    panel,
    people,
)
from data.errors import TrackerError

DONE, REFUSED = 0, 1


def command_line() -> argparse.ArgumentParser:
    """Every command with its options."""
    parser = argparse.ArgumentParser(
        prog="tracker.py", description="Which children in care are drifting without a permanent home."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for room in (
        loading,
        mapping,
        filling,
        answering,
        coverage,
        calendar,
        drift,
        packing,
        panel,
        people,
        casework,
        access,
        alerts,
    ):
        room.add(commands)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns 0 when done and 1 when the input was refused; wrong usage exits with 2."""
    args = command_line().parse_args(arguments)
    try:
        args.run(args)
    except TrackerError as error:
        print(f"tracker: {error}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # The reader of our output (head, less) has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return DONE


def run() -> None:
    """The installed command ``tracker``."""
    sys.exit(main())


if __name__ == "__main__":
    run()
