"""England's statutory timescales on the screen: reviews, visits and proceedings by state, and the stability of placements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas
import streamlit

from metrics import timescales
from metrics.headlines import Headline
from ui import address, asking, downloads, tiles
from ui.asking import Plain, plain, scope_of
from ui.headings import section
from ui.markup import element, write
from ui.now import Key, Now, engine_of
from ui.tables import Column, table
from ui.words import children, share

POLICY = "england"
WAITING = ("waiting_adoptive_family_14m", "waiting_match_4m")
THREE_PLACEMENTS, SETTLED, NOT_SETTLED = "three_placements_12m", "same_placement_2y", "not_same_placement_2y"
DONE = ("done in time", "done late")
OPEN = ("overdue", "due", "no date")


@streamlit.cache_data(max_entries=96, show_spinner=False)
def _standings(key: Key, policy_id: str, scope: Plain, as_at: date) -> pandas.DataFrame:
    return timescales.standings(engine_of(key), policy_id, scope_of(scope), as_at)


def _tiles(now: Now, figures: Iterable[Headline], key: str, chosen: dict[str, str | None]) -> None:
    tiles.show(now, figures, key, policy=now.policy_id, **chosen)


def show_timescales(now: Now, chosen: dict[str, str | None]) -> None:
    """What is overdue as tiles, and how every child stands on each timescale."""
    _tiles(now, asking.headlines(now, now.within(**chosen), "service"), "timescales", chosen)
    frame = _standings(now.key, now.policy_id, plain(now.within(**chosen)), now.as_at)

    def the_list(row: dict) -> str | None:
        return (
            address.link(address.CHILDREN, now.linked_day, rule=row["rule"], policy=now.policy_id, **chosen)
            if row["overdue"]
            else None
        )

    columns = [
        Column("title", "Timescale", "some"),
        *(Column(state, state.capitalize(), "figure", the_list if state == "overdue" else None) for state in (*DONE, *OPEN)),
        Column("in_time_percent", "Done in time", "percent"),
    ]
    write(
        table(frame, columns, "How the children in care stand on each timescale"),
        element(
            "p",
            "Done in time: of those that were done or are overdue. The next review and the next visit start anew each time they are done, "
            "so of these only what is due or overdue is shown. An extract that keeps six years shows no earlier reviews: a child in "
            "care for longer may show as late.",
            class_="quiet",
        ),
    )
    downloads.offer(frame, f"timescales {now.as_at.isoformat()}", "timescales")


def show_waiting(now: Now, chosen: dict[str, str | None]) -> None:
    """The operational clocks of children who have not been adopted yet."""
    section("Still waiting: operational clocks, not part of the averages")
    figures = asking.headlines(now, now.within(**chosen))
    _tiles(now, [figure for figure in figures if figure.rule.id in WAITING], "waiting", chosen)


def show_stability(now: Now, chosen: dict[str, str | None]) -> None:
    """Three or more placements in a year, and two years in the same placement."""
    section("Stability of placements")
    figures = {figure.rule.id: figure for figure in asking.headlines(now, now.within(**chosen))}
    settled, moved = figures[SETTLED].children, figures[NOT_SETTLED].children
    if settled is None or moved is None:
        words = ""
    elif settled + moved == 0:
        words = "No child here is under 16 and has been looked after for two and a half years or more."
    else:
        words = (
            f"{share(settled, settled + moved)} of the {children(settled + moved)} under 16 who have been looked after for two and a half "
            f"years or more have lived in the same placement for two years ({settled:,} of {settled + moved:,})."
        )
    write(element("p", words))
    _tiles(now, [figures[rule] for rule in (THREE_PLACEMENTS, SETTLED, NOT_SETTLED)], "stability", chosen)
