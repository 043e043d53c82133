"""A chart on its way to the browser: one element, with its figure, its words and its height."""

from __future__ import annotations

import re

import plotly.io
import pytest
import streamlit

from tests.pages.screen import charts_in
from ui.components import charts

HOSTILE = """</style></script>--> ]]> "'& <img src=x onerror=alert(1)> é → \u2028"""


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    bodies: list[str] = []
    monkeypatch.setattr(streamlit, "html", lambda body: bodies.append(str(body)))
    return bodies


def test_whatever_a_figure_says_reaches_plotly_as_it_is_and_is_no_markup(written):
    figure = {"data": [{"type": "bar", "x": [1, None], "y": [float("nan"), 2.5], "text": [HOSTILE]}], "layout": {"height": 200}}
    charts.show(figure, alt=HOSTILE)
    (body,) = written
    (chart,) = charts_in(body)
    assert chart.figure["data"] == [{"type": "bar", "x": [1, None], "y": [None, 2.5], "text": [HOSTILE]}]
    assert chart.alt == HOSTILE
    assert chart.attributes == {"class": "chart", "role": "img", "style": "height: 200px"}
    # The browser's own cleaning of what Streamlit shows drops an attribute in which such signs stand together.
    figure_as_sent = re.search('data-figure="([^"]*)"', body)
    assert figure_as_sent and not set("<>/") & set(figure_as_sent[1]) and "&gt;" not in figure_as_sent[1]


def test_a_chart_has_the_look_of_all_and_what_is_its_own(written):
    figure = charts.small_trend_figure([], [], "hidden")
    charts.show(figure, alt="Nothing")
    layout = charts_in(written[0])[0].figure["layout"]
    assert layout == {**figure["layout"], "template": charts.LOOK}
    assert plotly.io.from_json(plotly.io.to_json({"data": [], "layout": layout})).layout.template.layout.margin.pad == 7.5


def test_no_colour_of_words_lines_or_ground_is_in_a_figure_since_the_stylesheet_has_them():
    colours = re.findall(r"#[0-9a-f]{3,8}\b|rgba?\([^)]*\)", repr(charts.LOOK))
    assert set(colours) == {charts.NO_COLOUR}
