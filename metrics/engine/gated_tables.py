"""What each table of a night is to the gate: which name nobody, and what stays of a restricted child's row in the others."""

from __future__ import annotations

import re
from functools import cache

from data.contract.contract import tables
from metrics.engine.scope import Names
from metrics.spine import FILES

# They name no child.
PLAIN = frozenset(
    {
        "allocated_worker_role",
        "calendar_day",
        "codes",
        "council_authority",
        "journeys_kept",
        "load_files",
        "local_prospective_adopters",
        "moved_figure",
        "moved_table",
        "observed_night",
        "reporting_dates",
        "role_word",
        "rule_population",
        "rule_state",
        "spine_state",
        "ssd_department",
        "ssd_professionals",
        "supplied",
        "working_day",
    }
)
# No answer reads them: the restrictions themselves, and rows without a child's name of which another table tells more.
CLOSED = frozenset({"due", "local_restrictions", "restricted_records", "unreadable_plans"})
KEPT_OF_LISTED = (
    "policy",
    "rule",
    "as_at",
    "child_number",
    "service",
    "team",
    "since",
    "limit_date",
    "days_over",
    "on_list",
    "backlog",
    "adult_by_limit",
)
# A row of a restricted child keeps these columns, without the child's identifier and worker; all others are empty. Of what is over
# (a journey's step) it keeps the days and no date: a brother or sister of the same team with the same dates would tell whose it is.
KEPT_OF_RESTRICTED = {
    "spine": ("as_at", "child_number", "service", "team"),
    "not_in_care_on_day": ("as_at", "child_number", "service", "team"),
    "known_on_day": ("as_at", "child_number", "service", "team", "in_care"),
    "listed": KEPT_OF_LISTED,
    "listed_by_name": KEPT_OF_LISTED,
    "milestone": ("policy", "rule", "as_at", "child_number", "service", "team", "since", "limit_date", "done_date", "state"),
    "population_member": ("population", "as_at", "child_number", "service", "team"),
    "journey_step": (
        "route",
        "step",
        "state",
        "days",
        "entered_year",
        "child_number",
        "service",
        "team",
    ),
}
# Those of these tables of which a row has no other columns.
KEPT_WHOLE = frozenset({"not_in_care_on_day", "known_on_day", "population_member"})
# The rows of a table with these columns alone: what is the same for a restricted child as for any, so that nobody need be masked.
UNNAMED = {"listed_unnamed": "listed"}
KNOWN = """(
    select as_at, child_number, child_id, service, team, worker, true as in_care from {spine}
    union all
    select as_at, child_number, child_id, service, team, worker, false as in_care from {not_in_care_on_day}
)"""
MILESTONE = f"""(
    select
        due.policy, due.rule, due.as_at, due.child_number, known.child_id, known.service, known.team, known.worker,
        due.since, due.limit_date, due.done_date, due.state, due.detail
    from {{due}} as due
    join {KNOWN} as known using (as_at, child_number)
)"""
MEMBER = f"""(
    select
        member.population, member.as_at, member.child_number, known.child_id, known.service, known.team, known.worker
    from {{population_member}} as member
    join {KNOWN} as known using (as_at, child_number)
)"""
# The lists with what a child is called, which is asked once for both: whose the row is, and whether it may be said.
LISTED_BY_NAME = """(
    select listed.*, person.pers_legacy_id as legacy_id, person.name
    from {listed} as listed
    left join (select rowid, {names} from {ssd_person}) as person on person.rowid = listed.child_number
)"""
# What the tables that are made of others are made of.
MADE_OF = {"known_on_day": KNOWN, "milestone": MILESTONE, "population_member": MEMBER, "listed_by_name": LISTED_BY_NAME}
# Counts, without any child's number: the lists and the milestones by what else they say, and what the night keeps by worker or by team.
COUNTED = {
    "listed_count": ("listed", "policy, rule, as_at, service, team, worker, days_over, on_list, backlog, detail"),
    "milestone_count": ("milestone", "policy, rule, as_at, service, team, worker, state"),
}
KEPT_COUNTS = {
    "population": ("population_member", "population, as_at, service, team, worker", ""),
    "figure": ("listed", "policy, rule, as_at, service, team, worker", "on_list"),
    "backlog_figure": (
        "listed",
        "policy, rule, as_at, service, team, worker, backlog",
        "backlog is not null and on_list is distinct from false",
    ),
    "milestone_figure": ("milestone", "policy, rule, as_at, service, team, state", ""),
}
# Those of them that do not tell workers apart.
BY_TEAM = frozenset({"milestone_figure"})
# What the gate makes of a night's tables, beside them.
MADE = frozenset({*COUNTED, *UNNAMED, "listed_by_name"})


@cache
def child_columns() -> dict[str, str]:
    """The tables whose rows are dropped with a restricted child, or one out of scope -> the column that names the child."""
    of_contract = {table.name: table.person for table in tables().values() if table.person}
    closed = {name: column for name, column in of_contract.items() if name not in CLOSED}
    return closed | {"ssd_person": "pers_person_id", "observed_plan": "child_id", "flags": "person_id", "rejects": "person_id"}


# What a child is called is said here once. Whoever may not see names sees none in any column; a child without a name recorded has the
# identifier in place of initials, since a name that is missing marks a restricted record.
NAMES_OF = {
    Names.FULL: "*, trim(concat_ws(' ', pers_forename, pers_surname)) as name",
    Names.INITIALS: """* replace (null::varchar as pers_forename, null::varchar as pers_surname),
        coalesce(
            nullif(upper(concat_ws(' ', left(trim(pers_forename), 1), left(trim(pers_surname), 1))), ''),
            pers_person_id
        ) as name""",
    Names.IDENTIFIER: "* replace (null::varchar as pers_forename, null::varchar as pers_surname), pers_person_id as name",
}
# By way of another table that names the child: the column that leads there, the table, and its column.
BY_WAY_OF = {
    "ssd_cla_reviews": ("clar_cla_id", "ssd_cla_episodes", "clae_cla_id"),
    "option_clock": ("child_number", "ssd_person", "rowid"),
}


@cache
def table_macros() -> frozenset[str]:
    """The macros of the spine that give rows: they read its tables as they are, so an answer must define its own over the gate's."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in FILES)
    return frozenset(re.findall(r"macro (\w+)\([^)]*\) as table", text))


def gated(name: str) -> bool:
    """Whether the gate knows how to show a table: one that it does not know is shown to nobody."""
    known = (KEPT_OF_RESTRICTED, UNNAMED, COUNTED, KEPT_COUNTS, BY_WAY_OF, child_columns())
    return any(name in names for names in known)


def named_columns(names: Names) -> str:
    """The columns of ``ssd_person``, with the name as somebody may see it."""
    return NAMES_OF[names]
