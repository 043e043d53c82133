"""What a PDF that the tracker has made says, page by page."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader
from pypdf.generic import DecodedStreamObject, NameObject

# Letters stand between BT and ET, and nowhere else; outside, a drawing is numbers and an operator: a point or a curve, a colour, a line.
TEXT_BLOCK = re.compile(rb"(\bBT\b.*?\bET\b)", re.DOTALL)
DRAWING = re.compile(rb"(?:(?<!\S)|(?=/))(?:/\w+\s+)?(?:[-+.\d]+\s+)*(?:[mlcvyhwJjMifFSsnW]|[fBbW]\*|re|CS|cs|SCN?|scn?)(?!\S)")


def page_texts(content: bytes) -> list[str]:
    """The text of each page. The lines of its drawings, nearly all of its bytes, are passed over, since they hold no text."""
    texts = []
    for page in PdfReader(io.BytesIO(content)).pages:
        contents = page.get_contents()
        if contents is not None:
            parts = TEXT_BLOCK.split(contents.get_data())
            undrawn = DecodedStreamObject()
            undrawn.set_data(b"".join(part if place % 2 else DRAWING.sub(b"", part) for place, part in enumerate(parts)))
            page[NameObject("/Contents")] = undrawn
        texts.append(page.extract_text())
    return texts
