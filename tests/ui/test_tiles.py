"""A tile says how its figure stands in word and shape, which way it moved, and nothing of so few children that nobody can tell."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from metrics.answers.headlines import Headline
from metrics.engine.policy import FOLDER, Target
from metrics.engine.policy_files import read_policy
from metrics.engine.rows import FigureRow
from ui.components.heat import highest_shares, shade
from ui.components.tiles import direction, tag, target_words
from words.labels import TOO_FEW

RULE = replace(read_policy(FOLDER / "hertfordshire.toml").rule("no_current_plan"), target=None)


def headline(
    children: int, before: int = 10, population: int = 100, in_care: int = 100, percent: float | None = None
) -> Headline:
    rule = RULE if percent is None else replace(RULE, target=Target(percent, 2, ""))
    days = ((date(2026, 9, 30), before), (date(2026, 10, 31), children))
    return Headline(rule, None, (), children, population, in_care, days)


@pytest.mark.parametrize(
    ("children", "said"), [(10, "● Within target"), (11, "○ Near target"), (12, "○ Near target"), (13, "▲ Over target")]
)
def test_a_tag_has_a_shape_and_a_word(children: int, said: str):
    assert re.sub(r"<[^>]*>", "", tag(headline(children, percent=10))) == said


@pytest.mark.parametrize(("population", "said"), [(19, "Too few to tell"), (20, "▲ Over target")])
def test_of_fewer_than_twenty_children_nothing_is_said_of_the_target(population: int, said: str):
    assert re.sub(r"<[^>]*>", "", tag(headline(10, population=population, percent=10))) == said


def test_without_a_target_nothing_is_said_of_one():
    assert tag(headline(10)) == "" and target_words(headline(10).rule) == ""


@pytest.mark.parametrize(("children", "said"), [(9, " (better)"), (10, ""), (11, " (worse)")])
def test_a_change_is_better_or_worse_where_the_measure_says_which(children: int, said: str):
    assert RULE.low_is_good is True and direction(headline(children)) == said


@pytest.mark.parametrize(("in_care", "said"), [(19, f" ({TOO_FEW})"), (20, " (worse)")])
def test_of_fewer_than_twenty_children_neither_is_said(in_care: int, said: str):
    assert direction(headline(11, in_care=in_care)) == said


@pytest.mark.parametrize(("population", "look"), [(19, None), (20, "heat4")])
def test_fewer_than_twenty_children_are_not_shaded(population: int, look: str | None):
    assert shade(5, population, 0.25) == look


def test_one_group_alone_has_nothing_to_be_compared_with():
    """Of two groups one has too few children: the other's share is the highest of all, and is not shaded for that."""
    counted = (("a", 5, 40), ("a", 5, 19), ("b", 5, 40), ("b", 2, 20), ("b", None, 50), ("b", 9, None))
    figures = [
        FigureRow(date(2026, 10, 31), "policy", rule, "team", children, population, 50) for rule, children, population in counted
    ]
    assert highest_shares(figures) == {"a": 0.0, "b": 0.125}
