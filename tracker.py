"""The command line of the Permanence Tracker. docs/reference/commands.md lists every command and option."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

from data.errors import TrackerError
from data.version import PRODUCT

DONE, REFUSED = 0, 1
# The commands of each module in commands/, in the order in which they are listed. Only the module of the command that is run is imported.
ROOMS = {
    "loading": ("demo", "check", "nightly", "nights"),
    "mapping": ("map",),
    "filling": ("demo-store",),
    "answering": ("measures",),
    "coverage": ("coverage",),
    "calendar": ("calendar",),
    "drift": ("drift",),
    "packing": ("pack",),
    "panel": ("panel", "demo-panels"),
    "people": ("people",),
    "casework": ("casework",),
    "access": ("access",),
    "alerts": ("alert",),
}


def command_line(command: str = "") -> argparse.ArgumentParser:
    """Every command with its options; of the module of one ``command`` alone where it is given."""
    parser = argparse.ArgumentParser(
        prog="tracker.py", description="Which children in care are drifting without a permanent home."
    )
    parser.add_argument("--version", action="version", version=PRODUCT, help="say which version this is")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    rooms = [room for room, names in ROOMS.items() if command in names] or ROOMS
    for room in rooms:
        import_module(f"commands.{room}").add(commands)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns 0 when done and 1 when the input was refused; wrong usage exits with 2."""
    given = sys.argv[1:] if arguments is None else arguments
    if given == ["--version"]:
        print(PRODUCT)
        return DONE
    args = command_line(given[0] if given else "").parse_args(given)
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
