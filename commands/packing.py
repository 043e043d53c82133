"""The command that writes packs: the panel's, a team's, one child's, the councillors', and a team manager's for Monday."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from commands.answering import check_scope, open_engine, policy_of
from commands.arguments import AREA_HELP, add_as_at, add_store, day
from commands.corporate import corporate_pack
from commands.recording import record_files
from metrics.engine.engine import Engine, QuestionError
from metrics.engine.scope import NO_ROLES, Scope

# Writes a pack as the command line asks. Gives the files.
Write = Callable[[Engine, Namespace], list[Path]]
PANEL_POLICY = "a policy in use (default: the first in settings.toml)"
WEEKLY_POLICY = "a policy in use that brings the page weekly (default: the first that does)"
FILE, FILE_OR_FOLDER = "the file to write", "the file to write; a folder gives a pack for every team"
ANNEX = "with the annex (figures with charts, drift, sources and the rest)"
AS_AT = "the reporting date (default: the date of the data load)"


def add(commands) -> None:
    """Add pack to the command line's ``commands``: each kind takes the options that it can follow, and no others."""
    parser: ArgumentParser = commands.add_parser(
        "pack",
        help="write a pack: the panel's, a team's, the Monday pack, a child's summary, minutes, journeys, or the councillors'",
    )
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")

    kind = kinds.add_parser("panel", help="write the panel's pack")
    _add_out(kind, "the file to write (.xlsx or .pdf)", _panel)
    _add_narrowed(kind)
    _add_policy_and_annex(kind)
    agenda = "the panel whose agenda and actions to include (default: the next open panel)"
    kind.add_argument("--panel-date", type=day, metavar="DATE", help=agenda)
    kind.add_argument("--area", default="", help=AREA_HELP)
    add_as_at(kind, AS_AT)

    kind = kinds.add_parser("team", help="write the month of a team or of a whole service")
    _add_out(kind, FILE_OR_FOLDER, _team)
    _add_narrowed(kind)
    _add_policy_and_annex(kind)
    add_as_at(kind, AS_AT)

    kind = kinds.add_parser("weekly", help="write the Monday pack of a team, a service or the county")
    _add_out(kind, FILE_OR_FOLDER, _weekly)
    _add_narrowed(kind)
    kind.add_argument("--policy", help=WEEKLY_POLICY)
    add_as_at(kind, AS_AT)

    kind = kinds.add_parser("child", help="write one child's summary")
    _add_out(kind, FILE, _child)
    kind.add_argument("--child", metavar="ID", required=True, help="either of the child's identifiers")
    add_as_at(kind, AS_AT)

    kind = kinds.add_parser("minutes", help="write a panel's minutes")
    _add_out(kind, FILE, _minutes)
    kind.add_argument("--panel-date", type=day, metavar="DATE", required=True, help="the panel")
    kind.add_argument("--policy", help=PANEL_POLICY)
    kind.add_argument("--area", default="", help=AREA_HELP)

    kind = kinds.add_parser("journeys", help="write the journeys to permanence of a team, a service or the county")
    _add_out(kind, FILE, _journeys)
    _add_narrowed(kind)
    add_as_at(kind, AS_AT)

    kind = kinds.add_parser("corporate", help="write the corporate parenting pack of the whole council, as a workbook and a PDF")
    _add_out(kind, FILE, corporate_pack)
    kind.add_argument("--pdf", type=Path, metavar="FILE", help="the PDF (default: beside the workbook)")
    kind.add_argument("--publish", action="store_true", help="enter the pack in the ledger of publications, permanently")
    kind.add_argument("--by", metavar="NAME", help="who publishes it")
    add_as_at(kind, "the reporting date (default: the latest month end)")


def _add_out(kind: ArgumentParser, means: str, write: Write) -> None:
    add_store(kind)
    kind.add_argument("--out", type=Path, required=True, help=means)
    kind.set_defaults(run=pack, write=write)


def _add_narrowed(kind: ArgumentParser) -> None:
    kind.add_argument("--service", help="only this service")
    kind.add_argument("--team", help="only this team")


def _add_policy_and_annex(kind: ArgumentParser) -> None:
    kind.add_argument("--policy", help=PANEL_POLICY)
    kind.add_argument("--full", action="store_true", help=ANNEX)


def pack(args: Namespace) -> None:
    """Write a pack."""
    engine = open_engine(args)
    if "team" in args:
        check_scope(engine, args, args.as_at)
    for path in record_files(args, f"pack {args.kind}", engine, args.write(engine, args)):
        print(f"Written to {path}")


# openpyxl and SQLAlchemy are slow to import, and only this command needs them.
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
