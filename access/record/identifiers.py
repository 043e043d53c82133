"""Which children stand in a file that somebody takes away: by their identifiers, read back from the file itself."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping

from data.pdf_texts import page_texts

TEXT = re.compile(r">([^<]+)<")
WORD = re.compile(r"[^\s,;:()\"'·]+")
ZIP, PDF = b"PK\x03\x04", b"%PDF-"


def children_in(data: bytes, known: Mapping[str, str]) -> tuple[str, ...]:
    """The children whose identifiers stand in a workbook, a document, a PDF, a table or a calendar, in order.

    ``known``: every identifier, of either kind, to its child.
    """
    return tuple(sorted({known[word] for text in _texts(data) for word in _candidates(text) if word in known}))


def _candidates(text: str) -> Iterator[str]:
    yield text.strip()
    yield from WORD.findall(text)


def _texts(data: bytes) -> Iterable[str]:
    if data.startswith(PDF):
        return page_texts(data)
    if not data.startswith(ZIP):
        return data.decode("utf-8-sig", errors="replace").splitlines()
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        names = [name for name in parts.namelist() if name.endswith(".xml")]
        texts = [TEXT.findall(parts.read(name).decode("utf-8", errors="replace")) for name in names]
    return (html.unescape(text) for found in texts for text in found)
