"""One child's record as a timeline, and the same as a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from metrics.answers.child.child import ChildAnswer
from metrics.engine.plain import plain_rows
from ui.components import charts
from ui.components.markup import as_chart_text, element, write
from ui.components.style import BLUE, GREEN, GREY, ORANGE, PINK, SKY
from ui.components.tables import Column, named, show_table
from ui.context.page_context import PageContext
from words.dates import BRITISH, british
from words.numbers import counted

COLOURS = {
    "Period of care": GREY,
    "Legal status": BLUE,
    "Placement": GREEN,
    "Plan": ORANGE,
    "Allocated team": SKY,
    "Match": PINK,
}
DAYS = {"Review": "circle", "Meeting": "diamond", "Adoption": "star"}
ROW = 26
LETTERS = 150  # about as many as a lane has room for on a wide screen; on a narrow one half of them
FEWEST_LETTERS = 10  # of a label that is cut short
COLUMNS = (
    Column("event", of="label"),
    *named("lane", "from_date", "to_date", "table_name", "source_row", "record_id"),
)


def _stacked(spans: Iterable[dict], as_at: date) -> list[tuple[int, dict]]:
    """Each span with the row of its lane that it stands in, so that those which overlap stand under one another."""
    free_from: list[date] = []
    placed = []
    for span in spans:
        end = min(span["to_date"] or as_at, as_at)
        row = next((place for place, free in enumerate(free_from) if free <= span["from_date"]), len(free_from))
        free_from[row : row + 1] = [max(end, span["from_date"])]
        placed.append((row, span | {"end": end, "open": span["to_date"] is None or span["to_date"] > as_at}))
    return placed


def _cut(placed: Iterable[tuple[int, dict]], first: date) -> list[tuple[int, dict]]:
    """The spans with the day on which each bar starts: one that began before the first day in sight is two bars, each with its label,
    since a label stands at the start of its bar."""
    bars = []
    for row, span in placed:
        if span["from_date"] < first < span["end"]:
            bars += [(row, span | {"start": span["from_date"], "end": first}), (row, span | {"start": first})]
        else:
            bars.append((row, span | {"start": span["from_date"]}))
    return bars


def _hover(span: dict) -> str:
    until = f" to {british(span['to_date'])}" if span["to_date"] else "" if span["lane"] in DAYS else ", still running"
    return f"{as_chart_text(span['label'])}<br>{british(span['from_date'])}{until}"


def _words_that_fit(span: dict, days_shown: int) -> str:
    """As much of a span's label as its bar has room for: all of it, its beginning, or nothing. Never its code alone, which is no word."""
    room = (span["end"] - span["start"]).days / days_shown * LETTERS
    words = span["label"] + (" →" if span["open"] else "")
    short = int(room / 2) - 1
    begun = f"{span['label'][:short].rstrip()}…" if short >= FEWEST_LETTERS else ""
    fitting = next((text for text in (words, span["label"], begun) if len(text) <= room), "")
    return as_chart_text(fitting)


def _bars(lane: str, names: list[str], spans: list[dict], days_shown: int) -> dict:
    return {
        "type": "bar",
        "orientation": "h",
        "y": names,
        "base": [_moment(span["start"]) for span in spans],
        "x": [max(1, (span["end"] - span["start"]).days) * 86_400_000 for span in spans],
        "text": [_words_that_fit(span, days_shown) for span in spans],
        "textposition": "inside",
        "insidetextanchor": "start",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": "#ffffff", "size": 11},
        "hovertext": [_hover(span) for span in spans],
        "hoverinfo": "text",
        "marker": {"color": _darker(COLOURS[lane]), "line": {"color": "rgba(255,255,255,0.5)", "width": 1}},
        "width": 0.8,
    }


def _moment(day: date) -> str:
    """The beginning of a day, as plotly reads it in any time zone."""
    return f"{day.isoformat()}T00:00:00"


def _darker(colour: str) -> str:
    """A lane's colour dark enough for white words (4.5 to 1) on either background."""
    return {GREY: "#5d6872", BLUE: "#25658f", GREEN: "#12704f", ORANGE: "#96540a", SKY: "#2b6f96", PINK: "#8f4676"}[colour]


def _points(lane: str, spans: list[dict]) -> dict:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [_moment(span["from_date"]) for span in spans],
        "y": [lane] * len(spans),
        "marker": {
            "size": 11,
            "color": BLUE,
            "symbol": [DAYS[lane] + ("-open" if "cancelled" in span["label"] else "") for span in spans],
            "line": {"color": BLUE, "width": 1.5},
        },
        "hovertext": [_hover(span) for span in spans],
        "hoverinfo": "text",
    }


def figure(answer: ChildAnswer) -> dict:
    """The timeline as plotly's dictionary: a row a lane (more where spans overlap), spans as bars, days as marks."""
    as_at, events = answer.as_at, plain_rows(answer.timeline)
    start = answer.terms["entered_care"].date() if answer.terms else min(event["from_date"] for event in events)
    days_shown = max(30, (as_at - start).days)
    margin = timedelta(days=max(2, days_shown // 40))
    traces, rows = [], []
    for lane in dict.fromkeys(event["lane"] for event in events):
        spans = [event for event in events if event["lane"] == lane]
        if lane in DAYS:
            traces.append(_points(lane, spans))
            rows.append(lane)
            continue
        placed = _cut(_stacked(spans, as_at), start - margin)
        # A lane's further rows are named by spaces: each a row of its own with no words beside it.
        names = [lane if row == 0 else f"{lane}{' ' * row}" for row, _ in placed]
        traces.append(_bars(lane, names, [span for _, span in placed], days_shown))
        rows += list(dict.fromkeys([lane, *names]))
    layout = {
        "height": ROW * len(rows) + 70,
        "margin": {"l": 105, "r": 15, "t": 10, "b": 35},
        "showlegend": False,
        "barmode": "overlay",
        "dragmode": "pan",
        "bargap": 0.1,
        "xaxis": {
            "type": "date",
            "range": [_moment(start - margin), _moment(as_at + margin)],
            "tickformat": BRITISH,
            "nticks": 8,
        },
        "yaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": rows,
            "range": [len(rows) - 0.5, -0.5],
            "tickvals": [row for row in rows if row == row.strip()],
            "fixedrange": True,
        },
        "shapes": [
            {
                "type": "line",
                "x0": _moment(as_at),
                "x1": _moment(as_at),
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "line": {"dash": "dot", "color": GREY},
            }
        ],
    }
    return {"data": traces, "layout": layout}


def show(context: PageContext, answer: ChildAnswer) -> None:
    """The timeline, and its table."""
    if answer.timeline.empty:
        write(element("p", f"This child has no records up to {british(answer.as_at)}.", class_="empty"))
        return
    identifier = answer.person["child_id"]
    charts.show(
        figure(answer),
        alt=f"Timeline of child {identifier}: {counted(len(answer.timeline), 'record')}, in the table below",
    )
    records = counted(len(answer.timeline), "record")
    write(
        element(
            "p",
            "The timeline starts at entry to care; drag it to the right to see earlier years. An arrow means still running.",
            class_="quiet",
        ),
    )
    caption, fold = f"The records of child {identifier}", f"The timeline as a table: {records}"
    show_table(answer.timeline, COLUMNS, caption, "timeline", name=f"{identifier} timeline", tall=True, fold=fold, one="record")
