"""Charts: how they are put on the page, and those that several pages draw.

Built as plain dictionaries: plotly's own objects would take most of a page's time. The tests of the pages have plotly check every chart
that they see. The browser draws them (``scripts/charts.js``). They have wide margins at once: where an axis has no room for its words,
plotly makes it, and draws the whole chart once more for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plotly.io.json import to_json_plotly

from ui.components.markup import Markup, element, write
from ui.components.style import BLUE
from words.dates import BRITISH, month_short

# A point's day as plotly writes it beside the pointer.
ON_DAY = f"%{{x|{BRITISH}}}"
# The look of every chart, but for the colours of words, lines and ground: those are in the stylesheet, in the light and in the dark.
# Words are .75 and .875 of the app's 15 pixels (.streamlit/config.toml).
NO_COLOUR = "rgba(0,0,0,0)"
FONT = {"family": '"Source Sans", sans-serif', "size": 11.25}
LOOK = {
    "layout": {
        "font": FONT,
        "hoverlabel": {"font": FONT},
        "margin": {"pad": 7.5},
        "paper_bgcolor": NO_COLOUR,
        "plot_bgcolor": NO_COLOUR,
        "xaxis": {
            "showgrid": False,
            "zeroline": False,
            "automargin": True,
            "title": {"standoff": 18.75, "font": {"size": 13.125}},
        },
        "yaxis": {"automargin": True, "title": {"standoff": 22.5, "font": {"size": 13.125}}},
    }
}


def chart(figure: dict, alt: str) -> Markup:
    """A chart: its ``figure`` as plotly's dictionary, with a height of its own; ``alt`` says what it shows."""
    layout = {"template": LOOK, **figure["layout"]}
    # Plotly writes <, > and / as escapes. Streamlit drops an attribute in which they stand together as in the end of a tag.
    return element(
        "div",
        class_="chart",
        role="img",
        aria_label=alt,
        style=f"height: {layout['height']}px",
        data_figure=to_json_plotly({**figure, "layout": layout}, engine="json"),
    )


def show(figure: dict, alt: str) -> None:
    """Put a chart on the page."""
    write(chart(figure, alt))


def numbered_line(days: Sequence[str], values: Sequence[float | None], texts: Sequence[str], hover: str) -> dict:
    """A line of month ends, every point with its number."""
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": list(days),
        "y": list(values),
        "text": list(texts),
        "textposition": "top center",
        "cliponaxis": False,
        "line": {"color": BLUE, "width": 2.5},
        "marker": {"size": 7},
        "hovertemplate": hover,
    }


def small_trend_figure(days: Sequence[date], counts: Sequence[int | None], gap: str) -> dict:
    """A line from zero in a third of the page; ``gap`` stands on the axis where there is no number."""
    where = [day.isoformat() for day in days]
    gaps = [day for day, count in zip(where, counts, strict=True) if count is None]
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": where,
        "y": list(counts),
        "connectgaps": False,
        "line": {"color": BLUE, "width": 2.5},
        "marker": {"size": 6},
        "hovertemplate": f"{ON_DAY}: %{{y:,}}<extra></extra>",
    }
    layout = {
        "height": 200,
        "margin": {"l": 45, "r": 20, "t": 18, "b": 42},
        "showlegend": False,
        "xaxis": {"tickvals": where[::4], "ticktext": [month_short(day) for day in days][::4], "showgrid": False},
        "yaxis": {
            "range": [0, max(4, max((count for count in counts if count is not None), default=0) * 1.18)],
            "tickformat": ",d",
        },
        "annotations": [
            {"x": day, "y": 0, "text": gap, "showarrow": False, "yanchor": "bottom", "font": {"size": 10}} for day in gaps
        ],
    }
    return {"data": [line], "layout": layout}
