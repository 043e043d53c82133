"""The command that writes packs: the panel's, a team's, one child's, the councillors', and a team manager's for Monday."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from commands.answering import check_scope, open_engine, policy_of
from commands.arguments import AREA_HELP, add_as_at, add_store, day
from commands.corporate import corporate_pack
from commands.recording import record_files
from metrics.engine.engine import Engine, QuestionError
from metrics.engine.scope import NO_ROLES, Scope

POLICY_HELP = (
    "panel, team, minutes: a policy in use (default: the first in settings.toml); weekly: one that brings the page weekly (default: "
    "the first that does)"
)
OUT_HELP = "the file to write (panel: .xlsx or .pdf); for team and weekly a folder gives a pack for every team"
KINDS = ("panel", "team", "weekly", "child", "minutes", "journeys", "corporate")


def add(commands) -> None:
    """Add pack to the command line's ``commands``."""
    parser: ArgumentParser = commands.add_parser(
        "pack",
        help="write a pack: the panel's, a team's, the Monday pack, a child's summary, minutes, journeys, or the councillors'",
    )
    parser.add_argument("kind", choices=KINDS, help="which pack")
    add_store(parser)
    parser.add_argument("--out", type=Path, required=True, help=OUT_HELP)
    parser.add_argument("--policy", help=POLICY_HELP)
    parser.add_argument("--service", help="only this service")
    parser.add_argument("--team", help="only this team")
    parser.add_argument("--child", metavar="ID", help="child: either of the child's identifiers")
    parser.add_argument(
        "--full", action="store_true", help="panel, team: with the annex (figures with charts, drift, sources and the rest)"
    )
    panel_date = "panel: the panel whose agenda and actions to include (default: the next open panel); minutes: the panel"
    parser.add_argument("--panel-date", type=day, metavar="DATE", help=panel_date)
    parser.add_argument("--area", default="", help=f"panel, minutes: {AREA_HELP}")
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="corporate: the PDF (default: beside the workbook)")
    parser.add_argument(
        "--publish", action="store_true", help="corporate: enter the pack in the ledger of publications, permanently"
    )
    parser.add_argument("--by", metavar="NAME", help="corporate: who publishes it")
    add_as_at(parser, "the reporting date (default: the date of the data load; corporate: the latest month end)")
    parser.set_defaults(run=pack)


def pack(args: Namespace) -> None:
    """Write a pack."""
    engine = open_engine(args)
    check_scope(engine, args, args.as_at)
    # openpyxl and SQLAlchemy are slow to import, and only this command needs them.
    kinds = {"panel": _panel, "team": _team, "weekly": _weekly, "child": _child, "minutes": _minutes, "journeys": _journeys}
    kinds |= {"corporate": corporate_pack}
    written = kinds[args.kind](engine, args)
    for path in record_files(args, f"pack {args.kind}", engine, written):
        print(f"Written to {path}")


def _panel(engine: Engine, args: Namespace) -> list[Path]:
    from packs.panel.pack import write_panel_pack

    policy, records = policy_of(engine, args), _records(engine, args)
    written = write_panel_pack(
        engine,
        args.out,
        policy,
        args.as_at,
        scope=Scope.whole_council(roles=NO_ROLES).narrowed(args.service, args.team),
        casework=records,
        panel_date=args.panel_date,
        area=args.area,
        full=args.full,
    )
    return [written]


def _team(engine: Engine, args: Namespace) -> list[Path]:
    """The month of a team or of a whole service; into a folder, one for every team."""
    from packs.team.pack import write_team_pack, write_team_packs

    policy, records = policy_of(engine, args), _records(engine, args)
    if args.out.is_dir() and not args.team:
        return write_team_packs(engine, args.out, policy, args.service, args.as_at, records, args.full)
    if not (args.team or args.service):
        raise QuestionError(
            "Choose a team with --team or a service with --service, or give a folder to get a pack for every team."
        )
    return [write_team_pack(engine, args.out, policy, args.service, args.team, args.as_at, records, args.full)]


def _minutes(engine: Engine, args: Namespace) -> list[Path]:
    from packs.minutes.document import write_minutes

    if args.panel_date is None:
        raise QuestionError("Choose the panel for the minutes, with --panel-date.")
    scope, policy = Scope.whole_council(roles=NO_ROLES), policy_of(engine, args)
    return [write_minutes(engine, args.out, policy, args.panel_date, _records(engine, args), scope, args.area)]


def _weekly(engine: Engine, args: Namespace) -> list[Path]:
    """The Monday pack of a team, a service or the county; into a folder, one for every team."""
    from packs.weekly.pack import write_weekly_pack, write_weekly_packs

    if args.out.is_dir() and not args.team:
        return write_weekly_packs(engine, args.out, args.policy, args.service, args.as_at)
    return [write_weekly_pack(engine, args.out, args.policy, args.service, args.team, args.as_at)]


def _journeys(engine: Engine, args: Namespace) -> list[Path]:
    """The journeys to permanence of a team, a service or the county."""
    from packs.journeys.pack import write_journeys_pack

    return [write_journeys_pack(engine, args.out, args.service, args.team, args.as_at)]


def _child(engine: Engine, args: Namespace) -> list[Path]:
    from packs.child.summary import write_child_summary

    if not args.child:
        raise QuestionError("Choose the child for the summary, with --child and the identifier.")
    child_id = _one_child(engine, args.child)
    return [
        write_child_summary(engine, args.out, child_id, Scope.whole_council(roles=NO_ROLES), args.as_at, _records(engine, args))
    ]


def _one_child(engine: Engine, identifier: str) -> str:
    """The child with an identifier of either kind. One that is nobody's goes on, to be refused where the child is asked about."""
    from metrics.answers.child.child import find_child

    found = find_child(engine, identifier, Scope.whole_council(roles=NO_ROLES))
    if len(found) > 1 and identifier not in found:
        raise QuestionError(f"{identifier} is an identifier of {len(found)} children: {', '.join(found)}; give one of these.")
    return found[0] if len(found) == 1 else identifier


def _records(engine: Engine, args: Namespace):
    """The panel's records of the store, or None where no panel has kept any yet."""
    from casework.storage.opening import records_if_any

    return records_if_any(engine.settings, args.store)
