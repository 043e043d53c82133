"""The packs as downloads: each is made when its button is pressed, for the person who presses it, and kept nowhere."""

from __future__ import annotations

from datetime import date

from metrics.scope import Scope
from ui import downloads
from ui.now import Now
from ui.panel_records import records_if_any


# openpyxl and docx are slow to import, and only a press of a button needs them.
def offer_child(now: Now, child_id: str) -> None:
    """The summary of a child, with what panels said of the child."""

    def made() -> bytes:
        from packs.child_summary import child_summary

        return child_summary(now.engine, child_id, now.scope, now.as_at, records_if_any(now.key))

    name = f"child summary {child_id} {now.as_at.isoformat()}.xlsx"
    downloads.offer_file("Download the child summary (Excel)", made, name, downloads.XLSX, "child summary")


def offer_team(now: Now, scope: Scope, title: str) -> None:
    """The month of a team or service."""

    def made() -> bytes:
        from packs.team import team_pack

        return team_pack(now.engine, now.policy_id, scope, now.as_at, records_if_any(now.key))

    name = f"team pack {title} {now.as_at.isoformat()}.xlsx"
    downloads.offer_file("Download the month as a pack (Excel)", made, name, downloads.XLSX, "team pack")


def offer_panel(now: Now, panel_date: date) -> None:
    """The panel's pack as it stands now, with the agenda, decisions and actions of the panel on a date."""

    def made() -> bytes:
        from packs.panel import panel_pack

        return panel_pack(now.engine, now.policy_id, now.as_at, now.scope, records_if_any(now.key), panel_date)

    name = f"permanence panel {panel_date.isoformat()} as at {now.as_at.isoformat()}.xlsx"
    downloads.offer_file("Download the pack as it stands now (Excel)", made, name, downloads.XLSX, "panel pack")


def offer_minutes(now: Now, panel_date: date) -> None:
    """The minutes of the panel on a date."""

    def made() -> bytes:
        from packs.minutes import minutes

        return minutes(now.engine, now.policy_id, panel_date, records_if_any(now.key), now.scope)

    name = f"permanence panel minutes {panel_date.isoformat()}.docx"
    downloads.offer_file("Download the minutes (Word)", made, name, downloads.DOCX, "minutes")
