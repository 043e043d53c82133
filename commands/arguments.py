"""The arguments that several commands take, each said once."""

from __future__ import annotations

import argparse
import os
from datetime import date
from pathlib import Path

from data.databases.chain_head import Head, HeadUnreadable, parse

AREA_HELP = "the area of a panel, one of panel_areas in settings.toml (default: the panel of the whole council)"


def day(text: str) -> date:
    """A day as files carry it, 2026-10-31."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date; write it as 2026-10-31") from error


def whole(text: str) -> int:
    """A whole number, 1 or more."""
    try:
        number = int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number") from error
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is not 1 or more")
    return number


def head(text: str) -> Head:
    """The newest entry of a chain of hashes, as the command that verifies it prints it."""
    try:
        return parse(text)
    except HeadUnreadable as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not an entry of the chain; write it as it was printed, such as 12:9f86d0..."
        ) from error


def named_store() -> Path | None:
    """The store that TRACKER_STORE names, if it names one."""
    named = os.environ.get("TRACKER_STORE")
    return Path(named) if named else None


def add_store(command: argparse.ArgumentParser) -> None:
    """``--store``, or the one that TRACKER_STORE names."""
    named = named_store()
    command.add_argument("--store", type=Path, required=named is None, default=named, help="the store (or set TRACKER_STORE)")


def add_as_at(command: argparse.ArgumentParser, means: str) -> None:
    """``--as-at``, with what it means here."""
    command.add_argument("--as-at", type=day, metavar="DATE", help=f"{means}, as 2026-10-31")
