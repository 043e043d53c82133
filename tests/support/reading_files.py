"""Everything that stands in a file that somebody takes away, in sight or not, as text to search."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from html import unescape
from zipfile import ZipFile

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

TAG = re.compile(r"<[^>]*>")
FOLDED = re.compile(r"\r?\n[ \t]")  # a calendar's line goes on below


def everything_in(data: bytes) -> str:
    """All text of a workbook or document (each of its parts, with its marks of XML and without them: hidden sheets, columns and comments,
    what charts keep, properties), of a PDF (pages, properties, alternative texts, every string of it), or of a text file."""
    if data[:2] == b"PK":
        return "\n".join(_of_parts(data))
    if data[:4] == b"%PDF":
        return "\n".join(_of_pdf(data))
    return FOLDED.sub("", data.decode("utf-8-sig"))


def _of_parts(data: bytes) -> Iterator[str]:
    with ZipFile(io.BytesIO(data)) as parts:
        yield parts.comment.decode("utf-8", "replace")
        for name in parts.namelist():
            text = unescape(parts.read(name).decode("utf-8", "replace"))
            # A word may stand in several runs, and a cell beside the next.
            yield from (name, text, TAG.sub("", text), TAG.sub(" ", text))


def _of_pdf(data: bytes) -> Iterator[str]:
    reader = PdfReader(io.BytesIO(data))
    yield from (page.extract_text() for page in reader.pages)
    for number in range(1, int(str(reader.trailer["/Size"]))):
        yield from _strings_of(reader.get_object(IndirectObject(number, 0, reader)))


def _strings_of(found: object) -> Iterator[str]:
    """The strings of one object of a PDF. Those that it refers to are objects of their own."""
    if isinstance(found, DictionaryObject):
        for value in found.values():
            yield from _strings_of(value)
        if isinstance(found, StreamObject) and found.get("/Type") in ("/Metadata", "/EmbeddedFile"):
            yield found.get_data().decode("utf-8", "replace")
    elif isinstance(found, ArrayObject):
        for value in found:
            yield from _strings_of(value)
    elif isinstance(found, (str, bytes)):
        yield found if isinstance(found, str) else found.decode("utf-8", "replace")


def without_spaces(text: str) -> str:
    """A text without spaces and line endings, which may stand within a name that is broken."""
    return re.sub(r"\s+", "", text)


def found_anywhere(text: str, marks: Iterable[str]) -> set[str]:
    """Those of the marks that stand in a text: numbers as words of their own, names wherever they are and however they are broken."""
    words, whole = set(re.findall(r"\w+", text)), without_spaces(text)
    return {mark for mark in marks if (mark in words if mark.isdigit() else without_spaces(mark) in whole)}
