"""England's statutory timescales on the screen: reviews, visits and proceedings by state, and the stability of placements."""

from __future__ import annotations

from datetime import date
from functools import partial

import pandas

from metrics.answers.england import statutory_timescales
from ui.components import teams, tiles
from ui.components.markup import element, write
from ui.components.section_headings import section
from ui.components.tables import Column, show_table
from ui.context import address, cached_answers
from ui.context.cached_answers import ScopeKey, scope_key, scope_of
from ui.context.page_context import Key, PageContext, engine_of
from ui.context.remembered import remembered
from words.few import is_few, shares_told
from words.labels import BACKLOG, DONE_IN_TIME, DONE_LATE, DUE, NO_DATE, NOT_COUNTED, OF_DONE, OVERDUE, TOO_FEW, figure
from words.numbers import children, share

# Measures, whose rules the page finds in the policy that brings it.
WAITING = ("waiting_for_adoptive_family", "placement_order_waiting_for_match")
THREE_PLACEMENTS, SETTLED, NOT_SETTLED = "placements_in_months", "same_placement", "not_in_same_placement"


@remembered(96)
def _standings(key: Key, policy_id: str, scope: ScopeKey, as_at: date) -> pandas.DataFrame:
    return statutory_timescales.standings(engine_of(key), policy_id, scope_of(scope), as_at)


def _used(frame: pandas.DataFrame) -> list[str]:
    """The groups of the backlog that anybody is in."""
    return [state for state in BACKLOG if frame[state].sum()]


def show_timescales(context: PageContext, chosen: dict[str, str | None]) -> None:
    """What is overdue as tiles, and how every child stands on each timescale."""
    tiles.show(
        context, cached_answers.headlines(context, context.within(**chosen), "service"), policy=context.policy_id, **chosen
    )
    frame = _standings(context.key, context.policy_id, scope_key(context.within(**chosen)), context.as_at)
    out_of = frame[[DONE_IN_TIME, DONE_LATE, OVERDUE]].sum(axis="columns")
    frame = frame.assign(in_time_percent=shares_told(frame["in_time_percent"], out_of))

    def the_list(row: dict) -> str | None:
        return (
            address.link(address.CHILDREN, context.linked_day, rule=row["rule"], policy=context.policy_id, **chosen)
            if row[OVERDUE]
            else None
        )

    def counted(state: str, row: dict) -> str:
        # What is done is not counted where the clock starts again then.
        return NOT_COUNTED if state in OF_DONE and row[state] is None and row[OVERDUE] is not None else figure(row[state])

    columns = [
        Column("timescale", of="title"),
        *(
            Column(
                state.replace(" ", "_"), of=state, says=partial(counted, state), leads_to=the_list if state == OVERDUE else None
            )
            for state in (DONE_IN_TIME, DONE_LATE, OVERDUE, DUE, NO_DATE, *_used(frame))
        ),
        Column("in_time_percent"),
    ]
    note = (
        "Done in time: of those that were done or are overdue. The clock for the next review and the next visit restarts each time, "
        "so for these only due and overdue are counted. What began before the records, or before the policy applied, is counted apart."
    )
    caption, explained = "Children in care against each timescale", element("p", note, class_="quiet")
    show_table(
        frame,
        columns,
        caption,
        "timescales",
        name=f"timescales {teams.name_of(context, chosen)}",
        after=[explained],
        one="timescale",
    )


def show_waiting(context: PageContext, chosen: dict[str, str | None]) -> None:
    """The operational clocks of children who have not been adopted yet."""
    section("Children still waiting (not part of the averages)")
    figures = cached_answers.headlines(context, context.within(**chosen))
    tiles.show(context, [figure for figure in figures if figure.rule.measure.id in WAITING], policy=context.policy_id, **chosen)


def show_stability(context: PageContext, chosen: dict[str, str | None]) -> None:
    """Three or more placements in a year, and two years in the same placement."""
    section("Stability of placements")
    figures = {figure.rule.id: figure for figure in cached_answers.headlines(context, context.within(**chosen))}
    shown = [figures[context.policy.rule_over(measure).id] for measure in (THREE_PLACEMENTS, SETTLED, NOT_SETTLED)]
    settled, moved = shown[1].children, shown[2].children
    if settled is None or moved is None:
        words = ""
    elif settled + moved == 0:
        words = "No child here is under 16 and has been looked after for two and a half years or more."
    else:
        few = is_few(settled + moved)
        part, beside = (
            (f"{settled:,}", TOO_FEW) if few else (share(settled, settled + moved), f"{settled:,} of {settled + moved:,}")
        )
        words = (
            f"{part} of the {children(settled + moved)} under 16 who have been looked after for two and a half years or more "
            f"have lived in the same placement for two years ({beside})."
        )
    write(element("p", words))
    tiles.show(context, shown, policy=context.policy_id, **chosen)
