"""The command that says what the documents ask for, and what is tracked: coverage."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from commands.answering import open_engine, print_frame
from commands.arguments import add_store
from metrics.coverage.answers import as_frame, counts, standings
from metrics.coverage.documents import CoverageError, read_documents
from metrics.engine.measure_header import did_you_mean


def add(commands) -> None:
    """Add coverage to the command line's ``commands``."""
    parser: ArgumentParser = commands.add_parser(
        "coverage", help="print what the documents ask for: what is tracked, and why the rest is not"
    )
    add_store(parser)
    parser.add_argument("--document", help="the sentences of this document (default: how many each document has)")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table", help="the format (default table)")
    parser.set_defaults(run=coverage)


def coverage(args: Namespace) -> None:
    """Print the counts of every document, or the sentences of one."""
    documents = {document.id: document for document in read_documents() if document.sentences}
    if args.document and args.document not in documents:
        raise CoverageError(f"There is no document '{args.document}'; {did_you_mean(args.document, documents)}")
    chosen = [documents[args.document]] if args.document else list(documents.values())
    found = list(standings(open_engine(args), chosen))
    print_frame(as_frame(found) if args.document else counts(found), args.format)
