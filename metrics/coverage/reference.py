"""What the documents ask for as a page of the docs: ``python -m metrics.coverage.reference > docs/reference/coverage.md``."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.coverage.documents import Document, Sentence, read_documents

HEAD = """# What the documents ask for

Made from `policies/coverage/*.toml` by `python -m metrics.coverage.reference`; a test keeps it up to date. It has every sentence of the
documents that a tracker could track, word for word, and the [rules](rules.md) that track it, or why none does. A test checks that each
rule's policy wording stands in these sentences, and leaves out no condition. Whether your council has the extracts that a rule needs is on
the page *What the documents ask for* of the tracker.
"""


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "/").split())


def _row(sentence: Sentence) -> str:
    rules = ", ".join(f"`{name}`" for name in sentence.tracked_by)
    why = sentence.note or sentence.reason
    return f"| {_cell(sentence.text)} | {_cell(sentence.source)} | {rules} | {_cell(why)} |"


def _counts(documents: Sequence[Document]) -> str:
    rows = []
    for document in documents:
        tracked = sum(bool(sentence.tracked_by) for sentence in document.sentences)
        rest = len(document.sentences) - tracked
        counts = (len(document.sentences), tracked, rest) if document.sentences else ("not held", "", "")
        rows.append(f"| {document.name} | {' | '.join(str(count) for count in counts)} |")
    return "| document | sentences | tracked | not tracked |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"


def _section(document: Document) -> str:
    policies = ", ".join(f"`{policy}`" for policy in document.policies)
    heading = f"## {document.name}\n\n{document.title}. Policies: {policies}.\n\n"
    if document.not_held:
        return f"{heading}{document.not_held}\n"
    table = "| what the document says | where it says so | rules that track it | why, or what is missing |\n|---|---|---|---|\n"
    return heading + table + "\n".join(map(_row, document.sentences)) + "\n"


def reference() -> str:
    """The whole page as Markdown."""
    documents = read_documents()
    return "\n".join([HEAD, _counts(documents), *map(_section, documents)])


if __name__ == "__main__":
    print(reference(), end="")
