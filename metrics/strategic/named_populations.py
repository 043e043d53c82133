"""The children that a share is out of, as the keys of figures name them: one name for one number, whichever rule is a share of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from metrics.disclosure.cells import Key
from metrics.engine.policy import Rule
from metrics.populations import CHILDREN_IN_CARE, Population

OPTION, MEMBERS, ASKED = "option", "population", "asked"
WITH_OPTION = "with_option"
# (the first day, "" for always; the measure and the category of the key), oldest first; a council may change a parameter from a day on.
FirstDays = tuple[tuple[str, str, str], ...]


def population_names(rule: Rule) -> FirstDays:
    """How keys name those whom a rule's share is out of, from which day on; nothing where these are the children in care."""
    population = rule.measure.population
    if population.id == CHILDREN_IN_CARE:
        return ()
    if population.of_milestone:
        return (("", f"{rule.policy}.{rule.id}", ASKED),)
    days = sorted({date.min, *(change.starts for change in rule.changes if change.starts)})
    firsts = ["" if day == date.min else day.isoformat() for day in days]
    return tuple((first, *_name(population, rule, rule.parameters_on(day))) for first, day in zip(firsts, days, strict=True))


def _name(population: Population, rule: Rule, parameters: Mapping[str, object]) -> tuple[str, str]:
    if population.id == WITH_OPTION:
        # The children with an option are counted among the plans too.
        return OPTION, str(parameters["option"])
    return population.key(population.asked(rule.policy, rule.id, parameters)), MEMBERS


def population_key(names: FirstDays, day: str, group: str) -> Key:
    """The key of a population on a day, in the whole council or a service."""
    name, category = next((name, category) for first, name, category in reversed(names) if first <= day)
    return (name, day, group, category)
