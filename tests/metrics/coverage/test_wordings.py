"""Every rule quotes its document word for word, and no quotation stops before a condition."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from metrics.coverage.documents import Document, Sentence, read_documents
from metrics.coverage.wordings import condition_in, faults, wording_faults, words
from metrics.engine.policy import FOLDER, Policy, Rule
from metrics.engine.policy_files import read_policy


@cache
def _policies() -> dict[str, Policy]:
    return {path.stem: read_policy(path) for path in sorted(FOLDER.glob("*.toml"))}


def test_the_policies_and_the_documents_agree():
    assert faults(read_documents(), _policies()) == []


PANEL = "An assessment should be carried out and ratified by the panel prior to the child returning home."
LISTED = "The worker must alert: The Head of Adoption; The Reviewing Officer."
BULLETS = "A meeting is held if there is any of: · A move · A change of plan"
DOCUMENT = Document(
    "ours",
    "Ours",
    "Our policy",
    ("ours",),
    tuple(
        Sentence(text, "1", tracked_by=("ours.ratified",), line=line)
        for line, text in enumerate([PANEL, LISTED, BULLETS, "These arrangements are reviewed every 3 months."], start=1)
    )
    + (Sentence("Nobody tracks this.", "2", reason="It is in no extract.", line=9),),
)


def _rule(wording: str) -> Rule:
    rule = next(iter(_policies()["hertfordshire"].rules))
    return replace(rule, policy="ours", id="ratified", wording=wording)


@pytest.mark.parametrize(
    "wording",
    [
        PANEL,
        PANEL.rstrip("."),
        f"{PANEL.rstrip('.')} … These arrangements are reviewed every 3 months",
        LISTED,
        "A meeting is held if there is any of: - A move - A change of plan",
        "A meeting is held if there is any of: … A change of plan",
        "These arrangements are reviewed … 3 months",
        "… are reviewed every 3 months",
    ],
)
def test_a_whole_quotation_is_right(wording):
    assert wording_faults(_rule(wording), DOCUMENT) == []


@pytest.mark.parametrize(
    ("wording", "says"),
    [
        ("An assessment should be carried out and ratified by the panel", "which holds the condition 'prior'; quote it"),
        ("An assessment should be carried out and ratified by the panel …", "which holds the condition 'prior'; quote it"),
        ("An assessment should be carried out … prior to the child returning home", "the condition 'by'"),
        ("… there is any of: · A move · A change of plan", "the condition 'if'"),
        ("These arrangements are reviewed", "put … in their place"),
        ("arrangements are reviewed every 3 months", "put … in their place"),
        (
            "An assessment should be ratified",
            "is in no sentence of coverage/ours.toml that the rule tracks; copy it word for word",
        ),
        ("Nobody tracks this", "line 9 has it; name the rule there under tracked_by"),
        (f"{PANEL} {LISTED}", "is in no sentence"),
    ],
)
def test_a_quotation_that_is_clipped_or_bent_is_refused(wording, says):
    found = wording_faults(_rule(wording), DOCUMENT)
    assert len(found) == 1 and says in found[0]
    assert found[0].startswith("policies/ours.toml, rule 'ratified', key 'wording'")


def test_words_are_compared_without_marks_and_the_last_stop():
    assert words("must alert: - The Head;\n- The  Officer;") == ["must", "alert:", "The", "Head;", "The", "Officer"]
    assert condition_in(["(unless", "the", "panel", "agrees)"]) == "unless"
    assert condition_in(["and", "no", "later", "than", "10", "days"]) == "no later"
    assert condition_in(["and", "the", "panel", "agrees"]) is None


def _changed(**changes: object) -> list[str]:
    """The faults when the first sentence of the first document that has any is changed."""
    documents = list(read_documents())
    place = next(number for number, document in enumerate(documents) if document.sentences)
    document = documents[place]
    first = replace(document.sentences[0], **changes)
    documents[place] = replace(document, sentences=(first, *document.sentences[1:]))
    return faults(documents, _policies())


def test_a_rule_that_there_is_not_is_refused():
    (said,) = _changed(tracked_by=("hertfordshire.no_curent_plan",), reason="")
    assert (
        "key 'tracked_by': there is no rule 'hertfordshire.no_curent_plan'; did you mean \"hertfordshire.no_current_plan\"?"
        in said
    )


def test_a_rule_that_tracks_no_sentence_is_refused():
    documents = [
        replace(document, sentences=tuple(replace(one, tracked_by=()) for one in document.sentences))
        for document in read_documents()
    ]
    held = {policy for document in documents if not document.not_held for policy in document.policies}
    rules = [f"{policy.id}.{rule.id}" for policy in _policies().values() if policy.id in held for rule in policy.rules]
    found = faults(documents, _policies())
    assert len(found) == len(rules) > 50
    assert all(f"no sentence is tracked by {rule};" in said for rule, said in zip(sorted(rules), sorted(found), strict=True))


def test_a_policy_of_no_document_is_refused():
    without = [document for document in read_documents() if not document.not_held]
    assert faults(without, _policies()) == [
        "policies/england.toml: name the policy in one document of policies/coverage, under 'policies'."
    ]
