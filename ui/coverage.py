"""What the documents ask for: each sentence of a document, whether a rule in use tracks it, and why not where none does."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit

from metrics.coverage import answers
from metrics.coverage.answers import COUNTED, STANDINGS, Standing
from metrics.coverage.documents import Document, read_documents
from ui.components.markup import Markup, as_words, element, joined, write
from ui.components.tables import Column, named, paged, show_table
from ui.context import address
from ui.context.page_context import PageContext

PAGE = "coverage"
ALL = ""
CHOICES = ("document", "standing")
EXPLAINED = (
    "Every sentence of the documents that a tracker could track, word for word. A sentence is tracked when a rule that tracks it is in "
    "use and has the extracts that it needs."
)


def show(context: PageContext) -> None:
    """The counts of every document, and the sentences of the one that is chosen."""
    documents = read_documents()
    found = list(answers.standings(context.engine, documents))
    _show_counts(context, documents, found)
    chosen = _chosen(documents, found)
    _show_sentences(context, chosen)


def _show_counts(context: PageContext, documents: Sequence[Document], found: Sequence[tuple[Document, Standing]]) -> None:
    """How many sentences of each document stand how; a standing that none has is left out."""
    ids = {document.name: document.id for document in documents}
    frame = answers.counts(found)
    columns = (
        Column("document", leads_to=lambda row: address.link(PAGE, context.linked_day, document=ids[row["document"]])),
        Column("sentences"),
        *named(*(word for word in COUNTED.values() if frame[word].any())),
    )
    explained = element("p", EXPLAINED, class_="quiet")
    show_table(
        frame, columns, "Sentences of each document", "documents", before=[explained], after=_not_held(documents), one="document"
    )


def _not_held(documents: Sequence[Document]) -> list[Markup]:
    return [element("p", f"{one.name}: {one.not_held}", class_="quiet") for one in documents if one.not_held]


def _chosen(documents: Sequence[Document], found: Sequence[tuple[Document, Standing]]) -> list[tuple[Document, Standing]]:
    """The sentences of the document, and that stand as, the reader chooses; both choices stand in the address."""
    names = {document.id: document.name for document in documents if document.sentences}
    present = [standing for standing in STANDINGS if any(one.standing == standing for _, one in found)]
    with streamlit.container(horizontal=True, vertical_alignment="bottom"):
        document_id = address.choose(
            "Document", [ALL, *names], "document", CHOICES, lambda value: names.get(value, "All documents")
        )
        standing = address.choose(
            "Tracked or not",
            [ALL, *present],
            "standing",
            CHOICES,
            lambda value: value.capitalize() or "All",
            known=STANDINGS.__contains__,
        )
    return [(document, one) for document, one in found if document_id in (ALL, document.id) and standing in (ALL, one.standing)]


def _show_sentences(context: PageContext, chosen: Sequence[tuple[Document, Standing]]) -> None:
    of = {document.id: document for document, _ in chosen}
    if len(of) == 1:
        write(*(element("p", document.title, class_="quiet") for document in of.values()))
    columns = (
        *named("paragraph", "sentence"),
        *(named("document") if len(of) > 1 else ()),
        Column("tracked_or_not"),
        Column("tracking_rules", says=lambda row: links[row["document"], row["paragraph"], row["sentence"]]),
        Column("explanation"),
    )
    name = "what the documents ask for"
    title, none = "What the documents ask for", "No sentence is both: choose another document or status."
    frame = answers.as_frame(chosen)
    every = [_rules(context, names) for names in frame["tracking_rules"]]
    # By the sentence: rules of two policies may have one title.
    links = dict(zip(zip(frame["document"], frame["paragraph"], frame["sentence"], strict=True), every, strict=True))
    frame = frame.assign(tracking_rules=list(map(as_words, every)))
    paged(frame, columns, title, name, name, none, "sentence", usual="As in the documents", narrowed_by=CHOICES)


def _rules(context: PageContext, names: str) -> Markup:
    """The rules of a sentence: those in use by their titles, each a link to its definition."""
    return joined((_rule(context, name) for name in names.split(", ") if name), "; ")


def _rule(context: PageContext, name: str) -> object:
    policy_id, _, rule_id = name.partition(".")
    policy = context.engine.policies.get(policy_id)
    rule = next((rule for rule in policy.rules if rule.id == rule_id), None) if policy else None
    if rule is None:
        return name
    return element("a", rule.title, href=address.link(address.FIGURES, context.linked_day, policy=policy_id, rule=rule_id))
