"""Brothers and sisters on the screen: a row a group of children in care, opened to its children."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pandas

from data.contract.contract import titles
from metrics.answers import siblings
from metrics.answers.siblings import APART, FAMILIES, PAGE, TOGETHER
from metrics.engine.plain import boxed_rows
from ui.components import teams
from ui.components.markup import element, write
from ui.components.section_headings import section
from ui.components.tables import Column, named, paged, show_table
from ui.context import address
from ui.context.cached_answers import ScopeKey, scope_key, scope_of
from ui.context.page_context import Key, PageContext, engine_of
from ui.context.remembered import remembered
from ui.service.lists import child_columns
from words.dates import british
from words.labels import NOT_KNOWN, NOT_SUPPLIED, RESTRICTED_RECORD
from words.numbers import children, counted

EVERY = ""
ALL = "all"
SHOWN = {ALL: "All", APART: "Apart", TOGETHER: "Together", NOT_KNOWN: "Not known"}
NAMES = ("service", "team", "family")


@remembered(48)
def _children(key: Key, policy_id: str, scope: ScopeKey, as_at: date) -> pandas.DataFrame:
    return siblings.children(engine_of(key), policy_id, scope_of(scope), as_at)


@remembered(48)
def _groups(
    key: Key, policy_id: str, scope: ScopeKey, as_at: date, service: str | None, team: str | None
) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    """The children of the groups of which one is in the service or team, and the groups."""
    every = _children(key, policy_id, scope, as_at)
    here = every[_is_here(every, {"service": service, "team": team})]
    frame = every[every["family"].isin(here["family"])]
    return frame, siblings.groups(frame)


@remembered(48)
def _family_of(key: Key, scope: ScopeKey, as_at: date) -> dict[str, str]:
    return siblings.family_of(engine_of(key), scope_of(scope), as_at)


def family_of(context: PageContext) -> dict[str, str]:
    """The family of each child who may be seen (``metrics.answers.siblings.family_of``)."""
    return _family_of(context.key, scope_key(context.scope), context.as_at)


def rest_of_group(context: PageContext, here: Collection[str]) -> tuple[list[dict], int]:
    """Of the group to which the children ``here`` belong: the rows of the others (``children``), and how many are restricted records."""
    every = _children(context.key, context.policy_id, scope_key(context.scope), context.as_at)
    group = every[every["family"].isin(every.loc[every["child_id"].isin(here), "family"])]
    others = group[~group["child_id"].isin([*here, RESTRICTED_RECORD])]
    return boxed_rows(others), int((group["child_id"] == RESTRICTED_RECORD).sum())


def title(family: str) -> str:
    """A group's name with a capital; its number stays as it is."""
    return family[:1].upper() + family[1:]


def show(context: PageContext, chosen: dict[str, str | None]) -> None:
    """The groups of which a child is in the service or team, each whole: brothers and sisters are often with several teams."""
    section(f"{teams.name_of(context, chosen)}: {british(context.as_at)}")
    if not siblings.is_supplied(context.engine):
        needed = " or ".join(titles((extract,)) for extract in FAMILIES)
        write(element("p", f"Brothers and sisters: {NOT_SUPPLIED}. Needs the extract {needed}.", class_="empty"))
        return
    scope = scope_key(context.scope)
    frame, groups = _groups(context.key, context.policy_id, scope, context.as_at, chosen["service"], chosen["team"])
    counts = groups["living"].value_counts()
    write(
        element("p", element("strong", counted(len(groups), "group")), f" of brothers and sisters in care, {children(len(frame))}: ",
                f"{counts.get(APART, 0):,} apart, {counts.get(TOGETHER, 0):,} together, {counts.get(NOT_KNOWN, 0):,} not known."),
        element("p", "Children of one family, or else of one mother. Together: at one provider, URN and postcode; not known where a "
                "postcode is not recorded. Restricted records are counted, and nothing more is shown of them.", class_="quiet"),
    )  # fmt: skip
    family = _family(groups)
    if family != EVERY:
        _show_children(context, frame[frame["family"] == family], family)
    _show_groups(context, groups, chosen)


def show_of_child(context: PageContext, child_id: str) -> None:
    """One child's brothers and sisters in care, a row each; of restricted records, that there are more."""
    if not siblings.is_supplied(context.engine):
        needed = " or ".join(titles((extract,)) for extract in FAMILIES)
        write(element("p", f"{NOT_SUPPLIED.capitalize()}. Needs the extract {needed}.", class_="quiet"))
        return
    every = _children(context.key, context.policy_id, scope_key(context.scope), context.as_at)
    mine = every[every["child_id"] == child_id]
    others = every[every["family"].isin(mine["family"]) & (every["child_id"] != child_id)]
    if others.empty:
        write(element("p", "No brother or sister in care is known.", class_="quiet"))
        return
    hidden = int((others["child_id"] == RESTRICTED_RECORD).sum())
    others = others[others["child_id"] != RESTRICTED_RECORD]
    if hidden:
        write(element("p", and_more(hidden), class_="quiet"))
    if others.empty:
        return
    (home,) = mine["home"]
    others = others.assign(living=[_beside(home, one) for one in others["home"]])
    every_column = child_columns(context, {}, named("living", "plan", "placement", "lists"))
    # The other identifier is on each child's own page, and in a narrow window would push the lists out of sight.
    columns = [column for column in every_column if column.name != "legacy_id"]
    caption = "Brothers and sisters in care"
    show_table(others, columns, caption, "child siblings", name=f"{child_id} {caption}", one="child", many="children")


def and_more(hidden: int) -> str:
    """How many restricted records belong to a group, in a sentence."""
    records = "record is" if hidden == 1 else "records are"
    return f"And {counted(hidden, 'more child', 'more children')} whose {records} restricted."


def _beside(home: int | None, other: int | None) -> str:
    """Whether two children live in one home, by the homes' numbers."""
    if pandas.isna(home) or pandas.isna(other):
        return NOT_KNOWN
    return TOGETHER if home == other else APART


def _is_here(frame: pandas.DataFrame, chosen: dict[str, str | None]) -> pandas.Series:
    found = pandas.Series(True, frame.index)
    for column in ("service", "team"):
        if chosen[column]:
            found &= frame[column] == chosen[column]
    return found


def _family(groups: pandas.DataFrame) -> str:
    if groups.empty:
        return EVERY
    options = [EVERY, *groups["family"]]
    return address.choose("Group", options, "family", NAMES, lambda name: title(name) or "No group opened")


def _show_children(context: PageContext, frame: pandas.DataFrame, family: str) -> None:
    more = (*named("home", "plan", "legal_status", "placement", "court_name", "assessed_date", "outcome", "lists"),)
    paged(
        frame,
        child_columns(context, {}, more),
        f"{title(family)}: {children(len(frame))} in care",
        "brothers and sisters",
        f"brothers and sisters {family}",
        "",
        "child",
        "children",
        usual="Age, oldest first",
    )


def _show_groups(context: PageContext, groups: pandas.DataFrame, chosen: dict[str, str | None]) -> None:
    section("Groups")
    living = address.switch("Show", list(SHOWN), "show", lambda name: SHOWN[name])
    shown = groups if living == ALL else groups[groups["living"] == living]

    def opened(row: dict) -> str:
        return address.link(PAGE, context.linked_day, policy=context.linked_policy, family=row["family"], **chosen)

    columns = (
        Column("family", leads_to=opened, says=lambda row: title(row["family"])),
        *named("children", "living", "homes", "not_assessed"),
        Column("on_lists", of="lists"),
        *named("services", "teams", "court_name"),
    )
    paged(
        shown,
        columns,
        f"Brothers and sisters in care: {SHOWN[living].lower()}",
        "groups",
        "brothers and sisters groups",
        f"No such group on {british(context.as_at)}.",
        "group",
        usual="Apart first",
    )
