"""The team, service and worker of a child on a day."""

from __future__ import annotations

from datetime import date

from tests.reference.days import Records, by_start_then_identifier, in_force, rows_of

NO_TEAM = "No team recorded"
NO_SERVICE = "No service recorded"
NO_WORKER = "No worker recorded"


def is_allocated_worker(role: str | None, settings) -> bool:
    """The role is one of an allocated worker: it contains, or equals, one of the council's words, in any letter case."""
    if role is None:
        return False
    role = role.strip().upper()
    contains = any(word.upper() in role for word in settings.allocated_worker_contains)
    return contains or role in [word.upper() for word in settings.allocated_worker_equals]


def involvement_on(records: Records, child: str, day: date, settings) -> dict | None:
    """The allocated worker's involvement in force on the day, the latest start first."""
    rows = [
        row
        for row in rows_of(records, "ssd_involvements")
        if row["invo_person_id"] == child
        and is_allocated_worker(row["invo_professional_role_id"], settings)
        and in_force(row["invo_involvement_start_date"], row["invo_involvement_end_date"], day)
    ]
    if not rows:
        return None
    return max(rows, key=lambda row: by_start_then_identifier(row["invo_involvement_start_date"], row["invo_involvements_id"]))


def department_of(records: Records, team: str) -> dict | None:
    """The department that an involvement's team names: by identifier, else by name, trimmed and in any letter case."""
    departments = rows_of(records, "ssd_department")
    for row in departments:
        if row["dept_team_id"] == team.strip():
            return row
    same_name = [row for row in departments if (row["dept_team_name"] or "").strip().lower() == team.strip().lower()]
    return max(same_name, key=lambda row: (len(row["dept_team_id"]), row["dept_team_id"])) if same_name else None


def team_and_service(records: Records, involvement: dict | None) -> tuple[str, str]:
    """The names of the team and of its service; a team without a parent is its own service."""
    text = ((involvement or {}).get("invo_professional_team") or "").strip()
    if not text:
        return NO_TEAM, NO_SERVICE
    department = department_of(records, text)
    if department is None:
        return text, text
    team = (department["dept_team_name"] or "").strip() or department["dept_team_id"]
    return team, _parent_name(records, department) or team


def _parent_name(records: Records, department: dict) -> str | None:
    """The parent's name, as the row gives it or else as the parent's own row does, else its identifier."""
    named = (department["dept_team_parent_name"] or "").strip()
    parent = department["dept_team_parent_id"]
    if named or parent is None:
        return named or None
    for row in rows_of(records, "ssd_department"):
        if row["dept_team_id"] == parent and (row["dept_team_name"] or "").strip():
            return row["dept_team_name"].strip()
    return parent


def worker_name(records: Records, involvement: dict | None) -> str:
    """The allocated worker's name, else the identifier."""
    worker = (involvement or {}).get("invo_professional_id")
    for row in rows_of(records, "ssd_professionals"):
        if worker is not None and row["prof_professional_id"] == worker and row["prof_professional_name"]:
            return row["prof_professional_name"]
    return worker or NO_WORKER
