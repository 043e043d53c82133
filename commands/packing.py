"""The command that writes packs: the panel's, a team's, one child's, and a team manager's for Monday."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from commands.answering import check_scope, open_engine, policy_of
from commands.arguments import add_as_at, add_store
from metrics.engine import Engine, QuestionError
from metrics.scope import Scope

KINDS = ("panel", "weekly", "child")


def add(commands) -> None:
    """Add pack to the command line's ``commands``."""
    parser: ArgumentParser = commands.add_parser(
        "pack", help="an Excel pack: the panel's, a child's summary, or a team manager's Monday pack"
    )
    parser.add_argument("kind", choices=KINDS)
    add_store(parser)
    parser.add_argument("--out", type=Path, required=True, help="the file; for weekly also a folder, for a pack of every team")
    parser.add_argument("--policy", help="panel: a policy in use (default: the first in settings.toml)")
    parser.add_argument("--service", help="only this service")
    parser.add_argument("--team", help="only this team")
    parser.add_argument("--child", metavar="ID", help="child: the child's identifier, or the legacy one")
    add_as_at(parser, "the reporting date (default: the night's own)")
    parser.set_defaults(run=pack)


def pack(asked: Namespace) -> None:
    """Write a pack."""
    engine = open_engine(asked)
    check_scope(engine, asked, asked.as_at)
    # openpyxl and SQLAlchemy are slow to import, and only this command needs them.
    for path in {"panel": _panel, "weekly": _weekly, "child": _child}[asked.kind](engine, asked):
        print(f"Written to {path}")


def _panel(engine: Engine, asked: Namespace) -> list[Path]:
    from packs.panel import write_panel_pack

    return [write_panel_pack(engine, asked.out, policy_of(engine, asked), asked.as_at, _scope(asked))]


def _weekly(engine: Engine, asked: Namespace) -> list[Path]:
    """The Monday pack of a team, a service or the county; into a folder, one for every team."""
    from packs.weekly import write_weekly_pack, write_weekly_packs

    if asked.out.is_dir() and not asked.team:
        return write_weekly_packs(engine, asked.out, asked.service, asked.as_at)
    return [write_weekly_pack(engine, asked.out, asked.service, asked.team, asked.as_at)]


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


def _scope(asked: Namespace) -> Scope:
    return Scope(
        services=(asked.service,) if asked.service else None,
        teams=(asked.team,) if asked.team else None,
    )
