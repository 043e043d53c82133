"""Papers and reports: what has to be written or sent, how many children wait for each, and which children they are."""

from __future__ import annotations

from metrics.answers.meetings_due.meetings_due import SOON_DAYS
from metrics.answers.service import papers
from metrics.engine.policy import Rule
from ui.components import teams
from ui.components.markup import element
from ui.components.section_headings import section
from ui.components.tables import Column, named, show_table
from ui.context import address, cached_answers
from ui.context.page_context import PageContext
from ui.service.lists import figures_in_words, heading_line, is_supplied, tracking_list
from words.columns import heading
from words.dates import british

PAGE = "papers"
NAMES = ("service", "team", "paper")


def choose_paper(context: PageContext, chosen: dict[str, str | None]) -> Rule:
    """The paper whose children are listed, in the address: the first that children here wait for, unless the reader chooses another."""
    rules = {rule.id: rule for rule in papers.rules(context.policy)}
    counts = figures_in_words(context, rules.values(), chosen)
    waited_for = counts.loc[counts["children"].fillna(0) > 0, "rule"]
    # It stands in the address too, since another day may begin with another.
    return rules[
        address.choose(
            heading("paper"),
            list(rules),
            "paper",
            NAMES,
            lambda rule_id: rules[rule_id].title,
            width=address.WIDE,
            always=True,
            usual=next(iter(waited_for), None),
        )
    ]


def show(context: PageContext, rule: Rule, chosen: dict[str, str | None]) -> None:
    """The whole page for a county, service or team: every paper with its counts, then the children of the one that is chosen."""
    section(f"{teams.name_of(context, chosen)}: {british(context.as_at)}")
    _counts(context, chosen)
    section(rule.title)
    if not is_supplied(context, rule):
        return
    frame = cached_answers.children(context, (rule.id,), context.within(**chosen))
    heading_line(context, rule, frame)
    due = Column("due_date", of="limit_date") if rule.measure.is_milestone else Column("limit_date")
    more = (
        Column("since"),
        due,
        *named("days_over", "detail", "plan", "legal_status", "placement", "last_review_date"),
    )
    tracking_list(
        context,
        chosen,
        frame,
        more,
        usual="Longest overdue first",
        rule=rule,
        title=rule.title,
        key="papers",
        part=rule.title,
        empty="No child here is on this list",
        pressed=("paper",),
    )


def _counts(context: PageContext, chosen: dict[str, str | None]) -> None:
    """How many children each paper is overdue for, and due for in 4 weeks; each number leads to its children."""
    scope = context.within(**chosen)
    rules = papers.rules(context.policy)
    coming = cached_answers.coming_next(context, scope)
    soon = coming[coming["due_in"] <= SOON_DAYS]["rule"].value_counts()
    frame = figures_in_words(context, rules, chosen)
    frame = frame.assign(
        title=[rule.title for rule in rules],
        soon=frame["rule"].map(soon).fillna(0).astype("Int64").where(frame["children"].notna()),
    )

    def leads_to(row: dict) -> str | None:
        if not row["children"]:
            return None
        return address.link(PAGE, context.linked_day, policy=context.linked_policy, **{**chosen, "paper": row["rule"]})

    columns = (
        Column("paper", of="title"),
        Column("overdue_or_missing", of="children", leads_to=leads_to, says=lambda row: row["in_words"]),
        Column("soon"),
    )
    note = "A paper with no day by which it is due is missing as soon as it should be there."
    explained, name = element("p", note, class_="quiet"), f"papers and reports {teams.name_of(context, chosen)}"
    show_table(frame, columns, "Papers and meetings", "papers by kind", name=name, after=[explained], one="paper")
