"""Commands that name children leave a record of access, as pages do: before the rows are printed, and with the hash of every file."""

from __future__ import annotations

import getpass
import hashlib
from argparse import Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path

from data.errors import TrackerError
from metrics.engine.engine import Engine
from metrics.engine.scope import NO_ROLES, Scope

CHOICES = ("policy", "rule", "by", "service", "team", "first", "second", "panel_date", "area", "full", "backlog")


def visitor():
    """Who runs the command: the account of this machine."""
    from access.record.entries import Visitor

    try:
        account = getpass.getuser()
    except (OSError, KeyError, ImportError):
        account = "not known"
    return Visitor(f"account {account}", "command line")


def record_of(args: Namespace):
    """The record of access of the store that a command names. Raises AccessRecordError."""
    from access.record.record import open_access_record  # SQLAlchemy is slow to import, and only these commands need it
    from data.settings import read_settings

    return open_access_record(read_settings(args.store), args.store)


def _choices(args: Namespace) -> str:
    made = {name: getattr(args, name, None) for name in CHOICES}
    return " ".join(f"{name}={','.join(value) if isinstance(value, list) else value}" for name, value in made.items() if value)


def record_children(args: Namespace, command: str, engine: Engine, children: Iterable[object]) -> None:
    """Before the rows are printed. Raises AccessRecordError: then nothing is printed."""
    from access.record.entries import Kind, Shown

    named = tuple(sorted({child for child in children if isinstance(child, str)}))
    as_at = getattr(args, "as_at", None) or engine.as_at
    record = record_of(args)
    record.add(visitor(), Shown(Kind.COMMAND, command, _choices(args), engine.night.name, as_at, named))
    record.close()


def record_files(args: Namespace, command: str, engine: Engine, paths: Sequence[Path]) -> Sequence[Path]:
    """Once the files are written and before they are told of: their hashes and the children in them.

    Raises AccessRecordError, and removes the files, when the record cannot be written.
    """
    from access.record.entries import Kind, Shown
    from access.record.identifiers import children_in
    from metrics.answers.child.identifiers import identifiers

    known = identifiers(engine, Scope.whole_council(roles=NO_ROLES))
    as_at = getattr(args, "as_at", None) or engine.as_at
    try:
        things = []
        for path in paths:
            data = path.read_bytes()
            children = children_in(data, known)
            sha256 = hashlib.sha256(data).hexdigest()
            things.append(Shown(Kind.FILE, f"{command}{path.suffix}", _choices(args), engine.night.name, as_at, children, sha256))
        record = record_of(args)
        record.add(visitor(), *things)
        record.close()
    except TrackerError:
        for path in paths:
            path.unlink(missing_ok=True)
        raise
    return paths
