"""What a panel tables: what moved, whom it discusses, what is due, what is owed, who comes next, and its rules' lists.

Each is a table with its rows, which the workbook prints as a sheet and the PDF as a section.
"""

from __future__ import annotations

from packs.drift.movements import manner
from packs.excel.table_sheet import TableSheet
from packs.lists.answers import SHEETS
from packs.lists.children import short_list
from packs.panel.questions import PanelPack
from packs.panel.sheets import NO_PANEL, agenda_table, with_areas
from packs.weekly.sheets import coming_table
from words.dates import british
from words.labels import AS_NOW_KNOWN, AS_REPORTED, figure, figure_title
from words.shown import Column, named

Section = tuple[TableSheet, list[dict]]
DUE = named(
    *("next_panel_date", "child_id", "legacy_id", "age", "team"),
    *("panel_date", "held_for", "decision", "outcome", "on_agenda"),
)
OVERDUE = named(
    "owner", "due_date", "days_overdue", "child_id", "team", "action", Column("panel_date", of="asked_by"), "held_for"
)
COMING = named("list", "child_id", "legacy_id", "age", "team", "worker", "plan", "limit_date", "due_in")


# Whether what moved beyond the usual is worse, in word and shape.
READINGS = {True: "▲ worse", False: "▼ better", None: "● changed"}
CANNOT_TELL = "cannot be told"


def tabled(pack: PanelPack) -> list[Section]:
    """The sections in their order."""
    return [_moved(pack), agenda_table(pack.records, pack.answers.scope_words), _due(pack), _overdue(pack), _coming(pack)]


def lists(pack: PanelPack, list_sheets: dict[str, str]) -> list[Section]:
    """The rules' lists, in the columns that a meeting needs. ``list_sheets`` is rule id -> the name of its list."""
    return [
        short_list(pack.answers, number, headline, list_sheets[headline.rule.id])
        for number, headline in enumerate(pack.answers.headlines, start=1)
    ]


def _moved(pack: PanelPack) -> Section:
    drift, matters = pack.drift.movements, pack.matters
    beyond = {move.rule.id: move.worse for move in matters.moved}
    rows = []
    for one in drift.rules:
        change = one.closing - one.opening if one.opening is not None and one.closing is not None else None
        values = {"opening": one.opening, "joined": one.joined, "left": one.left, "closing": one.closing, "change": change}
        row: dict[str, object] = {"title": figure_title(one.rule), "usual_change": matters.usual.get(one.rule.id)}
        row |= {name: figure(None, one.absence) if value is None else value for name, value in values.items()}
        told = change is not None and one.rule.id in matters.usual
        rows.append(row | {"reading": READINGS[beyond[one.rule.id]] if one.rule.id in beyond else "no" if told else CANNOT_TELL})
    first = f"{british(drift.first)}, {AS_NOW_KNOWN if drift.reported is None else AS_REPORTED}"
    because = "it names the day"
    columns = named(
        "title",
        Column("opening", given=first, because=because),
        *("joined", "left"),
        Column("closing", given=f"{british(drift.second)}, {AS_NOW_KNOWN}", because=because),
        Column("change", given="Change", because="the days stand beside it"),
        *("usual_change", "reading"),
    )
    note = (
        "The number before, plus those who joined, less those who left, is the number now. A child can be on more than one list."
    )
    if drift.reported is not None:
        # A chair has both in hand: the pack's 62 to 73 and the page's 75 to 73 are the same list.
        note += " The figures on the pages compare with that day as now known, with what was recorded late, so their change can differ."
    table = TableSheet(SHEETS["moved"], manner(pack.drift), columns, "The policy has no figures.", note=note)
    return table, rows


def _due(pack: PanelPack) -> Section:
    records = pack.records
    by = british(records.panel.panel_date if records.panel else records.as_at)
    words = f"{pack.answers.scope_words}: the children whom earlier panels want again by {by}, with what was decided."
    empty = NO_PANEL if records.panel is None and records.previous is None else "No child is wanted again by then."
    return TableSheet(SHEETS["due"], words, with_areas(DUE, records.due), empty), list(records.due)


def _overdue(pack: PanelPack) -> Section:
    records = pack.records
    words = (
        f"{pack.answers.scope_words}, on {british(records.as_at)}: {len(records.overdue):,} overdue, by owner; {len(records.open):,} more "
        f"are open and not overdue, and {len(records.done):,} have been done since the panel before."
    )
    empty = NO_PANEL if records.panel is None and records.previous is None else "No action is overdue."
    columns = with_areas(OVERDUE, records.overdue)
    return TableSheet(SHEETS["overdue"], words if records.previous else empty, columns, empty), list(records.overdue)


def _coming(pack: PanelPack) -> Section:
    return coming_table(pack.answers, COMING)
