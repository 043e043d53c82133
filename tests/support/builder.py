"""Children written down in a line: ``child("A").in_care("2025-01-31").plan("RETURN6M", "2025-08-31")``.

Every method adds one row and gives the child back; ``records(child, ...)`` makes the typed tables of the night. Dates are
ISO text (or ``date``), ends are left out while something lasts. Identifiers are numbered unless a test gives its own.
"""

from __future__ import annotations

import json
from datetime import date

from data.contract.contract import code_sets, tables

Day = str | date | None
Records = dict[str, list[dict]]
UNREADABLE = "unreadable_plans"


def day(value: Day) -> date | None:
    """A date from ISO text; dates and None as they are."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def row(table: str, **values) -> dict:
    """A full row of a typed table: the columns that are not given are empty."""
    columns = tables()[table].columns
    unknown = set(values) - {column.name for column in columns}
    if unknown:
        raise ValueError(f"{table} has no column {', '.join(sorted(unknown))}")
    kinds = {column.name: column.kind for column in columns}
    return {name: day(values.get(name)) if kind == "date" else values.get(name) for name, kind in kinds.items()}


def plan_columns(ticks: str) -> dict:
    """The three faces of a plan: the text as it came, the ticked keys, and the options they stand for."""
    keys = code_sets()["plan_option"].codes
    ticked = [key for key in keys if key in ticks.split()]
    if set(ticks.split()) - set(ticked):
        raise ValueError(f"not plan options: {ticks}")
    options = list(dict.fromkeys(group for key in ticked for group in keys[key].groups))
    text = json.dumps({key: "Y" if key in ticked else "" for key in keys if key != "SPECGUARD" or key in ticked})
    return {"lacp_cla_care_plan_json": text, "lacp_ticks": ticked, "lacp_options": options, "lacp_recovered": False}


class Child:
    """One child, and the rows of the night that are about that child."""

    def __init__(self, identifier: str, born: Day, died: Day):
        self.identifier = identifier
        self.rows: dict[str, list[dict]] = {}
        self._add("ssd_person", pers_person_id=identifier, pers_dob=born, pers_death_date=died)

    def _add(self, table: str, **values) -> Child:
        self.rows.setdefault(table, []).append(row(table, **values))
        return self

    def _number(self, table: str, given: str | None) -> str:
        return given or f"{self.identifier}-{len(self.rows.get(table, [])) + 1}"

    def in_care(
        self,
        start: Day,
        end: Day = None,
        *,
        entered: Day = None,
        period: str | None = "",
        reason="S",
        ceased: str | None = None,
        placement=None,
        id=None,
    ) -> Child:
        """An episode of care. ``period`` is the ``clae_cla_id``; unless given, one for the whole childhood. ``ceased``: why it did."""
        return self._add(
            "ssd_cla_episodes",
            clae_cla_episode_id=self._number("ssd_cla_episodes", id),
            clae_person_id=self.identifier,
            clae_cla_id=f"{self.identifier}-CARE" if period == "" else period,
            clae_cla_placement_id=placement,
            clae_cla_episode_start_date=start,
            clae_cla_episode_start_reason=reason,
            clae_cla_episode_ceased_date=end,
            clae_cla_episode_ceased_reason=ceased,
            clae_entered_care_date=entered,
        )

    def legal(self, status: str | None, start: Day, end: Day = None, *, id=None) -> Child:
        """A legal status; None stands for one that is no legal status of a child in care."""
        self._add(
            "ssd_legal_status",
            lega_legal_status_id=self._number("ssd_legal_status", id),
            lega_person_id=self.identifier,
            lega_legal_status=status,
            lega_legal_status_start_date=start,
            lega_legal_status_end_date=end,
        )
        self.rows["ssd_legal_status"][-1]["lega_legal_status_text"] = status or "Special guardianship order"
        return self

    def placement(
        self, kind: str | None, start: Day, end: Day = None, *, id=None, provider=None, urn=None, postcode=None
    ) -> Child:
        return self._add(
            "ssd_cla_placement",
            clap_cla_placement_id=self._number("ssd_cla_placement", id),
            clap_person_id=self.identifier,
            clap_cla_id=f"{self.identifier}-CARE",
            clap_cla_placement_start_date=start,
            clap_cla_placement_end_date=end,
            clap_cla_placement_type=kind,
            clap_cla_placement_provider=provider,
            clap_cla_placement_postcode=postcode,
            clap_cla_placement_urn=urn,
        )

    def plan(self, ticks: str, start: Day, end: Day = None, *, id=None) -> Child:
        """A care plan with these keys ticked (``"RETURN6M ADOPTION"``; ``""`` is a blank plan)."""
        columns = plan_columns(ticks)
        self._add(
            "ssd_cla_care_plan",
            lacp_table_id=self._number("ssd_cla_care_plan", id),
            lacp_person_id=self.identifier,
            lacp_cla_care_plan_start_date=start,
            lacp_cla_care_plan_end_date=end,
            lacp_cla_care_plan_json=columns["lacp_cla_care_plan_json"],
        )
        self.rows["ssd_cla_care_plan"][-1].update(columns)
        return self

    def unreadable_plan(self, start: Day, end: Day = None) -> Child:
        """A plan whose text could not be read: it stands in no table but the list of unreadable plans."""
        rows = self.rows.setdefault(UNREADABLE, [])
        rows.append(
            {
                "lacp_table_id": f"{self.identifier}-U{len(rows) + 1}",
                "lacp_person_id": self.identifier,
                "lacp_cla_care_plan_start_date": day(start),
                "lacp_cla_care_plan_end_date": day(end),
            }
        )
        return self

    def permanence(self, *, order: Day = None, matched: Day = None, reversed: Day = None, id=None) -> Child:
        return self._add(
            "ssd_permanence",
            perm_table_id=self._number("ssd_permanence", id),
            perm_person_id=self.identifier,
            perm_placement_order_date=order,
            perm_matched_date=matched,
            perm_decision_reversed_date=reversed,
        )

    def match(self, kind: str, matched: Day, *, ratified: Day = None, ended: Day = None, placement: str | None = None) -> Child:
        return self._add(
            "local_carer_matches",
            match_id=self._number("local_carer_matches", None),
            person_id=self.identifier,
            match_type=kind,
            placement_id=placement,
            match_date=matched,
            ratified_date=ratified,
            ended_date=ended,
        )

    def option(self, kind: str, *, referred: Day = None, assessed: Day = None, order: Day = None, closed: Day = None) -> Child:
        return self._add(
            "local_permanence_options",
            option_id=self._number("local_permanence_options", None),
            person_id=self.identifier,
            option_type=kind,
            referral_date=referred,
            assessment_start_date=assessed,
            order_date=order,
            closed_date=closed,
        )

    def review(self, held: Day, *, cancelled: bool | None = False, period: str | None = None) -> Child:
        return self._add(
            "ssd_cla_reviews",
            clar_cla_review_id=self._number("ssd_cla_reviews", None) + f"-{self.identifier}",
            clar_cla_id=period or f"{self.identifier}-CARE",
            clar_cla_review_date=held,
            clar_cla_review_cancelled=cancelled,
        )

    def pathway_plan(self, reviewed: Day) -> Child:
        return self._add(
            "ssd_care_leavers",
            clea_table_id=self._number("ssd_care_leavers", None),
            clea_person_id=self.identifier,
            clea_pathway_plan_review_date=reviewed,
        )

    def proceedings(self, issued: Day, concluded: Day = None) -> Child:
        return self._add(
            "local_care_proceedings",
            proceedings_id=self._number("local_care_proceedings", None),
            person_id=self.identifier,
            issued_date=issued,
            concluded_date=concluded,
        )

    def worker(self, team: str | None, start: Day, end: Day = None, *, role: str = "ALLOCATED", name="W1", id=None) -> Child:
        return self._add(
            "ssd_involvements",
            invo_involvements_id=self._number("ssd_involvements", id),
            invo_person_id=self.identifier,
            invo_professional_id=name,
            invo_professional_role_id=role,
            invo_professional_team=team,
            invo_involvement_start_date=start,
            invo_involvement_end_date=end,
        )


def child(identifier: str = "A", born: Day = "2015-05-10", died: Day = None) -> Child:
    """A child of whom nothing but birth (and death) is recorded yet."""
    return Child(identifier, born, died)


def department(identifier: str, name: str | None, parent: str | None = None, parent_name: str | None = None) -> dict:
    """A team, and the service that it belongs to."""
    service = {"dept_team_parent_id": parent, "dept_team_parent_name": parent_name}
    return row("ssd_department", dept_team_id=identifier, dept_team_name=name, **service)


def records(*children: Child, departments: tuple[dict, ...] = (), not_supplied: tuple[str, ...] = ()) -> Records:
    """The typed tables of a night with these children; every table is supplied but those named."""
    night: Records = {table: [] for table in tables() if table not in not_supplied}
    night[UNREADABLE] = []
    night["ssd_department"].extend(dict(entry) for entry in departments)
    for one in children:
        for table, rows in one.rows.items():
            night[table].extend(dict(entry) for entry in rows)
    for rows in night.values():
        for number, entry in enumerate(rows, start=2):
            entry["source_row"] = number
    return night
