"""The command that checks people.toml and says who may see what: people."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from access.people import REACH, Entry, PeopleError, mistakes_in, people_file, read_people
from access.roles import Right
from commands.answering import open_engine
from commands.arguments import add_store
from data.store.store import Store
from metrics.engine.engine import Engine
from metrics.engine.scope import NO_ROLES, Reach, Scope
from words.dates import british

PROFESSIONALS = "select prof_professional_id, prof_professional_name from ssd_professionals"


def add(commands) -> None:
    """Add people to the command line's ``commands``."""
    parser: ArgumentParser = commands.add_parser(
        "people", help="check people.toml, and print who may use the tracker and what they may see; changes nothing"
    )
    add_store(parser)
    parser.set_defaults(run=people)


def people(args: Namespace) -> None:
    """Print everybody whom the file names. Raises PeopleError naming every mistake."""
    path = people_file(Path(args.store))
    if not path.exists():
        raise PeopleError(f"There is no {path}: nobody is let in until it names them.")
    if mistakes := mistakes_in(path):
        raise PeopleError("\n".join(("Nobody is let in until this is corrected.", *mistakes)))
    entries = read_people(Path(args.store)).entries
    engine = open_engine(args) if Store(args.store).current() is not None else None
    names = _professionals(engine) if engine else {}
    for entry in entries:
        print(_line(entry, names))
    for line in _not_there(engine, entries, names) if engine else ():
        print(line)


def _professionals(engine: Engine) -> dict[str, str]:
    """The name of each professional of the data load, by their identifier."""
    with engine.view(Scope.nobody(), (engine.as_at,), ()) as view:
        return {key: name or "" for key, name in view.execute(PROFESSIONALS).fetchall()}


def _reach(reach: Reach | None, names: dict[str, str]) -> str:
    """Whose children are seen. Workers by identifier and name: who mistypes an identifier may have given somebody else's caseload."""
    if reach is None:
        return "the whole council"
    seen = [*reach.services, *reach.teams]
    for words, keys in (
        ("children allocated to", reach.workers),
        ("children whose reviewing officer is", reach.reviewing_officers),
    ):
        if keys:
            seen.append(f"{words} {' or '.join(f'{key} ({names[key]})' if names.get(key) else key for key in keys)}")
    return ", ".join(seen) or "nobody"


def _line(entry: Entry, names: dict[str, str]) -> str:
    """What one entry gives, as if it were the only one about the person."""
    person = entry.alone()
    words = [", ".join(role.value for role in entry.roles)]
    if person.may(Right.SEE_CHILDREN):
        seen = _reach(person.reach, names)
        words += [f"sees {seen}", f"children by {'full name' if person.names.value == 'full' else person.names.value}"]
    else:
        words.append("sees no child")
    words += [f"may also {right.value}" for right in entry.may]
    return f"{entry.whose}: {'; '.join(words)}"


def _not_there(engine: Engine, entries: tuple[Entry, ...], professionals: dict[str, str]) -> list[str]:
    """What the file names and the data load does not have: through such a name nobody is seen."""
    groups = engine.groups(Scope.whole_council(roles=NO_ROLES))
    known = {"services": set(groups["service"]), "teams": set(groups["team"])}
    return [
        f'Warning: {entry.whose}: {key} has "{name}", which is not in the data load of {british(engine.as_at)}; nobody is seen through it.'
        for entry in entries
        for key in REACH
        for name in getattr(entry, key)
        if name not in known.get(key, professionals)
    ]
