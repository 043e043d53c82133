"""The commands of the panel: freeze its lists, figures and pack, and show what was frozen."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser, Namespace
from pathlib import Path

from commands.answering import open_engine, print_frame
from commands.arguments import AREA_HELP, add_as_at, add_store, day, whole
from commands.recording import record_files
from data.settings import read_settings
from data.store.store import Store
from metrics.engine.engine import Engine
from words.dates import british
from words.labels import NOT_KEPT, NOT_SUPPLIED


def add(commands) -> None:
    """Add panel to the command line's ``commands``."""
    parser: ArgumentParser = commands.add_parser("panel", help="freeze a panel's lists, figures and pack, and show them")
    ways = parser.add_subparsers(required=True, metavar="WHAT")

    way = ways.add_parser("freeze", help="keep the lists, figures and pack as they are now, permanently")
    _add_panel(way)
    add_as_at(way, "the date of the lists (default: the date of the data load)")
    way.add_argument("--by", help="who freezes it (default: the account that runs this)")
    way.set_defaults(run=freeze)

    way = ways.add_parser("list", help="list the panels, newest first")
    add_store(way)
    way.set_defaults(run=list_panels)

    way = ways.add_parser("show", help="print a frozen panel's figures")
    _add_panel(way)
    way.add_argument(
        "--by", choices=("county", "service", "team", "area"), help="count by (default: area of an area's panel, else county)"
    )
    way.set_defaults(run=show)

    way = ways.add_parser("pack", help="write the workbook that the panel was given, byte for byte")
    _add_panel(way)
    way.add_argument("--out", type=Path, required=True, help="the file to write")
    way.set_defaults(run=pack)

    parser = commands.add_parser("demo-panels", help="invent a few months of panels for a synthetic county's data loads")
    add_store(parser)
    parser.add_argument("--panels", type=whole, default=6, help="how many of the newest month ends have one (default 6)")
    parser.set_defaults(run=demo_panels)


def _add_panel(way: ArgumentParser) -> None:
    add_store(way)
    way.add_argument("--panel-date", type=day, required=True, metavar="DATE", help="the date of the panel, as 2026-11-30")
    way.add_argument("--area", default="", help=AREA_HELP)
    way.add_argument("--policy", help="a policy in use (default: the first in settings.toml)")


def _open(args: Namespace):
    from casework.storage.opening import open_casework  # SQLAlchemy is slow to import, and only these commands need it

    return open_casework(read_settings(args.store), args.store)


def _asked_panel(args: Namespace):
    """The records, and the panel that was asked for. Raises QuestionError when there is none."""
    from packs.panel.answers import panel_on

    policy = args.policy or read_settings(args.store).policies[0]
    return panel_on(_open(args), policy, args.panel_date, args.area)


def freeze(args: Namespace) -> None:
    """Freeze a panel and say what was kept."""
    from casework.changes.restricted import NOBODY
    from casework.freezing.frozen import frozen_children
    from packs.panel.freezing import freeze_panel

    engine = open_engine(args)
    policy = args.policy or next(iter(engine.policies))
    casework = _open(args)
    panel = freeze_panel(casework, engine, policy, args.panel_date, args.by or getpass.getuser(), args.as_at, args.area)
    rows = len(frozen_children(casework, panel.id, NOBODY))
    print(
        f"Frozen for the panel of {panel.when}: {rows:,} rows of its lists as at {british(panel.frozen.as_at)}, "
        f"its figures and its pack, from the data load {panel.frozen.night_name}."
    )


def list_panels(args: Namespace) -> None:
    """List the panels."""
    from casework.panels import panels

    found = panels(_open(args))
    if not found:
        print("There is no panel yet; freeze one with: tracker.py panel freeze --panel-date DATE")
    for panel in found:
        kept = panel.freeze
        frozen = f"frozen by {kept.frozen_by} over {kept.night_name}" if kept else "not frozen yet"
        area = f"  {panel.area}" if panel.area else ""
        print(f"{panel.panel_date.isoformat()}{area}  {panel.policy_id}  {panel.status}  {frozen}")


def show(args: Namespace) -> None:
    """Print a frozen panel's figures."""
    from casework.freezing.frozen import frozen_figures, frozen_rules

    casework, panel = _asked_panel(args)
    frame = frozen_figures(casework, panel.id, args.by or ("area" if panel.area else "county")).astype(
        {"children": object, "as_at": str}
    )
    frame["children"] = frame["children"].where(frame["children"].notna(), NOT_SUPPLIED)
    rules = frozen_rules(casework, panel.id).set_index("rule")["out_of"]
    none = frame["rule"].map(rules).map(lambda words: NOT_SUPPLIED if words else NOT_KEPT)
    frame["population"] = frame["population"].astype(object).where(frame["population"].notna(), none)
    print_frame(frame, "table")


def pack(args: Namespace) -> None:
    """Write the frozen workbook, after checking it against its hash."""
    from casework.freezing.frozen import frozen_pack
    from packs.saving import save_bytes

    casework, panel = _asked_panel(args)
    kept = frozen_pack(casework, panel.id)
    written = save_bytes(kept.content, args.out)
    record_files(args, "panel pack", open_engine(args), [written])
    print(f"Written to {written}; sha256 {kept.sha256}")


def demo_panels(args: Namespace) -> None:
    """Invent panels over the newest nights, a month apart, of a synthetic county."""
    open_engine(args)
    made = invent_panels(Store(args.store), _open(args), args.panels)
    print(f"{len(made)} invented panels, from {british(made[-1].panel_date)} to {british(made[0].panel_date)}")


def invent_panels(store: Store, casework, held: int):
    """Invent a panel on each of the newest month ends, so many at most, and the one that comes next; gives them, newest first.

    Raises CaseworkError for a real council's store, and where there are panels already.
    """
    from casework.synthetic.panels import write_panels
    from packs.panel.freezing import pack_to_freeze

    tonight = Engine(store.shown(), store.settings)
    this_month = tonight.as_at.replace(day=1)
    months = {night.as_at.replace(day=1): night for night in reversed(store.dated_nights()) if night.as_at < this_month}
    nights = [months[month] for month in sorted(months)][-held:]
    return write_panels(casework, [Engine(night, store.settings) for night in nights] + [tonight], pack_to_freeze)
