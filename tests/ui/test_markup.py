"""Data on its way to the screen stays text."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from ui.components.markup import Markup, as_chart_text, as_html, element, joined

# Characters that no page can hold (the null among them) are out of the question; everything else is in it.
TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")))


class Seen(HTMLParser):
    """What a reader of HTML makes of a text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes) -> None:
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data: str) -> None:
        self.text += data


@given(TEXT)
def test_any_text_is_read_as_it_was_written(text: str):
    seen = Seen(element("p", text))
    assert [tag for tag, _ in seen.tags] == ["p"]
    assert seen.text == text


@given(TEXT, TEXT)
def test_no_text_leaves_its_attribute(title: str, address: str):
    ((tag, attributes),) = Seen(element("a", "x", title=title, href=address)).tags
    assert tag == "a" and attributes == {"title": title, "href": address}


@given(TEXT)
def test_a_chart_is_given_no_tag(text: str):
    assert "<" not in as_chart_text(text)
    assert unescape(as_chart_text(text)) == text


def test_an_element_within_an_element_stays_one():
    assert element("p", element("b", "a & b"), " < c") == "<p><b>a &amp; b</b> &lt; c</p>"


def test_nothing_is_nothing():
    assert as_html(None) == ""
    assert element("p", None, class_=None) == "<p></p>"


def test_underscores_become_hyphens_and_the_last_one_goes():
    assert element("div", class_="a", aria_label="b") == '<div class="a" aria-label="b"></div>'


def test_what_stands_between_is_text_too():
    assert joined(["a", Markup("<b>b</b>")], " < ") == "a &lt; <b>b</b>"


def test_streamlit_shows_markup_as_it_is():
    """From a plain text it takes the spaces with which every line begins."""

    def page() -> None:
        import streamlit

        from ui.components.markup import Markup

        streamlit.html(Markup("  <p>one</p>\n  <p>two</p>"))

    shown = AppTest.from_function(page).run()
    assert [part.proto.body for part in shown.get("html")] == ["  <p>one</p>\n  <p>two</p>"]
