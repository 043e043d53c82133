"""All that a page sends to a browser, as text to search."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from streamlit.testing.v1 import AppTest

from tests.pages.screen import Screen

# The number under which Streamlit keeps a file that is not made yet.
MADE_UP = re.compile(r"\b[0-9a-f]{32}\b")
TOKEN = re.compile(r"[\w'’-]+")


def _protos(block) -> Iterator:
    for child in block.children.values():
        if getattr(child, "proto", None) is not None:
            yield child.proto
        if hasattr(child, "children"):
            yield from _protos(child)


def sent(app: AppTest) -> str:
    """Every message, hidden or shown, and the address."""
    parts = [proto.SerializeToString() for proto in _protos(app._tree)]
    return MADE_UP.sub("", "\n".join([*(part.decode("utf-8", "replace") for part in parts), str(dict(app.query_params))]))


def marks_in(text: str, marks: Iterable[str]) -> set[str]:
    """Those of the marks (an identifier, or a name of two words) that stand in a text as words of their own."""
    words = TOKEN.findall(text)
    found = set(words) | {f"{first} {second}" for first, second in zip(words, words[1:], strict=False)}
    return found & set(marks)


def title_of(screen: Screen) -> str:
    """The heading of a page."""
    return re.search(r"<h1[^>]*>(.*?)</h1>", screen.html).group(1)
