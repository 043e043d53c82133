"""The command demo-store: a synthetic county's history, panels and packs in an empty store, or the rest of one that was stopped."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import duckdb

from commands.arguments import add_as_at, add_store, whole
from data.errors import TrackerError
from data.filling import LOADS, PACKS, PANELS, Filling, end_filling, read_filling, write_filling
from data.night import durable
from data.store.store import Store
from data.synthetic import SETTINGS, write_county
from data.synthetic.nights import night_dates
from metrics.engine.engine import Engine
from metrics.nightly import run_nightly
from words.dates import british

# Two a month: nights more than 28 days apart could not tell that a plan which was typed again had been the plan before.
STEP = "half-month"
CLERK = "Panel clerk (invented)"
PANELS_HELD = 6
WIDTH = 26  # characters of the bar
LINES = 6  # that say how far it is, where no bar can be drawn

Say = Callable[[str], None]


class Stopped(TrackerError):
    """Somebody stopped the filling; it can go on."""


def add(commands) -> None:
    """Add demo-store to the command line's ``commands``."""
    parser: ArgumentParser = commands.add_parser(
        "demo-store", help="fill an empty store with a synthetic county's history, or finish one that was stopped"
    )
    add_store(parser)
    parser.add_argument("--children", type=whole, default=1000, help="children in care in the last data load (default 1000)")
    parser.add_argument("--nights", type=whole, default=26, help="data loads, two a month (default 26: 13 months)")
    add_as_at(parser, "the date of the last data load (default today)")
    parser.set_defaults(run=demo_store)


def demo_store(args: Namespace) -> None:
    """Fill an empty store, or go on where an earlier filling stopped; any other store is left as it is.

    Standard output gets one line, as soon as the pages have a night to show; how far it is goes to standard error.
    Raises Stopped when interrupted, and whatever stands in the way of a load.
    """
    store = Store(args.store)
    filling = read_filling(store.path)
    if filling is None:
        if store.nights():
            return
        filling = Filling(args.as_at or date.today(), args.children, args.nights)
        _give_settings(store.path)
    try:
        fill(store, filling)
    except (KeyboardInterrupt, duckdb.InterruptException, RuntimeError) as error:
        # Python's own interruption, while DuckDB is at work, comes out as an error without a class of its own.
        if isinstance(error, RuntimeError) and str(error) != "Query interrupted":
            raise
        raise Stopped("Stopped. Run it again to continue.") from error


def fill(store: Store, filling: Filling) -> None:
    """Every step that is left: the loads one after the other as ``nightly`` makes them, then the panels, then the packs."""
    if filling.step == PANELS:
        _begin_again(store)  # before anybody looks at them
    write_filling(store.path, filling)
    if store.current():
        _can_be_shown()
    if filling.step == LOADS:
        filling = _step(store, _load(store, filling), PANELS)
    print(f"All {filling.nights} data loads are in; adding invented panels and packs", file=sys.stderr, flush=True)
    if filling.step == PANELS:
        _add_panels(store)
        filling = _step(store, filling, PACKS)
    _add_packs(store, filling)
    end_filling(store.path)
    print("The invented history is complete.", file=sys.stderr, flush=True)


def _step(store: Store, filling: Filling, step: str) -> Filling:
    begun = replace(filling, step=step)
    write_filling(store.path, begun)
    return begun


def _can_be_shown() -> None:
    print("There is a data load that the pages can show.", flush=True)
    if hasattr(os, "nice"):
        os.nice(5)  # anyone who looks at the pages does not wait for the rest


def _give_settings(folder: Path) -> None:
    durable.make_folder(folder)
    for file in sorted(SETTINGS.iterdir()):
        if not (folder / file.name).exists():
            durable.write_text(folder / file.name, file.read_text(encoding="utf-8"))


def _load(store: Store, filling: Filling) -> Filling:
    """Load the nights that are not there yet, oldest first: a later night builds on those before it."""
    dates = night_dates(filling.as_at, filling.nights, STEP)
    with tempfile.TemporaryDirectory(prefix="synthetic-") as folder:
        _show(0, filling.nights, "writing the extracts")
        extracts = write_county(
            Path(folder) / "extracts", filling.children, nights=filling.nights, as_at=filling.as_at, step=STEP
        )
        for done, (day, night) in enumerate(zip(dates, extracts, strict=True), start=1):
            shown = store.current()
            if shown is None or shown.as_at < day:
                run_nightly(store, night, day)
                if shown is None:
                    _can_be_shown()
            shutil.rmtree(night, ignore_errors=True)
            filling = replace(filling, done=done)
            write_filling(store.path, filling)
            _show(done, filling.nights, british(day))
    return filling


def _show(done: int, nights: int, what: str) -> None:
    """One line that says how far it is: redrawn on a terminal, written some few times into a log."""
    said = f"  {done} of {nights} data loads: {what}"
    if sys.stderr.isatty():
        bar = ("#" * (WIDTH * done // nights)).ljust(WIDTH, ".")
        print(f"\r  [{bar}]{said:<44}", end="\n" if done == nights else "", file=sys.stderr, flush=True)
    elif done * LINES // nights != (done - 1) * LINES // nights:
        print(said, file=sys.stderr, flush=True)


def _begin_again(store: Store) -> None:
    """Records whose invented panels were left half made become empty again. What was there is kept in a file."""
    from casework.storage.backup import backup, restore
    from casework.storage.opening import open_casework

    settings = store.settings
    with tempfile.TemporaryDirectory(prefix="synthetic-") as folder:
        empty = open_casework(replace(settings, casework_database=""), Path(folder))
        source = backup(empty, Path(folder) / "empty.db")
        empty.close()
        kept = restore(open_casework(settings, store.path), source)
    _say(f"The invented panels were incomplete and are being made again; the earlier records are in {kept}")


def _add_panels(store: Store) -> None:
    from casework.records.errors import CaseworkError
    from casework.storage.opening import open_casework
    from commands.panel import invent_panels

    try:
        invent_panels(store, open_casework(store.settings, store.path), PANELS_HELD)
    except CaseworkError as error:
        # Somebody has planned a panel of their own in the meantime: theirs stays.
        _say(f"Invented panels were not added: {error}")


def _add_packs(store: Store, filling: Filling) -> None:
    """One pack that has been published, so that the next is protected against being compared with it; and the draft of the next."""
    from casework.publishing.publications import publications
    from casework.storage.opening import open_casework
    from commands.corporate import prepare_draft
    from packs.corporate.drafts import KIND
    from packs.corporate.publishing import publish_pack

    engine = Engine(store.shown(), store.settings)
    casework = open_casework(engine.settings, store.path)
    day = quarter_before(filling.as_at)
    if not publications(casework, KIND, day.isoformat()):
        publish_pack(engine, casework, day, CLERK)
    write_filling(store.path, filling)  # a page takes a filling of which nothing is heard for one that was stopped
    prepare_draft(store)


def quarter_before(day: date) -> date:
    """The last day of the quarter before a day's: the day that a pack for councillors is made up to."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)


def _say(text: str) -> None:
    print(f"  {text}", file=sys.stderr, flush=True)
