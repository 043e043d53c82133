"""Every rule of every document in one table of the docs: ``python -m ui.shell.rulebook > docs/reference/rules.md``."""

from __future__ import annotations

from datetime import date

from metrics.engine.policy import FOLDER, Policy, Rule
from metrics.engine.policy_files import read_policy
from ui.shell.navigation import titles

HEAD = """# Every rule

Made from `policies/*.toml` by `python -m ui.shell.rulebook`; a test keeps it up to date. A *measure* lists the children who meet a
condition now; a *milestone* lists what is due by a date. A council can change a limit in its own
`settings.toml` ([how to](../how-to/change-a-limit.md)).
"""
EVERYWHERE = ("countywide", "children", "team")


def _pages(policy: Policy) -> str:
    """Where the policy's rules are seen: on the pages that every policy has, and its own."""
    every = titles()
    return ", ".join(every[stem] for stem in (*policy.pages, *EVERYWHERE))


def _row(rule: Rule) -> str:
    limit = rule.limit_on(date.max)
    settings = ", ".join(f"{name} = {value}" for name, value in rule.parameters.items())
    within = limit.words if limit else ""
    cells = (f"`{rule.id}`", rule.title, rule.wording, rule.reading, rule.source, within, settings, rule.measure.kind)
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _section(policy: Policy) -> str:
    heading = f"## {policy.name} (`{policy.id}`)\n\n{policy.document}. On the pages {_pages(policy)}.\n\n"
    table = "| rule | title | policy wording | how it is read | source | limit | settings | kind |\n|---|---|---|---|---|---|---|---|\n"
    return heading + table + "\n".join(_row(rule) for rule in policy.rules) + "\n"


def rulebook() -> str:
    """The whole page as Markdown."""
    return "\n".join([HEAD, *(_section(read_policy(path)) for path in sorted(FOLDER.glob("*.toml")))])


if __name__ == "__main__":
    print(rulebook(), end="")
