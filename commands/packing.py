"""The command that writes packs: the panel's, a team's, one child's, the councillors', and a team manager's for Monday."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from commands.answering import check_scope, open_engine, policy_of
from commands.arguments import add_as_at, add_store, day
from commands.corporate import corporate_pack
from metrics.engine import Engine, QuestionError
from metrics.scope import Scope

KINDS = ("panel", "team", "weekly", "child", "minutes", "journeys", "corporate")


def add(commands) -> None:
    """Add pack to the command line's ``commands``."""
    parser: ArgumentParser = commands.add_parser(
        "pack", help="a pack: the panel's, a team's month, a child's summary, the Monday pack, a panel's minutes, or journeys"
    )
    parser.add_argument("kind", choices=KINDS)
    add_store(parser)
    parser.add_argument("--out", type=Path, required=True, help="the file; for team and weekly also a folder, for every team")
    parser.add_argument("--policy", help="panel, team, minutes: a policy in use (default: the first in settings.toml)")
    parser.add_argument("--service", help="only this service")
    parser.add_argument("--team", help="only this team")
    parser.add_argument("--child", metavar="ID", help="child: the child's identifier, or the legacy one")
    panel_date = "the panel's day: for panel, whose agenda and actions (default: the next open one's); for minutes, of which"
    parser.add_argument("--panel-date", type=day, metavar="DATE", help=panel_date)
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="corporate: the PDF (default: beside the workbook)")
    parser.add_argument("--publish", action="store_true", help="corporate: enter it in the ledger of publications, for good")
    parser.add_argument("--by", metavar="NAME", help="corporate: who publishes it")
    add_as_at(parser, "the reporting date (default: the night's own; corporate: the latest month end)")
    parser.set_defaults(run=pack)


def pack(asked: Namespace) -> None:
    """Write a pack."""
    engine = open_engine(asked)
    check_scope(engine, asked, asked.as_at)
    # openpyxl and SQLAlchemy are slow to import, and only this command needs them.
    kinds = {"panel": _panel, "team": _team, "weekly": _weekly, "child": _child, "minutes": _minutes, "journeys": _journeys}
    kinds |= {"corporate": corporate_pack}
    for path in kinds[asked.kind](engine, asked):
        print(f"Written to {path}")


def _panel(engine: Engine, asked: Namespace) -> list[Path]:
    from packs.panel import write_panel_pack

    policy, records = policy_of(engine, asked), _records(engine, asked)
    written = write_panel_pack(
        engine, asked.out, policy, asked.as_at, Scope().narrowed(asked.service, asked.team), casework=records, panel_date=asked.panel_date
    )
    return [written]


def _team(engine: Engine, asked: Namespace) -> list[Path]:
    """The month of a team or of a whole service; into a folder, one for every team."""
    from packs.team import write_team_pack, write_team_packs

    policy, records = policy_of(engine, asked), _records(engine, asked)
    if asked.out.is_dir() and not asked.team:
        return write_team_packs(engine, asked.out, policy, asked.service, asked.as_at, records)
    if not (asked.team or asked.service):
        raise QuestionError("Say which team, with --team, or which service, with --service; a folder has a pack for every team.")
    return [write_team_pack(engine, asked.out, policy, asked.service, asked.team, asked.as_at, records)]


def _minutes(engine: Engine, asked: Namespace) -> list[Path]:
    from packs.minutes import write_minutes

    if asked.panel_date is None:
        raise QuestionError("Say of which panel the minutes are, with --panel-date.")
    return [write_minutes(engine, asked.out, policy_of(engine, asked), asked.panel_date, _records(engine, asked))]


def _weekly(engine: Engine, asked: Namespace) -> list[Path]:
    """The Monday pack of a team, a service or the county; into a folder, one for every team."""
    from packs.weekly import write_weekly_pack, write_weekly_packs

    if asked.out.is_dir() and not asked.team:
        return write_weekly_packs(engine, asked.out, asked.service, asked.as_at)
    return [write_weekly_pack(engine, asked.out, asked.service, asked.team, asked.as_at)]


def _journeys(engine: Engine, asked: Namespace) -> list[Path]:
    """The journeys to permanence of a team, a service or the county."""
    from packs.journeys import write_journeys_pack

    return [write_journeys_pack(engine, asked.out, asked.service, asked.team, asked.as_at)]


def _child(engine: Engine, asked: Namespace) -> list[Path]:
    from packs.child_summary import write_child_summary

    if not asked.child:
        raise QuestionError("Say which child the summary is about, with --child and the identifier.")
    child_id = _one_child(engine, asked.child)
    return [write_child_summary(engine, asked.out, child_id, Scope(), asked.as_at, _records(engine, asked))]


def _one_child(engine: Engine, identifier: str) -> str:
    """The child with an identifier of either kind. One that is nobody's goes on, to be refused where the child is asked about."""
    from metrics.child import find_child

    found = find_child(engine, identifier, Scope())
    if len(found) > 1 and identifier not in found:
        raise QuestionError(f"{identifier} is an identifier of {len(found)} children: {', '.join(found)}; give one of these.")
    return found[0] if len(found) == 1 else identifier


def _records(engine: Engine, asked: Namespace):
    """The panel's records of the store, or None where no panel has kept any yet."""
    from casework.database import records_if_any

    return records_if_any(engine.settings, asked.store)
