"""All that a page sends to a browser, as text to search."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from streamlit.testing.v1 import AppTest

from tests.pages.screen import Screen

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
    return "\n".join([*(part.decode("utf-8", "replace") for part in parts), str(dict(app.query_params))])


def marks_in(text: str, marks: Iterable[str]) -> set[str]:
    """Those of the marks (an identifier, or a name of two words) that stand in a text as words of their own."""
    words = TOKEN.findall(text)
    found = set(words) | {f"{first} {second}" for first, second in zip(words, words[1:], strict=False)}
    return found & set(marks)


def title_of(screen: Screen) -> str:
    """The heading of a page."""
    return re.search(r"<h1[^>]*>(.*?)</h1>", screen.html).group(1)
