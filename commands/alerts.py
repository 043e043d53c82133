"""Somebody is told when a load fails or is late: what a failed load sends, and the commands alert check and alert test."""

from __future__ import annotations

import socket
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from commands.arguments import add_store
from data.alerts import AlertNotSent, send
from data.errors import TrackerError
from data.invented import shown_name
from data.settings import read_alerts
from data.store.store import Store
from words.dates import age_of, british, british_time

REASON = (
    "The reason is in what the load printed on that machine. It is not in this message, since it may quote a record.\n"
    "What to do: docs/how-to/when-a-load-is-refused.md."
)


class LoadLate(TrackerError):
    """The load shown is older than the settings allow, or is not the one that should be shown; the message says which."""


def add(commands) -> None:
    """Add alert to the command line's ``commands``."""
    parser: ArgumentParser = commands.add_parser("alert", help="tell those whom settings.toml names (alerts)")
    ways = parser.add_subparsers(required=True, metavar="WHAT")
    way = ways.add_parser(
        "check",
        help="tell them, and end with status 1, if the load shown is older than stale_after_hours or damaged; run it each morning",
    )
    way.set_defaults(run=check)
    way = ways.add_parser("test", help="send them a test message")
    way.set_defaults(run=test)
    for way in ways.choices.values():
        add_store(way)


@contextmanager
def told_of_failure(store: Path) -> Iterator[None]:
    """An error that ends this block is told to those whom the settings of ``store`` name, and then goes on as it was."""
    try:
        yield
    except Exception:
        try:
            _tell(store, "the nightly load failed", "The nightly load ended with an error.", REASON)
        except TrackerError as failed:
            print(f"tracker: {failed}", file=sys.stderr)
        raise


def check(args: Namespace) -> None:
    """Say how old the load shown is. Raises LoadLate, after telling those whom the settings name, where it is too old, is not the one that
    should be shown, or is not there."""
    store, now = Store(args.store), datetime.now(UTC)
    hours = read_alerts(args.store).stale_after_hours
    night = store.current()
    late = night is None or now - night.published_at > timedelta(hours=hours)
    found = [*([f"There is no data load newer than {hours} hours."] if late else []), *store.problems]
    if not found:
        print(_shown(store, now))
        return
    try:
        subject = f"no data load for {hours} hours" if late else "the data load on screen has a fault"
        _tell(args.store, subject, " ".join(found), "Look whether last night's load ran, and what it printed.")
    except TrackerError as failed:
        print(f"tracker: {failed}", file=sys.stderr)
    raise LoadLate(" ".join([*found, _shown(store, now)]))


def test(args: Namespace) -> None:
    """Send a test message. Raises AlertNotSent, also where the settings name nobody."""
    if not Store(args.store).settings.alerts.anybody:
        raise AlertNotSent("settings.toml names nobody to tell; give alerts.email_to or alerts.command.")
    for line in _tell(args.store, "a test message", "This is a test. Nothing is wrong.", ""):
        print(f"{line}.")


def _tell(store: Path, subject: str, said: str, to_do: str) -> tuple[str, ...]:
    settings, now = read_alerts(store), datetime.now(UTC)
    lines = (said, _shown(Store(store), now), f"This is {socket.gethostname()}, {british_time(now)}.", to_do)
    night = Store(store).current()
    council = shown_name(settings.council, night is not None and night.manifest.get("invented") is True)
    return send(settings, f"Permanence Tracker, {council}: {subject}", "\n".join(filter(None, lines)) + "\n")


def _shown(store: Store, now: datetime) -> str:
    night = store.current()
    if night is None:
        return "No data load is on screen."
    published = f"published {british_time(night.published_at)} ({age_of(night.published_at, now)})"
    return f"On screen is the load of {british(night.as_at)}, {published}."
