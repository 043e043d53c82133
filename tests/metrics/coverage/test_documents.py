"""The documents' sentences are read strictly: a mistake names the file, the line, the key and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from metrics.coverage.documents import CoverageError, read_document, read_documents

FILE = """# A comment.

[document]
name = "Ours"
title = "Our policy"
policies = ["ours"]

[[sentence]]
text = "A plan within 4 weeks."
source = "1. Plans, paragraph 1"
tracked_by = ["ours.plan"]
note = "Who wrote it is in no extract."

[[sentence]]
text = "A list of carers."
source = "2. Carers"
reason = "The extracts hold no list of carers."
"""


def _read(folder: Path, text: str):
    path = folder / "ours.toml"
    path.write_text(text, encoding="utf-8")
    return read_document(path)


def test_a_document_is_read_with_the_line_of_each_sentence(tmp_path):
    document = _read(tmp_path, FILE)
    assert (document.id, document.name, document.policies) == ("ours", "Ours", ("ours",))
    assert [(one.text, one.tracked_by, one.reason, one.line) for one in document.sentences] == [
        ("A plan within 4 weeks.", ("ours.plan",), "", 8),
        ("A list of carers.", (), "The extracts hold no list of carers.", 14),
    ]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('tracked_by = ["ours.plan"]\n', "", "coverage/ours.toml, line 8: give either tracked_by"),
        ('reason = "The', 'tracked_by = ["ours.carers"]\nreason = "The', "line 14: give either tracked_by"),
        ('["ours.plan"]', '["plan"]', "line 8, key 'tracked_by': 'plan' is not a rule"),
        ('["ours.plan"]', '["ours.plan", "ours.plan"]', "line 8, key 'tracked_by': ours.plan is named twice"),
        ('["ours.plan"]', "[]", "line 8, key 'tracked_by': [] is not a list of rules"),
        ('reason = "The extracts', 'note = "x"\nreason = "The extracts', "line 14, key 'note'"),
        ("tracked_by", "trackd_by", "line 8: the key 'trackd_by' is not known; did you mean \"tracked_by\"?"),
        ('source = "2. Carers"\n', "", "line 14, key 'source': missing"),
        ('text = "A list of carers."', 'text = " "', "line 14, key 'text': ' ' is not text"),
        (
            'text = "A list of carers."\nsource = "2. Carers"',
            'text = "A plan within 4 weeks."\nsource = "1. Plans, paragraph 1"',
            "line 14: this sentence stands in line 8 too",
        ),
        ('policies = ["ours"]', "policies = []", "line 3, [document], key 'policies': name the policies"),
        ('policies = ["ours"]', 'policies = ["ours"]\nnot_held = "Elsewhere."', "say under not_held why"),
        ("[document]", "[documents]", "line 3: 'documents' is not known; did you mean"),
        ('name = "Ours"', 'name = "Ours', "coverage/ours.toml cannot be read"),
    ],
)
def test_a_mistake_names_the_place_and_what_to_do(tmp_path, old, new, says):
    assert old in FILE
    with pytest.raises(CoverageError) as refused:
        _read(tmp_path, FILE.replace(old, new))
    assert says in str(refused.value)


def test_the_documents_that_are_shipped_can_be_read():
    documents = {document.id: document for document in read_documents()}
    assert {name for name, document in documents.items() if document.not_held} == {"england"}
    assert min(len(document.sentences) for document in documents.values() if not document.not_held) > 40
