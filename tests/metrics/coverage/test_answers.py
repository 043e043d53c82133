"""How a sentence stands: tracked, waiting for an extract, of a policy not in use, or not tracked, and why."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from metrics.coverage.answers import STANDINGS, as_frame, counts, rules_in_use, standing_of, standings
from metrics.coverage.documents import Document, Sentence, read_documents
from metrics.engine.absence import Absence, not_available
from metrics.engine.engine import Engine
from metrics.engine.policy import FOLDER, Policy, Rule
from metrics.engine.policy_files import read_policy

PLAN, HOME, REVIEW = "hertfordshire.no_current_plan", "hertfordshire.return_home_6m", "hertfordshire_service.second_review"
NEEDS_REVIEWS, NEEDS_PLANS = Absence("not supplied", ("ssd_cla_reviews",)), Absence("not supplied", ("ssd_cla_care_plan",))


@cache
def _in_use() -> dict[str, Policy]:
    return {"hertfordshire": read_policy(FOLDER / "hertfordshire.toml")}


def _stands(sentence: Sentence, policies: dict[str, Policy] | None = None, **absences: Absence) -> tuple[str, str]:
    def absence(rule: Rule) -> Absence | None:
        return absences.get(rule.id)

    used = _in_use() if policies is None else policies
    one = standing_of(sentence, used, rules_in_use(used), absence)
    return one.standing, one.explanation


@pytest.mark.parametrize(
    ("sentence", "absences", "expected"),
    [
        (Sentence("A", "1", (PLAN,)), {}, ("tracked", "")),
        (Sentence("A", "1", (PLAN,), note="Not the rest."), {}, ("tracked", "Not the rest.")),
        (
            Sentence("A", "1", (PLAN,)),
            {"no_current_plan": NEEDS_PLANS},
            ("waits for an extract", "It needs the extract Care plans."),
        ),
        # One rule of two is enough, and the page says what the other lacks.
        (
            Sentence("A", "1", (PLAN, HOME)),
            {"no_current_plan": NEEDS_PLANS},
            ("tracked", "Some of its rules are not supplied. It needs the extract Care plans."),
        ),
        (
            Sentence("A", "1", (PLAN, HOME)),
            {"no_current_plan": NEEDS_PLANS, "return_home_6m": NEEDS_REVIEWS},
            ("waits for an extract", "It needs the extract Care plans, Reviews."),
        ),
        (
            Sentence("A", "1", (PLAN,)),
            {"no_current_plan": not_available("The file has a mistake.")},
            ("not available", "The file has a mistake."),
        ),
        (
            Sentence("A", "1", (REVIEW,)),
            {},
            ("policy not in use", "Add hertfordshire_service to 'policies' in settings.toml to track it."),
        ),
        # A rule of a policy that is not in use neither helps nor hinders.
        (Sentence("A", "1", (REVIEW, PLAN)), {}, ("tracked", "")),
        (Sentence("A", "1", reason="No extract records it."), {}, ("not tracked", "No extract records it.")),
    ],
)
def test_how_a_sentence_stands(sentence, absences, expected):
    assert _stands(sentence, **absences) == expected


def test_a_rule_that_the_councils_own_file_lacks_is_not_in_use():
    policy = _in_use()["hertfordshire"]
    own = {"hertfordshire": replace(policy, rules=tuple(rule for rule in policy.rules if rule.id != "no_current_plan"))}
    assert _stands(Sentence("A", "1", (PLAN,)), own) == (
        "policy not in use",
        "The council's own file of the policy has no such rule.",
    )


def test_the_counts_are_the_sentences_of_each_standing(engine: Engine):
    found = list(standings(engine, read_documents()))
    frame, rows = counts(found).set_index("document"), as_frame(found)
    assert frame["sentences"].sum() == len(rows) == sum(len(document.sentences) for document in read_documents()) > 400
    assert (frame.drop(columns="sentences").sum(axis="columns") == frame["sentences"]).all()
    assert set(rows["tracked_or_not"]) <= set(STANDINGS)
    tracked = rows[(rows["document"] == "Hertfordshire") & (rows["tracked_or_not"] == "tracked")]
    assert "Care plan is residential" in set(tracked["sentence"])


def test_a_document_without_a_sentence_is_not_counted(engine: Engine):
    assert counts(list(standings(engine, [Document("x", "X", "X", ("x",), not_held="Elsewhere.")]))).empty
