"""What matters first: the written sentences at the top of the whole council's page and of a team's, each linked to what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casework.freezing.around import Around, around_day, last_panel
from casework.records.records import Panel
from casework.storage.database import Casework
from metrics.answers.what_matters.what_matters import what_matters
from metrics.answers.what_matters.words import Part, Sentence
from ui.components.markup import element, write
from ui.components.panel_answers import with_records
from ui.context import address, cached_answers
from ui.context.cached_answers import ScopeKey, scope_key, scope_of
from ui.context.page_context import Key, PageContext, engine_of
from ui.context.panel_records import answer, every_panel
from ui.context.remembered import remembered


@remembered(200)
def _answer(
    key: Key,
    policy_id: str,
    scope: ScopeKey,
    as_at: date,
    rules: tuple[str, ...],
    around: Around,
) -> tuple[Sentence, ...]:
    """What the last panel was given does not change, so its lists are read once, and not kept."""
    last = answer(key, lambda casework: last_panel(casework, around)) if around.last else None
    return what_matters(engine_of(key), policy_id, scope_of(scope), as_at, last, around.next_panel, rules).sentences


def answer_of(context: PageContext, rules: tuple[str, ...], held: Sequence[Panel], **within: str | None) -> tuple[Sentence, ...]:
    """In sentences, what moved since the last of the panels ``held`` beyond the ordinary, in which teams, and who comes next. ``rules``:
    those of the policy that the page shows; ``within``: the service and team that it is about."""
    around = around_day(held, context.policy_id, context.as_at)
    return _answer(context.key, context.policy_id, scope_key(context.within(**within)), context.as_at, rules, around)


def show(context: PageContext, rules: tuple[str, ...], **within: str | None) -> None:
    """``answer_of``, since the last panel of the records."""

    def asked(casework: Casework | None) -> tuple[Sentence, ...]:
        return answer_of(context, rules, every_panel(context) if casework else (), **within)

    found = with_records(context, asked, None)
    if found is None:
        found = answer_of(context, rules, (), **within)
    lines = [
        element(
            "li",
            *(element("a", part.text, href=href) if (href := _leads_to(context, part, within)) else part.text for part in one),
        )
        for one in (sentence.parts for sentence in found)
    ]
    write(element("ul", *lines, class_="matters", aria_label="What matters first"))


def _leads_to(context: PageContext, part: Part, within: dict[str, str | None]) -> str | None:
    """The list, team or children that a part of a sentence is about."""
    chosen = dict(within)
    if part.team:
        groups = cached_answers.groups(context)
        services = groups.loc[groups["team"] == part.team, "service"].unique()
        chosen |= {"service": services[0] if len(services) == 1 else None, "team": part.team}
    if part.rule:
        return address.link(address.CHILDREN, context.linked_day, rule=part.rule, policy=context.policy_id, **chosen)
    if part.team or part.coming:
        return address.link(address.TEAM, context.linked_day, policy=context.policy_id, **chosen)
    return None
