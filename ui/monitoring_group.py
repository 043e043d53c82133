"""The Permanence Monitoring Group's weekly list on the screen: by team and reason, then child by child with the weeks on it."""

from __future__ import annotations

from datetime import date
from functools import partial

import pandas

from data.contract.contract import titles
from metrics.answers import monitoring_group
from metrics.answers.monitoring_group import MEASURE, PAGE, REASONS
from metrics.engine.policy import Rule
from ui.components import downloads, kinds, teams
from ui.components.markup import element, write
from ui.components.section_headings import section
from ui.components.tables import Column, named, paged, show_table
from ui.context import address
from ui.context.cached_answers import ScopeKey, scope_key, scope_of
from ui.context.page_context import Key, PageContext, engine_of
from ui.context.remembered import remembered
from ui.service.lists import child_columns
from words.dates import british
from words.numbers import children

EVERY = ""
NAMES = ("service", "team", "reason")


@remembered(48)
def _by_team(key: Key, policy_id: str, scope: ScopeKey, as_at: date) -> pandas.DataFrame:
    return monitoring_group.by_team(engine_of(key), policy_id, scope_of(scope), as_at)


@remembered(48)
def _weekly_list(key: Key, policy_id: str, scope: ScopeKey, as_at: date) -> pandas.DataFrame:
    return monitoring_group.weekly_list(engine_of(key), policy_id, scope_of(scope), as_at)


def _wording(context: PageContext, rule: Rule):
    without = rule.measure.not_supplied(context.engine.supplied)
    lacking = f" Counted without {titles(without)}, which was not supplied." if without else ""
    figures = address.link(address.FIGURES, context.linked_day, rule=rule.id, policy=context.policy_id)
    how = element("a", "How is this list made?", href=figures, class_="screen-only")
    return element("p", f"{rule.wording}.{lacking} ", how, class_="quiet")


def show(context: PageContext, chosen: dict[str, str | None]) -> None:
    """The group's list of a service, a team or the county."""
    rule = context.policy.rule_over(MEASURE)
    if absence := context.engine.absence(rule, context.as_at):
        write(element("p", f"{rule.title}: {absence.word}. {absence.why}", class_="empty"))
        return
    scope = scope_key(context.within(**chosen))
    by_team = _by_team(context.key, context.policy_id, scope, context.as_at)
    section(
        f"{teams.name_of(context, chosen)}: {children(int(by_team['children'].sum()))} on the group's list on {british(context.as_at)}"
    )
    write(
        element("p", f"{children(int(by_team['this_week'].sum()))} joined it in the last seven days. A child "
                "stays on the list until they are adopted, matched to their carers, or permanently home or with family.")
    )  # fmt: skip
    write(_wording(context, rule))
    _show_reasons(context, by_team, chosen)
    section("The list")
    _show_children(context, _weekly_list(context.key, context.policy_id, scope, context.as_at), chosen)


def _show_reasons(context: PageContext, by_team: pandas.DataFrame, chosen: dict[str, str | None]) -> None:
    """A row a team, and what they come to together where there are several."""
    if by_team.empty:
        return

    def here(row: dict, reason: str | None = None) -> str | None:
        is_total = not row["service"]
        if (reason and not row[reason]) or (is_total and not reason):
            return None
        within = chosen if is_total else {"service": row["service"], "team": row["team"]}
        return address.link(PAGE, context.linked_day, policy=context.linked_policy, **within, reason=reason)

    columns = [
        Column("team", leads_to=here),
        Column("service"),
        Column("on_list", of="children"),
        Column("this_week"),
        *(Column(reason.replace(" ", "_"), of=reason, leads_to=partial(here, reason=reason)) for reason in REASONS),
    ]
    total = by_team.sum(numeric_only=True).to_dict() | {"team": teams.name_of(context, chosen), "service": ""}
    shown = (
        pandas.concat([by_team, pandas.DataFrame([total])[by_team.columns]], ignore_index=True) if len(by_team) > 1 else by_team
    )
    caption, note = "Children on the group's list by team and reason", "A child with two reasons is counted under both."
    explained = element("p", note, class_="quiet")
    show_table(shown, columns, caption, "monitoring reasons", name="monitoring group by team", after=[explained], one="team")


def _show_children(context: PageContext, frame: pandas.DataFrame, chosen: dict[str, str | None]) -> None:
    reason = address.choose("Reason", [EVERY, *REASONS], "reason", NAMES, lambda name: name.capitalize() or "Every reason")
    if reason != EVERY:
        frame = kinds.narrow(frame, monitoring_group.has_reason(frame, reason))
    more = (
        Column("reasons"),
        Column("considered"),
        Column("on_list_since", of="since"),
        Column("weeks_on_list", of="weeks"),
        *named("plan", "legal_status", "placement", "last_review_date"),
    )
    paged(
        frame,
        child_columns(context, chosen, more),
        "The Permanence Monitoring Group's list",
        "monitoring group",
        "monitoring group",
        f"No child is on this list on {british(context.as_at)} with these filters.",
        "child",
        "children",
        usual="Weeks on the list, longest first",
        definition=downloads.defined(context, context.policy.rule_over(MEASURE)),
        narrowed_by=("reason",),
        pressed=("reason",),
    )
