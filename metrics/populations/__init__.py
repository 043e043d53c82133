"""The children that a figure is a share of: one SQL file for each population, under the words that a measure's ``out of`` says.

A file gives as_at and child_number, a row for each child of the population on each reporting date. Its title says in words who they
are, and may name parameters of the rule in braces, which its SQL binds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
CHILDREN_IN_CARE = "children_in_care"
# A milestone's own children, whom only its rule names.
OF_THE_RULE = ("policy_id", "rule_id")
HEADER = re.compile(r"^-- (title|parameters|needs): (.+)\n", re.MULTILINE)


@dataclass(frozen=True)
class Population:
    """``title``: who they are, with the ``parameters`` of the rule in braces; ``needs``: tables without which they are not supplied."""

    id: str
    title: str
    parameters: tuple[str, ...]
    needs: tuple[str, ...]
    sql: str

    @property
    def of_milestone(self) -> bool:
        """Whether only a milestone has it: the children whom its own rows name."""
        return "$rule_id" in self.sql

    def words(self, parameters: Mapping[str, object]) -> str:
        """Who they are, as a rule with these parameters has them."""
        return self.title.format(**{name: str(value).replace("_", " ") for name, value in parameters.items()})

    def asked(self, policy: str, rule: str, parameters: Mapping[str, object]) -> dict[str, object]:
        """What its SQL binds for a rule."""
        given = {"policy_id": policy, "rule_id": rule, **parameters}
        return {name: given[name] for name in (*self.parameters, *OF_THE_RULE) if f"${name}" in self.sql}

    def key(self, asked: Mapping[str, object]) -> str:
        """The name of the population with what it binds: rules that are shares of the same children have the same."""
        return " ".join([self.id, *(f"{name}={value}" for name, value in asked.items())])


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


@cache
def populations() -> dict[str, Population]:
    """Every population, by its title."""
    found = {}
    for path in sorted(HERE.glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        header = dict(HEADER.findall(text))
        parameters, needs = _names(header.get("parameters", "")), _names(header.get("needs", ""))
        found[header["title"]] = Population(path.stem, header["title"], parameters, needs, HEADER.sub("", text).strip())
    return found


@cache
def by_id(name: str) -> Population:
    return next(one for one in populations().values() if one.id == name)
