"""Every setting as a page of the docs, made from the template that a new store is given.

After a change to the template: ``python -m data.settings_reference > docs/reference/settings.md``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

TEMPLATE = Path(__file__).with_name("settings_template.toml")
SECTION = re.compile(r"^# --- (.+) ---$")
SETTING = re.compile(r"^([a-z_0-9.]+) = (.+)$")

HEAD = """# Settings

Made from `data/settings_template.toml` by `python -m data.settings_reference`; a test keeps it up to date.

`settings.toml` in the store holds the council's settings. The first load writes it, with these comments and defaults. Every setting is in
the file once: change its line. A setting that you leave out has its default. How to:
[change a limit](../how-to/change-a-limit.md), [set a target](../how-to/set-a-target.md), [choose policies](../how-to/choose-policies.md).

A misspelt key, a value that is not allowed or a setting that would change nothing stops the command. The message names the file, the line
and what to do, and the last good load stays on screen. These settings are refused because they would change nothing:

* a setting for a policy that is not in use, or for a rule that the policy does not have
* a second limit of a rule from the same day
* a target of a scorecard figure that is not in use
* `disclosure_range` below `disclosure_threshold`
* `population_source` without `population_under_18`
* `authority_code` without `neighbouring_authorities`, or the other way round
* words for a role that no policy names
* the same text twice in one list

A mistake in the limit or target of one rule affects that rule only: it is *not available* until the mistake is corrected.

The environment variable `TRACKER_STORE` names the store for the app and the commands (the app uses the folder `store` when it is not set).
`TRACKER_PORT` changes the port of `make run` (8501).

Other files that a council may keep in the store: `spellings.csv` ([teach it a spelling](../how-to/teach-it-a-spelling.md)),
`comparators.csv` ([publish the Corporate Parenting pack](../how-to/publish-the-corporate-parenting-pack.md)), and the folders
`measures` and `policies` ([add a rule of your own](../how-to/add-a-rule-of-your-own.md)).
"""


def _text(comments: list[str]) -> str:
    return " ".join(comment.removeprefix("#").strip() for comment in comments)


@dataclass
class Documented:
    """The settings under one comment of the template, by name with their defaults, and what the comment says."""

    means: str
    defaults: dict[str, str] = field(default_factory=dict)


def settings() -> dict[str, list[Documented]]:
    """Every setting, by section of the template."""
    found: dict[str, list[Documented]] = {}
    section = "The council"
    comments: list[str] = []
    for line in TEMPLATE.read_text(encoding="utf-8").splitlines():
        if named := SECTION.match(line):
            section, comments = named.group(1), []
        elif setting := SETTING.match(line):
            rows = found.setdefault(section, [])
            if comments:  # settings side by side share the comment above the first
                rows.append(Documented(_text(comments)))
            rows[-1].defaults[setting.group(1)] = setting.group(2)
            comments = []
        elif line.startswith("#"):
            comments.append(line)
        else:
            comments = []
    return found


def _row(row: Documented) -> str:
    return f"| {'<br>'.join(f'`{name} = {default}`' for name, default in row.defaults.items())} | {row.means} |"


def _tables() -> str:
    """The end of the template: the tables for targets and limits, as they are there."""
    text = TEMPLATE.read_text(encoding="utf-8")
    end = re.search(r"^# --- (Targets.+?) ---\n(.+)", text, flags=re.MULTILINE | re.DOTALL)
    if end is None:
        raise ValueError(f"{TEMPLATE.name} has no tables for targets and limits at its end")
    title, rest = end.groups()
    return f"## {title}\n\n```toml\n{rest.strip()}\n```\n"


def reference() -> str:
    """The whole page as Markdown."""
    parts = [HEAD]
    for section, rows in settings().items():
        parts.append(f"## {section}\n\n| setting and default | means |\n|---|---|\n" + "\n".join(map(_row, rows)) + "\n")
    return "\n".join([*parts, _tables()])


if __name__ == "__main__":
    print(reference(), end="")
