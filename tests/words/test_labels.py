"""Labels: what stands for a missing figure, what the whole council is called, and that each label stands in one place."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pandas
import pytest

from data.settings import Settings
from metrics.engine.absence import not_available
from metrics.engine.policy import FOLDER
from metrics.engine.policy_files import read_policy
from metrics.engine.scope import Scope
from tests.support.scopes import asking
from tests.test_architecture import ROOT, sources
from words import labels

COUNTY, BOROUGH = labels.AREAS["county"], labels.AREAS["borough"]


def test_what_was_not_supplied_is_not_zero():
    assert labels.figure(None) == labels.figure(pandas.NA) == "not supplied"
    assert labels.figure(0) == "0"
    assert labels.figure(None, not_available("The measure has a mistake.")) == "not available"


def test_the_number_of_what_is_due_by_a_date_is_said_to_be_of_what_is_overdue():
    england = read_policy(FOLDER / "england.toml")
    said = [labels.figure_title(england.rule(rule)) for rule in ("first_review_20d", "three_placements_12m")]
    assert said == ["First review within 20 working days: overdue", "3 or more placements in 12 months"]


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (3, "3 more than at 30/09/2026, as now known"),
        (-1, "1 fewer than at 30/09/2026, as now known"),
        (0, "no change since 30/09/2026, as now known"),
        (None, "no figure at 30/09/2026 to compare with"),
    ],
)
def test_a_change_is_said_in_words(difference, said: str):
    assert labels.change(difference, date(2026, 9, 30)) == said


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        (asking(), "Borough"),
        (asking(services=("East", "West")), "East, West"),
        (asking(services=("East",), teams=("Team 1",)), "Team 1"),
        (asking(teams=("Team 1",), workers=("A Worker",)), "A Worker"),
        (asking(teams=()), "nobody"),
    ],
)
def test_a_scope_is_named_by_what_it_is_narrowed_to_or_by_the_whole_council(scope: Scope, said: str):
    assert labels.scope_name(scope, BOROUGH) == said


def test_every_level_has_a_name_and_that_of_the_whole_council_follows_the_setting():
    assert [area.wide for area in labels.AREAS.values()] == ["Countywide", "Boroughwide", "Citywide"]


def test_every_value_of_the_setting_has_its_area():
    """The reading of settings knows no words, and so has the values written down too."""
    allowed = Settings.__dataclass_fields__["area"].metadata["kind"]
    assert [name for name in labels.AREAS if allowed.accept(name) is None] == []
    assert allowed.allowed == 'one of "county", "borough", "city"' and set(labels.AREAS) == {"county", "borough", "city"}


def _labels() -> set[str]:
    """The labels of more than one word: a single one, such as *done*, is also a record's or an address's own value."""
    return {value for name, value in vars(labels).items() if name.isupper() and isinstance(value, str) and " " in value}


def _constants(path: Path) -> list[tuple[str, str]]:
    """The module's own names for one text or several: NAME = "text", NAME, OTHER = "text", "text"."""
    found = []
    for node in ast.parse((ROOT / path).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], (ast.Name, ast.Tuple)):
            values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            names = node.targets[0].elts if isinstance(node.targets[0], ast.Tuple) else [node.targets[0]]
            if len(names) == len(values):
                pairs = zip(names, values, strict=True)
                found += [
                    (name.id, value.value)
                    for name, value in pairs
                    if isinstance(name, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str)
                ]
    return found


def test_no_module_has_a_label_of_its_own_that_stands_in_the_vocabulary():
    ours = _labels()
    assert {"not supplied", "not available", "Restricted record", "no current plan"} <= ours
    doubled = {
        f"{path}: {name}"
        for path in sources()
        if path.parts[0] in ("ui", "pages", "packs", "casework", "commands", "metrics")
        for name, value in _constants(path)
        if value in ours
    }
    assert doubled == set()


def test_a_date_is_written_in_one_place():
    """British dates are spelt out in words/dates.py alone, of all that pages, packs and commands say."""
    spelt = [
        str(path)
        for path in sources()
        if path.parts[0] in ("ui", "pages", "packs", "casework", "commands")
        and "%d/%m/%" in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert spelt == []
