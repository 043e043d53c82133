"""What each role may do: the one table, of which the matrix in docs/reference/who-may-see-what.md is made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from metrics.engine.scope import Names


class Role(Enum):
    """What somebody is to the tracker, in the words of ``people.toml``. The order decides whose first page opens."""

    PANEL_CHAIR = "panel chair"
    PANEL_CLERK = "panel clerk"
    PANEL_MEMBER = "panel member"
    HEAD_OF_SERVICE = "head of service"
    TEAM_MANAGER = "team manager"
    REVIEWING_OFFICER = "reviewing officer"
    WORKER = "worker"
    ANALYST = "analyst"
    COUNCILLOR = "councillor"
    ADMINISTRATOR = "administrator"


class Right(Enum):
    """What may be done besides opening a page."""

    SEE_CHILDREN = "see children"
    FIND_A_CHILD = "find a child"
    TAKE_LISTS = "download lists"
    TAKE_CALENDAR = "download the calendar"
    TAKE_CHILD_SUMMARY = "download the child summary"
    TAKE_TEAM_PACK = "download the team and weekly packs"
    TAKE_PANEL_PACK = "download the panel's papers and minutes"
    TAKE_PUBLISHED_PACK = "download published corporate parenting packs"
    SEE_DRAFTS = "see and publish drafts of the corporate parenting pack"
    WRITE_NOTES = "write notes about a child"
    WRITE_ACTIONS = "report on actions"
    WRITE_DISCUSSIONS = "write a panel's discussions and actions"
    RUN_PANELS = "plan, freeze and close panels; keep the list of barriers"
    SEE_ACCESS_RECORD = "read the record of access"


@dataclass(frozen=True)
class Rights:
    """What one role may do. ``bounded``: the role sees the children of its own services, teams or caseload, which ``people.toml`` names."""

    pages: frozenset[str]
    rights: frozenset[Right]
    first_page: str
    names: Names
    bounded: bool = False


# Pages about a team's or worker's own children, as well as about everybody's.
OF_CHILDREN = frozenset(
    {
        "team",
        "changes",
        "calendar",
        "children",
        "child",
        "actions",
        "england",
        "action_planning",
        "key_stages",
        "meetings_due",
        "weekly",
        "papers",
        "adoption",
        "long_term_fostering",
        "connected_persons",
        "proceedings",
        "siblings",
        "monitoring_group",
    }
)
# Pages of how a council's or a service's children fare over time.
OVER_TIME = frozenset({"drift", "journeys"})
# Pages that compare services, or are of a panel for the whole council.
OF_THE_COUNCIL = frozenset({"countywide", "panel", "patterns"}) | OVER_TIME
OF_FIGURES = frozenset({"figures", "coverage"})  # they name no child
SOURCES = "data_sources"
OF_THE_DATA = frozenset({SOURCES, "data_quality"})
PUBLISHED, BARRIERS, ACCESS_RECORD = "corporate_parenting", "barriers", "access_record"

OF_PANEL = OF_CHILDREN | OF_THE_COUNCIL | OF_FIGURES | {PUBLISHED}
LOOK = frozenset({Right.SEE_CHILDREN, Right.FIND_A_CHILD})
TAKE = frozenset({Right.TAKE_LISTS, Right.TAKE_CALENDAR, Right.TAKE_CHILD_SUMMARY})
PUBLISHED_PACKS = frozenset({Right.TAKE_PUBLISHED_PACK})
ON_CASES = frozenset({Right.WRITE_NOTES, Right.WRITE_ACTIONS})

RIGHTS: dict[Role, Rights] = {
    Role.PANEL_CHAIR: Rights(
        OF_PANEL | {BARRIERS},
        LOOK | TAKE | PUBLISHED_PACKS | ON_CASES | {Right.TAKE_PANEL_PACK, Right.WRITE_DISCUSSIONS, Right.RUN_PANELS},
        "panel",
        Names.FULL,
    ),
    Role.PANEL_CLERK: Rights(
        OF_PANEL | {BARRIERS},
        LOOK | TAKE | PUBLISHED_PACKS | ON_CASES | {Right.TAKE_PANEL_PACK, Right.WRITE_DISCUSSIONS, Right.RUN_PANELS},
        "panel",
        Names.FULL,
    ),
    Role.PANEL_MEMBER: Rights(OF_PANEL, LOOK | PUBLISHED_PACKS | {Right.TAKE_PANEL_PACK}, "panel", Names.FULL),
    Role.HEAD_OF_SERVICE: Rights(
        OF_CHILDREN | OVER_TIME | OF_FIGURES | {SOURCES, PUBLISHED},
        LOOK | TAKE | PUBLISHED_PACKS | ON_CASES | {Right.TAKE_TEAM_PACK},
        "team",
        Names.FULL,
        bounded=True,
    ),
    Role.TEAM_MANAGER: Rights(
        OF_CHILDREN | OF_FIGURES, LOOK | TAKE | ON_CASES | {Right.TAKE_TEAM_PACK}, "team", Names.FULL, bounded=True
    ),
    Role.REVIEWING_OFFICER: Rights(
        OF_CHILDREN - {"weekly"} | OF_FIGURES, LOOK | TAKE | ON_CASES, "team", Names.FULL, bounded=True
    ),
    Role.WORKER: Rights(OF_CHILDREN - {"weekly"} | OF_FIGURES, LOOK | TAKE | ON_CASES, "team", Names.FULL, bounded=True),
    Role.ANALYST: Rights(
        OF_CHILDREN | OF_THE_COUNCIL | OF_FIGURES | OF_THE_DATA | {PUBLISHED},
        LOOK | PUBLISHED_PACKS | {Right.TAKE_LISTS, Right.TAKE_TEAM_PACK, Right.SEE_DRAFTS},
        "data_quality",
        Names.IDENTIFIER,
    ),
    Role.COUNCILLOR: Rights(frozenset({PUBLISHED}), PUBLISHED_PACKS, PUBLISHED, Names.IDENTIFIER),
    Role.ADMINISTRATOR: Rights(frozenset({ACCESS_RECORD}), frozenset({Right.SEE_ACCESS_RECORD}), ACCESS_RECORD, Names.IDENTIFIER),
}
EVERY_PAGE = OF_PANEL | OF_THE_DATA | {BARRIERS, ACCESS_RECORD}
