"""The grid of a team: its children and the key stages, each cell a state in words with its day."""

from __future__ import annotations

import pandas
import streamlit

from metrics.answers.key_stages import key_stages
from metrics.engine.policy import Rule
from ui.components import downloads
from ui.components.markup import Markup, element, joined, write
from ui.components.section_headings import section
from ui.components.tables import ROWS_IN_SIGHT, ROWS_ON_A_PAGE, scrolling
from ui.components.teams import name_of
from ui.context import address
from ui.context.page_context import PageContext
from ui.key_stages.stages import BEGAN, NAMES, PAGE, STATES, said, stages
from words.columns import heading, headings
from words.dates import british
from words.labels import RESTRICTED_RECORD
from words.numbers import counted

EVERY, OVERDUE, SOON = "", "overdue", "soon"
SHOWN = {EVERY: "Every child", OVERDUE: "Something overdue", SOON: "Something due in 14 days"}
SOON_DAYS = 14
HEADINGS = headings("child_id", "name", "age", "worker")
NOTE_STATES = (key_stages.NO_DATE, key_stages.DONE)

# A child with a row for each stage that asks something of the child, by rule.
Child = tuple[dict, dict[str, dict]]


def _missing(value: object) -> bool:
    return value is None or (not isinstance(value, str) and bool(pandas.isna(value)))


def by_child(frame: pandas.DataFrame) -> list[Child]:
    """The rows of the frame, child by child."""
    found: dict[int, Child] = {}
    for row in frame.to_dict("records"):
        one = found.setdefault(row["place"], (row, {}))
        if not _missing(row["rule"]):
            one[1][row["rule"]] = row
    return list(found.values())


def _is_shown(mine: dict[str, dict], show: str) -> bool:
    if show == OVERDUE:
        return any(row["state"] == key_stages.OVERDUE for row in mine.values())
    if show == SOON:
        return any(
            row["state"] == key_stages.DUE and not _missing(row["days_over"]) and -SOON_DAYS <= row["days_over"] < 0
            for row in mine.values()
        )
    return True


def _most_overdue(one: Child) -> tuple[int, int]:
    """How many stages are overdue, and by how many days the longest."""
    days = [row["days_over"] for row in one[1].values() if row["state"] == key_stages.OVERDUE]
    return len(days), max((0 if _missing(day) else int(day) for day in days), default=0)


ORDERS = {
    "Worker": lambda one: (one[0]["worker"], one[0]["place"]),
    "Most stages overdue": lambda one: (*(-count for count in _most_overdue(one)), one[0]["place"]),
    "Longest overdue": lambda one: (*(-count for count in reversed(_most_overdue(one))), one[0]["place"]),
    heading("child_id"): lambda one: one[0]["place"],
}


def show(context: PageContext, chosen: dict[str, str | None]) -> None:
    """The children in care, then those who have left care."""
    if not chosen["team"]:
        write(element("p", "Choose a team to see its children, each against every stage.", class_="empty"))
        return
    frame = stages(context, context.within(**chosen))
    every = by_child(frame)
    with streamlit.container(horizontal=True, vertical_alignment="bottom"):
        wanted = address.choose("Show", list(SHOWN), "show", NAMES, SHOWN.__getitem__)
        order = streamlit.selectbox("Sort by", list(ORDERS), key="sort key stages", width=240)
    shown = sorted((one for one in every if _is_shown(one[1], wanted)), key=ORDERS[order])
    for in_care, title in ((True, "Children in care"), (False, "Children who have left care")):
        _show_part(context, chosen, title, [one for one in shown if one[0]["in_care"] == in_care], in_care)
    asked = frame.drop(columns=["place"])
    asked.insert(11, "stage", asked["rule"].map({rule.id: rule.title for rule in context.policy.rules}))
    downloads.offer(
        asked, f"key stages of children {name_of(context, chosen)} {context.as_at.isoformat()}".lower(), "grid", BEGAN
    )


def _show_part(context: PageContext, chosen: dict[str, str | None], title: str, part: list[Child], in_care: bool) -> None:
    section(f"{title}: {len(part):,}")
    if not part:
        left = "" if in_care else " who left in the last six months"
        write(element("p", f"No child{left} matches these choices on {british(context.as_at)}.", class_="empty"))
        return
    asked = {rule_id for _, mine in part for rule_id in mine}
    rules = [rule for rule in context.policy.rules if rule.id in asked or context.engine.absence(rule, context.as_at)]
    pages = -(-len(part) // ROWS_ON_A_PAGE)
    page = streamlit.pagination(pages, key=f"page stages {in_care} of {len(part)}") if pages > 1 else 1
    here = part[(page - 1) * ROWS_ON_A_PAGE : page * ROWS_ON_A_PAGE]
    head = element(
        "tr",
        *(element("th", heading, class_="age" if place == 2 else None, scope="col") for place, heading in enumerate(HEADINGS)),
        *(element("th", rule.title, scope="col") for rule in rules),
    )
    caption = f"{title} of {name_of(context, chosen)} and the key stages"
    whole = element(
        "table",
        element("caption", caption, class_="unseen"),
        element("thead", head),
        element("tbody", joined(_row(context, one, rules, chosen) for one in here)),
        class_="data stages",
    )
    nothing = [rule.title for rule in context.policy.rules if rule not in rules]
    write(
        scrolling(whole, caption, len(here) > ROWS_IN_SIGHT),
        element("p", f"Not applicable to any of these children: {', '.join(nothing)}.", class_="quiet") if nothing else "",
    )


def _row(context: PageContext, one: Child, rules: list[Rule], chosen: dict[str, str | None]) -> Markup:
    child, mine = one
    restricted = child["child_id"] == RESTRICTED_RECORD
    leads_to = (
        None
        if restricted
        else address.link(PAGE, context.linked_day, policy=context.linked_policy, **chosen, child=child["child_id"])
    )
    name = element("a", child["child_id"], href=leads_to) if leads_to else child["child_id"]
    age = "" if _missing(child["age"]) else str(int(child["age"]))
    return element(
        "tr",
        element("th", name, scope="row", class_="code"),
        element("td", None if _missing(child["name"]) else child["name"], class_="some"),
        element("td", age, class_="age"),
        element("td", child["worker"], class_="some"),
        *(cell(context, rule, mine.get(rule.id)) for rule in rules),
    )


def cell(context: PageContext, rule: Rule, row: dict | None) -> Markup:
    """A stage of a child: its state in words with a mark, and its day."""
    if absence := context.engine.absence(rule, context.as_at):
        return element("td", absence.word, class_="stage-not-supplied", title=absence.needs)
    if row is None:
        return element("td", "–", element("span", " not asked", class_="unseen"), class_="stage-none")
    return element("td", said(row["state"]), _day(row), class_=STATES[row["state"]][2])


def _day(row: dict) -> Markup | str:
    if row["state"] in NOTE_STATES and not _missing(row["detail"]):
        return element("small", row["detail"], class_="long")
    if not _missing(row["done_date"]):
        return element("small", british(row["done_date"]))
    if _missing(row["due_date"]):
        return ""
    over = f"{counted(int(row['days_over']), 'day')} since " if row["state"] == key_stages.OVERDUE and row["days_over"] else ""
    lead = {key_stages.DUE: "by ", key_stages.POSSIBLE: "since ", key_stages.NOT_YET: "from "}.get(row["state"], "")
    return element("small", f"{over}{lead}{british(row['due_date'])}")
