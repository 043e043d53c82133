"""What the documents ask for: the counts are those of the sentences, and each rule leads to its definition."""

from __future__ import annotations

import re

import pytest

from data.store.store import Store
from metrics.coverage.answers import counts, standings
from metrics.coverage.documents import read_documents
from metrics.engine.engine import Engine
from tests.pages.screen import Screen

LINK = re.compile(r"figures\?policy=(?P<policy>\w+)&rule=(?P<rule>\w+)")
LIST, COUNTS = "What the documents ask for", "Sentences of each document"


def test_the_counts_lead_to_the_sentences_of_a_document(engine: Engine):
    screen = Screen("coverage")
    expected = counts(list(standings(engine, read_documents()))).set_index("document")
    shown = {row["Document"]: row for row in screen.rows(COUNTS)}
    assert {name: row["Tracked"] for name, row in shown.items()} == expected["sentences_tracked"].astype(str).to_dict()
    (link,) = [row[0][1] for row in screen.tables[COUNTS] if row[0][0] == "South East" or row[0][0].endswith("(South East)")]
    rows = Screen.at(link).rows(LIST)
    assert len(rows) == expected.loc["Practice guidance (South East)", "sentences"]
    assert "Document" not in rows[0] and "Permanency Planning Practice Guidance" in Screen.at(link).text


def test_the_sentences_can_be_narrowed_to_those_that_are_tracked():
    rows = Screen("coverage", document="hertfordshire", standing="tracked").rows(LIST)
    assert {row["Tracked or not"] for row in rows} == {"tracked"}
    (row,) = [row for row in rows if row["What the document says"] == "Care plan is residential"]
    assert row["Rules that track it"] == "Residential plan"
    assert row["Where it says so"] == "2.2 Countywide Tracking, Permanency Panel, The tracker monitors, bullet 8"


def test_a_rule_leads_to_its_definition():
    screen = Screen("coverage", document="hertfordshire", standing="tracked")
    heading, *rows = screen.tables[LIST]
    says, rules = (
        next(place for place, (title, _) in enumerate(heading) if title == name)
        for name in ("What the document says", "Rules that track it")
    )
    (link,) = [row[rules][1] for row in rows if row[says][0] == "Care plan is residential"]
    assert "Care plan is residential" in Screen.at(link).text


def test_a_sentence_that_nothing_tracks_says_why():
    rows = Screen("coverage", document="hertfordshire", standing="not tracked").rows(LIST)
    assert all(row["Why, or what is missing"] for row in rows) and len(rows) > 50


def test_a_document_of_a_policy_that_is_not_in_use_says_what_to_add(engine: Engine):
    assert "slough" not in engine.policies
    rows = Screen("coverage", document="slough", standing="policy not in use").rows(LIST)
    assert {row["Why, or what is missing"] for row in rows} >= {"Add slough to 'policies' in settings.toml to track it."}


def test_a_document_without_its_text_says_so():
    assert "England: The text of the Act" in Screen("coverage").text


def test_rules_of_two_policies_with_one_title_lead_each_to_its_own(every_policy_store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TRACKER_STORE", str(every_policy_store.path))
    engine = Engine(every_policy_store.current(), every_policy_store.settings)
    every = [rule for policy in engine.policies.values() for rule in policy.rules]
    title = "Final care planning meeting before the final evidence"
    named = {(rule.policy, rule.id) for rule in every if rule.title == title}
    assert len(named) > 1
    # All documents, with these rules on the first page of the list.
    html = Screen("coverage", standing="tracked", sort_what_the_documents_ask_for="tracking_rules").html.replace("&amp;", "&")
    assert named <= {(found["policy"], found["rule"]) for found in LINK.finditer(html)}
