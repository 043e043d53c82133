"""The packs as downloads: each is made when its button is pressed, for the person who presses it, and kept nowhere."""

from __future__ import annotations

from functools import partial

import streamlit

from access.roles import Right
from casework.records.records import Panel
from metrics.engine.scope import Scope
from ui.components import downloads
from ui.context.page_context import PageContext
from ui.context.panel_records import records_if_any


# openpyxl and docx are slow to import, and only a press of a button needs them.
def offer_child(context: PageContext, child_id: str) -> None:
    """The summary of a child, with what panels said of the child."""

    def made() -> bytes:
        from packs.child.summary import child_summary

        return child_summary(context.engine, child_id, context.scope, context.as_at, records_if_any(context.key))

    name = f"child summary {child_id} {context.as_at.isoformat()}.xlsx"
    downloads.offer_file(
        "Download the child summary (Excel)", made, name, downloads.XLSX, "child summary", Right.TAKE_CHILD_SUMMARY
    )


def offer_team(context: PageContext, scope: Scope, title: str) -> None:
    """The month of a team or service, without and with the annex."""

    def made(full: bool) -> bytes:
        from packs.team.pack import team_pack

        return team_pack(context.engine, context.policy_id, scope, context.as_at, records_if_any(context.key), full)

    with streamlit.container(horizontal=True):
        for label, full in (("Download the month (Excel)", False), ("Download the month with the annex (Excel)", True)):
            name = f"team pack {title} {context.as_at.isoformat()}{' full' * full}.xlsx"
            downloads.offer_file(
                label, partial(made, full), name, downloads.XLSX, f"team pack{' full' * full}", Right.TAKE_TEAM_PACK
            )


# What a panel's pack may be taken away as: the label, the end of its file's name and its kind, and whether it has the annex.
PANEL_PACKS = (
    ("Download the papers (PDF)", ".pdf", downloads.PDF, False),
    ("Download the papers (Excel)", ".xlsx", downloads.XLSX, False),
    ("Download the papers with the annex (Excel)", ".xlsx", downloads.XLSX, True),
)


def offer_panel(context: PageContext, panel: Panel) -> None:
    """The pack of a panel as it is now, with its agenda, decisions and actions."""

    def made(suffix: str, full: bool) -> bytes:
        from packs.panel.pack import panel_pack

        casework, day = records_if_any(context.key), panel.panel_date
        return panel_pack(
            context.engine, context.policy_id, context.as_at, context.scope, casework, day, suffix, full, panel.area
        )

    with streamlit.container(horizontal=True):
        for label, suffix, mime, full in PANEL_PACKS:
            name = f"permanence panel {panel.name} as at {context.as_at.isoformat()}{' full' * full}{suffix}"
            downloads.offer_file(
                label, partial(made, suffix, full), name, mime, f"panel pack {suffix}{' full' * full}", Right.TAKE_PANEL_PACK
            )


def offer_minutes(context: PageContext, panel: Panel) -> None:
    """The minutes of a panel."""

    def made() -> bytes:
        from packs.minutes.document import minutes

        casework = records_if_any(context.key)
        return minutes(context.engine, context.policy_id, panel.panel_date, casework, context.scope, panel.area)

    name = f"permanence panel minutes {panel.name}.docx"
    downloads.offer_file("Download the minutes (Word)", made, name, downloads.DOCX, "minutes", Right.TAKE_PANEL_PACK)
