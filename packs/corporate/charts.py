"""The charts of the Corporate Parenting Panel's pack, as pictures with words beside them. What a table hides, a chart leaves out."""

from __future__ import annotations

import io
from dataclasses import dataclass

from metrics.disclosure.cells import HIDDEN
from metrics.strategic.answer import StrategicPack
from packs.excel.styles import DARK, INK, LINE
from words.dates import month_short

INCHES, DOTS = (4.6, 2.3), 150


@dataclass(frozen=True)
class Chart:
    """A picture (PNG) and what it shows, in words."""

    title: str
    png: bytes
    alt: str


def trend_charts(pack: StrategicPack) -> tuple[Chart, ...]:
    """One line a row of the thirteen months; a month that is hidden is a gap with ``[c]`` on the axis."""
    return tuple(
        Chart(row.label, _line(row.label, pack, [pack.value(figure) for figure in row.figures]), pack.words_of_chart(row))
        for row in pack.charted
    )


def _line(title: str, pack: StrategicPack, values: list) -> bytes:
    # Slow to import: whoever only reads the page does not wait for it.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=INCHES, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    shown = [value if isinstance(value, int) else float("nan") for value in values]
    places = range(len(values))
    axes.plot(places, shown, color=f"#{DARK}", marker="o", markersize=3.5, linewidth=1.8)
    axes.set_xlim(-0.5, len(values) - 0.5)
    axes.set_ylim(0, max(4, max(value for value in values if isinstance(value, int)) * 1.2))
    axes.set_xticks(list(places)[::3], [month_short(day) for day in pack.months][::3])
    for place in (place for place, value in enumerate(values) if value == HIDDEN):
        axes.annotate(HIDDEN, (place, 0), ha="center", va="bottom", fontsize=7, color=f"#{INK}")
    axes.set_title(title.replace("$", r"\$"), fontsize=9, fontweight="bold", color=f"#{INK}", loc="left")
    axes.tick_params(labelsize=7, colors=f"#{INK}")
    axes.grid(axis="y", color=f"#{LINE}", linewidth=0.6)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    written = io.BytesIO()
    figure.savefig(written, format="png", dpi=DOTS, metadata={"Software": None})
    return written.getvalue()
