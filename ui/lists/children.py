"""Lists of children: the columns of a panel's list, the filters, the order, the download."""

from __future__ import annotations

from datetime import timedelta

import pandas

from data.contract.contract import titles
from metrics.answers.kinds.kinds import with_panel_area
from metrics.engine.plain import plans_in_words
from metrics.engine.policy import Rule
from ui.components import downloads, teams
from ui.components.child_link import child_link
from ui.components.markup import element, write
from ui.components.panel_area import of_panel_area
from ui.components.section_headings import section
from ui.components.split import split_words, splits
from ui.components.tables import Column, named, paged
from ui.context import address, cached_answers
from ui.context.page_context import PageContext
from ui.lists.figure_explained import RECOMPUTED
from words.dates import british
from words.labels import BACKLOG, OVERDUE, figure_title
from words.numbers import children, counted
from words.shown import days_word

# The groups of a list by when what it is about began, in the address.
BEGAN = "began"
NOT_JUDGED = "Done or not, this is not judged by the policy and is not overdue. "
ALL_OF_IT, NEW = "on the list", "new since the policy"
NAMES = ("rule", BEGAN, *teams.WITH_WORKER)
WITHIN_DAYS = ("30", "60", "90")
LONGEST_FIRST = "Days over, longest first"


def columns(context: PageContext, days: Column, of_many_rules: bool = False, of_option: bool = True) -> list[Column]:
    """The columns of a list of children. The identifier leads to the child, unless the record is restricted.

    ``of_option``: whether a clock may be that of an option of the plan, and so recorded or observed.
    """

    return [
        Column("child_id", leads_to=child_link(context)),
        *named("legacy_id", "name", "age"),
        *([Column("list")] if of_many_rules else []),
        Column("team"),
        *of_panel_area(context.engine.settings),
        *named("worker", "plan", "since"),
        *([Column("clock")] if of_option else []),
        Column("limit_date"),
        days,
        *named("detail", "legal_status", "placement", "last_review_date", "service"),
    ]


def choose_rule(context: PageContext) -> Rule:
    """The rule whose list is shown, in the address."""
    rules = {rule.id: rule for rule in context.policy.rules}
    return rules[
        address.choose("List", list(rules), "rule", NAMES, lambda rule_id: rules[rule_id].title, address.WIDE, always=True)
    ]


def show_rule(context: PageContext, rule: Rule) -> None:
    """The list of one rule, with its filters."""
    if absence := context.engine.absence(rule, context.as_at):
        write(element("p", f"{rule.title}: {absence.word}. {absence.why}", class_="empty"))
        return
    # The engine narrows: in the rows themselves the worker of a restricted record is hidden.
    chosen = teams.choose(context, NAMES, of_worker=True)
    frame = cached_answers.children(context, (rule.id,), context.within(**chosen), apart=True)
    frame, group = _of_group(frame)
    _heading(context, rule, frame, group)
    days = Column(days_word(_due(rule), rule.limit_on(context.as_at) is not None), of="days_over")
    # What is not judged is not overdue either.
    left_out = [*([days] if _apart(rule, group) else []), *([] if _says_more(frame) else [Column("detail")])]
    shown = [column for column in columns(context, days, of_option=rule.measure.of_option) if column not in left_out]
    paged(
        _with_words(context, frame),
        shown,
        f"Children on the list: {rule.title if _apart(rule, group) else figure_title(rule)}",
        "children",
        figure_title(rule),
        f"No child is on this list on {british(context.as_at)} with these filters.",
        "child",
        "children",
        usual=LONGEST_FIRST,
        definition=downloads.defined(context, rule),
        narrowed_by=(BEGAN,),
    )


def _says_more(frame: pandas.DataFrame) -> bool:
    """Whether the detail of any child says more than the plan beside it."""
    return bool((frame["detail"].notna() & (frame["detail"] != frame["plan"])).any())


def _apart(rule: Rule, group: str) -> bool:
    """Whether a group is of what a milestone does not judge."""
    return _due(rule) and group in BACKLOG


def _of_group(frame: pandas.DataFrame) -> tuple[pandas.DataFrame, str]:
    """The list, or one group of it, with the group's name: what is new, or what began before the policy or the records. What is not
    overdue for that reason is only in its own group."""
    began = frame["backlog"].fillna(NEW)
    on_list = frame[frame["on_list"]]
    if began.eq(NEW).all():
        # A link to a group that nobody is in here leads to the list.
        address.keep(BEGAN, None)
        return on_list, ALL_OF_IT
    groups = {ALL_OF_IT: on_list, NEW: frame[began == NEW], **{group: frame[began == group] for group in BACKLOG}}
    shown = [group for group, rows in groups.items() if group in (ALL_OF_IT, NEW) or len(rows)]
    chosen = address.switch(
        "Show", shown, BEGAN, lambda group: f"{group.capitalize()}: {len(groups[group]):,}", usual=ALL_OF_IT, known=BACKLOG
    )
    return groups[chosen], chosen


def _due(rule: Rule) -> bool:
    """Whether the rule lists what is overdue rather than whom a limit has caught."""
    return rule.measure.is_milestone


def _when_listed(context: PageContext, rule: Rule) -> str:
    limit = rule.limit_on(context.as_at)
    if _due(rule):
        period = f"Due within {limit.words}. " if limit else ""
        return f"{period}A child is listed from the due date (shown under Limit date) until it is done. "
    return f"Limit: {limit.words}. " if limit else "A child is listed as soon as this applies. "


def _heading(context: PageContext, rule: Rule, frame: pandas.DataFrame, group: str) -> None:
    told = splits(frame["detail"])
    without = rule.measure.not_supplied(context.engine.supplied)
    href = address.link(address.FIGURES, context.linked_day, rule=rule.id)
    how = element("a", "How is this figure made?", href=href, class_="screen-only")
    title = rule.title if group == ALL_OF_IT else f"{rule.title}, {group}"
    overdue = f" {OVERDUE}" if _due(rule) and not _apart(rule, group) else ""
    write(
        element("h2", f"{title}: {children(len(frame))}{overdue} on {british(context.as_at)}"),
        element(
            "p", f"{rule.wording}. ", NOT_JUDGED if _apart(rule, group) else _when_listed(context, rule), how, class_="quiet"
        ),
        element("p", f"Of these: {split_words(frame['detail'])}.") if told else "",
        element("p", observed, class_="quiet") if (observed := observed_words(frame)) else "",
        element("p", f"Counted without {titles(without)}, which was not supplied.", class_="quiet") if without else "",
        element("p", RECOMPUTED.format(british(context.night.as_at)), class_="quiet")
        if context.engine.is_recomputed(rule)
        else "",
    )


def observed_words(frame: pandas.DataFrame) -> str:
    """How many of the children who may be seen have an observed clock, with what that is; nothing where none has."""
    found = int((frame["observed_since"] < frame["recorded_since"]).sum())
    if not found:
        return ""
    clocks = "1 of these clocks is" if found == 1 else f"{found:,} of these clocks are"
    return f"{clocks} observed: the plan was entered again, and earlier data loads had already shown it."


def _with_words(context: PageContext, frame: pandas.DataFrame) -> pandas.DataFrame:
    """A child without a plan is said to have none, and a restricted record says nothing; with the area's panel where there is one."""
    return plans_in_words(with_panel_area(frame, context.engine.settings))


def _with_titles(context: PageContext, frame: pandas.DataFrame) -> pandas.DataFrame:
    frame = _with_words(context, frame)
    titled = {rule.id: rule.title for rule in context.policy.rules}
    frame.insert(3, "list", [titled[rule] for rule in frame["rule"].tolist()])
    return frame


def show_all(context: PageContext, frame: pandas.DataFrame, within: dict[str, str | None], name: str) -> None:
    """The children on any list of a service or team, a row for each list that a child is on."""
    named = frame["child_id"][frame["name"].notna()]
    restricted = len(frame) - len(named)
    also = f", and {counted(restricted, 'restricted entry', 'restricted entries')}" if restricted else ""
    words = f"{children(named.nunique())} on one or more lists{also}. A child appears once for each list they are on."
    section("Children on the lists", element("p", words, class_="quiet"))
    frame = _with_titles(context, frame)
    empty = f"No child here is on a list on {british(context.as_at)}."
    _paged(context, frame, Column("days_over"), within, f"Children on the lists, {name}", "all children", LONGEST_FIRST, empty)


def show_coming(context: PageContext, frame: pandas.DataFrame, within: dict[str, str | None], name: str) -> None:
    """The children of a service or team who will reach a limit within 30, 60 or 90 days if nothing changes."""
    days = int(address.switch("Reaching a limit within", WITHIN_DAYS, "within", "{} days".format, usual=WITHIN_DAYS[-1]))
    counts = ", ".join(f"{(frame['due_in'] <= int(limit)).sum():,} within {limit} days" for limit in WITHIN_DAYS)
    last_day = british(context.as_at + timedelta(days=days))
    write(element("p", f"Children who will reach a limit if nothing changes: {counts}. Shown up to {last_day}.", class_="quiet"))
    frame = _with_titles(context, frame[frame["due_in"] <= days])
    empty = f"No child here will reach a limit by {last_day}."
    _paged(
        context,
        frame,
        Column("due_in"),
        within,
        f"Coming next, {name}",
        "coming next",
        "Days left, soonest first",
        empty,
        ("within",),
    )


def _paged(
    context: PageContext,
    frame: pandas.DataFrame,
    days: Column,
    within: dict[str, str | None],
    title: str,
    key: str,
    usual: str,
    empty: str,
    narrowed_by: tuple[str, ...] = (),
) -> None:
    shown = [column for column in columns(context, days, of_many_rules=True) if not within.get(column.name)]
    file_name = title
    paged(frame, shown, title, key, file_name, empty, "entry", "entries", usual=usual, narrowed_by=narrowed_by)
