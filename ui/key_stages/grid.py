"""The grid of a team: its children and the key stages, each cell a state in words with its day."""

from __future__ import annotations

import pandas

from metrics.answers.key_stages import key_stages
from metrics.engine.plain import boxed_rows, is_missing
from metrics.engine.policy import Rule
from ui.components.markup import Markup, element, joined, write
from ui.components.section_headings import section
from ui.components.tables import Column, named, paged
from ui.components.teams import name_of
from ui.context import address
from ui.context.page_context import PageContext
from ui.key_stages.stages import NAMES, PAGE, STATES, said, stages
from words.dates import british
from words.labels import RESTRICTED_RECORD
from words.numbers import counted

EVERY, OVERDUE, SOON = "", "overdue", "soon"
SHOWN = {EVERY: "Every child", OVERDUE: "Something overdue", SOON: "Something due in 14 days"}
SOON_DAYS = 14
NOTE_STATES = (key_stages.NO_DATE, key_stages.DONE)

# A child with a row for each stage that asks something of the child, by rule.
Child = tuple[dict, dict[str, dict]]
# How a cell's text looks on the screen, and its class, by the text.
Looks = dict[str, tuple[Markup | str, str]]


def by_child(frame: pandas.DataFrame) -> list[Child]:
    """The rows of the frame, child by child."""
    found: dict[int, Child] = {}
    for row in boxed_rows(frame):
        one = found.setdefault(row["place"], (row, {}))
        if not is_missing(row["rule"]):
            one[1][row["rule"]] = row
    return list(found.values())


def _is_shown(mine: dict[str, dict], show: str) -> bool:
    if show == OVERDUE:
        return any(row["state"] == key_stages.OVERDUE for row in mine.values())
    if show == SOON:
        return any(
            row["state"] == key_stages.DUE and not is_missing(row["days_over"]) and -SOON_DAYS <= row["days_over"] < 0
            for row in mine.values()
        )
    return True


def _most_overdue(one: Child) -> tuple[int, int]:
    """How many stages are overdue, and by how many days the longest."""
    days = [row["days_over"] for row in one[1].values() if row["state"] == key_stages.OVERDUE]
    return len(days), max((0 if is_missing(day) else int(day) for day in days), default=0)


def show(context: PageContext, chosen: dict[str, str | None]) -> None:
    """The children in care, then those who have left care."""
    if not chosen["team"]:
        write(element("p", "Choose a team to see its children, each against every stage.", class_="empty"))
        return
    every = by_child(stages(context, context.within(**chosen)))
    wanted = address.choose("Show", list(SHOWN), "show", NAMES, SHOWN.__getitem__)
    shown = sorted((one for one in every if _is_shown(one[1], wanted)), key=lambda one: (one[0]["worker"], one[0]["place"]))
    for in_care, title in ((True, "Children in care"), (False, "Children who have left care")):
        _show_part(context, chosen, title, [one for one in shown if one[0]["in_care"] == in_care], in_care)


def _show_part(context: PageContext, chosen: dict[str, str | None], title: str, part: list[Child], in_care: bool) -> None:
    section(f"{title}: {len(part):,}")
    left = "" if in_care else " who left in the last six months"
    asked = {rule_id for _, mine in part for rule_id in mine}
    rules = [rule for rule in context.policy.rules if rule.id in asked or context.engine.absence(rule, context.as_at)]
    name = f"{title} of {name_of(context, chosen)} and the key stages"
    frame, looks = _frame(context, part, rules)
    paged(
        frame,
        _columns(context, looks, rules, chosen),
        name,
        "stages" if in_care else "stages left",
        name,
        f"No child{left} matches these choices on {british(context.as_at)}.",
        "child",
        "children",
        usual="Worker, A to Z",
        look="stages",
        narrowed_by=("show",),
    )
    nothing = [rule.title for rule in context.policy.rules if rule not in rules] if part else []
    if nothing:
        write(element("p", f"Not applicable to any of these children: {', '.join(nothing)}.", class_="quiet"))


def _frame(context: PageContext, part: list[Child], rules: list[Rule]) -> tuple[pandas.DataFrame, Looks]:
    """A row a child, with a column for each stage in words, which the files have as they are; and how the words look on the screen."""
    looks: Looks = {}
    frame = pandas.DataFrame([_row(context, one, rules, looks) for one in part])
    counts = dict.fromkeys(("age", "stages_overdue", "longest_overdue"), "Int64")
    return (frame if frame.empty else frame.astype(counts)), looks


def _row(context: PageContext, one: Child, rules: list[Rule], looks: Looks) -> dict:
    """A child as a row: each stage in words."""
    child, mine = one
    count, longest = _most_overdue(one)
    row = {name: None if is_missing(child[name]) else child[name] for name in ("child_id", "name", "age", "worker")}
    row |= {"stages_overdue": count, "longest_overdue": longest if count else None}
    for rule in rules:
        words, *_ = said = cell(context, rule, mine.get(rule.id))
        row[rule.id], looks[words] = words, said[1:]
    return row


def _columns(context: PageContext, looks: Looks, rules: list[Rule], chosen: dict[str, str | None]) -> list[Column]:
    """The child, what is overdue, and a column for each stage."""

    def own_view(row: dict) -> str | None:
        if row["child_id"] == RESTRICTED_RECORD:
            return None
        return address.link(PAGE, context.linked_day, policy=context.linked_policy, **chosen, child=row["child_id"])

    def stage(rule: Rule) -> Column:
        return Column(
            "stage",
            of=rule.id,
            given=rule.title,
            because="each stage has a column",
            says=lambda row: looks[row[rule.id]][0],
            looks=lambda row: looks[row[rule.id]][1],
        )

    own = named("name", "age", "worker", "stages_overdue", "longest_overdue")
    return [Column("child_id", leads_to=own_view), *own, *map(stage, rules)]


def cell(context: PageContext, rule: Rule, row: dict | None) -> tuple[str, Markup | str, str]:
    """A stage of a child, its state and its day: in words; on the screen, with a mark; and the cell's class."""
    if absence := context.engine.absence(rule, context.as_at):
        return absence.word, absence.word, "stage-not-supplied"
    if row is None:
        return "not asked", joined(("–", element("span", " not asked", class_="unseen"))), "stage-none"
    day, (_, state, look) = _day(row), STATES[row["state"]]
    long = "long" if row["state"] in NOTE_STATES and not is_missing(row["detail"]) else None
    shown = joined((said(row["state"]), element("small", day, class_=long) if day else ""))
    return f"{state} {day}".strip(), shown, look


def _day(row: dict) -> str:
    if row["state"] in NOTE_STATES and not is_missing(row["detail"]):
        return row["detail"]
    if not is_missing(row["done_date"]):
        return british(row["done_date"])
    if is_missing(row["due_date"]):
        return ""
    over = f"{counted(int(row['days_over']), 'day')} since " if row["state"] == key_stages.OVERDUE and row["days_over"] else ""
    lead = {key_stages.DUE: "by ", key_stages.POSSIBLE: "since ", key_stages.NOT_YET: "from "}.get(row["state"], "")
    return f"{over}{lead}{british(row['due_date'])}"
