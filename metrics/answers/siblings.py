"""Brothers and sisters in care: a row a group, whether they live together, and its children with plans, courts and lists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas

from metrics.engine.engine import Engine
from metrics.engine.plain import codes_in_words
from metrics.engine.scope import Scope
from metrics.engine.whole_council import Whole, Why
from metrics.spine import definition
from words.labels import NOT_KNOWN, RESTRICTED_RECORD

PAGE = "siblings"
# What makes a family; one of them is enough.
FAMILIES = ("ssd_family", "ssd_mother")
TOGETHER, APART = "together", "apart"
OUTCOMES = {"TOGETHER": "together", "APART": "apart", "OPEN": "not decided"}
HERE = Path(__file__).parent
# Everybody's family, restricted records' too: of these only that there is one more child.
SIBLING = Whole(
    "sibling",
    Why.SIBLINGS,
    {
        "siblings_in_care": (HERE / "siblings_in_care.sql")
        .read_text(encoding="utf-8")
        .format(family_member=definition("26_siblings.sql", "family_member"))
    },
    keeps=("as_at", "family"),
)
GROUP_COLUMNS = ["family", "children", "homes", "living", "services", "teams", "court_name", "not_assessed", "lists"]


def is_supplied(engine: Engine) -> bool:
    """Whether the extracts say who is whose brother or sister."""
    return any(engine.supplied[table] for table in FAMILIES)


def children(engine: Engine, policy_id: str, scope: Scope, as_at: date | None = None) -> pandas.DataFrame:
    """The children in care on the day who have a brother or sister in care, by family, the eldest first.

    Columns: as_at, family, child_id, legacy_id, name, age (years), service, team, worker, home (its number within the family; missing
    where the postcode is not known), plan, legal_status, placement, court_name (of proceedings in force), assessed_date and outcome (of
    the last assessment of this period of care), lists (titles of the policy's lists that the child is on). A restricted record is a row
    of its family with RESTRICTED_RECORD in place of the identifier and nothing more: beside brothers and sisters any fact would make it
    known. Source: Hertfordshire 3.4 and 3.5; Slough 7.3.
    """
    day = as_at or engine.as_at
    sql = (HERE / "siblings.sql").read_text(encoding="utf-8")
    rules = engine.policy(policy_id).rules
    titles = {rule.id: rule.title for rule in rules}
    with engine.view(scope, (day,), rules) as view:
        view.make(SIBLING, {"as_at": day})
        frame = codes_in_words(view.execute(sql, {"as_at": day, "policy_id": policy_id}).df())
    for number in ("age", "home"):
        frame[number] = frame[number].astype("Int64")
    on = frame["lists"].map(lambda named: "; ".join(sorted(titles[one] for one in named)), na_action="ignore").fillna("")
    return frame.assign(lists=on, outcome=frame["outcome"].map(lambda code: OUTCOMES.get(code, code), na_action="ignore"))


FAMILIES_OF = """
select child_id, family
from sibling
where child_id in (select pers_person_id from ssd_person)
"""


def family_of(engine: Engine, scope: Scope, as_at: date | None = None) -> dict[str, str]:
    """The family of each child in care on the day whose record may be seen, by identifier; empty where families are not supplied."""
    day = as_at or engine.as_at
    if not is_supplied(engine):
        return {}
    with engine.view(scope, (day,), ()) as view:
        view.make(SIBLING, {"as_at": day})
        return dict(view.execute(FAMILIES_OF).fetchall())


def groups(frame: pandas.DataFrame) -> pandas.DataFrame:
    """A row a family of ``children``: GROUP_COLUMNS, those apart first, then those of whom it is not known.

    children: restricted records among them; all that follows is of the others. living: together (one home), apart (two homes or more)
    or not known: where a home is not, and of a group of which fewer than two may be seen. services, teams, court_name: each of them
    once. not_assessed: how many children have no assessment of this period of care. lists: on how many lists its children are.
    """
    rows = []
    for family, everybody in frame.groupby("family", sort=False):
        members = everybody[everybody["child_id"] != RESTRICTED_RECORD]
        homes = members["home"].nunique()
        known = len(members) > 1 and members["home"].notna().all()
        living = APART if homes > 1 else TOGETHER if known else NOT_KNOWN
        each = (_each(members[column]) for column in ("service", "team", "court_name"))
        on_lists = sum(len(lists.split("; ")) for lists in members["lists"] if lists)
        rows.append((family, len(everybody), homes, living, *each, int(members["assessed_date"].isna().sum()), on_lists))
    found = pandas.DataFrame(rows, columns=GROUP_COLUMNS)
    order = {APART: 0, NOT_KNOWN: 1, TOGETHER: 2}
    return found.sort_values(["living", "family"], key=lambda column: column.map(order).fillna(column), ignore_index=True)


def _each(values: pandas.Series) -> str:
    return "; ".join(dict.fromkeys(values.dropna()))
