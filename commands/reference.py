"""Every command and option as a page of the docs, made from the command line itself.

After a change to a command: ``python -m commands.reference > docs/reference/commands.md``.
"""

from __future__ import annotations

from argparse import Action, ArgumentParser, _SubParsersAction
from collections.abc import Iterator

from data.sentences import begins

HEAD = """# Commands

Made from the command line by `python -m commands.reference`; a test keeps it up to date.

Run each command in the tracker's folder, with `python tracker.py` (or `tracker`, where the package is installed). Give `--help` after
any command to see its options. `--store` can be left out where the environment variable `TRACKER_STORE` names the store.

| exit status | means |
|---|---|
| 0 | Done. |
| 1 | Refused. One sentence on standard error says why and what to do. |
| 2 | Wrong usage: an option is missing or not known. |

A load that is refused changes nothing: the last good load stays on screen. On the command line a data load is called a *night*.

The commands behind `make` (`run`, `test`, `bench`, `lock`) are in [run the tests and benchmarks](../how-to/run-tests-and-benchmarks.md).
"""


def subcommands(parser: ArgumentParser) -> dict[str, tuple[ArgumentParser, str]]:
    """The commands of a parser by name, each with its parser and what it does; empty for a command that has none."""
    for action in parser._actions:  # argparse offers no other way to its commands
        if isinstance(action, _SubParsersAction):
            said = {choice.dest: choice.help or "" for choice in action._get_subactions()}
            return {name: (command, said[name]) for name, command in action.choices.items()}
    return {}


def commands_of(parser: ArgumentParser, before: str = "") -> Iterator[tuple[str, ArgumentParser, str]]:
    """Every command that can be run, with its full name (``panel freeze``), its parser and what it does."""
    for name, (command, does) in subcommands(parser).items():
        full = f"{before} {name}".strip()
        yield from commands_of(command, full) if subcommands(command) else [(full, command, does)]


def _option(action: Action) -> str:
    name = ", ".join(f"`{option}`" for option in action.option_strings) or f"`{action.dest}`"
    takes = "" if action.nargs == 0 else " or ".join(f"`{choice}`" for choice in action.choices or ())
    if not takes and action.nargs != 0 and action.option_strings:
        takes = f"`{action.metavar or action.dest.upper()}`"
    # A store that TRACKER_STORE names need not be given, but one of the two must be there.
    needed = action.required or "or set TRACKER_STORE" in (action.help or "")
    return f"| {name} | {takes} | {'yes' if needed else ''} | {action.help} |"


def _section(name: str, command: ArgumentParser, does: str) -> str:
    rows = "\n".join(_option(action) for action in command._actions if action.dest != "help")
    return f"## {name}\n\n{begins(does)}.\n\n| option | takes | required | means |\n|---|---|---|---|\n{rows}\n"


def reference(parser: ArgumentParser) -> str:
    """The whole page as Markdown."""
    return "\n".join([HEAD, *(_section(*command) for command in commands_of(parser))])


if __name__ == "__main__":
    from tracker import command_line

    print(reference(command_line()), end="")
