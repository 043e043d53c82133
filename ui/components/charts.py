"""Charts: how they are put on the page, and those that several pages draw.

Built as plain dictionaries: plotly's own objects would take most of a page's time. They have wide margins at once: where an axis has no
room for its words, plotly makes it, and draws the whole chart once more for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

import plotly.io
import streamlit
from plotly.basedatatypes import BaseFigure

from ui.components.style import BLUE
from words.dates import BRITISH, month_short

# A point's day as plotly writes it beside the pointer.
ON_DAY = f"%{{x|{BRITISH}}}"
CONFIG = {"displayModeBar": False, "scrollZoom": False}


class _AsDrawn(BaseFigure):
    """A chart that is sent as it is drawn. Of a dictionary Streamlit first makes plotly's own objects, to check it.

    The tests of the pages check every chart that they see so.
    """

    def __init__(self, figure: dict) -> None:
        self._drawn = {**figure, "layout": {"template": _template(plotly.io.templates.default), **figure["layout"]}}

    def to_dict(self) -> dict:
        return self._drawn


@cache
def _template(name: str) -> dict:
    """The look that Streamlit has given plotly, by its name."""
    return plotly.io.templates[name].to_plotly_json()


def show(figure: dict, key: str, alt: str) -> None:
    """Put a chart on the page; ``alt`` says what it shows."""
    streamlit.plotly_chart(_AsDrawn(figure), config=CONFIG, key=key, alt=alt)


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
