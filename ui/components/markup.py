"""Text from the case system on its way to the screen: always shown as text, never obeyed as HTML or Markdown.

Whatever a page writes goes through ``element`` (HTML) or ``as_chart_text`` (plotly's small HTML). What Streamlit reads as
Markdown (labels, alerts, captions, headings of expanders) is given words of ours only: no escape stops its icons and links.
The options of a select box are shown as they are and need none of these.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

import streamlit

from ui.context import access_record

TAG = re.compile(r"<[^>]*>")
EMPTY = {"br", "col", "hr"}


class Markup(str):
    """Text that is already HTML: made by ``element`` and ``joined``, never from data."""

    def _repr_html_(self) -> str:
        """Streamlit shows this as it is; a plain text it would first look through for spaces at the beginning of its lines."""
        return str(self)


def as_html(content: object) -> Markup:
    """Anything as HTML that shows it literally; nothing for None."""
    if isinstance(content, Markup):
        return content
    return Markup("" if content is None else html.escape(str(content), quote=True))


def as_words(content: object) -> str:
    """What ``as_html`` shows, as the words that are read."""
    return (
        html.unescape(TAG.sub("", content.replace("<small", " <small"))).strip()
        if isinstance(content, Markup)
        else str(content or "").strip()
    )


def joined(contents: Iterable[object], between: str = "") -> Markup:
    """Several pieces, one after another."""
    return Markup(html.escape(between).join(as_html(content) for content in contents))


def element(tag: str, *contents: object, **attributes: object) -> Markup:
    """One HTML element. ``class_`` is the class; other underscores become hyphens; None leaves an attribute out."""
    named = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{html.escape(str(value), quote=True)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{tag}{named}>" + ("" if tag in EMPTY else f"{joined(contents)}</{tag}>"))


def folded(summary: object, *contents: object, anchor: str | None = None, printed: bool = False) -> Markup:
    """A line that opens to more. It opens by itself where a link leads to its ``anchor``; ``printed``: paper has all of it."""
    look = "term printed" if printed else "term"
    return element("details", element("summary", summary), element("div", *contents, id=anchor), class_=look)


def as_chart_text(text: object) -> str:
    """Text for plotly, which obeys <b>, <a href> and their like."""
    return html.escape(str(text), quote=False)


def write(*contents: object) -> None:
    """Put HTML on the page, once the record of access has the children in it; nothing where there is none, which Streamlit would refuse.

    Raises AccessRecordError.
    """
    if body := joined(contents):
        access_record.before_markup(body)
        streamlit.html(body)
