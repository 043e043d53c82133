"""The annex of the panel's pack: everything behind what is tabled."""

from __future__ import annotations

from openpyxl import Workbook

from packs.drift.flows import add_flows
from packs.drift.movements import add_drift
from packs.excel.printing import mark_annex
from packs.lists.answers import SHEETS
from packs.lists.backlog import add_backlog
from packs.lists.children import add_list
from packs.lists.figures import add_figures
from packs.lists.groups import add_groups
from packs.lists.sources import add_sources
from packs.panel.questions import PanelPack
from packs.panel.sheets import add_panel_sheets
from words.dates import british


def add_annex(workbook: Workbook, pack: PanelPack, list_sheets: dict[str, str]) -> None:
    """Add the annex, sheet by sheet. ``list_sheets`` is rule id -> the name of the sheet with its children."""
    answers, drift = pack.answers, pack.drift
    for number, headline in enumerate(answers.headlines, start=1):
        add_list(workbook, answers, number, headline, list_sheets[headline.rule.id])
    lists = len(workbook.worksheets)
    add_figures(workbook, answers, list_sheets)
    add_groups(workbook, answers, SHEETS["service"], ("service",), answers.services)
    add_groups(workbook, answers, SHEETS["team"], ("service", "team"), answers.teams)
    add_drift(workbook, answers, drift, list_sheets)
    add_flows(workbook, answers, drift)
    add_panel_sheets(workbook, pack.records, answers.scope_words, answers.line)
    add_backlog(workbook, answers)
    add_sources(workbook, answers)
    for sheet in workbook.worksheets[lists:]:
        mark_annex(sheet)


def annex_contents(pack: PanelPack) -> tuple[tuple[str, str], ...]:
    """The sheets of the annex by name, and what each says."""
    since = british(pack.drift.movements.first)
    backlog = (("backlog", "What began before the policy applied, or before the records"),) if pack.answers.backlog else ()
    late = (("late", "How the list reported then differs from what is now known of that date"),)
    contents = (
        ("figures", "The figures, with change, share, target and thirteen months of trend, as a table and as charts"),
        ("service", "Each figure by service"),
        ("team", "Each figure by team"),
        ("drift", f"Who joined and who left each list since {since}, in numbers"),
        ("changed", "The children who joined or left, with the reason for leaving care"),
        *(late if pack.drift.late is not None else ()),
        ("flows", "Thirteen months of who joined and left each list, as a table and as charts"),
        ("decisions", "What the panel decided"),
        ("actions", "Overdue, open and completed actions, by owner"),
        *backlog,
        ("sources", "Where each figure comes from: question, reason, limit, paragraph, extracts, and the file that defines it"),
    )
    return tuple((SHEETS[key], says) for key, says in contents)
